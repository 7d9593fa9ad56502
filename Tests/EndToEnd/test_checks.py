"""`signpost check` as people use it: rules, exceptions, baselines, folders that are no portal."""

import json
import re
import sys

import PIL.Image
import pytest

from conftest import COUNCIL, PORTAL, PROGRAM, ROOT, run

sys.path.insert(0, str(ROOT / "Tests/Benchmarks"))
import bench_checks  # noqa: E402

THEME = ["--theme", ROOT / "themes/default"]


def test_most_planted_defects_are_found_and_most_findings_are_right():
    right, missed, false = (sum(part.values()) for part in bench_checks.compare(PROGRAM))
    assert right + missed >= 80
    assert right / (right + missed) >= 0.8, missed
    assert right / (right + false) >= 0.9, false


@pytest.mark.parametrize("name", ["what-to-expect.md", "faq.md"])
def test_pages_with_nothing_wrong_are_left_alone(name, tmp_path):
    (tmp_path / name).write_text((ROOT / "Tests/Checks/messy" / name).read_text())
    result = run("check", "--path", tmp_path, *THEME)
    assert result.returncode == 0
    assert result.stderr == "No problems.\n"


def test_the_example_portal_passes_and_says_what_it_leaves_alone():
    result = run("check", "--content", ROOT / "content", *THEME, "--strict", "--date", "2026-11-28")
    assert result.returncode == 0
    text, excused = result.stderr.split("\nLeft alone, for reasons that portal.yml gives:\n")
    assert text == "No problems.\n"
    # Nobody has checked these contacts, and no page says that somebody has.
    assert re.findall(r"(\d+) +(\w+)", excused) == [
        ("5", "ContactsNeverChecked"), ("4", "NoAccessibilityContact"), ("1", "ExampleAddress")]


def test_what_must_not_be_published_is_left_alone_for_a_reason_only(site):
    site.write("guidance/rights.md", "# R\n\nPhone TBC.\n")
    site.write("portal.yml", PORTAL + "checks: {EditorsNote: off}\n")
    for command in ["check", "build"]:
        found = {d["rule"]: d["severity"] for d in site.problems("--strict", command=command)}
        assert found["EditorsNote"] == "error" and found["SilenceWithoutReason"] == "warning"
    site.write("portal.yml", PORTAL + "checks: {EditorsNote: {level: off, because: the form asks for it}}\n")
    for command in ["check", "build"]:
        assert not {"EditorsNote", "SilenceWithoutReason"} & {d["rule"] for d in site.problems("--strict", command=command)}


def test_a_line_with_as_many_problems_as_words_takes_no_longer_than_lines_with_one(site):
    # Each was once looked at with its whole line.
    for text in ["{{a|b}} ", "{{unknown}} ", "é {{council name}} {{other.name}} "]:
        site.write("guidance/rights.md", "# R\n\n" + text * 20000 + "\n")
        result = site.build(timeout=60)
        assert result.returncode in (0, 1) and "content/guidance/rights.md:3:" in result.stderr


def test_an_old_address_that_is_a_leaflets_file_is_told_by_a_check_with_its_line(site):
    site.write("leaflets/guide.yml", "title: Guide\npage: rights\nformats: [a4, booklet]\nsections: [{page: rights}]\n")
    for alias in ["leaflets/guide-a4.pdf", "leaflets/guide-booklet-print.pdf", "leaflets/a.zip", "leaflets/guide-a4.pdf/more"]:
        site.write("guidance/rights.md", f"---\naliases:\n  - {alias}\n---\n\n# R\n\nText.\n")
        found = [p for p in site.problems() if p["rule"] == "AddressCollision"]
        assert [(p["severity"], p["file"], p["line"], p["column"]) for p in found] == [
            ("error", "content/guidance/rights.md", 3, 5)], alias


def test_a_character_that_yaml_does_not_allow_and_an_empty_entry_are_told_with_their_line(site):
    site.write("councils/a/council.yml", COUNCIL + "contacts:\n  one:\n")
    found = {(p["rule"], p["line"], p["column"]) for p in site.errors() if p["file"].endswith("council.yml")}
    assert any(rule == "MissingField" and line == 5 for rule, line, _ in found), found
    site.write("councils/a/council.yml", COUNCIL + "short-name: \"é\x1b[31m\"\n")
    found = {(p["rule"], p["line"], p["column"]) for p in site.errors() if p["file"].endswith("council.yml")}
    assert ("InvalidYAML", 4, 15) in found, found


def test_braces_that_are_no_placeholder_are_told_and_not_published_strictly(site):
    site.write("councils/a/council.yml", COUNCIL + "facts:\n  reply:\n    value: 10 working days\n    label: Reply\n")
    broken = ["{{contact duty}", "{contact duty}", "{contact duty}}", "{{reply} after", "{{{reply}}", "{ {reply} }", "{reply}",
              "{{reply}}}", "{when = reply} and", "{#here} and"]
    meant = ["{{reply}}", "`{{x}`", "\\{{x}}", "\\{\\{x}}", "{a b}", "{1, 2}", "{}"]
    site.write("guidance/rights.md", "# Rights\n\n" + "".join(f"We say {text} now.\n\n" for text in broken + meant))
    found = {p["line"] for p in site.problems() if p["rule"] == "BrokenPlaceholder"}
    assert found == {3 + 2 * index for index in range(len(broken))}
    assert {p["severity"] for p in site.problems("--strict") if p["rule"] == "BrokenPlaceholder"} == {"error"}


@pytest.mark.parametrize("text, holds", [("07700 900123", True), ("60777", True), ("01632 960001", False), ("0300 123 1234", False)])
def test_text_messages_go_to_numbers_that_take_them(site, text, holds):
    site.write("councils/a/council.yml", COUNCIL + f"contacts:\n  one:\n    name: One\n    text: {text}\n")
    assert any(p["rule"] == "InvalidContact" and p["line"] == 7 for p in site.errors()) != holds


def test_the_words_of_leaflets_and_whom_to_phone_first_are_read_as_those_of_pages(site):
    site.write("portal.yml", PORTAL + "first-contact: Ring 01632 96000 by 31/11/2026\n")
    site.write("leaflets/mine.yml", "title: Mine\nsubtitle: Ring 01632 96000 or {{open-day}}\nformats: [a4]\nabout: [Ring us, TBC]\n"
               "sections:\n  - page: rights\n  - write: Notes\n    text: By 31 November 2026\n")
    found = {(p["file"], p["line"], p["column"], p["rule"]) for p in site.problems()}
    leaflet = "content/leaflets/mine.yml"
    assert {("content/portal.yml", 4, 21, "ImpossibleNumber"), (leaflet, 2, 16, "ImpossibleNumber"),
            (leaflet, 2, 31, "BrokenPlaceholder"), (leaflet, 8, 14, "ImpossibleDate")} <= found
    assert any(where[:2] == (leaflet, 4) and where[3] == "EditorsNote" for where in found)


def test_rules_are_listed_and_explained():
    rules = json.loads(run("check", "--rules", "--format", "json").stdout)["rules"]
    assert len(rules) > 200
    assert all(rule["summary"] and rule["bad"] and rule["good"] for rule in rules)
    text = run("check", "--explain", "DeadLink").stdout
    assert "[Complain](complaints.md)" in text
    unknown = run("check", "--explain", "DeedLink")
    assert unknown.returncode == 64 and "Did you mean 'DeadLink'?" in unknown.stderr


def test_docs_say_what_the_program_says():
    assert run("check", "--rules", "--format", "markdown").stdout == (ROOT / "docs/rules.md").read_text()


def test_many_problems_of_a_rule_are_one_line_and_the_summary_counts_all(site):
    site.write("guidance/notes.md", "# Notes\n\n" + "".join(f"Number {n} is TBC.\n\n" for n in range(60)))
    result = site.run("check")
    assert result.stderr.count("[EditorsNote]\n ") == 20
    assert "… and 40 more [EditorsNote]; --all shows them" in result.stderr
    assert re.search(r"^  60 +EditorsNote$", result.stderr, re.M)
    assert site.run("check", "--all").stderr.count("[EditorsNote]\n ") == 60


def test_a_baseline_shows_only_what_is_new(site):
    page = "# Notes\n\nThe chair is TBC.\n"
    site.write("guidance/notes.md", page)
    written = site.run("check", "--baseline", "known.txt", "--write-baseline")
    assert written.returncode == 0 and "problems written" in written.stderr
    quiet = site.run("check", "--baseline", "known.txt")
    assert "EditorsNote" not in quiet.stderr and "known problems are not shown" in quiet.stderr
    site.write("guidance/notes.md", page.replace("# Notes", "# Notes\n\nNew words.") + "\nThe room is TBC.\n")
    new = site.run("check", "--baseline", "known.txt")
    assert re.findall(r"notes\.md:(\d+):", new.stderr) == ["7"]
    assert site.run("check", "--baseline", "none.txt").returncode == 64


@pytest.mark.parametrize("page,rule", [
    ("# R\n\nPhone [insert name].\n", "EditorsNote"),
    ("# R\n\nAsk under the Data Protection Act 1998.\n", "RepealedLaw"),
    ("# R\n\n| a | b |\n|--|--|\n| 1 | 2 | 3 |\n", "ExtraTableCells"),
    ("# R\n\nRead page Error! Bookmark not defined. first.\n", "WordResidue"),
])
def test_strict_refuses_what_no_family_should_read(site, page, rule):
    site.write("portal.yml", PORTAL.replace("help.example", "help.kent.gov.uk"))
    site.write("guidance/rights.md", page)
    for command in ["check", "build"]:
        found = [d for d in site.problems("--strict", command=command) if d["rule"] == rule]
        assert [d["severity"] for d in found] == ["error"], command
    assert [d["severity"] for d in site.problems() if d["rule"] == rule] == ["warning"]


def test_strict_refuses_an_address_that_is_an_example(site):
    rules = {d["rule"]: d["severity"] for d in site.problems("--strict")}
    assert rules["ExampleAddress"] == "error"


def test_what_a_portal_says_about_rules_counts_in_a_build_too(site):
    site.write("guidance/rights.md", "# R\n\n![](map.png)\n")
    site.write("guidance/map.png", b"x")

    def rules(command):
        return {d["rule"] for d in site.problems(command=command)}

    assert "MissingAlternative" in rules("check") and "MissingAlternative" in rules("build")
    site.write("guidance/rights.md", '# R\n\n![](map.png) {ignore=MissingAlternative because="a line between parts"}\n')
    assert "MissingAlternative" not in rules("check") | rules("build")
    site.write("guidance/rights.md", "# R\n\n![](map.png)\n")
    site.write("portal.yml", PORTAL + "checks: {MissingAlternative: off}\n")
    assert "MissingAlternative" not in rules("check") | rules("build")


@pytest.mark.parametrize("file", ["search/asked-en.txt", "search/en.yml", "leaflets/one.yml", "checks/own.yml", "portal.yml"])
def test_what_version_control_leaves_is_found_in_every_file(site, file):
    path = site.content / file
    known = path.read_text() if path.exists() else ""
    site.write(file, known + "<<<<<<< HEAD\n=======\n>>>>>>> main\n")
    found = [d for d in site.problems() if d["rule"] == "ConflictMarker"]
    assert found and all(d["severity"] == "error" and d["file"].endswith(file) for d in found)


def test_sarif_describes_the_rules_that_it_names(site):
    site.write("guidance/rights.md", "# R\n\nPhone TBC.\n")
    driver = json.loads(site.run("check", "--format", "sarif").stdout)["runs"][0]["tool"]["driver"]
    rule = next(rule for rule in driver["rules"] if rule["id"] == "EditorsNote")
    assert rule["shortDescription"]["text"] and rule["defaultConfiguration"]["level"] == "warning"


def test_programs_get_what_is_left_alone_with_its_reason(site):
    site.write("portal.yml", PORTAL + "checks: {EditorsNote: {level: off, because: the form asks for it}}\n")
    site.write("guidance/rights.md", "# R\n\nPhone TBC.\n\nHe said said so. {ignore=DoubledWord because=\"a quotation\"}\n")
    left = json.loads(site.run("check", "--format", "json").stdout)["excused"]
    left = {problem["rule"]: (problem["line"], problem["reason"]) for problem in left}
    assert left == {"EditorsNote": (3, "the form asks for it"), "DoubledWord": (5, "a quotation")}
    run = json.loads(site.run("check", "--format", "sarif").stdout)["runs"][0]
    suppressed = {result["ruleId"]: result["suppressions"] for result in run["results"] if "suppressions" in result}
    assert suppressed == {
        "EditorsNote": [{"kind": "external", "justification": "the form asks for it"}],
        "DoubledWord": [{"kind": "inSource", "justification": "a quotation"}]}
    assert {"EditorsNote", "DoubledWord"} <= {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    # A person is told how many the portal leaves alone; the page says the others itself.
    assert site.run("check").stderr.endswith("for reasons that portal.yml gives:\n  1  EditorsNote\n")


def test_fix_puts_right_what_is_safe_and_shows_it(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("##Bring\n\n•\tyour notes\n•\tthe letter\n\nPhone TBC.\n")
    result = run("check", "--path", tmp_path, *THEME, "--fix")
    assert page.read_text() == "## Bring\n\n- your notes\n- the letter\n\nPhone TBC.\n"
    assert " - ##Bring\n + ## Bring\n" in result.stderr
    assert re.findall(r"\[(\w+)\]\n \d", result.stderr) == ["EditorsNote"]


def test_no_heading_meets_an_id_of_the_theme(site):
    site.write("guidance/rights.md", "# R\n\n## Content\n\nYes.\n\n## Search {#search}\n\nYes.\n")
    for command in ["check", "build"]:
        assert not [d for d in site.problems(command=command) if d["severity"] == "error"], command


def test_check_and_build_refuse_an_id_that_begins_as_those_of_the_theme(site):
    site.write("guidance/rights.md", "# R\n\n## Content {#_content}\n\nYes.\n")
    for command in ["check", "build"]:
        found = [d for d in site.problems(command=command) if d["rule"] == "ReservedID"]
        assert [(d["line"], d["help"]) for d in found] == [(3, "Write {#content}.")], command


def test_a_nation_is_read_however_it_is_written(site):
    site.write("councils/a/council.yml", COUNCIL.replace("england", "Northern Ireland"))
    assert not site.errors()


def photograph(path, where=None, size=(40, 30)):
    """A picture as a phone saves it; where: with its place, in EXIF or in XMP."""
    data = PIL.Image.Exif()
    data[0x010F] = "A phone"
    if where == "exif":
        data.get_ifd(0x8825).update({1: "N", 2: (51.0, 45.0, 7.0), 3: "W", 4: (1.0, 15.0, 28.0)})
    more = {"exif": data}
    if where == "xmp":
        more["xmp"] = b'<x:xmpmeta><rdf:Description exif:GPSLatitude="51,45.1N"/></x:xmpmeta>'
    path.parent.mkdir(parents=True, exist_ok=True)
    # Noise does not get smaller.
    PIL.Image.effect_noise(size, 100).convert("RGB").save(path, **more)


@pytest.mark.parametrize("name", ["room.jpg", "room.JPEG", "room.png", "room.webp"])
def test_a_picture_that_says_where_it_was_taken_is_not_published(site, name):
    site.write("guidance/rights.md", f"# Rights\n\n![The room]({name})\n")
    picture = site.content / "guidance" / name
    photograph(picture)
    assert not site.errors() and site.build().returncode == 0
    photograph(picture, "exif")
    [problem] = site.errors()
    assert (problem["rule"], problem["file"]) == ("PictureWithPlace", f"content/guidance/{name}")
    assert "exiftool" in problem["help"]
    result = site.build()
    assert result.returncode == 1 and "[PictureWithPlace]" in result.stderr
    if name == "room.jpg":
        # An empty comment before it changes nothing.
        data = picture.read_bytes()
        picture.write_bytes(data[:2] + b"\xff\xfe\x00\x02" + data[2:])
        assert [p["rule"] for p in site.errors()] == ["PictureWithPlace"]
        picture.write_bytes(data)
    # A file that is cut short anywhere is no reason to fall over.
    whole = picture.read_bytes()
    for length in range(0, len(whole), len(whole) // 5):
        picture.write_bytes(whole[:length])
        assert {p["rule"] for p in site.errors()} <= {"PictureWithPlace"}


def test_a_place_in_xmp_is_seen_too_and_in_a_councils_folder(site):
    photograph(site.content / "councils/a/office.jpg", "xmp")
    assert [p["rule"] for p in site.errors()] == ["PictureWithPlace"]


def test_a_heavy_picture_is_a_warning(site):
    photograph(site.content / "guidance/room.png", size=(900, 900))
    [problem] = [p for p in site.problems() if p["rule"] == "HeavyPicture"]
    assert re.search(r"has \d+ kB, as much as \d+ pages of text", problem["message"])
    photograph(site.content / "guidance/room.png")
    assert not [p for p in site.problems() if p["rule"] == "HeavyPicture"]


@pytest.mark.parametrize("line", [
    "There is a free lunch for every child {when=meals}.",
    "{when=meals} There is lunch.",
    "Lunch {when=meals}{unless=rain}",
    "Lunch {when=meals",
    "**Lunch {when=meals}** is free.",
    "> [!IMPORTANT] {when=meals}\n> Lunch is free.",
    "| a | b |\n|---|---|\n| 9am | Lunch {when=meals} |",
])
def test_a_condition_that_would_do_nothing_is_an_error_at_its_place(site, line):
    site.write("councils/a/council.yml", COUNCIL + "facts: {meals: no, rain: no}\n")
    page = site.write("guidance/rights.md", f"# R\n\nYou can come. {{unless=meals}}\n\n{line}\n")
    for command in ["check", "build"]:
        found = [d for d in site.problems(command=command) if d["rule"] == "MisplacedAttributes"]
        assert found, command
        at = page.read_text().split("\n")[found[0]["line"] - 1]
        assert at[found[0]["column"] - 1:].startswith("{when="), command


def test_braces_that_readers_are_to_see_are_no_condition(site):
    site.write("guidance/rights.md", "# R\n\nWrite \\{when=meals} or `{when=meals}` there.\n")
    assert "MisplacedAttributes" not in {d["rule"] for d in site.problems()}


def test_a_heading_that_says_more_than_the_title_is_named(site):
    site.write("guidance/bins.md", "---\ntitle: Bins\n---\n\n# Bins are emptied on Tuesdays\n\nPut them out.\n")
    found = [d for d in site.problems() if d["rule"] == "HiddenHeading"]
    assert [(d["line"], d["column"]) for d in found] == [(5, 1)]
    site.write("guidance/bins.md", "---\ntitle: Bins (North)\n---\n\n# Bins\n\nPut them out.\n")
    assert "HiddenHeading" not in {d["rule"] for d in site.problems()}


def test_titles_summaries_and_notices_are_read_like_the_page(site):
    site.write("portal.yml", PORTAL + 'notice: "Closed from 1 October 2026 until 3 October 2026. TBC"\n')
    site.write("guidance/a.md", "---\ntitle: TBC\nsummary: '[insert summary]'\n---\n\nText.\n")
    found = {(d["file"].split("/")[-1], d["line"], d["column"], d["rule"])
             for d in site.problems("--date", "2026-11-29")}
    assert found >= {("a.md", 2, 8, "EditorsNote"), ("a.md", 3, 11, "EditorsNote"),
                     ("portal.yml", 4, 59, "EditorsNote"), ("portal.yml", 4, 43, "DayGoneBy")}


@pytest.mark.parametrize("sentence,rule", [
    ("Apply by 3 October 2026.", "DayGoneBy"),
    ("You must apply before 30 September 2026.", "DayGoneBy"),
    ("The consultation closes on 1 November 2026.", "DayGoneBy"),
    ("Come to the open day on Saturday 14 November 2026.", "DayGoneBy"),
    ("The form must be returned by 31/10/2026.", "DayGoneBy"),
    ("Come on Monday 1 December 2026.", "ImpossibleDate"),
    ("The course begins on 31 February 2027.", "ImpossibleDate"),
    ("Come on Tuesday 1 December 2026.", None),
    ("The law began on 1 April 2019.", None),
    ("If you applied before 1 May 2020, phone us.", None),
    ("Children born before 1 September 2021 can come.", None),
    ("We made this page on 3 October 2026.", None),
])
def test_dates_that_mislead_are_found(site, sentence, rule):
    site.write("guidance/rights.md", f"# R\n\n{sentence}\n")
    found = {d["rule"] for d in site.problems("--date", "2026-11-29")} & {"DayGoneBy", "ImpossibleDate"}
    assert found == ({rule} if rule else set())


def test_what_new_page_writes_is_not_published_unnoticed(site):
    run("new", "page", "visits", "--title", "Visits", "--content", site.content)
    page = (site.content / "guidance/visits.md").read_text()
    lines = {d["line"] for d in site.problems("--strict")
             if d["file"].endswith("visits.md") and d["rule"] == "EditorsNote" and d["severity"] == "error"}
    assert {number for number, line in enumerate(page.split("\n"), 1) if "sentence" in line} <= lines


@pytest.mark.parametrize("before,after", [
    ("<b>Civic Centre</b><br>1 High Street<br/>NP20 1AA", "**Civic Centre**\\\n1 High Street\\\nNP20 1AA"),
    ("<p>First.</p><p>Second.</p>", "First.\n\nSecond."),
    ("<ol>\n  <li>One</li>\n  <li>Two <b>bold </b>x</li>\n</ol>", "1. One\n2. Two **bold** x"),
    ("- item<br>more\n  - nested <b>x</b>", "- item<br>more\n  - nested **x**"),
    ("•\tfirst\\\n•\tsecond\\", "- first\n- second"),
    ("The <i>end</i><br>", "The *end*"),
])
def test_fixes_keep_what_readers_see(tmp_path, before, after):
    page = tmp_path / "page.md"
    page.write_text(f"# Page\n\n{before}\n")
    run("check", "--path", tmp_path, *THEME, "--fix")
    assert page.read_text() == f"# Page\n\n{after}\n"


@pytest.mark.parametrize("text", [
    "| Where |\n|---|\n| 2 Hill Road<br>Newport |", "Write `<b>` for bold<br>and go on", "## A heading<br>of two lines",
])
def test_what_ends_a_line_is_no_problem_and_stays(tmp_path, text):
    page = tmp_path / "page.md"
    page.write_text(f"# Page\n\nWords.\n\n{text}\n")
    result = run("check", "--path", tmp_path, *THEME, "--fix")
    assert page.read_text() == f"# Page\n\nWords.\n\n{text}\n"
    assert "RawHTML" not in result.stderr


@pytest.mark.parametrize("text", [
    "<ol><li>First</li><li>Second</li></ol>",
    "<ul>\n<li>A<ul><li>B</li></ul></li>\n<li>C</li>\n</ul>",
    "> A quotation <p>of two</p>",
    "A lone end</p>",
])
def test_what_can_be_meant_in_two_ways_is_left_alone(tmp_path, text):
    page = tmp_path / "page.md"
    page.write_text(f"---\nsummary: Line<br>two\n---\n\n# Page\n\n{text}\n")
    result = run("check", "--path", tmp_path, *THEME, "--fix")
    assert page.read_text() == f"---\nsummary: Line<br>two\n---\n\n# Page\n\n{text}\n"
    assert "RawHTML" in result.stderr


def test_tables_in_quotations_and_lists_have_the_cells_they_have(site):
    site.write("guidance/rights.md", "# R\n\n> | C | D |\n> |---|---|\n> | 1 | 2 |\n> | 3 | 4 | 5 |\n\n"
               "- | C | D |\n  |---|---|\n  | 1 | 2 |\n")
    found = [(d["rule"], d["line"]) for d in site.problems() if d["rule"] in ("ExtraTableCells", "TableAsText")]
    assert found == [("ExtraTableCells", 6)]


def test_templates_of_other_programs_are_named_and_questions_that_were_asked_are_not(site):
    site.write("guidance/page.html.md.erb", "# Page\n")
    site.write("search/asked-en.txt", "how do I complain\n")
    found = [d["file"].split("/")[-1] for d in site.problems() if d["rule"] == "UnreadFile"]
    assert found == ["page.html.md.erb"]


@pytest.mark.parametrize("arguments", [
    ("build", "--archive", "notes.md"),
    ("check", "--baseline", "notes.md", "--write-baseline"),
])
def test_another_kind_of_file_is_not_written_over(site, arguments):
    notes = site.folder / "notes.md"
    notes.write_text("# Mine\n")
    result = site.run(*arguments)
    assert result.returncode == 64 and "another kind of file" in result.stderr
    assert notes.read_text() == "# Mine\n"


def test_a_long_run_of_one_word_is_read_quickly_and_named_once(site):
    site.write("guidance/rights.md", "# R\n\n" + "word " * 20000 + "\n")
    assert [d["rule"] for d in site.problems() if d["rule"] == "DoubledWord"] == ["DoubledWord"]


def test_a_council_whose_folder_was_copied_is_found(tmp_path):
    (tmp_path / "portal.yml").write_text("name: Help\nbase-url: https://help.kent.gov.uk\nlanguages: [en]\n")
    (tmp_path / "guidance").mkdir()
    (tmp_path / "guidance/index.md").write_text("# Help\n\nPhone us.\n")
    contacts = "contacts:\n  a: {name: Front door, phone: 01865 815672}\n  b: {name: Chair, phone: 01865 815673}\n"

    def found(name, own):
        for council, title, text in [("kent", "Kent", contacts), ("swale", name, own)]:
            (tmp_path / "councils" / council).mkdir(parents=True, exist_ok=True)
            (tmp_path / "councils" / council / "council.yml").write_text(
                f"name: {title}\nnation: england\nlanguages: [en]\n{text}")
        result = run("check", "--content", tmp_path, *THEME, "--format", "json")
        return {d["rule"] for d in json.loads(result.stdout)["diagnostics"]} & {
            "DuplicateCouncilName", "CopiedContacts"}

    assert found("Kent", contacts) == {"DuplicateCouncilName", "CopiedContacts"}
    assert found("Swale", contacts) == {"CopiedContacts"}
    assert found("Swale", contacts.replace("5673", "5674")) == set()
