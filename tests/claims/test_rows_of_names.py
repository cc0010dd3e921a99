"""Names in a row, months and decimals in Chinese numerals, counts begun within a year, words run together."""

from __future__ import annotations

import pytest

from entrepot.claims.evidence.case import BORNE_OUT

SHARE = "In January-May, trade with {} made up 49.5 percent of Xinjiang's total foreign trade."


@pytest.mark.parametrize(
    "names",
    [
        "the five Central Asian nations - Kazakhstan, Kyrgyzstan, Tajikistan, Turkmenistan and Uzbekistan -",
        "the five Central Asian nations Kazakhstan, Kyrgyzstan, Tajikistan, Turkmenistan, and Uzbekistan",
        "the Central Asian five",
    ],
)
def test_commas_between_names_of_a_row_part_nothing(names, rows):
    """S039: 49.5 percent of Xinjiang's trade in January to May 2025 was with the five."""
    one = rows(SHARE.format(names), "2025-06-19")["49.5 percent"]
    assert (one.verdict, one.against) == ("agrees", ["S039"])


def test_years_of_a_count_that_began_within_the_first(rows):
    """10,142 shipments from 21 June 2022, when the presumption took effect, to the end of fiscal 2024 (O0664)."""
    text = "CBP's statistics show that from FY {} roughly half of shipments were released (5,353 out of 10,142)."
    for years in ("2022 – 2024", "2022-2024"):
        assert rows(text.format(years), "2025-08-22")["10,142"].verdict == "agrees"
    assert rows(text.format("2020 – 2024"), "2025-08-22")["10,142"].verdict not in BORNE_OUT


def test_a_total_that_came_in_at_a_sum_went_no_way(rows):
    """O0175: 520.37 billion yuan in 2025, both ways."""
    text = "Xinjiang's total import and export value came in at 520.37 billion yuan in 2025."
    assert rows(text, "2026-01-28")["520.37 billion yuan"].verdict == "agrees"


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("一点零四亿元", 104_000_000),
        ("九点八万吨", 98_000),
        ("三百二十点五万吨", 3_205_000),
        ("一百零五点六亿美元", 10_560_000_000),
        ("两点五公里", 2.5),
        ("一点七一万亿元", 1_710_000_000_000),
    ],
)
def test_decimals_in_chinese_numerals(printed, value, rows):
    assert rows(f"喀什口岸去年的数字是{printed}。", "2008-12-05")[printed].value == pytest.approx(value)


@pytest.mark.parametrize("printed", ["八点五十分", "两点一线", "百分之十二点三"])
def test_hours_idioms_and_percent_are_no_decimals(printed, rows):
    found = rows(f"喀什口岸{printed}通关。", "2008-12-05")
    assert {c.value for c in found.values()}.isdisjoint({8.5, 2.1})
    if printed.startswith("百分之"):
        assert found[printed].value == pytest.approx(12.3)


@pytest.mark.parametrize(
    ("printed", "first", "last"),
    [
        ("今年一至十一月", "2008-01-01", "2008-11-30"),
        ("截至十月底", "2008-10-31", "2008-10-31"),
        ("去年十一月", "2007-11-01", "2007-11-30"),
        ("十一月份", "2008-11-01", "2008-11-30"),
        ("五至六月份", "2008-05-01", "2008-06-30"),
        ("十月一日至十五日", "2008-10-01", "2008-10-15"),
        ("二00八年一至九月", "2008-01-01", "2008-09-30"),
    ],
)
def test_months_in_chinese_numerals(printed, first, last, rows):
    one = rows(f"{printed}，喀什口岸进出口货运量达七十九万三千吨。", "2008-12-05")[printed]
    assert (one.period_start, one.period_end) == (first, last)


def test_a_small_word_run_into_a_number_or_a_month_stands_apart(rows):
    text = "Pakistan's exports fell by8.26% to$4.541 billion inAugust 2023, fromChina as in5G networks."
    found = rows(text, "2023-10-05")
    assert found["8.26%"].value == pytest.approx(-8.26)
    assert found["August 2023"].period_start == "2023-08-01"
    assert "5" not in found


def test_dollars_behind_an_article_are_read(rows):
    found = rows("A rise from the US $333.077 million recorded in July 2022.", "2023-10-05")
    assert found["US $333.077 million"].value == pytest.approx(333_077_000)


def test_a_doubted_row_with_the_very_number_of_another_year_is_shown(rows):
    """O0470: 362.79 billion yuan in January to October 2024; the record marks it as doubtful."""
    text = "Xinjiang's foreign trade reached 362.79 billion yuan in the first ten months of {}."
    assert rows(text.format(2023), "2024-12-15")["362.79 billion yuan"].verdict == "differs"
    assert rows(text.format(2024), "2024-12-15")["362.79 billion yuan"].verdict == "agrees"


def test_a_share_of_another_time_is_not_said_again(rows):
    """In April 2023 25 percent more trains ran (O0298); on one of the routes in January to April too."""
    text = (
        "今年1至4月,中欧班列累计开行5611列,同比增长17%。其中,4月单月开行1459列,同比增长25%。\n\n"
        "西通道1至4月班列开行数同比增长25%、东通道10%。"
    )
    found = [c for c in rows(text, "2023-05-23").values() if c.text.startswith("25%")]
    assert [c.verdict for c in found] == ["no_record"]  # of two of one print the later


def test_the_limit_of_a_law_may_be_said_a_day(rows):
    text = "The de minimis exemption allows goods of {} per day per person to enter duty-free until August 29, 2025."
    assert rows(text.format("up to $800"), "2025-07-31")["up to $800 per day"].verdict in BORNE_OUT
    assert rows(text.format("up to $900"), "2025-07-31")["up to $900 per day"].verdict not in BORNE_OUT


def test_a_short_name_in_brackets_parts_nothing(rows):
    """The CSDDD was published on 5 July 2024 and entered into force on the 25th (E068, E069)."""
    text = "On {} July 2024 the Directive on corporate sustainability due diligence (CSDDD) entered into force."
    assert rows(text.format(25), "2024-09-15")["25 July 2024"].verdict == "agrees"
    assert rows(text.format(5), "2024-09-15")["5 July 2024"].verdict in {"differs", "contradicts"}
