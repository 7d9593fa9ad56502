"""The header at every size of text: who enlarges the letters must still find the languages, the search and the menu."""

import pytest

from .conftest import expect_none
from .pages import LANGUAGES

# Old phones, the narrowest that people still have among them, and a computer.
SCREENS = [(280, 653), (320, 568), (360, 640), (390, 844), (768, 1024), (1280, 800)]
# Of the height of the screen. What is not content has 30% of the smallest one, and the way out needs 8% of it.
MOST = 0.2

CONTROLS = ".brand, .head summary, .languages a, .find, .menu summary"
FAULTS = """controls => {
  const found = [], name = e => (e.getAttribute('aria-label') || e.textContent).trim().slice(0, 24);
  const shown = e => e.checkVisibility({ visibilityProperty: true }) && e.getBoundingClientRect().width > 0;
  const all = [...document.querySelectorAll(controls)].filter(shown).map(e => ({ e, r: e.getBoundingClientRect() }));
  all.forEach(({ e, r }, i) => {
    // A row of many languages can be pushed.
    const row = e.closest('.languages > ul'), pushed = row && row.scrollWidth > row.clientWidth + 1;
    if (!pushed && (r.left < -1 || r.right > innerWidth + 1)) found.push(`off the screen: ${name(e)}`);
    if (!e.matches('.brand') && (r.width < 43.5 || r.height < 43.5)) found.push(`too small: ${name(e)}`);
    all.slice(0, i).forEach(({ e: other, r: o }) => {
      if (r.left < o.right - 1 && o.left < r.right - 1 && r.top < o.bottom - 1 && o.top < r.bottom - 1)
        found.push(`over each other: ${name(e)} / ${name(other)}`);
    });
    const x = r.left + r.width / 2, hit = x > 0 && x < innerWidth && document.elementFromPoint(x, r.top + r.height / 2);
    if (hit && !e.contains(hit)) found.push(`a press on ${name(e)} goes to ${name(hit)}`);
    const walker = document.createTreeWalker(e, NodeFilter.SHOW_TEXT);
    for (let node; node = walker.nextNode();) {
      const text = node.data.trim(), range = document.createRange();
      if (!text || !shown(node.parentElement) || node.parentElement.closest('.hidden')) continue;
      range.selectNodeContents(node);
      const lines = new Set([...range.getClientRects()].map(line => Math.round(line.top))).size;
      if (lines > text.split(/\\s+/).length) found.push(`"${text}" is broken into ${lines} lines`);
    }
  });
  const share = document.querySelector('.head').getBoundingClientRect().height / innerHeight;
  return { found, share };
}"""
# Of the panel that "Display" opens.
OUTSIDE = """() => [...document.querySelectorAll('.display .switch > span, .display .switch > span *, .display legend')]
  .filter(e => { const r = e.getBoundingClientRect(); return r.left < -1 || r.right > innerWidth + 1; }).map(e => e.textContent.trim())"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_control_of_the_header_is_there_at_every_size_of_text(tabs, language):
    page = tabs.open_kind("rights", language)
    problems = []
    for width, height in SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        for size in "123":
            page.evaluate("size => document.querySelector('#_size-' + size).click()", size)
            where = f"{width} at size {size}"
            faults = page.evaluate(FAULTS, CONTROLS)
            problems += [f"{where}: {fault}" for fault in faults["found"]]
            if faults["share"] > MOST:
                problems.append(f"{where}: the header has {faults['share']:.0%} of the screen")
            page.evaluate("document.querySelector('.display').open = true")
            problems += [f"{where}: off the screen in the panel: {text}" for text in page.evaluate(OUTSIDE)]
            page.evaluate("document.querySelector('.display').open = false")
    page.evaluate("document.querySelector('#_size-1').click()")
    expect_none(problems)


LOGO = '<svg xmlns="http://www.w3.org/2000/svg" width="160" height="40"><rect width="160" height="40" fill="#fff"/></svg>'
WITH_LOGO = """async name => {
  const brand = document.querySelector('.brand'), logo = new Image();
  logo.src = document.querySelector('link[rel=icon]').href.replace(/[^/]*$/, 'a-logo.svg');
  await logo.decode();
  brand.prepend(logo);
  brand.querySelector('b').textContent = name;
}"""


@pytest.mark.parametrize("language", ["en", "ur"])
@pytest.mark.parametrize("name", ["Oxfordshire", "Bournemouth, Christchurch and Poole"])
def test_a_logo_leaves_room_for_the_name(tabs, language, name):
    page = tabs.open_kind("rights", language)
    page.route("**/a-logo.svg", lambda route: route.fulfill(body=LOGO, content_type="image/svg+xml"))
    page.evaluate(WITH_LOGO, name)
    problems = []
    # A word of eleven letters may part in two on the narrowest.
    for width, height in SCREENS[1:]:
        page.set_viewport_size({"width": width, "height": height})
        problems += [f"{width}: {fault}" for fault in page.evaluate(FAULTS, CONTROLS)["found"]]
    expect_none(problems)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_contacts_and_the_words_explained_are_in_the_menu(tabs, language):
    page = tabs.open_kind("contacts", language)
    links = page.locator(".menu details a")
    assert links.first.get_attribute("aria-current") == "page"
    assert page.locator(".menu a[href*='glossary/']").count() == 1
    # In the groups and the order of the home page.
    groups = page.locator(".menu details > ul > li > span").all_inner_texts()
    tabs.open_kind("home", language, page=page)
    assert groups == page.locator(".stages h2").all_inner_texts()
