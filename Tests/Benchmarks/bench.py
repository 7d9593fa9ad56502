#!/usr/bin/env python3
"""Measures Signpost and prints what it found beside what is wanted.

Every `bench_*.py` beside this file is a bench: a module with `TITLE` (what it measures) and
`run(context)`, a generator of `Measure`s. Put another one there and it is run.

Wrong output ends with an error. A missed number does so only with --strict: other work on the machine may
be the reason.
"""

import argparse
import importlib
import json
import os
import pathlib
import platform
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from measuring import Context, Failure  # noqa: E402


def arguments(names):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("benches", nargs="*", metavar="bench", help=f"which: {', '.join(names)}; default: all")
    parser.add_argument("--signpost", type=pathlib.Path, default=ROOT / ".build/release/signpost")
    parser.add_argument("--work", type=pathlib.Path, default=ROOT / ".build/bench", help="scratch folder")
    parser.add_argument("--pages", type=int, default=10_000, help="pages of the large portal")
    parser.add_argument("--councils", type=int, default=153, help="councils of the nation")
    parser.add_argument("--languages", default="en,pl,ar,ur,bn,zh-Hans", help="languages of the nation")
    parser.add_argument("--rounds", type=int, default=3, help="times each is measured; the median counts")
    parser.add_argument("--strict", action="store_true", help="a missed number is an error")
    parser.add_argument("--json", type=pathlib.Path, help="also write the measures to this file")
    options = parser.parse_args()
    unknown = set(options.benches) - set(names)
    if unknown:
        parser.error(f"no bench is called {', '.join(sorted(unknown))}; there are {', '.join(names)}")
    if options.rounds < 1 or options.pages < 100:
        parser.error("at least 1 round and 100 pages")
    return options


def main():
    names = sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py"))
    options = arguments(names)
    if not options.signpost.exists():
        print(f"{options.signpost} is missing: swift build -c release --product signpost", file=sys.stderr)
        return 2
    context = Context(
        signpost=options.signpost.resolve(), root=ROOT, work=options.work.resolve(), pages=options.pages,
        rounds=options.rounds, councils=options.councils, languages=options.languages.split(","))
    context.work.mkdir(parents=True, exist_ok=True)
    load = os.getloadavg()[0]
    print(f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, load {load:.1f}")
    if load > 0.5 * (os.cpu_count() or 1):
        print("This machine is busy: the numbers below are not to be trusted.")

    found, has_failed, has_missed = {}, False, False
    for name in options.benches or names:
        bench = importlib.import_module(f"bench_{name}")
        print(f"\n{name}: {bench.TITLE}")
        found[name] = []
        try:
            for measure in bench.run(context):
                print(f"  {measure}")
                found[name].append(measure.as_dict())
                has_missed = has_missed or measure.is_met is False
        except Failure as failure:
            print(f"  failed: {failure}", file=sys.stderr)
            has_failed = True
    if options.json:
        options.json.write_text(json.dumps(found, indent=2) + "\n")
    return 1 if has_failed or (options.strict and has_missed) else 0


if __name__ == "__main__":
    sys.exit(main())
