"""Which pages the tests look at, and a page of the built site as a tree of elements."""

import dataclasses
import functools
import html.parser
import pathlib
import posixpath

# One page of every kind, and every state a council can be in. `{}` is where the language stands in the address, `{pair}`
# where it stands with the one beside it.
KINDS = {
    "home": ("oxfordshire/{}", "en ar zh-Hans"),
    "page": ("oxfordshire/{}plan/", "en ar zh-Hans"),
    "rights": ("oxfordshire/{}rights/", "en ar zh-Hans"),
    "agenda": ("oxfordshire/{}on-the-day/", "en ar zh-Hans"),
    "complaints": ("oxfordshire/{}complaints/", "en ar zh-Hans"),
    "contacts": ("oxfordshire/{}contacts/", "en ar zh-Hans"),
    "glossary": ("oxfordshire/{}glossary/", "en ar zh-Hans"),
    "faq": ("oxfordshire/{}faq/", "en ar zh-Hans"),
    "topic": ("oxfordshire/{}faq/the-meeting/", "en ar zh-Hans"),
    "a-to-z": ("oxfordshire/{}faq/a-to-z/", "en ar zh-Hans"),
    "prepare": ("oxfordshire/{}prepare/", "en ar zh-Hans"),
    "accessibility": ("oxfordshire/{}accessibility/", "en ar zh-Hans"),
    "accessibility-without-contact": ("southwark/{}accessibility/", "en"),
    "path": ("oxfordshire/{}next/letter/", "en ar zh-Hans"),
    "dates": ("oxfordshire/{}key-dates/", "en ar zh-Hans"),
    "form": ("oxfordshire/{}have-your-say/", "en ar zh-Hans"),
    "cards": ("oxfordshire/{}cards/", "en ar zh-Hans"),
    "easy": ("oxfordshire/{}easy/", "en ar zh-Hans"),
    "young-people": ("oxfordshire/{}young-people/older/", "en ar zh-Hans"),
    "young-people-form": ("oxfordshire/{}young-people/my-say/", "en ar"),
    "privacy": ("oxfordshire/{}privacy/", "en ar zh-Hans"),
    "staying-safe": ("oxfordshire/{}staying-safe/", "en ar zh-Hans"),
    "leaflets": ("oxfordshire/{}leaflets/", "en ar zh-Hans"),
    "print-desk": ("oxfordshire/{}leaflets/print-desk/", "en"),
    "old-information": ("southwark/{}rights/", "en ar zh-Hans"),
    "old-information-home": ("southwark/{}", "en ar zh-Hans"),
    "ended-council": ("cumbria/{}", "en"),
    "ended-council-complaints": ("cumbria/{}complaints/", "en"),
    "professionals": ("oxfordshire-board/{}conferences/", "en"),
    "professionals-home": ("oxfordshire-board/{}", "en"),
    "side-by-side": ("oxfordshire/{pair}rights/", "ar zh-Hans"),
    "side-by-side-home": ("oxfordshire/{pair}", "ar"),
    "side-by-side-agenda": ("oxfordshire/{pair}on-the-day/", "ar zh-Hans"),
    "side-by-side-topic": ("oxfordshire/{pair}faq/the-meeting/", "ar"),
    "side-by-side-contacts": ("oxfordshire/{pair}contacts/", "ar"),
    "side-by-side-glossary": ("oxfordshire/{pair}glossary/", "ar"),
    "side-by-side-form": ("oxfordshire/{pair}have-your-say/", "ar"),
    "side-by-side-easy": ("oxfordshire/{pair}easy/", "ar"),
    "side-by-side-young-people": ("oxfordshire/{pair}young-people/older/", "zh-Hans"),
    "chooser": ("{}", "en"),
    "not-found": ("404.html", "en"),
}
# Kinds that a build without them leaves out.
OPTIONAL = {"leaflets", "print-desk"}
LANGUAGES = ["en", "pl", "ar", "ur", "bn", "zh-Hans"]
RIGHT_TO_LEFT = {"ar", "ur"}


def path(kind, language="en"):
    """The file of a page of the sample, from the top of the site."""
    address = KINDS[kind][0].format("" if language == "en" else language + "/", pair=f"{language}-and-en/")
    return address if address.endswith(".html") else address + "index.html"


def sample():
    """Every pair of a kind and a language in which the tests look at it."""
    return [(kind, language) for kind, (_, languages) in KINDS.items() for language in languages.split()]


def is_first(kind, language):
    """Whether the kind is looked at in this language before any other."""
    return KINDS[kind][1].split()[0] == language


def pair(file):
    """The two languages of a page side by side, and the file of its own page; nothing for any other page."""
    for folder in file.split("/"):
        first, _, second = folder.partition("-and-")
        if first in LANGUAGES and second in LANGUAGES:
            return first, second, file.replace(folder + "/", "" if first == "en" else first + "/", 1)
    return None


VOID = set("area base br col embed hr img input link meta source track wbr".split())


@dataclasses.dataclass(eq=False)
class Element:
    tag: str
    attributes: dict
    parent: "Element | None" = None
    children: list = dataclasses.field(default_factory=list)
    line: int = 0

    def get(self, name, default=None):
        return self.attributes.get(name, default)

    def descendants(self):
        """Every element below this one, in the order of the document."""
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child.descendants()

    def all(self, *tags):
        return [e for e in self.descendants() if e.tag in tags]

    def ancestors(self):
        node = self
        while node:
            yield node
            node = node.parent

    def inherited(self, name):
        """The value of an attribute here or on the nearest element around."""
        return next((e.attributes[name] for e in self.ancestors() if name in e.attributes), None)

    @property
    def text(self):
        return "".join(c if isinstance(c, str) else c.text for c in self.children)


class TreeBuilder(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.root = self.node = Element("#document", {})

    def handle_starttag(self, tag, attributes):
        element = Element(tag, dict(attributes), self.node, line=self.getpos()[0])
        self.node.children.append(element)
        if tag not in VOID:
            self.node = element

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        # The Nu HTML Checker finds tags that do not match; here the nearest open one is closed.
        for element in self.node.ancestors():
            if element.tag == tag:
                self.node = element.parent
                return

    def handle_data(self, data):
        self.node.children.append(data)


class Page:
    """A page of the built site."""

    def __init__(self, root, file):
        self.path = str(file.relative_to(root))
        self.source = file.read_bytes()
        builder = TreeBuilder()
        builder.feed(self.source.decode())
        self.document = builder.root

    @functools.cached_property
    def elements(self):
        return list(self.document.descendants())

    @functools.cached_property
    def html(self):
        return next(e for e in self.elements if e.tag == "html")

    @functools.cached_property
    def body(self):
        return next((e for e in self.elements if e.tag == "body"), None)

    @property
    def kind(self):
        return self.body and self.body.get("data-kind")

    @property
    def language(self):
        return self.html.get("lang")

    @property
    def address(self):
        """Its address from the top of the site, as people share it."""
        return self.path.removesuffix("index.html") if self.path.endswith("index.html") else self.path

    @functools.cached_property
    def ids(self):
        return {e.attributes["id"] for e in self.elements if "id" in e.attributes}

    def resolve(self, address):
        """The file that a relative address on this page means, and its fragment."""
        address, _, fragment = address.partition("#")
        if not address:
            return self.path, fragment
        if address.startswith("/"):
            file = address.lstrip("/")
        else:
            file = posixpath.normpath(posixpath.join(posixpath.dirname(self.path), address))
            if address.endswith("/"):
                file += "/"
        file = file.removeprefix("./")
        return (file + "index.html" if file.endswith("/") or file in ("", ".") else file), fragment


class BuiltSite:
    """The files that the program has written."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.pages = {p.path: p for p in (Page(self.folder, f) for f in sorted(self.folder.rglob("*.html")))}

    def has(self, file):
        return (self.folder / file).is_file()
