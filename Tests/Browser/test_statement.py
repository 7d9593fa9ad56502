"""The accessibility statements: their legal parts, and what they say of this suite compared with what it does."""

import datetime
import re

from .conftest import MODES, NARROW, WIDE, expect_none
from .pages import sample
from .statement import read_facts, write_facts

# Regulation 8 and the model statement: Commission Implementing Decision (EU) 2018/1523, which the law refers to.
LEGAL_PARTS = ["_alternatives", "_report", "_enforcement", "_technical", "_problems", "_preparation"]


def done(axe_source):
    """What this suite does, as the facts in portal.yml have it."""
    return {"tests-pages": str(len(sample())), "tests-looks": str(len(MODES) * len((WIDE, NARROW))),
            "tests-axe": re.match(r"/\*! axe v(\d+\.\d+)", axe_source)[1]}


def test_the_statements_say_what_the_suite_does(axe_source):
    """After a change: SIGNPOST_TEST_RECORD=1 with the whole of Tests/Browser writes them, if all tests pass."""
    recorded = read_facts()
    assert {name: recorded[name] for name in done(axe_source)} == done(axe_source)
    assert datetime.date.fromisoformat(recorded["tests-date"]) <= datetime.date.today()


def test_every_council_has_a_statement_with_its_legal_parts(built):
    councils = {file.split("/")[0] for file in built.pages if file.count("/") == 1 and built.pages[file].kind == "home"}
    assert len(councils) >= 5
    lacking = []
    for council in sorted(councils):
        page = built.pages.get(f"{council}/accessibility/index.html")
        if page is None:
            lacking.append(f"{council} has no statement")
            continue
        lacking += [f"{page.path} has no #{part}" for part in LEGAL_PARTS if part not in page.ids]
        text = " ".join(page.body.text.split())
        for words in ("WCAG", "2.2", "Equality Advisory and Support Service", "2018", "prepared on"):
            if words not in text:
                lacking.append(f"{page.path} does not say {words}")
    expect_none(lacking)


def test_every_page_leads_to_the_statement(built):
    expect_none(page.path for page in built.pages.values()
                if page.kind and page.kind not in ("chooser", "not-found")
                and not any("accessibility/index.html" in (e.get("href") or "") or page.kind == "accessibility"
                            for e in page.elements if e.tag == "a"))


def test_recording_changes_the_facts_and_nothing_else(tmp_path):
    file = tmp_path / "portal.yml"
    text = "facts:\n  tests-pages:\n    label: Pages\n    value: 1\n    source: s\n  other:\n    value: 1\n"
    file.write_text(text)
    write_facts({"tests-pages": "53"}, file)
    assert file.read_text() == text.replace("value: 1\n    source", "value: 53\n    source")
    assert read_facts(file) == {"tests-pages": "53"}
