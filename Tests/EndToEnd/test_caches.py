"""What is kept between builds costs time when it is lost or damaged, and never a byte of the site."""

import os
import random
import shutil

import pytest

from conftest import FULL, Site

COUNTS = (1600, 400) if FULL else (24, 6)


def fill(site, words):
    for page in ("advice", "plan"):
        site.write(f"guidance/{page}.md", f"# {page.capitalize()}\n\nSee [rights](rights.md), {words}.\n")
    site.write("leaflets/short.yml", "title: Short\nformats: [a4, booklet]\nsections:\n  - page: rights\n")


@pytest.fixture(scope="module")
def sites(tmp_path_factory, slim_theme):
    """A site, with leaflets or without, and what it is with each of two contents."""
    made = {}

    def get(options):
        if options not in made:
            folder = tmp_path_factory.mktemp("caches")
            clean, site = {}, Site(folder / "site")
            for words in ("one", "two"):
                first = Site(folder / words)
                for each in (first, site):
                    each.theme, each.options = slim_theme, list(options)
                fill(first, words)
                assert first.build().returncode == 0
                clean[words] = first.files()
            fill(site, "one")
            assert site.build().returncode == 0
            made[options] = site, clean
        return made[options]

    return get


def kept(site, leaflets):
    folder = site.folder / ".signpost"
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.stat().st_size]
    return [path for path in files if ("leaflets" in path.parts) == leaflets] + ([] if leaflets else [site.output / ".signpost/manifest"])


def check(site, clean, source, told):
    """Builds what is there, or other content, and compares it with a first build."""
    words = source.choice(["one", "two"])
    fill(site, words)
    result = site.build()
    assert result.returncode == 0, f"{told}: {result.stderr}"
    assert "Fatal error" not in result.stderr, told
    assert site.files() == clean[words], told


def flip(path, source):
    data = bytearray(path.read_bytes())
    at = source.randrange(len(data))
    data[at] ^= source.randrange(1, 256)
    path.write_bytes(data)
    return f"byte {at} of {path.name}"


def test_a_byte_of_what_is_known_of_the_last_build_is_another(sites):
    site, clean = sites(("--no-leaflets",))
    source = random.Random(14)
    for number in range(COUNTS[0]):
        told = flip(source.choice(kept(site, leaflets=False)), source)
        check(site, clean, source, f"{number}: {told}")


def test_a_byte_of_a_finished_leaflet_is_another(sites):
    site, clean = sites(())
    source = random.Random(15)
    assert any(name.endswith("-print.pdf") for name in clean["one"])
    for number in range(COUNTS[1]):
        # Each kind of file: what is said of a leaflet, the leaflet, its sheets, its picture.
        files = kept(site, leaflets=True)
        assert {path.suffix for path in files} == {".json", ".pdf", ".png"}
        ending = [".json", ".pdf", "-print.pdf", ".png"][number % 4]
        told = flip(source.choice([path for path in files if path.name.endswith(ending)]), source)
        # A build that knows nothing of the last one takes finished leaflets from there.
        shutil.rmtree(site.folder / ".signpost/cache")
        check(site, clean, source, f"{number}: {told}")


def test_what_another_version_kept_is_made_anew(sites, tmp_path):
    site, clean = sites(())
    source = random.Random(16)
    [state] = (site.folder / ".signpost/cache").rglob("state")
    whole = state.read_bytes()
    head, body = whole.split(b"\n", 1)
    assert head.startswith(b"signpost state ")
    for other in (b"signpost state 1\n" + body, b"signpost state 99\n" + body, b"signpost state 2\n" + body[8:], whole[:len(whole) // 2], b"",
                  whole + b"\0", os.urandom(len(whole))):
        state.write_bytes(other)
        check(site, clean, source, other[:20])
    # A leaflet of a version that did not say what its files are, and other files in their place.
    for harm in ("no sum", "other pages", "swapped", "cut"):
        folder = site.folder / ".signpost/leaflets/leaflets"
        said = sorted(folder.glob("*.json"))
        assert said
        for file in said:
            text = file.read_text()
            if harm == "no sum":
                file.write_text(text.replace('"sum"', '"was"'))
                file.with_suffix(".pdf").write_bytes(b"%PDF-1.4 of long ago")
            elif harm == "other pages":
                file.write_text(text.replace('"pages":', '"pages":1'))
            elif harm == "cut":
                file.with_suffix(".pdf").write_bytes(file.with_suffix(".pdf").read_bytes()[:1000])
        if harm == "swapped":
            pages = [file.with_suffix(".pdf").read_bytes() for file in said]
            for file, data in zip(said, pages[1:] + pages[:1]):
                file.with_suffix(".pdf").write_bytes(data)
        shutil.rmtree(site.folder / ".signpost/cache")
        check(site, clean, source, harm)


def test_folders_and_links_in_place_of_what_is_kept_are_no_reason_to_stop(sites):
    site, clean = sites(("--no-leaflets",))
    source = random.Random(17)
    [state] = (site.folder / ".signpost/cache").rglob("state")
    for harm in (lambda: state.mkdir(), lambda: state.symlink_to("/dev/null"), lambda: state.symlink_to(state), lambda: os.mkfifo(state)):
        state.unlink()
        harm()
        words = source.choice(["one", "two"])
        fill(site, words)
        result = site.build()
        assert result.returncode == 0 and site.files() == clean[words], result.stderr
        if state.is_dir() and not state.is_symlink():
            state.rmdir()
        else:
            state.unlink()
        assert site.build().returncode == 0
