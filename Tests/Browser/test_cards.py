"""Cards to show: one fills the screen of a phone that is held out, without scripts, and all stand on one sheet of paper."""

import pdfplumber
import pytest

from .conftest import NARROW

BOX = "e => { const r = e.getBoundingClientRect(); return [r.left, r.top, r.width, r.height]; }"


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("language,size", [("en", NARROW), ("ar", NARROW), ("en", {"width": 568, "height": 320}), ("en", {"width": 1280, "height": 720})])
def test_a_card_fills_the_screen_and_goes_back(tabs, language, size, scripts):
    page = tabs.open_kind("cards", language, viewport=size, java_script_enabled=scripts)
    cards, length = page.locator(".shows label"), page.evaluate("history.length") if scripts else None
    assert cards.count() == 4
    # By keyboard: a card is a check box whose name is what it says, in both languages.
    name = page.get_by_role("checkbox", name="I need a break.", exact=False)
    name.focus()
    page.keyboard.press("Space")
    card = cards.nth(1).locator("span")
    left, top, width, height = card.evaluate(BOX)
    leave = page.locator(".leave").bounding_box()
    # All of the screen, but for the way out at its foot or head.
    assert left == 0 and abs(width - size["width"]) <= 16 and height >= 0.8 * size["height"]
    assert top + height <= leave["y"] + 1 if leave["y"] > 0 else top >= leave["height"] - 1
    assert abs(height + leave["height"] - size["height"]) <= 4
    # On a phone on its side all of it is to be seen at once: the letters are smaller there, and still large.
    least = 20 if size["height"] < 384 else 28
    assert float(card.locator("b").first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")) >= least
    # Whoever has it in hand can leave, and turns back to the other cards by pressing it again.
    page.locator(".exit").click(trial=True)
    name.click()
    assert card.evaluate("e => getComputedStyle(e).position") == "static"
    if scripts:
        assert page.evaluate("history.length") == length and not page.url.count("#")


def test_whose_language_is_english_says_so_once(tabs):
    page = tabs.open_kind("cards")
    assert page.locator(".shows li").first.inner_text().split("\n") == ["I need an interpreter."]
    page = tabs.open_kind("cards", "ar", page=page)
    assert [line for line in page.locator(".shows li").first.inner_text().split("\n") if line][1:] == [
        "العربية", "I need an interpreter.", "Arabic"]
    # Who fetches an interpreter reads which language it is.
    assert page.locator(".shows [lang=en]", has_text="Arabic").get_attribute("dir") == "ltr"


def test_escape_closes_a_card(tabs):
    page = tabs.open_kind("cards", viewport=NARROW)
    box = page.locator(".shows input").nth(2)
    box.focus()
    page.keyboard.press("Space")
    assert box.is_checked()
    page.keyboard.press("Escape")
    assert not box.is_checked() and page.evaluate("document.activeElement") is not None
    assert page.locator(".shows span").nth(2).evaluate("e => getComputedStyle(e).position") == "static"


@pytest.mark.parametrize("size", [{"width": 640, "height": 320}, {"width": 568, "height": 320}, {"width": 320, "height": 568}])
@pytest.mark.parametrize("language", ["en", "ar", "ur", "bn", "pl", "zh-Hans"])
def test_all_of_a_card_is_seen_at_once(tabs, language, size):
    page = tabs.open(f"oxfordshire/{'' if language == 'en' else language + '/'}cards/index.html", viewport=size)
    for box in page.locator(".shows input").all():
        box.focus()
        page.keyboard.press("Space")
        card = box.evaluate("e => { const card = e.nextElementSibling; return [card.scrollHeight, card.clientHeight]; }")
        assert card[0] <= card[1], card
        page.keyboard.press("Escape")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_cards_stand_whole_on_the_first_sheet(tabs, tmp_path, language):
    page = tabs.open_kind("cards", language)
    page.pdf(path=tmp_path / "cards.pdf", format="A4", prefer_css_page_size=True)
    with pdfplumber.open(tmp_path / "cards.pdf") as pdf:
        words = [sheet.extract_text() for sheet in pdf.pages]
    assert all(text in words[0] for text in ["interpreter", "break", "afraid", "plain"]), words
    assert len(words) <= 2
