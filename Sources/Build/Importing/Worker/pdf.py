# PDFs

def read_pdf(data):
    """By poppler's pdftotext, which knows columns; headings are guessed by their size."""
    program = shutil.which("pdftotext")
    if program is None:
        raise Refused("the text of PDFs is read by 'pdftotext', which is not installed",
                      "Install it ('sudo apt install poppler-utils', on macOS 'brew install poppler'), or ask for the "
                      "Word document that the PDF was made of: more of it comes over.")
    if not data[:1024].lstrip().startswith(b"%PDF"):
        raise Refused("it is no PDF")
    from lxml import etree
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(data)
        file.flush()
        try:
            done = subprocess.run([program, "-bbox-layout", "-enc", "UTF-8", "-l", "300", file.name, "-"], capture_output=True,
                                  timeout=SECONDS, stdin=subprocess.DEVNULL)
        except subprocess.TimeoutExpired:
            raise Refused("its text was not found within a minute")
    if done.returncode != 0:
        if b"password" in done.stderr.lower():
            raise Refused("it is protected by a password", "Save it without one.")
        raise Refused("pdftotext cannot read it", "Open it and print it to a new PDF.")
    # pdftotext writes signs that no XML may hold.
    text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", done.stdout.decode("utf-8", "replace"))
    text = re.sub(r"<!DOCTYPE[^>]*>", "", text, count=1)
    try:
        tree = etree.fromstring(text.encode(), etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, recover=True))
    except etree.XMLSyntaxError as error:
        raise Refused(f"its text cannot be read ({error})")
    answer = Answer()
    answer.lost("the whole file", "what a PDF does not say: what is a heading, a list or a table is guessed; pictures and links "
                "are not taken over")
    name = "{http://www.w3.org/1999/xhtml}"
    lines, pages = [], 0
    for number, page in enumerate(tree.iter(name + "page"), 1):
        pages = number
        tall = float(page.get("height") or 0)
        for block in page.iter(name + "block"):
            for line in block.iter(name + "line"):
                words = [word for word in line.iter(name + "word") if word.text]
                if not words:
                    continue
                heights = sorted(float(word.get("yMax")) - float(word.get("yMin")) for word in words)
                lines.append({"text": " ".join(word.text for word in words), "size": round(heights[len(heights) // 2], 1),
                              "page": number, "block": id(block), "top": float(line.get("yMin")),
                              "end": float(line.get("yMax")), "x": float(line.get("xMin")), "right": float(line.get("xMax")),
                              "wide": float(block.get("xMax")) - float(block.get("xMin")), "tall": tall})
    title = tree.find(".//" + name + "title")
    answer.title = title.text if title is not None else None
    if not any(re.search(r"\w", line["text"]) for line in lines):
        raise Refused("it holds no text: it is a scan, or made of pictures",
                      "Have it read by a program for text recognition, or ask for the document that it was made of.")
    repeated(lines, pages, answer)
    paragraphs(lines, answer)
    return answer.json()


def repeated(lines, pages, answer):
    """Leaves out what stands at the same place of most pages, and numbers of pages."""
    def key(line):
        return re.sub(r"\d+", "#", line["text"]).lower(), round(line["top"] / 8)
    seen = {}
    for line in lines:
        seen.setdefault(key(line), set()).add(line["page"])
    gone = []
    for line in list(lines):
        edge = line["top"] < 0.09 * line["tall"] or line["end"] > 0.91 * line["tall"]
        is_number = edge and re.fullmatch(r"(page\s*)?\d{1,3}(\s*(of|/)\s*\d+)?", line["text"].strip(), re.I)
        if is_number or (edge and pages >= 3 and len(seen[key(line)]) >= max(3, pages * 0.6)):
            lines.remove(line)
            if not is_number and line["text"] not in gone:
                gone.append(line["text"])
    for text in gone:
        answer.leave_out("every page", "the head or foot of pages", text)


BULLET = re.compile(r"^\s*(?:[•●▪■◦‣⁃·➢✓►\uf0b7\uf0a7o–—*-])\s+(?=\S)")
NUMBER = re.compile(r"^\s*(\d{1,2})[.)]\s+(?=\S)")


def paragraphs(lines, answer):
    weights = {}
    for line in lines:
        weights[line["size"]] = weights.get(line["size"], 0) + len(line["text"])
    body = max(weights, key=weights.get)
    sizes = sorted({line["size"] for line in lines if line["size"] >= body * 1.15}, reverse=True)
    # Sizes that hardly differ are one.
    steps = []
    for size in sizes:
        if not steps or size < steps[-1] * 0.93:
            steps.append(size)
    def level(line):
        if line["size"] < body * 1.15 or len(line["text"]) > 150:
            return None
        return min(1 + next((index for index, step in enumerate(steps) if line["size"] >= step * 0.93), 0), 6)
    current = None
    # Where the signs of the lists stand that the last item is in.
    edges = []
    def deep(line):
        x = line["x"]
        if not answer.blocks or answer.blocks[-1]["k"] != "li" or (edges and not -90 < x - edges[-1] < 90):
            edges.clear()
        while edges and edges[-1] > x + 4:
            edges.pop()
        if not edges or x > edges[-1] + 4:
            edges.append(x)
        return min(len(edges) - 1, 5)
    def end():
        nonlocal current
        if current:
            current.pop("last")
            current["t"] = [{"s": " ".join(current["t"].split())}]
            if current["t"][0]["s"]:
                answer.blocks.append(current)
        current = None
    for line in lines:
        found, place, text = level(line), f"page {line['page']}", line["text"]
        last = current and current["last"]
        near = bool(last) and last["page"] == line["page"] and line["top"] - last["end"] < 0.75 * line["size"]
        if found:
            if current and current["k"] == "h" and current["level"] == found and near:
                current["t"] += " " + text
            else:
                end()
                current = {"k": "h", "level": found, "title": False, "t": text, "p": place}
            current["last"] = line
            continue
        bullet, number = BULLET.match(text), NUMBER.match(text)
        if bullet or number:
            end()
            current = {"k": "li", "level": deep(line), "ordered": bool(number), "start": int(number[1]) if number else 1,
                       "t": text[(bullet or number).end():], "p": place}
        elif current and current["k"] != "h" and (
                (line["block"] == last["block"] and near and not short_end(last, line))
                or goes_on(current["t"], last, line)):
            joined = current["t"]
            if re.search(r"[a-z]-$", joined) and re.match(r"[a-z]", text):
                current["t"] = joined[:-1] + text if not re.search(r"(^|\s)(self|non|co|ex|re|pre|step|follow|well|part|full|drop)-$", joined) else joined + text
            else:
                current["t"] = joined + " " + text
        else:
            end()
            current = {"k": "p", "t": text, "p": place}
        current["last"] = line
    end()


def short_end(last, line):
    """Whether the line before ended a paragraph: far from the right edge, with a sign of an end."""
    return last["right"] - last["x"] < 0.7 * last["wide"] and last["text"].rstrip().endswith((".", ":", "?", "!")) \
        and line["text"][:1].isupper()


def goes_on(text, last, line):
    """Whether a sentence goes on in the next column or on the next page."""
    return not text.rstrip().endswith((".", ":", "?", "!", ";")) and line["text"][:1].islower() and len(text) > 40
