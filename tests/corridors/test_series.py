"""Series from observations: what is printed, bounded, shut, tied by growth, or not known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.corridors.series.estimate import estimate
from entrepot.corridors.series.excluding import alternatives, excludes
from entrepot.corridors.series.linear_reports import Frame, year_earlier
from entrepot.corridors.series.open_days import month_number, open_days
from entrepot.corridors.series.quantities import quantities
from entrepot.corridors.series.series import is_placeable, rows, series_of, unborne
from entrepot.corridors.ties.window_report import Report
from entrepot.record.embedded import load

ENDS = (0.025, 0.975)


@pytest.fixture(scope="module")
def held():
    return quantities(load().tables["observations"].to_pylist())


@pytest.fixture(scope="module")
def khunjerab(held):
    (one,) = (q for q in held if q.key[:5] == ("khunjerab", "Pakistan", "cargo", "road", "both"))
    series = series_of(one)
    return {(r["step"], r["period_start"]): r for r in rows(series, "Khunjerab", ("month", "year"))}, series


def report(number, first, last, value, sense="exact"):
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return Report((f"O{number:04d}",), frozenset({f"s-{number}"}), start, end, sense, value, 0.01, is_doubtful=False)


def total(found, first: str, last: str):
    months = [month_number(date.fromisoformat(d)) - found.first for d in (first, last)]
    return np.quantile(found.amounts[:, months[0] : months[1] + 1].sum(axis=1), ENDS)


def test_april_to_october_2024_is_what_customs_print(khunjerab):
    _, series = khunjerab
    low, high = total(series.estimate, "2024-04-01", "2024-10-31")
    assert low <= 40_900 <= high  # O0002
    assert high / low < 1.06


def test_growth_reaches_the_year_before_without_a_report_of_it(khunjerab):
    _, series = khunjerab
    low, high = total(series.estimate, "2023-04-01", "2023-10-31")
    assert low <= 40_900 / 1.727 <= high  # O0002: up 72.7 percent


def test_temporary_openings_are_not_smeared_over_the_winter(khunjerab):
    found, _ = khunjerab
    assert [found["month", f"2023-{m}"]["state"] for m in ("01", "02", "03")] != ["shut"] * 3
    assert (
        found["month", "2023-02"]["low"] > 4_000
    )  # O0386: at least 6,000 t in both openings, ten of whose days are here
    for month in ("2022-12", "2023-03", "2023-12", "2024-02", "2024-03"):
        assert (found["month", month]["state"], found["month", month]["high"]) == ("shut", 0.0)
    assert found["month", "2024-01"]["open_days"] == 15  # 2 to 16 January: N002
    assert found["month", "2025-02"]["state"] == "estimated"  # the first winter without a closure


def test_what_nothing_constrains_has_no_number(khunjerab):
    found, _ = khunjerab
    gap = [found["year", str(y)] for y in range(2006, 2012)]  # no report between 2002 and 2016
    assert {r["state"] for r in gap} == {"not_known"}
    assert {r["value"] for r in gap} == {None}


def test_every_number_names_reports_of_its_own_quantity(khunjerab, held):
    found, series = khunjerab
    known = {r["id"] for r in (*series.quantity.rows, *series.quantity.parts)}
    for row in found.values():
        if row["state"] in {"printed", "estimated"}:
            assert row["reports"]
            assert set(row["reports"]) <= known


def test_modes_and_counters_are_never_mixed(held):
    mixed = [q for q in held if len({r["mode"] for r in q.rows}) > 1 or len({r["unit_norm"] for r in q.rows}) > 1]
    assert mixed == []
    khorgos = [q for q in held if q.key[:5] == ("khorgos", "Kazakhstan", "cargo", "rail", "both")]
    assert {q.counter for q in khorgos} == {"China's side", "Kazakhstan's railway"}
    assert not set.intersection(*({r["id"] for r in q.rows} for q in khorgos))


def test_a_quantity_of_single_days_is_no_series_and_stops_nothing(held):
    record_day = {"period_start": "2024-06-11", "period_end": "2024-06-11"}
    row = {**next(r for q in held for r in q.rows if r["id"] == "O0019"), **record_day}  # 1,123 persons: a record
    (alone,) = quantities([row])
    assert not is_placeable(alone)
    assert [q.key for q in held if "waiting" in q.key[2]] == []  # a queue is a stock: it does not add up over days
    assert sum(map(is_placeable, held)) > 200


def test_prints_that_exclude_each_other_are_not_averaged():
    told = [report(1, "2023-01-01", "2023-12-31", 100.0), report(2, "2023-01-01", "2023-12-31", 200.0)]
    found = estimate(Frame("nowhere"), [*told, report(3, "2022-01-01", "2022-12-31", 140.0)])
    years = found.amounts[:, 12:].sum(axis=1)
    assert np.mean((years > 95) & (years < 105)) > 0.1
    assert np.mean((years > 190) & (years < 210)) > 0.1
    assert np.mean((years > 120) & (years < 180)) < 0.02


def test_a_third_print_decides_between_two():
    told = [report(n, "2023-01-01", "2023-12-31", v) for n, v in ((1, 100.0), (2, 200.0), (3, 201.0))]
    assert excludes(told[0], told[1])
    assert alternatives(told)[0].out == frozenset({0})


def test_a_cumulative_figure_that_falls_is_a_contradiction():
    july, october = report(1, "2025-01-01", "2025-07-28", 7.96e6), report(2, "2025-01-01", "2025-10-27", 7.0e6)
    assert excludes(july, october)  # O0082, O0497
    assert not excludes(report(1, "2025-01-01", "2025-07-28", 6.9e6), october)


def test_a_bound_raises_and_never_pins():
    told = [report(1, "2022-01-01", "2022-12-31", 100.0), report(2, "2024-01-01", "2024-12-31", 100.0)]
    free = total(estimate(Frame("nowhere"), told), "2023-01-01", "2023-12-31")
    over = total(
        estimate(Frame("nowhere"), [*told, report(3, "2023-01-01", "2023-12-31", 110.0, "least")]),
        "2023-01-01",
        "2023-12-31",
    )
    assert over[0] > free[0]
    assert over[0] > 107  # the bound, less twice the error of a print
    assert over[1] > 111


def test_growth_is_tied_to_the_later_figure_of_the_year_before():
    told = [
        replace(report(1, "2022-01-01", "2022-12-31", 100.0), known_on="2023-01-20"),  # the first print
        replace(report(2, "2022-01-01", "2022-12-31", 110.0), known_on="2024-01-20"),  # revised
        report(3, "2023-01-01", "2023-12-31", 1.5, "growth"),
    ]
    years = estimate(Frame("nowhere"), told).amounts[:, 12:].sum(axis=1)
    assert np.mean(years > 158) > 0.9  # 165; 150 is the growth chained to the first print


@settings(max_examples=6, deadline=None)
@given(st.lists(st.floats(0.45, 2.2), min_size=1, max_size=2))
def test_the_months_of_a_printed_year_add_up_to_it(growths):
    values = np.cumprod([100.0, *growths])
    told = [report(k, f"{2015 + k}-01-01", f"{2015 + k}-12-31", float(v)) for k, v in enumerate(values)]
    found = estimate(Frame("nowhere"), told, count=120)
    assert (found.amounts >= 0).all()
    years = np.median(found.amounts.reshape(120, -1, 12).sum(axis=2), axis=0)
    assert years == pytest.approx(values, rel=0.05)  # five times the error of a print: a leap in between pulls at it


def test_the_same_question_has_the_same_answer():
    told = [report(1, "2022-01-01", "2022-12-31", 100.0), report(2, "2023-01-01", "2023-06-30", 70.0)]
    assert (estimate(Frame("nowhere"), told).amounts == estimate(Frame("nowhere"), told).amounts).all()


def test_days_open_follow_seasons_closures_and_openings():
    days = open_days("khunjerab", 12 * 2019, 12 * 2024 + 11)
    by_month = dict(zip(range(12 * 2019, 12 * 2025), days.open_days, strict=True))
    assert by_month[12 * 2019 + 10] == 30  # November 2019
    assert by_month[12 * 2020 + 6] == 3  # 29 to 31 July 2020
    assert by_month[12 * 2020 + 7] == 10
    assert by_month[12 * 2023] == 4  # 19, 20, 30, 31 January 2023
    assert by_month[12 * 2024 + 11] == 31  # the first winter that is open
    assert open_days("khorgos", 12 * 2020, 12 * 2020).open_days.tolist() == [31]


@pytest.mark.parametrize(
    ("day", "is_end", "before"),
    [("2024-02-29", True, "2023-02-28"), ("2023-02-28", True, "2022-02-28"), ("2025-02-28", True, "2024-02-29"),
     ("2024-10-31", True, "2023-10-31"), ("2024-02-29", False, "2023-02-28")],
)  # fmt: skip
def test_a_year_earlier_keeps_the_end_of_the_month(day, is_end, before):
    assert year_earlier(date.fromisoformat(day), is_end=is_end) == date.fromisoformat(before)


def observed(number, first, last, value, **more):
    """An observation of a crossing that is on no calendar, counted by the customs of China."""
    row = {
        "id": f"O{number:04d}", "place_id": "nowhere", "place": "Nowhere", "partner": "Kyrgyzstan", "sector": None,
        "origin": None, "mode": "road", "direction": "both", "metric": "cargo", "value": value, "unit": "tonnes",
        "value_norm": float(value), "unit_norm": "tonnes", "per": None, "bound": "exact", "status": "reported",
        "period_start": first, "period_end": last, "yoy_pct": None, "reported_by": "China Customs",
        "source_id": f"s-{number}", "quality": "good", "superseded_by": None, "known_on": last, "note": None,
    }  # fmt: skip
    return row | more


def steady(*more):
    """Three years of 1,200 tonnes, month by month but for the middle one, and what is put beside them."""
    ends = {
        "01": 31,
        "02": 28,
        "03": 31,
        "04": 30,
        "05": 31,
        "06": 30,
        "07": 31,
        "08": 31,
        "09": 30,
        "10": 31,
        "11": 30,
        "12": 31,
    }
    months = [
        observed(12 * (year - 2021) + n, f"{year}-{m}-01", f"{year}-{m}-{end}", 100)
        for year in (2021, 2023) for n, (m, end) in enumerate(ends.items(), 1)
    ]  # fmt: skip
    (one,) = quantities([*months, *more])
    return {r["period_start"]: r for r in rows(series_of(one), "Nowhere", ("month",))}, series_of(one)


def test_a_print_that_all_others_do_not_bear_out_is_named_and_not_called_printed():
    found, series = steady(
        observed(50, "2022-01-01", "2022-12-31", 1200), observed(51, "2022-05-01", "2022-05-31", 4, id="u-0123456789ab")
    )
    may = found["2022-05"]
    assert may["state"] == "estimated"
    assert "u-0123456789ab" in may["reports"]
    assert "u-0123456789ab" in may["basis"]
    assert [u.report.ids for u in unborne(series)] == [("u-0123456789ab",)]
    assert "u-0123456789ab" not in found["2021-05"]["reports"]
    assert found["2021-05"]["state"] == "printed"


def test_a_print_that_the_others_bear_out_stays_printed():
    found, series = steady(
        observed(50, "2022-01-01", "2022-12-31", 1200),
        observed(51, "2022-05-01", "2022-05-31", 97, id="u-0123456789ab"),
    )
    assert found["2022-05"]["state"] == "printed"
    assert "u-0123456789ab" in found["2022-05"]["reports"]
    assert unborne(series) == ()


def alone(*more):
    """Two years of a crossing of which nothing else is told, by year; of the first only what is put beside it."""
    (one,) = quantities([observed(90, "2024-01-01", "2024-12-31", 52_000), *more])
    return {r["period_start"]: r for r in rows(series_of(one), "Nowhere", ("year",))}


def test_a_year_that_one_report_alone_tells_of_has_its_figure():
    found = alone(observed(91, "2020-01-01", "2020-12-31", 30_000, quality="repost"))["2020"]
    assert (found["state"], found["value"], found["printed"]) == ("printed", 30_000.0, 30_000.0)
    assert found["low"] < 30_000 < found["high"]
    assert "O0091 prints" in found["basis"]


def test_a_print_with_more_digits_than_an_estimate_shows_keeps_them():
    found = alone(observed(91, "2020-01-01", "2020-12-31", 142_635))["2020"]
    assert (found["state"], found["value"]) == ("printed", 142_635.0)


def test_of_two_prints_of_one_year_the_finer_one_is_the_figure():
    fine = observed(91, "2020-01-01", "2020-12-31", 30_412)
    rough = observed(92, "2020-01-01", "2020-12-31", 30_400) | {"value": 3.04, "unit": "ten thousand tonnes"}
    found = alone(rough, fine)["2020"]
    assert (found["state"], found["value"], found["printed"]) == ("printed", 30_412.0, 30_412.0)


def test_two_figures_of_one_year_are_no_printed_one():
    found = alone(observed(91, "2020-01-01", "2020-12-31", 30_412), observed(92, "2020-01-01", "2020-12-31", 30_987))[
        "2020"
    ]
    assert (found["state"], found["printed"]) == ("estimated", None)


def test_a_print_that_other_reports_draw_away_from_stands_beside_the_estimate():
    halves = [
        observed(92, "2020-01-01", "2020-06-30", 15_400),
        observed(93, "2020-07-01", "2020-12-31", 15_400),
    ]
    found = alone(observed(91, "2020-01-01", "2020-12-31", 30_000, quality="repost"), *halves)["2020"]
    assert (found["state"], found["printed"]) == ("estimated", 30_000.0)
    assert 30_400 < found["value"] < 30_900  # two halves of an office that is named weigh more than a copy
    assert "O0091 prints 30,000 tonnes" in found["basis"]


def test_what_only_other_windows_tell_of_has_no_print_beside_it():
    found = alone(observed(91, "2020-01-01", "2020-06-30", 15_000), observed(92, "2020-07-01", "2020-12-31", 15_000))
    assert (found["2020"]["state"], found["2020"]["printed"]) == ("estimated", None)


@pytest.mark.slow
def test_no_printed_row_of_a_crossing_has_a_figure_that_nobody_printed(held):
    told = 0
    for place in ("khunjerab", "torugart", "bakhty", "irkeshtam"):
        for one in (q for q in held if q.place_id == place and q.rows and is_placeable(q)):
            figures = {float(r["value_norm"]) for r in one.rows}
            for row in rows(series_of(one), place, ("year", "month")):
                assert row["state"] != "printed" or row["value"] in figures, row
                told += row["state"] == "printed"
    assert told > 10


def test_a_rate_with_dates_is_said_to_be_no_sum_of_its_days():
    _, series = steady(observed(60, "2022-05-01", "2022-05-31", 500, per="day"))
    assert "O0060" not in {r["id"] for r in series.quantity.rows}
    assert series.quantity.aside == {"O0060": "a rate, which is made no sum of its days"}
