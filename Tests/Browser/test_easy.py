"""Pages in easy words: found, read and left by the keyboard, on a phone, in Arabic, and without scripts."""

import re

import pytest

from .conftest import NARROW, tab_to
from .pages import path

EASY = path("easy")
STORED = "[localStorage.length, sessionStorage.length, document.cookie, location.hash]"


def test_by_keyboard_from_the_full_words_to_the_easy_ones_and_back(tabs):
    page = tabs.open_kind("rights")
    link = page.locator("#supporter .permalink a")
    assert link.inner_text() == "In simple words: You can bring someone"
    tab_to(page, link)
    page.keyboard.press("Enter")
    page.wait_for_url("**/easy/index.html#supporter")
    back = page.locator("a", has_text="More about this: You can bring someone")
    tab_to(page, back)
    page.keyboard.press("Enter")
    page.wait_for_url("**/rights/index.html#supporter")
    assert page.evaluate(STORED) == [0, 0, "", "#supporter"]


def test_by_keyboard_from_the_navigation(tabs):
    page = tabs.open_kind("page")
    tab_to(page, page.locator("nav.menu a", has_text="The conference in simple words"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/easy/index.html")
    assert page.locator(".menu [aria-current=page]").count() == 1


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_on_a_phone_with_scripts_and_without(tabs, language, scripts):
    page = tabs.open_kind("easy", language, viewport=NARROW, java_script_enabled=scripts)
    ideas = page.locator(".idea")
    assert ideas.count() > 40
    # Each idea has one picture, which has arrived, and which screen readers pass over.
    assert page.locator(".idea > img[alt='']").count() == ideas.count()
    picture, words = (page.locator(f".idea > {part}").first.bounding_box() for part in ("img", "div"))
    before = picture["x"] < words["x"]
    assert before == (language == "en")
    assert picture["width"] >= 64 and words["x"] + words["width"] <= NARROW["width"]
    # What leads to the full words needs no script.
    page.locator("a[href$='rights/index.html#supporter']").click()
    assert re.search(r"/rights/index\.html#supporter$", page.url)


def test_pictures_are_shown(tabs):
    page = tabs.open_kind("easy")
    widths = page.evaluate("""() => Promise.all([...document.querySelectorAll(".idea > img")].map(async img => {
        img.loading = "eager"
        await img.decode()
        return img.naturalWidth
    }))""")
    assert len(widths) > 40 and min(widths) > 0


def test_the_home_page_leads_to_it(tabs):
    page = tabs.open_kind("home", java_script_enabled=False)
    page.locator("main a", has_text="The conference in simple words").first.click()
    assert page.url.endswith("/easy/index.html")


def test_it_is_not_called_easy_read_before_anybody_has_tried_it(tabs):
    page = tabs.open_kind("easy")
    assert "easy read" not in (page.title() + page.locator("main :is(h1, h2)").all_inner_texts().__str__()).lower()
    # One line that opens, so that it does not stand before the first simple sentence.
    notice = page.locator("main details.notice")
    assert not notice.locator("p").is_visible()
    notice.locator("summary").click()
    assert "we do not call it easy read" in page.locator("main").inner_text()
    assert "Pictures: Signpost" in page.locator("main").inner_text()


@pytest.mark.parametrize("council", ["cumbria", "east-sussex"])
def test_a_councils_own_section_has_no_easy_words_of_the_shared_one(built, council):
    page = built.pages[f"{council}/easy/index.html"]
    assert "supporter" in page.ids
    assert ("order" in page.ids) == (council != "cumbria")
