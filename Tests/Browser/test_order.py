"""Numbers, signs, brackets and addresses keep their order in text from right to left: by the place of each character on the page."""

import pytest

import order_strings
from conftest import Site

from .conftest import NARROW, WIDE, expect_none

# Of every block that starts with a word: its characters that are no spaces, each with its place.
CHARACTERS = r"""before => [...document.querySelectorAll('main p, main li, main h3, main td, main th')]
  .filter(block => block.textContent.trim().startsWith(before) && !block.querySelector('p')).map(block => {
    const found = [], walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT), range = document.createRange();
    for (let node; node = walker.nextNode();) for (let i = 0; i < node.data.length; i++) {
      if (/\s/.test(node.data[i])) continue;
      range.setStart(node, i);
      range.setEnd(node, i + 1);
      const box = range.getClientRects()[0];
      if (box) found.push([node.data[i], box.x + box.width / 2, box.y + box.height / 2, box.height]);
    }
    return found;
  })"""


@pytest.fixture(scope="module")
def order(tmp_path_factory):
    site = Site(tmp_path_factory.mktemp("order"))
    (site.content / "guidance/rights.md").unlink()
    order_strings.write(site.content)
    result = site.build()
    assert result.returncode == 0, result.stderr
    return site


@pytest.fixture(scope="module")
def browser_page(chromium):
    context = chromium.new_context(viewport=WIDE)
    yield context.new_page()
    context.close()


def lines(characters):
    """The characters line by line, each line as it is written and as it is seen."""
    found = []
    for character in characters:
        for line in found:
            if abs(line[0][2] - character[2]) < line[0][3] / 2:
                line.append(character)
                break
        else:
            found.append([character])
    return [("".join(c[0] for c in line), order_strings.as_seen(c[0] for c in sorted(line, key=lambda c: c[1]))) for line in found]


def turned(page, language, strings=order_strings.STRINGS):
    """The strings of an open page that do not look as they are written, each with what is seen instead."""
    before = order_strings.WORDS[language][0]
    blocks = page.evaluate(CHARACTERS, before)
    assert len(blocks) == len(strings)
    wrong = {}
    for string, block in zip(strings, blocks):
        start = len(order_strings.squeezed(before))
        written = order_strings.squeezed(string)
        assert "".join(c[0] for c in block[start:]).startswith(written)
        shown = block[start:start + len(written)]
        # Brackets around what is broken into lines each stand on the side of their own line.
        if len(lines(shown)) > 1 and order_strings.is_enclosed(string):
            shown = shown[1:-1]
        for logical, seen in lines(shown):
            if logical != seen:
                wrong[string] = seen
    return wrong


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["1280", "320"])
@pytest.mark.parametrize("place", order_strings.PLACES)
@pytest.mark.parametrize("language", order_strings.WORDS)
def test_every_string_looks_as_it_is_written(order, browser_page, language, place, size):
    browser_page.set_viewport_size(size)
    browser_page.goto((order.output / language / f"order-{place}/index.html").as_uri())
    expect_none(f"{string} shows as {seen}" for string, seen in turned(browser_page, language).items())


@pytest.mark.parametrize("language", order_strings.WORDS)
def test_without_runs_the_same_page_turns_them(order, browser_page, language):
    """The test can fail, and the browser does turn what is not held."""
    browser_page.set_viewport_size(WIDE)
    browser_page.goto((order.output / language / "order-paragraph/index.html").as_uri())
    browser_page.evaluate("""() => { for (const run of document.querySelectorAll('main bdi')) run.replaceWith(run.textContent);
        for (const e of document.querySelectorAll('main [dir=ltr]')) e.removeAttribute('dir') }""")
    wrong = turned(browser_page, language)
    assert len(wrong) >= len(order_strings.STRINGS) / 3, wrong
    assert "01632 960 000" in wrong and "£20-£30" in wrong


def test_there_are_enough_strings():
    assert len(set(order_strings.STRINGS)) == len(order_strings.STRINGS) >= 50
