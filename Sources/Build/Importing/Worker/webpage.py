# Web pages

SKIPPED = {"script", "style", "template", "noscript", "head", "link", "meta", "base", "title"}
BLOCKS = {"p", "div", "section", "article", "main", "ul", "ol", "dl", "table", "blockquote", "pre", "h1", "h2", "h3", "h4",
          "h5", "h6", "hr", "figure", "details", "address", "fieldset", "form", "header", "footer", "aside", "nav", "li", "dt",
          "dd", "summary", "figcaption", "center"}
EMBEDDED = {"iframe": "an embedded page or video", "video": "a video", "audio": "a recording", "object": "an embedded object",
            "embed": "an embedded object", "canvas": "a drawing made by a script", "applet": "an embedded program",
            "svg": "a drawing (SVG), which could hold a script", "math": "a formula", "map": "a picture with places to press"}
FIELDS = {"input", "select", "textarea", "button", "datalist", "output", "meter", "progress"}
# What the frames of content management systems call themselves, in ids, classes and roles.
FRAME = [
    (r"cookie|(^|[\s_-])ccc-|consent-?(banner|bar|popup|manager|notice|dialog)", "the notice about cookies"), (r"breadcrumb", "the breadcrumbs"),
    (r"skip-?(link|to|nav)|skiplink", "the link to skip to the content"),
    (r"(^|[\s_-])(share|sharing)([\s_-]|$)|social-?(media|share|sharing|links|icons|buttons)|addtoany|addthis", "the buttons to share the page"),
    (r"was-?this-?useful|page-?feedback|feedback-(form|block|bar)|rate-?(this-?)?page|(page|this|is)-?helpful", "the question whether the page was useful"),
    (r"site-?search|search-?(form|block|box)", "the search"),
    (r"(^|[\s_-])(main-?menu|main-?nav|top-?nav|left-?nav|site-?nav|navbar|nav|navigation|menu|sub-?nav|side-?nav|in-this-section|pager|pagination|sibling|toc|on-this-page|table-of-contents|guide-nav|page-contents)([\s_-]|$)",
     "the navigation"),
    (r"(^|[\s_-])(site-?header|page-?header-?top|masthead|global-?header|(site|page|top|header|hero)-?banner)([\s_-]|$)|(^|\s)banner(\s|$)",
     "the header"),
    (r"(^|[\s_-])(site-?footer|global-?footer|footer)([\s_-]|$)", "the footer"),
    (r"related-?(links|content|pages|topics)|see-also-block", "the list of related pages"),
    (r"print-?(link|page|button)|back-?to-?top|listen-?(button|to)|readspeaker|browsealoud|recite|translate-?(widget|block)|google_translate|language-?switch",
     "a button of the old site"),
    (r"(^|[\s_-])(last-?updated|page-?meta|published-date|date-?modified)([\s_-]|$)", "the date of the last change"),
    (r"chat-?(bot|widget)|livechat", "a window of the old site"),
]
# What is a frame only around the content: within it, such boxes are a part of it.
ONLY_AROUND = {"the header", "what stood at the side"}
# Controls that open and close a panel of the page, and what their panels call themselves.
OPENERS = r"(^|[\s_-])(ui-)?(accordion|collaps(e|ible|ed)|expander|disclosure)[\w-]*?[_-]+(section-)?(header|heading|title|toggle|trigger|button|control|link)(?![\w-]*(wrap|group|list))"
PANELS = r"(^|[\s_-])(panel|collapse|collapsible|(accordion|section|collapse|collapsible|expander|disclosure|toggle|tab)[\w-]*?[_-](content|body|panel|pane|text|inner)|tab-?pane)([\s_-]|$)"
ROLES = {"navigation": "the navigation", "banner": "the header", "contentinfo": "the footer", "search": "the search",
         "complementary": "what stood at the side", "dialog": "a window of the old site", "alertdialog": "a window of the old site"}
CALLOUTS = [(r"warning|danger|alert--?(danger|warning)|important|emergency|urgent", "warning"),
            (r"callout|alert-?banner|site-?alert|inset-text|notice|info(rmation)?-?(box|panel)|highlight-?box|alert|message-?box|key-?point", "note")]


def decoded(data):
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(name, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    match = re.search(rb"charset\s*=\s*[\"']?([A-Za-z0-9_-]+)", data[:4096])
    name = match[1].decode() if match else "windows-1252"
    if name.lower() in ("utf-8", "iso-8859-1", "latin1", "us-ascii"):
        name = "windows-1252"
    try:
        return data.decode(name, "replace")
    except LookupError:
        return data.decode("windows-1252", "replace")


def _events(element):
    from lxml import etree
    return etree.iterwalk(element, events=("start", "end"))


class Page:
    def __init__(self, data):
        import lxml.html
        from lxml import etree
        text = decoded(data)
        if "\0" in text[:4096]:
            raise Refused("it is no web page")
        # lxml takes no text with a declaration of its encoding.
        text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text).replace("\0", "")
        self.answer = Answer()
        if not text.strip():
            return
        try:
            tree = lxml.html.document_fromstring(text, parser=lxml.html.HTMLParser(huge_tree=False, no_network=True))
        except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
            raise Refused(f"it is no web page that can be read ({error})")
        self.depth = 0
        self.list_depth = -1
        self.group = 0
        title = tree.find(".//title")
        self.answer.title = " ".join(title.text_content().split()) if title is not None else None
        self.answer.language = tree.get("lang")
        # Where the page was, so that its links can be made whole.
        for path, attribute in ((".//base", "href"), (".//link[@rel='canonical']", "href"), (".//meta[@property='og:url']", "content")):
            found = tree.find(path)
            if found is not None and re.match(r"https?://[^/]", found.get(attribute) or ""):
                self.answer.base = found.get(attribute)
                break
        scripts = list(tree.iter("script"))
        if scripts:
            self.answer.leave_out(self.place(scripts[0]), f"scripts ({len(scripts)})")
        for node in list(tree.iter(etree.Comment)) + list(tree.iter(etree.ProcessingInstruction)):
            parent = node.getparent()
            if parent is not None:
                # The words after a comment hang on it.
                node.drop_tree() if hasattr(node, "drop_tree") else parent.remove(node)
        body = tree.find("body")
        body = tree if body is None else body
        self.main = self.content(body)
        self.is_found = self.main is not body
        self.panels, self.controls, self.closed = {}, {}, None
        self.panel_level = self.closed_level = 0
        # From which level on headings are raised, and by how much.
        self.raised = (9, 0)
        self.find_panels()
        if self.main is not body:
            self.frame(body)
        self.line = Line()
        self.start = self.main
        self.blocks(self.main)
        self.finish(self.main)

    @staticmethod
    def place(element):
        return f"line {element.sourceline or 1}"

    @staticmethod
    def marks(element):
        return " ".join(filter(None, (element.get("id"), element.get("class")))).lower()

    def content(self, body):
        """The element that holds what the page is about."""
        for path in (".//main", ".//*[@role='main']"):
            found = [element for element in body.iterfind(path) if element.text_content().strip()]
            if len(found) == 1:
                return found[0]
        wanted = {"main-content", "maincontent", "main_content", "main", "content", "page-content", "pagecontent", "contentarea",
                  "content-area", "primary", "body-content", "article-body", "site-content", "contents"}
        for element in body.iter():
            if isinstance(element.tag, str) and element.get("id", "").lower() in wanted and element.text_content().strip():
                return element
        articles = [element for element in body.iter("article") if next(element.iterancestors("article"), None) is None]
        return articles[0] if len(articles) == 1 else body

    def what_frame(self, element):
        """What of the old site's frame an element is; nil for content."""
        what = self.framed(element)
        if what is None or what.startswith("the notice about cookies"):
            return what
        if what in ONLY_AROUND and element.get("role") != "banner" and self.is_content(element):
            # A list of links at the side is navigation; anything else at the side is text.
            links = sum(len(self.words(link)) for link in element.iter("a"))
            if what == "the header" or links * 10 < len(self.words(element)) * 7:
                return None
        # Whom to phone is never a frame of the content.
        return None if self.is_content(element) and REACHED.search(self.words(element)) else what

    def is_content(self, element):
        """Whether an element stands within what the page is about."""
        above = list(element.iterancestors())
        return any(outer.tag in ("article", "main") for outer in above) or self.is_found and self.main in above

    def framed(self, element):
        role = (element.get("role") or "").lower()
        if role in ROLES:
            return ROLES[role]
        if element.tag == "nav":
            return "the navigation"
        marks = self.marks(element)
        heading = element.find(".//h1")
        if element.tag == "header" and heading is None:
            return "the header"
        if element.tag == "footer":
            return "the footer"
        if element.tag == "aside" and not re.search("callout|inset|note|warning|content", marks):
            return "what stood at the side"
        if element.tag in ("body", "html", "main", "article") or heading is not None:
            return None
        for pattern, what in FRAME:
            if re.search(pattern, marks):
                return what
        return None

    def frame(self, body):
        """Says what of the page around the content was left out."""
        inside = set(self.main.iterancestors())
        for element in inside | {body}:
            for child in element:
                if not isinstance(child.tag, str) or child is self.main or child in inside or child.tag in SKIPPED:
                    continue
                self.outside(child)

    def outside(self, element, depth=0):
        what = self.what_frame(element)
        text = self.words(element)
        if what:
            self.answer.leave_out(self.place(element), what, text, self.parts(element))
            return
        # Headers and footers often stand some boxes deep.
        found = [child for child in element.iter() if isinstance(child.tag, str) and child is not element and self.what_frame(child)]
        if found and depth < 6:
            for child in element:
                if isinstance(child.tag, str):
                    self.outside(child, depth + 1)
            return
        if text and element.tag not in SKIPPED:
            self.answer.leave_out(self.place(element), "what stood around the content", text, self.parts(element))

    @staticmethod
    def words(element):
        pieces = []
        def walk(node):
            if not isinstance(node.tag, str) or node.tag in SKIPPED:
                return
            if node.text:
                pieces.append(node.text)
            for child in node:
                walk(child)
                if child.tail:
                    pieces.append(child.tail)
        if sum(1 for _ in zip(range(MOST_DEPTH * 50), element.iter())) < MOST_DEPTH * 50:
            try:
                walk(element)
            except RecursionError:
                return ""
        return " ".join(" ".join(pieces).split())

    @classmethod
    def parts(cls, element):
        """The words of an element, each line by itself."""
        parts = [""]
        for event, node in _events(element):
            if not isinstance(node.tag, str) or any(outer.tag in SKIPPED for outer in (node, *node.iterancestors())):
                if event == "end" and node is not element:
                    parts[-1] += node.tail or ""
                continue
            if node.tag in BLOCKS or node.tag in ("br", "tr", "td", "th"):
                parts.append("")
            if event == "start":
                parts[-1] += node.text or ""
            elif node is not element:
                parts[-1] += node.tail or ""
        return [part for part in (" ".join(part.split()) for part in parts) if part]

    @staticmethod
    def hidden(element):
        style = (element.get("style") or "").replace(" ", "").lower()
        # "Until found" is what a browser opens when somebody looks for its words.
        return element.get("hidden") not in (None, "until-found") or "display:none" in style or "visibility:hidden" in style

    def find_panels(self):
        """Finds what a button or heading opens: its words are the panel's heading, and the panel is text, hidden or not."""
        named = {element.get("id"): element for element in self.main.iter() if isinstance(element.tag, str) and element.get("id")}
        for control in list(self.main.iter()):
            if not isinstance(control.tag, str) or control is self.main or control.get("aria-haspopup") not in (None, "false"):
                continue
            if control.get("role") == "tablist" or control.tag in ("summary", "details") or any(
                    outer in self.controls for outer in control.iterancestors()):
                continue
            toggle = control.get("data-toggle") or control.get("data-bs-toggle") or ""
            is_opener = (control.get("aria-expanded") is not None or control.get("aria-controls") is not None
                         or toggle in ("collapse", "tab", "pill", "accordion") or control.get("role") == "tab"
                         or bool(re.search(OPENERS, self.marks(control))))
            is_button = control.tag == "button" or control.get("role") == "button"
            near = [control, *list(control.iterancestors())[:4]]
            heading = next((outer for outer in near if re.fullmatch("h[1-6]|dt", str(outer.tag))), None)
            if not is_opener and not (is_button and (heading is not None or any(
                    re.search("accordion|collaps|toggle|expand|faq|disclosure", self.marks(outer)) for outer in near))):
                continue
            words = self.words(control)
            if not 2 <= len(words) <= 200 or re.match(r"(show|open|expand|hide|close|collapse)\b.*\b(all|every)\b", words, re.I):
                continue
            panel = self.panel(control, named, is_opener)
            if panel is None or panel in self.panels or self.main not in panel.iterancestors() or self.framed(panel) \
                    or panel.get("role") in ("menu", "listbox", "tooltip", "dialog", "alertdialog") \
                    or panel in control.iterancestors() or control in panel.iterancestors():
                continue
            inner = next((child for child in control.iter() if re.fullmatch("h[1-6]", str(child.tag))), None)
            is_shown = heading is not None or inner is not None
            self.panels[panel] = None if is_shown else control
            self.controls[control] = is_shown

    def panel(self, control, named, is_opener):
        """The element that a control opens: the one it names, else the next one."""
        for name in ("aria-controls", "data-target", "data-bs-target", "href"):
            wanted = (control.get(name) or "").split()
            if wanted and (name != "href" or wanted[0].startswith("#")) and wanted[0].lstrip("#") in named:
                found = named[wanted[0].lstrip("#")]
                return found if self.words(found) else None
        node = control
        for _ in range(5):
            following = node.getnext()
            while following is not None and (not isinstance(following.tag, str) or not self.words(following)):
                following = following.getnext()
            if following is not None:
                if re.fullmatch("h[1-6]|button|a", following.tag):
                    return None
                if self.hidden(following) or re.search(PANELS, self.marks(following)) or following.get("hidden") is not None:
                    return following
                holds_heading = any(re.fullmatch("h[1-6]", str(child.tag)) for child in following.iter())
                return following if is_opener and not holds_heading and following.tag in ("div", "section", "ul", "ol", "dl", "p", "dd") else None
            node = node.getparent()
            if node is None or node is self.main or self.words(node) != self.words(control):
                return None
        return None

    def unseen(self, element):
        """Words for screen readers alone."""
        return bool(re.search(r"(^|\s)(visually-?hidden|sr-only|element-invisible|screen-?reader(-only|-text)?|govuk-visually-hidden|hidden-accessible|offscreen)(\s|$)",
                              self.marks(element)))

    # Blocks

    def finish(self, element, **block):
        """Ends the running text that was gathered, as a block."""
        line, self.line = self.line, Line()
        runs = line.collapsed()
        if not runs:
            return
        base = {"t": runs, "p": self.place(self.start)}
        base.update(block or self.plain())
        self.append(base)
        self.item = None if block.get("k") != "li" else self.item

    def append(self, block):
        # A heading ends where the next begins: what follows a panel would be read as a part of it.
        if block["k"] == "h":
            self.closed = None
        elif self.closed is not None and not self.panel_level:
            said = "".join(run.get("s", "") for run in block.get("t", []))
            self.answer.lost(block["p"], f"words after a part that opens and closes: they stand below its heading "
                             f"('{shortened(self.closed, 60)}') now, look whether they belong there", said)
            self.closed = None
        self.answer.blocks.append(block)

    item = None
    quoted = None

    def plain(self):
        if self.item is not None:
            item, self.item = self.item, None
            return item
        if self.quoted is not None:
            return dict(self.quoted)
        if self.list_depth >= 0:
            return {"k": "lc", "level": self.list_depth}
        return {"k": "p"}

    def blocks(self, parent):
        self.depth += 1
        if self.depth > MOST_DEPTH:
            self.answer.lost(self.place(parent), "what is nested deeper than any page", self.words(parent))
            self.depth -= 1
            return
        self.inline(parent, {}, None)
        self.depth -= 1

    def inline(self, parent, style, link):
        if parent.text:
            self.text(parent.text, style, link, parent)
        for child in parent:
            if isinstance(child.tag, str):
                self.element(child, style, link)
            if child.tail:
                self.text(child.tail, style, link, parent)

    def text(self, text, style, link, element):
        if self.line.blank:
            self.start = element
        self.line.text(text, style, link)

    def element(self, element, style, link):
        tag = element.tag.lower()
        if tag in SKIPPED:
            return
        if element in self.controls and not self.controls[element]:
            # Its words are the heading of its panel.
            return
        if element in self.panels:
            self.opened(element, self.panels[element])
            return
        if tag == "button" and (element in self.controls or next(element.iterancestors("h1", "h2", "h3", "h4", "h5", "h6", "dt"), None) is not None):
            self.inline(element, style, link)
            return
        if re.search(r"section-toggle|toggle-(text|icon)|accordion-icon", self.marks(element)):
            return
        if self.hidden(element) and tag not in FIELDS and not any(inner in self.panels for inner in element.iter()):
            text = self.words(element)
            if text:
                self.answer.lost(self.place(element), "what the page hides", text)
            return
        if self.unseen(element):
            text = self.words(element)
            if text:
                self.answer.leave_out(self.place(element), "words for screen readers alone", text)
            return
        frame = self.what_frame(element) if element is not self.main else None
        if frame and not (tag in ("ul", "ol", "p", "table") and element.find(".//nav") is None and frame == "the navigation"
                          and len(self.words(element)) > 400):
            text = self.words(element)
            if text:
                self.answer.leave_out(self.place(element), frame, text, self.parts(element))
            return
        if tag in EMBEDDED:
            source = element.get("src") or element.get("data") or next(
                (child.get("src") for child in element.iter("source") if child.get("src")), "") or ""
            self.answer.lost(self.place(element), EMBEDDED[tag], " ".join(filter(None, (
                element.get("title") or element.get("aria-label"), source[:200], self.words(element)))))
            return
        if tag in FIELDS:
            if element.get("type") in ("hidden",):
                return
            label = element.get("aria-label") or element.get("placeholder") or element.get("value") or element.get("name") or ""
            choices = ", ".join(self.words(option) for option in element.iter("option"))
            self.answer.lost(self.place(element), "a field of a form" if tag != "button" and element.get("type") != "submit"
                             else "a button", " ".join(filter(None, (label, choices or self.words(element)))))
            return
        if tag in ("label", "legend"):
            text = self.words(element)
            if text:
                self.answer.lost(self.place(element), "the label of a field of a form", text)
            return
        if tag == "br":
            self.line.add({"br": 1})
        elif tag == "img":
            self.image(element)
        elif tag == "a":
            self.inline(element, style, element.get("href") or link)
        elif tag in ("b", "strong"):
            self.inline(element, {**style, "b": 1}, link)
        elif tag in ("i", "em", "cite", "dfn"):
            self.inline(element, {**style, "i": 1}, link)
        elif tag in ("s", "strike", "del"):
            self.inline(element, {**style, "x": 1}, link)
        elif tag == "span" and re.search(r"font-weight:(bold|[6-9]00)", (element.get("style") or "").replace(" ", "").lower()):
            self.inline(element, {**style, "b": 1}, link)
        elif re.fullmatch("h[1-6]", tag):
            self.finish(element)
            list_depth, self.list_depth = self.list_depth, -1
            self.inline(element, {}, None)
            self.finish(element, k="h", level=self.level(int(tag[1])), title=False,
                        **({"again": True} if self.panel_level else {}))
            self.list_depth = list_depth
        elif tag in ("ul", "ol", "menu"):
            self.listing(element)
        elif tag == "dl":
            self.terms(element)
        elif tag == "table":
            self.table(element)
        elif tag == "pre":
            self.finish(element)
            self.append({"k": "code", "text": element.text_content().strip("\n"), "p": self.place(element)})
        elif tag == "details":
            summary = element.find("summary")
            if summary is not None:
                # The words after it are the panel's first.
                tail, summary.tail = summary.tail, None
                element.remove(summary)
                element.text = (element.text or "") + (tail or "")
            self.opened(element, summary)
        elif tag == "blockquote" or (tag in ("div", "section", "aside", "p") and self.callout(element)):
            self.finish(element)
            before = self.quoted
            self.group += 1
            kind = None if tag == "blockquote" and not self.callout(element) else self.callout(element)
            self.quoted = {"k": "callout", "kind": kind, "group": self.group} if kind else {"k": "quote", "group": self.group}
            self.blocks(element)
            self.finish(element)
            self.quoted = before
        elif tag == "hr":
            self.finish(element)
        elif tag in BLOCKS:
            self.finish(element)
            self.blocks(element)
            self.finish(element)
        else:
            self.depth += 1
            if self.depth > MOST_DEPTH:
                self.answer.lost(self.place(element), "what is nested deeper than any page", self.words(element))
            else:
                self.inline(element, style, link)
            self.depth -= 1

    def opened(self, panel, control):
        """A part of the page that opens and closes, as a heading with its text."""
        self.finish(panel)
        before = self.panel_level, self.list_depth, self.item, self.quoted
        self.list_depth, self.item, self.quoted = -1, None, None
        level = min((self.panel_level or self.last_level()) + 1, 6)
        if control is not None:
            heading = next((found for found in control.iter() if re.fullmatch("h[1-6]", str(found.tag))), None)
            if heading is not None:
                level = max(int(heading.tag[1]), self.panel_level + 1)
                self.blocks(control)
            else:
                self.inline(control, {}, None)
            self.start = control
            self.finish(control, k="h", level=level, title=False, again=True)
            words = self.words(control)
        else:
            last = next((block for block in reversed(self.answer.blocks) if block["k"] == "h"), None)
            level = last["level"] if last is not None else level
            if last is not None:
                last["again"] = True
            words = "".join(run.get("s", "") for run in last["t"]) if last is not None else ""
        self.panel_level = level
        self.blocks(panel)
        self.finish(panel)
        self.panel_level, self.list_depth, self.item, self.quoted = before
        self.closed, self.closed_level = words, level

    def level(self, written):
        """The level of a heading: within a panel below the panel's own, and after one not below it."""
        if self.panel_level:
            return min(max(written, self.panel_level + 1), 6)
        if written < self.raised[0]:
            self.raised = (9, 0)
        if self.closed is not None and written - self.raised[1] > self.closed_level:
            self.raised = (written, written - self.closed_level)
        return written - self.raised[1]

    def last_level(self):
        return next((block["level"] for block in reversed(self.answer.blocks) if block["k"] == "h" and not block.get("again")), 1)

    def callout(self, element):
        marks = self.marks(element)
        if element.get("role") == "alert" and self.words(element):
            return "warning"
        if not marks or len(self.words(element)) > 1500 or element.find(".//h1") is not None:
            return None
        for pattern, kind in CALLOUTS:
            if re.search(rf"(^|[\s_-])({pattern})", marks):
                return kind
        return None

    def listing(self, element):
        self.finish(element)
        if any(inner in self.panels for inner in element.iter()):
            # Parts that open and close, set as a list: each has a heading of its own.
            for child in element:
                if isinstance(child.tag, str):
                    self.element(child, {}, None) if child in self.panels else self.blocks(child)
                    self.finish(child)
            return
        self.list_depth += 1
        ordered = element.tag.lower() == "ol"
        start = element.get("start") or "1"
        count = int(start) if start.lstrip("-").isdigit() and 0 <= int(start) < 100_000 else 1
        quoted, self.quoted = self.quoted, None
        for child in element:
            if not isinstance(child.tag, str):
                continue
            if child.tag in ("ul", "ol"):
                self.listing(child)
                continue
            self.item = {"k": "li", "level": min(self.list_depth, 8), "ordered": ordered, "start": count}
            self.start = child
            self.blocks(child)
            self.finish(child)
            self.item = None
            count += 1
        self.quoted = quoted
        self.list_depth -= 1

    def terms(self, element):
        self.finish(element)
        pairs, term = [], None
        for child in element.iter("dt", "dd"):
            if child.tag == "dt":
                term = child
            elif term is not None:
                pairs.append((term, child))
                term = None
            else:
                pairs.append((None, child))
        short = all(len(self.words(meaning)) <= 80 for _, meaning in pairs)
        for term, meaning in pairs:
            if short:
                self.start = meaning
                if term is not None:
                    self.inline(term, {"b": 1}, None)
                    self.line.text(" " if self.line.plain.rstrip().endswith(":") else ": ", {})
                item = {"k": "li", "level": self.list_depth + 1, "ordered": False, "start": 1}
                self.inline(meaning, {}, None)
                self.finish(meaning, **item)
            else:
                if term is not None:
                    self.inline(term, {"b": 1}, None)
                    self.finish(term)
                self.blocks(meaning)
                self.finish(meaning)

    def image(self, element):
        source = (element.get("src") or element.get("data-src") or "").strip()
        if not source or element.get("width") in ("0", "1") or element.get("height") in ("0", "1"):
            return
        alternative = " ".join((element.get("alt") or "").split())
        if element.get("alt") == "" and element.get("role") in ("presentation", "none"):
            self.answer.leave_out(self.place(element), "a picture that is there as decoration", source[:100])
            return
        data = re.match(r"data:image/(png|jpe?g|gif|webp);base64,", source)
        if data:
            try:
                self.line.add({"img": self.answer.picture(
                    "picture." + data[1].replace("jpeg", "jpg"), data=base64.b64decode(source[data.end():])), "alt": alternative})
            except ValueError:
                self.answer.lost(self.place(element), "a picture that is damaged", alternative)
        elif source.startswith("data:"):
            self.answer.lost(self.place(element), "a picture in a format that is not taken over", alternative or source[:40])
        elif re.match(r"(?:[a-z][a-z0-9+.-]*:|//)", source, re.I) and not re.match(r"[a-z]:\\", source, re.I):
            self.answer.lost(self.place(element), "a picture of another site: fetch it and put it in by hand",
                             " ".join(filter(None, (alternative, source[:200]))))
        else:
            if self.line.blank:
                self.start = element
            self.line.add({"img": self.answer.picture(posixpath.basename(source.split("?")[0]), source=source), "alt": alternative})

    def table(self, element):
        self.finish(element)
        place = self.place(element)
        rows, taken, merged, head, lists, nested, cells = [], {}, False, False, False, False, 0
        own = [row for row in element.iter("tr") if next(row.iterancestors("table")) is element]
        found = [cell for row in own for cell in row if isinstance(cell.tag, str) and cell.tag in ("td", "th")]
        if element.get("role") == "presentation" or all(
                sum(1 for cell in row if isinstance(cell.tag, str) and cell.tag in ("td", "th")) <= 1 for row in own):
            for cell in found:
                self.blocks(cell)
                self.finish(cell)
            return
        caption = element.find("caption")
        if caption is not None:
            self.inline(caption, {"b": 1}, None)
            self.finish(caption, k="p")
        for index, row in enumerate(own[:2000]):
            line, column = [], 0
            for cell in row:
                if not isinstance(cell.tag, str) or cell.tag not in ("td", "th"):
                    continue
                while taken.get((index, column)):
                    line.append([])
                    column += 1
                across = cell.get("colspan") or "1"
                down = cell.get("rowspan") or "1"
                across = min(max(1, int(across)), 60) if across.isdigit() else 1
                down = min(max(1, int(down)), 200) if down.isdigit() else 1
                merged = merged or across > 1 or down > 1
                for below in range(1, down):
                    for beside in range(across):
                        taken[(index + below, column + beside)] = True
                runs, has_list, has_table = self.cell(cell)
                lists, nested = lists or has_list, nested or has_table
                line += [runs] + [[] for _ in range(across - 1)]
                column += across
            if index == 0:
                head = bool(row.findall("th")) and not row.findall("td") or row.getparent().tag == "thead"
            rows.append(line)
        rows = [row for row in rows if any(row)]
        if not rows:
            return
        words = " | ".join("".join(run.get("s", "") for run in cell) for cell in rows[0])
        if merged:
            self.answer.lost(place, "cells of a table that are merged: the words stand in the first of them", words)
        if nested:
            self.answer.lost(place, "a table within a table: its words stand in one cell now", words)
        if lists:
            self.answer.lost(place, "a list or several paragraphs in a table cell: they run on in one line now", words)
        self.append({"k": "table", "rows": rows, "head": head, "p": place})

    def cell(self, cell):
        outer, self.answer.blocks = self.answer.blocks, []
        state = self.list_depth, self.item, self.quoted
        self.list_depth, self.item, self.quoted = -1, None, None
        self.blocks(cell)
        self.finish(cell)
        inner, self.answer.blocks = self.answer.blocks, outer
        self.list_depth, self.item, self.quoted = state
        runs, nested = [], False
        for block in inner:
            if block["k"] == "table":
                nested = True
                parts = [found for row in block["rows"] for found in row if found]
            elif block["k"] == "code":
                parts = [[{"s": block["text"]}]]
            else:
                parts = [block["t"]]
            for part in parts:
                if runs:
                    runs.append({"br": 1})
                runs += part
        return runs, len(inner) > 1 or any(block["k"] == "li" for block in inner), nested
