"""A sheet that holds some partners alone says nothing of the others: their counts are not set against its zeros."""

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
MOVED = 0.5


def sold():
    """What goes to the USA, half of CHN's product 12 through KAZ from 2014 on, and what CHN sells to all."""
    plain = {(r["exporter"], r["importer"], r["product"], r["period"]): r["value_usd"] for r in world(7, None, SIZE)}

    def change(a, b, k, values):
        if k != 2 or (a, b) not in {("CHN", "USA"), ("CHN", "KAZ"), ("KAZ", "USA")}:
            return values
        direct = np.array([plain["CHN", "USA", "12", str(2008 + t)] for t in range(len(values))])
        moved = np.where(np.arange(len(values)) >= 6, MOVED * direct, 0.0)
        return values - moved if b == "USA" and a == "CHN" else values + moved

    return world(7, change, SIZE)


SIZE = Size(places=12, noise=0.04)


def told(rows, side):
    return [r | {"reporter": r["exporter" if side == "export" else "importer"], "flow": side} for r in rows]


@pytest.fixture(scope="module")
def two_sheets():
    """The USA's imports of all sellers, and CHN's exports to third countries, as their offices print them."""
    rows = sold()
    imports = told([r for r in rows if r["importer"] == "USA"], "import")
    exports = told([r for r in rows if r["exporter"] == "CHN" and r["importer"] != "USA"], "export")
    return imports, exports


def scan(rows):
    found = diverted(flows(rows), ASKED)
    return pl.DataFrame(found.signals).filter(pl.col("hub") != "+ALL", pl.col("product") == "12")


def test_a_sheet_of_third_countries_does_not_empty_the_direct_leg(two_sheets):
    imports, exports = two_sheets
    both, alone = scan(imports + exports), scan(imports)
    assert "short" not in {*both["reason"]}
    lost = sum(
        r["value_usd"] for r in imports if r["exporter"] == "CHN" and r["product"] == "12" and r["period"] >= "2014"
    )
    assert both["loss"].unique().to_list() == pytest.approx([lost], rel=0.3)  # half went: as much as is left
    assert alone["loss"].unique().to_list() == pytest.approx([lost], rel=0.3)
    assert both.filter(hub="KAZ")["word"].item() == "possible hub"
    assert "direct: USA imports FOB" in both["reported_by"][0].to_list()


def test_an_exporter_that_counts_the_partner_is_still_taken_at_its_word(two_sheets):
    imports, exports = two_sheets
    direct = [r for r in sold() if (r["exporter"], r["importer"]) == ("CHN", "USA")]
    of_its_own = exports + told([r | {"value_usd": r["value_usd"] * 0.9} for r in direct], "export")
    found = scan(imports + of_its_own)
    assert "direct: CHN exports FOB" in found["reported_by"][0].to_list()


def test_a_product_that_a_counted_partner_did_not_get_stays_a_zero(two_sheets):
    imports, exports = two_sheets
    direct = [r for r in sold() if (r["exporter"], r["importer"]) == ("CHN", "USA") and r["product"] != "12"]
    with opened(flows(imports + exports + told(direct, "export"))) as source:
        panel = source.panel(tuple(source.cells))
    mine = (panel.exporter == panel.place("CHN")) & (panel.importer == panel.place("USA"))
    (series,) = np.flatnonzero(mine & (panel.product == panel.products.index("12")))
    assert panel.by_exporter[series]
    assert (panel.amount[series] == 0).all()


def test_a_leg_on_which_nothing_was_counted_is_called_empty_and_not_full_of_gaps(two_sheets):
    imports, exports = two_sheets
    direct = [r for r in sold() if (r["exporter"], r["importer"]) == ("CHN", "USA") and r["product"] != "12"]
    found = pl.DataFrame(diverted(flows(imports + exports + told(direct, "export")), ASKED).signals)
    (why,) = found.filter(product="12")["why_not"].unique().to_list()
    assert why == (
        "the direct leg is empty: CHN counts its exports and none of this with USA; where USA counts its imports of "
        "it, add them to the flows without those of CHN"
    )
