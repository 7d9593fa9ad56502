"""The JSON Schemas of the YAML files, held against the readers of the files: what one refuses the other refuses."""

import copy
import functools
import json
import random
import re

import jsonschema
import pytest
import yaml
from conftest import FULL, ROOT, run

# What is wrong with the form of a file. The rest (a dead name, a phone number) a schema cannot know.
FORM = {"WrongType", "UnknownKey", "MissingField", "UnknownValue", "InvalidIdentifier", "UnknownLanguage",
        "HoursWithoutCheck", "ContactWithoutChannel", "InvalidLeafletPart", "InvalidGlossaryException"}


class CoreLoader(yaml.CSafeLoader):
    """Reads plain values as editors do (YAML 1.2, core schema): `no` and `2026-01-31` are texts."""


CoreLoader.yaml_implicit_resolvers = {}
for tag, pattern, first in [
        ("bool", r"^(true|True|TRUE|false|False|FALSE)$", "tTfF"), ("null", r"^(~|null|Null|NULL|)$", ["~", "n", "N", ""]),
        ("int", r"^[-+]?[0-9]+$", "-+0123456789"), ("float", r"^[-+]?[0-9]*\.[0-9]+$", "-+0123456789.")]:
    CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), list(first))


@functools.cache
def schema(name):
    result = run("schema", name)
    assert result.returncode == 0, result.stderr
    document = json.loads(result.stdout)
    jsonschema.Draft202012Validator.check_schema(document)
    return jsonschema.Draft202012Validator(document)


def dump(document):
    return yaml.dump(document, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)


def accepts(name, text):
    return schema(name).is_valid(yaml.load(text, CoreLoader))


FACTS = {
    "early": {"label": "How early", "type": "duration", "value": "20 minutes", "source": "page", "checked": "2026-01-31", "checked-by": "Anna"},
    "soon": {"type": "yes-no", "value": "yes", "deadline": {
        "from": ["conference"], "direction": "after", "first-day-counts": "no", "length": "1 working day"}},
    "age": {"type": "number", "value": 11}, "day": {"type": "date", "value": "2026-01"},
    "recording": {"type": "yes-no", "value": "no", "optional": "yes"}, "title": "the chair", "nothing": None}
CONTACTS = {
    "chair": {
        "name": "The chair", "purpose": "Questions", "phone": "01632 960 001", "text": "07700 900 123",
        "email": "chair@example.org", "web": "https://example.org", "post": ["Town Hall", "M1 1AA"], "visit": "Here",
        "hours": "9 to 5", "relay": "no", "note": "Ask", "area": "North", "nations": ["england", "Northern Ireland"],
        "audience": "young-people", "source": "page", "checked": "2026-01-31", "checked-by": "Anna, desk"},
    "office": {"name": "Office", "phone": "01632 960 002"}}
STATEMENT = {
    "publisher": "P", "response-time": "10 days", "status": "partially", "prepared": "2026-01-31", "reviewed": "2026-02-01",
    "tested-by": "Us", "non-compliance": ["a"], "disproportionate-burden": ["b"], "out-of-scope": ["c"], "tests": ["d"],
    "not-tested": ["e"]}
PORTAL = {
    "name": "N", "base-url": "https://a.example", "languages": ["en", "pl"], "default-language": "en", "description": "D",
    "notice": "Hello", "search-engines": "off", "exit": {"url": "https://b.example", "audiences": ["families"]},
    "translations": {"threshold": 80, "publish-drafts": True}, "contacts-valid-for": "12 months",
    "facts-valid-for": "1 year", "checks": {"PlainWords": "off", "ReadingAge": {"level": "Error", "limit": 12, "paths": {
        "councils/a": "note"}}}, "sources": {"page": "A page"}, "contact-groups": {"danger": "In danger"},
    "home-questions": ["rights"], "home-contacts": ["danger"], "first-contact": "The office",
    "facts": FACTS, "footer-contacts": ["chair"], "contacts": CONTACTS, "council-contacts": {"other": "Other"},
    "accessibility": STATEMENT}
COUNCIL = {
    "name": "C", "nation": "Northern Ireland", "languages": ["en", "pl"], "short-name": "C", "draft": "no",
    "website": "https://c.example", "valid-from": "2020", "valid-to": "2026-03", "successors": [
        {"name": "S", "url": "https://s.example", "area": "All"}], "information-from": "2025-12-31", "home-questions": ["rights#who"],
    "guidance": ["rights"], "audience": "families", "brand": {"colour": "#003a5d", "colour-dark": "#7CC4F0"},
    "sources": {"page": "A page"}, "facts": FACTS, "contacts": CONTACTS, "accessibility": STATEMENT}
LEAFLET = {
    "title": "T", "subtitle": "S", "about": ["A"], "page": "rights", "contents": "yes", "formats": ["a4", "large-print"],
    "sections": [
        {"page": "rights", "sections": ["a"], "without": ["b"], "optional": ["a"], "page-title": "no", "introduction": "yes",
         "paragraphs": 2, "panel": ["flap", "inside"], "formats": ["a4"], "new-page": "yes"},
        {"contacts": "all", "title": "T", "own": "yes", "optional": "yes"}, {"contacts": ["danger"]},
        {"write": "W", "text": "T", "lines": 5}, {"fill-in": "F", "text": ["T"], "fields": ["a"], "panel": "back"}],
    "councils": {"a": "no", "b": {"formats": ["a4"], "without": ["c"]}}}
SEARCH = {
    "stop-words": "the a", "fillers": "please", "never-correct": "nan", "elsewhere": "parking, bins",
    "forms": ["go went gone"], "alike": ["mum, mother"], "means": {"leave home": "go away"}, "formal": {"meeting": "conference"},
    "also-asked": {"rights#supporter": "bring"}, "danger": {
        "words": {"me": "me, us"}, "contacts": ["emergency"], "phrases": ["hurts {me}"],
        "kinds": {"kind": {"contacts": ["emergency"], "phrases": ["hits {me}"]}}, "not": ["hurts {me} feelings"],
        "guess": "hurt", "known": "hurts"},
    "remove": {"stop-words": "x", "means": {"y": "z"}, "danger": {"phrases": ["q"], "kinds": {"k": ["r"]}}}}
GLOSSARY = {"plan": {"pl": ["plan", "planu"], "ur": "x",
                     "except": [{"message": "Plan ahead.", "languages": ["pl"], "reason": "r"},
                                {"words": "seating plan", "languages": "ur", "reason": "r"}]}, "chair": None}
PUBLISHED = {"pl": ["a", "b"]}
ADDRESSES = {"at-top": ["kent"], "shared": ["rights", "rights#supporter"], "qr-codes": ["rights"],
             "councils": {"kent": None, "devon": {"own": ["visits"], "without": ["rights"], "own-qr-codes": ["visits"],
                                                  "without-qr-codes": ["rights"]}}}
OVERRIDES = {"rights#a": "abc123"}

WRONG = [{"x": "y"}, [[1]], "no such thing", 99999999, True, None]


def paths(value, at=()):
    if at:
        yield at
    if isinstance(value, dict):
        for key in value:
            yield from paths(value[key], (*at, key))
    elif isinstance(value, list):
        for index in range(len(value)):
            yield from paths(value[index], (*at, index))


def changed(document, at, change):
    """The document with the value at a place changed: `change` gets what holds it, and its key."""
    document = copy.deepcopy(document)
    place = document
    for step in at[:-1]:
        place = place[step]
    change(place, at[-1])
    return dump(document)


def set_to(wrong):
    return lambda place, key: place.__setitem__(key, wrong)


def remove(place, key):
    del place[key]


def mutations(document):
    for at in paths(document):
        for wrong in WRONG:
            yield f"{at} = {wrong!r}", changed(document, at, set_to(wrong))
        yield f"without {at}", changed(document, at, remove)
    for at in [(), *paths(document)]:
        place = functools.reduce(lambda value, step: value[step], at, document)
        if isinstance(place, dict):
            yield f"more in {at}", changed(document, (*at, "no-such key"), set_to("x"))


def form_errors(text):
    """The files of each problem with the form."""
    return [match[1] for match in re.finditer(r"^(\S[^:\n]*?)(?::\d+:\d+)?: error: .*\[(\w+)\]$", text, re.M) if match[2] in FORM]


def disagreements(name, cases, refused):
    found = []
    for index, (what, text) in enumerate(cases):
        if accepts(name, text) == (index in refused):
            found.append(f"{name}: {what}: {'only the reader' if index in refused else 'only the schema'} refuses it")
    return found


def expect_none(found):
    if found:
        pytest.fail("\n".join([f"{len(found)} differences", *found[:40]]), pytrace=False)


@pytest.mark.parametrize("name, document", [
    ("portal", PORTAL), ("council", COUNCIL), ("leaflet", LEAFLET), ("search", SEARCH), ("glossary", GLOSSARY),
    ("published", PUBLISHED), ("overrides", OVERRIDES), ("addresses", ADDRESSES)])
def test_sound_files_are_accepted(name, document):
    errors = list(schema(name).iter_errors(yaml.load(dump(document), CoreLoader)))
    assert not errors, errors[0]


@pytest.mark.parametrize("pattern, name", [
    ("portal.yml", "portal"), ("councils/*/council.yml", "council"), ("leaflets/*.yml", "leaflet"),
    ("search/*.yml", "search"), ("translations/glossary.yml", "glossary"), ("translations/published.yml", "published"),
    ("councils/*/overrides.yml", "overrides"), ("addresses.yml", "addresses"), ("pictures/pictures.yml", "pictures")])
def test_the_example_is_accepted(pattern, name):
    files = list((ROOT / "content").glob(pattern))
    assert files
    for file in files:
        errors = list(schema(name).iter_errors(yaml.load(file.read_text(), CoreLoader)))
        assert not errors, (file, errors[0])


def test_every_yaml_file_of_a_portal_has_a_schema():
    known = [pattern for pattern, _ in test_the_example_is_accepted.pytestmark[0].args[1]]
    for file in (ROOT / "content").rglob("*.yml"):
        assert any(file.relative_to(ROOT / "content").match(pattern) for pattern in known), file


def test_councils_are_refused_alike(site):
    """All wrong councils lie in one portal, and are read in one run."""
    cases = [("as it is", dump(COUNCIL)), *mutations(COUNCIL)]
    # What a council does not say of its statement, the portal says.
    site.write("portal.yml", "name: N\nbase-url: https://a.example\nlanguages: [en, pl]\n"
               "accessibility: {status: fully, prepared: 2026-01-31}\n")
    for index, (_, text) in enumerate(cases):
        site.write(f"councils/c{index}/council.yml", text)
    result = run("facts", "--content", "content", cwd=site.folder, timeout=300)
    refused = {int(re.search(r"/c(\d+)/", file)[1]) for file in form_errors(result.stderr) if "/councils/c" in file}
    assert 0 not in refused and len(refused) > 100, result.stderr[-3000:]
    expect_none(disagreements("council", cases, refused))


def test_overrides_are_refused_alike(site):
    cases = [("as it is", dump(OVERRIDES)), *mutations(OVERRIDES)]
    cases = [case for case in cases if "more in" not in case[0]]
    for index, (_, text) in enumerate(cases):
        site.write(f"councils/c{index}/council.yml", "name: C\nnation: wales\nlanguages: [en]\n")
        site.write(f"councils/c{index}/overrides.yml", text)
    result = run("facts", "--content", "content", cwd=site.folder, timeout=300)
    refused = {int(re.search(r"/c(\d+)/", file)[1]) for file in form_errors(result.stderr)}
    assert refused and 0 not in refused
    expect_none(disagreements("overrides", cases, refused))


def test_portals_are_refused_alike(site):
    cases = [case for case in mutations(PORTAL)]
    # Facts, contacts and the statement are read as a council's are.
    own = [case for case in cases if not re.search(r"\('(facts|contacts|accessibility)', ", case[0])]
    # Which rules there are is looked at later.
    own = [case for case in own if not re.match(r"more in \('checks',\)$", case[0])]
    if not FULL:
        own = random.Random(17).sample(own, 60)
    refused = set()
    for index, (_, text) in enumerate(own):
        site.write("portal.yml", text)
        result = run("facts", "--content", "content", cwd=site.folder)
        if any(file.endswith("portal.yml") for file in form_errors(result.stderr)):
            refused.add(index)
    assert len(refused) > 20
    expect_none(disagreements("portal", own, refused))


def test_leaflets_are_refused_alike(site):
    cases = [("as it is", dump(LEAFLET)), *mutations(LEAFLET)]
    for index, (_, text) in enumerate(cases):
        site.write(f"leaflets/l{index}.yml", text)
    result = site.run("check", "--all", timeout=300)
    refused = {int(re.search(r"/l(\d+)\.yml", file)[1]) for file in form_errors(result.stderr) if "/leaflets/l" in file}
    assert 0 not in refused and len(refused) > 80, result.stderr[-3000:]
    expect_none(disagreements("leaflet", cases, refused))


@pytest.mark.parametrize("name, path, document, most", [
    ("search", "search/en.yml", SEARCH, 14), ("glossary", "translations/glossary.yml", GLOSSARY, 12),
    ("published", "translations/published.yml", PUBLISHED, 6)])
def test_the_other_files_are_refused_alike(site, name, path, document, most):
    site.write("portal.yml", "name: N\nbase-url: https://a.example\nlanguages: [en, pl]\n")
    site.write("councils/a/council.yml", "name: C\nnation: wales\nlanguages: [en, pl]\n")
    site.write("translations/pl.po", 'msgid ""\nmsgstr "Language: pl\\n"\n')
    cases = list(mutations(document))
    if not FULL:
        cases = random.Random(17).sample(cases, min(most, len(cases)))
    refused = set()
    for index, (_, text) in enumerate(cases):
        file = site.write(path, text)
        result = site.run("check", "--all", timeout=120)
        if any(found.endswith(file.name) for found in form_errors(result.stderr)):
            refused.add(index)
    assert refused
    expect_none(disagreements(name, cases, refused))


def test_schemas_are_written_where_an_editor_finds_them(tmp_path):
    assert run("schema", "--output", "schemas", cwd=tmp_path).returncode == 0
    written = {file.name for file in (tmp_path / "schemas").iterdir()}
    assert {"portal.schema.json", "council.schema.json"} <= written
    assert run("schema", cwd=tmp_path).returncode == 0 and (tmp_path / ".vscode/signpost/portal.schema.json").exists()
    result = run("schema", "councl", cwd=tmp_path)
    assert result.returncode == 64 and "Did you mean 'council'?" in result.stderr
    assert run("new", "portal", "p", "--content", "words", "--yes", cwd=tmp_path).returncode == 0
    settings = json.loads((tmp_path / "p/.vscode/settings.json").read_text())["yaml.schemas"]
    assert len(settings) == len(written)
    for file, matches in settings.items():
        assert (tmp_path / "p" / file).exists()
        for match in matches:
            assert match.startswith("/words/")
    assert (tmp_path / "p/words").glob("councils/*/council.yml")
