"""The words of a tagged PDF as a screen reader gets them: in the order of the tags, without artefacts.

Follows ISO 32000-1: 14.7 (the tree of tags), 14.6 (marked content), 14.9.4 (ActualText) and 9.10 (ToUnicode).
The glyphs of a right-to-left run are painted, and so stored, from left to right; a reader turns them round.
"""

import re
import unicodedata

import pikepdf


def _to_unicode(font):
    """Two-byte codes to text."""
    table = {}
    if "/ToUnicode" not in font:
        return table
    text = font.ToUnicode.read_bytes().decode("latin-1")

    def decode(digits):
        return bytes.fromhex(digits).decode("utf-16-be", errors="replace")

    for section in re.findall(r"beginbfchar(.*?)endbfchar", text, re.S):
        for code, value in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", section):
            table[int(code, 16)] = decode(value)
    for section in re.findall(r"beginbfrange(.*?)endbfrange", text, re.S):
        for low, high, first in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", section):
            start = decode(first)
            for offset in range(int(high, 16) - int(low, 16) + 1):
                table[int(low, 16) + offset] = start[:-1] + chr(ord(start[-1]) + offset)
    return table


def _actual_text(properties):
    if not isinstance(properties, pikepdf.Dictionary) or "/ActualText" not in properties:
        return None
    return str(properties.ActualText)


def _pieces(page):
    """The text of each marked content of a page, by its number."""
    fonts = {}
    resources = page.obj.get("/Resources", pikepdf.Dictionary())
    for name, font in resources.get("/Font", pikepdf.Dictionary()).items():
        fonts[name] = _to_unicode(font)
    named = resources.get("/Properties", pikepdf.Dictionary())
    pieces, stack, font, run = {}, [], {}, None

    def add(text):
        # The innermost replacement text stands for all glyphs within it.
        if any(entry["replaces"] for entry in stack):
            return
        if run is not None:
            run.append(text)

    def finish():
        nonlocal run
        if run:
            mcid = next((e["mcid"] for e in reversed(stack) if e["mcid"] is not None), None)
            if any(unicodedata.bidirectional(c) in ("R", "AL") for text in run for c in text):
                run.reverse()
            if mcid is not None:
                pieces.setdefault(mcid, []).append("".join(run))
        run = None

    for instruction in pikepdf.parse_content_stream(page):
        operands, operator = instruction.operands, str(instruction.operator)
        if operator in ("BDC", "BMC"):
            properties = operands[1] if operator == "BDC" else None
            if isinstance(properties, pikepdf.Name):
                properties = named.get(str(properties))
            mcid = properties.get("/MCID") if isinstance(properties, pikepdf.Dictionary) else None
            actual = _actual_text(properties)
            if actual is not None:
                add(actual)
            stack.append({"mcid": None if mcid is None else int(mcid), "replaces": actual is not None})
        elif operator == "EMC":
            stack.pop()
        elif operator == "BT":
            run = []
        elif operator == "ET":
            finish()
        elif operator == "Tf":
            font = fonts.get(str(operands[0]), {})
        elif operator in ("Tj", "TJ"):
            strings = operands[0] if operator == "TJ" else [operands[0]]
            for item in strings:
                if isinstance(item, pikepdf.String):
                    data = bytes(item)
                    for index in range(0, len(data) - 1, 2):
                        add(font.get(data[index] << 8 | data[index + 1], "\ufffd"))
    return pieces


def runs(path):
    """Every run of text in the order of the tags."""
    with pikepdf.open(path) as pdf:
        pages = {page.obj.objgen: _pieces(page) for page in pdf.pages}
        found = []

        def visit(node, page):
            if isinstance(node, pikepdf.Array):
                for child in node:
                    visit(child, page)
            elif isinstance(node, pikepdf.Dictionary):
                page = node.Pg.objgen if "/Pg" in node else page
                if node.get("/Type") == "/MCR":
                    found.extend(pages[page].get(int(node.MCID), []))
                elif node.get("/Type") != "/OBJR" and "/K" in node:
                    visit(node.K, page)
            elif node is not None:
                found.extend(pages[page].get(int(node), []))

        visit(pdf.Root.StructTreeRoot.K, None)
        return found
