#!/usr/bin/env python3
"""How the time of a build grows with what it is given.

For each construct a portal is made with n of it, and n is doubled until a build works for a second, or there is as much
of it as may be read. No doubling may take more than 2.3 times: what grows faster lets one file stop a build. Pages that
are full go on in another page, so that the largest input is a second's work for what is read fast, too. Times are those
of the processor, less that of a portal without the construct; a doubling that takes too long counts if the best of three
runs says so too.

    bench_growth.py [--least SECONDS] [--only TEXT]     ends with 1 where something grows too fast
"""

import argparse
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve()
sys.path.insert(0, str(HERE.parent.parent))
from conftest import PROGRAM, ROOT, Site  # noqa: E402

LIMIT = 2.3
LARGEST = 3_900_000


MOST_PAGES = 16


def page(make):
    """A page, or as many as are needed to hold it."""
    def fill(site, n):
        pages = 1
        while len(text := make(n // pages).encode()) > LARGEST:
            pages *= 2
        for i in range(pages):
            site.write(f"guidance/rights{'-%d' % i if i else ''}.md", b"# Rights\n\n" + text + b"\n")
        return LARGEST if pages >= MOST_PAGES else 0
    return fill


def file(path, make):
    def fill(site, n):
        text = make(n)
        site.write(path, text)
        return len(text.encode())
    return fill


def many(make, largest):
    """Files instead of one large file; `largest` of them at most."""
    def fill(site, n):
        for i in range(n):
            path, text = make(i)
            site.write(path, text)
        return LARGEST if n >= largest else 0
    return fill


def both(make):
    """Several files that belong together."""
    def fill(site, n):
        texts = make(n)
        for path, text in texts.items():
            site.write(path, text)
        return max(len(text.encode()) for text in texts.values())
    return fill


PORTAL = "name: Help\nbase-url: https://help.example\nlanguages: [en, pl]\ntranslations:\n  publish-drafts: yes\n"
COUNCIL = "name: Council A\nnation: england\nlanguages: [en]\n"
PO = 'msgid ""\nmsgstr "Language: pl\\nContent-Type: text/plain; charset=UTF-8\\n' \
     'Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);\\n"\n\n'

CONSTRUCTS = {
    "headings, equal": page(lambda n: "## Same words\n\nx\n\n" * n),
    "headings, different": page(lambda n: "".join(f"## Heading {i}\n\nx\n\n" for i in range(n))),
    "headings with ids": page(lambda n: "".join(f"## H {{#id-{i}}}\n\nx\n\n" for i in range(n))),
    "headings that look like numbered ones": page(lambda n: "".join(f"## A {i % 50}\n\nx\n\n" for i in range(n))),
    "headings at all levels": page(lambda n: "".join("#" * (2 + i % 5) + f" H {i}\n\nx\n\n" for i in range(n))),
    "paragraphs": page(lambda n: "Some words of text.\n\n" * n),
    "one paragraph of many lines": page(lambda n: "Some words of text.\n" * n),
    "one line": page(lambda n: "word " * n),
    "one word": page(lambda n: "x" * n),
    "quotes, nested": page(lambda n: ">" * min(n, 400) + " x\n\n" + "> x\n\n" * n),
    "lists, items": page(lambda n: "- item\n" * n),
    "lists, nested": page(lambda n: "".join("  " * (i % 60) + "- x\n" for i in range(n))),
    "lists, numbered": page(lambda n: "".join(f"{i + 1}. item\n" for i in range(n))),
    "emphasis": page(lambda n: "*a* " * n),
    "emphasis that never ends": page(lambda n: "*a " * n),
    "emphasis, nested": page(lambda n: "*a **b " * n + "c** d* " * n),
    "underscores": page(lambda n: "a_b_" * n),
    "strikethrough": page(lambda n: "~~a~~ " * n),
    "code spans": page(lambda n: "`a` " * n),
    "backticks of growing length": page(lambda n: " ".join("`" * (i % 300 + 1) for i in range(n))),
    "code blocks": page(lambda n: "```\nx\n```\n\n" * n),
    "links to pages": page(lambda n: "[a](rights.md) " * n),
    "links to sections": page(lambda n: "## A {#a}\n\n" + "[a](#a) " * n),
    "links elsewhere": page(lambda n: "".join(f"[a](https://x{i}.example/) " for i in range(n))),
    "links that never end": page(lambda n: "[a](" * n),
    "brackets": page(lambda n: "[" * n + "]" * n),
    "reference definitions": page(lambda n: "".join(f"[r{i}]: https://x.example/\n" for i in range(n)) + "\n[r1]"),
    "addresses as text": page(lambda n: "https://x.example/a " * n),
    "e-mail addresses as text": page(lambda n: "a@b.example " * n),
    "phone numbers as text": page(lambda n: "01632 960 000 " * n),
    "markup as text": page(lambda n: "<b>x</b> " * n),
    "entities": page(lambda n: "&amp; " * n),
    "backslashes": page(lambda n: "\\* " * n),
    "table rows": page(lambda n: "| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * n),
    "table columns": page(lambda n: "| a " * n + "|\n" + "|---" * n + "|\n" + "| 1 " * n + "|\n"),
    "attributes": page(lambda n: "Text. {when=early}\n\n" * n),
    "braces": page(lambda n: "{" * n),
    "placeholders": page(lambda n: "{{early}} " * n),
    "placeholders that never end": page(lambda n: "{{early " * n),
    "placeholders of other generators": page(lambda n: "{{a|b}} " * n),
    "placeholders that nothing defines": page(lambda n: "".join(f"{{{{unknown-{i}}}}} " for i in range(n))),
    "placeholders after another script": page(lambda n: "é " + "{{early}} " * n),
    "conditions of a template": page(lambda n: "{{if a}} " * n + "x " + "{{end}} " * n),
    "attributes that mean nothing": page(lambda n: "Text. {" + " ".join(f"a{i}=b" for i in range(n)) + "}\n"),
    "attributes within a text": page(lambda n: "".join(f"x {{when=a{i}}} y " for i in range(n))),
    "attributes after backslashes": page(lambda n: "".join(f"x \\{{when=a{i}}} y " for i in range(n))),
    "attributes in cells": page(lambda n: "| a | b |\n|---|---|\n" + "".join(f"| é {{when=a{i}}} | 2 |\n" for i in range(n))),
    "placeholders among backticks": page(lambda n: "".join("`" * (i % 300 + 1) + "b {{early}} " for i in range(n))),
    "footnotes that are not there": page(lambda n: "".join(f"x[^a{i}] " for i in range(n)) + "\n\n[^b]: x\n"),
    "links that are not published": page(lambda n: "".join(f"[x](javascript:{i}&amp;) " for i in range(n))),
    "council names": page(lambda n: "{{council name}} " * n),
    "FAQ entries": file("guidance/faq.md", lambda n: "# FAQ\n\n" + "".join(
        f"## Question {i}?\n\nAlso asked: other {i}\n\nAnswer {i}.\n\n" for i in range(n))),
    "glossary": file("guidance/glossary.md", lambda n: "# Glossary\n\n" + "".join(
        f"## Term{i}\n\nWhat it means.\n\n" for i in range(n))),
    "facts": file("councils/a/council.yml", lambda n: COUNCIL + "facts:\n" + "".join(
        f"  f{i}: {{type: text, value: x, source: s, checked: 2026-11-01}}\n" for i in range(n))),
    "contacts": file("councils/a/council.yml", lambda n: COUNCIL + "contacts:\n" + "".join(
        f"  c{i}: {{name: Contact {i}, phone: 01632 960 000}}\n" for i in range(n))),
    "YAML list": file("councils/a/council.yml", lambda n: COUNCIL + "x: [" + "a, " * n + "a]\n"),
    "YAML depth": file("councils/a/council.yml", lambda n: COUNCIL + "x: " + "[" * n + "]" * n + "\n"),
    "YAML anchors": file("councils/a/council.yml", lambda n: COUNCIL + "x:\n" + "".join(
        f"  - &a{i} x\n" for i in range(n)) + "".join(f"  - *a{i}\n" for i in range(n))),
    "YAML unknown keys": file("councils/a/council.yml", lambda n: COUNCIL + "".join(f"k{i}: x\n" for i in range(n))),
    "front matter": file("guidance/rights.md", lambda n: "---\nsummary: >\n" + "  words of a summary\n" * n +
                         "---\n\n# Rights\n\nx\n"),
    "PO messages": file("translations/pl.po", lambda n: PO + "".join(
        f'msgid "Message {i}."\nmsgstr "Wiadomość {i}."\n\n' for i in range(n))),
    "PO plural forms": file("translations/pl.po", lambda n: PO + "".join(
        f'msgid "{{n}} day {i}"\nmsgid_plural "{{n}} days {i}"\nmsgstr[0] "a"\nmsgstr[1] "b"\nmsgstr[2] "c"\n\n'
        for i in range(n))),
    "PO lines of one message": file("translations/pl.po", lambda n: PO + 'msgid ""\n' + '"word "\n' * n +
                                    'msgstr ""\n' + '"słowo "\n' * n),
    "aliases": file("guidance/rights.md", lambda n: "---\naliases:\n" + "".join(f"  - old-{i}\n" for i in range(n)) +
                    "---\n\n# Rights\n\nx\n"),
    "callouts": page(lambda n: "> [!WARNING]\n> Words.\n\n" * n),
    "pictures in a text": page(lambda n: "![A map](map.svg)\n\n" * n),
    "sections that a council replaces": both(
        lambda n: {"guidance/rights.md": "# Rights\n\n" + "".join(f"## H {{#id-{i}}}\n\nx\n\n" for i in range(n)),
                   "councils/a/rights.md": "".join(f"## Own {{#id-{i}}}\n\ny\n\n" for i in range(n))}),
    "words of the search": file("search/en.yml", lambda n: "means:\n" + "".join(f"  word{i}: other{i}\n" for i in range(n))),
    "addresses that stay": file("addresses.yml", lambda n: "shared:\n  - rights\n" + "".join(f"  - rights#{i}\n" for i in range(n))),
    "front matter of more than may be read": file("guidance/rights.md", lambda n: "---\nsummary: >\n" + "  words\n" * (n * 6000) +
                                                  "---\n\n# Rights\n\nx\n"),
    "pages": many(lambda i: (f"guidance/p{i}.md", f"# Page {i}\n\nText {i}.\n"), 2000),
    "folders": many(lambda i: (f"guidance/f{i}/p.md", f"# Page {i}\n\nText {i}.\n"), 2000),
    "councils": many(lambda i: (f"councils/c{i}/council.yml", COUNCIL.replace("Council A", f"Council {i}")), 1000),
    "pictures": many(lambda i: (f"guidance/p{i}.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>"), 4000),
}


def seconds(site, runs):
    """Processor seconds of a clean run; the content may have errors, but the program must not end by a signal."""
    best = None
    for _ in range(runs):
        shutil.rmtree(site.output, ignore_errors=True)
        shutil.rmtree(site.folder / ".signpost", ignore_errors=True)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        result = subprocess.run(
            [PROGRAM, "build", "--content", "content", "--theme", ROOT / "themes/default", "--output", "site",
             "--no-leaflets"], cwd=site.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if result.returncode not in (0, 1):
            raise SystemExit(f"the program ended with {result.returncode} in {site.folder}")
        took = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        best = took if best is None else min(best, took)
    return best


def measure(fill, n, runs=1):
    with tempfile.TemporaryDirectory() as folder:
        site = Site(folder)
        site.write("portal.yml", PORTAL)
        site.write("councils/a/council.yml", COUNCIL + "facts:\n  early: {type: text, value: x}\n")
        site.write("translations/pl.po", PO)
        site.write("guidance/map.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
        size = fill(site, n) if fill else 0
        return seconds(site, runs), size


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--least", type=float, default=1.0, help="seconds of work of the largest input")
    parser.add_argument("--only", default="", help="constructs with this in their name")
    arguments = parser.parse_args()
    empty, _ = measure(None, 0, runs=3)

    def growth(small, large):
        # Less can hardly be told from the rest of a build on a machine that does other work, and stops none.
        return (large - empty) / max(small - empty, 0.2)

    print(f"| construct | largest n | its seconds | worst growth by doubling |\n|---|---|---|---|\n| nothing | | {empty:.2f} | |")
    slow = []
    for name, fill in CONSTRUCTS.items():
        if arguments.only not in name:
            continue
        n, worst = 250, 0
        last, size = measure(fill, n)
        while last - empty < arguments.least and size * 2 <= LARGEST:
            now, size = measure(fill, 2 * n)
            grown = growth(last, now)
            if grown > LIMIT:
                last, now = measure(fill, n, runs=3)[0], measure(fill, 2 * n, runs=3)[0]
                grown = growth(last, now)
            worst = max(worst, grown)
            n, last = 2 * n, now
        print(f"| {name} | {n} | {last - empty:.2f} | {worst:.2f}{' **' if worst > LIMIT else ''} |", flush=True)
        if worst > LIMIT:
            slow.append(name)
    if slow:
        raise SystemExit(f"grows more than {LIMIT} times: " + ", ".join(slow))


if __name__ == "__main__":
    main()
