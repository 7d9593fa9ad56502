"""Two languages side by side: asked for by a link, shown and hidden by a switch, with and without scripts, and on paper."""

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from .conftest import MODES, NARROW, WIDE, expect_none
from .pages import RIGHT_TO_LEFT, pair, path
from .test_listen import LOCAL, listen

PAGES = ["plan", "rights", "on-the-day", "faq/the-meeting", "glossary", "contacts", "young-people/older"]
TRANSLATED = ["pl", "ar", "ur", "bn", "zh-Hans"]
# Where each block and the one beside it stand: in a row, or one above the other.
PAIRS = """() => [...document.querySelectorAll('main .pair')].filter(e => e.checkVisibility()).map(e => {
  const [first, second] = [...e.children].map(child => child.getBoundingClientRect());
  return { isAbove: first.bottom <= second.top + 1, isLeft: first.right <= second.left + 1, isRight: first.left >= second.right - 1,
    level: Math.abs(first.top - second.top), tag: e.firstElementChild.tagName, item: !!e.closest('li') };
})"""


def open_pair(tabs, language, page, **options):
    return tabs.open(f"oxfordshire/{language}-and-en/{page}/index.html", **options)


def seen(page):
    return page.locator("main .second").evaluate_all("all => all.filter(e => e.checkVisibility()).length")


@pytest.mark.parametrize("scripts", [True, False])
def test_the_whole_way_by_keyboard_on_a_narrow_screen(tabs, scripts):
    """From the translated page to both languages, and back to one, without another page."""
    page = tabs.open(path("rights", "ar"), viewport=NARROW, java_script_enabled=scripts)
    link = page.locator("main a[href*='ar-and-en/rights/index.html']")
    assert link.inner_text() and "English" in link.inner_text()
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/ar-and-en/rights/index.html")
    switch = page.get_by_role("checkbox", name="English")
    assert switch.is_checked() and seen(page) > 20
    address = page.url
    switch.focus()
    page.keyboard.press("Space")
    assert not switch.is_checked() and seen(page) == 0
    assert page.locator("main h2").first.is_visible()
    page.keyboard.press("Space")
    assert switch.is_checked() and seen(page) > 20
    assert page.url == address


@pytest.mark.parametrize("language,question", [("pl", "czy zabiora mi dziecko"), ("ar", "can they take my child")])
def test_answers_of_the_search_lead_to_the_same_place_in_both(tabs, language, question):
    """Found by the words of the first language, or by those of the second."""
    page = open_pair(tabs, language, "rights")
    page.locator("[data-find]:visible").first.click()
    box = page.locator("[data-search]")
    box.locator("input").fill(question)
    answer = box.locator("[data-search-results] a").first
    expect(answer).to_be_visible()
    address = answer.evaluate("a => a.href")
    assert f"/{language}-and-en/" in address
    page.goto(address)
    section = page.locator("#" + address.split("#")[1])
    assert section.count() == 1 and page.locator("main .second").count() > 1


@pytest.mark.parametrize("language", TRANSLATED)
def test_columns_where_there_is_room_and_blocks_below_each_other_where_not(tabs, language):
    wide = open_pair(tabs, language, "on-the-day", viewport=WIDE)
    for place in wide.evaluate(PAIRS):
        assert place["isRight" if language in RIGHT_TO_LEFT else "isLeft"], place
        # A list's number stands before both; a heading ends where its own words end.
        assert place["tag"] != "DIV" or place["level"] < 2, place
    wide.locator("#_size-3").evaluate("input => input.click()")
    assert all(place["isAbove"] for place in wide.evaluate(PAIRS)), "large text"
    narrow = open_pair(tabs, language, "on-the-day", viewport=NARROW)
    places = narrow.evaluate(PAIRS)
    assert len(places) > 10 and all(place["isAbove"] for place in places)
    assert narrow.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("name", PAGES)
def test_it_has_the_translated_page_and_nothing_twice(tabs, built, language, name):
    both = built.pages[f"oxfordshire/{language}-and-en/{name}/index.html"]
    alone, english = built.pages[pair(both.path)[2]], built.pages[f"oxfordshire/{name}/index.html"]

    def headings(page):
        return [(e.tag, e.text) for e in page.elements if e.tag in ("h1", "h2", "h3", "h4")]

    def items(page):
        main = next(e for e in page.elements if e.tag == "main")
        # The switch is all that it has more.
        return [e.tag for e in main.descendants() if e.get("id") != "_second" and e.tag in (
            "ol", "ul", "li", "table", "tr", "nav", "section", "input", "textarea", "form")]

    if name == "glossary":
        # The English word stands beside a term instead of within it.
        assert len(headings(both)) == len(headings(alone))
    else:
        assert headings(both) == headings(alone)
    assert items(both) == items(alone)
    assert both.ids - {"_second"} == alone.ids
    seconds = [e for e in both.elements if "second" in (e.get("class") or "").split()]
    assert seconds and all((e.get("lang"), e.get("dir")) == ("en", "ltr") for e in seconds)
    said = " ".join(english.body.text.split())
    for element in seconds:
        for part in [e for e in element.all("p") if not e.all("span")] or [element]:
            assert " ".join(part.text.split()) in said, part.text


def test_links_of_the_second_language_lead_to_pages_in_it(built):
    wrong = []
    for page in built.pages.values():
        if not pair(page.path):
            continue
        first, second, _ = pair(page.path)
        for link in page.elements:
            if link.tag != "a" or not any(e.get("class") == "second" for e in link.ancestors()):
                continue
            address = link.get("href")
            if address.startswith(("#note:", "http", "tel:", "mailto:", "sms:")):
                continue
            # The questions of the home page are links in both languages at once.
            if built.pages[page.resolve(address)[0]].language != second:
                wrong.append(f"{page.path}:{link.line}: {address}")
    expect_none(wrong)


def test_every_translated_page_leads_there_and_no_other(built):
    wrong = []
    for page in built.pages.values():
        links = [e.get("href") for e in page.elements if e.tag == "a" and "-and-" in (e.get("href") or "")]
        links = [link for link in links if pair(page.resolve(link)[0])]
        own = page.path.replace(f"oxfordshire/{page.language}/", f"oxfordshire/{page.language}-and-en/")
        if pair(page.path):
            continue
        if own != page.path and own in built.pages:
            if [page.resolve(link)[0] for link in links] != [own]:
                wrong.append(f"{page.path}: {links}")
        elif links:
            wrong.append(f"{page.path}: {links}")
    assert sum(1 for page in built.pages.values() if pair(page.path)) > 100
    expect_none(wrong)


def ask_for_both(page):
    link = page.locator("main a[data-pair]")
    link.focus()
    page.keyboard.press("Enter")
    # It has the focus when the page's own script has taken up what was typed.
    expect(page.locator("#_second")).to_be_focused()


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("name", ["have-your-say", "young-people/my-say"])
def test_what_is_typed_stays_while_the_second_language_comes_and_goes(tabs, language, name):
    page = tabs.open(f"oxfordshire/{language}/{name}/index.html", viewport=NARROW)
    words = ["Anna", "Boję się \n بيت 家"]
    page.locator(".answer input").first.fill(words[0])
    page.locator(".answer textarea").first.fill(words[1])
    requests = []
    page.context.on("request", lambda request: requests.append(request.url))
    address, history = page.url, page.evaluate("history.length")
    ask_for_both(page)

    def typed():
        return [page.locator(f".answer {field}").first.input_value() for field in ("input", "textarea")]

    assert typed() == words and seen(page) > 5
    switch = page.get_by_role("checkbox", name="English")
    # Where the link was, the switch is; nobody has to look for the place.
    box = switch.bounding_box()
    assert 0 <= box["y"] < NARROW["height"]
    labels = page.locator("main .beside").evaluate_all("all => all.filter(e => e.checkVisibility()).length")
    for shown in (False, True, False):
        page.keyboard.press("Space")
        assert switch.is_checked() == shown and (seen(page) > labels) == shown
        assert typed() == words
    # What tells the chair whose answer it is stays.
    assert labels > 5 and page.locator("main .beside").evaluate_all("all => all.every(e => e.checkVisibility())")
    # No other page, and nothing told or kept: the words come from files of this site.
    assert page.url == address and page.evaluate("history.length") == history
    assert all(request.endswith((".js", ".css")) for request in requests) and len(requests) < 6
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie, window.name]") == [0, 0, "", ""]
    # It is the same form: paper has what was typed, and it is cleared.
    assert page.locator(".typed").evaluate_all("all => all.map(e => e.textContent).filter(Boolean)") == words
    page.locator("[data-wipe]").first.click()
    assert typed() == ["", ""]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_dates_that_were_worked_out_stay(tabs, language):
    page = tabs.open(f"oxfordshire/{language}/key-dates/index.html")
    for name, value in (("day", "3"), ("month", "12"), ("year", "2026")):
        page.locator(f"[data-{name}]").fill(value)
    page.locator("[data-dates] button").first.click()
    dates = page.locator(".dates").inner_text()
    assert "2026" in dates
    ask_for_both(page)
    assert page.locator("[data-year]").input_value() == "2026"
    assert seen(page) > 10
    # Each title, date and note in both, also above the rule that it was worked out by.
    both = page.locator(".dates :is(a, b, p), .when p")
    assert both.count() > 20 and page.locator(".dates .second, .when .second").count() == both.count()
    seconds = page.locator(".dates .second").all_inner_texts()
    assert "The latest day: Thursday 17 December 2026" in seconds, seconds
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.keyboard.press("Space")
    assert page.locator(".dates").inner_text() == dates
    page.locator("[data-dates] [data-wipe]").click()
    assert not page.locator("[data-found]").is_visible()
    page.locator("[data-dates] button").first.click()
    assert page.locator("#_date-error .second[lang=en]").count() == 1


def test_in_a_folder_too(tabs, example):
    page = tabs.context().new_page()
    page.goto((example / "oxfordshire/pl/have-your-say/index.html").as_uri())
    page.locator(".answer textarea").first.fill("Boję się")
    ask_for_both(page)
    assert page.locator(".answer textarea").first.input_value() == "Boję się"


def test_the_list_of_questions_and_the_dates_have_both(tabs):
    page = open_pair(tabs, "pl", "faq")
    questions = page.locator(".questions a")
    assert questions.count() > 20 and page.locator(".questions a .second[lang=en]").count() == questions.count()
    assert page.locator(".topic h2 .second").count() == page.locator(".topic h2").count()
    dates = open_pair(tabs, "pl", "key-dates")
    for part in ("legend", "[data-dates] button", "[data-dates] label", ".deadline .meta"):
        both = dates.locator(f"main {part}")
        assert both.count() and all("second" in html for html in both.evaluate_all("all => all.map(e => e.innerHTML)")), part
    contents = open_pair(tabs, "pl", "plan").locator(".contents li a")
    assert contents.count() and all("second" in html for html in contents.evaluate_all("all => all.map(e => e.innerHTML)"))


def test_nothing_is_stored_or_sent(tabs):
    page = open_pair(tabs, "ar", "rights")
    requests = []
    page.context.on("request", lambda request: requests.append(request.url))
    switch = page.get_by_role("checkbox", name="English")
    was = switch.is_checked()
    switch.focus()
    for checked in (not was, was):
        page.keyboard.press("Space")
        expect(switch).to_be_checked(checked=checked)
    # What the switch does is done before the next frame but one.
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.evaluate("[localStorage.length, sessionStorage.length, history.length]") == [0, 0, 2]
    assert requests == [] and "#" not in page.url


@pytest.mark.parametrize("mode", MODES)
def test_the_switch_can_be_seen_and_touched(tabs, mode):
    page = open_pair(tabs, "ar", "rights", viewport=NARROW, **MODES[mode])
    box = page.locator("main label.switch").bounding_box()
    assert box["height"] >= 44 and box["x"] >= 0 and box["x"] + box["width"] <= NARROW["width"]
    page.locator("main label.switch").click()
    assert seen(page) == 0


@pytest.mark.parametrize("language", ["pl", "ar", "zh-Hans"])
def test_paper_has_both_and_no_switch(tabs, tmp_path, language):
    page = open_pair(tabs, language, "rights")
    page.emulate_media(media="print")
    assert all(place["isAbove"] for place in page.evaluate(PAIRS))
    page.pdf(path=tmp_path / "both.pdf", prefer_css_page_size=True)
    text = " ".join(" ".join(sheet.extract_text() for sheet in PdfReader(tmp_path / "both.pdf").pages).split())
    assert "You can bring a friend, a relative or another person to support you." in text
    assert not page.locator("main label.switch").is_visible()
    page.emulate_media(media="screen")
    page.get_by_role("checkbox", name="English").uncheck(force=True)
    page.pdf(path=tmp_path / "one.pdf", prefer_css_page_size=True)
    alone = " ".join(sheet.extract_text() for sheet in PdfReader(tmp_path / "one.pdf").pages)
    assert "another person to support you" not in alone


def test_a_field_is_named_in_both_languages(tabs):
    page = open_pair(tabs, "ar", "have-your-say")
    field = page.locator(".answer textarea").first
    section = field.locator("xpath=..")
    assert section.locator("textarea, input").count() == 1
    described = page.locator("#" + field.get_attribute("aria-describedby"))
    assert described.get_attribute("lang") == "en" and described.inner_text()
    assert page.locator(".answer .beside").count() == page.locator(".answer").count()


def test_a_ticked_list_is_the_same_list(tabs):
    page = tabs.open(path("prepare", "pl"))
    page.locator(".checklist-page input").first.check(force=True)
    tabs.open("oxfordshire/pl-and-en/prepare/index.html", page)
    assert page.locator(".checklist-page input").first.is_checked()
    assert page.locator(".checklist-page input:checked").count() == 1


def test_reading_aloud_has_each_block_in_the_voice_of_its_language(tabs):
    page = listen(tabs, "oxfordshire/ar-and-en/rights/index.html", LOCAL)
    assert page.locator("button.listen").count() == page.locator("main h2").count() + 1
    # Its own switch is no part of the page's words.
    while page.evaluate("!!speechSynthesis.now"):
        page.evaluate("ended()")
    shows = page.locator("main label.switch").inner_text().split("\n")[0]
    assert not [one for one in page.evaluate("said.map(one => one.text)") if one in shows]

    def read():
        page.evaluate("said.length = 0")
        button = page.locator("main h2 ~ button.listen").first
        button.focus()
        page.keyboard.press("Enter")
        while page.evaluate("!!speechSynthesis.now"):
            page.evaluate("ended()")
        return page.evaluate("said.map(sentence => sentence.voice)")

    voices = read()
    assert voices[:2] == ["Arabic", "English"] and voices.count("English") >= 3
    page.get_by_role("checkbox", name="English").uncheck(force=True)
    assert set(read()) == {"Arabic"}
