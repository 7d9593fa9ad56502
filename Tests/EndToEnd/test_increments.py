"""Building again makes what a first build makes, on the example's own guidance, whatever was edited.

Random edits with a seed; `SIGNPOST_EDITS` says how many (500 takes an hour or two), and then leaflets are made too.
"""

import os
import random
import re
import shutil

import pytest

from conftest import ROOT, run

COUNT = int(os.environ.get("SIGNPOST_EDITS") or 6)
COUNCILS = ["east-sussex", "oxfordshire", "southwark"]
LANGUAGES = "languages: [en, pl]"


class Portal:
    def __init__(self, folder, seed):
        self.folder = folder
        self.content = folder / "content"
        self.themes = folder / "themes"
        self.random = random.Random(seed)
        self.number = 0
        self.day = 1
        # Without what was published: fewer languages and councils would be missed.
        shutil.copytree(ROOT / "content", self.content, ignore=shutil.ignore_patterns("councils", "addresses.yml"))
        for council in COUNCILS:
            shutil.copytree(ROOT / "content/councils" / council, self.content / "councils" / council)
            self.change(f"content/councils/{council}/council.yml", r"(?m)^languages:.*$", LANGUAGES)
        self.change("content/portal.yml", r"(?m)^languages:.*$", LANGUAGES)
        shutil.copytree(ROOT / "themes/default", self.themes / "default")

    def change(self, path, pattern, text):
        """Replaces one place, chosen at random, where there is any."""
        file = self.folder / path
        before = file.read_text()
        found = list(re.finditer(pattern, before))
        if found:
            match = self.random.choice(found)
            file.write_text(before[:match.start()] + match.expand(text) + before[match.end():])

    def build(self, output, cache):
        options = [] if "SIGNPOST_EDITS" in os.environ else ["--no-leaflets"]
        return run("build", "--content", "content", "--theme", "themes/default", "--output", output, "--cache", cache,
                   "--date", f"2026-12-{self.day:02}", *options, cwd=self.folder, timeout=1200)

    def files(self, output):
        return {str(path.relative_to(self.folder / output)): path.read_bytes()
                for path in (self.folder / output).rglob("*") if path.is_file()}

    def page(self):
        return self.random.choice(sorted((self.content / "guidance").rglob("*.md"))).relative_to(self.folder)

    def council(self):
        return self.random.choice(sorted(path.name for path in (self.content / "councils").iterdir()))


def words(portal):
    portal.change(portal.page(), r"(?m)^([A-Z][^\n{}\[*|]*\w)\.$", r"\1 indeed.")


def heading(portal):
    portal.change(portal.page(), r"(?m)^(## [^{\n]*\w)", rf"\1 again {chr(97 + portal.number % 26)}")


def title(portal):
    portal.change(portal.page(), r"(?m)^(# .*)$", r"\1 too")


def section(portal):
    file = portal.folder / portal.page()
    file.write_text(file.read_text() + f"\n## A new section {portal.number} {{#new-{portal.number}}}\n\nMore words.\n")


def page(portal):
    file = portal.content / "guidance/extra.md"
    if file.exists():
        file.unlink()
    else:
        file.write_text(f"---\naliases: [old-{portal.number}]\n---\n\n# Extra {portal.number}\n\n## More {{#more}}\n\nWords.\n")


def fact(portal):
    portal.change(f"content/councils/{portal.council()}/council.yml", r"value: (\d+) minutes",
                  f"value: {portal.number % 50 + 5} minutes")


def contact(portal):
    portal.change(f"content/councils/{portal.council()}/council.yml", r"01632 960 ?\d\d\d",
                  f"01632 960 {portal.number % 1000:03}")


def override(portal):
    file = portal.content / "councils" / portal.council() / "rights.md"
    file.write_text(f"# Your rights\n\n## Here {portal.number} {{#here}}\n\nIn this council only.\n")


def council(portal):
    folder = portal.content / "councils/another"
    if folder.exists():
        shutil.rmtree(folder)
    else:
        shutil.copytree(ROOT / "content/councils/east-sussex", folder)
        portal.change("content/councils/another/council.yml", r"(?m)^languages:.*$", LANGUAGES)


def translation(portal):
    portal.change("content/translations/pl.po", r'(?m)^msgstr "([^"{}\\\[*]+)"$', r'msgstr "\1 tak"')


def lost_translation(portal):
    portal.change("content/translations/pl.po", r'(?m)^msgstr "([^"{}\\\[*]+)"$', r'msgstr ""')


def interface(portal):
    portal.change("themes/default/translations/pl.po", r'(?m)^msgstr "([^"{}\\]+)"$', r'msgstr "\1 tak"')


def strings(portal):
    portal.change("themes/default/strings.yml", r"(?m)^(menu|home|faq-title): .*$", rf"\1: Words {portal.number}")


def style(portal):
    file = portal.themes / "default/assets/print.css"
    file.write_text(file.read_text() + f"\n.x{portal.number} {{ color: red }}\n")


def template(portal):
    portal.change("themes/default/templates/page.mustache", r"(?m)$", f"<!-- {portal.number} -->")


def leaflet(portal):
    files = sorted((portal.content / "leaflets").glob("*.yml"))
    portal.change(portal.random.choice(files).relative_to(portal.folder), r"(?m)^(title: .*)$", r"\1 now")


def picture(portal):
    (portal.content / "guidance/map.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{portal.number + 1}" height="3"></svg>')
    file = portal.content / "guidance/about.md"
    if "map.svg" not in file.read_text():
        file.write_text(file.read_text() + "\n![A map](map.svg)\n")


def vocabulary(portal):
    folder = portal.content / "search"
    folder.mkdir(exist_ok=True)
    (folder / "en.yml").write_text(f"means:\n  meeting: get together {chr(97 + portal.number % 26)}\n")


def portal_settings(portal):
    portal.change("content/portal.yml", r"(?m)^(name: .*)$", r"\1 and more")


def glossary(portal):
    portal.change("content/guidance/glossary.md", r"(?m)^([A-Z][^\n{}\[*|]*\w)\.$", r"\1 indeed.")


def day(portal):
    portal.day = min(portal.day + 1, 28)


EDITS = [words, words, heading, title, section, page, fact, contact, override, council, translation, lost_translation,
         interface, strings, style, template, leaflet, picture, vocabulary, portal_settings, glossary, day]


@pytest.mark.parametrize("seed", [1])
def test_a_build_after_edits_equals_a_first_one(tmp_path, seed):
    portal = Portal(tmp_path, seed)
    assert portal.build("site", "cache").returncode == 0
    history, published = [], 0
    while portal.number < COUNT:
        # Each kind comes before any comes again.
        for edit in portal.random.sample(EDITS, len(EDITS)):
            if portal.number == COUNT:
                break
            portal.number += 1
            kept = tmp_path / "kept"
            shutil.rmtree(kept, ignore_errors=True)
            shutil.copytree(portal.content, kept / "content")
            shutil.copytree(portal.themes, kept / "themes")
            before = portal.files("site")
            edit(portal)
            history.append(edit.__name__)
            again = portal.build("site", "cache")
            for old in ("clean", "clean-cache"):
                shutil.rmtree(tmp_path / old, ignore_errors=True)
            clean = portal.build("clean", "clean-cache")
            told = f"after edit {portal.number}, seed {seed}: {history}"
            assert again.returncode == clean.returncode and again.stderr == clean.stderr, told
            if clean.returncode:
                # An edit that cannot be published leaves the site as it was, and is taken back.
                assert portal.files("site") == before, told
                for folder in ("content", "themes"):
                    shutil.rmtree(tmp_path / folder)
                    shutil.move(kept / folder, tmp_path / folder)
                continue
            published += 1
            left, right = portal.files("site"), portal.files("clean")
            different = sorted(path for path in left.keys() | right.keys() if left.get(path) != right.get(path))
            assert different == [], told
    assert published > COUNT / 2, history
