"""The panel beside a page that `signpost serve` shows: what there is to say of it while somebody writes."""

import json
import urllib.error
import urllib.parse
import urllib.request

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import wait_for

RIGHTS = """# Rights

You have rights.

## You can bring someone {#supporter}

You can can bring a friend. Come {{arrive-early}} before the start.

## You can complain {#complain}

Phone {{contact line}}.
"""
GUIDANCE = {"guidance/rights.md": RIGHTS}
NATION, LANGUAGE, LINE = "wales", "cy", "    source: Its website\n    checked: 2020-01-01\n"
CATALOGUE = r'''msgid ""
msgstr ""
"Language: cy\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=6; plural=(n==0) ? 0 : (n==1) ? 1 : (n==2) ? 2 : (n==3) ? 3 : (n==6) ? 4 : 5;\n"

msgid "Rights"
msgstr "Hawliau"

msgid "You have rights."
msgstr "Mae gennych hawliau."
'''


@pytest.fixture
def shown(two_councils, served):
    return served


def findings(address, page):
    with urllib.request.urlopen(f"{address}.preview/findings?page={urllib.parse.quote(page)}", timeout=60) as answer:
        return json.load(answer)


def test_the_findings_of_a_page(shown):
    _, address, _ = shown
    ash, birch = findings(address, "/ash/rights/"), findings(address, "/birch/rights/index.html")
    assert (ash["title"], ash["council"], ash["language"]) == ("Rights", "Ash", "English")
    assert ash["usedBy"] == 2 and ash["translation"] is None
    # A problem at its words, and none of what stands only in the other council's page or in no page.
    doubled = [problem for problem in ash["problems"] if problem["rule"] == "DoubledWord"]
    assert [(problem["section"], problem["place"]) for problem in doubled] == [
        ("supporter", "content/guidance/rights.md:7:5")]
    assert doubled[0]["line"][1] == "can can"
    assert any(problem["rule"] == "ContactCheckOverdue" for problem in ash["problems"])
    assert not any(problem["rule"] == "ContactCheckOverdue" for problem in birch["problems"])
    sections = {section["section"]: section for section in birch["sections"]}
    assert sections["complain"]["usedBy"] == 1 and not sections["complain"]["isShared"]
    assert sections["complain"]["place"].startswith("content/councils/birch/rights.md:1")
    assert sections["supporter"]["usedBy"] == 2 and sections["supporter"]["isShared"]
    assert [(fact["kind"], fact["name"], fact["source"], fact["checked"], fact["isOverdue"]) for fact in ash["facts"]] == [
        ("fact", "arrive-early", "The leaflet", "2026-01-02", False), ("contact", "line", "Its website", "2020-01-01", True)]
    assert [fact["name"] for fact in birch["facts"]] == ["arrive-early"]
    assert not ash["overrides"]
    assert [(override["kind"], override["section"], override["state"]) for override in birch["overrides"]] == [
        ("replaces", "complain", "not recorded")]


def test_the_translation_block_by_block(shown):
    _, address, _ = shown
    blocks = findings(address, "/ash/cy/rights/")["translation"]["blocks"]
    by_english = {block["english"]: block for block in blocks}
    assert by_english["You have rights."] == {
        "state": "current", "section": None, "place": "content/guidance/rights.md:3:1", "english": "You have rights.",
        "text": "Mae gennych hawliau."}
    assert by_english["You can complain"]["state"] == "missing"
    assert findings(address, "/ash/cy/rights/")["translation"]["counts"] == {"current": 2, "missing": len(blocks) - 2}


def test_a_page_without_guidance_has_no_findings(shown):
    _, address, _ = shown
    for page in ["/", "/nobody/", "/ash/nothing/", "/ashes/", "/../ash/rights/x", "/%00"]:
        with pytest.raises(urllib.error.HTTPError) as refused:
            findings(address, page)
        assert refused.value.code == 404, page


def test_the_panel_by_keyboard(chromium, shown):
    site, address, _ = shown
    messages = []
    page = chromium.new_page()
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.goto(address + "ash/rights/")
    toggle = page.get_by_role("button", name="Findings")
    assert toggle.get_attribute("aria-expanded") == "false"
    toggle.focus()
    page.keyboard.press("Enter")
    panel = page.get_by_role("complementary", name="Findings of this page")
    panel.get_by_text("DoubledWord").wait_for(timeout=60_000)
    assert toggle.get_attribute("aria-expanded") == "true"
    assert panel.evaluate("node => node.getRootNode().activeElement === node")
    assert panel.get_by_text("Used by all 2 councils").first.is_visible()
    names = [heading.inner_text() for heading in panel.get_by_role("heading", level=3).all()]
    assert [name.split(" (")[0] for name in names] == [
        "Problems", "Look at this page as", "The outline a screen reader meets", "Sections", "Facts and contacts", "What the council says itself"]
    # The words on the page are chosen, and the reader is there.
    show = panel.get_by_role("listitem").filter(has_text="DoubledWord").get_by_role("button")
    show.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("getSelection().toString()") in ("can", "can can")
    assert page.evaluate("document.activeElement.contains(getSelection().anchorNode)")
    # A fact by its name, source and date.
    facts = panel.get_by_text("Facts and contacts")
    facts.click()
    assert panel.get_by_text("Source: The leaflet").is_visible()
    assert panel.get_by_text("Checked on 2020-01-01, which is too long ago").is_visible()
    assert not messages
    violations = Axe().run(page).response["violations"]
    assert not [found for found in violations if any("signpost-" in str(node) for node in found["nodes"])]
    messages.clear()
    # It stays open, and follows what is written, without taking the focus from the page.
    site.write("guidance/rights.md", RIGHTS.replace("can can", "can"))
    page.get_by_text("You can bring a friend.").wait_for(timeout=60_000)
    panel.get_by_text("Used by all 2 councils").first.wait_for(timeout=60_000)
    assert panel.get_by_text("DoubledWord").count() == 0
    assert page.evaluate("document.activeElement.localName") != "signpost-findings"
    # A page in another language has its blocks beside the English.
    page.goto(address + "ash/cy/rights/")
    blocks = page.get_by_role("complementary", name="Findings of this page").get_by_text("Translation, block by block")
    blocks.click(timeout=60_000)
    assert page.locator("blockquote[lang=cy]").get_by_text("Mae gennych hawliau.").is_visible()
    page.get_by_role("complementary", name="Findings of this page").get_by_role("button", name="Close").focus()
    page.keyboard.press("Escape")
    assert page.get_by_role("button", name="Findings").get_attribute("aria-expanded") == "false"
    # What is made without guidance has none.
    page.goto(address)
    page.get_by_role("button", name="Findings").click()
    page.get_by_text("This page is made by Signpost").wait_for(timeout=60_000)
    page.close()
    assert not [message for message in messages if "404" not in message]
    # What is published knows nothing of it.
    wait_for(lambda: (site.folder / "site/ash/rights/index.html").exists())
    assert all(".preview" not in file.read_text() for file in (site.folder / "site").rglob("*.html"))
