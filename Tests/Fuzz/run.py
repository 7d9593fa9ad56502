#!/usr/bin/env python3
"""Fuzzes the readers of foreign text with libFuzzer, beginning with the example and what was found before.

    run.py [--runs N] [--only HARNESS] [--jobs N]

Inputs that reach new code are kept in .signpost/fuzz/<harness>, so that the next run goes on from there. An input that
makes a reader trap, hang (10 s) or take more than 2 GB is kept beside them, and this ends with 1: mend the reader, and
put the input into Tests/Fuzz/Regressions/<harness>.
"""

import argparse
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PROGRAM = ROOT / ".build/fuzz/release/fuzz"
KEPT = ROOT / ".signpost/fuzz"
EXAMPLE = {
    "markdown": ["content/guidance", "docs"], "catalogue": ["content/translations", "themes/default/translations"],
    "vocabulary": ["themes/default/search"], "leaflet": ["content/leaflets"],
    "template": ["themes/default/templates"], "settings": [], "portal": ["content/guidance"],
}
# Larger inputs only make each run slower.
LARGEST = {"request": 300, "plurals": 300, "message": 600, "portal": 3000}


def seeds(harness):
    folder = KEPT / harness / "seeds"
    folder.mkdir(parents=True, exist_ok=True)
    largest = LARGEST.get(harness, 8000)
    places = EXAMPLE.get(harness, []) + [f"Tests/Fuzz/Seeds/{harness}", f"Tests/Fuzz/Regressions/{harness}"]
    for place in places:
        for file in sorted((ROOT / place).glob("*")):
            if file.is_file():
                (folder / f"{file.parent.name}-{file.name}").write_bytes(file.read_bytes()[:largest])
    if harness == "settings":
        portal = (ROOT / "content/portal.yml").read_bytes()
        for file in sorted((ROOT / "content/councils").glob("*/council.yml")):
            (folder / file.parent.name).write_bytes(portal[:largest // 2] + b"\0" + file.read_bytes()[:largest // 2])
    return folder


def fuzz(harness, runs):
    given = seeds(harness)
    corpus = KEPT / harness / "corpus"
    corpus.mkdir(exist_ok=True)
    words = ROOT / "Tests/Fuzz/words.dict"
    started = time.monotonic()
    result = subprocess.run(
        [PROGRAM, harness, f"-runs={runs}", f"-max_len={LARGEST.get(harness, 8000)}", f"-dict={words}", "-timeout=10",
         "-rss_limit_mb=2048", f"-artifact_prefix={KEPT / harness}/", "-print_final_stats=1", str(corpus), str(given)],
        # Swift's own handler of traps would come before libFuzzer's, which keeps the input.
        cwd=ROOT, env={**os.environ, "SWIFT_BACKTRACE": "enable=no"}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
    done = re.search(r"number_of_executed_units: (\d+)", result.stdout)
    covered = re.findall(r"cov: (\d+)", result.stdout)
    (KEPT / harness / "log.txt").write_text(result.stdout)
    return (harness, int(done.group(1)) if done else 0, time.monotonic() - started, covered[-1] if covered else "?",
            result.returncode)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--runs", type=int, default=20_000, help="of each harness")
    parser.add_argument("--only", help="one harness")
    parser.add_argument("--jobs", type=int, default=2, help="harnesses at the same time")
    arguments = parser.parse_args()
    harnesses = subprocess.run([PROGRAM], capture_output=True, text=True, check=True).stdout.split()
    if arguments.only:
        harnesses = [name for name in harnesses if name == arguments.only] or parser.error("there is no such harness")
    print("| harness | runs | seconds | places reached | |\n|---|---|---|---|---|", flush=True)
    faults = []
    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        # A whole portal takes a hundred times as long as one reader.
        tasks = [pool.submit(fuzz, name, arguments.runs // 100 if name == "portal" else arguments.runs)
                 for name in harnesses]
        for task in concurrent.futures.as_completed(tasks):
            name, runs, seconds, covered, status = task.result()
            print(f"| {name} | {runs} | {seconds:.0f} | {covered} | {'' if status == 0 else 'FAULT'} |", flush=True)
            if status:
                faults.append(name)
    for name in faults:
        print(f"\n{name}: see {KEPT / name}/log.txt, and the input beside it")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
