"""Pages as they load and are used: the policy, addresses, languages, from a folder, without style sheets, on paper."""

import io

import pypdf
import pytest

from conftest import FULL

from .conftest import NARROW, WIDE, click_display, expect_none, use_mode
from .pages import LANGUAGES, RIGHT_TO_LEFT, path, sample


# Loading

# How far what was seen, as a share of the screen, has moved. An icon that stands alone for the moment in which its words
# arrive is less than a ten-thousandth.
SHIFTS = """() => new Promise(resolve => {
  const moved = [];
  new PerformanceObserver(list => list.getEntries().filter(entry => entry.value >= 0.0001).forEach(entry => moved.push(
    `${entry.value.toFixed(4)} ${entry.sources.map(s => s.node && (s.node.className || s.node.nodeName))}`)))
    .observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => resolve(moved), 120);
})"""


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["1280", "320"])
def test_nothing_moves_while_a_page_loads(tabs, size):
    moved = []
    context = tabs.context(viewport=size)
    page = context.new_page()
    for kind, language in sample():
        if not tabs.has(kind, language) or not FULL and language == "zh-Hans":
            continue
        tabs.open_kind(kind, language, page=page)
        moved += [f"{kind} {language}: {shift}" for shift in page.evaluate(SHIFTS)]
    expect_none(moved)


def test_a_closed_answer_shows_nothing_before_its_summary_is_there(tabs):
    """A browser gives it a word of its own, in its own language, until the page has come that far."""
    page = tabs.open_kind("rights")
    assert page.evaluate("""() => {
      const details = document.createElement('details');
      document.querySelector('main').append(details);
      const before = details.getBoundingClientRect().height;
      details.append(document.createElement('summary'));
      return [before, details.getBoundingClientRect().height > 40];
    }""") == [0, True]


def test_the_shift_measure_sees_a_move(tabs):
    page = tabs.open_kind("rights")
    page.evaluate("""() => { const block = document.createElement('div'); block.style.height = '300px';
        document.body.prepend(block) }""")
    page.wait_for_function(f"async () => (await ({SHIFTS})()).length")


def test_the_policy_forbids_what_the_site_does_not_need(tabs, built):
    page = tabs.open_kind("rights")
    refused = page.evaluate("""() => new Promise(resolve => {
      const refused = [];
      document.addEventListener('securitypolicyviolation', event => refused.push(event.effectiveDirective));
      const script = document.createElement('script');
      script.textContent = 'window.broken = true';
      document.body.append(script);
      const image = new Image();
      image.src = 'https://example.org/x.png';
      fetch('https://example.org/').catch(() => {});
      setTimeout(() => resolve([refused.sort(), window.broken === undefined]), 200);
    })""")
    assert refused == [["connect-src", "img-src", "script-src-elem"], True]
    # Those refusals were wanted.
    assert len(tabs.problems) >= 3
    tabs.problems.clear()
    for page in built.pages.values():
        if page.kind:
            policy = next(e.get("content") for e in page.elements if e.get("http-equiv") == "Content-Security-Policy")
            rules = dict((rule.strip() + " ").split(" ", 1) for rule in policy.split(";"))
            assert rules["default-src"].strip() == "'none'" and "unsafe" not in policy and "*" not in policy
            assert {"script-src", "style-src", "base-uri", "form-action"} <= set(rules)


def test_no_page_sends_where_the_reader_was(tabs, built):
    for page in built.pages.values():
        assert any(e.tag == "meta" and e.get("name") == "referrer" and e.get("content") == "no-referrer"
                   for e in page.elements), page.path
    page = tabs.open_kind("home")
    page.locator("main a[href$='rights/index.html']").first.click()
    page.wait_for_url("**/rights/**")
    assert page.evaluate("document.referrer") == ""


@pytest.mark.parametrize("kind, language", [("home", "en"), ("faq", "ar"), ("prepare", "en"), ("chooser", "en")])
def test_pages_work_from_a_folder(tabs, example, kind, language):
    """Opened as files, without a server: styled, in the chosen colours, and the links lead on."""
    page = tabs.context().new_page()
    page.goto((example / path(kind, language)).as_uri())
    assert page.evaluate("getComputedStyle(document.body).margin") == "0px"
    click_display(page, "#_contrast")
    start = page.url
    page.locator("main a[href$='index.html']").first.click()
    page.wait_for_url(lambda url: url != start)
    page.wait_for_load_state()
    assert page.url.startswith("file:") and page.locator("h1").count() == 1
    # Each file may get a process of its own, which hears of the choice a moment later.
    page.wait_for_function("() => getComputedStyle(document.documentElement).backgroundColor == 'rgb(0, 0, 0)'")


@pytest.mark.parametrize("kind, language", [("home", "en"), ("rights", "ar"), ("contacts", "en"), ("faq", "en")])
def test_pages_can_be_read_without_style_sheets(tabs, kind, language):
    page = tabs.open_kind(kind, language, viewport=NARROW)
    # Some words begin with a capital letter by their style.
    words = page.locator("main").inner_text().casefold()
    page.evaluate("for (const sheet of document.styleSheets) sheet.disabled = true")
    assert set(words.split()) <= set(page.locator("main").inner_text().casefold().split())
    large = page.eval_on_selector_all("svg", "all => all.map(e => e.getBoundingClientRect().width).filter(width => width > 48)")
    assert large == [], "icons fill the screen"
    assert page.evaluate("getComputedStyle(document.body).direction") == ("rtl" if language in RIGHT_TO_LEFT else "ltr")


# Finding one's way

@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["1280", "320"])
def test_languages_lead_to_the_same_page_and_section(tabs, size):
    page = tabs.open(path("rights") + "#complain", viewport=size)
    assert page.locator("#complain").count() == 1
    for tag, name in (("ar", "العربية"), ("zh-Hans", "简体中文"), ("pl", "Polski"), ("en", "English")):
        link = page.locator(f".languages a[lang={tag}]")
        if not link.is_visible():
            page.locator(".languages summary").click()
        assert link.inner_text() == name
        link.click()
        page.wait_for_url("**/" + path("rights", tag) + "#complain")
        assert page.evaluate("document.documentElement.lang") == tag
        assert page.evaluate("document.querySelector('#complain').getBoundingClientRect().top < innerHeight")
        assert page.locator(".languages [aria-current]").get_attribute("lang") == tag


def test_a_fragment_opens_what_is_closed(tabs):
    page = tabs.open_kind("rights", viewport=NARROW)
    page.evaluate("""() => { const block = document.createElement('details');
        block.innerHTML = '<summary>More</summary><details><summary>Still more</summary><p id="deep">Here</p></details>';
        document.querySelector('main').append(block) }""")
    assert not page.locator("#deep").is_visible()
    page.evaluate("location.hash = 'deep'")
    page.wait_for_selector("#deep", state="visible")
    assert page.evaluate("""() => { const r = document.querySelector('#deep').getBoundingClientRect();
        return r.top >= 0 && r.bottom <= document.querySelector('.leave').getBoundingClientRect().top }""")


def test_a_broken_fragment_does_no_harm(tabs):
    page = tabs.open(path("rights") + "#%E0%A4%A")
    assert page.locator("h1").is_visible()


def test_a_link_to_a_section_shows_it_whole(tabs):
    """Not under the sticky button."""
    for size in (WIDE, NARROW):
        page = tabs.open_kind("topic", viewport=size)
        for link in page.locator(".contents a").all()[:4]:
            target = link.get_attribute("href")
            page.goto(page.url.split("#")[0] + target)
            assert page.evaluate("""id => { const r = document.querySelector(id + ' h2, h2' + id).getBoundingClientRect();
                return r.top >= 0 && r.bottom <= innerHeight - 60 }""", target)


# How much of the first screen is not content: what stands above the title, the notice below it, and the strip to leave.
CHROME = """() => {
  const box = selector => (document.querySelector(selector) || document.createElement('p')).getBoundingClientRect();
  return (box('h1').top + box('main .notice').height + box('.leave').height) / innerHeight;
}"""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["home", "rights", "agenda", "contacts", "topic"])
def test_the_first_screen_of_the_smallest_phone_is_mostly_content(tabs, kind, language):
    page = tabs.open_kind(kind, language, viewport={"width": 320, "height": 568})
    # Nastaliq needs twice the height of its letters.
    assert page.evaluate(CHROME) <= (.37 if language == "ur" else .3)


@pytest.mark.parametrize("kind", ["home", "contacts", "easy", "topic"])
@pytest.mark.parametrize("width", [320, 390])
def test_who_reads_no_english_finds_the_name_of_a_language(tabs, kind, width):
    """Without scripts and without pressing anything, on the first screen, each name as a whole."""
    page = tabs.open_kind(kind, viewport={"width": width, "height": 568}, java_script_enabled=False)
    names = page.locator(".languages a:not([aria-current])")
    assert set(names.all_inner_texts()) == {"العربية", "বাংলা", "Polski", "اردو", "简体中文"}
    for link in names.all():
        box = link.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= width and box["y"] + box["height"] <= 568 * .3
        assert box["width"] >= 44 and box["height"] >= 44


@pytest.mark.parametrize("language", LANGUAGES)
def test_danger_comes_first_among_the_contacts(tabs, language):
    page = tabs.open_kind("contacts", language, viewport={"width": 320, "height": 568})
    link = page.locator("main a[href='tel:999'] >> nth=0")
    box = link.bounding_box()
    assert box["y"] + box["height"] <= 568 - page.locator(".leave").bounding_box()["height"]
    assert "999" in link.inner_text()


def test_no_helpline_is_offered_to_be_saved(tabs):
    """A contact for help against violence, found on a watched phone, is a danger."""
    page = tabs.open_kind("contacts", viewport=NARROW)
    assert page.locator("#contact-domestic-abuse").count() == 1
    assert page.locator("a[download]").count() == 0
    page = tabs.open("east-sussex/contacts/index.html", viewport=NARROW)
    saved = page.locator("a[download]")
    assert saved.count() == 1 and "The chair of your conference" in saved.inner_text()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind, answer", [("home", ".answers p >> nth=0"), ("topic", ".question p >> nth=0")])
def test_the_first_answer_is_on_the_first_screen_of_a_phone(tabs, kind, answer, language):
    """The fear is answered before anything is pressed: at least the first line of the first answer."""
    # The lines of Nastaliq are twice as high: there it is the screen of a phone of today.
    width, height = (390, 844) if language == "ur" else (320, 568)
    page = tabs.open_kind(kind, language, viewport={"width": width, "height": height})
    fold = height - page.locator(".leave").bounding_box()["height"]
    assert page.locator(answer).bounding_box()["y"] + 20 <= fold


# Paper

PRINTED = """() => {
  const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; node = walker.nextNode();) {
    const around = node.parentElement, look = getComputedStyle(around);
    if (!node.data.trim() || around.closest('.hidden') || !around.checkVisibility({ visibilityProperty: true })) continue;
    const ground = [];
    for (let e = around; e; e = e.parentElement) ground.push(getComputedStyle(e).backgroundColor);
    found.push({ text: node.data.trim().slice(0, 40), size: parseFloat(look.fontSize), colour: look.color,
      ground: ground.find(colour => !/rgba\\(.*, 0\\)/.test(colour)) || 'rgb(255, 255, 255)' });
  }
  return found;
}"""


@pytest.mark.parametrize("mode", ["light", "dark", "contrast"])
@pytest.mark.parametrize("kind, language", [("home", "en"), ("rights", "ar"), ("agenda", "en"), ("contacts", "en"), ("prepare", "en"), ("topic", "ur"), ("ended-council", "en")])
def test_paper_is_black_on_white_without_navigation(tabs, kind, language, mode):
    page = tabs.open_kind(kind, language, viewport=NARROW)
    phones = page.eval_on_selector_all("main a[href^='tel:']", "all => all.map(e => e.textContent)")
    use_mode(page, mode)
    page.emulate_media(media="print", color_scheme="dark" if mode == "dark" else "light")
    for selector in (".skip", ".exit", ".display", ".head nav", ".menu", ".crumbs", ".search", ".foot nav", "button"):
        for element in page.locator(selector).all():
            assert not element.is_visible(), selector
    assert page.eval_on_selector_all("details > *:not(summary)", "all => all.filter(e => !e.closest('nav, .display') && !e.checkVisibility()).length") == 0
    texts = page.evaluate(PRINTED)
    assert len(texts) > 20
    expect_none(f"{t['size']} px: {t['text']}" for t in texts if t["size"] < 15.9)
    expect_none(f"{t['colour']} on {t['ground']}: {t['text']}" for t in texts
                if t["colour"] != "rgb(0, 0, 0)" or t["ground"] != "rgb(255, 255, 255)")
    printed = " ".join(t["text"] for t in texts)
    assert all(phone in printed for phone in phones)


@pytest.mark.parametrize("kind", ["agenda", "prepare"])
def test_pages_for_the_meeting_have_room_to_write(tabs, kind):
    page = tabs.open_kind(kind)
    assert not page.locator(".lines").first.is_visible()
    page.emulate_media(media="print")
    lines = page.locator(".lines p").all()
    assert len(lines) >= 8 and all(line.bounding_box()["height"] > 30 for line in lines)
    assert page.get_by_text("Questions I want to ask").is_visible()


@pytest.mark.parametrize("kind, language", [("rights", "en"), ("agenda", "en"), ("contacts", "en"), ("glossary", "en"), ("home", "ar")])
def test_paper_is_a4_and_no_heading_ends_a_page(tabs, kind, language):
    page = tabs.open_kind(kind, language)
    # The lines to write on have no words: below their headings a page may end without any.
    headings = set(page.eval_on_selector_all("main :is(h2, h3, dt):not(.print *)", "all => all.map(e => e.textContent.trim())"))
    reader = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    for sheet in reader.pages:
        assert [round(side) for side in (sheet.mediabox.width, sheet.mediabox.height)] in ([595, 842], [594, 841], [596, 842])
    if language in RIGHT_TO_LEFT:
        return
    for sheet in reader.pages[:-1]:
        lines = [line.strip() for line in sheet.extract_text().splitlines() if line.strip()]
        assert lines[-1] not in headings


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_answer_is_on_the_first_screen_of_the_smallest_phone(tabs, language):
    page = tabs.open_kind("home", language, viewport={"width": 320, "height": 568})
    if not page.locator(".answers p").count():
        pytest.skip("no council of the example has questions in this language")
    # The first line of it at least.
    assert page.evaluate("""() => document.querySelector('.answers p').getBoundingClientRect().top + 30
        < document.querySelector('.leave').getBoundingClientRect().top""")


@pytest.mark.parametrize("size", [NARROW, WIDE])
@pytest.mark.parametrize("text", ["1", "3"])
def test_the_display_panel_covers_no_title(tabs, size, text):
    page = tabs.open_kind("agenda", viewport=size)
    page.locator(".display summary").click()
    page.locator(f"#_size-{text}").check(force=True)
    assert page.evaluate("""() => document.querySelector('h1').getBoundingClientRect().top
        >= document.querySelector('.display > div').getBoundingClientRect().bottom""")


@pytest.mark.parametrize("language", ["en", "ur"])
def test_the_link_to_a_question_stands_beside_its_heading(tabs, language):
    """It is heard with its question, and comes between the heading and the answer in every order."""
    page = tabs.open_kind("topic", language, viewport={"width": 320, "height": 568})
    for question in page.locator(".question").all():
        assert question.evaluate("e => [...e.children].slice(0, 3).map(child => child.tagName)") == ["H2", "A", "DIV"]
        heading, link, answer = (question.locator(f"> {name}") for name in ("h2", "a", "div"))
        assert heading.inner_text().strip() in link.evaluate("e => e.textContent")
        lines = heading.evaluate("e => { const r = [...e.getClientRects()].at(-1); return [r.top, r.bottom]; }")
        box = link.evaluate("e => { const r = e.getBoundingClientRect(); return [r.top, r.bottom, r.width, r.height]; }")
        # In the heading's last line, or where that is full below it.
        assert box[0] < lines[1] + 44 and box[1] > lines[0] and min(box[2:]) >= 44
