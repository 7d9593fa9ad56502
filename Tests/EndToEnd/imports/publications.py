"""Documents in the manner of five publications that councils really have: what they say is told in our own words.

A leaflet in Word with everything that Word can hide in a document, a booklet whose headings are only bold, a page of
LocalGov Drupal, a page of Jadu, a PDF, and plain text.
"""

import io
import zipfile

import docx
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from PIL import Image

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def picture(colour, size=(60, 40), form="PNG", **more):
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, form, **more)
    return out.getvalue()


def link(document, paragraph, text, address=None, anchor=None):
    element = OxmlElement("w:hyperlink")
    if address:
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
        element.set(qn("r:id"), document.part.relate_to(address, kind, is_external=True))
    if anchor:
        element.set(qn("w:anchor"), anchor)
    run = OxmlElement("w:r")
    words = OxmlElement("w:t")
    words.text = text
    words.set(qn("xml:space"), "preserve")
    run.append(words)
    element.append(run)
    paragraph._p.append(element)


def field(paragraph, code, result):
    for kind, text in (("begin", None), (None, code), ("separate", None), ("result", result), ("end", None)):
        run = paragraph.add_run()
        if kind in ("begin", "separate", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        elif kind == "result":
            run.text = text
        else:
            instruction = OxmlElement("w:instrText")
            instruction.text = text
            run._r.append(instruction)


def bold(document, text):
    document.add_paragraph().add_run(text).bold = True


def leaflet(path):
    """The tri-fold leaflet of a county: contact box on each panel, a text box, a comment, tracked changes, a form."""
    document = docx.Document()
    document.core_properties.title = "Microsoft Word - leaflet final v2"
    section = document.sections[0]
    section.header.paragraphs[0].text = "Testshire County Council – working together"
    section.footer.paragraphs[0].text = "CS1234 May 2021"
    document.add_heading("Child Protection Conferences", 0)
    document.add_paragraph("Information for parents, carers and family members").style = "Subtitle"
    field(document.add_paragraph(), ' TOC \\o "1-3" \\h ', "What is a conference?\t2")
    document.add_heading("What is a conference?", 1)
    paragraph = document.add_paragraph("A conference is a meeting where your family\u00a0and professionals share what they know. It isn\u2019t a court: it\u2019s a \u201cmeeting\u201d\u2026 ")
    link(document, paragraph, "See page 3", anchor="_Toc12345")
    paragraph.add_run(" or ")
    link(document, paragraph, "the procedures", "https://www.testshire.gov.uk/procedures")
    paragraph.add_run(".")
    document.add_paragraph("A bus stops outside.", style="Quote")
    document.add_heading("Your rights", 1)
    for heading, text in (("Being invited", "You will be invited, or told why not."),
                          ("Bringing someone to support you", "You may bring one person with you. A solicitor counts.")):
        document.add_heading(heading, 2)
        document.add_paragraph(text)
    document.add_heading("What you can expect from us", 1)
    for text in ("The social worker\u2019s report 3 working days before the conference.",
                 "A phone call from the chair.",
                 "The first core group within 10 working days of the conference."):
        document.add_paragraph(text, style="List Bullet")
    document.add_paragraph("Please arrive 20 minutes early, before the start of the conference, to meet the chair.")
    document.add_heading("Useful tips", 1)
    for text in ("•\tBring notes.", "•\tBe honest.", "•\tAsk for a break."):
        document.add_paragraph(text)
    bold(document, "Before the meeting")
    document.add_paragraph("Plan your journey.")
    table = document.add_table(rows=3, cols=3)
    for row, cells in enumerate((("Who", "When", "Where"), ("Core group", "Every 6 weeks", "At home"), ("Review", "After 3 months", "At the office"))):
        for cell, text in enumerate(cells):
            table.cell(row, cell).text = text
    table.cell(2, 1).merge(table.cell(2, 2))
    paragraph = document.add_paragraph("Children can have an advocate")
    paragraph._p.append(parse_xml(f'<w:ins {W} w:id="1" w:author="x"><w:r><w:t xml:space="preserve"> if they want one</w:t></w:r></w:ins>'))
    paragraph._p.append(parse_xml(f'<w:del {W} w:id="2" w:author="x"><w:r><w:delText xml:space="preserve"> from age 5</w:delText></w:r></w:del>'))
    paragraph.add_run(".")
    comment = document.add_comment(paragraph.runs, text="Ask legal before this goes out", author="x", initials="x")
    assert comment is not None
    hidden = document.add_paragraph("Seen words. ").add_run("Secret words.")
    hidden.font.hidden = True
    document.add_picture(io.BytesIO(picture("navy")))
    document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph()._p.append(parse_xml(
        f'<w:r {W}><w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><v:textbox><w:txbxContent>'
        "<w:p><w:r><w:t>Need this in another format? E-mail </w:t></w:r><w:r><w:t>formats@testshire.gov.uk</w:t></w:r></w:p>"
        "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"))
    document.add_paragraph("Your name: ")._p.append(parse_xml(
        f'<w:sdt {W}><w:sdtPr><w:alias w:val="Name"/><w:showingPlcHdr/><w:text/></w:sdtPr><w:sdtContent><w:r><w:t>Click to enter text</w:t></w:r></w:sdtContent></w:sdt>'))
    document.add_heading("If you are unhappy", 1)
    document.add_paragraph("First talk to the chair.", style="List Number")
    document.add_paragraph("Then write to us.", style="List Number")
    document.add_heading("Contact us", 1)
    bold(document, "Comments and Complaints Service")
    document.add_paragraph("Phone: 01865 323589")
    document.add_paragraph("Text: 07717 420419")
    document.add_paragraph("Email: complaints@testshire.gov.uk")
    document.add_paragraph("Comments and Complaints Service, County Hall, New Road, Oxford, OX1 1ND")
    document.add_paragraph("Monday to Friday, 9am to 5pm")
    document.save(path)
    footnote(path)


def footnote(path):
    """python-docx writes no footnotes: one is put into the packed file."""
    with zipfile.ZipFile(path) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    body = parts["word/document.xml"].decode()
    body = body.replace("A solicitor counts.", 'A solicitor counts.</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t>', 1)
    parts["word/document.xml"] = body.encode()
    parts["word/footnotes.xml"] = (
        f'<?xml version="1.0"?><w:footnotes {W}><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        '<w:footnote w:id="2"><w:p><w:r><w:t>Solicitors support you; they do not speak for you.</w:t></w:r></w:p></w:footnote></w:footnotes>').encode()
    parts["word/_rels/document.xml.rels"] = parts["word/_rels/document.xml.rels"].replace(
        b"</Relationships>", b'<Relationship Id="rIdNotes" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes" Target="footnotes.xml"/></Relationships>')
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"</Types>", b'<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"/></Types>')
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)


def booklet(path):
    """The booklet of a partnership: no heading is one, the agenda is typed with numbers."""
    document = docx.Document()
    bold(document, "A guide for parents")
    document.add_paragraph("This booklet tells you about the conference.")
    bold(document, "Why is there a conference?")
    document.add_paragraph("Because somebody is worried about your child.")
    bold(document, "Who will be there?")
    for text in ("- social workers", "- health visitors", "- teachers"):
        document.add_paragraph(text)
    bold(document, "What happens at the conference:")
    for number, text in enumerate(("The chair says who is there.", "The social worker reads the report.", "The chair sums up."), 1):
        document.add_paragraph(f"{number}. {text}")
    bold(document, "When somebody is asked to leave")
    document.add_paragraph("a) there is a risk of violence\nb) the child does not want it")
    bold(document, "Words explained")
    bold(document, "Key worker")
    document.add_paragraph("The social worker who leads the work.")
    document.save(path)


DRUPAL = """<!DOCTYPE html>
<html lang="en" dir="ltr"><head><meta charset="utf-8"><title>Child protection conferences (frequently asked questions) | Southdown Council</title>
<link rel="canonical" href="https://www.southdown.gov.uk/children/conferences"><script>window.dataLayer=[]</script>
<style>.x{color:red}</style></head>
<body class="path-node"><a href="#main-content" class="visually-hidden focusable skip-link">Skip to main content</a>
<div id="ccc-module" class="ccc-cookies">We use cookies to make this site work. <button>Accept all</button></div>
<header class="lgd-header" role="banner"><a href="/" class="lgd-header__brand">Southdown Council</a>
<nav class="lgd-header__nav" aria-label="Main"><ul><li><a href="/pay">Pay for it</a></li></ul></nav></header>
<div class="lgd-region lgd-region--breadcrumb"><nav class="breadcrumb" aria-label="Breadcrumb"><ol><li><a href="/">Home</a></li><li>Children</li></ol></nav></div>
<main class="main" id="main-content"><article class="node node--type-localgov-services-page">
<h1>Child protection conferences (frequently asked questions)</h1>
<div class="localgov-toc"><h2>On this page</h2><ul><li><a href="#what">What is a conference?</a></li><li><a href="#who">Who comes?</a></li></ul></div>
<p class="lead">Answers for parents and&nbsp;carers.</p>
<h2 id="what">What is a child protection conference?</h2>
<p>It’s a meeting. <a href="/children/guide-young-people" target="_blank">Guide for young people <span class="visually-hidden">(opens in new window)</span></a>
<a href="javascript:void(window.print())">Print this</a></p>
<div class="callout callout--warning"><p>If a child is in danger now, phone 999.</p></div>
<h2 id="who">Who comes to the conference?</h2>
<ul class="list"><li>You</li><li>One adult who supports you<ul><li>a friend</li><li>a solicitor</li></ul></li><li>The chairperson</li></ul>
<div class="accordion"><h3>Can my child come?</h3><div><p>Yes, if they are old&shy; enough.</p></div></div>
<details><summary>What does the chairperson do?</summary><p>They lead the meeting.</p></details>
<h2 id="plan">When does a plan stop?</h2>
<p>At a review. The first review conference is within 3 months of the conference. Later review conferences are at most 6 months apart.</p>
<figure><img src="conference_files/room.png" alt="A table with chairs round it"><figcaption>The room</figcaption></figure>
<img src="https://cdn.southdown.gov.uk/far.png" alt="Far away">
<img src="../../../../etc/hostname" alt="Elsewhere">
<iframe src="https://www.youtube.com/embed/abc" title="A film about conferences"></iframe>
<table><caption>Who to ask</caption><thead><tr><th>What</th><th>Who</th></tr></thead><tbody><tr><td rowspan="2">Reports</td><td>Social worker</td></tr><tr><td>School</td></tr></tbody></table>
<h2 id="complaints">Complaints</h2><p>Phone the chairperson about a decision you do not agree with.</p>
<h2 id="contacts">Other useful contacts</h2>
<dl><dt>Chairperson:</dt><dd>01323 466606</dd></dl>
<p><strong>National Youth Advocacy Service</strong><br>Phone: <a href="tel:08088081001">0808 808 1001</a><br><a href="https://www.nyas.net">www.nyas.net</a></p>
<form action="/feedback"><fieldset><legend>Was this useful?</legend><label>Comments <textarea name="c"></textarea></label><button>Send</button></fieldset></form>
</article>
<div class="lgd-region--related related-content"><h2>Related pages</h2><ul><li><a href="/x">Adoption</a></li></ul></div>
</main>
<footer class="lgd-footer" role="contentinfo"><p>© Southdown Council 2026</p></footer><script src="https://cdn.example/x.js"></script></body></html>
"""

JADU = """<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>Child protection plans - Board</title>
<meta http-equiv="Content-Type" content="text/html; charset=windows-1252" /></head>
<body><div id="header"><img src="logo.gif" alt="Board" /></div><div id="mainNav"><ul><li><a href="a">A</a></li></ul></div>
<div id="breadcrumbs">You are here: Home</div>
<div id="content"><h1>Child protection plans</h1><div class="byEditor article">
<p><b>What a plan is</b></p><p>A plan says who does what.<br /><br />It has a date for each thing.</p>
<p>\x95 who visits<br />\x95 what must change<br />\x95 who helps</p>
<p><a href="file:///C:/plans/form.doc">The form</a> and <a href="#top">Back to top</a></p>
<p><span style="font-weight: bold">How it ends</span></p><p>At a review, if it\x92s not needed.</p>
<table role="presentation"><tr><td><p>One box.</p></td></tr></table></div></div>
<div id="footer">Powered by x</div></body></html>
"""

TEXT = """CHILD PROTECTION CONFERENCES
============================

A conference is a meeting about your child. It is not a court, and nobody
there can take your child away.

What you can do
---------------

* bring a friend
* write down what you want to say,
  and give it to the chair

Getting there

The bus stops outside. There is no car park, so please come by bus or on foot.

{{this is not a placeholder}} and {#nor an id}
"""


def pages(folder):
    """The web pages with what lies beside them, and the plain text."""
    (folder / "conference_files").mkdir(parents=True, exist_ok=True)
    (folder / "conference.html").write_text(DRUPAL, encoding="utf-8")
    (folder / "conference_files" / "room.png").write_bytes(picture("green"))
    (folder / "plans.htm").write_bytes(JADU.encode("latin-1"))
    (folder / "notes.txt").write_text(TEXT, encoding="utf-8")


def pdf(path):
    """The tri-fold leaflet of a borough, as a PDF with a head and foot on each page."""
    import weasyprint
    body = "".join(
        f"<h2>{heading}</h2><p>{text}</p>" for heading, text in (
            ("Help to take part", "We can find an interpreter, or someone who signs. Tell your social worker what you need before the day, so that it is there."),
            ("Arriving", "Come 30 minutes before the start, so that you can meet the chair and see the room."),
            ("Records about you", "You can ask to see what the council has written about you. Your social worker helps you to ask."))) * 1
    html = f"""<html lang="en"><title>Child protection conferences</title><style>
      @page {{ size: A5; margin: 2cm; @top-center {{ content: 'Borough services' }} @bottom-center {{ content: counter(page) }} }}
      h1 {{ font-size: 24pt }} h2 {{ font-size: 16pt; break-before: auto }} body {{ font: 11pt serif }} .n {{ break-before: page }}</style>
      <h1>Child protection conferences</h1>{body}<div class=n><h2>Top tips</h2><ul><li>Be honest.</li><li>Take notes.</li></ul></div>
      <div class=n><h2>To complain</h2><p>Phone the complaints officer on 020 7525 3977.</p></div></html>"""
    weasyprint.HTML(string=html).write_pdf(path)
