"""Words that are explained: in place with scripts, by a link without; and the people round the table."""

import pytest

from .conftest import MODES, NARROW, expect_none, use_mode
from .pages import LANGUAGES, RIGHT_TO_LEFT

PAGE = "oxfordshire/{}who-comes/index.html"
TOPIC = "oxfordshire/{}faq/the-plan/index.html"


def address(file, language):
    return file.format("" if language == "en" else language + "/")


def first_word(tabs, file=PAGE, language="en", **options):
    page = tabs.open(address(file, language), **options)
    return page, page.locator("main a.word").first


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_opens_its_explanation_in_place_and_closes_it(tabs, language):
    page, word = first_word(tabs, language=language)
    before = page.url
    word.focus()
    assert word.get_attribute("aria-expanded") == "false" and word.get_attribute("role") == "button"
    page.keyboard.press("Enter")
    said = page.locator(".said")
    page.locator(".said:not(:empty)").wait_for()
    assert word.get_attribute("aria-expanded") == "true"
    # It is what the glossary says.
    text = said.inner_text()
    glossary = page.context.new_page()
    glossary.goto(word.evaluate("link => link.href"))
    assert text in glossary.locator(":target dd").inner_text()
    glossary.close()
    # It stands below the words that use it, and tears no sentence apart.
    assert said.evaluate("note => !note.closest('p') && !note.nextSibling?.textContent.trim() || note.previousElementSibling.matches('p:has(.word)')")
    gap = page.evaluate("() => document.querySelector('.said').getBoundingClientRect().top - document.querySelector('main a.word').getBoundingClientRect().bottom")
    assert 0 <= gap < 200
    page.keyboard.press("Escape")
    assert said.count() == 0 and word.get_attribute("aria-expanded") == "false"
    page.keyboard.press("Space")
    said.wait_for()
    word.click()
    assert said.count() == 0
    assert page.url == before


def test_the_explanations_are_loaded_for_the_first_word_and_never_again(tabs):
    page = tabs.context().new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(tabs.url(address(TOPIC, "en")), wait_until="load")
    assert not [url for url in asked if url.endswith("words.js")]
    for word in page.locator("main a.word").all()[:3]:
        word.click()
        page.locator(".said").last.wait_for()
    assert len([url for url in asked if url.endswith("words.js")]) == 1


def test_from_a_folder_it_opens_too(tabs):
    page = tabs.context().new_page()
    page.goto((tabs.folder / address(PAGE, "en")).as_uri())
    page.locator("main a.word").first.click()
    page.locator(".said:not(:empty)").wait_for()


def test_without_scripts_and_without_the_file_a_word_is_a_link_to_the_glossary(tabs):
    page, word = first_word(tabs, java_script_enabled=False)
    assert word.get_attribute("role") is None
    word.click()
    assert page.url.endswith("glossary/index.html#" + page.url.split("#")[1])
    page, word = first_word(tabs)
    page.route("**/words.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    word.click()
    page.wait_for_url("**/glossary/index.html#*")


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_an_open_word_and_the_table_are_sound_in_every_mode(tabs, axe_source, mode, language):
    page, word = first_word(tabs, language=language, viewport=NARROW)
    use_mode(page, mode)
    word.click()
    page.locator(".said:not(:empty)").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.evaluate(axe_source)
    found = page.evaluate("""() => axe.run('main', {rules: {'color-contrast-enhanced': {enabled: true}}})""")
    expect_none(f"{v['id']}: {v['nodes'][0]['html']}" for v in found["violations"])


def test_what_is_open_is_not_printed(tabs):
    page, word = first_word(tabs)
    word.click()
    page.locator(".said").wait_for()
    page.emulate_media(media="print")
    assert not page.locator(".said").is_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_has_a_seat_for_each_of_its_list_and_the_reader_at_the_bottom(tabs, language):
    page = tabs.open(address(PAGE, language), viewport=NARROW)
    seats = page.evaluate("""() => [...document.querySelectorAll('.seats text')].map(text => {
        const box = text.getBoundingClientRect(), own = document.querySelector('.seats').getBoundingClientRect()
        return {number: text.textContent, you: text.getAttribute('class') === 'you',
                x: box.x + box.width / 2 - own.x - own.width / 2, y: box.y, height: box.height, size: own.width}
    })""")
    items = page.locator(".seats + ol > li").count()
    assert [seat["number"] for seat in seats] == [str(n + 1) for n in range(items)] and items > 2
    lowest = max(seats, key=lambda seat: seat["y"])
    assert lowest["you"] and abs(lowest["x"]) < 1
    assert seats[0]["size"] <= NARROW["width"] and min(seat["height"] for seat in seats) >= 14
    following = seats[seats.index(lowest) + 1]
    assert (following["x"] > 0) == (language in RIGHT_TO_LEFT)


@pytest.mark.parametrize("mode", MODES)
def test_the_readers_number_is_seen_in_every_mode(tabs, mode):
    page = tabs.open(address(PAGE, "en"), viewport=NARROW)
    use_mode(page, mode)
    seat = page.locator(".seats")
    number, disc = page.evaluate("""() => ['.seats .you', '.seats circle[fill=currentColor]:not([fill-opacity])'].map(
        name => getComputedStyle(document.querySelector(name)).fill)""")
    assert seat.is_visible() and number != disc
