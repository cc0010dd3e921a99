"""Documents as page and as PDF: the same text, no text that is read as an instruction, no letter that is a box."""

from __future__ import annotations

import html
import io
import re
import subprocess
import sys
import unicodedata
from datetime import UTC, datetime

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entrepot.core.document.blocks import (
    Column,
    Document,
    Facts,
    Grid,
    Heading,
    Items,
    Link,
    Mono,
    NewPage,
    Paragraph,
    Signatures,
    Strong,
    texts,
)
from entrepot.core.errors import MissingExtraError, plain
from entrepot.core.runtime import extras
from entrepot.print import fonts
from entrepot.print.html_page import html_page

typst = pytest.importorskip("typst")
from entrepot.print.pdf import pdf  # noqa: E402

AT = datetime(2026, 11, 27, tzinfo=UTC)
HOSTILE = [
    '#read("/etc/passwd")',
    '#eval("1+1")',
    "$ x^2 $ @ref <label> *b* _i_ `r` \\ // /* */ = head",
    '#import "@preview/x:0.1.0"',
    '"); #panic("x',
    "]]}}))",
    "<script>alert(1)</script>&amp;",
]
LETTERS = {"Chinese": "新疆中泰化学股份有限公司", "Arabic": "شركة النور", "Russian": "Завод Ёлка", "Korean": "한국무역"}


def document(*cells):
    grid = Grid((Column("Row", 0.3, is_number=True), Column("Name")), tuple((str(i), [c]) for i, c in enumerate(cells)))
    items = Items(tuple((str(i), c) for i, c in enumerate(cells)), 2)
    blocks = (
        Paragraph(("note ", Strong("strong")), stands_out=True),
        Heading("Part"),
        Facts((("Label", Mono("a" * 64)), ("At", Link("", "https://example.org/" + "x" * 80)))),
        grid,
        NewPage(),
        items,
        Signatures(("Signed by", "Day")),
    )
    return Document("Record", "of a test", "foot", blocks)


def printed(made):
    """What stands on the pages of a PDF, without spaces."""
    pages = pypdf.PdfReader(io.BytesIO(pdf(made, AT).data)).pages
    return squeezed("".join(p.extract_text() for p in pages))


def squeezed(text):
    """Letters alone: a page breaks lines and words where a PDF does not, and ligatures are two letters."""
    return re.sub(r"[\s\u200b\u00ad]", "", unicodedata.normalize("NFKC", text))


def on_page(made):
    body = html_page(made).partition("<body>")[2]
    return squeezed(html.unescape(re.sub(r"<[^>]+>", "", body)))


def test_page_and_pdf_say_the_same():
    made = document(*HOSTILE, LETTERS["Chinese"], LETTERS["Russian"])
    page, paper = on_page(made), printed(made)
    for text in texts(made):
        assert squeezed(text) in page, text
        assert squeezed(text) in paper, text


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_shown_and_never_run(name):
    assert squeezed(name) in printed(document(name))
    assert "root:" not in printed(document(name))
    assert "<script" not in html_page(document(name))


@pytest.mark.parametrize("script", LETTERS)
def test_letters_of_every_script_have_a_font(script):
    assert fonts.not_held([LETTERS[script]]) == {}
    assert pdf(document(LETTERS[script]), AT).notes == ()


def test_a_letter_without_a_font_stands_as_its_number_and_is_told():
    made = pdf(document("कख"), AT)
    said = (
        "4 characters of the PDF (Devanagari) have no font at hand and stand as their numbers, such as [U+0915]; the "
        "HTML page shows them."
    )
    assert made.notes == (said,)
    assert "[U+0915][U+0916]" in printed(document("कख"))
    assert "कख" in html_page(document("कख"))


def test_control_characters_and_turned_text_are_shown_escaped():
    name = "a\x00b\u202egpj.exe\u2066"
    shown = squeezed(plain(name))
    assert shown in printed(document(name))
    assert shown in on_page(document(name))


def test_a_head_stands_on_every_page_and_no_long_word_is_cut():
    made = document(*["Q" * 300] * 60)
    pages = pypdf.PdfReader(io.BytesIO(pdf(made, AT).data)).pages
    of_grid = [p.extract_text() for p in pages if "Name" in p.extract_text()]
    assert len(of_grid) > 1
    assert sum(p.extract_text().count("Q") for p in pages) == 2 * 60 * 300
    placed = []
    for page in pages:  # every letter lies on the paper
        page.extract_text(visitor_text=lambda text, cm, tm, *_: placed.append((tm[4] * cm[0] + cm[4], text)))
    assert all(0 <= x <= float(pages[0].mediabox.width) for x, text in placed if text.strip())


def test_the_same_document_is_the_same_pdf():
    made = document("Acme", LETTERS["Chinese"])
    assert pdf(made, AT).data == pdf(made, AT).data


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text(max_size=60), max_size=3))
def test_any_text_is_printed_and_none_is_markup(names):
    clean = [n.encode("utf-8", "ignore").decode() for n in names]
    assert pdf(document(*clean, "end"), AT).data.startswith(b"%PDF-")
    page = html_page(document(*clean))
    assert page.count("<script") == 0


def test_only_the_web_is_a_link():
    made = Document(
        "a", "b", "c", (Paragraph(Link("x", "javascript:alert(1)")), Paragraph(Link("", "file:///etc/passwd")))
    )
    assert "<a " not in html_page(made)
    assert b"/URI" not in pdf(made, AT).data


def test_the_table_of_characters_is_that_of_another_reader():
    ttlib = pytest.importorskip("fontTools.ttLib")
    for folder in fonts.folders():
        for file in folder.glob("*Arabic*"):
            assert fonts.characters(file.read_bytes()) == set(ttlib.TTFont(file).getBestCmap())


@given(st.binary(max_size=200))
def test_what_is_no_font_is_refused(data):
    for begin in (b"", b"ttcf\0\0\0\0\0\0\0\1\0\0\0\x0c", b"\0\1\0\0"):
        try:
            fonts.characters(begin + data)
        except ValueError:
            continue


def test_without_the_extra_one_line_asks_for_it(monkeypatch):
    monkeypatch.setitem(extras.EXTRAS, "print", ("typst_that_is_not_there",))
    with pytest.raises(MissingExtraError, match=r"entrepot\[print\]"):
        pdf(document("x"), AT)


def test_the_page_needs_no_extra():
    code = "import sys; import entrepot.print.html_page; sys.exit('typst' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_grid_on_the_page_has_the_shares_of_its_columns():
    grid = Grid((Column("Row", 1, is_number=True), Column("Name", 3)), (("1", "Somebody"),))
    page = html_page(Document("Title", "of", "foot", (grid,)))
    assert '<colgroup><col style="width: 25.0%"><col style="width: 75.0%"></colgroup>' in page
