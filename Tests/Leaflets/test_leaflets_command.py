"""`signpost leaflets` and `signpost doctor`: the files, what is said about them, and what happens when it cannot be."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
import zipfile

import page
import pikepdf
import pytest
from conftest import wait_for

from .conftest import PORTAL, ROOT, THEME, TRANSLATIONS, engine

PROGRAM = pathlib.Path(os.environ.get("SIGNPOST", ROOT / ".build/release/signpost"))


def run(*arguments, env=None, **options):
    return subprocess.run(
        [PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=600,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1795219200", "SIGNPOST_PYTHON": engine(), **(env or {})}, **options)


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    """Finished leaflets, so that each test does not lay out the same again."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def leaflets(tmp_path, cache):
    """Runs the command on the sample portal; files go to `out` in the test's folder."""

    def make(*arguments, content=PORTAL, output=tmp_path / "out", cache=cache, **options):
        return run("leaflets", "--content", content, "--theme", THEME, "--output", output, "--cache", cache,
                   *arguments, **options)

    return make


def files(folder):
    return {str(f.relative_to(folder)): f.read_bytes() for f in sorted(folder.rglob("*")) if f.is_file()}


def rows(output):
    """The table, by its heading."""
    lines = [re.split(r" {2,}", line) for line in output.splitlines()]
    return [dict(zip(lines[0], line)) for line in lines[1:]]


def test_the_table_says_what_was_written(leaflets, tmp_path):
    result = leaflets()
    assert result.returncode == 0, result.stderr
    table = rows(result.stdout)
    assert {row["leaflet"] + "-" + row["format"] for row in table} >= {
        "sample-booklet", "sample-a4", "sample-large-print", "sample-trifold"}
    named = set()
    for row in table:
        reading = pathlib.Path(row["to read"])
        assert reading == tmp_path / "out/exampleshire/en" / f"{row['leaflet']}-{row['format']}.pdf"
        named.add(reading)
        with pikepdf.open(reading) as pdf:
            assert len(pdf.pages) == int(row["pages"])
            paper = len(pdf.pages) / 2
        if row["to print"] != "the same":
            assert row["to print"] == str(reading)[:-4] + "-print.pdf"
            named.add(pathlib.Path(row["to print"]))
            with pikepdf.open(row["to print"]) as pdf:
                paper = len(pdf.pages) / 2
        assert int(row["sheets"]) == -(-paper // 1)
    assert {tmp_path / "out" / path for path in files(tmp_path / "out")} == named


def test_makes_only_what_is_asked_for(leaflets, tmp_path):
    assert leaflets("--format", "trifold", "--language", "en").returncode == 0
    assert {path.rsplit("/", 1)[0] for path in files(tmp_path / "out")} == {"exampleshire/en"}
    assert {re.sub(r".*/\w+-", "", path.replace("-print", "")) for path in files(tmp_path / "out")} == {"trifold.pdf"}


@pytest.mark.parametrize("arguments", [["--format", "a5"], ["--nonsense"], ["--date", "tomorrow"], ["--base-url", "families.example"]])
def test_wrong_usage_exits_with_64(leaflets, arguments):
    assert leaflets(*arguments).returncode == 64


@pytest.mark.parametrize("arguments,rule", [(["--council", "nowhere"], "UnknownCouncil"),
                                            (["--language", "xx"], "UnknownLanguage")])
def test_what_does_not_exist_is_an_error_and_nothing_is_written(leaflets, tmp_path, arguments, rule):
    result = leaflets(*arguments)
    assert result.returncode == 1
    assert rule in result.stderr
    assert not (tmp_path / "out").exists()


def test_an_error_in_the_content_writes_nothing(leaflets, tmp_path):
    content = tmp_path / "content"
    shutil.copytree(PORTAL, content)
    with open(content / "guidance/about.md", "a") as file:
        file.write("\nCome {{never-said}}.\n")
    result = leaflets(content=content)
    assert result.returncode == 1
    assert "UnknownPlaceholder" in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_portal_without_leaflets_says_so(leaflets, tmp_path):
    content = tmp_path / "content"
    shutil.copytree(PORTAL, content, ignore=shutil.ignore_patterns("leaflets"))
    result = leaflets(content=content)
    assert result.returncode == 1
    assert "NoLeaflets" in result.stderr


def test_without_the_engine_it_names_what_was_not_made(leaflets, tmp_path):
    result = leaflets(env={"SIGNPOST_PYTHON": str(tmp_path / "no-python")})
    assert result.returncode == 1
    assert re.search(r"error: these leaflets were not made: sample, signs .*\[LeafletsSkipped\]", result.stderr)
    assert not (tmp_path / "out").exists()


KILLED = """#!{python}
import os, pathlib, subprocess, sys
engine = subprocess.Popen(["{engine}", *sys.argv[1:]], stdin=subprocess.PIPE)
for line in sys.stdin.buffer:
    engine.stdin.write(line)
    engine.stdin.flush()
    if b'"layout"' in line and not pathlib.Path("{once}").exists():
        {mark}
        engine.kill()
        os._exit(1)
engine.stdin.close()
engine.wait()
"""


def dying(tmp_path, once):
    """An engine that is killed in the middle of a leaflet: of the first one, or of every one."""
    path = tmp_path / f"dying-{once}"
    mark = f"{path}.once"
    path.write_text(KILLED.format(
        python=sys.executable, engine=engine(), once=mark, mark=f'pathlib.Path("{mark}").touch()' if once else "pass"))
    path.chmod(0o755)
    return {"SIGNPOST_PYTHON": str(path)}


def test_a_worker_that_is_killed_is_replaced(leaflets, tmp_path):
    assert leaflets().returncode == 0
    whole = files(tmp_path / "out")
    result = leaflets(output=tmp_path / "again", cache=tmp_path / "empty", env=dying(tmp_path, once=True))
    assert result.returncode == 0, result.stderr
    assert (tmp_path / "dying-True.once").exists()
    assert files(tmp_path / "again") == whole


def test_an_engine_that_dies_again_and_again_is_an_error_and_nothing_is_written(leaflets, tmp_path):
    result = leaflets("--format", "trifold", cache=tmp_path / "empty", env=dying(tmp_path, once=False))
    assert result.returncode == 1
    assert re.search(r"error: the leaflet 'sample' .* could not be made: the layout engine stopped in the middle of its work \[LeafletFailed\]", result.stderr), result.stderr
    assert not (tmp_path / "out").exists()


def test_what_has_not_changed_is_neither_laid_out_nor_written_again(leaflets, tmp_path):
    own = tmp_path / "own-cache"

    def state():
        return {f: f.stat().st_mtime_ns for folder in (own, tmp_path / "out") for f in folder.rglob("*") if f.is_file()}

    assert leaflets("--zip", cache=own).returncode == 0
    before = state()
    assert leaflets("--zip", cache=own).returncode == 0
    assert before and state() == before


def test_the_zip_holds_everything_of_a_council_and_is_the_same_every_time(leaflets, tmp_path):
    assert leaflets("--zip", "--copies-sheet").returncode == 0
    made = files(tmp_path / "out")
    archive = zipfile.ZipFile(tmp_path / "out/exampleshire.zip")
    assert archive.testzip() is None
    names = archive.namelist()
    assert names == sorted(names)
    assert {name: archive.read(name) for name in names} == {
        path: data for path, data in made.items() if not path.endswith(".zip")}
    assert "exampleshire/copies.pdf" in names
    assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}

    again = tmp_path / "again"
    assert leaflets("--zip", "--copies-sheet", output=again, cache=tmp_path / "empty").returncode == 0
    assert files(again) == made


def test_the_page_of_copies_lists_every_leaflet_on_one_accessible_page(leaflets, tmp_path):
    result = leaflets("--copies-sheet")
    path = tmp_path / "out/exampleshire/copies.pdf"
    with pikepdf.open(path) as pdf:
        assert len(pdf.pages) == 1
    report = page.validate_pdf(str(path), profile="ua1")
    assert report.is_compliant, [f"{f.rule_id}: {f.message}" for f in report.failures]
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
    for row in rows(result.stdout):
        assert f"{row['leaflet']}-{row['format']}" in text
        assert re.search(rf"Sheets: {row['sheets']}\b", text)
    for words in ["short edge", "long edge", "100%", "Fold in the middle", "Fold the narrow panel inwards"]:
        assert words in " ".join(text.split())


def test_a_full_disk_leaves_no_half_written_file(leaflets, tmp_path):
    assert leaflets("--zip").returncode == 0
    whole = files(tmp_path / "out")
    disk = tmp_path / "disk"
    disk.mkdir()
    size = sum(map(len, whole.values())) // 3 // 1024
    if os.geteuid() != 0 or os.system(f"mount -t tmpfs -o size={size}k tmpfs {disk} 2>/dev/null") != 0:
        pytest.skip("needs to mount a small disk")
    try:
        result = leaflets("--zip", output=disk / "out")
        assert result.returncode == 1
        assert "CannotWrite" in result.stderr
        assert "the disk is full" in result.stderr
        assert result.stdout == ""
        found = files(disk / "out")
        assert found and found.items() < whole.items()
    finally:
        os.system(f"umount {disk}")


def test_a_full_disk_for_finished_work_does_not_matter(leaflets, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    if os.geteuid() != 0 or os.system(f"mount -t tmpfs -o size=100k tmpfs {disk} 2>/dev/null") != 0:
        pytest.skip("needs to mount a small disk")
    try:
        result = leaflets(cache=disk)
        assert result.returncode == 0, result.stderr
        assert not [path for path in files(disk) if "partial" in path]
    finally:
        os.system(f"umount {disk}")


# MARK: doctor


def doctor(*arguments, **options):
    return run("doctor", *arguments, **{"cwd": ROOT, **options})


def test_doctor_finds_what_is_there():
    result = doctor()
    assert result.returncode == 0, result.stdout
    wanted = re.search(r"^typst==(\S+)$", (ROOT / "tools/requirements.in").read_text(), re.M).group(1)
    assert re.search(rf"^ok +Typst +{re.escape(wanted)} ", result.stdout, re.M)
    assert re.search(r"^ok +cmark-gfm +0\.\d+\.\d+\.gfm\.\d+$", result.stdout, re.M)
    for script, font in [("Arab", "Noto Naskh Arabic"), ("Beng", "Noto Sans Bengali"), ("Hans", "Noto Sans CJK SC")]:
        assert re.search(rf"^ok +Fonts, {script} +.*{font}", result.stdout, re.M)


def test_doctor_says_how_to_get_the_engine(tmp_path):
    result = doctor(env={"SIGNPOST_PYTHON": str(tmp_path / "none")})
    assert result.returncode == 1
    assert re.search(r"^missing +Typst .*\n .*make site", result.stdout, re.M)


def test_doctor_names_a_font_that_is_not_installed(tmp_path):
    themes = tmp_path / "themes"
    (themes / "own/leaflets").mkdir(parents=True)
    (themes / "default").symlink_to(THEME)
    (themes / "own/theme.yml").write_text("")
    (themes / "own/leaflets/fonts.yml").write_text(
        (THEME / "leaflets/fonts.yml").read_text().replace("Noto Sans Bengali", "Noto Sans Nowhere"))
    result = doctor("--theme", themes / "own")
    assert result.returncode == 1
    assert re.search(r"^missing +Fonts, Beng +Noto Sans Nowhere: no leaflets in Bengali\n .*fonts-noto-core", result.stdout, re.M)
    assert len(re.findall("^missing", result.stdout, re.M)) == 1


def test_doctor_misses_the_content(tmp_path):
    result = doctor("--content", "nowhere")
    assert result.returncode == 1
    assert re.search(r"^missing +Content .*\n .*signpost new portal", result.stdout, re.M)


# MARK: what is written in content/leaflets


@pytest.fixture
def portal(tmp_path):
    """A copy of the sample portal in English and Arabic, to be changed."""
    content = tmp_path / "content"
    shutil.copytree(PORTAL, content)
    for path in [content / "portal.yml", content / "councils/exampleshire/council.yml"]:
        path.write_text(path.read_text().replace("languages: [en, ar, ur, bn, zh-Hans]", "languages: [en, ar]"))
    quoted = lambda text: json.dumps(text, ensure_ascii=False)
    words = json.loads((TRANSLATIONS / "ar.json").read_text())
    (content / "translations").mkdir()
    (content / "translations/ar.po").write_text(
        'msgid ""\nmsgstr ""\n"Language: ar\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Plural-Forms: nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);\\n"\n'
        '"X-Signpost-Review: draft\\n"\n\n'
        + "\n\n".join(f"msgid {quoted(source)}\nmsgstr {quoted(text)}" for source, text in words.items()) + "\n")
    return content


def site(content, output, cache, *arguments):
    """Builds the site with the finished leaflets of `cache`, which lie beside the content."""
    target = content.parent / ".signpost/leaflets"
    if cache and not target.exists():
        target.parent.mkdir(exist_ok=True)
        target.symlink_to(cache)
    return run("build", "--content", content, "--theme", THEME, "--output", output, *arguments)


@pytest.mark.parametrize("change,rule,line,hint", [
    (("page: about", "page: abuot"), "UnknownLeafletPage", 11, "about"),
    (("page: rights", "page: rights\n    sections: [suporter]"), "UnknownLeafletSection", 13, "supporter"),
    (("page: rights", "page: rights\n    sections:\n      - report\n      - suporter"), "UnknownLeafletSection", 15, "supporter"),
    (("contacts: [danger]", "contacts: [dangre]"), "UnknownContactGroup", 15, "danger"),
    (("contents: yes", "contents: yes\npage: rihgts"), "UnknownLeafletPage", 6, "rights"),
    (("sections:\n", "councils:\n  examplshire: no\nsections:\n"), "UnknownLeafletCouncil", 8, "exampleshire"),
])
@pytest.mark.parametrize("command", ["build", "check", "leaflets"])
def test_a_name_that_nobody_knows_is_an_error_at_its_line(portal, tmp_path, cache, command, change, rule, line, hint):
    spec = portal / "leaflets/sample.yml"
    text = spec.read_text()
    assert change[0] in text
    spec.write_text(text.replace(*change))
    arguments = {"build": ["--output", tmp_path / "out"], "check": [],
                 "leaflets": ["--output", tmp_path / "out", "--cache", cache]}[command]
    if command == "build":
        result = site(portal, tmp_path / "out", cache)
    else:
        result = run(command, "--content", portal, "--theme", THEME, *arguments)
    assert result.returncode == 1
    assert re.search(rf"sample\.yml:{line}:\d+: error: .*\[{rule}\]", result.stderr), result.stderr
    assert f"Did you mean '{hint}'?" in result.stderr
    assert not list((tmp_path / "out").rglob("*.pdf"))


def test_a_page_that_only_another_council_has_is_no_mistake(portal, tmp_path, cache):
    add_council(portal, "other", guidance="none", page="# Only here\n\nWords.\n\n## First {#first}\n\nMore.\n")
    (portal / "leaflets/own.yml").write_text(
        "title: Own\nformats: [a4]\nsections:\n  - page: own\n    sections: [first]\n")
    for council in ["exampleshire", "other"]:
        result = run("leaflets", "--content", portal, "--theme", THEME, "--council", council, "--language", "en",
                     "--output", tmp_path / "out", "--cache", cache)
        assert result.returncode == 0, result.stderr
    assert (tmp_path / "out/other/en/own-a4.pdf").exists()


def add_council(portal, name, guidance="shared", page=None, languages="[en]", audience="families"):
    folder = portal / "councils" / name
    folder.mkdir()
    if guidance == "none":
        text = f"name: X\nnation: england\nlanguages: {languages}\naudience: {audience}\nguidance: none\n"
    else:
        text = (portal / "councils/exampleshire/council.yml").read_text()
    text = re.sub("^(short-)?name: .*", lambda m: f"{m[1] or ''}name: {name.capitalize()} Council", text, flags=re.M)
    folder.joinpath("council.yml").write_text(re.sub("^languages: .*", f"languages: {languages}", text, flags=re.M))
    if page:
        folder.joinpath("own.md").write_text(page)


@pytest.mark.parametrize("arguments,reason", [
    ([], "it has none of the sections that leaflets are made of"),
    (["--language", "ar"], "it is not published in ar"),
])
def test_a_council_without_leaflets_says_why(portal, leaflets, tmp_path, arguments, reason):
    add_council(portal, "board", guidance="none", page="# Own\n\nWords.\n")
    result = leaflets("--council", "board", *arguments, content=portal)
    assert result.returncode == 1
    assert f"error: no leaflet was made for Board Council: {reason} [NoLeaflets]" in result.stderr
    assert "help: " in result.stderr
    # Beside a council that has some, it is a warning.
    result = leaflets("--language", "en", "--format", "trifold", content=portal)
    assert result.returncode == 0
    assert "warning: no leaflet was made for Board Council: it has none" in result.stderr


def test_other_reasons_for_no_leaflets(portal, leaflets):
    add_council(portal, "board", guidance="none", page="# Own\n\nWords.\n", audience="professionals")
    assert "its pages are for professionals [NoLeaflets]" in leaflets("--council", "board", content=portal).stderr
    # In a language that its guidance is not translated into.
    settings = portal / "portal.yml"
    settings.write_text(settings.read_text().replace("  threshold: 0\n", "  threshold: 90\n"))
    shutil.rmtree(portal / "translations", ignore_errors=True)
    said = leaflets("--council", "exampleshire", "--language", "ar", content=portal).stderr
    assert "no page that leaflets are made of is translated into ar [NoLeaflets]" in said, said
    for spec in (portal / "leaflets").iterdir():
        spec.write_text(spec.read_text() + "councils:\n  exampleshire: no\n")
    result = leaflets("--council", "exampleshire", content=portal)
    assert "every leaflet is switched off for it [NoLeaflets]" in result.stderr
    (portal / "leaflets/sample.yml").unlink()
    (portal / "leaflets/signs.yml").write_text("title: Signs\nformats: [a4]\nsections:\n  - page: signs\n")
    result = leaflets("--council", "exampleshire", "--format", "trifold", content=portal)
    assert "none of its leaflets is made as trifold [NoLeaflets]" in result.stderr


# MARK: files of earlier runs


def test_files_of_earlier_runs_are_removed_and_nothing_else(portal, leaflets, tmp_path):
    out = tmp_path / "out"
    own = ["--language", "en", "--zip", "--copies-sheet"]
    assert leaflets(*own, content=portal).returncode == 0
    before = files(out)
    assert "exampleshire/en/signs-a4.pdf" in before and "exampleshire/en/sample-trifold-print.pdf" in before
    (out / "exampleshire/en/notes-a4.pdf").write_bytes(b"mine")
    (out / "exampleshire/en/sample-large-print.pdf").write_bytes(b"somebody changed this one")
    (portal / "leaflets/signs.yml").unlink()
    spec = portal / "leaflets/sample.yml"
    spec.write_text(spec.read_text().replace("formats: [booklet, a4, large-print, trifold]", "formats: [booklet, a4]"))

    # Asked for one format, the others are not its business.
    assert leaflets("--language", "en", "--format", "a4", content=portal).returncode == 0
    assert "exampleshire/en/sample-trifold.pdf" in files(out)
    # What told of everything is out of date as soon as one leaflet is gone.
    assert "exampleshire.zip" not in files(out) and "exampleshire/copies.pdf" not in files(out)

    result = leaflets("--language", "en", content=portal)
    assert result.returncode == 0, result.stderr
    assert "OldLeafletKept" in result.stderr and "sample-large-print.pdf" in result.stderr
    assert set(files(out)) == {"exampleshire/en/" + name for name in [
        "sample-booklet.pdf", "sample-booklet-print.pdf", "sample-a4.pdf", "notes-a4.pdf", "sample-large-print.pdf"]}


def test_nothing_of_somebody_else_is_written_over(portal, leaflets, tmp_path):
    out = tmp_path / "out"
    own = ["--language", "en", "--format", "a4", "--zip"]
    for path in ["exampleshire.zip", "exampleshire/en/sample-a4.pdf"]:
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_text("mine")
    result = leaflets(*own, content=portal)
    assert result.returncode == 1 and result.stderr.count("[ForeignFile]") == 2, result.stderr
    assert set(files(out).values()) == {b"mine"}
    # What the command wrote itself is written again.
    shutil.rmtree(out)
    assert leaflets(*own, content=portal).returncode == 0
    before = files(out)
    (out / "exampleshire/en/sample-a4.pdf").write_text("changed")
    assert leaflets(*own, content=portal).returncode == 0
    assert files(out) == before


def test_no_link_in_the_output_is_followed(portal, leaflets, tmp_path):
    out, outside = tmp_path / "out", tmp_path / "outside"
    outside.mkdir()
    (out / "exampleshire").mkdir(parents=True)
    (out / "exampleshire/en").symlink_to(outside)
    (outside / "z").write_text("mine")
    (out / "exampleshire.zip").symlink_to(outside / "z")
    result = leaflets("--language", "en", "--format", "a4", "--zip", content=portal)
    assert result.returncode == 1 and "[ForeignFile]" in result.stderr
    assert files(outside) == {"z": b"mine"}


def test_a_council_that_is_gone_leaves_no_leaflets(portal, leaflets, tmp_path):
    add_council(portal, "other")
    assert leaflets("--language", "en", "--format", "a4", content=portal).returncode == 0
    assert (tmp_path / "out/other/en/sample-a4.pdf").exists()
    shutil.rmtree(portal / "councils/other")
    assert leaflets("--council", "exampleshire", "--language", "en", "--format", "a4", content=portal).returncode == 0
    assert (tmp_path / "out/other/en/sample-a4.pdf").exists(), "only a run for all councils knows"
    assert leaflets("--language", "en", "--format", "a4", content=portal).returncode == 0
    assert not (tmp_path / "out/other").exists()
    assert (tmp_path / "out/exampleshire/en/sample-a4.pdf").exists()


# MARK: the same in the site


def annotations(path):
    with pikepdf.open(path) as pdf:
        return {str(note.A.URI) for sheet in pdf.pages for note in sheet.get("/Annots", []) if "/URI" in note.get("/A", {})}


def test_a_leaflet_says_the_same_alone_and_in_the_site(portal, leaflets, tmp_path, cache):
    add_council(portal, "other", languages="[en, ar]")
    with open(portal / "guidance/about.md", "a") as page:
        page.write("\n## A form {#form}\n\nFill in [the form](the%20form.txt).\n")
    (portal / "guidance/the form.txt").write_text("A form")
    result = site(portal, tmp_path / "site", cache)
    assert result.returncode == 0, result.stderr
    result = leaflets("--council", "other", "--language", "ar", content=portal)
    assert result.returncode == 0, result.stderr
    alone = {path.rsplit("/", 1)[1]: data for path, data in files(tmp_path / "out").items()}
    built = {path.name: path.read_bytes() for path in (tmp_path / "site/other/ar/leaflets").glob("*.pdf")}
    assert alone and alone == built
    # The QR code leads to the page in the same language, and a link to a file to that file on the site.
    links = annotations(tmp_path / "out/other/ar/sample-a4.pdf")
    assert "https://sample.example.org/other/ar/" in links
    forms = [link for link in links if "form" in link and link.endswith(".txt")]
    assert len(forms) == 1
    path = forms[0].removeprefix("https://sample.example.org/").replace("%20", " ")
    assert (tmp_path / "site" / path).read_text() == "A form"

    # With an address of its own, a council is at the top of its site.
    result = leaflets("--council", "other", "--language", "ar", "--base-url", "https://families.example/", content=portal)
    assert result.returncode == 0, result.stderr
    assert "https://families.example/ar/" in annotations(tmp_path / "out/other/ar/sample-a4.pdf")


def test_the_sites_page_of_leaflets(portal, tmp_path, cache):
    result = site(portal, tmp_path / "site", cache)
    assert result.returncode == 0, result.stderr
    for tag, base in [("en", tmp_path / "site"), ("ar", tmp_path / "site/ar")]:
        html = (base / "leaflets/index.html").read_text()
        pictures = re.findall(r'<img src="([^"]+)" width="(\d+)" height="(\d+)" alt="" loading="lazy">', html)
        assert len(pictures) == 2
        for source, width, height in pictures:
            data = (base / "leaflets" / source).read_bytes()
            assert data.startswith(b"\x89PNG") and len(data) < 30_000
            assert (int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")) == (int(width), int(height))
        linked = {(base / "leaflets" / path).resolve() for path in re.findall(r'href="([^"]+\.pdf)"', html)}
        assert linked == {path.resolve() for path in (base / "leaflets").glob("*.pdf")}
        for path in linked:
            assert path.exists()
        # One archive for all languages.
        archives = re.findall(r'href="([^"]+\.zip)"', html)
        assert len(archives) == 1
        with zipfile.ZipFile(base / "leaflets" / archives[0]) as archive:
            names = set(archive.namelist())
        assert {f"exampleshire/{tag}/{path.name}" for path in linked} <= names
    html = (tmp_path / "site/leaflets/index.html").read_text()
    booklet = re.search(r'sample-booklet\.pdf".*?Pages: (\d+)', html, re.S)
    sheets = re.search(r'sample-booklet-print\.pdf".*?Sheets of paper: (\d+).*?staple in the fold', html, re.S)
    assert int(booklet[1]) == 4 * int(sheets[1])


def test_every_folded_leaflet_of_the_example_fits_and_has_phone_numbers(tmp_path):
    content = ROOT / "content"
    result = run("leaflets", "--content", content, "--theme", THEME, "--output", tmp_path, "--format", "trifold")
    assert result.returncode == 0, result.stderr
    made = {}
    for row in rows(result.stdout):
        made.setdefault((row["council"], row["language"]), []).append(row["to read"])
    offered = {}
    for path in content.glob("councils/*/council.yml"):
        text = path.read_text()
        if "audience: professionals" not in text:
            offered[path.parent.name] = re.search(r"^languages: \[(.*)\]", text, re.M)[1].split(", ")
    assert set(made) == {(council, tag) for council, tags in offered.items() for tag in tags}
    for path in (path for paths in made.values() for path in paths):
        text = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
        # An adviser, a helpline for adults and one for children, besides the emergency number; for the young two advocates.
        assert len(set(re.findall(r"\b0\d{3} [\d ]{4,}\b", text))) >= 3 and "999" in text, path
        if "young-people" in path or "children" in path:
            # Childline comes first, then whoever speaks for a child, then the emergency number.
            assert 0 <= text.find("0800 1111") < re.search(r"\b999\b", text).start(), path
        else:
            assert "0808 801 0366" in text, path


def test_finished_leaflets_that_nothing_uses_are_not_kept(portal, tmp_path):
    (portal / "councils/exampleshire/council.yml").write_text(
        (portal / "councils/exampleshire/council.yml").read_text().replace("languages: [en, ar]", "languages: [en]"))
    finished = tmp_path / ".signpost/leaflets/leaflets"
    assert site(portal, tmp_path / "site", None).returncode == 0
    before = {path.name for path in finished.iterdir()}
    (finished / "somebody's notes").write_text("mine")
    page = portal / "guidance/signs.md"
    page.write_text(page.read_text() + "\nOne more line.\n")
    # A part of the portal does not know what the rest uses.
    assert site(portal, tmp_path / "part", None, "--council", "exampleshire").returncode == 0
    assert before < {path.name for path in finished.iterdir()}
    assert site(portal, tmp_path / "site", None).returncode == 0
    after = {path.name for path in finished.iterdir()}
    assert "somebody's notes" in after
    assert 0 < len(before - after) < len(before), "only what has changed is made anew"


def test_without_the_engine_the_site_is_built_and_says_what_is_missing(portal, tmp_path):
    missing = {"SIGNPOST_PYTHON": str(tmp_path / "no-python")}
    arguments = ["build", "--content", portal, "--theme", THEME, "--output", tmp_path / "site"]
    result = run(*arguments, env=missing)
    assert result.returncode == 0, result.stderr
    assert re.search(r"warning: these leaflets were not made: sample, signs .*\[LeafletsSkipped\]", result.stderr)
    assert (tmp_path / "site/about/index.html").exists()
    result = run(*arguments, "--strict", env=missing)
    assert result.returncode == 1
    assert re.search(r"error: these leaflets were not made: sample, signs .*\[LeafletsSkipped\]", result.stderr)


def test_an_engine_that_was_installed_later_makes_the_leaflets(portal, tmp_path):
    python = tmp_path / "python"
    python.write_text("#!/bin/sh\nexit 1\n")
    python.chmod(0o755)
    arguments = ["build", "--content", portal, "--theme", THEME, "--output", tmp_path / "site"]
    result = run(*arguments, env={"SIGNPOST_PYTHON": str(python)})
    assert result.returncode == 0 and "LeafletsSkipped" in result.stderr, result.stderr
    assert not list((tmp_path / "site").rglob("*.pdf"))
    python.write_text(f'#!/bin/sh\nexec "{engine()}" "$@"\n')
    result = run(*arguments, env={"SIGNPOST_PYTHON": str(python)})
    assert result.returncode == 0 and "LeafletsSkipped" not in result.stderr, result.stderr
    assert list((tmp_path / "site").rglob("*.pdf"))


def test_a_preview_shows_pages_first_and_leaflets_behind(portal, tmp_path):
    log = tmp_path / "serve.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [PROGRAM, "serve", "--content", "content", "--theme", THEME, "--port", "0"], cwd=tmp_path,
            stdout=output, stderr=subprocess.STDOUT,
            env={**os.environ, "TERM": "dumb", "SIGNPOST_PYTHON": engine()})

    def read(path):
        try:
            with urllib.request.urlopen(address + path, timeout=10) as answer:
                return answer.read()
        except urllib.error.HTTPError:
            return None

    def made():
        return log.read_text().count("The leaflets are up to date")

    def shows(words):
        return wait_for(lambda: words in (read("signs/") or b"").decode())

    try:
        address = wait_for(lambda: re.search(r"The site is at (http://\S+)", log.read_text()))[1]
        assert "Leaflets follow." in log.read_text()
        assert read("signs/") and not read("leaflets/signs-a4.pdf")
        wait_for(made)
        first = read("leaflets/signs-a4.pdf")
        assert first and b"signs-a4.pdf" in read("leaflets/")
        page = portal / "guidance/signs.md"
        for words in ["Words of the second time.", "Words of the third time."]:
            page.write_text(page.read_text() + f"\n{words}\n")
            shows(words)
        # What was made before stays until the new one is there.
        assert read("leaflets/signs-a4.pdf")
        assert b"signs-a4.pdf" in read("leaflets/")
        wait_for(lambda: made() > 1)
        wait_for(lambda: read("leaflets/signs-a4.pdf") != first)
        path = tmp_path / "new.pdf"
        path.write_bytes(read("leaflets/signs-a4.pdf"))
        text = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
        assert "Words of the third time." in text.replace("\n", " ")
    finally:
        process.terminate()
        process.wait(timeout=20)
    # The same files as a build that makes everything at once.
    assert run("build", "--content", portal, "--theme", THEME, "--output", tmp_path / "whole", "--base-url",
               address.rstrip("/")).returncode == 0
    names = lambda folder: {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}
    shown = tmp_path / ".signpost/cache/preview/site"
    assert names(shown) == names(tmp_path / "whole")
    # Dates may differ: the preview is of today.
    assert (shown / "signs/index.html").read_bytes() == (tmp_path / "whole/signs/index.html").read_bytes()


@pytest.mark.parametrize("tag, title, word", [("ar", "حقوقك", "الصفحة"), ("zh-Hans", "您的权利", "页")])
def test_the_page_of_a_link_in_english_words_is_in_the_letters_of_the_leaflet(portal, leaflets, tmp_path, tag, title, word):
    # Nothing but one title is translated, so the link stands in an English block.
    for path in [portal / "portal.yml", portal / "councils/exampleshire/council.yml"]:
        path.write_text(path.read_text().replace("languages: [en, ar]", f"languages: [en, {tag}]"))
    (portal / f"translations/{tag}.po").write_text(
        f'msgid ""\nmsgstr ""\n"Language: {tag}\\n"\n"X-Signpost-Review: draft\\n"\n\nmsgid "Your rights"\nmsgstr "{title}"\n')
    result = leaflets("--language", tag, "--format", "a4", content=portal)
    assert result.returncode == 0, result.stderr
    (path,) = (tmp_path / "out").rglob("sample-a4.pdf")
    text = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=True).stdout
    assert "your rights" in text and word in text.split("your rights")[1][:30], text
