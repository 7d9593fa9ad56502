"""Reads documents as councils have them: Word (.docx), saved web pages (.html), text of PDFs.

One job as a line of JSON on standard input, one answer as a line on standard output. A job holds the file itself, so
that nothing here opens a path. The answer is a flat list of blocks with their places, and a list of what was not taken
over: nothing may be lost silently.
"""

import base64
import io
import json
import posixpath
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

MOST_BYTES = 256 << 20  # of all parts of a document, unpacked
MOST_PARTS = 5000
MOST_RATIO = 200  # Office packs its XML to a tenth; only what is made to fill a memory is packed to less than this
MOST_PICTURE = 16 << 20
MOST_DEPTH = 200
SECONDS = 60
# Words by which a family reaches somebody: a number, an e-mail address, a postcode.
REACHED = re.compile(r"(?<![\d/.-])(?:\+44\s?\(?0?|\(?0)\d(?:[\s()-]{0,2}\d){7,10}(?![\d/])|[\w.+'-]+@[\w-]+\.[\w.-]*\w|\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b"
                     r"|\b(?:999|112|111|101|105|116\s?\d{3}|18001|0800\s?1111|(?:call|phone|ring|dial|text|tel)\D{0,12}\d{3,6})\b", re.I)


class Refused(Exception):
    """Why a file cannot be read, in plain words, and what to do."""

    def __init__(self, reason, help=None):
        super().__init__(reason)
        self.help = help


def shortened(text, most=160):
    text = " ".join(text.split())
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …"


class Answer:
    """What is found in a document."""

    def __init__(self):
        self.blocks, self.losses, self.left_out, self.pictures, self.footnotes = [], [], [], [], {}
        self.title = self.language = self.base = None
        # Lines of the frame that say how to reach somebody: they are shown, and proposed as contacts.
        self.around = []

    def lost(self, place, what, text=""):
        self.losses.append({"place": place, "what": what, "text": shortened(text)})

    def leave_out(self, place, what, text="", parts=()):
        reaches = bool(REACHED.search(text))
        self.left_out.append({"place": place, "what": what, "text": shortened(text, 2000 if reaches else 160), "reaches": reaches})
        if reaches:
            self.around += [{"k": "p", "p": f"{what}, {place}" if place not in what else what, "t": [{"s": part}]} for part in parts or [text]]

    def picture(self, name, data=None, source=None):
        """The id of a picture; the same bytes are one picture."""
        for picture in self.pictures:
            if (data is not None and picture.get("raw") == data) or (source is not None and picture.get("source") == source):
                return picture["id"]
        self.pictures.append({"id": len(self.pictures), "name": name, "raw": data, "source": source})
        return len(self.pictures) - 1

    def json(self):
        pictures = [
            {"id": picture["id"], "name": picture["name"], "source": picture["source"],
             "data": None if picture["raw"] is None else base64.b64encode(picture["raw"]).decode()}
            for picture in self.pictures]
        return {"blocks": self.blocks, "losses": self.losses, "leftOut": self.left_out, "pictures": pictures,
                "footnotes": self.footnotes, "around": self.around, "title": self.title, "language": self.language, "base": self.base}


class Line:
    """Running text as it is gathered: runs with bold, italic, struck and a link, line breaks, pictures."""

    def __init__(self):
        self.runs, self.blank = [], True

    def text(self, text, style=None, link=None):
        if not text:
            return
        self.blank = self.blank and not text.strip()
        run = {"s": text, **(style or {})}
        if link:
            run["l"] = link
        last = self.runs[-1] if self.runs else None
        if last is not None and "s" in last and {**last, "s": ""} == {**run, "s": ""}:
            last["s"] += text
        else:
            self.runs.append(run)

    def add(self, run):
        self.blank = self.blank and "br" in run
        self.runs.append(run)

    @property
    def plain(self):
        return "".join(run.get("s", " " if "br" in run else "") for run in self.runs)

    def collapsed(self):
        """The runs with white space as a browser shows it; none at the ends and beside line breaks."""
        runs, space = [], True
        for run in self.runs:
            if "br" in run:
                if runs and "s" in runs[-1]:
                    runs[-1]["s"] = runs[-1]["s"].rstrip(" ")
                runs.append(run)
                space = True
                continue
            if "s" not in run:
                runs.append(run)
                space = False
                continue
            text = re.sub(r"[ \t\r\n\f]+", " ", run["s"])
            if space:
                text = text.lstrip(" ")
            if not text:
                continue
            space = text.endswith(" ")
            runs.append({**run, "s": text})
        while runs and ("br" in runs[-1] or runs[-1].get("s", "x").strip(" ") == ""):
            runs.pop()
        while runs and "br" in runs[0]:
            runs.pop(0)
        if runs and "s" in runs[-1]:
            runs[-1]["s"] = runs[-1]["s"].rstrip(" ")
        return runs


def parser():
    from lxml import etree
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True,
                           remove_pis=True)
