"""How many planted defects `signpost check` finds in a folder as councils have them, and how many findings are right.

`Tests/Checks/messy` holds pages in the manner of Word, Jekyll, Hugo, MkDocs and a scan, and pages with nothing wrong.
`⟦Rule⟧` stands before each defect and is taken out before the check; a name that is no rule is a defect that no rule
looks for, and counts as one that is not found.
"""

import collections
import json
import pathlib
import re
import subprocess
import tempfile

from measuring import Measure

TITLE = "Planted defects in a messy folder"
FOLDER = pathlib.Path(__file__).resolve().parents[1] / "Checks" / "messy"
MARK = re.compile(r"⟦(\w+)⟧")


def unmarked(folder, target):
    """Copies a folder without marks; the defects, as a counter of (file, line, rule)."""
    planted = collections.Counter()
    for path in sorted(folder.glob("*.md")):
        lines = path.read_text().split("\n")
        for number, line in enumerate(lines, 1):
            for rule in MARK.findall(line):
                planted[path.name, number, rule] += 1
        (target / path.name).write_text(MARK.sub("", "\n".join(lines)))
    return planted


def compare(program, folder=FOLDER):
    """Found, missed and false findings, each a counter of (file, line, rule)."""
    with tempfile.TemporaryDirectory() as place:
        target = pathlib.Path(place)
        planted = unmarked(folder, target)
        result = subprocess.run(
            [program, "check", "--path", target, "--format", "json", "--date", "2026-11-28"],
            capture_output=True, text=True, timeout=300)
        found = collections.Counter(
            (pathlib.Path(d["file"]).name, d["line"], d["rule"])
            for d in json.loads(result.stdout)["diagnostics"])
    right = found & planted
    return right, planted - found, found - planted


def table(program):
    """Rows of (rule, planted, found, false findings), and the same of all."""
    right, missed, false = compare(program)
    rows = []
    for rule in sorted({key[2] for part in (right, missed, false) for key in part}):
        counts = [sum(n for key, n in part.items() if key[2] == rule) for part in (right, missed, false)]
        rows.append((rule, counts[0] + counts[1], counts[0], counts[2]))
    totals = tuple(sum(row[i] for row in rows) for i in (1, 2, 3))
    return rows, totals


def times(program, content):
    """Milliseconds of processor time by rule, the longest first."""
    result = subprocess.run(
        [program, "check", "--content", content, "--date", "2026-11-28", "--timing"],
        capture_output=True, text=True, timeout=300)
    return [(rule, float(time)) for time, rule in re.findall(r"^ +(\d+\.\d) +(\w+)$", result.stderr, re.M)]


def run(context):
    """Time by rule on the example portal, recall and precision of all rules, then of each."""
    content = context.root / "content"
    sections = sum(len(re.findall("^##+ ", page.read_text(), re.M)) for page in content.rglob("*.md"))
    by_rule = times(context.signpost, content)
    whole = sum(time for _, time in by_rule)
    yield Measure("all rules, 1,000 sections", whole / sections * 1000, "ms", detail=f"{len(by_rule)} rules")
    yield Measure("share of the slowest rule", by_rule[0][1] / whole, at_most=0.25, detail=by_rule[0][0])
    for rule, time in by_rule[:5]:
        yield Measure(f"  {rule}, 1,000 sections", time / sections * 1000, "ms")
    rows, (planted, found, false) = table(context.signpost)
    yield Measure("defects found", found / planted, at_least=0.8, detail=f"{found} of {planted}")
    yield Measure("findings that are right", found / (found + false), at_least=0.9, detail=f"{false} are not")
    for rule, planted, found, false in rows:
        yield Measure(rule, found / planted if planted else 0, detail=f"{found} of {planted}, {false} false")
