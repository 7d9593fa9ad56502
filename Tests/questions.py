"""Questions as families ask them, put to the published engine: what is found, and what is said not to be here.

`Tests/Search/asked/<tag>.tsv` has questions of several kinds: `asked` and ways to say them (`manners` in English, `latin`
letters, `english` on a translated page, `hant` in traditional characters, dialects), `off` about other things, `near` the
subject but not in the guidance. They were written from the guidance alone, by somebody who had not seen a vocabulary.
Those of the part `tune` may be tuned on; nobody looks at those of `judge` to improve an answer. `frozen.sha256` says
that they are the same.

`Tests/Search/parents` has more of them, in the manner of parents on a phone: each line its kind, what it is about (a row of
`answers.tsv` with the places that are right) and the question. All of them are tuned on: a floor holds what was reached.

`Tests/Search/more` is like it: in English for the portals `messy` and `reworded`, in other languages for the example. They
were written after the others, and their subjects that are elsewhere or near had been asked of nobody; then they were tuned on.
"""

import collections
import gzip
import hashlib
import pathlib

FOLDER = pathlib.Path(__file__).resolve().parent / "Search/asked"
PARENTS = FOLDER.parent / "parents"
MORE = FOLDER.parent / "more"
Question = collections.namedtuple("Question", "part kind text right")
# All files of a first search, gzipped. What counts is the time to the first answer; this is what a slow line (1.6 Mbit/s)
# carries in four tenths of a second. 60 KB are wanted. What questions are about takes 12 to 16 KB of it, for one question in
# ten that is answered because of that.
FIRST_SEARCH = 79 * 1024
# An answer is shown under a number found; without one, or where all are weak, the page says that it found none. As on a
# page, what its language does not know is asked in the source language too.
ASK = """([tag, texts]) => { const engine = engines[tag]; return texts.map(text => {
    let found = engine.ask(text);
    if (engines.en && engine.isForeign(text, found)) found = engine.merge(found, engines.en.ask(text, true));
    return [found.results.map(result => result.entry.page.path + '#' + result.entry.id), !!found.isClear]; }); }"""
MAKE = """tag => { window.engines = window.engines || {};
    engines[tag] = new signpostSearch.Engine(signpostSearch['words ' + tag], signpostSearch[tag]); }"""


def questions(language):
    found = {}
    for line in (FOLDER / f"{language}.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        part, kind, text, page, section, grade = line.split("\t")
        right = found.setdefault((part, kind, text), set())
        if grade != "0":
            right.add(f"{page}#{section}")
    return [Question(*key, right) for key, right in found.items()]


def judged(language):
    """What is frozen of a language: the digest of its judging questions."""
    lines = (FOLDER / f"{language}.tsv").read_text(encoding="utf-8").splitlines(keepends=True)
    return hashlib.sha256("".join(line for line in lines if line.startswith("judge\t")).encode()).hexdigest()


def parents(language, folder=PARENTS):
    """The questions in the manner of parents."""
    rows = (line.split("\t") for line in (folder / "answers.tsv").read_text(encoding="utf-8").splitlines()[1:])
    right = {about: set(places.split()) for about, places in rows}
    lines = (line.split("\t") for line in (folder / f"{language}.tsv").read_text(encoding="utf-8").splitlines()[1:])
    return [Question(folder.name, kind, text, right[about] if about else set()) for kind, about, text in lines]


def more(language):
    """The same, of the folder `more`."""
    return parents(language, MORE)


def graded(name):
    """The questions of `queries.<name>.tsv` with the answers that are right or help."""
    found = {}
    for line in (FOLDER.parent / f"queries.{name}.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        part, text, page, section, grade = line.split("\t")
        right = found.setdefault((part, text), set())
        if grade != "0":
            right.add(f"{page}#{section}")
    return [Question(part, "asked" if right else "off", text, right) for (part, text), right in found.items()]


def frozen(folder=FOLDER):
    rows = (line.split() for line in (folder / "frozen.sha256").read_text().splitlines())
    return {language: digest for digest, language in rows}


def first_search(site, index):
    """The files that a first search with an index loads, in the order in which they run."""
    language = index.stem.removeprefix("search-")
    return [next(site.glob("assets/search-search-*.js")), next(site.glob(f"assets/vocabulary-{language}-*.js")), index]


def size(files):
    """Bytes as they travel."""
    return sum(len(gzip.compress(file.read_bytes(), 9)) for file in files)


def open_engines(page, site, council, languages):
    """Loads the published scripts of a council's editions into an empty page."""
    page.goto("about:blank")
    for language in languages:
        for script in first_search(site, next((site / council).rglob(f"search-{language}.js"))):
            page.add_script_tag(path=script)
        page.evaluate(MAKE, language)


class Result:
    """How many questions of a part and kind are answered: counts."""

    def __init__(self):
        self.asked = self.first = self.three = self.silent = self.said = 0

    def add(self, question, answers, is_clear):
        self.asked += 1
        self.silent += not answers
        self.said += not is_clear
        places = [place for place, answer in enumerate(answers) if answer in question.right]
        self.first += places[:1] == [0]
        self.three += bool(places) and places[0] < 3

    def __str__(self):
        return (f"{self.first} first, {self.three} in three, {self.silent} silent, {self.said} said not to be here, "
                f"of {self.asked}")


def measure(page, language, of=questions):
    """{(part, kind): Result}, and the questions that missed."""
    all_questions = of(language)
    # A space at the end: the last word is whole.
    found = page.evaluate(ASK, [language, [question.text + " " for question in all_questions]])
    results, missed = collections.defaultdict(Result), []
    for question, (answers, is_clear) in zip(all_questions, found):
        results[question.part, question.kind].add(question, answers, is_clear)
        if question.right and not question.right.intersection(answers[:3]):
            missed.append(question)
    return results, missed
