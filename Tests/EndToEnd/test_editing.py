"""Editing in the page: what the preview's server reads, writes and refuses."""

import concurrent.futures
import json
import re

import pytest

from conftest import Site, wait_for

from .test_serve import ask, request, serving, status

RIGHTS = "# Rights\n\nYou have rights.\n\n## You can bring someone {#supporter}\n\n- a friend\n- a relative\n"


class Desk:
    """A preview's page, as far as editing goes."""

    def __init__(self, site, port):
        self.site, self.port = site, port
        page = ask(port, request("/rights/")).decode()
        found = re.search(r'<script src="/.preview/edit.js" data-token="([0-9a-f]{32})" defer>', page)
        self.token = found and found[1]

    def headers(self, **changes):
        headers = {"Origin": f"http://localhost:{self.port}", "Signpost-Token": self.token,
                   "Content-Type": "application/json", "Sec-Fetch-Site": "same-origin"}
        headers.update({name.replace("_", "-"): value for name, value in changes.items()})
        return [f"{name}: {value}" for name, value in headers.items() if value is not None]

    def raw(self, action, body, host=None, method="POST", length=None, **headers):
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        return ask(self.port, request(
            f"/.preview/edit/{action}", host or f"localhost:{self.port}", method, *self.headers(**headers),
            f"Content-Length: {len(data) if length is None else length}") + data, patience=60)

    def do(self, action, **body):
        answer = self.raw(action, body)
        return status(answer), json.loads(answer.split(b"\r\n\r\n", 1)[1])

    def passages(self, page="/rights/"):
        code, told = self.do("passages", page=page)
        assert code == 200
        return told

    def passage(self, text, page="/rights/"):
        [found] = [passage for passage in self.passages(page)["passages"] if passage["text"] == text]
        return {name: found[name] for name in ("file", "start", "end", "version")}


@pytest.fixture
def desk(site):
    site.write("guidance/rights.md", RIGHTS)
    with serving(site, "--port", "0") as (address, _):
        yield Desk(site, int(re.search(r":(\d+)/", address)[1]))


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """One preview for all requests that are refused."""
    site = Site(tmp_path_factory.mktemp("editing"))
    site.write("guidance/rights.md", RIGHTS)
    with serving(site, "--port", "0") as (address, _):
        yield Desk(site, int(re.search(r":(\d+)/", address)[1]))


def written(desk):
    return (desk.site.content / "guidance/rights.md").read_bytes()


def test_a_passage_is_saved_shown_and_undone(desk):
    before = RIGHTS.replace("\n", "\r\n").rstrip().encode()
    (desk.site.content / "guidance/rights.md").write_bytes(b"\xef\xbb\xbf" + before)
    wait_for(lambda: "rights.md" in desk.passages()["passages"][0]["file"])
    told = desk.passages()
    assert [(passage["kind"], passage["start"], passage["end"]) for passage in told["passages"]] == [
        ("title", 1, 1), ("paragraph", 3, 3), ("heading", 5, 5), ("list", 7, 8)]
    assert told["undo"] is None and told["passages"][3]["shown"] == ["a friend", "a relative"]
    code, found = desk.do("check", **desk.passage("- a friend\n- a relative"), text="- a a friend", council="a")
    assert code == 200 and [problem["rule"] for problem in found["here"]] == ["DoubledWord"] and found["canBeSaved"]
    assert found["here"][0]["line"][1] == "a a"
    assert written(desk) == b"\xef\xbb\xbf" + before
    code, told = desk.do("save", **desk.passage("- a friend\n- a relative"), text="- a friend\n- an aunt\n- a relative")
    assert code == 200 and told["undo"]["line"] == 7
    assert written(desk) == b"\xef\xbb\xbf" + before.replace(b"- a friend\r\n", b"- a friend\r\n- an aunt\r\n")
    wait_for(lambda: b"an aunt" in ask(desk.port, request("/rights/")))
    assert desk.passages()["undo"] == told["undo"]
    assert desk.do("undo", id=told["undo"]["id"] + 1)[0] == 403
    code, told = desk.do("undo", id=told["undo"]["id"])
    assert code == 200 and told["undo"] is None
    assert written(desk) == b"\xef\xbb\xbf" + before
    wait_for(lambda: b"an aunt" not in ask(desk.port, request("/rights/")))


def test_what_is_no_longer_as_it_was_read_is_not_written_over(desk):
    passage = desk.passage("You have rights.")
    theirs = RIGHTS.replace("You have rights.", "You have many rights.")
    desk.site.write("guidance/rights.md", theirs)
    code, told = desk.do("save", **passage, text="Mine.")
    assert code == 409 and told["now"]["text"] == "You have many rights." and not told["isSame"]
    assert written(desk) == theirs.encode()
    theirs = theirs.replace("- a friend", "- a good friend")
    desk.site.write("guidance/rights.md", theirs)
    now = {name: told["now"][name] for name in ("file", "start", "end", "version")}
    code, told = desk.do("save", **now, text="Mine.")
    assert code == 409 and told["isSame"]
    now = {name: told["now"][name] for name in ("file", "start", "end", "version")}
    code, told = desk.do("save", **now, text="Mine.")
    assert code == 200 and written(desk) == theirs.replace("You have many rights.", "Mine.").encode()
    # An undo does not take away what was written after it.
    desk.site.write("guidance/rights.md", theirs)
    assert desk.do("undo", id=told["undo"]["id"])[0] == 409
    assert written(desk) == theirs.encode()
    (desk.site.content / "guidance/rights.md").unlink()
    assert desk.do("save", **now, text="Mine.")[0] == 403
    assert not (desk.site.content / "guidance/rights.md").exists()


def test_of_several_at_once_one_is_saved(desk):
    passage = desk.passage("You have rights.")
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda number: desk.do("save", **passage, text=f"Text {number}."), range(8)))
    assert sorted(code for code, _ in answers) == [200] + [409] * 7
    [number] = [number for number, (code, _) in enumerate(answers) if code == 200]
    assert written(desk) == RIGHTS.replace("You have rights.", f"Text {number}.").encode()


def test_a_text_with_errors_is_not_saved(desk):
    code, told = desk.do("save", **desk.passage("You have rights."), text="You have {{nobody-knows}}.")
    assert code == 422 and [problem["rule"] for problem in told["problems"]] == ["UnknownPlaceholder"]
    assert written(desk) == RIGHTS.encode()


FOREIGN = [
    {"Origin": None}, {"Origin": "null"}, {"Origin": "http://evil.test"}, {"Origin": "https://localhost:{port}"},
    {"Origin": "http://localhost:1"}, {"Origin": "http://localhost:{port}.evil.test"}, {"Origin": "http://127.0.0.1:{port}"},
    {"Signpost_Token": None}, {"Signpost_Token": ""}, {"Signpost_Token": "0" * 32}, {"Signpost_Token": "x"},
    {"Content_Type": "text/plain"}, {"Content_Type": "application/x-www-form-urlencoded"}, {"Content_Type": None},
    {"Content_Type": "text/plain; application/json"}, {"Sec_Fetch_Site": "cross-site"}, {"Sec_Fetch_Site": "same-site"},
    {"Sec_Fetch_Site": "none"}]


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_only_a_page_of_the_preview_may_ask(shared, headers):
    passage = shared.passage("You have rights.")
    headers = {name: value and value.format(port=shared.port) for name, value in headers.items()}
    for action in ["passages", "check", "save", "undo"]:
        answer = shared.raw(action, {**passage, "text": "Mine.", "page": "/rights/", "id": 1, "council": "a"}, **headers)
        assert status(answer) == 403 and b"You have rights" not in answer, action
    assert written(shared) == RIGHTS.encode()


@pytest.mark.parametrize("host", ["evil.test", "localhost.evil.test", "evil.test:{port}", "0.0.0.0:{port}", ""])
def test_a_forged_host_is_refused(shared, host):
    host = host.format(port=shared.port)
    passage = shared.passage("You have rights.")
    for origin in [f"http://{host}", f"http://localhost:{shared.port}"]:
        answer = shared.raw("save", {**passage, "text": "Mine."}, host=host or " ", Origin=origin)
        assert status(answer) == 421
    assert written(shared) == RIGHTS.encode()


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"])
def test_nothing_is_done_by_another_method(shared, method):
    passage = shared.passage("You have rights.")
    answer = shared.raw("save", {**passage, "text": "Mine."}, method=method)
    assert status(answer) == 405 and b"access-control" not in answer.lower()
    assert written(shared) == RIGHTS.encode()


@pytest.mark.parametrize("body", [
    b"", b"{", b"[]", b"null", b"\xff\xfe", b"text=Mine", b'{"start": "1"}', b'{"start": 1e400}', b'{"start": -9223372036854775809}',
    b"[" * 100_000, b'{"text": "' + b"a" * 600_000 + b'"}'], ids=lambda body: str(body[:20]))
def test_a_body_that_no_page_sends_is_refused(shared, body):
    assert status(shared.raw("save", body)) in (400, 413)
    assert written(shared) == RIGHTS.encode()
    # The server goes on, and takes nothing of it for the next request.
    assert shared.passage("You have rights.")


def test_a_huge_body_is_not_read(shared):
    # Closed before all of it is sent, so the answer may be lost.
    assert status(shared.raw("save", b" " * (20 << 20))) in (413, None)
    assert status(shared.raw("save", b"{}", length=1 << 40)) in (413, None)
    chunked = ask(shared.port, request(
        "/.preview/edit/save", f"localhost:{shared.port}", "POST", *shared.headers(), "Transfer-Encoding: chunked")
        + b"2\r\n{}\r\n0\r\n\r\n")
    assert status(chunked) == 411
    assert shared.passage("You have rights.")


@pytest.mark.parametrize("path, host", [
    ("/.preview/edit/save", "evil.test"), ("/rights/", "evil.test"), ("/", "localhost"), ("/.preview/edit/save", "localhost"),
    ("/.preview/state", "localhost")])
@pytest.mark.parametrize("padding", [0, 3000, 200_000])
def test_a_body_is_never_taken_for_another_request(shared, path, host, padding):
    """A page elsewhere cannot choose the Host of a request, but could write one into the body of another."""
    inner = request("/rights/", "localhost")
    data = (b"GET /assets/ HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * padding + b"\r\n\r\n" if padding else b"") + inner
    for length in [f"Content-Length: {len(data)}", "Transfer-Encoding: chunked"]:
        body = data if length.startswith("Content") else b"%x\r\n" % len(data) + data + b"\r\n0\r\n\r\n"
        head = request(path, host, "POST", length).replace(b"Connection: close\r\n", b"")
        answer = ask(shared.port, head + body)
        assert answer.count(b"HTTP/1.1 ") <= 1 and b"You have rights" not in answer, length


@pytest.mark.parametrize("file", [
    "../secret.md", "guidance/../../secret.md", "/etc/passwd", "guidance/%2e%2e/secret.md", "guidance\\rights.md",
    "guidance/linked.md", "guidance/folder/secret.md", "portal.yml", "councils/a/council.yml", "guidance/rights.md\u0000",
    "guidance", "", ".", "guidance/.hidden.md", "guidance/nothing.md"])
def test_no_other_file_is_reached(shared, file):
    (shared.site.folder / "outside").mkdir(exist_ok=True)
    for secret in [shared.site.folder / "secret.md", shared.site.folder / "outside/secret.md"]:
        secret.write_text("Secret.\n")
    (shared.site.content / "guidance/.hidden.md").write_text("Secret.\n")
    links = {"linked.md": shared.site.folder / "secret.md", "folder": shared.site.folder / "outside"}
    for name, target in links.items():
        link = shared.site.content / "guidance" / name
        if not link.is_symlink():
            link.symlink_to(target)
    try:
        before = {path: path.read_bytes() for path in shared.site.folder.rglob("*.md")}
        version = shared.passage("You have rights.")["version"]
        for action in ["check", "save"]:
            code, told = shared.do(action, file=file, start=1, end=1, version=version, text="Mine.", council="a")
            assert code == 403 and "Secret" not in json.dumps(told), action
        assert {path: path.read_bytes() for path in shared.site.folder.rglob("*.md")} == before
    finally:
        for name in links:
            (shared.site.content / "guidance" / name).unlink()


@pytest.mark.parametrize("change", [
    {"start": 0}, {"end": 2}, {"start": 2, "end": 2}, {"start": 1, "end": 9999999}, {"start": -5}, {"version": "0" * 32},
    {"version": ""}, {"text": "a\u0000b"}, {"text": "a" * 70_000}, {"file": None}, {"text": None}], ids=str)
def test_what_does_not_fit_is_refused(shared, change):
    body = {**shared.passage("You have rights."), "text": "Mine.", "council": "a", **change}
    assert shared.do("save", **body)[0] in (400, 403, 409)
    assert written(shared) == RIGHTS.encode()


def test_pages_that_no_guidance_makes_have_no_passages(shared):
    for page in ["/nothing/", "/../", "/%00", "\u202e"]:
        assert shared.passages(page)["passages"] == []
    assert status(shared.raw("nothing", {})) == 404


def test_no_other_site_can_show_a_page_in_its_own(shared):
    assert b"x-frame-options: sameorigin" in ask(shared.port, request("/rights/")).lower()


def test_a_preview_can_be_read_only(site):
    with serving(site, "--port", "0", "--read-only") as (address, _):
        desk = Desk(site, int(re.search(r":(\d+)/", address)[1]))
        assert desk.token is None and b"/.preview/edit.js" not in ask(desk.port, request("/rights/"))
        for action in ["passages", "check", "save", "undo"]:
            assert status(desk.raw(action, {}, Signpost_Token="0" * 32)) == 403


def test_others_on_the_network_cannot_edit(site):
    with serving(site, "--port", "0", "--host", "0.0.0.0") as (address, _):
        port, token = re.fullmatch(r"http://localhost:(\d+)/\?token=([0-9a-f]{32})", address).groups()
        cookie = f"Cookie: signpost-preview={token}"
        page = ask(int(port), request("/rights/", "localhost", "GET", cookie))
        assert b"You have rights." in page and b"/.preview/edit.js" not in page
        answer = ask(int(port), request(
            "/.preview/edit/passages", f"localhost:{port}", "POST", cookie, f"Origin: http://localhost:{port}",
            f"Signpost-Token: {token}", "Content-Type: application/json", "Content-Length: 2") + b"{}")
        assert status(answer) == 403


def test_each_start_has_a_token_of_its_own(site):
    tokens = set()
    for _ in range(2):
        with serving(site, "--port", "0") as (address, _):
            tokens.add(Desk(site, int(re.search(r":(\d+)/", address)[1])).token)
    assert len(tokens) == 2 and None not in tokens


FACTS = """# The council's own.
name: Council A
nation: england
languages: [en]
sources:
  leaflet: The leaflet for families
facts:
  arrive-early:   # before the start
    value: 20 minutes   # as the leaflet says
    source: leaflet
contacts:
  team:
    name: The team
    phone: 01632 960 100   # the office
    purpose: Questions
"""


@pytest.fixture
def facts(site):
    site.write("councils/a/council.yml", FACTS)
    site.write("guidance/rights.md", "# Rights\n\nCome {{arrive-early}} before. Phone {{contact team}}.\n")
    with serving(site, "--port", "0") as (address, _):
        yield Desk(site, int(re.search(r":(\d+)/", address)[1]))


def settings(desk):
    return (desk.site.content / "councils/a/council.yml").read_text()


def test_a_fact_and_a_contact_are_changed_in_their_lines(facts):
    rows = {row["name"]: row for row in facts.passages()["facts"]}
    assert rows["arrive-early"]["file"] == rows["team"]["file"] == "councils/a/council.yml"
    place = {"file": "councils/a/council.yml", "kind": "facts", "name": "arrive-early"}
    code, entry = facts.do("entry", **place)
    assert code == 200 and entry["sources"] == ["leaflet"]
    assert [(field["key"], field["text"], field["line"]) for field in entry["fields"]] == [
        ("value", "20 minutes", 9), ("source", "leaflet", 10)]
    values = {"value": "30 minutes", "source": "leaflet", "checked": entry["today"]}
    code, found = facts.do("check-entry", **place, version=entry["version"], values=values, council="a")
    assert code == 200 and found["canBeSaved"] and settings(facts) == FACTS
    code, told = facts.do("save-entry", **place, version=entry["version"], values=values)
    after = FACTS.replace("20 minutes ", "30 minutes ").replace(
        "    source: leaflet\n", f"    source: leaflet\n    checked: {entry['today']}\n")
    assert code == 200 and settings(facts) == after
    wait_for(lambda: b"30 minutes" in ask(facts.port, request("/rights/")))
    # A contact's number; what was read before is too old now.
    team = {"file": "councils/a/council.yml", "kind": "contacts", "name": "team"}
    number = {"phone": "01632 960 200", "checked": entry["today"]}
    code, told = facts.do("save-entry", **team, version=entry["version"], values=number)
    assert code == 409 and [field["text"] for field in told["now"]["fields"]] == ["01632 960 100"]
    code, told = facts.do("save-entry", **team, version=told["now"]["version"], values=number)
    assert code == 200 and "phone: 01632 960 200   # the office\n" in settings(facts)
    wait_for(lambda: b"tel:+441632960200" in ask(facts.port, request("/rights/")))
    assert facts.do("undo", id=told["undo"]["id"])[0] == 200 and settings(facts) == after


@pytest.mark.parametrize("kind, name, values, code", [
    ("contacts", "team", {"phone": "01632"}, 422), ("contacts", "team", {"phone": "0800 NONSENSE: # {"}, 422),
    ("contacts", "team", {"phone": ""}, 403), ("contacts", "team", {"checked": "yesterday"}, 422),
    ("contacts", "team", {"checked": "2026-13-45"}, 422), ("contacts", "team", {"email": "a@b.example"}, 403),
    ("contacts", "team", {"name": "Another"}, 403), ("contacts", "team", {"purpose": "Other"}, 403),
    ("contacts", "nobody", {"phone": "01632 960 200"}, 403), ("facts", "arrive-early", {"checked": "soon"}, 422),
    ("facts", "arrive-early", {"value": ""}, 403), ("facts", "arrive-early", {"value": "a\u0000b"}, 403),
    ("facts", "arrive-early", {"value": "x" * 3000}, 403), ("sources", "leaflet", {"value": "x"}, 400),
    ("facts", "arrive-early", None, 400)], ids=str)
def test_what_is_no_fact_and_no_number_is_not_written(facts, kind, name, values, code):
    place = {"file": "councils/a/council.yml", "kind": kind, "name": name}
    version = facts.do("entry", file="councils/a/council.yml", kind="facts", name="arrive-early")[1]["version"]
    assert facts.do("save-entry", **place, version=version, values=values)[0] == code
    assert settings(facts) == FACTS


@pytest.mark.parametrize("file", [
    "guidance/rights.md", "../portal.yml", "councils/../portal.yml", "councils/a/../a/council.yml", "/etc/passwd",
    "councils/a/other.yml", "leaflets/x.yml", "councils/b/council.yml", "", "councils/linked/council.yml"])
def test_only_settings_of_the_portal_have_forms(facts, file):
    (facts.site.folder / "outside").mkdir()
    secret = facts.site.folder / "outside/council.yml"
    secret.write_text("facts:\n  arrive-early: {value: secret}\n")
    (facts.site.content / "councils/linked").symlink_to(facts.site.folder / "outside")
    before = secret.read_text()
    place = {"file": file, "kind": "facts", "name": "arrive-early"}
    code, told = facts.do("entry", **place)
    assert code == 403 and "secret" not in json.dumps(told)
    assert facts.do("save-entry", **place, version="0" * 32, values={"value": "x"})[0] == 403
    assert secret.read_text() == before and settings(facts) == FACTS


def test_a_form_is_refused_as_any_other_change(facts):
    body = {"file": "councils/a/council.yml", "kind": "facts", "name": "arrive-early", "version": "", "values": {}}
    for action in ["entry", "check-entry", "save-entry"]:
        for headers in [{"Signpost_Token": "0" * 32}, {"Origin": "http://evil.test"}, {"Content_Type": "text/plain"}]:
            assert status(facts.raw(action, body, **headers)) == 403


def test_a_question_is_added_and_undone(site):
    faq = "# Questions\n\n## Who comes?\n\nPeople who know you.\n"
    site.write("guidance/faq.md", faq)
    with serving(site, "--port", "0") as (address, _):
        desk = Desk(site, int(re.search(r":(\d+)/", address)[1]))
        assert desk.passages("/rights/")["questions"] is None
        target = desk.passages("/faq/")["questions"]
        body = {"file": target["file"], "version": target["version"], "name": "Why?", "text": "For you.", "council": "a"}
        assert desk.do("check-question", **body)[1]["canBeSaved"]
        for change in [{"file": "../x.md"}, {"file": "portal.yml"}, {"name": None}, {"version": ""}, {"text": "{{nobody}}"}]:
            assert desk.do("add-question", **{**body, **change})[0] in (400, 403, 409, 422), change
        assert (site.content / "guidance/faq.md").read_text() == faq
        code, told = desk.do("add-question", **body)
        assert code == 200 and (site.content / "guidance/faq.md").read_text() == faq + "\n## Why?\n\nFor you.\n"
        wait_for(lambda: b"For you." in ask(desk.port, request("/faq/")))
        assert desk.do("add-question", **body)[0] == 409
        assert desk.do("undo", id=told["undo"]["id"])[0] == 200
        assert (site.content / "guidance/faq.md").read_text() == faq
