"""The words of a tagged PDF as a screen reader gets them: in the order of the tags, without artefacts.

Follows ISO 32000-1: 14.7 (the tree of tags), 14.6 (marked content), 14.9.4 (ActualText) and 9.10 (ToUnicode).
The glyphs of a right-to-left line are painted, and so stored, from left to right; a reader turns them round, as
the Unicode Bidirectional Algorithm (UAX 9, L2) says for the way there.
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


def _is_rtl(text):
    return any(unicodedata.bidirectional(c) in ("R", "AL") for c in text)


def _is_ltr(text):
    return not _is_rtl(text) and any(unicodedata.bidirectional(c) in ("L", "EN", "AN") for c in text)


def _in_reading_order(line, rtl):
    """The runs of one line, given with their place, in the order in which they are read."""
    if not any(_is_rtl(text) for _, text in line):
        return [text for _, text in line]
    texts = [text for _, text in sorted(line, key=lambda run: run[0])]
    if rtl:
        texts.reverse()
    # The runs of the other direction were turned round with the line: turn them back. What has no direction of
    # its own (spaces, brackets) goes with both neighbours where they agree, else with the line.
    other = [_is_ltr(text) if rtl else _is_rtl(text) for text in texts]
    neutral = [not _is_ltr(text) and not _is_rtl(text) for text in texts]
    for index in range(len(texts)):
        if neutral[index]:
            after = next((i for i in range(index, len(texts)) if not neutral[i]), None)
            other[index] = index > 0 and other[index - 1] and after is not None and other[after]
    result, index = [], 0
    while index < len(texts):
        end = index + 1
        while end < len(texts) and other[end] == other[index]:
            end += 1
        result += reversed(texts[index:end]) if other[index] else texts[index:end]
        index = end
    return result


def _pieces(page, rtl):
    """The texts of each marked content of a page with their places, by its number."""
    fonts = {}
    resources = page.obj.get("/Resources", pikepdf.Dictionary())
    for name, font in resources.get("/Font", pikepdf.Dictionary()).items():
        fonts[name] = _to_unicode(font)
    named = resources.get("/Properties", pikepdf.Dictionary())
    pieces, stack, font, run, place = {}, [], {}, None, None
    matrix, saved = pikepdf.Matrix(), []

    def add(text):
        # The innermost replacement text stands for all glyphs within it.
        if not any(entry["replaces"] for entry in stack) and run is not None:
            run.append(text)

    def finish():
        nonlocal run
        mcid = next((e["mcid"] for e in reversed(stack) if e["mcid"] is not None), None)
        if run and place is not None and mcid is not None:
            if any(_is_rtl(text) for text in run):
                run.reverse()
            x, y = place
            pieces.setdefault(mcid, []).append((x, y, "".join(run)))
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
        elif operator == "q":
            saved.append(matrix)
        elif operator == "Q":
            matrix = saved.pop()
        elif operator == "cm":
            matrix = pikepdf.Matrix(*map(float, operands)) @ matrix
        elif operator == "BT":
            run, place = [], None
        elif operator == "ET":
            finish()
        elif operator == "Tm":
            if place is None:
                whole = pikepdf.Matrix(*map(float, operands)) @ matrix
                place = (whole.e, whole.f)
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


def _ordered(pieces, rtl):
    """The texts of pieces that follow one another in one element, line by line."""
    lines = []
    for x, y, text in pieces:
        if not lines or abs(lines[-1][0] - y) > 0.5:
            lines.append((y, []))
        lines[-1][1].append((x, text))
    return [text for _, line in lines for text in _in_reading_order(line, rtl)]


def runs(path, rtl=False):
    """Every run of text in the order of the tags; `rtl` for a document that is read from right to left."""
    with pikepdf.open(path) as pdf:
        pages = {page.obj.objgen: _pieces(page, rtl) for page in pdf.pages}
        found, open_pieces = [], []

        def close():
            found.extend(_ordered(open_pieces, rtl))
            open_pieces.clear()

        def visit(node, page):
            if isinstance(node, pikepdf.Array):
                for child in node:
                    visit(child, page)
            elif isinstance(node, pikepdf.Dictionary):
                page = node.Pg.objgen if "/Pg" in node else page
                if node.get("/Type") == "/MCR":
                    open_pieces.extend(pages[page].get(int(node.MCID), []))
                elif node.get("/Type") != "/OBJR" and "/K" in node:
                    close()
                    visit(node.K, page)
                    close()
            elif node is not None:
                open_pieces.extend(pages[page].get(int(node), []))

        visit(pdf.Root.StructTreeRoot.K, None)
        close()
        return found
