"""Leaflets in braille: pages that fit, words that come back, and a plain message where there is none."""

import difflib
import re
import shutil
import subprocess
import zipfile

import pytest

from .conftest import ROOT
from .test_leaflets_command import run

# Of a portal that is not the example.
PORTAL = {
    "portal.yml": """\
name: Family meetings
base-url: https://help.example
languages: [en, pl, so]
translations: {publish-drafts: true, threshold: 0}
""",
    "guidance/meeting.md": """\
# The meeting

You are invited to a meeting about your family.

## Before the meeting {#before}

Phone {{contact chair}} or write to them. It costs £120.50 and takes 20 minutes. Be there at 9:30am on 21 November 2026.

> **Note**
> You can bring someone. They can speak for you.

1. Read the report.
2. Write down what you want to say, for example "I don't agree".
    - You can draw it too.

| What | When |
| --- | --- |
| The report | 2 days before |
| The minutes | 20 working days after |

## What happens next {#next}

Everything that people decide is written down. See [the law](https://www.legislation.gov.uk/ukpga/1989/41/section/47/enacted-version-of-it).
""",
    "councils/north/council.yml": """\
name: North Borough Council
nation: england
languages: [en, pl, so]
contacts:
  chair:
    name: The chair
    phone: 01632 960 000
    email: conference.chair@north-borough.example.gov.uk
    source: https://north.example/chair
    checked: 2026-11-01
""",
    "leaflets/meeting.yml": """\
title: The meeting
subtitle: What happens
about: [Keep this.]
contents: yes
formats: [braille, epub]
sections:
  - page: meeting
  - fill-in: Your meeting
    fields: [Date, Time]
  - contacts: [chair]
""",
    "translations/pl.po": """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: pl\\n"

msgid "The meeting"
msgstr "Spotkanie"

msgid "You are invited to a meeting about your family."
msgstr "Zapraszamy na spotkanie w sprawie Państwa rodziny. Żółć, źdźbło i ćma."
""",
    "translations/so.po": """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: so\\n"

msgid "The meeting"
msgstr "Kulanka"
""",
}
EXAMPLE = ("guide-for-parents",)
LANGUAGES = ("en", "ar", "ur", "zh-Hans", "pl", "bn")


def make(folder, portal):
    for name, text in portal.items():
        path = folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder / "content"


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """The leaflets of a portal that is not the example, and what was said."""
    folder = tmp_path_factory.mktemp("braille")
    result = run("leaflets", "--content", make(folder, PORTAL), "--output", folder / "out", "--cache", folder / "cache", cwd=ROOT)
    assert result.returncode == 0, result.stderr
    return folder / "out/north", result


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    folder = tmp_path_factory.mktemp("example-braille")
    languages = [part for tag in LANGUAGES for part in ("--language", tag)]
    result = run("leaflets", "--content", ROOT / "content", "--council", "oxfordshire", *languages, "--format", "braille",
                 "--format", "epub", "--output", folder / "out", "--cache", folder / "cache", cwd=ROOT)
    assert result.returncode == 0, result.stderr
    assert "BrailleSignMissing" not in result.stderr
    return folder / "out/oxfordshire"


def pages(file):
    """Lines of each page; every line ends with CR LF and every page with a form feed."""
    data = file.read_bytes()
    assert data.endswith(b"\r\n\f") and b"\t" not in data and not data.startswith(b"\xef\xbb\xbf")
    assert re.fullmatch(rb"[ -_\r\n\f]*", data), "only the 64 signs of braille in ASCII"
    assert data.count(b"\n") == data.count(b"\r\n") == data.count(b"\r")
    return [page.decode().split("\r\n")[:-1] for page in data.split(b"\f")[:-1]]


def words_of(file, table, tmp_path):
    """The words of a file, by liblouis's own way back to print."""
    lines = []
    for number, page in enumerate(pages(file)):
        # The line with the number of the page; guide dots and lines around boxes are no words.
        for line in page[1:]:
            line = line.strip()
            line = re.sub(r' "{2,} #[A-J]+$', "", line)
            if re.fullmatch('"3{5,}', line):
                continue
            lines.append(line)
    text = " ".join(lines)
    # What was broken off without a blank.
    text = re.sub(r'(?<=[^ "])" (?=\S)', "", text)
    source = tmp_path / "back.txt"
    # The program reads at most so much at a time, and takes a backslash for the beginning of an escape.
    source.write_text("\n".join(" ".join(part) for part in chunks(text.replace("\\", "\\\\").split())) + "\n")
    result = subprocess.run(["lou_translate", "--backward", f"en-us-brf.dis,{table}"], stdin=source.open(),
                            capture_output=True, text=True, check=True)
    return plain(result.stdout)


def chunks(items, size=60):
    return [items[start:start + size] for start in range(0, len(items), size)]


def plain(text):
    return re.findall(r"[\w]+", text.lower().replace("’", "'").replace("'", ""))


def words_of_book(file):
    with zipfile.ZipFile(file) as archive:
        names = [name for name in archive.namelist() if re.search(r"part-\d+\.xhtml", name)]
        names.sort(key=lambda name: int(re.search(r"\d+", name.rsplit("/")[-1]).group()))
        text = " ".join(archive.read(name).decode() for name in names)
    text = re.sub(r"<head>.*?</head>", " ", text, flags=re.S)
    text = re.sub(r"<[^>]+>", " ", text)
    for sign, said in (("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"')):
        text = text.replace(sign, said)
    return plain(text)


def share_found(wanted, found):
    """How many of the wanted words come back, in their order."""
    matcher = difflib.SequenceMatcher(None, wanted, found, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) / len(wanted)


def every_file(own, example):
    return [own[0] / tag / "meeting-braille.brf" for tag in ("en", "pl")] + [
        example / tag / f"{name}-braille.brf" for tag in LANGUAGES for name in EXAMPLE]


def test_lines_and_pages_are_never_too_long(own, example):
    for file in every_file(own, example):
        made = pages(file)
        assert len(made) > 1
        for number, page in enumerate(made, 1):
            assert len(page) <= 25, (file, number)
            assert all(len(line) <= 40 for line in page), (file, number)
            # The page's number, at the end of the first line.
            digits = "".join("JABCDEFGHI"[int(digit)] for digit in str(number))
            assert page[0].endswith("#" + digits) and len(page[0]) == 40
            assert not page[-1].endswith(" ") and page[-1]
        assert any(len(page) > 20 for page in made)


def test_words_come_back(own, example, tmp_path):
    # Where two ways back are possible, liblouis sometimes takes the other: 'https:' becomes 'httpscc'.
    for folder, name in ((own[0], "meeting"), (example, "guide-for-parents")):
        found = words_of(folder / "en" / f"{name}-braille.brf", "en-ueb-g2.ctb", tmp_path)
        assert share_found(words_of_book(folder / "en" / f"{name}-epub.epub"), found) > 0.97
    found = words_of(example / "pl/guide-for-parents-braille.brf", "Pl-Pl-g1.utb", tmp_path)
    assert share_found(words_of_book(example / "pl/guide-for-parents-epub.epub"), found) > 0.9


def test_numbers_and_addresses_are_right(own):
    text = "\n".join("\n".join(page) for page in pages(own[0] / "en/meeting-braille.brf"))
    # A number is one piece: the blanks in it are numeric spaces (dot 5).
    assert '#JAFCB"IFJ"JJJ' in text
    assert "@L#ABJ4EJ" in text and "#BJBF" in text
    address = text.replace('"\n  ', "").replace('"\n', "")
    assert "@A" in address and "BOR\\<-B\\RGH" not in address
    polish = "\n".join("\n".join(page) for page in pages(own[0] / "pl/meeting-braille.brf"))
    assert "#JAFCB #IFJ #JJJ" in polish


def test_the_first_page_says_that_nobody_has_proof_read_it(own, example, tmp_path):
    for file, table in ((own[0] / "en/meeting-braille.brf", "en-ueb-g2.ctb"),
                        (own[0] / "pl/meeting-braille.brf", "en-ueb-g1.ctb"),
                        (example / "ar/guide-for-parents-braille.brf", "en-ueb-g1.ctb")):
        first = " ".join(line.strip() for line in pages(file)[0])
        back = subprocess.run(["lou_translate", "--backward", f"en-us-brf.dis,{table}"], input=first.replace("\\", "\\\\") + "\n",
                              capture_output=True, text=True, check=True).stdout.lower()
        assert "nobody has proof-read it" in back and "liblouis" in back, back


def test_a_language_without_a_table_gets_a_message_and_no_file(own):
    folder, result = own
    assert (folder / "so/meeting-epub.epub").exists() and not (folder / "so/meeting-braille.brf").exists()
    assert re.search(r"meeting\.yml.*no braille in Somali", result.stderr), result.stderr
    assert "in Polish" not in result.stderr or "BrailleTableMissing" not in result.stderr.split("in Polish")[0]


def test_headings_never_end_a_page(example):
    def indent(line):
        return len(line) - len(line.lstrip())

    headings = 0
    for page in pages(example / "en/guide-for-parents-braille.brf"):
        lines = list(page)
        last = indent(lines[-1])
        # Headings begin at the fifth cell, the seventh, or in the middle, after a line of nothing; an item goes on there too.
        while len(lines) > 1 and indent(lines[-1]) == last:
            lines.pop()
        assert last not in (4, 6) or lines[-1].strip(), page
        headings += sum(indent(line) in (4, 6) and not before.strip() for before, line in zip(page, page[1:]))
    assert headings > 20


def test_the_same_words_give_the_same_bytes(own, tmp_path):
    run("leaflets", "--content", make(tmp_path, PORTAL), "--output", tmp_path / "out", "--cache", tmp_path / "cache", cwd=ROOT)
    for tag in ("en", "pl"):
        name = f"{tag}/meeting-braille.brf"
        assert (tmp_path / "out/north" / name).read_bytes() == (own[0] / name).read_bytes()


def test_the_page_of_leaflets_says_what_it_is_for(tmp_path):
    content = make(tmp_path, PORTAL)
    result = run("build", "--content", content, "--output", tmp_path / "site", cwd=ROOT)
    assert result.returncode == 0, result.stderr
    page = (tmp_path / "site/north/leaflets/index.html").read_text() if (tmp_path / "site/north").exists() else (
        tmp_path / "site/leaflets/index.html").read_text()
    link = re.search(r'<a [^>]*href="[^"]*meeting-braille\.brf"[^>]*>([^<]*)</a>\s*(.*?)</p>', page, re.S)
    assert link and "not proof-read" in link[1] and "BRF" in link[2] and "Nobody has proof-read it" in link[2], page


def test_without_liblouis_the_rest_is_published(tmp_path):
    """A Python that cannot load the library: as on a machine without it."""
    content = make(tmp_path, PORTAL)
    wrapper = tmp_path / "python"
    python = ROOT / ".signpost/venv/bin/python"
    blocked = tmp_path / "blocked"
    blocked.mkdir()
    # The worker is started with -I, which looks at no folder: so the library's name is made one that is not there.
    wrapper.write_text(f"""#!/bin/sh
last=
for part in "$@"; do last=$part; done
case "$last" in
*liblouis*) exec {python} -I -B -c 'import json; print(json.dumps({{"failure": "the library liblouis is not installed"}}))' ;;
*) exec {python} "$@" ;;
esac
""")
    wrapper.chmod(0o755)
    arguments = ("build", "--content", content, "--output", tmp_path / "site")
    result = run(*arguments, cwd=ROOT, env={"SIGNPOST_PYTHON": str(wrapper)})
    assert result.returncode == 0, result.stderr
    assert re.search(r"warning: .*braille.*meeting.*\[BrailleSkipped\]", result.stderr) and "liblouis-bin" in result.stderr
    assert list((tmp_path / "site").rglob("meeting-epub.epub")) and not list((tmp_path / "site").rglob("*.brf"))
    strict = run(*arguments, "--strict", cwd=ROOT, env={"SIGNPOST_PYTHON": str(wrapper)})
    assert strict.returncode == 1 and re.search(r"error: .*\[BrailleSkipped\]", strict.stderr)
    # As soon as it is there, the braille is made.
    result = run(*arguments, cwd=ROOT)
    assert result.returncode == 0 and "BrailleSkipped" not in result.stderr
    assert list((tmp_path / "site").rglob("meeting-braille.brf"))


def test_tools_are_there():
    if not shutil.which("lou_translate"):
        pytest.fail("lou_translate is not installed: tools/install.sh test")
