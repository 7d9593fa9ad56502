"""Files that pages show and lead to: pictures and documents are published, and nothing that runs in the site's name."""

import json
import re

import pytest
from conftest import COUNCIL

SCRIPT = "<script>alert(1)</script>"
RUNS = ["xhtml", "xht", "xml", "mjs", "js", "css", "shtml", "swf", "mht", "exe", "htaccess", "wasm", "hta", "svgz", "json"]
PDF = b"%PDF-1.7\n%%EOF\n"
GIVEN = {
    "pdf": PDF, "docx": b"PK\x03\x04", "xlsx": b"PK\x03\x04", "pptx": b"PK\x03\x04", "odt": b"PK\x03\x04", "rtf": b"{\\rtf1",
    "txt": b"Ask < 5 people", "csv": b"a,b\n<5,6\n", "ics": b"BEGIN:VCALENDAR", "epub": b"PK\x03\x04", "zip": b"PK\x03\x04",
    "mp3": b"ID3", "doc": b"\xd0\xcf\x11\xe0", "mov": b"\0\0\0\x14ftypqt",
}


def published(site):
    return [name for name, data in site.files().items() if b"alert(1)" in data] if site.output.exists() else []


@pytest.mark.parametrize("ending", RUNS)
@pytest.mark.parametrize("words", ["[the file](%s)", "![The file](%s)"])
def test_what_runs_is_refused_at_its_place(site, ending, words):
    site.write("guidance/rights.md", f"# Rights\n\nYes.\n\n{words % ('file.' + ending)}\n")
    site.write("guidance/file." + ending, SCRIPT)
    result = site.build()
    rule = "UnusablePicture" if words.startswith("!") else "UnusableFile"
    assert result.returncode == 1 and re.search(rf"guidance/rights\.md:5:\d+: error: .*\[{rule}\]", result.stderr), result.stderr
    assert "help:" in result.stderr and published(site) == []


@pytest.mark.parametrize("data", [
    SCRIPT, "<!-- x -->" + SCRIPT, "\n\t <?xml version='1.0'?><a/>", SCRIPT.encode("utf-16"), "<?php echo 1;", "#!/bin/sh",
    "MIME-Version: 1.0\n", "From: <Saved by x>\nMIME-Version: 1.0\n", b"\x7fELF\x02", b"MZ\x90\0", b"CWS\x0a"])
@pytest.mark.parametrize("name", ["file.pdf", "file.txt", "file.png", "file.pl.pdf", "film.mp4"])
def test_what_runs_is_refused_under_another_name(site, name, data):
    if name == "file.pl.pdf":
        name = "file.easy-read.pdf"
        site.write("guidance/file.pdf", PDF)
    shown = name.replace(".easy-read", "")
    site.write("guidance/rights.md", f"# Rights\n\n{'!' if name[-3:] in ('png', 'mp4') else ''}[The file]({shown})\n")
    site.write("guidance/" + name, data)
    result = site.build()
    assert result.returncode == 1 and re.search(r"rights\.md:3:\d+: error: .*\[UnusableFile\]", result.stderr), result.stderr


@pytest.mark.parametrize("ending", GIVEN)
def test_what_families_get_is_published(site, ending):
    site.write("guidance/rights.md", f"# Rights\n\n[The form](form.{ending})\n")
    site.write("guidance/form." + ending, GIVEN[ending])
    result = site.build()
    assert result.returncode == 0 and "Unusable" not in result.stderr, result.stderr
    assert GIVEN[ending] in site.files().values()


@pytest.mark.parametrize("logo", ["logo.html", "logo.png", "logo.txt", "council.yml"])
def test_a_logo_is_a_picture(site, logo):
    site.write("councils/a/council.yml", COUNCIL + f"brand: {{logo: {logo}}}\n")
    if logo != "council.yml":
        site.write("councils/a/" + logo, SCRIPT)
    result = site.build()
    assert result.returncode == 1 and re.search(r"council\.yml:\d+:\d+: error: .*\[Unusable", result.stderr), result.stderr
    assert published(site) == []


@pytest.mark.parametrize("data", [
    b"<html xmlns='http://www.w3.org/1999/xhtml'><script>alert(1)</script></html>",
    b"<!--ftyp--><html xmlns='http://www.w3.org/1999/xhtml'><script>alert(1)</script></html>"])
def test_a_drawing_that_is_none_is_searched_too(site, data):
    site.write("guidance/rights.md", "# Rights\n\n![A map](map.svg)\n")
    site.write("guidance/map.svg", data)
    result = site.build()
    assert result.returncode == 1 and "[DrawingWithScript]" in result.stderr and published(site) == []
