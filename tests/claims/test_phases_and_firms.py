"""Phases of a law, firms that are named, days that no calendar has, and figures that are no slip."""

from __future__ import annotations

import pytest

from entrepot.claims.evidence.case import BORNE_OUT

PHASES = (
    "Parliament backed the CSDDD. Companies with over 5,000 employees and a turnover of 1.5 billion euros apply the "
    "directive from {first}, those with 3,000 employees and 900 million euros from {second}."
)


def test_each_phase_of_a_law_has_its_threshold_and_its_year(rows):
    """Directive (EU) 2024/1760, article 37(1): from 26 July 2027, 2028 and 2029."""
    found = rows(PHASES.format(first="2027", second="2028"), "2024-07-20")
    printed = ("over 5,000 employees", "1.5 billion euros", "2027", "3,000 employees", "900 million euros", "2028")
    for one in printed:
        assert found[one].verdict in BORNE_OUT, one
        assert "eu-csddd/phases-2024" in found[one].against


def test_a_year_that_is_another_than_that_of_the_phase_does_not_stand_with_it(rows):
    found = rows(PHASES.format(first="2025", second="2031"), "2024-07-20")
    assert not {found["2025"].verdict, found["2031"].verdict} & BORNE_OUT


@pytest.mark.parametrize(
    ("text", "published", "printed", "row"),
    [
        (
            "Volkswagen's auditors saw no sign of forced labour among the 197 employees of its plant.",
            "2023-12-07",
            "197 employees",
            "F003",
        ),
        ("大众汽车工厂的197名员工中，审计人员没有发现强迫劳动的迹象。", "2023-12-07", "197名", "F003"),
        (
            "На заводе Фольксваген аудиторы не увидели признаков принудительного труда среди 197 сотрудников.",
            "2023-12-07",
            "197 сотрудников",
            "F003",
        ),
        ("LONGi said that US customs held 40.31 MW of its modules.", "2021-11-08", "40.31 MW", "F085"),
        ("The seizure amounted to 1.59% of what LONGi sold to the US in 2020.", "2021-11-08", "1.59%", "F085"),
        ("LONGi put the modules that were held at 1.6% of its exports.", "2021-11-08", "1.6%", "F085"),
        ("VW China Investment, a part of Volkswagen, has a 26% stake in Gotion.", "2024-06-15", "26%", "F011"),
        ("Tesla told of it in a post on 31 December 2021.", "2022-01-05", "31 December 2021", "F067"),
        ("Ninestar went to court on Aug. 22, 2023, its notice says.", "2023-09-01", "Aug. 22, 2023", "F099"),
        ("The border at Khunjerab opened for trade on 2 January 2024.", "2024-01-05", "2 January 2024", "W07"),
    ],
)
def test_a_row_of_a_firm_or_an_opening_is_found_by_its_name(text, published, printed, row, rows):
    found = next(c for said, c in rows(text, published).items() if printed in said)
    assert found.verdict in BORNE_OUT, found.note
    assert row in found.against


def test_the_number_of_another_firms_row_is_not_its_own(rows):
    found = rows("Skechers said that its auditors had met 197 employees of a supplier.", "2023-12-07")
    assert found["197 employees"].verdict not in BORNE_OUT


def test_a_rise_by_the_number_of_a_firms_row_is_not_its_own(rows):
    found = rows("Volkswagen said that its sales in China rose 26%, beside a stake in Gotion.", "2024-06-20")
    assert found["26%"].verdict == "no_record"


def test_a_day_on_which_a_firms_shares_moved_is_not_that_of_its_row(rows):
    found = rows("The shares of Tesla fell by 3 percent on 31 December 2021.", "2022-01-05")
    assert [c.verdict for said, c in found.items() if "31 December 2021" in said] == ["no_record"]


def test_the_day_of_another_firms_row_is_not_its_own(rows):
    found = rows("Skechers told of it in a post on 31 December 2021.", "2022-01-05")
    assert [c.verdict for said, c in found.items() if "31 December 2021" in said] == ["no_record"]


@pytest.mark.parametrize(
    ("sentence", "language_of"),
    [
        ("The controls on graphite take effect on Dec. 1, 0220, the ministry said.", "Dec. 1, 0220"),
        ("The pass opened for trade on Jan 61, 2024.", "Jan 61, 2024"),
        ("The order of the customs came on Monday (Sept. 64).", "on Monday (Sept. 64"),
        ("管制措施自2023年11月31日起实施。", "2023年11月31日"),
        ("Запрет действует с 32 января 2024 года.", "32 января 2024 года"),
    ],
)
def test_a_day_that_no_calendar_has_is_an_error_of_the_text_and_no_other_day(sentence, language_of, rows):
    found = rows(sentence, "2024-02-01")[language_of]
    assert (found.verdict, found.against or [], found.period_start) == ("differs", [], None)
    assert language_of in found.note


@pytest.mark.parametrize(
    "sentence",
    [
        "On June 5, 1200 trucks passed the post.",
        "By 10 June 3,000 trains had passed the post.",
        "On 5 March 1250 people crossed.",
        "К 10 июня 3000 поездов прошли через пост.",
        "In February 29 trains passed the post.",
    ],
)
def test_a_number_behind_a_day_makes_it_no_other_day(sentence, rows):
    assert not [c for c in rows(sentence, "2024-07-01").values() if "No calendar has" in c.note]


def test_a_few_months_of_a_law_that_the_sentence_does_not_name_are_not_its_own(rows):
    text = (
        "The Council agreed on the CSDDD. Elsewhere the Commission has now proposed a delay of the deforestation rules "
        "by one year."
    )
    assert rows(text, "2025-04-20")["one year"].verdict not in BORNE_OUT


def test_the_dead_of_a_disaster_are_no_threshold(rows):
    text = "The CSDDD was approved. Its vote came years after a collapse in Bangladesh that claimed over 1,000 lives."
    assert rows(text, "2024-08-01")["over 1,000 lives"].verdict not in BORNE_OUT


@pytest.mark.parametrize(
    "sentence",
    [
        # November 2018: two policemen and two civilians died, four in all (E016): each is a part and no other count.
        "Two police officers and two civilians were killed at the Chinese consulate in Karachi on November 23, 2018.",
        "Students on Friday held a vigil for the Chinese teachers of the Confucius Institute killed in Karachi.",
    ],
)
def test_parts_of_the_dead_and_a_weekday_of_something_else_are_no_differences(sentence, rows):
    assert not {c.verdict for c in rows(sentence, "2022-04-30").values()} & {"differs", "contradicts"}


def test_the_day_up_to_which_a_total_counts_stands_with_it(rows):
    text = "By 23 November 2025 the trains that passed Khorgos since January numbered 8,742."
    found = rows(text, "2025-11-25")
    total = next(c for c in found.values() if c.value == 8742)
    assert total.verdict in BORNE_OUT
    assert any("23 November" in said and c.verdict in BORNE_OUT for said, c in found.items())
