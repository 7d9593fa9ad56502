"""Folders as councils have them, in the manner of other programs: each builds after `check --fix`, and is told what to tidy."""

import html
import re
import shutil

import pytest

from conftest import ROOT

FOLDERS = ROOT / "Tests/EndToEnd/folders"

# What a check still names after its fixes, and what readers then find in the pages.
FOLDER = {
    "docusaurus": (
        {"ForeignKey", "GuessedLink", "LinkToUnreadFile", "RawHTML", "UnreadFile"},
        {"intro": ["Tip", "You can bring a friend."], "rights": ["Take care", "Please note", "Ask the chair."]}),
    "google-docs": ({"RemoteImage"}, {"family-guide": ["Read the report", "An advocate can come."]}),
    "govuk-tech-docs": ({"ForeignKey", "ForeignSyntax", "GuessedLink"}, {"rights": ["You can see your file."]}),
    "hugo": ({"ForeignKey", "ForeignPlaceholder", "ForeignSyntax"}, {"meeting": ["Come early."], "rights": ["Back to the meeting"]}),
    "jekyll": ({"ForeignKey", "ForeignPlaceholder", "ForeignSyntax"}, {"": ["your rights"], "your-rights": ["You can bring someone"]}),
    "localgov-drupal": (
        {"ForeignKey", "OtherSiteAddress", "RawHTML"},
        {"child-protection-conferences": ["A conference is a meeting about your child.", "Your social worker"]}),
    "mkdocs-material": (
        {"ForeignKey", "ForeignSyntax"}, {"": ["Please note", "Warning", "Ask us for help with childcare."], "complain": ["By post or e-mail."]}),
    "notion": (set(), {"family-guide-8f2c1d7e9a0b4c3d8e5f6a7b8c9d0e1f": ["You can bring someone to the meeting.", "Read the report"]}),
    "obsidian": (
        {"ForeignKey", "MissingAlternative", "MissingTitle"},
        {"start-here": ["Parents and carers.", "what happens next"], "what-happens": ["Please note"]}),
    "word-pandoc": ({"TableAsText", "UnusablePicture", "WordResidue"}, {"booklet": ["The law calls it", "a teacher"]}),
}


def test_every_folder_is_tried():
    assert {folder.name for folder in FOLDERS.iterdir()} == set(FOLDER)
    assert len(FOLDER) == 10


def text_of(page):
    main = re.search(r"<main.*?</main>", page.read_text(), re.S)[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


@pytest.mark.parametrize("name", sorted(FOLDER))
def test_a_folder_builds_after_its_fixes(site, name):
    shutil.rmtree(site.content / "guidance")
    shutil.copytree(FOLDERS / name, site.content / "councils/a", dirs_exist_ok=True)
    rules, pages = FOLDER[name]
    site.run("check", "--fix")
    found = site.problems()
    assert [d for d in found if d["severity"] == "error"] == []
    assert rules <= {d["rule"] for d in found}, rules - {d["rule"] for d in found}
    built = site.build()
    assert built.returncode == 0, built.stderr
    for page, texts in pages.items():
        text = text_of(site.output / page / "index.html")
        assert [wanted for wanted in texts if wanted not in text] == []
        # Boxes, links of wikis and lists to tick are no signs that readers see.
        assert not re.search(r":::|\[!|\[\[|\[[ x]\] |^!!! ", text), text


@pytest.mark.parametrize("name", sorted(FOLDER))
def test_fixes_find_nothing_more_to_do(site, name):
    shutil.copytree(FOLDERS / name, site.content / "councils/a", dirs_exist_ok=True)
    site.run("check", "--fix")
    after = {path: path.read_bytes() for path in site.content.rglob("*.md")}
    site.run("check", "--fix")
    assert {path: path.read_bytes() for path in site.content.rglob("*.md")} == after
