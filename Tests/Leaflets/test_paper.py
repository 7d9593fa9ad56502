"""What a reader holds: one sheet for the day, whole agendas, full booklets, Arabic as it is written, other languages."""

import re
import shutil
import subprocess

import pdfplumber
import pikepdf
import pytest

from . import tagged_text
from .conftest import ROOT, THEME
from .test_folded import small_portal
from .test_leaflets_command import cache, run  # noqa: F401
from .test_pdf import normal

CONTENT = ROOT / "content"
MARKS = re.compile("[\u064b-\u0652\u0670]")
# Agenda, with an item that is the reader's turn.
AGENDA = "---\nkind: agenda\n---\n\n# The day\n\n## In order {#order}\n\n" + "".join(
    f"{n}. Step {n} of the day. It is short.{' {your-turn}' if n == 2 else ''}\n" for n in range(1, 9))


def pages(path):
    """The words of each page, in the order of the file."""
    text = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
    return text.split("\f")[:-1]


def make(content, out, cache, *arguments):  # noqa: F811
    """Makes leaflets; without a cache of its own, from the portal's, as `make site` left it."""
    kept = ["--cache", cache] if cache else []
    result = run("leaflets", "--content", content, "--theme", THEME, "--output", out, *kept, *arguments)
    assert result.returncode == 0, result.stderr
    return result


SHEET = """title: On the day
layout: sheet
formats: [a4, large-print]
sections:
  - fill-in: Your conference
    fields: [Date, Time, Place, My social worker, Their phone number, Who comes with me]
  - page: day
    page-title: no
  - page: about
    page-title: no
  - write: My questions
    text: Write down what you want to ask.
  - write: My notes
    text: Write down what people say.
"""


def test_a_sheet_has_the_agenda_in_front_and_room_to_write_behind(tmp_path, cache):  # noqa: F811
    content = small_portal(tmp_path, {"day": AGENDA, "about": "# About\n\n## A break\n\nAsk for a break.\n"}, SHEET)
    result = make(content, tmp_path / "out", cache)
    assert "LeafletTooLong" not in result.stderr
    front, behind = pages(tmp_path / "out/one/en/leaflet-a4.pdf")
    assert "Who comes with me" in front and "Step 1 of" in front and "Step 8 of" in front
    assert "My questions" in behind and "My notes" in behind and "p.example.org" in behind
    assert len(pages(tmp_path / "out/one/en/leaflet-large-print.pdf")) <= 4


def agenda_of(count):
    return "---\nkind: agenda\n---\n\n# The day\n\n## In order {#order}\n\n" + "".join(
        f"{n}. Step {n} of the day. It is told in a few more words, as a council of many words does."
        f"{' {your-turn}' if n % 4 == 2 else ''}\n" for n in range(1, count + 1))


def smallest(path):
    with pikepdf.open(path) as pdf:
        content = b"".join(page.Contents.read_bytes() for page in pdf.pages)
    return min(float(size) for size in re.findall(rb"/\S+ ([\d.]+) Tf", content))


@pytest.mark.parametrize("count,fits", [(14, {"a4", "large-print"}), (20, {"a4", "large-print"}), (60, set())])
def test_a_long_agenda_stands_on_its_sheet_or_says_that_it_does_not(tmp_path, cache, count, fits):  # noqa: F811
    content = small_portal(tmp_path, {"day": agenda_of(count), "about": "# About\n\n## A break\n\nAsk for a break.\n"}, SHEET)
    result = make(content, tmp_path / "out", cache)
    for kind, most, least in [("a4", 2, 12), ("large-print", 4, 16)]:
        path = tmp_path / f"out/one/en/leaflet-{kind}.pdf"
        made = pages(path)
        warned = f"({kind})" in "".join(line for line in result.stderr.splitlines() if "LeafletTooLong" in line)
        assert warned == (kind not in fits) == (len(made) > most), (kind, result.stderr)
        assert smallest(path) >= least, kind
        # All is there, with lines to write on; what can stand on one page in front does.
        assert all(f"Step {n} of" in "".join(made) for n in range(1, count + 1))
        assert "My questions" in made[-1] or "My notes" in made[-1]
        if kind in fits and (kind, count) != ("large-print", 20):
            assert any("Step 1 of" in page and f"Step {count} of" in page for page in made[:most // 2]), kind


def test_every_sheet_of_the_example_fits(tmp_path):
    shutil.copytree(CONTENT, tmp_path / "content")
    for file in (tmp_path / "content/leaflets").glob("*.yml"):
        if file.name not in ("on-the-day.yml", "my-report.yml"):
            file.unlink()
    # As `make site` laid them out.
    result = make(tmp_path / "content", tmp_path / "out", ROOT / ".signpost/leaflets")
    assert "LeafletTooLong" not in result.stderr, result.stderr
    # A form is filled in on a screen.
    made = [path for path in (tmp_path / "out").rglob("on-the-day-*.pdf") if "form" not in path.name]
    assert len(made) > 20
    reports = [path for path in (tmp_path / "out").rglob("my-report-*.pdf") if not path.stem.endswith("-print") or "large" in path.name]
    assert len(reports) > 20
    for path in reports:
        assert len(pages(path)) == (2 if "large-print" in path.name else 1), path
    for path in made:
        large = "large-print" in path.name
        assert len(pages(path)) == (4 if large else 2), path
        assert smallest(path) >= (16 if large else 12), path
        # Whoever must leave the room in danger has the number in hand.
        words = " ".join("".join(pages(path)).split())
        assert "999" in words and "0808 2000 247" in words, path
        # Cumbria has ended; what must be told of that in Polish takes the fourth lines.
        if not large:
            assert lines_to_write_on(path) == {("cumbria", "pl"): 9}.get(path.parts[-3:-1], 12), path


def lines_to_write_on(path):
    """The lines across the page behind, four in each of three parts whatever the language."""
    with pdfplumber.open(path) as pdf:
        behind = pdf.pages[-1]
        return sum(1 for line in behind.rects if line["width"] > behind.width * 0.7 and line["height"] < 1)


# A name, three questions, and what else stands on the page.
FORM = "---\nkind: form\n---\n\n# Your words\n\nOf the page.\n\n## My name {#name answer=1}\n\n" + "".join(
    f"## Question {n} {{#q{n} answer=6}}\n\n{'Think of your family.' if n == 1 else ''}\n\n" for n in range(1, 4))
ONE_PAGE = """title: My report
about: [Keep a copy.]
layout: page
formats: [a4, large-print]
sections:
  - page: form
    sections: [name, q1, q2, q3]
    page-title: no
"""


def test_a_form_on_one_page_shares_its_room(tmp_path, cache):  # noqa: F811
    content = small_portal(tmp_path, {"form": FORM}, ONE_PAGE)
    result = make(content, tmp_path / "out", cache)
    assert "LeafletTooLong" not in result.stderr
    path = tmp_path / "out/one/en/leaflet-a4.pdf"
    (page,) = pages(path)
    places = [page.index(word) for word in ["Keep a copy.", "My name", "Question 1", "Think of", "Question 3", "newer version"]]
    assert places == sorted(places)
    assert "Of the page." not in page
    # The same for each question, and not the six lines that the page asks for.
    assert lines_to_write_on(path) >= 12 and lines_to_write_on(path) % 3 == 0
    assert len(pages(tmp_path / "out/one/en/leaflet-large-print.pdf")) == 2


def test_a_form_that_needs_more_than_a_page_goes_on_and_says_so(tmp_path, cache):  # noqa: F811
    more = FORM + "".join(f"## More {n} {{#m{n} answer=6}}\n\n" for n in range(14))
    leaflet = ONE_PAGE.replace("[name, q1, q2, q3]", "[q1, " + ", ".join(f"m{n}" for n in range(14)) + "]")
    content = small_portal(tmp_path, {"form": more}, leaflet)
    result = make(content, tmp_path / "out", cache, "--format", "a4")
    assert re.search(r"takes more paper than its page: it is over by \d+ lines? \[LeafletTooLong\]", result.stderr), result.stderr
    made = pages(tmp_path / "out/one/en/leaflet-a4.pdf")
    assert len(made) == 2 and all(f"More {n}\n" in "".join(made) for n in range(14))


def test_a_sheet_that_is_too_long_goes_on_and_says_so(tmp_path, cache):  # noqa: F811
    words = "# About\n\n" + "".join(f"## Part {n}\n\nSentence {n} stands here. {'More words. ' * 40}\n\n" for n in range(14))
    content = small_portal(tmp_path, {"day": AGENDA, "about": words}, SHEET)
    result = make(content, tmp_path / "out", cache, "--format", "a4")
    match = re.search(r"warning: .*takes more paper than its sheet: it is over by (\d+) lines? \[LeafletTooLong\]", result.stderr)
    assert match and 10 < int(match[1]) < 200, result.stderr
    made = pages(tmp_path / "out/one/en/leaflet-a4.pdf")
    assert len(made) > 2
    assert all(f"Sentence {n} " in "".join(made) for n in range(14))


def test_a_sheet_without_an_agenda_or_contacts_is_whole(tmp_path, cache):  # noqa: F811
    leaflet = "title: A\nlayout: sheet\nformats: [a4]\nsections: [{page: about}]\n"
    content = small_portal(tmp_path, {"about": "# About\n\nWords.\n"}, leaflet)
    make(content, tmp_path / "out", cache)
    made = pages(tmp_path / "out/one/en/leaflet-a4.pdf")
    assert len(made) == 1 and "Words." in made[0] and "Check for a newer version" in made[0]


@pytest.mark.parametrize("before", [0, 12, 25, 38])
def test_an_agenda_stands_on_one_page(tmp_path, cache, before):  # noqa: F811
    leaflet = "title: A\nformats: [booklet, a4]\nsections: [{page: about}, {page: day}]\n"
    words = "# About\n\n## Words {#words}\n\n" + "One line of words that comes before the day.\n\n" * before + "The end.\n"
    content = small_portal(tmp_path, {"about": words, "day": AGENDA}, leaflet)
    make(content, tmp_path / "out", cache)
    for kind in ["booklet", "a4"]:
        made = pages(tmp_path / f"out/one/en/leaflet-{kind}.pdf")
        first = next(n for n, text in enumerate(made) if "Step 1 of" in text)
        assert "Step 8 of" in made[first], (kind, before)


@pytest.mark.parametrize("sections", range(1, 9))
def test_a_booklet_is_filled_with_pages_to_write_on(tmp_path, cache, sections):  # noqa: F811
    leaflet = "title: A\nformats: [booklet]\nsections: [{page: about}]\n"
    words = "# About\n\n" + "".join(f"## Part {n}\n\n{'Many words stand here. ' * 75}\n\n" for n in range(sections))
    content = small_portal(tmp_path, {"about": words}, leaflet)
    make(content, tmp_path / "out", cache)
    made = pages(tmp_path / "out/one/en/leaflet-booklet.pdf")
    assert len(made) % 4 == 0
    titles = ["People and phone numbers", "My questions", "My notes"]
    spare = [title for title in titles if any(title in p for p in made)]
    # No page is there for nothing, and each that fills up has a title of its own.
    assert all(re.sub(r"A\s+Page \d+\s+One|\s", "", text) for text in made), made
    assert spare == titles[:len(spare)]


@pytest.fixture(scope="module")
def oxfordshire(tmp_path_factory):
    out = tmp_path_factory.mktemp("oxfordshire")
    make(CONTENT, out, None, "--council", "oxfordshire", "--language", "en",
         "--language", "ar", "--format", "booklet", "--format", "a4")
    return out / "oxfordshire"


def test_the_example_guide_and_sheet_are_short(oxfordshire):
    assert len(pages(oxfordshire / "en/guide-for-parents-booklet.pdf")) <= 24
    for language in ["en", "ar"]:
        assert len(pages(oxfordshire / language / "on-the-day-a4.pdf")) == 2


def test_key_dates_are_one_sheet_and_say_once_how_to_count(oxfordshire):
    for language in ["en", "ar"]:
        path = oxfordshire / language / "key-dates-a4.pdf"
        assert len(pages(path)) == 2 and smallest(path) >= 12, language
    words = " ".join("".join(pages(oxfordshire / "en/key-dates-a4.pdf")).split())
    assert words.count("The day itself does not count.") == 1
    assert "10 working days after your conference." in words


def test_the_short_version_takes_two_sheets_and_says_the_same_as_the_folded_leaflet(oxfordshire):
    path = oxfordshire / "en/short-version-a4.pdf"
    made = pages(path)
    assert len(made) == 4 and smallest(path) >= 12
    path = oxfordshire / "ar/short-version-a4.pdf"
    # Three sheets.
    assert len(pages(path)) <= 6 and smallest(path) >= 12
    # In the order in which a stranger asks; whom to phone in danger comes before all.
    words = "".join(made)
    parts = ["If you need help now", "What is a child protection", "Can the conference take my", "Your rights", "Before the conference",
             "What happens, in order", "Their phone number", "Contacts and helplines", "In another language"]
    places = [words.index(part) for part in parts]
    assert places == sorted(places)
    assert all(number in made[0] for number in ["999", "0808 2000 247", "116 123", "0800 1111"])
    # The others are on one page, and how contacts are phoned is said once.
    assert all(number in made[3] for number in ["0808 801 0366", "01865 323589"])
    assert words.count("Relay UK: 18001") == 1


def test_what_it_is_and_what_is_in_it_share_a_page(tmp_path, cache):  # noqa: F811
    content = small_portal(
        tmp_path, {f"part{n}": f"# Part {n}\n\nWords.\n" for n in range(14)},
        "title: A\nabout: [What this is., " + "And some more words. " * 20 + "]\ncontents: yes\nformats: [large-print, a4]\n"
        "sections: [" + ", ".join(f"{{page: part{n}}}" for n in range(14)) + "]\n")
    make(content, tmp_path / "out", cache)
    for kind in ["large-print", "a4"]:
        second = pages(tmp_path / f"out/one/en/leaflet-{kind}.pdf")[1]
        assert "What this is." in second and "Contents" in second and "Part 13" in second, kind


def test_arabic_keeps_its_signs_on_paper_and_no_letter_twice_where_it_is_read(oxfordshire):
    reading, printing = (oxfordshire / f"ar/short-version-a4{ending}.pdf" for ending in ["", "-print"])
    words = " ".join(tagged_text.runs(reading, rtl=True))
    assert not MARKS.search(words)
    assert "أيضا" in words
    assert "".join(pages(printing)).count("\u064b") >= 3
    # The same letters stand on both.
    with pikepdf.open(reading) as one, pikepdf.open(printing) as other:
        assert len(one.pages) == len(other.pages)


def test_every_other_language_is_named_in_its_own_words_with_its_own_address(oxfordshire):
    site = "https://guidance.example.org/oxfordshire"
    for language, others in [("en", ["pl", "ar", "ur", "bn", "zh-Hans"]), ("ar", ["", "pl", "ur", "bn", "zh-Hans"])]:
        for name in ["guide-for-parents-booklet", "short-version-a4", "on-the-day-a4"]:
            path = oxfordshire / language / f"{name}.pdf"
            with pikepdf.open(path) as pdf:
                links = {str(a.A.URI) for page in pdf.pages for a in page.get("/Annots", []) if "/A" in a and "/URI" in a.A}
            for other in others:
                base = f"{site}/{other}".rstrip("/")
                assert any(link.startswith(base + "/") and (other or not re.match(r"https://[^/]+/oxfordshire/(ar|pl|ur|bn|zh)", link))
                           for link in links), (path, other, links)
    text = "".join(tagged_text.runs(oxfordshire / "en/short-version-a4.pdf", rtl=False))
    assert normal("Tutaj w tym języku: Polski") in normal(text)
    arabic = "".join(tagged_text.runs(oxfordshire / "ar/short-version-a4.pdf", rtl=True))
    assert normal("Read this here: English") in normal(arabic)


def test_a_logo_never_stands_on_words(tmp_path, cache):  # noqa: F811
    content = small_portal(tmp_path, {"about": "# About\n\nWords.\n"}, "title: A leaflet\nformats: [trifold, a4]\nsections: [{page: about}]\n")
    with open(content / "councils/one/council.yml", "a") as file:
        file.write("brand: {logo: logo.svg}\n")
    (content / "councils/one/logo.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 100"><rect width="400" height="100" fill="#123456"/></svg>')
    make(content, tmp_path / "out", cache)
    for kind in ["trifold", "a4"]:
        path = tmp_path / f"out/one/en/leaflet-{kind}.pdf"
        # Nothing of the words is hidden: without the logo they stand where they stand with it, away from its corner.
        box = subprocess.run(["pdftotext", "-bbox", "-l", "1", path, "-"], capture_output=True, text=True).stdout
        width = float(re.search(r'<page width="([\d.]+)"', box)[1])
        version = re.search(r'yMin="([\d.]+)"[^>]*>Version:<', box)
        assert float(version[1]) > 300, kind
        # The logo is at the end of the council's line, at most 42% of the width.
        for right, top, word in re.findall(r'yMin="([\d.]+)" xMax="([\d.]+)"[^>]*>([^<]*)<', box):
            assert not (float(right) < 60 and float(top) > width * 0.6), word


def test_councils_with_few_facts_have_whole_leaflets(tmp_path, cache):  # noqa: F811
    make(CONTENT, tmp_path / "out", None, "--council", "cumbria", "--council", "southwark", "--language", "en",
         "--format", "trifold", "--format", "a4")
    for council in ["cumbria", "southwark"]:
        assert len(pages(tmp_path / f"out/{council}/en/on-the-day-a4.pdf")) == 2
        assert len(pages(tmp_path / f"out/{council}/en/short-version-trifold.pdf")) == 6
        # A heading is broken where the panel ends.
        made = " ".join("".join(pages(tmp_path / f"out/{council}/en/short-version-trifold.pdf")).split())
        for words in ["Can the conference take my", "What happens, in order", "Before the conference", "999"]:
            assert words in made, (council, words)


GUIDE = """title: A guide
formats: [booklet, large-print]
sections:
  - page: about
  - contacts: [danger]
    title: Whom to phone now
    panel: back
"""


@pytest.mark.parametrize("elsewhere", [False, True])
def test_numbers_that_are_wanted_outside_stand_on_the_back(tmp_path, cache, elsewhere):  # noqa: F811
    leaflet = GUIDE.replace("  - contacts", "  - page: contacts\n  - contacts") if elsewhere else GUIDE
    content = small_portal(tmp_path, {"about": "# About\n\n## What it is {#what}\n\nWords.\n",
                                      "contacts": "---\nkind: contacts\n---\n\n# Contacts\n\nWhom to ask.\n"}, leaflet)
    with (content / "portal.yml").open("a") as file:
        file.write("contact-groups:\n  danger: In danger\n"
                   "contacts:\n  police: {name: The police, phone: '999', group: danger}\n")
    make(content, tmp_path / "out", cache)
    for kind in ["booklet", "large-print"]:
        made = pages(tmp_path / f"out/one/en/leaflet-{kind}.pdf")
        assert "Whom to phone now" in made[-1] and "999" in made[-1] and "newer version" in made[-1], (kind, made[-1])
        assert not any("Whom to phone now" in text for text in made[:-1])
