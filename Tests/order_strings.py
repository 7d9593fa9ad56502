"""What must look on screen and on paper, read from left to right, as it is written; and a portal that is full of it."""

import json
import re

NO_BREAK, NARROW = "\u00A0", "\u202F"

STRINGS = [
    # Phone numbers
    "01632 960 000", "(01632) 960000", "+44 (0)1632 960000", "+44 1632 960000", "0800-1111", "(0800 1111)", "18001 0800 1111",
    f"01632{NO_BREAK}960{NO_BREAK}001", f"0800{NARROW}1112", "01632.960.002", "01632 960003 ext 123", "01632 960004, ext. 45", "116 123", "020 7946 0018",
    "(020) 7946 0019", "0300 123 4567",
    # Times, dates and ranges
    "9:00-17:00", "9am–5pm", "9.30am to 3pm", "9:30 - 15:00", "24/7", "21/11/2026", "2026-11-21", "2026-11-21T09:30:00Z",
    "2026-11-21 09:30+01:00", "21.11.2026", "1-3/12/2026", "2025/26", "2025–2027",
    # Money, amounts and signs
    "£120.50", "£20-£30", "£1,250.00", "€5", "$3.99", "20%", "+5", "-3", "50–60%", "1/2", "2 1/2", "3 x 20", "2 + 2 = 4", "18+",
    "<5", "±2°", "(20 minutes)", "(£120.50)", "(20%)", "[3]", "-£5", "£-5", "5 < 6",
    # References
    "CP/2026/00123", "A-1234/B", "ref. no. 12-345", "12-345/6", "[2026] EWHC 123 (Fam)", "s. 47(1)(b)", "1.2.3", "v2.10.0-beta.1",
    "#1234",
    # Addresses
    "OX1 1ND", "14 New Road, Oxford, OX1 1ND", "Flat 2, 14 New Road, Oxford", "14-16 New Road, Oxford", "14A St. Mary's Road, Oxford",
    "help@council.example.org", "first.last+cp-2@council.example.org",
    "https://council.example.org/a_(b)/c", "https://council.example.org/find?q=1&page=2#part-3", "www.council.example.org/47",
    "council.example.org/a-b/12",
    # Names
    "Data Protection Act 2018", "section 47", "A4", "COVID-19", "WCAG 2.2 AA", "Disclosure and Barring Service (DBS)",
    "Team (North (2) and South)", "Children's Services", "Zoë O’Brien-Núñez", "Marks & Spencer", "B&B 24", "Year 6 (age 10-11)",
    "Room 3/4",
]

# Words of each language before and after a string. The first letter occurs in no other word of the portal: it tells
# where on paper a paragraph begins.
WORDS = {"ar": ("ظهر هنا", "كما كتبناه"), "ur": ("ظاہر ہے", "جیسا لکھا گیا"), "ckb": ("ژمارە", "وەک خۆی نووسراوە")}
FIRST_LETTERS = "ظژ"

# What the string stands in, as Markdown.
PLACES = {
    "paragraph": "{}", "item": "- {}", "heading": "### {}", "cell": "| {} |\n|---|", "bold": "{}", "link": "{}"}


def is_address(string):
    return "@" in string or string.startswith(("http", "www."))


def escape(string):
    """A text as Markdown that shows it. An address becomes a link as it is typed; a catalogue writes out one that begins with www."""
    if string.startswith("www."):
        return f"[{string}](http://{string})"
    if is_address(string):
        return string
    return re.sub(r"([\\`*_\[\]<>#|~])", r"\\\1", string)


def message(place, string, before, after):
    shown = escape(string)
    if place == "bold":
        shown = f"**{shown}**"
    if place == "link" and not is_address(string):
        shown = f"[{shown}](https://council.example.org/)"
    return f"{before} {shown} {after}"


def quoted(text):
    return json.dumps(text, ensure_ascii=False)


def write(content, strings=STRINGS):
    """Writes a portal in English with catalogues, in which each string stands in each place in each language."""
    catalogues = {language: [("", f"Language: {language}\nContent-Type: text/plain; charset=UTF-8\n")] for language in WORDS}
    files = {}
    for place, markdown in PLACES.items():
        blocks = [f"# Order {place}", f"## All of them {{#{place}-all}}"]
        for string in strings:
            english = message(place, string, "It reads", "as written")
            blocks.append(markdown.format(english))
            for language, words in WORDS.items():
                catalogues[language].append((english, message(place, string, *words)))
        files[f"guidance/order-{place}.md"] = "\n\n".join(blocks) + "\n"
    names = "[en, " + ", ".join(WORDS) + "]"
    files["portal.yml"] = (
        f"name: Order\nbase-url: https://order.example\nlanguages: {names}\n"
        "translations:\n  threshold: 0\n  publish-drafts: true\n")
    files["councils/a/council.yml"] = f"name: Council A\nnation: england\nlanguages: {names}\n"
    files["leaflets/order.yml"] = "title: Order\nformats: [a4, booklet]\nsections:\n" + "".join(
        f"  - page: order-{place}\n" for place in ("paragraph", "item", "bold"))
    for language, messages in catalogues.items():
        files[f"translations/{language}.po"] = "\n".join(
            f"msgid {quoted(source)}\nmsgstr {quoted(target)}\n" for source, target in dict(messages).items())
    for path, text in files.items():
        file = content / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)


def is_enclosed(string):
    """Whether a pair of brackets stands around a string."""
    return string[0] in "([" and string[-1] in ")]" and not set("()[]").intersection(string[1:-1])


def squeezed(text):
    """A text without its spaces, and without what shows nothing."""
    return re.sub(r"[\s\u200B-\u200F\u202A-\u202E\u2066-\u2069]", "", text)


PARTNER = {"(": ")", ")": "(", "[": "]", "]": "["}


def as_seen(characters):
    """Characters in the order in which they stand on a line; brackets that open to the right of where they close are mirrored."""
    seen, waiting = list(characters), []
    for index, character in enumerate(seen):
        if character not in PARTNER:
            continue
        if waiting and seen[waiting[-1]] == PARTNER[character]:
            first = waiting.pop()
            if character in "([":
                seen[first], seen[index] = seen[index], seen[first]
        else:
            waiting.append(index)
    return "".join(seen)
