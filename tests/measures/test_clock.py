"""The detention clock against calendars counted by hand, a CBP ruling, polars and properties."""

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.core.errors import BadInputError
from entrepot.desk.measures import clock
from entrepot.measures.detention_clock import add_working_days, detention_clock, months_later

DAYS = st.dates(date(2022, 6, 21), date(2029, 12, 31))
# Federal holidays as observed, from the calendars of the US Office of Personnel Management.
OPM_YEARS = {
    "2021": "12-24 12-31",
    "2022": "01-17 02-21 05-30 06-20 07-04 09-05 10-10 11-11 11-24 12-26",
    "2023": "01-02 01-16 02-20 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25",
    "2024": "01-01 01-15 02-19 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25",
    "2025": "01-01 01-20 02-17 05-26 06-19 07-04 09-01 10-13 11-11 11-27 12-25",
}
OPM = [date.fromisoformat(f"{year}-{day}") for year, days in OPM_YEARS.items() for day in days.split()]


def due(presented, **kwargs):
    return {s.id: s.due for s in detention_clock(presented, **kwargs)}


def test_before_thanksgiving_2024():
    # Mon 25 Nov: Tue 26, Wed 27, (Thu 28 Thanksgiving), Fri 29, Mon 2, Tue 3 Dec; five more to Tue 10.
    # 30 days from 25 Nov is 25 Dec, a holiday that calendar days do not skip; 180 days on is 23 June 2025.
    assert due(date(2024, 11, 25)) == {
        "decide": date(2024, 12, 3),
        "notice": date(2024, 12, 10),
        "exclusion": date(2024, 12, 25),
        "excluded": date(2024, 12, 26),
        "protest": date(2025, 6, 23),
        # 30 days on from 23 June is 23 July; 180 from there: 8 of July, 31, 30, 31, 30, 31 are 161, so 19 January.
        "denied": date(2025, 7, 23),
        "court": date(2026, 1, 19),
    }
    (decide, *_) = detention_clock(date(2024, 11, 25))
    assert [day for day, _ in decide.skipped] == [date(2024, 11, 28)]
    assert "Thanksgiving" in decide.skipped[0][1]


def test_juneteenth_on_a_sunday_is_observed_on_monday():
    # 19 June 2022 is a Sunday. Thu 16 June: Fri 17, (Mon 20 observed), Tue 21, Wed 22, Thu 23, Fri 24.
    assert due(date(2022, 6, 16))["decide"] == date(2022, 6, 24)


def test_christmas_and_new_year():
    # Fri 20 Dec 2024: Mon 23, Tue 24, (Wed 25), Thu 26, Fri 27, Mon 30;
    # then Tue 31, (Wed 1 January), Thu 2, Fri 3, Mon 6, Tue 7.
    steps = due(date(2024, 12, 20))
    assert (steps["decide"], steps["notice"]) == (date(2024, 12, 30), date(2025, 1, 7))


def test_new_year_on_a_saturday_is_observed_on_31_december():
    # 1 January 2028 is a Saturday. Mon 27 Dec 2027: Tue 28, Wed 29, Thu 30, (Fri 31 observed), Mon 3, Tue 4.
    assert due(date(2027, 12, 27))["decide"] == date(2028, 1, 4)


def test_presented_on_a_saturday():
    # Sat 6 Jan 2024: Mon 8 to Fri 12.
    assert due(date(2024, 1, 6))["decide"] == date(2024, 1, 12)


def test_an_early_decision_to_detain_moves_the_notice_alone():
    # Detained Tue 26 Nov 2024: Wed 27, (Thu 28), Fri 29, Mon 2, Tue 3, Wed 4 Dec.
    plain, early = due(date(2024, 11, 25)), due(date(2024, 11, 25), detained=date(2024, 11, 26))
    assert early["notice"] == date(2024, 12, 4)
    assert {k: v for k, v in early.items() if k != "notice"} == {k: v for k, v in plain.items() if k != "notice"}


def test_what_is_not_released_in_time_is_detained_by_then():
    assert due(date(2024, 11, 25), detained=date(2024, 12, 20)) == due(date(2024, 11, 25))


def test_the_exclusion_of_ruling_hq_962141():
    # Presented 17 March 1998; CBP held the goods excluded on 17 April, the day after the thirty days.
    assert due(date(1998, 3, 17))["exclusion"] + timedelta(days=1) == date(1998, 4, 17)
    assert due(date(1998, 3, 17))["excluded"] == date(1998, 4, 17)


@pytest.mark.parametrize(
    ("imported", "proof"),
    [
        (date(2024, 11, 25), date(2025, 2, 25)),  # 92 days, not 90
        (date(2025, 2, 1), date(2025, 5, 1)),  # 89 days
        (date(2024, 11, 30), date(2025, 2, 28)),  # February has no 30th
        (date(2023, 11, 30), date(2024, 2, 29)),
        (date(2024, 10, 31), date(2025, 1, 31)),
    ],
)
def test_proof_under_a_withhold_release_order_has_three_calendar_months(imported, proof):
    steps = due(imported, measure_id="cbp-wro")
    assert steps["proof"] == proof
    assert steps["exclusion"] == proof + timedelta(days=1)
    assert steps["abandoned"] == steps["exclusion"] + timedelta(days=60)


@given(DAYS, st.integers(0, 60))
def test_months_later_agree_with_polars(start, months):
    assert months_later(start, months) == pl.select(pl.lit(start).dt.offset_by(f"{months}mo")).item()


def test_goods_of_before_the_presumption_are_refused_with_the_clock_that_ran(tmp_path):
    with pytest.raises(BadInputError, match="2022-06-21 on") as raised:
        clock("2022-06-20", store=tmp_path / "store")
    assert "cbp-wro" in str(raised.value)
    assert clock("2022-06-21", store=tmp_path / "store").table.num_rows == 7
    assert clock("2020-01-02", measure="cbp-wro", store=tmp_path / "store").table.num_rows == 3


@given(st.dates(date(2022, 1, 1), date(2025, 11, 30)), st.integers(1, 15))
def test_working_days_agree_with_polars_and_the_opm_calendar(start, count):
    day, _ = add_working_days(start, count)
    first, end = start + timedelta(days=1), day + timedelta(days=1)
    counted = pl.select(pl.business_day_count(pl.lit(first), pl.lit(end), holidays=OPM)).item()
    assert counted == count
    assert day.weekday() < 5
    assert day not in OPM


@given(DAYS)
def test_steps_come_in_order_and_never_earlier_than_their_days(presented):
    steps = detention_clock(presented)
    assert [s.due for s in steps] == sorted(s.due for s in steps)
    for step in steps:
        assert (step.due - step.counted_from).days >= step.days
        assert step.days
        assert not step.months
        assert all(day.weekday() < 5 for day, _ in step.skipped)


@given(DAYS, st.integers(0, 40))
def test_a_later_presentation_never_falls_due_earlier(presented, later):
    before, after = due(presented), due(presented + timedelta(days=later))
    assert all(before[k] <= after[k] for k in before)


def test_detained_before_presented_is_refused():
    with pytest.raises(BadInputError, match="detained before presented"):
        detention_clock(date(2024, 11, 25), detained=date(2024, 11, 24))


def test_a_measure_without_a_clock_is_refused():
    with pytest.raises(BadInputError, match="no clock"):
        detention_clock(date(2024, 11, 25), measure_id="eu-flr")
