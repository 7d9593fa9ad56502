"""A language that is added to a portal, and Welsh, on a council of invented name: Tests/Welsh."""

import json
import re
import shutil
import subprocess
from html.parser import HTMLParser

import pytest

from conftest import ROOT, run

WELSH = ROOT / "Tests" / "Welsh" / "portal"
COUNCIL = "councils/sir-y-foel/council.yml"


@pytest.fixture
def portal(tmp_path):
    """The Welsh council's portal, and a copy of the theme beside it."""
    shutil.copytree(WELSH, tmp_path / "content")
    shutil.copytree(ROOT / "themes" / "default", tmp_path / "themes" / "default")
    return tmp_path


@pytest.fixture
def english(portal):
    """The same before anybody thought of Welsh."""
    for file in ("portal.yml", COUNCIL):
        path = portal / "content" / file
        path.write_text(path.read_text().replace("languages: [en, cy]", "languages: [en]  # more to come"))
    shutil.rmtree(portal / "content" / "translations")
    return portal


def build(folder, *arguments):
    return run("build", "--no-leaflets", *arguments, cwd=folder)


def tree(folder):
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


class Words(HTMLParser):
    """The text of a page with the language of each stretch."""

    VOID = {"meta", "link", "input", "br", "img", "hr"}

    def __init__(self, html):
        super().__init__()
        self.languages, self.found, self.open = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        language = attributes.get("lang") or (self.languages[-1] if self.languages else None)
        if attributes.get("translate") == "no":
            # Addresses and numbers are in no language.
            language = None
        for name in ("aria-label", "content"):
            # What a window is like is for browsers, and in no language.
            if tag in self.VOID and attributes.get(name) and attributes.get("name") != "viewport":
                self.found.append((language, attributes[name]))
        if tag not in self.VOID:
            self.languages.append(language)
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag in self.open:
            while self.open.pop() != tag:
                self.languages.pop()
            self.languages.pop()

    def handle_data(self, data):
        if data.strip() and self.open and self.open[-1] not in ("script", "style"):
            self.found.append((self.languages[-1], " ".join(data.split())))


def test_a_language_is_added_with_one_command_which_says_what_is_missing(english):
    before = tree(english / "themes")
    result = run("translations", "add", "cy", cwd=english)
    assert result.returncode == 0, result.stderr
    for file in ("portal.yml", COUNCIL):
        assert "languages: [en, cy]  # more to come" in (english / "content" / file).read_text()
    catalogue = (english / "content/translations/cy.po").read_text()
    assert "nplurals=6" in catalogue and 'msgid "You can bring someone"\nmsgstr ""' in catalogue
    assert "msgstr[2] for 2" in result.stdout
    assert re.search(r"interface: all \d+ words are translated", result.stdout)
    assert "search/cy.yml" in result.stdout and "no vocabulary" not in result.stdout
    assert tree(english / "themes") == before
    # Again, it changes nothing.
    first = tree(english)
    again = run("translations", "add", "cy", cwd=english)
    assert again.returncode == 0 and "already" in again.stdout
    assert tree(english) == first


def test_the_list_of_languages_may_be_written_in_any_way(english):
    (english / "content/portal.yml").write_text(
        (english / "content/portal.yml").read_text().replace(
            "languages: [en]  # more to come", "languages:\n  - en # English\n"))
    (english / "content" / COUNCIL).write_text(
        (english / "content" / COUNCIL).read_text().replace("languages: [en]  # more", "languages: [\n    en,\n  ] # more"))
    result = run("translations", "add", "hu", cwd=english)
    assert result.returncode == 0, result.stderr
    assert "  - en # English\n  - hu\n" in (english / "content/portal.yml").read_text()
    assert build(english).returncode == 0
    # What a portal lacks in Hungarian is said, and waits in the portal.
    words = json.loads(run("build", "--no-leaflets", "--format", "json", cwd=english).stdout)
    missing = [d for d in words["diagnostics"] if d["rule"] == "MissingInterfaceStrings"]
    assert missing and missing[0]["file"] == "content/translations/interface/hu.po"
    assert (english / "content/translations/interface/hu.po").exists()
    assert "no vocabulary" in result.stdout


@pytest.mark.parametrize("tag, near", [("ku", "kmr"), ("welsh", "cy"), ("cym", "cy"), ("zh", "zh-Hans")])
def test_of_an_unknown_tag_it_says_what_is_near(english, tag, near):
    before = tree(english)
    result = run("translations", "add", tag, cwd=english)
    assert result.returncode == 64 and f"'{near}'" in result.stderr
    assert tree(english) == before


@pytest.mark.parametrize("tag, direction", [("cy", "ltr"), ("he", "rtl")])
def test_every_english_word_of_the_interface_says_that_it_is_english(english, tag, direction):
    (english / "themes/default/translations/cy.po").unlink()
    settings = english / "content/portal.yml"
    settings.write_text(settings.read_text().replace("threshold: 80", "threshold: 0"))
    assert run("translations", "add", tag, cwd=english).returncode == 0
    catalogue = english / f"content/translations/{tag}.po"
    # Translated, as far as a test can: without a letter of English, so that any English on a page is the interface's.
    letter = {"cy": "ŵ", "he": "ש"}[tag]
    catalogue.write_text(re.sub(
        r'^msgid "(?!")(.*)"\nmsgstr ""$',
        lambda found: f'msgid "{found[1]}"\nmsgstr "' + "".join(
            part if part.startswith("{{") else re.sub(r"[A-Za-z]+", letter * 4, part)
            for part in re.split(r"(\{\{.*?\}\})", found[1])) + '"',
        catalogue.read_text(), flags=re.M))
    result = build(english)
    assert result.returncode == 0, result.stdout + result.stderr
    strings = (english / "themes/default/strings.yml").read_text()
    known = {w for w in re.findall(r"[A-Za-z]{4,}", re.sub(r"\{\w+\}|^[\w-]+:|^#.*", "", strings, flags=re.M))}
    pages = list((english / f"site/{tag}").rglob("*.html"))
    assert len(pages) > 6
    marked = 0
    for page in pages:
        html = page.read_text()
        assert "\x03" not in html and "\x04" not in html
        for language, text in Words(html).found:
            if language == "en":
                marked += 1
            # The document's title has one language, and names stay names. The policy is for the browser.
            elif language and not text.startswith("default-src ") and text not in re.findall(r"<title>(.*?)</title>", html):
                unmarked = set(re.findall(r"[A-Za-z]{4,}", text)) & known
                assert not unmarked or "Sir y Foel" in text, (page, language, text)
        if direction == "rtl":
            assert '<span lang="en" dir="ltr">' in html
    assert marked > 50
    index = (english / f"site/{tag}/search-{tag}.js").read_text()
    assert '"foreign":"count none near ask danger page foreign"' in index


def test_a_portal_has_its_own_words_of_the_interface(portal):
    folder = portal / "content/translations/interface"
    folder.mkdir()
    (folder / "cy.po").write_text(
        'msgid ""\nmsgstr ""\n"Language: cy\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "Leave this site"\nmsgstr "Ffoi o’r wefan hon"\n')
    before = tree(portal / "themes")
    assert run("translations", "extract", "--interface", cwd=portal).returncode == 0
    assert tree(portal / "themes") == before
    assert "Ffoi o’r wefan hon" in (folder / "cy.po").read_text()
    assert build(portal).returncode == 0
    html = (portal / "site/cy/rights/index.html").read_text()
    assert "Ffoi o’r wefan hon" in html and "Chwilio" in html
    # A mistake in it is found where it is.
    (folder / "cy.po").write_text((folder / "cy.po").read_text() + '\nmsgid "Last reviewed on {date}"\nmsgstr "Adolygwyd"\n')
    result = run("translations", "check", cwd=portal)
    assert result.returncode == 1 and "interface/cy.po" in result.stderr and "PlaceholderMismatch" in result.stderr


def test_the_welsh_pages_are_welsh(portal):
    result = build(portal)
    assert result.returncode == 0 and "MissingInterfaceStrings" not in result.stderr
    pages = list((portal / "site/cy").rglob("*.html"))
    for page in pages:
        for language, text in Words(page.read_text()).found:
            assert language != "en" or text in ("English", "Sir y Foel County Council"), (page, text)
    rights = (portal / "site/cy/rights/index.html").read_text()
    # Counts take the forms of Welsh: 2 ddiwrnod, 6 wythnos, 10 diwrnod; months and dates are spelt out.
    for words in ("2 ddiwrnod gwaith", "6 wythnos", "10 diwrnod gwaith", "21 Tachwedd 2026"):
        assert words in rights, words
    assert "3 mis" in (portal / "site/cy/about/index.html").read_text()
    for name in (portal / "site").rglob("*.html"):
        html = name.read_text()
        if name.parent.name not in ("site",) and 'hreflang="cy"' in html:
            assert 'hreflang="en"' in html, name


@pytest.mark.parametrize("question, answer", [
    ("fydda i'n colli fy mhlant", "faq/before/#take"),
    ("oes raid i fi fynd", "faq/before/#have-to-go"),
    ("ga i ddod â ffrind efo fi", "rights/#supporter"),
    ("pa mor hir mae'n para", "about/#how-long"),
    ("siarad cymraeg yn y cyfarfod", "rights/#welsh"),
])
def test_welsh_families_find_answers_in_their_own_words(portal, question, answer):
    result = run("search", "try", question, "--language", "cy", "--format", "json", cwd=portal)
    assert result.returncode == 0, result.stderr
    first = json.loads(result.stdout)["searches"][0]["answers"][0]
    assert first["address"] == "cy/" + answer.replace("/#", "/index.html#")


@pytest.mark.parametrize("question, isDanger", [
    ("mae'r gŵr yn fy mwrw i", True), ("mae fy nhad yn fy nharo", True), ("dw i eisiau marw", True),
    ("mae e tu fas i'r drws", True), ("mae e'n bygwth fy lladd", True), ("mae ganddo gyllell", True),
    ("dwi ddim isio byw", True), ("mae rhywun wedi cam-drin fy mhlentyn", True), ("mae o'n fy nilyn i", True),
    ("sut mae lladd amser", False), ("pwy sy'n mynd i'r cyfarfod", False), ("treth cyngor", False),
    ("beth yw cynllun amddiffyn plant", False), ("ydy hi'n bwrw glaw", False), ("curo dwylo yn y cyfarfod", False),
    ("oes rhaid dilyn y cynllun", False),
    ("mae e'n cicio fy mab", True), ("a allan nhw gicio fy mab allan o'r ysgol", False),
])
def test_welsh_words_of_danger(portal, question, isDanger):
    result = run("search", "try", question, "--language", "cy", cwd=portal)
    assert result.returncode == 0, result.stderr
    assert ("BOX OF DANGER" in result.stdout) == isDanger


def said(portal, page, language=""):
    html = (portal / "site" / language / page / "index.html").read_text()
    return " ".join(text for _, text in Words(html).found)


def test_the_title_of_a_leaflet_waits_in_english_until_it_is_welsh(portal):
    settings = portal / "content" / COUNCIL
    settings.write_text(settings.read_text() + "parity: [en, cy]\n")
    leaflet = portal / "content/leaflets/conference.yml"
    old, new = "What happens, and what you can do", "What happens there, and what you can do"

    def paper(language):
        made = run("leaflets", "--language", language, "--format", "a4", "--output", "paper", cwd=portal)
        assert made.returncode == 0, made.stderr
        path = next((portal / "paper").glob(f"*/{language}/*a4.pdf"))
        return " ".join(subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout.split())

    welsh = re.sub("Fersiwn.*?,", "", paper("cy"))
    leaflet.write_text(leaflet.read_text().replace(old, new))
    result = build(portal)
    assert result.returncode == 0, result.stderr
    assert "leaflets/conference.yml:2:11: note" in result.stdout + result.stderr
    assert old in paper("en") and new not in paper("en")
    assert new not in paper("cy") and re.sub("Fersiwn.*?,", "", paper("cy")) == welsh
    assert run("translations", "extract", cwd=portal).returncode == 0
    assert new[:40] in (portal / "content/translations/waiting.yml").read_text()
    assert "leaflets/conference" in run("translations", "status", cwd=portal).stdout

    # New words that Welsh never had are named, as on pages.
    leaflet.write_text(leaflet.read_text().replace("This leaflet is for parents and carers.", "Ask for it in braille."))
    result = build(portal)
    assert "leaflets/conference.yml:4:5: warning" in result.stdout + result.stderr
    assert "MissingInParity" in result.stdout + result.stderr


def test_a_changed_sentence_waits_in_english_until_it_is_welsh(portal):
    settings = portal / "content" / COUNCIL
    settings.write_text(settings.read_text() + "parity: [en, cy]\n")
    page = portal / "content/guidance/about.md"
    old, new = "A child protection conference is a meeting.", "A child protection conference is a kind of meeting."
    assert build(portal).returncode == 0
    welsh = said(portal, "about", "cy")
    page.write_text(page.read_text().replace(old, new))

    def waits():
        result = build(portal)
        assert result.returncode == 0, result.stderr
        assert "HeldForParity" in result.stdout + result.stderr
        assert old in said(portal, "about") and new not in said(portal, "about")
        assert said(portal, "about", "cy") == welsh
        index = (portal / "site/search-en.js").read_text()
        assert old in index and new not in index
        # Whoever makes the English pages alone gets the same ones.
        whole = (portal / "site/about/index.html").read_text()
        alone = run("build", "--no-leaflets", "--language", "en", "--output", "english", cwd=portal)
        assert alone.returncode == 0, alone.stderr
        assert old in (portal / "english/about/index.html").read_text() and old in whole
        assert not (portal / "english/cy").exists()

    waits()
    record = portal / "content/translations/waiting.yml"
    assert not record.exists()
    assert run("translations", "extract", cwd=portal).returncode == 0
    assert new[:40] in record.read_text()
    waits()
    status = run("translations", "status", cwd=portal)
    assert "since 20" in status.stdout and new in status.stdout
    rows = json.loads(run("translations", "status", "--format", "json", cwd=portal).stdout)["status"]
    assert [item["page"] for row in rows for item in row["waiting"]] == ["about"]

    # After a month it is a warning, and nothing to publish.
    record.write_text(re.sub(r"\d{4}-\d\d-\d\d", "2026-01-01", record.read_text()))
    assert "HeldTooLong" in run("check", cwd=portal).stdout + run("check", cwd=portal).stderr
    strict = json.loads(run("check", "--strict", "--format", "json", cwd=portal).stdout)
    assert [d["severity"] for d in strict["diagnostics"] if d["rule"] == "HeldTooLong"] == ["error"]

    # The Welsh arrives: both say it with the same build.
    catalogue = portal / "content/translations/cy.po"
    text = catalogue.read_text()
    entry = next(block for block in text.split("\n\n") if f'msgid "{new}' in block.replace('"\n"', ""))
    mended = re.sub(r"^#\| .*\n|^#, fuzzy\n", "", entry, flags=re.M)
    mended = mended[:mended.index("msgstr")] + 'msgstr "Math o gyfarfod yw cynhadledd amddiffyn plant. Mae pobl yn siarad."'
    catalogue.write_text(text.replace(entry, mended))
    result = build(portal)
    assert result.returncode == 0 and "HeldForParity" not in result.stdout + result.stderr
    assert new in said(portal, "about") and "Math o gyfarfod" in said(portal, "about", "cy")
    assert run("translations", "extract", cwd=portal).returncode == 0
    assert not record.exists()
