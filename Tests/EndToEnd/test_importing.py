"""A council's documents become pages: what comes over, what is said not to, and what hostile files cannot do."""

import base64
import io
import json
import os
import re
import shutil
import stat
import zipfile

import docx
import pytest
import yaml
from conftest import ROOT, run

from EndToEnd.imports import publications

PORTAL = {
    "portal.yml": "name: Help\nbase-url: https://help.example\nlanguages: [en]\nfacts:\n"
                  "  arrive-early: {label: How early to arrive before the conference, type: duration}\n"
                  "  report-before: {label: How long before the conference the family gets the report, type: duration}\n"
                  "  core-group-first: {label: Time from the conference to the first core group, type: duration}\n"
                  "  review-first: {label: Time from the conference to the first review conference, type: duration}\n"
                  "contacts:\n  nyas: {name: NYAS, phone: 0808 808 1001}\n",
    "guidance/index.md": "# Help\n\nFor families.\n",
    "councils/kent/council.yml": "name: Kent County Council\nnation: england\nlanguages: [en]\n",
}


@pytest.fixture
def portal(tmp_path):
    for path, text in PORTAL.items():
        file = tmp_path / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    (tmp_path / "in").mkdir()
    return tmp_path


def bring(folder, *arguments, code=0, **more):
    result = run("import", *arguments, "--council", "kent", cwd=folder, timeout=240, **more)
    assert result.returncode == code, result.stderr + result.stdout
    return result


def report(folder, *arguments, code=0):
    return json.loads(bring(folder, *arguments, "--format", "json", code=code).stdout)


def losses(said):
    return [(note["place"], note["what"], note["text"]) for document in said["documents"] for note in document["notTakenOver"]]


def text(folder, path):
    return (folder / "content/councils/kent" / path).read_text(encoding="utf-8")


def inside(folder):
    return {path: path.read_bytes() for path in (folder / "content").rglob("*") if path.is_file()}


def test_a_leaflet_in_word_comes_over_with_its_structure(portal):
    publications.leaflet(portal / "in" / "leaflet.docx")
    said = report(portal, "in/leaflet.docx", "--write")
    assert [page["kind"] for page in said["pages"]] == ["page", "complaints", "contacts", "rights"]
    page = text(portal, "child-protection-conferences.md")
    assert page.startswith("# Child Protection Conferences\n\nInformation for parents")
    assert 'It isn\'t a court: it\'s a "meeting"... See page 3 or [the procedures](https://www.testshire.gov.uk/procedures).' in page
    assert "- Bring notes.\n- Be honest.\n- Ask for a break." in page and "### Before the meeting" in page
    assert "| Who | When | Where |\n| --- | --- | --- |\n| Core group |" in page
    assert "> A bus stops outside." in page and "formats@testshire.gov.uk" in page
    assert "_Toc" not in page and "\u00a0" not in page and "\u2019" not in page and "Secret" not in page
    rights = text(portal, "rights.md")
    assert "## Being invited" in rights and "counts.[^1]" in rights and "[^1]: Solicitors support you" in rights
    assert "1. First talk to the chair.\n2. Then write to us." in text(portal, "complaints.md")


def test_what_word_hides_in_a_document_is_named_with_its_place(portal):
    publications.leaflet(portal / "in" / "leaflet.docx")
    said = report(portal, "in/leaflet.docx")
    found = losses(said)
    for what, words in (("merged", ""), ("tracked change adds", "if they want one"), ("tracked change deletes", "from age 5"),
                        ("a comment", "Ask legal before this goes out"), ("hidden words", "Secret words."),
                        ("a text box", "Need this in another format"), ("a field to fill in", "Click to enter")):
        assert any(what in loss[1] and words in loss[2] and re.match(r"paragraph \d+$", loss[0]) for loss in found), what
    left = {(note["what"], note["text"]) for note in said["documents"][0]["leftOut"]}
    assert ("the page footer", "CS1234 May 2021") in left
    assert any(what.startswith("the table of contents") for what, _ in left)
    assert [picture["needsAlternative"] for picture in said["pictures"]] == [True]


def test_bold_lines_of_a_booklet_become_headings_and_typed_numbers_lists(portal):
    publications.booklet(portal / "in" / "booklet.docx")
    bring(portal, "in/booklet.docx", "--write")
    page = text(portal, "a-guide-for-parents.md")
    assert "## Who will be there?\n\n- social workers\n- health visitors\n- teachers" in page
    assert "1. there is a risk of violence\n2. the child does not want it" in page
    assert text(portal, "agenda.md").startswith("# What happens at the conference\n\n1. The chair says who is there.\n2. ")
    assert "## Key worker" in text(portal, "glossary.md")


def test_a_page_of_a_cms_comes_without_its_frame(portal):
    publications.pages(portal / "in")
    said = report(portal, "in/conference.html", "--write")
    assert sorted(page["kind"] for page in said["pages"]) == ["complaints", "contacts", "faq"]
    page = text(portal, "faq/child-protection-conferences-frequently-asked.md")
    for wanted in ("## Who comes to the conference?", "- One adult who supports you\n  - a friend\n  - a solicitor",
                   "> [!WARNING]\n> If a child is in danger now, phone 999.", "### Can my child come?",
                   "![A table with chairs round it](../pictures/room.png)", "old enough",
                   "[Guide for young people](https://www.southdown.gov.uk/children/guide-young-people)"):
        assert wanted in page, wanted
    # A number that a contact has already is not written once more.
    assert "## National Youth Advocacy Service\n\nPhone: {{contact nyas}}" in text(portal, "contacts.md")
    assert [known["contact"] for known in said["knownContacts"]] == ["nyas"]
    everything = "".join(path.read_text() for path in (portal / "content/councils/kent").rglob("*.md"))
    for unwanted in ("cookies", "Pay for it", "Skip to", "Home", "Related", "dataLayer", "javascript", "color:red", "©", "Was this useful"):
        assert unwanted not in everything, unwanted
    left = {note["what"] for document in said["documents"] for note in document["leftOut"]}
    assert {"the notice about cookies", "the header", "the breadcrumbs", "the footer", "the list of related pages"} <= left
    found = losses(said)
    for what, words in (("an embedded page or video", "A film about conferences"), ("merged", "What | Who"),
                        ("label of a field", "Comments"), ("starts with 'javascript:'", "Print this"),
                        ("a picture of another site", "Far away"), ("not beside the document", "etc/hostname")):
        assert any(what in loss[1] and words in loss[2] for loss in found), what
    assert sorted(path.name for path in (portal / "content/councils/kent/pictures").iterdir()) == ["room.png"]


def test_an_old_page_in_a_code_page_of_windows(portal):
    publications.pages(portal / "in")
    bring(portal, "in/plans.htm", "--write")
    page = text(portal, "child-protection-plans.md")
    assert "## What a plan is\n\nA plan says who does what.\n\nIt has a date for each thing.\n\n- who visits\n- what must change" in page
    assert "## How it ends\n\nAt a review, if it's not needed." in page and "One box." in page
    assert "file:" not in page and "Back to top" not in page and "Powered by" not in page


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs poppler")
def test_a_pdf_comes_as_far_as_it_goes(portal):
    publications.pdf(portal / "in" / "borough.pdf")
    said = report(portal, "in/borough.pdf", "--write")
    page = text(portal, "child-protection-conferences.md")
    assert "## Help to take part\n\nWe can find an interpreter, or someone who signs. Tell" in page
    assert "- Be honest.\n- Take notes." in page and "Borough services" not in page
    assert any("is guessed" in loss[1] for loss in losses(said))
    assert any(note["text"] == "Borough services" for note in said["documents"][0]["leftOut"])
    assert [contact["phone"] for contact in said["contacts"]] == ["020 7525 3977"]


def test_without_the_program_for_pdfs_it_says_what_to_install(portal):
    publications.pdf(portal / "in" / "borough.pdf")
    # Python is named by its whole path, so that only the other programs are missing.
    python = str(ROOT / ".signpost/venv/bin/python")
    result = bring(portal, "in/borough.pdf", code=1, env={"PATH": "/no/such", "SIGNPOST_PYTHON": python})
    assert "poppler-utils" in result.stdout and "Traceback" not in result.stdout


def test_all_five_publish_as_a_portal_that_check_has_nothing_against(portal):
    folder = portal / "in"
    publications.leaflet(folder / "leaflet.docx")
    publications.booklet(folder / "booklet.docx")
    publications.pages(folder)
    publications.pdf(folder / "borough.pdf")
    result = bring(portal, "in", "--write")
    assert re.search(r"^Wrote \d+ pages, 2 pictures, content/councils/kent/proposed.yml", result.stderr, re.M), result.stderr
    assert "describe 1 picture;" in result.stderr
    theme = ["--theme", ROOT / "themes/default"]
    check = run("check", "--format", "json", *theme, cwd=portal, timeout=240)
    errors = [problem for problem in json.loads(check.stdout)["diagnostics"] if problem["severity"] == "error"]
    assert errors == []
    built = run("build", "--no-leaflets", *theme, cwd=portal, timeout=300)
    assert built.returncode == 0, built.stderr
    page = (portal / "site/rights/index.html").read_text()
    assert "Being invited" in page and "Solicitors support you" in page
    assert (portal / "site/faq/index.html").exists() and "Complaints and Comments" not in page


def test_facts_and_contacts_are_proposed_and_council_yml_stays(portal):
    council = portal / "content/councils/kent/council.yml"
    council.write_text(council.read_text() + "facts:\n  arrive-early: 30 minutes   # as the letter says\n")
    before = council.read_bytes()
    publications.leaflet(portal / "in" / "leaflet.docx")
    said = report(portal, "in/leaflet.docx", "--write")
    assert council.read_bytes() == before
    facts = {fact["id"]: (fact["value"], fact["council"]) for fact in said["facts"]}
    assert facts["arrive-early"] == ("20 minutes", "30 minutes") and facts["report-before"] == ("3 working days", None)
    proposed = yaml.safe_load(text(portal, "proposed.yml"))
    assert "arrive-early" not in proposed["facts"] and proposed["facts"]["core-group-first"]["value"] == "10 working days"
    contact = proposed["contacts"]["comments-complaints-service"]
    assert contact["phone"] == "01865 323589" and contact["text"] == "07717 420419" and contact["post"][-1] == "OX1 1ND"
    assert contact["source"] in proposed["sources"]
    # Taken over as it is, it is data that the program reads.
    whole = yaml.safe_load(council.read_text())
    whole["facts"].update(proposed["facts"])
    council.write_text(yaml.safe_dump({**whole, "contacts": proposed["contacts"], "sources": proposed["sources"]}, sort_keys=False))
    assert run("check", "--theme", ROOT / "themes/default", cwd=portal, timeout=240).returncode == 0


def test_nothing_is_written_without_being_asked_and_nothing_twice(portal):
    publications.leaflet(portal / "in" / "leaflet.docx")
    before = inside(portal)
    result = bring(portal, "in/leaflet.docx")
    assert inside(portal) == before and "Nothing was written. With --write this makes 4 pages, 1 picture" in result.stderr
    bring(portal, "in/leaflet.docx", "--write")
    first = inside(portal)
    bring(portal, "in/leaflet.docx", "--write")
    assert inside(portal) == first


@pytest.mark.parametrize("kind", ["link", "link outside", "folder", "link to nothing", "folder outside", "not readable"])
def test_the_record_of_what_came_is_written_over_no_link_and_nothing_unread(portal, kind, tmp_path_factory):
    publications.leaflet(portal / "in" / "leaflet.docx")
    record = portal / "content/councils/kent/from-documents/imported.tsv"
    outside = tmp_path_factory.mktemp("outside") / "notes.tsv"
    outside.write_text("mine\n")
    record.parent.mkdir()
    if kind == "link":
        (record.parent / "own.tsv").write_text("mine\n")
        record.symlink_to("own.tsv")
    elif kind == "link outside":
        record.symlink_to(outside)
    elif kind == "link to nothing":
        record.symlink_to("nowhere.tsv")
    elif kind == "folder":
        record.mkdir()
    elif kind == "folder outside":
        record.parent.rmdir()
        record.parent.symlink_to(outside.parent)
    else:
        if os.geteuid() == 0:
            pytest.skip("root reads everything")
        record.write_text("mine\n")
        record.chmod(0)
    before = sorted((portal / "content").rglob("*"))
    result = bring(portal, "in/leaflet.docx", "--write", code=1)
    assert "content/councils/kent/from-documents" in result.stderr and "Nothing was written" in result.stderr
    assert sorted((portal / "content").rglob("*")) == before
    assert outside.read_text() == "mine\n" and list(outside.parent.iterdir()) == [outside]


ACCORDIONS = """<html><body><header><p>Southdown council</p></header><div class="strip banner">Out of hours? Text 07700 900123</div><main><h1>Help</h1>
<h2>Before</h2><p>Opening.</p>
<div class="accordion"><button class="accordion-header" aria-expanded="false" aria-controls="p1">Can I bring a friend?</button><div id="p1" hidden><p>One friend.</p><h2>Their journey</h2><p>We pay.</p></div>
<h3><button>Is it recorded?</button></h3><div style="display:none"><p>Only the decision.</p></div></div>
<h4>Parking</h4><p>None here.</p>
<div class="card"><div class="card-header"><button class="btn-link" data-toggle="collapse">How to get there</button></div><div class="collapse"><p>By bus.</p></div></div>
<div class="govuk-accordion__section"><h2><span class="govuk-accordion__section-button">Interpreters</span></h2><div class="govuk-accordion__section-content" hidden="until-found"><p>They are free.</p></div></div>
<div id="ui"><h3 class="ui-accordion-header" role="tab" aria-controls="u1">Food</h3><div id="u1" role="tabpanel" style="display:none"><p>Bring your own.</p></div></div>
<details><summary>Children</summary>They may come.</details><p>Said after it.</p>
<div class="alert emergency-banner"><p>In danger? Phone 999.</p></div><div class="callout-banner"><p>Bring the letter.</p></div>
<section class="consent-section"><header><h2>Consent</h2></header><p>We ask you first.</p></section>
<aside class="contact-box"><h2>Contact us</h2><p>Telephone: 01622 960 444</p></aside><aside class="side"><p>See what our readers say of us.</p></aside>
<div class="social-work"><p>Social work is free.</p></div>
<button aria-haspopup="menu" aria-controls="m">Menu</button><div id="m" role="menu" hidden>Menu words</div><p hidden>Truly hidden</p></main>
<footer><p>Write to Kroner House, Ashford, TN24 8XU</p><p>Duty line 01622 960 321</p></footer></body></html>"""


def test_what_a_page_opens_and_closes_is_text_below_its_own_heading(portal):
    (portal / "in" / "help.html").write_text(ACCORDIONS)
    said = report(portal, "in/help.html", "--write")
    page = "".join(path.read_text() for path in sorted((portal / "content/councils/kent").rglob("*.md")))
    for heading, words in (("Can I bring a friend?", "One friend."), ("Their journey", "We pay."),
                           ("Is it recorded?", "Only the decision."), ("Parking", "None here."),
                           ("How to get there", "By bus."), ("Interpreters", "They are free."),
                           ("Food", "Bring your own."), ("Children", "They may come.")):
        assert re.search(rf"^##+ {re.escape(heading)}\n\n{re.escape(words)}$", page, re.M), (heading, page)
    assert any("opens and closes" in loss[1] and "Said after it" in loss[2] for loss in losses(said))
    assert "Truly hidden" not in page and any("hides" in loss[1] and loss[2] == "Truly hidden" for loss in losses(said))
    assert "Menu words" not in page


def test_a_warning_in_the_content_is_a_callout_and_no_header_of_the_page(portal):
    (portal / "in" / "help.html").write_text(ACCORDIONS)
    bring(portal, "in/help.html", "--write")
    page = "".join(path.read_text() for path in sorted((portal / "content/councils/kent").rglob("*.md")))
    assert "> [!WARNING]\n> In danger? Phone 999." in page and "> [!NOTE]\n> Bring the letter." in page
    assert "## Consent\n\nWe ask you first." in page and "Social work is free." in page and "what our readers say" in page


def test_how_to_reach_somebody_is_never_left_out_unseen(portal):
    (portal / "in" / "help.html").write_text(ACCORDIONS)
    document = docx.Document()
    document.add_heading("Plans", 0)
    document.add_paragraph("Words.")
    document.sections[0].footer.paragraphs[0].text = "CP3, March 2024\tOut of hours team 01622 960 777"
    document.save(portal / "in" / "plans.docx")
    for number in range(10):
        (portal / "in" / f"{number}.txt").write_text(f"Page {number}\n\nIt has words of its own, {number}.\n")
    shown = bring(portal, "in", "--write").stdout
    for words in ("07700 900123", "Kroner House, Ashford, TN24 8XU", "01622 960 321", "01622 960 777"):
        assert words in shown, shown
    pages = "".join(path.read_text() for path in (portal / "content/councils/kent").rglob("*.md"))
    assert "Telephone: 01622 960 444" in pages
    ways = {value for contact in yaml.safe_load(text(portal, "proposed.yml"))["contacts"].values() for value in contact.values() if isinstance(value, str)}
    assert {"01622 960 444", "01622 960 321", "01622 960 777", "07700 900123"} <= ways


def test_the_same_import_again_writes_nothing_and_what_is_kept_apart_is_not_published(portal):
    publications.leaflet(portal / "in" / "leaflet.docx")
    bring(portal, "in/leaflet.docx", "--write")
    first = inside(portal)
    again = bring(portal, "in/leaflet.docx", "--write")
    assert inside(portal) == first and "brought in before" in again.stderr and "--again" in again.stderr
    again = bring(portal, "in/leaflet.docx", "--write", "--again")
    assert inside(portal) == first and "word for word" in again.stderr + again.stdout
    # A changed section is another one: it is kept where no reader comes.
    rights = portal / "content/councils/kent/rights.md"
    rights.write_text(rights.read_text().replace("## Being invited\n", "## Being invited\n\nSomething else.\n"))
    second = inside(portal)
    said = report(portal, "in/leaflet.docx", "--write")
    assert inside(portal) == second and said["broughtInBefore"][0]["pages"] and not said["pages"]
    said = report(portal, "in/leaflet.docx", "--write", "--again")
    assert [page["file"] for page in said["pages"]] == ["content/councils/kent/from-documents/rights-from-leaflet.md"]
    assert [page["sections"] for page in said["pages"]] == [["Being invited"]]
    assert said["pages"][0]["keptApart"] and said["proposals"] is None
    assert [there["heading"] for there in said["thereAlready"]] == ["Being invited"]
    built = run("build", "--no-leaflets", "--theme", ROOT / "themes/default", cwd=portal, timeout=300)
    assert built.returncode == 0, built.stderr
    assert not [path for path in (portal / "site").rglob("*") if "from-" in path.name]
    assert "from-leaflet" not in (portal / "site/index.html").read_text()
    # Once more: what is kept apart is known as well.
    third = inside(portal)
    bring(portal, "in/leaflet.docx", "--write", "--again")
    assert inside(portal) == third


def test_every_word_of_a_document_is_in_a_page_or_in_the_report(portal):
    """Nothing is lost silently: each word of the source is found again, in what was written or in what was said."""
    publications.leaflet(portal / "in" / "leaflet.docx")
    publications.booklet(portal / "in" / "booklet.docx")
    said = report(portal, "in", "--write")
    pages = "".join(path.read_text() for path in (portal / "content/councils/kent").rglob("*.md"))
    words = set(re.findall(r"\w+", pages + json.dumps(said, ensure_ascii=False)))
    for name in ("leaflet.docx", "booklet.docx"):
        with zipfile.ZipFile(portal / "in" / name) as file:
            for part in file.namelist():
                if re.fullmatch(r"word/(document|footnotes|comments|header\d|footer\d)\.xml", part):
                    source = " ".join(re.findall(r"<w:(?:t|delText)(?: [^>]*)?>([^<]*)<", file.read(part).decode()))
                    missing = set(re.findall(r"\w+", source.replace("\u2019", "'"))) - words
                    # What is no word: the letters before two items, which are said to be numbers now, and parts of others.
                    assert not missing - {"t", "a", "b"}, (part, missing)


# Hostile files

def packed(path, parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)


def parts_of(path):
    docx.Document().save(path)
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist()}


HOSTILE = {}


def hostile(function):
    HOSTILE[function.__name__] = function
    return function


@hostile
def external_entity(path):
    parts = parts_of(path)
    body = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' \
           '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&e;</w:t></w:r></w:p></w:body></w:document>'
    packed(path, {**parts, "word/document.xml": body})
    return "document type"


@hostile
def billion_laughs(path):
    parts = parts_of(path)
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(10))
    packed(path, {**parts, "word/styles.xml": f'<?xml version="1.0"?><!DOCTYPE x [{entities}]><x>&a9;</x>'})
    return "document type"


@hostile
def entity_in_another_encoding(path):
    parts = parts_of(path)
    body = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' \
           '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&e;</w:t></w:r></w:p></w:body></w:document>'
    packed(path, {**parts, "word/document.xml": body.encode("utf-16")})
    return "document type"


@hostile
def zip_bomb(path):
    parts = parts_of(path)
    packed(path, {**parts, "word/media/image1.png": b"\0" * (300 << 20)})
    return "far larger than any document"


@hostile
def nested_deep(path):
    parts = parts_of(path)
    deep = "<w:sdt><w:sdtContent>" * 5000 + "</w:sdtContent></w:sdt>" * 5000
    packed(path, {**parts, "word/document.xml": f'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{deep}</w:body></w:document>'})
    return "deep"


@hostile
def not_a_zip(path):
    path.write_bytes(b"PK\x03\x04" + os.urandom(100))
    return "no Word document"


@hostile
def old_word(path):
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    return "password"


@hostile
def empty(path):
    path.write_bytes(b"")
    return "no Word document"


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_document_is_refused_in_plain_words(portal, name):
    before = inside(portal)
    reason = HOSTILE[name](portal / "in" / "x.docx")
    result = bring(portal, "in/x.docx", "--write", code=1)
    assert reason in result.stdout and "Traceback" not in result.stdout + result.stderr
    assert "root:" not in result.stdout and inside(portal) == before


def test_a_picture_in_a_document_cannot_name_a_file_outside_of_it(portal):
    path = portal / "in" / "x.docx"
    document = docx.Document()
    document.add_heading("Pictures", 0)
    document.add_paragraph("Words.")
    document.add_picture(io.BytesIO(publications.picture("red")))
    document.save(path)
    with zipfile.ZipFile(path) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    secret = portal / "secret.png"
    secret.write_bytes(publications.picture("blue"))
    for target in ("../../../secret.png", str(secret), "file://" + str(secret)):
        changed = re.sub(rb'Target="media/[^"]*"', b'Target="' + target.encode() + b'"', parts["word/_rels/document.xml.rels"])
        packed(path, {**parts, "word/_rels/document.xml.rels": changed})
        said = report(portal, "in/x.docx")
        assert said["pictures"] == [] and any("picture" in loss[1] for loss in losses(said)), target


def test_nothing_of_a_page_can_run_or_lead_outside(portal):
    (portal / "secret.png").write_bytes(publications.picture("blue"))
    (portal / "in" / "link.png").symlink_to(portal / "secret.png")
    (portal / "in" / "evil.png").write_bytes(b"<svg onload='alert(1)'>")
    (portal / "in" / "x.html").write_text("""<html><head><title>x</title></head><body><main><h1 onclick="alert(1)">Page</h1>
      <p>Words <img src=x onerror=alert(1)> <a href="JaVaScRiPt:alert(1)">one</a> <a href="java&#x0A;script:alert(1)">two</a>
      <a href="data:text/html,<script>alert(1)</script>">three</a> <a href="vbscript:x">four</a> <a href=" javascript:x">five</a></p>
      <p>&lt;script&gt;alert(1)&lt;/script&gt; and <b>bold &lt;img src=x onerror=alert(1)&gt;</b> {{ contact x }} {when=never}</p>
      <svg><script>alert(2)</script><text>Drawn</text></svg><math><mi>x</mi></math><object data="x.swf">Old film</object>
      <img src="../secret.png" alt="a"><img src="link.png" alt="b"><img src="evil.png" alt="c"><img src="file:///etc/passwd" alt="d">
      <img src="data:image/svg+xml;base64,PHN2Zz4=" alt="e"><img src="data:image/png;base64,%s" alt="f">
      <script>document.write("written")</script><style>p{}</style><template>templated</template></main></body></html>"""
                                          % base64.b64encode(publications.picture("red")).decode())
    said = report(portal, "in/x.html", "--write")
    page = text(portal, "page.md")
    assert re.findall(r"\]\(([^)]*)\)", page) == ["pictures/page-picture.png"] or re.findall(r"\]\(([^)]*)\)", page) == ["pictures/x-picture.png"]
    assert "written" not in page and "templated" not in page and "alert(2)" not in page
    assert sum("could run a program" in loss[1] for loss in losses(said)) == 5
    assert sum("picture" in loss[1] for loss in losses(said)) >= 6
    built = run("build", "--no-leaflets", "--theme", ROOT / "themes/default", cwd=portal, timeout=300)
    assert built.returncode == 0, built.stderr
    html = (portal / "site/page/index.html").read_text()
    assert "<script>alert" not in html and "<img src=x" not in html and "&lt;script&gt;alert(1)" in html


@pytest.mark.parametrize("size", [200_000])
def test_a_page_that_is_nested_without_end_does_not_break_it(portal, size):
    (portal / "in" / "deep.html").write_text("<main><h1>Deep</h1><p>First.</p>" + "<div>" * size + "Low" + "<b>" * size + "</main>")
    (portal / "in" / "good.txt").write_text("Good\n\nThese words come over.\n")
    bring(portal, "in", "--write")
    assert "These words come over." in text(portal, "good.md")


def test_a_name_of_a_file_can_do_nothing(portal):
    for name in ("--help.txt", "a;rm -rf x.txt", "$(id).txt", "ÄÖ ü.txt", "\u202egnp.txt"):
        (portal / "in" / name).write_text(f"Title of {len(name)}\n\nWords of this file.\n")
    bring(portal, "in", "--write")
    made = [path.name for path in (portal / "content/councils/kent").glob("*.md")]
    assert len(made) == 5 and all(re.fullmatch(r"[a-z0-9-]+\.md", name) for name in made)


def test_a_file_that_cannot_be_read_keeps_nothing_back_and_ends_with_1(portal):
    (portal / "in" / "a.txt").write_text("A\n\nWords.\n")
    (portal / "in" / "bad.docx").write_text("nothing")
    result = bring(portal, "in", "--write", code=1)
    assert text(portal, "a.md") and "bad.docx" in result.stdout and "1 file not read" in result.stderr
    result = bring(portal, "in", "--write", code=1)
    assert "brought in before" in result.stderr and "1 file not read" in result.stderr
    (portal / "in" / "bad.docx").unlink()
    assert "Nothing to write" in bring(portal, "in", "--write").stderr


def test_wrong_usage_and_errors(portal):
    assert run("import", "gone.docx", "--council", "kent", cwd=portal).returncode == 64
    (portal / "in" / "a.txt").write_text("A\n\nWords.\n")
    result = run("import", "in/a.txt", "--council", "knet", cwd=portal, timeout=240)
    assert result.returncode == 1 and "UnknownCouncil" in result.stderr and "'kent'" in result.stderr
    (portal / "none").mkdir()
    assert "CannotImport" in bring(portal, "none", code=1).stderr
    folder = portal / "content/councils/kent"
    if os.getuid() != 0:
        folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
        result = bring(portal, "in/a.txt", "--write", code=1)
        assert "cannot write" in result.stderr
        folder.chmod(0o755)


def test_a_link_that_shows_one_number_and_dials_another_keeps_both_and_is_told(portal):
    (portal / "in" / "links.html").write_text(
        """<html><body><main><h1>Who to ask</h1><p>Ring <a href="tel:+448088081010">0808 808 1001</a> or write to
        <a href="mailto:info@kent.gov.uk">help@kent.gov.uk</a>, and look at <a href="https://medway.example/">www.kent.gov.uk</a>.</p>
        </main></body></html>""")
    bring(portal, "in/links.html", "--write")
    page = next(file for file in (portal / "content/councils/kent").glob("*.md") if "Ring" in file.read_text()).read_text()
    for link in ["[0808 808 1001](tel:+448088081010)", "[help@kent.gov.uk](mailto:info@kent.gov.uk)",
                 "[www.kent.gov.uk](https://medway.example/)"]:
        assert link in page
    told = json.loads(run("check", "--format", "json", cwd=portal).stdout)["diagnostics"]
    assert [problem["rule"] for problem in told].count("LinkShowsAnother") == 3
