"""Makes the leaflets that the tests of PDFs look at: a small portal in five languages, and the example portal."""

import json
import os
import pathlib
import subprocess
import sys

import pytest

from conftest import once

ROOT = pathlib.Path(__file__).resolve().parents[2]
PORTAL = ROOT / "Tests/Leaflets/portal"
TRANSLATIONS = ROOT / "Tests/Leaflets/translations"
THEME = ROOT / "themes/default"


def engine():
    """The Python that has Typst: the project's private environment, or the one the tests run in."""
    own = ROOT / ".signpost/venv/bin/python"
    return str(own) if own.exists() else sys.executable


def program():
    configured = os.environ.get("LEAFLET_SAMPLES")
    if configured:
        return configured
    folder = subprocess.run(
        ["swift", "build", "--show-bin-path"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.strip()
    path = pathlib.Path(folder) / "leaflet-samples"
    if not path.exists():
        subprocess.run(["swift", "build", "--product", "leaflet-samples"], cwd=ROOT, check=True, capture_output=True)
    return str(path)


def build(content, output, *translations, theme=THEME, python=None, environment=None):
    """Runs the program; what it printed."""
    result = subprocess.run(
        [program(), str(content), str(theme), python or engine(), str(output), *map(str, translations)],
        cwd=ROOT, capture_output=True, text=True, timeout=600, env={**os.environ, **(environment or {})})
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def read(output):
    return json.loads((output / "leaflets.json").read_text())


def errors(printed):
    """What keeps leaflets from being as they are meant: errors, and pages that never settle."""
    return printed if "error" in printed or "LeafletLayoutWarning" in printed else ""


@pytest.fixture(scope="session")
def samples(tmp_path_factory):
    """The leaflets of the small portal."""
    return read(once(tmp_path_factory, "samples", lambda folder: errors(build(PORTAL, folder, TRANSLATIONS))))


@pytest.fixture(scope="session")
def example(tmp_path_factory):
    """The leaflets of the example portal: in English, or with SIGNPOST_TEST_FULL in all its languages."""
    none = [] if os.environ.get("SIGNPOST_TEST_FULL") else [tmp_path_factory.mktemp("no-translations")]
    return read(once(
        tmp_path_factory, "example-leaflets", lambda folder: errors(build(
            ROOT / "content", folder, *none, environment={"LEAFLET_CACHE": str(ROOT / ".signpost/leaflets")}))))


@pytest.fixture(scope="session")
def leaflets(samples, example):
    """Those on paper; those to fill in, e-books and braille have tests of their own."""
    return [leaflet for leaflet in samples + example if leaflet["format"] not in ("epub", "braille", "form")]
