"""Builds that are stopped, or meet an error, at a call of the system: every link of every page leads somewhere at
every moment, and the next build ends as a clean one does."""

import errno
import html
import os
import pathlib
import random
import re
import shutil
import signal
import sys
import urllib.parse

import pytest

from conftest import FULL, Site, preloaded

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs LD_PRELOAD")

ERRORS = [errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS, errno.EMFILE]
COUNCIL = "name: {name}\nnation: england\nlanguages: [en{languages}]\n"
PAGE = "# {title}\n\nText of {title}, {words}. See [rights](rights.md).\n"


def content(site, councils, pages, languages, words):
    """Writes a portal with these councils and pages over what was there."""
    shutil.rmtree(site.content)
    more = "".join(", " + tag for tag in languages)
    site.write("portal.yml", f"name: Help {words}\nbase-url: https://help.example\nlanguages: [en{more}]\n"
               "translations:\n  publish-drafts: yes\n")
    for id in councils:
        site.write(f"councils/{id}/council.yml", COUNCIL.format(name=f"Council {id.upper()}", languages=more))
        site.write(f"councils/{id}/local.md", PAGE.format(title=f"Local {id}", words=words))
    for page in ["rights", *pages]:
        site.write(f"guidance/{page}.md", PAGE.format(title=page.capitalize(), words=words))
    for tag in languages:
        site.write(f"translations/{tag}.po", f'msgid ""\nmsgstr "Language: {tag}\\nContent-Type: text/plain; charset=UTF-8\\n"\n')


def first(site):
    content(site, ["a", "b"], ["advice", "plan"], ["pl"], "one")


def second(site):
    """A council, a page and a language go, others come, and every page changes."""
    content(site, ["a", "c"], ["advice", "meeting"], ["ur"], "two")


LINK = re.compile(r'\s(?:href|src)="([^"]+)"')


def dead_links(folder):
    found = []
    for root, folders, files in os.walk(folder, followlinks=True):
        folders[:] = [f for f in folders if f != ".signpost"]
        for page in (pathlib.Path(root) / name for name in files if name.endswith(".html")):
            if not page.exists():
                continue
            for link in LINK.findall(page.read_text()):
                parts = urllib.parse.urlsplit(html.unescape(link))
                if parts.scheme or parts.netloc or not parts.path:
                    continue
                path = urllib.parse.unquote(parts.path)
                target = folder / path.lstrip("/") if path.startswith("/") else pathlib.Path(
                    os.path.normpath(folder / page.relative_to(folder).parent / path))
                if not (target / "index.html" if target.is_dir() else target).exists():
                    found.append(f"{page.relative_to(folder)} -> {link}")
    return found


def tree(folder):
    """Every file with its bytes, and every folder."""
    return {str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
            for path in folder.rglob("*")}


@pytest.fixture(scope="module")
def preload(tmp_path_factory):
    return preloaded(tmp_path_factory, "interrupt")


class Tiny(Site):
    """A portal whose build takes a tenth of a second."""

    def __init__(self, folder, theme, options):
        super().__init__(folder)
        self.theme, self.options = theme, options

    def copy(self, folder):
        # Copies have another place, so that the cache of the first build is not theirs; finished leaflets are.
        shutil.copytree(self.folder, folder, symlinks=True)
        copy = Tiny.__new__(Tiny)
        copy.folder, copy.content, copy.output = folder, folder / "content", folder / "site"
        copy.theme, copy.options = self.theme, self.options
        return copy


class Change:
    """A site, what it becomes by a build, and that build's calls which change files."""

    def __init__(self, folder, preload, site, before, after, under):
        self.preload, self.under = preload, under
        self.base, clean = site(folder / "base"), site(folder / "clean")
        if before:
            before(self.base)
            self.ends_well(self.base)
        self.old = tree(self.base.output) if before else {}
        after(self.base)
        after(clean)
        self.ends_well(clean)
        self.new = tree(clean.output)
        assert not dead_links(clean.output) and not before or not dead_links(self.base.output)
        # Leaflets that are finished are there, as on any machine but at the first build.
        if (clean.folder / ".signpost/leaflets").exists():
            shutil.copytree(clean.folder / ".signpost/leaflets", self.base.folder / ".signpost/leaflets", dirs_exist_ok=True)
        counted, result, self.calls = self.interrupted(folder / "counted", 0)
        assert result.returncode == 0, result.stderr
        assert tree(counted.output) == self.new

    @staticmethod
    def ends_well(site):
        result = site.build()
        assert result.returncode == 0, result.stderr

    def interrupted(self, folder, at, error=0, rest=False):
        """Builds a copy of the folder, with the nth call stopped or failing, or with all from there on failing."""
        site = self.base.copy(folder)
        count = folder / "count"
        result = site.build(env={
            "LD_PRELOAD": str(self.preload), "INTERRUPT_AT": str(at), "INTERRUPT_ERROR": str(error),
            **({"INTERRUPT_REST": "1"} if rest else {}),
            "INTERRUPT_UNDER": str(folder) + self.under, "INTERRUPT_COUNT": str(count)})
        return site, result, int(count.read_text()) if count.exists() else None

    def check(self, site, place):
        for path, data in tree(site.output).items():
            if not path.startswith(".signpost") and data is not None:
                assert data in (self.old.get(path), self.new.get(path)), f"{place}: {path} is torn"
        assert dead_links(site.output) == [], place
        again = site.build()
        assert again.returncode == 0, f"{place}: {again.stderr}"
        assert tree(site.output) == self.new, place


CHANGES = {"new": (None, first), "other": (first, second), "back": (second, first)}


@pytest.fixture(scope="module")
def change(tmp_path_factory, preload, slim_theme):
    """A change by its name, without leaflets; prepared when a test first asks for it."""
    made = {}

    def get(name):
        if name not in made:
            made[name] = Change(tmp_path_factory.mktemp(name), preload, lambda folder: Tiny(folder, slim_theme, ["--no-leaflets"]),
                                *CHANGES[name], "/site")
            assert made[name].calls > 100
        return made[name]

    return get


def kill(change, at, folder):
    site, result, _ = change.interrupted(folder, at)
    # Its calls are made side by side: the last few may be fewer than when they were counted.
    assert result.returncode == -signal.SIGKILL or result.returncode == 0 and at > change.calls - 5, f"call {at} of {change.calls}"
    change.check(site, f"killed at call {at} of {change.calls}")
    shutil.rmtree(folder)


def fail(change, at, number, folder, rest=False):
    site, result, _ = change.interrupted(folder, at, number, rest)
    place = f"{errno.errorcode[number]} {'from' if rest else 'at'} call {at} of {change.calls}"
    assert result.returncode in (0, 1), place
    if result.returncode == 0:
        assert tree(site.output) == change.new, place
    else:
        assert "[CannotWrite]" in result.stderr, f"{place}: {result.stderr}"
    change.check(site, place)
    shutil.rmtree(folder)


@pytest.mark.parametrize("name", CHANGES)
def test_wherever_a_build_is_killed_links_hold_and_the_next_build_recovers(change, tmp_path, name):
    """At every call: more than 300 in all."""
    for at in range(1, change(name).calls + 1):
        kill(change(name), at, tmp_path / str(at))


@pytest.mark.parametrize("name", CHANGES)
def test_no_error_in_writing_the_site_ends_well_unless_the_site_is_whole(change, tmp_path, name):
    """At 67 calls of each change, 201 in all, with one error; with SIGNPOST_TEST_FULL at every call with every error."""
    source = random.Random(name)
    calls = range(1, change(name).calls + 1)
    for at in calls if FULL else sorted(source.sample(calls, 67)):
        for number in ERRORS if FULL else [source.choice(ERRORS)]:
            fail(change(name), at, number, tmp_path / f"{at}-{number}")


def test_a_disk_that_is_full_at_any_twentieth_of_a_build_leaves_a_whole_site(change, tmp_path):
    other = change("other")
    for part in range(1, 20):
        at = max(1, other.calls * part // 20)
        fail(other, at, errno.ENOSPC, tmp_path / str(at), rest=True)


@pytest.fixture(scope="module")
def with_leaflets(tmp_path_factory, preload, slim_theme):
    """The change to another site with leaflets, which are finished; every file that the build writes counts."""
    def leaflets(fill):
        def filled(site):
            fill(site)
            site.write("leaflets/short.yml", "title: Short\nformats: [a4, booklet]\nsections:\n  - page: rights\n")
        return filled

    def site(folder):
        return Tiny(folder, slim_theme, ["--language", "en"])

    return Change(tmp_path_factory.mktemp("leaflets"), preload, site, leaflets(first), leaflets(second), "/")


def test_with_leaflets_too_links_hold_and_the_next_build_recovers(with_leaflets, tmp_path):
    source = random.Random(14)
    calls = range(1, with_leaflets.calls + 1)
    assert any(path.endswith("-booklet-print.pdf") for path in with_leaflets.new)
    for at in calls if FULL else sorted(source.sample(calls, 20)):
        kill(with_leaflets, at, tmp_path / str(at))
    for at in calls if FULL else sorted(source.sample(calls, 10)):
        fail(with_leaflets, at, source.choice(ERRORS), tmp_path / str(at))


@pytest.mark.parametrize("harm", ["edited", "page lost", "portal's file lost", "council's folder lost", "records lost"])
def test_a_file_of_ours_that_was_changed_or_lost_is_written_again_and_named(site, harm):
    first(site)
    assert site.build().returncode == 0
    before = tree(site.output)
    if harm == "edited":
        path = "a/rights/index.html"
        with (site.output / path).open("a") as file:
            file.write("x")
    elif harm == "page lost":
        path = "a/rights/index.html"
        (site.output / path).unlink()
    elif harm == "portal's file lost":
        path = "404.html"
        (site.output / path).unlink()
    elif harm == "council's folder lost":
        path = "b"
        shutil.rmtree(site.output / path)
    else:
        path = ".signpost/manifest"
        shutil.rmtree(site.output / ".signpost")
    result = site.build()
    assert result.returncode == 0, result.stderr
    assert "[RestoredOutput]" in result.stderr and f"site/{path}" in result.stderr
    assert "OutputCollision" not in result.stderr
    assert tree(site.output) == before
    again = site.build()
    assert again.returncode == 0 and "RestoredOutput" not in again.stderr
