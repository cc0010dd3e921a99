"""Files of other word processors, mails and saved pages: what is read, what is left out and what is refused."""

from __future__ import annotations

import re
from datetime import date
from email.message import EmailMessage

import pytest
from claim_files import docx, odt, run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entrepot.claims.open import of_bytes
from entrepot.core.errors import UnreadableFileError

SENTENCE = "Bakhty handled 5,000 tonnes of cargo in January."


def texts(report) -> list[tuple[str, str]]:
    return [(b.kind, report.text[b.start : b.end]) for b in report.blocks]


META = (
    '<office:document-meta xmlns:office="o" xmlns:dc="d" xmlns:meta="m"><dc:title>Report</dc:title>'
    "<meta:creation-date>2025-03-14T09:00:00</meta:creation-date></office:document-meta>"
)
STYLES = (
    '<style:style style:name="T1"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="T2"><style:text-properties style:text-position="super 58%"/></style:style>'
    '<style:style style:name="T3"><style:text-properties style:text-position="-33% 58%"/></style:style>'
)
ODT = (
    "<text:tracked-changes><text:changed-region><text:deletion><text:p>4,000</text:p></text:deletion>"
    "</text:changed-region></text:tracked-changes><text:h>Cargo</text:h>"
    "<text:p>Bakhty<text:s/>handled 5,000 tonnes of cargo"
    '<text:span text:style-name="T1"> 9 trains</text:span> in January.<text:span text:style-name="T2">7</text:span>'
    "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>A note.</text:p></text:note-body>"
    "</text:note><office:annotation><text:p>Is 99 right?</text:p></office:annotation></text:p>"
    '<text:p>H<text:span text:style-name="T3">2</text:span>O</text:p>'
    "<text:list><text:list-item><text:p>item</text:p></text:list-item></text:list>"
    "<text:table-of-content><text:p>Cargo 3</text:p></text:table-of-content>"
)


def test_opendocument():
    report = of_bytes(odt(ODT, STYLES, meta_xml=META), "a.odt")
    assert texts(report) == [
        ("heading", "Cargo"), ("paragraph", SENTENCE), ("paragraph", "H2O"), ("item", "item"), ("note", "A note."),
    ]  # fmt: skip
    assert report.left_out == {
        "deleted": 1, "hidden": 1, "mark of a note": 1, "comment": 1, "table of contents": 1,
    }  # fmt: skip
    assert (report.published, report.published_basis) == (date(2025, 3, 14), "weak_metadata")


def test_a_table_of_opendocument_gives_its_headings():
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    rows = (("Crossing", "Trains"), ("North", "512"))
    body = "".join(f"<table:table-row>{''.join(cell.format(t) for t in row)}</table:table-row>" for row in rows)
    report = of_bytes(odt(f"<table:table>{body}</table:table>"), "a.odt")
    assert [b.context for b in report.blocks][-1] == "North | Trains"


RTF = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset204 Times;}{\f2\fcharset134 SimSun;}}"
    r"{\stylesheet{\s0 Normal;}{\s1 heading 1;}}{\info{\title Report}{\creatim\yr2025\mo3\dy14\hr9}}"
    r"{\header Review 48\par}\pard\s1 Cargo\par\pard\s0 Bakhty handled {\deleted 4,000}5,000 tonnes"
    r"{\v  9 trains} of cargo in January.{\super 7}{\super\chftn}{\*\footnote\pard A note.\par}\par "
    r"{\*\unknown 8 trains}{\*\annotation Is 99 right?}"
    r"{\f1 \'d5\'ee\'f0\'e3\'ee\'f1}: \u38669\'3f\uc0\u23572 {\f2 \'b9\'fb}\par"
    r"\trowd\cellx1\cellx2\intbl Crossing\cell Trains\cell\row\trowd\intbl North\cell 512\cell\row\pard The end.\par}"
)


def test_rtf():
    report = of_bytes(RTF.encode(), "a.rtf")
    assert texts(report) == [
        ("heading", "Cargo"), ("paragraph", SENTENCE), ("paragraph", "Хоргос: 霍尔果"), ("cell", "Crossing"),
        ("cell", "Trains"), ("cell", "North"), ("cell", "512"), ("paragraph", "The end."), ("note", "A note."),
    ]  # fmt: skip
    assert [b.context for b in report.blocks if b.context] == ["Хоргос: 霍尔果 | North | Trains"]
    assert report.left_out == {
        "head or foot of pages": 1, "deleted": 1, "hidden": 1, "mark of a note": 1, "comment": 1,
    }  # fmt: skip
    assert (report.published, report.metadata["title"]) == (date(2025, 3, 14), "Report")


def test_data_within_rtf_is_passed_over():
    whole = rb"{\rtf1 {\*\pict\bin4 }{\\}" + rb"Five tonnes.\par}"
    assert of_bytes(whole, "a.rtf").text == "Five tonnes."


def mail(text: str | None, page: str | None = None, attached: str = "") -> bytes:
    made = EmailMessage()
    made["From"], made["Subject"] = "Firm <alerts@firm.example>", "Alert: 29 added"
    made["Date"] = "Fri, 14 Mar 2025 09:00:00 +0100"
    if text is not None:
        made.set_content(text, charset="gb18030" if not text.isascii() else "utf-8")
    if page is not None:
        made.add_alternative(page, subtype="html")
    if attached:
        made.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename=attached)
    return bytes(made)


def test_a_mail():
    report = of_bytes(mail("plain", f"<title>Layout</title><p>{SENTENCE}</p>", "notice.pdf"), "a.eml")
    assert report.text == f"Alert: 29 added\n{SENTENCE}"
    assert (report.published, report.published_basis) == (date(2025, 3, 14), "metadata")
    assert (report.metadata["title"], report.left_out) == ("Alert: 29 added", {"attachment": 1})
    assert "notice.pdf" in report.notes[0]


def test_a_mail_in_its_encoding():
    assert (
        of_bytes(mail("霍尔果斯口岸货运量4100万吨。"), "a.eml").text == "Alert: 29 added\n霍尔果斯口岸货运量4100万吨。"
    )


@pytest.mark.parametrize(
    "day", ["1 Jan 99999999999999999999999 10:00:00 +0000", "1 Jan 2024 10:00 +99999999999999999999"]
)
def test_a_mail_of_a_day_that_no_calendar_has_is_read_without_it(day):
    report = of_bytes(f"Date: {day}\nSubject: Trains\n\n{SENTENCE}\n".encode(), "a.eml")
    assert (report.text.strip(), report.published) == (f"Trains\n{SENTENCE}", None)


SAVED = (
    "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.example/\r\nSubject: Cargo\r\n"
    "Date: Sun, 29 Nov 2026 09:18:06 GMT\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/related; type="text/html"; boundary="x"\r\n\r\n--x\r\nContent-Type: text/html\r\n'
    "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    '<html><head><meta charset=3D"utf-8"></head><body><p>Bakhty handled 5,000 ton=\r\nnes in =E2=80=9CMarch=E2=80=9D.'
    "</p></body></html>\r\n--x\r\nContent-Type: text/css\r\n\r\np { color: red }\r\n--x--\r\n"
)


@pytest.mark.parametrize("suffix", [".mhtml", ".mht"])
def test_a_saved_page_and_the_day_of_saving_is_no_day_of_publication(suffix):
    report = of_bytes(SAVED.encode(), f"a{suffix}")
    assert report.text == "Cargo\nBakhty handled 5,000 tonnes in “March”."
    assert (report.published, report.metadata["title"]) == (None, "Cargo")


NESTED = b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n"
LOCKED = {"META-INF__manifest_xml": "<m><encryption-data/></m>"}
BAD = {
    "a mail without a text": (mail(None, attached="notice.pdf"), "a.eml", "no text in the mail"),
    "an encoding that is none": (
        b"From: a\nContent-Type: text/plain; charset=otutf-8\n\n5 tonnes", "a.eml", "declares an unknown encoding",
    ),
    "no mail": (b"\n\n\n--", "a.eml", "no text in the mail"),
    "nested without end": (
        b"From: a\n" + b"".join(NESTED % (i, i) for i in range(3000)), "a.eml", "no mail that can be read",
    ),
    "broken archive": (odt("<text:p>5</text:p>")[:200], "a.odt", "damaged"),
    "locked": (odt("<text:p>5</text:p>", **LOCKED), "a.odt", "encrypted"),
    "another file": (docx(f"<w:p>{run('5')}</w:p>"), "a.odt", "no content.xml in it"),
    "named as Word": (odt("<text:p>5</text:p>"), "a.docx", "begins as an OpenDocument text"),
    "RTF named as Word": (b"{\\rtf1 5 tonnes}", "a.docx", "begins as RTF"),
    "groups without end": (b"{\\rtf1 " + b"{" * 20_000, "a.rtf", "groups within groups"),
    "nothing in it": (b"{\\rtf1 }", "a.rtf", "no text in it"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_refused_with_its_reason(case):
    data, name, problem = BAD[case]
    with pytest.raises(UnreadableFileError, match=re.escape(problem)) as error:
        of_bytes(data, name)
    assert error.value.remedy or error.value.allowed


@pytest.mark.parametrize(
    ("name", "todo"),
    [
        ("a.doc", "docx"),
        ("a.msg", ".eml"),
        ("a.pptx", "PDF"),
        ("a.png", "OCR"),
        ("a.xlsx", "entrepot load"),
        ("a.zip", "Unpack"),
    ],
)
def test_what_is_not_read_is_refused_with_what_to_do(name, todo):
    with pytest.raises(UnreadableFileError, match="unknown suffix") as error:
        of_bytes(b"some bytes", name)
    assert todo in error.value.remedy


def test_word_by_what_word_processors_of_other_languages_write():
    """Styles have ids in the language of the program and names in English; the rest is as Word writes it."""
    styles = (
        '<w:styles xmlns:w="w"><w:style w:styleId="1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:styleId="10"><w:name w:val="toc 1"/></w:style></w:styles>'
    )
    box = f"<w:r><w:drawing><w:txbxContent><w:p>{run('In a box.')}</w:p></w:txbxContent></w:drawing></w:r>"
    body = (
        f'<w:p><w:pPr><w:pStyle w:val="1"/></w:pPr>{run("Cargo")}</w:p>'
        f'<w:p><w:pPr><w:pStyle w:val="10"/></w:pPr>{run("Cargo 3")}</w:p>'
        f"<w:p>{run(SENTENCE)}{run('7', '<w:vertAlign w:val=' + chr(34) + 'superscript' + chr(34) + '/>')}{box}</w:p>"
        f"<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>2019</w:t><w:noBreakHyphen/><w:t>2020</w:t></w:r></w:p>"
    )
    parts = {
        "word__styles_xml": styles,
        "word__comments_xml": '<w:comments xmlns:w="w"><w:comment/><w:comment/></w:comments>',
        "word__header1_xml": f'<w:hdr xmlns:w="w"><w:p>{run("Page 3")}</w:p></w:hdr>',
    }
    report = of_bytes(docx(body, **parts), "a.docx")
    assert texts(report) == [
        ("heading", "Cargo"), ("paragraph", "In a box."), ("paragraph", SENTENCE), ("item", "2019-2020"),
    ]  # fmt: skip
    assert report.left_out == {
        "table of contents": 1, "mark of a note": 1, "comment": 2, "head or foot of pages": 1,
    }  # fmt: skip


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text("{}\\'*~0159afuvrtparcellhidden \n", max_size=200), st.sampled_from([".rtf", ".eml", ".mhtml"]))
def test_any_text_is_read_or_refused(text, suffix):
    begins = "{\\rtf1 " if suffix == ".rtf" else "From: a\nContent-Type: multipart/mixed; boundary=a\n\n--a\n\n"
    try:
        of_bytes((begins + text).encode(), f"a{suffix}")
    except UnreadableFileError as refused:
        assert refused.remedy or refused.allowed


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_a_spoilt_file_is_read_or_refused(data):
    for whole, name in (
        (odt(ODT, STYLES, meta_xml=META), "a.odt"),
        (RTF.encode(), "a.rtf"),
        (SAVED.encode(), "a.mhtml"),
    ):
        spoilt = bytearray(whole)
        for _ in range(data.draw(st.integers(1, 6))):
            spoilt[data.draw(st.integers(60, len(spoilt) - 1))] = data.draw(st.integers(0, 255))
        try:
            of_bytes(bytes(spoilt), name)
        except UnreadableFileError as refused:
            assert refused.remedy or refused.allowed
