"""A nation of councils with the example's own guidance: as a Signpost portal, and its pages as a Hugo site.

Made-up pages flatter: real guidance has contacts, conditions, translations, questions and a glossary. Each council of
the nation is one of the example's, with a name of its own. The Hugo site gets every page as Signpost made it, as finished
HTML: it has no facts to fill in, nothing to translate and no Markdown to read, only its templates to run.
"""

import html
import json
import pathlib
import re
import shutil

# Councils that exist today; the others are examples of one that has ended and of one for professionals.
MODELS = ["oxfordshire", "east-sussex", "southwark"]


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def generate(source: pathlib.Path, folder: pathlib.Path, councils: int, languages: list[str]) -> pathlib.Path:
    """Writes a portal with so many councils, all of them in these languages; returns its content folder.

    None of them has published anything before, and none shows two languages side by side: those are pages of their own.
    """
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns("councils", "addresses.yml"))
    tags = f"languages: [{', '.join(languages)}]"
    replace_line(folder / "portal.yml", "languages:", tags)
    for number in range(councils):
        council = folder / "councils" / f"council-{number:03}"
        shutil.copytree(source / "councils" / MODELS[number % len(MODELS)], council)
        settings = council / "council.yml"
        replace_line(settings, "languages:", tags)
        replace_line(settings, "name:", f"name: Council {number:03}")
        replace_line(settings, "short-name:", f"short-name: Council {number:03}")
        replace_line(settings, "side-by-side:", "side-by-side: []")
    return folder


def replace_line(path, start, line):
    """Puts a line in the place of the first that starts so, where there is one."""
    lines = path.read_text().split("\n")
    for index, old in enumerate(lines):
        if old.startswith(start):
            lines[index] = line
            break
    path.write_text("\n".join(lines))


def editions(site: pathlib.Path, languages: list[str]):
    """Each council and language with the folder of its pages."""
    for council in sorted(path for path in site.glob("council-*") if path.is_dir()):
        for tag in languages:
            folder = council if tag == languages[0] else council / tag
            if folder.is_dir():
                yield council.name, tag, folder


def pages(folder: pathlib.Path, languages: list[str]):
    """The pages of one edition, without those of the other languages below its folder."""
    for path in sorted(folder.rglob("index.html")):
        parts = path.relative_to(folder).parts
        if parts[0] not in languages[1:]:
            yield path


def hugo_site(site: pathlib.Path, folder: pathlib.Path, languages: list[str], layouts, assets) -> int:
    """Writes the pages of a built portal as a Hugo site with its own languages; returns how many there are."""
    shutil.rmtree(folder, ignore_errors=True)
    names = {"en": "English", "pl": "Polski", "ar": "العربية", "ur": "اردو", "bn": "বাংলা", "zh-Hans": "简体中文"}
    config = [
        'baseURL = "https://guidance.example.org/"', 'title = "Child protection conferences"',
        'defaultContentLanguage = "%s"' % languages[0].lower(), 'disableKinds = ["taxonomy", "term", "RSS"]',
        "enableRobotsTXT = true", "[security]", 'allowContent = [".*"]']
    for weight, tag in enumerate(languages):
        config += [f"[languages.{tag.lower()}]", f'languageName = "{names.get(tag, tag)}"',
                   f"weight = {weight + 1}", f'contentDir = "content/{tag}"']
    write(folder / "hugo.toml", "\n".join(config) + "\n")
    shutil.copytree(layouts, folder / "layouts")
    shutil.copytree(assets, folder / "assets")
    count = 0
    for council, tag, edition in editions(site, languages):
        write(folder / f"content/{tag}/{council}/_index.md", f"---\ntitle: {council}\n---\n")
        for weight, page in enumerate(pages(edition, languages)):
            text = page.read_text()
            title = html.unescape(re.search(r"<title>(.*?)</title>", text, re.S).group(1))
            main = re.search(r"<main.*?>(.*)</main>", text, re.S).group(1)
            name = "-".join(page.parent.relative_to(edition).parts) or "home"
            write(folder / f"content/{tag}/{council}/{name}.html",
                  f"---\ntitle: {json.dumps(title)}\nweight: {weight + 1}\n---\n{main}")
            count += 1
    return count
