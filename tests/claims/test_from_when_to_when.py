"""Stretches told by where they begin and where they end: a day, a month or a year, each with any other."""

from __future__ import annotations

from datetime import date

import pytest
from claim_sentences import claims, report

from entrepot.claims.check import check
from entrepot.claims.dates.found_dates import find

PUBLISHED = date(2026, 1, 10)


@pytest.mark.parametrize(
    ("language", "text", "first", "last"),
    [
        ("en", "From 21 June 2022 until the end of May 2023", date(2022, 6, 21), date(2023, 5, 31)),
        ("en", "from 21 June 2022 to May 2023", date(2022, 6, 21), date(2023, 5, 31)),
        ("en", "From June 21, 2022, to the end of May 2023", date(2022, 6, 21), date(2023, 5, 31)),
        ("en", "between 21 June 2022 and the end of May 2023", date(2022, 6, 21), date(2023, 5, 31)),
        ("en", "from 21 June to the end of August", date(2025, 6, 21), date(2025, 8, 31)),
        ("en", "From 21 June 2022 to the end of 2023", date(2022, 6, 21), date(2023, 12, 31)),
        ("en", "from June 2022 to year-end 2023", date(2022, 6, 1), date(2023, 12, 31)),
        ("en", "From New Year to 27 March 2025", date(2025, 1, 1), date(2025, 3, 27)),
        ("en", "between New Year's Day and March 27, 2025", date(2025, 1, 1), date(2025, 3, 27)),
        ("en", "from the beginning of the year to 27 March 2025", date(2025, 1, 1), date(2025, 3, 27)),
        ("en", "from the start of 2024 to the end of March 2025", date(2024, 1, 1), date(2025, 3, 31)),
        ("en", "January to 27 March", date(2025, 1, 1), date(2025, 3, 27)),
        ("zh", "2025年初至3月27日", date(2025, 1, 1), date(2025, 3, 27)),
        ("zh", "2025年元旦至3月27日", date(2025, 1, 1), date(2025, 3, 27)),
        ("zh", "2022年6月21日至2023年底", date(2022, 6, 21), date(2023, 12, 31)),
        ("ru", "с 21 июня 2022 года до конца мая 2023 года", date(2022, 6, 21), date(2023, 5, 31)),
        ("ru", "с 21 июня 2022 по май 2023 года", date(2022, 6, 21), date(2023, 5, 31)),
        ("ru", "с Нового года по 27 марта 2025 года", date(2025, 1, 1), date(2025, 3, 27)),
        ("ru", "с июня 2022 года до конца 2023 года", date(2022, 6, 1), date(2023, 12, 31)),
    ],
)
def test_a_stretch_is_one_period(language, text, first, last):
    assert [d.days for d in find(text, language, PUBLISHED)] == [(first, last)]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("the fiscal year to 31 March 2025", [(date(2024, 4, 1), date(2025, 3, 31))]),
        ("the year to 27 March 2025", [(date(2024, 3, 28), date(2025, 3, 27))]),
        ("from 2018 to 2024", [(date(2018, 1, 1), date(2024, 12, 31))]),
        ("from 1 January to 27 March 2025", [(date(2025, 1, 1), date(2025, 3, 27))]),
        ("on 21 June 2022 until 3 pm", [(date(2022, 6, 21), date(2022, 6, 21))]),
        (
            "On 21 June 2022 and in May 2023",
            [(date(2022, 6, 21), date(2022, 6, 21)), (date(2023, 5, 1), date(2023, 5, 31))],
        ),
    ],
)
def test_other_dates_stay_as_they_are(text, days):
    assert [d.days for d in find(text, "en", PUBLISHED)] == days


@pytest.mark.parametrize(
    "text",
    [
        "From 21 June 2022 until the end of May 2023, 4,269 shipments were reviewed under the UFLPA.",
        "From 21 June 2022 to the end of May 2023, 4,269 shipments were reviewed under the UFLPA.",
        "From New Year to 27 March 2025, 1,271 vehicles crossed at Khunjerab.",
    ],
)
def test_a_true_figure_of_a_stretch_agrees_and_its_days_are_no_figures(text):
    assert [c.verdict for c in report(text, published=PUBLISHED)] == ["agrees"]


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("The port turned over 18 million yuan.", "exact"),
        ("The port is turning over 18 million yuan.", "exact"),
        ("The firm handed over 18 million yuan.", "exact"),
        ("The lender rolled over 18 million yuan.", "exact"),
        ("The sums added up to 18 million yuan.", "exact"),
        ("The port turned over nearly 18 million yuan.", "nearly"),
        ("The port turned over more than 18 million yuan.", "over"),
        ("The turnover was over 18 million yuan.", "over"),
        ("The port handled over 18 million tonnes.", "over"),
        ("The line carried over 18 million tonnes.", "over"),
        ("It took over 18 days.", "over"),
        ("It paid up to 18 million yuan.", "up_to"),
    ],
)
def test_a_word_of_the_verb_is_no_bound(text, bound):
    assert [c.bound for c in claims(text) if c.value is not None] == [bound]


@pytest.mark.parametrize(
    "period",
    [
        "July-January of fiscal year 2024-25",
        "July-January FY25",
        "the first seven months (July-January) of 2024-25",
        "the first seven months (July to January) of fiscal year 2024-25",
        "July to January of FY2024-25",
    ],
)
def test_months_of_a_fiscal_year_are_of_the_years_that_it_names(period, tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(f"Pakistan's trade with China reached $10.39 billion in {period}.", encoding="utf-8")
    (found,) = [c for c in check(path, published="2026-08-01").found if c.text == "$10.39 billion"]
    assert (found.period_start, found.period_end, found.verdict) == ("2024-07-01", "2025-01-31", "agrees")
