"""axe, on every kind of page in every colour mode and at both widths."""

import pytest

from conftest import FULL

from .conftest import MODES, NARROW, WIDE, expect_none, use_mode
from .pages import is_first, sample

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Rules that axe leaves off by itself; the first and the last are of level AAA.
ALSO = {rule: {"enabled": True} for rule in ["color-contrast-enhanced", "target-size", "identical-links-same-purpose"]}
# The enhanced rule holds all that this one asks.
ALSO["color-contrast"] = {"enabled": False}
# What a colour mode can change; the other rules see the same page in each.
MODE_RULES = ["color-contrast-enhanced", "link-in-text-block", "target-size"]
# axe cannot see forced colours, which are the reader's own: it computes the author's. test_contrast measures there.
OTHER_RULES = ["target-size"]

# What axe could not decide, looked at one by one: (rule, axe's reason, class around it): why it is right.
BESIDE = "The number's circle or the line stands beside the words, not behind them; test_contrast measures the pixels."
LOOKED_AT = {
    ("color-contrast-enhanced", "pseudoContent", "right"): BESIDE,
    ("color-contrast-enhanced", "pseudoContent", "timeline"): BESIDE,
    ("color-contrast-enhanced", "pseudoContent", "steps"): BESIDE,
    ("color-contrast-enhanced", "pseudoContent", "checklist-page"): "The same for the box to tick.",
    ("color-contrast-enhanced", "pseudoContent", "young-people"):
        "The bubble behind the title has the ground of fields, in the colour of the text; test_contrast measures the pixels.",
}

RUN = """async ([rules, tags, also]) => {
  const run = rules.length ? { runOnly: rules } : { runOnly: { type: 'tag', values: tags }, rules: also };
  const result = await axe.run(document, { ...run, resultTypes: ['violations', 'incomplete'] });
  function classes(target) {
    const found = [];
    for (let e = document.querySelector(target); e; e = e.parentElement) found.push(...e.classList, e.dataset.audience);
    return found;
  }
  return ['violations', 'incomplete'].flatMap(kind => result[kind].flatMap(rule => rule.nodes.map(node => {
    const checks = [...node.any, ...node.all, ...node.none];
    return {
      kind, rule: rule.id, target: node.target.flat().join(' '), html: node.html.slice(0, 160),
      reason: checks.map(check => check.data && check.data.messageKey).filter(Boolean).join(' '),
      message: checks.map(check => check.message).join('; '), classes: classes(node.target.flat()[0])
    };
  })));
}"""


def is_looked_at(finding):
    return finding["kind"] == "incomplete" and any(
        (finding["rule"], finding["reason"], name) in LOOKED_AT for name in finding["classes"])


EVERY_LOOK = [(mode, size) for size in (WIDE, NARROW) for mode in MODES]


def looks(kind, language, full=FULL):
    """The modes and widths in which a page is looked at: all of them, or pairs.

    What a page has of its own is markup, which the light mode is for. What a mode has of its own is style, which pages
    share: so every kind is seen in every mode and at both widths, and its other languages in one more mode each.
    """
    if full:
        return EVERY_LOOK
    turn = sample().index((kind, language))
    sizes = [WIDE, NARROW] if turn % 2 else [NARROW, WIDE]
    others = [mode for mode in MODES if mode != "light"]
    if is_first(kind, language):
        return [("light", WIDE), ("light", NARROW), *((mode, sizes[place % 2]) for place, mode in enumerate(others))]
    return [("light", sizes[0]), (others[turn // 2 % len(others)], sizes[1])]


def audit(page, axe_source, seen=EVERY_LOOK):
    """All violations, and all that axe could not decide and nobody has looked at, in the modes and at the widths."""
    page.evaluate(axe_source)
    findings = {}
    for mode, size in seen:
        page.set_viewport_size(size)
        use_mode(page, mode)
        rules = [] if mode == "light" else OTHER_RULES if mode == "forced-colours" else MODE_RULES
        for finding in page.evaluate(RUN, [rules, TAGS, ALSO]):
            if not is_looked_at(finding):
                where = f"{mode} {size['width']}"
                findings.setdefault((finding["rule"], finding["target"]), (where, finding))
    return [f"{where}: {f['kind']} {f['rule']} {f['reason']} at {f['target']}: {f['html']} {f['message']}"
            for where, f in findings.values()]


def test_axe_is_the_version_the_statement_names(axe_source):
    assert axe_source.startswith("/*! axe v4.12.")


@pytest.mark.parametrize("kind, language", sample())
def test_axe_finds_nothing(tabs, axe_source, kind, language):
    expect_none(audit(tabs.open_kind(kind, language), axe_source, looks(kind, language)))


def test_the_looks_hold_every_pair():
    seen = [(kind, language, mode, size["width"]) for kind, language in sample()
            for mode, size in looks(kind, language, full=False)]
    every = {"kind": {kind for kind, _ in sample()}, "mode": set(MODES), "width": {WIDE["width"], NARROW["width"]}}

    def pairs(one, other):
        place = ["kind", "language", "mode", "width"].index
        return {(look[place(one)], look[place(other)]) for look in seen}

    assert len(pairs("kind", "mode")) == len(every["kind"]) * len(MODES)
    assert len(pairs("kind", "width")) == len(every["kind"]) * 2
    assert {(language, mode, width) for _, language, mode, width in seen} == {
        (language, mode, width) for language in {tag for _, tag in sample()} for mode in MODES for width in every["width"]}
