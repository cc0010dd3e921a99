"""Periods: the calendar's own arithmetic is the judge."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.core.errors import BadDateError, BadInputError
from entrepot.core.periods import Period, as_of, parse, same_length, span, words

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("2024", "2024-01-01", "2024-12-31", "year"),
        ("2024-02", "2024-02-01", "2024-02-29", "month"),
        ("2023-02", "2023-02-01", "2023-02-28", "month"),
        ("2024-11-05", "2024-11-05", "2024-11-05", "day"),
        ("2025-Q3", "2025-07-01", "2025-09-30", "quarter"),
        ("2025-H2", "2025-07-01", "2025-12-31", "half"),
    ],
)
def test_a_partial_date_spans_what_it_says(text: str, start: str, end: str, precision: str) -> None:
    found = parse(text)
    assert (found.start.isoformat(), found.end.isoformat(), found.precision) == (start, end, precision)


@pytest.mark.parametrize(
    "text", ["", "24", "2024-13", "2023-02-29", "2024-Q5", "2024-H3", "05.11.2024", "2024-11-5", "٢٠٢٤"]
)
def test_what_is_no_date_is_refused_with_the_forms_allowed(text: str) -> None:
    with pytest.raises(BadDateError, match="2024-Q3"):
        parse(text)


@given(st.text(max_size=12))
def test_any_text_is_a_period_or_a_clear_error(text: str) -> None:
    try:
        found = parse(text)
    except BadDateError:
        return
    assert found.start <= found.end


@given(DAYS)
def test_every_day_lies_in_its_month_quarter_half_and_year(day: date) -> None:
    quarter, half = (day.month + 2) // 3, (day.month + 5) // 6
    for text in (f"{day:%Y}", f"{day:%Y-%m}", day.isoformat(), f"{day.year}-Q{quarter}", f"{day.year}-H{half}"):
        assert parse(text).start <= day <= parse(text).end


@given(DAYS)
def test_months_tile_the_year(day: date) -> None:
    months = [parse(f"{day.year}-{m:02}") for m in range(1, 13)]
    assert all(b.start - a.end == timedelta(days=1) for a, b in pairwise(months))
    assert span(months[0].start.isoformat(), months[-1].end.isoformat()).precision == "year"


def test_a_span_finds_the_precision_it_amounts_to() -> None:
    assert span("2024-04-01", "2024-10-31").precision == "span"
    assert span("2024-07-01", "2024-09-30").precision == "quarter"
    assert span("2024-01-01", "2024-06").precision == "half"
    with pytest.raises(BadInputError, match="ends before it starts"):
        span("2024-05", "2024-04")


def test_only_the_same_stretch_of_the_calendar_is_of_one_length() -> None:
    nine = span("2023-01-01", "2023-09-30")
    assert same_length(nine, span("2025-01-01", "2025-09-30"))
    assert not same_length(nine, parse("2025"))
    assert same_length(span("2023-01-01", "2023-02-28"), span("2024-01-01", "2024-02-29"))
    assert not same_length(span("2022-12-01", "2023-01-31"), span("2023-12-01", "2023-12-31"))


def test_words_are_those_of_a_reader() -> None:
    assert words(span("2024-04-01", "2024-10-31")) == "April to October 2024"
    assert words(span("2025-01-01", "2025-03-27")) == "1 January to 27 March 2025"
    assert words(parse("2025-Q3")) == "Q3 2025"
    assert words(span("2022-06-21", "2025-08-01")) == "21 June 2022 to 1 August 2025"


def test_as_of_is_the_last_day_of_what_is_given() -> None:
    assert as_of("2024-11") == date(2024, 11, 30)
    assert as_of(None, today=date(2026, 11, 25)) == date(2026, 11, 25)
    with pytest.raises(BadDateError):
        as_of("yesterday")


def test_a_period_never_ends_before_it_starts() -> None:
    with pytest.raises(BadInputError):
        Period(date(2024, 2, 1), date(2024, 1, 1), "span")
