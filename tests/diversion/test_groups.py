"""A group of countries as origin or destination: its members' flows added up, as by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pyarrow.parquet as pq
import pytest

from entrepot.core import contract
from entrepot.core.errors import BadInputError
from entrepot.diversion.modes.diverted import diverted
from entrepot.diversion.question import Question
from entrepot.diversion.route import question
from entrepot.trade.contract import TRADE_FLOWS
from entrepot.vocabulary.groups import members
from planted.worlds import Size, flows, world

AFTER = np.arange(10) >= 6
BLOC = ("DEU", "FRA", "ITA")


def to_bloc(a, b, k, values):
    """China's sales to three countries halve, and come round through Kazakhstan."""
    if k:
        return values
    if a == "CHN" and b in BLOC:
        return 1e8 * values / values.mean() * np.where(AFTER, 0.5, 1)
    if (a, b) == ("CHN", "KAZ"):
        return values + np.where(AFTER, 1.5e8, 0)
    return values + np.where(AFTER, 0.5e8, 0) if a == "KAZ" and b in BLOC else values


def added_up(rows):
    """By hand: members under one name, what they sell one another left out."""
    out = {}
    for r in rows:
        a, b = ("XEU" if x in BLOC else x for x in (r["exporter"], r["importer"]))
        if a != b:
            key = (a, b, r["product"], r["period"])
            out.setdefault(key, {**r, "exporter": a, "importer": b, "reporter": a, "value_usd": 0.0})
            out[key]["value_usd"] += r["value_usd"]
    return list(out.values())


# Sweden is not in the flows.
ASKED = Question("none", "CHN", "EU", date(2014, 1, 1), united=(("EU", (*BLOC, "SWE")),))


@pytest.fixture(scope="module")
def rows():
    return world(1, to_bloc, Size(places=12, products=3))


def told(scan):
    own = {"signal_id", "source_ids", "rivals", "destination"}
    return [{k: v for k, v in r.items() if k not in own} for r in scan.signals.to_pylist()]


def test_a_group_is_what_its_members_add_up_to(rows):
    one = diverted(flows(rows), ASKED)
    by_hand = [r | {"reporter": "OWN"} for r in added_up(rows)]
    assert told(one) == told(diverted(flows(by_hand), replace(ASKED, destination="XEU", united=())))
    top = next(r for r in one.signals.to_pylist() if r["product"] == "10")
    assert (top["hub"], top["word"], top["destination"]) == ("KAZ", "possible hub", "EU")


def test_a_group_that_the_flows_count_as_one_is_taken_so(rows):
    whole = [{**r, "importer": "+EU27" if r["importer"] == "XEU" else r["importer"]} for r in added_up(rows)]
    whole = [{**r, "exporter": "+EU27", "reporter": "+EU27"} if r["exporter"] == "XEU" else r for r in whole]
    scan = diverted(flows(whole), ASKED)
    assert told(scan) == told(diverted(flows(rows), ASKED))
    assert scan.told[0] == "EU is counted as one in these flows (EU27)."


def test_a_file_is_united_as_a_table_is(rows, tmp_path):
    table = flows(rows)
    pq.write_table(table, tmp_path / "flows.parquet")
    assert diverted(tmp_path / "flows.parquet", ASKED).signals.equals(diverted(table, ASKED).signals)


def test_a_member_that_does_not_report_every_year_stands_alone_and_is_named(rows):
    kept = [r for r in rows if not (r["exporter"] == "FRA" and r["period"] == "2015")]
    back = replace(ASKED, origin="EU", destination="USA")
    scan = diverted(flows(kept), back)
    who = "EU stands for 2 of its 4 members: DEU, ITA; FRA did not report every period and stand alone."
    assert scan.told[:2] == (who, "Of 1 member the flows have no row: SWE.")
    assert "FRA" in {r["hub"] for r in scan.signals.to_pylist()}
    assert not {"DEU", "ITA"} & {r["hub"] for r in scan.signals.to_pylist()}


def test_what_a_member_sells_that_stands_alone_is_nothing_to_compare_with(rows):
    """It is under the same measure: a scan says the same with its sales in the file as without them."""
    kept = [r for r in rows if not (r["exporter"] == "FRA" and r["period"] == "2015")]
    back = replace(ASKED, origin="EU", destination="USA")
    scan = diverted(flows(kept), back)
    without = diverted(flows([r for r in kept if r["exporter"] != "FRA"]), back)
    assert told(scan) == told(without)
    sold = {m: sum(r["value_usd"] for r in kept if r["exporter"] == m) for m in BLOC}
    share = f"{sold['FRA'] / sum(sold.values()):.1%}"
    assert any(f"({share} of what all members do)" in said and "FRA: 2015." in said for said in scan.told)


def test_one_seller_stays_one_though_a_member_stands_alone(rows):
    """Where only a group reports, a member with a gap is no second seller: its partners are compared with one another.

    Called so, its sales to the very places that are suspected would be the untouched ones.
    """
    sold = [r for r in rows if r["exporter"] in BLOC]
    kept = [r for r in sold if not (r["exporter"] == "FRA" and r["period"] == "2015")]
    scan = diverted(flows(kept), replace(ASKED, origin="EU", destination="USA"))
    assert any(said.startswith("Only EU reports") for said in scan.told)
    assert not any("untouched" in said for said in scan.told)


def test_a_member_whose_gap_lies_behind_the_last_day_is_in_the_group(rows):
    last = max(r["period"] for r in rows)
    kept = [r for r in rows if not (r["exporter"] == "FRA" and r["period"] == last)]
    asked = replace(ASKED, origin="EU", destination="USA", until=date(int(last) - 1, 12, 31))
    assert told(diverted(flows(kept), asked)) == told(diverted(flows(rows), asked))
    assert diverted(flows(kept), asked).told[0].startswith("EU stands for 3 of its 4 members")


def test_nobody_who_reports_every_year_is_refused(rows):
    back = replace(ASKED, origin="EU", destination="USA", united=(("EU", ("SWE", "AUT")),))
    with pytest.raises(BadInputError, match="no member of EU"):
        diverted(flows(rows), back)


@pytest.mark.parametrize(("since", "count"), [("2006", 25), ("2012", 27), ("2019", 28), ("2022-06", 27)])
def test_the_members_are_those_of_the_day(since, count):
    found = question("none", origin="RUS", destination="EU27", since=since)
    assert found.destination == "EU"
    [(name, inside)] = found.united
    assert (name, len(inside)) == ("EU", count)
    assert ("GBR" in inside) == (count in {25, 28} or since == "2012")


def test_a_country_is_in_a_union_once():
    for group in ("EU", "EAEU", "ASEAN"):
        inside = members(group, date(2024, 1, 1))
        assert len(set(inside)) == len(inside)
    assert members("EAEU", date(2024, 1, 1)) == ("ARM", "BLR", "KAZ", "KGZ", "RUS")


def test_totals_of_all_goods_of_a_group_that_reports_as_one_are_scanned_without_its_members():
    sizes = {"RUS": 90, "KGZ": 2, "KAZ": 9, "SRB": 12, "DEU": 500, "CHE": 80, "USA": 300}
    rows = [
        ("+EU27", "+EU27", partner, "export", "+TOTAL", str(year), size * 1e9 * (1 + 0.01 * (year % 3)))
        for year in range(2015, 2024)
        for partner, size in sizes.items()
    ]
    names = ("reporter", "exporter", "importer", "flow", "product", "period", "value_usd")
    rest = {"valuation": "FOB", "hs_vintage": "unknown", "frequency": "year", "status": "reported", "source_id": "test"}
    table = contract.table(TRADE_FLOWS, [dict(zip(names, row, strict=True)) | rest for row in rows])
    asked = question("none", origin="EU27", destination="RUS", since="2022-02-24")
    signals = diverted(table, asked).signals.to_pylist()
    assert {s["product"] for s in signals} == {"TOTAL"}
    assert {s["hub"] for s in signals} == {"KGZ", "KAZ", "SRB", "CHE", "USA"}  # Germany is in the group


def test_a_group_that_nobody_counts_from_within_is_those_of_it_that_the_flows_have():
    """China alone reports, to Spain, Poland and the United Kingdom: nobody counts what the union buys."""
    partners = {"ESP": 40, "POL": 20, "GBR": 30, "TUR": 10, "VNM": 12, "MAR": 5}
    rows = [
        ("CHN", "CHN", partner, "export", code, str(year), size * 1e6 * (1 + 0.02 * (year % 4)))
        for year in range(2013, 2023)
        for code in ("400911", "400921", "400931")
        for partner, size in partners.items()
    ]
    names = ("reporter", "exporter", "importer", "flow", "product", "period", "value_usd")
    rest = {"valuation": "FOB", "hs_vintage": "HS2012", "frequency": "year", "status": "reported", "source_id": "test"}
    table = contract.table(TRADE_FLOWS, [dict(zip(names, row, strict=True)) | rest for row in rows])
    told = diverted(table, question("none", origin="CHN", destination="EU", since="2018", products=("400911",))).told
    assert told[0] == "EU stands for 3 of its 28 members: ESP, GBR, POL."
    assert told[1].startswith("Of 25 members the flows have no row: AUT, BEL, ")
    assert told[2] == "GBR was in EU to 2020-01-31, and stays in it after."
    later = diverted(table, question("none", origin="CHN", destination="EU", since="2021", products=("400911",))).told
    assert later[0] == "EU stands for 2 of its 27 members: ESP, POL."
    assert not any("GBR" in s for s in later[:3])
