"""Mentions: every run of digits in exactly one, and what is read in them."""

from __future__ import annotations

import itertools
import re
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.claims.mentions.mentions import RUN, mentions
from entrepot.claims.text import language
from entrepot.record.embedded import load

PUBLISHED = date(2025, 1, 20)
FRIDAY = date(2025, 1, 17)
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
    inside = [sum(m.start <= a and b <= m.end for m in found) for a, b in (m.span() for m in RUN.finditer(text))]
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


def _figures(text: str, language: str | None = None) -> list[tuple[object, ...]]:
    found = mentions(text, language, published=PUBLISHED)
    return [(m.value, m.unit, m.bound, m.per, m.grown) for m in found if m.kind == "figure"]


FIGURES = {
    "It took over Rs9.5b and 2 lakh crore rupees.": [
        (Decimal(9_500_000_000), "PKR", "over", None, False),
        (Decimal(2_000_000_000_000), "PKR", None, None, False),
    ],
    "Exports fell 5 percent and were 2.3 points lower.": [
        (Decimal(-5), "percent", None, None, True),
        (Decimal("-2.3"), "points", None, None, True),
    ],
    "Output doubled; half of it, 96,000 MT, went north.": [
        (Decimal(2), "times", "about", None, True),
        (Decimal(50), "percent", "about", None, False),
        (Decimal(96_000), "t", None, None, False),
    ],
    "Two dozen trucks a day passed at $35/kg.": [
        (Decimal(24), "vehicles", "about", "day", False),
        (Decimal(35_000), "USD", None, "t", False),
    ],
    "Down 35.2 and 34.7 percent, it was 280 million and 220 million dollars.": [
        (Decimal("-35.2"), "percent", None, None, True),
        (Decimal("-34.7"), "percent", None, None, True),
        (Decimal(280_000_000), "USD", None, None, False),
        (Decimal(220_000_000), "USD", None, None, False),
    ],
    "It is worth $23 million/36 shipments from 35 countries.": [
        (Decimal(23_000_000), "USD", None, None, False),
        (Decimal(36), "shipments", None, None, False),
        (Decimal(35), "countries", None, None, False),
    ],
    "货运量4351.1万吨，同比分别增长7%、19%，日均8500辆次，约占三成。": [
        (Decimal(43_511_000), "t", None, None, False),
        (Decimal(7), "percent", None, None, True),
        (Decimal(19), "percent", None, None, True),
        (Decimal(8500), "vehicles", None, "day", False),
        (Decimal(30), "percent", "about", None, False),
    ],
    "They named seven yarn and garment firms; imports were triple the usual, almost two-third of the total.": [
        (Decimal(7), "entities", None, None, False),
        (Decimal(3), "times", "about", None, True),
        (Decimal("66.6667"), "percent", "nearly", None, False),
    ],
    "Однако через один пост прошло более тридцати поездов и около одной пятой грузов.": [
        (Decimal(30), "trains", "over", None, False),
        (Decimal(20), "percent", "about", None, False),
    ],
    "Товарооборот преодолел отметку в 40 млрд долларов, стройка шла 3 месяца.": [
        (Decimal(40_000_000_000), "USD", "over", None, False),
        (Decimal(3), "months", None, None, False),
    ],
    "Перевезено 5 млн 871 тыс. ДФЭ, что на 7,8% больше; до 2,3 млн тонн.": [
        (Decimal(5_871_000), "TEU", None, None, False),
        (Decimal("7.8"), "percent", None, None, True),
        (Decimal(2_300_000), "t", "up_to", None, False),
    ],
    "It set a two-year waiver, tried for a year, killed nine Chinese and wounded one.": [
        (Decimal(24), "months", None, None, False),
        (Decimal(12), "months", None, None, False),
        (Decimal(9), None, None, None, False),
        (Decimal(1), None, None, None, False),
    ],
    "Over two-thirds of the two-way trade crossed in the two; one of the roads and no third country did.": [
        (Decimal("66.6667"), "percent", "over", None, False),
    ],
    "四川有百余个岗位、万余种商品，两座桥每两个半小时通过一列，保持在万列以上。": [
        (Decimal(100), None, "over", None, False),
        (Decimal(10_000), None, "over", None, False),
        (Decimal(2), "structures", None, None, False),
        (Decimal("2.5"), "hours", None, None, False),
        (Decimal(10_000), "trains", "at_least", None, False),
    ],
    "The 3,752m Torugart Pass, 4,693 m above the sea, an 800 m long tunnel; $3,752m, 150m people and 2,000m tonnes.": [
        (Decimal("3.752"), "km", None, None, False),
        (Decimal("4.693"), "km", None, None, False),
        (Decimal("0.8"), "km", None, None, False),
        (Decimal(3_752_000_000), "USD", None, None, False),
        (Decimal(150_000_000), "people", None, None, False),
        (Decimal(2_000_000_000), "t", None, None, False),
    ],
    "Eight of the attacks were in Sindh; a centre of 3.43 square km, 107kms away, nearly half behind the fence.": [
        (Decimal(8), "attacks", None, None, False),
        (Decimal(3_430_000), "m2", None, None, False),
        (Decimal(107), "km", None, None, False),
        (Decimal(50), "percent", "nearly", None, False),
    ],
    "Sales came to 1,500m EUR.": [(Decimal(1_500_000_000), "EUR", None, None, False)],
    "新疆与八个国家接壤，在百公里外连续发布四个公告。": [
        (Decimal(8), None, None, None, False),
        (Decimal(100), "km", "about", None, False),
        (Decimal(4), None, None, None, False),
    ],
}


@pytest.mark.parametrize(("text", "expected"), FIGURES.items(), ids=range(len(FIGURES)))
def test_figures(text, expected):
    assert _figures(text) == expected


@pytest.mark.parametrize(
    "text", ["5" * 9_000, "(1) " * 3_000, "5,1" * 4_000, "a5" * 4_000, "1-" * 5_000, "年5月" * 3_000]
)
def test_what_is_endless_adds_up(text):
    _adds_up(text)


def test_a_long_number_keeps_its_digits():
    assert _figures("It collected Rs 45,123,456,789,012 in all.")[0][0] == Decimal(45_123_456_789_012)


def test_a_range_has_two_ends():
    (one,) = (m for m in mentions("It carries 5-7 million tonnes.") if m.kind == "figure")
    assert (one.value, one.low, one.high, one.bound, one.unit) == (None, 5_000_000, 7_000_000, "between", "t")


@pytest.mark.parametrize("text", ["Three or four people came.", "Пришли три или четыре человека."])
def test_two_numbers_that_follow_one_another_are_a_range(text):
    (one,) = (m for m in mentions(text) if m.kind == "figure")
    assert (one.low, one.high, one.unit) == (3, 4, "people")


def test_seven_or_twelve_are_two_figures():
    assert [v for v, *_ in _figures("Seven or twelve trains passed.")] == [7, 12]


def test_from_one_level_to_another_is_no_range():
    assert [v for v, *_ in _figures("It rose from 28 to 48 million tonnes.")][-1] == Decimal(48_000_000)


DATES = {
    "It began on 14 January 2025.": (date(2025, 1, 14), date(2025, 1, 14), "day"),
    "Since 3Q24 it grows.": (date(2024, 7, 1), date(2024, 9, 30), "quarter"),
    "In 2024/05 it grew.": (date(2024, 5, 1), date(2024, 5, 31), "month"),
    "In the 2010s it grew.": (date(2010, 1, 1), date(2019, 12, 31), "year"),
    "2024年前11个月增长。": (date(2024, 1, 1), date(2024, 11, 30), "month"),
    "За 4 месяца 2024 года вырос.": (date(2024, 1, 1), date(2024, 4, 30), "month"),
    "По итогам 5 месяцев вырос.": (date(2024, 1, 1), date(2024, 5, 31), "month"),
    "В 2024 году вырос.": (date(2024, 1, 1), date(2024, 12, 31), "year"),
    "Сегодня он вырос.": (PUBLISHED, PUBLISHED, "day"),
    "The ship arrives tomorrow.": (PUBLISHED + timedelta(1), PUBLISHED + timedelta(1), "day"),
    "The ministry announced Friday that it grew.": (FRIDAY, FRIDAY, "day"),
}


@pytest.mark.parametrize(("text", "expected"), DATES.items(), ids=range(len(DATES)))
def test_dates(text, expected):
    (one,) = (m for m in mentions(text, published=PUBLISHED) if m.kind == "date")
    assert (one.first, one.last, one.precision) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The deadline was extended from 3 May 2024 to 5 June 2024.",
        "Срок перенесли с 3 мая 2024 года на 5 июня 2024 года.",
        "期限由2024年5月3日推迟至2024年6月5日。",
    ],
)
def test_a_day_that_was_moved_is_no_period(text):
    days = [m.first for m in mentions(text, published=PUBLISHED) if m.kind == "date"]
    assert days == [date(2024, 5, 3), date(2024, 6, 5)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The pass was full. Через Хоргос прошло 7 тысяч поездов. It rose.", (Decimal(7_000), "trains")),
        ("通关顺利。Some 4.2 million tonnes of cargo went through. 口岸繁忙。", (Decimal(4_200_000), "t")),
        ("Перевал открыт. 该口岸货运量达5.3万吨。 Он работает.", (Decimal(53_000), "t")),
    ],
)
def test_a_sentence_in_another_script_than_its_paragraph_is_read_in_its_own_language(text, expected):
    ((value, unit, *_),) = _figures(text)
    assert (value, unit) == expected


def test_a_day_in_strokes_is_read_in_the_order_of_the_other_days_of_its_sentence():
    def days(text):
        return [m.first for m in mentions(text, published=PUBLISHED) if m.kind == "date"]

    assert days("$25 an item to 5/31/24, and $50 from 6/1/24.") == [date(2024, 5, 31), date(2024, 6, 1)]
    assert days("$25 an item to 31/5/24, and $50 from 6/1/24.") == [date(2024, 5, 31), date(2024, 1, 6)]
    assert days("$50 an item from 6/1/24.") == [None]


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("It grew, the ministry announced on Friday.", True),
        ("A spokesman told a news conference on Friday, adding that it grew.", True),
        ("The ministry announced on Friday the end of the ban.", False),
        ("The ban began on Friday.", False),
        ("В пятницу сообщило ведомство, что он вырос.", True),
        ("记者19日从海关获悉，货运量增长。", True),
        ("19日，口岸开通。", False),
    ],
)
def test_a_day_on_which_somebody_only_spoke_is_told_apart(text, spoken):
    (one,) = (m for m in mentions(text, published=PUBLISHED) if m.kind == "date")
    assert one.spoken == spoken


@pytest.mark.parametrize("text", ["Грузопоток вдвое вырос в Жетісу.", "В Қорғас пришло 7 поездов с грузом."])
def test_a_name_of_another_language_does_not_lose_its_sentence(text):
    assert len(_figures(text)) == 1
    assert language.of(text) == "ru"


NUMBERING = {
    "1. The port grew.": ["item"],
    "It has (1) rails, (2) roads and 3) ships.": ["item", "item"],
    "See Section 307(a)(1) and 19 U.S.C. § 1307.": ["section", "law"],
    "By Regulation (EU) No 1351/2014, Regulation 692/2014 and Executive Order (EO) 13685 it is banned.": ["law"] * 3,
    "Section 301, COM(2022)0453 – C9-0307/2022 – 2022/0269(COD).": ["section", "law", "law", "law"],
    "商务部官网发布的 2025 年第 72 号公告。": ["law"],
    "Heading 8703.23, ISO 9001 and Regulation (EU) 2023/956.": ["tariff", "standard", "law"],
    "The ban stands.[12] It came at 11:30, the 5th since.": ["note", "hour", "nth"],
    "Call +86 10 1234 5678 or see www.example.org/2024/5.": ["phone", "address"],
    "The A-380 and 5G.": ["name", "name"],
    "The third-largest port took its sixth measure against a third-party claim.": ["nth", "nth"],
    "第十四届会议，2024年第48号公告。": ["ordinal", "law"],
    "Согласно ст. 12 закона № 208-ФЗ.": ["section", "law"],
}


@pytest.mark.parametrize(("text", "expected"), NUMBERING.items(), ids=range(len(NUMBERING)))
def test_numbering_is_told_apart(text, expected):
    assert [m.form for m in mentions(text, published=PUBLISHED) if m.kind == "ordinal"] == expected


def test_counts_in_brackets_are_no_items():
    text = "The top were: (1) electronics (168); (2) textiles (56)."
    assert [m.kind for m in mentions(text)] == ["ordinal", "figure", "ordinal", "figure"]


def test_no_pattern_holds_a_name_of_a_place():
    """Places are rows of the record: the reader of mentions knows none."""
    room = Path(__file__).parents[2] / "src" / "entrepot" / "claims" / "mentions"
    names = {p["name"].lower() for p in load().tables["places"].to_pylist() if len(p["name"]) > 4}
    for file in room.glob("*.py"):
        strings = re.findall(r"r?f?\"[^\"\n]*\"", file.read_text("utf-8"))
        assert not [s for s in strings if set(re.findall(r"[a-z]{5,}", s.lower())) & names]
