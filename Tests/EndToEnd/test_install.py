"""What `make install` puts in place: tools/package.sh."""

import os
import pathlib
import shutil
import subprocess

import pytest

from conftest import PROGRAM, ROOT

SCRIPT = ROOT / "tools/package.sh"


def package(*arguments):
    return subprocess.run([SCRIPT, *map(str, arguments)], cwd=ROOT, capture_output=True, text=True,
                          env={**os.environ, "SIGNPOST": str(PROGRAM)})


def toolchain():
    """The folder of the Swift libraries that the built program uses."""
    for line in subprocess.run(["ldd", PROGRAM], capture_output=True, text=True).stdout.splitlines():
        if "libswiftCore" in line:
            return pathlib.Path(line.split("=>")[1].split()[0]).parent
    return None


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    root = tmp_path_factory.mktemp("installed")
    result = package("install", "/usr", root)
    assert result.returncode == 0, result.stderr
    return root


def test_it_runs_where_there_is_no_swift(installed, tmp_path):
    hidden = toolchain()
    can_hide = subprocess.run(["unshare", "--mount", "true"], capture_output=True).returncode == 0
    if hidden is None or not can_hide:
        pytest.skip("the folder of Swift's libraries cannot be hidden here")
    shutil.copytree(ROOT / "Tests/Welsh/portal", tmp_path / "content")
    script = (f'mount -t tmpfs none "{hidden}" && ! "{PROGRAM}" --version 2>/dev/null'
              f' && exec "{installed}/usr/bin/signpost" build')
    result = subprocess.run(
        ["unshare", "--mount", "sh", "-c", script], cwd=tmp_path, capture_output=True, text=True,
        env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)})
    assert result.returncode == 0, result.stdout + result.stderr
    # With its own theme and its own layout engine.
    assert (tmp_path / "site/cy/rights/index.html").exists()
    assert list((tmp_path / "site").rglob("*.pdf"))


def test_every_command_has_a_manual_page_and_a_completion(installed):
    share = installed / "usr/share"
    top = subprocess.run([PROGRAM, "--help"], capture_output=True, text=True).stdout
    commands = [line.split()[0] for line in top.split("SUBCOMMANDS:")[1].splitlines()
                if line.startswith("  ") and not line.startswith("   ") and line.split()[0] != "See"]
    assert len(commands) > 10
    pages = {path.name for path in (share / "man/man1").iterdir()}
    assert pages == {"signpost.1"} | {f"signpost-{command}.1" for command in commands}
    build = (share / "man/man1/signpost-build.1").read_text()
    assert ".TH SIGNPOST" in build and "no\\-leaflets" in build and "Publish the site" in build
    assert "/tmp" not in build and str(ROOT) not in build
    for file in ("bash-completion/completions/signpost", "zsh/site-functions/_signpost",
                 "fish/vendor_completions.d/signpost.fish"):
        text = (share / file).read_text()
        assert all(command in text for command in commands), file
    for shell, file in (("bash", "bash-completion/completions/signpost"),):
        assert subprocess.run([shell, "-n", share / file]).returncode == 0


def test_uninstalling_leaves_nothing_of_it_and_all_else(tmp_path):
    assert package("install", tmp_path / "local").returncode == 0
    other = tmp_path / "local/share/man/man1/other.1"
    other.write_text("x")
    assert package("uninstall", tmp_path / "local").returncode == 0
    assert [path for path in (tmp_path / "local").rglob("*") if not path.is_dir()] == [other]


@pytest.mark.skipif(not shutil.which("dpkg"), reason="a package for Debian is made with its tools")
def test_the_container_is_made_of_the_package_and_nothing_else(tmp_path):
    """With an engine that only tells what it was given: no image can be fetched in a test."""
    version = subprocess.run([PROGRAM, "--version"], capture_output=True, text=True).stdout.strip()
    architecture = subprocess.run(["dpkg", "--print-architecture"], capture_output=True, text=True).stdout.strip()
    folder, tools = tmp_path / "built", tmp_path / "bin"
    folder.mkdir()
    tools.mkdir()
    name = f"signpost_{version}_{architecture}.deb"
    (folder / name).write_text("package")
    (folder / "large").write_text("not for the container")
    engine = tools / "podman"
    engine.write_text('#!/bin/sh\nprintf "%s\\n" "$@"; for last; do :; done; ls "$last"\n')
    engine.chmod(0o755)

    def container(*arguments):
        result = subprocess.run([SCRIPT, "container", folder, *arguments], cwd=ROOT, capture_output=True, text=True,
                                env={**os.environ, "SIGNPOST": str(PROGRAM), "PATH": f"{tools}:{os.environ['PATH']}"})
        assert result.returncode == 0, result.stderr
        return result.stdout.splitlines()

    said = container("registry.test/base:1")
    assert said[-1] == name and "large" not in said
    assert "BASE=registry.test/base:1" in said and f"signpost:{version}" in said
    recipe = (ROOT / said[said.index("--file") + 1]).read_text()
    assert "FROM ${BASE}" in recipe and "USER signpost" in recipe
    release = dict(line.split("=", 1) for line in pathlib.Path("/etc/os-release").read_text().splitlines() if "=" in line)
    assert any(line.startswith(f"BASE={release['ID'].strip(chr(34))}:{release['VERSION_CODENAME'].strip(chr(34))}")
               for line in container())


def test_without_a_built_program_it_says_what_to_do(tmp_path):
    result = subprocess.run([SCRIPT, "install", str(tmp_path)], cwd=ROOT, capture_output=True, text=True,
                            env={**os.environ, "SIGNPOST": str(tmp_path / "none")})
    assert result.returncode == 1 and "make build" in result.stderr
    assert not (tmp_path / "lib").exists()
