"""Folders that are slow, have coarse or wrong clocks, hold names of any bytes, and lose files while they are read: a build
again is a first build, byte for byte, or says what is wrong."""

import os
import random
import shutil
import sys

import pytest

from conftest import FULL, Site, preloaded

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs LD_PRELOAD")

TICK = 2_000_000_000


@pytest.fixture(scope="module")
def folder_library(tmp_path_factory):
    return preloaded(tmp_path_factory, "folder")


class Folder:
    """A site in such a folder, and the same one where nothing is strange."""

    def __init__(self, folder, theme, library, **settings):
        self.site, self.clean = Site(folder / "there"), folder / "clean"
        self.site.theme = theme
        self.settings = {"LD_PRELOAD": str(library), "FOLDER_UNDER": str(folder), **{k: str(v) for k, v in settings.items()}}
        for page in ("advice", "plan"):
            self.site.write(f"guidance/{page}.md", f"# {page.capitalize()}\n\nSee [rights](rights.md).\n")

    def build(self, **settings):
        return self.site.build(env={**self.settings, **{k: str(v) for k, v in settings.items()}})

    def check(self, told="", **settings):
        """Builds again, and in a new place."""
        result = self.build(**settings)
        assert result.returncode == 0, result.stderr
        for state in self.site.folder.glob(".signpost/cache/*/state") if "CLOCK_AT" in settings else []:
            os.utime(state, ns=(settings["CLOCK_AT"], settings["CLOCK_AT"]))
        shutil.rmtree(self.clean, ignore_errors=True)
        shutil.copytree(self.site.content, self.clean / "content")
        clean = Site.__new__(Site)
        clean.folder, clean.output, clean.theme = self.clean, self.clean / "site", self.site.theme
        result = clean.build()
        assert result.returncode == 0, result.stderr
        assert self.site.files() == clean.files(), told

    def edit(self, words, moment):
        """Writes a file of the same size at a moment."""
        file = self.site.write("guidance/rights.md", f"# Rights\n\nYou have {words}.\n")
        os.utime(file, ns=(moment, moment))


# An even second some time ago: no other file was written then.
MOMENT = 1_700_000_000 * 1_000_000_000

CLOCKS = {
    "of a disk with two seconds": {"FOLDER_TICK": TICK},
    "of a slow network folder": {"FOLDER_TICK": TICK // 2, "FOLDER_DELAY": 500},
    "behind": {"FOLDER_TICK": TICK, "FOLDER_BEHIND": 40},
    "an hour behind": {"FOLDER_TICK": TICK, "FOLDER_BEHIND": 3600},
    "ahead": {"FOLDER_TICK": TICK, "FOLDER_BEHIND": -40},
}


@pytest.mark.parametrize("clock", CLOCKS if FULL else ["of a disk with two seconds", "an hour behind"])
def test_a_file_that_changes_twice_within_one_tick_is_seen(tmp_path, slim_theme, folder_library, clock):
    there = Folder(tmp_path, slim_theme, folder_library, **CLOCKS[clock])
    there.edit("rights", MOMENT)
    # All within one tick: edit, build, edit, build, each a moment later. A build that finds what was kept and reads a file
    # anew keeps what it found, which the next build reads in turn.
    tenth = TICK // 20
    for number, words in enumerate(["nobody", "mother", "mother", "father"] if FULL else ["nobody", "mother"]):
        there.edit(words, MOMENT + 2 * number * tenth)
        there.check(words, CLOCK_AT=MOMENT + (2 * number + 1) * tenth)
    there.edit("sister", MOMENT + 9 * tenth)
    there.check("sister", CLOCK_AT=MOMENT + 60 * TICK)


def test_a_clock_that_was_put_back_hides_no_change(tmp_path, slim_theme, folder_library):
    there = Folder(tmp_path, slim_theme, folder_library, FOLDER_TICK=TICK)
    there.edit("rights", MOMENT)
    there.check(CLOCK_AT=MOMENT + 20 * TICK)
    # The same moment comes a second time.
    there.edit("nobody", MOMENT)
    there.check(CLOCK_AT=MOMENT + TICK)
    there.edit("mother", MOMENT)
    there.check(CLOCK_AT=MOMENT + TICK // 2)


@pytest.mark.parametrize("seed", range(8) if FULL else range(1))
def test_random_edits_in_a_slow_folder_give_what_a_first_build_gives(tmp_path, slim_theme, folder_library, seed):
    there = Folder(tmp_path, slim_theme, folder_library, FOLDER_TICK=TICK, FOLDER_DELAY=200)
    source = random.Random(seed)
    there.check()
    moment = MOMENT
    for number in range(40 if FULL else 4):
        # Later, at the same time, or earlier.
        moment += source.choice([TICK // 4, 0, 5 * TICK, -TICK])
        edits = [
            lambda: there.edit(source.choice(["nobody", "mother", "father", "sister"]), moment),
            lambda: there.site.write(f"guidance/more-{source.randrange(3)}.md", f"# More\n\nNumber {number % 10}.\n"),
            lambda: (there.site.content / f"guidance/more-{source.randrange(3)}.md").unlink(missing_ok=True),
            lambda: there.site.write("councils/a/council.yml", f"name: Council {number % 10}\nnation: wales\nlanguages: [en]\n"),
            lambda: shutil.rmtree(there.site.folder / ".signpost"),
        ]
        for edit in source.sample(edits, 2):
            edit()
        there.check(f"seed {seed}, after {number}", CLOCK_AT=moment + TICK // 8)


def test_a_file_that_is_renamed_by_case_alone_has_its_new_address(tmp_path, slim_theme, folder_library):
    there = Folder(tmp_path, slim_theme, folder_library, FOLDER_TICK=TICK)
    there.site.write("guidance/form.pdf", b"%PDF-1.4 form")
    there.site.write("guidance/plan.md", "# Plan\n\nSee [the form](form.pdf).\n")
    there.check()
    (there.site.content / "guidance/form.pdf").rename(there.site.content / "guidance/Form.pdf")
    there.site.write("guidance/plan.md", "# Plan\n\nSee [the form](Form.pdf).\n")
    there.check()
    (there.site.content / "guidance/advice.md").rename(there.site.content / "guidance/ADVICE.md")
    there.check()
    (there.site.content / "guidance/rights.md").rename(there.site.content / "guidance/Rights.md")
    for page in ("plan", "ADVICE"):
        there.site.write(f"guidance/{page}.md", "# Page\n\nSee [rights](Rights.md).\n")
    there.check()


@pytest.mark.parametrize("gone", ["rights.md", "council.yml", "room.svg", "form.pdf", "/site/.signpost/manifest", "/state"])
@pytest.mark.parametrize("at", [1, 2] if FULL else [2])
def test_a_file_that_vanishes_while_it_is_read_is_told_or_is_none(tmp_path, slim_theme, folder_library, gone, at):
    theme = tmp_path / "themes/default"
    shutil.copytree(slim_theme, theme)
    there = Folder(tmp_path, theme, folder_library)
    there.site.write("guidance/form.pdf", b"%PDF-1.4 form")
    there.site.write("guidance/room.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="3" height="3"/>')
    there.site.write("guidance/plan.md", "# Plan\n\nSee [the form](form.pdf).\n\n![The room](room.svg)\n")
    there.check()
    before = there.site.files()
    there.site.write("guidance/advice.md", "# Advice\n\nNew.\n")
    result = there.build(FOLDER_GONE=gone, FOLDER_GONE_AT=at)
    assert result.returncode in (0, 1), result.stderr
    if result.returncode == 1:
        assert "error:" in result.stderr
        assert there.site.files() == before
    there.check()


NAMES = [b"new\nline.md", b"caf\xe9.md", b"\xff\xfe.md", b"tab\there.md", b"esc\x1b[31mred.md", b"semi;colon.md", b"quote'\".md", b"-n.md",
         "\u202egnp.md".encode(), "zero\u200bwidth.md".encode(), b"per%2fcent.md", b"back\\slash.md", b"a" * 250 + b".md",
         b"new\nline.svg", b"caf\xe9.svg", b"back\\slash.svg", b".hidden.md", b"con.md", b"nul.svg", b" space.md", b"dot..md"]


def test_names_of_any_bytes_are_published_or_told_and_never_reach_a_terminal_as_they_are(site, slim_theme):
    site.theme = slim_theme
    for folder in (b"guidance", b"councils/a", b"leaflets", b"search", b"translations", b"pictures", b"councils"):
        base = os.path.join(os.fsencode(site.content), folder)
        os.makedirs(base, exist_ok=True)
        for name in NAMES:
            with open(os.path.join(base, name), "wb") as file:
                file.write(b"# A page\n\nWords.\n" if name.endswith(b".md") else b'<svg xmlns="http://www.w3.org/2000/svg"/>')
    os.makedirs(os.path.join(os.fsencode(site.content), b"councils/b\nc\xff"))
    with open(os.path.join(os.fsencode(site.content), b"councils/b\nc\xff/council.yml"), "w") as file:
        file.write("name: B\nnation: wales\nlanguages: [en]\n")
    for arguments in (["check"], ["check", "--format", "json"], ["build"], ["build", "--format", "json"], ["check", "--format", "github"]):
        result = site.run(*arguments)
        assert result.returncode in (0, 1), result.stderr
        for text in (result.stdout, result.stderr):
            assert not set(text) & set("\x1b\u202e\u200b\x07"), arguments
            # No name begins a line of its own, which could say anything.
            assert not [line for line in text.split("\n") if line.startswith(("line.md:", "line.svg:"))]
        assert "Fatal error" not in result.stderr
    # Each alone builds, or is refused by its name.
    shutil.rmtree(site.content)
    site.__init__(site.folder)
    for name in NAMES if FULL else NAMES[:8] + NAMES[13:16]:
        page = os.path.join(os.fsencode(site.content), b"guidance", name)
        with open(page, "wb") as file:
            file.write(b"# A page\n\nWords.\n" if name.endswith(b".md") else b'<svg xmlns="http://www.w3.org/2000/svg"/>')
        result = site.build()
        assert result.returncode in (0, 1), (name, result.stderr)
        assert (result.returncode == 0) == ("error:" not in result.stderr), (name, result.stderr)
        for published in site.output.rglob("*"):
            assert "\n" not in published.name and "\\" not in published.name and published.name.isprintable(), name
        os.unlink(page)
        assert site.build().returncode == 0
