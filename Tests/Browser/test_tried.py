"""`signpost search try` shows what a page shows: the same question in a real browser and in the terminal."""

import json

import pytest
from playwright.sync_api import TimeoutError

from conftest import ROOT, run

from . import pages

# An answer, a slip, danger, nothing, what is elsewhere; the language's own words and English on a translated page.
QUESTIONS = [
    ("en", "can i bring my mum to the meeting"), ("en", "who gets the reprot"), ("en", "he said he will kill me"),
    ("en", "zebra xylophone"), ("en", "council tax"), ("en", "my"),
    ("pl", "czy mogę przyprowadzić koleżankę"), ("pl", "can i bring my friend"), ("pl", "chcę się zabić"),
    ("ur", "کیا میں وکیل لا سکتا ہوں"), ("ur", "interpreter"), ("zh-Hans", "我可以帶朋友嗎"),
]
SHOWN = """() => {
  const plain = element => element ? element.textContent.replace(/[\\u2066\\u2069]/g, '') : null;
  const rows = name => [...document.querySelectorAll('[data-search] ' + name)].filter(row => !row.closest('[hidden]'));
  const link = row => row.querySelector('a');
  return {
    answers: rows('[data-search-results] > li').map(row => [link(row).href, plain(link(row)), plain(row.querySelector('[data-search-passage]'))]),
    danger: rows('[data-search-danger] li').map(row => link(row).getAttribute('href')),
    below: rows('[data-search-none] li').map(row => link(row).getAttribute('href').startsWith('tel:') ? link(row).getAttribute('href') : link(row).href),
    status: plain(document.querySelector('[data-search] [role=status]')),
  };
}"""
SAME = f"wanted => JSON.stringify(({SHOWN})()) === wanted"


@pytest.fixture(scope="module")
def page(chromium):
    page = chromium.new_page()
    yield page
    page.close()


@pytest.mark.parametrize("language, question", QUESTIONS)
def test_the_terminal_shows_what_the_page_shows(page, example, language, question):
    result = run("search", "try", question, "--council", "oxfordshire", "--language", language, "--format", "json", cwd=ROOT)
    assert result.returncode == 0, result.stderr
    [found] = json.loads(result.stdout)["searches"]

    def on_site(address):
        return address if address.startswith(("tel:", "sms:")) else f"{example.as_uri()}/{address}"

    wanted = {
        "answers": [[on_site(one["address"]), one["title"], one["passage"]] for one in found["answers"]],
        "danger": [one["address"] for one in found["danger"]],
        "below": [on_site(one["address"]) for one in found["often"] + found["ask"]],
        "status": found["status"],
    }
    page.goto((example / pages.path("faq", language)).as_uri())
    page.locator("[data-search] input").first.fill(question)
    try:
        page.wait_for_function(SAME, arg=json.dumps(wanted, ensure_ascii=False, separators=(",", ":")), timeout=10_000)
    except TimeoutError:
        assert page.evaluate(SHOWN) == wanted
