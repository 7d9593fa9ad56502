"""The example's own guidance for a nation of councils: clean builds, edits, an error; beside Hugo with the same pages.

Signpost's processor time is what counts on a machine that does other work; on an idle one the clock says half of it on
two cores.
"""

import re
import shutil

import measuring
import nation
from bench_build import hugo_program, pagefind_program, snapshot
from measuring import Failure, Measure

TITLE = "real guidance for a nation of councils: clean, one word, one fact, an error; beside Hugo and Pagefind"

ONE_WORD = 1 / 6
# Seconds, for 153 councils in six languages on two cores.
CLEAN_SECONDS, ONE_FACT_SECONDS = 10, 0.6
CLEAN_MEMORY = 200
WHOLE = 918


def run(context):
    languages = context.languages
    content = nation.generate(context.root / "content", context.work / "nation/content", context.councils, languages)
    output, cache = context.work / "nation/site", context.work / "nation/cache"
    # A file system that has just deleted as many files is slow to make new ones.
    aside = context.work / "nation/aside"
    shutil.rmtree(aside, ignore_errors=True)
    if output.exists():
        output.rename(aside)
    shutil.rmtree(cache, ignore_errors=True)
    editions = context.councils * len(languages)
    # What is wanted is said for the whole nation.
    part = editions / WHOLE

    def build(fails=False):
        command = [context.signpost, "build", "--content", content, "--theme", context.root / "themes/default",
                   "--output", output, "--cache", cache, "--no-leaflets", "--date", "2026-11-28", "--format", "json"]
        if fails:
            command = ["/bin/sh", "-c", '"$@"; test $? -eq 1', "sh"] + command
        return measuring.run(command, cwd=context.work)

    def changed(before):
        after = snapshot(output)
        found = {str(path) for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
        return after, found - {".signpost/manifest"}

    context.note(f"{context.councils} councils in {len(languages)} languages")
    clean = build()
    before = snapshot(output)
    count = sum(1 for path in before if path.name == "index.html")
    yield Measure("pages", count, "")
    yield Measure("clean build, processor time", clean.cpu, "s")
    yield Measure("clean build", clean.seconds, "s", at_most=max(CLEAN_SECONDS * part, 0.5))
    yield Measure("clean build, a page", 1000 * clean.cpu / count, "ms", detail="of processor time")
    yield Measure("clean build, peak memory", clean.peak / 1e6, "MB", at_most=CLEAN_MEMORY)

    nothing = build()
    before, found = changed(before)
    if found:
        raise Failure(f"a build with nothing changed wrote {len(found)} files, such as {min(found)}")
    yield Measure("nothing changed", nothing.seconds, "s")

    # One word more in a sentence that every council has.
    page = content / "guidance/rights.md"
    text = page.read_text()
    line = re.search(r"^[A-Z][^\n{}\[*]*\w\.$", text, re.M)
    page.write_text(text[:line.end() - 1] + " indeed." + text[line.end():])
    word = build()
    before, found = changed(before)
    pages = {path for path in found if path.endswith(".html")}
    strange = {path for path in pages if not path.endswith("rights/index.html")}
    if strange or not pages:
        raise Failure(f"one word of 'rights' changed {len(pages)} pages, such as {min(strange or {'none'})}")
    wrong = {path for path in found - pages if "/search-" not in path and path != "sitemap.xml"}
    if wrong:
        raise Failure(f"one word of a page changed {min(wrong)}")
    yield Measure("one word of the shared guidance, processor time", word.cpu, "s")
    yield Measure("one word, as a part of a clean build", word.cpu / clean.cpu, at_most=ONE_WORD)

    settings = content / "councils/council-000/council.yml"
    text = settings.read_text()
    settings.write_text(re.sub(r"value: 20 minutes", "value: 25 minutes", text, count=1))
    if settings.read_text() == text:
        raise Failure("council-000 has no fact of 20 minutes")
    fact = build()
    before, found = changed(before)
    strange = {path for path in found if not path.startswith("council-000/") and path != "sitemap.xml"}
    if strange or not found:
        raise Failure(f"a fact of one council changed {len(found)} files, such as {min(strange or {'none'})}")
    yield Measure("one fact of one council, processor time", fact.cpu, "s")
    yield Measure("one fact of one council", fact.seconds, "s", at_most=ONE_FACT_SECONDS)

    wrong = content / f"councils/council-{context.councils - 1:03}/mistake.md"
    wrong.write_text("# A mistake\n\nArrive {{no-such-fact}} early.\n")
    error = build(fails=True)
    wrong.unlink()
    if "no-such-fact" not in error.output:
        raise Failure("an unknown placeholder was not reported")
    if changed(before)[1]:
        raise Failure("a build with an error changed the site")
    yield Measure("an error in the last council, processor time", error.cpu, "s")

    try:
        program = hugo_program()
    except Failure as missing:
        context.note(str(missing))
        return
    source, made = context.work / "nation/hugo", context.work / "nation/hugo-site"
    count = nation.hugo_site(
        output, source, languages, context.root / "Tests/Benchmarks/hugo", context.root / "themes/default/assets")
    shutil.rmtree(made, ignore_errors=True)
    hugo = measuring.run(
        [program, "--source", source, "--destination", made, "--noBuildLock", "--logLevel", "error"],
        cwd=context.work, environment={"HUGO_CACHEDIR": str(context.work / "nation/hugo-cache")})
    found = sum(1 for _ in made.rglob("index.html"))
    if found < count:
        raise Failure(f"Hugo made {found} pages of {count}")
    yield Measure("Hugo with the same pages, processor time", hugo.cpu, "s")
    yield Measure("Hugo with the same pages", hugo.seconds, "s", detail="Markdown and translation are done for it")
    yield Measure("Hugo, peak memory", hugo.peak / 1e6, "MB")
    search = pagefind_program()
    if search:
        found = measuring.run([search, "--site", made, "--quiet"], cwd=context.work)
        yield Measure("Pagefind for the same pages, processor time", found.cpu, "s")
        yield Measure("Hugo and Pagefind, times Signpost's processor time", (hugo.cpu + found.cpu) / clean.cpu)
