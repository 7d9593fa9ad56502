"""What a build and `signpost leaflets` open, as the system sees it: nothing outside of content, theme, output and cache is read
or written, whatever stands where a path can stand."""

import os
import re
import shutil
import subprocess
import sys

import pytest

from conftest import PROGRAM, ROOT, Site, wait_for


def can_trace():
    """Whether there is strace, and the machine lets one process watch another: not every container does."""
    return sys.platform == "linux" and shutil.which("strace") and subprocess.run(
        ["strace", "-qq", "-o", os.devnull, "true"], capture_output=True).returncode == 0


pytestmark = pytest.mark.skipif(not can_trace(), reason="needs strace, and a machine that lets it watch")

# 1234 openat(AT_FDCWD</where/it/runs>, "path", O_RDONLY|O_CLOEXEC) = 3</path>
CALL = re.compile(r"^\d+ +(\w+)\((.*)\) += (-?\d+)")
TEXT = r'"((?:[^"\\]|\\.)*)"'
PLACE = re.compile(r"(?:(?:AT_FDCWD|\d+)<([^>]*)>, )?" + TEXT)
WRITING = {"mkdir", "mkdirat", "rename", "renameat", "renameat2", "unlink", "unlinkat", "rmdir", "symlink", "symlinkat", "link", "linkat",
           "truncate", "chmod", "fchmodat", "chown", "fchownat", "lchown", "mknod", "mknodat", "utimensat", "creat"}
OPENING = {"open", "openat", "openat2", "creat"}


def traced(site, *arguments, env=None):
    """Runs the program: its result, the paths that were opened for reading, and those that were written."""
    log, temporary = site.folder.parent / "trace", site.folder.parent / "temporary"
    temporary.mkdir(exist_ok=True)
    result = subprocess.run(
        ["strace", "-f", "-y", "-qq", "-s", "4096", "-e", "trace=%file", "-e", "signal=none", "-o", log, PROGRAM, *map(str, arguments)],
        cwd=site.folder, capture_output=True, text=True, timeout=300,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1795219200", "TMPDIR": str(temporary), **(env or {})})
    read, written = set(), set()
    for line in log.read_text(errors="surrogateescape").splitlines():
        call = CALL.match(line)
        if not call or int(call[3]) < 0:
            continue
        name, arguments = call[1], call[2]
        places = []
        for place in PLACE.finditer(arguments):
            path = place[2].encode().decode("unicode_escape", "surrogateescape")
            # Where a link leads and a program's arguments are no places.
            places.append(os.path.normpath(os.path.join(place[1] or str(site.folder), path)))
        if not places:
            continue
        if name in ("symlink", "symlinkat"):
            places = places[1:]
        if name in ("execve", "execveat"):
            places = places[:1]
        is_writing = name in WRITING or name in OPENING and re.search(r"O_(?:WRONLY|RDWR|CREAT|TRUNC|APPEND)", arguments)
        if is_writing:
            written.update(places)
        elif name in OPENING:
            # The file itself, where links lead to it.
            opened = re.search(r"= \d+<(.*)>$", line)
            read.update([opened[1]] if opened else places)
    return result, read, written


def below(path, *folders):
    return any(path == str(folder) or path.startswith(f"{folder}/") for folder in folders)


def check(site, read, written, output, cache):
    base = site.folder.parent
    temporary = base / "temporary"
    outside = sorted(path for path in written if not below(path, output, cache, temporary, "/dev/null", "/dev/tty", "/proc/self"))
    # The folders of output and cache are made where they are not there.
    outside = [path for path in outside if not below(str(output), path) and not below(str(cache), path)]
    assert outside == [], "written"
    # Of its own folder it looks at the names, to find out where it is.
    ours = [path for path in read if below(path, base)]
    assert ours
    other = sorted(path for path in ours if not below(path, site.content, site.theme, output, cache, temporary))
    assert other == [], "read"
    # Else only what programs are made of, fonts, and what the system says of itself.
    allowed = ["/usr", "/lib", "/lib64", "/bin", "/opt", "/etc", "/proc", "/sys", "/dev", "/var/cache/fontconfig", "/System", "/Library",
               ROOT, PROGRAM.parent, PROGRAM.resolve().parent, os.path.realpath(ROOT / ".signpost"), os.path.expanduser("~/.fonts"),
               os.path.realpath(ROOT / ".signpost/venv"), os.path.realpath(PROGRAM.resolve().parents[2] / ".signpost/venv"),
               os.path.expanduser("~/.local/share/fonts"), os.path.realpath(sys.base_prefix), base]
    foreign = sorted(path for path in read if path != "/" and not below(path, *allowed) and not path.startswith(("pipe:", "socket:", "anon_inode:")))
    assert foreign == [], "read elsewhere"
    # A process that tidies up after the layout engine may end a moment later.
    wait_for(lambda: not list(temporary.iterdir()), seconds=20)


@pytest.fixture
def full(tmp_path, slim_theme):
    """A site with all that is read from files, and things beside it that are nobody's business."""
    site = Site(tmp_path / "portal")
    site.theme = tmp_path / "themes/default"
    shutil.copytree(slim_theme, site.theme)
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="3" height="3"><rect width="3" height="3"/></svg>'
    for path in ("secret.svg", "secret.png", "secret.md", "secret.yml", "secret.mp4", "secret.pdf", "portal/secret.svg", "portal/secret.yml"):
        (tmp_path / path).write_text(drawing if path.endswith("svg") else "secret: secret\n")
    site.write("guidance/room.svg", drawing)
    site.write("guidance/form.pdf", b"%PDF-1.4")
    site.write("pictures/meeting.svg", drawing)
    site.write("pictures/pictures.yml", "meeting: {source: Us, author: Us, licence: CC0}\n")
    site.write("councils/a/logo.svg", drawing)
    site.write("councils/a/council.yml", "name: Council A\nnation: england\nlanguages: [en]\nbrand: {logo: logo.svg}\n")
    site.write("guidance/rights.md", "# Rights\n\nYou have rights.\n\n![The room](room.svg)\n\n[The form](form.pdf)\n")
    site.write("search/en.yml", "means:\n  meeting: get together\n")
    site.write("leaflets/short.yml", "title: Short\nformats: [a4]\nsections:\n  - page: rights\n")
    return site


def test_a_build_opens_nothing_but_its_own_folders(full, tmp_path):
    where = ["--content", "content", "--theme", full.theme]
    for _ in range(2):
        result, read, written = traced(full, "build", *where, "--output", "site")
        assert result.returncode == 0, result.stderr
        check(full, read, written, full.output, full.folder / ".signpost")
    assert (full.output / "leaflets/short-a4.pdf").exists()
    result, read, written = traced(full, "leaflets", *where, "--output", "paper", "--cache", "kept")
    assert result.returncode == 0, result.stderr
    check(full, read, written, full.folder / "paper", full.folder / "kept")
    assert list((full.folder / "paper").rglob("*.pdf"))


OUTSIDE = ["../../secret", "../../../secret", "../../../../secret", "{absolute}", "link", "folder/secret", "%2e%2e/%2e%2e/secret",
           "..\\..\\secret", "file://{absolute}", "./../.././../secret", "folder/../../../secret"]


@pytest.mark.parametrize("commands", [["check", "build"], ["leaflets"]])
def test_no_path_that_content_can_name_leads_out(full, tmp_path, commands):
    absolute = tmp_path / "secret"
    for folder in ("guidance", "councils/a", "pictures", "search", "leaflets", "translations", "checks"):
        (full.content / folder).mkdir(exist_ok=True)
        (full.content / folder / "folder").symlink_to(tmp_path)
        for ending in ("svg", "png", "md", "yml", "mp4", "pdf"):
            (full.content / folder / f"link.{ending}").symlink_to(tmp_path / f"secret.{ending}")
    (full.content / "search/en.yml").unlink()
    (full.content / "search/en.yml").symlink_to(tmp_path / "secret.yml")
    (full.content / "translations/pl.po").symlink_to(tmp_path / "secret.yml")
    (full.content / "councils/b").symlink_to(tmp_path)
    (full.content / "glossary.md").symlink_to(tmp_path / "secret.md")
    paths = [path.format(absolute=absolute) for path in OUTSIDE]
    text = "# Rights\n\nYou have rights.\n\n"
    for path in paths:
        text += f"![A picture]({path}.svg)\n\n![A picture]({path}.png)\n\n![A recording]({path}.mp4)\n\n[A file]({path}.pdf)\n\n"
        text += f"[A page]({path}.md)\n\nText. {{picture={path.replace('/', '-')}}}\n\n"
    full.write("guidance/rights.md", text)
    full.write("guidance/easy.md", "---\nkind: easy\n---\n# Easy\n\n## You {#you}\n\nYou. {picture=out0}\n")
    full.write("pictures/pictures.yml", "".join(
        f"out{number}: {{file: '{path}.svg', source: Us, author: Us, licence: CC0}}\n" for number, path in enumerate(paths)))
    for number, path in enumerate(paths):
        full.write(f"councils/c{number}/council.yml", f"name: C{number}\nnation: wales\nlanguages: [en]\nbrand: {{logo: '{path}.svg'}}\n")
        full.write(f"leaflets/out{number}.yml", f"title: Out\nformats: [a4]\nsections:\n  - page: '{path}'\n")
    for command in commands:
        output = ["--output", "site"] if command != "check" else []
        result, read, written = traced(full, command, "--content", "content", "--theme", full.theme, *output)
        assert result.returncode == 1 and "[SymlinkOutside]" in result.stderr, result.stderr
        assert not any("secret" in path for path in read | written)
        check(full, read | {str(full.content)}, written, full.output, full.folder / ".signpost")
    assert not full.output.exists() or not any(b"secret" in data for data in full.files().values())


def test_no_link_in_the_output_or_the_cache_leads_writing_out(full, tmp_path):
    """What stands where a build wants to write is not what it takes it for."""
    assert full.build().returncode == 0
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "index.html").write_text("mine")
    (elsewhere / "state").write_text("mine")
    for place in ("rights", "assets", "leaflets", ".signpost", "404.html"):
        shutil.rmtree(full.output)
        shutil.rmtree(full.folder / ".signpost")
        assert full.build().returncode == 0
        target = full.output / place
        if target.is_dir() and not target.is_symlink():
            shutil.rmtree(target)
        else:
            target.unlink(missing_ok=True)
        target.symlink_to(elsewhere / "index.html" if "." in place[1:] else elsewhere)
        full.write("guidance/rights.md", f"# Rights\n\nOf {place}.\n")
        result, read, written = traced(full, "build", "--content", "content", "--theme", full.theme, "--output", "site", "--no-leaflets")
        assert {path.name: path.read_text() for path in elsewhere.iterdir()} == {"index.html": "mine", "state": "mine"}, place
        assert not any(below(path, elsewhere) for path in written), place
        assert result.returncode in (0, 1), result.stderr


def test_an_output_and_a_cache_may_be_anywhere_but_in_the_content_or_the_theme(full, tmp_path):
    (full.folder / "inside").symlink_to(full.content / "councils")
    for output in ("content", "content/site", "inside/site", "content/../content/x", full.theme, full.theme / "site", ".", ".."):
        before = {path: path.stat().st_mtime_ns for path in full.content.rglob("*")}
        result, read, written = traced(full, "build", "--content", "content", "--theme", full.theme, "--output", output, "--no-leaflets")
        assert result.returncode in (1, 64), output
        assert not any(below(path, full.content, full.theme) for path in written), output
        assert {path: path.stat().st_mtime_ns for path in full.content.rglob("*")} == before
    (tmp_path / "far").mkdir()
    (full.folder / "linked").symlink_to(tmp_path / "far")
    result, read, written = traced(full, "build", "--content", "content", "--theme", full.theme, "--output", "linked/site",
                                   "--cache", "../cache", "--no-leaflets")
    assert result.returncode == 0, result.stderr
    written = {os.path.realpath(path) for path in written}
    check(full, read, written, tmp_path / "far/site", tmp_path / "cache")
