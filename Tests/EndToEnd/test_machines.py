"""Machines that are small, strange or full: a build is the same there, or says in plain words why it cannot be."""

import os
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile

import pytest

from conftest import PROGRAM, Site

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits differ")

NOBODY = 65534


def fill(site, theme):
    site.theme = theme
    for page in ("advice", "plan", "agenda"):
        site.write(f"guidance/{page}.md", f"# {page.capitalize()}\n\nSee [your rights](rights.md).\n")
    site.write("councils/b/council.yml", "name: Council B\nnation: wales\nlanguages: [en]\n")
    return site


@pytest.fixture
def expected(tmp_path, slim_theme):
    """The files of the site, built where nothing is missing."""
    usual = fill(Site(tmp_path / "usual"), slim_theme)
    assert usual.build().returncode == 0
    return usual.files()


def build(site, limit=None, env=None, without=(), output="site", program=PROGRAM):
    """Runs a build in a process that `limit` has prepared."""
    environment = {name: value for name, value in {**os.environ, **(env or {})}.items() if name not in without}
    return subprocess.run(
        [program, "build", "--content", "content", "--theme", site.theme, "--output", output, *site.options],
        cwd=site.folder, capture_output=True, text=True, timeout=300, preexec_fn=limit,
        env={**environment, "SOURCE_DATE_EPOCH": "1795219200"})


def limited(what, most):
    return lambda: resource.setrlimit(what, (most, most))


MACHINES = {
    "64 open files": {"limit": limited(resource.RLIMIT_NOFILE, 64)},
    "a stack of 512 kB": {"limit": limited(resource.RLIMIT_STACK, 512 * 1024)},
    "300 MB of memory": {"limit": limited(resource.RLIMIT_DATA, 300 * 1024 * 1024)},
    "no HOME": {"without": ["HOME", "XDG_CACHE_HOME", "USER"]},
    "no folder for temporary files": {"env": {"TMPDIR": "/nowhere/at/all"}},
    "LANG=C": {"env": {"LANG": "C", "LC_ALL": "C", "LANGUAGE": ""}},
    "a language and a time zone of elsewhere": {"env": {"LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8", "TZ": "Asia/Kathmandu"}},
    "umask 077": {"limit": lambda: os.umask(0o077)},
    "an empty environment": {"without": list(os.environ)},
}


@pytest.mark.parametrize("machine", MACHINES)
def test_the_site_is_the_same(tmp_path, slim_theme, expected, machine):
    site = fill(Site(tmp_path / "there"), slim_theme)
    result = build(site, **MACHINES[machine])
    assert result.returncode == 0, result.stderr
    assert site.files() == expected


@pytest.mark.parametrize("name", ["with two  spaces", "Kinderschutz \u00fcber \u0627\u0644\u062d\u0642\u0648\u0642 \u6743\u5229", "a'b\"c$d&e;f", "-n", "%41#?"])
def test_the_site_is_the_same_in_a_folder_of_any_name(tmp_path, slim_theme, expected, name):
    site = fill(Site(tmp_path / "there" / name), slim_theme)
    for env in ({}, {"LANG": "C", "LC_ALL": "C"}):
        result = build(site, env=env)
        assert result.returncode == 0, result.stderr
        assert site.files() == expected


def test_nobody_without_a_temporary_folder_builds_it_too(tmp_path, slim_theme, expected):
    if not shutil.which("unshare") or subprocess.run(
            ["unshare", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/tmp"], capture_output=True).returncode:
        pytest.skip("no file systems can be mounted here")
    site = fill(Site(tmp_path / "there"), slim_theme)
    # What lies below /tmp is reached by its folders, which are open.
    script = 'cd "$1" && mount --bind "$1" /mnt && mount --bind "$2" /media && cd /mnt && mount -t tmpfs -o ro tmpfs /tmp && shift 2 && exec "$@"'
    shutil.copytree(slim_theme.parent, site.folder / "themes")
    result = subprocess.run(
        ["unshare", "--mount", "sh", "-c", script, "sh", site.folder, PROGRAM.resolve().parent, f"/media/{PROGRAM.resolve().name}",
         "build", "--content", "content", "--theme", "themes/default", "--output", "site", "--no-leaflets"],
        capture_output=True, text=True, timeout=300, env={**os.environ, "SOURCE_DATE_EPOCH": "1795219200"})
    assert result.returncode == 0, result.stderr
    assert site.files() == expected


def as_nobody():
    os.setgid(NOBODY)
    os.setuid(NOBODY)


@pytest.fixture
def open_folder():
    """A folder that every user can reach, with the program in it; the folders of the tests are for one user."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        shutil.copy(PROGRAM.resolve(), pathlib.Path(folder) / "signpost")
        yield pathlib.Path(folder)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else")
def test_another_user_builds_from_what_only_can_be_read(slim_theme, expected, open_folder):
    """A checkout that belongs to somebody else: nothing is written but the output, and that nothing is kept is told."""
    shutil.copytree(slim_theme.parent, open_folder / "themes")
    site = fill(Site(open_folder / "there"), open_folder / "themes/default")
    output = open_folder / "published"
    output.mkdir()
    os.chown(output, NOBODY, NOBODY)
    before = {path: path.stat().st_mtime_ns for path in site.folder.rglob("*")}
    for _ in range(2):
        result = build(site, limit=as_nobody, output=output, program=open_folder / "signpost")
        assert result.returncode == 0, result.stderr
        assert "[CannotSaveState]" in result.stderr
        site.output = output
        assert site.files() == expected
    # Nor can it write where it may not.
    refused = build(site, limit=as_nobody, program=open_folder / "signpost")
    assert refused.returncode == 1 and "[CannotWrite]" in refused.stderr
    assert {path: path.stat().st_mtime_ns for path in site.folder.rglob("*")} == before


@pytest.fixture
def small_disk(tmp_path):
    """Mounts a disk with so many files or bytes; away afterwards."""
    mounted = []

    def mount(option):
        folder = tmp_path / f"disk-{option.replace('=', '-')}"
        folder.mkdir()
        if subprocess.run(["mount", "-t", "tmpfs", "-o", option, "tmpfs", folder], capture_output=True).returncode:
            pytest.skip("no file systems can be mounted here")
        mounted.append(folder)
        return folder

    yield mount
    for folder in mounted:
        subprocess.run(["umount", folder], check=True)


@pytest.mark.parametrize("option", [f"nr_inodes={count}" for count in (3, 8, 20, 30)] + [f"size={kilobytes}k" for kilobytes in (8, 40, 80)])
def test_a_disk_without_room_is_told_and_room_is_all_that_is_needed(tmp_path, slim_theme, expected, small_disk, option):
    disk = small_disk(option)
    site = fill(Site(tmp_path / "there"), slim_theme)
    output = disk / "site"
    result = build(site, output=output)
    assert result.returncode == 1 and "[CannotWrite]" in result.stderr, result.stderr
    assert "no space" in result.stderr.lower() or "full" in result.stderr.lower(), result.stderr
    assert not (output / "index.html").exists()
    subprocess.run(["mount", "-o", "remount,nr_inodes=10000,size=10m", disk], check=True)
    again = build(site, output=output)
    assert again.returncode == 0, again.stderr
    site.output = output
    assert site.files() == expected
