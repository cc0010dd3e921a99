"""Mentions: every run of digits in exactly one, and what is read in them."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.claims.evidence.mentions import mentions, runs

PUBLISHED = date(2025, 1, 20)
PIECES = [
    "Trade rose 12.5 percent to US$5.3 billion in the first half of 2024, up from $4.7 billion a year earlier.",
    "1. The port handled more than 4,016 trains (up 7.3%) between January and June, carrying 5-7 million tonnes.",
    "See Section 307(a)(1), 19 U.S.C. 1307 and [12]. Call +86 10 1234 5678, HS 8703.23, 40ft and A-380.",
    "霍尔果斯口岸2024年前11个月进出口货运量4351.1万吨，同比增长12.6%，日均通行8500辆次，占全国的三成。",
    "В 2024 году товарооборот вырос на 5,2% до 34,91 млрд юаней, везли 2 тыс. поездов. См. ст. 12 закона № 208-ФЗ.",
    "(1) first, (2) second; 2) third; on 05/04/2024 and 2024-05-06T10:00, 24/7, 1:3, ２０２４年, 1,60,000, 3.2.1",
]


def _adds_up(text: str) -> None:
    found = mentions(text, published=PUBLISHED)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert all(m.printed == text[m.start : m.end] and m.start < m.end for m in found)
    inside = [sum(m.start <= a and b <= m.end for m in found) for a, b in runs(text)]
    assert inside == [1] * len(inside)


@given(
    st.text(
        alphabet=st.sampled_from("0123456789 .,;:()/-–%$€年月日万亿第tkmRsQ№\n二十 ¦аг'’[]Tstnd٣𝟏\u200b"), max_size=60
    )
)
@settings(max_examples=300)
def test_every_run_of_digits_of_an_invented_text_is_in_one_mention(text):
    _adds_up(text)


@given(st.sampled_from(PIECES), st.data())
@settings(max_examples=300)
def test_every_run_of_digits_of_a_mutated_text_is_in_one_mention(piece, data):
    at = data.draw(st.integers(0, len(piece)))
    length = data.draw(st.integers(0, 4))
    put = data.draw(st.text(alphabet="0123456789 .,()-/%$年月\n", max_size=4))
    _adds_up(piece[:at] + put + piece[at + length :])


@pytest.mark.parametrize("piece", PIECES)
def test_pieces_add_up(piece):
    _adds_up(piece)
