"""Hubs that buy of nobody but the origin have no other imports; their supply is still what is known of it."""

from __future__ import annotations

import numpy as np
import polars as pl
import pyarrow as pa
import pytest
from tests.diversion.test_event_study import World, simulate, table

from entrepot.core.errors import BadInputError
from entrepot.diversion.bounds.known_supply import other_supply, output_of
from entrepot.diversion.flows.flow_source import opened
from entrepot.diversion.flows.legs import legs as legs_of
from entrepot.diversion.flows.window import window_of
from entrepot.diversion.modes.diverted import diverted
from entrepot.diversion.route import question

ENDS = World(frequency="quarter", importers=("USA", "VNM", "IND", "TUR", "DEU", "JPN", "FRA", "ITA", "GBR", "KOR"))


def flows():
    """What the origin sells to all, and what all others sell to the destination and to places that are no hubs."""
    every = simulate(ENDS).filter(pl.col("exporter") != pl.col("importer"))
    hubs = pl.col("importer").is_in(["VNM", "IND", "TUR"])
    return table(every.filter((pl.col("exporter") == "CHN") | ~hubs), "quarter")


def only_legs():
    """What the origin sells, and what others sell to the destination: nobody buys of anybody else."""
    every = simulate(ENDS).filter(pl.col("exporter") != pl.col("importer"))
    return table(every.filter((pl.col("exporter") == "CHN") | (pl.col("importer") == "USA")), "quarter")


def supply(**cells):
    row = {"product": "854143", "hub": "VNM", "amount": 1000.0, "unit": "USD"} | cells
    given = cells.get("period")
    periods = given if isinstance(given, list) else [f"{y}-Q{q}" for y in range(2015, 2025) for q in range(1, 5)]
    return pa.Table.from_pylist([row | {"period": p} for p in periods])


def known(given, asked, made=None):
    """What is known of the supply of each product and hub."""
    with opened(given, asked) as source:
        every = tuple(source.cells)
        panel, window = source.panel(every), window_of(source.names, asked)
        legs, output = legs_of(panel, asked), output_of(panel, window, asked, made, every)
        other = other_supply(panel, window, legs, panel.place(asked.origin), output)
        names = [(panel.products[p], panel.places[h]) for p, h in zip(legs.product, legs.hub, strict=True)]
    cells = zip(other.amount.value.tolist(), other.basis, strict=True)
    return dict(zip(names, cells, strict=True))


@pytest.mark.parametrize("which", [flows, only_legs])
def test_growth_of_output_is_assumed_where_hubs_buy_of_nobody_else(which):
    asked = question("none", origin="CHN", destination="USA", since="2020-06-01", output_growth=0.5)
    given = pl.DataFrame(which())
    before = given.filter(pl.col("exporter") == "VNM", pl.col("product") == "854143", pl.col("period") < "2020-Q2")
    sold = before.group_by("importer").agg(pl.col("value_usd").mean()).get_column("value_usd").sum()
    after = given.filter(pl.col("period") >= "2020-Q2").get_column("period").n_unique()
    value, basis = known(which(), asked)["854143", "VNM"]
    assert value == pytest.approx(0.5 * sold * after)
    assert basis == "past exports"
    assert diverted(which(), asked).signals.num_rows
    nothing = question("none", origin="CHN", destination="USA", since="2020-06-01", output_growth=0)
    assert known(which(), nothing)["854143", "VNM"] == (0.0, "past exports")


def test_supply_of_a_hub_that_buys_of_nobody_else_is_read():
    asked = question("none", origin="CHN", destination="USA", since="2020-06-01")
    found = known(only_legs(), asked, supply())
    assert found["854143", "VNM"] == (pytest.approx(0, abs=1), "reported")  # as much in every quarter: nothing beyond
    assert found["854143", "IND"][1] is None
    assert diverted(only_legs(), asked, supply()).signals.num_rows


@pytest.mark.parametrize("period", ["2018", "2018-01", "2018-Q5", "Q1 2018", "2018Q1", ""])
def test_a_supply_of_other_periods_is_refused_in_words(period):
    asked = question("none", origin="CHN", destination="USA", since="2020-06-01")
    with pytest.raises(BadInputError) as caught:
        diverted(only_legs(), asked, supply(period=[period]))
    assert "counted by the quarter" in str(caught.value)
    assert "2015-Q1" in str(caught.value)


def test_the_output_of_more_hubs_narrows_the_error_and_a_reader_is_told_so():
    asked = question("none", origin="CHN", destination="USA", since="2020-06-01")
    drawn = np.random.default_rng(1)

    def made(*hubs):
        each = [pl.DataFrame(supply(hub=h)).with_columns(pl.col("amount") * drawn.uniform(0.9, 1.1, 40)) for h in hubs]
        return pl.concat(each).to_arrow()

    def of(*hubs):
        with opened(flows(), asked) as source:
            every = tuple(source.cells)
            return output_of(source.panel(every), window_of(source.names, asked), asked, made(*hubs), every)

    alone, three = of("VNM"), of("VNM", "IND", "TUR")
    key = ("854143", "VNM")
    assert three.of[key][1] < alone.of[key][1] / 2
    assert any("the output of 3 or more" in told for told in alone.told)
    assert not any("or more" in told for told in three.told)
