"""Each format with a small file, what is left out of it, and every kind of bad input."""

from __future__ import annotations

import io
import re
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from claim_files import CORE, W, docx, locked, odt, pdf, run
from claim_sentences import claims_of as read
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entrepot.claims.formats import pdf_child
from entrepot.claims.open import of_bytes, open_report
from entrepot.core.errors import UnreadableFileError

SENTENCE = "Bakhty handled 5,000 tonnes of cargo in January."
PAGE = """<!doctype html><html lang="en"><head><title>Cargo | The Desk</title>
<meta property="article:published_time" content="2025-03-14T08:00:00Z"><script>9 trains</script></head><body>
<nav>8 trains</nav><h1>Cargo</h1><p>Bakhty handled <b>5,000</b> tonnes of<br>cargo in January.</p>
<p hidden>7 trains passed Khorgos.</p><p style="DISPLAY : none">6 trains passed Khorgos.</p>
<ul><li>One<p>two</p></li></ul><!-- 4 trains --><template><p>3 trains</p></template></body></html>"""


def texts(report) -> list[tuple[str, str]]:
    return [(b.kind, report.text[b.start : b.end]) for b in report.blocks]


def found(report) -> list[tuple[float | None, str | None, str | None]]:
    return [(c.value, c.unit, c.period_start) for c in read(report)]


FIGURE = [(5_000, "tonnes", "2025-01-01")]


def test_text():
    report = of_bytes(f"Cargo\n\n{SENTENCE}\r\n".encode(), "a.txt", published=date(2025, 3, 14))
    assert texts(report) == [("paragraph", "Cargo"), ("paragraph", SENTENCE)]
    assert (report.published_basis, report.languages, found(report)) == ("given", ("en",), FIGURE)


def test_wrapped_text_is_one_paragraph_and_hyphens_are_mended():
    lines = [
        "Bakhty handled five thousand and more tonnes of mer-",
        "chandise of every kind in the month of January, it",
        "was said.",
    ]
    report = of_bytes("\n".join(lines).encode(), "a.txt")
    assert "merchandise" in report.text
    assert len(report.blocks) == 1


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_mark_tells_the_encoding(encoding):
    assert of_bytes(SENTENCE.encode(encoding), "a.txt").text == SENTENCE


def test_an_encoding_may_be_given():
    text = "霍尔果斯口岸货运量4100万吨。"
    assert of_bytes(text.encode("gb18030"), "a.txt", encoding="gb18030").text == text


def test_html_leaves_out_what_is_not_shown():
    report = of_bytes(PAGE.encode(), "a.html")
    assert texts(report) == [("heading", "Cargo"), ("paragraph", SENTENCE), ("item", "One"), ("paragraph", "two")]
    assert report.left_out == {"script": 1, "nav": 1, "hidden": 2, "comment": 1, "template": 1}
    assert (report.published, report.published_basis) == (date(2025, 3, 14), "metadata")
    assert found(report) == FIGURE


@pytest.mark.parametrize(
    "head",
    [
        '<script type="application/ld+json">{"@graph":[{"datePublished":"2025-03-14"}]}</script>',
        '<meta name="date" content="2025-03-14">',
        '<time datetime="2025-03-14T01:00">today</time>',
        '<meta name="pubdate" content="14 March 2025">',
    ],
)
def test_where_html_says_when_it_was_published(head):
    report = of_bytes(f"{head}<p>{SENTENCE}</p>".encode(), "a.html")
    assert (report.published, report.published_basis) == (date(2025, 3, 14), "metadata")


def test_html_in_its_declared_encoding():
    page = '<meta charset="gb18030"><p>霍尔果斯口岸货运量4100万吨。</p>'.encode("gb18030")
    assert of_bytes(page, "a.html").text == "霍尔果斯口岸货运量4100万吨。"


def test_deep_html_is_read():
    report = of_bytes(("<div>" * 20_000 + SENTENCE).encode(), "a.html", published=date(2025, 3, 14))
    assert found(report) == FIGURE


def test_markdown():
    text = "---\ndate: 2025-03-14\n---\n# Cargo\n\nBakhty handled **5,000** tonnes\nof <i>cargo</i> in January.\n\n"
    text += "- item\n\n```\n9 trains\n```\n\n<script>8 trains</script>\n"
    report = of_bytes(text.encode(), "a.md")
    assert texts(report) == [("heading", "Cargo"), ("paragraph", SENTENCE), ("item", "item")]
    assert [b.origin for b in report.blocks][:2] == ["line 4", "line 6"]
    assert (report.published, report.left_out) == (date(2025, 3, 14), {"code": 1, "script": 1})
    assert found(report) == FIGURE


def test_word():
    body = (
        f'<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>{run("Cargo")}</w:p>'
        f"<w:p>{run('Bakhty handled ')}<w:del><w:r><w:delText>4,000</w:delText></w:r></w:del>"
        f"<w:ins>{run('5,000')}</w:ins>"
        f"{run(' 9 trains', '<w:vanish/>')}{run(' tonnes of cargo in January.')}</w:p>"
        f"<w:tbl><w:tr><w:tc><w:p>{run('cell')}</w:p></w:tc></w:tr></w:tbl>"
    )
    notes = f"<w:footnotes {W}><w:p>{run('A note.')}</w:p></w:footnotes>"
    report = of_bytes(docx(body, word__footnotes_xml=notes, docProps__core_xml=CORE), "a.docx")
    assert texts(report) == [("heading", "Cargo"), ("paragraph", SENTENCE), ("cell", "cell"), ("note", "A note.")]
    assert report.left_out == {"deleted": 1, "hidden": 1}
    assert (report.published, report.published_basis) == (date(2025, 3, 14), "weak_metadata")
    assert found(report) == FIGURE


def test_pdf():
    report = of_bytes(pdf("Bakhty handled 5,000 tonnes\nof cargo in January.", ""), "a.pdf")
    assert (report.published, report.published_basis) == (date(2025, 3, 14), "weak_metadata")
    assert report.left_out == {"page without text": 1}
    assert report.notes[0].startswith("Pages without text were not read: 2.")
    assert found(report) == FIGURE


def test_a_dateline_comes_before_the_day_on_which_a_program_made_the_file():
    report = of_bytes(pdf("KASHGAR, 10 February 2024. Bakhty handled 5,000 tonnes", "of cargo."), "a.pdf")
    assert (report.published, report.published_basis) == (date(2024, 2, 10), "dateline")


@pytest.mark.parametrize(
    ("text", "day", "basis"),
    [
        ("URUMQI, March 14, 2025\n\nText.", date(2025, 3, 14), "dateline"),
        ("2025年3月14日\n\n霍尔果斯。", date(2025, 3, 14), "dateline"),
        # at the head of a long paragraph behind a heading
        (f"A pass reopens\n\nISLAMABAD, 14 March 2025 (APP) -- {'It is open. ' * 20}", date(2025, 3, 14), "dateline"),
        (
            "Text." + "\n\nMore." * 9 + "\n\nIt was signed on 2 May 2024 and on 14 March 2025.",
            date(2025, 3, 14),
            "latest_date",
        ),
        ("It happened in October.", None, "none"),
    ],
)
def test_the_day_of_publication_is_inferred_and_never_todays(text, day, basis):
    report = of_bytes(text.encode(), "a.txt")
    assert (report.published, report.published_basis) == (day, basis)


def test_languages_by_block():
    text = (
        f"{SENTENCE}\n\n霍尔果斯口岸货运量大。\n\nЧерез Бахты прошли грузы.\n\nХоргос бекетінен 500 көлік өтті.\n\n12"
    )
    report = of_bytes(text.encode(), "a.txt")
    assert [b.language for b in report.blocks] == ["en", "zh", "ru", "unknown", "en"]
    assert [c.unread_reason for c in read(report) if c.text.startswith("500")] == ["unknown_language"]


def test_the_marks_of_notes_are_no_figures():
    page = "<p>Up 46.8 percent.<sup>1</sup> Over 107<sup><a href='#n'>[2]</a></sup> came from 500 km<sup>2</sup>.</p>"
    report = of_bytes(page.encode(), "a.html")
    assert report.text == "Up 46.8 percent. Over 107 came from 500 km2."
    assert report.left_out == {"mark of a note": 2}
    report = of_bytes(b"Up 46.8 percent.[^1] More.\n\n[^1]: A note.\n", "a.md")
    assert texts(report) == [("paragraph", "Up 46.8 percent. More."), ("note", "A note.")]


SITE = """<body><div role="dialog"><p>We and our 842 partners</p></div><header>7.27 yuan a dollar</header>
<div role="navigation">World 12</div><main><header><h1>Cargo</h1></header><p>{}</p><footer>By A, 5 of 12</footer>
<aside role="doc-endnotes"><p>A note.</p></aside><ul><li><a href="a">Trade at $30 billion</a></li><li><a href="b">500
trains pass</a></li></ul><ul><li><a href="c">Customs</a> counted 9 trains.</li></ul></main><footer>5 million readers
</footer></body>"""


def test_what_is_of_the_site_is_no_part_of_the_report():
    report = of_bytes(SITE.format(SENTENCE).encode(), "a.html")
    assert texts(report) == [
        ("heading", "Cargo"), ("paragraph", SENTENCE), ("note", "By A, 5 of 12"), ("paragraph", "A note."),
        ("item", "Customs counted 9 trains."),
    ]  # fmt: skip
    assert report.left_out == {
        "dialog": 1, "head of the site": 1, "nav": 1, "list of links": 1, "foot of the site": 1,
    }  # fmt: skip


def test_a_form_around_a_whole_page_is_read_and_one_of_fields_is_not():
    page = f"<form><p>{SENTENCE} {'It was a long day. ' * 40}</p></form><form><p>Join 40,000 readers</p></form>"
    report = of_bytes(page.encode(), "a.html")
    assert report.text.startswith(SENTENCE)
    assert report.left_out == {"form": 1}


@pytest.mark.parametrize("body", ["<div id=root></div>", "<div><p>Menu 7</p></div>"])
def test_an_article_that_only_the_data_of_a_page_holds_is_read(body):
    article = f"{SENTENCE} {'It was a long day. ' * 12}".strip()
    data = f'<script type="application/ld+json">{{"@graph": [{{"articleBody": "{article}"}}]}}</script>'
    report = of_bytes(f"{data}{body}".encode(), "a.html")
    assert report.text == article
    assert "JSON-LD" in report.notes[0]
    shown = of_bytes(f"{data}<p>{article}</p>".encode(), "a.html")
    assert (shown.text, shown.notes) == (article, ())


@pytest.mark.parametrize(
    "page", ["<div role=banner>" * 20_000, "<ul><li><a>" * 5_000, "<footer>" * 20_000, "<form><p>" * 5_000]
)
def test_a_page_nested_in_itself_is_read_or_refused(page):
    with suppress(UnreadableFileError):
        of_bytes(f"{page}{SENTENCE}".encode(), "a.html")


def test_what_left_nothing_to_read_is_named():
    with pytest.raises(UnreadableFileError, match=re.escape("left out: nav (1)")):
        of_bytes(b"<nav>5 trains</nav>", "a.html")


class _Stream:
    """Standard input, as far as it is read."""

    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)


STREAMS = {
    "text": SENTENCE.encode(),
    "html": f"<!doctype html><p>{SENTENCE}</p>".encode(),
    "mail": f"From: a\r\nMIME-Version: 1.0\r\nTo: c\r\n\r\n{SENTENCE}".encode(),
    "docx": docx(f"<w:p>{run(SENTENCE)}</w:p>"),
    "odt": odt(f"<text:p>{SENTENCE}</text:p>"),
    "rtf": b"{\\rtf1 " + SENTENCE.encode() + b"\\par}",
    "pdf": pdf(SENTENCE),
}


@pytest.mark.parametrize("kind", STREAMS)
def test_standard_input_is_what_its_first_bytes_say(monkeypatch, kind):
    monkeypatch.setattr("sys.stdin", _Stream(STREAMS[kind]))
    report = open_report(Path("-"))
    assert (report.text, report.format) == (SENTENCE, kind)


def test_standard_input_that_is_empty_or_too_long(monkeypatch):
    for data, limit, said in ((b" ", 10, "empty"), (b"a" * 300, 10, "--limit")):
        monkeypatch.setattr("sys.stdin", _Stream(data))
        with pytest.raises(UnreadableFileError, match=said):
            open_report(Path("-"), limit=limit)


def test_a_folder_is_refused_with_what_to_do(tmp_path):
    with pytest.raises(UnreadableFileError, match="one by one"):
        open_report(tmp_path)


BAD = {
    "empty": (b"", "a.txt", "empty"),
    "blank": (b" \n ", "a.txt", "empty"),
    "unknown suffix": (b"text", "a.xyz", "unknown suffix '.xyz'"),
    "no suffix": (b"text", "report", "no suffix"),
    "suffix against bytes": (b"%PDF-1.4 text", "a.txt", "begins as a PDF"),
    "text as PDF": (b"text", "a.pdf", "begins as text"),
    "binary as text": (b"a\x00b", "a.txt", "begins as binary data"),
    "undecodable": ("Хоргос".encode("cp1251"), "a.txt", "is not utf-8"),
    "only scripts": (b"<script>1</script>", "a.html", "no text in it"),
    "old Word file": (b"\xd0\xcf\x11\xe0" + b"\x01" * 600, "a.docx", "encrypted, or an old .doc"),
    "broken zip": (b"PK\x03\x04 nothing", "a.docx", "damaged"),
    "doctype": (docx("<w:p/>", head='<!DOCTYPE x [<!ENTITY a "b">]>'), "a.docx", "document type declaration"),
    "broken XML": (docx("<w:p>"), "a.docx", "damaged"),
    "damaged PDF": (b"%PDF-1.4\nnothing", "a.pdf", "not a PDF that can be read"),
    "scan": (pdf("", ""), "a.pdf", "its pages are pictures"),
    "locked PDF": (locked(), "a.pdf", "encrypted"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_refused_with_its_reason(case):
    data, name, problem = BAD[case]
    with pytest.raises(UnreadableFileError, match=re.escape(problem)) as error:
        of_bytes(data, name)
    assert error.value.remedy or error.value.allowed


def test_a_bomb_is_refused(monkeypatch):
    monkeypatch.setattr("entrepot.claims.formats.office.packed_xml.LARGEST", 1_000)
    with pytest.raises(UnreadableFileError, match="unpacks to more than"):
        of_bytes(docx(f"<w:p>{run('x' * 5_000)}</w:p>"), "a.docx")


def test_a_slow_pdf_is_refused(monkeypatch):
    monkeypatch.setattr("entrepot.claims.formats.pdf.SECONDS", 0.01)
    with pytest.raises(UnreadableFileError, match="seconds to read"):
        of_bytes(pdf(SENTENCE), "a.pdf")


def test_the_limit_and_the_missing_file(tmp_path):
    file = tmp_path / "a.txt"
    with pytest.raises(UnreadableFileError, match="cannot be read"):
        open_report(file)
    file.write_text(SENTENCE)
    with pytest.raises(UnreadableFileError, match="--limit"):
        open_report(file, limit=10)
    with pytest.raises(UnreadableFileError, match="--limit"):
        open_report(file, limit=1)


FUZZ = settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
MAGIC = {"txt": b"", "md": b"# a\n", "html": b"<p>", "docx": b"PK\x03\x04"}


@FUZZ
@given(st.binary(max_size=600), st.sampled_from(sorted(MAGIC)))
def test_any_bytes_are_read_or_refused(data, suffix):
    with suppress(UnreadableFileError):
        read(of_bytes(MAGIC[suffix] + data, f"a.{suffix}"))


@FUZZ
@given(st.data())
def test_a_spoilt_word_file_is_read_or_refused(data):
    whole = bytearray(docx(f"<w:p>{run(SENTENCE)}</w:p>", docProps__core_xml=CORE))
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(4, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with suppress(UnreadableFileError):
        read(of_bytes(bytes(whole), "a.docx"))


@FUZZ
@given(st.text("<>/=\"'!-& pdivstylehidn:one;5trains", max_size=200))
def test_any_markup_is_read_or_refused(text):
    for suffix in ("html", "md"):
        with suppress(UnreadableFileError):
            read(of_bytes(text.encode(), f"a.{suffix}"))


PDF = pdf(SENTENCE)


@settings(FUZZ, max_examples=60)
@given(st.data())
def test_a_spoilt_pdf_is_read_or_refused(data):
    """In this process: the child turns every exception into a refusal."""
    whole = bytearray(PDF)
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(8, len(whole) - 1))] = data.draw(st.integers(0, 255))
    answer = pdf_child.read(bytes(whole))
    assert set(answer) in ({"refused"}, {"pages", "layouts", "marks", "metadata"})


def test_parts_that_overlap_are_refused():
    """What hypothesis found: a directory whose entry lies within another part."""
    whole = docx(f"<w:p>{run(SENTENCE)}</w:p>", docProps__core_xml=CORE)
    first = whole.find(b"PK\x01\x02")
    second = whole.find(b"PK\x01\x02", first + 4)
    spoilt = bytearray(whole)
    spoilt[second + 42 : second + 46] = (10).to_bytes(4, "little")  # where the second part is said to begin
    with suppress(UnreadableFileError):
        read(of_bytes(bytes(spoilt), "a.docx"))


def test_a_day_of_publication_that_cannot_be_is_none():
    from datetime import date

    from claim_sentences import claims_of as read

    from entrepot.claims.open import of_bytes
    from entrepot.core.errors import BadInputError

    found = of_bytes(b"---\ndate: 0001-01-01\n---\n# Report\n\nLast month 11,000 vehicles crossed Khunjerab.\n", "r.md")
    assert (found.published, found.published_basis) == (None, "none")
    read(found)
    with pytest.raises(BadInputError, match="no day of publication"):
        of_bytes(b"Last month 11,000 vehicles crossed.", "r.txt", published=date(1, 1, 1))
