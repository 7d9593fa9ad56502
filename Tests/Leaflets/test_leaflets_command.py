"""`signpost leaflets` and `signpost doctor`: the files, what is said about them, and what happens when it cannot be."""

import os
import pathlib
import re
import shutil
import subprocess
import zipfile

import page
import pikepdf
import pytest

from .conftest import PORTAL, ROOT, THEME, engine

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


@pytest.mark.parametrize("arguments", [["--format", "a5"], ["--nonsense"], ["--date", "tomorrow"]])
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
    wanted = re.search(r"^typst==(\S+)$", (ROOT / "tools/requirements.txt").read_text(), re.M).group(1)
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
