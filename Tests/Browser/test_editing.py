"""Editing in a page that `signpost serve` shows: by keyboard, by name, narrow, dark and right to left."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import wait_for

RIGHTS = """---
title: Your rights  # as families say
---

You have rights.

## You can bring someone {#supporter}

- a friend
- a relative

Come {{arrive-early}} before the start.

You have rights.

## You can complain {#complain}

Phone {{contact line}}.
"""
FAQ = "# Questions\n\n## Who comes? {#who}\n\nPeople who know you.\n"
GUIDANCE = {"guidance/rights.md": RIGHTS, "guidance/faq.md": FAQ}
NATION, LANGUAGE, LINE = "england", "ur", ""
CATALOGUE = r'''msgid ""
msgstr ""
"Language: ur\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

msgid "You have rights."
msgstr "آپ کے حقوق ہیں۔"
'''


@pytest.fixture
def shown(two_councils, served):
    site, address, _ = served
    return site, address


@pytest.fixture
def open_page(chromium, shown):
    """Opens a page and turns editing on by keyboard; afterwards there must be no message."""
    contexts, messages = [], []

    def opened(path, **options):
        context = chromium.new_context(**{"reduced_motion": "reduce", **options})
        contexts.append(context)
        page = context.new_page()
        page.seen = messages
        page.on("console", lambda message: messages.append(message.text))
        page.on("pageerror", lambda error: messages.append(str(error)))
        page.goto(shown[1] + path)
        toggle = page.get_by_role("button", name="Edit", exact=True)
        assert toggle.get_attribute("aria-expanded") == "false"
        toggle.focus()
        page.keyboard.press("Enter")
        page.get_by_role("region", name="Editing").get_by_role("button", name="Done").wait_for(timeout=60_000)
        return page

    yield opened
    for context in contexts:
        context.close()
    # An answer that refuses is an error to the browser's console.
    assert not [message for message in messages if "status of 4" not in message]


def written(site, file="guidance/rights.md"):
    return (site.content / file).read_text()


def active(page):
    """The name of what has the focus, through the trees of the preview's own elements."""
    return page.evaluate("""() => {
        let node = document.activeElement;
        while (node.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
        return node.getAttribute('aria-label') ?? node.id ?? node.textContent;
    }""")


def expect_sound(page):
    # Axe sets styles, which the site's policy refuses.
    before = list(page.seen)
    problems = Axe().run(page).response["violations"]
    page.seen[:] = before
    assert not [problem for problem in problems if any("signpost-" in str(node) for node in problem["nodes"])], problems


def test_the_whole_way_by_keyboard(shown, open_page):
    site, _ = shown
    page = open_page("ash/rights/")
    page.get_by_role("button", name="Edit list: a friend").focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Edit list")
    field = dialog.get_by_role("textbox", name="Text in Markdown")
    assert field.input_value() == "- a friend\n- a relative" and active(page) == "edit-text"
    assert dialog.get_by_text("content/guidance/rights.md, lines 9 to 10").is_visible()
    assert dialog.get_by_text("used by all 2 councils").is_visible()
    assert field.evaluate("node => node.getRootNode().getElementById(node.getAttribute('aria-describedby')).textContent").startswith(
        "Shared guidance")
    page.keyboard.press("Control+End")
    page.keyboard.type("\n- an an aunt {{nobody}}")
    status = dialog.get_by_role("status")
    # What is typed slowly is read more than once: the last of it is waited for.
    status.filter(has_text="cannot be saved").wait_for(timeout=60_000)
    assert dialog.get_by_text("UnknownPlaceholder").is_visible() and dialog.get_by_text("DoubledWord").is_visible()
    expect_sound(page)
    # With an error it is not saved, and what was typed stays.
    page.keyboard.press("Control+Enter")
    dialog.get_by_text("This is not saved").wait_for(timeout=60_000)
    assert written(site) == RIGHTS and field.input_value().endswith("{{nobody}}")
    # Leaving asks first.
    page.keyboard.press("Escape")
    assert dialog.get_by_text("Your change is not saved.").is_visible() and active(page) == ""
    page.keyboard.press("Enter")
    assert active(page) == "edit-text"
    # What nobody sees is said as 'check' says it.
    field.fill("- a friend\n- an \u202eaunt\n- a relative")
    dialog.get_by_text("HiddenSign").wait_for(timeout=60_000)
    assert dialog.get_by_text("U+202E").first.is_visible()
    field.fill("- a friend\n- an aunt\n- a relative")
    page.keyboard.press("Tab")
    while active(page) != "" or page.evaluate("document.activeElement.shadowRoot.activeElement.textContent") != "Save":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    wait_for(lambda: written(site) == RIGHTS.replace("- a friend\n", "- a friend\n- an aunt\n"))
    # The page follows, and the reader is where they were.
    page.get_by_role("listitem").filter(has_text="an aunt").first.wait_for(timeout=60_000)
    region = page.get_by_role("region", name="Editing")
    region.get_by_text("Saved. This is the page as it is now.").wait_for(timeout=60_000)
    assert active(page) == "Edit list: a friend"
    undo = region.get_by_role("button", name="Undo the last change, in guidance/rights.md at line 9")
    undo.focus()
    page.keyboard.press("Enter")
    wait_for(lambda: written(site) == RIGHTS)
    region.get_by_text("Undone. This is the page as it is now.").wait_for(timeout=60_000)
    assert page.get_by_text("an aunt").count() == 0 and undo.count() == 0
    region.get_by_role("button", name="Done").focus()
    page.keyboard.press("Enter")
    assert active(page) == "Edit" or page.get_by_role("button", name="Edit", exact=True).is_visible()
    assert page.locator("signpost-edit-passage").count() == 0
    assert all(".preview" not in file.read_text() for file in (site.folder / "site").rglob("*.html"))


def test_each_passage_is_the_one_below_which_its_button_stands(shown, open_page):
    site, _ = shown
    page = open_page("ash/rights/")
    places = page.evaluate("""() => [...document.querySelectorAll('signpost-edit-passage')].map(own => {
        const before = own.previousElementSibling ?? own.parentElement;
        return [own.place.start, before.textContent.trim().replace(/\\s+/g, ' ')];
    })""")
    # Of two passages with the same words each has its own lines.
    assert [start for start, text in places if text == "You have rights."] == [5, 14]
    assert [start for start, text in places if "20 minutes" in text] == [12]
    page.get_by_text("What stands elsewhere").click()
    region = page.get_by_role("region", name="Editing")
    # The title stands in the front matter, the number in portal.yml.
    assert region.get_by_role("listitem").filter(has_text="Your rights").get_by_text("content/guidance/rights.md:2").is_visible()
    assert region.get_by_role("listitem").filter(has_text="The family line").get_by_text("content/portal.yml:6").is_visible()
    # The council's own words say whose they are.
    page = open_page("birch/rights/")
    page.get_by_role("button", name="Edit paragraph: Write to us.").click()
    dialog = page.get_by_role("dialog", name="Edit paragraph")
    assert dialog.get_by_text("content/councils/birch/rights.md, line 3").is_visible()
    assert dialog.get_by_text("no other council shows it").is_visible()
    page.keyboard.press("Escape")
    assert dialog.count() == 0 and active(page) == "Edit paragraph: Write to us."
    page.get_by_role("button", name="Edit paragraph: Come 20 minutes").click()
    dialog.get_by_text("What the placeholders stand for (1)").click()
    assert dialog.get_by_text("is 20 minutes").is_visible()
    assert dialog.get_by_text("content/councils/birch/council.yml:5").is_visible()


def test_what_changed_on_the_disk_is_shown_beside_what_was_typed(shown, open_page):
    site, _ = shown
    page = open_page("ash/rights/")
    page.get_by_role("button", name="Edit list: a friend").click()
    dialog = page.get_by_role("dialog", name="Edit list")
    field = dialog.get_by_role("textbox", name="Text in Markdown")
    dialog.get_by_text("No findings.").wait_for(timeout=60_000)
    theirs = RIGHTS.replace("- a friend", "- a good friend")
    site.write("guidance/rights.md", theirs)
    wait_for(lambda: "a good friend" in (site.folder / "site/ash/rights/index.html").read_text())
    # The page was built anew: what is being typed is not lost to it, and it is said while somebody writes.
    field.fill("- a friend\n- mine")
    dialog.get_by_role("heading", name="On the disk now").wait_for(timeout=60_000)
    assert dialog.get_by_role("region", name="On the disk now").inner_text() == "- a good friend\n- a relative"
    assert field.input_value() == "- a friend\n- mine" and written(site) == theirs
    expect_sound(page)
    dialog.get_by_role("button", name="Replace it with my text").click()
    dialog.get_by_role("button", name="Save").click()
    wait_for(lambda: written(site) == RIGHTS.replace("- a relative", "- mine"))
    page.get_by_role("listitem").filter(has_text="mine").first.wait_for(timeout=60_000)
    # Another part of the file: the passage is found again, and the other change stays.
    page.get_by_role("button", name="Edit list: a friend").click(timeout=60_000)
    field.fill("- a friend\n- nobody else")
    dialog.get_by_text("No findings.").wait_for(timeout=60_000)
    site.write("guidance/rights.md", written(site).replace("You have rights.\n\n## You can bring", "All.\n\nNew.\n\n## You can bring"))
    dialog.get_by_role("button", name="Save").click()
    dialog.get_by_role("button", name="Go on with the new file").click(timeout=60_000)
    dialog.get_by_role("button", name="Save").click()
    wait_for(lambda: "All.\n\nNew." in written(site) and "- nobody else" in written(site))


def test_a_translated_page_edits_what_it_was_translated_from(shown, open_page):
    site, _ = shown
    page = open_page("ash/ur/rights/", viewport={"width": 320, "height": 640})
    assert page.get_by_role("region", name="Editing").get_by_text("the English text is what you edit").is_visible()
    page.get_by_role("button", name="Edit paragraph: آپ کے حقوق ہیں۔").first.click()
    dialog = page.get_by_role("dialog", name="Edit paragraph")
    field = dialog.get_by_role("textbox", name="Text in Markdown")
    assert field.input_value() == "You have rights." and field.get_attribute("lang") == "en"
    assert dialog.get_by_text("You edit the English text. This page shows it in Urdu.").is_visible()
    assert dialog.get_by_text("this translation becomes out of date: Urdu").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_fact_and_a_number_by_keyboard(shown, open_page):
    site, _ = shown
    page = open_page("ash/rights/", viewport={"width": 320, "height": 640})
    portal, council = written(site, "portal.yml"), written(site, "councils/ash/council.yml")
    region = page.get_by_role("region", name="Editing")
    elsewhere = region.get_by_text("What stands elsewhere")
    elsewhere.focus()
    page.keyboard.press("Enter")
    region.get_by_role("button", name="Change the contact: The family line").focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Change The family line")
    phone = dialog.get_by_role("textbox", name="Phone")
    phone.wait_for(timeout=60_000)
    assert phone.input_value() == "01632 960 100" and active(page) == "edit-phone"
    assert dialog.get_by_text("Nobody has noted when it was last checked.").is_visible()
    assert dialog.get_by_text("what you change here changes for all of them").is_visible()
    assert dialog.evaluate("node => node.scrollWidth <= node.clientWidth")
    phone.fill("01632")
    dialog.get_by_text("it cannot be saved like this").wait_for(timeout=60_000)
    # Nobody who fills in a form sees the file: a problem names the field.
    found = dialog.get_by_role("list", name="Findings").get_by_role("listitem")
    assert found.filter(has_text="Error, in “Phone”:").count() == 1 and "portal.yml" not in found.first.inner_text()
    expect_sound(page)
    page.keyboard.press("Control+Enter")
    # A new number without a new date is asked about, and then not saved, since it is none.
    assert dialog.get_by_text("Have you checked it?").is_visible()
    dialog.get_by_role("button", name="Save without a date").click()
    dialog.get_by_text("This is not saved").wait_for(timeout=60_000)
    assert written(site, "portal.yml") == portal and phone.input_value() == "01632"
    phone.fill("01632 960 200")
    today = dialog.get_by_role("button", name="I have checked it today")
    date = today.inner_text()[-11:-1]
    today.focus()
    page.keyboard.press("Enter")
    assert dialog.get_by_role("textbox", name="Checked on").input_value() == date
    page.keyboard.press("Control+Enter")
    wait_for(lambda: written(site, "portal.yml") == portal.replace(
        "    phone: 01632 960 100\n", f"    phone: 01632 960 200\n    checked: {date}\n"))
    page.locator("a[href='tel:+441632960200']").first.wait_for(state="attached", timeout=60_000)
    # The council's own fact; Escape asks before it throws anything away.
    region.get_by_text("What stands elsewhere").click(timeout=60_000)
    region.get_by_role("button", name="Change the fact: arrive-early").click()
    dialog = page.get_by_role("dialog", name="Change arrive-early")
    dialog.get_by_role("textbox", name="Value").fill("half an hour")
    page.keyboard.press("Escape")
    assert dialog.get_by_text("Your change is not saved.").is_visible()
    dialog.get_by_role("button", name="Throw my change away").click()
    assert dialog.count() == 0
    assert written(site, "councils/ash/council.yml") == council
    undo = region.get_by_role("button", name="Undo the last change, in portal.yml at line 9")
    undo.click()
    wait_for(lambda: written(site, "portal.yml") == portal)


def test_a_new_question_by_keyboard(shown, open_page):
    site, _ = shown
    page = open_page("ash/faq/", viewport={"width": 320, "height": 640})
    region = page.get_by_role("region", name="Editing")
    region.get_by_role("button", name="Add a question").focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Add a question")
    assert active(page) == "edit-question" and dialog.get_by_text("used by all 2 councils").is_visible()
    page.keyboard.type("Can my nan come?")
    page.keyboard.press("Tab")
    page.keyboard.type("Yes, she can can.")
    dialog.get_by_text("DoubledWord").wait_for(timeout=60_000)
    expect_sound(page)
    assert dialog.evaluate("node => node.scrollWidth <= node.clientWidth") and written(site, "guidance/faq.md") == FAQ
    dialog.get_by_role("textbox", name="Answer in Markdown").fill("Yes, she can.")
    page.keyboard.press("Control+Enter")
    wait_for(lambda: written(site, "guidance/faq.md") == FAQ + "\n## Can my nan come?\n\nYes, she can.\n")
    page.get_by_role("button", name="Edit heading: Can my nan come?").wait_for(timeout=60_000)
    assert page.get_by_text("Yes, she can.").first.is_visible()
    region.get_by_text("Added. This is the page as it is now.").wait_for(timeout=60_000)
    region.get_by_role("button", name="Undo the last change").click()
    wait_for(lambda: written(site, "guidance/faq.md") == FAQ)


def opened_form(page, button, title):
    region = page.get_by_role("region", name="Editing")
    region.get_by_role("button", name=button, exact=True).focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name=title)
    dialog.wait_for(timeout=60_000)
    assert dialog.evaluate("node => node.scrollWidth <= node.clientWidth")
    return region, dialog


@pytest.mark.parametrize("path", ["ash/rights/", "ash/ur/rights/"])
def test_a_new_page_by_keyboard(shown, open_page, path):
    site, _ = shown
    page = open_page(path, viewport={"width": 320, "height": 640})
    region, dialog = opened_form(page, "Add a page", "Add a page")
    assert active(page) == "form-kind"
    for words in ["", "", "Visits: what happens?", "Who comes?", "A social worker {{nobody}}."]:
        if words:
            page.keyboard.type(words)
        page.keyboard.press("Tab")
    assert dialog.get_by_text("guidance/visits-what-happens.md").is_visible()
    dialog.get_by_text("it cannot be saved like this").wait_for(timeout=60_000)
    expect_sound(page)
    page.keyboard.press("Control+Enter")
    dialog.get_by_text("This is not saved").wait_for(timeout=60_000)
    file = site.content / "guidance/visits-what-happens.md"
    assert not file.exists()
    dialog.get_by_role("textbox", name="What it says").fill("A social worker.")
    # Nothing is written over.
    dialog.get_by_role("textbox", name="Name in the address").fill("rights")
    page.keyboard.press("Control+Enter")
    dialog.get_by_text("nothing is written over").first.wait_for(timeout=60_000)
    assert written(site) == RIGHTS
    dialog.get_by_role("textbox", name="Name in the address").fill("")
    dialog.get_by_role("combobox", name="What kind of page").select_option("rights")
    page.keyboard.press("Control+Enter")
    wait_for(file.exists)
    assert file.read_text() == "---\nkind: rights\n---\n\n# Visits: what happens?\n\n## Who comes?\n\nA social worker.\n"
    region.get_by_text("Its address is /ash/visits-what-happens/").wait_for(timeout=60_000)
    # A click as the page is loaded anew would meet neither page.
    region.get_by_text("This is the page as it is now.").wait_for(timeout=60_000)
    region.get_by_role("button", name="Undo the last change").click()
    wait_for(lambda: not file.exists())


def test_what_is_changed_while_a_refusal_is_awaited_is_saved_by_the_press_after_it(shown, open_page):
    site, _ = shown
    page = open_page("ash/rights/")
    _, dialog = opened_form(page, "Add a page", "Add a page")
    for name, words in [("Title", "Rights"), ("Heading of the first section", "Who comes?"), ("What it says", "A social worker.")]:
        dialog.get_by_role("textbox", name=name).fill(words)
    asked = []
    # The first answer comes only when the second press is made.
    page.route("**/.preview/edit/add-page", lambda route: asked.append(route) if not asked else route.continue_())
    with page.expect_request("**/.preview/edit/add-page"):
        page.keyboard.press("Control+Enter")
    dialog.get_by_role("textbox", name="Name in the address").fill("visits")
    page.keyboard.press("Control+Enter")
    with page.expect_response(lambda answer: answer.url.endswith("/edit/add-page") and answer.ok):
        asked[0].continue_()
    assert (site.content / "guidance/visits.md").exists()
    page.get_by_role("dialog").wait_for(state="detached", timeout=60_000)


def test_a_new_fact_and_a_new_contact(shown, open_page):
    site, _ = shown
    page = open_page("ash/rights/", viewport={"width": 320, "height": 640})
    before = written(site, "councils/ash/council.yml")
    region, dialog = opened_form(page, "Add a fact", "Add a fact")
    dialog.get_by_role("textbox", name="Which fact").fill("length")
    dialog.get_by_role("textbox", name="Value").fill("90 minutes")
    dialog.get_by_role("textbox", name="What it is").fill("How long it takes")
    dialog.get_by_role("textbox", name="Source").fill("The leaflet: page 2")
    today = dialog.get_by_role("button", name="I have checked it today")
    date = today.inner_text()[-11:-1]
    today.click()
    dialog.get_by_role("textbox", name="Checked by").fill("Ann Baker")
    expect_sound(page)
    page.keyboard.press("Control+Enter")
    fact = ('  length:\n    label: How long it takes\n    value: 90 minutes\n    source: "The leaflet: page 2"\n'
            f'    checked: {date}\n    checked-by: Ann Baker\n')
    wait_for(lambda: written(site, "councils/ash/council.yml") == before + fact)
    page.get_by_role("dialog").wait_for(state="detached", timeout=60_000)
    region, dialog = opened_form(page, "Add a contact", "Add a contact")
    dialog.get_by_role("textbox", name="Its name in").fill("chair")
    dialog.get_by_role("textbox", name="What it is called").fill("The chair")
    dialog.get_by_role("textbox", name="Phone").fill("01632")
    dialog.get_by_text("it cannot be saved like this").wait_for(timeout=60_000)
    dialog.get_by_role("textbox", name="Phone").fill("01632 960 300")
    # Who checked the last thing is proposed for the next.
    dialog.get_by_role("button", name="I have checked it today").click()
    assert dialog.get_by_role("textbox", name="Checked by").input_value() == "Ann Baker"
    page.keyboard.press("Control+Enter")
    contact = ("contacts:\n  chair:\n    name: The chair\n    phone: 01632 960 300\n"
               f"    checked: {date}\n    checked-by: Ann Baker\n")
    wait_for(lambda: written(site, "councils/ash/council.yml") == before + fact + contact)


def test_the_settings_of_a_council(shown, open_page):
    site, _ = shown
    page = open_page("ash/ur/rights/", viewport={"width": 320, "height": 640})
    before = written(site, "councils/ash/council.yml")
    region, dialog = opened_form(page, "This council: name, languages, sources and colours of Ash", "Settings of Ash")
    assert dialog.get_by_role("textbox", name="Languages").input_value() == "en, ur"
    dialog.get_by_role("textbox", name="Full name").fill("Ash County Council")
    dialog.get_by_role("textbox", name="Languages").fill("en, klingon")
    dialog.get_by_text("it cannot be saved like this").wait_for(timeout=60_000)
    assert dialog.get_by_text("Error, in “Languages”:").count() >= 1
    expect_sound(page)
    dialog.get_by_role("textbox", name="Languages").fill("en")
    dialog.get_by_role("textbox", name="Colour", exact=True).fill("#003a5d")
    dialog.get_by_role("textbox", name="A new source").fill("leaflet")
    dialog.get_by_role("textbox", name="What the new source is").fill("Ash, leaflet, 2026")
    page.keyboard.press("Control+Enter")
    wait_for(lambda: written(site, "councils/ash/council.yml") == before.replace("name: Ash", "name: Ash County Council").replace(
        "[en, ur]", "[en]") + 'brand:\n  colour: "#003a5d"\nsources:\n  leaflet: "Ash, leaflet, 2026"\n')
    region.get_by_role("button", name="Undo the last change").click(timeout=60_000)
    wait_for(lambda: written(site, "councils/ash/council.yml") == before)


@pytest.mark.parametrize("path", ["ash/rights/", "ash/ur/rights/"])
@pytest.mark.parametrize("mode", [
    {}, {"color_scheme": "dark"}, {"contrast": "more"}, {"forced_colors": "active"}], ids=str)
def test_narrow_and_in_all_colours(open_page, path, mode):
    page = open_page(path, viewport={"width": 320, "height": 568}, **mode)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect_sound(page)
    page.locator("signpost-edit-passage").get_by_role("button").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("No findings.").or_(dialog.get_by_role("list", name="Findings")).first.wait_for(timeout=60_000)
    assert dialog.evaluate("node => node.scrollWidth <= node.clientWidth")
    small = dialog.evaluate("""node => [...node.querySelectorAll('button')].map(button => button.getBoundingClientRect())
        .filter(box => box.width < 44 || box.height < 44).length""")
    assert small == 0
    expect_sound(page)
