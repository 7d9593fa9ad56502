# Word

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
V = "{urn:schemas-microsoft-com:vml}"
O = "{urn:schemas-microsoft-com:office:office}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
WP15 = "{http://schemas.microsoft.com/office/word/2012/wordprocessingDrawing}"
DEC = "{http://schemas.microsoft.com/office/drawing/2017/decorative}"
STRICT = b"http://purl.oclc.org/ooxml/"

# What Word's own picture signs stand for; the rest of its fonts of symbols cannot be told.
SYMBOLS = {"F0B7": "•", "F0A7": "•", "F0D8": "•", "F0FC": "✓", "F0FE": "☒", "F0A8": "☐", "F06F": "☐", "F0E0": "→", "F028": ""}
SHOWN = {"png": "png", "jpg": "jpg", "jpeg": "jpg", "gif": "gif", "webp": "webp"}


class Package:
    """The parts of a .docx, each read once and within limits."""

    def __init__(self, data):
        if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
            raise Refused("it is protected by a password, or in the format of Word before 2007",
                          "Open it in Word, take the password off, and save it as .docx.")
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(data))
        except zipfile.BadZipFile:
            raise Refused("it is no Word document", "Open it in Word and save it as .docx.")
        infos = self.zip.infolist()
        total = sum(info.file_size for info in infos)
        packed = sum(info.compress_size for info in infos)
        if len(infos) > MOST_PARTS or total > MOST_BYTES or (total > 8 << 20 and total > MOST_RATIO * max(1, packed)):
            raise Refused("unpacked it is far larger than any document, as files are that are made to do harm")
        if any(info.flag_bits & 1 for info in infos):
            raise Refused("it is protected by a password", "Take the password off in Word.")
        self.names = {info.filename: info for info in infos}
        self.left = MOST_BYTES

    def bytes(self, name):
        if name not in self.names:
            return None
        # What a part says of its own size may be a lie.
        with self.zip.open(name) as part:
            data = part.read(self.left + 1)
        self.left -= len(data)
        if self.left < 0:
            raise Refused("unpacked it is far larger than any document, as files are that are made to do harm")
        return data

    def xml(self, name):
        from lxml import etree
        try:
            data = self.bytes(name)
        except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError) as error:
            raise Refused(f"its part {name} is damaged ({error})", "Open it in Word and save it again.")
        if data is None:
            return None
        if b"<!DOCTYPE" in data[:2048] or b"<!ENTITY" in data:
            raise Refused(f"its part {name} declares a document type, which Word never writes")
        # The strict form says the same in other words.
        if STRICT in data:
            data = data.replace(b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode())
            data = data.replace(b"http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1].encode())
            data = data.replace(b"http://purl.oclc.org/ooxml/drawingml/main", A[1:-1].encode())
            data = data.replace(b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing", WP[1:-1].encode())
        try:
            tree = etree.fromstring(data, parser())
            # In another encoding the words look otherwise; entities were not resolved.
            if tree.getroottree().docinfo.doctype:
                raise Refused(f"its part {name} declares a document type, which Word never writes")
            return tree
        except etree.XMLSyntaxError as error:
            if "depth" in str(error):
                raise Refused("it is nested deeper than any document")
            raise Refused(f"its part {name} is damaged ({error})", "Open it in Word and save it again.")

    def relations(self, part):
        """Of a part: id to kind, target and whether it is outside of the document."""
        folder, name = posixpath.split(part)
        tree = self.xml(f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels")
        found = {}
        for relation in tree if tree is not None else ():
            outside = relation.get("TargetMode") == "External"
            target = relation.get("Target", "")
            if not outside:
                target = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[relation.get("Id")] = (relation.get("Type", "").rsplit("/", 1)[-1], target, outside)
        return found


def on(element, name):
    """A switch such as w:b: there and not off; nil where it is not there."""
    switch = element.find(W + name) if element is not None else None
    return None if switch is None else switch.get(W + "val", "true") not in ("0", "false", "off", "none")


def value(element, name):
    found = element.find(W + name) if element is not None else None
    return None if found is None else found.get(W + "val")


class Styles:
    def __init__(self, tree):
        self.known, self.default = {}, None
        base = tree.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr") if tree is not None else None
        self.size = value(base, "sz") or "20"
        for style in tree.iter(W + "style") if tree is not None else ():
            self.known[style.get(W + "styleId")] = style
            if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true"):
                self.default = style.get(W + "styleId")

    def chain(self, id):
        seen = set()
        while id in self.known and id not in seen:
            seen.add(id)
            yield self.known[id]
            id = value(self.known[id], "basedOn")

    def name(self, id):
        return (value(self.known.get(id), "name") or id or "").lower()

    def first(self, id, read):
        return next((found for found in map(read, self.chain(id)) if found is not None), None)

    def level(self, id):
        """1 to 9 for a heading, 0 for the title; nil for text."""
        for style in self.chain(id):
            name = (value(style, "name") or "").lower()
            if name == "title":
                return 0
            if name == "subtitle":
                return None
            if match := re.fullmatch(r"(?:heading|überschrift|titre|pennawd)\s*(\d)", name):
                return int(match[1])
            outline = value(style.find(W + "pPr"), "outlineLvl")
            if outline is not None and outline.isdigit():
                return int(outline) + 1 if int(outline) < 9 else None
        return None


class Numbering:
    def __init__(self, tree):
        self.kinds, self.counts = {}, {}
        if tree is None:
            return
        kept = {}
        for abstract in tree.iter(W + "abstractNum"):
            levels = {}
            for level in abstract.iter(W + "lvl"):
                start = value(level, "start") or "1"
                levels[level.get(W + "ilvl")] = (value(level, "numFmt") or "decimal", int(start) if start.isdigit() else 1)
            kept[abstract.get(W + "abstractNumId")] = levels
        for number in tree.iter(W + "num"):
            levels = dict(kept.get(value(number, "abstractNumId"), {}))
            for override in number.iter(W + "lvlOverride"):
                start = value(override, "startOverride")
                form = levels.get(override.get(W + "ilvl"), ("decimal", 1))[0]
                if start and start.isdigit():
                    levels[override.get(W + "ilvl")] = (form, int(start))
            self.kinds[number.get(W + "numId")] = levels

    def item(self, number, level):
        """Whether an item has a number, and which; nil for none."""
        levels = self.kinds.get(number)
        if levels is None or number == "0":
            return None
        form, start = levels.get(level, ("bullet", 1))
        if form == "none":
            return None
        if form == "bullet":
            return False, 1
        depth = int(level) if level.isdigit() else 0
        for key in [key for key in self.counts if key[0] == number and key[1] > depth]:
            del self.counts[key]
        count = self.counts.get((number, depth), start - 1) + 1
        self.counts[(number, depth)] = count
        return True, count


class Word:
    def __init__(self, data):
        self.package = Package(data)
        self.answer = Answer()
        kinds = {kind: target for kind, target, outside in self.package.relations("").values() if not outside}
        self.main = kinds.get("officeDocument", "word/document.xml")
        tree = self.package.xml(self.main)
        if tree is None or tree.find(W + "body") is None:
            raise Refused("it is no Word document", "Open it in Word and save it as .docx.")
        self.links = self.package.relations(self.main)
        def part(kind):
            return next((target for found, target, outside in self.links.values() if found == kind and not outside), None)
        def read(kind):
            name = part(kind)
            return None if name is None else self.package.xml(name)
        self.styles, self.numbering = Styles(read("styles")), Numbering(read("numbering"))
        self.part, self.number, self.fields, self.depth = self.main, 0, [], 0
        self.boxes = []
        self.where = "paragraph"
        self.comments = {}
        comments = read("comments")
        for comment in comments.iter(W + "comment") if comments is not None else ():
            self.comments[comment.get(W + "id")] = " ".join(text.text or "" for text in comment.iter(W + "t"))
        self.notes = {kind: self.texts(read(kind + "s"), kind) for kind in ("footnote", "endnote")}
        self.walk(tree.find(W + "body"))
        self.around()
        properties = self.package.xml("docProps/core.xml")
        if properties is not None:
            title = properties.find("{http://purl.org/dc/elements/1.1/}title")
            self.answer.title = title.text if title is not None else None

    def texts(self, tree, kind):
        found = {}
        for note in tree.iter(W + kind) if tree is not None else ():
            if note.get(W + "type") in (None, "normal"):
                found[note.get(W + "id")] = note
        return found

    @property
    def place(self):
        return f"paragraph {self.number}" if self.where == "paragraph" else self.where

    def around(self):
        """What stands at the head and foot of pages."""
        said = set()
        for kind, target, outside in self.links.values():
            if kind not in ("header", "footer") or outside:
                continue
            tree = self.package.xml(target)
            parts = ["".join((piece.text or "") if piece.tag == W + "t" else "\t" for piece in paragraph.iter(W + "t", W + "tab", W + "br")).strip()
                     for paragraph in tree.iter(W + "p")] if tree is not None else []
            parts = [part for line in parts for part in re.split(r"\t+", line) if part]
            text = " ".join(parts)
            if text and not re.fullmatch(r"(page\s*)?\d*(\s*(of|/)\s*\d*)?", text, re.I) and (kind, text) not in said:
                said.add((kind, text))
                self.answer.leave_out(kind, f"the page {kind}", text, parts)

    # Blocks

    def walk(self, parent, level=0):
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise Refused("it is nested deeper than any document")
        for child in parent:
            tag = child.tag
            if tag == W + "p":
                self.paragraph(child)
            elif tag == W + "tbl":
                self.table(child)
            elif tag == W + "sdt":
                self.control(child, self.walk)
            elif tag in (W + "ins", W + "moveTo", W + "customXml", W + "smartTag"):
                self.walk(child)
            elif tag in (W + "del", W + "moveFrom"):
                self.deleted(child)
            elif tag == MC + "AlternateContent":
                choice = child.find(MC + "Choice")
                self.walk(choice if choice is not None else child.find(MC + "Fallback"))
            elif tag == W + "altChunk":
                self.answer.lost(self.place, "another document that is embedded here")
            elif tag == M + "oMathPara":
                self.formula(child)
        self.depth -= 1

    def control(self, element, walk):
        """A content control: a table of contents, a field of a form, or text that was kept from being changed."""
        properties, content = element.find(W + "sdtPr"), element.find(W + "sdtContent")
        if content is None:
            return
        gallery = value(properties.find(W + "docPartObj"), "docPartGallery") if properties is not None and \
            properties.find(W + "docPartObj") is not None else None
        if gallery and "contents" in gallery.lower():
            self.answer.leave_out(f"paragraph {self.number + 1}", "the table of contents: each page makes its own")
            self.number += sum(1 for _ in content.iter(W + "p"))
            return
        if properties is not None:
            for name, what in (("dropDownList", "a list to choose from"), ("comboBox", "a list to choose from"),
                               ("date", "a field for a date")):
                field = properties.find(W + name)
                if field is not None:
                    choices = ", ".join(item.get(W + "displayText") or item.get(W + "value") or ""
                                        for item in field.iter(W + "listItem"))
                    self.answer.lost(self.place, f"{what} in a form", choices or value(properties, "alias") or "")
            if properties.find(W14 + "checkbox") is not None:
                self.answer.lost(self.place, "a box to tick in a form", "".join(content.itertext()))
            placeholder = properties.find(W + "showingPlcHdr") is not None
            if placeholder:
                self.answer.lost(self.place, "a field to fill in of a form", "".join(
                    piece.text or "" for piece in content.iter(W + "t")))
                if properties.find(W + "text") is not None or walk != self.walk:
                    return
        walk(content)

    def deleted(self, element):
        text = "".join(piece.text or "" for piece in element.iter(W + "delText", W + "t"))
        if text.strip():
            self.answer.lost(self.place, "words that a tracked change deletes", text)

    def formula(self, element):
        self.answer.lost(self.place, "a formula", "".join(piece.text or "" for piece in element.iter(M + "t")))

    def paragraph(self, element):
        self.number += 1
        properties = element.find(W + "pPr")
        style = value(properties, "pStyle") or self.styles.default
        name = self.styles.name(style)
        self.contents = False
        line = self.line(element, self.style_bold(style))
        boxes, self.boxes = self.boxes, []
        if re.match(r"toc(\s*\d|\s*heading)", name) or self.contents and not line.plain.strip():
            contents = "the table of contents: each page makes its own"
            if not any(left["what"] == contents for left in self.answer.left_out):
                self.answer.leave_out(self.place, contents)
        else:
            self.put(element, properties, style, name, line)
        for box in boxes:
            place = self.place
            self.answer.lost(place, "a text box: its words now stand after this paragraph; look whether they belong there",
                             " ".join(text.text or "" for text in box.iter(W + "t")))
            self.walk(box)

    def style_bold(self, style):
        return bool(self.styles.first(style, lambda found: on(found.find(W + "rPr"), "b")))

    def size(self, element, style):
        """The size of a paragraph's largest letters, in half points."""
        sizes = [1]
        for run in element.iter(W + "r"):
            if not any((text.text or "").strip() for text in run.iter(W + "t")):
                continue
            properties = run.find(W + "rPr")
            found, named = value(properties, "sz"), value(properties, "rStyle")
            def read(known):
                return value(known.find(W + "rPr"), "sz")
            if found is None and named:
                found = self.styles.first(named, read)
            found = found or self.styles.first(style, read) or self.styles.size
            if re.fullmatch(r"\d{1,4}", found):
                sizes.append(int(found))
        return max(sizes)

    def put(self, element, properties, style, name, line):
        runs = line.collapsed()
        level = self.styles.level(style)
        outline = value(properties, "outlineLvl")
        if outline is not None and outline.isdigit():
            level = int(outline) + 1 if int(outline) < 9 else None
        numbering = properties.find(W + "numPr") if properties is not None else None
        if numbering is None:
            numbering = self.styles.first(style, lambda found: None if found.find(W + "pPr") is None else
                                          found.find(W + "pPr").find(W + "numPr"))
        item = None
        if numbering is not None:
            number, depth = value(numbering, "numId"), value(numbering, "ilvl") or "0"
            item = self.numbering.item(number, depth) if number else None
        if not runs:
            return
        block = {"t": runs, "p": self.place}
        if level is not None:
            block.update(k="h", level=max(1, level), title=level == 0)
        elif item is not None:
            ordered, count = item
            block.update(k="li", level=int(depth) if depth.isdigit() else 0, ordered=ordered, start=count)
        elif re.match(r"list bullet( \d)?$", name):
            block.update(k="li", level=int(name[-1]) - 1 if name[-1].isdigit() else 0, ordered=False, start=1)
        elif re.match(r"list number( \d)?$", name):
            block.update(k="li", level=int(name[-1]) - 1 if name[-1].isdigit() else 0, ordered=True, start=1)
        elif "quote" in name:
            block.update(k="quote")
        else:
            block.update(k="p", size=self.size(element, style))
        self.answer.blocks.append(block)

    def table(self, element):
        def own(row):
            return [cell for cell in row.iter(W + "tc") if next(cell.iterancestors(W + "tr")) is row]
        everything = [own(row) for row in self.rows(element)]
        if all(len(cells) <= 1 for cells in everything) or sum(
                any((text.text or "").strip() for text in cell.iter(W + "t")) for cells in everything for cell in cells) <= 1:
            # A frame around some paragraphs.
            for cell in (cell for cells in everything for cell in cells):
                self.walk(cell)
            return
        rows, merged, nested, lists, first_row = [], False, False, False, None
        place = f"paragraph {self.number + 1}"
        for row in self.rows(element):
            cells = []
            properties = row.find(W + "trPr")
            before = value(properties, "gridBefore")
            cells += [[] for _ in range(min(int(before), 60) if before and before.isdigit() else 0)]
            for cell in own(row):
                settings = cell.find(W + "tcPr")
                span = value(settings, "gridSpan") or "1"
                span = min(int(span), 60) if span.isdigit() else 1
                vertical = settings.find(W + "vMerge") if settings is not None else None
                goes_on = vertical is not None and vertical.get(W + "val", "continue") == "continue"
                merged = merged or span > 1 or goes_on
                runs, has_table, has_list = self.cell(cell)
                nested, lists = nested or has_table, lists or has_list
                cells += [runs] + [[] for _ in range(span - 1)]
            rows.append(cells)
            if first_row is None:
                first_row = on(properties, "tblHeader") is True
        rows = [row for row in rows if any(row)]
        if not rows:
            return
        if merged:
            self.answer.lost(place, "cells of a table that are merged: the words stand in the first of them",
                             " | ".join("".join(run.get("s", "") for run in cell) for cell in rows[0]))
        if nested:
            self.answer.lost(place, "a table within a table: its words stand in one cell now")
        if lists:
            self.answer.lost(place, "a list or several paragraphs in a table cell: they run on in one line now")
        self.answer.blocks.append({"k": "table", "rows": rows, "head": first_row is True, "p": place})

    def rows(self, table):
        for row in table.iter(W + "tr"):
            if next(row.iterancestors(W + "tbl")) is table:
                yield row

    def cell(self, cell):
        """The text of a cell, whether it holds a table and whether a list or paragraphs."""
        inner, outer = Answer(), self.answer
        inner.losses, inner.left_out, inner.pictures, inner.footnotes = \
            outer.losses, outer.left_out, outer.pictures, outer.footnotes
        self.answer = inner
        before = len(outer.losses)
        try:
            self.walk(cell)
        finally:
            self.answer = outer
        runs, tables, items = [], False, 0
        for block in inner.blocks:
            if block["k"] == "table":
                tables = True
                parts = [cell for row in block["rows"] for cell in row if cell]
            else:
                parts = [block["t"]]
            for part in parts:
                items += 1
                if runs:
                    runs.append({"br": 1})
                runs += part
        return runs, tables, items > 1 or any(block["k"] == "li" for block in inner.blocks)

    # Running text

    def line(self, paragraph, bold=False):
        line = Line()
        self.pieces(paragraph, line, bold, None)
        return line

    def pieces(self, parent, line, bold, link):
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise Refused("it is nested deeper than any document")
        for child in parent:
            tag = child.tag
            if tag == W + "r":
                self.run(child, line, bold, link)
            elif tag == W + "hyperlink":
                kind, target, outside = self.links.get(child.get(R + "id"), ("", "", False))
                anchor = child.get(W + "anchor")
                target = (target if outside else "") + (f"#{anchor}" if anchor else "")
                self.pieces(child, line, bold, target or link)
            elif tag in (W + "ins", W + "moveTo"):
                text = "".join(piece.text or "" for piece in child.iter(W + "t"))
                if text.strip():
                    self.answer.lost(self.place, "words that a tracked change adds: they are taken over", text)
                self.pieces(child, line, bold, link)
            elif tag in (W + "smartTag", W + "customXml", W + "dir", W + "bdo"):
                self.pieces(child, line, bold, link)
            elif tag == W + "fldSimple":
                instruction = child.get(W + "instr", "")
                self.field(instruction)
                self.pieces(child, line, bold, self.target(instruction) or link)
            elif tag in (W + "del", W + "moveFrom"):
                self.deleted(child)
            elif tag == W + "sdt":
                self.control(child, lambda content: self.pieces(content, line, bold, link))
            elif tag == MC + "AlternateContent":
                choice = child.find(MC + "Choice")
                self.pieces(choice if choice is not None else child.find(MC + "Fallback"), line, bold, link)
            elif tag == M + "oMath" or tag == M + "oMathPara":
                self.formula(child)
        self.depth -= 1

    @staticmethod
    def target(instruction):
        match = re.match(r'\s*HYPERLINK\s+(?:\\l\s+)?"([^"]*)"', instruction)
        if not match:
            return None
        return ("#" if re.match(r"\s*HYPERLINK\s+\\l", instruction) else "") + match[1]

    def field(self, instruction):
        name = (instruction.split() or [""])[0].upper()
        if name in ("MERGEFIELD", "FORMTEXT", "FORMCHECKBOX", "FORMDROPDOWN", "MACROBUTTON", "INCLUDEPICTURE", "INCLUDETEXT"):
            what = "a field of a form" if name.startswith("FORM") else f"a field of Word ({name})"
            self.answer.lost(self.place, what, instruction)

    def run(self, run, line, bold, link):
        properties = run.find(W + "rPr")
        if on(properties, "vanish"):
            text = "".join(piece.text or "" for piece in run.iter(W + "t"))
            if text.strip():
                self.answer.lost(self.place, "hidden words", text)
            return
        style = {}
        own = on(properties, "b")
        named = value(properties, "rStyle")
        if own is None and named:
            own = self.styles.first(named, lambda found: on(found.find(W + "rPr"), "b"))
        if own if own is not None else bold:
            style["b"] = 1
        italic = on(properties, "i")
        if italic is None and named:
            italic = self.styles.first(named, lambda found: on(found.find(W + "rPr"), "i"))
        if italic:
            style["i"] = 1
        if on(properties, "strike") or on(properties, "dstrike"):
            style["x"] = 1
        marked = value(properties, "highlight")
        if marked and marked != "none":
            text = "".join(piece.text or "" for piece in run.iter(W + "t"))
            if text.strip():
                self.answer.lost(self.place, "the mark of a highlighter: the words are taken over; are they an editor's note?", text)
        for child in run:
            tag = child.tag
            if tag == W + "fldChar":
                kind = child.get(W + "fldCharType")
                if kind == "begin":
                    self.fields.append({"code": "", "result": False, "toc": False, "link": None})
                    if child.find(W + "ffData") is not None:
                        self.answer.lost(self.place, "a field of a form", value(child.find(W + "ffData"), "name") or "")
                elif kind == "separate" and self.fields:
                    field = self.fields[-1]
                    field["result"] = True
                    field["toc"] = field["code"].strip().upper().startswith("TOC")
                    field["link"] = self.target(field["code"])
                    self.field(field["code"])
                elif kind == "end" and self.fields:
                    self.fields.pop()
                continue
            if tag == W + "instrText":
                if self.fields:
                    self.fields[-1]["code"] += child.text or ""
                continue
            if any(field["toc"] for field in self.fields):
                self.contents = True
                continue
            if self.fields and not self.fields[-1]["result"]:
                continue
            within = next((field["link"] for field in reversed(self.fields) if field["link"]), None) or link
            if tag == W + "t":
                line.text(child.text or "", style, within)
            elif tag == W + "tab":
                line.text("\t", style, within)
            elif tag in (W + "br", W + "cr"):
                if child.get(W + "type") not in ("page", "column"):
                    line.add({"br": 1})
            elif tag == W + "noBreakHyphen":
                line.text("-", style, within)
            elif tag == W + "sym":
                code = (child.get(W + "char") or "").upper()
                sign = SYMBOLS.get(code)
                if sign is None and code and not code.startswith(("F0", "E0")):
                    sign = chr(int(code, 16)) if re.fullmatch(r"[0-9A-F]{4}", code) else None
                if sign is None:
                    self.answer.lost(self.place, f"a sign of the font {child.get(W + 'font') or 'of symbols'}", line.plain)
                else:
                    line.text(sign, style, within)
            elif tag in (W + "drawing", W + "pict"):
                self.drawing(child, line)
            elif tag == MC + "AlternateContent":
                choice = child.find(MC + "Choice")
                for drawing in choice if choice is not None else child.find(MC + "Fallback"):
                    if drawing.tag in (W + "drawing", W + "pict"):
                        self.drawing(drawing, line)
            elif tag == W + "object":
                self.answer.lost(self.place, "an embedded object", (child.find(".//" + O + "OLEObject").get("ProgID") or "")
                                 if child.find(".//" + O + "OLEObject") is not None else "")
            elif tag in (W + "footnoteReference", W + "endnoteReference"):
                self.note("footnote" if tag == W + "footnoteReference" else "endnote", child.get(W + "id"), line)
            elif tag == W + "commentReference":
                text = self.comments.get(child.get(W + "id"), "")
                self.answer.lost(self.place, "a comment", text)

    def note(self, kind, id, line):
        note = self.notes[kind].get(id)
        if note is None:
            return
        label = str(len(self.answer.footnotes) + 1)
        inner = Line()
        for count, paragraph in enumerate(note.iter(W + "p")):
            if count:
                inner.text(" ")
            self.pieces(paragraph, inner, False, None)
        self.answer.footnotes[label] = inner.collapsed()
        line.add({"fn": label})

    def drawing(self, element, line):
        for box in element.iter(W + "txbxContent"):
            # A box within a box comes with the outer one; the fallback says the same once more.
            if any(outer.tag == MC + "Fallback" for outer in box.iterancestors()):
                continue
            if next(box.iterancestors(W + "txbxContent"), None) is None or element.tag == W + "pict":
                if box not in self.boxes:
                    self.boxes.append(box)
        about = element.find(".//" + WP + "docPr")
        alternative = ((about.get("descr") or about.get("title") or "") if about is not None else "").strip()
        if about is None:
            shape = element.find(".//" + V + "shape")
            alternative = (shape.get("alt") or "") if shape is not None else ""
        if re.search(r"description automatically generated|AI-generated content may be incorrect|AI 生成", alternative, re.I):
            self.answer.lost(self.place, "words for a picture that Word made up: they are left out", alternative)
            alternative = ""
        decorative = element.find(".//" + DEC + "decorative")
        video = element.find(".//" + WP15 + "webVideoPr")
        if video is not None:
            self.answer.lost(self.place, "a video", alternative or (about.get("name") if about is not None else ""))
        if element.find(".//" + C + "chart") is not None:
            self.answer.lost(self.place, "a chart", alternative)
        diagram = element.find(".//" + DGM + "relIds")
        if diagram is not None:
            kind, target, outside = self.links.get(diagram.get(R + "dm"), ("", "", True))
            tree = None if outside else self.package.xml(target)
            words = [piece.text for piece in tree.iter(A + "t") if piece.text] if tree is not None else []
            self.answer.lost(self.place, "a diagram (SmartArt): its words are not taken over", "; ".join(words))
        found = False
        for blip in list(element.iter(A + "blip")) + list(element.iter(V + "imagedata")):
            if any(outer.tag in (MC + "Fallback", W + "txbxContent") for outer in blip.iterancestors()):
                continue
            found = True
            id = blip.get(R + "embed") or blip.get(R + "id")
            kind, target, outside = self.links.get(id, ("", blip.get(R + "link") or "", True))
            if decorative is not None and decorative.get("val") in ("1", "true"):
                self.answer.leave_out(self.place, "a picture that is there as decoration", posixpath.basename(target))
                continue
            if outside or not id:
                self.answer.lost(self.place, "a picture that is not in the document", target)
                continue
            name = posixpath.basename(target)
            ending = name.rsplit(".", 1)[-1].lower()
            if ending not in SHOWN:
                self.answer.lost(self.place, f"a picture in a format that browsers do not show (.{ending}): save it as PNG",
                                 alternative or name)
                continue
            data = self.package.bytes(target)
            if data is None:
                self.answer.lost(self.place, "a picture that is not in the document", target)
            else:
                line.add({"img": self.answer.picture(name, data=data), "alt": " ".join(alternative.split())})
        if not found and video is None and diagram is None and element.find(".//" + C + "chart") is None \
                and element.find(".//" + W + "txbxContent") is None:
            self.answer.lost(self.place, "a drawing", alternative)
