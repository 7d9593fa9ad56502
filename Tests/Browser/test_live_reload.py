"""A page that `signpost serve` shows follows what is written."""

from conftest import wait_for


def test_an_open_page_loads_itself_anew_when_a_file_is_saved(chromium, served):
    site, address, log = served
    page, messages = chromium.new_page(), []
    page.on("console", lambda message: messages.append(message.text))
    with page.expect_request("**/.preview/build?shown=*"):
        page.goto(address + "rights/")
    site.write("guidance/rights.md", "# Rights\n\nYou have new rights.\n")
    page.get_by_text("You have new rights.").wait_for(timeout=60_000)
    # A mistake changes nothing; when it is mended the page follows again.
    site.write("guidance/rights.md", "# Rights\n\n{{nobody-knows}}\n")
    wait_for(lambda: "UnknownPlaceholder" in log.read_text())
    assert page.get_by_text("You have new rights.").is_visible()
    site.write("guidance/rights.md", "# Rights\n\nYou have the newest rights.\n")
    page.get_by_text("You have the newest rights.").wait_for(timeout=60_000)
    assert page.locator("script[src^='/.preview/']").count() == 1
    page.close()
    assert not messages
    # What is published knows nothing of it.
    assert all(".preview" not in file.read_text() for file in (site.folder / "site").rglob("*.html"))
