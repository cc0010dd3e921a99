"""What a measure touches is what is looked at, and is never what a flow is compared with."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from tests.diversion.test_event_study import World, rows, simulate, table

from entrepot.core.errors import BadInputError, NotEstimableError
from entrepot.diversion.event_study.design import design
from entrepot.diversion.event_study.event_study import event_study
from entrepot.diversion.flows.legs import asked_for
from entrepot.diversion.flows.measure_goods import flows_touched, goods_told
from entrepot.diversion.modes.diverted import diverted
from entrepot.diversion.route import question

WAFERS = """\
title = "Duties on panels of three countries"
who = "US"
whom = [{whom}]
direction = "import"
goods = [{goods}]
from = 2020-06-01
announced = 2020-01-15
source = "https://www.federalregister.gov/documents/2020/1"
"""
THREE = ("CHN", "VNM", "IND")
PRODUCTS = ("854143", "520100", "610910")
YEARLY = World()


def measure_file(folder, whom=THREE, goods=("8541.43", "5201.00", "6109.10")):
    path = folder / "panels.toml"
    quoted = [", ".join(f'"{x}"' for x in some) for some in (whom, goods)]
    path.write_text(WAFERS.format(whom=quoted[0], goods=quoted[1]), encoding="utf-8")
    return str(path)


def all_fall(world=YEARLY):
    """Three of four sellers fall alike from 2020 on: by 63 %."""
    frame = simulate(world)
    falls = pl.col("exporter").is_in(["VNM", "IND"]) & (pl.col("importer") == "USA") & (pl.col("period") >= "2020")
    return frame.with_columns(pl.when(falls).then(pl.col("value_usd") * np.exp(-1)).otherwise("value_usd"))


def test_flows_that_the_measure_touches_too_are_no_comparison(tmp_path):
    asked = question(measure_file(tmp_path), origin="CHN", destination="USA")
    found = event_study(table(all_fall()), asked)
    (after,) = rows(found, "ppml", "after")
    assert after["low_pct"] <= 100 * (np.exp(-1) - 1) <= after["high_pct"]
    assert after["effect_log"] == pytest.approx(-1, abs=0.25)
    assert any("2 pairs of places left out (IND to USA, VNM to USA)" in text for text in found.words)
    # of nobody else is anything known to be touched: the same flows asked about without the measure
    naive = event_study(table(all_fall()), replace(asked, act=None, measure="none"))
    assert rows(naive, "ppml", "after")[0]["effect_log"] > after["effect_log"] + 0.2


def test_the_flow_itself_stands_beside_the_estimate(tmp_path):
    flows = all_fall()
    asked = question(measure_file(tmp_path), origin="CHN", destination="USA")
    found = event_study(table(flows), asked, placebos=0)
    own = flows.filter(pl.col("exporter") == "CHN", pl.col("importer") == "USA")
    year = own.group_by("period").agg(pl.col("value_usd").sum()).sort("period")
    was = float(year.filter(pl.col("period") == "2019")["value_usd"][0])
    now = float(year.filter(pl.col("period") >= "2020")["value_usd"].mean())
    (row,) = rows(found, "observed", "after")
    assert row["change_pct"] == pytest.approx(100 * (now / was - 1), abs=0.01)
    assert row["reading"].startswith("As it stands in the flows, beside no other, it moved by")


def test_where_all_sellers_are_touched_it_is_refused_with_what_to_do(tmp_path):
    asked = question(measure_file(tmp_path, (*THREE, "TUR")), origin="CHN", destination="USA")
    with pytest.raises(NotEstimableError) as caught:
        event_study(table(all_fall()), asked)
    said = str(caught.value)
    assert "--effects product-period,pair-product" in said
    assert "all that an importer bought of a product in a period" in said
    assert "term" not in said
    found = event_study(table(all_fall()), asked, design=design(effects="product-period,pair-product"))
    assert rows(found, "ppml", "after")[0]["effect_log"] < -0.5


def test_whom_a_measure_touches_is_read_from_its_file():
    solar = question("us-solar-adcvd-2025", origin="VNM")
    (one,) = {(t.exporters, t.importers) for t in flows_touched(solar, ["854143", "940360"])}
    assert one == (frozenset({"KHM", "MYS", "THA", "VNM"}), frozenset({"USA"}))
    assert {p for t in flows_touched(solar, ["854143", "940360"]) for p in t.products} == {"854143"}
    # not all of its goods are on record: whatever a member sells there may be touched
    russia = question("eu-russia-833", origin="DEU", destination="RUS")
    sold = [t for t in flows_touched(russia, ["940360"]) if t.products]
    assert all({"DEU", "POL"} <= t.exporters and t.importers == {"RUS"} for t in sold)
    assert sold
    assert flows_touched(question("none", origin="CHN", since="2020"), ["854143"]) == ()


def test_the_goods_of_a_measure_are_what_is_looked_at(tmp_path):
    world = World(frequency="quarter", importers=("USA", "VNM", "IND", "TUR", "DEU", "JPN", "FRA", "ITA", "GBR", "KOR"))
    flows = table(all_fall(world).filter(pl.col("exporter") != pl.col("importer")), "quarter")
    path = measure_file(tmp_path, goods=("8541.43", "8541.42"))
    asked = question(path, origin="CHN", destination="USA")
    found = diverted(flows, asked)
    assert set(found.signals.column("product").to_pylist()) == {"854143"}
    assert any(t.startswith("Looked at: 1 product, the goods of") and "2 products outside" in t for t in found.told)
    # who names products is given them, and who names none of a measure on all goods is given all
    named = diverted(flows, question(path, origin="CHN", destination="USA", products=("5201",)))
    assert set(named.signals.column("product").to_pylist()) == {"520100"}
    every = diverted(flows, question("uflpa", since="2020-06-01"))
    assert set(every.signals.column("product").to_pylist()) == set(PRODUCTS)
    assert not any(t.startswith(("Looked at", "Not all goods")) for t in every.told)


def test_a_code_wider_than_that_of_the_measure_is_looked_at(tmp_path):
    asked = question(measure_file(tmp_path, goods=("8541.43",)), origin="CHN", destination="USA")
    assert [p for p in ("8541", "854143", "85414300", "8542", "854142") if asked_for(asked, p)] == [
        "8541", "854143", "85414300",
    ]  # fmt: skip
    with pytest.raises(BadInputError, match="none of the goods"):
        goods_told(asked, ["520100", "610910"])


def test_goods_that_are_not_all_on_record_leave_nothing_out():
    asked = question("eu-russia-833", origin="DEU", destination="RUS")
    products = ["854231", "940360", "520100"]
    assert all(asked_for(asked, p) for p in products)
    (said,) = goods_told(asked, products)
    assert said.startswith("Not all goods of eu-russia-833 are on record")


def test_what_a_total_holds_beside_its_codes_is_no_product(tmp_path):
    """It moves with what an office keeps back: a scan and a study are as without it, and say so."""
    flows = all_fall()
    beside = flows.filter(pl.col("product") == "854143").with_columns(
        product=pl.lit("8541~"),
        value_usd=pl.col("value_usd") * pl.when(pl.col("period") >= "2020").then(50).otherwise(1),
    )
    asked = replace(question(measure_file(tmp_path), origin="CHN", destination="USA"), act=None, measure="none")
    plain, more = (diverted(table(f), asked) for f in (flows, pl.concat([flows, beside])))
    names = [n for n in plain.signals.column_names if n not in {"signal_id", "p", "q"}]
    assert more.signals.select(names).equals(plain.signals.select(names))
    assert any(f"not looked at: {beside.height:,} flows" in text for text in more.told)
    studied = [event_study(table(f), asked, placebos=0) for f in (flows, pl.concat([flows, beside]))]
    assert rows(studied[1], "ppml", "after") == rows(studied[0], "ppml", "after")
