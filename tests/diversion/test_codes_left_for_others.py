"""A place that changed a code where others did not: what it counts under the new one is no zero of the old."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
import pytest

from entrepot.diversion.flows.flow_source import opened
from entrepot.diversion.modes.diverted import diverted
from entrepot.diversion.question import Question
from planted.worlds import Size, flows, world

ASKED = Question("none", "CHN", "USA", date(2014, 1, 1))
NAMES = {"10": "880330", "11": "520100", "12": "610910", "13": "940360"}


def rows(place="KAZ", code="880330", after="880730", since="2014"):
    """A world in which one place counts its sales of a code under another from some year on."""
    for r in world(9, None, Size(places=12, noise=0.05)):
        named = NAMES[r["product"]]
        new = (r["exporter"], named) == (place, code) and r["period"] >= since
        yield r | {"product": after if new else named, "hs_vintage": "unknown"}


def known(table, exporter, product):
    """The periods in which the sales of a place to the destination are known."""
    with opened(flows([*table]), ASKED) as source:
        panel = source.panel(tuple(source.cells))
    here = (panel.exporter == panel.place(exporter)) & (panel.importer == panel.place("USA"))
    (series,) = np.flatnonzero(here & (panel.product == panel.products.index(product)))
    return [p for p, v in zip(panel.periods, panel.amount[series], strict=True) if np.isfinite(v)]


def test_the_years_after_a_place_changed_the_code_are_not_known():
    assert known(rows(), "KAZ", "880330") == [str(y) for y in range(2008, 2014)]
    assert known(rows(), "KAZ", "880730") == [str(y) for y in range(2014, 2018)]
    assert len(known(rows(), "DEU", "880330")) == 10


def test_a_row_says_that_the_code_was_changed_and_does_not_judge_the_leg():
    found = pl.DataFrame(diverted(flows([*rows()]), ASKED).signals).filter(product="880330", hub="KAZ")
    assert found["excess_out"].item() is None
    said = "KAZ counts 880330 until 2013 and 880730 from 2014 (`entrepot load --hs` brings them together)"
    assert f"the leg out of the hub is not followed: {said}" in found["why_not"].item()


@pytest.mark.parametrize(
    "change",
    [
        {"code": "520100", "after": "520300"},  # neither took the place of the other
        {"after": "720851"},  # nor did that
        {"since": "2019"},  # never
    ],
)
def test_sales_that_end_without_a_successor_are_zeros_after_it(change):
    code = change.get("code", "880330")
    assert len(known(rows(**change), "KAZ", code)) == 10


def test_codes_that_a_place_counts_side_by_side_are_both_followed():
    old = [r for r in rows(since="2019") if (r["exporter"], r["product"]) == ("KAZ", "880330")]
    both = [*rows(), *(r | {"product": "880730"} for r in old if r["period"] < "2014")]
    assert len(known(both, "KAZ", "880330")) == 10
