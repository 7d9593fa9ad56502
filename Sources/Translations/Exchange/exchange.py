"""Reads and writes translations as agencies send them: XLIFF 1.2 and 2.0, CSV, spreadsheets, tables in documents.

One job as a line of JSON on standard input, one answer as a line on standard output.
"""

import csv
import io
import json
import sys
import xml.parsers.expat


class Refused(Exception):
    """Why a file cannot be read, in plain words."""


# XLIFF

CODE_12 = {"ph", "bpt", "ept", "it"}  # their content is code of the tool's own
EMPTY_12 = {"x", "bx", "ex"}
CODE_20 = {"ph", "sc", "ec", "pc"}
STALE = ("needs-", "new", "initial")
# What tools say of a segment that nobody has confirmed: Trados, memoQ, Phrase (Memsource).
SDL, MEMOQ, PHRASE = "http://sdl.com/FileTypes/SdlXliff/1.0", "MQXliff", "http://www.memsource.com/mxlf/2.0"
CONFIRMED_SDL = {"Translated", "ApprovedTranslation", "ApprovedSignOff"}
OPEN_MEMOQ = {"NotStarted", "PartiallyEdited", "Pretranslated", "MachineTranslated", "AssembledFromFragments", "Rejected"}


class Xliff:
    """Units of an XLIFF file, with the line of each."""

    def __init__(self, data):
        self.units, self.language, self.version = [], None, None
        self.path, self.unit, self.text, self.codes = [], None, None, {}
        # Codes of the whole file, and those of a unit that stand in its text as {1}.
        self.tags, self.marks, self.tag, self.mark = {}, {}, None, None
        self.foreign = 0
        self.parser = xml.parsers.expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters
        try:
            self.parser.Parse(data, True)
        except xml.parsers.expat.ExpatError as error:
            raise Refused(f"it is not XML from line {error.lineno} on ({error})")
        if self.version is None:
            raise Refused("it has no element 'xliff'")

    @staticmethod
    def is_foreign(space):
        return space != "" and not space.startswith("urn:oasis:names:tc:xliff:document:")

    def doctype(self, *_):
        raise Refused("it declares a document type, which XLIFF does not have")

    def start(self, name, attributes):
        space, _, name = name.rpartition(" ")
        parents, self.path = self.path, self.path + [name]
        # Within elements of a tool or a module stand matches and older versions: texts, but not the unit's.
        self.foreign += self.is_foreign(space)
        if space == SDL:
            if name == "tag":
                self.tag = attributes.get("id")
            elif name == "seg" and self.unit is not None and attributes.get("conf") not in CONFIRMED_SDL:
                self.unit["stale"] = True
        elif space == PHRASE:
            if name == "mark":
                self.mark = attributes.get("id")
        elif name == "xliff":
            self.version = attributes.get("version", "")
            if not self.version.startswith(("1.", "2.")):
                raise Refused(f"it is XLIFF {self.version}; 1.2 and 2.0 are read")
            self.language = attributes.get("trgLang")
        elif name == "file":
            self.language = self.language or attributes.get("target-language")
        elif name in ("trans-unit", "unit") and self.unit is None:
            self.unit = {
                "line": self.parser.CurrentLineNumber, "id": attributes.get("resname") or attributes.get("id", ""),
                "source": "", "target": "", "has_target": False, "stale": False,
                "codes": False, "notes": []}
            confirmed = attributes.get(f"{PHRASE} confirmed")
            # The head of a catalogue, as po2xliff writes it, is no text.
            self.unit["skipped"] = attributes.get("restype") == "x-gettext-domain-header"
            self.unit["stale"] = confirmed == "0" or attributes.get(f"{MEMOQ} status") in OPEN_MEMOQ
        elif self.unit is None or "alt-trans" in parents or self.foreign:
            return
        elif name == "segment":
            state = attributes.get("state", "")
            if state == "initial":
                self.unit["stale"] = True
        elif name in ("source", "target") and self.text is None:
            self.text = name
            if name == "target":
                self.unit["has_target"] = True
                if attributes.get("state", "").startswith(STALE):
                    self.unit["stale"] = True
        elif name in ("note", "data") and self.text is None:
            self.text = name
            self.unit["notes"].append("")
            if name == "data":
                self.codes[attributes.get("id")] = ""
                self.data = attributes.get("id")
        elif self.text in ("source", "target"):
            if name in EMPTY_12 or (self.version.startswith("2.") and name in CODE_20):
                shown = (attributes.get("equiv-text") or attributes.get("equiv") or attributes.get("disp")
                         or self.codes.get(attributes.get("dataRef") or attributes.get("dataRefStart"))
                         or self.tags.get(attributes.get("id")))
                if shown is None and name != "pc":
                    self.unit["codes"] = True
                self.unit[self.text] += shown or ""
            elif name == "cp":
                self.unit[self.text] += chr(int(attributes.get("hex", "20"), 16))

    def end(self, name):
        space, _, name = name.rpartition(" ")
        self.path.pop()
        self.foreign -= self.is_foreign(space)
        if self.unit is not None and name == self.text and name not in self.path:
            self.text = None
        elif name in ("trans-unit", "unit") and self.unit is not None and name not in self.path:
            for mark, content in self.marks.items():
                for text in ("source", "target"):
                    self.unit[text] = self.unit[text].replace("{" + mark + "}", content)
            # A tool fills in the English where there is no translation yet.
            if self.unit["stale"] and self.unit["source"].strip() == self.unit["target"].strip():
                self.unit["target"] = ""
            if not self.unit.pop("skipped"):
                self.units.append(self.unit)
            self.unit, self.text, self.codes, self.marks = None, None, {}, {}

    def characters(self, text):
        if self.unit is None:
            # What Trados shows of a tag: text of ours that it keeps from being changed, or a tag of another format.
            if self.path[-2:] == ["tag", "ph"] and not text.startswith("<"):
                self.tags[self.tag] = self.tags.get(self.tag, "") + text
            return
        if self.path[-2:] == ["mark", "content"]:
            if not text.startswith("<"):
                self.marks[self.mark] = self.marks.get(self.mark, "") + text
            return
        if self.foreign or "alt-trans" in self.path or "seg-source" in self.path:
            return
        if self.text in ("source", "target"):
            if "segment" in self.path or "ignorable" in self.path or self.version.startswith("1."):
                self.unit[self.text] += text
        elif self.text == "data":
            self.codes[self.data] = self.codes.get(self.data, "") + text


# Tables

SOURCES = {"source", "english", "original", "source text", "source string", "source_string", "source phrase",
           "source_phrase", "source segment", "msgid", "en", "en-gb", "en_gb", "key text"}
TARGETS = {"target", "translation", "translated text", "translation text", "msgstr", "target text", "target segment"}
FUZZY = {"fuzzy"}
PLACES = {"where"}


def target_column(shown, source, job):
    """Where the translation stands, and the tag of its language where the column's name is that of one.

    A table can have a column for each language: another language than the one that is asked for is never taken.
    """
    languages = {name.lower(): language["tag"] for language in job["languages"] for name in language["names"]}
    named = {}
    for place, name in enumerate(shown):
        tag = languages.get(name.lower())
        if tag and place != source:
            named.setdefault(tag, place)
    wanted = job.get("wanted")
    if wanted in named:
        return named[wanted], wanted
    general = next((place for place, name in enumerate(shown) if name.lower() in TARGETS and place != source), None)
    if general is not None or source is None or not named:
        return general, None
    if not wanted and len(named) == 1:
        tag, place = next(iter(named.items()))
        return place, tag
    columns = ", ".join(f"'{shown[place]}'" for place in sorted(named.values()))
    if wanted:
        raise Refused(f"no column is called after the language that is asked for; the columns are {columns}")
    raise Refused(f"it has a column for each of several languages ({columns}): say which with --language")


def table(rows, job, first_line=1):
    """Units of a table: by the names of its columns, or English first and the translation second.

    Returns them with notes, and the tag of the language that the column is called after.
    """
    rows = [["" if cell is None else str(cell).replace("\r\n", "\n") for cell in row] for row in rows]
    lines = [number for number, row in enumerate(rows, first_line) if any(cell.strip() for cell in row)]
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    if not rows:
        raise Refused("it has no row")
    shown = [cell.strip() for cell in rows[0]]
    head = [name.lower() for name in shown]
    source = next((place for place, cell in enumerate(head) if cell in SOURCES), None)
    target, language = target_column(shown, source, job)
    fuzzy = next((place for place, cell in enumerate(head) if cell in FUZZY), None)
    where = next((place for place, cell in enumerate(head) if cell in PLACES), None)
    notes = []
    if source is not None and target is not None:
        rows, lines = rows[1:], lines[1:]
        unread = [name for place, name in enumerate(shown) if place not in (source, target, fuzzy, where) and name]
        if unread:
            notes.append("not read: the columns " + ", ".join(f"'{name}'" for name in unread))
    else:
        if max(len(row) for row in rows) < 2:
            raise Refused("it has one column: English and the translation are needed side by side")
        source, target, fuzzy, where, language = 0, 1, None, None, None
        notes.append("no column is called English and none for the translation, so the first is taken for the English, "
                     "the second for the translation")
        if max(len(row) for row in rows) > 2:
            notes.append("not read: the columns from the third on")

    def cell(row, place):
        return row[place] if place is not None and place < len(row) else ""

    units = [
        {"line": line, "id": cell(row, where), "source": cell(row, source), "target": cell(row, target), "has_target": True,
         "stale": cell(row, fuzzy).strip().lower() in ("true", "yes", "1", "fuzzy"), "codes": False}
        for line, row in zip(lines, rows) if cell(row, source).strip()]
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
    sample = text[:20_000]
    counts = {mark: sample.split("\n")[0].count(mark) for mark in "\t;,"}
    best = max(counts, key=counts.get)
    if counts[best] == 0:
        raise Refused("its first line has no comma, semicolon or tab: English and the translation are needed side by side")
    try:
        rows, lines = [], []
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=best, strict=True)
        start = 1
        for row in reader:
            rows.append(row)
            lines.append(start)
            start = reader.line_num + 1
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
    rows = [[cell.text for cell in row.cells] for found in tables for row in found.rows]
    return table(rows, job)


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
    for unit in units:
        unit.pop("notes", None)
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
    yield ["English", job["names"][0], "Where", "Notes", "Fuzzy"]
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
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


main()
