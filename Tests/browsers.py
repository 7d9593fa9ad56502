"""Which Chromium the tests and benches use."""

import os
import shutil


def chromium():
    """The program: of the variable CHROMIUM, else the one without windows, which starts several times as fast."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if not found:
        raise RuntimeError("Chromium is missing: run tools/install.sh test, or name it in the variable CHROMIUM")
    return found
