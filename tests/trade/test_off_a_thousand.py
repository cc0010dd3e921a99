"""A value per kilogram a thousand times off: by its own series it is told which of the two figures is wrong."""

from __future__ import annotations

import pytest
from tests.trade.both_ways import alike

HEAD = "reporter,partner,flow,product,period,value_usd,net_kg"
MONTHS = [f"{year}-{month:02}" for year in (2021, 2022) for month in range(1, 13)]


def read(tmp_path, values, weights):
    path = tmp_path / "flows.csv"
    rows = [f"POL,CHL,export,841370,{m},{v},{w}" for m, v, w in zip(MONTHS, values, weights, strict=True)]
    path.write_text("\n".join([HEAD, *rows]), encoding="utf-8")
    return alike(path, tmp_path)


def told(loaded):
    return {
        (f["kind"], f["done"]): f["rows"]
        for f in loaded.faults.to_pylist()
        if f["kind"] in {"unit_suspect", "value_suspect"}
    }


def weights_of(loaded):
    return [r["net_kg"] for r in loaded.table.sort_by("period").to_pylist()]


CALM = [40_000 + 700 * (n % 5) for n in range(24)]
GROWN = [round(40_000 * 1.2**n) for n in range(24)]  # a factor of 66 from the first month to the last


@pytest.mark.parametrize("series", [CALM, GROWN], ids=["calm", "grown"])
@pytest.mark.parametrize("at", [0, 9, 23])
@pytest.mark.parametrize("factor", [1000, 0.001])
def test_a_value_that_is_off_is_told_and_its_weight_stays(tmp_path, series, at, factor):
    weights = [v / 20 for v in series]
    values = [v * factor if n == at else v for n, v in enumerate(series)]
    loaded = read(tmp_path, values, weights)
    assert told(loaded) == {("value_suspect", "kept"): [str(at + 1)]}
    assert weights_of(loaded) == weights


@pytest.mark.parametrize("series", [CALM, GROWN], ids=["calm", "grown"])
@pytest.mark.parametrize("at", [0, 9, 23])
def test_a_weight_that_is_off_is_emptied_as_before(tmp_path, series, at):
    weights = [v / 20 / (1000 if n == at else 1) for n, v in enumerate(series)]
    loaded = read(tmp_path, series, weights)
    assert told(loaded) == {("unit_suspect", "set_aside"): [str(at + 1)]}
    assert [w is None for w in weights_of(loaded)] == [n == at for n in range(24)]


def test_a_year_that_is_weighed_in_tonnes_is_emptied_though_the_months_around_are_too(tmp_path):
    weights = [v / 20 / (1000 if n < 8 else 1) for n, v in enumerate(CALM)]
    loaded = read(tmp_path, CALM, weights)
    assert told(loaded) == {("unit_suspect", "set_aside"): [str(n) for n in range(1, 9)]}


def test_where_both_moved_nothing_is_emptied(tmp_path):
    weights = [v / 20 for v in CALM]
    values = [v * 40 if n == 9 else v for n, v in enumerate(CALM)]
    weights[9] /= 25
    loaded = read(tmp_path, values, weights)
    assert told(loaded) == {("unit_suspect", "kept"): ["10"]}
    assert weights_of(loaded) == weights


def test_prices_that_differ_less_are_no_fault(tmp_path):
    weights = [v / 20 * (100 if n % 7 == 3 else 1) for n, v in enumerate(CALM)]
    assert told(read(tmp_path, CALM, weights)) == {}
