"""The search in a real browser: what is found, the keyboard, the live region, and that nothing leaves the page.

Run with pytest; needs playwright and Debian's chromium. The indexes are made by the Swift tests: either
SIGNPOST_SEARCH_INDEXES names a folder that has them, or they are made once here.
"""

import json
import os
import pathlib
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
CLIENT = ROOT / "themes/default/assets/search/search.js"
CSP = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'none'; form-action 'none'"
PAGE = """<!doctype html><html lang="{lang}" dir="{dir}"><head><meta charset="utf-8"><title>Questions</title>
<meta name="viewport" content="width=device-width"><meta http-equiv="Content-Security-Policy" content="{csp}">
<link rel="stylesheet" href="page.css"></head><body><main><h1>Questions</h1>
<div data-search hidden data-words="words.js" data-index="{index}" data-language="{lang}" data-link="site/{{page}}index.html{{id}}"
 {source} data-count="Answers found: {{n}}" data-none="We found no answer." data-ask="You can phone someone"
 data-near="Not here. Ask: {{who}}" data-danger="If someone is in danger now" data-page="From the page: {{page}}" data-foreign="This answer is in English."
 data-broken="The search does not work now. All questions are below." data-opening="Opening">
<form role="search"><label for="q">Search the guidance</label><input type="search" id="q"></form>
<p role="status"></p><ol data-search-results></ol></div>
<details id="how-long"><summary>How long does a plan last?</summary><p>A year.</p></details></main>
<script src="{client}" defer></script></body></html>"""
CSS = """body{font:16px sans-serif;margin:1rem}input{width:100%;box-sizing:border-box}
[role=status]{min-height:1.5em}a{overflow-wrap:anywhere}[hidden]{display:none}"""


@pytest.fixture(scope="session")
def indexes(tmp_path_factory):
    given = os.environ.get("SIGNPOST_SEARCH_INDEXES")
    if given:
        return pathlib.Path(given)
    folder = tmp_path_factory.mktemp("indexes")
    subprocess.run(
        ["swift", "test", "--filter", "ExampleIndexTests|theThemesScriptBecomesSmall"], cwd=ROOT, check=True,
        env={**os.environ, "SIGNPOST_SEARCH_OUTPUT": str(folder)}, stdout=subprocess.DEVNULL)
    return folder


@pytest.fixture(scope="session")
def browser(chromium):
    return chromium


def write_page(folder, indexes, name="index.html", index="index.js", lang="en", direction="ltr", source="",
               minified=True):
    client = indexes / "search.js" if minified else CLIENT
    (folder / "search.js").write_bytes(client.read_bytes())
    (folder / "page.css").write_text(CSS)
    if not (folder / "index.js").exists():
        (folder / "index.js").write_bytes((indexes / "oxfordshire.en.js").read_bytes())
        (folder / "words.js").write_bytes((indexes / "words.en.js").read_bytes())
    (folder / name).write_text(PAGE.format(
        lang=lang, dir=direction, index=index, csp=CSP, source=source, client="search.js"), encoding="utf-8")
    return (folder / name).as_uri()


class Visit:
    """A page with its console and its requests."""

    def __init__(self, browser, url, **options):
        self.context = browser.new_context(**options)
        self.page = self.context.new_page()
        self.console, self.requests = [], []
        self.page.on("console", lambda message: self.console.append(message.text))
        self.page.on("pageerror", lambda error: self.console.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(url)
        self.box = self.page.locator("input[type=search]")

    def ask(self, text):
        # What was said of the question before must not count.
        self.page.locator("[role=status]").evaluate("status => { status.textContent = '' }")
        self.box.fill(text)
        self.page.wait_for_function("() => !['', 'Opening'].includes(document.querySelector('[role=status]').textContent)")
        return self.links()

    def links(self):
        return self.page.eval_on_selector_all(
            "[data-search-results] a[href]", "all => all.map(a => a.getAttribute('href'))")

    @property
    def status(self):
        return self.page.locator("[role=status]").inner_text()


@pytest.fixture
def visit(browser, indexes, tmp_path):
    visits = []

    def open_page(url=None, **options):
        visits.append(Visit(browser, url or write_page(tmp_path, indexes), **options))
        return visits[-1]

    yield open_page
    for one in visits:
        one.context.close()


def test_terms_are_the_ones_of_the_shared_table(visit):
    one = visit()
    rows = (ROOT / "Tests/Search/terms.tsv").read_text(encoding="utf-8").splitlines()[1:]
    assert len(rows) > 30
    for row in rows:
        language, text, expected = row.split("\t")
        assert one.page.evaluate("text => signpostSearch.terms(text).join(' ')", text) == expected, (language, text)


@pytest.mark.parametrize("minified", [True, False])
def test_a_right_answer_comes_first_under_a_strict_policy_from_a_folder(visit, indexes, tmp_path, minified):
    one = visit(write_page(tmp_path, indexes, minified=minified))
    assert one.ask("can they take my kids")[0] == "site/faq/my-children/index.html#take-children"
    assert one.status.startswith("Answers found: ")
    assert one.console == []
    first = one.page.locator("[data-search-results] li").first
    # The answer itself, and not a sentence further down that has more words of the question.
    assert first.locator("[data-search-passage]").inner_text().startswith("No. A conference cannot")
    assert first.locator("mark").count() > 0
    assert first.locator("[data-search-page]").inner_text() == "From the page: My children"


@pytest.mark.parametrize("text", ["can they take my child?", "will they take my kids", "can the police take my child"])
def test_an_answer_that_begins_with_no_is_shown_by_it(visit, text):
    """A later sentence alone says less, or frightens: "They can do this only if the child is likely to suffer harm."""
    one = visit()
    assert one.ask(text)[0].endswith("#take-children")
    passages = dict(zip(one.links(), one.page.locator("[data-search-passage]").all_inner_texts()))
    assert passages["site/faq/my-children/index.html#take-children"].startswith("No. A conference cannot")
    assert passages.get("site/about/index.html#powers", "No. ").startswith("No. ")


@pytest.mark.parametrize("text, answer", [
    ("will they chuck me out", "asked-to-leave"),  # the vocabulary has "chuck out"
    ("ring child line", "who-to-phone"),  # two words that the pages write as one
])
def test_what_families_say_finds_what_the_guidance_says(visit, text, answer):
    assert any(answer in link for link in visit().ask(text)[:3])


def test_nothing_about_a_question_leaves_the_page(visit):
    one = visit()
    address, length = one.page.url, one.page.evaluate("history.length")
    one.ask("my ex hits me and i am scared")
    one.box.press("Enter")
    one.page.wait_for_timeout(300)
    assert one.page.url == address
    assert one.page.evaluate("history.length") == length
    assert one.page.evaluate("JSON.stringify([Object.keys(localStorage), Object.keys(sessionStorage), document.cookie])") \
        == '[[],[],""]'
    names = [url.rsplit("/", 1)[-1] for url in one.requests]
    assert sorted(set(names)) == ["index.html", "index.js", "page.css", "search.js", "words.js"]


def test_the_index_is_loaded_when_the_box_gets_focus_and_not_before(visit):
    one = visit()
    assert not any(url.endswith("/index.js") for url in one.requests)
    one.box.focus()
    one.page.wait_for_timeout(300)
    assert any(url.endswith("/index.js") for url in one.requests)


def test_going_away_and_back_shows_no_question(visit):
    one = visit()
    one.ask("my ex hits me")
    one.page.goto("about:blank")
    one.page.go_back()
    assert one.page.locator("input[type=search]").input_value() == ""
    assert one.links() == []


def test_typing_shows_answers_while_the_last_word_is_unfinished(visit):
    one = visit()
    one.box.press_sequentially("solic", delay=30)
    one.page.wait_for_timeout(3000)
    assert any("solicitor" in link for link in one.links()[:3])


def test_the_keyboard_alone_reaches_answers_and_comes_back(visit):
    one = visit()
    one.page.keyboard.press("Tab")
    focused = "document.activeElement.id || document.activeElement.getAttribute('href')"
    assert one.page.evaluate(focused) == "q"
    one.ask("how do i complain")
    assert one.page.evaluate(focused) == "q", "focus must not jump"
    links = one.links()
    one.page.keyboard.press("ArrowDown")
    assert one.page.evaluate(focused) == links[0]
    one.page.keyboard.press("ArrowDown")
    assert one.page.evaluate(focused) == links[1]
    one.page.keyboard.press("ArrowUp")
    one.page.keyboard.press("ArrowUp")
    assert one.page.evaluate(focused) == "q"
    one.page.keyboard.press("ArrowDown")
    one.page.keyboard.press("Escape")
    assert one.page.evaluate(focused) == "q"
    assert one.box.input_value() == "" and one.links() == [] and one.status == ""


def test_enter_on_an_answer_opens_it(visit):
    one = visit()
    one.ask("how do i complain")
    one.page.keyboard.press("ArrowDown")
    with one.page.expect_request(lambda request: "site/" in request.url) as opened:
        one.page.keyboard.press("Enter")
    assert opened.value.url.split("#")[0].endswith("index.html")


def test_names_for_a_screen_reader(visit):
    one = visit()
    one.ask("how do i complain")
    assert one.page.get_by_role("searchbox", name="Search the guidance").count() == 1
    assert one.page.get_by_role("status").inner_text().startswith("Answers found")
    first = one.page.locator("[data-search-results] a").first.inner_text()
    assert one.page.get_by_role("link", name=first, exact=True).count() >= 1


def test_no_layout_shift_that_the_reader_did_not_cause(visit):
    one = visit()
    one.page.evaluate("""() => { window.shift = 0; new PerformanceObserver(list => { for (const entry of list.getEntries())
        if (!entry.hadRecentInput) window.shift += entry.value; }).observe({type: 'layout-shift', buffered: true}); }""")
    one.box.press_sequentially("how do i complain", delay=40)
    one.page.wait_for_timeout(1500)
    assert one.page.evaluate("window.shift") < 0.05


DANGER = [
    "he will kill me", "hes gonna kill me", "i want to die", "want to kill myself", "feeling suicidal", "suicde",
    "my dad hits me", "my mum's boyfriend beats me", "he punched me last night", "she is cutting herself",
    "he has a knife", "my son has run away", "my daughter is missing", "i took loads of pills", "i dont feel safe at home",
    "baby not breathing", "im scared to go home", "he's threatening to kill us", "self harm", "I might hurt my baby",
    "dont want to be here anymore", "he strangled me", "999", "he touches my daughter", "end it all",
]
NO_DANGER = [
    "killing time before the meeting", "this wait is killing me", "can i kill two birds with one stone", "core group",
    "can they take my kids", "do i need a solicitor", "what is significant harm", "hit me up with the minutes",
    "is it an emergency contact form", "emergency childcare", "whats the deadline", "my head is killing me",
    "dead end job", "who do i phone", "my life outside the meeting", "the papers are missing from the report",
    "what if i get angry", "my ex is invited", "how do i beat them at court", "will they cut my benefits",
]


def test_words_of_danger_put_the_emergency_box_first(visit):
    one = visit()
    one.ask("he will kill me")
    box = one.page.locator("[data-search-danger]")
    assert box.is_visible()
    assert box.locator("a").first.get_attribute("href") == "tel:999"
    assert one.status.startswith("If someone is in danger now: 999.")
    assert box.bounding_box()["y"] < one.page.locator("[data-search-results]").bounding_box()["y"]
    one.ask("killing time before the meeting")
    assert not box.is_visible()


def with_engine(one, code, argument):
    """Runs code with an engine `e` of the page's index."""
    for script in ("words.js", "index.js"):
        one.page.add_script_tag(url=script)
    return one.page.evaluate("""([code, argument]) => new Function('e', 'argument', code)(
        new signpostSearch.Engine(signpostSearch['words en'], signpostSearch.en), argument)""", [code, argument])


def free_page(visit, indexes, tmp_path):
    """The same page without the policy, so that the test may run code of its own in it."""
    url = write_page(tmp_path, indexes)
    path = tmp_path / "index.html"
    path.write_text(path.read_text().replace(CSP, "default-src * 'unsafe-eval' 'unsafe-inline'"))
    return visit(url)


def test_danger_is_seen_and_harmless_sayings_are_not(visit, indexes, tmp_path):
    one = free_page(visit, indexes, tmp_path)
    found = with_engine(one, "return argument.map(q => e.danger(q))", DANGER + NO_DANGER)
    wrong = [q for q, help in zip(DANGER + NO_DANGER, found) if bool(help) != (q in DANGER)]
    assert wrong == []


@pytest.mark.parametrize("text", [
    "   ", "the and of", "a" * 10000, "take my kids " * 800, "😀😀 👍🏽", "\u200f\u202ekids\u202c\u200f", ".*+?^${}()|[]\\",
    "<img src=x onerror=alert(1)><script>alert(2)</script>", "'; DROP TABLE --", "ééé ÀÀ", "\x00\x01", "儿童会议", "طفل",
])
def test_any_text_is_safe_to_type(visit, text):
    one = visit()
    one.box.fill(text)
    one.page.wait_for_timeout(1500)
    assert one.console == []
    assert one.page.locator("main img").count() == 0
    one.box.fill("")
    assert one.ask("can they take my kids")[0].endswith("#take-children")


def test_nothing_found_offers_five_questions_and_two_numbers(visit):
    one = visit()
    assert one.ask("zzqx vvkp") == []
    # It may be another language, and somebody in danger.
    assert one.status.endswith(" 999. We found no answer.")
    none = one.page.locator("[data-search-none]")
    assert none.is_visible()
    links = none.locator("a[href*='#']")
    assert links.count() == 5
    # The first question of each topic of the guidance.
    pages = links.evaluate_all("all => all.map(a => a.getAttribute('href').split('#')[0])")
    assert len(set(pages)) == 5 and all(page.startswith("site/faq/") for page in pages)
    # The council's own number, and an adviser who is not the council.
    numbers = none.locator("a[href^='tel:']").evaluate_all("all => all.map(a => a.parentNode.textContent)")
    assert len(numbers) == 2 and "Family Rights Group" in numbers[1]


@pytest.mark.parametrize("text", [
    "08088010366", "0808 801 0366", "+44 808 801 0366", "00448088010366", "phone 0808-801-0366", "٠٨٠٨٨٠١٠٣٦٦",
])
def test_a_phone_number_is_found_however_it_is_typed(visit, text):
    one = visit()
    assert "contacts/index.html" in one.ask(text)[0]
    assert one.status.startswith("Answers found")
    assert "0808 801 0366" in one.page.locator("[data-search-passage]").first.inner_text()


@pytest.mark.parametrize("text, page", [
    ("family rights group", "contacts/"), ("samaritans", "contacts/"), ("what a conference is", "about/"),
    ("if you are asked to leave", "being-asked-to-leave/"), ("core group, visits and reviews", "core-group/"),
])
def test_a_contact_and_a_page_are_found_by_their_names(visit, text, page):
    one = visit()
    assert any(link.startswith("site/" + page) for link in one.ask(text)[:3])


def test_a_weak_match_is_said_to_be_one_and_has_the_numbers_below(visit):
    one = visit()
    # Words that nobody knows, and two that many answers have.
    assert 0 < len(one.ask("zzqx vvkp wrzt qqpl next week")) <= 5
    assert one.status == "We found no answer."
    none = one.page.locator("[data-search-none]")
    assert none.is_visible() and none.locator("a[href*='#']").count() == 0
    assert none.locator("a[href^='tel:']").count() == 2
    results = one.page.locator("[data-search-results]")
    assert results.bounding_box()["y"] < none.bounding_box()["y"]
    # What the guidance answers is not doubted.
    assert one.ask("can they take my kids")
    assert one.status.startswith("Answers found") and not none.is_visible()


def test_danger_stands_before_what_is_offered_where_nothing_is_found(visit):
    one = visit()
    one.ask("he will kill me zzqx vvkp")
    danger = one.page.locator("[data-search-danger]")
    assert danger.is_visible()
    assert danger.bounding_box()["y"] < one.page.locator("[data-search-results]").bounding_box()["y"]


@pytest.mark.parametrize("file", ["index.js", "words.js"])
@pytest.mark.parametrize("content", [None, "(self.signpostSearch={})['en']={v:3,row", "nothing here(",
                                     "(self.signpostSearch=self.signpostSearch||{})['en']={v:2}",
                                     "(self.signpostSearch=self.signpostSearch||{})['words en']={v:2}"])
def test_a_missing_or_broken_file_is_said_and_the_page_stays_usable(visit, indexes, tmp_path, file, content):
    url = write_page(tmp_path, indexes)
    (tmp_path / file).unlink()
    if content is not None:
        (tmp_path / file).write_text(content)
    one = visit(url)
    one.box.fill("solicitor")
    one.page.wait_for_timeout(1500)
    assert one.status == "The search does not work now. All questions are below."
    one.page.locator("summary").click()
    assert one.page.get_by_text("A year.").is_visible()


def test_without_scripts_there_is_no_empty_search_box(visit):
    one = visit(java_script_enabled=False)
    assert not one.box.is_visible()
    assert one.page.get_by_text("How long does a plan last?").is_visible()


@pytest.mark.parametrize("options", [{"viewport": {"width": 320, "height": 600}}, {"forced_colors": "active"}])
def test_narrow_screens_and_forced_colours(visit, options):
    one = visit(**options)
    assert one.ask("who can i phone")
    assert one.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_phone_numbers_stay_left_to_right_in_a_right_to_left_page(visit, indexes, tmp_path):
    one = visit(write_page(tmp_path, indexes, direction="rtl"))
    one.ask("advice for parents and relatives phone")
    assert one.page.locator("[data-search-results] bdi[dir=ltr]").count() > 0


def columns(lines):
    """Lines of an index as the browser gets them, none of them run together."""
    heads = [line[1:].split("\t") for line in lines if line[0] in "#*?!"]
    return {"rows": "".join(line[0] for line in lines), "places": "\n".join(place for place, _ in heads),
            "titles": "\n".join(title for _, title in heads), "lines": "\n".join(line[1:] for line in lines if line[0] in "-~")}


def translated(indexes, tmp_path, entries):
    """A Polish page whose edition has some of the pages, and the English index beside it."""
    write_page(tmp_path, indexes, index="pl.js", lang="pl", name="pl.html", source=(
        'data-source-index="index.js" data-source-language="en" data-source-link="english/{page}index.html{id}"'))
    data = {"v": 3, **columns(entries), "help": [["emergency", "Pogotowie", "999", "tel:999"]]}
    words = {"v": 3, "source": "words.js", "danger": [["emergency", "chce umrzec"]]}
    for name, key, value in (("pl.js", "pl", data), ("pl-words.js", "words pl", words)):
        (tmp_path / name).write_text(
            f"(self.signpostSearch=self.signpostSearch||{{}})['{key}']={json.dumps(value, ensure_ascii=False)}",
            encoding="utf-8")
    page = tmp_path / "pl.html"
    page.write_text(page.read_text().replace('data-words="words.js"', 'data-words="pl-words.js"', 1))
    return page.as_uri()


POLISH = ["#faq/my-children\tMoje dzieci", "?take-children\tCzy mogą zabrać moje dzieci?",
          "-Nie. Konferencja nie może zabrać dzieci.", "-Tylko sąd może tak postanowić.",
          "!child-come\tCan my child come to the meeting?", "~Your child may be able to come."]


def test_a_question_in_the_pages_language_stays_in_it(visit, indexes, tmp_path):
    one = visit(translated(indexes, tmp_path, POLISH))
    assert one.ask("zabrac dzieci")[0] == "site/faq/my-children/index.html#take-children"


def test_an_english_question_finds_the_translated_answer(visit, indexes, tmp_path):
    one = visit(translated(indexes, tmp_path, POLISH))
    one.ask("can they take my kids away")
    one.page.wait_for_timeout(2500)
    links = one.links()
    assert links[0] == "site/faq/my-children/index.html#take-children"
    assert one.page.locator("[data-search-results] a").first.inner_text() == "Czy mogą zabrać moje dzieci?"
    english = one.page.locator("[data-search-results] a[hreflang=en]")
    assert english.count() > 0
    assert english.first.get_attribute("lang") == "en"
    assert english.first.get_attribute("href").startswith("english/")


def test_passages_in_the_source_language_are_marked_as_such(visit, indexes, tmp_path):
    one = visit(translated(indexes, tmp_path, POLISH))
    one.ask("can my child come to the meeting")
    one.page.wait_for_timeout(2500)
    title = one.page.locator("[data-search-results] a[href$='#child-come']").first
    assert title.get_attribute("lang") == "en"


NOT_HERE = ["council tax", "bin collection", "how do i pay my council tax", "bus times", "blue badge", "planning permission"]
HERE = ["can they take my kids", "i need a lawyer", "who grassed me up", "im deaf", "how do i get off the plan"]


def test_questions_about_other_things_find_nothing_but_whom_to_phone(visit):
    one = visit()
    for text in NOT_HERE:
        assert one.ask(text) == [], text
        assert one.page.locator("[data-search-none] a[href^='tel:']").count() == 2
    for text in HERE:
        assert one.ask(text), text


def test_a_subject_near_the_guidance_is_said_not_to_be_in_it_and_whom_to_ask(visit):
    one = visit()
    one.ask("how do i claim child maintenance from his dad")
    assert one.status == "Not here. Ask: the Child Maintenance Service"
    none = one.page.locator("[data-search-none]")
    # The council's own number, and an adviser who is not the council.
    assert none.locator("a[href^='tel:']").count() == 2
    # A contact that the vocabulary names for the subject.
    one.ask("how do i get special guardianship of my niece")
    assert "Family Rights Group" in one.status
    assert none.locator("a[href^='tel:']").evaluate_all("all => all.map(a => a.parentNode.textContent)") \
        == ["Family Rights Group: 0808 801 0366"]
    # What guidance answers is not held back by a word that the subject has too.
    for text in HERE + ["can i have my child benefit stopped", "excluded from the meeting"]:
        one.ask(text)
        assert not one.status.startswith("Not here"), text


def test_a_subject_that_pages_ask_about_themselves_is_not_near_any_more(visit, indexes, tmp_path):
    url = write_page(tmp_path, indexes)
    data = {"v": 3, **columns(["#homes\tHomes", "?evicted\tWhat if I am evicted?", "-See us within a week.",
                               "?list\tThe housing list", "-Points count."])}
    words = {"v": 3, "stop": "what if i am a the my", "near": [["a solicitor", "", "evicted,housing list,section 21"],
                                                                ["a school", "", "school place"]]}
    for name, key, value in (("index.js", "en", data), ("words.js", "words en", words)):
        (tmp_path / name).write_text(f"(self.signpostSearch=self.signpostSearch||{{}})['{key}']={json.dumps(value)}")
    one = visit(url)
    assert one.ask("what if i am evicted")[0] == "site/homes/index.html#evicted"
    assert one.status.startswith("Answers found")
    one.ask("my school place")
    assert one.status == "Not here. Ask: a school"


# The search in the header of every page, on the built site.

PANEL = "#_search-panel"


def ask_in_panel(page, text):
    page.locator("[data-find]:visible").first.click()
    page.locator(f"{PANEL} input").fill(text)
    page.locator(f"{PANEL} [data-search-results] a").first.wait_for()
    return page.eval_on_selector_all(f"{PANEL} [data-search-results] a", "all => all.map(a => a.getAttribute('href'))")


@pytest.mark.parametrize("kind, language", [("plan", "en"), ("home", "en"), ("plan", "ar")])
def test_every_page_has_a_search_that_loads_when_it_is_opened(tabs, kind, language):
    page = tabs.open_kind("page" if kind == "plan" else kind, language)
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    opener = page.locator("[data-find]:visible").first
    assert opener.get_attribute("aria-expanded") == "false"
    assert page.locator(f"{PANEL}:visible").count() == 0 and requests == []
    links = ask_in_panel(page, "solicitor" if language == "en" else "محام")
    assert opener.get_attribute("aria-expanded") == "true"
    assert page.evaluate("document.activeElement.type") == "search"
    assert page.locator("input[type=search]").count() == 1
    assert links
    page.locator(f"{PANEL} [data-search-results] a").first.click()
    assert page.locator("h1").count() == 1


def test_the_search_of_a_page_works_by_keyboard_alone_and_closes(tabs):
    page = tabs.open_kind("page")
    page.locator("[data-find]:visible").first.focus()
    page.keyboard.press(" ")
    page.keyboard.type("complain")
    page.locator(f"{PANEL} [data-search-results] a").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.tagName") == "A"
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert page.locator(f"{PANEL}:visible").count() == 0
    assert page.evaluate("document.activeElement.hasAttribute('data-find')")


def test_the_panel_has_a_button_that_closes_it(tabs):
    page = tabs.open_kind("page")
    ask_in_panel(page, "complain")
    page.get_by_role("button", name="Close the search").click()
    assert page.locator(f"{PANEL}:visible").count() == 0
    assert page.evaluate("document.activeElement.hasAttribute('data-find')")


def test_the_search_of_a_page_works_from_a_folder_and_on_a_narrow_screen(tabs, example):
    for options in ({}, {"viewport": {"width": 320, "height": 640}}, {"forced_colors": "active"}):
        page = tabs.context(**options).new_page()
        page.goto((example / "oxfordshire/plan/index.html").as_uri())
        assert any("legal-aid" in link for link in ask_in_panel(page, "cant afford a lawyer")[:3])
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("is_long", [False, True])
def test_that_it_opens_is_said_only_where_it_takes_a_while(browser, server, is_long):
    context = browser.new_context()
    page = context.new_page()
    # No quarter of a second passes, however busy the machine is.
    if not is_long:
        page.add_init_script("const timer = setTimeout; window.setTimeout = (done, wait) => timer(done, wait < 250 ? wait : 1e6)")
    page.goto(server + "oxfordshire/plan/index.html")
    if is_long:
        page.route("**/vocabulary-*.js", lambda route: (page.wait_for_timeout(1500), route.continue_()))
    page.evaluate("""panel => { const box = document.querySelector(panel), status = box.querySelector('[role=status]'), input = box.querySelector('input');
        window.said = [];
        new MutationObserver(() => said.push(status.textContent)).observe(status, { childList: true });
        document.querySelector('[data-find]').click();
        input.value = 'complain';
        input.dispatchEvent(new InputEvent('input')); }""", PANEL)
    page.locator(f"{PANEL} [data-search-results] a").first.wait_for()
    said, opening = page.evaluate("said"), page.locator(PANEL).get_attribute("data-opening")
    assert said[-1] != opening and (opening in said) == is_long, said
    context.close()


@pytest.mark.parametrize("late", ["search-search-", "vocabulary-"])
@pytest.mark.parametrize("missing", ["vocabulary-", "search-en.js", None])
def test_the_panel_asks_for_each_file_once_and_says_where_one_is_missing(browser, server, late, missing):
    context = browser.new_context()
    page, requests = context.new_page(), []
    page.goto(server + "oxfordshire/plan/index.html")
    page.on("request", lambda request: requests.append(request.url))

    def answer(route):
        if missing and missing in route.request.url:
            return route.abort()
        if late in route.request.url:
            page.wait_for_timeout(300)
        return route.continue_()

    page.route("**/*.js", answer)
    page.locator("[data-find]:visible").first.click()
    page.locator(f"{PANEL} input").fill("complain")
    if missing:
        said = page.locator(PANEL).get_attribute("data-broken")
        page.wait_for_function("([panel, said]) => document.querySelector(panel + ' [role=status]').textContent === said", arg=[PANEL, said])
    else:
        page.locator(f"{PANEL} [data-search-results] a").first.wait_for()
        names = sorted(url.rsplit("/", 1)[-1].split("-")[0] for url in requests)
        assert names == ["search", "search", "vocabulary"]
    context.close()


def test_the_page_of_the_questions_has_one_search(tabs):
    page = tabs.open_kind("faq")
    assert page.locator("input[type=search]").count() == 1
    assert page.locator(PANEL).count() == 0


def test_without_scripts_a_page_leads_to_the_questions(tabs):
    page = tabs.open_kind("page", java_script_enabled=False)
    assert page.locator(f"{PANEL}:visible").count() == 0
    assert page.locator("a.find:visible").get_attribute("href").endswith("faq/index.html#_search")
