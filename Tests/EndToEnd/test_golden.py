"""Three small portals and all that comes of them: pages, the tags of PDFs, other files, and the words on the terminal.

`RECORD_GOLDENS=1` writes what comes out now into `Tests/Golden/<portal>/expected`; read the difference before you
commit it. A file there that nothing makes any more fails.
"""

import os
import re
import shutil

import golden
import pytest

from conftest import ROOT, run

GOLDEN = ROOT / "Tests" / "Golden"
PORTALS = sorted(path.name for path in GOLDEN.iterdir() if path.is_dir())
# The one page of each portal that is kept whole, with head, header and footer.
WHOLE = "rights/index.html"


def settled(html):
    """HTML without what changes with every change of a style sheet or script."""
    html = re.sub(r"-[0-9a-f]{10}(\.\w+)", r"-··········\1", html)
    html = re.sub(r"'sha256-[^']*'", "'sha256-…'", html)
    return re.sub(r"(<script>).*?(</script>)", r"\1…\2", html, flags=re.S)


def page(path, html):
    if path.endswith(WHOLE) and "<main" in html:
        return settled(html)
    parts = [re.search(pattern, html, re.S) for pattern in (r"<html.*?>", r"<title>.*?</title>", r"<main.*</main>")]
    # A redirect has no such part.
    return settled("\n".join(part[0] for part in parts) + "\n" if all(parts) else html)


def made(folder):
    """What a portal comes to, by the name that it has among the expected files."""
    result = run("build", "--theme", ROOT / "themes/default", "--date", "2026-11-28", cwd=folder,
                 env={"SIGNPOST_PYTHON": str(ROOT / ".signpost/venv/bin/python")})
    said = re.sub(r"in \d+\.\d s", "in … s", result.stderr + result.stdout)
    found = {"terminal.txt": f"exit {result.returncode}\n{said}"}
    site = folder / "site"
    for path in sorted(site.rglob("*")):
        name = str(path.relative_to(site))
        if path.is_dir() or name.startswith((".signpost/", "assets/")):
            continue
        if name.endswith(".html"):
            found[f"site/{name}"] = page(name, path.read_text())
        elif name.endswith((".vcf", ".txt", ".xml")):
            found[f"site/{name}"] = path.read_bytes().decode()
        elif name.endswith(".pdf"):
            if not name.endswith("-print.pdf"):
                found[f"site/{name}.tags"] = golden.settled(golden.tags(path))
    return found


@pytest.mark.parametrize("portal", PORTALS)
def test_a_portal_comes_to_what_was_recorded(portal, tmp_path):
    shutil.copytree(GOLDEN / portal / "content", tmp_path / "content")
    found = made(tmp_path)
    expected = GOLDEN / portal / "expected"
    if os.environ.get("RECORD_GOLDENS"):
        shutil.rmtree(expected, ignore_errors=True)
        for name, text in found.items():
            (expected / name).parent.mkdir(parents=True, exist_ok=True)
            (expected / name).write_bytes(text.encode())
    known = {str(path.relative_to(expected)): path.read_bytes().decode() for path in expected.rglob("*") if path.is_file()}
    assert found.keys() == known.keys(), "recorded and no longer made, or made and not recorded"
    for name, text in found.items():
        assert text == known[name], name
