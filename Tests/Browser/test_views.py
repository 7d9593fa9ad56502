"""Looking at a page of `signpost serve` as others see it: on a phone, in other colours, without scripts, on paper."""

import json
import urllib.parse
import urllib.request

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import wait_for

RIGHTS = """# Rights

You have rights.

## You can bring someone {#supporter}

You can bring a friend. Come {{arrive-early}} before the start.

#### Who can come {#who}

Anybody you trust.

## You can complain {#complain}

Phone {{contact line}}.
"""
YOUNG = "---\naudience: young-people\n---\n# For you\n\nYou have rights.\n"
GUIDANCE = {"guidance/rights.md": RIGHTS, "guidance/for-you.md": YOUNG}
NATION, LANGUAGE, LINE = "wales", "cy", ""
CATALOGUE = r'''msgid ""
msgstr ""
"Language: cy\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=6; plural=(n==0) ? 0 : (n==1) ? 1 : (n==2) ? 2 : (n==3) ? 3 : (n==6) ? 4 : 5;\n"

msgid "Rights"
msgstr "Hawliau"
'''


@pytest.fixture
def shown(two_councils, served):
    return served


@pytest.fixture
def page(chromium, shown):
    """A page of the preview; nothing may be said in its console, and nothing stored."""
    messages = []
    page = chromium.new_page(viewport={"width": 1280, "height": 800}, color_scheme="light")
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.goto(shown[1] + "ash/rights/")
    yield page
    assert page.evaluate("localStorage.length") == 0 and not page.context.cookies()
    page.close()
    # Chromium says of each script that it does not run; and the panel asks for findings that some pages do not have.
    assert not [message for message in messages if not message.startswith("Blocked script execution") and "404" not in message]


def view(tab, address, page="/ash/rights/", **wanted):
    tab.goto(f"{address}.preview/view.html?{urllib.parse.urlencode({'page': page, **wanted})}")
    return framed(tab)


def framed(page):
    """The page in the frame, as soon as it is as the view wants it."""
    page.locator("iframe:not(.coming)").wait_for(timeout=60_000)
    return wait_for(lambda: page.locator("iframe").element_handle().content_frame())


def scheme(frame):
    return frame.evaluate("(style => [style.colorScheme, style.backgroundColor])(getComputedStyle(document.documentElement))")


def test_from_the_panel_by_keyboard(page, shown):
    page.get_by_role("button", name="Findings").focus()
    page.keyboard.press("Enter")
    panel = page.get_by_role("complementary", name="Findings of this page")
    panel.get_by_role("heading", name="Look at this page as").wait_for(timeout=60_000)
    group = panel.locator("details").filter(has=page.get_by_role("heading", name="Look at this page as")).first
    group.locator("summary").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/view.html?*")
    frame = framed(page)
    assert page.get_by_role("heading", level=1).inner_text() == "320 px"
    assert frame.evaluate("innerWidth") == 320 and frame.evaluate("document.documentElement.clientWidth") == 320
    assert frame.evaluate("matchMedia('(max-width: 30em)').matches")
    # Nothing of the preview stands in it, and its own scripts run.
    assert frame.locator("signpost-findings, signpost-preview, signpost-edit-passage").count() == 0
    assert frame.evaluate("document.documentElement.dataset.js") == ""
    # The views together, by keyboard, and the address says which they are.
    page.get_by_text("Change the view").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Colours").focus()
    page.keyboard.press("d")
    wait_for(lambda: page.get_by_role("heading", level=1).inner_text() == "320 px · dark")
    page.get_by_label("Without scripts").focus()
    page.keyboard.press("Space")
    wait_for(lambda: page.get_by_role("heading", level=1).inner_text() == "320 px · dark · without scripts")
    page.reload()
    frame = framed(page)
    assert page.get_by_role("heading", level=1).inner_text() == "320 px · dark · without scripts"
    assert frame.evaluate("innerWidth") == 320 and scheme(frame)[0] == "dark"
    # Tab leads into the page, and a link there to another page is followed in the same view.
    page.get_by_text("Change the view").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.localName") == "iframe"
    frame.locator("a.brand").focus()
    page.keyboard.press("Enter")
    wait_for(lambda: framed(page).url.endswith("/ash/index.html"))
    wait_for(lambda: page.get_by_role("link", name="Back to the page").get_attribute("href") == "/ash/index.html")
    assert scheme(framed(page))[0] == "dark"
    page.get_by_role("link", name="Back to the page").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/ash/index.html")


def test_panel_and_view_are_accessible(chromium, shown):
    # Without a look at the console: the checker itself writes styles that the policy refuses.
    page = chromium.new_page(viewport={"width": 320, "height": 640})
    page.goto(shown[1] + "ash/rights/")
    page.get_by_role("button", name="Findings").click()
    for group in ["Look at this page as", "The outline a screen reader meets"]:
        page.get_by_text(group).click(timeout=60_000)
    violations = Axe().run(page).response["violations"]
    assert not [found for found in violations if any("signpost-" in str(node) for node in found["nodes"])]
    for wanted in [{"print": "on"}, {"width": "320", "colours": "contrast", "scripts": "off"}]:
        view(page, shown[1], **wanted)
        page.get_by_text("Change the view").click()
        assert not Axe().run(page, options={"iframes": False}).response["violations"]
        assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.close()


@pytest.mark.parametrize("device", ["light", "dark"])
def test_colours(page, shown, device):
    address = shown[1]
    page.emulate_media(color_scheme=device)
    seen = {colours: scheme(view(page, address, colours=colours)) for colours in ["light", "dark", "contrast"]}
    assert [seen[colours][0] for colours in seen] == ["light", "dark", "dark"]
    assert len({ground for _, ground in seen.values()}) == 3
    assert framed(page).locator("#_contrast").is_checked()
    # As the device and a choice of the reader's own have it: what they stored is left, and does not count elsewhere.
    page.evaluate("localStorage.mode = 'contrast'")
    assert scheme(view(page, address)) == seen["contrast"]
    assert scheme(view(page, address, colours="light")) == seen["light"]
    assert scheme(view(page, address, colours="dark", scripts="off")) == seen["dark"]
    assert scheme(view(page, address, colours="contrast", scripts="off")) == seen["contrast"]
    assert page.evaluate("localStorage.mode") == "contrast"
    page.evaluate("localStorage.clear()")


def test_without_scripts(page, shown):
    frame = view(page, shown[1], scripts="off")
    assert page.get_by_role("heading", level=1).inner_text() == "Without scripts"
    # The first script of every page marks that it ran.
    assert frame.evaluate("!('js' in document.documentElement.dataset)")
    assert frame.evaluate("matchMedia('(scripting: none)').matches")
    assert frame.get_by_text("You can bring a friend.").is_visible()


def test_as_printed(page, shown):
    frame = view(page, shown[1], print="on")
    # What is left of A4 between the margins of the theme: conditions on the width are about that.
    width = frame.evaluate("innerWidth")
    assert abs(width - (210 - 18 - 18) / 25.4 * 96) < 1
    printed = frame.evaluate("document.body.innerText")
    assert page.get_by_label("Colours").is_disabled() and page.get_by_label("Width").is_disabled()
    assert "Ctrl+P" in page.get_by_role("status").first.inner_text()
    # The same words as the browser puts on paper, and not those on the screen.
    page.goto(shown[1] + "ash/rights/")
    page.set_viewport_size({"width": width, "height": 800})
    on_screen = page.evaluate("document.body.innerText")
    page.emulate_media(media="print")
    assert page.evaluate("document.body.innerText").split() == printed.split() != on_screen.split()
    page.emulate_media(media="screen")


def test_every_media_query_is_answered_for_paper(page, shown):
    """Whatever a theme writes: `not`, `only`, lists, conditions within, and types together with features."""
    cases = {"print": True, "screen": False, "not print": False, "not screen": True, "only screen and (min-width: 1px)": False,
             "screen, print": True, "print and (min-width: 1px)": True, "print and (max-width: 1px)": False,
             "not print and (max-width: 1px)": True, "(min-width: 1px)": True, "all": True,
             "not screen and (min-width: 1px)": True, "print and (prefers-color-scheme: dark)": False}
    css = "".join(f"@media {query} {{ :root {{ --case-{index}: yes; }} }}" for index, query in enumerate(cases))
    page.emulate_media(color_scheme="dark")
    page.route("**/*.css", lambda route: route.fulfill(body=css, content_type="text/css"))
    frame = view(page, shown[1], print="on")
    met = [frame.evaluate(f"getComputedStyle(document.documentElement).getPropertyValue('--case-{index}')") == "yes"
           for index in range(len(cases))]
    assert dict(zip(cases, met, strict=True)) == cases


def test_it_follows_what_is_written(page, shown):
    site, address, _ = shown
    long = RIGHTS + "".join(f"\n## Part {number} {{#part-{number}}}\n\nMore words.\n" for number in range(40))
    site.write("guidance/rights.md", long)
    page.get_by_text("Part 39").first.wait_for(timeout=60_000, state="attached")
    frame = view(page, address, width="320", scripts="off")
    frame.evaluate("scrollTo(0, 1500)")
    page.evaluate("mark = 1")
    site.write("guidance/rights.md", long.replace("a friend", "two friends"))
    page.frame_locator("iframe").get_by_text("two friends").wait_for(timeout=60_000)
    assert framed(page).evaluate("scrollY") == 1500
    assert page.evaluate("mark") == 1
    # An error lies over the view as over the page, and goes.
    site.write("portal.yml", "name: [\n")
    page.get_by_role("heading", name="Not built").wait_for(timeout=60_000)


def test_only_pages_of_the_site_are_framed(page, shown):
    address = shown[1]
    for bad in ["https://example.org/", "//example.org/", "/\\example.org/", "javascript:alert(1)", "/.preview/view.html",
                "blob:" + address, "data:text/html,x"]:
        view(page, address, page=bad)
        assert page.locator("iframe").get_attribute("src") == "/", bad
    with urllib.request.urlopen(address + ".preview/view.html", timeout=60) as answer:
        policy = answer.headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in policy and "frame-src 'self'" in policy and "unsafe" not in policy
    with urllib.request.urlopen(address + "ash/rights/", timeout=60) as answer:
        assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    # What is published has nothing of it.
    site = shown[0]
    wait_for(lambda: (site.folder / "site/ash/rights/index.html").exists())
    assert all(".preview" not in file.read_text() for file in (site.folder / "site").rglob("*.html"))


def test_another_site_is_not_let_into_the_frame(chromium, shown):
    page = chromium.new_page()
    asked = []
    page.route("https://example.org/**", lambda route: (asked.append(route.request.url), route.abort()))
    for scripts in ["on", "off"]:
        frame = view(page, shown[1], scripts=scripts)
        frame.evaluate("location.href = 'https://example.org/'")
        page.get_by_text("The link leads to another site").wait_for(timeout=60_000)
        page.get_by_role("link", name="Back to the page").click()
        page.wait_for_url("**/ash/rights/")
    assert not asked
    page.close()


def others(address, page):
    with urllib.request.urlopen(f"{address}.preview/findings?page={urllib.parse.quote(page)}", timeout=60) as answer:
        return json.load(answer)["others"]


def test_other_councils_languages_and_readers(page, shown):
    address = shown[1]
    assert others(address, "/ash/rights/") == {
        "audience": "families", "councils": [{"name": "Birch", "address": "/birch/rights/"}],
        "languages": [{"name": "Welsh", "address": "/ash/cy/rights/"}],
        "audiences": [{"name": "For you", "address": "/ash/for-you/", "audience": "young-people"}]}
    welsh = others(address, "/birch/cy/rights/")
    assert welsh["councils"] == [{"name": "Ash", "address": "/ash/cy/rights/"}]
    assert welsh["languages"] == [{"name": "English", "address": "/birch/rights/"}]
    assert others(address, "/ash/for-you/")["audiences"][0]["audience"] == "families"
    for links in ("councils", "languages", "audiences"):
        for link in welsh[links]:
            assert urllib.request.urlopen(address.rstrip("/") + link["address"], timeout=60).status == 200
    page.get_by_role("button", name="Findings").click()
    page.get_by_text("Look at this page as").click(timeout=60_000)
    page.get_by_role("link", name="For young people: For you").click()
    page.wait_for_url("**/ash/for-you/")


def test_a_portal_of_one_council(site, served):
    site.write("guidance/for-you.md", YOUNG)
    wait_for(lambda: others(served[1], "/rights/")["audiences"])
    assert others(served[1], "/rights/") == {
        "audience": "families", "councils": [], "languages": [],
        "audiences": [{"name": "For you", "address": "/for-you/", "audience": "young-people"}]}


def test_the_panel_of_a_page_without_guidance_has_the_views(page, shown):
    page.goto(shown[1])
    page.get_by_role("button", name="Findings").click()
    page.get_by_role("link", name="In dark colours").click(timeout=60_000)
    page.wait_for_url("**/view.html?*")
    assert framed(page).url == shown[1] and scheme(framed(page))[0] == "dark"


def test_the_outline_that_a_screen_reader_meets(page):
    # Signpost gives headings the levels that follow; a theme might not.
    page.evaluate("document.querySelector('#complain').outerHTML = '<h4 lang=cy>Cwyno<span aria-hidden=true>#</span></h4><h2>Two</h2><h4>Four</h4>'")
    page.get_by_role("button", name="Findings").click()
    page.get_by_text("The outline a screen reader meets").click(timeout=60_000)
    rows = [row.inner_text() for row in page.locator(".outline li").all()]
    assert rows[0].startswith("Title: Rights") and rows[1] == "Language: en"
    headings = [row for row in rows if row.startswith("Heading")]
    assert headings[:3] == ["Heading 1: Rights", "Heading 2: You can bring someone", "Heading 3: Who can come"]
    assert "Heading 4: Cwyno (language: cy)" in headings
    assert "Heading 4: Four – skips a level: 4 comes after 2" in headings
    marks = [row for row in rows if row.startswith("Landmark")]
    assert "Landmark: page head" in marks and "Landmark: navigation, Skip links" in marks
    assert marks.index("Landmark: page foot") > marks.index("Landmark: main part")
    assert rows.index("Landmark: main part") < rows.index("Heading 1: Rights")
    # The same as the browser tells assistive technology.
    spoken = [line for line in page.locator("body").aria_snapshot().splitlines() if "heading" in line and "Rights" in line]
    assert spoken and "[level=1]" in spoken[0]
