"""What has to be looked at by a day."""

import datetime
import json
import subprocess

import icalendar
import pytest
from conftest import PROGRAM, run

DAY = ["--date", "2026-11-28"]
PORTAL = """name: N
base-url: https://a.example
languages: [en, pl]
contacts-valid-for: 12 months
facts-valid-for: 2 years
facts:
  law: {label: "What the law says, in short; and more", value: 3 months, source: the law, checked: 2024-12-10}
  never: {label: Never looked at, value: yes}
  declared: {label: Only declared, type: duration}
contacts:
  line: {name: The line, phone: 01632 960 001, checked: 2026-03-01}
"""
COUNCIL = """name: Kent County Council
nation: england
languages: [en, pl]
accessibility: {status: fully, prepared: 2024-01-31, reviewed: 2026-01-31}
facts:
  early: {label: How early, value: 20 minutes, source: page, checked: 2024-10-01}
"""
PL = r'''msgid ""
msgstr ""
"Language: pl\n"
"Content-Type: text/plain; charset=UTF-8\n"

msgid "Rights"
msgstr "Prawa"
'''


@pytest.fixture
def kept(site):
    site.write("portal.yml", PORTAL)
    (site.content / "councils/a/council.yml").unlink()
    site.write("councils/kent/council.yml", COUNCIL)
    site.write("councils/old/council.yml", "name: Old\nnation: england\nlanguages: [en]\nvalid-to: 2020-03-31\n"
               "facts: {early: {value: 20 minutes, checked: 2015-01-01}}\n")
    site.write("guidance/rights.md", "---\nreviewed: 2025-12-15\nreview-every: 12 months\n---\n\n# Rights\n\nYou have rights.\n")
    site.write("councils/kent/visits.md", "---\nreview-every: 6 months\n---\n\n# Visits\n\nWe come.\n")
    site.write("translations/pl.po", PL)
    return site


def due(site, *arguments):
    result = run("due", "--content", "content", *DAY, *arguments, cwd=site.folder)
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_what_is_due_and_no_more(kept):
    items = json.loads(due(kept, "--within", "60d", "--format", "json"))["items"]
    assert [(item["due"], item["kind"], item["name"], item["council"], item["overdue"]) for item in items] == [
        ("2026-10-01", "fact", "How early", "kent", True),
        ("2026-11-28", "fact", "Never looked at", None, False),
        ("2026-11-28", "translation", items[2]["name"], None, False),
        ("2026-11-28", "page", "Visits", "kent", False),
        ("2026-12-10", "fact", "What the law says, in short; and more", None, False),
        ("2026-12-15", "page", "Rights", None, False)]
    assert items[2]["name"].startswith("Polish: ") and "of new text" in items[2]["name"]
    assert items[0]["file"] == "content/councils/kent/council.yml" and items[0]["line"] == 6
    assert items[0]["owner"] == "Kent County Council" and items[1]["last"] is None


@pytest.mark.parametrize("within, more", [
    ("63d", {"Accessibility statement": False}), ("64d", {"Accessibility statement": True}),
    ("13w", {"The line": False}), ("4m", {"The line": True, "Accessibility statement": True}), ("1y", {"The line": True}),
    ("0d", {"Rights": False, "How early": True})])
def test_how_far_it_looks_ahead(kept, within, more):
    names = {item["name"] for item in json.loads(due(kept, "--within", within, "--format", "json"))["items"]}
    for name, is_there in more.items():
        assert (name in names) == is_there, names


def test_one_council_has_its_own_and_what_all_share(kept):
    kept.write("councils/b/council.yml", "name: B\nnation: wales\nlanguages: [en]\n")
    owners = {item["owner"] for item in json.loads(due(kept, "--council", "b", "--format", "json"))["items"]}
    assert owners == {"B", "Shared by every council"}


def test_a_person_reads_it_by_whose_it_is(kept):
    text = due(kept, "--within", "60d")
    kent, shared = text.index("Kent County Council\n"), text.index("Shared by every council\n")
    assert kent < text.index("overdue since 2026-10-01  fact  How early") < shared
    assert text.endswith("To look at up to 2027-01-27: 6, of which overdue: 1.\n")
    assert due(kept, "--within", "0d", "--date", "2024-12-01").count("How early") == 0


def test_a_calendar_takes_it_in(kept):
    # As bytes: the ends of lines matter here.
    text = subprocess.run([PROGRAM, "due", "--content", "content", *DAY, "--within", "60d", "--format", "ical"],
                          cwd=kept.folder, capture_output=True, check=True).stdout.decode()
    assert text.replace("\r\n", "").count("\n") == 0 and all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    events = icalendar.Calendar.from_ical(text).walk("VEVENT")
    days = {str(event["SUMMARY"]): event.decoded("DTSTART") for event in events}
    assert days["How early (fact, Kent County Council)"] == datetime.date(2026, 11, 28)
    assert days["What the law says, in short; and more (fact, Shared by every council)"] == datetime.date(2026, 12, 10)
    assert len(days) == 6 and len({str(event["UID"]) for event in events}) == 6
    # The same events on another day, so that a calendar does not fill with copies.
    later = icalendar.Calendar.from_ical(due(kept, "--within", "60d", "--format", "ical", "--date", "2026-11-29")).walk("VEVENT")
    assert {str(event["UID"]) for event in later} >= {str(event["UID"]) for event in events}


@pytest.mark.parametrize("arguments", [["--within", "soon"], ["--within", "5"], ["--within", "-3d"], ["--format", "sarif"]])
def test_what_cannot_be_read_is_refused(kept, arguments):
    assert run("due", "--content", "content", *arguments, cwd=kept.folder).returncode == 64


def test_who_checked_is_told_to_those_who_keep_it_and_to_nobody_else(kept):
    name = "Zenobia Quill"
    kept.write("portal.yml", PORTAL.replace("checked: 2026-03-01", f"checked: 2025-03-01, checked-by: {name}")
               .replace("checked: 2024-12-10", f"checked: 2024-11-10, checked-by: {name}"))
    kept.write("guidance/rights.md", "# Rights\n\nIt takes {{law}}. Phone {{contact line}}.\n")
    kept.write("guidance/contacts.md", "# Contacts\n\nHere.\n")
    kept.write("leaflets/one.yml", "title: One\nformats: [a4]\nsections: [{page: rights}, {contacts: all}]\n")
    said = due(kept)
    assert f"last: 2025-03-01 by {name}" in said and f"last: 2024-11-10 by {name}" in said
    items = {item["name"]: item for item in json.loads(due(kept, "--format", "json"))["items"]}
    assert items["The line"]["lastBy"] == name and items["Never looked at"]["lastBy"] is None
    assert f"by {name}" in due(kept, "--format", "ical").replace("\r\n ", "")
    facts = kept.run("facts", "--format", "json")
    assert {row["name"]: row["checkedBy"] for row in json.loads(facts.stdout)["facts"]}["line"] == name
    assert f"checked: 2025-03-01 by {name}" in kept.run("facts").stdout
    kept.options = []
    assert kept.build().returncode == 0
    for path in kept.output.rglob("*"):
        if path.is_file():
            assert name.encode() not in path.read_bytes(), path
            assert b"Zenobia" not in path.read_bytes(), path
