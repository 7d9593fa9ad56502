"""A page that `signpost serve` shows follows what is written."""

from axe_playwright_python.sync_playwright import Axe
from conftest import wait_for


def open_page(chromium, address, messages):
    page = chromium.new_page()
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    with page.expect_request("**/.preview/state?seen=*"):
        page.goto(address)
    return page


def test_an_open_page_loads_itself_anew_when_a_file_is_saved(chromium, served):
    site, address, log = served
    messages = []
    page = open_page(chromium, address + "rights/", messages)
    site.write("guidance/rights.md", "# Rights\n\nYou have new rights.\n")
    page.get_by_text("You have new rights.").wait_for(timeout=60_000)
    assert page.locator("script[src^='/.preview/']").count() == 3
    page.close()
    assert not messages
    # What is published knows nothing of it.
    assert all(".preview" not in file.read_text() for file in (site.folder / "site").rglob("*.html"))


def test_an_error_lies_over_the_last_good_page_until_it_is_mended(chromium, served):
    site, address, log = served
    messages = []
    page = open_page(chromium, address + "rights/", messages)
    overlay = page.get_by_role("region", name="Not built: 1 error")
    site.write("guidance/rights.md", "# Rights\n\nFirst.\n\nYou can {{nobody-knows}} <b>now</b>.\n")
    overlay.wait_for(timeout=60_000)
    for text in ["content/guidance/rights.md:5:9", "You can {{nobody-knows}} <b>now</b>.", "UnknownPlaceholder"]:
        assert overlay.get_by_text(text).first.is_visible(), text
    assert overlay.locator("mark").inner_text() == "{{nobody-knows}}"
    # The page beneath is the last good one, and the words are said to who cannot see them.
    assert page.get_by_text("You have rights.").count() == 1
    assert "content/guidance/rights.md:5:9" in page.locator("signpost-preview [role=status]").inner_text()
    assert not messages
    # Axe sets styles, which the site's policy refuses.
    problems = Axe().run(page).response["violations"]
    assert not [problem for problem in problems if any("signpost-preview" in str(node) for node in problem["nodes"])]
    messages.clear()
    # By keyboard it is put away and brought back.
    overlay.get_by_role("button", name="Hide").focus()
    page.keyboard.press("Escape")
    show = page.get_by_role("button", name="Show 1 error")
    assert not overlay.is_visible() and show.evaluate("node => node.getRootNode().activeElement === node")
    page.keyboard.press("Enter")
    assert overlay.is_visible()
    # Another error takes its place; mended, it goes, and so without a new page where nothing else was written.
    site.write("guidance/rights.md", "# Rights\n\n[See](gone.md).\n")
    overlay.get_by_text("content/guidance/rights.md:3").first.wait_for(timeout=60_000)
    assert overlay.get_by_text("nobody-knows").count() == 0
    site.write("guidance/rights.md", "# Rights\n\nYou have rights.\n")
    overlay.wait_for(state="hidden", timeout=60_000)
    assert page.locator("signpost-preview [role=status]").inner_text() == ""
    site.write("guidance/rights.md", "# Rights\n\nYou have the newest rights.\n")
    page.get_by_text("You have the newest rights.").wait_for(timeout=60_000)
    page.close()
    assert not messages


def test_what_a_reader_has_done_is_there_after_the_page_was_loaded_anew(chromium, served):
    site, address, log = served
    long = "".join(f"Line {number}.\n\n" for number in range(200))
    site.write("guidance/rights.md", "# Rights\n\n" + long)
    site.write("guidance/faq.md", "# Questions\n\n## Can my nan come? {#nan}\n\nYes.\n")
    wait_for(lambda: (site.folder / "site/faq/index.html").exists())
    messages = []
    page = open_page(chromium, address + "rights/", messages)
    page.evaluate("scrollTo(0, 1500)")
    site.write("guidance/rights.md", "# Rights\n\n" + long + "The end.\n")
    page.get_by_text("The end.").wait_for(timeout=60_000)
    # The same lines are on the screen: what stands above them may have become a little higher or lower.
    assert abs(page.evaluate("scrollY") - 1500) < 20
    page.goto(address + "faq/")
    search = page.locator("input[type=search]")
    search.fill("grandmother nan")
    site.write("guidance/faq.md", "# Questions\n\n## Can my nan come? {#nan}\n\nYes, she can.\n")
    page.get_by_text("Yes, she can.").first.wait_for(state="attached", timeout=60_000)
    wait_for(lambda: search.input_value() == "grandmother nan")
    assert search.evaluate("node => document.activeElement === node")
    page.locator("[data-search-results] a[href]").first.wait_for()
    page.close()
    assert not messages
