"""Reads and writes translations as agencies send them: XLIFF 1.2 and 2.0, CSV, spreadsheets, tables in documents.

One job as a line of JSON on standard input, one answer as a line on standard output.
"""

import csv
import html
import io
import json
import re
import sys
import xml.parsers.expat


class Refused(Exception):
    """Why a file cannot be read, in plain words."""


# XLIFF

STALE = ("needs-", "new", "initial")
# What tools say of a segment that nobody has confirmed: Trados, memoQ, Phrase (Memsource).
SDL, MEMOQ, PHRASE = "http://sdl.com/FileTypes/SdlXliff/1.0", "MQXliff", "http://www.memsource.com/mxlf/2.0"
CONFIRMED_SDL = {"Translated", "ApprovedTranslation", "ApprovedSignOff"}
OPEN_MEMOQ = {"NotStarted", "PartiallyEdited", "Pretranslated", "MachineTranslated", "AssembledFromFragments", "Rejected"}
# Words that a machine or a memory has proposed, and nobody has looked at.
PROPOSED = ("leveraged-mt", "mt-suggestion", "tm-suggestion", "fuzzy-match", "rejected-")
SPACE = "http://www.w3.org/XML/1998/namespace space"


class Node:
    """An element with its texts and elements in their order."""

    def __init__(self, name, attributes, line):
        self.space, _, self.name = name.rpartition(" ")
        self.attributes, self.line, self.content = attributes, line, []
        # Within elements of a tool or a module stand matches and older versions: texts, but not the unit's.
        self.foreign = self.space != "" and not self.space.startswith("urn:oasis:names:tc:xliff:document:")

    def get(self, name, otherwise=""):
        return self.attributes.get(name, otherwise)

    def elements(self, *names):
        """The elements directly below."""
        return [node for node in self.content if isinstance(node, Node) and node.name in names and not node.foreign]

    def first(self, name):
        return next(iter(self.elements(name)), None)

    def everywhere(self, *names, space=None):
        """All elements below, those of a tool's own by its name space."""
        for node in self.content:
            if isinstance(node, Node):
                if node.name in names and (not node.foreign if space is None else node.space == space):
                    yield node
                yield from node.everywhere(*names, space=space)

    def text(self):
        return "".join(node if isinstance(node, str) else node.text() for node in self.content)


def tree(data):
    parser = xml.parsers.expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    top = Node("", {}, 1)
    stack = [top]

    def start(name, attributes):
        node = Node(name, attributes, parser.CurrentLineNumber)
        stack[-1].content.append(node)
        stack.append(node)

    def doctype(*_):
        raise Refused("it declares a document type, which XLIFF does not have")

    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: stack.pop()
    parser.CharacterDataHandler = lambda text: stack[-1].content.append(text)
    try:
        parser.Parse(data, True)
    except xml.parsers.expat.ExpatError as error:
        raise Refused(f"it is not XML from line {error.lineno} on ({error})")
    return top


class Xliff:
    """Units of an XLIFF file, with the line of each."""

    def __init__(self, data):
        root = next((node for node in tree(data).content if isinstance(node, Node)), None)
        if root is None or root.name != "xliff":
            raise Refused("it has no element 'xliff'")
        self.version = root.get("version")
        if not self.version.startswith(("1.", "2.")):
            raise Refused(f"it is XLIFF {self.version}; 1.2 and 2.0 are read")
        self.language = root.get("trgLang") or None
        self.units = []
        # What a locked passage of Trados holds stands in a unit of its own, before or after the one that names it.
        self.locked = {
            unit.get("id"): unit.first("source") for unit in root.everywhere("trans-unit") if unit.first("source")}
        self.named = {code.get("xid") for code in root.everywhere("x", "ph") if code.get("xid")}
        for file in root.everywhere("file"):
            self.language = self.language or file.get("target-language") or None
            self.tags = dict(self.defined(file))
            for unit in file.everywhere("trans-unit", "unit"):
                found = self.unit(unit)
                if found:
                    self.units.append(found)

    @staticmethod
    def ours(text):
        """What a tag stands for where that is text of ours, and no tag of another format."""
        return None if text is None or text.startswith("<") else text

    def defined(self, file):
        """What Trados says of its tags, by their ids: what they stand for, and the other half of a pair."""
        for tag in file.everywhere("tag", space=SDL):
            halves = {node.name: self.ours(node.text()) for node in tag.content if isinstance(node, Node)}
            yield tag.get("id"), (halves.get("ph", halves.get("bpt", halves.get("st"))), halves.get("ept"))

    def unit(self, node):
        unit = {"line": node.line, "id": node.get("resname") or node.get("id"), "codes": False}
        # The head of a catalogue, as po2xliff writes it, is no text.
        if node.get("restype") == "x-gettext-domain-header" or (
                node.get("translate") == "no" and node.get("id") in self.named):
            return None
        self.codes = {data.get("id"): data.text() for data in node.everywhere("data")}
        cut = self.segmented if self.version.startswith("2.") else self.whole
        source, target, unit["stale"] = cut(node)
        unit["source"] = "".join(self.inline(part, unit) for part in source)
        unit["target"] = "".join(self.inline(part, unit) for part in target)
        for text in ("source", "target"):
            unit[text] = self.unmarked(unit[text], node)
            if not any(part.get(SPACE) == "preserve" for part in (node, *source)):
                # Some tools indent what they write.
                unit[text] = re.sub(r"[ \t]*\n[ \t]+", " ", unit[text])
            unit[text] = unit[text].strip()
        # A tool fills in the English where there is no translation, or may be none.
        is_open = unit["stale"] or node.get("translate") == "no"
        if is_open and unit["source"] == unit["target"]:
            unit["target"] = ""
        # In what nobody has translated, a tag does no harm.
        unit["codes"] &= unit["target"] != ""
        return unit

    def whole(self, node):
        """A unit of XLIFF 1.2: its source, its target, and whether it is not certain."""
        source, target = node.first("source"), node.first("target")
        stale = node.get(f"{PHRASE} confirmed") == "0" or node.get(f"{MEMOQ} status") in OPEN_MEMOQ
        stale |= any(seg.get("conf") not in CONFIRMED_SDL for seg in node.everywhere("seg", space=SDL))
        if target is None:
            return ([source] if source else []), [], stale
        is_final = node.get("approved") == "yes" or target.get("state") in ("final", "signed-off")
        stale |= target.get("state").startswith(STALE)
        stale |= not is_final and target.get("state-qualifier").startswith(PROPOSED)
        # Of what is cut into segments, each must be there: half a translation is none.
        given = {mark.get("mid") for mark in target.everywhere("mrk") if mark.get("mtype") == "seg" and mark.text().strip()}
        for cut in node.elements("seg-source"):
            wanted = {mark.get("mid") for mark in cut.everywhere("mrk") if mark.get("mtype") == "seg" and mark.text().strip()}
            stale |= bool(given) and not wanted <= given
        return ([source] if source else []), [target], stale

    @staticmethod
    def segmented(node):
        """A unit of XLIFF 2: its segments and what stands between them, the targets in their order."""
        pieces = node.elements("segment", "ignorable")
        sources = [piece.first("source") for piece in pieces if piece.first("source")]
        targets, stale = [], False
        for place, piece in enumerate(pieces, 1):
            target = piece.first("target")
            if piece.name == "segment":
                stale |= piece.get("state").startswith(STALE)
            # What stands between segments is the same in both, unless the file says otherwise.
            shown = target if target is not None or piece.name == "segment" else piece.first("source")
            if shown is not None:
                order = target.get("order") if target is not None else ""
                targets.append((int(order) if order.isdigit() else place, piece.name, shown))
        texts = [target for _, name, target in targets if name == "segment" and target.text().strip()]
        cut = [piece for piece in pieces if piece.name == "segment"
               and piece.first("source") is not None and piece.first("source").text().strip()]
        if not texts:
            return sources, [], stale
        # Half a translation is none.
        return sources, [target for _, _, target in sorted(targets, key=lambda one: one[0])], stale or len(texts) < len(cut)

    def unmarked(self, text, node):
        """The text with what Phrase has put `{1}` for; its pairs `{1>…<1}` are formats of another file."""
        for mark in node.everywhere("mark", space=PHRASE):
            content = "".join(part.text() for part in mark.content if isinstance(part, Node) and part.name == "content")
            if self.ours(content) is not None:
                text = text.replace("{" + mark.get("id") + "}", content)
            text = text.replace("{" + mark.get("id") + ">", "").replace("<" + mark.get("id") + "}", "")
        return text

    def inline(self, node, unit):
        text = ""
        for part in node.content:
            if isinstance(part, str):
                text += part
            elif not part.foreign:
                text += self.code(part, unit)
        return text

    def code(self, node, unit):
        """The text that an element within a text stands for."""
        name, within = node.name, lambda: self.inline(node, unit)
        if name == "cp":
            return chr(int(node.get("hex", "20"), 16))
        if name == "mrk":
            # What somebody has taken out stays in the file until it is accepted.
            return "" if node.get("mtype") == "x-sdl-deleted" else within()
        if name in ("g", "pc"):
            before, after = self.pair(node)
            return (before or "") + within() + (after or "")
        if name in ("ph", "bpt", "ept", "it") and self.version.startswith("1."):
            shown = self.unwrapped(node.text()) or node.get("equiv-text") or None
            return self.seen(shown, unit, is_half=name in ("bpt", "ept"))
        if name in ("x", "bx", "ex", "ph", "sc", "ec"):
            if node.get("xid") in self.locked:
                return self.inline(self.locked[node.get("xid")], unit)
            start, end = self.tags.get(node.get("id"), (None, None))
            shown = (self.codes.get(node.get("dataRef")) or node.get("equiv-text") or node.get("equiv")
                     or node.get("disp") or (end if name == "ex" else start))
            return self.seen(shown, unit)
        return within()

    def pair(self, node):
        """What stands before and after a marked text, where that is text of ours: `**`."""
        if node.name == "g":
            return self.tags.get(node.get("id"), (None, None))
        return [self.ours(self.codes.get(node.get("dataRef" + side)) or node.get("equiv" + side) or None)
                for side in ("Start", "End")]

    @staticmethod
    def unwrapped(text):
        """The text that memoQ has made a tag of; None where it is a mark of its own."""
        if not text.startswith("<mq:"):
            return None if text == "{}" else text
        held = re.search(r'\bval="([^"]*)"', text)
        return html.unescape(held[1]) if held else None

    @staticmethod
    def seen(text, unit, is_half=False):
        # Half of a pair that is no text is a format; anything else may be words.
        if text is None and not is_half:
            unit["codes"] = True
        return text or ""


# Tables

# What a column of the English, and one of the translation, is called besides by the name of its language.
SOURCES = {"source", "original", "msgid"}
TARGETS = {"target", "translation", "translated", "msgstr"}
# What says nothing more beside such a word: "Source text", "Polish translation".
FILLERS = {"text", "string", "phrase", "segment", "language", "column"}
FUZZY = {"fuzzy"}
PLACES = {"where"}


class Columns:
    """What the columns of a table hold, by the names in one of its rows."""

    def __init__(self, names, job):
        self.names = names
        self.languages = {name.lower(): language["tag"] for language in job["languages"] for name in language["names"]}
        self.sources = {name.lower() for name in job["source"]}
        found = [self.meaning(name) for name in names]
        self.source = next((place for place, (is_source, _, _) in enumerate(found) if is_source), None)
        self.general, self.named = None, {}
        for place, (_, is_target, tag) in enumerate(found):
            if place != self.source and tag:
                self.named.setdefault(tag, place)
            elif place != self.source and is_target and self.general is None:
                self.general = place
        shown = [name.lower() for name in names]
        self.fuzzy = next((place for place, name in enumerate(shown) if name in FUZZY), None)
        self.where = next((place for place, name in enumerate(shown) if name in PLACES), None)

    def is_source_language(self, name):
        return name in self.sources or re.split("[-_]", name)[0] in self.sources

    def language(self, name):
        """The tag of a language: "Polish", "pl", "pl-PL", "pl_PL"."""
        region = re.fullmatch("([a-z]{2,3})[-_][a-z]{2}", name)
        return self.languages.get(name) or (self.languages.get(region[1]) if region else None)

    def meaning(self, name):
        """Whether a column has the English, whether it has a translation, and in which language."""
        name = name.lower()
        if self.language(name):
            return self.is_source_language(name), True, self.language(name)
        words = [word for word in re.split(r"[\s()\[\]:/,_]+", name) if word and word not in FILLERS]
        tags = {tag for tag in [self.language(word) for word in words] + [self.language(" ".join(words))] if tag}
        known = [word for word in words if word in TARGETS or self.language(word)]
        if words and all(word in SOURCES or self.is_source_language(word) for word in words):
            return True, False, None
        if known and (len(known) == len(words) or self.language(" ".join(words))):
            return False, True, next(iter(tags)) if len(tags) == 1 else None
        return False, False, None

    def target(self, wanted):
        """Where the translation stands, and the tag of its language where the column's name is that of one.

        A table can have a column for each language: another language than the one that is asked for is never taken.
        """
        if wanted in self.named:
            return self.named[wanted], wanted
        if self.general is not None or self.source is None or not self.named:
            return self.general, None
        if not wanted and len(self.named) == 1:
            tag, place = next(iter(self.named.items()))
            return place, tag
        columns = ", ".join(f"'{self.names[place]}'" for place in sorted(self.named.values()))
        if wanted:
            raise Refused(f"no column is called after the language that is asked for; the columns are {columns}")
        raise Refused(f"it has a column for each of several languages ({columns}): say which with --language")


def table(rows, job, first_line=1):
    """Units of a table: by the names of its columns, or English first and the translation second.

    Returns them with notes, and the tag of the language that the column is called after.
    """
    rows = [["" if cell is None else str(cell).replace("\r\n", "\n").strip() for cell in row] for row in rows]
    lines = [number for number, row in enumerate(rows, first_line) if any(row)]
    rows = [row for row in rows if any(row)]
    if not rows:
        raise Refused("it has no row")
    notes, language = [], None
    # Above the names of the columns some people write a title.
    for top, row in enumerate(rows[:10]):
        columns = Columns(row, job)
        source, (target, language) = columns.source, columns.target(job.get("wanted"))
        if source is not None and target is not None:
            break
    else:
        if max(len(row) for row in rows) < 2:
            raise Refused("it has one column: English and the translation are needed side by side")
        source, target, fuzzy, where, language = 0, 1, None, None, None
        notes.append("no column is called English and none for the translation, so the first is taken for the English, "
                     "the second for the translation")
        if max(len(row) for row in rows) > 2:
            notes.append("not read: the columns from the third on")
        top = -1
    if top >= 0:
        fuzzy, where = columns.fuzzy, columns.where
        if top > 0:
            notes.append("not read: what stands above the names of the columns")
        unread = [name for place, name in enumerate(columns.names) if place not in (source, target, fuzzy, where) and name]
        if unread:
            notes.append("not read: the columns " + ", ".join(f"'{name}'" for name in unread))

    def cell(row, place):
        return row[place] if place is not None and place < len(row) else ""

    units = [
        {"line": line, "id": cell(row, where), "source": cell(row, source), "target": cell(row, target),
         "stale": None if fuzzy is None else cell(row, fuzzy).lower() in ("true", "yes", "1", "fuzzy"), "codes": False}
        for line, row in zip(lines[top + 1:], rows[top + 1:]) if cell(row, source)]
    return units, notes, language


def decoded(data, charset):
    if charset:
        try:
            return data.decode(charset)
        except (LookupError, UnicodeDecodeError) as error:
            raise Refused(f"it is not in {charset} ({error})")
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[:error.start].count(b"\n") + 1
        raise Refused(
            f"it is not in UTF-8 (line {line}): save it as 'CSV UTF-8', or name its code page with --charset, such as "
            "windows-1250 for Polish or windows-1252 for Welsh")


def read_csv(data, job):
    text = decoded(data, job.get("charset"))
    # What Excel is told of the mark between columns is no row.
    said = re.match(r"sep=(.)\r?\n", text)
    first = 1 + bool(said)
    text = text[said.end():] if said else text
    sample = text[:20_000]
    counts = {mark: sample.split("\n")[0].count(mark) for mark in "\t;,"}
    best = said[1] if said else max(counts, key=counts.get)
    if not said and counts[best] == 0:
        raise Refused("its first line has no comma, semicolon or tab: English and the translation are needed side by side")
    try:
        rows, lines = [], []
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=best, strict=True)
        start = first
        for row in reader:
            rows.append(row)
            lines.append(start)
            start = reader.line_num + first
    except csv.Error as error:
        raise Refused(f"line {reader.line_num} cannot be read ({error})")
    units, notes, language = table(rows, job)
    # A cell may go on over several lines.
    for unit in units:
        unit["line"] = lines[unit["line"] - 1]
    return units, notes, language


def read_xlsx(data, job):
    import openpyxl
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except Exception as error:
        raise Refused(f"it is no spreadsheet that can be read ({error})")
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"] or book.worksheets
    units, notes, language = table(list(sheets[0].iter_rows(values_only=True)), job)
    if len(sheets) > 1:
        notes.append("not read: the sheets " + ", ".join(f"'{sheet.title}'" for sheet in sheets[1:]))
    return units, notes, language


def read_docx(data, job):
    import docx
    try:
        tables = docx.Document(io.BytesIO(data)).tables
    except Exception as error:
        raise Refused(f"it is no document that can be read ({error})")
    if not tables:
        raise Refused("it has no table: English and the translation are needed side by side")
    rows = [[cell_text(cell._tc) for cell in row.cells] for found in tables for row in found.rows
            if not list(row._tr.iterfind(f"{WORD}trPr/{WORD}del"))]
    return table(rows, job)


WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}


def cell_text(cell):
    """The text of a cell as it reads once all changes that Word has tracked are accepted."""
    def text(node):
        name = node.tag.removeprefix(WORD) if isinstance(node.tag, str) else ""
        if name in ("del", "moveFrom", "tbl", "pPr", "rPr"):
            return ""
        if name == "t":
            return node.text or ""
        return SIGNS.get(name) or "".join(map(text, node))

    return "\n".join(text(paragraph) for paragraph in cell.iter(f"{WORD}p"))


def read(job):
    with open(job["path"], "rb") as file:
        data = file.read(64 << 20)
    language, notes = None, []
    kind = job["kind"]
    if kind == "xliff":
        found = Xliff(data)
        units, language = found.units, found.language
    else:
        units, notes, language = {"csv": read_csv, "xlsx": read_xlsx, "docx": read_docx}[kind](data, job)
    return {"units": units, "language": language, "notes": notes}


# Writing

def escaped(text):
    for mark, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(mark, entity)
    return text


def write_xliff(job):
    lines = ['<?xml version="1.0" encoding="UTF-8"?>',
             '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">',
             f'  <file original="guidance" source-language="{escaped(job["source_language"])}" '
             f'target-language="{escaped(job["language"])}" datatype="plaintext">', "    <body>"]
    for number, unit in enumerate(job["units"], 1):
        state = "needs-review-translation" if unit["stale"] else "translated" if unit["target"] else "new"
        lines.append(f'      <trans-unit id="{number}" resname="{escaped(unit["where"])}" xml:space="preserve">')
        lines.append(f'        <source>{escaped(unit["source"])}</source>')
        lines.append(f'        <target state="{state}">{escaped(unit["target"])}</target>')
        lines += [f"        <note>{escaped(note)}</note>" for note in unit["notes"]]
        lines.append("      </trans-unit>")
    lines += ["    </body>", "  </file>", "</xliff>", ""]
    return "\n".join(lines).encode()


def rows(job):
    yield [job["source"][0], job["names"][0], "Where", "Notes", "Fuzzy"]
    for unit in job["units"]:
        yield [unit["source"], unit["target"], unit["where"], "\n".join(unit["notes"]), "True" if unit["stale"] else ""]


def write_csv(job):
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows(job))
    # Excel takes a file without the mark for a Windows code page.
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def write_docx(job):
    import docx
    document = docx.Document()
    document.add_heading(f"{job['names'][0]}: {len(job['units'])}", 1)
    found = document.add_table(rows=0, cols=5)
    found.style = "Table Grid"
    for row in rows(job):
        cells = found.add_row().cells
        for cell, text in zip(cells, row):
            cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def write(job):
    data = {"xliff": write_xliff, "csv": write_csv, "docx": write_docx}[job["kind"]](job)
    with open(job["path"], "wb") as file:
        file.write(data)
    return {}


def main():
    for line in sys.stdin.buffer:
        try:
            job = json.loads(line)
            answer = {"read": read, "write": write}[job["do"]](job)
        except Refused as error:
            answer = {"refused": str(error)}
        except ImportError as error:
            answer = {"missing": error.name or str(error)}
        except OSError as error:
            answer = {"refused": str(error)}
        except RecursionError:
            answer = {"refused": "its elements stand within one another too deep"}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


main()
