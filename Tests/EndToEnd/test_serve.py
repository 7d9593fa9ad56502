"""The site as shown on this machine while somebody writes."""

import os
import re
import subprocess
import time
import urllib.error
import urllib.request

import browsers
import pytest
from playwright.sync_api import sync_playwright

from conftest import PROGRAM, ROOT


def get(address):
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read().decode()


def wait_for(found, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if result := found():
            return result
        time.sleep(0.1)
    pytest.fail("it did not happen in time")


@pytest.fixture
def served(site):
    """The site and the address it is shown at."""
    log = site.folder / "log.txt"
    with log.open("w") as output:
        process = subprocess.Popen(
            [PROGRAM, "serve", "--content", "content", "--theme", ROOT / "themes/default", "--output", "site",
             "--no-leaflets", "--port", "0"],
            cwd=site.folder, stdout=output, stderr=subprocess.STDOUT, env={**os.environ, "TERM": "dumb"})
    try:
        port = wait_for(lambda: re.search(r"http://localhost:(\d+)/", log.read_text()))[1]
        yield site, f"http://127.0.0.1:{port}/", log
    finally:
        process.terminate()
        process.wait(timeout=20)


def test_the_site_is_shown_and_built_again_when_a_file_is_saved(served):
    site, address, log = served
    status, headers, page = get(address + "rights/")
    assert status == 200 and "You have rights." in page
    assert headers["Cache-Control"] == "no-store"
    assert get(address + "nothing/")[0] == 404
    site.write("guidance/rights.md", "# Rights\n\nYou have new rights.\n")
    wait_for(lambda: "You have new rights." in get(address + "rights/")[2])
    site.write("guidance/rights.md", "# Rights\n\n{{nobody-knows}}\n")
    wait_for(lambda: "UnknownPlaceholder" in log.read_text())
    assert "You have new rights." in get(address + "rights/")[2]


def test_a_page_in_the_browser_loads_itself_anew_when_a_file_is_saved(served):
    site, address, log = served
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browsers.chromium(), args=["--no-sandbox", "--disable-gpu"])
        page, blocked = browser.new_page(), []
        page.on("console", lambda message: blocked.append(message.text) if message.type == "error" else None)
        with page.expect_response("**/.preview/build?shown="):
            page.goto(address + "rights/")
        site.write("guidance/rights.md", "# Rights\n\nYou have new rights.\n")
        page.get_by_text("You have new rights.").wait_for(timeout=60_000)
        # A mistake changes nothing; when it is mended the page follows again.
        site.write("guidance/rights.md", "# Rights\n\n{{nobody-knows}}\n")
        wait_for(lambda: "UnknownPlaceholder" in log.read_text())
        site.write("guidance/rights.md", "# Rights\n\nYou have the newest rights.\n")
        page.get_by_text("You have the newest rights.").wait_for(timeout=60_000)
        browser.close()
    assert not blocked
    # What is published knows nothing of it.
    assert ".preview" in get(address + "rights/")[2]
    assert all(".preview" not in file.read_text() for file in (site.folder / "site").rglob("*.html"))


def test_a_port_that_is_taken_is_an_error(served):
    site, address, _ = served
    port = re.search(r":(\d+)/", address)[1]
    result = subprocess.run(
        [PROGRAM, "serve", "--content", "content", "--theme", ROOT / "themes/default", "--output", "other",
         "--no-leaflets", "--port", port],
        cwd=site.folder, capture_output=True, text=True, timeout=60)
    assert result.returncode == 64
    assert f"cannot listen on port {port}" in result.stderr
