"""Builds that are stopped, or meet an error, at a call of the system: every link of every page leads somewhere at
every moment, and the next build ends as a clean one does."""

import errno
import html.parser
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import urllib.parse

import pytest

from conftest import FULL, PROGRAM, ROOT, Site, run

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs LD_PRELOAD")

SAMPLE = 3000 if FULL else 16
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


class Links(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name in ("href", "src") and value:
                self.found.append(value)


def dead_links(folder):
    found = []
    for root, folders, files in os.walk(folder, followlinks=True):
        folders[:] = [f for f in folders if f != ".signpost"]
        for page in (pathlib.Path(root) / name for name in files if name.endswith(".html")):
            if not page.exists():
                continue
            for link in Links(page.read_text()).found:
                parts = urllib.parse.urlsplit(link)
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
    compiler = shutil.which("cc") or shutil.which("clang") or shutil.which("gcc")
    if not compiler:
        pytest.skip("no C compiler")
    library = tmp_path_factory.mktemp("preload") / "interrupt.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library,
                    pathlib.Path(__file__).parent / "preload/interrupt.c", "-ldl"], check=True)
    return library


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """A folder with the old site built and the new content in place, and both sites' bytes."""
    folder = tmp_path_factory.mktemp("interrupted")
    base, clean = Site(folder / "base"), Site(folder / "clean")
    first(base)
    second(clean)
    for site in (base, clean):
        result = site.build()
        assert result.returncode == 0, result.stderr
    old = tree(base.output)
    assert not dead_links(base.output) and not dead_links(clean.output)
    second(base)
    return base, old, tree(clean.output)


def interrupted(prepared, preload, folder, at, error=0):
    """Builds a copy of the folder, with the nth call stopped or failing."""
    shutil.copytree(prepared[0].folder, folder, symlinks=True)
    # Only the site: copies have another place, so that the cache of the first build is not theirs.
    site = Site.__new__(Site)
    site.folder, site.content, site.output = folder, folder / "content", folder / "site"
    count = folder / "count"
    env = {"LD_PRELOAD": str(preload), "INTERRUPT_AT": str(at), "INTERRUPT_ERROR": str(error),
           "INTERRUPT_UNDER": "/site", "INTERRUPT_COUNT": str(count)}
    result = site.build(env=env)
    return site, result, int(count.read_text()) if count.exists() else None


@pytest.fixture(scope="module")
def calls(prepared, preload, tmp_path_factory):
    """How many calls a build makes that change the site."""
    site, result, count = interrupted(prepared, preload, tmp_path_factory.mktemp("counted") / "x", 0)
    assert result.returncode == 0, result.stderr
    assert tree(site.output) == prepared[2]
    assert count > 60
    return count


def check(site, prepared, place):
    old, new = prepared[1], prepared[2]
    for path, data in tree(site.output).items():
        if not path.startswith(".signpost") and data is not None:
            assert data in (old.get(path), new.get(path)), f"{place}: {path} is torn"
    assert dead_links(site.output) == [], place
    again = site.build()
    assert again.returncode == 0, f"{place}: {again.stderr}"
    assert tree(site.output) == new, place


def test_wherever_a_build_is_killed_links_hold_and_the_next_build_recovers(prepared, preload, calls, tmp_path):
    chosen = random.Random(14).sample(range(1, calls + 1), min(SAMPLE, calls))
    # The last third is where the new site takes the place of the old one.
    chosen += random.Random(15).sample(range(calls * 2 // 3, calls + 1), min(SAMPLE, calls // 3))
    for at in sorted(set(chosen)):
        site, result, _ = interrupted(prepared, preload, tmp_path / str(at), at)
        assert result.returncode == -signal.SIGKILL, f"call {at}"
        check(site, prepared, f"killed at call {at} of {calls}")
        shutil.rmtree(site.folder)


def test_no_error_in_writing_the_site_ends_well_unless_the_site_is_whole(prepared, preload, calls, tmp_path):
    numbers = [errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS, errno.EMFILE]
    source = random.Random(16)
    for at in sorted(source.sample(range(1, calls + 1), min(SAMPLE, calls))):
        number = source.choice(numbers)
        site, result, _ = interrupted(prepared, preload, tmp_path / str(at), at, number)
        place = f"{errno.errorcode[number]} at call {at} of {calls}"
        assert result.returncode in (0, 1), place
        if result.returncode == 0:
            assert tree(site.output) == prepared[2], place
        else:
            assert "[CannotWrite]" in result.stderr, f"{place}: {result.stderr}"
        check(site, prepared, place)
        shutil.rmtree(site.folder)


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
