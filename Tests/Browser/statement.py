"""The facts in portal.yml that the accessibility statements quote: what this suite did, and when it last passed."""

import re

from conftest import ROOT

PORTAL = ROOT / "content" / "portal.yml"
FACT = re.compile(r"^(  (tests-[a-z]+):\n(?:    .*\n)*?    value: )\"?(.*?)\"?$", re.MULTILINE)


def read_facts(file=PORTAL):
    return {name: value for _, name, value in FACT.findall(file.read_text())}


def write_facts(facts, file=PORTAL):
    def fill(match):
        value = facts.get(match[2], match[3])
        # A version such as 4.10 is text, not a number.
        return match[1] + (f'"{value}"' if match[2] == "tests-axe" else value)

    file.write_text(FACT.sub(fill, file.read_text()))
