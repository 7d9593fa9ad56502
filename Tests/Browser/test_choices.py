"""Colours, text size and ticks: chosen, kept on the device only, there before the first paint, and without scripts."""

import pytest

from .conftest import NARROW, click_display, expect_none
from .pages import LANGUAGES

BLACK, GROUND = "rgb(0, 0, 0)", "getComputedStyle(document.documentElement).backgroundColor"
SIZE = "parseFloat(getComputedStyle(document.body).fontSize)"
STORED = "Object.fromEntries(Object.entries(localStorage))"


def switch(page):
    click_display(page, "#_contrast")


def test_nothing_is_stored_until_somebody_chooses(tabs):
    page = tabs.open_kind("home")
    for kind in ("rights", "prepare", "faq"):
        tabs.open_kind(kind, page=page)
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]


def test_contrast_is_remembered_on_every_page_and_can_be_turned_off(tabs):
    page = tabs.open_kind("home")
    light = page.evaluate(GROUND)
    switch(page)
    assert page.evaluate(GROUND) == BLACK
    for kind, language in (("rights", "en"), ("contacts", "ar"), ("chooser", "en")):
        tabs.open_kind(kind, language, page=page)
        assert page.evaluate(GROUND) == BLACK
        assert page.locator("#_contrast").is_checked()
    switch(page)
    tabs.open_kind("rights", page=page)
    assert page.evaluate(GROUND) == light
    assert page.evaluate(STORED) == {}


def test_other_open_pages_follow(tabs):
    page = tabs.open_kind("home")
    other = tabs.open_kind("rights", page=page.context.new_page())
    light = other.evaluate(GROUND)
    switch(page)
    click_display(page, "#_size-3")
    other.wait_for_function(f"{GROUND} == '{BLACK}' && document.querySelector('#_contrast').checked")
    other.wait_for_function(f"document.querySelector('#_size-3').checked && {SIZE} > 20")
    switch(other)
    page.wait_for_function(f"{GROUND} == '{light}' && !document.querySelector('#_contrast').checked")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast_that_the_device_asks_for_can_be_turned_off(tabs, scheme):
    page = tabs.open_kind("rights", contrast="more", color_scheme=scheme)
    assert page.evaluate(GROUND) == BLACK
    assert page.locator("#_contrast").is_checked()
    switch(page)
    plain = page.evaluate(GROUND)
    assert plain != BLACK
    tabs.open_kind("home", page=page)
    assert page.evaluate(GROUND) == plain
    assert not page.locator("#_contrast").is_checked()
    switch(page)
    assert page.evaluate(GROUND) == BLACK


def test_the_choice_is_there_before_the_first_paint(tabs):
    """The style sheet is held back: what is painted first already has the colours and the size."""
    page = tabs.open_kind("rights")
    switch(page)
    click_display(page, "#_size-3")
    tabs.open_kind("home", page=page)
    seen = page.evaluate("""() => new Promise(resolve => {
      const frame = document.createElement('iframe');
      frame.src = location.href;
      frame.onload = () => resolve([performance.getEntriesByType('layout-shift').length]);
      resolve([document.documentElement.dataset.mode, document.documentElement.dataset.size]);
    })""")
    assert seen == ["contrast", "3"]
    # The script that does it stands in the head, before the style sheet, and is no separate file.
    order = page.evaluate("[...document.head.children].map(e => e.tagName + (e.src ? ' src' : '') + (e.rel == 'stylesheet' ? ' sheet' : ''))")
    assert order.index("SCRIPT") < order.index("LINK sheet")


def test_text_sizes_are_steps_and_remembered(tabs):
    page = tabs.open_kind("rights")
    normal = page.evaluate(SIZE)
    assert normal >= 19
    for step, factor in ((2, 1.25), (3, 1.5)):
        click_display(page, f"#_size-{step}")
        tabs.open_kind("home", page=page)
        assert page.evaluate(SIZE) == pytest.approx(normal * factor)
        assert page.locator(f"#_size-{step}").is_checked()
    click_display(page, "#_size-1")
    assert page.evaluate(STORED) == {}


def test_body_text_is_large_on_phones(tabs):
    for language in LANGUAGES:
        page = tabs.open_kind("rights", language, viewport=NARROW)
        assert page.evaluate(SIZE) >= 18


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_and_size_change_without_scripts(tabs, scheme):
    page = tabs.open_kind("rights", java_script_enabled=False, color_scheme=scheme)
    before = page.screenshot()
    switch(page)
    assert page.locator("#_contrast").is_checked()
    contrast = page.screenshot()
    assert contrast != before
    # Playwright's own functions run, though the page's scripts do not.
    assert page.evaluate(GROUND) == BLACK
    size = page.evaluate(SIZE)
    click_display(page, "#_size-3")
    assert page.evaluate(SIZE) == pytest.approx(size * 1.5)


def test_colours_and_size_change_while_the_script_has_not_come(tabs):
    context = tabs.context()
    context.route("**/js-site-*", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page = tabs.open_kind("rights", page=context.new_page())
    assert page.evaluate("'js' in document.documentElement.dataset")
    switch(page)
    assert page.evaluate(GROUND) == BLACK
    size = page.evaluate(SIZE)
    click_display(page, "#_size-3")
    assert page.evaluate(SIZE) == pytest.approx(size * 1.5)


def test_without_scripts_nothing_is_promised_that_needs_them(tabs):
    page = tabs.open_kind("prepare", java_script_enabled=False)
    assert page.locator("button:visible").count() == 0
    assert page.locator("main").inner_text().count("\n") > 10
    page = tabs.open_kind("faq", java_script_enabled=False)
    assert page.locator("[data-search]:visible").count() == 0
    assert page.locator("main a:visible").count() > 20


def test_where_storing_is_refused_everything_still_works(tabs):
    context = tabs.context()
    context.add_init_script("""Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })""")
    page = tabs.open_kind("prepare", page=context.new_page())
    switch(page)
    assert page.evaluate(GROUND) == BLACK
    page.locator(".checklist-page input").first.check()
    assert page.locator(".checklist-page input").first.is_checked()


# Lists to tick

def test_ticks_are_kept_on_this_device_and_cleared(tabs):
    page = tabs.open_kind("prepare")
    boxes = page.locator(".checklist-page input")
    assert boxes.count() > 5
    boxes.nth(1).check()
    # The whole line is the target.
    page.locator(".checklist-page li").nth(3).click(position={"x": 60, "y": 10})
    page.reload()
    assert [i for i in range(boxes.count()) if boxes.nth(i).is_checked()] == [1, 3]
    stored = page.evaluate(STORED)
    assert set(stored) == {"ticks"}
    assert all(len(tick) <= 7 and tick.isalnum() for tick in stored["ticks"].split()), "words would tell what was ticked"
    page.locator("[data-clear]").click()
    page.reload()
    assert page.locator(".checklist-page input:checked").count() == 0
    assert page.evaluate(STORED) == {}


def test_every_box_has_its_words_as_its_name(tabs):
    page = tabs.open_kind("prepare")
    expect_none(page.eval_on_selector_all(
        ".checklist-page input", "boxes => boxes.filter(b => !b.labels.length || !b.labels[0].textContent.trim()).map(b => b.outerHTML)"))


def test_only_three_things_are_ever_stored(tabs):
    page = tabs.open_kind("prepare")
    page.locator(".checklist-page input").first.check()
    switch(page)
    click_display(page, "#_size-2")
    for kind in ("faq", "contacts", "home"):
        tabs.open_kind(kind, page=page)
    page.keyboard.press("Shift")
    assert set(page.evaluate(STORED)) == {"mode", "size", "ticks"}
    assert page.evaluate("sessionStorage.length") == 0
    assert page.evaluate("indexedDB.databases().then(all => all.length)") == 0
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
