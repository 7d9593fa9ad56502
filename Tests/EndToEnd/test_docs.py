"""What the documents say can be done: their commands run or are there, their YAML is what the schemas know."""

import copy
import functools
import json
import os
import re
import shlex
import shutil
import subprocess

import docx
import jsonschema
import openpyxl
import pytest
import yaml
from conftest import PROGRAM, ROOT, run

from .test_schema import CoreLoader

TEXTS = {path: (ROOT / path).read_text() for path in sorted(
    ["README.md", "CONTRIBUTING.md", "SECURITY.md", *(f"docs/{file.name}" for file in (ROOT / "docs").glob("*.md"))])
    if path != "docs/rules.md"}
BLOCK = re.compile(r"^( *)```([a-z]*)\n(.*?)^\1```", re.M | re.S)


def blocks(*languages):
    """File, first line and text of each block of code."""
    found = []
    for path, text in TEXTS.items():
        for indent, language, body in BLOCK.findall(text):
            if language in languages:
                lines = [line.removeprefix(indent) for line in body.splitlines()]
                found.append((path, lines[0].strip().split("  ")[0], "\n".join(lines) + "\n"))
    return found


SHELL = blocks("sh") + [block for block in blocks("") if re.match(r"signpost |parallel |rclone ", block[2])]


def key(block):
    return f"{block[0]}: {block[1]}"


# MARK: Every command and option is there


@functools.cache
def usage(*path):
    """The subcommands and options that a command says it has."""
    result = run(*path, "--help")
    assert result.returncode == 0, path
    below = result.stdout.partition("SUBCOMMANDS:")[2]
    commands = frozenset(re.findall(r"^  ([a-z][a-z-]*)", below, re.M))
    return commands, frozenset(re.findall(r"(?<![\w-])(--?[a-z][a-z-]*)", result.stdout))


def expect_known(words):
    """Words after `signpost`: commands that there are, with options that they have."""
    path = []
    while words and words[0] in usage(*path)[0]:
        path.append(words[0])
        words = words[1:]
    commands, options = usage(*path)
    assert not commands or not words or words[0].startswith("-"), f"there is no command {path + words[:1]}"
    for word in words:
        if re.match(r"--?[a-z]", word):
            assert word.partition("=")[0] in options, f"{path} has no option {word}"


def commands(line):
    """The commands of a line of a shell, each as its words."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    lexer.commenters = "#"
    found = [[]]
    for word in lexer:
        if re.fullmatch(r"[;&|()]+|:::", word):
            found.append([])
        else:
            found[-1].append(word)
    return [words for words in found if words]


def expect_line_known(line):
    for words in commands(line):
        if words[0] in ("sudo", "exec"):
            words = words[1:]
        if words[0] == "make":
            targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))
            assert {word for word in words[1:] if "=" not in word} <= targets, line
        for index, word in enumerate(words):
            if word.rpartition("/")[2] == "signpost":
                expect_known(words[index + 1:])
                break


@pytest.mark.parametrize("block", SHELL, ids=key)
def test_every_command_of_a_block_is_there(block):
    for line in block[2].splitlines():
        expect_line_known(line)


INLINE = sorted({(path, code) for path, text in TEXTS.items()
                 for code in re.findall(r"`((?:[\w./]*/)?signpost [^`\n]+)`", BLOCK.sub("", text))})


@pytest.mark.parametrize("path, code", INLINE, ids=lambda text: text)
def test_every_command_within_a_sentence_is_there(path, code):
    expect_line_known(code.replace("…", "").replace("[", "").replace("]", ""))


def test_a_command_that_is_not_there_is_found():
    for line in ["signpost biuld", "signpost check --strickt", "x && signpost new pages visits", "make sites",
                 "parallel signpost build --shards {} ::: 1 2", "sudo make instal"]:
        with pytest.raises(AssertionError):
            expect_line_known(line)


# MARK: Every command runs

STATE = {"SIGNPOST_PYTHON": str(ROOT / ".signpost/venv/bin/python"), "NO_COLOR": "1"}
SMALL = {
    "portal.yml": "name: Help\nbase-url: https://help.example\nlanguages: [en, cy, pl]\n",
    "councils/kent/council.yml": "name: Kent\nnation: england\nlanguages: [en, pl]\n",
    "councils/kent/visits.md": "# Visits\n\nWe visit you.\n",
    "councils/sir-y-foel/council.yml": "name: Sir y Foel\nnation: wales\nlanguages: [en]\n",
    "councils/ash/council.yml": "name: Ash\nnation: england\nlanguages: [en]\n",
    "councils/elm/council.yml": "name: Elm\nnation: england\nlanguages: [en, cy]\n",
    "guidance/rights.md": "# Rights\n\nYou can bring a freind.\n\n## Bring someone {#supporter}\n\nOne person.\n",
}


class Place:
    """Where the commands of a block run: a folder with a portal, a home, and the program by its name."""

    def __init__(self, folder):
        self.folder, self.home = folder / "portal", folder / "home"
        self.content = self.folder / "content"
        for path in [self.folder, self.home / "Downloads", folder / "bin"]:
            path.mkdir(parents=True)
        (folder / "bin/signpost").symlink_to(PROGRAM)
        self.environment = {**os.environ, **STATE, "HOME": str(self.home), "SOURCE_DATE_EPOCH": "1795219200",
                            "PATH": f"{folder / 'bin'}:{os.environ['PATH']}"}

    def run(self, text):
        result = subprocess.run(["bash", "-euo", "pipefail", "-c", text], cwd=self.folder, env=self.environment,
                                # Somebody who takes what is proposed presses Return.
                                input="\n" * 12 if "new portal" in text else "", capture_output=True, text=True, timeout=900)
        assert result.returncode == 0, result.stdout + result.stderr
        return result.stdout

    def small(self):
        for path, text in SMALL.items():
            file = self.content / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)

    def medway(self):
        self.small()
        self.run('signpost new council medway --name "Medway Council"')

    def example(self):
        """With the leaflets that were finished already: to lay out all those of a council takes minutes."""
        shutil.copytree(ROOT / "content", self.content)
        finished = ROOT / ".signpost/leaflets/leaflets"
        if finished.exists():
            shutil.copytree(finished, self.folder / ".signpost/leaflets/leaflets")

    def kent(self):
        """The portal that the documents themselves start."""
        self.run(START.partition(": ")[2])
        shutil.copytree(self.folder / "kent-families", self.folder, dirs_exist_ok=True)

    def translated(self):
        """With catalogues, files that came back from an agency, and a slip that was mended since it was translated."""
        self.small()
        self.run("signpost translations extract")
        pl = self.content / "translations/pl.po"
        pl.write_text(re.sub(r'(msgid "You can bring a freind."\nmsgstr) ""', r'\1 "Możesz kogoś zabrać."', pl.read_text()))
        shutil.copy(pl, self.home / "Downloads/guidance_pl_PL.po")
        book = openpyxl.Workbook()
        book.active.append(["en", "cy"])
        book.active.append(["One person.", "Un person."])
        book.save(self.home / "Downloads/back.xlsx")
        rights = self.content / "guidance/rights.md"
        rights.write_text(rights.read_text().replace("freind", "friend"))
        self.run("signpost translations extract")

    def versioned(self):
        self.kent()
        self.run("""git init -q . && git config user.name Ann && git config user.email ann@example.org
            git add -A && GIT_COMMITTER_DATE=2026-09-01T12:00:00Z git commit -qm Start --date 2026-09-01T12:00:00Z
            git tag v2026-autumn""")

    def published(self):
        self.kent()
        self.run("signpost build --no-leaflets")

    def mirrored(self):
        """With a list of what a mirror of the site holds."""
        self.published()
        self.run("signpost verify site --against https://mirror.example/help > held.txt")

    def documents(self):
        """With a leaflet in Word and a folder of an older site."""
        self.small()
        leaflet = docx.Document()
        leaflet.add_heading("The first meeting", 1)
        leaflet.add_paragraph("We tell you when it is.")
        leaflet.save(self.folder / "leaflet.docx")
        (self.folder / "old-site").mkdir()
        (self.folder / "old-site/parking.md").write_text("# Parking\n\nYou can park behind the house.\n")

    def old_pages(self):
        self.kent()
        (self.home / "old-pages").mkdir()
        (self.home / "old-pages/rights.md").write_text("# Rights\n\nYou can come.\n")


# How the documents themselves start a portal without questions.
[START] = [key(block) for block in SHELL if "new portal" in block[2] and "--yes" in block[2]]
# The portal that each block needs. A block that is neither here nor in ELSEWHERE fails.
HERE = {
    "README.md: .build/release/signpost new portal kent-families": None,
    "README.md: .build/release/signpost new council kent --name \"Kent County Council\" --nation england": Place.example,
    "README.md: .build/release/signpost build": Place.small,
    "README.md: .build/release/signpost translations extract": Place.published,
    "README.md: .build/release/signpost check": Place.old_pages,
    "README.md: .build/release/signpost leaflets --council oxfordshire --language pl --format booklet": Place.example,
    "docs/content-format.md: signpost move rights your-rights --dry-run": Place.small,
    "docs/importing.md: signpost import leaflet.docx --council kent": Place.documents,
    "docs/leaflets.md: signpost leaflets --council oxfordshire --language pl --format booklet": Place.example,
    "docs/publishing.md: signpost verify site --against https://mirror.example/help > wanted.txt": Place.published,
    "docs/publishing.md: signpost verify site --against held.txt": Place.mirrored,
    "docs/search.md: signpost search try \"can they kick my mum out\" --council oxfordshire": Place.example,
    "docs/starting.md: signpost new portal kent-families": None,
    START: None,
    "docs/starting.md: signpost new council medway --name \"Medway Council\" --nation england": Place.kent,
    "docs/starting.md: signpost new page visits --title \"Visits from your social worker\"": Place.medway,
    "docs/translating.md: signpost translations export cy --format xliff --only-missing": Place.translated,
    "docs/translating.md: signpost translations import ~/Downloads/guidance_pl_PL.po": Place.translated,
    "docs/translating.md: signpost translations keep --as \"Ann Editor\" --reason \"a typo\" --only \"bring a freind\"":
        Place.translated,
    "docs/translating.md: signpost translations add cy --council sir-y-foel": Place.small,
    "docs/upkeep.md: signpost due --within 60d": Place.kent,
    "docs/upkeep.md: signpost changes 2026-10-01": Place.versioned,
    "docs/checking.md: signpost check --baseline known.txt --write-baseline": Place.kent,
    "docs/scaling.md: signpost build --shard 1/4 --output part-1 --date 2026-11-28": Place.small,
}
# What needs another machine, goes on until somebody stops it, or changes the machine: only read, above.
ELSEWHERE = {
    "README.md: make site": "builds Signpost",
    "docs/importing.md: signpost check --council kent": "goes on; Tests/Browser has it",
    "README.md: .build/release/signpost search try \"can they kick my mum out\" --council oxfordshire":
        "a model of sentences; test_search.py has it",
    "docs/search.md: signpost search suggest --language en": "a model of sentences; test_search.py has it",
    "docs/preview.md: signpost serve --open": "goes on; Tests/Browser has it",
    "docs/publishing.md: aws s3 sync site s3://BUCKET --delete --exclude \".signpost/*\" --exclude \"assets/*\" --cache-control no-cache":
        "a bucket",
    "docs/scaling.md: parallel --halt now,fail=1 -j 2 signpost build --shard {}/4 --output part-{} --date 2026-11-28 ::: 1 2 3 4":
        "GNU parallel",
    "docs/scaling.md: rclone copy --checksum site store:guidance --exclude '.signpost/**'": "a store",
    "docs/starting.md: sudo make install": "changes the machine; test_install.py has it",
    "docs/starting.md: make container": "fetches an image; test_install.py has it",
    "docs/translating.md: signpost translations extract --interface": "writes into the theme",
}
# The lines of these are ways to do one thing, not steps.
APART = {"docs/content-format.md: signpost move rights your-rights --dry-run"}


def test_every_block_is_run_or_said_to_need_another_machine():
    assert sorted({key(block) for block in SHELL}) == sorted([*HERE, *ELSEWHERE])


@pytest.mark.parametrize("block", [block for block in SHELL if key(block) in HERE], ids=key)
def test_the_commands_run(block, tmp_path):
    body = block[2].replace(".build/release/signpost", "signpost")
    pieces = body.splitlines() if key(block) in APART else [body]
    for number, piece in enumerate(pieces):
        place = Place(tmp_path / str(number))
        if prepare := HERE[key(block)]:
            prepare(place)
        place.run(piece)


# MARK: Every YAML key is there, and is documented


@functools.cache
def schema(name):
    result = run("schema", name)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def fragment(name):
    """A schema for some keys of a file."""
    document = copy.deepcopy(schema(name))
    document.pop("required", None)
    return document


YAML = blocks("yaml", "yml")
# Whole files, parts of them, and what has no schema.
WHOLE = {
    "README.md: name: Kent County Council": "council",
    "docs/content-format.md: name: Child protection conferences": "portal",
    "docs/content-format.md: name: Oxfordshire County Council": "council",
    "docs/easy-read.md: two-people: {source: drawn for this portal, author: Kent County Council, licence: CC0}": "pictures",
    "docs/easy-read.md: # content/leaflets/simple-words.yml": "leaflet",
    "docs/leaflets.md: title: A guide for parents": "leaflet",
    "docs/search.md: means:": "search", "docs/search.md: stop-words: the and of is": "search",
    "docs/translating.md: core group:": "glossary", "docs/translating.md: conference:": "glossary",
}
PARTS = {
    "docs/checking.md: checks:": "portal", "docs/content-format.md: facts:": "council",
    "docs/content-format.md: contacts:": "council", "docs/dates-and-forms.md: facts:": "portal",
    "docs/translating.md: languages: [en, cy, pl]": "council", "docs/translating.md: parity:": "portal",
    "docs/translating.md: translations:": "portal",
    "docs/translating.md: side-by-side: [en]": "portal", "docs/leaflets.md: - fill-in: Your conference": "leaflet",
}
OTHERS = {
    "docs/checking.md: rule: AbolishedBody", "docs/content-format.md: ---", "docs/easy-read.md: tested-with:", "docs/starting.md: # yaml-language-server: $schema=../schemas/portal.schema.json",
    "docs/theming.md: colours:", "docs/leaflets.md: cells: 32", "docs/scaling.md: jobs:", "docs/scaling.md: apiVersion: batch/v1",
}


def test_every_yaml_block_is_of_a_known_file():
    assert sorted({key(block) for block in YAML}) == sorted([*WHOLE, *PARTS, *OTHERS])


@pytest.mark.parametrize("block", [block for block in YAML if key(block) not in OTHERS], ids=key)
def test_every_key_that_is_documented_exists(block):
    value = yaml.load(block[2], CoreLoader)
    name = WHOLE.get(key(block))
    document = schema(name) if name else fragment(PARTS[key(block)])
    if isinstance(value, list):
        value = {"sections": value}
    errors = [f"{'.'.join(map(str, error.absolute_path))}: {error.message}"
              for error in jsonschema.Draft202012Validator(document).iter_errors(value)]
    assert not errors, errors


def test_the_examples_of_whole_files_are_a_portal(site):
    """The settings of a portal and a council, as they are documented, with the pages and files that they name."""
    text = {key(block): block[2] for block in YAML}
    site.write("portal.yml", text["docs/content-format.md: name: Child protection conferences"])
    (site.content / "councils/a/council.yml").unlink()
    site.write("councils/oxfordshire/council.yml", text["docs/content-format.md: name: Oxfordshire County Council"])
    site.write("councils/oxfordshire/logo.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>')
    site.write("guidance/rights.md", text["docs/content-format.md: ---"] + "\n# Your rights\n\n## Danger {#danger}\n\nYes.\n\n"
               "## Who can come? {#who-can-come}\n\nA friend.\n")
    site.write("guidance/about.md", "# About\n\n## What it is {#what}\n\nA meeting.\n")
    site.write("guidance/prepare.md", "# Prepare\n\nRead the report.\n")
    site.write("guidance/faq/my-children.md", "# My children\n\n## Will you take them? {#take-children}\n\nNo.\n")
    site.write("checks/own.yml", text["docs/checking.md: rule: AbolishedBody"])
    assert [problem for problem in site.errors()] == []


def properties(document):
    """Every key that a schema knows, with the keys it stands below."""
    found = set()
    if isinstance(document, dict):
        for name, value in document.get("properties", {}).items():
            found.add(name)
        for name, value in document.items():
            found |= properties(value) if name != "properties" else set().union(*map(properties, value.values()), set())
    elif isinstance(document, list):
        for value in document:
            found |= properties(value)
    return found


def keys(value):
    if isinstance(value, dict):
        return set(map(str, value)).union(*map(keys, value.values()))
    return set().union(*map(keys, value), set()) if isinstance(value, list) else set()


@pytest.mark.parametrize("name", ["portal", "council", "leaflet", "search", "glossary"])
def test_every_key_that_exists_is_documented(name):
    documented = set().union(*(keys(yaml.load(block[2].replace("---\n", ""), CoreLoader)) for block in YAML))
    for text in TEXTS.values():
        for code in re.findall(r"`([^`\n]+)`", text):
            documented |= set(re.findall(r"[a-z][a-z0-9-]*", code))
    assert sorted(properties(schema(name)) - documented) == []
