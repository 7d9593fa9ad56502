"""What no language and no council may lose on the folded leaflet: rights, the notice, numbers, and where a link leads."""

import json
import re
import subprocess

import golden
import pytest

from . import tagged_text
from .conftest import ROOT, THEME
from .test_leaflets_command import cache, leaflets, portal, run  # noqa: F401
from .test_pdf import ARABIC_MARKS, normal

CONTENT = ROOT / "content"
RIGHT_TO_LEFT = {"ar", "ur"}


def catalogue(language):
    """The texts of a catalogue, by the English ones."""
    text = (CONTENT / f"translations/{language}.po").read_text()
    entry = re.compile(r'^msgid ((?:".*"\n)+)msgstr ((?:".*"\n?)+)', re.M)
    joined = lambda lines: "".join(json.loads(line) for line in lines.splitlines())
    return {joined(source): joined(translated) for source, translated in entry.findall(text)}


@pytest.fixture(scope="module")
def folded(tmp_path_factory):
    """Oxfordshire's folded leaflet in every language: the files, and the words of the one for reading."""
    out = tmp_path_factory.mktemp("folded")
    result = run("leaflets", "--content", CONTENT, "--theme", THEME, "--output", out,
                 "--council", "oxfordshire", "--format", "trifold")
    assert result.returncode == 0, result.stderr
    made = {}
    for folder in sorted((out / "oxfordshire").iterdir()):
        reading = folder / "short-version-trifold.pdf"
        rtl = folder.name in RIGHT_TO_LEFT
        made[folder.name] = {
            "reading": reading, "print": folder / "short-version-trifold-print.pdf",
            "text": "".join(tagged_text.runs(reading, rtl=rtl)), "tree": golden.tags(reading),
            "words": {} if folder.name == "en" else catalogue(folder.name)}
    assert set(made) == {"en", "pl", "ar", "ur", "bn", "zh-Hans"}
    return made


def in_language(leaflet, english):
    """A text as the leaflet has it, without what Markdown marks."""
    return re.sub(r"[*]", "", leaflet["words"].get(english) or english)


def holds(leaflet, english):
    return normal(in_language(leaflet, english)) in normal(leaflet["text"])


RIGHTS = ["You can bring someone", "You see the report first", "You can speak and ask questions", "You get a written summary"]


def test_every_language_holds_the_same_rights(folded):
    for language, leaflet in folded.items():
        for right in RIGHTS:
            assert language == "en" or leaflet["words"].get(right), f"{right!r} is not translated into {language}"
            assert holds(leaflet, right), (language, right)
    # Each is a heading of its own, below "Your rights".
    headings = {language: len(re.findall(r"^ *H3", leaflet["tree"], re.M)) for language, leaflet in folded.items()}
    assert set(headings.values()) == {len(RIGHTS)}, headings


def test_every_language_says_what_to_do_before_and_what_a_conference_cannot_do(folded):
    about = (CONTENT / "guidance/about.md").read_text().split("---", 2)[2]
    sentences = [line for line in about.splitlines() if re.match(r"[A-Z]", line) and "{" not in line]
    for language, leaflet in folded.items():
        headings = ["Before the conference", "What happens, in order", "What is decided?", "What is a child protection plan?"]
        # A page that is being translated again may be held back for a while.
        if language == "en" or all(leaflet["words"].get(sentence) for sentence in sentences):
            headings.append("Can the conference take my child away?")
        for heading in headings:
            assert holds(leaflet, heading), (language, heading)


def test_the_english_one_answers_what_is_asked_most_and_shows_999_outside(folded):
    for heading in ["Can I have an interpreter?", "Will the council record the meeting?", "Can I record the meeting?",
                    "What if I disagree with the decision?"]:
        assert holds(folded["en"], heading), heading
    assert any("phone999" in line.replace(" ", "") for line in ["".join(lines(folded["en"]["reading"], "-l", "1"))])
    # Where the cover has no room for it, the number stands on another panel.
    assert all("999" in leaflet["text"] for leaflet in folded.values())


def test_a_list_goes_across_no_fold(folded):
    """Its last lines would be read alone. In Polish, the longest, there is no room for that."""
    ends = ["Plan who looks after your children on the day. Your social worker may be able to help.",
            "Decide if you want to bring someone."]
    for language in sorted(set(folded) - {"pl"}):
        leaflet = folded[language]
        text = subprocess.run(["pdftotext", leaflet["reading"], "-"], capture_output=True, text=True, check=True).stdout
        panels = [normal(panel) for panel in text.split("\f")]
        first, last = (
            # Of a long line the first words, as no line break parts them.
            [n for n, panel in enumerate(panels) if normal(in_language(leaflet, end))[:14] in panel] for end in ends)
        # The first words may begin another sentence on another panel too.
        assert set(first) & set(last), (language, first, last)


def test_only_polish_leaves_out_an_answer(folded):
    """Before an answer goes, boxes are closer and parts stand on other panels."""
    optional = ["Can I have an interpreter?", "Will the council record the meeting?", "Can I record the meeting?",
                "What if I disagree with the decision?", "You can bring a friend, a relative or another person to support you."]
    for language in sorted(set(folded) - {"pl"}):
        assert [end for end in optional if not holds(folded[language], end)] == [], language


def test_every_other_language_has_its_code(folded):
    for language, leaflet in folded.items():
        # Besides that of the leaflet's own page.
        assert len(re.findall(r"^ *Figure", leaflet["tree"], re.M)) == 1 + 5, language


def lines(path, *pages):
    """The lines of some pages as a printer's file can be read, which has no tags."""
    text = subprocess.run(["pdftotext", *pages, path, "-"], capture_output=True, text=True, check=True).stdout
    return [line for line in map(normal, text.splitlines()) if line]


def test_the_notice_stands_on_the_cover_of_both_files(folded):
    for language, leaflet in folded.items():
        text = normal(leaflet["text"])
        notice = normal(in_language(leaflet, "**An example, not an official site.**"))
        assert 0 <= text.find(notice) < text.find(normal(in_language(leaflet, "If you need help now"))), language
        cover = lines(leaflet["reading"], "-l", "1")
        if language in ("en", "pl", "zh-Hans"):
            assert notice in "".join(cover), language
        # Urdu may be printed in letters that cannot be compared.
        if language == "ur":
            continue
        # The printer's file keeps the signs over Arabic letters; a tool takes them out of it apart from their words.
        signed = {normal(word) for text in leaflet["words"].values() for word in text.split() if ARABIC_MARKS.search(word)}
        whole = {line for line in cover if not any(word in line for word in signed)}
        assert len(whole) >= 5 and whole <= set(lines(leaflet["print"])), language


def test_numbers_and_the_box_for_the_social_worker(folded):
    own = ["01865 323589", "07717 420419", "CCANorth@oxfordshire.gov.uk", "CCASouth@oxfordshire.gov.uk", "CCACity@oxfordshire.gov.uk"]
    national = ["999", "0808 2000 247", "116 123", "0800 1111"]
    adviser = "0808 801 0366"
    for language, leaflet in folded.items():
        text = re.sub("[\u200b\u2060\u200e\u200f\u2066-\u2069\n]", "", leaflet["text"])
        for number in own + national + [adviser]:
            assert text.count(number) >= 1, (language, number)
        # An independent adviser comes before the desk for complaints.
        assert text.index(adviser) < text.index("01865 323589"), language
        for label in ["Date", "Time", "Place", "My social worker", "Their phone number"]:
            assert holds(leaflet, label), (language, label)


def test_nothing_on_paper_leads_nowhere(folded, tmp_path, cache):  # noqa: F811
    sentence = "You can also [find people who can help you](contacts.md)."
    for language, leaflet in folded.items():
        source = re.sub(r"\[|\]\([^)]*\)", "", leaflet["words"].get(sentence) or sentence)
        assert normal(source) not in normal(leaflet["text"]), language
    # Where there is room for the sentence, it says where.
    result = run("leaflets", "--content", CONTENT, "--theme", THEME, "--output", tmp_path / "out", "--cache", cache,
                 "--council", "oxfordshire", "--language", "en", "--language", "pl", "--format", "a4")
    assert result.returncode == 0, result.stderr
    for language in ["en", "pl"]:
        path = tmp_path / f"out/oxfordshire/{language}/short-version-a4.pdf"
        text = "".join(tagged_text.runs(path, rtl=False)).replace("\u200b", "")
        # A page that a language does not have is read in English.
        assert re.search(r"\(guidance\.example\.org/oxfordshire(/pl)?/rights\)", text), language
    english = "".join(tagged_text.runs(tmp_path / "out/oxfordshire/en/short-version-a4.pdf", rtl=False))
    assert "help to take part (guidance.example.org/oxfordshire/rights) you need" in english.replace("\u200b", "")


# MARK: other portals


def small_portal(tmp_path, pages, leaflet, languages="[en]"):
    content = tmp_path / "content"
    for folder in ["guidance", "leaflets", "councils/one"]:
        (content / folder).mkdir(parents=True, exist_ok=True)
    (content / "portal.yml").write_text(f"name: P\nbase-url: https://p.example.org\nlanguages: {languages}\n")
    (content / "councils/one/council.yml").write_text(f"name: One\nnation: england\nlanguages: {languages}\n")
    for name, text in pages.items():
        (content / f"guidance/{name}.md").write_text(text)
    (content / "leaflets/leaflet.yml").write_text(leaflet)
    return content


def fold(content, out, cache):  # noqa: F811
    result = run("leaflets", "--content", content, "--theme", THEME, "--output", out, "--cache", cache)
    path = out / "one/en/leaflet-trifold.pdf"
    return result, "".join(tagged_text.runs(path, rtl=False)) if path.exists() else ""


def page_of(words, title="About", sections=1):
    text = "Many words stand here. "
    return f"# {title}\n\n" + "".join(
        f"## Part {n} {{#part-{n}}}\n\n" + text * (words // 4) + "\n\n" for n in range(sections))


def test_lines_for_notes_go_before_anything_else(tmp_path, cache):  # noqa: F811
    leaflet = ("title: A leaflet\nformats: [trifold]\nsections:\n  - {page: help, panel: flap}\n"
               "  - {page: about, page-title: no}\n  - {page: more, panel: [inside, flap], optional: yes}\n")
    helping = "# Help\n\nWords of help.\n"
    content = small_portal(tmp_path, {"help": helping, "about": page_of(150), "more": page_of(80, "More")}, leaflet)
    result, text = fold(content, tmp_path / "short", cache)
    assert result.returncode == 0, result.stderr
    assert "My notes" in text and "More" in text
    # Nobody here is taken to have a social worker.
    assert "in large print" in text and "social worker" not in text
    # Three panels full of words: the other part takes the place of the lines, though it is optional.
    (content / "guidance/about.md").write_text(page_of(150, sections=3))
    (content / "guidance/more.md").write_text(page_of(120, "More"))
    result, text = fold(content, tmp_path / "long", cache)
    assert result.returncode == 0, result.stderr
    assert "My notes" not in text
    assert text.count("Many words stand here.") == 3 * 37 + 30
    assert "Read more online" not in text


def test_many_rights_are_shortened_to_headings_and_none_goes(tmp_path, cache):  # noqa: F811
    rights = "# Your rights\n\n" + "".join(
        f"## You can ask for thing {n:02} {{#right-{n}}}\n\n" + "It is explained at length. " * 12 + "\n\nAnd more. " * 2 + "\n\n"
        for n in range(30))
    leaflet = "title: A leaflet\nformats: [trifold]\nsections:\n  - page: about\n    optional: yes\n  - page: rights\n"
    content = small_portal(tmp_path, {"about": page_of(60), "rights": rights}, leaflet)
    result, text = fold(content, tmp_path / "out", cache)
    assert result.returncode == 0, result.stderr
    assert [n for n in range(30) if f"You can ask for thing {n:02}" not in text] == []
    # The first of them may say more, where there is room; the rest stand as their headings.
    said = text.count("It is explained at length.")
    assert said % 12 == 0 and said < 30 * 12 / 2 and "Part 0" not in text
    assert text.rfind("It is explained") < text.index("You can ask for thing 20")
    assert "Read more online" in text
    # What had no room is named, on paper and by the command.
    assert re.search(r"note: the leaflet 'leaflet' \(trifold\) in English has no room for: about \[LeafletShortened\]", result.stderr), result.stderr
    assert "About" in text
    # More than headings have room for: an error that says by how much, and nothing is written.
    many = "# Your rights\n\n" + "".join(f"## You can ask for thing {n:03}\n\nWords.\n\n" for n in range(200))
    (content / "guidance/rights.md").write_text(many)
    result, text = fold(content, tmp_path / "none", cache)
    assert result.returncode == 1 and not text
    match = re.search(r"the three inside panels are over by (\d+) lines \[LeafletTooLong\]\n +help: .*never made smaller", result.stderr)
    assert match and int(match[1]) > 50, result.stderr


def test_rights_that_are_not_translated_stand_in_english(portal, tmp_path, cache):  # noqa: F811
    path = portal / "portal.yml"
    path.write_text(path.read_text().replace("threshold: 0", "threshold: 80"))
    words = portal / "translations/ar.po"
    missing = ["You can bring someone", "You can bring a friend or a relative to support you.", "You can have an interpreter"]
    for source in missing:
        text = words.read_text()
        assert f'msgid "{source}"' in text
        words.write_text(re.sub(rf'(msgid "{re.escape(source)}"\nmsgstr) ".*"', r'\1 ""', text))
    assert run("check", "--content", portal, "--theme", THEME).returncode == 0
    result = run("leaflets", "--content", portal, "--theme", THEME, "--output", tmp_path / "out", "--cache", cache)
    assert result.returncode == 0, result.stderr
    # The website has no such page in Arabic; the leaflet has every right, what is not translated in English.
    for kind in ["trifold", "a4"]:
        path = tmp_path / f"out/exampleshire/ar/sample-{kind}.pdf"
        text = normal("".join(tagged_text.runs(path, rtl=True)))
        assert all(normal(source) in text for source in missing), kind
        assert golden.tags(path).count("H3") >= 3


def test_rights_cannot_be_made_optional(portal, tmp_path, cache):  # noqa: F811
    spec = portal / "leaflets/sample.yml"
    spec.write_text(spec.read_text().replace("page: rights", "page: rights\n    optional: yes"))
    result = run("check", "--content", portal, "--theme", THEME)
    assert result.returncode == 1
    assert re.search(r"sample\.yml:13:\d+: error: rights cannot be optional \[OptionalRights\]", result.stderr), result.stderr


def test_a_long_title_and_a_long_notice_fit_the_cover(tmp_path, cache):  # noqa: F811
    leaflet = "title: Unbestreitbarkeitserklarungen\nformats: [trifold]\nsections: [{page: about, panel: flap}]\n"  # Nothing is inside.
    content = small_portal(tmp_path, {"about": page_of(20)}, leaflet)
    with open(content / "portal.yml", "a") as file:
        file.write("notice: |-\n  **Not official.**\n\n" + "".join(f"  Sentence {n} of a long notice for everyone.\n\n" for n in range(12)))
    result, text = fold(content, tmp_path / "out", cache)
    assert result.returncode == 0, result.stderr
    cover = subprocess.run(["pdftotext", "-l", "1", tmp_path / "out/one/en/leaflet-trifold.pdf", "-"], capture_output=True, text=True).stdout
    assert "Not official." in cover and "Sentence 0" not in cover
    # All of the title is inside the page.
    box = subprocess.run(["pdftotext", "-bbox", "-l", "1", tmp_path / "out/one/en/leaflet-trifold.pdf", "-"], capture_output=True, text=True).stdout
    word = re.search(r'xMax="([\d.]+)"[^>]*>Unbestreitbarkeitserklarungen<', box)
    assert word and float(word[1]) <= 100 / 25.4 * 72 - 8
    assert all(f"Sentence {n} " in text for n in range(12))
