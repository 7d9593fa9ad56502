"""What recorded results leave out, since it follows from something else."""

import re
import subprocess


def tags(path):
    """The tree of a PDF's tags with its text, apart from the numbers of its objects."""
    # pdfinfo shows bookmark titles as they are stored, which is not always UTF-8.
    tree = subprocess.run(["pdfinfo", "-struct-text", path], capture_output=True, encoding="utf-8", errors="replace",
                          check=True).stdout
    return re.sub(r"Object \d+ 0", "Object", tree)


def settled(tree):
    """The same without the version's code, which follows from all that is in the leaflet, and without line breaks,
    which follow from the fonts."""
    return re.sub(r'"\n +"', "", re.sub(r"2026, [0-9a-f]{4}", "2026, ····", tree))
