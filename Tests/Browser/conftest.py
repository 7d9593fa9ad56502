"""One Chromium and one server for all tests; every page that a test opens is watched."""

import contextlib
import datetime
import os
import pathlib

import axe_playwright_python
import pytest
from serving import served

from .pages import OPTIONAL, BuiltSite, path

# Where the button "Leave this site" leads in the example. No test goes there: it is answered here.
NEUTRAL = "https://www.bbc.co.uk/weather"
WIDE = {"width": 1280, "height": 800}
NARROW = {"width": 320, "height": 640}
# What Playwright calls each colour mode. "contrast" is the site's own switch; the others are the device's settings.
MODES = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "contrast": {},
    "forced-colours": {"forced_colors": "active"},
    "prefers-contrast": {"contrast": "more"},
}
DEVICE = {"color_scheme": "light", "forced_colors": "none", "contrast": "no-preference", "reduced_motion": "reduce"}


def click_display(page, control):
    """Clicks a switch of the colours or of the text size, which stand behind "Display"."""
    if not page.locator(".display > div").is_visible():
        page.locator(".display summary").click()
    page.locator(f"label:has({control})").click()
    page.locator(".display summary").click()


def use_mode(page, mode):
    """Shows an open page in a colour mode, by the means people have: the device's settings or the switch."""
    page.emulate_media(**{**DEVICE, **MODES[mode]})
    if mode != "forced-colours":
        wanted = mode in ("contrast", "prefers-contrast")
        if page.locator("#_contrast").is_checked() != wanted:
            click_display(page, "#_contrast")


def expect_none(problems, most=40):
    """Fails with the problems as lines that can be read, each once."""
    problems = list(dict.fromkeys(map(str, problems)))
    if problems:
        pytest.fail("\n".join([f"{len(problems)} problems:", *problems[:most]]), pytrace=False)


@pytest.fixture(scope="session")
def built(example):
    return BuiltSite(example)


@pytest.fixture(scope="session")
def server(example):
    """The address of a server of the example portal."""
    with served(example) as address:
        yield address


class Tabs:
    """Opens pages, and remembers all that a page must not do."""

    def __init__(self, chromium, address, folder):
        self.chromium, self.address, self.folder = chromium, address, folder
        self.contexts, self.problems, self.exits = [], [], []

    def context(self, **options):
        options = {"viewport": WIDE, "locale": "en-GB", **DEVICE, **options}
        context = self.chromium.new_context(**options)
        context.set_default_timeout(10_000)
        context.on("console", lambda message: self.problems.append(f"console on {message.page.url}: {message.text}"))
        context.on("weberror", lambda error: self.problems.append(f"error on {error.page.url}: {error.error}"))
        context.on("request", self.watch)
        # No test leaves this machine.
        context.route(lambda url: not url.startswith((self.address, "file:")), self.answer)
        self.contexts.append(context)
        return context

    def watch(self, request):
        if not request.url.startswith((self.address, "file:", "data:", "blob:")):
            if request.is_navigation_request() and request.url == NEUTRAL:
                self.exits.append(request)
            else:
                self.problems.append(f"request of {request.frame.url}: {request.url}")

    def answer(self, route):
        if route.request.url == NEUTRAL:
            route.fulfill(body="<!DOCTYPE html><title>Weather</title><p>Fine.", content_type="text/html")
        else:
            route.abort()

    def url(self, file):
        return self.address + file

    def open(self, file, page=None, **options):
        page = page or self.context(**options).new_page()
        page.goto(self.url(file), wait_until="load")
        return page

    def has(self, kind, language="en"):
        return kind not in OPTIONAL or (self.folder / path(kind, language)).exists()

    def open_kind(self, kind, language="en", page=None, **options):
        if not self.has(kind, language):
            pytest.skip(f"this build has no {kind}")
        return self.open(path(kind, language), page, **options)

    def close(self):
        for context in self.contexts:
            for cookie in context.cookies():
                self.problems.append(f"cookie: {cookie['name']}")
            context.close()
        self.contexts = []


@pytest.fixture
def tabs(chromium, server, example):
    """Pages in contexts of their own. Afterwards: no message, no cookie, no request to another origin."""
    tabs = Tabs(chromium, server, example)
    yield tabs
    tabs.close()
    expect_none(tabs.problems)


def tab_to(page, locator, most=250):
    """Presses the tabulator until an element has the focus."""
    wanted = locator.element_handle()
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("element => document.activeElement === element", wanted):
            return
    pytest.fail("the keyboard does not reach it")


def read_axe():
    return (pathlib.Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()


@pytest.fixture(scope="session")
def axe_source():
    return read_axe()


def pytest_sessionfinish(session, exitstatus):
    """Writes what the statements say of this suite, if asked to and if all of it has passed."""
    if exitstatus != 0 or not os.environ.get("SIGNPOST_TEST_RECORD"):
        return
    here = pathlib.Path(__file__).parent
    files = {item.path for item in session.items if item.path.parent == here}
    if files == {*here.glob("test_*.py"), *here.glob("*_test.py")} and not session.config.option.keyword:
        from .statement import write_facts
        from .test_statement import done
        write_facts({**done(read_axe()), "tests-date": datetime.date.today().isoformat()})


@contextlib.contextmanager
def style(page, css):
    """Lays a style sheet over the page as a reader's own tool would, untouched by the content security policy."""
    page.evaluate("""css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css);
        document.adoptedStyleSheets = [sheet] }""", css)
    yield
    page.evaluate("document.adoptedStyleSheets = []")


TWO_COUNCILS = """name: Guidance
base-url: https://guidance.example.org
languages: [en, {language}]
translations: {{publish-drafts: yes, threshold: 1}}
contacts:
  line:
    name: The family line
    purpose: Questions
    phone: 01632 960 100
{line}"""
COUNCIL_OF_TWO = """name: {name}
nation: {nation}
languages: [en, {language}]
facts:
  arrive-early: {{value: 20 minutes, source: The leaflet, checked: 2026-01-02}}
"""


@pytest.fixture
def two_councils(site, request):
    """Two councils, one of which has words of its own, and a second language: before a preview of them starts.

    The test's module says the rest: GUIDANCE by file, the second LANGUAGE with its CATALOGUE, the NATION, and what else
    is known of the contact (LINE).
    """
    module = request.module
    site.write("portal.yml", TWO_COUNCILS.format(language=module.LANGUAGE, line=module.LINE))
    for path, text in module.GUIDANCE.items():
        site.write(path, text)
    (site.content / "councils/a/council.yml").unlink()
    for name in ["ash", "birch"]:
        site.write(f"councils/{name}/council.yml", COUNCIL_OF_TWO.format(
            name=name.title(), nation=module.NATION, language=module.LANGUAGE))
    site.write("councils/birch/rights.md", "## You can complain {#complain}\n\nWrite to us.\n")
    site.write(f"translations/{module.LANGUAGE}.po", module.CATALOGUE)
    return site
