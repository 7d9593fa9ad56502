"""Which Chromium and which Java the tests and benches use."""

import os
import shutil

# Programs that end after a few seconds: the second compiler and the parallel collector cost them more than they save.
JAVA = ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]


def chromium():
    """The program: of the variable CHROMIUM, else the one without windows, which starts several times as fast."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if not found:
        raise RuntimeError("Chromium is missing: run tools/install.sh test, or name it in the variable CHROMIUM")
    return found
