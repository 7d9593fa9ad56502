"""Dates that follow from the day of the conference: right, on the device only, gone when the page is left."""

import datetime
import pathlib
import re

import conftest
import holidays
import icalendar
import pytest
import yaml
from serving import served

from .conftest import NARROW, WIDE, Tabs, expect_none
from .pages import LANGUAGES

PAGE = {language: f"oxfordshire/{'' if language == 'en' else language + '/'}key-dates/" for language in LANGUAGES}
STORES = "[localStorage.length, sessionStorage.length, document.cookie]"
WRITTEN = re.compile(r"\d{1,2} \w+ \d{4}")
NATIONS = {"england": "ENG", "wales": "WLS", "scotland": "SCT", "northern-ireland": "NIR"}
TABLE = pathlib.Path(__file__).with_name("dates.tsv")


def cases():
    lines = [line for line in TABLE.read_text().splitlines() if not line.startswith("#")]
    return [tuple(line.split("\t")) for line in lines]


# MARK: - What is worked out


@pytest.fixture(scope="module")
def counted(tmp_path_factory, chromium):
    """A portal with a council in each nation and a section for each rule of the table; its pages, by nation."""
    site = conftest.Site(tmp_path_factory.mktemp("dates"))
    rules = sorted({rule for _, _, rule, _ in cases()})
    facts, sections, steps = "", "", {}

    def fact(step):
        """The name of the fact for a step after other steps."""
        nonlocal facts
        if step not in steps:
            *above, last = step.split("; ")
            amount, unit, direction, *first = last.split(" ")
            start = fact("; ".join(above)) if above else "conference"
            steps[step] = f"rule-{len(steps)}"
            facts += (f"  {steps[step]}:\n    value: {amount} {unit.replace('-', ' ')}\n"
                      f"    deadline: {{from: {start}, direction: {direction}, "
                      f"first-day-counts: {'yes' if first else 'no'}}}\n")
        return steps[step]

    for rule in rules:
        name = fact(rule)
        sections += f"## {rule} {{#{name} deadline={name}}}\n\nIt is {{{{{name}}}}}.\n\n"
    site.write("portal.yml", conftest.PORTAL + "facts:\n" + facts)
    site.write("guidance/key-dates.md", "---\nkind: dates\n---\n\n# Key dates\n\n" + sections)
    for nation in NATIONS:
        site.write(f"councils/{nation}/council.yml", f"name: A council in {nation}\nnation: {nation}\nlanguages: [en]\n")
    result = site.build()
    assert result.returncode == 0, result.stderr
    with served(site.output) as address:
        tabs = Tabs(chromium, address, site.output)
        yield {nation: tabs.open(f"{nation}/key-dates/index.html") for nation in NATIONS}
        tabs.close()
        expect_none(tabs.problems)


def enter(page, date):
    day, month, year = date
    page.fill("[data-day]", str(day))
    page.fill("[data-month]", str(month))
    page.fill("[data-year]", str(year))
    page.keyboard.press("Enter")


def test_the_table_of_deadlines(counted):
    wrong = []
    for nation, day, rule, expected in cases():
        page = counted[nation]
        enter(page, reversed([int(part) for part in day.split("-")]))
        text = page.locator(f"section.deadline:has(h2:text-is('{rule}')) .when").inner_text()
        found = WRITTEN.search(text)
        shown = datetime.datetime.strptime(found[0], "%d %B %Y").date().isoformat() if found else "unknown"
        if shown != expected:
            wrong.append(f"{nation}, {day}, {rule}: {expected}, not {shown}")
        if expected != "unknown":
            weekday = datetime.date.fromisoformat(expected).strftime("%A")
            if weekday not in text:
                wrong.append(f"{expected} is a {weekday}: {text}")
    assert len(cases()) >= 60
    expect_none(wrong)


def test_bank_holidays_agree_with_another_source():
    data = yaml.safe_load((conftest.ROOT / "themes/default/bank-holidays.yml").read_text())
    seen = set()
    for calendar in data["calendars"]:
        for nation in calendar["nations"]:
            theirs = holidays.country_holidays(
                "GB", subdiv=NATIONS[nation], years=range(data["from"].year, data["to"].year + 1))
            # Saturdays and Sundays are no working days in any case.
            assert set(calendar["days"]) == {day for day in theirs if day.weekday() < 5}, nation
            seen.add(nation)
    assert seen == set(NATIONS)
    assert data["to"].year >= 2029


def test_a_day_of_no_work_and_a_day_that_is_over_are_said_to_be_so(counted):
    page = counted["england"]
    enter(page, (28, 11, 2028))
    part = page.locator("section.deadline:has(h2:text-is('3 month after')) .when")
    enter(page, (29, 11, 2026))  # 28 February 2027 is a Sunday.
    enter(page, (30, 11, 2026))
    assert "weekend or a bank holiday" in part.inner_text()
    # The list, which is what is read first, says so too.
    listed = page.locator(".dates li", has_text="3 month after").first
    assert "weekend or a bank holiday" in listed.inner_text()
    enter(page, (2, 1, 2025))
    assert "This day is over" in part.inner_text()


@pytest.mark.parametrize("day, rule", [
    # The list of bank holidays is from 2026 to 2029.
    ((1, 12, 2025), "10 working-day after"), ((2, 1, 2026), "3 working-day before"),
    ((28, 12, 2029), "10 working-day after"), ((1, 2, 2030), "3 working-day before"),
])
def test_days_before_and_beyond_the_bank_holidays_are_not_worked_out(counted, day, rule):
    page = counted["england"]
    enter(page, day)
    texts = [page.locator(f"section.deadline:has(h2:text-is('{rule}')) .when").inner_text(),
             page.locator(".dates li", has=page.locator(f"a:text-is('{rule}')")).locator("p").first.inner_text()]
    said = "We do not know the bank holidays for this time. So we cannot work out the date."
    assert all(said in text and not WRITTEN.search(text) for text in texts), texts
    # What is not known comes last.
    known = page.locator(".dates li").evaluate_all("all => all.map(e => /\\d{4}/.test(e.querySelector('p').textContent))")
    assert known == sorted(known, reverse=True) and len(set(known)) == 2


UNITS = {"minute": "minute", "working-day": "working day", "day": "day", "week": "week", "month": "month", "year": "year"}


def in_words(rule):
    """A rule of the table as it is said: what it counts from, in which days, and if the first one counts."""
    steps, words = [step.split(" ") for step in rule.split("; ")], []
    for place, (amount, unit, direction, *first) in enumerate(steps):
        length = f"{amount} {UNITS[unit]}{'' if amount == '1' else 's'}"
        words.append(f"Then {length} {direction} that." if place else f"{length} {direction} your conference.")
        days = unit not in ("minute", "hour")
        after = [bool(later[3:]) for later in steps[place + 1:] if later[1] not in ("minute", "hour")]
        if days and (not after or after[0] != bool(first)):
            words.append("The day itself counts as day one." if first else "The day itself does not count.")
    return " ".join(words)


@pytest.mark.parametrize("media", ["screen", "print"])
def test_each_date_has_its_rule_below_it_on_screen_and_on_paper(counted, media):
    page = counted["england"]
    enter(page, (24, 11, 2026))
    page.emulate_media(media=media)
    wrong = []
    for rule in sorted({rule for _, _, rule, _ in cases()}):
        item = page.locator(".dates li", has=page.locator(f"a:text-is('{rule}')"))
        below = item.locator("p").last
        if not below.is_visible() or below.inner_text().removeprefix("How to count: ") != in_words(rule):
            wrong.append(f"{rule}: {item.inner_text()}")
    page.emulate_media(media="screen")
    expect_none(wrong)


# MARK: - How a family uses it


@pytest.mark.parametrize("language", ["en", "ar", "ur", "zh-Hans"])
def test_the_whole_way_by_keyboard_on_a_narrow_screen(tabs, language):
    page = tabs.open(PAGE[language] + "index.html", viewport=NARROW)
    page.locator("[data-day]").focus()
    for key in ("2", "4", "Tab", "1", "1", "Tab", "2", "0", "2", "6", "Enter"):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.id") == "_your-dates"
    items = page.locator(".dates li")
    assert items.count() >= 6
    assert "2026" in items.first.inner_text()
    # In the order of the days.
    assert items.locator("b").count() == 1 and items.locator("a").count() == items.count() - 1
    # A link of the list leads to the rule, and the date stands there too.
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    section = page.locator(":target")
    assert section.locator("xpath=..").locator(".when").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    # Nothing of it in another language or direction than the page's.
    assert page.locator(".when").first.evaluate("e => getComputedStyle(e).direction") == (
        "rtl" if language in ("ar", "ur") else "ltr")
    page.locator("form [data-wipe]").focus()
    page.keyboard.press("Enter")
    assert not page.locator("[data-found]").is_visible()
    assert page.locator(".when").count() == 0
    assert page.input_value("[data-year]") == ""


def test_digits_of_other_scripts(tabs):
    page = tabs.open(PAGE["ar"] + "index.html")
    for typed in (("٢٤", "١١", "٢٠٢٦"), ("۲۴", "۱۱", "۲۰۲۶"), ("২৪", "১১", "২০২৬"), ("੨੪", "੧੧", "੨੦੨੬"), ("２４", "１１", "２０２６")):
        enter(page, typed)
        shown = page.locator(".dates li:has(b)").inner_text()
        assert "24" in shown and "2026" in shown, typed


@pytest.mark.parametrize("typed", [("", "", ""), ("31", "2", "2027"), ("29", "2", "2027"), ("x", "1", "2027"), ("1", "13", "2027"),
                                   ("1", "1", "27")])
def test_what_is_no_date_is_said(tabs, typed):
    page = tabs.open(PAGE["en"] + "index.html")
    enter(page, typed)
    assert page.locator("#_date-error").is_visible()
    assert not page.locator("[data-found]").is_visible()
    assert page.evaluate("document.activeElement.getAttribute('aria-invalid')") == "true"
    assert page.locator(".fields").get_attribute("aria-describedby") == "_date-hint _date-error"
    enter(page, (29, 2, 2028))
    assert not page.locator("#_date-error").is_visible()
    assert page.locator("[aria-invalid]").count() == 0


def test_a_day_that_no_month_has_is_the_day_s_fault_alone(tabs):
    page = tabs.open(PAGE["en"] + "index.html")
    enter(page, (31, 2, 2027))
    assert page.locator("#_date-error").inner_text() == "There is no such day. Please check the date."
    assert page.locator("[aria-invalid]").count() == 1
    assert page.locator("[data-day]").get_attribute("aria-invalid") == "true"
    enter(page, (40, 2, 2027))
    assert page.locator("#_date-error").inner_text() == "There is no such day. Please check the date."
    assert page.locator("[data-day]").get_attribute("aria-invalid") == "true"
    enter(page, ("x", 2, 2027))
    assert page.locator("#_date-error").inner_text().startswith("Write the day")


def test_without_scripts_the_rules_stand_in_words(tabs):
    page = tabs.open(PAGE["en"] + "index.html", java_script_enabled=False)
    assert not page.locator("[data-dates]").is_visible()
    assert not page.locator("[data-found]").is_visible()
    text = page.locator("main").inner_text()
    assert "within 10 working days of the conference" in text
    assert "The day itself does not count." in text
    assert "Bank holidays are not working days." in text


def test_where_the_council_says_nothing_nothing_is_worked_out(tabs):
    # Southwark gives no time of the first core group, so none follows for the second.
    page = tabs.open("southwark/key-dates/index.html")
    enter(page, (24, 11, 2026))
    assert page.locator("#core-group-next").is_visible()
    assert page.locator("section:has(> #core-group-next) .when").count() == 0
    assert page.locator("section:has(> #arrive) .when").is_visible()
    assert page.locator("#corrections").count() == 0


# MARK: - Nothing stored, nothing sent


def test_nothing_is_stored_sent_or_remembered(tabs):
    page = tabs.open(PAGE["en"] + "index.html")
    address, requests = page.url, []
    page.context.on("request", lambda request: requests.append(request.url))
    length = page.evaluate("history.length")
    enter(page, (24, 11, 2026))
    assert page.locator(".dates li").count() >= 6
    assert page.evaluate(STORES) == [0, 0, ""]
    assert page.evaluate("indexedDB.databases().then(all => all.length)") == 0
    assert (page.url, page.evaluate("history.length"), page.evaluate("history.state")) == (address, length, None)
    assert requests == []
    # Left and come back to, and loaded again.
    tabs.open("oxfordshire/rights/index.html", page=page)
    page.go_back(wait_until="load")
    for _ in range(2):
        assert [page.input_value(f"[data-{part}]") for part in ("day", "month", "year")] == ["", "", ""]
        assert page.locator(".when").count() == 0
        page.reload(wait_until="load")


def test_a_link_with_the_date_only_for_who_asks(tabs):
    page = tabs.open(PAGE["en"] + "index.html")
    enter(page, (24, 11, 2026))
    assert page.input_value("[data-link]") == ""
    page.locator("summary:has-text('Make a link')").click()
    page.locator("[data-make-link]").click()
    link = page.input_value("[data-link]")
    assert link.endswith("#date=2026-11-24")
    assert "#" not in page.url
    other = page.context.new_page()
    other.goto(link, wait_until="load")
    assert "8 December 2026" in other.locator(".dates").inner_text()
    # It is read once, and no longer in the address.
    assert "#" not in other.url
    other.goto(link.replace("11-24", "13-24"), wait_until="load")
    assert not other.locator("[data-found]").is_visible()


def test_a_link_that_takes_the_date_away_asks_first(tabs):
    page = tabs.open(PAGE["en"] + "index.html", viewport=NARROW)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    enter(page, (24, 11, 2026))
    address = page.url
    page.locator(".languages a[lang=pl]").click()
    assert len(asked) == 1 and "leave the page" in asked[0]
    assert page.url == address and page.locator(".dates li").count() >= 6
    # Links to the rules stay on the page.
    page.locator(".dates li a").first.click()
    assert len(asked) == 1 and page.input_value("[data-year]") == "2026"
    # Nothing is typed any more, and nobody asks.
    page.locator("form [data-wipe]").click()
    page.locator(".languages a[lang=pl]").click()
    page.wait_for_url("**/pl/key-dates/**")
    assert len(asked) == 1


# MARK: - The calendar file


def shown_days(page):
    """The day of each entry of the list, as it is written there."""
    return page.locator(".dates li p:first-of-type").evaluate_all("all => all.map(e => e.textContent.match(/\\d.*/)[0])")


def calendar(page, folder, language):
    page.locator("details:has([data-save-calendar]) summary").click()
    with page.expect_download() as download:
        page.locator("[data-save-calendar]").click()
    file = folder / f"{language}.ics"
    download.value.save_as(file)
    assert download.value.suggested_filename == "calendar.ics"
    return file.read_bytes()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_calendar_file_is_neutral_first(tabs, tmp_path, language):
    page = tabs.open(PAGE[language] + "index.html")
    enter(page, (24, 11, 2026))
    data = calendar(page, tmp_path, language)
    assert page.locator("[value=neutral]").is_checked()
    parsed = icalendar.Calendar.from_ical(data)
    events = parsed.walk("VEVENT")
    # One entry for a day: two on one day would tell that there is more to it.
    assert len(events) == len(set(shown_days(page))) < page.locator(".dates li").count()
    assert {str(event["SUMMARY"]) for event in events} == {page.locator("form").get_attribute("data-neutral")}
    for event in events:
        assert not {"DESCRIPTION", "URL", "LOCATION", "ORGANIZER", "VALARM"} & set(event.keys())
        assert event["CLASS"] == "PRIVATE"
        assert event.decoded("DTEND") - event.decoded("DTSTART") == datetime.timedelta(days=1)
    assert len({str(event["UID"]) for event in events}) == len(events)
    starts = [event.decoded("DTSTART") for event in events]
    assert starts == sorted(set(starts))
    assert datetime.date(2026, 11, 24) in starts and datetime.date(2026, 12, 8) in starts
    # Nothing in it tells what it is about, or where it comes from.
    assert not re.search(rb"127\.0\.0\.1|conference|child|oxford|signpost", data, re.IGNORECASE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_calendar_file_with_its_own_titles(tabs, tmp_path, language):
    page = tabs.open(PAGE[language] + "index.html")
    enter(page, (24, 11, 2026))
    page.locator("details:has([data-save-calendar]) summary").click()
    page.locator("[value=plain]").check()
    page.locator("details:has([data-save-calendar]) summary").click()
    data = calendar(page, tmp_path, language)
    titles = [str(event["SUMMARY"]) for event in icalendar.Calendar.from_ical(data).walk("VEVENT")]
    # An entry for a day says all that is on it, in the order of the list.
    by_day = {}
    for day, title in zip(shown_days(page), page.locator(".dates li > :first-child").all_inner_texts(), strict=True):
        by_day.setdefault(day, []).append(title)
    assert titles == [" · ".join(names) for names in by_day.values()]
    assert max(map(len, by_day.values())) > 1
    # RFC 5545, 3.1: lines end with CR LF and have at most 75 octets.
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    data.decode()


# MARK: - Paper


def test_paper_has_the_dates_or_room_for_them(tabs):
    page = tabs.open(PAGE["en"] + "index.html", viewport=WIDE)
    page.emulate_media(media="print")
    assert page.locator(".fill").first.is_visible()
    assert not page.locator("[data-dates]").is_visible()
    page.emulate_media(media="screen")
    enter(page, (24, 11, 2026))
    page.emulate_media(media="print")
    # Each date once: in the list, and not in the sections that it was worked out from.
    assert page.locator(".dates > li").first.is_visible()
    assert not page.locator(".when, .known").filter(visible=True).count()
    assert not page.locator("[data-found] details").first.is_visible()
    # With the rule that each follows from.
    assert "20 minutes before your conference." in page.locator(".dates li", has_text="You arrive").inner_text()
    changes = page.locator(".dates li", has_text="You ask for changes").inner_text()
    assert "1 working day after your conference. Then 5 working days after that. The day itself does not count." in changes
