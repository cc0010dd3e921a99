"""The scans that need no file: their flows are the publishers' figures, and what is said keeps to their legs."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict

import pyarrow as pa
import pytest

from entrepot.core.errors import BadInputError, UnknownNameError
from entrepot.desk.demos import demos as listed
from entrepot.desk.demos import given
from entrepot.desk.divert import divert
from entrepot.desk.explain import explain
from entrepot.diversion.contract import BLIND
from entrepot.diversion.demo_scans import demo, demos
from entrepot.diversion.second_leg import Goods, SecondLeg, in_words, second_legs
from entrepot.diversion.signals.signal_words import amount, answer
from entrepot.measures.measure import measure
from entrepot.trade.panels import panel, panel_flows, panel_rows, panels

# Growth of the EU's exports from 2021 to 2022 as Eurostat's files give it, per cent.
PUBLISHED = {"KGZ": 344.8, "ARM": 148.9, "TTO": 122.6, "KAZ": 88.6, "UZB": 63.8}
NAMES = {
    "KGZ": "Kyrgyzstan", "ARM": "Armenia", "TTO": "Trinidad & Tobago", "KAZ": "Kazakhstan", "UZB": "Uzbekistan",
}  # fmt: skip


def test_every_panel_keeps_the_contract_of_flows():
    for name in panels():
        table = panel_flows(name)  # checked against trade_flows as it is made
        assert table.num_rows == len(panel_rows(name))


def test_growth_of_the_union_is_the_published_one():
    sold = {(r["importer"], r["period"]): r["value"] for r in panel_rows("eu27-exports")}
    for place, percent in PUBLISHED.items():
        assert round(100 * (sold[place, "2022"] / sold[place, "2021"] - 1), 1) == percent
        assert f"{NAMES[place]} +{percent:,.1f} %" in demo("russia-2022").growth.said


def test_countries_of_a_month_are_no_more_than_the_total_of_the_publisher():
    """A conservation law: those countries that the panel has, added up, stay below all countries."""
    sums, totals = defaultdict(float), {}
    for r in panel_rows("us-imports-naics3"):
        key = r["product"], r["period"]
        if r["exporter"] == "+WLD":
            totals[key] = r["value"]
        else:
            sums[key] += r["value"]
    assert len(totals) == 3 * 155  # three industries, 2013-01 to 2025-11
    assert all(sums[key] <= totals[key] for key in totals)


@pytest.mark.shared
def test_a_year_of_a_panel_adds_up_to_that_of_its_file(shared):
    name = shared / "data" / "trade" / "eurostat_yearly_as_downloaded" / "eu27_exports_2017.csv"
    with name.open(encoding="utf-8-sig") as file:
        printed = {r["PARTNER"]: r["VALUE_IN_EUR"] for r in csv.DictReader(file)}
    kept = sum(r["value"] for r in panel_rows("eu27-exports") if r["period"] == "2017")
    whole = float(printed["Extra-EU27 (from 2020)"])
    apart = ("Ceuta", "Melilla", "High seas")
    left = [v for name, v in printed.items() if "extra-Union" in name or name.startswith(apart)]
    assert kept + sum(map(float, left)) == pytest.approx(whole, rel=1e-9)


@pytest.mark.parametrize("name", list(demos()))
def test_each_asks_of_a_measure_on_record_and_says_which_leg_is_missing(name):
    found = demo(name)
    assert measure(found.measure)
    assert "leg" in found.missing
    assert "https://" in found.missing
    assert found.credit


@pytest.mark.parametrize("name", ["russia-2022", "uflpa-apparel"])
def test_where_one_leg_is_missing_nobody_is_a_possible_hub(name, tmp_path):
    found = divert(demo=name, store=tmp_path)
    words = set(found.table.column("word").to_pylist())
    assert "possible hub" not in words
    assert demo(name).missing in found.notes
    assert any(demo(name).credit in n for n in found.notes)


def test_the_loss_of_russia_stands_in_each_row(tmp_path):
    table = divert(demo="russia-2022", hubs="KGZ,ARM,KAZ", store=tmp_path).table.to_pylist()
    rows = {r["hub"]: r for r in table if r["hub"] != "+ALL"}
    assert {r["destination"] for r in rows.values()} == {"RUS"}
    assert rows["KGZ"]["excess_in"] > 0
    assert rows["KGZ"]["loss"] > 0


def test_a_demo_or_flows_not_both_and_not_neither():
    with pytest.raises(BadInputError, match="--demo"):
        given(None, None, "none", None, None)
    with pytest.raises(BadInputError, match="own flows"):
        given("flows.csv", "russia-2022", "none", None, None)
    with pytest.raises(UnknownNameError, match="russia-2022"):
        given(None, "russia", "none", None, None)


def test_what_a_person_says_wins_over_the_demo():
    assert given(None, "uflpa-solar", "none", None, None).since == "2023-08-23"
    assert given(None, "uflpa-solar", "none", "2022-06-21", None).since == "2022-06-21"
    assert given(None, "uflpa-solar", "us-solar-adcvd-2025", None, None).since is None


def test_they_are_listed():
    assert listed().table.column("demo").to_pylist() == list(demos())


def test_the_second_leg_is_the_sum_of_its_codes():
    """Beside a sum by hand over the rows as they lie: what a place sold, and what it bought of the origin that year."""
    found = demo("uflpa-solar")
    legs = second_legs(found.second, found.table(), "CHN").to_pylist()
    sold = sum(
        r["value"]
        for r in panel_rows("us-imports-solar-2024")
        if r["exporter"] == "VNM" and r["product"].startswith("854143")
    )
    (row,) = [r for r in legs if (r["place"], r["leg"], r["goods"]) == ("VNM", "out", "modules")]
    assert row["value_usd"] == pytest.approx(sold)
    assert not [r for r in legs if r["place"] == "CHN"]
    none = second_legs(SecondLeg("us-imports-solar-2024", "1999", (), (Goods("x", ("8541",)),)), found.table(), "CHN")
    assert none.num_rows == 0


def test_the_second_leg_is_said_in_dollars():
    def leg(place, way, goods, value):
        return {"place": place, "leg": way, "goods": goods, "period": "2024", "value_usd": value}

    rows = [
        leg("VNM", "in", "cells", 45_400_000.0), leg("VNM", "out", "modules", 5_505_000_000.0),
        leg("MEX", "in", "wafers", 380_000.0), leg("MEX", "out", "modules", 220_000_000.0),
        leg("LAO", "out", "cells", 999_600.0),
    ]  # fmt: skip
    assert in_words(pa.Table.from_pylist(rows), 3) == (
        "Vietnam in 2024: bought cells USD 45 million; sold modules USD 5.505 billion.",
        "Mexico in 2024: bought wafers under USD 1 million; sold modules USD 220 million.",
        "Laos in 2024: bought nothing of these; sold cells USD 1 million.",
    )


def test_flows_into_one_market_say_that_every_seller_there_may_have_been_moved(tmp_path):
    told = divert(demo="uflpa-apparel", store=tmp_path).notes
    assert not any(n.startswith("Compared with 0") for n in told)
    (said,) = [n for n in told if n.startswith("All flows end in USA")]
    sellers = {r["exporter"] for r in panel_rows("us-imports-naics3")} - {"CHN", "+WLD"}
    assert int(said.split(" in all")[0].split()[-1]) == len(sellers)


def test_partners_of_one_seller_are_the_suspects_and_not_called_untouched(tmp_path):
    told = divert(demo="russia-2022", store=tmp_path).notes
    others = {r["importer"] for r in panel_rows("eu27-exports")} - {"RUS", "+WLD"}
    (said,) = [n for n in told if n.startswith("Compared with")]
    assert said.startswith(f"Compared with one another: {len(others)} partners of EU in 1 product, any of which the ")
    assert not any("untouched" in n for n in told)


def test_the_numbers_of_countries_that_are_told_are_those_of_the_panels():
    def places(name, side):
        return {r[side] for r in panel_rows(name)} - {"+WLD"}

    apparel, union = places("us-imports-naics3", "exporter"), places("eu27-exports", "importer")
    assert f"from {len(apparel) - 1} other countries" in demo("uflpa-apparel").says
    assert f"from {len(apparel)} countries" in panel("us-imports-naics3")["title"]
    assert f"{len(union) - 1} other partners" in demo("russia-2022").says
    assert f"{len(union)} partners" in panel("eu27-exports")["title"]


@pytest.mark.parametrize("name", list(demos()))
def test_no_signal_is_said_only_where_a_rise_that_could_have_come_would_have_been_seen(name, tmp_path):
    """The bound is made by hand: the loss of the row, or all that the publisher counts of the goods since the day."""
    found = divert(demo=name, store=tmp_path)
    rows = [r for r in found.table.to_pylist() if r["hub"] != "+ALL"]
    sold = defaultdict(float)
    for row in demo(name).table().to_pylist():
        if row["period"] >= rows[0]["since"]:
            sold[row["product"]] += row["value_usd"] or 0.0
    said = Counter()
    for r in rows:
        could = r["loss"] if r["loss"] is not None else sum(sold[p] for p in r["product"].split("/"))
        if r["word"] == "no signal":
            assert r["seen_from"] <= could, (r["product"], r["hub"])
        said[r["reason"]] += 1
        assert (r["reason"] is None) == r["judged"] == (r["word"] != "cannot be judged")
        if r["reason"] == BLIND and r["seen_from"] is None:
            assert r["why_not"].startswith("no rise, up to all trade of the goods in the flows, would have been seen")
        elif r["reason"] == BLIND:
            assert r["seen_from"] >= could * (1 - 1e-5)
            only = f"only a rise of {amount(r['seen_from'], r['unit'])} or more would have been seen"
            assert answer(r) == f"cannot be judged: {only}"
            assert r["why_not"].startswith(only)
    assert said[BLIND] > 0, "each of the three has such rows"
    assert any(f"would enough have been seen ({said[BLIND]})" in n for n in found.notes)


def test_of_the_solar_demo_hardly_anything_can_be_judged_and_its_page_says_so(tmp_path):
    """Of 94 rows that were looked at 92 could show nothing: each was once told as no signal."""
    found = divert(demo="uflpa-solar", html=tmp_path / "page.html", store=tmp_path)
    words = Counter(found.table.column("word").to_pylist())
    assert words["no signal"] <= 2
    text = (tmp_path / "page.html").read_text(encoding="utf-8")
    first = next(r for r in found.table.to_pylist() if r["reason"] == BLIND)
    assert answer(first) in text
    (shown,) = explain(first["signal_id"], store=tmp_path)
    assert shown.told[0] == f"{answer(first)}."
