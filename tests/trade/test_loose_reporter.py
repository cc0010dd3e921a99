"""One reporter whose figures scatter widely does not throw the spreads of those that trade with it."""

import math
import random
import statistics

import pytest

from entrepot.core import contract
from entrepot.trade.contract import TRADE_FLOWS
from entrepot.trade.mirrors.mirror_gaps import mirror

PLACES = ("AUT", "BEL", "CHE", "DNK", "EST", "FIN", "GRC", "HUN", "IRL", "JPN")
EXACT, LOOSE, MARGIN = 0.1, 0.7, 0.08  # planted


def report(flow, exporter, importer, product, period, value):  # noqa: PLR0913, PLR0917
    """One report."""
    return {
        "reporter": exporter if flow == "export" else importer, "exporter": exporter, "importer": importer,
        "flow": flow, "valuation": "CIF" if flow == "import" else "FOB", "product": product, "hs_vintage": "HS2022",
        "period": period, "frequency": "year", "value_usd": value, "status": "simulated", "source_id": "simulated",
    }  # fmt: skip


def world(loose, seed):
    """Ten places, eight chapters, eight years: all scatter alike but those of `loose`."""
    chance, rows = random.Random(seed), []
    for a in PLACES:
        for b in PLACES:
            for chapter in range(84, 92) if a != b else ():
                for year in range(2010, 2018):
                    value = math.exp(chance.gauss(14, 1.2))
                    out, into = (value * math.exp(chance.gauss(0, LOOSE if c in loose else EXACT)) for c in (a, b))
                    key = a, b, f"{chapter}0110", str(year)
                    rows += [report("export", *key, out), report("import", *key, into * (1 + MARGIN))]
    return contract.table(TRADE_FLOWS, rows)


@pytest.mark.parametrize(("loose", "seed"), [(("CHE",), 1), (("AUT", "JPN"), 2), ((), 3)], ids=str)
def test_each_spread_is_its_own(loose, seed):
    done = mirror(world(loose, seed))
    for row in done.reliability.to_pylist():
        planted = LOOSE if row["reporter"] in loose else EXACT
        # .35: the spread of a pair of 64 flows errs by a tenth, and what its cells take off it is a tenth more
        assert row["spread"] == pytest.approx(planted, rel=0.35), row["reporter"]
    exact = [r for r in done.flows.to_pylist() if not {r["exporter"], r["importer"]} & set(loose)]
    for place in set(PLACES) - set(loose):
        mine = [r["mirror_gap_usd"] != 0 for r in exact if place in {r["exporter"], r["importer"]}]
        assert 0.02 < statistics.mean(mine) < 0.11, place  # of normal errors 5 in 100 lie beyond 1.96
