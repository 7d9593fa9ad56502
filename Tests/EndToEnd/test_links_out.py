"""No command writes through a symbolic link that leads out of the content, or over what somebody else has there."""

import os
import shutil

import pytest
from conftest import run


@pytest.fixture
def outside(site):
    folder = site.folder / "outside"
    folder.mkdir()
    return folder


def refused(site, outside, link, *command):
    link.parent.mkdir(parents=True, exist_ok=True)
    os.symlink(outside, link)
    before = sorted(outside.rglob("*"))
    result = run(*command, "--content", "content", cwd=site.folder)
    assert result.returncode == 1 and "[SymlinkOutside]" in result.stderr, result.stdout + result.stderr
    assert str(link.relative_to(site.folder)) + ": error: this link leads out" in result.stderr
    assert sorted(outside.rglob("*")) == before


def test_new_page(site, outside):
    shutil.rmtree(site.content / "guidance")
    refused(site, outside, site.content / "guidance", "new", "page", "visits")


def test_new_council(site, outside):
    refused(site, outside, site.content / "councils/k", "new", "council", "k", "--name", "K")


def test_move(site, outside):
    refused(site, outside, site.content / "guidance/to", "move", "rights", "to/rights")
    assert (site.content / "guidance/rights.md").exists()


def test_import(site, outside):
    # The council has a page of this name, so the document is set apart.
    site.write("councils/a/rights.md", "# Rights\n\nYou have other rights.\n")
    (site.folder / "words.txt").write_text("Rights\n\nYou have rights here.\n")
    refused(site, outside, site.content / "councils/a/from-documents", "import", "words.txt", "--council", "a", "--write")


def test_a_link_within_the_content_is_followed(site):
    (site.content / "guidance/real").mkdir()
    os.symlink("real", site.content / "guidance/by-name")
    result = run("new", "page", "by-name/visits", "--content", "content", cwd=site.folder)
    assert result.returncode == 0 and (site.content / "guidance/real/visits.md").exists(), result.stderr


def test_a_file_of_somebody_else_beside_one_that_is_written_stays(site):
    page = site.write("guidance/p.md", "# P\n\n:::note\nHello\n:::\n")
    beside = site.content / "guidance/p.md.signpost-partial"
    other = site.folder / "other"
    other.write_text("mine")
    os.link(other, beside)
    before = page.read_text()
    site.run("check", "--fix")
    assert page.read_text() != before
    assert beside.read_text() == "mine" and other.read_text() == "mine"
    assert sorted(f.name for f in page.parent.iterdir()) == ["p.md", "p.md.signpost-partial", "rights.md"]


@pytest.mark.parametrize("files", [
    {"guidance/rights.md": '---\naliases: ["a\\n::error file=x::forged"]\n---\n# R\n\nx\n'},
    {"guidance/rights.md": '---\nreviewed: "x\\n::error file=x::forged"\n---\n# R\n\nx\n'},
    {"councils/a/council.yml": 'name: A\nnation: "x\\n::error file=x::forged"\nlanguages: [en]\n'},
    {"councils/a/council.yml": 'name: A\nnation: england\nlanguages: [en]\n"x\\n::error file=x::forged": y\n'},
    {"councils/a/council.yml": 'name: A\nnation: england\nlanguages: [en]\ncontacts:\n  c: {name: C, web: "https://x\\n::error file=x::forged"}\n'},
    {"councils/a/council.yml": 'name: A\nnation: england\nlanguages: ["x\\n::error file=x::forged"]\n'},
])
@pytest.mark.parametrize("format", ["text", "github"])
def test_no_value_begins_a_line_of_its_own(site, files, format):
    for path, text in files.items():
        site.write(path, text)
    for command in ("check", "build"):
        result = site.run(command, "--format", format)
        said = result.stdout + result.stderr
        assert result.returncode == 1 and "forged" in said
        assert not any(line.startswith("::error file=x::forged") for line in said.splitlines())
        if format == "text":
            assert "<U+000A>" in said
