"""What is seen: the contrast of words measured in the picture, where axe cannot decide and in every colour mode."""

import functools
import io

import pytest
from PIL import Image

from .conftest import MODES, NARROW, WIDE, expect_none, style, use_mode

# Words beside drawn numbers and boxes, on coloured grounds, on buttons; the forced colours of Chromium on them all.
SEEN = [("home", "en"), ("rights", "ar"), ("agenda", "en"), ("complaints", "zh-Hans"), ("contacts", "ar"),
        ("prepare", "ar"), ("ended-council", "en"), ("topic", "en")]
# The edges of letters are grey; thin strokes never reach their full colour in a picture of this size.
LEAST = {"light": 6, "dark": 6, "contrast": 12, "forced-colours": 6, "prefers-contrast": 12}

LINES = """() => {
  const lines = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; node = walker.nextNode();) {
    const around = node.parentElement;
    if (!node.data.trim() || around.closest('.skip, .hidden') || !around.checkVisibility({ visibilityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const r of range.getClientRects())
      if (r.width > 6 && r.height > 6) lines.push([r.x + scrollX, r.y + scrollY, r.width, r.height, node.data.trim().slice(0, 40)]);
  }
  return lines;
}"""


@functools.cache
def luminance(pixel):
    parts = [c / 255 for c in pixel]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def measured(picture, box):
    """The ratio between the ground, the commonest colour of a line, and the colour farthest from it."""
    line = picture.crop(box)
    colours = line.getcolors(maxcolors=line.width * line.height)
    ground = max(colours)[1]
    return max(contrast(ground, colour) for _, colour in colours)


def faint_lines(page, least):
    # The button that leaves lies over the words at the foot of the window; here it stands among them.
    with style(page, ".leave { position: static }"):
        picture = Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("RGB")
        lines = page.evaluate(LINES)
    faint, count = [], 0
    for x, y, width, height, text in lines:
        box = (max(0, int(x)), max(0, int(y)), min(picture.width, int(x + width) + 1), min(picture.height, int(y + height) + 1))
        if box[2] - box[0] < 4 or box[3] - box[1] < 4:
            continue
        count += 1
        ratio = measured(picture, box)
        if ratio < least:
            faint.append(f"{ratio:.1f}:1 {text}")
    assert count > 20
    return faint


@pytest.mark.parametrize("kind, language", SEEN)
def test_words_stand_out_in_the_picture(tabs, kind, language):
    page = tabs.open_kind(kind, language)
    faint = []
    for mode in MODES:
        for size in (WIDE, NARROW) if mode in ("light", "forced-colours") else (WIDE,):
            page.set_viewport_size(size)
            use_mode(page, mode)
            faint += [f"{mode} {size['width']}: {line}" for line in faint_lines(page, LEAST[mode])]
    expect_none(faint)


def test_the_measure_sees_faint_words(tabs):
    page = tabs.open_kind("rights")
    page.evaluate("document.querySelector('h1').style.color = '#999'")
    assert any(page.locator("h1").inner_text()[:10] in line for line in faint_lines(page, LEAST["light"]))
