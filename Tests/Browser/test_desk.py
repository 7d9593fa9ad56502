"""Leaflets: read or printed in one step by families; by staff with the print desk, which keeps and sends nothing."""

import re

import pytest

from .conftest import NARROW
from .pages import path

STORES = "[localStorage.length, sessionStorage.length, document.cookie]"


def box(page):
    return page.locator("[data-desk] .box")


def test_each_leaflet_is_read_and_printed_by_links_that_name_it(tabs):
    page = tabs.open_kind("leaflets", viewport=NARROW)
    cards = page.locator("section.leaflet")
    assert cards.count() >= 5
    for number in range(cards.count()):
        card = cards.nth(number)
        title = card.locator("h2").inner_text()
        for words in ("Read it", "Print it"):
            link = card.get_by_role("link", name=re.compile(f"^{words}.* {re.escape(title)}$"))
            assert link.count() == 1, (title, words)
            assert link.bounding_box()["height"] >= 44
        # What else there is stands behind one line, whose name says of what.
        details = card.locator("details")
        if details.count():
            assert title in details.locator("summary").evaluate(
                "e => e.getAttribute('aria-labelledby').split(' ').map(id => document.getElementById(id).textContent).join(' ')")
            assert not details.locator("ul").is_visible()
    # How to print is said once.
    advice = page.locator(".printing dd").all_inner_texts()
    assert advice and len(set(advice)) == len(advice)
    text = page.locator("main").inner_text()
    assert all(text.count(words) == 1 for words in advice)


def test_other_sizes_open_without_scripts(tabs):
    page = tabs.open_kind("leaflets", "ar", viewport=NARROW, java_script_enabled=False)
    details = page.locator("section.leaflet details").first
    details.locator("summary").click()
    assert details.get_by_role("link").count() >= 1 and details.get_by_role("link").first.is_visible()
    desk = page.locator(f"main a[href$='{path('print-desk').removeprefix('oxfordshire/leaflets/')}']")
    assert desk.get_attribute("lang") == "en" and desk.inner_text() == "Print desk for staff"


def test_one_file_for_a_language_a_leaflet_a_size_and_so_many_families(tabs):
    page = tabs.open_kind("print-desk")
    assert not page.locator("[data-files] section").first.is_visible()
    page.get_by_label("Language of the family").select_option("ur")
    page.get_by_label("Leaflet", exact=True).select_option("guide-for-parents")
    page.get_by_label("Size").select_option("A5 booklet")
    link = box(page).get_by_role("link", name="Open the file for the printer")
    assert link.get_attribute("href").endswith("/ur/leaflets/guide-for-parents-booklet-print.pdf")
    one = int(re.search(r"Sheets of paper: (\d+)", box(page).inner_text())[1])
    page.get_by_label("Number of families").fill("3")
    assert "Copies: 3" in box(page).inner_text() and f"Sheets of paper: {3 * one}" in box(page).inner_text()
    assert "flip on the short edge" in box(page).inner_text()
    # The title that is on the paper stands there too.
    assert box(page).locator("[lang=ur]").inner_text().strip()
    # What was chosen stays, as far as the other leaflet has it.
    page.get_by_label("Leaflet", exact=True).select_option("on-the-day")
    assert page.get_by_label("Language of the family").input_value() == "ur"
    assert "flip on the long edge" in box(page).inner_text()
    # No number, or a wrong one, is one family.
    page.get_by_label("Number of families").fill("")
    assert "Copies: 1" in box(page).inner_text()
    assert page.request.get(link.evaluate("e => e.href")).ok


def test_two_languages_at_once(tabs):
    page = tabs.open_kind("print-desk")
    languages = page.get_by_label("Language of the family")
    assert languages.locator("option", has_text="Arabic + English").count() == 1
    languages.select_option("ar+en")
    link = box(page).get_by_role("link", name="Open the file for the printer")
    assert re.search(r"/ar/leaflets/[a-z0-9-]+-ar-and-en(-print)?\.pdf$", link.get_attribute("href")), link.get_attribute("href")
    assert page.request.get(link.evaluate("e => e.href")).ok
    # The slip is the one of the family's language.
    page.evaluate("void (window.print = () => {})")
    page.get_by_role("button", name="Print the slip").click()
    page.emulate_media(media="print")
    assert page.locator(".slip").get_attribute("lang") == "ar" and page.locator(".slip dt").count() >= 3


def test_what_is_no_number_of_families_is_told(tabs):
    page = tabs.open_kind("print-desk")
    number = page.get_by_label("Number of families")
    number.fill("250")
    number.press("Tab")
    assert number.evaluate("e => document.activeElement === e && !e.validity.valid")


def test_the_slip_is_printed_in_both_languages_and_nothing_is_kept(tabs):
    page = tabs.open_kind("print-desk")
    page.evaluate("void (window.print = () => { window.printed = (window.printed || 0) + 1 })")
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    page.get_by_label("Language of the family").select_option("ar")
    page.get_by_label("Date", exact=True).fill("14 December 2026")
    page.get_by_label("Their phone number").fill("01632 960 000")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Print the slip").click()
    assert page.evaluate("window.printed") == 1
    page.emulate_media(media="print")
    slip = page.locator(".slip")
    assert slip.get_attribute("lang") == "ar" and slip.get_attribute("dir") == "rtl"
    assert slip.locator("dt").first.evaluate("e => e.firstChild.textContent") != "Date"
    assert slip.locator("dt span").first.inner_text() == "Date"
    assert slip.locator("dd").first.inner_text() == "14 December 2026"
    # A number keeps its order.
    assert slip.locator("dd bdi", has_text="01632").evaluate("e => getComputedStyle(e).direction") == "ltr"
    # The slip alone is on the paper, on one side of it.
    assert page.locator("main > :visible").count() == 1 and not page.locator(".foot").is_visible()
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert not slip.is_visible() and page.get_by_role("heading", level=1).is_visible()
    assert page.evaluate(STORES) == [0, 0, ""] and not requests
    page.get_by_role("button", name="Clear everything").click()
    assert page.get_by_label("Date", exact=True).input_value() == "" and slip.locator("dd").count() == 0
    page.get_by_label("Date", exact=True).fill("14 December 2026")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    assert page.get_by_label("Date", exact=True).input_value() == ""


@pytest.mark.parametrize("width", [320, 1280])
def test_without_scripts_the_desk_is_a_list(tabs, width):
    page = tabs.open_kind("print-desk", viewport={"width": width, "height": 700}, java_script_enabled=False)
    assert not page.locator("[data-desk]").is_visible()
    links = page.locator("[data-files] a")
    # What a link leads to is told by what stands above it.
    names = links.evaluate_all("""all => all.map(link => [link.closest("section").querySelector("h2"), link.closest("[data-leaflet]").querySelector("b"), link]
        .map(element => element.textContent).join(". "))""")
    assert len(names) > 40 and len(set(names)) == len(names)
    assert links.first.is_visible() and page.locator("[data-files] dd").first.is_visible()


def test_families_are_not_led_to_the_desk(built):
    address = path("print-desk").removesuffix("index.html").removeprefix("oxfordshire/")
    if not built.has(path("print-desk")):
        pytest.skip("this build has no print-desk")
    leading = {page.path for page in built.pages.values()
               for element in page.elements if address in (element.get("href") or "") and "canonical" != element.get("rel")}
    assert not [page for page in leading if not page.endswith(("leaflets/index.html", "print-desk/index.html"))]
