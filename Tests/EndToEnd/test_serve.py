"""The site as shown on this machine while somebody writes."""

import re
import subprocess
import urllib.error
import urllib.request

from conftest import PROGRAM, ROOT, wait_for


def get(address):
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read().decode()


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


def test_a_port_that_is_taken_is_an_error(served):
    site, address, _ = served
    port = re.search(r":(\d+)/", address)[1]
    result = subprocess.run(
        [PROGRAM, "serve", "--content", "content", "--theme", ROOT / "themes/default", "--output", "other",
         "--no-leaflets", "--port", port],
        cwd=site.folder, capture_output=True, text=True, timeout=60)
    assert result.returncode == 64
    assert f"cannot listen on port {port}" in result.stderr
