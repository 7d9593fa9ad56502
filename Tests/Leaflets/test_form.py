"""Leaflets that are filled in on a screen: tagged, named, in order, and filled in by two programs."""

import re
import subprocess
import unicodedata

import page as validation
import pikepdf
import pypdf
import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest

from .conftest import ROOT
from .test_leaflets_command import run
from .test_pdf import widths_agree

# Of a portal that is not the example.
PORTAL = {
    "portal.yml": "name: Family meetings\nbase-url: https://help.example\nlanguages: [en, ar, cy]\n"
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
    "councils/north/council.yml": "name: North Borough Council\nnation: england\nlanguages: [en, ar, cy]\n",
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
    "translations/cy.po": 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: cy\\n"\n\n'
                          'msgid "What is going well?"\nmsgstr "Beth sy’n mynd yn dda?"\n',
}
# Those in which typed letters come out right, and those in which they would not.
TYPED = ("en", "pl")
BY_HAND = ("ar", "ur", "bn", "zh-Hans")
LANGUAGES = TYPED + BY_HAND
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
    return typed_files(own, example) + [own[0] / "ar/say-form.pdf"] + [
        example / tag / f"{name}-form.pdf" for tag in BY_HAND for name in EXAMPLE]


def typed_files(own, example):
    return [own[0] / tag / "say-form.pdf" for tag in ("en", "cy")] + [
        example / tag / f"{name}-form.pdf" for tag in TYPED for name in EXAMPLE]


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
    for file in typed_files(own, example):
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
    welsh = pypdf.PdfReader(own[0] / "cy/say-form.pdf").get_fields()
    assert "Beth sy’n mynd yn dda?" in [field["/TU"] for field in welsh.values()]
    flags = [field.get("/Ff", 0) for field in pypdf.PdfReader(own[0] / "en/say-form.pdf").get_fields().values()]
    assert [bool(flag & 4096) for flag in flags] == [False, False, True, False, True]


def test_the_english_stands_beside_each_question(own, example):
    text = subprocess.run(["pdftotext", str(example / "ar/have-your-say-form.pdf"), "-"], capture_output=True, text=True,
                          check=True).stdout
    assert "What is going well" in " ".join(text.split())


# In the languages of Europe, for a form in any of them: what one person types is not always the form's language.
TYPED_WORDS = (
    "My children laugh a lot at home", "Chcę, żeby ktoś pomógł: źdźbło", "Ŵyn a thŷ’r plant", "Aș vrea să știu ce țară",
    "Não sei, avó", "Я хочу, щоб син був зі мною: їжа, ґанок, є", "Mẹ tôi ở đây")


def filled(file, words, to):
    writer = pypdf.PdfWriter(clone_from=file)
    for page in writer.pages:
        for annotation in page.get("/Annots", []):
            field = annotation.get_object()
            if field.get("/T") == "field-1":
                # The value alone: how it looks is for the program that shows it.
                field[pypdf.generic.NameObject("/V")] = pypdf.generic.TextStringObject(words)
    writer.write(to)
    return to


@pytest.mark.parametrize("language", TYPED)
def test_poppler_shows_each_letter_that_was_typed(example, language, tmp_path):
    file = example / language / "have-your-say-form.pdf"
    assert all(not value for value in pypdf.PdfReader(file).get_form_text_fields().values())
    for words in TYPED_WORDS:
        shown = filled(file, words, tmp_path / "filled.pdf")
        assert pypdf.PdfReader(shown).get_form_text_fields()["field-1"] == words
        text = subprocess.run(["pdftotext", str(shown), "-"], capture_output=True, text=True, check=True).stdout
        assert words in " ".join(text.split())


def drawn(file, words):
    """The field as PDFium draws it when a person types these words: what Chromium shows."""
    with pypdf.PdfReader(file) as reader:
        number, box, height = next(
            (index, [float(side) for side in annotation.get_object()["/Rect"]], float(page.mediabox.height))
            for index, page in enumerate(reader.pages) for annotation in page.get("/Annots", [])
            if annotation.get_object().get("/T") == "field-1")
    document = pdfium.PdfDocument(file)
    document.init_forms()
    page, form = document[number], document.formenv
    raw.FORM_OnLButtonDown(form, page, 0, box[0] + 4, (box[1] + box[3]) / 2)
    raw.FORM_OnLButtonUp(form, page, 0, box[0] + 4, (box[1] + box[3]) / 2)
    for letter in words:
        raw.FORM_OnChar(form, page, ord(letter), 0)
    raw.FORM_ForceToKillFocus(form)
    picture = page.render(scale=2, may_draw_forms=True).to_pil().convert("L")
    cut = picture.crop([round(2 * side) for side in (box[0] + 2, height - box[3] + 2, box[2] - 2, height - box[1] - 2)])
    return cut.tobytes()


@pytest.mark.parametrize("language", TYPED)
def test_pdfium_draws_each_letter_that_was_typed(example, language):
    file = example / language / "have-your-say-form.pdf"
    letters = sorted({letter for words in TYPED_WORDS for letter in words if letter.isalpha()})
    pictures = {letter: drawn(file, letter) for letter in ["", *letters]}
    missing = [letter for letter in letters if pictures[letter] == pictures[""]]
    assert not missing, f"nothing is drawn for {missing}"
    # No two of a script are the same sign, such as a box for what a font does not have.
    for script in ("LATIN", "CYRILLIC"):
        own = [letter for letter in letters if unicodedata.name(letter).startswith(script)]
        assert len({pictures[letter] for letter in own}) == len(own) > 15


@pytest.mark.parametrize("language", BY_HAND)
def test_where_letters_would_come_out_wrong_a_form_says_so_and_has_lines(example, language):
    for name in EXAMPLE:
        reader = pypdf.PdfReader(example / language / f"{name}-form.pdf")
        assert not reader.get_fields()
        assert "x-signpost-field" not in str([page.get("/Annots") for page in reader.pages])
    catalogue = (ROOT / f"themes/default/translations/{language}.po").read_text()
    entry = catalogue.split("#: strings.yml#leaflet-form-by-hand\n")[1].split("\n\n")[0].split("msgstr ")[1]
    said = "".join(re.findall(r'"(.*)"', entry))
    text = subprocess.run(["pdftotext", "-l", "1", str(example / language / "have-your-say-form.pdf"), "-"], capture_output=True,
                          text=True, check=True).stdout
    plain = lambda words: re.sub(r"[\s\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069]", "", words)
    assert plain(said)[:20] in plain(text), text
    # Where to type instead.
    assert "/have-your-say/" in plain(text)


def test_fields_lie_on_their_page_and_not_over_words(own, example):
    for file in typed_files(own, example):
        with pikepdf.open(file) as pdf:
            for page in pdf.pages:
                boxes = [[float(side) for side in annotation.Rect] for annotation in page.get("/Annots", [])
                         if annotation.Subtype == "/Widget"]
                for left, bottom, right, top in boxes:
                    assert right - left > 80 and top - bottom > 17, file
                    assert 0 <= left and right <= float(page.MediaBox[2]) and 0 <= bottom and top <= float(page.MediaBox[3])
                for index, one in enumerate(boxes):
                    for other in boxes[index + 1:]:
                        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1], file


def test_a_leaflet_with_nothing_to_fill_in_says_so(own):
    folder, result = own
    assert re.search(r"about\.yml.*nothing to fill in.*\[NothingToFillIn\]", result.stderr), result.stderr
    assert (folder / "en/about-a4.pdf").exists() and not (folder / "en/about-form.pdf").exists()
