"""Forms to type on and print: every question, its English beside it, all of an answer on paper, nothing kept."""

import re

import pytest
from playwright.sync_api import expect

from .conftest import NARROW
from .pages import LANGUAGES, RIGHT_TO_LEFT

STORES = "[localStorage.length, sessionStorage.length, document.cookie]"
FORMS = {"parents": "have-your-say", "young people": "young-people/my-say"}


def page_of(form, language="en"):
    return f"oxfordshire/{'' if language == 'en' else language + '/'}{FORMS[form]}/index.html"


def fields(page):
    return page.locator(".answer :is(input, textarea)")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", FORMS)
def test_each_question_has_a_field_and_its_english(tabs, form, language):
    page = tabs.open(page_of(form, language), viewport=NARROW)
    questions = page.locator(".answer:has(.lines)")
    assert questions.count() >= 5
    assert fields(page).count() == questions.count()
    # The page is handed over: nowhere on it does one write what must stay private.
    assert page.locator("#private").count() == 1 and page.locator(".answer:has(#private), .answer#private").count() == 0
    for number in range(questions.count()):
        question = questions.nth(number)
        name = question.locator("h2").inner_text()
        field = question.get_by_role("textbox", name=name, exact=True)
        assert field.count() == 1, name
        beside = question.locator(".beside")
        if language == "en":
            assert beside.count() == 0
        else:
            assert beside.get_attribute("lang") == "en" and beside.get_attribute("dir") == "ltr"
            assert beside.inner_text().strip()
            assert field.get_attribute("aria-describedby") == beside.get_attribute("id")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    if language in RIGHT_TO_LEFT:
        # Each answer runs as its own words do.
        fields(page).nth(1).fill("English words")
        assert fields(page).nth(1).evaluate("e => getComputedStyle(e).direction") == "ltr"


def test_by_keyboard_and_on_paper(tabs):
    page = tabs.open(page_of("parents"), viewport=NARROW)
    fields(page).first.focus()
    page.keyboard.type("Ann")
    # Enter in one line neither sends anything nor loads the page again.
    page.keyboard.press("Enter")
    assert fields(page).first.input_value() == "Ann"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    lines = [f"Line {number}" for number in range(40)]
    page.keyboard.insert_text("\n".join(lines))
    assert fields(page).nth(2).input_value().endswith("Line 39")
    page.emulate_media(media="print")
    printed = page.locator(".typed").nth(2)
    assert printed.is_visible() and printed.inner_text().splitlines() == lines
    assert not fields(page).nth(2).is_visible()
    # Where nothing was typed there is room to write by hand.
    assert not page.locator(".lines").nth(2).is_visible()
    assert page.locator(".lines").nth(3).is_visible()


@pytest.mark.parametrize("form", FORMS)
def test_nothing_is_kept_and_nothing_is_sent(tabs, form):
    page = tabs.open(page_of(form))
    requests = []
    page.context.on("request", lambda request: requests.append(request.url))
    address, length = page.url, page.evaluate("history.length")
    count = fields(page).count()
    for number in range(count):
        fields(page).nth(number).fill(f"secret {number}")
    assert page.evaluate(STORES) == [0, 0, ""]
    assert page.evaluate("indexedDB.databases().then(all => all.length)") == 0
    assert (page.url, page.evaluate("history.length"), requests) == (address, length, [])
    # Left and come back to, and loaded again.
    tabs.open("oxfordshire/rights/index.html", page=page)
    page.go_back(wait_until="load")
    assert "secret" not in page.content() and fields(page).first.input_value() == ""
    fields(page).first.fill("secret")
    page.reload(wait_until="load")
    assert [fields(page).nth(number).input_value() for number in range(count)] == [""] * count


def test_leaving_this_site_clears_it_at_once(tabs):
    page = tabs.open(page_of("parents"))
    fields(page).first.fill("secret")
    page.locator(".exit").click()
    page.wait_for_url("https://www.bbc.co.uk/weather")
    page.goto(tabs.url(page_of("parents")), wait_until="load")
    assert fields(page).first.input_value() == ""


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("form", FORMS)
def test_a_link_that_takes_the_words_away_asks_first(tabs, form, language):
    page = tabs.open(page_of(form, language), viewport=NARROW)
    answers, asked = [False, False, True], []

    def answer(dialog):
        asked.append(dialog.message)
        dialog.accept() if answers[len(asked) - 1] else dialog.dismiss()

    page.on("dialog", answer)
    words = page.locator(".answer textarea").first
    words.fill("my words")
    address, requests = page.url, []
    page.context.on("request", lambda request: requests.append(request.url))

    def to_another_language():
        # In a translation the list opens first.
        summary = page.locator(".languages summary")
        if summary.count() and not page.locator(".languages a").first.is_visible():
            summary.click()
        page.locator(".languages a[lang=pl]").focus()
        page.keyboard.press("Enter")

    to_another_language()
    # In the page's own words, and whoever says no has lost nothing.
    assert asked == [page.locator("[data-typed]").get_attribute("data-typed")]
    assert page.url == address and words.input_value() == "my words" and requests == []
    # The name at the top leads away too.
    page.locator("a.brand").click()
    assert len(asked) == 2 and page.url == address and words.input_value() == "my words"
    # A place on this page does not.
    page.locator(".skip a").first.focus()
    page.keyboard.press("Enter")
    assert len(asked) == 2 and words.input_value() == "my words"
    to_another_language()
    page.wait_for_url(f"**/pl/{FORMS[form]}/**")
    assert len(asked) == 3 and fields(page).first.input_value() == ""


@pytest.mark.parametrize("way", ["link", "keys"])
def test_nobody_who_must_leave_quickly_is_asked(tabs, way):
    page = tabs.open(page_of("parents"))
    page.on("dialog", lambda dialog: pytest.fail("somebody who must leave is held up"))
    fields(page).first.fill("secret")
    if way == "link":
        page.locator(".exit").click()
    else:
        for _ in range(3):
            page.keyboard.press("Shift")
    page.wait_for_url("https://www.bbc.co.uk/weather")


def test_the_second_language_comes_without_a_question(tabs):
    page = tabs.open(page_of("parents", "ar"))
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.locator(".answer textarea").first.fill("my words")
    page.locator("main a[data-pair]").click()
    expect(page.locator("#_second")).to_be_focused()
    assert asked == []
    # The form is another one now, and it is asked of once.
    page.locator("a.brand").click()
    assert len(asked) == 1 and page.locator(".answer textarea").first.input_value() == "my words"


def test_who_has_no_printer_takes_the_words_along(tabs):
    page = tabs.open(page_of("parents"), permissions=["clipboard-read", "clipboard-write"])
    told = page.locator("[data-copied]")
    # Nothing was written: the first place to write has the focus, and nothing is said.
    page.locator("[data-copy]").last.click()
    assert told.inner_text() == "" and page.evaluate("document.activeElement === document.querySelector('.answer textarea, .answer input')")
    fields(page).nth(0).fill("one")
    fields(page).nth(2).fill("three")
    page.locator("[data-copy]").last.click()
    told.filter(has_text="Copied").wait_for()
    headings = page.locator(".answer :is(h2, h3)").all_inner_texts()
    copied = page.evaluate("navigator.clipboard.readText()").replace("\r", "")
    assert copied == f"{headings[0]}\none\n\n{headings[2]}\nthree"
    # The buttons stand where the writing starts, and where it ends.
    assert page.locator("[data-copy]:visible").count() == page.locator("main [data-print]:visible").count() == 2


@pytest.mark.parametrize("language", ["ar", "pl"])
def test_whoever_gets_the_words_sees_in_english_what_was_asked(tabs, language):
    page = tabs.open(f"oxfordshire/{language}/have-your-say/index.html", permissions=["clipboard-read", "clipboard-write"])
    assert page.locator("main > .beside[lang=en]").first.inner_text() == "Have your say"
    fields(page).nth(2).fill("1")
    page.locator("[data-copy]").last.click()
    page.locator("[data-copied]").filter(has_text=re.compile(".")).wait_for()
    lines = page.evaluate("navigator.clipboard.readText()").replace("\r", "").split("\n")
    assert lines[1:] == ["What is going well", "1"] and lines[0] == page.locator("#going-well").inner_text()


def test_it_is_cleared_when_asked(tabs):
    page = tabs.open(page_of("young people"))
    for number in range(fields(page).count()):
        fields(page).nth(number).fill("x")
    page.locator("[data-wipe]").last.click()
    assert all(fields(page).nth(number).input_value() == "" for number in range(fields(page).count()))
    page.emulate_media(media="print")
    assert page.locator(".typed:visible").count() == 0


@pytest.mark.parametrize("form", FORMS)
def test_without_scripts_there_is_paper(tabs, form):
    page = tabs.open(page_of(form), java_script_enabled=False)
    assert fields(page).count() == 0
    assert not page.locator("[data-form]").is_visible()
    assert "Print this page" in page.locator("main").inner_text()
    page.emulate_media(media="print")
    assert page.locator(".lines:visible").count() >= 5
    assert page.locator(".drawing:visible").count() == (1 if form == "young people" else 0)
