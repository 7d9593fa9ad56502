"""Numbers, signs, brackets and addresses keep their order on paper: by the place of each glyph in the PDF."""

import shutil
import unicodedata

import pdfplumber
import pytest

import order_strings

from .conftest import THEME
from .test_leaflets_command import run

# Without links, behind which paper names the address in the same line.
PLACES = ("paragraph", "item", "bold")


@pytest.fixture(scope="module")
def order(tmp_path_factory):
    """The leaflets of the portal of strings."""
    return make(tmp_path_factory.mktemp("order"), THEME)


def make(folder, theme, *arguments):
    order_strings.write(folder / "content")
    result = run("leaflets", "--content", folder / "content", "--theme", theme, "--output", folder / "out",
                 "--cache", folder / "cache", *arguments)
    assert result.returncode == 0, result.stderr
    return folder / "out/a"


def is_right_to_left(text):
    return any(unicodedata.bidirectional(c) in ("R", "AL", "NSM") for c in text)


def lines(path):
    """The lines of a leaflet from top to bottom: the text of each glyph, as they stand from left to right."""
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            found = []
            for glyph in sorted(page.chars, key=lambda glyph: -glyph["matrix"][5]):
                # Glyphs on one baseline; a run in another font stands on the same.
                if not found or found[-1][0]["matrix"][5] - glyph["matrix"][5] > 3:
                    found.append([])
                found[-1].append(glyph)
            for line in found:
                yield [glyph["text"] for glyph in sorted(line, key=lambda glyph: (glyph["x0"] + glyph["x1"]) / 2)]


def seen(path):
    """What is not of the language itself in each paragraph that begins with its first letter."""
    found = []
    for line in lines(path):
        own = [index for index, text in enumerate(line) if is_right_to_left(text)]
        # A paragraph begins at the right of its line.
        if own and line[own[-1]][0] in order_strings.FIRST_LETTERS:
            found.append("")
        if found:
            found[-1] += order_strings.squeezed(order_strings.as_seen("".join(t for t in line if not is_right_to_left(t))))
    return found


def turned(path, strings):
    paragraphs = seen(path)
    assert len(paragraphs) == len(strings), paragraphs
    return {string: paragraph for string, paragraph in zip(strings, paragraphs)
            if not paragraph.lstrip("•–‣").startswith(order_strings.squeezed(string))}


@pytest.mark.parametrize("kind", ["a4", "booklet"])
@pytest.mark.parametrize("language", order_strings.WORDS)
def test_every_string_is_printed_as_it_is_written(order, language, kind):
    wrong = turned(order / language / f"order-{kind}.pdf", order_strings.STRINGS * len(PLACES))
    assert not wrong, "\n".join(f"{string} is printed as {paragraph}" for string, paragraph in wrong.items())


def test_a_theme_without_runs_turns_them(tmp_path):
    """The test can fail, and Typst does turn what is not held."""
    theme = tmp_path / "default"
    shutil.copytree(THEME, theme)
    file = theme / "leaflets/text.typ"
    text = file.read_text()
    assert text.count("#let run(c, item) = {\n") == 1
    file.write_text(text.replace("#let run(c, item) = {\n", "#let run(c, item) = {\n  return item.s\n"))
    folder = make(tmp_path, theme, "--language", "ar", "--format", "a4")
    wrong = turned(folder / "ar/order-a4.pdf", order_strings.STRINGS * len(PLACES))
    assert len(wrong) >= len(order_strings.STRINGS) / 3, wrong
    assert "01632 960 000" in wrong and "£20-£30" in wrong
