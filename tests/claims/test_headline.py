"""The headline that stands in no part of the text is read first; what the text says again is read once."""

from datetime import date

import pytest
from claim_files import docx, run
from claim_sentences import claims_of

from entrepot.claims.open import of_bytes
from entrepot.core.errors import UnreadableFileError

HEADLINE = "Khorgos handled 8,370 trains in 2024"
BODY = "Officials were pleased."
MAIL = "From: A <a@x.org>\nTo: D <d@x.org>\nDate: Fri, 10 Jan 2025 10:00:00 +0000\nSubject: "


def _read(name, text):
    report = of_bytes(text.encode(), name, published=date(2025, 2, 1))
    return [(b.kind, report.text[b.start : b.end]) for b in report.blocks], dict(report.left_out)


def _page(title, body, head=""):
    return f"<html><head><title>{title}</title>{head}</head><body><article>{body}</article></body></html>"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.html", _page(HEADLINE, f"<p>{BODY}</p>")),
        ("a.html", _page(f"{HEADLINE} | The Daily Desk", f"<p>{BODY}</p>")),
        (
            "a.html",
            _page(f"{HEADLINE} - Desk 24", f"<p>{BODY}</p>", '<meta property="og:site_name" content="Desk 24">'),
        ),
        ("a.html", f'<head><meta property="og:title" content="{HEADLINE}"></head><p>{BODY}</p>'),
        ("a.md", f"---\ntitle: {HEADLINE}\n---\n\n{BODY}\n"),
        ("a.md", f'---\ntitle: "{HEADLINE}"\ntags: [a]\n---\n{BODY}\n'),
        ("a.md", f"---\ntitle: >-\n  Khorgos handled\n  8,370 trains in 2024\n---\n{BODY}\n"),
        ("a.eml", f"{MAIL}{HEADLINE}\n\n{BODY}\n"),
        ("a.eml", f"{MAIL}{HEADLINE}\nContent-Type: text/html\n\n{_page('Layout 2', BODY)}"),
        (
            "a.mht",
            f"Snapshot-Content-Location: https://x.example\n{MAIL}{HEADLINE}\nContent-Type: text/html\n\n<p>{BODY}</p>",
        ),
    ],
)
def test_a_headline_beside_the_text_is_the_first_heading(name, text):
    read, _ = _read(name, text)
    assert read[0] == ("heading", HEADLINE)
    assert [said for _, said in read[1:]] == [BODY]


def test_its_figures_are_claims():
    report = of_bytes(_page(HEADLINE, f"<p>{BODY}</p>").encode(), "a.html", published=date(2025, 2, 1))
    assert [(c.value, c.unit, c.period_start) for c in claims_of(report)] == [(8_370, "trains", "2024-01-01")]


@pytest.mark.parametrize(
    "title",
    [
        HEADLINE,
        f"{HEADLINE} | The Daily Desk",
        f"{HEADLINE} – Trade – The Daily Desk",
        f"The Daily Desk: {HEADLINE}",
        f"{HEADLINE.upper()}_the desk",
        "Khorgos handled 8,370 trains",  # of the heading a part
    ],
)
@pytest.mark.parametrize("tag", ["h1", "h2", "p"])
def test_a_title_that_the_text_says_again_is_read_once(title, tag):
    read, _ = _read("a.html", _page(title, f"<{tag}>{HEADLINE}</{tag}><p>{BODY}</p>"))
    assert [said for _, said in read] == [HEADLINE, BODY]


def test_a_chinese_title_with_its_site_behind_a_bare_hyphen_is_read_once():
    read, _ = _read("a.html", _page("新疆外贸5204亿元-新闻网", f"<h1>新疆外贸5204亿元</h1><p>{BODY}</p>"))
    assert [said for _, said in read] == ["新疆外贸5204亿元", BODY]


@pytest.mark.parametrize(
    "title",
    [
        "Khorgos handled 8,730 trains in 2024",  # another figure than the heading
        "Trains set records: 8,370 in 2024",
        "China-Europe trains: 8,370",  # a hyphen within a word cuts nothing
        "8,37 trains in 2024",
        "Khorgos handled 8,370 trains in 2024 – 12 per cent more",
    ],
)
def test_a_title_that_says_something_else_is_read_whole(title):
    read, _ = _read("a.html", _page(title, f"<h1>{HEADLINE}</h1><h2>Trains set records</h2><p>{BODY}</p>"))
    assert [said for _, said in read] == [title, HEADLINE, "Trains set records", BODY]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.html", _page("T", f"<p>{BODY}</p>", f'<meta name="description" content="{HEADLINE}">')),
        ("a.html", _page("T", f"<p>{BODY}</p>", f'<meta property="og:description" content="{HEADLINE}">')),
        ("a.md", f"---\ndescription: {HEADLINE}\n---\n{BODY}\n"),
        ("a.md", f"---\nsummary: {HEADLINE}\n---\n{BODY}\n"),
    ],
)
def test_a_description_that_only_other_programs_show_is_counted(name, text):
    read, left_out = _read(name, text)
    assert HEADLINE not in [said for _, said in read]
    assert left_out == {"description in the head of the file": 1}


def test_a_description_that_the_text_says_is_not():
    described = '<meta name="description" content="Officials were ple...">'
    assert _read("a.html", _page("T", f"<p>{BODY}</p>", described))[1] == {}


def test_a_file_without_a_text_is_no_headline():
    with pytest.raises(UnreadableFileError, match="no text in it"):
        of_bytes(_page(HEADLINE, "").encode(), "a.html")


def test_what_a_word_file_says_of_itself_is_shown_nowhere():
    core = b"<p><dc:title>Khorgos handled 8,370 trains</dc:title></p>"
    report = of_bytes(docx(f"<w:p>{run(BODY)}</w:p>", docProps__core_xml=core.decode()), "a.docx")
    assert report.text == BODY
