"""Pictures as they come from elsewhere: enormous, cut, empty, of another sort than their name says. None makes a build hang, fall
over or take a gigabyte, on the web and on paper, and each is named with what to do."""

import io
import os
import resource
import struct
import subprocess
import sys
import time
import zlib

import PIL.Image
import pytest

from conftest import COUNCIL, FULL, PROGRAM, ROOT, Site

NS = 'xmlns="http://www.w3.org/2000/svg"'


def picture(kind, size=(40, 30)):
    data = io.BytesIO()
    PIL.Image.new("RGB", size, "teal").save(data, kind)
    return data.getvalue()


def png(width, height, rows=0, bits=1, colour=0):
    """A PNG whose head says what it likes, of rows that are all the same."""
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    packer = zlib.compressobj(9)
    row = bytes(1 + (width * bits * {0: 1, 6: 4}[colour] + 7) // 8) if rows else b""
    data = b"".join(packer.compress(row) for _ in range(rows)) + packer.flush()
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0))
            + chunk(b"IDAT", data) + chunk(b"IEND", b""))


def jpeg(width, height):
    data = bytearray(picture("JPEG"))
    at = data.index(b"\xff\xc0") + 5
    data[at:at + 4] = struct.pack(">HH", height, width)
    return bytes(data)


def webp(kind, width, height):
    if kind == "VP8 ":
        head = b"\x30\x01\x00\x9d\x01\x2a" + struct.pack("<HH", width, height)
    elif kind == "VP8L":
        head = b"\x2f" + struct.pack("<I", (width - 1) | (height - 1) << 14)
    else:
        head = bytes(4) + struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3]
    head += bytes(30)
    return b"RIFF" + struct.pack("<I", len(head) + 12) + b"WEBP" + kind.encode() + struct.pack("<I", len(head)) + head


def svg(inside, size='width="10" height="10"'):
    return f"<svg {NS} {size}>{inside}</svg>".encode()


ENORMOUS = {
    "head.png": png(60_000, 60_000), "most.png": png(2**31 - 1, 2**31 - 1), "more.png": png(2**32 - 1, 2**32 - 1),
    "big.jpg": jpeg(65_535, 65_535), "big.gif": b"GIF89a\xff\xff\xff\xff\0\0\0;", "lossy.webp": webp("VP8 ", 16_383, 16_383),
    "whole.webp": webp("VP8L", 16_384, 16_384), "frames.webp": webp("VP8X", 1 << 24, 1 << 24),
}
BROKEN = {
    "empty.png": b"", "empty.svg": b"", "cut.png": picture("PNG", (300, 300))[:200], "cut.jpg": picture("JPEG")[:-30],
    "cut.jpeg": picture("JPEG")[:100], "cut.webp": picture("WEBP")[:-8], "head.webp": picture("WEBP")[:20], "cut.gif": b"GIF89a\1\0\1\0",
    "jpeg.png": picture("JPEG"), "png.jpg": picture("PNG"), "png.svg": picture("PNG"), "gif.webp": picture("GIF"), "svg.png": svg("<g/>"),
    "page.png": b"<html><script>alert(1)</script></html>", "form.jpg": b"%PDF-1.4\n%%EOF", "text.svg": b"no drawing",
    "phone.jpg": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "zip.png": b"PK\3\4",
}
FOREIGN = {
    "script.svg": svg("<script>alert(1)</script>"), "image.svg": svg('<image href="https://x.example/a.png"/>'),
    "near.svg": svg('<image href="../../../secret.png"/>'), "file.svg": svg('<image href="file:///etc/passwd"/>'),
    "style.svg": svg("<style>@import url(https://x.example/a.css)</style>"), "use.svg": svg('<use href="//x.example/a.svg#b"/>'),
    "font.svg": svg("<style>@font-face { font-family: f; src: url(https://x.example/f.woff2) }</style>"),
    "entity.svg": b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + svg("<text>&b;</text>"),
}
FINE = {
    "room.png": picture("PNG"), "room.jpg": picture("JPEG"), "room.webp": picture("WEBP"), "room.gif": picture("GIF"),
    "large.png": png(7000, 7000, 7000), "own.svg": svg('<use href="#a"/><image href="data:image/png;base64,AAAA"/>'),
    "after.jpg": picture("JPEG") + b"what a camera adds", "lossless.webp": webp("VP8L", 30, 40),
}


def limited():
    """No process of a build takes more than a gigabyte."""
    resource.setrlimit(resource.RLIMIT_DATA, (1 << 30, 1 << 30))


def run(site, command, *arguments, seconds=60):
    started = time.monotonic()
    result = subprocess.run(
        [PROGRAM, command, "--content", "content", "--theme", site.theme, *arguments], cwd=site.folder, capture_output=True, text=True,
        timeout=seconds, preexec_fn=limited if sys.platform == "linux" else None, env={**os.environ, "SOURCE_DATE_EPOCH": "1795219200"})
    assert result.returncode in (0, 1), result.stderr
    assert "Fatal error" not in result.stderr
    assert time.monotonic() - started < seconds
    return result


@pytest.fixture
def shown(site, slim_theme):
    site.theme = slim_theme

    def show(pictures):
        text = "# Rights\n\nYou have rights.\n\n"
        for name, data in pictures.items():
            site.write(f"guidance/{name}", data)
            text += f"![What {name.replace('.', ' ')} shows]({name})\n\n"
        site.write("guidance/rights.md", text)
        return site

    return show


def found(site, rules):
    return {p["file"].split("/")[-1]: (p["rule"], p["severity"]) for p in site.problems() if p["rule"] in rules}


RULES = {"EnormousPicture", "BrokenPicture", "DrawingWithScript", "UnusablePicture"}


def test_each_picture_that_nobody_could_see_is_named(shown):
    site = shown({**ENORMOUS, **BROKEN, **FOREIGN, **FINE})
    sparse = site.write("guidance/sparse.png", b"")
    os.truncate(sparse, 300_000_000)
    wanted = {**dict.fromkeys(ENORMOUS, ("EnormousPicture", "error")), "sparse.png": ("EnormousPicture", "error"),
              **dict.fromkeys(BROKEN, ("BrokenPicture", "warning")), **dict.fromkeys(FOREIGN, ("DrawingWithScript", "error"))}
    assert found(site, RULES) == wanted
    result = run(site, "build", "--output", "site", "--no-leaflets")
    assert result.returncode == 1 and not site.output.exists()


def test_pictures_that_are_well_are_left_alone(shown):
    site = shown(FINE)
    assert found(site, RULES) == {}
    assert run(site, "build", "--output", "site", "--no-leaflets").returncode == 0


def test_a_broken_picture_is_a_warning_until_the_site_is_published(shown):
    site = shown({"room.png": picture("JPEG")})
    [problem] = [p for p in site.problems() if p["rule"] == "BrokenPicture"]
    assert problem["message"] == "this is a JPEG file, and its name says that it is something else"
    assert problem["help"] == "Let its name end in '.jpg'."
    assert run(site, "build", "--output", "site", "--no-leaflets").returncode == 0
    assert "BrokenPicture" in {p["rule"] for p in site.problems("--strict") if p["severity"] == "error"}


PAPER = {
    "empty.png": b"", "cut.png": BROKEN["cut.png"], "jpeg.png": BROKEN["jpeg.png"], "notxml.svg": b"<svg <<<>>",
    "nothing.svg": svg("", 'width="0" height="0"'),
    "laughs.svg": svg('<defs><g id="a0"><path d="M0 0h1"/></g>' + "".join(
        f'<g id="a{i}">' + f'<use href="#a{i - 1}"/>' * 10 + "</g>" for i in range(1, 9)) + '</defs><use href="#a8"/>'),
    "loop.svg": svg('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g><use href="#a"/>'),
    "deep.svg": svg("<g>" * 20_000 + "</g>" * 20_000),
}
SHORT = ["jpeg.png", "laughs.svg"]


@pytest.fixture(scope="module")
def paper(tmp_path_factory):
    """A site whose council has a logo, and a leaflet that shows it."""
    site = Site(tmp_path_factory.mktemp("paper"))
    site.write("leaflets/short.yml", "title: Short\nformats: [a4]\nsections:\n  - page: rights\n")

    def logo(name, data):
        site.write(f"councils/a/{name}", data)
        site.write("councils/a/council.yml", COUNCIL + f"brand: {{logo: {name}}}\n")
        return site

    return logo


@pytest.mark.parametrize("name", PAPER if FULL else SHORT)
def test_on_paper_each_is_named_too(paper, name):
    site = paper(name, PAPER[name])
    result = run(site, "leaflets", "--output", "paper")
    assert result.returncode == 1, result.stderr
    assert f"content/councils/a/{name}: error: the leaflet 'short' (a4) of Council A in English cannot show a picture: failed to" \
        in result.stderr, result.stderr
    assert f"Save it anew, a drawing as 'Plain SVG' or as PNG: councils/a/{name}." in result.stderr


@pytest.mark.skipif(not FULL, reason="takes a minute")
@pytest.mark.parametrize("name,data", {
    "most.png": png(7000, 7000, 7000, bits=8, colour=6), "photo.jpg": jpeg(7000, 7000), "wide.svg": svg("<rect width='1e9' height='1e9'/>", 'width="1e9" height="1e9"'),
    "blur.svg": svg('<filter id="f" x="-1000%" width="5000%" height="5000%"><feGaussianBlur stdDeviation="100000"/></filter>'
                    '<rect filter="url(#f)" width="1e6" height="1e6"/>', 'width="1e6" height="1e6" viewBox="0 0 1e6 1e6"'),
    "nan.svg": svg("", 'width="NaN" height="inf" viewBox="0 0 NaN -1e308"'),
}.items(), ids=lambda value: value if isinstance(value, str) else "")
def test_the_largest_that_are_let_through_end_in_time_on_paper(paper, name, data):
    site = paper(name, data)
    run(site, "leaflets", "--output", "paper", seconds=200)
