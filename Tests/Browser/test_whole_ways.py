"""The whole way to each of the things that families are given: by keyboard, on a phone, with scripts and without, watched."""

import json

import pytest
from playwright.sync_api import expect

from .conftest import NARROW, tab_to
from .test_listen import LOCAL, SPEECH

LANGUAGES = ["en", "ar"]
KEPT = """async () => [localStorage.length, sessionStorage.length, document.cookie, window.name, history.state,
    (await indexedDB.databases()).length, (await caches.keys()).length, (await navigator.serviceWorker.getRegistrations()).length]"""


class Reader:
    """Somebody on a phone who has no mouse. All that the browser sends is written down."""

    def __init__(self, tabs, language, scripts):
        self.language, self.scripts = language, scripts
        context = tabs.context(viewport=NARROW, java_script_enabled=scripts)
        if scripts:
            context.add_init_script(SPEECH.replace("VOICES", json.dumps(LOCAL)))
        self.sent = []
        context.on("request", lambda request: self.sent.append(request))
        self.page = tabs.open(self.address("") + "index.html", context.new_page())

    def address(self, path):
        return "oxfordshire/" + ("" if self.language == "en" else self.language + "/") + path

    def press(self, locator, key="Enter"):
        tab_to(self.page, locator)
        self.page.keyboard.press(key)

    def follow(self, locator, address):
        self.press(locator)
        self.page.wait_for_url(f"**/{address}")

    def take_from_menu(self, path):
        """From any page to another by the menu."""
        self.press(self.page.locator(".menu summary").first)
        self.follow(self.page.locator(f".menu a[href$='{path}/index.html']").first, self.address(path) + "/index.html")

    def has_left_no_trace(self):
        for request in self.sent:
            # Pages and their files, asked for by their names alone.
            assert request.method == "GET" and request.post_data is None and "?" not in request.url, request.url
        if self.scripts:
            assert self.page.evaluate(KEPT) == [0, 0, "", "", None, 0, 0, 0]
            assert self.page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
        assert "#date" not in self.page.url


@pytest.fixture(params=[(language, scripts) for language in LANGUAGES for scripts in (True, False)],
                ids=lambda one: one[0] + ("" if one[1] else " without scripts"))
def reader(tabs, request):
    reader = Reader(tabs, *request.param)
    yield reader
    reader.has_left_no_trace()


def stays_where_it_is(reader):
    """What is done on a page leaves no other entry to go back to, and asks for nothing."""
    return reader.page.url, len(reader.sent)


def test_key_dates(reader):
    reader.take_from_menu("key-dates")
    page = reader.page
    if not reader.scripts:
        # What counts stands in words, with how it is counted, and paper has room for each date.
        assert not page.locator("[data-dates]").is_visible()
        rules = page.locator("section.deadline .rule:visible")
        assert rules.count() >= 5 and all("{" not in text for text in rules.all_inner_texts())
        page.emulate_media(media="print")
        assert page.locator("section.deadline .fill:visible").count() == page.locator("section.deadline").count()
        return
    place, history = stays_where_it_is(reader), page.evaluate("history.length")
    tab_to(page, page.locator("[data-day]"))
    for key in ("2", "4", "Tab", "1", "1", "Tab", "2", "0", "2", "6", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("#_your-dates")).to_be_focused()
    dates = page.locator(".dates li")
    # Each but the conference itself has its rule below it.
    assert page.locator(".dates li .rule:visible").count() == dates.count() - 1 >= 6
    reader.press(page.locator("[data-wipe]"))
    expect(page.locator("[data-found]")).to_be_hidden()
    assert stays_where_it_is(reader) == place and page.evaluate("history.length") == history


def test_two_languages_side_by_side(reader):
    if reader.language == "en":
        reader.follow(reader.page.locator(".languages a[lang=ar]"), "oxfordshire/ar/index.html")
        reader.language = "ar"
    reader.take_from_menu("rights")
    page = reader.page
    reader.follow(page.locator("main a[href*='ar-and-en/rights/index.html']"), "ar-and-en/rights/index.html")
    second = page.locator("main .second:visible")
    assert second.count() > 20
    place = stays_where_it_is(reader)
    switch = page.get_by_role("checkbox", name="English")
    reader.press(switch, "Space")
    expect(second).to_have_count(0)
    page.keyboard.press("Space")
    expect(second).not_to_have_count(0)
    assert stays_where_it_is(reader) == place


@pytest.mark.parametrize("age", ["younger", "older"])
def test_pages_for_children_and_young_people(reader, age):
    reader.take_from_menu("young-people")
    page = reader.page
    reader.follow(page.locator(f"main a[href$='{age}/index.html']").first, f"young-people/{age}/index.html")
    # Whom to talk to is the first that the keyboard reaches of the page's own links, but for the other language.
    first = page.locator("main a[href^='tel:']").first
    tab_to(page, first)
    assert first.get_attribute("href") == "tel:08001111"
    reader.follow(page.locator("main a[href$='my-say/index.html']").first, "young-people/my-say/index.html")
    if reader.scripts:
        place = stays_where_it_is(reader)
        tab_to(page, page.locator(".answer textarea").first)
        page.keyboard.type("I want to stay")
        assert page.locator(".typed").filter(has_text="I want to stay").count() == 1
        assert stays_where_it_is(reader) == place
        reader.press(page.locator("[data-wipe]").last)
        assert page.locator(".answer textarea").first.input_value() == ""
    page.emulate_media(media="print")
    assert page.locator(".drawing:visible").count() == 1 and page.locator(".lines:visible").count() >= 5


def test_have_your_say(reader):
    reader.take_from_menu("have-your-say")
    page = reader.page
    if not reader.scripts:
        assert page.locator(".answer :is(input, textarea)").count() == 0
        page.emulate_media(media="print")
        assert page.locator(".lines:visible").count() >= 5
        return
    place, history = stays_where_it_is(reader), page.evaluate("history.length")
    words = "My words \u0643\u0644\u0645\u0627\u062a\u064a"
    tab_to(page, page.locator(".answer textarea").first)
    page.keyboard.insert_text(words)
    page.emulate_media(media="print")
    assert page.locator(".typed:visible").all_inner_texts() == [words]
    page.emulate_media(media="screen")
    assert stays_where_it_is(reader) == place and page.evaluate("history.length") == history
    reader.press(page.locator("[data-wipe]").last)
    assert page.locator(".answer textarea").first.input_value() == ""


def test_read_to_me(reader):
    reader.take_from_menu("plan")
    page = reader.page
    button = page.locator("[data-listen]")
    if not reader.scripts:
        assert not button.is_visible()
        return
    history = page.evaluate("history.length")
    reader.press(button)
    page.locator(".listen").first.wait_for(state="attached")
    voice = {"en": "English", "ar": "Arabic"}[reader.language]
    assert page.evaluate("said[0]") == {"text": page.locator("h1").inner_text(), "voice": voice, "rate": 1}
    place = stays_where_it_is(reader)
    # The same key stops it; a section has a control of its own.
    page.keyboard.press("Enter")
    assert page.evaluate("speechSynthesis.now") is None
    reader.press(page.locator("#_listen-what"))
    assert page.evaluate("said.at(-1).text") == page.locator("#what").inner_text()
    while page.evaluate("!!speechSynthesis.now"):
        page.evaluate("ended()")
    assert {one["voice"] for one in page.evaluate("said")} <= {"Arabic", "English"}
    assert stays_where_it_is(reader) == place and page.evaluate("history.length") == history


def test_in_simple_words(reader):
    reader.take_from_menu("rights")
    page = reader.page
    reader.follow(page.locator("#supporter .permalink a").first, "easy/index.html#supporter")
    idea = page.locator(".idea").first
    assert idea.locator("> img[alt='']").count() == 1
    picture, words = (idea.locator(f"> {part}").bounding_box() for part in ("img", "div"))
    assert (picture["x"] < words["x"]) == (reader.language == "en") and words["x"] + words["width"] <= NARROW["width"]
    reader.follow(page.locator("main a[href$='rights/index.html#supporter']").first, "rights/index.html#supporter")
