#!/usr/bin/env python3
"""Writes `danger: known:` of a vocabulary: the real words of a language one slip away from its words `danger: guess:`.

    tools/known-words.py themes/default/search/en.yml /usr/share/dict/british-english-large
    tools/known-words.py themes/default/search/pl.yml /usr/share/dict/polish

The lists come from Debian's wbritish-large and wpolish. Run it again when `guess` changes; it replaces what stands between
`known: >-` and the end of that block, which is the last of the file's section `danger`.
"""

import pathlib
import re
import sys
import textwrap
import unicodedata

LETTERS = str.maketrans("łđøı", "ldoi")
ALPHABET = "abcdefghijklmnopqrstuvwxyz"
# The browser guesses no shorter word.
SHORTEST = 5


def fold(word):
    spread = unicodedata.normalize("NFKD", word.lower())
    return "".join(c for c in spread if not unicodedata.combining(c)).translate(LETTERS).replace("'", "")


def near(word):
    """What is one slip away: a letter more, less, other, or two changed over."""
    parts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    yield from (a + c + b for a, b in parts for c in ALPHABET)
    yield from (a + b[1:] for a, b in parts if b)
    yield from (a + c + b[1:] for a, b in parts if b for c in ALPHABET)
    yield from (a + b[1] + b[0] + b[2:] for a, b in parts if len(b) > 1)


path, words = map(pathlib.Path, sys.argv[1:3])
text = path.read_text(encoding="utf-8")
guess = set(fold(re.search(r"^  guess: >-\n((?:    .*\n)+)", text, re.M)[1]).split())
real = {fold(word.strip()) for word in words.read_text(encoding="utf-8", errors="replace").splitlines()}
found = sorted({other for word in guess for other in near(word)} & real - guess)
found = [word for word in found if len(word) >= SHORTEST]
block = textwrap.fill(" ".join(found), 116, initial_indent="    ", subsequent_indent="    ", break_on_hyphens=False)
text = re.sub(r"^  # Real words one slip from these.*\n(?:  #.*\n)*  known: >-\n(?:    .*\n)+", "", text, flags=re.M)
note = f"  # Real words one slip from these: tools/known-words.py, from {words.name} of Debian.\n  known: >-\n{block}\n"
text = re.sub(r"^  guess: >-\n(?:    .*\n)+", lambda match: match[0] + note, text, flags=re.M)
path.write_text(text, encoding="utf-8")
print(f"{len(found)} words near {len(guess)}")
