"""Every span begins and ends at the border of a word, and is the text at its offsets, in every format."""

from __future__ import annotations

import html
import json
from datetime import date
from pathlib import Path

import pytest
from claim_files import docx, pdf, run
from claim_sentences import PUBLISHED, claims, claims_of, sentence_claims
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.claims.open import of_bytes

HAN = "\u2e80"  # from here on characters are written without spaces: any of them is a border
GOLD = [json.loads(line) for line in (Path(__file__).parent / "gold" / "develop.jsonl").read_text("utf-8").splitlines()]

AMOUNTS = st.tuples(
    st.sampled_from(["", "more than ", "nearly ", "about ", "up to ", "at least ", "as many as "]),
    st.integers(min_value=1, max_value=9_999_999).map(lambda n: f"{n:,}"),
    st.sampled_from(
        [" tonnes", " vehicles", " people", " freight trains", "km", " million yuan", "bn dollars", "pm", "ft", "%", ""]
    ),
).map("".join)
PLACES = st.sampled_from(["Khorgos", "the Khunjerab Pass", "Xinjiang", "Alashankou port", "Kazakhstan"])
SHAPES = st.sampled_from(
    [
        "{place} handled {a} in 2024, up {b} year on year.",
        "On 5 May 2024 {place} saw {a} (against {b} a year earlier).",
        "{place} closed during winter months due to snow, and {a} waited; {b} left.",
        "Trade of {place}, at {a}, rose from {b}, customs said (11pm, Sunday).",
        "The UFLPA prohibits goods made in Xinjiang; {a} and {b} were named.",
        "{place}'s share is {a}, of which {b} by rail.",
    ]
)
SENTENCES = st.builds(lambda shape, place, a, b: shape.format(place=place, a=a, b=b), SHAPES, PLACES, AMOUNTS, AMOUNTS)


def letter(char: str) -> bool:
    """Whether the character is part of a word that has borders."""
    return char.isalnum() and char < HAN


def cut(text: str, start: int, end: int) -> bool:
    """Whether a span begins or ends inside a word."""
    head = start > 0 and letter(text[start - 1]) and letter(text[start])
    return head or (end < len(text) and letter(text[end - 1]) and letter(text[end]))


def assert_whole(text, found):
    assert [c.text for c in found if c.text != text[c.span_start : c.span_end]] == []
    assert [c.text for c in found if cut(text, c.span_start, c.span_end)] == []


def test_a_cut_word_is_seen():
    assert not cut("closed for winter", 0, 6)
    assert cut("in winter", 0, 5)
    assert cut("around 11pm", 7, 9)
    assert not cut("货运量1758万吨", 3, 9)


@pytest.mark.parametrize("row", GOLD, ids=lambda row: row["id"])
def test_spans_of_the_labelled_sentences(row):
    published = date.fromisoformat(row["published"]) if row["published"] else None
    assert_whole(row["sentence"], sentence_claims(row["sentence"], row["language"], published))


@given(SENTENCES)
@settings(max_examples=300, deadline=None)
def test_spans_of_made_sentences(text):
    assert_whole(text, claims(text))


def files(text: str) -> dict[str, bytes]:
    """The text in each format, with marks inside a word where the format has them."""
    half = len(text) // 2
    broken = f"{html.escape(text[:half])}<b>{html.escape(text[half:])}</b>"
    runs = run(html.escape(text[:half], quote=False)) + run(html.escape(text[half:], quote=False))
    plain = text.replace("(", "\\(").replace(")", "\\)")
    return {
        "a.txt": text.encode(),
        "a.html": f"<html><body><p>{broken}</p></body></html>".encode(),
        "a.md": text.encode(),
        "a.docx": docx(f"<w:p>{runs}</w:p>"),
        "a.pdf": pdf(plain),
    }


@pytest.mark.parametrize("kind", ["a.txt", "a.html", "a.md", "a.docx"])
@given(text=SENTENCES)
@settings(max_examples=40, deadline=None)
def test_spans_in_each_format(kind, text):
    opened = of_bytes(files(text)[kind], kind, published=PUBLISHED)
    assert_whole(opened.text, claims_of(opened))


def test_spans_of_a_pdf():
    text = "Khorgos handled more than 5,000 vehicles in 2024, up 5% year on year."
    opened = of_bytes(files(text)["a.pdf"], "a.pdf", published=PUBLISHED)
    found = claims_of(opened)
    assert [c.value for c in found] == [5_000, 5]
    assert_whole(opened.text, found)
