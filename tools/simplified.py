#!/usr/bin/env python3
"""Writes Sources/Search/SimplifiedCharacters.swift: which simplified character a traditional one stands for.

The data is ICU's transform "Traditional-Simplified", character by character (CLDR, from Unihan). It needs `uconv`
(Debian: icu-devtools). Run it again only for a newer ICU.
"""

import pathlib
import subprocess

TARGET = pathlib.Path(__file__).resolve().parents[1] / "Sources/Search/SimplifiedCharacters.swift"
WIDTH = 34

characters = [chr(code) for code in range(0x4E00, 0xA000)]
result = subprocess.run(
    ["uconv", "-x", "Traditional-Simplified"], input="\n".join(characters), capture_output=True, text=True, check=True)
version = subprocess.run(["uconv", "-V"], capture_output=True, text=True, check=True).stdout.split("ICU")[1].strip()
pairs = [pair for pair in zip(characters, result.stdout.split("\n")) if pair[0] != pair[1] and len(pair[1]) == 1]


def lines(place):
    text = "".join(pair[place] for pair in pairs)
    rows = [text[at:at + WIDTH] for at in range(0, len(text), WIDTH)]
    return "\\\n".join(f"        {row}" for row in rows)


TARGET.write_text(f'''/// Traditional Chinese characters and the simplified ones that stand for them: {len(pairs)} pairs.
///
/// Written by `tools/simplified.py` from the transform "Traditional-Simplified" of ICU {version} (data of Unihan).
enum SimplifiedCharacters {{
    static let byTraditional: [Unicode.Scalar: Unicode.Scalar] = Dictionary(
        zip(traditional.unicodeScalars, simplified.unicodeScalars), uniquingKeysWith: {{ first, _ in first }})

    private static let traditional = """
{lines(0)}
        """

    private static let simplified = """
{lines(1)}
        """
}}
''', encoding="utf-8")
print(f"{len(pairs)} pairs in {TARGET.name}")
