"""Doubled, more than tripled, 增长近一倍: how near the growth on record is to a multiple said in a word."""

from __future__ import annotations

from datetime import date

import pytest
from claim_sentences import claims

from entrepot.claims.indexed.intervals import multiple, printed

PUBLISHED = date(2026, 3, 1)
AGREES, ROUGHLY, DIFFERS = "agrees_within_rounding", "imprecise", "differs"


def of_row(text: str, row: str) -> str:
    """The verdict of the claim that a row of the record is named for; empty: of none."""
    return next((c.verdict for c in claims(text, PUBLISHED) if row in (c.against or ())), "")


@pytest.mark.parametrize(
    ("text", "row", "verdict"),
    [
        ("Xinjiang's trade with ASEAN doubled in 2025.", "O0173", AGREES),  # 98.3
        ("Xinjiang's trade with ASEAN nearly doubled in 2025.", "O0173", AGREES),
        ("Xinjiang's trade with ASEAN more than doubled in 2025.", "O0173", DIFFERS),
        ("Xinjiang's trade with ASEAN tripled in 2025.", "O0173", DIFFERS),
        ("From January to October 2023 freight at Torugart more than doubled.", "O0129", AGREES),  # 105
        ("From January to October 2023 freight at Torugart almost doubled.", "O0129", DIFFERS),
        ("China-Europe trains more than doubled in 2017.", "O0282", AGREES),  # 116
        ("From January to April 2023 Xinjiang's trade with Kazakhstan more than doubled.", "O0160", AGREES),  # 121.7
        ("From January to April 2023 Xinjiang's trade with Kazakhstan doubled.", "O0160", ROUGHLY),
        ("2025年新疆与东盟贸易额翻番。", "O0173", AGREES),
        ("2025年新疆对东盟进出口增长近一倍。", "O0173", AGREES),
        ("2023年1至10月，吐尔尕特口岸货运量增长一倍以上。", "O0129", AGREES),
        ("2017年中欧班列开行量翻了一番多。", "O0282", AGREES),
        ("В 2025 году товарооборот Синьцзяна с АСЕАН удвоился.", "O0173", AGREES),
        ("В январе-октябре 2023 года грузооборот через Торугарт вырос более чем вдвое.", "O0129", AGREES),
        ("В январе-октябре 2023 года грузооборот через Торугарт вырос почти вдвое.", "O0129", DIFFERS),
    ],
)
def test_a_multiple_in_a_word_meets_growth_near_it(text, row, verdict):
    assert of_row(text, row) == verdict


def test_the_limits_are_those_of_the_documents():
    """docs/claims.md: close 92 to 108, open to 130."""
    doubled = multiple(2.0, "about")
    assert (doubled.close.low, doubled.close.high, doubled.open.high) == (92.0, 108.0, 130.0)
    halved = multiple(0.5, "over")
    assert halved.close.high == -50.0
    assert halved.close.low == -60.0


def test_a_multiple_in_digits_is_good_to_its_last_digit():
    found, digits = multiple(2.5), printed(2.5)
    assert found.close.low == pytest.approx(100 * (digits.close.low - 1))
    assert found.close.high == pytest.approx(100 * (digits.close.high - 1))


def test_growth_by_so_many_times_is_on_top_of_the_base():
    (one,) = [c for c in claims("2024年，卡拉苏口岸出口商品车数量同比增长1.4倍。") if c.unit == "percent"]
    (other,) = [c for c in claims("吐尔尕特口岸货运量是去年同期的2.4倍。") if c.unit == "percent"]
    assert one.value == other.value == pytest.approx(140)
