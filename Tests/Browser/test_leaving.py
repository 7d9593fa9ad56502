"""Leaving quickly: by the button, by three presses of Shift, with and without scripts; and what stays behind."""

import datetime
import re

import pytest
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from .conftest import NARROW, NEUTRAL, WIDE
from .pages import path


@pytest.fixture
def page(tabs):
    """The rights page, opened from the home page, as a parent would."""
    page = tabs.open_kind("home")
    page.locator("main a[href$='rights/index.html']").first.click()
    page.wait_for_url("**/rights/index.html")
    return page


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def has_left(page):
    page.wait_for_timeout(150)
    return page.url == NEUTRAL


def status(page):
    return page.locator(".exit-status").inner_text()


def assert_gone(page, tabs):
    """On the neutral page, which learns nothing; Back does not return to where the parent was."""
    page.wait_for_url(NEUTRAL)
    assert page.title() == "Weather"
    request = tabs.exits[-1]
    assert "referer" not in {name.lower() for name in request.all_headers()}
    assert page.evaluate("document.referrer") == ""
    page.go_back()
    assert "rights" not in page.url


def test_three_presses_of_shift_leave(page, tabs):
    press(page, "Shift", "Shift")
    assert not has_left(page)
    press(page, "Shift")
    assert_gone(page, tabs)


def test_each_press_is_told(page):
    assert status(page) == ""
    press(page, "Shift")
    assert status(page) == "Press Shift two more times to leave."
    press(page, "Shift")
    assert status(page) == "Press Shift once more to leave."
    assert page.locator(".exit-status").get_attribute("role") == "status"
    assert page.locator(".exit-status").is_visible()


@pytest.mark.parametrize("keys", [
    ["Shift+a"] * 4,
    ["Shift", "Shift", "x", "Shift"],
    ["Shift", "Shift", "Shift+B", "Shift"],
    ["Shift", "Shift", "Tab", "Shift"],
    ["Shift", "Shift", "Shift+Tab", "Shift"],
    ["Alt+Shift"] * 4,
    ["Control+Shift"] * 4,
    ["Shift", "Shift", "Escape", "Shift", "Shift"],
    ["Control"] * 4,
], ids=" ".join)
def test_other_keys_do_not_count_and_begin_anew(page, keys):
    press(page, *keys)
    assert not has_left(page)


def test_a_click_with_shift_does_not_count(page):
    for _ in range(4):
        page.locator("h1").click(modifiers=["Shift"])
    assert not has_left(page)


def test_a_key_held_down_counts_once(page):
    for _ in range(6):
        page.keyboard.down("Shift")
    page.keyboard.up("Shift")
    assert not has_left(page)
    assert status(page) == "Press Shift two more times to leave."


def test_five_seconds_begin_anew_with_each_press_and_then_expire(tabs):
    context = tabs.context()
    context.clock.install(time=datetime.datetime(2026, 11, 21, 9))
    page = tabs.open_kind("rights", page=context.new_page())
    # From here the clock stands still, however busy the machine is.
    page.clock.pause_at(datetime.datetime(2026, 11, 21, 10))
    press(page, "Shift")
    page.clock.run_for(4900)
    press(page, "Shift")
    page.clock.run_for(4900)
    assert status(page) == "Press Shift once more to leave."
    page.clock.run_for(200)
    assert status(page).startswith("The Shift key was not pressed in time.")
    press(page, "Shift")
    assert not has_left(page)
    assert status(page) == "Press Shift two more times to leave."
    page.clock.run_for(5100)
    page.clock.run_for(5100)
    assert status(page) == ""


@pytest.mark.parametrize("selector", [".head .exit", ".skip [data-exit]"])
def test_both_links_leave(page, tabs, selector):
    page.locator(selector).focus()
    page.keyboard.press("Enter")
    assert_gone(page, tabs)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["1280", "320"])
@pytest.mark.parametrize("kind, language", [("home", "en"), ("contacts", "ar"), ("ended-council", "en"), ("chooser", "en"), ("not-found", "en")])
def test_the_button_is_in_sight_wherever_one_has_scrolled(tabs, kind, language, size):
    page = tabs.open_kind(kind, language, viewport=size)
    for share in (0, .5, 1):
        page.evaluate("share => scrollTo(0, share * document.documentElement.scrollHeight)", share)
        assert page.evaluate("""() => {
          const exit = document.querySelector('.head .exit'), r = exit.getBoundingClientRect();
          return r.top >= 0 && r.left >= 0 && r.right <= innerWidth && r.bottom <= innerHeight
            && exit.contains(document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2));
        }""")


@pytest.mark.parametrize("mode", [{}, {"color_scheme": "dark"}, {"forced_colors": "active"}])
def test_everything_is_hidden_at_once(tabs, mode):
    """Before the other site answers: the whole window is one plain sheet, with a neutral title."""
    context = tabs.context(**mode)
    waiting = []
    context.route(NEUTRAL, lambda route: waiting.append(route))
    context.add_init_script("""document.addEventListener('DOMContentLoaded', () => new MutationObserver(changes => {
      for (const sheet of document.querySelectorAll('.leaving')) {
        const r = sheet.getBoundingClientRect(), look = getComputedStyle(sheet);
        const hits = [[5, 5], [innerWidth - 5, innerHeight - 5], [innerWidth / 2, innerHeight / 2], [innerWidth - 60, 30]];
        console.log(`overlay ${r.x <= 0 && r.y <= 0 && r.right >= innerWidth && r.bottom >= innerHeight
          && hits.every(([x, y]) => sheet.contains(document.elementFromPoint(x, y)))
          && !/rgba|transparent/.test(look.backgroundColor)} ${sheet.getAttribute('role')} ${document.title} / ${sheet.textContent}`);
      }
    }).observe(document.body, { childList: true }))""")
    page = tabs.open_kind("rights", page=context.new_page())
    with page.expect_console_message(lambda message: message.text.startswith("overlay")) as told:
        page.locator(".head .exit").click(no_wait_after=True)
    assert told.value.text == "overlay true alert Leaving this site. / Leaving this site."
    tabs.problems[:] = [problem for problem in tabs.problems if ": overlay " not in problem]
    for _ in range(100):
        page.wait_for_timeout(20)
        if waiting:
            break
    waiting[0].fulfill(body="<title>Weather</title>", content_type="text/html")
    page.wait_for_url(NEUTRAL)


def leave(page):
    page.locator(".head .exit").click()
    page.wait_for_url(NEUTRAL)


def back_leads_away(tabs, address):
    """Three pages deep; each press of Back leads to one of them, and each goes on to the neutral page."""
    page = tabs.context().new_page()
    page.goto("about:blank")
    for kind in ("home", "rights", "contacts"):
        page.goto(address(path(kind)))
    leave(page)
    for _ in range(2):
        with page.expect_request(NEUTRAL):
            page.evaluate("history.back()")
        page.wait_for_url(NEUTRAL)
    # Nothing of the site is left to go back to.
    page.go_back()
    assert page.url in ("about:blank", NEUTRAL)


def test_back_does_not_bring_the_site_back(tabs):
    back_leads_away(tabs, tabs.url)


def test_back_does_not_bring_a_copy_of_the_site_back(tabs):
    """Of files opened without a server, a busy Chromium now and then loses what a tab has stored when the tab goes
    to another site and back (6 of 72 times with four at work on two cores; of 100 with a server, never)."""
    for attempt in range(3):
        try:
            return back_leads_away(tabs, lambda file: (tabs.folder / file).as_uri())
        except PlaywrightTimeout:
            if attempt == 2:
                raise


def test_a_page_kept_by_the_browser_goes_on_too(tabs):
    """The browser may show a page again as it was, without loading it: then it tells so by an event."""
    context = tabs.context()
    context.route(NEUTRAL, lambda route: route.fulfill(status=204))
    page = tabs.open_kind("rights", page=context.new_page())
    page.locator(".head .exit").click(no_wait_after=True)
    page.wait_for_selector(".leaving")
    with page.expect_request(NEUTRAL):
        page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    assert page.evaluate("document.documentElement.hidden")


def test_who_comes_back_on_purpose_sees_the_site(tabs):
    page = tabs.open_kind("rights")
    address = page.url
    leave(page)
    page.goto(address)
    assert page.locator("h1").is_visible()
    # And the way they came is theirs again: Back is an ordinary Back.
    page.locator(".brand").click()
    page.wait_for_load_state()
    page.go_back()
    assert page.url == address and page.locator("h1").is_visible()


@pytest.mark.parametrize("way", ["button", "shift"])
def test_leaving_clears_what_was_ticked(tabs, way):
    page = tabs.open_kind("prepare")
    address = page.url
    page.locator(".checklist-page input").first.check()
    if way == "button":
        leave(page)
    else:
        press(page, "Shift", "Shift", "Shift")
        page.wait_for_url(NEUTRAL)
    page.goto(address)
    assert page.locator(".checklist-page input:checked").count() == 0
    assert page.evaluate("localStorage.length") == 0


def test_ticks_can_be_cleared_now_and_the_page_says_who_sees_them(tabs):
    page = tabs.open_kind("prepare")
    assert "Anyone who uses this device can see them" in page.locator("main").inner_text()
    page.locator(".checklist-page input").first.check()
    assert page.evaluate("localStorage.ticks")
    page.get_by_role("button", name="Clear now").click()
    assert page.locator(".checklist-page input:checked").count() == 0
    assert page.evaluate("localStorage.ticks") is None


# The boxes of all text, pictures and fields, and that of the strip; what lies under the strip while the page scrolls is
# allowed only where the strip spans the window, so that no line stands half beside it.
COVERED = r"""() => {
  const exit = document.querySelector('.leave').getBoundingClientRect(), covered = [];
  const spans = exit.left <= 0 && exit.right >= document.documentElement.clientWidth;
  const opaque = !/rgba|transparent/.test(getComputedStyle(document.querySelector('.leave')).backgroundColor);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = document.createRange();
  for (let node; node = walker.nextNode();) {
    if (!node.data.trim() || node.parentElement.closest('.leave, .exit-status, .skip, .hidden, [hidden]')) continue;
    if (!node.parentElement.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })) continue;
    range.selectNodeContents(node);
    for (const box of range.getClientRects())
      if (box.width > 1 && box.right > exit.left + 1 && box.left < exit.right - 1 && box.bottom > exit.top + 1 && box.top < exit.bottom - 1)
        covered.push(node.data.trim().slice(0, 40));
  }
  return { covered, safe: spans && opaque };
}"""


@pytest.mark.parametrize("kind, language", [("rights", "en"), ("contacts", "en"), ("rights", "ar"), ("topic", "ur")])
@pytest.mark.parametrize("width", [320, 390, 768, 992, 1024, 1280, 1440, 1920])
def test_the_exit_covers_no_text(tabs, kind, language, width):
    page = tabs.open_kind(kind, language, viewport={"width": width, "height": 720})
    for size in ("1", "3"):
        page.evaluate("size => { document.documentElement.dataset.size = size }", size)
        # At its own end of the page nothing lies under the strip; elsewhere it spans the window, so nothing is half hidden.
        height = page.evaluate("document.documentElement.scrollHeight")
        for place in [0, *range(137, height, max(137, height // 20)), height]:
            page.evaluate("place => scrollTo(0, place)", place)
            found = page.evaluate(COVERED)
            if place == (0 if width >= 992 else height):
                assert not found["covered"], (size, place, found)
            assert found["safe"] or not found["covered"], (size, place, found)


def test_the_exit_test_sees_a_button_in_the_corner(tabs):
    page = tabs.open_kind("rights", viewport={"width": 1024, "height": 720})
    page.evaluate("""() => { document.documentElement.dataset.size = '3'; Object.assign(
        document.querySelector('.leave').style, { inset: '8px 16px auto auto', inlineSize: '14rem' }) }""")
    found = []
    for place in range(0, 4000, 90):
        page.evaluate("place => scrollTo(0, place)", place)
        found.append(page.evaluate(COVERED))
    assert not any(state["safe"] for state in found)
    assert any(state["covered"] for state in found)


def test_the_button_is_a_plain_link_without_scripts(tabs):
    page = tabs.open_kind("rights", java_script_enabled=False)
    page.locator(".head .exit").click()
    page.wait_for_url(NEUTRAL)
    assert "referer" not in {name.lower() for name in tabs.exits[-1].all_headers()}


def test_professionals_have_no_button(built):
    """The example turns it on for families and young people."""
    for page in built.pages.values():
        if page.kind:
            exits = [e for e in page.elements if "data-exit" in e.attributes]
            assert bool(exits) == (page.body.get("data-audience") != "professionals"), page.path
            for link in exits:
                assert {"nofollow", "noreferrer"} <= set(link.get("rel").split())


@pytest.mark.parametrize("way", ["button", "shift"])
def test_leaving_can_be_practised_and_the_second_time_it_leaves(tabs, way):
    page = tabs.open("oxfordshire/staying-safe/practise/index.html")

    def leave_once():
        page.locator(".exit").click() if way == "button" else press(page, "Shift", "Shift", "Shift")

    leave_once()
    assert not has_left(page)
    assert page.locator("[data-practice]").inner_text().startswith("It works.")
    leave_once()
    assert_gone(page, tabs)


def test_without_scripts_practising_leaves_at_once(tabs):
    page = tabs.open("oxfordshire/staying-safe/practise/index.html", java_script_enabled=False)
    page.locator(".exit").click()
    page.wait_for_url(NEUTRAL)


def test_the_safety_page_promises_no_more(tabs):
    page = tabs.open_kind("staying-safe")
    text = page.locator("main").inner_text()
    assert re.search(r"histor", text)
    assert re.search(r"private", text, re.I)
