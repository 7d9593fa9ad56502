"""From a saved file to the page that shows it, with `signpost serve` and with `hugo server`.

Both hold the same pages: a few councils with the example's own guidance, and Hugo the finished HTML of them. Signpost's
sentence stands on pages of every council and language, Hugo's on one page; Signpost also checks the whole portal.
"""

import contextlib
import re
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request

import measuring
import nation
from bench_build import hugo_program
from measuring import Failure, Measure, median, spread

TITLE = "from a saved file to the page that shows it, beside Hugo's server"

COUNCILS = 5
# Seconds, for an editor who looks from the text to the page.
SENTENCE = 0.3
PATIENCE = 120


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def shows(address, word):
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
            return word in answer.read().decode()
    except (urllib.error.URLError, ConnectionError):
        return False


def wait(address, word, process):
    """Seconds until a page shows a word."""
    start = time.perf_counter()
    while not shows(address, word):
        if process.poll() is not None:
            raise Failure(f"{process.args[0]} ended with {process.returncode}")
        if time.perf_counter() - start > PATIENCE:
            raise Failure(f"{address} never showed “{word}”")
        time.sleep(0.005)
    return time.perf_counter() - start


@contextlib.contextmanager
def server(command, cwd):
    process = subprocess.Popen(
        [str(part) for part in command], cwd=cwd, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def edits(context, path, before, address, process):
    """Seconds from each of some saves to the page; each writes another word behind the same ones."""
    text = path.read_text()
    if before not in text:
        raise Failure(f"{path} does not say “{before}”")
    found = []
    for number in range(max(3, context.rounds)):
        # What a server remembers of the save before is not to help it; nor is it to be busy with it.
        time.sleep(1.5)
        word = f"kingfisher{number}"
        path.write_text(text.replace(before, f"{before} {word} ", 1))
        found.append(wait(address, word, process))
    return found


def run(context):
    work = context.work / "preview"
    shutil.rmtree(work, ignore_errors=True)
    languages = list(context.languages)
    content = nation.generate(context.root / "content", work / "content", COUNCILS, languages)
    theme = context.root / "themes/default"
    port = free_port()
    command = [context.signpost, "serve", "--content", content, "--theme", theme, "--no-leaflets", "--port", port]
    with server(command, work) as process:
        address = f"http://127.0.0.1:{port}/council-000/rights/"
        wait(address, "</html>", process)
        rights = content / "guidance/rights.md"
        line = re.search(r"^[A-Z][^\n{}\[*]*\w\.$", rights.read_text(), re.M).group(0)[:-1]
        sentence = edits(context, rights, line, address, process)
    yield Measure("a sentence of the shared guidance", median(sentence), "s", at_most=SENTENCE, detail=spread(sentence))

    site = work / "site"
    measuring.run(
        [context.signpost, "build", "--content", content, "--theme", theme, "--output", site, "--no-leaflets"],
        cwd=work)
    try:
        program = hugo_program()
    except Failure as missing:
        context.note(str(missing))
        return
    source = work / "hugo"
    nation.hugo_site(site, source, languages, context.root / "Tests/Benchmarks/hugo", theme / "assets")
    port = free_port()
    command = [program, "server", "--source", source, "--port", port, "--bind", "127.0.0.1", "--logLevel", "error",
               "--noBuildLock", "--disableLiveReload"]
    with server(command, work) as process:
        address = f"http://127.0.0.1:{port}/council-000/rights/"
        wait(address, "</html>", process)
        page = source / "content" / languages[0] / "council-000/rights.html"
        hugo = edits(context, page, "<p>", address, process)
    yield Measure("a sentence of one page, Hugo", median(hugo), "s", detail=spread(hugo))
    yield Measure("Signpost beside Hugo", median(sentence) / median(hugo), "×")
