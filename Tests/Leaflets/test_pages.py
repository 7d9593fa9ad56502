"""How full the pages of guides are, and where their rights begin: for every council and language of the example."""

import io
import re
import shutil
import statistics
import subprocess

import numpy
import pytest
from PIL import Image

from .conftest import ROOT, THEME
from .test_folded import small_portal
from .test_leaflets_command import cache, run  # noqa: F401

CONTENT = ROOT / "content"
# Millimetres of each format: the page, and above and below its words.
MARGINS = {"booklet": (210, 11.5, 14.5), "a4": (297, 25, 22), "large-print": (297, 25, 22)}
# A page that is neither the last one nor the last before a new part. Half, and a line for the measuring.
LEAST = 0.45


def words(path):
    """Of each page: its words with their tops and heights, in points."""
    box = subprocess.run(["pdftotext", "-bbox", path, "-"], capture_output=True, text=True, check=True).stdout
    pattern = re.compile(r'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">([^<]*)<')
    return [[(float(top), float(bottom) - float(top), word) for top, bottom, word in pattern.findall(page)]
            for page in box.split("<page ")[1:]]


def fill(path, kind):
    """Of each page, how far down its words, pictures and lines to write on go."""
    height, top, bottom = MARGINS[kind]
    data = subprocess.run(["pdftoppm", "-r", "40", "-gray", path], capture_output=True, check=True).stdout
    found = []
    while data:
        size = re.match(rb"P5\s(\d+) (\d+)\s255\s", data)
        end = size.end() + int(size[1]) * int(size[2])
        dark = numpy.asarray(Image.open(io.BytesIO(data[:end]))) < 246
        data = data[end:]
        scale = dark.shape[0] / height
        rows = dark[round(top * scale):round((height - bottom) * scale)].any(axis=1).nonzero()[0]
        found.append((rows[-1] + 1) / ((height - top - bottom) * scale) if len(rows) else 0)
    return found


def half_empty(path, kind):
    """The pages that are less than half full, though their part goes on."""
    pages = words(path)
    usual = statistics.median(height for page in pages for _, height, _ in page)
    top = MARGINS[kind][1] / 25.4 * 72 - 14

    def begins_a_part(page):
        below = [(y, height) for y, height, _ in page if y >= top]
        # A heading of a part stands in letters of 1.3 times the size and more.
        return not below or min(below)[1] > usual * 1.2

    filled = fill(path, kind)
    assert len(filled) == len(pages)
    return [(number, round(share, 2)) for number, share in enumerate(filled, 1)
            if share < LEAST and number < len(pages) and not begins_a_part(pages[number])]


@pytest.fixture(scope="module")
def guides(tmp_path_factory):
    """The guides of the example, by their format: all councils and languages, to read and to print."""
    folder = tmp_path_factory.mktemp("guides")
    shutil.copytree(CONTENT, folder / "content")
    for file in (folder / "content/leaflets").glob("*.yml"):
        if file.name != "guide-for-parents.yml":
            file.unlink()
    # As `make site` laid them out.
    result = run("leaflets", "--content", folder / "content", "--theme", THEME, "--output", folder / "out",
                 "--cache", ROOT / ".signpost/leaflets", *(f"--format={kind}" for kind in MARGINS))
    assert result.returncode == 0, result.stderr
    return folder / "out"


@pytest.mark.parametrize("kind", MARGINS)
def test_no_page_of_a_guide_is_half_empty_in_any_language(guides, kind):
    made = [path for path in sorted(guides.rglob(f"*-{kind}*.pdf")) if kind != "booklet" or "print" not in path.name]
    assert len(made) >= 16
    wrong = {str(path.relative_to(guides)): found for path in made if (found := half_empty(path, kind))}
    assert not wrong, wrong


def test_every_booklet_fills_whole_sheets(guides):
    made = [path for path in guides.rglob("*-booklet.pdf")]
    counts = {str(path.relative_to(guides)): len(words(path)) for path in made}
    assert all(count % 4 == 0 for count in counts.values()), counts
    assert counts["oxfordshire/en/guide-for-parents-booklet.pdf"] <= 24


def test_rights_lie_open_with_all_of_them_at_the_head(guides):
    pages = words(guides / "oxfordshire/en/guide-for-parents-booklet.pdf")
    texts = [" ".join(word for _, _, word in page) for page in pages]
    (first,) = [number for number, text in enumerate(texts, 1) if text.startswith("Your rights")]
    assert first % 2 == 0
    # 13 numbers, the last of them before the first is explained.
    head = texts[first - 1]
    assert head.index("You can complain") < head.index("We invite you") and head.count("You are invited") == 2


def rights_of(count):
    return "---\nkind: rights\n---\n\n# Your rights\n\nAll of them.\n\n" + "".join(
        f"## You can ask for thing {n:02} {{#right-{n}}}\n\nIt is explained in a sentence or two.\n\n" for n in range(1, count + 1))


GUIDE = """title: A guide
formats: [booklet]
sections:
  - page: about
  - page: rights
  - page: more
"""




@pytest.mark.parametrize("before", [60, 300, 520, 760, 1000, 1240])
@pytest.mark.parametrize("after", [80, 500])
def test_many_rights_begin_a_left_page_where_that_costs_no_sheet(tmp_path, cache, before, after):  # noqa: F811
    text = lambda count: "".join(f"## Part {n} {{#part-{n}}}\n\n{'Many words stand here. ' * 20}\n\n" for n in range(count // 80 + 1))
    content = small_portal(tmp_path, {
        "about": f"# About\n\n{text(before)}", "rights": rights_of(12), "more": f"# More\n\n{text(after)}"}, GUIDE)
    result = run("leaflets", "--content", content, "--theme", THEME, "--output", tmp_path / "out", "--cache", cache)
    assert result.returncode == 0, result.stderr
    texts = [" ".join(word for _, _, word in page) for page in words(tmp_path / "out/one/en/leaflet-booklet.pdf")]
    (first,) = [number for number, page in enumerate(texts, 1) if page.startswith("Your rights")]
    assert all(f"You can ask for thing {n:02}" in texts[first - 1] for n in range(1, 13))
    assert len(texts) % 4 == 0
    spare = [page for page in texts if re.match("My notes|My questions|People and phone", page)]
    # On a right page only if not one page is left over.
    assert first % 2 == 0 or not spare, (first, len(texts), len(spare))
    assert len(spare) <= 3


def test_few_rights_have_no_list_and_no_page_of_their_own(tmp_path, cache):  # noqa: F811
    content = small_portal(tmp_path, {
        "about": "# About\n\nWords.\n", "rights": rights_of(3), "more": "# More\n\nWords.\n"}, GUIDE)
    result = run("leaflets", "--content", content, "--theme", THEME, "--output", tmp_path / "out", "--cache", cache)
    assert result.returncode == 0, result.stderr
    texts = [" ".join(word for _, _, word in page) for page in words(tmp_path / "out/one/en/leaflet-booklet.pdf")]
    (page,) = [page for page in texts if "Your rights" in page]
    assert page.startswith("About") and page.count("thing 02") == 1
