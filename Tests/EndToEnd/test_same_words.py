"""`check` and `build` refuse the same things with the same words, and a refused build writes nothing."""

import json
import shutil

import pytest

from conftest import PORTAL

COUNCIL = "name: Council A\nnation: england\nlanguages: [en]\n"
RIGHTS = "# Rights\n\n## Bring someone {#supporter}\n\nYou can bring a friend.\n"
PO = 'msgid ""\nmsgstr "Language: pl\\nContent-Type: text/plain; charset=UTF-8\\n"\n\n'
POLISH = {"portal.yml": PORTAL.replace("[en]", "[en, pl]") + "translations: {publish-drafts: yes}\n", "councils/a/council.yml": COUNCIL.replace("[en]", "[en, pl]")}
LEAFLET = "title: Short\nformats: [a4]\nsections:\n"
FACT = COUNCIL + "facts:\n  early: {type: duration, value: %s, source: s, checked: 2026-11-01}\n"


def page(text):
    return {"guidance/rights.md": "# Rights\n\n" + text + "\n"}


def polish(text):
    return {**POLISH, "translations/pl.po": PO + text}


# What is wrong: the files, of which None is taken away. A path from `theme/` is the theme's.
WRONG = {
    "no portal.yml": {"portal.yml": None},
    "an empty portal.yml": {"portal.yml": ""},
    "a portal that is no YAML": {"portal.yml": "name: [\n"},
    "a portal that is a list": {"portal.yml": "- a\n"},
    "a portal twice the same key": {"portal.yml": PORTAL + "name: Again\n"},
    "a portal in UTF-16": {"portal.yml": PORTAL.encode("utf-16")},
    "an address that is none": {"portal.yml": PORTAL.replace("https://help.example", "help example")},
    "an unknown language": {"portal.yml": PORTAL.replace("[en]", "[en, tlh]")},
    "a default language that is not there": {"portal.yml": PORTAL + "default-language: pl\n"},
    "a setting for an unknown rule": {"portal.yml": PORTAL + "checks:\n  NoSuchRule: off\n"},
    "a home question that is not there": {"portal.yml": PORTAL + "home-questions: [faq/none]\n"},
    "a footer contact that is not there": {"portal.yml": PORTAL + "footer-contacts: [nobody]\n"},
    "an own rule that is no YAML": {"checks/own.yml": "rule: {\n"},
    "an own rule of no name": {"checks/own.yml": "rule: OldBody\nphrases:\n  - find: [ x ]\n"},
    "a rule that the portal makes an error": {"portal.yml": PORTAL + "checks: {EditorsNote: error}\n", **page("Phone TBC.")},
    "the same for one folder": {"portal.yml": PORTAL + "checks: {EditorsNote: {paths: {guidance: error}}}\n", **page("Phone TBC.")},
    "no council": {"councils/a/council.yml": None},
    "a council without a nation": {"councils/a/council.yml": "name: A\nlanguages: [en]\n"},
    "a nation that is none": {"councils/a/council.yml": COUNCIL.replace("england", "narnia")},
    "a council's language that the portal has not": {"councils/a/council.yml": COUNCIL.replace("[en]", "[en, ur]")},
    "a council with a name of JavaScript": {"councils/__proto__/council.yml": COUNCIL},
    "a council with capital letters": {"councils/Kent/council.yml": COUNCIL},
    "a council with the name of a folder of the site": {"councils/assets/council.yml": COUNCIL.replace("Council A", "Council B"),
                                                        "councils/b/council.yml": COUNCIL.replace("Council A", "Council C")},
    "a colour that is none": {"councils/a/council.yml": COUNCIL + "brand: {colour: blueish}\n"},
    "a logo that is not there": {"councils/a/council.yml": COUNCIL + "brand: {logo: logo.svg}\n"},
    "a logo with a script": {"councils/a/council.yml": COUNCIL + "brand: {logo: logo.svg}\n", "councils/a/logo.svg":
                             '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'},
    "a logo out of the folder": {"councils/a/council.yml": COUNCIL + "brand: {logo: ../../../../etc/hostname}\n"},
    "a duration that is none": {"councils/a/council.yml": FACT % "soonish"},
    "a day that there is not": {"councils/a/council.yml": (FACT % "20 minutes").replace("2026-11-01", "2026-02-30")},
    "a phone number with a digit too few": {"councils/a/council.yml": COUNCIL + "contacts:\n  c: {name: C, phone: 01632 960}\n"},
    "a contact without a way": {"councils/a/council.yml": COUNCIL + "contacts:\n  c: {name: C}\n"},
    "a contact with a line end in its name": {"councils/a/council.yml": COUNCIL + 'contacts:\n  c: {name: "C\\nD", phone: 01632 960 000}\n'},
    "a page that is not UTF-8": {"guidance/rights.md": b"# Rights\n\nCaf\xe9\n"},
    "a page with a NUL": {"guidance/rights.md": b"# Rights\n\n\0\n"},
    "a page of five megabytes": page("word " * 1_100_000),
    "front matter that does not end": {"guidance/rights.md": "---\ntitle: Rights\n\n# Rights\n\nText.\n"},
    "front matter that is no YAML": {"guidance/rights.md": "---\ntitle: [\n---\n\n# Rights\n\nText.\n"},
    "a kind that is none": {"guidance/rights.md": "---\nkind: poem\n---\n\n# Rights\n\nText.\n"},
    "a review that is no date": {"guidance/rights.md": "---\nreviewed: yesterday\n---\n\n# Rights\n\nText.\n"},
    "a page without words": {"guidance/rights.md": ""},
    "two first headings": page("Text.\n\n# Again\n\nText."),
    "two sections with one id": page("## A {#a}\n\nText.\n\n## B {#a}\n\nText."),
    "an id that is none": page("## A {#a b}\n\nText."),
    "an attribute that is none": page("## A {colour=red}\n\nText."),
    "a placeholder that nothing defines": page("Arrive {{erly}} before."),
    "a placeholder that does not end": page("Arrive {{early before."),
    "a contact that is not there": page("Phone {{contact nobody}}."),
    "a condition on what is not there": page("Text. {when=recordng}"),
    "a link to no page": page("See [the plan](plan.md)."),
    "a link to no section": page("See [below](#belw)."),
    "a link out of the content": page("See [this](../../../etc/passwd)."),
    "a link to another scheme": page("See [this](javascript:alert(1))."),
    "a picture that is not there": page("![A map](map.png)"),
    "a picture that is none": {**page("![A map](map.png)"), "guidance/map.png": b"GIF89a, or not"},
    "a picture with a script": {**page("![A map](map.svg)"), "guidance/map.svg":
                                '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'},
    "a picture that is a web page": {**page("![A map](map.html)"), "guidance/map.html": "<script>alert(1)</script>"},
    "a picture that holds a web page": {**page("![A map](map.png)"), "guidance/map.png": "<script>alert(1)</script>"},
    "a logo that is a web page": {"councils/a/council.yml": COUNCIL + "brand: {logo: logo.html}\n", "councils/a/logo.html": "<p>"},
    "a document that is XML": {**page("See [the form](form.xml)."), "guidance/form.xml": "<html xmlns='http://www.w3.org/1999/xhtml'/>"},
    "a document that holds a web page": {**page("See [the form](form.pdf)."), "guidance/form.pdf": "\ufeff \n<!DOCTYPE html><script>"},
    "an image without words": {**page("![](map.svg)"), "guidance/map.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>'},
    "a callout that does not end": page("> [!WARNING"),
    "a passage that stays open": page("<!-- internal\n\nNot for families."),
    "an override of a section that is not there": {"councils/a/rights.md": "## No more {#none remove}\n"},
    "overrides that are no YAML": {"councils/a/overrides.yml": "rights: [\n"},
    "two pages with one address": {"guidance/plan.md": "# Plan\n\nText.\n", "guidance/plan/index.md": "# Plan\n\nText.\n"},
    "two pages apart in case": {"guidance/Rights.md": "# Rights\n\nText.\n"},
    "a page with the name of a language": {**polish(""), "guidance/pl.md": "# Polish\n\nText.\n"},
    "a page with the name of a file of the site": {"guidance/sitemap.xml.md": "# Map\n\nText.\n", "guidance/404.html.md": "# No\n\nText.\n"},
    "a page with a name of Windows": {"guidance/con.md": "# Con\n\nText.\n"},
    "an alias that is a page": {"guidance/plan.md": "---\naliases: [rights]\n---\n\n# Plan\n\nText.\n"},
    "an alias twice": {"guidance/plan.md": "---\naliases: [old]\n---\n\n# Plan\n\nText.\n",
                       "guidance/day.md": "---\naliases: [old]\n---\n\n# Day\n\nText.\n"},
    "an alias out of the site": {"guidance/plan.md": "---\naliases: [../../x]\n---\n\n# Plan\n\nText.\n"},
    "an alias that is a file of the site": {"guidance/plan.md": "---\naliases: [sitemap.xml]\n---\n\n# Plan\n\nText.\n"},
    "an alias that is a page's own file": {"guidance/plan.md": "---\naliases: [index.html]\n---\n\n# Plan\n\nText.\n"},
    "an alias that is a file of Signpost's": {"guidance/plan.md": "---\naliases: [.signpost/manifest]\n---\n\n# Plan\n\nText.\n"},
    "an address with backslashes": {"portal.yml": PORTAL.replace("https://help.example", "https:/\\\\evil.test")},
    "an address with a tag in it": {"portal.yml": PORTAL.replace("https://help.example", '"https://x.example/\\"><script>"')},
    "a website without slashes": {"councils/a/council.yml": COUNCIL + "website: http:evil.test\n"},
    "a contact's page with backslashes": {"councils/a/council.yml": COUNCIL + "contacts:\n  c: {name: C, web: 'https:/\\evil.test'}\n"},
    "an exit without slashes": {"portal.yml": PORTAL + "exit: {url: http:evil.test}\n"},
    "a successor without slashes": {"councils/a/council.yml": COUNCIL + "valid-to: 2020-01-01\nsuccessors: [{name: X, url: http:evil.test, area: Y}]\n"},
    "an address that was lost": {"addresses.yml": "shared: [rights, gone]\n"},
    "addresses that are no YAML": {"addresses.yml": "shared: [\n"},
    "a catalogue that is none": polish("msgid"),
    "a catalogue that ends in a text": polish('msgid "a\n'),
    "a catalogue of no language": {**POLISH, "translations/tlh.po": PO.replace("pl", "tlh")},
    "a translation without its placeholder": {
        **polish('msgid "Arrive {{early}} before."\nmsgstr "Przyjdź."\n'), "councils/a/council.yml":
        (FACT % "20 minutes").replace("[en]", "[en, pl]"), **page("Arrive {{early}} before.")},
    "a translation with another phone number": {
        **polish('msgid "Phone 01632 960 001."\nmsgstr "Telefon 01632 960 002."\n'), **page("Phone 01632 960 001.")},
    "a glossary of terms that is no YAML": {**polish(""), "translations/glossary.yml": "plan: [\n"},
    "search words that are no YAML": {"search/en.yml": "means: [\n"},
    "a phrase of danger that is broken": {"search/en.yml": "danger:\n  phrases: ['hurts {nobody}']\n"},
    "a leaflet without sections": {"leaflets/short.yml": "title: Short\nformats: [a4]\n"},
    "a leaflet of a page that is not there": {"leaflets/short.yml": LEAFLET + "  - page: plan\n"},
    "a leaflet of a section that is not there": {"leaflets/short.yml": LEAFLET + "  - {page: rights, sections: [none]}\n"},
    "a leaflet in a format that is none": {"leaflets/short.yml": LEAFLET.replace("a4", "a5") + "  - page: rights\n"},
    "a leaflet that is no YAML": {"leaflets/short.yml": "title: [\n"},
    "a leaflet with a name that is none": {"leaflets/Short one.yml": LEAFLET + "  - page: rights\n"},
    "a folder with the name of a page": {"guidance/plan.md/x.md": "# X\n\nText.\n"},
    "pictures that are no YAML": {"pictures/pictures.yml": "a: [\n"},
    "a picture of the register that is not there": {"pictures/pictures.yml": "two: {source: s, author: a, licence: CC0}\n"},
    "a template that does not end": {"theme/templates/page.mustache": "{{#page}}"},
    "a template with an unknown name": {"theme/templates/page.mustache": "{{no-such-name}}"},
    "a template with an unknown part": {"theme/templates/page.mustache": "{{> no-such-part}}"},
    "a theme without words": {"theme/strings.yml": ""},
    "a theme that is no YAML": {"theme/theme.yml": "colours: [\n"},
    "a style sheet that loads from elsewhere": {"theme/assets/print.css": "@import url(https://x.example/a.css);\n"},
    "a catalogue of the theme that is none": {**polish('msgid "Rights"\nmsgstr "Prawa"\n'), "theme/translations/pl.po": "msgid\n"},
}
# What neither refuses: it has a warning, or one meaning.
HARMLESS = {
    "a council with the name of a folder of the site", "a contact with a line end in its name",
    "a page without words", "two first headings", "a placeholder that does not end", "a link to another scheme",
    "a picture that is none", "an image without words", "a callout that does not end",
    "a passage that stays open", "a page with the name of a file of the site", "a page with a name of Windows",
    "an address that was lost", "a catalogue of no language", "a phrase of danger that is broken",
    "a folder with the name of a page", "a page with the name of a language", "a style sheet that loads from elsewhere",
}


def refusals(site, command):
    result = site.run(command, "--format", "json")
    assert result.returncode in (0, 1), result.stderr
    problems = [problem for problem in json.loads(result.stdout)["diagnostics"] if problem["severity"] == "error"]
    assert result.returncode == bool(problems)
    return {json.dumps({key: problem[key] for key in sorted(problem) if key in ("rule", "message", "file", "line", "column", "help")},
                       ensure_ascii=False) for problem in problems}


@pytest.mark.parametrize("what", WRONG)
def test_check_and_build_refuse_the_same_with_the_same_words(site, slim_theme, what):
    site.theme = slim_theme
    site.options = []
    site.write("guidance/rights.md", RIGHTS)
    for path, text in WRONG[what].items():
        if path.startswith("theme/"):
            if site.theme == slim_theme:
                site.theme = site.folder / "themes/default"
                shutil.copytree(slim_theme, site.theme)
            (site.theme / path.removeprefix("theme/")).write_text(text)
        elif text is None:
            (site.content / path).unlink()
        else:
            site.write(path, text)
    checked, built = refusals(site, "check"), refusals(site, "build")
    assert sorted(built) == sorted(checked)
    assert bool(checked) == (what not in HARMLESS)
    assert not checked or not site.output.exists()
