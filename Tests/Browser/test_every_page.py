"""With SIGNPOST_TEST_FULL: every page of every council in every language, each opened once."""

import pytest

from conftest import FULL, ROOT

from .conftest import NARROW, WIDE, expect_none
from .pages import LANGUAGES, RIGHT_TO_LEFT
from .test_axe import audit
from .test_reflow import MISFITS
from .test_tree import ORDER, TEXTS, flaws, tree, wrongly_marked

COUNCILS = sorted(folder.name for folder in (ROOT / "content" / "councils").iterdir() if folder.is_dir())


def pages_of(built, council, language):
    """The addresses of an edition's pages, without those that only lead on."""
    return [page.path for page in built.pages.values()
            if page.kind and page.path.startswith(council + "/") and page.language == language]


def test_the_editions_hold_every_page(built):
    pages = [path for council in COUNCILS for language in LANGUAGES for path in pages_of(built, council, language)]
    assert sorted([*pages, "404.html", "index.html"]) == sorted(page.path for page in built.pages.values() if page.kind)


@pytest.mark.skipif(not FULL, reason="takes every page: make test-full")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("council", COUNCILS)
def test_nothing_is_wrong_on_any_page(tabs, built, axe_source, council, language):
    problems, page = [], tabs.context().new_page()
    for path in pages_of(built, council, language):
        tabs.open(path, page)
        found = flaws(tree(page)) + wrongly_marked(page.evaluate(TEXTS), set())
        if language in RIGHT_TO_LEFT:
            found += [f"turned round: {text}" for text, wrong in page.evaluate(ORDER) if wrong]
        for size in (WIDE, NARROW):
            page.set_viewport_size(size)
            found += [f"{size['width']}: {misfit}" for misfit in page.evaluate(MISFITS)]
        problems += [f"{path}: {problem}" for problem in found + audit(page, axe_source)]
    expect_none(problems)
