"""Mirror reconciliation: by brute force, against a simulation whose margin is known, and on published pairs."""

import math
import random
import statistics
from collections import defaultdict

import pytest

from entrepot.core import contract
from entrepot.core.errors import BadInputError
from entrepot.desk.mirror import mirror as verb
from entrepot.trade.contract import TRADE_FLOWS
from entrepot.trade.mirrors.mirror_gaps import mirror

# What is planted, and how near an estimate must come. The spread of a flow's log ratio is about 0.28, so
# the median of a chapter's 1,800 flows errs by 1.25 * 0.28 / sqrt(1800) = 0.008; three of those are allowed.
MARGIN, CHAPTER_SPREAD = 0.10, 0.04
NEAR_MARGIN, NEAR_CELL, NEAR_SPREAD = 0.025, 0.03, 0.25


def reported(reporter, exporter, importer, product, period, value):  # noqa: PLR0913, PLR0917
    kind = "export" if reporter == exporter else "import"
    return {
        "reporter": reporter, "exporter": exporter, "importer": importer, "flow": kind,
        "valuation": "FOB" if kind == "export" else "CIF", "product": product, "hs_vintage": "HS2017",
        "period": period, "frequency": "year", "value_usd": value, "status": "simulated", "source_id": "simulated",
    }  # fmt: skip


def table(rows):
    return contract.table(TRADE_FLOWS, rows)


@pytest.fixture(scope="module")
def world():
    """Ten countries, twelve chapters, twenty years: rows, true values, true margins, true spreads, planted gaps."""
    chance = random.Random(20221)
    countries = [f"A{c}A" for c in "BCDEFGHIJK"]
    spread = {c: chance.choice((0.05, 0.1, 0.2, 0.3)) for c in countries}
    margins = {f"{n:02}": max(0.02, MARGIN + chance.gauss(0, CHAPTER_SPREAD)) for n in range(20, 32)}
    rows, truth, planted = [], {}, set()
    for a in countries:
        for b in countries:
            if a == b:
                continue
            for chapter, margin in margins.items():
                for year in range(2000, 2020):
                    key = a, b, f"{chapter}0110", str(year)
                    value = math.exp(chance.gauss(14, 1.5))
                    out, into = (value * math.exp(chance.gauss(0, spread[c])) for c in (a, b))
                    if chance.random() < 0.02:  # gross errors: the importer counts a tenth
                        into, _ = into / 10, planted.add(key)
                    truth[key] = value
                    rows.append(reported(a, *key, out))
                    rows.append(reported(b, *key, into * (1 + margin)))
    return rows, truth, margins, spread, planted


@pytest.fixture(scope="module")
def found(world):
    return mirror(table(world[0]))


def test_the_margin_that_was_planted_is_found(world, found):
    assert found.overall_margin == pytest.approx(statistics.median(world[2].values()), abs=0.02)
    cells = defaultdict(list)
    for row in found.flows.to_pylist():
        cells[row["product"][:2]].append(row["margin"])
    for chapter, margin in world[2].items():
        assert statistics.mean(cells[chapter]) == pytest.approx(margin, abs=NEAR_MARGIN)
        assert statistics.mean(abs(m - margin) for m in cells[chapter]) < NEAR_CELL


def test_the_spread_of_each_reporter_is_found(world, found):
    for row in found.reliability.to_pylist():
        assert row["spread"] == pytest.approx(world[3][row["reporter"]], rel=NEAR_SPREAD, abs=0.02)


def test_the_interval_holds_the_true_value(world, found):
    _, truth, _, _, planted = world
    clean = [r for r in found.flows.to_pylist() if key(r) not in planted]
    inside = [r["low_usd"] <= truth[key(r)] <= r["high_usd"] for r in clean]
    assert 0.93 < statistics.mean(inside) < 0.99


def test_reconciled_is_nearer_than_either_side(world, found):
    truth = world[1]
    error = {"value_usd": [], "export_usd": [], "import_usd": []}
    for row in found.flows.to_pylist():
        for name, errors in error.items():
            errors.append(abs(math.log(row[name] / truth[key(row)])))
    mean = {name: statistics.mean(values) for name, values in error.items()}
    assert mean["value_usd"] < min(mean["export_usd"], mean["import_usd"])


def test_planted_gaps_are_found_and_few_others(world, found):
    planted = world[4]
    gaps = {key(r) for r in found.flows.to_pylist() if r["mirror_gap_usd"] != 0}
    assert len(gaps & planted) / len(planted) > 0.95
    others = len(gaps - planted) / (len(world[1]) - len(planted))
    assert others < 0.08  # 5 % of a normal variable lies beyond 1.96


def key(row):
    return row["exporter"], row["importer"], row["product"], row["period"]


def few(extra=()):
    years = [str(y) for y in range(2010, 2020)]
    sides = [reported(r, "PAK", "AFG", "110100", y, v) for y in years for r, v in (("PAK", 100.0), ("AFG", 110.0))]
    return [*sides, *extra]


def test_both_sides_agree_but_for_the_margin():
    for row in mirror(table(few())).flows.to_pylist():
        assert row["margin"] == pytest.approx(0.1)
        assert row["value_usd"] == pytest.approx(100)
        assert row["gap_usd"] == pytest.approx(0, abs=1e-6)
        assert row["mirror_gap_usd"] == 0


def test_a_gap_is_as_large_the_other_way_round():
    extra = [
        reported("PAK", "PAK", "AFG", "100630", "2012", 100.0),
        reported("AFG", "PAK", "AFG", "100630", "2012", 100_000.0 * (1 + MARGIN)),
        reported("AFG", "AFG", "PAK", "100630", "2012", 100_000.0),
        reported("PAK", "AFG", "PAK", "100630", "2012", 100.0 * (1 + MARGIN)),
    ]
    rows = mirror(table(few(extra))).flows.to_pylist()
    gaps = {r["exporter"]: r["mirror_gap_usd"] for r in rows if r["product"] == "100630"}
    assert 0 < gaps["PAK"] < 100_000
    assert gaps["AFG"] == pytest.approx(-gaps["PAK"], rel=0.2)  # the margin itself is estimated


def test_one_side_alone_is_no_gap():
    extra = [
        reported("PAK", "PAK", "AFG", "100630", "2012", 50.0),
        reported("AFG", "PAK", "AFG", "080300", "2012", 22.0),
    ]
    rows = {r["product"]: r for r in mirror(table(few(extra))).flows.to_pylist() if r["product"] != "110100"}
    rice, fruit = rows["100630"], rows["080300"]
    assert (rice["sides"], rice["import_usd"], rice["gap_usd"], rice["value_usd"]) == (
        "exporter_only",
        None,
        None,
        pytest.approx(50),
    )
    assert (fruit["sides"], fruit["export_usd"]) == ("importer_only", None)
    assert fruit["value_usd"] == pytest.approx(20)


def test_a_year_in_which_one_side_reports_nothing_at_all_has_no_mirror():
    extra = [reported("PAK", "PAK", "AFG", "110100", "2022", 50.0)]
    assert max(r["period"] for r in mirror(table(few(extra))).flows.to_pylist()) == "2019"


def test_aggregates_totals_and_re_exports_do_not_enter():
    extra = [
        reported("PAK", "PAK", "+WLD", "110100", "2012", 900.0),
        reported("PAK", "PAK", "AFG", "+TOTAL", "2012", 900.0),
        reported("PAK", "PAK", "AFG", "110100", "2012", 900.0) | {"flow": "re-export"},
    ]
    assert mirror(table(few(extra))).flows.equals(mirror(table(few())).flows)


def test_national_digits_are_cut_before_the_sides_meet():
    rows = few([
        reported("PAK", "PAK", "AFG", "10063010", "2012", 30.0),
        reported("PAK", "PAK", "AFG", "10063090", "2012", 20.0),
        reported("AFG", "PAK", "AFG", "1006300000", "2012", 55.0),
    ])  # fmt: skip
    (rice,) = [r for r in mirror(table(rows)).flows.to_pylist() if r["product"] == "100630"]
    assert (rice["export_usd"], rice["import_usd"], rice["sides"]) == (50, 55, "both")


def test_too_few_mirrors_are_refused():
    with pytest.raises(BadInputError, match="too few flows"):
        mirror(table([reported("PAK", "PAK", "AFG", "110100", "2012", 50.0)]))


@pytest.mark.shared
def test_pakistan_and_its_neighbours(shared):
    """Both printed figures of each pair come back; Georgia's cars for Azerbaijan, re-exported, are a gap."""
    import csv
    import gzip

    from entrepot.trade.loading import flow_file

    path = shared / "data/trade/comtrade_hs2_partner_selected_reporters.csv.gz"
    codes = {"Afghanistan": "AFG", "Armenia": "ARM", "Azerbaijan": "AZE", "Georgia": "GEO", "Pakistan": "PAK"}
    out, into, there = {}, {}, set()
    with gzip.open(path, "rt", encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            there.add((codes[row["reporter"]], row["flow"], row["year"]))
            if row["partner"] in codes and row["partner"] != row["reporter"] and float(row["value_usd"]) > 0:
                mine, other, rest = codes[row["reporter"]], codes[row["partner"]], (row["hs2"], row["year"])
                if row["flow"] == "Export":
                    out[mine, other, *rest] = float(row["value_usd"])
                elif row["flow"] == "Import":
                    into[other, mine, *rest] = float(row["value_usd"])
    expected = {
        k: (out.get(k), into.get(k))
        for k in out.keys() | into.keys()
        if (k[0], "Export", k[3]) in there and (k[1], "Import", k[3]) in there
    }
    found = mirror(flow_file.read_flows(path).table)
    rows = found.flows.to_pylist()
    assert {key(r): (r["export_usd"], r["import_usd"]) for r in rows} == expected
    assert all(0 <= r["margin"] <= 1 for r in rows)
    cars = [r for r in rows if (r["exporter"], r["importer"], r["product"]) == ("GEO", "AZE", "87")]
    assert sum(r["mirror_gap_usd"] or 0 for r in cars) < -500_000_000


def test_totals_and_a_group_that_reports_as_one_are_mirrored(write):
    heading = "reporter,partner,flow,product,period,value_usd"
    rows = [
        f"{r},{p},{f},TOTAL,{y},{v}"
        for y in range(2010, 2016)
        for r, p, f, v in (
            ("EU27", "KGZ", "export", 100),
            ("KGZ", "EU27", "import", 110),
            ("KGZ", "World", "import", 500),
        )
    ]
    found = mirror(write("\n".join([heading, *rows]) + "\n").table).flows.to_pylist()
    assert {(r["exporter"], r["importer"], r["product"]) for r in found} == {("+EU27", "KGZ", "TOTAL")}
    assert {(r["export_usd"], r["import_usd"]) for r in found} == {(100, 110)}


def test_totals_beside_their_parts_are_not_mirrored_twice(write):
    heading = "reporter,partner,flow,product,period,value_usd"
    rows = [
        f"{r},{p},{f},{c},{y},{v}"
        for y in range(2010, 2016)
        for c in ("TOTAL", "854143")
        for r, p, f, v in (("CHN", "KGZ", "export", 100), ("KGZ", "CHN", "import", 110))
    ]
    found = mirror(write("\n".join([heading, *rows]) + "\n").table).flows.to_pylist()
    assert {r["product"] for r in found} == {"854143"}


def exact_and_not():
    """Five places, twelve codes, thirty years: two that agree to the cent, three that scatter by 0.6 and more."""
    chance = random.Random(7)
    spread = {"AFG": 0.0, "GEO": 0.0, "PAK": 0.6, "UZB": 0.7, "TJK": 0.8}
    rows = []
    for a, b in ((a, b) for a in spread for b in spread if a != b):
        for year, code in ((y, c) for y in range(1990, 2020) for c in range(110, 122)):
            value = math.exp(chance.gauss(14, 1))
            key = a, b, f"100{code}", str(year)
            rows.append(reported(a, *key, value * math.exp(chance.gauss(0, spread[a]))))
            rows.append(reported(b, *key, value * math.exp(chance.gauss(0, spread[b]))))
    return table(rows)


def test_a_spread_that_is_only_the_least_that_is_given_says_so():
    rows = {r["reporter"]: r for r in mirror(exact_and_not()).reliability.to_pylist()}
    assert {n for n, r in rows.items() if r["at_floor"]} == {"AFG", "GEO"}
    assert rows["AFG"]["spread"] == rows["GEO"]["spread"] < min(rows[n]["spread"] for n in ("PAK", "UZB", "TJK"))


def test_the_answer_names_those_at_the_least_in_every_format(tmp_path):
    answer = verb(exact_and_not(), reliability=True, store=tmp_path)
    assert "at_floor" in answer.table.column_names
    (said,) = [n for n in answer.notes if "at_floor" in n]
    assert said.startswith("The spreads of AFG, GEO are no estimates but the least that is given, 0.")


def test_where_every_spread_is_estimated_nothing_is_said_of_the_least(tmp_path):
    """One pair is split evenly: both have half of its variance, which is far above the least."""
    answer = verb(table(few()), reliability=True, store=tmp_path)
    chance = random.Random(3)
    noisy = [r | {"value_usd": r["value_usd"] * math.exp(chance.gauss(0, 0.3))} for r in few()]
    apart = verb(table(noisy), reliability=True, store=tmp_path)
    assert not any(r["at_floor"] for r in apart.table.to_pylist())
    assert not [n for n in apart.notes if "at_floor" in n]
    assert all(r["at_floor"] for r in answer.table.to_pylist())  # both agree in all years: a hundredth is the least
