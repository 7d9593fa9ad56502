"""Leaflets beside what Typst alone needs for the same files, and beside WeasyPrint and Chromium on the same text."""

import os
import pathlib
import re
import shutil
import subprocess
import sys

import measuring
from measuring import Failure, Measure, median, spread

TITLE = "all leaflets of the example portal beside Typst alone; a guide on A4 beside WeasyPrint and Chromium"

OF_TYPST = 1.3
DATE = {"SOURCE_DATE_EPOCH": "1795219200"}
HERE = pathlib.Path(__file__).resolve().parent
TOOLS = HERE / "leaflets"

# Keeps what Signpost sends to each of its workers.
RECORDER = """#!/bin/sh
tee "{folder}/jobs-$$" | exec "{python}" "$@"
"""


def engine(context):
    """The Python that has Typst."""
    own = context.root / ".signpost/venv/bin/python"
    return own if own.exists() else pathlib.Path(sys.executable)


def files(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def state(*folders):
    return {path: path.stat().st_mtime_ns for folder in folders for path in folder.rglob("*") if path.is_file()}


def text_of(pdf):
    return " ".join(subprocess.run(
        ["pdftotext", pdf, "-"], capture_output=True, text=True, check=True).stdout.split())


def guide_only(context, folder):
    """The example portal with one leaflet: its guide, on A4."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(context.root / "content", folder)
    for path in (folder / "leaflets").glob("*.yml"):
        if path.name != "guide-for-parents.yml":
            path.unlink()
    path = folder / "leaflets/guide-for-parents.yml"
    text, count = re.subn(r"(?m)^formats: .*$", "formats: [a4]", path.read_text())
    if count != 1:
        raise Failure(f"{path} has no line of formats")
    path.write_text(text)
    return [name for name in re.findall(r"(?m)^  - page: (\S+)$", text) if name != "index"]


def printable(site, editions, pages, folder):
    """One HTML file for each edition: the main parts of the site's pages that are in the guide."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    style = (TOOLS / "print.css").read_text()
    made = []
    for council, tag in editions:
        base = site / council / tag if (site / council / tag).is_dir() else site / council
        parts, opening = [], None
        for name in pages:
            path = base / name / "index.html"
            if not path.exists():
                continue
            html = path.read_text()
            opening = opening or re.search(r"<html[^>]*>", html).group(0)
            parts.append(re.search(r"<main[^>]*>(.*?)</main>", html, re.S).group(1))
        if not parts:
            raise Failure(f"the site has no pages of {council} in {tag}")
        target = folder / f"{council}-{tag}.html"
        target.write_text(
            f'<!DOCTYPE html>\n{opening}<head><meta charset="utf-8"><title>A guide for parents</title>'
            f"<style>{style}</style></head><body>{''.join(parts)}</body></html>")
        made.append(target)
    return made


def check(name, folder, wanted, words):
    """Every PDF is there and long enough, and those in English hold the guidance's words."""
    # Urdu has a file in its own style for the printer besides.
    found = sorted(path for path in folder.rglob("*.pdf") if not path.stem.endswith("-print"))
    if len(found) != wanted:
        raise Failure(f"{name} made {len(found)} PDFs instead of {wanted}")
    for path in found:
        info = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
        if int(re.search(r"Pages: +(\d+)", info).group(1)) < 6:
            raise Failure(f"{name}: {path.name} has hardly any pages")
        if not re.search(r"Tagged: +yes", info):
            raise Failure(f"{name}: {path.name} has no tags")
        if "/en/" in str(path) or path.name.endswith("-en.pdf"):
            text = text_of(path)
            for word in words:
                if word not in text:
                    raise Failure(f"{name}: {path.name} lacks '{word}'")


def run(context):
    python, cores = engine(context), os.cpu_count() or 1
    work = context.work / "leaflets"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    theme = context.root / "themes/default"

    def signpost(content, output, cache, worker=python):
        return measuring.run(
            [context.signpost, "leaflets", "--content", content, "--theme", theme, "--output", output, "--cache", cache],
            cwd=work, environment={**DATE, "SIGNPOST_PYTHON": str(worker)})

    def clear(*folders):
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)

    # What Signpost asks its workers for, and what comes of it.
    context.note("recording what the layout engine gets")
    jobs = work / "jobs"
    jobs.mkdir()
    recorder = work / "recorder"
    recorder.write_text(RECORDER.format(folder=jobs, python=python))
    recorder.chmod(0o755)
    output, cache = work / "output", work / "cache"
    signpost(context.root / "content", output, cache, recorder)
    made = files(output)
    # A file for the printer is named after one for reading; "large-print" alone does not make one.
    count = len([name for name in made if name.removesuffix("-print.pdf") + ".pdf" not in made])
    logs = [path for path in sorted(jobs.iterdir()) if '"step":"layout"' in path.read_text()]
    asked = sum(path.read_text().count('"step":"layout"') for path in logs)
    if asked < count:
        raise Failure(f"{count} leaflets were made with {asked} jobs")

    everything, alone, again = [], [], []
    for turn in range(context.rounds):
        context.note(f"all leaflets, round {turn + 1} of {context.rounds}")
        clear(output, cache)
        everything.append(signpost(context.root / "content", output, cache))
        if files(output) != made:
            raise Failure("the same content gave other bytes")
        before = state(output, cache)
        again.append(signpost(context.root / "content", output, cache))
        if state(output, cache) != before:
            raise Failure("with nothing changed, files were written")
        replay = work / "alone"
        clear(replay)
        alone.append(measuring.run(
            [python, TOOLS / "typst_alone.py", replay, *logs], cwd=work))
        if not set(made.values()) <= set(files(replay).values()):
            raise Failure("Typst alone made something else of the same files")

    # The same text by other means.
    content, site = work / "guide", work / "site"
    pages = guide_only(context, content)
    measuring.run(
        [context.signpost, "build", "--content", content, "--theme", theme, "--output", site, "--no-leaflets",
         "--cache", work / "site-cache"], cwd=work, environment=DATE)
    guides, guide_cache = work / "guides", work / "guide-cache"
    signpost(content, guides, guide_cache)
    editions = sorted({tuple(pathlib.Path(name).parts[:2]) for name in files(guides)})
    sources = printable(site, editions, pages, work / "html")
    english = (context.root / "content/guidance/rights.md").read_text()
    words = re.findall(r"(?m)^## ([A-Za-z ]+?) \{#", english)[:3]
    if not words:
        raise Failure("the guidance on rights has no headings to look for")
    own, weasy, chrome = [], [], []
    for turn in range(context.rounds):
        context.note(f"the guide, round {turn + 1} of {context.rounds}")
        clear(guides, guide_cache)
        own.append(signpost(content, guides, guide_cache))
        check("Signpost", guides, len(editions), words)
        for name, runs in [("weasyprint", weasy), ("chromium", chrome)]:
            target = work / name
            clear(target)
            target.mkdir()
            runs.append(measuring.run(
                [sys.executable, TOOLS / f"{name}_pdf.py", target, str(cores), *sources], cwd=work))
            check(name, target, len(editions), words)

    def seconds(runs):
        return median([each.seconds for each in runs])

    def peak(runs):
        return median([each.peak for each in runs]) / 1e6

    def all_seconds(runs):
        return spread([each.seconds for each in runs])

    yield Measure("all leaflets", count)
    yield Measure("Signpost, all leaflets", seconds(everything), "s", detail=all_seconds(everything))
    yield Measure("Typst alone, the same files", seconds(alone), "s", detail=all_seconds(alone))
    yield Measure("Signpost, leaflets in a second", count / seconds(everything))
    yield Measure("Signpost, peak memory of a process", peak(everything), "MB")
    yield Measure("Typst alone, peak memory of a process", peak(alone), "MB")
    yield Measure("Signpost, nothing changed", seconds(again), "s", detail=all_seconds(again))
    yield Measure("nothing changed, as a part of all leaflets", seconds(again) / seconds(everything))
    yield Measure("processor time, as a part of Typst's alone",
                  median([each.cpu for each in everything]) / median([each.cpu for each in alone]))
    yield Measure("time, as a part of Typst's alone", seconds(everything) / seconds(alone), at_most=OF_TYPST)
    for name, runs in [("Signpost", own), ("WeasyPrint", weasy), ("Chromium", chrome)]:
        yield Measure(f"guide on A4, {name}, in a second", len(editions) / seconds(runs), detail=all_seconds(runs))
        yield Measure(f"guide on A4, {name}, peak of a process", peak(runs), "MB")
    yield Measure("guide on A4, times as fast as WeasyPrint", seconds(weasy) / seconds(own))
    yield Measure("guide on A4, times as fast as Chromium", seconds(chrome) / seconds(own))
