"""Translations go out and come back in the files that agencies and offices use, and nothing is lost on the way.

The other side is the Translate Toolkit, which Weblate reads and writes files with, GNU gettext, and files in the manner
of Trados, Crowdin, Transifex and Poedit.
"""

import csv
import io
import pathlib
import re
import shutil
import subprocess

import docx
import openpyxl
import pytest
from translate.storage import csvl10n, pypo, xliff, xliff2

from conftest import ROOT, run

AGENCIES = pathlib.Path(__file__).parent / "agencies"
WELSH = ROOT / "Tests" / "Welsh" / "portal"


@pytest.fixture
def portal(tmp_path):
    shutil.copytree(WELSH, tmp_path / "content")
    assert translations(tmp_path, "extract").returncode == 0
    return tmp_path


def translations(folder, command, *arguments):
    return run("translations", command, *arguments, "--theme", ROOT / "themes" / "default", cwd=folder)


def catalogue(folder):
    return pypo.pofile.parsefile(str(folder / "content/translations/cy.po"))


def said(folder):
    """Every message and its translation."""
    return {str(unit.source): str(unit.target) for unit in catalogue(folder).units if unit.source and not unit.isobsolete()}


def forget(folder):
    """Takes all translations out of the catalogue; returns what they were."""
    before = said(folder)
    path = folder / "content/translations/cy.po"
    store = catalogue(folder)
    for unit in store.units:
        if not unit.isheader():
            unit.target = ""
    store.savefile(str(path))
    assert translations(folder, "extract").returncode == 0
    assert not any(said(folder).values())
    return before


FORMATS = {"po": "guidance-cy.po", "xliff": "guidance-cy.xlf", "csv": "guidance-cy.csv", "docx-table": "guidance-cy.docx"}


@pytest.mark.parametrize("kind", FORMATS)
def test_what_goes_out_comes_back_whole(portal, kind):
    result = translations(portal, "export", "cy", "--format", kind)
    assert result.returncode == 0, result.stderr
    assert re.search(r"\d+ messages, 0 to translate", result.stdout)
    before = forget(portal)
    result = translations(portal, "import", FORMATS[kind])
    assert result.returncode == 0, result.stdout + result.stderr
    assert said(portal) == before and len(before) > 40
    again = translations(portal, "import", FORMATS[kind])
    assert f"0 new, 0 changed, {len(before)} the same" in again.stdout


def test_what_is_left_is_sent_with_what_it_said_before(portal):
    rights = portal / "content/guidance/rights.md"
    rights.write_text(rights.read_text().replace("such as a friend or", "such as a relative, a friend or"))
    result = translations(portal, "export", "cy", "--format", "xliff", "--only-missing")
    assert "1 messages, 1 to translate" in result.stdout
    store = xliff.xlifffile.parsefile(str(portal / "guidance-cy.xlf"))
    [unit] = [unit for unit in store.units if unit.istranslatable()]
    assert "relative" in str(unit.source) and "ffrind" in str(unit.target)
    assert "The English was: You can bring someone you trust, such as a friend" in unit.getnotes()
    assert not unit.isapproved() and unit.isfuzzy()


def test_weblates_xliff_comes_back(portal):
    translations(portal, "export", "cy", "--format", "xliff")
    before = forget(portal)
    store = xliff.xlifffile.parsefile(str(portal / "guidance-cy.xlf"))
    for unit in store.units:
        unit.target = before[str(unit.source)]
        unit.markapproved()
    store.savefile(str(portal / "weblate.xlf"))
    assert translations(portal, "import", "weblate.xlf").returncode == 0
    assert said(portal) == before


def test_xliff_2_comes_back(portal):
    before = forget(portal)
    store = xliff2.Xliff2File(sourcelanguage="en", targetlanguage="cy")
    for source, target in before.items():
        unit = store.addsourceunit(source)
        unit.target = target
    store.savefile(str(portal / "back.xliff"))
    result = translations(portal, "import", "back.xliff", "--language", "cy")
    assert result.returncode == 0, result.stdout + result.stderr
    assert said(portal) == before


def test_weblates_csv_comes_back(portal):
    before = forget(portal)
    store = csvl10n.csvfile(fieldnames=["location", "source", "target", "fuzzy", "context", "developer_comments"])
    for source, target in before.items():
        unit = csvl10n.csvunit(source)
        unit.target = target
        store.addunit(unit)
    (portal / "cy.csv").write_bytes(bytes(store))
    result = translations(portal, "import", "cy.csv")
    assert result.returncode == 0, result.stdout + result.stderr
    assert said(portal) == before and "'location'" in result.stdout


def test_gnu_tools_take_what_is_sent(portal):
    translations(portal, "export", "cy", "--format", "po", "--output", "out.po")
    for command in (["msgfmt", "--check", "-o", "/dev/null", "out.po"], ["msgcat", "-o", "back_cy.po", "out.po"]):
        done = subprocess.run(command, cwd=portal, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    before = forget(portal)
    assert translations(portal, "import", "back_cy.po").returncode == 0
    assert said(portal) == before


# What each file in agencies/ says, in the manner of its tool.
SENT = {
    "On the day": "Ar y dydd",
    "Come {{arrive-early}} before the start.": "Dewch {{arrive-early}} cyn y dechrau un.",
    "They can decide that your child needs a child protection plan. They cannot take your child away. Only a court can do that.":
        "Gallant benderfynu bod angen cynllun amddiffyn plant ar eich plentyn. Ni allant fynd â’ch plentyn. "
        "Dim ond llys all wneud hynny.",
    "You get the social worker's report {{report-before}} before the conference.":
        'Cewch adroddiad y gweithiwr "cymdeithasol" {{report-before}} cyn y gynhadledd.',
}
UNCERTAIN = {"You see the chair first.": "Rydych yn gweld y cadeirydd yn gyntaf."}
# Tables of people, who do not say what they are not sure of.
WITHOUT_STATES = {"crowdin_cy.csv", "excel_cy.csv"}


def states(folder):
    """Every message that has something: its translation, and whether it is fuzzy."""
    return {str(unit.source): (str(unit.target), unit.isfuzzy()) for unit in catalogue(folder).units
            if unit.source and unit.target and not unit.isobsolete()}


@pytest.mark.parametrize("name", sorted(file.name for file in AGENCIES.iterdir()))
def test_a_file_in_the_manner_of_each_tool_makes_the_full_circle(portal, name):
    forget(portal)
    result = translations(portal, "import", AGENCIES / name)
    assert result.returncode == 0, result.stdout + result.stderr
    expected = {source: (target, False) for source, target in SENT.items()}
    if name not in WITHOUT_STATES:
        expected |= {source: (target, True) for source, target in UNCERTAIN.items()}
    assert states(portal) == expected, result.stdout
    # The catalogue is one for GNU gettext, with every message of the portal.
    path = "content/translations/cy.po"
    for command in (["msgfmt", "--check", "-o", "/dev/null", path],
                    ["msgcmp", "--use-fuzzy", "--use-untranslated", path, "template.pot"]):
        if command[0] == "msgcmp":
            (portal / "template.pot").write_text(re.sub(r'(?m)^#~.*\n', "", (portal / path).read_text()))
        done = subprocess.run(command, cwd=portal, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    # A second time it changes nothing.
    before = (portal / path).read_bytes()
    again = translations(portal, "import", AGENCIES / name)
    assert "0 new, 0 changed, 4 the same" in again.stdout and (portal / path).read_bytes() == before
    # And out again, in each format, for the Translate Toolkit and for ourselves.
    for kind, sent in FORMATS.items():
        assert translations(portal, "export", "cy", "--format", kind).returncode == 0
        if kind in ("po", "xliff"):
            store = (pypo.pofile if kind == "po" else xliff.xlifffile).parsefile(str(portal / sent))
            # In XLIFF nothing is approved before somebody has reviewed it; the state says what is not certain.
            read = {str(unit.source): (str(unit.target), unit.isfuzzy() if kind == "po" else
                                       unit.xmlelement.find("{*}target").get("state").startswith("needs-"))
                    for unit in store.units if unit.istranslatable() and unit.target}
            assert read == expected
        forget(portal)
        assert translations(portal, "import", sent).returncode == 0
        assert states(portal) == expected, kind


def test_a_text_that_is_translated_twice_is_said(portal):
    (portal / "cy.csv").write_bytes(table([["English", "Welsh"], ["On the day", "Ar y dydd"], ["On the day", "Y diwrnod"]]).encode())
    result = translations(portal, "import", "cy.csv")
    assert "a second translation of the same English, 'Y diwrnod'" in result.stdout
    assert said(portal)["On the day"] == "Ar y dydd"


def test_what_is_not_the_glossarys_word_comes_in_and_is_named(portal):
    (portal / "content/translations/glossary.yml").write_text("conference:\n  cy: [cynhadledd]\n")
    (portal / "cy.csv").write_bytes(table([
        ["English", "Welsh"], ["About the conference", "Am y cyfarfod"], ["Your conference", "Eich gynhadledd"]]).encode())
    result = translations(portal, "import", "cy.csv")
    assert result.returncode == 0 and "2 changed" in result.stdout
    assert "cy.csv:2:1: warning: 'conference'" in result.stderr and "cy.csv:3" not in result.stderr


TRADOS = """<?xml version="1.0" encoding="utf-8"?>
<xliff xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0" xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2">
<file original="guidance.xlf" source-language="en-GB" target-language="cy-GB" datatype="x-sdlfilterframework2"><body>
<trans-unit id="1">
<source>On the day</source>
<seg-source><mrk mtype="seg" mid="1">On the day</mrk></seg-source>
<target><mrk mtype="seg" mid="1">Ar y dydd</mrk></target>
<alt-trans><source>On the day</source><target>Hen gyfieithiad</target></alt-trans>
</trans-unit>
<trans-unit id="2">
<source>Come {{arrive-early}} before the start.</source>
<target>Dewch <x id="5" equiv-text="{{arrive-early}}"/> cyn y dechrau un.</target>
</trans-unit>
<trans-unit id="3">
<source>Start here.</source>
<target>Dechreuwch <x id="7"/> yma.</target>
</trans-unit>
</body></file></xliff>"""


def test_a_file_in_the_manner_of_trados(portal):
    (portal / "back.sdlxliff").write_text(TRADOS)
    before = said(portal)
    result = translations(portal, "import", "back.sdlxliff")
    # A tag that nobody can read is refused at its line, the rest comes in.
    assert result.returncode == 1 and "back.sdlxliff:14:1: error" in result.stderr and "ToolMarkup" in result.stderr
    after = said(portal)
    assert after["On the day"] == "Ar y dydd"
    assert after["Come {{arrive-early}} before the start."] == "Dewch {{arrive-early}} cyn y dechrau un."
    assert {k: v for k, v in after.items() if v != before[k]}.keys() == {
        "On the day", "Come {{arrive-early}} before the start."}


XLIFF_12 = """<?xml version="1.0" encoding="utf-8"?>
<xliff xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0" xmlns:mq="MQXliff" xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2">
<file original="g.xlf" source-language="en-GB" target-language="cy-GB" datatype="plaintext">
<header><tag-defs xmlns="http://sdl.com/FileTypes/SdlXliff/1.0"><tag id="7"><bpt name="em">*</bpt><ept name="em">*</ept></tag></tag-defs></header>
<body>{}</body></file></xliff>"""
XLIFF_20 = """<?xml version="1.0" encoding="utf-8"?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" trgLang="cy"><file id="f">{}</file></xliff>"""
CONFIRMED = '<sdl:seg-defs><sdl:seg id="1" conf="Translated" locked="true"/></sdl:seg-defs>'
LOCKED = '<group><trans-unit id="lockTU_1" translate="no"><source>{{arrive-early}}</source></trans-unit></group>'
LOCKING = ('<trans-unit id="1"><source>Come <x id="locked1" xid="lockTU_1"/> before the start.</source>'
           '<target><mrk mtype="seg" mid="1">Dewch <x id="locked1" xid="lockTU_1"/> cyn y dechrau un.</mrk></target>'
           + CONFIRMED + "</trans-unit>")
COME = {"Come {{arrive-early}} before the start.": "Dewch {{arrive-early}} cyn y dechrau un."}
SENTENCES = ["Yes, you can.", "Tell the chair first."]
HALF = '<source>{}</source><seg-source><mrk mtype="seg" mid="1">{}</mrk> <mrk mtype="seg" mid="2">{}</mrk></seg-source>'.format(
    " ".join(SENTENCES), *SENTENCES)


@pytest.mark.parametrize("body, expected, uncertain", [
    # What Trados has locked within a text stands in a unit of its own, before or after.
    (XLIFF_12.format(LOCKED + LOCKING), COME, {}),
    (XLIFF_12.format(LOCKING + LOCKED), COME, {}),
    # What memoQ has made a tag of.
    (XLIFF_12.format('<trans-unit id="1" mq:status="ManuallyConfirmed" mq:locked="locked"><source>Come <ph id="1">&lt;mq:rxt '
                     'displaytext="arrive" val="{{arrive-early}}" /&gt;</ph> before the start.</source><target>Dewch <ph id="1">'
                     '&lt;mq:rxt displaytext="arrive" val="{{arrive-early}}" /&gt;</ph> cyn y dechrau un.</target></trans-unit>'),
     COME, {}),
    # Changes that Trados has tracked, and a comment.
    (XLIFF_12.format('<trans-unit id="1"><source>On the day</source><target><mrk mtype="seg" mid="1">Ar y <mrk '
                     'mtype="x-sdl-deleted">bore</mrk><mrk mtype="x-sdl-added">d<mrk mtype="x-sdl-comment">ydd</mrk></mrk></mrk>'
                     f'</target>{CONFIRMED}</trans-unit>'), {"On the day": "Ar y dydd"}, {}),
    # Half a translation is none: an empty segment, one that is not there, one without a target.
    (XLIFF_12.format(f'<trans-unit id="1">{HALF}<target><mrk mtype="seg" mid="1">Cewch.</mrk> <mrk mtype="seg" mid="2"/></target>'
                     '</trans-unit>'), {}, {" ".join(SENTENCES): "Cewch."}),
    (XLIFF_12.format(f'<trans-unit id="1">{HALF}<target><mrk mtype="seg" mid="1">Cewch.</mrk></target></trans-unit>'),
     {}, {" ".join(SENTENCES): "Cewch."}),
    (XLIFF_20.format(f'<unit id="1"><segment><source>{SENTENCES[0]}</source><target>Cewch.</target></segment><ignorable>'
                     f'<source> </source></ignorable><segment><source>{SENTENCES[1]}</source></segment></unit>'),
     {}, {" ".join(SENTENCES): "Cewch."}),
    # What stands between segments, and their order.
    (XLIFF_20.format(f'<unit id="1"><segment><source>{SENTENCES[0]}</source><target order="3">Cewch.</target></segment><ignorable>'
                     f'<source> </source></ignorable><segment><source>{SENTENCES[1]}</source><target order="1">Dywedwch wrth y '
                     'cadeirydd.</target></segment></unit>'), {" ".join(SENTENCES): "Dywedwch wrth y cadeirydd. Cewch."}, {}),
    # Pairs of tags around words.
    (XLIFF_12.format('<trans-unit id="1"><source>You <g id="7">must</g> tell us.</source><target>Mae\'n <g id="7">rhaid</g> i chi '
                     f'ddweud wrthym.</target>{CONFIRMED}</trans-unit>'),
     {"You *must* tell us.": "Mae'n *rhaid* i chi ddweud wrthym."}, {}),
    (XLIFF_20.format('<unit id="1"><originalData><data id="a">*</data><data id="b">*</data></originalData><segment><source>You '
                     '<pc id="1" dataRefStart="a" dataRefEnd="b">must</pc> tell us.</source><target>Mae\'n <pc id="1" '
                     'dataRefStart="a" dataRefEnd="b">rhaid</pc> i chi ddweud wrthym.</target></segment></unit>'),
     {"You *must* tell us.": "Mae'n *rhaid* i chi ddweud wrthym."}, {}),
    # What a machine proposed, and what somebody has signed off.
    (XLIFF_12.format('<trans-unit id="1"><source>On the day</source><target state="translated" state-qualifier="leveraged-mt">Ar y '
                     'dydd</target></trans-unit><trans-unit id="2"><source>Your rights</source><target state="signed-off" '
                     'state-qualifier="leveraged-mt">Eich hawliau</target></trans-unit>'),
     {"Your rights": "Eich hawliau"}, {"On the day": "Ar y dydd"}),
    # A unit that nobody may translate holds English; where it holds Welsh, it is finished.
    (XLIFF_12.format('<trans-unit id="1" translate="no"><source>On the day</source><target>On the day</target></trans-unit>'
                     '<trans-unit id="2" translate="no"><source>Your rights</source><target>Eich hawliau</target></trans-unit>'),
     {"Your rights": "Eich hawliau"}, {}),
    # Indented by the tool.
    (XLIFF_12.format('<trans-unit id="1"><source>\n    Come {{arrive-early}}\n    before the start.\n  </source><target>\n    Dewch '
                     '{{arrive-early}}\n    cyn y dechrau un.\n  </target></trans-unit>'), COME, {}),
])
def test_what_tools_do_to_a_text_in_xliff(portal, body, expected, uncertain):
    path = next((portal / "content/guidance").glob("*.md"))
    path.write_text(path.read_text() + f"\n{' '.join(SENTENCES)}\n\nYou *must* tell us.\n")
    assert translations(portal, "extract").returncode == 0
    forget(portal)
    (portal / "back.xlf").write_text(body)
    result = translations(portal, "import", "back.xlf")
    assert result.returncode == 0, result.stderr
    assert states(portal) == {source: (target, False) for source, target in expected.items()} | {
        source: (target, True) for source, target in uncertain.items()}, result.stdout
    assert "0 not in use" in result.stdout


def test_a_spreadsheet_with_other_columns_and_mistakes(portal):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["No.", "English", "Welsh", "Reviewer"])
    sheet.append([1, "Your rights", "Eich hawliau chi", "A. Person"])
    sheet.append([2, "Come {{arrive-early}} before the start.", "Dewch cyn y dechrau.", ""])
    sheet.append([3, "A text of last year", "Testun y llynedd", ""])
    sheet.append([4, "Do I have to go?", None, ""])
    book.create_sheet("Prices")
    book.save(portal / "agency.xlsx")
    before = said(portal)
    result = translations(portal, "import", "agency.xlsx", "--language", "cy")
    assert result.returncode == 1
    assert "0 new, 1 changed, 0 the same, 0 fuzzy, 1 not in use, 1 refused" in result.stdout
    assert "'No.', 'Reviewer'" in result.stdout and "'Prices'" in result.stdout
    assert "agency.xlsx:3:1: error" in result.stderr and "PlaceholderMismatch" in result.stderr
    after = said(portal)
    assert after["Your rights"] == "Eich hawliau chi"
    assert after["Do I have to go?"] == before["Do I have to go?"]
    assert after["Come {{arrive-early}} before the start."] == before["Come {{arrive-early}} before the start."]
    assert "Testun y llynedd" in (portal / "content/translations/cy.po").read_text()


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.mark.parametrize("runs, expected", [
    # Changes that Word has tracked: what is put in counts, what is taken out does not.
    (f'<w:r {W}><w:t xml:space="preserve">Ar y </w:t></w:r><w:del {W} w:id="1"><w:r><w:delText>bore</w:delText></w:r></w:del>'
     f'<w:ins {W} w:id="2"><w:r><w:t>dydd</w:t></w:r></w:ins>', "Ar y dydd"),
    (f'<w:moveFrom {W} w:id="1"><w:r><w:t>dydd</w:t></w:r></w:moveFrom><w:r {W}><w:t xml:space="preserve">Ar y </w:t></w:r>'
     f'<w:moveTo {W} w:id="2"><w:r><w:t>dydd</w:t></w:r></w:moveTo>', "Ar y dydd"),
    (f'<w:sdt {W}><w:sdtContent><w:r><w:t>Ar y dydd</w:t></w:r></w:sdtContent></w:sdt>', "Ar y dydd"),
    (f'<w:hyperlink {W}><w:r><w:t>Ar y dydd</w:t></w:r></w:hyperlink>', "Ar y dydd"),
    (f'<w:r {W}><w:t xml:space="preserve"> Ar y dydd </w:t></w:r>', "Ar y dydd"),
    (f'<w:r {W}><w:t>Ar y d</w:t><w:noBreakHyphen/><w:t>ydd</w:t></w:r>', "Ar y d\u2011ydd"),
])
def test_a_document_as_word_has_it(portal, runs, expected):
    document = docx.Document()
    found = document.add_table(0, 2)
    for left, right in (("Welsh translation of your text", ""), ("English", "Cymraeg"), ("On the day", None)):
        cells = found.add_row().cells
        cells[0].text = left
        if right is not None:
            cells[1].text = right
    paragraph = cells[1].paragraphs[0]._p
    for element in docx.oxml.parse_xml(f"<w:p {W}>{runs}</w:p>"):
        paragraph.append(element)
    document.save(portal / "back.docx")
    result = translations(portal, "import", "back.docx")
    assert result.returncode == 0, result.stderr
    assert said(portal)["On the day"] == expected
    assert "above the names of the columns" in result.stdout and "0 not in use" in result.stdout


def test_a_mistake_in_a_document_shows_no_bytes(portal):
    document = docx.Document()
    found = document.add_table(0, 2)
    for row in (("English", "Cymraeg"), ("Come {{arrive-early}} before the start.", "Dewch cyn y dechrau.")):
        for cell, text in zip(found.add_row().cells, row):
            cell.text = text
    document.save(portal / "back.docx")
    result = translations(portal, "import", "back.docx")
    assert result.returncode == 1 and "back.docx:2:1: error" in result.stderr
    assert "\ufffd" not in result.stderr and " 2 |" not in result.stderr


def table(rows, **options):
    out = io.StringIO()
    csv.writer(out, **options).writerows(rows)
    return out.getvalue()


@pytest.mark.parametrize("data", [
    "\ufeff".encode() + table([["On the day", "Ar y dydd"]], delimiter=";").encode(),
    table([["On the day", "Ar y dydd"]], delimiter="\t").encode("utf-16"),
    table([["key", "source", "cy"], ["a", "On the day", "Ar y dydd"]]).encode(),
    table([["English", "Cymraeg"], ["On the day", "Ar y dydd"]], quoting=csv.QUOTE_ALL).encode(),
    # As Smartcat, Lokalise, Trados, Excel for Germany and an office with a title above call and order the columns.
    table([["ID", "en-GB", "cy-GB", "Status"], [1, "On the day", "Ar y dydd", "Confirmed"]], delimiter=";").encode(),
    table([["key", "en", "cy_GB"], ["a", "On the day", "Ar y dydd"]]).encode(),
    table([["Target (cy-GB)", "Source (en-GB)"], ["Ar y dydd", "On the day"]]).encode(),
    table([["No", "English text", "Welsh translation"], [1, "On the day ", " Ar y dydd"]]).encode(),
    table([["Guidance for families", "", ""], [], ["", "EN", "CY"], ["", "On the day", "Ar y dydd"]]).encode(),
    b"sep=;\r\n" + table([["English", "Cymraeg"], ["On the day", "Ar y dydd"]], delimiter=";").encode(),
])
def test_a_table_as_offices_save_it(portal, data):
    (portal / "table_cy.csv").write_bytes(data)
    result = translations(portal, "import", "table_cy.csv")
    assert result.returncode == 0, result.stdout + result.stderr
    assert "1 changed" in result.stdout and said(portal)["On the day"] == "Ar y dydd"


COLUMNS = table([["English", "Polish", "Cymraeg"], ["On the day", "W dniu spotkania", "Ar y dydd"]])


@pytest.mark.parametrize("arguments, told", [
    (["--language", "cy"], None),
    # Polish words never come into another catalogue.
    ([], "'Polish', 'Cymraeg'): say which with --language"),
])
def test_of_several_languages_only_the_one_that_is_asked_for_comes_in(portal, arguments, told):
    forget(portal)
    (portal / "agency.csv").write_text(COLUMNS)
    result = translations(portal, "import", "agency.csv", *arguments)
    assert result.returncode == (1 if told else 0), result.stderr
    assert (told or "") in result.stderr
    assert said(portal)["On the day"] == ("" if told else "Ar y dydd")


def test_a_column_of_another_language_is_not_taken(portal):
    forget(portal)
    (portal / "agency.csv").write_text(table([["English", "Polish"], ["On the day", "W dniu spotkania"]]))
    result = translations(portal, "import", "agency.csv", "--language", "cy")
    assert result.returncode == 1 and "the columns are 'Polish'" in result.stderr, result.stderr
    assert said(portal)["On the day"] == ""


def test_a_column_says_its_language(portal):
    forget(portal)
    (portal / "agency.csv").write_text(table([["English", "Welsh"], ["On the day", "Ar y dydd"]]))
    result = translations(portal, "import", "agency.csv")
    assert result.returncode == 0, result.stderr
    assert said(portal)["On the day"] == "Ar y dydd"


def test_a_code_page_is_named_and_never_guessed(portal):
    (portal / "cy.csv").write_bytes(table([["English", "Welsh"], ["Your rights", "Eich hawliau â"]]).encode("cp1252"))
    before = said(portal)
    result = translations(portal, "import", "cy.csv")
    assert result.returncode == 1 and "not in UTF-8 (line 2)" in result.stderr and "--charset" in result.stderr
    assert said(portal) == before
    assert translations(portal, "import", "cy.csv", "--charset", "windows-1252").returncode == 0
    assert said(portal)["Your rights"] == "Eich hawliau â"


@pytest.mark.parametrize("name, data, message", [
    ("cy.xlf", b"<xliff version='1.2'><file>", "not XML"),
    ("cy.xlf", b"<html/>", "no element 'xliff'"),
    ("cy.xlf", b"<!DOCTYPE x [<!ENTITY a 'b'>]><xliff version='1.2'/>", "document type"),
    ("cy.xlf", b"<xliff version='3.1'/>", "XLIFF 3.1"),
    ("cy.csv", b"only one column\nhere\n", "side by side"),
    ("cy.csv", b"\n\n", "side by side"),
    ("cy.xlsx", b"no spreadsheet", "no spreadsheet"),
    ("cy.docx", b"PK\x03\x04broken", "no document"),
    ("cy.xls", b"", "Save as"),
])
def test_what_cannot_be_read_is_said_and_changes_nothing(portal, name, data, message):
    (portal / name).write_bytes(data)
    before = (portal / "content/translations/cy.po").read_bytes()
    result = translations(portal, "import", name)
    assert result.returncode in (1, 64) and message in result.stderr, result.stderr
    assert name == "cy.xls" or "UnreadableTranslations" in result.stderr
    assert (portal / "content/translations/cy.po").read_bytes() == before


def test_a_file_that_cannot_be_written_is_said(portal):
    result = translations(portal, "export", "cy", "--format", "csv", "--output", "nowhere/cy.csv")
    assert result.returncode == 1 and "UnwrittenTranslations" in result.stderr


def test_a_table_in_a_document_shows_where_each_message_stands(portal):
    translations(portal, "export", "cy", "--format", "docx-table")
    [found] = docx.Document(str(portal / "guidance-cy.docx")).tables
    rows = [[cell.text for cell in row.cells] for row in found.rows]
    assert rows[0][:3] == ["English", "Welsh", "Where"]
    [row] = [row for row in rows if row[0].startswith("Come {{arrive-early}}")]
    assert row[2].startswith("guidance/on-the-day.md") and "arrive-early" in row[3]


def interface(folder):
    """The portal's own words of the interface; an empty one where it has none."""
    path = folder / "content/translations/interface/cy.po"
    return {(unit.getcontext(), str(unit.source)): list(map(str, unit.target.strings if unit.hasplural() else [unit.target]))
            for unit in pypo.pofile.parsefile(str(path)).units
            if not unit.isheader() and not unit.isobsolete()} if path.exists() else {}


@pytest.mark.parametrize("kind, sent", [(kind, name.replace("guidance", "interface")) for kind, name in FORMATS.items()])
def test_the_words_of_the_interface_go_out_and_come_back(portal, kind, sent):
    result = translations(portal, "export", "cy", "--interface", "--format", kind)
    assert result.returncode == 0 and re.search(r"\d{3} messages, 0 to translate", result.stdout), result.stderr
    # As it is, the portal needs no word of its own.
    result = translations(portal, "import", sent, "--interface", "--language", "cy")
    assert result.returncode == 0 and "0 new, 0 changed" in result.stdout, result.stdout + result.stderr
    assert interface(portal) == {}
    # Without the theme's Welsh all of it is the portal's, each meaning and each plural form in its place.
    theme = portal / "theme"
    shutil.copytree(ROOT / "themes", theme)
    welsh = pypo.pofile.parsefile(str(theme / "default/translations/cy.po"))
    (theme / "default/translations/cy.po").unlink()
    result = run("translations", "import", sent, "--interface", "--language", "cy", "--theme", theme / "default", cwd=portal)
    assert result.returncode == 0, result.stdout + result.stderr
    own = interface(portal)
    for unit in welsh.units:
        if not unit.isheader() and not unit.isobsolete():
            forms = list(map(str, unit.target.strings if unit.hasplural() else [unit.target]))
            assert own[unit.getcontext(), str(unit.source)] == forms


def test_a_portal_says_one_word_of_the_interface_otherwise(portal):
    (portal / "cy.csv").write_bytes(table([
        ["English", "Welsh"], ["Back to the top", "I’r brig â chi"], ["January", "Ionawr"], ["{n} minute", "munud"]]).encode())
    result = translations(portal, "import", "cy.csv", "--interface")
    assert "line 3: not read: 'January' has several meanings" in result.stdout
    assert interface(portal) == {("", "Back to the top"): ["I’r brig â chi"]}


def header(language, charset="UTF-8"):
    return (f'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n"Content-Type: text/plain; charset={charset}\\n"\n\n'
            'msgid "On the day"\nmsgstr "Ar y dŷdd"\n')


@pytest.mark.parametrize("name, language", [
    ("agency.po", "Welsh"), ("agency.po", "Cymraeg"), ("agency.po", "cy-GB"), ("guidance.cy.po", ""), ("for_use_guidance_cy_GB.po", ""),
])
def test_a_catalogue_says_its_language_as_tools_do(portal, name, language):
    (portal / name).write_text(header(language))
    result = translations(portal, "import", name)
    assert result.returncode == 0, result.stderr
    assert said(portal)["On the day"] == "Ar y dŷdd"


def test_of_a_catalogue_in_another_code_page_the_code_page_is_named(portal):
    # It cannot be read, so neither can its language: that is not what is wrong with it.
    (portal / "agency.po").write_bytes(header("pl").replace("ŷ", "ś").encode("cp1250"))
    result = translations(portal, "import", "agency.po")
    assert result.returncode == 1 and "agency.po:7:" in result.stderr and "UnsupportedCharset" in result.stderr
    assert "“dśdd”" in result.stderr and "charset=windows-1250" in result.stderr


@pytest.mark.parametrize("arguments", [
    ["status"], ["extract"], ["extract", "--interface"], ["keep"], ["check"], ["review", "--as", "A. Person", "--all"], ["import", "cy.po"],
])
def test_a_language_that_is_not_there_is_said(portal, arguments):
    (portal / "cy.po").write_text(header("cy"))
    result = translations(portal, *arguments, "--language", "cy,pl")
    assert result.returncode in (1, 64) and "'cy,pl'" in result.stderr, result.stdout
