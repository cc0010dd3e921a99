"""What ties quantities: two of imports, exports and both ways make the third; dollars at a month's rate are yuan."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from entrepot.core.tables.packaged import packaged_rows
from entrepot.corridors.series.estimate import estimate
from entrepot.corridors.series.excluding import excludes
from entrepot.corridors.series.linear_reports import Frame, placed, reports_of
from entrepot.corridors.series.quantities import KEY, quantities
from entrepot.corridors.ties.contract import EXCHANGE_RATES
from entrepot.corridors.ties.exchange_rates import converted
from entrepot.corridors.ties.two_ways import both_ways, one_way
from entrepot.corridors.ties.window_report import Report
from entrepot.record.embedded import load

# Means of the year as the Federal Reserve prints them (G.5A of 2016-01-04), weighted by days and not by months: they
# lie within three in ten thousand of ours.
XINJIANG, PAKISTAN = ("xinjiang", None), ("china-pakistan", "Pakistan")
PRINTED = {2012: 6.3093, 2013: 6.1478, 2014: 6.1620, 2015: 6.2827}


@pytest.fixture(scope="module")
def held():
    return quantities(load().tables["observations"].to_pylist())


def of(held, between, direction, unit, counter="China's side"):
    key = (*between, "trade_value", "all", direction, None, None, unit)
    return next(q for q in held if (q.key, q.counter) == (key, counter))


def report(number, value, first="2024-01-01", last="2024-12-31", sense="exact", **more):
    ids, sources = (f"O{number:04d}",), frozenset({f"s-{number}"})
    window = (date.fromisoformat(first), date.fromisoformat(last))
    return Report(ids, sources, *window, sense, value, 0.01, is_doubtful=False, **more)


def test_rates_are_those_that_the_federal_reserve_prints_of_years():
    rows = packaged_rows(EXCHANGE_RATES)
    months = {r["month"] for r in rows}
    for year, printed in PRINTED.items():
        mean = np.mean([r["cny_per_usd"] for r in rows if r["month"].startswith(str(year))])
        assert mean == pytest.approx(printed, rel=3e-4)
    years = range(int(min(months)[:4]), int(max(months)[:4]))
    assert all(f"{y}-{m:02d}" in months for y in years for m in range(1, 13))


def test_what_is_left_of_both_ways_has_the_errors_of_both():
    (made,) = one_way([report(1, 520.0)], [report(2, 460.0)])
    assert made.value == 60.0
    assert made.error == pytest.approx(np.hypot(5.2, 4.6) / 60)
    assert made.ids == ("O0001", "O0002")
    assert made.sources == {"s-1", "s-2"}


def test_a_rest_that_is_hardly_known_is_not_made():
    assert not list(one_way([report(1, 520.0)], [report(2, 500.0)]))
    assert not list(one_way([report(1, 500.0)], [report(2, 520.0)]))


@pytest.mark.parametrize("sense", ["least", "most", "growth"])
def test_neither_bounds_nor_growth_make_a_third(sense):
    assert not list(both_ways([report(1, 60.0, sense=sense)], [report(2, 460.0)]))
    assert not list(one_way([report(1, 520.0)], [report(2, 460.0, sense=sense)]))


def test_only_figures_of_one_window_make_a_third():
    assert not list(both_ways([report(1, 60.0)], [report(2, 460.0, last="2024-11-30")]))


def test_of_a_first_print_and_its_revision_the_later_makes_the_third():
    first, revised = report(1, 60.0, known_on="2025-01-20"), report(2, 61.0, known_on="2025-06-01")
    (made,) = both_ways([first, revised], [report(3, 460.0)])
    assert made.ids == ("O0002", "O0003")


def test_every_third_is_made_of_two_prints_and_of_no_growth(held):
    """First prints are never chained: growth stays a tie between two latent years, whatever else is known of them."""
    rows = {r["id"]: r for r in load().tables["observations"].to_pylist()}
    made = [(q, r) for q in held for r in reports_of(q) if r.is_made]
    assert len(made) > 30
    for _, one in made:
        assert one.sense == "exact"
        assert {(rows[i]["period_start"], rows[i]["period_end"]) for i in one.ids} == {
            (one.start.isoformat(), one.end.isoformat())
        }


def test_a_third_stands_only_where_the_series_has_no_figure_of_the_window(held):
    for quantity in held:
        own = [r for r in reports_of(quantity) if not r.other_unit and r.sense == "exact"]
        printed = {(r.start, r.end) for r in own if not r.is_made}
        assert not printed & {(r.start, r.end) for r in own if r.is_made}


def test_exports_to_pakistan_follow_from_both_ways_and_imports(held):
    (made,) = (
        r
        for r in reports_of(of(held, PAKISTAN, "out", "USD", "Pakistan's statistics"))
        if r.is_made and r.ids == ("O0251", "O0253")
    )
    assert made.value == pytest.approx(12.564e9 - 1.467e9)


def test_a_row_that_is_taken_as_never_printed_makes_nothing(held):
    exports = of(held, PAKISTAN, "out", "USD", "Pakistan's statistics")
    assert not any("O0253" in r.ids for r in reports_of(exports, frozenset({"O0253"})))


def test_yuan_at_the_rate_of_each_month_are_dollars(held):
    dollars = of(held, XINJIANG, "both", "USD")
    (yuan,) = (r for r in reports_of(dollars) if r.ids[0] == "O0199" and r.sense == "exact")
    at = placed(Frame("xinjiang"), [yuan])
    rates = [r["cny_per_usd"] for r in packaged_rows(EXCHANGE_RATES) if r["month"].startswith("2023")]
    assert at.shares[0] == pytest.approx(rates)
    found = estimate(Frame("xinjiang"), [yuan]).amounts.sum(axis=1)
    low, high = np.quantile(found, (0.025, 0.975))
    assert low < 357e9 / np.mean(rates) < high < 1.2 * low


def test_there_and_back_is_the_same():
    assert converted(12 * 2020, 24, "CNY") * converted(12 * 2020, 24, "USD") == pytest.approx(1)


def test_a_window_beyond_the_rates_on_record_is_set_aside_with_its_reason(held):
    dollars = reports_of(of(held, XINJIANG, "both", "USD"))
    assert "without a rate" in placed(Frame("xinjiang"), dollars).aside["O0170"]


def test_figures_in_two_currencies_never_exclude_each_other():
    assert not excludes(report(1, 520.0), report(2, 70.0, other_unit="USD"))
    assert excludes(report(1, 520.0), report(2, 70.0))


def test_another_count_is_no_tie(held):
    at = KEY.index("direction")
    for quantity in held:
        for way, one in quantity.ways.items():
            assert (one.counter, one.key[at]) == (quantity.counter, way)
        if other := quantity.other_currency:
            assert (other.counter, other.key[:-1]) == (quantity.counter, quantity.key[:-1])
