"""Translates text into braille with liblouis: one job a line in, one answer a line out.

A job names a table, another for the punctuation that this one lacks, and texts, each with the stretches in it whose place
in the braille is wanted. An answer has for each text its cells as Unicode braille, where the stretches are in them, where a
new sign begins, and the signs that no table knows.
"""

import ctypes
import json
import sys
import unicodedata

# liblouis.h: dots instead of the signs of a display table, as Unicode braille; and nothing for what is unknown.
DOTS_IO, UNICODE, NO_UNDEFINED = 4, 64, 128
# The numbers of the library's interface, newest first.
NAMES = [f"liblouis.so.{number}" for number in range(24, 11, -1)] + [
    "liblouis.so", "liblouis.dylib", "/opt/homebrew/lib/liblouis.dylib", "/usr/local/lib/liblouis.dylib",
]
# What is said for a sign that a table does not have.
PLAIN = {
    "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2212": "-", "\u2022": "-", "\u00b7": "-",
    "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201b": "'", "\u201c": '"', "\u201d": '"', "\u201e": '"',
    "\u00ab": '"', "\u00bb": '"', "\u2026": "...", "\u06d4": ".", "\u3002": ".", "\u0964": ".", "\uff0c": ",",
    "\u060c": ",", "\u3001": ",", "\u066c": ",", "\u066b": ".", "\u061b": ";", "\uff1b": ";", "\u061f": "?",
    "\uff1f": "?", "\uff01": "!", "\uff1a": ":", "\uff08": "(", "\uff09": ")", "\u066a": "%", ",": "\u060c",
    "?": "\u061f", ";": "\u061b",
}
# Direction, joining and places to break are of print alone.
SILENT = {*"\u200b\u200c\u200d\u200e\u200f\u061c\u2060\u2066\u2067\u2068\u2069\u202a\u202b\u202c\u00ad\ufeff\u0640"}
# Stands for a sign that nobody knows: in no text by itself.
FULL = "\u283f"
# Letters that Unicode writes as two signs, and tables as one: those of Indic writing with a dot.
WHOLE = {unicodedata.normalize("NFD", chr(code)): chr(code) for code in range(0x0900, 0x0E00)
         if len(unicodedata.normalize("NFD", chr(code))) == 2}


def library():
    for name in NAMES:
        try:
            return ctypes.CDLL(name)
        except OSError:
            continue
    return None


class Liblouis:
    def __init__(self, loaded):
        self.loaded = loaded
        loaded.lou_version.restype = ctypes.c_char_p
        loaded.lou_getTable.restype = ctypes.c_void_p
        self.version = loaded.lou_version().decode()
        self.unit = loaded.lou_charSize()
        self.coding = {2: "utf-16", 4: "utf-32"}[self.unit] + ("-le" if sys.byteorder == "little" else "-be")
        self.known = {}
        # A table that is not there is told by the answer, not by lines for a terminal.
        loaded.lou_setLogLevel(60000)

    def has(self, table):
        return bool(self.loaded.lou_getTable(table.encode()))

    def units(self, text):
        return len(text.encode(self.coding)) // self.unit

    def cells(self, table, text):
        """The braille of a text, and for each unit of it where that begins in the braille."""
        data = text.encode(self.coding)
        length = len(data) // self.unit
        room = length * 12 + 64
        while True:
            out = ctypes.create_string_buffer(room * self.unit)
            places = (ctypes.c_int * (length + 1))()
            back = (ctypes.c_int * room)()
            read, written = ctypes.c_int(length), ctypes.c_int(room)
            if not self.loaded.lou_translate(
                table.encode(), data, ctypes.byref(read), out, ctypes.byref(written), None, None, places, back, None,
                DOTS_IO | UNICODE | NO_UNDEFINED,
            ):
                raise ValueError(text)
            # What did not fit was not read.
            if read.value >= length or room > 1 << 22:
                return out.raw[: written.value * self.unit].decode(self.coding), list(places)[:length] + [written.value]
            room *= 4

    def knows(self, table, sign):
        key = (table, sign)
        if key not in self.known:
            cells = self.cells(table, sign)[0]
            # A sign that changes a letter is nothing without one.
            if not cells and unicodedata.combining(sign):
                cells = self.cells(table, "\u0995" + sign)[0] != self.cells(table, "\u0995")[0]
            self.known[key] = bool(cells)
        return self.known[key]


def translate(liblouis, table, foreign, text, keep):
    """One text; `keep` has the first and the last but one sign of each stretch."""
    cells, starts, unknown = "", [], []
    chunk, places = "", []

    def finish():
        nonlocal cells, chunk, places
        if places:
            made, begins = liblouis.cells(table, chunk) if chunk else ("", [0])
            starts.extend(len(cells) + begins[place] for place in places)
            cells += made
        chunk, places = "", []

    index = 0
    while index < len(text):
        sign = text[index]
        pair = WHOLE.get(text[index : index + 2])
        places.append(liblouis.units(chunk))
        index += 1
        if pair and liblouis.knows(table, pair):
            chunk += pair
            places.append(places[-1])
            index += 1
        elif sign in SILENT:
            continue
        elif sign.isspace():
            chunk += " "
        elif liblouis.knows(table, sign):
            chunk += sign
        elif sign in PLAIN and all(liblouis.knows(table, part) for part in PLAIN[sign]):
            chunk += PLAIN[sign]
        else:
            places.pop()
            finish()
            starts.append(len(cells))
            said = PLAIN.get(sign, sign)
            # Letters of another language would be read as others.
            if sign.isalnum() or not all(liblouis.knows(foreign, part) for part in said):
                unknown.append(sign)
                cells += FULL
            else:
                cells += liblouis.cells(foreign, said)[0]
    finish()
    starts.append(len(cells))
    return {
        "cells": cells, "starts": starts, "unknown": unknown,
        "kept": [[starts[first], starts[end]] for first, end in keep],
    }


def main():
    loaded = library()
    if loaded is None:
        print(json.dumps({"failure": "the library liblouis is not installed"}), flush=True)
        return
    liblouis = Liblouis(loaded)
    print(json.dumps({"version": liblouis.version}), flush=True)
    for line in sys.stdin:
        job = json.loads(line)
        table, foreign = job["table"], job["foreign"]
        lacking = [name for name in (table, foreign) if not liblouis.has(name)]
        if lacking:
            answer = {"lacks": lacking[0]}
        else:
            try:
                answer = {"texts": [translate(liblouis, table, foreign, item["text"], item["keep"]) for item in job["texts"]]}
            except ValueError as problem:
                answer = {"failure": f"liblouis cannot translate '{problem}' with {table}"}
        print(json.dumps(answer), flush=True)


main()
