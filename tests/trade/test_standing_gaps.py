"""A gap that stands between two reporters is no error of theirs: it hides no other gap of either."""

import math
import random

import pytest

from entrepot.core import contract
from entrepot.desk.mirror import mirror as verb
from entrepot.trade.contract import TRADE_FLOWS
from entrepot.trade.mirrors.mirror_gaps import mirror

PLACES = ("AUT", "BEL", "CHE", "DNK", "EST")
MONTHS = tuple(f"2022-{m:02}" for m in range(1, 13))
MARGIN, ERROR = 0.08, 0.03  # planted; the error is of a flow, so each side's is 0.03 / sqrt(2) = 0.021
PLANTED = ("AUT", "EST", "870323", "2022-05")  # a third arrives


def report(flow, exporter, importer, product, period, value):  # noqa: PLR0913, PLR0917
    """One report."""
    return {
        "reporter": exporter if flow == "export" else importer, "exporter": exporter, "importer": importer,
        "flow": flow, "valuation": "CIF" if flow == "import" else "FOB", "product": product, "hs_vintage": "HS2022",
        "period": period, "frequency": "month", "value_usd": value, "status": "simulated", "source_id": "simulated",
    }  # fmt: skip


def world(apart):
    """Five places that agree but for margin and error, a planted gap, and a factor between the pairs of `apart`."""
    chance, rows = random.Random(11), []
    for a in PLACES:
        for b in PLACES:
            for period in MONTHS if a != b else ():
                sent = math.exp(chance.gauss(14, 0.3))
                landed = sent * (1 + MARGIN) * math.exp(chance.gauss(0, ERROR)) * apart.get((a, b), 1.0)
                landed /= 3 if (a, b, "870323", period) == PLANTED else 1
                rows += [
                    report("export", a, b, "870323", period, sent),
                    report("import", a, b, "870323", period, landed),
                ]
    return contract.table(TRADE_FLOWS, rows)


def gap(table, key):
    """The mirror gap of a flow."""
    rows = mirror(table).flows.to_pylist()
    return next(r["mirror_gap_usd"] for r in rows if (r["exporter"], r["importer"], r["product"], r["period"]) == key)


@pytest.mark.parametrize(
    "apart",
    [
        {("DNK", "EST"): 1 / 30},
        {("DNK", "EST"): 30},
        {("EST", "DNK"): 1 / 5},
        {("DNK", "EST"): 1 / 30, ("CHE", "EST"): 1 / 20},
        {("DNK", "EST"): 1 / 30, ("EST", "DNK"): 1 / 30, ("AUT", "DNK"): 8},
    ],
    ids=str,
)
def test_other_gaps_of_its_reporters_are_found(apart):
    done = mirror(world(apart))
    assert set(done.standing) == set(apart)
    assert all(r["spread"] < 0.06 for r in done.reliability.to_pylist())
    assert gap(world(apart), PLANTED) < 0
    for a, b in apart:
        assert gap(world(apart), (a, b, "870323", "2022-07")) != 0


def test_it_is_said(tmp_path):
    said = " ".join(verb(world({("DNK", "EST"): 1 / 30}), store=tmp_path).notes)
    assert "more than threefold apart" in said
    assert "DNK to EST" in said


@pytest.mark.parametrize(
    "apart",
    [
        {},
        {("DNK", "EST"): 1 / 2},
        # Who is far apart from all its partners, or from most of them, errs.
        {(a, b): 5 for a in PLACES for b in PLACES if "EST" in {a, b}},
        {(a, b): 5 for a in PLACES for b in PLACES if "EST" in {a, b} and "AUT" not in {a, b}},
    ],
    ids=["none", "twofold", "all", "most"],
)
def test_what_is_no_standing_gap_stays_in_the_spreads(apart, tmp_path):
    assert not mirror(world(apart)).standing
    assert "threefold apart" not in " ".join(verb(world(apart), store=tmp_path).notes)


def test_a_single_pair_keeps_its_spread():
    rows = [r for r in world({("DNK", "EST"): 1 / 30}).to_pylist() if {r["exporter"], r["importer"]} == {"DNK", "EST"}]
    rows = [r for r in rows if r["exporter"] == "DNK"]
    done = mirror(contract.table(TRADE_FLOWS, rows))
    assert not done.standing
