"""What assistive technology is told: landmarks, headings, names; the language and the order of every text."""


import pytest

from conftest import FULL, ROOT

from .conftest import NARROW, expect_none
from .pages import RIGHT_TO_LEFT, sample


def tree(page):
    """Chromium's accessibility tree: role, name and the other properties of everything that is not left out."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    by_id = {node["nodeId"]: node for node in nodes}
    ordered, waiting = [], [nodes[0]["nodeId"]]
    while waiting:
        node = by_id.get(waiting.pop())
        if node is None:
            continue
        waiting += reversed(node.get("childIds", []))
        if not node.get("ignored"):
            properties = {p["name"]: p["value"].get("value") for p in node.get("properties", [])}
            ordered.append({"role": node["role"]["value"], "name": node.get("name", {}).get("value", "").strip(), **properties})
    return ordered


NAMED = {"link", "button", "checkbox", "radio", "textbox", "searchbox", "combobox", "image", "navigation", "region",
         "complementary", "DisclosureTriangle", "search", "dialog"}


def flaws(nodes):
    """What is wrong in the tree of a page."""
    found = []

    def named(role):
        return [node["name"] for node in nodes if node["role"] == role]

    for role in ("banner", "main", "contentinfo"):
        if len(named(role)) != 1:
            found.append(f"{len(named(role))} {role}")
    for role in ("navigation", "region", "complementary"):
        if len(set(named(role))) != len(named(role)):
            found.append(f"{role} twice: {named(role)}")
    found += [f"{node['role']} has no name" for node in nodes if node["role"] in NAMED and not node["name"]]
    headings = [(int(node["level"]), node["name"]) for node in nodes if node["role"] == "heading"]
    if [level for level, _ in headings].count(1) != 1 or headings[0][0] != 1:
        found.append(f"not one first heading: {headings[:3]}")
    for (above, _), (level, name) in zip(headings, headings[1:]):
        if level > above + 1:
            found.append(f"heading {name} skips from {above} to {level}")
    found += [f"an empty heading of level {level}" for level, name in headings if not name]
    # One name, one purpose (WCAG 2.2, 2.4.9). Places on this page have the purpose of their list, "on this page".
    here = next(node["url"] for node in nodes if node["role"] == "RootWebArea")
    places = {}
    for node in nodes:
        if node["role"] == "link" and not node.get("url", "").startswith(here + "#"):
            places.setdefault(node["name"], set()).add(node.get("url", ""))
    found += [f"link {name} leads to {sorted(urls)}" for name, urls in places.items() if len(urls) > 1]
    return found


@pytest.mark.parametrize("size", [None, NARROW], ids=["1280", "320"])
@pytest.mark.parametrize("kind, language", [pair for pair in sample() if FULL or pair[1] != "zh-Hans"])
def test_the_tree_is_sound(tabs, kind, language, size):
    page = tabs.open_kind(kind, language, **({"viewport": size} if size else {}))
    expect_none(flaws(tree(page)))


def test_the_tree_test_sees_flaws(tabs):
    page = tabs.open_kind("rights")
    page.evaluate("""() => {
      document.querySelector('.brand').textContent = '';
      document.querySelector('main h2').outerHTML = '<h4>Deeper</h4>';
      document.querySelector('.crumbs').removeAttribute('aria-label');
    }""")
    found = flaws(tree(page))
    assert len(found) >= 3, found


def test_what_pages_are_made_of_is_told(tabs):
    def roles(kind):
        return [node["role"] for node in tree(tabs.open_kind(kind))]

    page = tabs.open_kind("rights")
    page.locator("details.display > summary").click()
    rights = tree(page)
    assert any(node["role"] == "list" for node in rights) and sum(node["role"] == "listitem" for node in rights) > 8
    assert "status" in roles("rights")
    assert roles("prepare").count("checkbox") > 5
    assert [node["checked"] for node in rights if node["role"] == "radio"] == ["true", "false", "false"]
    assert any(node["role"] == "group" and node["name"] == "Text size" for node in rights)
    assert any(node["role"] == "checkbox" and node["name"].startswith("High contrast") for node in rights)
    glossary = roles("glossary")
    assert glossary.count("term") > 5 and glossary.count("definition") > 5


def test_nothing_hidden_can_be_heard_or_reached(tabs):
    """Closed details of a phone are not in the tree; on a wide screen their content is."""
    def links(size):
        page = tabs.open_kind("rights", viewport=size)
        return [node["name"] for node in tree(page) if node["role"] == "link"]

    assert "How to complain" not in links(NARROW)
    assert "How to complain" in links({"width": 1280, "height": 800})


# Languages

# Every text with its nearest language and direction. Scripts are those of Unicode.
TEXTS = r"""() => {
  const found = [], walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  for (let node; node = walker.nextNode();) {
    const around = node.parentElement, text = node.data.trim();
    if (!text || around.closest('script, style, svg, [translate=no], [aria-hidden=true]')) continue;
    // The title of a page has no elements in it.
    found.push([text, around.closest('[lang]').lang, getComputedStyle(around).direction, around.localName == 'title']);
  }
  for (const e of document.querySelectorAll('[aria-label], [title], [alt], [placeholder], [data-once]')) {
    for (const name of ['aria-label', 'title', 'alt', 'placeholder', 'data-once', 'data-twice', 'data-expired', 'data-leaving'])
      if (e.getAttribute(name)) found.push([e.getAttribute(name), e.closest('[lang]').lang, getComputedStyle(e).direction, true]);
  }
  return found;
}"""

SCRIPTS = {"ar": "Arabic", "ur": "Arabic", "bn": "Bengali", "zh-Hans": "Han", "en": "Latin", "pl": "Latin"}
RANGES = {
    "Latin": [(0x41, 0x5A), (0x61, 0x7A), (0xC0, 0x24F)],
    "Arabic": [(0x600, 0x6FF), (0x750, 0x77F), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC)],
    "Bengali": [(0x980, 0x9FF)],
    "Han": [(0x3400, 0x9FFF), (0x20000, 0x2FFFF)],
}
# Words that are the same in Polish would say nothing.
ENGLISH = {"the", "and", "you", "your", "this", "that", "with", "for", "from", "not", "are", "of", "is", "what", "when"}


def script(text):
    counts = {name: sum(any(low <= ord(c) <= high for low, high in ranges) for c in text) for name, ranges in RANGES.items()}
    best = max(counts, key=counts.get)
    return best if counts[best] else None


def has(text, name):
    return any(low <= ord(c) <= high for c in text for low, high in RANGES[name])


def wrongly_marked(texts, interface):
    """Texts that are not in the language, or do not run in the direction, that the page says.

    A text is [words, language, direction, whether elements cannot stand in it]. Where they can, every word in Latin
    letters within another script has an element with its language: no name is excused.
    """
    wrong = []
    for text, language, direction, is_bare in texts:
        here = script(text)
        if here is None:
            continue
        if is_bare and has(text, SCRIPTS[language]):
            here = SCRIPTS[language]
        if here != SCRIPTS[language] or not is_bare and SCRIPTS[language] != "Latin" and has(text, "Latin"):
            wrong.append(f"{here} marked as {language}: {text[:60]}")
        elif direction != ("rtl" if language in RIGHT_TO_LEFT else "ltr"):
            wrong.append(f"{language} runs {direction}: {text[:60]}")
        elif language == "pl":
            words = text.lower().split()
            if text in interface or len(ENGLISH.intersection(words)) >= 2:
                wrong.append(f"English marked as Polish: {text[:60]}")
    return wrong


@pytest.fixture(scope="session")
def interface_words():
    """The English of the interface. A word that Polish has too is not among them."""
    lines = (ROOT / "themes/default/strings.yml").read_text().splitlines()
    words = {line.split(": ", 1)[1].strip().strip('"') for line in lines if ": " in line and not line.startswith("#")}
    return {word for word in words if len(word) > 5 and "{" not in word}


LANGUAGE_PLACES = [(kind, language) for language in ("pl", "ar", "ur", "bn", "zh-Hans")
                   for kind in ("home", "rights", "agenda", "contacts", "topic", "prepare", "accessibility")]


@pytest.mark.parametrize("kind, language", LANGUAGE_PLACES + [("chooser", "en"), ("rights", "en"), ("ended-council", "en")])
def test_every_text_is_in_the_language_it_is_marked_with(tabs, interface_words, kind, language):
    page = tabs.open_kind(kind, language)
    wrong = wrongly_marked(page.evaluate(TEXTS), interface_words if language == "pl" else set())
    expect_none(wrong)


def test_the_language_test_sees_english_in_arabic():
    assert wrongly_marked([("Who to phone", "ar", "rtl", False)], set())
    assert wrongly_marked([("حقوقكم", "ar", "ltr", False)], set())
    assert wrongly_marked([("你可以和Childline谈任何事：", "zh-Hans", "ltr", False)], set())
    assert wrongly_marked([("Oxfordshire", "ar", "rtl", False), ("376 kB", "bn", "ltr", False)], set())
    assert not wrongly_marked([("حقوقكم – Oxfordshire", "ar", "rtl", True), ("Childline", "en", "ltr", False)], set())
    assert wrongly_marked([("What you need for this", "pl", "ltr", False)], set())
    assert not wrongly_marked([("حقوقكم", "ar", "rtl", False), ("01865 323589", "ar", "rtl", False)], set())


# Numbers and addresses in right-to-left text

# Finds them in whole lines of text, however they are marked up, and reads each letter's place on the screen.
ORDER = r"""() => {
  const pattern = /\+?\(?\d[\d ()-]{5,}\d|[\w.+-]+@[\w.-]+\w|\b(?:www\.)?[a-z\d-]+(?:\.[a-z\d-]+)+(?:\/[\w./-]*\w)?|\b\d{1,2}(?:[:.]\d{2})? ?[ap]m\b|\b\d{1,2}:\d{2}\b|\b[A-Z]{1,2}\d{1,2}[A-Z]? \d[A-Z]{2}\b/g;
  const found = [];
  for (const block of document.querySelectorAll('p, li, dd, dt, h1, h2, h3, td, th, a, div, span, section')) {
    if (!block.checkVisibility({ visibilityProperty: true })) continue;
    if ([...block.children].some(e => getComputedStyle(e).display != 'inline')) {
      if (![...block.childNodes].some(n => n.nodeType == 3 && n.data.trim())) continue;
    } else if (getComputedStyle(block).display == 'inline') continue;
    const letters = [], walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    for (let node; node = walker.nextNode();)
      for (let i = 0; i < node.data.length; i++) letters.push([node, i, node.data[i]]);
    const text = letters.map(l => l[2]).join('');
    for (const match of text.matchAll(pattern)) {
      const boxes = [];
      for (let i = match.index; i < match.index + match[0].length; i++) {
        const [node, at, letter] = letters[i];
        if (letter == ' ' || letter == '\n') continue;
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        const box = range.getClientRects()[0];
        if (box) boxes.push([box.x, box.y + box.height / 2, box.height]);
      }
      const wrong = boxes.some((box, i) => i && Math.abs(box[1] - boxes[i - 1][1]) < box[2] / 3 && box[0] < boxes[i - 1][0] - .5);
      found.push([match[0], wrong]);
    }
  }
  return found;
}"""

ORDER_PLACES = [(kind, language) for language in ("ar", "ur")
                for kind in ("home", "contacts", "complaints", "staying-safe", "accessibility", "topic", "agenda", "rights", "privacy", "prepare")]


@pytest.mark.parametrize("kind, language", ORDER_PLACES)
def test_numbers_and_addresses_keep_their_order(tabs, kind, language):
    page = tabs.open_kind(kind, language)
    found = page.evaluate(ORDER)
    assert found, "no number on the page: the helplines are missing"
    expect_none(text for text, wrong in found if wrong)


def test_phone_numbers_are_whole_on_a_phone(tabs):
    """Narrow, where lines break: a number never does, so that nobody dials half of it."""
    for language in ("en", "ar", "ur"):
        page = tabs.open_kind("contacts", language, viewport=NARROW)
        assert [text for text, wrong in page.evaluate(ORDER) if wrong] == []
        assert page.evaluate("""() => [...document.querySelectorAll('a[href^="tel:"], a[href^="sms:"]')]
            .filter(e => e.checkVisibility() && e.getClientRects().length > 1).map(e => e.textContent)""") == []


def test_the_order_test_sees_a_turned_number(tabs):
    page = tabs.open_kind("contacts", "ur")
    page.evaluate("""() => { const p = document.createElement('p'); p.textContent = 'فون کریں 01632 960 000 پر';
        document.querySelector('main').prepend(p) }""")
    assert ["01632 960 000", True] in page.evaluate(ORDER)
