"""What a figure counts where one word is said of several things, and what it is none of."""

from __future__ import annotations

from datetime import date

import pytest
from claim_sentences import claims

from entrepot.claims.mentions.mentions import mentions


def of_rows(text: str, published: date) -> dict[str, tuple[str, str | None, list[str]]]:
    """Of each claim of a text its verdict, its unit and the rows of the verdict."""
    return {c.text: (c.verdict, c.unit, list(c.against or ())) for c in claims(text, published)}


def units(text: str) -> list[str | None]:
    return [m.unit for m in mentions(text) if m.kind == "figure"]


@pytest.mark.parametrize(
    ("text", "figure", "unit", "row"),
    [
        ("Freight train traffic through Alashankou surpassed 7,000 trips in 2025.", "surpassed 7,000 trips", "trains",
         "O0114"),
        ("Passengers made 150,000 trips through Torugart in 2024.", "150,000 trips", "trips", "O0127"),
        ("The UFLPA Entity List grew to 144 entries.", "144 entries", "entities", "batch-uflpa-2025-01-15"),
        ("CBP reviewed 1,146 entries under the UFLPA in the fourth quarter of 2023.", "1,146 entries", "shipments",
         "O0338"),
        ("Xinjiang's trade tops 500 billion yuan in 2025.", "tops 500 billion yuan", "CNY", "O0170"),
        ("Khorgos port's import and export volumes exceeded 20 million tons in the first half of 2025.",
         "exceeded 20 million tons", "tonnes", "O0313"),
        ("Security forces neutralized two terrorists in Gwadar on 13 August 2023.", "two terrorists", "persons",
         "E052"),
    ],
)  # fmt: skip
def test_a_word_is_of_what_the_sentence_counts(text, figure, unit, row):
    verdict, said, rows = of_rows(text, date(2026, 3, 1))[figure]
    assert verdict.startswith("agrees")
    assert said == unit
    assert row in rows


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("The Besham police station was just 6 km away from the site of the attack of 26 March 2024.", "6 km"),
        ("2024年10月6日两名中国公民在卡拉奇遇难，该公司正在建造两座燃煤电厂。", "两座"),
    ],
)
def test_a_distance_and_a_power_station_are_no_persons(text, figure):
    assert of_rows(text, date(2024, 10, 20))[figure][0] == "no_record"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Центр посетили 2,72 млн раз.", ["visits"]),
        ("Оборот вырос в 2,5 раза.", ["times"]),
        ("Оборот вырос более чем в 3 раза.", ["times"]),
        ("Khorgos handled 8,730, 12.5 percent more.", [None, "percent"]),
        ("It was 15.3 million, 19 percent more.", [None, "percent"]),
        ("It rose by 19, 20 and 21 percent.", ["percent"] * 3),
        ("分别增长19、20和21%。", ["percent"] * 3),
        ("Waits of 3, 4 and 5 days.", ["days"] * 3),
    ],
)
def test_a_unit_is_lent_to_what_it_may_be_of(text, wanted):
    assert units(text) == wanted


@pytest.mark.parametrize(
    ("text", "figure", "row"),
    [
        ("Six people were killed near Besham on 26 March 2024, including five Chinese.", "Six people", "E064"),
        ("Four people, three of them Chinese, were killed at Karachi University on 26 April 2022.", "Four people",
         "E041"),
        ("On 14 July 2021 thirteen people were killed at Dasu.", "thirteen people", "E036"),
    ],
)  # fmt: skip
def test_all_dead_of_an_attack_are_those_of_all_countries(text, figure, row):
    verdict, _, rows = of_rows(text, date(2025, 1, 5))[figure]
    assert verdict == "agrees"
    assert row in rows


def test_attackers_are_not_counted_with_the_dead():
    found = of_rows("Ten people were killed in Gwadar on 20 March 2024.", date(2025, 1, 5))
    assert found["Ten people"][0] == "differs"  # 8 attackers and at least 2 soldiers


@pytest.mark.parametrize(
    ("when", "last"),
    [
        ("since 1 December 2024", date(2024, 12, 1)),
        ("since December 2024", date(2024, 12, 31)),
        ("since 2 December 2024", date(2024, 12, 2)),
    ],
)
def test_a_day_that_opens_a_stretch_is_a_day(when, last):
    found = claims(f"Khunjerab has been open all year round {when}.", date(2025, 3, 1))
    assert [c.period_end for c in found if c.text == when] == [last.isoformat()]
