"""How often a family's own words find a right answer: no figure of the questions that nobody tunes on may fall.

The floors stand a little below what was measured, so that one question more or less fails nothing; raise them when the
search gets better. `make bench` prints the figures themselves.
"""

import hashlib
import math
import re

import pytest
from conftest import ROOT, run
from questions import (ASK, FIRST_SEARCH, FOLDER, MAKE, MORE, PARENTS, Result, first_search, frozen, graded, judged,
                       measure, more, open_engines, parents, size)

from .pages import LANGUAGES

NEAR = "([tag, texts]) => texts.map(text => !!engines[tag].search(text).near)"
# Least share of right answers in the first three; of questions about other things that are said not to be here; and most
# of real questions that find nothing at all.
FLOORS = {
    "en": (0.9, 0, 0.96), "pl": (0.83, 0, 0.9), "ar": (0.9, 0, 0.9), "ur": (0.8, 0, 0.83), "bn": (0.86, 0, 0.9),
    "zh-Hans": (0.96, 0, 0.9),
}
# Least share in the first three for other ways to speak and write.
MANNERS = {
    "en": {"manners": 0.8}, "pl": {"english": 0.9}, "ar": {"levantine": 0.85}, "ur": {"latin": 0.87},
    "bn": {"english": 0.9, "latin": 0.87, "sylheti": 0.8}, "zh-Hans": {"hant": 0.78},
}
# Least shares of `more`: in the first three, said to be about other things, said to be near the guidance but not in it.
MORE_THREE, MORE_OFF, MORE_NEAR = 0.85, 0.9, 0.85
# Other portals in English: least shares in the first three, and first, by portal and questions. On `fresh` nothing is tuned.
PORTALS = {
    "messy": {"wide": (0.94, 0.74), "more": (0.88, 0.69), "fresh": (0.9, 0.69)},
    "reworded": {"wide": (0.9, 0.7), "more": (0.87, 0.71), "fresh": (0.86, 0.65)},
}
# Portals about other subjects, in English, in plain words: the guidance, and questions in other words than its headings, each
# by somebody who knew nothing of the search. Of those with an answer the least share in the first three and the most that are
# said not to be here; of those about other things, and near the subject, the least. By plain BM25 0.36 and 0.4 are answered.
SUBJECTS = {"send": (0.45, 0.55, 0.76, 0.6), "housing": (0.5, 0.38, 0.9, 0.7), "care": (0.4, 0.52, 0.84, 0.68)}

# Least share of right answers in the first three to the questions in the manner of parents; of those about subjects near the
# guidance that are said not to be in it; and most of the real ones that are taken for such.
PARENTS_THREE, PARENTS_NEAR, PARENTS_SILENT = 0.95, 0.85, 0.01
# For the English ones no words were added, which made answers to questions that nobody tuned on worse, but examples of what
# is asked.
PARENTS_THREE_ENGLISH = 0.88


@pytest.fixture(scope="module")
def engines(chromium, example):
    page = chromium.new_page()
    open_engines(page, example, "oxfordshire", LANGUAGES)
    yield page
    page.close()


# The pages are read all at once and mostly with patterns for usual letters. Gives the texts of which that makes other words
# than one word after the other does, with the patterns for all letters: `ꙮ` is none of the usual. Traditional Chinese is
# left aside: pages keep its characters as they are.
READ_OTHERWISE = """tag => { const engine = engines[tag], texts = signpostSearch.lines(engine.data).flatMap(line =>
    '#*'.includes(line[0]) ? [] : '?!'.includes(line[0]) ? [line.split('\\t')[1]] : line.slice(1).split('\\t'));
    return [texts.length, texts.filter((text, t) => !Array.from(text).some(c => engine.simple[c]) && engine.text.slice(engine.from[t], engine.from[t + 1] - 1).join()
        !== engine.terms(text + ' ꙮ').slice(0, -1).map(word => engine.group(word)).join())]; }"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_are_read_as_their_words_one_by_one(engines, language):
    count, wrong = engines.evaluate(READ_OTHERWISE, language)
    assert count > 1000 and wrong == []


def test_the_judging_questions_are_the_frozen_ones():
    assert frozen() == {language: judged(language) for language in LANGUAGES}


def telling(vocabulary):
    """The words that tell what a question is about: each stands after how much of the one before it begins with."""
    words = [""]
    for same, rest in re.findall("([A-Z])([^A-Z]+)", vocabulary["telling"]):
        words.append(words[-1][:ord(same) - 65] + rest)
    return words[1:]


def about(vocabulary, stems):
    """What a question is about by a language's weights, worked out once more: multinomial logistic regression."""
    tells = dict(zip(telling(vocabulary), vocabulary["tells"].split("\n"), strict=True))
    sums, known = dict.fromkeys(vocabulary["topics"], 0.0), set(stems) & set(tells)
    for stem in known:
        for level, topics in re.findall(r"(\d)(\D+)", tells[stem]):
            for topic in topics:
                sums[topic] += (2 if vocabulary.get("source") else 2.5) * int(level)
    odds = {topic: math.exp(own / math.sqrt(max(len(known), 1))) for topic, own in sums.items()}
    return {topic: own / sum(odds.values()) for topic, own in odds.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_question_is_about_is_told_by_the_weights(engines, language):
    vocabulary = engines.evaluate("tag => { const { topics, tells, telling, source } = engines[tag].vocabulary; return { topics, tells, telling, source }; }", language)
    words = telling(vocabulary)
    assert len(words) > 1000 and len(words) == len(set(words))
    for start in range(0, 200, 7):
        stems = words[start * 5:start * 5 + start % 9 + 1]
        found = engines.evaluate("""([tag, stems]) => { const engine = engines[tag], stem = engine.stem;
            engine.stem = word => word;
            const odds = engine.about(stems);
            engine.stem = stem;
            return odds; }""", [language, stems])
        assert found == pytest.approx(about(vocabulary, stems), abs=1e-6), stems


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_first_search_stays_within_its_budget(example, language):
    indexes = list(example.rglob(f"search-{language}.js"))
    assert indexes
    for index in indexes:
        assert size(first_search(example, index)) <= FIRST_SEARCH, index


@pytest.mark.parametrize("language", LANGUAGES)
def test_questions_that_nobody_tuned_on_find_their_answers(engines, language):
    results, _ = measure(engines, language)
    asked, off = results["judge", "asked"], results["judge", "off"]
    report = "\n".join(f"{language} {part} {kind}: {result}" for (part, kind), result in results.items())
    print(report)
    three, silent, other = FLOORS[language]
    assert asked.three >= three * asked.asked, report
    assert asked.silent <= silent, report
    assert off.said >= other * off.asked, report
    for kind, least in MANNERS[language].items():
        said = results["judge", kind]
        assert said.asked and said.three >= least * said.asked, f"{kind}\n{report}"


@pytest.mark.parametrize("folder", [PARENTS, MORE], ids=["parents", "more"])
def test_the_questions_of_parents_are_the_frozen_ones(folder):
    assert frozen(folder) == {
        file.stem: hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.glob("*.tsv")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_questions_in_the_manner_of_parents_find_their_answers(engines, language):
    results, missed = measure(engines, language, parents)
    report = "\n".join([*(f"{language} {kind}: {result}" for (_, kind), result in results.items()),
                        *(question.text for question in missed)])
    print(report)
    for (_, kind), result in results.items():
        if kind == "near":
            assert result.said >= PARENTS_NEAR * result.asked, report
        elif kind != "off":
            least = PARENTS_THREE_ENGLISH if language == "en" else PARENTS_THREE
            assert result.three >= least * result.asked, f"{kind}\n{report}"
    # Nobody with a real question is told that the guidance is about something else.
    real = [question.text for question in parents(language) if question.right]
    held = engines.evaluate(NEAR, [language, [text + " " for text in real]])
    wrong = [text for text, is_near in zip(real, held) if is_near]
    assert len(wrong) <= PARENTS_SILENT * len(real), wrong


def hold(results, report):
    """The floors of `more`."""
    for (_, kind), result in results.items():
        if kind in ("off", "near"):
            assert result.said >= (MORE_OFF if kind == "off" else MORE_NEAR) * result.asked, f"{kind}\n{report}"
        else:
            assert result.three >= MORE_THREE * result.asked, f"{kind}\n{report}"


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_more_questions_of_parents_find_their_answers(engines, language):
    results, missed = measure(engines, language, more)
    hold(results, "\n".join([*(f"{language} {kind}: {result}" for (_, kind), result in results.items()),
                             *(question.text for question in missed)]))


@pytest.fixture(scope="module")
def portal(request, chromium, tmp_path_factory):
    """A page with the search of another portal."""
    site = tmp_path_factory.mktemp(request.param)
    built = run("build", "--content", FOLDER.parent / request.param, "--theme", ROOT / "themes/default", "--output",
                site / "site", "--cache", site / "cache", "--no-leaflets", cwd=ROOT)
    assert built.returncode == 0, built.stderr
    page = chromium.new_page()
    for script in first_search(site / "site", site / "site/search-en.js"):
        page.add_script_tag(path=script)
    page.evaluate(MAKE, "en")
    yield request.param, page
    page.close()


@pytest.mark.parametrize("portal", PORTALS, indirect=True)
def test_portals_that_nobody_wrote_for_the_search_answer_too(portal):
    name, page = portal
    report, low = [], []
    for part, (three, first) in PORTALS[name].items():
        asked = [question for question in (more("en") if part == "more" else graded(part)) if question.right]
        result = Result()
        for question, (answers, is_clear) in zip(asked, page.evaluate(ASK, ["en", [q.text + " " for q in asked]])):
            result.add(question, answers, is_clear)
        report.append(f"{name} {part}: {result}")
        if result.three < three * result.asked or result.first < first * result.asked or result.silent > 0.01 * result.asked:
            low.append(part)
    print("\n".join(report))
    assert not low, report


@pytest.mark.parametrize("portal", SUBJECTS, indirect=True)
def test_guidance_about_something_else_is_not_said_to_be_elsewhere(portal):
    name, page = portal
    three, said, off, near = SUBJECTS[name]
    results = {}
    questions = graded(name)
    for question, (answers, is_clear) in zip(questions, page.evaluate(ASK, ["en", [q.text + " " for q in questions]])):
        results.setdefault(question.part, Result()).add(question, answers, is_clear)
    report = "\n".join(f"{part}: {result}" for part, result in results.items())
    print(report)
    asked = results[name]
    assert asked.three >= three * asked.asked and asked.silent <= 0.02 * asked.asked, report
    assert asked.said <= said * asked.asked, report
    for part, least in (("off", off), ("near", near)):
        result = results[f"{name} {part}"]
        assert result.said >= least * result.asked, report


def test_a_language_without_a_vocabulary_survives_a_slip(engines):
    found = engines.evaluate("""() => new signpostSearch.Engine({ v: 3 }, { v: 3, rows: '#?-', places: 'a\\nb',
        titles: 'Reunion\\nConferencia', lines: 'La conferencia protege.' }).search('conferencla ').results.length""")
    assert found == 1


def test_an_english_form_that_nobody_wrote_leads_to_its_word(engines):
    found = engines.evaluate("""() => new signpostSearch.Engine({ v: 3, endings: 'ed ing ly s' }, { v: 3, rows: '#?-?-',
        places: 'a\\nb\\nc', titles: 'Meeting\\nRecording\\nStopping it', lines: 'Nobody may tape it.\\nYou can stop any time.' })
        .search('taping ').results.map(result => result.entry.id)""")
    assert found == ["b"]
