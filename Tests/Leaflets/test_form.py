"""Leaflets that are filled in on a screen: tagged, named, in order, and filled in by two programs."""

import re
import subprocess

import page as validation
import pikepdf
import pypdf
import pytest

from .conftest import ROOT
from .test_leaflets_command import run
from .test_pdf import widths_agree

# Of a portal that is not the example.
PORTAL = {
    "portal.yml": "name: Family meetings\nbase-url: https://help.example\nlanguages: [en, ar]\n"
                  "translations: {publish-drafts: true, threshold: 0}\n",
    "guidance/say.md": """\
---
kind: form
---

# What I want to say

## What is going well? {#well answer=4}

Write as much as you like.

## Draw your family {#draw answer=drawing}

## What should (not) happen \\\\ next? {#next answer=1}
""",
    "guidance/about.md": "# About\n\nRead this.\n",
    "councils/north/council.yml": "name: North Borough Council\nnation: england\nlanguages: [en, ar]\n",
    "leaflets/say.yml": """\
title: What I want to say
formats: [a4, form]
sections:
  - fill-in: Your meeting
    fields: [Date, A label that is much too long to stand beside a line on this page of A4 paper]
  - page: say
  - write: My questions
    lines: 5
""",
    "leaflets/about.yml": "title: About\nformats: [a4, form]\nsections: [{page: about}]\n",
    "translations/ar.po": 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: ar\\n"\n\n'
                          'msgid "What is going well?"\nmsgstr "ما الذي يسير على ما يرام؟"\n',
}
LANGUAGES = ("en", "ar", "zh-Hans")
EXAMPLE = ("have-your-say", "my-say", "on-the-day", "key-dates")


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    folder = tmp_path_factory.mktemp("form")
    for name, text in PORTAL.items():
        path = folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    result = run("leaflets", "--content", folder / "content", "--output", folder / "out", "--cache", folder / "cache", cwd=ROOT)
    assert result.returncode == 0, result.stderr
    return folder / "out/north", result


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    folder = tmp_path_factory.mktemp("example-form")
    languages = [part for tag in LANGUAGES for part in ("--language", tag)]
    result = run("leaflets", "--content", ROOT / "content", "--council", "oxfordshire", *languages, "--format", "form",
                 "--output", folder / "out", "--cache", folder / "cache", cwd=ROOT)
    assert result.returncode == 0, result.stderr
    return folder / "out/oxfordshire"


def every_file(own, example):
    return [own[0] / tag / "say-form.pdf" for tag in ("en", "ar")] + [
        example / tag / f"{name}-form.pdf" for tag in LANGUAGES for name in EXAMPLE]


def test_every_form_is_accessible(own, example):
    for file in every_file(own, example):
        report = validation.validate_pdf(str(file), profile="ua1")
        # See test_pdf.py for what the validator takes widths of glyphs for.
        rules = {failure.rule_id for failure in report.failures} - ({"PDFUA1-FONT-GLYPH-WIDTH-001"} if widths_agree(file) else set())
        assert not rules, f"{file}\n{report}"
        subprocess.run(["qpdf", "--check", str(file)], check=True, capture_output=True)


def elements(node, kind, found=None):
    found = [] if found is None else found
    if isinstance(node, pikepdf.Dictionary):
        if node.get("/S") == kind:
            found.append(node)
        children = node.get("/K", [])
        for child in children if isinstance(children, pikepdf.Array) else [children]:
            elements(child, kind, found)
    return found


def test_fields_are_named_tagged_and_in_order(own, example):
    for file in every_file(own, example):
        with pikepdf.open(file) as pdf:
            fields = list(pdf.Root.AcroForm.Fields)
            assert fields and len({str(field.T) for field in fields}) == len(fields)
            assert all(str(field.TU).strip() for field in fields), file
            widgets = [annotation.objgen for page in pdf.pages for annotation in page.get("/Annots", [])
                       if annotation.Subtype == "/Widget"]
            tagged = [form.K[0].Obj.objgen for form in elements(pdf.Root.StructTreeRoot, "/Form")]
            # The order of the form, of the pages and of what a screen reader follows is one.
            assert [field.objgen for field in fields] == widgets == tagged
            # A form's tag has the field and nothing else.
            assert all(len(form.K) == 1 for form in elements(pdf.Root.StructTreeRoot, "/Form"))
            assert all(page.Tabs == "/S" for page in pdf.pages if "/Annots" in page)
            assert b"x-signpost-field" not in b"".join(
                bytes(str(annotation.get("/A", "")), "utf-8") for page in pdf.pages for annotation in page.get("/Annots", []))


def test_names_are_the_words_before_the_field(own):
    names = [field["/TU"] for field in pypdf.PdfReader(own[0] / "en/say-form.pdf").get_fields().values()]
    assert names == ["Date", "A label that is much too long to stand beside a line on this page of A4 paper",
                     "What is going well?", "What should (not) happen \\ next?", "My questions"]
    arabic = pypdf.PdfReader(own[0] / "ar/say-form.pdf").get_fields()
    assert "ما الذي يسير على ما يرام؟" in [field["/TU"] for field in arabic.values()]
    flags = [field.get("/Ff", 0) for field in pypdf.PdfReader(own[0] / "en/say-form.pdf").get_fields().values()]
    assert [bool(flag & 4096) for flag in flags] == [False, False, True, False, True]


def test_the_english_stands_beside_each_question(own, example):
    text = subprocess.run(["pdftotext", str(example / "ar/have-your-say-form.pdf"), "-"], capture_output=True, text=True,
                          check=True).stdout
    assert "What is going well" in " ".join(text.split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_filled_in_and_shows_what_was_typed(example, language, tmp_path):
    file = example / language / "have-your-say-form.pdf"
    before = pypdf.PdfReader(file)
    assert all(not value for value in before.get_form_text_fields().values())
    writer = pypdf.PdfWriter(clone_from=file)
    words = "My children laugh a lot at home"
    for page in writer.pages:
        if "/Annots" in page:
            writer.update_page_form_field_values(page, {"field-1": words}, auto_regenerate=False)
    writer.write(tmp_path / "filled.pdf")
    assert pypdf.PdfReader(tmp_path / "filled.pdf").get_form_text_fields()["field-1"] == words
    text = subprocess.run(["pdftotext", str(tmp_path / "filled.pdf"), "-"], capture_output=True, text=True, check=True).stdout
    assert words in " ".join(text.split())


def test_fields_lie_on_their_page_and_not_over_words(own, example):
    for file in every_file(own, example):
        with pikepdf.open(file) as pdf:
            for page in pdf.pages:
                boxes = [[float(side) for side in annotation.Rect] for annotation in page.get("/Annots", [])
                         if annotation.Subtype == "/Widget"]
                for left, bottom, right, top in boxes:
                    assert right - left > 90 and top - bottom > 17, file
                    assert 0 <= left and right <= float(page.MediaBox[2]) and 0 <= bottom and top <= float(page.MediaBox[3])
                for index, one in enumerate(boxes):
                    for other in boxes[index + 1:]:
                        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1], file


def test_a_leaflet_with_nothing_to_fill_in_says_so(own):
    folder, result = own
    assert re.search(r"about\.yml.*nothing to fill in.*\[NothingToFillIn\]", result.stderr), result.stderr
    assert (folder / "en/about-a4.pdf").exists() and not (folder / "en/about-form.pdf").exists()
