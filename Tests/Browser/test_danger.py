"""Words of danger: the emergency box comes when it must, and only then, in every language of the example.

Every phrase and every sentence is asked of the published engine with the published index. `Tests/Search` has the phrases:
`danger.tune.tsv`, which the vocabularies are tuned on, and `danger.held.tsv`, on which nothing is ever tuned.
"""

import collections
import csv
import re

import pytest
from conftest import ROOT
from questions import open_engines

from .conftest import NARROW
from .pages import LANGUAGES, Page

SEARCH = ROOT / "Tests/Search"
# The least share of phrases of each kind that is answered rightly, in each language.
FLOORS = {
    "danger.tune.tsv": {"danger": 1.0, "harmless": 1.0},
    "danger.held.tsv": {"danger": 0.75, "harmless": 0.85},
}
BLOCKS = set("address article aside blockquote body button caption dd details div dl dt fieldset figcaption figure footer"
             " form h1 h2 h3 h4 h5 h6 header label legend li main nav ol option p section summary table tbody td th thead"
             " title tr ul".split())
# Why a sentence of the guidance may raise the box. There is no other reason: a pattern is mended instead.
REASONS = {
    "asks": "it is what somebody in danger would ask: whoever types it needs the box",
    "warns": "it says itself that somebody is in danger, and whom to phone",
}
MOST_ALLOWED = 15


def rows(name):
    path = SEARCH / name
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if row and row[0] in LANGUAGES]


@pytest.fixture(scope="module")
def ask(chromium, example):
    """Asks the published engine of a language for the box's phone numbers of each text; None for no box."""
    context = chromium.new_context()
    page = context.new_page()
    open_engines(page, example, "oxfordshire", LANGUAGES)

    def answer(language, texts):
        return page.evaluate("""([tag, texts]) => { const engine = engines[tag];
            return texts.map(text => { const help = engine.danger(text);
                return help && help.map(place => engine.data.help[place][2]); }); }""", [language, texts])

    yield answer
    context.close()


@pytest.mark.parametrize("name", FLOORS)
def test_phrases_of_danger_raise_the_box_and_harmless_ones_do_not(ask, name):
    phrases = rows(name)
    if not phrases:
        pytest.skip(f"there is no {name}")
    right, wrong = collections.Counter(), []
    total = collections.Counter((language, kind) for language, kind, _ in phrases)
    assert {language for language, _ in total} == set(LANGUAGES)
    for language in LANGUAGES:
        own = [(kind, text) for tag, kind, text in phrases if tag == language]
        for (kind, text), found in zip(own, ask(language, [text for _, text in own])):
            if (kind == "danger") == bool(found):
                right[language, kind] += 1
            else:
                wrong.append(f"  {language} {kind}: {text}")
    report = [f"{language} {kind}: {right[language, kind]} of {count}" for (language, kind), count in total.items()]
    print("\n".join([name, *report]))
    low = [f"{language} {kind}" for (language, kind), count in total.items()
           if right[language, kind] < FLOORS[name][kind] * count]
    assert not low, "\n".join([f"below the floor: {', '.join(low)}", *report, "wrong:", *wrong])


def sentences(page):
    """What a page says: the title, the summary and each heading and sentence, without what its boxes say inside."""
    def text(element):
        return "".join(child if isinstance(child, str) else "" if child.tag in BLOCKS | {"script", "style"} else
                       "\n" if child.tag == "br" else text(child) for child in element.children)

    for element in page.elements:
        if element.tag == "meta" and element.get("name") == "description":
            yield element.get("content", "").strip()
        if element.tag in BLOCKS:
            for part in re.split(r"\n|(?<=[.!?؟۔।])\s+|(?<=[。！？])", text(element)):
                if part.strip():
                    yield " ".join(part.split())


def asked(sentence):
    """What the engine is asked of a sentence: 999 and 112 always raise the box, so they are left out.

    A leaflet of 112 kB is none of the portal's words.
    """
    return re.sub(r"(?<![0-9])(999|112)(?![0-9])", " ", sentence)


def test_nothing_that_the_portal_says_raises_the_box_but_what_is_named(ask, example):
    allowed = collections.defaultdict(dict)
    for language, reason, sentence in rows("danger.allowed.tsv"):
        assert reason in REASONS, f"danger.allowed.tsv: {reason!r} is no reason: {', '.join(REASONS)}"
        allowed[language][sentence] = reason
    said = collections.defaultdict(dict)
    for file in sorted(example.rglob("*.html")):
        page = Page(example, file)
        language = page.language if page.language in LANGUAGES else "en"
        for sentence in sentences(page):
            said[language].setdefault(sentence, page.path)
    problems = []
    for language in LANGUAGES:
        texts = list(said[language])
        assert len(texts) > 500, f"{language}: only {len(texts)} sentences"
        raised = {text for text, found in zip(texts, ask(language, [asked(text) for text in texts])) if found}
        # A label before a heading, as in "Link to this question: …", is no other sentence.
        labelled = [(text, re.match(r"[^:：]+[:：]\s*", text)) for text in raised]
        raised -= {text for text, label in labelled if label and text[label.end():] in raised}
        print(f"{language}: {len(texts)} sentences, {len(raised)} raise the box, {len(allowed[language])} are allowed")
        problems += [f"{language}: raises the box, on {said[language][text]}: {text}"
                     for text in sorted(raised - set(allowed[language]))]
        problems += [f"{language}: danger.allowed.tsv names what raises nothing: {text}"
                     for text in sorted(set(allowed[language]) - raised)]
        if len(allowed[language]) > MOST_ALLOWED:
            problems.append(f"{language}: danger.allowed.tsv names {len(allowed[language])} sentences, over {MOST_ALLOWED}")
    assert not problems, "\n".join([f"{len(problems)} sentences: mend the pattern, or the list `not`", *problems])


@pytest.mark.parametrize("text, numbers", [
    ("my husband is beating me", ["999", "0808 2000 247", "0808 801 0327", "0800 999 5428"]),
    ("i want to die", ["999", "116 123"]),
    ("my dad hits me", ["999", "0800 1111", "0808 800 5000"]),
])
def test_the_box_offers_the_help_that_fits(ask, text, numbers):
    found = ask("en", [text])[0]
    assert found[:len(numbers)] == numbers
    if text == "i want to die":
        assert found == numbers


@pytest.mark.parametrize("text", [
    # One slip from a word of danger, and a word of the language or of the guidance itself.
    "we locker our bags", "the thread is long", "chocked full", "the strange report",
])
def test_a_real_word_is_never_taken_for_a_word_of_danger(ask, text):
    assert ask("en", [text]) == [None]


@pytest.mark.parametrize("language, text", [
    ("en", "my husband strangeld me"), ("en", "he thretened me"), ("en", "i feel suicdal"), ("pl", "chce popelnic samobojstow")])
def test_a_slip_that_is_no_word_is_understood(ask, language, text):
    assert ask(language, [text])[0]


@pytest.mark.parametrize("language, text", [
    ("en", "he strangled me"), ("ar", "زوجي ضربني"), ("zh-Hans", "先生家暴我"),
    # In English, on a page in another language.
    ("bn", "he strangled me"), ("pl", "my husband is beating me")])
def test_the_box_is_read_on_a_narrow_screen_and_announced(tabs, example, language, text):
    page = tabs.context(viewport=NARROW).new_page()
    folder = example / "oxfordshire" / ("" if language == "en" else language) / "faq/index.html"
    page.goto(folder.as_uri())
    page.locator("input[type=search]").fill(text)
    box = page.locator("[data-search-danger]")
    box.wait_for(state="visible")
    assert box.locator("a").first.get_attribute("href") == "tel:999"
    note = box.locator("[data-search-note]").first
    assert "55" in note.inner_text() and "999" in note.inner_text()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for element in box.locator("li, p, a").all():
        place = element.bounding_box()
        assert place["x"] >= 0 and place["x"] + place["width"] <= NARROW["width"]
    assert "999" in page.locator("[data-search] [role=status]").inner_text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_whom_to_phone_is_seen_above_the_keys_of_a_phone(tabs, example, language):
    page = tabs.context(viewport={"width": 320, "height": 450}).new_page()
    folder = example / "oxfordshire" / ("" if language == "en" else language) / "faq/index.html"
    page.goto(folder.as_uri())
    page.locator("input[type=search]").fill("he strangled me")
    number = page.locator("[data-search-danger] a").first
    number.wait_for(state="visible")
    place, exit = number.bounding_box(), page.locator(".exit").first.bounding_box()
    assert page.locator("input[type=search]").bounding_box()["y"] >= 0
    assert place["y"] >= 0 and place["y"] + place["height"] <= exit["y"]


@pytest.mark.parametrize("language, text, is_read", [
    ("en", "chcę umrzeć", False), ("en", "سيقتلني زوجي", False), ("en", "wo mujhe maar dega", False), ("pl", "سيقتلني زوجي", False),
    ("ur", "chcę umrzeć", False), ("en", "how long is the meeting", True), ("en", "the", True), ("pl", "how long is the meeting", True),
    ("zh-Hans", "会议要多久", True)])
def test_who_writes_in_a_language_that_nobody_here_reads_is_told_whom_to_phone(tabs, example, language, text, is_read):
    page = tabs.context(viewport=NARROW).new_page()
    folder = example / "oxfordshire" / ("" if language == "en" else language) / "faq/index.html"
    page.goto(folder.as_uri())
    page.locator("input[type=search]").fill(text)
    page.wait_for_function("() => document.querySelector('[data-search-results] a, [data-search-none] a')")
    numbers = page.locator("[data-search-danger] a")
    if is_read:
        assert numbers.count() == 0
    else:
        numbers.first.wait_for(state="visible")
        assert [number.get_attribute("href") for number in numbers.all()] == ["tel:999"]
