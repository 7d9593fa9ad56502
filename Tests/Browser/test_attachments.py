"""Recordings, documents to download, captions of pictures, and what opens when it is wanted."""

import shutil
import subprocess

import pytest
from conftest import ROOT, Site, run
from serving import served

MP4 = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(1_400_000)
PAGE = """# Rights

![The chair says what happens](chair.mp4)
*At County Hall.*

> [!TRANSCRIPT]
> Hello. We all say who we are.

## Signed {#signed}

We say who we are.

![The same in British Sign Language](signed.bsl.mp4)

## Forms {#forms}

Fill in [the complaints form](form.pdf), or [listen](talk.mp3).

![The room](room.png)
*Yours may look **different**.*

> [!MORE] What the law says
> Section 47 of the Children Act.

| Day | Open |
| --- | --- |
| Monday | 9 to 12<br>2 to 5 |
"""
PO = """msgid ""
msgstr ""
"Language: pl\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

msgid "Rights"
msgstr "Prawa"

msgid "Fill in [the complaints form](form.pdf), or [listen](talk.mp3)."
msgstr "Wypełnij [formularz skargi](form.pdf) albo [posłuchaj](talk.mp3)."
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    site = Site(tmp_path_factory.mktemp("attachments"))
    site.write("portal.yml", "name: Help\nbase-url: https://help.example\nlanguages: [en, pl, ar]\n"
               "translations:\n  publish-drafts: yes\n  threshold: 0\n")
    site.write("councils/a/council.yml", "name: Council A\nnation: england\nlanguages: [en, pl, ar]\n")
    site.write("guidance/rights.md", PAGE)
    site.write("translations/pl.po", PO)
    site.write("translations/ar.po", PO.replace("Language: pl", "Language: ar").split("msgid \"Rights\"")[0]
               + 'msgid "Rights"\nmsgstr "الحقوق"\n')
    for name, content in {
            "chair.mp4": MP4, "chair.vtt": b"WEBVTT\n\n00:00.000 --> 00:02.000\nHello.\n", "signed.bsl.mp4": MP4,
            "form.pdf": b"%PDF-1.7\n" + bytes(240_000), "form.pl.pdf": b"%PDF-1.7\nPL" + bytes(1000),
            "form.easy-read.pdf": b"%PDF-1.7\nE" + bytes(2_300_000), "talk.mp3": b"ID3" + bytes(5000)}.items():
        site.write(f"guidance/{name}", content)
    site.write("guidance/room.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\3\x20\0\0\2\x58\x08\2\0\0\0")
    result = site.build()
    assert result.returncode == 0, result.stderr
    return site


@pytest.fixture
def page(chromium, site):
    with served(site.output) as address:
        context = chromium.new_context(viewport={"width": 320, "height": 568})
        page = context.new_page()
        page.asked, page.said = [], []
        page.on("request", lambda request: page.asked.append(request.url.removeprefix(address)))
        page.on("console", lambda message: page.said.append(message.text))
        page.address = address
        yield page
        context.close()


def test_nothing_of_a_recording_is_fetched_before_it_is_played(page):
    page.goto(page.address + "rights/")
    page.wait_for_load_state("networkidle")
    # Captions are a few kB, and are there when the film starts.
    assert not [url for url in page.asked if ".mp4" in url or ".mp3" in url or ".pdf" in url]
    assert page.locator("video").count() == 2
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    page.evaluate("document.querySelector('video').play().catch(() => {})")
    page.wait_for_function("performance.getEntriesByType('resource').some(r => r.name.includes('.mp4'))")
    assert all(url.startswith("http") is False for url in page.asked), page.asked
    assert not [text for text in page.said if "Content Security Policy" in text]


def test_a_recording_says_what_it_is_and_has_its_captions(page):
    page.goto(page.address + "rights/")
    film, signed = page.locator("figure:has(video)").all()
    assert film.locator("figcaption").inner_text() == "The chair says what happens (MP4, 1 MB)\nAt County Hall."
    track = film.locator("track")
    assert (track.get_attribute("srclang"), track.get_attribute("kind")) == ("en", "captions")
    assert signed.locator("track").count() == 0
    assert film.locator("video").get_attribute("aria-label") == "The chair says what happens"


def test_words_that_fold_open_by_keyboard(page):
    page.goto(page.address + "rights/")
    for name, inside in (("What is said here", "Hello. We all say who we are."), ("What the law says", "Section 47")):
        summary = page.locator("summary", has_text=name)
        text = page.get_by_text(inside)
        assert not text.is_visible()
        summary.focus()
        page.keyboard.press("Enter")
        assert text.is_visible()
    page.emulate_media(media="print")
    assert page.locator("video").first.is_hidden()


def test_without_scripts_recordings_and_what_folds_work_too(chromium, site):
    with served(site.output) as address:
        context = chromium.new_context(viewport={"width": 320, "height": 568}, java_script_enabled=False)
        page = context.new_page()
        page.goto(address + "ar/rights/")
        assert page.locator("html").get_attribute("dir") == "rtl"
        film = page.locator("video").first
        assert film.get_attribute("controls") is not None and film.is_visible()
        text = page.get_by_text("Hello. We all say who we are.")
        assert not text.is_visible()
        page.locator("details.more summary").first.click()
        assert text.is_visible()
        assert context.storage_state() == {"cookies": [], "origins": []}
        context.close()


def test_a_document_says_its_kind_its_size_and_its_language(page, site):
    page.goto(page.address + "rights/")
    paragraph = page.locator("p:has(a[href$='.pdf'])").inner_text()
    assert paragraph == "Fill in the complaints form (PDF, 240 kB) · Easy read (PDF, 2 MB), or listen (MP3, 5 kB)."
    page.goto(page.address + "pl/rights/")
    form, easy, talk = page.locator("p:has(a[href*='form'])  a").all()
    assert form.inner_text() == "formularz skargi (PDF, 1 kB)"
    assert "angielsk" in talk.inner_text() and "(MP3, 5 kB)" in talk.inner_text()
    for link in (form, easy, talk):
        assert (site.output / "assets" / link.get_attribute("href").rsplit("/", 1)[1]).exists()


def test_a_picture_has_its_caption_and_a_cell_its_lines(page):
    page.goto(page.address + "rights/")
    figure = page.locator("figure:has(img)")
    assert figure.locator("figcaption").inner_html() == "Yours may look <strong>different</strong>."
    assert page.locator("td").last.inner_text() == "9 to 12\n2 to 5"


def test_paper_leads_to_recordings_and_shows_their_words(site, tmp_path):
    site.write("leaflets/short.yml", "title: Short\nformats: [a4]\nsections:\n  - page: rights\n")
    result = run("leaflets", "--content", "content", "--theme", ROOT / "themes/default", "--council", "a", "--language",
                 "en", "--output", tmp_path / "out", cwd=site.folder)
    (site.content / "leaflets/short.yml").unlink()
    assert result.returncode == 0, result.stderr
    [pdf] = [file for file in (tmp_path / "out").rglob("*.pdf") if "printer" not in str(file)]
    assert shutil.which("pdftotext")
    text = "".join(subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True).stdout.replace("\u200b", "").split())
    assert "assets" not in text
    for words in ("The chair says what happens (help.example/rights)", "What is said here Hello. We all say who",
                  "What the law says Section 47"):
        assert words.replace(" ", "") in text, text


@pytest.mark.parametrize("name, rule", [
    ("talk.mp3", "RecordingWithoutWords"), ("film.mp4", "VideoWithoutCaptions"), ("film.mov", "UnusableRecording"),
    ("gone.mp4", "MissingFile")])
def test_what_a_recording_lacks_is_said_at_its_place(tmp_path, name, rule):
    site = Site(tmp_path)
    site.write("guidance/rights.md", f"# Rights\n\nWords.\n\n![Somebody speaks]({name})\n")
    if rule != "MissingFile":
        site.write(f"guidance/{name}", b"x")
    [problem] = [p for p in site.problems() if p["rule"] == rule]
    assert problem["line"] == 5 and problem["file"].endswith("rights.md")


def test_a_recording_that_costs_much_is_told(tmp_path):
    site = Site(tmp_path)
    site.write("guidance/talk.mp3", bytes(26_000_000))
    assert [p["rule"] for p in site.problems() if p["rule"] == "HeavyRecording"] == ["HeavyRecording"]
