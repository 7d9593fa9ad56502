"""Runs the theme's search outside a browser: one job per line of JSON on standard input, one answer per line on standard
output. The first line answered says which engine of JavaScript there is.

A job has the scripts of one edition and the questions to ask. The scripts see no files and no network.
"""

import json
import os
import sys

# Bytes for the scripts of an edition and what the search makes of them; a hundredth of it is usual.
MEMORY = 1 << 30
# For one question; thousandths of it are usual.
SECONDS = 30


def first_line(error):
    """What is wrong and where, without the code around it."""
    return next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)


def main():
    try:
        import importlib.metadata

        from py_mini_racer import MiniRacer

        version = importlib.metadata.version("mini-racer")
    except Exception as error:
        print(json.dumps({"failure": f"{type(error).__name__}: {error}"}), flush=True)
        return
    # Nothing else may get between the answers.
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)

    def answer(value):
        answers.write(json.dumps(value) + "\n")
        answers.flush()

    edition, context = None, None

    def run(script):
        return context.eval(script, timeout_sec=SECONDS, max_memory=MEMORY)

    answer({"engine": version})
    for line in sys.stdin:
        job = json.loads(line)
        try:
            if context is None or edition != job["edition"]:
                context, edition = MiniRacer(), job["edition"]
                for script in job["scripts"]:
                    run(script)
                # As the text of JSON: a literal of JavaScript.
                run(f"open({json.dumps(json.dumps(edition))})")
                run(job["client"])
            explains = json.dumps(bool(job["explains"]))
            answer({"answers": [json.loads(run(f"ask({json.dumps(text)}, {explains})")) for text in job["questions"]]})
        except Exception as error:
            context = None
            answer({"failure": first_line(error)})


main()
