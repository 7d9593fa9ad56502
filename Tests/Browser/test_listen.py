"""Reading aloud: by voices of the device only, sentence by sentence, in the language of each block; it can be stopped."""

import json

import pytest

from .conftest import NARROW

# What a browser offers, without sound: what was said is kept, and a test says when a sentence has ended.
SPEECH = """
window.said = [];
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(window, "speechSynthesis", { configurable: true, value: {
  getVoices: () => VOICES,
  speak(utterance) { said.push({ text: utterance.text.trim(), voice: utterance.voice.name, rate: utterance.rate }); this.now = utterance; },
  cancel() { const now = this.now; this.now = null; if (now && now.onend) now.onend(); },
  addEventListener() {},
} });
window.ended = () => { const now = speechSynthesis.now; speechSynthesis.now = null; now.onend(); };
"""
LOCAL = [{"name": "English", "lang": "en-GB", "localService": True}, {"name": "Arabic", "lang": "ar-SA", "localService": True}]
AMERICAN = {"name": "American", "lang": "en-US", "localService": True}
REMOTE = [{"name": "Far away", "lang": "en-GB", "localService": False}]
TAIWAN = [{"name": "Mei-Jia", "lang": "zh-TW", "localService": True}, {"name": "English", "lang": "en_GB", "localService": True}]
MAINLAND = [{"name": "Tingting", "lang": "zh-CN", "localService": True}]


def listen(tabs, address, voices, **options):
    context = tabs.context(**options)
    context.add_init_script(SPEECH.replace("VOICES", json.dumps(voices)))
    page = tabs.open(address, context.new_page())
    page.locator("[data-listen]").focus()
    page.keyboard.press("Enter")
    page.locator(".listen").first.wait_for(state="attached")
    return page


def test_the_whole_way_by_keyboard_on_a_narrow_screen(tabs):
    page = listen(tabs, "oxfordshire/plan/index.html", LOCAL, viewport=NARROW)
    # The first press starts: the page's own title is said, and the control that has the focus stops it.
    assert page.evaluate("document.activeElement.id").startswith("_listen-")
    assert page.evaluate("said[0].text") == page.locator("h1").inner_text()
    assert page.evaluate("document.activeElement.textContent") == "Stop"
    assert page.locator("button.listen").count() == page.locator("main h2").count() + 1
    # It reads on through every section, to the end.
    while page.evaluate("!!speechSynthesis.now"):
        page.evaluate("ended()")
    whole = page.evaluate("said.map(one => one.text)")
    headings = page.locator("main section h2, main > h2").evaluate_all(
        "all => all.filter(e => e.checkVisibility() && !e.closest('nav')).map(e => e.textContent.trim())")
    assert headings and set(headings) <= set(whole)
    page.evaluate("said.length = 0")
    page.locator("#_listen-what").focus()
    page.keyboard.press("Enter")
    assert page.locator("#_listen-what").inner_text() == "Stop"
    first = page.evaluate("said[0]")
    assert first == {"text": "What is a child protection plan?", "voice": "English", "rate": 1}
    while page.evaluate("speechSynthesis.now !== null && speechSynthesis.now !== undefined"):
        marked = page.evaluate(
            "CSS.highlights.has('reading') ? [...CSS.highlights.get('reading')].map(String).join('').trim() : ''")
        assert marked == page.evaluate("said.at(-1).text")
        page.evaluate("ended()")
    said = page.evaluate("said.map(one => one.text)")
    # All of the section, and no more than it.
    assert said[1] == "A child protection plan says how to keep your child safe."
    assert said[-1].endswith("how a child grows up.")
    assert not page.evaluate("CSS.highlights.has('reading')")
    assert page.locator("#_listen-what").inner_text() == "Listen"
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_it_stops_when_asked_and_when_the_page_is_left(tabs):
    page = listen(tabs, "oxfordshire/plan/index.html", LOCAL)
    page.locator("#_listen-what").click()
    page.locator("#_listen-holds").click()
    # Another section takes the place of the first.
    assert page.locator("#_listen-what").inner_text() == "Listen"
    assert page.evaluate("said.at(-1).text") == "What is in the plan?"
    page.locator("#_listen-holds").click()
    assert page.evaluate("speechSynthesis.now") is None
    count = page.evaluate("said.length")
    page.locator("#_listen-holds").click()
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    assert page.evaluate("speechSynthesis.now") is None
    assert page.evaluate("said.length") == count + 1


def test_speed(tabs):
    page = listen(tabs, "oxfordshire/plan/index.html", LOCAL)
    page.get_by_label("Slow").check()
    page.locator("#_listen-what").click()
    assert page.evaluate("said.at(-1).rate") == 0.7


@pytest.mark.parametrize("voices, voice", [
    ([AMERICAN, *LOCAL], "English"), ([AMERICAN], "American"), ([AMERICAN, *REMOTE], "American"),
])
def test_the_voice_is_of_this_country_where_there_is_one(tabs, voices, voice):
    page = listen(tabs, "oxfordshire/plan/index.html", voices)
    assert page.evaluate("said[0].voice") == voice


@pytest.mark.parametrize("address, voices", [
    ("oxfordshire/plan/index.html", REMOTE), ("oxfordshire/plan/index.html", []),
    ("oxfordshire/ar/plan/index.html", REMOTE), ("oxfordshire/zh-Hans/plan/index.html", TAIWAN),
])
def test_without_a_voice_of_the_device_it_says_so(tabs, address, voices):
    page = listen(tabs, address, voices)
    status = page.locator("p.listen[role=status]")
    status.filter(has_text=page.locator("[data-listen]").get_attribute("data-listen").split("|")[-1]).wait_for()
    assert page.locator("button.listen").count() == 0
    assert page.evaluate("said") == []


@pytest.mark.parametrize("address, voices, voice", [
    ("oxfordshire/ar/plan/index.html", LOCAL, "Arabic"), ("oxfordshire/zh-Hans/plan/index.html", MAINLAND, "Tingting"),
])
def test_each_language_has_its_own_voice(tabs, address, voices, voice):
    page = listen(tabs, address, voices)
    page.locator("#_listen-what").click()
    assert page.evaluate("said[0].voice") == voice


def test_nothing_is_stored(tabs):
    page = listen(tabs, "oxfordshire/plan/index.html", LOCAL)
    page.get_by_label("Slow").check()
    page.locator("#_listen-what").click()
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]


def test_without_scripts_there_is_no_button(tabs):
    page = tabs.open("oxfordshire/plan/index.html", java_script_enabled=False)
    assert not page.locator("[data-listen]").is_visible()
