"""Small screens, zoom and large letters: no sideways scroll, nothing cut off, nothing on top of anything else."""

import pytest

from conftest import FULL

from .conftest import NARROW, WIDE, expect_none, style
from .pages import LANGUAGES, sample

# WCAG 2.2, 1.4.12.
SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-block-end: 2em !important }"""

# Words that leave the screen or their box, lie over other words, or make the page scroll sideways.
MISFITS = """() => {
  const found = [], seen = [], width = document.documentElement.clientWidth;
  const over = document.documentElement.scrollWidth - width;
  if (over > 0) found.push(`the page scrolls sideways by ${over} pixels`);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; node = walker.nextNode();) {
    const around = node.parentElement, text = node.data.trim().slice(0, 40);
    if (!text || around.closest('.skip') || !around.checkVisibility({ visibilityProperty: true })) continue;
    // Inside something that scrolls by itself, or floats over the page on purpose.
    let scrolls = false, floats = false, unseen = false, box = null;
    const clips = [];
    for (let e = around; e && e != document.body; e = e.parentElement) {
      const look = getComputedStyle(e);
      // For those who cannot see the page.
      if (look.clipPath == 'inset(50%)') unseen = true;
      if (/auto|scroll/.test(look.overflowX) && e != document.documentElement) scrolls = true;
      if (/hidden|clip/.test(look.overflow)) clips.push(e);
      if (look.position == 'fixed') floats = true;
      if (!box && look.display != 'inline' && (look.borderBlockStartWidth != '0px' && look.borderBlockStartStyle != 'none'
          || look.backgroundColor != 'rgba(0, 0, 0, 0)')) box = e;
    }
    if (unseen) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) {
      if (rect.width < 1) continue;
      if (!scrolls && (rect.left < -1 || rect.right > width + 1)) found.push(`off the screen: ${text}`);
      // The middle of the line: the content area of some scripts is taller than the line.
      const line = { left: rect.left, right: rect.right, top: rect.top + rect.height * .3, bottom: rect.bottom - rect.height * .3 };
      for (const clip of clips) {
        const c = clip.getBoundingClientRect();
        if (line.left < c.left - 1 || line.right > c.right + 1 || line.top < c.top || line.bottom > c.bottom) found.push(`cut off: ${text}`);
      }
      if (box && !scrolls) {
        const b = box.getBoundingClientRect();
        if (line.left < b.left - 1 || line.right > b.right + 1 || line.top < b.top || line.bottom > b.bottom) found.push(`outside its box: ${text}`);
      }
      if (!floats && !scrolls) {
        for (const other of seen) {
          if (other.node != node && line.left < other.right - 2 && other.left < line.right - 2 && line.top < other.bottom && other.top < line.bottom)
            found.push(`over each other: ${text} / ${other.text}`);
        }
        seen.push({ ...line, node, text });
      }
    }
  }
  return [...new Set(found)];
}"""


def each_state(page, narrow):
    """Shows the page in every way that people make letters larger; gives the name of each."""
    yield "as it is"
    with style(page, SPACING):
        yield "text spacing"
    if narrow:
        page.evaluate("document.querySelector('#_size-3').click()")
        yield "very large text"
        with style(page, SPACING):
            yield "very large text with spacing"
        page.evaluate("document.querySelector('#_size-1').click()")
    else:
        page.evaluate("""() => { const root = document.documentElement;
            root.style.fontSize = parseFloat(getComputedStyle(root).fontSize) * 2 + 'px' }""")
        yield "200% text"
        page.evaluate("document.documentElement.style.fontSize = ''")


PLACES = [(kind, language) for kind, language in sample() if FULL or language != "zh-Hans" or kind in ("home", "contacts")]
PLACES += [(kind, language) for language in LANGUAGES if language in ("ur", "bn", "pl")
           for kind in ("home", "rights", "agenda", "contacts", "topic", "prepare")]


@pytest.mark.parametrize("kind, language", PLACES)
def test_everything_fits(tabs, kind, language):
    page = tabs.open_kind(kind, language)
    misfits = []
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)
        for state in each_state(page, narrow=size is NARROW):
            misfits += [f"{size['width']} {state}: {misfit}" for misfit in page.evaluate(MISFITS)]
    expect_none(misfits)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_at_four_hundred_per_cent_the_sticky_button_leaves_room(tabs, language):
    """A screen of 1280 by 1024 at 400%: 320 by 256 pixels."""
    page = tabs.open_kind("contacts", language, viewport={"width": 320, "height": 256})
    assert page.evaluate(MISFITS) == []
    share = page.evaluate("document.querySelector('.leave').getBoundingClientRect().height / innerHeight")
    assert share < 0.25
    # The last words can be scrolled out from under it.
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    assert page.evaluate("""() => document.querySelector('.leave').getBoundingClientRect().top
        >= Math.max(...[...document.querySelectorAll('.foot li')].map(e => e.getBoundingClientRect().bottom))""")


def test_the_measure_sees_what_does_not_fit(tabs):
    page = tabs.open_kind("rights", viewport=NARROW)
    with style(page, "main > p { white-space: nowrap; max-inline-size: none !important }"):
        assert any("off the screen" in misfit for misfit in page.evaluate(MISFITS))
    with style(page, ".right { block-size: 2rem; overflow: hidden }"):
        assert any("cut off" in misfit for misfit in page.evaluate(MISFITS))
    with style(page, ".right { block-size: 2rem; margin: 0 !important }"):
        found = page.evaluate(MISFITS)
        assert any("over each other" in misfit for misfit in found) and any("outside" in misfit for misfit in found)
    assert page.evaluate(MISFITS) == []


# Targets (WCAG 2.2, 2.5.5: 44 pixels; 2.5.8: 24 in running text)

SMALL = r"""() => [...document.querySelectorAll('a[href], button, summary, input')]
  .filter(e => !e.closest('.skip, .hidden') && e.checkVisibility({ visibilityProperty: true }))
  .flatMap(e => {
    const target = e.matches('.checklist-page input') ? e.closest('li') : e;
    // In running text: words stand beside it.
    const inline = /^inline(-block)?$/.test(getComputedStyle(e).display)
      && [...e.parentElement.childNodes].some(node => node.nodeType == 3 && /[^\s:.,()]/.test(node.data));
    const boxes = inline ? [...e.getClientRects()] : [target.getBoundingClientRect()];
    return boxes.filter(r => r.height < (inline ? 23.9 : 43.9) || !inline && r.width < 43.9)
      .map(r => `${e.tagName} ${e.id || e.className} ${e.textContent.trim().slice(0, 30)}: ${r.width.toFixed(1)} x ${r.height.toFixed(1)}`);
  })"""


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["1280", "320"])
@pytest.mark.parametrize("language", ["en", "ar", "zh-Hans"])
def test_targets_are_large_enough(tabs, language, size):
    page, small = None, []
    for kind, tag in sample():
        if tag == language and tabs.has(kind, language):
            page = tabs.open_kind(kind, language, page, viewport=size)
            page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
            small += [f"{kind}: {target}" for target in page.evaluate(SMALL)]
    expect_none(small)
