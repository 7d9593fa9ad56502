#!/usr/bin/env python3
"""Writes Sources/Translations/LanguageTable.swift: the languages that have plural rules in Unicode CLDR; and
LanguageWords.swift: what they call the languages that guidance is written in, and how they join the parts of a list.

The data is that of Babel (PyPI: babel); install it and run this again for a newer CLDR. Gettext's plural expressions
are made from CLDR's rules for whole numbers; where GNU gettext has an expression of its own for the same rule, that one
is taken, since translators' tools know it.
"""

import itertools
import pathlib
import textwrap

import babel
import babel.localedata
from babel import Locale
from babel.core import get_cldr_version, get_global
from babel.plural import PluralRule

SOURCES = pathlib.Path(__file__).resolve().parents[1] / "Sources/Translations"
TARGET = SOURCES / "LanguageTable.swift"
WORDS = SOURCES / "LanguageWords.swift"

SCRIPTS = {
    "Latn": "latin", "Cyrl": "cyrillic", "Arab": "arabic", "Beng": "bengali", "Guru": "gurmukhi", "Gujr": "gujarati",
    "Deva": "devanagari", "Taml": "tamil", "Hans": "simplifiedHan", "Hant": "traditionalHan", "Ethi": "ethiopic",
    "Adlm": "adlam", "Armn": "armenian", "Cans": "canadianAboriginal", "Cher": "cherokee", "Geor": "georgian",
    "Grek": "greek", "Hebr": "hebrew", "Hmnp": "nyiakengPuachueHmong", "Jpan": "japanese", "Khmr": "khmer",
    "Knda": "kannada", "Kore": "korean", "Laoo": "lao", "Mlym": "malayalam", "Mong": "mongolian", "Mymr": "myanmar",
    "Nkoo": "nko", "Olck": "olChiki", "Orya": "oriya", "Osge": "osage", "Sinh": "sinhala", "Syrc": "syriac",
    "Telu": "telugu", "Tfng": "tifinagh", "Thaa": "thaana", "Thai": "thai", "Tibt": "tibetan", "Yiii": "yi",
}
# The census of England and Wales, and the languages' own speakers here, call these otherwise than CLDR does.
NAMES = {
    "bn": ("Bengali", "বাংলা"), "ckb": ("Kurdish (Sorani)", "کوردیی ناوەندی"), "kmr": ("Kurdish (Kurmanji)", "Kurmancî"), "pa": ("Panjabi", "ਪੰਜਾਬੀ"),
    "pa-Arab": ("Panjabi (Pakistan)", "پنجابی"), "zh-Hans": ("Chinese (Simplified)", "简体中文"),
    "zh-Hant": ("Chinese (Traditional)", "繁體中文"), "yue": ("Cantonese", "粵語"), "fa": ("Persian", "فارسی"),
}
# What Signpost calls a language of CLDR: Kurdish there is Kurmanji, and Chinese has no tag without its script.
TAGS = {"ku": ["kmr"], "zh": ["zh-Hans", "zh-Hant"]}
# Scripts that are one of curiosity, and English in them.
LEFT_OUT = {"en-Dsrt", "en-Shaw", "zh-Latn", "hi-Latn"}

GNU = [
    (2, "(n != 1)"), (2, "(n > 1)"),
    (3, "(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2)"),
    (3, "(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2)"),
    (3, "(n==1) ? 0 : (n>=2 && n<=4) ? 1 : 2"),
    (3, "(n%10==1 && (n%100<11 || n%100>19) ? 0 : n%10>=2 && (n%100<11 || n%100>19) ? 1 : 2)"),
    (3, "(n%10==0 || (n%100>=11 && n%100<=19)) ? 0 : n%10==1 ? 1 : 2"),
    (3, "n==1 ? 0 : (n==0 || (n%100 > 0 && n%100 < 20)) ? 1 : 2"),
    (3, "(n == 0 || n == 1) ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2"),
    (3, "n == 1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2"),
    (6, "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5"),
    (6, "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n==3 ? 3 : n==6 ? 4 : 5"),
    (5, "n==1 ? 0 : n==2 ? 1 : n>2 && n<7 ? 2 : n>6 && n<11 ? 3 : 4"),
    (3, "n==1 ? 0 : n==2 ? 1 : 2"),
    (4, "n%100==1 ? 0 : n%100==2 ? 1 : n%100==3 || n%100==4 ? 2 : 3"),
    (4, "(n==1 || n==11) ? 0 : (n==2 || n==12) ? 1 : (n > 2 && n < 20) ? 2 : 3"),
]
ORDER = ["zero", "one", "two", "few", "many", "other"]
SAMPLES = list(range(0, 1301)) + [
    base + more for base in (2000, 10_000, 20_000, 40_000, 100_000, 200_000, 1_000_000, 2_000_000, 1_100_000)
    for more in (0, 1, 2, 3, 11, 12, 21, 71, 100)]


def relation(operand, ranges, modulus, negated):
    """CLDR's `i % 10 = 2..4` in C; True or False where it does not depend on a whole number."""
    if operand in "vwftec":
        return any(low <= 0 <= high for low, high in ranges) != negated
    value = f"n%{modulus}" if modulus else "n"
    parts = []
    for low, high in ranges:
        if low == high:
            parts.append(f"{value}==" + str(low))
        elif low == 0:
            parts.append(f"{value}<={high}")
        elif modulus and high == modulus - 1:
            parts.append(f"{value}>={low}")
        else:
            parts.append(f"{value}>={low} && {value}<={high}")
    if negated:
        if len(parts) == 1 and "&&" not in parts[0] and "==" in parts[0]:
            return parts[0].replace("==", "!=")
        return "!(" + " || ".join(parts) + ")"
    if len(parts) == 1:
        return parts[0]
    return "(" + " || ".join(f"({part})" if "&&" in part else part for part in parts) + ")"


def condition(node, negated=False):
    kind, arguments = node
    if kind == "and":
        sides = [condition(side) for side in arguments]
        if False in sides:
            return False
        sides = [side for side in sides if side is not True]
        return " && ".join(dict.fromkeys(sides)) if sides else True
    if kind == "or":
        sides = [condition(side) for side in arguments]
        if True in sides:
            return True
        sides = [side for side in sides if side is not False]
        return " || ".join(f"({side})" if "&&" in side else side for side in sides) if sides else False
    if kind == "not":
        return condition(arguments[0], negated=True)
    if kind == "relation":
        _, value, (_, ranges) = arguments
        operand, modulus = value[0], None
        if operand == "mod":
            (operand, _), (_, (modulus,)) = value[1]
        ranges = [(low[1][0], high[1][0]) for low, high in ranges]
        return relation(operand, ranges, modulus, negated)
    raise ValueError(kind)


def whole_numbers(rule):
    """The categories of whole numbers and gettext's expression for them."""
    found = [rule(sample) for sample in SAMPLES]
    categories = [category for category in ORDER if category in found]
    indices = [categories.index(category) for category in found]
    ast = dict(rule.abstract)
    for count, expression in GNU:
        if count == len(categories) and values(expression) == indices:
            return categories, expression
    expression = ""
    for index, category in enumerate(categories):
        text = condition(ast[category]) if category in ast else True
        if text is True or index == len(categories) - 1:
            expression += str(index)
            break
        expression += f"{text} ? {index} : "
    assert values(expression) == indices, (expression, rule.rules)
    return categories, expression


def values(expression):
    """What C makes of it, for every sample."""
    def python(text):
        head, mark, rest = text.partition("?")
        if not mark:
            return text
        yes, _, no = rest.partition(":")
        return f"(({yes}) if ({head}) else ({python(no)}))"

    text = expression.strip()
    if text.startswith("(") and text.endswith(")") and "?" in text and balanced(text[1:-1]):
        text = text[1:-1]
    text = python(text).replace("&&", " and ").replace("||", " or ").replace("!(", " not (")
    code = compile(text, expression, "eval")
    return [int(eval(code, {"n": sample})) for sample in SAMPLES]


def balanced(text):
    depths = list(itertools.accumulate({"(": 1, ")": -1}.get(letter, 0) for letter in text))
    return min(depths) >= 0 and depths[-1] == 0


def likely_script(identifier):
    """As the likely subtags of CLDR say."""
    known = get_global("likely_subtags").get(identifier.replace("-", "_"))
    return known.split("_")[1] if known else "Latn"


def languages():
    found = {}
    rules = {}
    for identifier in sorted(babel.localedata.locale_identifiers()):
        parts = identifier.split("_")
        own = babel.localedata.load(identifier, merge_inherited=False)
        if "plural_form" not in own or len(parts) > 2 or (len(parts) == 2 and len(parts[1]) != 4):
            continue
        if len(parts) == 2 and (parts[1] == likely_script(parts[0]) or parts[0] == "zh"):
            continue
        script = parts[1] if len(parts) == 2 else likely_script(parts[0])
        locale = Locale.parse(identifier)
        for tag in TAGS.get(identifier, ["-".join(parts)]):
            if tag in LEFT_OUT:
                continue
            if tag in ("zh-Hans", "zh-Hant"):
                script = tag[3:]
            english, native = NAMES.get(tag, (locale.get_display_name("en"), locale.languages.get(parts[0])))
            if not english:
                continue
            native = native or english
            found[tag] = (english, native[0].upper() + native[1:], SCRIPTS[script])
            rules[tag] = whole_numbers(locale.plural_form)
    return found, rules


# Languages of the United Kingdom and Ireland in which a council may write its guidance.
NAMED = ["en", "cy", "ga", "gd"]


def locale_of(tag):
    identifier = next((cldr for cldr, tags in TAGS.items() if tag in tags), tag).replace("-", "_")
    return Locale.parse("zh_Hant" if tag == "zh-Hant" else identifier)


def words(found):
    """Names of languages by who says them, and what stands between the parts of a list with who writes it so."""
    names = {named: [] for named in NAMED}
    separators = {}
    for tag in sorted(found):
        locale = locale_of(tag)
        for named in NAMED:
            # A locale that has no word for it gives none, or the code.
            name = locale.languages.get(named)
            if name and name != named:
                names[named].append((tag, name))
        # "And" can change the word behind it (Welsh "a" and "ac"), so it is for sentences that people write.
        kinds = locale.list_patterns
        pattern = kinds.get("standard", {}).get("middle", "{0}, {1}")
        assert pattern.startswith("{0}") and pattern.endswith("{1}"), (tag, pattern)
        # Right-to-left marks would be lost on readers of the file, and the page's direction does the same.
        separator = pattern[3:-3].replace("\u200f", "")
        # Some locales have no data of their own; no language in Arabic letters has the Latin comma.
        if found[tag][2] == "arabic" and separator == ", ":
            separator = "، "
        if separator != ", ":
            separators.setdefault(separator, []).append(tag)
    return names, separators


def write_words(found):
    names, separators = words(found)
    tables = []
    for named, entries in names.items():
        rows = "\n".join(f"        {tag} {name}" for tag, name in entries)
        tables.append(f'        "{named}": """\n{rows}\n        """,')
    lists = [
        f'        ("{separator}", {literal(" ".join(tags))}),'
        for separator, tags in sorted(separators.items(), key=lambda item: item[1])]
    WORDS.write_text(f'''/// Words of languages from Unicode CLDR {get_cldr_version()}. Written by `tools/languages.py` from Babel {babel.__version__}.
extension Language {{
    /// By the tag of a language that guidance is written in: what others call it, a tag and a name a line.
    static let nameTable: [String: String] = [
{chr(10).join(tables)}
    ]

    /// What stands between the parts of a list, and the tags of those who write it so; all others write ", ".
    static let listTable: [(separator: String, tags: String)] = [
{chr(10).join(lists)}
    ]
}}
''')


def literal(text):
    """A Swift string, over several lines if it is long."""
    if len(text) < 90:
        return f'"{text}"'
    rows = textwrap.wrap(text, 80, break_on_hyphens=False)
    return '"""\n            ' + " \\\n            ".join(rows) + '\n            """'


def main():
    found, rules = languages()
    lines = [f'        Language("{tag}", "{english}", "{native}", .{script}),'
             for tag, (english, native, script) in sorted(found.items()) if tag != "en"]
    groups = {}
    for tag, (categories, expression) in sorted(rules.items()):
        groups.setdefault((tuple(categories), expression), []).append(tag)
    table = []
    for (categories, expression), tags in sorted(groups.items(), key=lambda item: item[1]):
        table.append(
            f'        (\n            {literal(" ".join(tags))},\n'
            f'            [{", ".join("." + category for category in categories)}],\n'
            f'            {literal(expression)}\n        ),')
    write_words(found)
    TARGET.write_text(f'''/// The languages that have plural rules in Unicode CLDR {get_cldr_version()}: {len(found)}, with their names and scripts.
///
/// Written by `tools/languages.py` from Babel {babel.__version__}.
extension Language {{
    static let table: [Language] = [
        english,
{chr(10).join(lines)}
    ]
}}

extension PluralRules {{
    /// Tags, the categories of whole numbers, and gettext's expression for the form of a number.
    static let table: [(tags: String, categories: [PluralCategory], expression: String)] = [
{chr(10).join(table)}
    ]
}}
''')


main()
