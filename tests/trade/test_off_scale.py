"""A reporter whose figures are all a thousandth of its partners': found, named, and kept out of others' spreads."""

import math
import random

import pytest

from entrepot.core import contract
from entrepot.desk.desk import Desk
from entrepot.trade.contract import TRADE_FLOWS
from entrepot.trade.mirrors.mirror_gaps import mirror, off_reporters

PLACES = ("AUT", "BEL", "CHE", "DNK", "EST")
PRODUCTS = ("610110", "720110")
YEARS = ("2017", "2018", "2019", "2020")


def world(off=lambda _row: 1.0, *, kilograms=lambda _row: 1.0):
    """Both sides' reports of five places, agreed but for 5 % of freight and an error of 3 %; figures times `off`."""
    chance, out = random.Random(11), []
    for a in PLACES:
        for b in PLACES:
            for product in PRODUCTS if a != b else ():
                for year in YEARS:
                    value = math.exp(chance.gauss(16, 1))
                    for flow in ("export", "import"):
                        one = {"reporter": a if flow == "export" else b, "exporter": a, "importer": b, "flow": flow}
                        one |= {"valuation": "FOB" if flow == "export" else "CIF", "product": product}
                        one |= {"hs_vintage": "HS2017", "period": year, "frequency": "year", "status": "simulated"}
                        figure = value * math.exp(chance.gauss(0, 0.03)) * (1 if flow == "export" else 1.05)
                        one |= {"value_usd": figure * off(one), "net_kg": value / 4 * kilograms(one)}
                        out.append(one | {"source_id": "simulated"})
    return contract.table(TRADE_FLOWS, out)


def of(reporter, flow, factor, **cells):
    """What multiplies one reporter's figures of one flow, where its other cells are as said."""

    def times(row):
        here = row["reporter"] == reporter and row["flow"] == flow
        return factor if here and all(row[k] in v for k, v in cells.items()) else 1.0

    return times


@pytest.mark.parametrize(
    ("reporter", "flow", "factor", "periods"),
    [
        ("CHE", "import", 1 / 1000, ()),
        ("CHE", "export", 1 / 1000, ()),
        ("EST", "import", 1e-6, ()),
        ("AUT", "import", 1000, ()),
        ("DNK", "export", 1000, ()),
        ("BEL", "export", 1 / 1000, ("2019", "2020")),
        ("BEL", "import", 1 / 1000, ("2018",)),
    ],
)
def test_who_is_a_thousand_times_off_is_found(reporter, flow, factor, periods):
    cells = {"period": periods} if periods else {}
    (one,) = off_reporters(world(of(reporter, flow, factor, **cells)))
    assert (one.reporter, one.side, one.periods) == (reporter, "importer" if flow == "import" else "exporter", periods)
    assert one.factor == pytest.approx(factor)
    assert one.partners == 4
    if not periods:  # eight flows of one year are too few to speak of the price
        assert one.price == pytest.approx(factor, rel=0.1)


@pytest.mark.parametrize(
    "off",
    [
        lambda _row: 1.0,
        of("CHE", "import", 1 / 1000, exporter=("AUT",)),  # one partner alone
        of("CHE", "import", 1 / 1000, exporter=("AUT", "BEL")),  # two of four
        of("CHE", "import", 1 / 20),  # no scale that sheets have
        of("CHE", "import", 1 / 100),
        of("CHE", "import", 0.001, product=("610110",), exporter=("AUT", "BEL")),
        of("CHE", "import", 1.8),
    ],
)
def test_what_lies_apart_otherwise_is_a_gap_and_no_scale(off):
    assert off_reporters(world(off)) == ()


def test_others_spreads_are_as_without_it():
    clean, off = (mirror(world(o)) for o in (of("", "", 1), of("CHE", "import", 1 / 1000)))
    before, after = ({r["reporter"]: r["spread"] for r in f.reliability.to_pylist()} for f in (clean, off))
    for place in PLACES:
        assert after[place] == pytest.approx(before[place], rel=0.5)  # 3 % as planted, with a fifth of the flows fewer
        assert after[place] < 0.06
    assert off.overall_margin == pytest.approx(0.05, abs=0.01)


def test_it_is_said_with_the_price_and_its_rows_keep_a_reason(tmp_path):
    desk = Desk(store=tmp_path)
    table = world(of("CHE", "import", 1 / 1000))
    told = desk.mirror(table).notes
    said = "CHE's imports are about 1/1000 of what 4 exporters report, at 1/1000 of the price per kg: thousands?"
    assert said in told
    assert said in desk.mirror(table, since="2019").notes
    rows = [r for r in desk.mirror(table, reasons=True).table.to_pylist() if r["reason"] == "scale"]
    assert {r["importer"] for r in rows} == {"CHE"}
    assert len(rows) == 4 * 2 * 4  # of every flow to it
    assert rows[0]["consistent_with"].startswith("figures of CHE that are all about 1/1000 of what its partners")
    assert not any("1/1000" in t for t in desk.mirror(world()).notes)


def test_weights_that_are_off_alike_are_told():
    thousandth = of("CHE", "import", 1 / 1000)
    told = Desk().mirror(world(thousandth, kilograms=thousandth), since="2019").notes
    assert any("at the same price per kg, so that weights are off alike: thousands?" in t for t in told)


def test_where_both_ends_could_be_meant_it_is_the_smaller():
    def exports(row):
        return 1 / 1000 if row["flow"] == "export" else 1.0

    found = off_reporters(world(exports))
    assert {(o.reporter, o.side) for o in found} == {(p, "exporter") for p in PLACES}
