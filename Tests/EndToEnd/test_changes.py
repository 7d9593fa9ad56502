"""What has changed since a day or a version, by Git."""

import json
import subprocess

import pytest
from conftest import run

PORTAL = "name: N\nbase-url: https://a.example\nlanguages: [en]\nfacts: {early: {label: How early, type: duration}}\n"


def council(value, phone):
    return (f"name: Kent County Council\nnation: england\nlanguages: [en]\nfacts: {{early: {{value: {value}, source: page}}}}\n"
            f"contacts: {{chair: {{name: The chair, phone: {phone}}}}}\n")


def git(site, *arguments, author="Anna Example", day="2026-01-01T12:00:00"):
    result = subprocess.run(
        ["git", *arguments], cwd=site.folder, capture_output=True, text=True, check=True,
        env={"PATH": "/usr/bin:/bin", "HOME": str(site.folder), "GIT_AUTHOR_NAME": author, "GIT_AUTHOR_EMAIL": "a@a.example",
             "GIT_COMMITTER_NAME": author, "GIT_COMMITTER_EMAIL": "a@a.example", "GIT_AUTHOR_DATE": day,
             "GIT_COMMITTER_DATE": day})
    return result.stdout


@pytest.fixture
def kept(site):
    (site.content / "councils/a/council.yml").unlink()
    site.write("portal.yml", PORTAL)
    site.write("councils/kent/council.yml", council("20 minutes", "01632 960 001"))
    site.write("guidance/rights.md", "# Rights\n\nYou have rights.\n\n## Bring someone {#supporter}\n\nA friend.\n\n"
               "### More {#more}\n\nIt is so.\n\n## Complain {#complain}\n\nWrite.\n")
    site.write("guidance/bild ü.png", b"\x89PNG")
    git(site, "init", "-q")
    git(site, "add", "content")
    git(site, "commit", "-qm", "first")
    git(site, "tag", "autumn")
    site.write("councils/kent/council.yml", council("30 minutes", "01632 960 002"))
    git(site, "commit", "-qam", "second", author="Ben Example", day="2026-03-01T12:00:00")
    site.write("guidance/rights.md", "# Rights\n\nYou have rights.\n\n\n## Bring someone {#supporter}\n\nA friend.\n\n"
               "### More {#more}\n\nIt is not so.\n\n## New {#new}\n\nNew.\n")
    site.write("councils/kent/rights.md", "## Bring someone {#supporter}\n\nTwo friends.\n")
    site.write("councils/medway/council.yml", "name: Medway Council\nnation: england\nlanguages: [en]\ndraft: yes\n")
    return site


def changes(site, *arguments):
    result = run("changes", "--content", "content", *arguments, cwd=site.folder)
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_what_has_changed_is_said_by_council_with_who_did_it(kept):
    text = changes(kept, "autumn")
    assert text.startswith("# What has changed since autumn\n\n## What every council shares\n")
    shared, kent = text.index("## What every council shares"), text.index("## Kent County Council")
    assert shared < text.index("Section changed – Rights: More") < kent
    assert "  - before: It is so.\n  - now: It is not so. (not committed yet)" in text
    assert "New section – Rights: New" in text and "Section taken away – Rights: Complain" in text
    assert "- Fact – How early: 30 minutes; before: 20 minutes (Ben Example)" in text[kent:]
    assert "- Contact – The chair: phone 01632 960 002; before: phone 01632 960 001 (Ben Example)" in text[kent:]
    assert "New section – Rights: Bring someone (not committed yet)" in text[kent:]
    assert "New council – Medway Council, being prepared" in text
    # A blank line and a section below it change nothing of what a section says.
    assert text.count("Bring someone") == 1


def test_a_day_a_version_and_data(kept):
    since = json.loads(changes(kept, "2026-02-01", "--format", "json"))["changes"]
    assert since == json.loads(changes(kept, "autumn", "--format", "json"))["changes"]
    later = json.loads(changes(kept, "2026-04-01", "--format", "json"))["changes"]
    assert {change["kind"] for change in later} == {"section", "council"}
    [fact] = [change for change in since if change["kind"] == "fact"]
    assert fact == {"kind": "fact", "council": "kent", "name": "How early", "before": "20 minutes", "after": "30 minutes",
                    "file": "content/councils/kent/council.yml", "people": ["Ben Example"]}
    own = json.loads(changes(kept, "autumn", "--format", "json", "--council", "medway"))["changes"]
    assert {change["council"] for change in own} == {None, "medway"}


def test_nothing_has_changed(kept):
    git(kept, "add", "-A")
    git(kept, "commit", "-qm", "third")
    assert changes(kept, "HEAD") == "No fact, contact or section has changed since HEAD.\n"


@pytest.mark.parametrize("since", ["no-such-tag", "--all", "-1", "2020-01-01", "2026-13-01"])
def test_what_git_does_not_know_is_refused(kept, since):
    result = run("changes", "--content", "content", "--", since, cwd=kept.folder)
    assert result.returncode == 64 and "Error" in result.stderr


def test_a_folder_without_git_is_refused(site):
    result = run("changes", "HEAD", "--content", "content", cwd=site.folder)
    assert result.returncode == 64 and "not kept by Git" in result.stderr
