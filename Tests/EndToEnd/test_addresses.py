"""Addresses that never die: what was published is remembered, missed when it goes, and moved without loss."""

import json
import shutil

import pytest
from conftest import COUNCIL, ROOT, run

LEAFLET = """title: Your rights
page: rights
formats: [a4, trifold]
sections:
  - page: rights
    sections: [supporter]
"""
PAGES = {
    "portal.yml": "name: Cymorth\nbase-url: https://help.example\nlanguages: [en]\nhome-questions: [\"faq/first#nan\"]\n",
    "councils/powys/council.yml": COUNCIL.replace("Council A", "Powys"),
    "councils/gwynedd/council.yml": COUNCIL.replace("Council A", "Gwynedd"),
    "councils/gwynedd/rights.md": "## You can bring someone {#supporter}\n\nBring two people.\n",
    "guidance/rights.md": "# Your rights\n\n## You can bring someone {#supporter}\n\nBring a friend.\n\n"
                          + "## You can read the report {#report}\n\n" + "Read it with us before the meeting.\n\n" * 40,
    "guidance/faq/first.md": "# First questions\n\n## Can my nan come? {#nan}\n\nYes, see [your rights](../rights.md#supporter).\n",
    "leaflets/rights.yml": LEAFLET,
}


@pytest.fixture
def portal(site):
    shutil.rmtree(site.content)
    for path, text in PAGES.items():
        site.write(path, text)
    return site


def signpost(site, command, *arguments):
    where = ["--content", "content", *(["--theme", ROOT / "themes/default"] if command != "move" else [])]
    return run(command, *where, *arguments, cwd=site.folder,
               env={"SIGNPOST_PYTHON": str(ROOT / ".signpost/venv/bin/python")})


def lost(site):
    found = json.loads(signpost(site, "check", "--format", "json").stdout)["diagnostics"]
    return [(p["severity"], p["line"], p["message"], p["help"]) for p in found if p["rule"] == "LostAddress"]


def record(site):
    result = signpost(site, "build", "--output", "site", "--record")
    assert result.returncode == 0, result.stderr
    return (site.content / "addresses.yml").read_text()


def test_a_letter_and_a_leaflet_still_lead_to_the_page(portal):
    text = record(portal)
    assert "  - rights#supporter\n" in text and "qr-codes:\n  - rights\n" in text
    pdfs = sorted(path.name for path in (portal.output / "powys/leaflets").glob("*.pdf"))
    assert pdfs and all(f"  - leaflets/{name}\n" in text for name in pdfs)
    assert lost(portal) == []
    again = signpost(portal, "build", "--output", "site", "--record")
    assert "addresses.yml: every address was recorded already." in again.stdout
    assert (portal.content / "addresses.yml").read_text() == text

    # Renamed by hand: the QR code would lead nowhere, so nothing is published.
    (portal.content / "guidance/rights.md").rename(portal.content / "guidance/your-rights.md")
    (portal.content / "councils/gwynedd/rights.md").rename(portal.content / "councils/gwynedd/your-rights.md")
    (portal.content / "leaflets/rights.yml").write_text(LEAFLET.replace("page: rights", "page: your-rights"))
    portal.write("guidance/faq/first.md", PAGES["guidance/faq/first.md"].replace("rights.md", "your-rights.md"))
    [(severity, line, message, way_out)] = [p for p in lost(portal) if "'rights'" in p[2]]
    assert severity == "error" and "QR code" in message
    assert text.splitlines()[line - 1].strip() == "- rights"
    assert "content/guidance/your-rights.md" in way_out and "'aliases: [rights]'" in way_out
    assert signpost(portal, "build", "--output", "site").returncode == 1

    # With the line that the problem gives, it is mended.
    page = portal.content / "guidance/your-rights.md"
    page.write_text("---\naliases: [rights]\n---\n\n" + page.read_text())
    assert lost(portal) == []
    assert signpost(portal, "build", "--output", "site").returncode == 0


def test_a_moved_page_and_section_are_found_in_a_browser_with_and_without_scripts(portal, chromium):
    record(portal)
    before = {path: path.read_bytes() for path in portal.content.rglob("*") if path.is_file()}
    dry = signpost(portal, "move", "rights", "your-rights", "--dry-run")
    assert dry.returncode == 0 and "content/leaflets/rights.yml" in dry.stdout
    assert before == {path: path.read_bytes() for path in portal.content.rglob("*") if path.is_file()}

    assert signpost(portal, "move", "rights", "your-rights").returncode == 0
    assert signpost(portal, "move", "your-rights#supporter", "#who-can-come").returncode == 0
    result = signpost(portal, "check")
    assert result.returncode == 0 and "LostAddress" not in result.stderr, result.stderr
    assert signpost(portal, "build", "--output", "site").returncode == 0

    old = (portal.output / "powys/rights/index.html").as_uri() + "#supporter"
    new = (portal.output / "powys/your-rights/index.html").as_uri()
    contexts = [chromium.new_context(), chromium.new_context(java_script_enabled=False)]
    page = contexts[0].new_page()
    page.goto(old)
    page.wait_for_url(new + "#supporter")
    target = page.locator("#supporter")
    assert "You can bring someone" in target.locator("xpath=..").inner_text()
    assert page.evaluate("document.getElementById('supporter').getBoundingClientRect().top") >= -1

    plain = contexts[1].new_page()
    plain.goto(old)
    links = plain.locator("li:visible")
    assert links.count() == 1 and "You can bring someone" in links.inner_text()
    links.locator("a").click()
    plain.wait_for_url(new + "#supporter")
    plain.goto(old.split("#")[0])
    plain.locator("main a:visible").click()
    plain.wait_for_url(new)
    for context in contexts:
        context.close()


def test_the_record_is_of_the_whole_site_and_written_when_asked(portal):
    assert signpost(portal, "build", "--output", "site").returncode == 0
    assert not (portal.content / "addresses.yml").exists()
    for part in (["--council", "powys"], ["--language", "en"], ["--no-leaflets"], ["--shard", "1/2"]):
        result = signpost(portal, "build", "--output", "other", "--record", *part)
        assert result.returncode == 64 and part[0] in result.stderr
    portal.write("guidance/bad.md", "# Bad\n\n[x](nowhere.md)\n")
    assert signpost(portal, "build", "--output", "site", "--record").returncode == 1
    assert not (portal.content / "addresses.yml").exists()


def test_what_cannot_be_moved_changes_nothing(portal):
    before = {path: path.read_bytes() for path in portal.content.rglob("*") if path.is_file()}
    for old, new in [("rights", "faq/first"), ("rigths", "x"), ("rights#supporter", "#report")]:
        result = signpost(portal, "move", old, new)
        assert result.returncode == 1 and "CannotMove" in result.stderr and "Nothing was changed" in result.stderr
    # One of the files cannot be written: a folder is where its new text would be put.
    (portal.content / "leaflets/.rights.yml.signpost-new").mkdir()
    result = signpost(portal, "move", "rights", "your-rights")
    assert result.returncode == 1 and "so nothing is" in result.stderr
    assert before == {path: path.read_bytes() for path in portal.content.rglob("*") if path.is_file()}
