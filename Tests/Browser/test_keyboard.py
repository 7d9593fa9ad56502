"""With a keyboard only: everything is reached, in order, seen, and can be used."""

import collections
import io

import pytest
from PIL import Image, ImageChops

from conftest import FULL

from .conftest import NARROW, WIDE, expect_none, use_mode
from .pages import is_first, sample
from .test_contrast import contrast

# What the Tab key reaches, in the order of the document; of radio buttons the chosen one.
STOPS = """() => {
  window.stops = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')]
    .filter(e => e.tabIndex >= 0 && !e.disabled && e.checkVisibility({ visibilityProperty: true })
      && !(e.type == 'radio' && !e.checked));
  return stops.map(e => `${e.tagName} ${e.id || e.className} ${e.textContent.trim().slice(0, 30)}`);
}"""

# Where the focus is: its place in the list, what of it is covered, and where it stands on the screen.
FOCUS = """() => {
  const e = document.activeElement;
  if (!e || e == document.body) return null;
  // A switch is drawn by the words beside its invisible input.
  const shown = e.matches('.switch input') ? e.nextElementSibling : e;
  const boxes = [...shown.getClientRects()].filter(r => r.width > 1 && r.height > 1).map(r => [r.x, r.y, r.width, r.height]);
  // Letters of some fonts are taller than their line, and the boxes of two lines then overlap: the line is what counts.
  const look = getComputedStyle(shown), line = look.display == 'inline' ? parseFloat(look.lineHeight) || Infinity : Infinity;
  const covered = boxes.flatMap(([x, y, width, height]) => {
    const beyond = Math.max(0, height - line) / 2, head = y + beyond + 4;
    const [right, foot] = [x + width - 4, y + height - beyond - 4], points =
      [[x + width / 2, y + height / 2], [x + 4, head], [right, head], [x + 4, foot], [right, foot]];
    return points.filter(([x, y]) => {
      const hit = document.elementFromPoint(x, y);
      return !hit || !(shown.contains(hit) || hit.contains(shown) || e == hit || (hit.closest('label') || {}).control == e);
    });
  });
  const box = shown.getBoundingClientRect();
  return { index: stops.indexOf(e), name: `${e.tagName} ${e.id || e.className} ${e.textContent.trim().slice(0, 30)}`,
    boxes, covered, box: [box.x, box.y, box.width, box.height], top: box.top + scrollY, foot: box.bottom + scrollY, main: !!e.closest('main'),
    fixed: getComputedStyle(e).position == 'fixed' || !!e.closest('.skip') };
}"""


# Stops that look alike have the same classes in the same surroundings.
STOP_LOOKS = """() => stops.map(e => {
  const look = [];
  for (let node = e; node && node != document.body; node = node.parentElement) look.push(node.tagName + '.' + node.className);
  return look.join(' < ');
})"""


def walk(page):
    """Presses Tab from the top of the page to its end; gives the names of all stops, and each place."""
    names = page.evaluate(STOPS)
    places = []
    for _ in range(len(names) + 5):
        page.keyboard.press("Tab")
        place = page.evaluate(FOCUS)
        if place is None:
            break
        places.append(place)
    return names, places


def tab_places():
    """Home and contacts, which have nearly every kind of stop, at both widths in every language; else one in turn."""
    found = []
    for turn, (kind, language) in enumerate(pair for pair in sample() if FULL or is_first(*pair) or pair[0] in ("home", "contacts")):
        both = FULL or kind in ("home", "contacts")
        found += [pytest.param(kind, language, size, id=f"{kind}-{language}-{size['width']}")
                  for size in ([WIDE, NARROW] if both else [[WIDE, NARROW][turn % 2]])]
    return found


@pytest.mark.parametrize("kind, language, size", tab_places())
def test_tab_reaches_everything_in_order_and_nothing_covers_it(tabs, kind, language, size):
    page = tabs.open_kind(kind, language, viewport=size)
    names, places = walk(page)
    assert [names[place["index"]] if place["index"] >= 0 else place["name"] for place in places] == names
    expect_none(f"{place['name']} has no size" for place in places if not place["boxes"])
    expect_none(f"{place['name']} is covered, or off the screen" for place in places if place["covered"])


def test_the_order_is_the_order_of_reading(tabs):
    """Within the text no stop stands wholly above the one before it, unless in the next column."""
    for kind, size in [("home", NARROW), ("rights", WIDE), ("contacts", NARROW), ("prepare", WIDE), ("topic", WIDE)]:
        page = tabs.open_kind(kind, viewport=size)
        _, places = walk(page)
        places = [place for place in places if place["main"]]
        assert len(places) > 3
        for one, next in zip(places, places[1:]):
            assert next["foot"] > one["top"] or next["box"][0] >= one["box"][0] + one["box"][2], f"{next['name']} after {one['name']}"


def test_shift_and_tab_lead_back_the_same_way(tabs):
    page = tabs.open_kind("contacts", viewport=NARROW)
    _, places = walk(page)
    back = []
    # One more would lead on from the first stop to the last: Chromium's window has nothing else to stop at.
    for _ in places:
        page.keyboard.press("Shift+Tab")
        back.append(page.evaluate(FOCUS))
    assert [place["index"] for place in back] == [place["index"] for place in reversed(places)]
    # Going upwards, the sticky button must not cover either.
    expect_none(place["name"] for place in back if place["covered"])


# The focus, seen

def changed_area(before, after):
    """How many pixels differ by 3:1 or more between two pictures (WCAG 2.2, 2.4.13)."""
    changed = ImageChops.difference(before, after).getbbox()
    if changed is None:
        return 0
    pairs = collections.Counter(zip(*(image.crop(changed).get_flattened_data() for image in (before, after))))
    return sum(count for (one, other), count in pairs.items() if one != other and contrast(one, other) >= 3)


def picture(page, clip):
    return Image.open(io.BytesIO(page.screenshot(clip=clip))).convert("RGB")


def unseen_focus(page, seen):
    """Stops whose focus changes less than a line of two pixels around them would."""
    weak = []
    page.evaluate(STOPS)
    width, height = page.viewport_size["width"], page.viewport_size["height"]
    for index, look in enumerate(page.evaluate(STOP_LOOKS)):
        if look in seen and not FULL:
            continue
        seen.add(look)
        # On from the stop before it, since the browser shows the focus where the keyboard has led. That every stop can be
        # reached by Tab alone is looked at above.
        if index:
            page.evaluate("index => stops[index].focus()", index - 1)
        page.keyboard.press("Tab")
        place = page.evaluate(FOCUS)
        assert place["index"] == index, place["name"]
        x, y, w, h = place["box"]
        left, top = max(0, x - 8), max(0, y - 8)
        clip = {"x": left, "y": top, "width": min(width, x + w + 8) - left, "height": min(height, y + h + 8) - top}
        focused = picture(page, clip)
        page.evaluate("document.activeElement.blur()")
        plain = picture(page, clip)
        assert focused.size == plain.size
        needed = sum(2 * 2 * (w + h) for _, _, w, h in place["boxes"])
        area = changed_area(plain, focused)
        if area < needed:
            weak.append(f"{place['name']}: {area} of {needed:.0f} pixels")
    return weak


LOOKS = [("light", "en", WIDE), ("light", "ar", NARROW), ("dark", "en", WIDE), ("contrast", "en", NARROW), ("forced-colours", "en", WIDE)]


@pytest.mark.parametrize("mode, language, size", LOOKS, ids=[f"{m}-{l}-{s['width']}" for m, l, s in LOOKS])
def test_the_focus_is_seen(tabs, mode, language, size):
    seen, weak = set(), []
    for kind in ["home", "contacts", "prepare", "topic", "a-to-z", "rights"]:
        page = tabs.open_kind(kind, language, viewport=size)
        use_mode(page, mode)
        page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
        page.reload()
        weak += unseen_focus(page, seen)
        page.close()
    assert len(seen) > 20
    expect_none(weak)


def test_the_measure_sees_a_missing_focus(tabs):
    page = tabs.open_kind("privacy")
    page.evaluate("""() => { const sheet = new CSSStyleSheet();
        sheet.replaceSync(':root:root :focus-visible:not(main):not(x):not(x) { all: unset !important }');
        document.adoptedStyleSheets = [sheet] }""")
    assert unseen_focus(page, set())


# What the keys do

def focused_text(page):
    return page.evaluate("document.activeElement.textContent.trim()")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_first_skip_link_leads_past_everything(tabs, language):
    page = tabs.open_kind("rights", language, viewport=NARROW)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#_content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "_content"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') != null && !document.activeElement.matches('main')")


def test_the_second_stop_leaves_the_site(tabs):
    page = tabs.open_kind("rights")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("'exit' in document.activeElement.dataset")
    with page.expect_navigation(url="https://www.bbc.co.uk/**"):
        page.keyboard.press("Enter")


def test_space_switches_the_contrast_and_arrows_the_size(tabs):
    page = tabs.open_kind("rights", viewport=NARROW)
    page.focus(".display summary")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "_contrast"
    page.keyboard.press("Space")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(0, 0, 0)"
    page.keyboard.press("Space")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") != "rgb(0, 0, 0)"
    before = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") == pytest.approx(before * 1.5)


def test_the_languages_lead_to_the_same_page(tabs):
    """By name at once on an English page; on a translated one, whose readers have found theirs, behind a button."""
    page = tabs.open_kind("complaints", viewport=NARROW)
    page.focus(".languages a:visible >> nth=0")
    while page.evaluate("document.activeElement.lang") != "ar":
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('.languages') != null")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith("/oxfordshire/ar/complaints/index.html")
    assert page.evaluate("document.documentElement.lang") == "ar"
    page.focus(".languages summary")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.lang") == "en"
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith("/oxfordshire/complaints/index.html")


def test_the_menu_opens_and_closes(tabs):
    page = tabs.open_kind("rights", viewport=NARROW)
    page.focus(".menu summary")
    assert not page.locator(".menu li a").first.is_visible()
    page.keyboard.press("Space")
    assert page.locator(".menu li a").first.is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.menu li') != null")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    assert not page.locator(".menu li a").first.is_visible()


def test_a_list_is_ticked_and_cleared(tabs):
    page = tabs.open_kind("prepare")
    boxes = page.locator(".checklist-page input")
    boxes.first.focus()
    page.keyboard.press("Space")
    assert boxes.first.is_checked()
    page.focus("[data-clear]")
    page.keyboard.press("Enter")
    assert not boxes.first.is_checked()


def test_what_scrolls_sideways_can_be_reached(tabs, built):
    """Chromium makes scrollers focusable; Safari does not, so they say it themselves."""
    for page in built.pages.values():
        for element in page.elements:
            if "table-scroll" in (element.get("class") or ""):
                assert element.get("tabindex") == "0" and element.get("role") == "region" and element.get("aria-label")
