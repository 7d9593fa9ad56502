"""The program as people and tools use it."""

import json
import os
import re
import shutil
import zipfile

import pytest

from conftest import COUNCIL, PORTAL, ROOT, Site, run


def test_help_shows_examples_and_version_a_number():
    assert "signpost build" in run("--help").stdout
    assert re.fullmatch(r"\d+\.\d+\.\d+\n", run("--version").stdout)
    for command in ["build", "check", "facts", "councils", "new"]:
        assert run(command, "--help").returncode == 0


def test_wrong_usage_exits_with_64():
    assert run("build", "--nonsense").returncode == 64
    assert run("build", "--date", "2026-13-01").returncode == 64
    assert run("build", "--base-url", "guidance").returncode == 64


@pytest.mark.parametrize("typed, near", [
    ("biuld", "build"), ("chek", "check"), ("sreve", "serve"), ("search tyr", "try"), ("translations statsu", "status")])
def test_a_mistyped_command_is_answered_with_the_one_that_is_near(typed, near):
    result = run(*typed.split())
    assert result.returncode == 64 and result.stdout == ""
    assert result.stderr == f"Error: There is no command 'signpost {typed}'. Did you mean '{near}'?\n"


def test_a_command_that_is_nothing_like_one_shows_all():
    result = run("publish")
    assert result.returncode == 64 and "Known: build, merge, check" in result.stderr


def test_a_sound_site_builds_with_one_line_and_what_to_do_next(site):
    result = site.build()
    assert result.returncode == 0
    assert re.fullmatch(
        r"Published \d+ pages to site in \d+\.\d s: \d+ files written, 0 unchanged, 0 removed; \d+ warnings?\.\n"
        r"Look at it: open site/index\.html, or run 'signpost serve'\.\n", result.stdout)
    assert "error" not in result.stderr
    assert (site.output / "rights" / "index.html").exists()
    assert (site.output / "sitemap.xml").exists()
    assert (site.output / "404.html").exists()
    assert (site.output / "robots.txt").exists()


def test_a_quiet_build_says_only_problems_and_a_verbose_one_every_file(site):
    assert site.build("--quiet").stdout == ""
    site.write("guidance/rights.md", "# Rights\n\nYou have more rights.\n")
    result = site.build("-v")
    assert "written site/rights/index.html\n" in result.stderr and "site/404.html" not in result.stderr
    (site.content / "guidance/rights.md").rename(site.content / "guidance/other.md")
    assert "removed site/rights/index.html\n" in site.build("-v").stderr
    assert site.build("-q").stdout == "" and "Nothing has changed" in site.build().stdout
    site.write("guidance/other.md", "# Rights\n\n{{early}}\n")
    result = site.build()
    assert result.returncode == 1 and result.stdout.startswith("Nothing was published, and site is as it was: 1 error")
    assert "'signpost check --explain RULE'" in result.stdout
    # Without the table of rules.
    assert "[UnknownPlaceholder]" in (said := site.run("check", "-q").stderr) and "1 error" not in said


def test_an_archive_holds_the_site_without_the_records(site):
    result = site.build("--archive", "out/site.zip")
    assert re.search(r"^out/site\.zip: the whole site in one file, [1-9]\d* kB\.$", result.stdout, re.M), result.stdout
    assert result.returncode == 0, result.stderr
    with zipfile.ZipFile(site.folder / "out/site.zip") as archive:
        assert archive.testzip() is None
        held = {name: archive.read(name) for name in archive.namelist()}
    assert held == {path: data for path, data in site.files().items() if not path.startswith(".signpost/")}
    before = (site.folder / "out/site.zip").read_bytes()
    # The same where nothing has changed.
    assert "Nothing has changed" in site.build("--archive", "out/site.zip").stdout
    assert (site.folder / "out/site.zip").read_bytes() == before
    assert site.build("--archive", "site/all.zip").returncode == 64
    result = site.build("--archive", "content/portal.yml/x.zip")
    assert result.returncode == 1 and "content/portal.yml/x.zip: error" in result.stderr


def test_the_portal_is_found_from_a_folder_within_it(site):
    deep = site.content / "councils/a"
    result = run("build", "--no-leaflets", "--theme", ROOT / "themes/default", cwd=deep)
    assert result.returncode == 0, result.stderr
    assert "to ../../../site in" in result.stdout and (site.output / "rights/index.html").exists()
    assert not (deep / "site").exists()
    site.write("guidance/rights.md", "# Rights\n\n{{early}}\n")
    result = run("check", "--theme", ROOT / "themes/default", cwd=deep)
    assert "../../../content/guidance/rights.md:3:1: error" in result.stderr
    # Outside of any portal the help is the same as before.
    assert "[MissingContent]" in run("check", "--theme", ROOT / "themes/default", cwd="/").stderr


@pytest.mark.parametrize("where, named", [
    ("content", "."), ("content", "./"), ("content/guidance", "."), ("content/guidance", ".."), ("", "."), ("..", None)])
def test_a_folder_in_or_around_the_content_is_understood(site, where, named):
    site.write("guidance/rights.md", "# Rights\n\nYou can \u202ebring a friend.\n")
    named = named or site.folder.name
    result = run("check", "--content", named, "--theme", ROOT / "themes/default", cwd=site.folder / where)
    assert result.returncode == 0 and "HiddenSign" in result.stderr, result.stderr
    # A folder that is no part of a portal is not taken for one.
    result = run("check", "--content", "/usr", "--theme", ROOT / "themes/default", cwd=site.folder / where)
    assert result.returncode == 1 and "MissingPortalFile" in result.stderr


def test_errors_publish_nothing_and_keep_the_old_site(site):
    assert site.build().returncode == 0
    before = site.files()
    site.write("guidance/rights.md", "# Rights\n\nCome {{early}}.\n")
    result = site.build()
    assert result.returncode == 1
    assert re.search(r"content/guidance/rights.md:3:6: error: .* \[UnknownPlaceholder\]\n 3 \| Come", result.stderr)
    assert site.files() == before


def test_check_writes_nothing(site):
    before = sorted(site.folder.rglob("*"))
    assert site.run("check").returncode == 0
    site.write("guidance/x.md", "[a](b.md)\n")
    assert site.run("check").returncode == 1
    after = [f for f in sorted(site.folder.rglob("*")) if f.name != "x.md"]
    assert after == before


def test_a_second_build_writes_nothing_and_says_so(site):
    site.build()
    times = {f: f.stat().st_mtime_ns for f in site.output.rglob("*") if f.is_file()}
    result = site.build()
    assert "Nothing has changed" in result.stdout
    assert {f: f.stat().st_mtime_ns for f in site.output.rglob("*") if f.is_file()} == times


def test_warnings_are_shown_again_when_nothing_has_changed(site):
    first = site.build()
    second = site.build()
    assert first.stderr and second.stderr == first.stderr


def test_strict_makes_what_a_site_must_not_lack_an_error(site):
    assert site.build().returncode == 0
    result = site.build("--strict")
    assert result.returncode == 1
    assert "NoContacts" in result.stderr


@pytest.mark.parametrize("format", ["json", "sarif"])
def test_machine_formats_are_alone_on_standard_output(site, format):
    site.write("guidance/x.md", "[a](b.md)\n")
    result = site.run("check", "--format", format)
    assert result.returncode == 1
    assert result.stderr == ""
    data = json.loads(result.stdout)
    if format == "json":
        problem = next(p for p in data["diagnostics"] if p["rule"] == "DeadLink")
        assert (problem["file"], problem["line"], problem["column"]) == ("content/guidance/x.md", 1, 5)
        assert data["summary"]["errors"] == 1


def test_building_in_two_folders_gives_the_same_bytes(site, tmp_path):
    site.build()
    first = site.files()
    other = Site(tmp_path / "other")
    shutil.rmtree(other.content)
    shutil.copytree(site.content, other.content)
    other.build()
    assert other.files() == first


def test_changing_one_fact_changes_the_pages_that_use_it_and_no_other(site):
    site.write("councils/b/council.yml", COUNCIL.replace("A", "B") + "facts:\n  early: 20 minutes\n")
    site.write("councils/a/council.yml", COUNCIL + "facts:\n  early: 30 minutes\n")
    site.write("guidance/day.md", "# Day\n\nCome {{early}} before.\n")
    site.write("guidance/prepare.md", "# Prepare\n\n- Come {{early}} before.\n")
    site.build()
    before = site.files()
    site.write("councils/a/council.yml", COUNCIL + "facts:\n  early: 25 minutes\n")
    site.build()
    after = site.files()
    changed = {path for path in before if before[path] != after.get(path)}
    assert {path for path in changed if path.endswith(".html")} == {"a/day/index.html", "a/prepare/index.html"}
    # The search shows the same words.
    assert {path for path in changed if not path.endswith(".html")} <= {".signpost/manifest"} | {
        path for path in set(before) | set(after) if path.startswith("a/search-")}
    assert b"25 minutes" in after["a/day/index.html"]
    assert b"20 minutes" in after["b/day/index.html"]


def test_an_incremental_build_equals_a_clean_one(site, tmp_path):
    site.write("councils/b/council.yml", COUNCIL.replace("A", "B"))
    site.build()
    edits = [
        ("guidance/new.md", "---\naliases: [old]\n---\n# New\n\n[Rights](rights.md)\n"),
        ("councils/b/rights.md", "## More {#more}\n\nMore.\n"),
        ("councils/c/council.yml", COUNCIL.replace("A", "C")),
        ("portal.yml", PORTAL + "notice: Take care.\n"),
    ]
    for path, text in edits:
        site.write(path, text)
        assert site.build().returncode == 0
        clean = Site(tmp_path / path.replace("/", "-"))
        shutil.rmtree(clean.content)
        shutil.copytree(site.content, clean.content)
        assert clean.build().returncode == 0
        assert clean.files() == site.files(), path
    shutil.rmtree(site.content / "councils" / "b")
    site.build()
    assert not (site.output / "b").exists()


def test_one_council_alone_stands_at_the_top(site):
    site.write("councils/b/council.yml", COUNCIL.replace("A", "B"))
    site.build("--council", "b")
    assert (site.output / "rights" / "index.html").exists()
    assert not (site.output / "b").exists()


@pytest.mark.parametrize(
    "name", ["a page.md", "it's \"quoted\".md", "a..b.md", "Zażółć.md", "页面.md", "#1 & 50%.md"])
def test_file_names_become_addresses(site, name):
    site.write("guidance/" + name, "# A page\n\nText.\n")
    assert site.build().returncode == 0
    assert b"A page" in b"".join(site.files().values())


def test_a_name_that_gives_no_address_is_an_error(site):
    site.write("guidance/😀.md", "# A\n")
    assert [e["rule"] for e in site.errors()] == ["InvalidFileName"]


def test_names_that_differ_only_in_case_are_an_error(site):
    site.write("guidance/Rights.md", "# A\n")
    assert [e["rule"] for e in site.errors()] == ["DuplicatePage"]


def test_bad_bytes_are_errors_at_their_place(site):
    site.write("guidance/a.md", b"# A\n\nCaf\xe9\n")
    site.write("guidance/b.md", b"# B\n\nx\x00y\n")
    site.write("guidance/c.md", b"\xef\xbb\xbf# Fine\r\n\r\nText with\r\nWindows lines.\r\n")
    site.write("guidance/d.md", b"word " * 10_500_000)
    found = {(e["rule"], e["file"].split("/")[-1], e["line"], e["column"]) for e in site.errors()}
    assert found == {("InvalidUTF8", "a.md", 3, 4), ("NulByte", "b.md", 3, 2), ("FileTooLarge", "d.md", None, None)}


def test_deep_nesting_is_an_error_not_a_crash(site):
    site.write("guidance/a.md", "> " * 10_000 + "x\n")
    site.write("guidance/b.md", "- " * 10_000 + "x\n")
    site.write("guidance/c.md", "*" * 20_000 + "x" + "[" * 20_000 + "\n")
    assert {e["rule"] for e in site.errors()} == {"NestingTooDeep"}


def test_symbolic_links_cannot_loop_or_leave(site, tmp_path):
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "x.md").write_text("# Secret\n")
    (site.content / "guidance" / "out").symlink_to(secret)
    (site.content / "guidance" / "loop").symlink_to(site.content)
    (site.content / "guidance" / "self").symlink_to("self")
    (site.content / "guidance" / "gone.md").symlink_to("nowhere.md")
    assert sorted(e["rule"] for e in site.errors()) == ["SymlinkLoop", "SymlinkLoop", "SymlinkOutside", "UnreadableFile"]


def test_an_empty_folder_and_an_empty_file_are_fine(site):
    (site.content / "guidance" / "empty").mkdir()
    site.write("guidance/blank.md", "")
    assert site.build().returncode == 0


@pytest.mark.skipif(os.geteuid() == 0, reason="root can read everything")
def test_an_unreadable_file_is_an_error(site):
    site.write("guidance/a.md", "# A\n").chmod(0)
    assert [e["rule"] for e in site.errors()] == ["UnreadableFile"]


def test_an_output_folder_of_somebody_else_is_refused(site):
    site.output.mkdir()
    (site.output / "thesis.txt").write_text("mine")
    result = site.build()
    assert result.returncode == 1
    assert "OutputNotOurs" in result.stderr
    assert [f.name for f in site.output.iterdir()] == ["thesis.txt"]


def test_output_inside_the_content_is_refused(site):
    result = run("build", "--content", "content", "--output", "content/out", "--theme", ROOT / "themes/default", cwd=site.folder)
    assert result.returncode == 1
    assert "OutputOverlapsContent" in result.stderr


def test_new_makes_what_builds(tmp_path):
    assert run("new", "portal", "--name", 'The "A: B" portal', "--yes", cwd=tmp_path).returncode == 0
    assert run("new", "council", "kent", "--name", "Kent: the council", cwd=tmp_path).returncode == 0
    assert run("new", "page", "visits", cwd=tmp_path).returncode == 0
    assert run("new", "page", "faq/more", "--council", "kent", "--title", "More questions", cwd=tmp_path).returncode == 0
    result = run("build", "--theme", ROOT / "themes/default", "--no-leaflets", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert (tmp_path / "site" / "kent" / "faq" / "more" / "index.html").exists()


def test_a_councils_page_adds_to_the_one_that_all_have(site):
    site.write("guidance/visits.md", "---\nsummary: Who comes to your home.\n---\n\n# Visits at home\n\n## Who comes {#who}\n\nYour social worker.\n")
    said = run("new", "page", "visits", "--council", "a", cwd=site.folder)
    assert said.returncode == 0 and "from content/guidance/visits.md. What you write here is added to it" in said.stdout
    assert site.build().returncode == 0
    page = (site.output / "visits/index.html").read_text()
    assert "<h1>Visits at home" in page and page.index('id="who"') < page.index('id="first-section"')
    # One that no other has is a page of its own.
    said = run("new", "page", "parking", "--council", "a", cwd=site.folder)
    assert "added to it" not in said.stdout and site.build().returncode == 0
    assert "<h1>Parking" in (site.output / "parking/index.html").read_text()


def test_new_never_overwrites(tmp_path):
    run("new", "portal", "--yes", cwd=tmp_path)
    result = run("new", "portal", "--yes", cwd=tmp_path)
    assert result.returncode == 64
    assert "nothing was written" in result.stderr


def test_facts_say_who_says_what_and_where():
    result = run("facts", "--fact", "arrive-early", cwd=ROOT)
    assert re.search(r"oxfordshire +20 minutes", result.stdout)
    assert re.search(r"southwark +30 minutes", result.stdout)
    assert "on-the-day#arrive" in result.stdout
    data = json.loads(run("facts", "--format", "json", cwd=ROOT).stdout)
    assert any(f["name"] == "chair" and f["kind"] == "contact" for f in data["facts"])


@pytest.mark.parametrize("arguments, what", [
    (["facts", "--format", "sarif"], "'text' or 'json'"), (["councils", "--format", "github"], "'text' or 'json'"),
    (["translations", "status", "--format", "markdown"], "'text' or 'json'"),
    (["check", "--rules", "--format", "sarif"], "'text', 'json' or 'markdown'"),
    (["check", "--explain", "PlainWords", "--format", "json"], "only as 'text'"),
    (["move", "rights", "x", "--format", "json"], "Unknown option"), (["due", "--format", "sarif"], "ical")], ids=str)
def test_a_format_that_a_command_cannot_give_is_refused(site, arguments, what):
    result = run(*arguments, cwd=site.folder)
    assert result.returncode == 64 and what in result.stderr and not result.stdout, result.stderr


def test_councils_show_overrides_and_what_changed_under_them(site):
    site.write("guidance/rights.md", "# Rights\n\n## One {#one}\n\nA.\n")
    site.write("councils/a/rights.md", "## One {#one}\n\nOwn.\n")
    assert "not recorded" in run("councils", cwd=site.folder).stdout
    assert "up to date" in run("councils", "--record", cwd=site.folder).stdout
    site.write("guidance/rights.md", "# Rights\n\n## One {#one}\n\nB.\n")
    assert "HAS CHANGED" in run("councils", cwd=site.folder).stdout
    assert "SharedSectionChanged" in site.build().stderr


def test_a_full_disk_leaves_the_old_site(site, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    if os.geteuid() != 0 or os.system(f"mount -t tmpfs -o size=600k tmpfs {disk} 2>/dev/null") != 0:
        pytest.skip("needs to mount a small disk")
    try:
        target = ["--output", disk / "site", "--no-leaflets", "--content", "content", "--theme", ROOT / "themes/default"]
        assert run("build", *target, cwd=site.folder).returncode == 0
        before = {f: f.read_bytes() for f in (disk / "site").rglob("*") if f.is_file()}
        for number in range(60):
            site.write(f"guidance/page-{number}.md", f"# Page {number}\n\n" + "Many words. " * 2000)
        result = run("build", *target, cwd=site.folder)
        assert result.returncode == 1
        assert "CannotWrite" in result.stderr
        assert "the disk is full" in result.stderr
        assert {f: f.read_bytes() for f in (disk / "site").rglob("*") if f.is_file()} == before
    finally:
        os.system(f"umount {disk}")


def test_ten_pages_of_an_existing_site_build_with_warnings_only(site):
    shutil.copytree(ROOT / "Tests" / "EndToEnd" / "messy", site.content / "councils" / "a", dirs_exist_ok=True)
    problems = site.problems(command="build")
    assert {p["severity"] for p in problems} == {"warning"}
    assert len([f for f in site.files() if f.endswith("index.html")]) >= 11


def test_the_example_portal_hides_from_search_engines_and_says_what_it_is(example):
    for page in example.rglob("*.html"):
        text = page.read_text()
        assert 'content="noindex' in text, page
        if 'http-equiv="refresh"' not in text:
            # The notice is in the language of the page, and names the program in all of them.
            assert "Signpost" in text, page
    assert "Disallow: /" in (example / "robots.txt").read_text()
