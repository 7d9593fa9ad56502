"""Leaflets in two languages: each block beside its own, tagged, in order, and only where a council asks for them."""

import re
import shutil
import subprocess

import page as validation
import pikepdf
import pytest

from .conftest import ROOT
from .tagged_text import runs
from .test_leaflets_command import run
from .test_pdf import widths_agree

# Of a portal that is not the example.
PORTAL = {
    "portal.yml": "name: Family meetings\nbase-url: https://help.example\nlanguages: [en, pl, ar]\nside-by-side: [en]\n"
                  "translations: {publish-drafts: true, threshold: 0}\n",
    "guidance/meeting.md": """\
# The meeting

You are invited.

## Before the meeting {#before}

Phone {{contact chair}} first.

- Read the report.
- Bring a friend.

1. One thing.
2. Another thing.

| What | When |
| --- | --- |
| The report | Before |

## Nobody translated this {#not}

Only English words.
""",
    "councils/north/council.yml": """\
name: North Borough Council
nation: england
languages: [en, pl, ar]
contacts:
  chair:
    name: The chair
    phone: 01632 960 000
    hours: Monday to Friday
    source: https://north.example/chair
    checked: 2026-11-01
""",
    "councils/south/council.yml": "name: South Borough Council\nnation: england\nlanguages: [en, pl]\nside-by-side: []\n"
                                  "contacts: {chair: {name: The chair, phone: 01632 960 001}}\n",
    "leaflets/meeting.yml": """\
title: The meeting
side-by-side: yes
layout: sheet
formats: [a4, large-print, booklet, trifold, epub]
sections:
  - page: meeting
    panel: [inside, flap]
  - fill-in: Your meeting
    fields: [Date]
    formats: [a4, large-print]
  - contacts: [chair]
    formats: [a4, large-print]
""",
    "leaflets/alone.yml": "title: Alone\nformats: [a4]\nsections: [{page: meeting}]\n",
}
POLISH = {
    "The meeting": "Spotkanie", "You are invited.": "Zapraszamy.", "Before the meeting": "Przed spotkaniem",
    "Phone {{contact chair}} first.": "Proszę najpierw zadzwonić: {{contact chair}}.", "Read the report.": "Proszę przeczytać raport.",
    "Bring a friend.": "Proszę przyprowadzić przyjaciela.", "One thing.": "Jedna rzecz.", "Another thing.": "Druga rzecz.",
    "What": "Co", "When": "Kiedy", "The report": "Raport", "Before": "Przedtem", "Your meeting": "Państwa spotkanie",
    "Date": "Data", "The chair": "Osoba przewodnicząca", "Monday to Friday": "Od poniedziałku do piątku",
}
ARABIC = {
    "The meeting": "الاجتماع", "You are invited.": "أنتم مدعوون.", "Before the meeting": "قبل الاجتماع",
    "Read the report.": "اقرأوا التقرير.", "Bring a friend.": "أحضروا صديقا.", "One thing.": "شيء واحد.",
    "Another thing.": "شيء آخر.",
}


def catalogue(tag, words):
    head = f'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: {tag}\\n"\n'
    return head + "".join(f'\nmsgid "{english}"\nmsgstr "{own}"\n' for english, own in words.items())


@pytest.fixture(scope="module")
def content(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pairs") / "content"
    for name, text in {**PORTAL, "translations/pl.po": catalogue("pl", POLISH), "translations/ar.po": catalogue("ar", ARABIC)}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


@pytest.fixture(scope="module")
def own(content):
    output = content.parent / "out"
    result = run("leaflets", "--content", content, "--output", output, "--cache", content.parent / "cache", "--copies-sheet",
                 cwd=ROOT)
    assert result.returncode == 0, result.stderr
    return output, result


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    folder = tmp_path_factory.mktemp("example-pairs")
    # One leaflet of it is made in two languages.
    content = tmp_path_factory.mktemp("example-content") / "content"
    shutil.copytree(ROOT / "content", content, ignore=lambda folder, names: [
        name for name in names if folder.endswith("leaflets") and name != "short-version.yml"])
    languages = [part for tag in ("pl", "ar", "zh-Hans") for part in ("--language", tag)]
    result = run("leaflets", "--content", content, "--council", "oxfordshire", *languages, "--format", "a4",
                 "--format", "large-print", "--output", folder / "out", "--cache", folder / "cache", cwd=ROOT)
    assert result.returncode == 0, result.stderr
    return sorted((folder / "out").rglob("*-and-en.pdf"))


def pairs(own):
    return [file for file in sorted(own[0].rglob("*-and-*.pdf")) if not file.stem.endswith("-print")]


def test_pairs_are_made_where_a_council_asks_for_them(own):
    names = {str(file.relative_to(own[0])) for file in pairs(own)}
    assert names == {f"north/{tag}/meeting-{form}-{tag}-and-en.pdf" for tag in ("pl", "ar") for form in ("a4", "large-print")}
    # Folded leaflets, booklets and e-books have one language.
    assert (own[0] / "north/pl/meeting-booklet.pdf").exists() and (own[0] / "south/pl/meeting-a4.pdf").exists()


def test_every_pair_is_accessible(own, example):
    assert len(example) == 6
    for file in [*pairs(own), *example]:
        report = validation.validate_pdf(str(file), profile="ua1")
        rules = {failure.rule_id for failure in report.failures} - ({"PDFUA1-FONT-GLYPH-WIDTH-001"} if widths_agree(file) else set())
        assert not rules, f"{file}\n{report}"


def test_what_the_theme_says_stands_in_both_languages_and_no_name_twice(example):
    for file in example:
        text = " ".join(subprocess.run(["pdftotext", str(file), "-"], capture_output=True, text=True, check=True).stdout.split())
        for words in ["This translation is a draft.", "An example, not an official site.", "This example was made to show Signpost", "Your turn to speak",
                      "In another language or format", "Numbers can change."]:
            assert words in text, (file, words)
        assert text.count("This example was made to show Signpost") == 1, file
        assert "· Childline" not in text and "· Samaritans" not in text, file


@pytest.mark.parametrize("form", ["a4", "large-print"])
def test_each_block_has_its_own_beside_it_in_reading_order(own, form):
    text = tagged(own[0] / f"north/pl/meeting-{form}-pl-and-en.pdf")
    for first, second in [("Zapraszamy.", "You are invited."), ("Proszę przeczytać raport.", "Read the report."),
                          ("Proszę przyprowadzić przyjaciela.", "Bring a friend."), ("Jedna rzecz.", "One thing."),
                          ("Raport", "The report"), ("Od poniedziałku do piątku", "Monday to Friday"),
                          ("Przed spotkaniem", "Before the meeting"), ("Data", "Date")]:
        assert re.search(re.escape(first) + r"\W{0,4}" + re.escape(second), text), (first, second, text)
    # What nobody has translated stands there once.
    assert text.count("Only English words.") == 1 and text.count("Nobody translated this") == 1


def tagged(file):
    """The words in the order of the tags: what a screen reader reads."""
    return " ".join(" ".join(runs(file)).split())


def test_headings_are_there_once(own):
    with pikepdf.open(own[0] / "north/pl/meeting-a4-pl-and-en.pdf") as pdf, pdf.open_outline() as outline:
        def titles(items):
            return [title for item in items for title in [item.title, *titles(item.children)]]
        found = titles(outline.root)
    assert "Przed spotkaniem" in found and not any("Before the meeting" in title for title in found)


def test_languages_and_sides(own):
    """English is tagged as English; in Arabic it stands on the left, and begins there."""
    file = own[0] / "north/ar/meeting-a4-ar-and-en.pdf"
    with pikepdf.open(file) as pdf:
        assert str(pdf.Root.Lang).startswith("ar")
        languages = set()

        def walk(node):
            if isinstance(node, pikepdf.Dictionary):
                if "/Lang" in node:
                    languages.add(str(node.Lang))
                children = node.get("/K", [])
                for child in children if isinstance(children, pikepdf.Array) else [children]:
                    walk(child)

        walk(pdf.Root.StructTreeRoot)
    assert "en" in languages
    for name, own_side in (("ar", "right"), ("pl", "left")):
        boxes = subprocess.run(["pdftotext", "-bbox", str(own[0] / f"north/{name}/meeting-a4-{name}-and-en.pdf"), "-"],
                               capture_output=True, text=True, check=True).stdout
        place = {word: float(x) for x, word in re.findall(r'xMin="([\d.]+)"[^>]*>([^<]+)</word>', boxes)}
        assert (place["invited."] < 300) == (own_side == "right"), (name, place["invited."])


def test_the_sheet_of_copies_and_the_website(content, tmp_path):
    result = run("build", "--content", content, "--output", tmp_path / "site", cwd=ROOT)
    assert result.returncode == 0, result.stderr
    page = (tmp_path / "site/north/pl/leaflets/index.html").read_text()
    link = re.search(r'<a [^>]*href="[^"]*meeting-a4-pl-and-en\.pdf"[^>]*>(.*?)</a>', page, re.S)
    assert link and "Polski" in link[1] and '<bdi lang="en" dir="ltr">English</bdi>' in link[1]
    assert "-and-" not in (tmp_path / "site/north/leaflets/index.html").read_text()
    assert "-and-" not in (tmp_path / "site/south/pl/leaflets/index.html").read_text()


def test_a_leaflet_in_one_language_says_the_same_as_before(own, content, tmp_path):
    """Asking for pairs changes no other file."""
    text = (content / "leaflets/meeting.yml").read_text()
    other = tmp_path / "content"
    subprocess.run(["cp", "-r", str(content), str(other)], check=True)
    (other / "leaflets/meeting.yml").write_text(text.replace("side-by-side: yes\n", ""))
    result = run("leaflets", "--content", other, "--council", "north", "--language", "pl", "--format", "a4", "--output", tmp_path / "out",
                 "--cache", tmp_path / "cache", cwd=ROOT)
    assert result.returncode == 0, result.stderr
    made = sorted((tmp_path / "out").rglob("*.pdf"))
    assert [file.name for file in made] == ["alone-a4.pdf", "meeting-a4.pdf"]
    assert made[1].read_bytes() == (own[0] / "north/pl/meeting-a4.pdf").read_bytes()
