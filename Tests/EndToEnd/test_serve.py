"""The site as shown on this machine while somebody writes."""

import contextlib
import json
import os
import random
import re
import resource
import socket
import struct
import subprocess
import sys
import time
import types
import urllib.error
import urllib.request

import pytest

from conftest import FULL, PROGRAM, ROOT, Site, wait_for

REQUESTS = 2000 if FULL else 400


@contextlib.contextmanager
def serving(site, *arguments, most_handles=None, **environment):
    """A preview with these arguments: its address and its log."""
    def limit():
        resource.setrlimit(resource.RLIMIT_NOFILE, (most_handles, most_handles))

    log = site.folder / "serve.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [PROGRAM, "serve", "--content", "content", "--theme", ROOT / "themes/default", "--no-leaflets", *arguments],
            cwd=site.folder, stdout=output, stderr=subprocess.STDOUT,
            env={**os.environ, "TERM": "dumb", **environment}, preexec_fn=limit if most_handles else None)
    try:
        address = wait_for(lambda: re.search(r"The site is at (http://\S+)", log.read_text()))[1]
        yield address, log
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture(scope="module")
def preview(tmp_path_factory):
    """One preview for all hostile requests: its site, port and process."""
    site = Site(tmp_path_factory.mktemp("preview"))
    log = site.folder / "log.txt"
    with log.open("w") as output:
        process = subprocess.Popen(
            [PROGRAM, "serve", "--content", "content", "--theme", ROOT / "themes/default", "--output", "site",
             "--no-leaflets", "--port", "0"],
            cwd=site.folder, stdout=output, stderr=subprocess.STDOUT, env={**os.environ, "TERM": "dumb"})
    try:
        port = wait_for(lambda: re.search(r"http://localhost:(\d+)/", log.read_text()))[1]
        yield types.SimpleNamespace(site=site, port=int(port), process=process)
    finally:
        process.terminate()
        process.wait(timeout=20)


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


def test_a_port_that_is_taken_is_found_before_anything_is_built(served):
    site, address, _ = served
    port = re.search(r":(\d+)/", address)[1]
    result = subprocess.run(
        [PROGRAM, "serve", "--content", "content", "--theme", ROOT / "themes/default", "--no-leaflets", "--output",
         "never", "--port", port],
        cwd=site.folder, capture_output=True, text=True, timeout=60)
    assert result.returncode == 64 and "Built" not in result.stdout
    assert not (site.folder / "never").exists()


def test_a_preview_leaves_the_site_that_is_published_as_it_is(site, tmp_path):
    assert site.build().returncode == 0
    before = site.files()
    log = tmp_path / "preview.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [PROGRAM, "serve", "--content", "content", "--theme", ROOT / "themes/default", "--no-leaflets", "--port",
             "0"], cwd=site.folder, stdout=output, stderr=subprocess.STDOUT, env={**os.environ, "TERM": "dumb"})
    try:
        port = wait_for(lambda: re.search(r"http://localhost:(\d+)/", log.read_text()))[1]
        assert "You have rights." in get(f"http://127.0.0.1:{port}/rights/")[2]
    finally:
        process.terminate()
        process.wait(timeout=20)
    assert "written to .signpost/cache/preview/site" in log.read_text()
    assert site.files() == before
    again = site.build()
    assert "Nothing has changed" in again.stdout, again.stdout


def ask(port, data, patience=10):
    """What the server answers to these bytes, up to the end of the connection; b"" where it closes at once."""
    with socket.create_connection(("127.0.0.1", port), timeout=patience) as connection:
        answer = b""
        try:
            connection.sendall(data)
            connection.shutdown(socket.SHUT_WR)
        except OSError:
            # It has answered and closed already, without reading all of this.
            pass
        try:
            while part := connection.recv(65536):
                answer += part
        except OSError:
            pass
        return answer


def request(path="/", host="localhost", method="GET", *headers):
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", "Connection: close", *headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8", "surrogateescape")


def status(answer):
    match = re.match(rb"HTTP/1\.1 (\d+)", answer)
    return int(match[1]) if match else None


def state(port):
    """What the server tells open pages."""
    return json.loads(ask(port, request("/.preview/state")).split(b"\r\n\r\n")[1])


@pytest.mark.parametrize("host, expected", [
    ("localhost", 200), ("localhost:{port}", 200), ("127.0.0.1:{port}", 200), ("[::1]:{port}", 200),
    ("LOCALHOST", 200), ("evil.test", 421), ("evil.test:{port}", 421), ("localhost.evil.test", 421), ("", 421),
    ("127.0.0.1.evil.test", 421), ("localhost:8000@evil.test", 421), ("0.0.0.0", 421), ("[::1", 421)])
def test_only_names_of_this_machine_are_answered(preview, host, expected):
    answer = ask(preview.port, request("/rights/", host.format(port=preview.port)))
    assert status(answer) == expected
    assert (b"You have rights." in answer) == (expected == 200)
    assert status(ask(preview.port, b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n")) == 421


def test_no_request_leads_to_another_host_or_out_of_the_site(preview):
    (preview.site.folder / "secret.txt").write_text("secret")
    (preview.site.folder / "site/linked.txt").symlink_to(preview.site.folder / "secret.txt")
    for path in ["//rights", "///rights", "/\\evil.test/..", "//evil.test/%2e%2e", "//rights//", "/rights"]:
        answer = ask(preview.port, request(path))
        for line in answer.split(b"\r\n\r\n")[0].split(b"\r\n"):
            if line.lower().startswith(b"location:"):
                assert re.fullmatch(rb"location: /[^/\\].*", line, re.I), (path, line)
    assert status(ask(preview.port, request("/linked.txt"))) == 404


def test_a_page_that_waits_for_a_build_gets_an_answer(preview):
    told = state(preview.port)
    assert told["phase"] == "built" and not told["problems"]
    answer = ask(preview.port, request(f"/.preview/state?seen={told['serial']}"), patience=60)
    assert status(answer) == 200 and json.loads(answer.split(b"\r\n\r\n")[1]) == told


def test_a_part_of_a_file_is_sent_to_those_who_ask_for_it(preview):
    """Safari plays no recording from a server that cannot."""
    whole = ask(preview.port, request("/robots.txt"))
    headers, content = whole.split(b"\r\n\r\n", 1)
    assert b"accept-ranges: bytes" in headers.lower()
    headers, part = ask(preview.port, request("/robots.txt", "localhost", "GET", "Range: bytes=2-5")).split(b"\r\n\r\n", 1)
    assert status(headers) == 206 and part == content[2:6]
    assert f"content-range: bytes 2-5/{len(content)}".encode() in headers.lower()
    headers = ask(preview.port, request("/robots.txt", "localhost", "GET", f"Range: bytes={len(content)}-"))
    assert status(headers) == 416 and f"content-range: bytes */{len(content)}".encode() in headers.lower()
    # A page has more in it than its file.
    assert status(ask(preview.port, request("/rights/", "localhost", "GET", "Range: bytes=0-9"))) == 200


def handles(process):
    return len(os.listdir(f"/proc/{process.pid}/fd"))


@pytest.mark.skipif(sys.platform != "linux", reason="counts the handles in /proc")
def test_the_handles_of_clients_that_have_gone_are_given_back(preview):
    before = handles(preview.process)
    kinds = [b"", b"GET / HT", request()[:-2], request(), request("/.preview/state?seen=1"),
             request() + b"GET / HTTP/1.1\r\n", b"\r\n" * 50,
             request("/rights/", "localhost", "POST", "Content-Length: 100000") + b"x" * 10]
    clients = []
    for number in range(240):
        client = socket.create_connection(("127.0.0.1", preview.port), timeout=10)
        client.sendall(kinds[number % len(kinds)])
        clients.append(client)
    for number, client in enumerate(clients):
        if number % 2:
            # Closes with a reset.
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        client.close()
    wait_for(lambda: handles(preview.process) <= before + 4)
    assert status(ask(preview.port, request("/rights/"))) == 200


@pytest.mark.skipif(sys.platform != "linux", reason="counts the handles in /proc")
def test_heads_that_come_slowly_and_never_end_keep_nobody_waiting(preview):
    before = handles(preview.process)
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    clients = []
    for _ in range(min(600, most - 200)):
        client = socket.create_connection(("127.0.0.1", preview.port), timeout=10)
        client.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n")
        clients.append(client)
    for number in range(3):
        for client in clients:
            client.sendall(f"X-{number}: y\r\n".encode())
        assert status(ask(preview.port, request("/rights/"))) == 200
    for client in clients:
        client.close()
    wait_for(lambda: handles(preview.process) <= before + 4)
    assert status(ask(preview.port, request("/rights/"))) == 200


def test_a_preview_without_handles_left_goes_on_at_its_address(site):
    with serving(site, "--port", "0", most_handles=128) as (address, log):
        port = int(re.search(r":(\d+)/", address)[1])
        clients = []
        with contextlib.suppress(OSError):
            for _ in range(300):
                clients.append(socket.create_connection(("127.0.0.1", port), timeout=5))
                clients[-1].sendall(b"GET / HTTP/1.1\r\n")
        for client in clients:
            client.close()
        wait_for(lambda: status(answered(port, request("/rights/"))) == 200)
        assert "Error" not in log.read_text()


def answered(port, data):
    """The same as `ask`, of a server that may not listen at the moment."""
    try:
        return ask(port, data)
    except OSError:
        return b""


def test_hostile_requests_do_no_harm(preview):
    """Sound requests with bytes changed, doubled, cut and put together, from a seed."""
    source = random.Random(14)
    sound = [request(), request("/rights/"), request("/rights"), request("/.preview/state?seen=0"),
             request("/.preview/preview.js"), request("/%2e%2e/%2e%2e/etc/passwd"), request("/rights/", "evil.test"),
             request("/a?" + "b=c&" * 50), request("/", "localhost", "POST", "Content-Length: 3") + b"abc",
             request("/", "localhost", "GET", "Transfer-Encoding: chunked") + b"5\r\nhello\r\n0\r\n\r\n",
             request("/", "localhost", "GET", "Range: bytes=0-99999999999999999999"),
             request("/robots.txt", "localhost", "GET", "Range: bytes=1-99999999999999999999"),
             request("/", "localhost", "GET", "Upgrade: websocket", "Sec-WebSocket-Key: x")]
    pieces = [b"\x00", b"\xff\xfe", b"%", b"%00", b"..", b"/", b"\\", b"\r\n", b"\n", b":", b" ", b"A" * 5000,
              b"Content-Length: -1\r\n", b"Content-Length: 99999999999999999999\r\n", b"Host: evil.test\r\n",
              "\u202e".encode(), b"?", b"#", b"http://evil.test/", b"HTTP/9.9"]
    for _ in range(REQUESTS):
        data = bytearray(source.choice(sound))
        for _ in range(source.randrange(1, 5)):
            at = source.randrange(len(data) + 1)
            kind = source.randrange(4)
            if kind == 0:
                data[at:at] = source.choice(pieces)
            elif kind == 1:
                del data[at:at + source.randrange(1, 20)]
            elif kind == 2 and at < len(data):
                data[at] = source.randrange(256)
            else:
                data[at:at] = data[source.randrange(len(data) + 1):][:source.randrange(60)]
        answer = ask(preview.port, bytes(data))
        assert status(answer) not in (500, 502, 503), bytes(data)
        assert b"root:" not in answer
        assert preview.process.poll() is None, bytes(data)
    assert status(ask(preview.port, request("/rights/"))) == 200
    if sys.platform == "linux":
        wait_for(lambda: handles(preview.process) < 40)
        resident = int(re.search(r"VmRSS:\s+(\d+)", open(f"/proc/{preview.process.pid}/status").read())[1])
        assert resident < 400_000, f"{resident} KB"


def test_without_a_port_the_next_one_that_is_free_is_taken(site):
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            taken.bind(("127.0.0.1", 8000))
            taken.listen()
        except OSError:
            pass  # Somebody else has it, which is as good.
        with serving(site) as (address, _):
            port = int(re.fullmatch(r"http://localhost:(\d+)/", address)[1])
            assert 8000 < port < 8020
            page = get(f"http://127.0.0.1:{port}/rights/")[2]
            assert f'<link rel="canonical" href="http://localhost:{port}/rights/">' in page


def test_a_build_says_what_is_new_and_nothing_twice(site):
    site.write("guidance/rights.md", "# Rights\n\nYou have rights.\n")
    with serving(site, "--port", "0") as (address, log):
        assert "problems:" in (first := log.read_text())
        warnings = first.count("warning:")
        assert warnings > 1
        # Lines that move are no new problems.
        site.write("guidance/rights.md", "# Rights\n\nMore.\n\nYou have rights.\n")
        second = wait_for(lambda: (text := log.read_text()[len(first):]).count("Built in") and text)
        assert "warning:" not in second and "error:" not in second and f"{warnings} as before" in second
        # An error that is mended does not have the rest said again.
        site.write("guidance/rights.md", "# Rights\n\n{{nobody-knows}}\n")
        third = wait_for(lambda: (text := log.read_text()[len(first + second):]).count("Not built") and text)
        assert third.count("UnknownPlaceholder") == 1 and third.count("warning:") == 0
        site.write("guidance/rights.md", "# Rights\n\nMore.\n\nYou have rights.\n")
        last = wait_for(lambda: (text := log.read_text()[len(first + second + third):]).count("Built in") and text)
        assert "warning:" not in last and "1 mended" in last, last


def test_a_file_that_is_emptied_before_it_is_filled_again_is_not_shown_empty(site):
    site.write("guidance/rights.md", "# Rights\n\nYou have rights.\n")
    with serving(site, "--port", "0") as (address, log):
        first = log.read_text()
        path = site.content / "guidance/rights.md"
        # As an editor does that is interrupted for longer than looking at the files takes.
        for text in ("# Rights\n\nYou have more.\n", "# Rights\n\nYou have most.\n"):
            path.write_text("")
            time.sleep(0.15)
            path.write_text(text)
            wait_for(lambda: text.split()[-1] in get(address + "rights/")[2])
        assert "MissingTitle" not in log.read_text()[len(first):]
        # An empty file is shown as one, though a moment later.
        path.write_text("")
        wait_for(lambda: "MissingTitle" in log.read_text()[len(first):])


def test_a_first_build_that_fails_is_told_to_the_browser(site):
    site.write("guidance/rights.md", "# Rights\n\nYou can {{nobody-knows}}.\n")
    with serving(site, "--port", "0") as (address, _):
        port = int(re.search(r":(\d+)/", address)[1])
        answer = ask(port, request("/rights/"))
        assert status(answer) == 503 and b"Nothing has been built yet" in answer and b"/.preview/preview.js" in answer
        told = state(port)
        [problem] = told["problems"]
        assert told["phase"] == "failed" and problem["rule"] == "UnknownPlaceholder"
        assert problem["place"] == "content/guidance/rights.md:3:9"
        assert problem["line"] == ["You can ", "{{nobody-knows}}", "."]
        site.write("guidance/rights.md", "# Rights\n\nYou can.\n")
        wait_for(lambda: state(port)["phase"] == "built")
        assert b"You can." in ask(port, request("/rights/"))


def test_the_browser_is_opened_where_that_is_wanted(site):
    opened = site.folder / "opened.txt"
    browser = site.folder / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > "{opened}"\n')
    browser.chmod(0o755)
    with serving(site, "--port", "0", "--open", BROWSER=str(browser)) as (address, log):
        assert wait_for(lambda: opened.exists() and opened.read_text().strip()) == address
    with serving(site, "--port", "0", "--open", BROWSER=str(site.folder / "nothing")) as (address, log):
        wait_for(lambda: f"Open {address} yourself" in log.read_text())


def test_another_address_than_this_machines_own_needs_the_token(site):
    with serving(site, "--port", "0", "--host", "0.0.0.0") as (address, log):
        assert "warning: others on your network" in log.read_text()
        port, token = re.fullmatch(r"http://localhost:(\d+)/\?token=([0-9a-f]{32})", address).groups()
        port = int(port)
        for path in ["/", "/rights/", "/.preview/state", "/.preview/preview.js", "/?token=" + "0" * 32, "/?token="]:
            answer = ask(port, request(path))
            assert status(answer) == 403 and b"You have rights" not in answer, path
        for cookie in ["signpost-preview=", "signpost-preview=" + "0" * 32, "other=" + token, token]:
            assert status(ask(port, request("/rights/", "localhost", "GET", "Cookie: " + cookie))) == 403
        for path in ["/rights/", "//rights/", "//evil.test/rights/", "/\\evil.test/"]:
            answer = ask(port, request(f"{path}?token={token}")).decode()
            location = re.search(r"Location: (\S*)", answer, re.I)[1]
            assert location.startswith("/") and location[1:2] not in ("/", "\\") and token not in location
        cookie = re.search(r"Set-Cookie: ([^;]+); Path=/; HttpOnly; SameSite=Lax", answer)[1]
        for host in ["localhost", "192.168.1.20:8000"]:
            answer = ask(port, request("/rights/", host, "GET", "Cookie: a=b; " + cookie))
            assert status(answer) == 200 and b"You have rights." in answer


@pytest.mark.parametrize("host", ["example.org", "999.1.1.1", "", "127.0.0.1/8"])
def test_a_host_that_is_no_address_is_a_wrong_command(site, host):
    result = site.run("serve", "--no-leaflets", "--host", host, timeout=60)
    assert result.returncode == 64 and "is not an address of this machine" in result.stderr
