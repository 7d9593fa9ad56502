"""Leaflets as books for phones: valid, the same every time, in the right language and direction, and read by a browser."""

import re
import shutil
import subprocess
import zipfile
from xml.etree import ElementTree

import browsers
import pytest

from conftest import FULL

from .conftest import ROOT
from .test_leaflets_command import run

LANGUAGES = ("en", "ar", "zh-Hans")
BOOKS = ("guide-for-parents", "simple-words", "young-people")
OPF = "{http://www.idpf.org/2007/opf}"
XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(scope="module")
def books(tmp_path_factory):
    """The example's books of one council, by language and name."""
    folder = tmp_path_factory.mktemp("books")
    languages = [part for tag in LANGUAGES for part in ("--language", tag)]
    result = run("leaflets", "--content", ROOT / "content", "--council", "oxfordshire", "--format", "epub", *languages,
                 "--output", folder / "out", "--cache", folder / "cache", cwd=ROOT)
    assert result.returncode == 0, result.stderr
    found = {(tag, name): folder / "out/oxfordshire" / tag / f"{name}-epub.epub" for tag in LANGUAGES for name in BOOKS}
    assert all(file.exists() for file in found.values()), result.stdout
    assert not list((folder / "out").rglob("*.pdf"))
    return found


def documents(book):
    with zipfile.ZipFile(book) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist() if name.endswith((".xhtml", ".opf"))}


# Every book, and a book in every language: what is of the book and what is of the language are apart.
CHECKED = [(tag, name) for place, tag in enumerate(LANGUAGES) for turn, name in enumerate(BOOKS)
           if FULL or tag == "en" or turn == place]


@pytest.mark.parametrize("language, name", CHECKED)
def test_epubcheck_finds_nothing(books, language, name):
    program = shutil.which("epubcheck")
    if not program:
        pytest.fail("epubcheck is not installed: tools/install.sh test")
    # Debian's is an archive of Java, which not every machine starts by itself.
    command = [*browsers.JAVA, "-jar", program] if zipfile.is_zipfile(program) else [program]
    result = subprocess.run([*command, "--failonwarnings", str(books[language, name])],
                            capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def test_the_type_stands_first_as_it_is(books):
    """OCF 3.3, 4.2: readers know the file by these bytes."""
    data = books["en", "guide-for-parents"].read_bytes()
    assert data[30:58] == b"mimetypeapplication/epub+zip"
    with zipfile.ZipFile(books["en", "guide-for-parents"]) as archive:
        assert archive.infolist()[0].compress_type == zipfile.ZIP_STORED
        assert archive.testzip() is None


def test_the_same_words_give_the_same_bytes(books, tmp_path):
    run("leaflets", "--content", ROOT / "content", "--council", "oxfordshire", "--format", "epub", "--language", "ar",
        "--output", tmp_path / "out", "--cache", tmp_path / "cache", cwd=ROOT)
    for name in BOOKS:
        again = tmp_path / "out/oxfordshire/ar" / f"{name}-epub.epub"
        assert again.read_bytes() == books["ar", name].read_bytes()


@pytest.mark.parametrize("language", LANGUAGES)
def test_language_direction_and_what_readers_can_expect(books, language):
    direction = "rtl" if language == "ar" else "ltr"
    for name in BOOKS:
        files = documents(books[language, name])
        package = ElementTree.fromstring(files["EPUB/package.opf"])
        assert package.find(f"{OPF}spine").get("page-progression-direction") == direction
        said = {(meta.get("property"), meta.text) for meta in package.iter(f"{OPF}meta")}
        assert {("schema:accessMode", "textual"), ("schema:accessModeSufficient", "textual"),
                ("schema:accessibilityFeature", "tableOfContents"), ("schema:accessibilityHazard", "none")} <= said
        assert ("schema:accessMode", "visual") in said if name == "simple-words" else True
        for file, text in files.items():
            if file.endswith(".xhtml"):
                root = ElementTree.fromstring(text)
                assert (root.get("lang"), root.get("dir")) == (language, direction)
                # What is in English says so.
                for element in root.iter():
                    if element.get("lang") == "en" and language != "en":
                        assert element.get("dir") == "ltr"


def test_every_link_within_a_book_leads_somewhere(books):
    for book in books.values():
        with zipfile.ZipFile(book) as archive:
            names = set(archive.namelist())
            files = {name: ElementTree.fromstring(archive.read(name)) for name in names if name.endswith(".xhtml")}
        ids = {name: {element.get("id") for element in root.iter()} for name, root in files.items()}
        inside = 0
        for name, root in files.items():
            for link in root.iter(f"{XHTML}a"):
                target, _, fragment = link.get("href").partition("#")
                if re.match(r"[a-z]+:", target):
                    continue
                file = "EPUB/" + target if target else name
                assert file in names and (not fragment or fragment in ids[file]), (name, link.get("href"))
                inside += 1
        assert inside > 4


def test_it_holds_the_rights_of_the_paper_and_no_room_to_write(books):
    text = " ".join(documents(books["en", "guide-for-parents"]).values())
    for words in ("You can bring someone", "You can complain", "Can the conference take my child away?", "tel:999"):
        assert words in text
    # Lines to fill in, and addresses behind links, are for paper.
    assert "Who comes with me" not in text
    assert "(guidance.example.org" not in text


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_phone_shows_it_without_sideways_scroll(books, language, tmp_path, chromium):
    with zipfile.ZipFile(books[language, "simple-words"]) as archive:
        archive.extractall(tmp_path)
    context = chromium.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    for name in ("start", "nav", "part-1", "end"):
        page.goto((tmp_path / f"EPUB/{name}.xhtml").as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        if name == "part-1":
            assert page.evaluate("document.images.length") > 40
            assert page.evaluate("[...document.images].every(image => image.naturalWidth > 0)")
    context.close()
