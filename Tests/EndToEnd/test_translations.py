"""What a change of the English does to the other languages, through the program and the real catalogues."""

import json
import re
import shutil
import subprocess

import pytest

from conftest import ROOT, run

LANGUAGES = ["pl", "ar", "ur", "bn", "zh-Hans"]


@pytest.fixture
def portal(tmp_path):
    """A copy of the example portal that may be changed."""
    shutil.copytree(ROOT / "content", tmp_path / "content")
    return tmp_path


def build(folder, *arguments):
    return run(
        "build", "--no-leaflets", "--theme", ROOT / "themes" / "default", *arguments, cwd=folder)


def replace(file, old, new):
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def text_of(page):
    """The page's words without tags."""
    html = re.sub(r"(?s)<(script|style|head).*?</\1>", " ", page.read_text())
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


def test_a_changed_sentence_on_the_rights_page_shows_in_english_in_every_language(portal):
    old = "You may see an important mistake in the summary."
    new = "You may see a wrong date in the summary."
    for name in ("rights", "key-dates"):
        replace(portal / f"content/guidance/{name}.md", old, new)
    assert build(portal).returncode == 0
    for tag in LANGUAGES:
        page = portal / "site" / "oxfordshire" / tag / "rights" / "index.html"
        html = page.read_text()
        found = re.search(r'<p[^>]*lang="en"[^>]*>[^<]*a wrong date', html)
        assert found and 'dir="ltr"' in found[0], tag
        assert 'class="translation-note" data-state="replaced"' in html, tag
    status = json.loads(run("translations", "status", "--format", "json", cwd=portal).stdout)["status"]
    for row in status:
        assert row["fuzzy"] == 1, row
        assert {p["file"] for p in row["pages"]} == {"guidance/rights.md", "guidance/key-dates.md"}, row
        for page in row["pages"]:
            assert page["translated"] > 5 and (page["fuzzy"], page["missing"], page["wordsLeft"]) == (1, 0, row["wordsLeft"]), page
    said = run("translations", "status", cwd=portal).stdout
    assert re.search(r"pl +oxfordshire +guidance/rights\.md +9\d % +1 fuzzy, 0 missing +\d+ words left", said)


def test_after_extraction_the_old_translation_is_kept_as_fuzzy_and_still_not_shown(portal):
    old = "You also see the reports of the other professionals."
    replace(portal / "content/guidance/rights.md", old, old.replace("reports", "reports 2 days before"))
    catalogue = (portal / "content/translations/pl.po").read_text()
    translation = re.search(rf'msgid "{re.escape(old)}"\nmsgstr "(.*)"', catalogue)[1]
    assert run("translations", "extract", cwd=portal).returncode == 0
    catalogue = (portal / "content/translations/pl.po").read_text()
    assert f'#| msgid "{old}"' in catalogue
    assert translation in catalogue
    assert build(portal).returncode == 0
    page = portal / "site/oxfordshire/pl/rights/index.html"
    assert translation not in text_of(page)
    assert "2 days before" in text_of(page)


def test_a_removed_number_is_nowhere_in_the_site(portal):
    """A number in an English sentence changes: the old one must not survive in any language."""
    page = portal / "content/guidance/rights.md"
    page.write_text(page.read_text() + "\n## Numbers {#numbers}\n\nWe answer your letter within 97731 days.\n")
    run("translations", "extract", cwd=portal)
    for tag in LANGUAGES:
        file = portal / f"content/translations/{tag}.po"
        sample = {"pl": "Odpowiemy w ciągu 97731 dni.", "ar": "نجيب خلال 97731 يومًا.", "ur": "ہم 97731 دن میں جواب دیتے ہیں۔",
                  "bn": "আমরা 97731 দিনের মধ্যে উত্তর দিই।", "zh-Hans": "我们在97731天内答复。"}[tag]
        replace(file, 'msgid "We answer your letter within 97731 days."\nmsgstr ""',
                f'msgid "We answer your letter within 97731 days."\nmsgstr "{sample}"')
    assert build(portal).returncode == 0
    assert "97731" in text_of(portal / "site/oxfordshire/ar/rights/index.html")
    replace(page, "97731", "95531")
    assert build(portal).returncode == 0
    for file in (portal / "site").rglob("*"):
        if file.is_file() and file.suffix in {".html", ".js", ".xml", ".vcf"}:
            assert not re.search(r"(?<!\d)97731(?!\d)", file.read_text()), file
    assert "95531" in text_of(portal / "site/oxfordshire/ar/rights/index.html")


def test_a_changed_fact_shows_in_every_language_and_touches_no_catalogue(portal):
    assert build(portal).returncode == 0
    before = {f: f.read_bytes() for f in (portal / "content/translations").iterdir()}
    replace(portal / "content/councils/oxfordshire/council.yml", "value: 20 minutes", "value: 25 minutes")
    assert build(portal).returncode == 0
    expected = {"pl": "25 minut", "ar": "25 دقيقة", "ur": "25 منٹ", "bn": "25 মিনিট", "zh-Hans": "25分钟"}
    for tag, words in expected.items():
        text = text_of(portal / "site/oxfordshire" / tag / "on-the-day/index.html")
        assert words in text.replace("\u00a0", " ").replace("25 分钟", "25分钟"), (tag, text[:2000])
        assert "20 " not in text or tag not in ("pl",), tag
    run("translations", "extract", cwd=portal)
    after = {f: f.read_bytes() for f in (portal / "content/translations").iterdir()}
    # The template and the comments name an example value; the translations themselves are as they were.
    strip = lambda data: re.sub(rb"(?m)^#\..*\n", b"", data)
    assert {f: strip(d) for f, d in before.items() if f.suffix == ".po"} == {f: strip(d) for f, d in after.items() if f.suffix == ".po"}


@pytest.mark.parametrize(
    "tag, old, new, rule",
    [
        ("pl", "{{report-before}}", "", "PlaceholderMismatch"),
        ("pl", "0 0", "0 0", None),
        ("pl", "konferencj", "konferenсj", "MixedScript"),
        ("ur", "{{arrive-early}}", "{{arrive-erly}}", "PlaceholderMismatch"),
    ])
def test_a_mistake_in_a_translation_is_an_error_at_its_line(portal, tag, old, new, rule):
    file = portal / f"content/translations/{tag}.po"
    lines = file.read_text().split("\n")
    if rule is None:
        # A phone number that the English does not have.
        lines += ['msgid "Phone 01632 960 000 now."', 'msgstr "Telefon 01632 960 001."', ""]
        rule, number = "PhoneMismatch", len(lines) - 1
    else:
        index = next(i for i, l in enumerate(lines) if old in l and not l.startswith(("#", "msgid")) and lines[i - 1].startswith(("msgid", '"', "msgstr")) and "msgstr" in l)
        lines[index] = lines[index].replace(old, new, 1)
        number = index + 1
    file.write_text("\n".join(lines))
    result = run("check", "--theme", ROOT / "themes/default", "--format", "json", cwd=portal)
    problems = [p for p in json.loads(result.stdout)["diagnostics"] if p["rule"] == rule]
    assert problems and all(p["severity"] == "error" for p in problems)
    assert (problems[0]["file"], problems[0]["line"]) == (f"content/translations/{tag}.po", number)


@pytest.mark.parametrize("tag", LANGUAGES)
def test_gettext_tools_accept_the_catalogues_and_change_nothing(tag, tmp_path):
    for file in [ROOT / f"content/translations/{tag}.po", ROOT / f"themes/default/translations/{tag}.po"]:
        subprocess.run(["msgfmt", "--check", "-o", tmp_path / "x.mo", file], check=True)
        out = subprocess.run(["msgcat", file], check=True, capture_output=True).stdout
        assert out == file.read_bytes()


def test_extraction_of_what_is_already_there_changes_nothing(portal):
    before = {f: f.read_bytes() for f in (portal / "content/translations").iterdir()}
    run("translations", "extract", cwd=portal)
    assert {f: f.read_bytes() for f in (portal / "content/translations").iterdir()} == before


def test_drafts_are_not_published_unless_the_portal_says_so(portal):
    replace(portal / "content/portal.yml", "publish-drafts: true", "publish-drafts: false")
    # The languages have been out, and leaflets lead there.
    refused = build(portal)
    assert refused.returncode == 1 and "the language 'pl' of" in refused.stderr and "[LostAddress]" in refused.stderr
    (portal / "content/addresses.yml").unlink()
    result = build(portal)
    assert result.returncode == 0
    assert "DraftNotPublished" in result.stderr
    assert not (portal / "site/oxfordshire/pl").exists()
    index = (portal / "site/oxfordshire/index.html").read_text()
    assert 'hreflang="pl"' not in index


def test_an_unknown_language_is_an_error(portal):
    replace(portal / "content/portal.yml", "languages: [en, pl,", "languages: [en, tet, pl,")
    result = build(portal)
    assert result.returncode == 1
    assert "UnknownLanguage" in result.stderr


TRANSIFEX = (
    "nplurals=4; plural=(n==1 ? 0 : (n%10>=2 && n%10<=4) && (n%100<12 || n%100>14) ? 1 : n!=1 && "
    "(n%10>=0 && n%10<=1) || (n%10>=5 && n%10<=9) || (n%100>=12 && n%100<=14) ? 2 : 3);")


def test_a_catalogue_as_an_agency_sends_it_is_published_without_hand_work(portal):
    """Another name, another tag, another plural header, a byte order mark, CRLF, UTF-16."""
    for path in (portal / "content/translations").glob("*.po"):
        if path.name not in ("pl.po", "zh-Hans.po"):
            path.unlink()
    polish = portal / "content/translations/pl.po"
    text = re.sub(r'"Plural-Forms: (.*\n)*?.*\\n"\n', lambda m: f'"Plural-Forms: {TRANSIFEX}\\n"\n', polish.read_text(), count=1)
    text = text.replace('"Language: pl\\n"', '"Language: pl_PL\\n"')
    assert TRANSIFEX in text and "pl_PL" in text
    polish.unlink()
    (portal / "content/translations/pl_PL.po").write_bytes(
        b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    chinese = portal / "content/translations/zh-Hans.po"
    text = chinese.read_text().replace('"Language: zh-Hans\\n"', '"Language: zh_CN\\n"')
    chinese.unlink()
    (portal / "content/translations/zh_CN.po").write_bytes(text.encode("utf-16"))
    result = build(portal, "--language", "pl", "--language", "zh-Hans")
    assert result.returncode == 0, result.stderr
    assert "[CatalogueEncoding]" in result.stderr
    assert (portal / "site/oxfordshire/pl/rights/index.html").exists()
    assert "儿童" in (portal / "site/oxfordshire/zh-Hans/rights/index.html").read_text()
    assert run("translations", "extract", cwd=portal).returncode == 0
    assert "nplurals=3" in (portal / "content/translations/pl_PL.po").read_text()
    assert "charset=UTF-8" in (portal / "content/translations/zh_CN.po").read_text()
    # Two files for one language: one of them is not read, which is said.
    (portal / "content/translations/pl.po").write_text((portal / "content/translations/pl_PL.po").read_text())
    result = build(portal, "--language", "pl")
    assert result.returncode == 0 and "[DuplicateCatalogue]" in result.stderr
