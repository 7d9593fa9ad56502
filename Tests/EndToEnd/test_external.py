"""Links to other sites, asked of a real server: `check --external`."""

import http.server
import json
import threading

import pytest

from conftest import Site

# What a path answers to HEAD and to GET, and where it leads.
ANSWERS = {
    "/here": (200, 200, None), "/gone": (410, 410, None), "/lost": (404, 404, None),
    "/moved": (301, 301, "/here"), "/elsewhere-today": (302, 302, "/here"), "/no-robots": (403, 403, None),
    "/no-heads": (405, 200, None), "/heads-are-lost": (404, 200, None), "/round": (301, 301, "/round"),
    "/broken": (500, 500, None), "/moved-and-gone": (301, 301, "/gone"), "/lonely": (302, 302, None),
}


@pytest.fixture
def server():
    asked = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def answer(self, place):
            asked.append((self.command, self.path, self.headers["User-Agent"]))
            answer = ANSWERS[self.path]
            self.send_response(answer[place])
            if answer[2]:
                self.send_header("Location", answer[2])
            self.send_header("Content-Length", "0")
            self.end_headers()

        def do_HEAD(self):
            self.answer(0)

        def do_GET(self):
            self.answer(1)

        def log_message(self, *arguments):
            pass

    running = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    running.asked = asked
    running.root = f"http://127.0.0.1:{running.server_port}"
    yield running
    running.shutdown()
    running.server_close()


def check(site, *arguments):
    result = site.run("check", "--external", "--seconds-between-questions", "0", "--format", "json", *arguments)
    found = {}
    for problem in json.loads(result.stdout)["diagnostics"]:
        if problem["rule"].endswith("ExternalLink") or problem["rule"].startswith("ExternalLinks"):
            found.setdefault(problem["rule"], []).append(problem)
    return result, found


def test_each_kind_of_answer_is_told(tmp_path, server):
    site = Site(tmp_path)
    links = "\n\n".join(f"See [page {number}]({server.root}{path})." for number, path in enumerate(ANSWERS))
    site.write("guidance/links.md", f"# Links\n\n{links}\n\n## Again {{#again}}\n\nSee [it]({server.root}/gone#part).\n")
    result, found = check(site)
    assert result.returncode == 0, result.stdout

    def paths(rule):
        return sorted(problem["message"].split("'")[1].removeprefix(server.root) for problem in found.get(rule, []))

    assert paths("DeadExternalLink") == ["/gone", "/lost", "/moved-and-gone"]
    assert paths("MovedExternalLink") == ["/moved"]
    assert paths("UncheckedExternalLink") == ["/broken", "/lonely", "/no-robots", "/round"]
    gone = next(problem for problem in found["DeadExternalLink"] if "/gone'" in problem["message"])
    assert (gone["file"], gone["line"], gone["severity"]) == ("content/guidance/links.md", 5, "warning")
    assert [place["line"] for place in gone["related"]] == [29]
    assert f"{server.root}/here" in found["MovedExternalLink"][0]["help"]
    # Each address once, a page only where its head was not given; and it says who asks.
    assert [entry for entry in server.asked if entry[1] == "/gone"].count(server.asked[0]) <= 3
    assert all("Signpost" in agent for _, _, agent in server.asked)
    assert ("GET", "/here") not in {entry[:2] for entry in server.asked}
    # With --strict too nothing of this keeps a site from being published.
    _, strict = check(site, "--strict")
    assert all(problem["severity"] != "error" for problems in strict.values() for problem in problems)


def test_what_was_reached_is_not_asked_again_for_a_week(tmp_path, server):
    site = Site(tmp_path)
    site.write("guidance/rights.md", f"# Rights\n\nSee [it]({server.root}/here) and [more]({server.root}/gone).\n")
    check(site, "--date", "2026-11-01")
    assert ("HEAD", "/here") in {entry[:2] for entry in server.asked}
    server.asked.clear()
    _, found = check(site, "--date", "2026-11-08")
    assert {entry[1] for entry in server.asked} == {"/gone"} and "DeadExternalLink" in found
    server.asked.clear()
    check(site, "--date", "2026-11-09")
    assert {entry[1] for entry in server.asked} == {"/gone", "/here"}


def test_contacts_and_councils_lead_to_other_sites_too(tmp_path, server):
    site = Site(tmp_path)
    settings = site.write(
        "councils/a/council.yml",
        f"name: Council A\nnation: england\nlanguages: [en]\nwebsite: {server.root}/lost\n"
        f"contacts:\n  chair:\n    name: The chair\n    web: {server.root}/gone\n")
    _, found = check(site)
    lines = settings.read_text().split("\n")
    places = {lines[problem["line"] - 1].strip() for problem in found["DeadExternalLink"]}
    assert len(found["DeadExternalLink"]) == 2 and all(p["file"] == "content/councils/a/council.yml" for p in found["DeadExternalLink"]), places


def test_without_a_line_one_note_says_so(tmp_path):
    site = Site(tmp_path)
    site.write("guidance/rights.md", "# Rights\n\nSee [one](https://one.invalid/) and [two](https://two.invalid/).\n")
    result, found = check(site)
    assert result.returncode == 0 and list(found) == ["ExternalLinksSkipped"], found


def test_a_host_that_nobody_knows_is_dead(tmp_path, server):
    site = Site(tmp_path)
    site.write("guidance/rights.md", f"# Rights\n\nSee [one](https://one.invalid/) and [two]({server.root}/here).\n")
    _, found = check(site)
    assert ["one.invalid" in problem["message"] for problem in found["DeadExternalLink"]] == [True]


def test_nothing_is_asked_unless_it_is_wanted(tmp_path, server):
    site = Site(tmp_path)
    site.write("guidance/rights.md", f"# Rights\n\nSee [it]({server.root}/gone).\n")
    assert site.run("check").returncode == 0
    assert not server.asked and not (tmp_path / ".signpost").exists()
