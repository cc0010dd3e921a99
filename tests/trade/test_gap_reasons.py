"""What could stand behind a mirror gap: planted, counted by hand, and on Georgia's cars, which it re-exports."""

import csv
import gzip
import math
import random
from collections import defaultdict

import pytest

from entrepot.core import contract
from entrepot.desk.desk import Desk
from entrepot.trade.contract import TRADE_FLOWS

MARGIN = 0.05  # planted in every pair that is not spoiled
YEARS = ("2018", "2019", "2020")
PLACES = ("AUT", "BEL", "CHE", "DNK")
PRODUCTS = ("610110", "610120", "610190", "610290", "720110")
YEAR = "2019"


def row(flow, exporter, importer, product, period, value, **more):  # noqa: PLR0913, PLR0917
    """One report; kilograms are half the dollars unless said."""
    return {
        "reporter": exporter if "export" in flow else importer,
        "exporter": exporter,
        "importer": importer,
        "flow": flow,
        "valuation": "CIF" if flow == "import" else "FOB",
        "product": product,
        "hs_vintage": "HS2017",
        "period": period,
        "frequency": "year",
        "value_usd": value,
        "status": "simulated",
        "source_id": "simulated",
    } | more


def world(*, weights=True, margin=MARGIN):
    """Both sides' reports of four places, agreed but for the margin and an error of 2 %: key to the report."""
    chance, held = random.Random(7), {}
    for a in PLACES:
        for b in PLACES:
            for product in PRODUCTS if a != b else ():
                for year in YEARS:
                    value = math.exp(chance.gauss(14, 0.5))
                    kg = {"net_kg": value / 2} if weights else {}
                    held["export", a, b, product, year] = row("export", a, b, product, year, value, **kg)
                    landed = value * (1 + margin) * math.exp(chance.gauss(0, 0.02))
                    held["import", a, b, product, year] = row("import", a, b, product, year, landed, **kg)
    return held


def found(held, tmp_path, more=()):
    """The reasons for the flow that is spoiled, by reason; and the verb's answer."""
    desk = Desk(store=tmp_path)
    answer = desk.mirror(contract.table(TRADE_FLOWS, [*held.values(), *more]), reasons=True)
    by_reason = defaultdict(list)
    for one in answer.table.to_pylist():
        if (one["exporter"], one["importer"], one["product"], one["period"]) == ("AUT", "BEL", "610110", YEAR):
            by_reason[one["reason"]].append(one)
    return by_reason, desk, answer


KEY = ("AUT", "BEL", "610110", YEAR)


def test_where_both_sides_agree_no_reason_is_given(tmp_path):
    _, _, answer = found(world(), tmp_path)
    apart = answer.table.num_rows
    # Of 180 flows one in twenty lies beyond 1.96 deviations by chance; those have reasons of their own.
    assert apart < 0.15 * 180
    assert any("Amounts are upper bounds" in n for n in answer.notes)


def test_goods_that_another_importer_receives(tmp_path):
    held = world()
    for year in YEARS:
        moved = 0.6 * held["import", "AUT", "BEL", "610110", year]["value_usd"]
        held["import", "AUT", "BEL", "610110", year]["value_usd"] -= moved
        held["import", "AUT", "DNK", "610110", year]["value_usd"] += moved
    by_reason, desk, _ = found(held, tmp_path)
    first = by_reason["third_place"][0]
    assert (first["beside"], first["opposite"], first["both"]) == ("DNK", 3, 3)
    assert first["gap_usd"] < 0
    # Both gaps are the same goods; the margins that are estimated differ by their errors.
    sent = held["export", *KEY]["value_usd"]
    assert first["amount_usd"] == pytest.approx(0.6 * sent, rel=0.1)
    assert "AUT counts as going to BEL and DNK receives" in first["consistent_with"]
    (told,) = desk.explain(first["reason_id"])
    reports = {(r["flow"], r["importer"]) for _, r in told.rows}
    assert reports == {("export", "BEL"), ("import", "BEL"), ("export", "DNK"), ("import", "DNK")}
    assert "3 of 3 periods" in told.rule
    assert "not that it is" in told.rule


def test_goods_counted_by_their_origin_through_another_exporter(tmp_path):
    held = world()
    moved = 0.5 * held["import", "DNK", "BEL", "610110", YEAR]["value_usd"]
    held["import", "DNK", "BEL", "610110", YEAR]["value_usd"] -= moved
    held["import", *KEY]["value_usd"] += 5 * moved
    by_reason, _, _ = found(held, tmp_path)
    (told,) = [r for r in by_reason["third_place"] if r["beside"] == "DNK"]
    assert told["gap_usd"] > 0
    assert told["amount_usd"] == pytest.approx(moved / (1 + MARGIN), rel=0.1)
    assert told["consistent_with"] == "goods that DNK sends and BEL counts as those of AUT, by their origin"


def test_goods_under_another_code_or_in_another_year(tmp_path):
    for other, reason, beside in (
        (("AUT", "BEL", "610120", YEAR), "other_code", "610120"),
        (("AUT", "BEL", "610110", "2020"), "other_period", "2020"),
    ):
        held = world()
        moved = 0.7 * held["import", *KEY]["value_usd"]
        held["import", *KEY]["value_usd"] -= moved
        held["import", *other]["value_usd"] += moved
        by_reason, _, _ = found(held, tmp_path)
        (told,) = by_reason[reason]
        assert told["beside"] == beside
        assert told["share"] == pytest.approx(1, abs=0.1)


def test_reports_without_partner_or_code_and_re_exports(tmp_path):
    held = world()
    lost = held["import", *KEY]["value_usd"] * 0.8
    held["import", *KEY]["value_usd"] -= lost
    more = [
        row("import", "+NES", "BEL", "610110", YEAR, lost),
        row("import", "AUT", "BEL", "9999AA", YEAR, lost / 2),
        row("re-export", "AUT", "BEL", "610110", YEAR, lost / 4),
    ]
    by_reason, desk, _ = found(held, tmp_path, more)
    for reason, beside, amount in (
        ("place_withheld", "+NES", lost),
        ("code_withheld", "9999AA", lost / 2),
        ("re_exports", None, lost / 4),
    ):
        (told,) = by_reason[reason]
        assert told["beside"] == beside
        assert told["amount_usd"] == pytest.approx(min(amount, abs(told["gap_usd"])), rel=1e-6)
        (behind,) = desk.explain(told["reason_id"])
        assert any(r["value_usd"] == pytest.approx(amount) for _, r in behind.rows)


def test_a_code_that_one_side_reports_with_nobody(tmp_path):
    held = {k: r for k, r in world().items() if not (k[0] == "import" and k[2] == "BEL" and k[3:] == KEY[2:])}
    by_reason, _, _ = found(held, tmp_path)
    (told,) = by_reason["not_reported"]
    assert told["share"] == 1
    assert told["consistent_with"] == "a code under which BEL reports no partner at all in 2019"
    # Where it reports the code with another partner it is not one that it keeps back.
    held["import", "CHE", "BEL", "610110", YEAR] = row("import", "CHE", "BEL", "610110", YEAR, 5.0)
    assert not found(held, tmp_path)[0]["not_reported"]


@pytest.mark.parametrize(
    ("kilograms", "reason", "none"), [(1.0, "valuation", "quantity"), (0.3, "quantity", "valuation")]
)
def test_quantities_that_agree_speak_for_prices_and_those_that_lack_for_goods(kilograms, reason, none, tmp_path):
    held = world()
    held["import", *KEY]["value_usd"] *= 0.3
    held["import", *KEY]["net_kg"] *= kilograms
    by_reason, _, _ = found(held, tmp_path)
    (told,) = by_reason[reason]
    assert told["share"] == pytest.approx(1, abs=0.01)
    assert told["quantity_pct"] == pytest.approx(100 * kilograms)
    assert not by_reason[none]


def test_prices_and_quantities_share_a_gap_that_both_make(tmp_path):
    held = world()
    held["import", *KEY]["value_usd"] *= 0.25  # half the quantity at half the price
    held["import", *KEY]["net_kg"] *= 0.5
    by_reason, _, _ = found(held, tmp_path)
    (valued,), (counted,) = by_reason["valuation"], by_reason["quantity"]
    # At the exporter's price half the goods lack; the other half is worth half as much: two thirds and one.
    assert counted["share"] == pytest.approx(2 / 3, abs=0.05)
    assert valued["share"] + counted["share"] == pytest.approx(1, abs=0.01)


def test_without_weights_nothing_is_said_of_quantities(tmp_path):
    held = world(weights=False)
    held["import", *KEY]["value_usd"] *= 0.3
    by_reason, _, _ = found(held, tmp_path)
    assert not {"valuation", "quantity"} & set(by_reason)


def test_what_freight_makes_of_a_difference(tmp_path):
    held = world()
    sent = held["export", *KEY]["value_usd"]
    held["import", *KEY]["value_usd"] = 1.5 * sent
    by_reason, _, _ = found(held, tmp_path)
    (told,) = by_reason["freight"]
    assert told["gap_usd"] == pytest.approx(0.5 * sent, rel=1e-6)
    assert told["share"] == pytest.approx(MARGIN / 0.5, abs=0.03)


@pytest.mark.parametrize(
    ("planted", "reason", "words"),
    [
        # 19.3 % is the dearest group of countries that UNCTAD gives for 2021; the errors planted are 2 %
        (0.02, "freight", "freight and insurance: "),
        (0.10, "freight", "freight and insurance: "),
        (0.17, "freight", "freight and insurance: "),
        (0.23, "margin", "what "),
        (0.40, "margin", "what "),
        (0.75, "margin", "what "),
    ],
)
def test_a_margin_is_called_freight_only_where_freight_costs_as_much_anywhere(planted, reason, words, tmp_path):
    held = world(margin=planted)
    held["import", *KEY]["value_usd"] = 2.5 * held["export", *KEY]["value_usd"]
    by_reason, desk, _ = found(held, tmp_path)
    assert {"freight", "margin"} & set(by_reason) == {reason}
    (told,) = by_reason[reason]
    assert told["consistent_with"].startswith(words)
    assert ("which is more than freight and insurance" in told["consistent_with"]) == (reason == "margin")
    rules = [behind.rule for i in ("reason_id", "mirror_id") for behind in desk.explain(told[i])]
    assert all(("freight and insurance alone cost less: by UNCTAD" in r) == (reason == "margin") for r in rules)
    assert ("freight and insurance are in it" in rules[1]) == (reason == "freight")
    assert "what importers' figures lie above exporters' by, estimated from all flows of the file" in rules[1]


@pytest.mark.parametrize(("planted", "beyond"), [(0.05, 0), (0.15, 0), (0.30, 24), (0.60, 24)])
def test_the_answer_counts_the_margins_that_freight_does_not_come_to(planted, beyond, tmp_path):
    """Twelve pairs of four places, two chapters each."""
    told = Desk(store=tmp_path).mirror(contract.table(TRADE_FLOWS, [*world(margin=planted).values()])).notes
    said = [n for n in told if "margins of a pair and chapter" in n]
    assert len(said) == bool(beyond)
    assert all(n.startswith(f"Of 24 margins of a pair and chapter {beyond} are more than 19%: freight") for n in said)


@pytest.mark.shared
def test_georgias_cars_that_armenia_and_azerbaijan_count_by_origin(shared, tmp_path):
    """Its re-exports as the file prints them, added up by the csv module, are nearly all of the gap in every year."""
    path = shared / "data" / "trade" / "comtrade_hs2_partner_selected_reporters.csv.gz"
    places = {"Armenia": "ARM", "Azerbaijan": "AZE"}
    printed, lines = {}, []
    with gzip.open(path, "rt", encoding="utf-8") as text:
        for one in csv.DictReader(text):
            if {one["reporter"], one["partner"]} <= {"Georgia", "Pakistan", "Afghanistan", *places}:
                lines.append(one)
            if one["reporter"] == "Georgia" and one["flow"] == "Re-Export" and one["hs2"] == "87":
                printed[places.get(one["partner"]), one["year"]] = float(one["value_usd"])
    cars = tmp_path / "caucasus.csv"
    with cars.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, lines[0])
        writer.writeheader()
        writer.writerows(lines)
    answer = Desk(store=tmp_path).mirror(cars, product="87", reasons=True, accept_loss=1)
    told = [r for r in answer.table.to_pylist() if r["reason"] == "re_exports" and r["exporter"] == "GEO"]
    large = [r for r in told if r["importer"] in places.values() and r["gap_usd"] < -5e7]
    assert len(large) >= 10
    for one in large:
        assert one["amount_usd"] == pytest.approx(
            min(printed[one["importer"], one["period"]], -one["gap_usd"]), rel=1e-6
        )
        assert one["share"] > 0.75


def test_freight_is_no_reason_why_the_importer_counts_too_little(tmp_path):
    held = world(margin=0.15)
    # Where 15 % more is usual with an error of 2 %, 4 % more is too little, though more than the exporter's.
    held["import", *KEY]["value_usd"] = held["export", *KEY]["value_usd"] * 1.04
    reasons, _, answer = found(held, tmp_path)
    assert reasons
    assert not {"freight", "margin"} & set(reasons)
    assert all(r["gap_usd"] > 0 for r in answer.table.to_pylist() if r["reason"] in {"freight", "margin"})
