"""What every test outside the Swift package uses: the program, and sites made from a few lines."""

import fcntl
import json
import os
import pathlib
import re
import shutil
import subprocess
import time

import browsers
import pytest
from playwright.sync_api import sync_playwright

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = pathlib.Path(os.environ.get("SIGNPOST") or ROOT / ".build" / "release" / "signpost")
FULL = bool(os.environ.get("SIGNPOST_TEST_FULL"))


# The files that take longest come first, so that none of them is still running when all others are done. The first ones
# wait for nothing together: one builds the example, one lays out leaflets, one needs neither.
LONGEST = ["Browser/test_axe", "EndToEnd/test_interrupted", "Leaflets/test_pdf", "Browser/test_keyboard", "Browser/test_reflow",
           "EndToEnd/test_translations", "Browser/search_test", "Browser/test_tree", "Browser/test_files",
           "Leaflets/test_leaflets_command", "Leaflets/test_epub", "Browser/test_pages"]


def pytest_collection_modifyitems(items):
    turns = {ROOT / "Tests" / f"{name}.py": turn for turn, name in enumerate(LONGEST)}
    items.sort(key=lambda item: turns.get(item.path, len(turns)))


def run(*arguments, cwd=None, env=None, timeout=300, input=None):
    """Runs the program; the result has returncode, stdout and stderr."""
    return subprocess.run(
        [PROGRAM, *map(str, arguments)], cwd=cwd, capture_output=True, text=True, timeout=timeout, input=input,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1795219200", **(env or {})})


PORTAL = "name: Help\nbase-url: https://help.example\nlanguages: [en]\n"
COUNCIL = "name: Council A\nnation: england\nlanguages: [en]\n"


class Site:
    """A portal in a folder of its own, with one council."""

    theme = ROOT / "themes" / "default"
    options = ["--no-leaflets"]

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.content = self.folder / "content"
        self.output = self.folder / "site"
        self.write("portal.yml", PORTAL)
        self.write("councils/a/council.yml", COUNCIL)
        self.write("guidance/rights.md", "# Rights\n\nYou have rights.\n")

    def write(self, path, text):
        file = self.content / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file

    def run(self, command, *arguments, **options):
        options.setdefault("cwd", self.folder)
        where = ["--content", "content", "--theme", self.theme]
        if command == "build":
            where += ["--output", "site", *self.options]
        return run(command, *where, *arguments, **options)

    def build(self, *arguments, **options):
        return self.run("build", *arguments, **options)

    def problems(self, *arguments, command="check"):
        """The problems in JSON, as tools read them."""
        result = self.run(command, "--format", "json", *arguments)
        return json.loads(result.stdout)["diagnostics"]

    def errors(self):
        return [p for p in self.problems() if p["severity"] == "error"]

    def files(self):
        return {str(f.relative_to(self.output)): f.read_bytes() for f in sorted(self.output.rglob("*")) if f.is_file()}


def wait_for(found, seconds=60):
    """The first result that counts as true."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if result := found():
            return result
        time.sleep(0.1)
    pytest.fail("it did not happen in time")


@pytest.fixture(scope="session")
def slim_theme(tmp_path_factory):
    """The theme with empty scripts and style sheets, and without words for the search: a small portal is built with it in a
    tenth of a second, a quarter of what it takes otherwise."""
    folder = tmp_path_factory.mktemp("slim") / "themes/default"
    shutil.copytree(ROOT / "themes/default", folder)
    shutil.rmtree(folder / "search")
    for file in (folder / "assets").rglob("*"):
        if file.suffix in (".js", ".css"):
            file.write_text("void 0;\n" if file.suffix == ".js" else "p { margin: 0 }\n")
    return folder


def preloaded(folders, name):
    """A library of `EndToEnd/preload` that takes the place of calls of the system, compiled for this machine."""
    compiler = shutil.which("cc") or shutil.which("clang") or shutil.which("gcc")
    if not compiler:
        pytest.skip("no C compiler")
    library = folders.mktemp("preload") / f"{name}.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, ROOT / "Tests/EndToEnd/preload" / f"{name}.c", "-ldl"], check=True)
    return library


@pytest.fixture
def site(tmp_path):
    return Site(tmp_path)


@pytest.fixture
def served(site):
    """A site that `signpost serve` shows, its address, and the file with what the program says."""
    log = site.folder / "log.txt"
    with log.open("w") as output:
        process = subprocess.Popen(
            [PROGRAM, "serve", "--content", "content", "--theme", ROOT / "themes/default", "--output", "site",
             "--no-leaflets", "--port", "0"],
            cwd=site.folder, stdout=output, stderr=subprocess.STDOUT, env={**os.environ, "TERM": "dumb"})
    try:
        port = wait_for(lambda: re.search(r"http://localhost:(\d+)/", log.read_text()))[1]
        yield site, f"http://127.0.0.1:{port}/", log
    finally:
        process.terminate()
        process.wait(timeout=20)


def once(tmp_path_factory, name, make):
    """A folder that one of the test processes fills for all of them.

    make(folder) returns what went wrong, or nothing.
    """
    base = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent
    folder, log = base / name, base / f"{name}.log"
    with open(base / f"{name}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not log.exists():
            log.write_text(make(folder) or "")
    errors = log.read_text()
    assert not errors, errors
    return folder


@pytest.fixture(scope="session")
def chromium():
    """The one browser of a test process: two would wait for each other."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browsers.chromium(), args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def example(tmp_path_factory):
    """The example portal, built once for all tests."""
    def make(folder):
        result = run("build", "--content", "content", "--output", folder, "--cache",
                     ROOT / ".signpost" / "test-cache", cwd=ROOT, timeout=900)
        return result.stderr if result.returncode else ""

    return once(tmp_path_factory, "example-site", make)
