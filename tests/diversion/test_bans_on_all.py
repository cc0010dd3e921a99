"""A measure on all buyers, or on all sellers: what it touches is not what was to be expected, nor called untouched."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from entrepot.diversion.modes.diverted import diverted
from entrepot.diversion.route import question
from planted.worlds import Size, flows, world

BANNED, LEFT = 2, 0.05  # the number of the product that is banned, and the share of it that goes on
CODE = str(10 + BANNED)
FILE = """\
title = "An invented ban"
who = "{who}"
whom = {whom}
direction = "{direction}"
goods = ["{goods}"]
from = 2014-01-01
"""
EVERY_BUYER = {"who": "CHN", "whom": '"all"', "direction": "export", "goods": CODE}
EVERY_SELLER = {"who": "USA", "whom": '"all"', "direction": "import", "goods": CODE}


def banned(side, one, products=(BANNED,)):
    """A world of which one place sells (side 0) or buys (side 1) a product hardly any more from 2014 on."""

    def change(*series):
        *ends, product, values = series
        cut = ends[side] == one and product in products
        return np.where((np.arange(len(values)) >= 6) & cut, values * LEFT, values)

    return world(3, change, Size(places=12, noise=0.05))


def lost(side, one, exporter, importer):
    """What a flow would have been from 2014 on, less what it was: 19 times what is left."""
    flow = pl.DataFrame(banned(side, one)).filter(
        pl.col("exporter") == exporter, pl.col("importer") == importer, pl.col("product") == CODE
    )
    return flow.filter(pl.col("period") >= "2014")["value_usd"].sum() * (1 / LEFT - 1)


def scan(rows, folder, said, **other):
    path = folder / "ban.toml"
    path.write_text(FILE.format(**said), encoding="utf-8")
    found = diverted(flows(rows), question(str(path), **other))
    return pl.DataFrame(found.signals).filter(pl.col("hub") != "+ALL", pl.col("product") == CODE), " ".join(found.told)


def test_a_ban_on_all_buyers_is_not_the_sellers_own_year(tmp_path):
    rows, told = scan(banned(0, "CHN"), tmp_path, EVERY_BUYER, destination="USA")
    assert rows["loss"].unique().to_list() == pytest.approx([lost(0, "CHN", "CHN", "USA")], rel=0.25)
    for hub, excess in rows.select("hub", "excess_in").rows():
        assert excess == pytest.approx(-lost(0, "CHN", "CHN", hub), rel=0.35)
    # 12 places: 11 sellers beside the origin to 11 buyers beside the destination, but for 10 that are both
    assert "Compared with 111 untouched pairs of places in 4 products." in told
    assert "The measure itself touches 10 other pairs of places: nothing is compared with them." in told


@pytest.mark.parametrize(("side", "kept"), [("import", ()), ("export", ()), ("import", ("CHN",)), ("export", ("CHN",))])
def test_a_ban_on_all_buyers_without_one_of_them_rests_on_whoever_reports(side, kept, tmp_path):
    """Files of buyers alone, of sellers alone, and of both but for the seller that bans: who counted is said."""
    who = {"import": ("importer", "CIF"), "export": ("exporter", "FOB")}
    other = {"import": "export", "export": "import"}
    made = banned(0, "CHN")

    def counted(row, flow):
        place, valued = who[flow]
        return row | {"flow": flow, "reporter": row[place], "valuation": valued}

    rows = [counted(row, side) for row in made]
    if kept:
        rows += [counted(row, other[side]) for row in made if row[who[other[side]][0]] not in kept]
    found, told = scan(rows, tmp_path, EVERY_BUYER)
    assert "No destination is given: a shift between the partners of CHN is sought" in told
    judged = found.filter("judged")
    assert judged.height
    for hub, excess, reported in judged.select("hub", "excess_in", "reported_by").rows():
        assert excess == pytest.approx(-lost(0, "CHN", "CHN", hub), rel=0.35)
        ours = side == "export"
        assert reported == [f"in: CHN {'exports FOB'}" if ours else f"in: {hub} imports CIF"]


def test_a_ban_on_all_sellers_is_not_the_buyers_own_year(tmp_path):
    rows, told = scan(banned(1, "USA"), tmp_path, EVERY_SELLER, origin="CHN")
    assert rows["loss"].unique().to_list() == pytest.approx([lost(1, "USA", "CHN", "USA")], rel=0.25)
    for hub, excess in rows.select("hub", "excess_out").rows():
        assert excess == pytest.approx(-lost(1, "USA", hub, "USA"), rel=0.35)
    assert "The measure itself touches 10 other pairs of places" in told


def test_a_measure_on_one_buyer_compares_with_the_sellers_other_sales(tmp_path):
    rows, told = scan(world(3, None, Size(places=12, noise=0.05)), tmp_path, EVERY_BUYER | {"whom": '["USA"]'})
    assert "The measure itself touches" not in told
    assert "everyone else less" not in told
    assert not rows["why_not"].str.contains("everyone else less").any()


@pytest.mark.parametrize("whom", ["none", "one"])
def test_sales_to_all_that_fell_alike_are_said_where_no_measure_on_all_is_given(whom, tmp_path):
    if whom == "none":
        asked = question("none", origin="CHN", destination="USA", since="2014-01-01", products=(CODE,))
        found = diverted(flows(banned(0, "CHN")), asked)
        rows, told = pl.DataFrame(found.signals).filter(pl.col("hub") != "+ALL"), " ".join(found.told)
    else:
        rows, told = scan(banned(0, "CHN"), tmp_path, EVERY_BUYER | {"whom": '["USA"]'})
    assert f"Of 1 product CHN sold everyone else less as well ({CODE}: -" in told
    assert 'whom = "all"' in told
    assert rows["why_not"].str.contains("the origin sold everyone else less too").all()


def test_where_the_measure_touches_every_flow_that_there_is_the_scan_says_so(tmp_path):
    only = [r | {"reporter": "CHN"} for r in banned(0, "CHN") if r["exporter"] == "CHN"]
    _, told = scan(only, tmp_path, EVERY_BUYER, destination="USA")
    assert "The measure touches every flow of 1 product" in told
    assert "what all of them lost together is not counted as lost" in told


def test_rows_that_only_touched_flows_stand_beside_say_that_the_measure_touches_them(tmp_path):
    rows = [r for r in banned(0, "CHN") if r["exporter"] == "CHN" or (r["exporter"], r["importer"]) == ("DEU", "USA")]
    found, _ = scan(rows, tmp_path, EVERY_BUYER, destination="USA")
    why = found.filter(pl.col("hub") == "DEU")["why_not"].item()
    assert "the measure itself touches the others" in why
