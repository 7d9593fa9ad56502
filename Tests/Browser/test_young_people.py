"""Pages for children and young people: a look of their own, whom to talk to first, nothing of it needed to read them."""

import pytest

from .conftest import NARROW, WIDE, use_mode

HOME = "oxfordshire/{}young-people/"
PHONE = {"width": 320, "height": 568}


def look(page):
    """What a reader sees at once: the ground of the title's band, the edge of a question, the size of an answer."""
    return page.evaluate("""() => {
      const style = (name, what) => getComputedStyle(document.querySelector(name))[what];
      return [style('h1', 'backgroundColor'), style('main h2', 'borderBottomWidth'), style('main h2 + p', 'fontSize')];
    }""")


def test_a_child_a_teenager_and_a_parent_have_pages_of_their_own_look(tabs):
    looks = [look(tabs.open(address)) for address in (
        HOME.format("") + "younger/", HOME.format("") + "older/", "oxfordshire/about/")]
    bands, edges, sizes = zip(*looks)
    assert len(set(bands)) == 3, bands
    assert edges == ("3px", "0px", "0px")
    assert float(sizes[0][:-2]) > float(sizes[1][:-2]) > float(sizes[2][:-2])


@pytest.mark.parametrize("language", ["", "ar/"])
@pytest.mark.parametrize("name", ["", "younger/", "older/"])
def test_childline_is_the_first_number_and_on_the_first_screen_of_a_phone(tabs, name, language):
    page = tabs.open(HOME.format(language) + name, viewport=PHONE)
    first = page.locator("main a[href^='tel:']").first
    assert first.get_attribute("href") == "tel:08001111"
    box, way_out = first.bounding_box(), page.locator(".leave").bounding_box()
    assert box["y"] + box["height"] <= way_out["y"]
    # Paper keeps of the page's foot these numbers alone; those of adults' pages begin with what cannot wait.
    assert page.locator(".helplines a").first.get_attribute("href") == "tel:08001111"
    tabs.open("oxfordshire/" + language + "rights/", page)
    assert page.locator(".helplines a").first.get_attribute("href") == "tel:999"


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
@pytest.mark.parametrize("name", ["younger/", "older/"])
def test_the_drawing_covers_no_word(tabs, name, size):
    page = tabs.open(HOME.format("") + name, viewport=size)
    assert page.locator(".talk").get_attribute("alt") == ""
    assert page.evaluate("""() => {
      const over = document.querySelector('.talk').getBoundingClientRect(), words = document.createRange();
      words.selectNodeContents(document.querySelector('h1'));
      return [...words.getClientRects()].every(line => line.right <= over.left || line.left >= over.right
        || line.bottom <= over.top || line.top >= over.bottom);
    }""")


def test_outlines_stay_where_grounds_go(tabs):
    page = tabs.open(HOME.format("") + "younger/")
    use_mode(page, "forced-colours")
    assert not page.locator(".talk").is_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('main h2')).borderTopWidth") == "3px"
    page.emulate_media(media="print", forced_colors="none")
    assert not page.locator(".talk").is_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('main h2')).backgroundColor") == "rgba(0, 0, 0, 0)"
    assert page.evaluate("getComputedStyle(document.querySelector('main h2')).borderTopWidth") == "3px"


def test_the_pages_for_adults_are_behind_the_menu_on_a_wide_screen(tabs):
    page = tabs.open(HOME.format("") + "older/")
    entry = page.locator(".menu li a").first
    assert not entry.is_visible()
    page.locator(".menu summary").focus()
    page.keyboard.press("Enter")
    assert entry.is_visible()
