"""The scan on panels whose truth is known."""

from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl
import pytest

from entrepot.core.errors import BadInputError, UnknownNameError
from entrepot.desk.divert import divert
from entrepot.diversion.contract import ALL_HUBS
from entrepot.diversion.modes.diverted import diverted, unjudged
from entrepot.diversion.question import Question
from planted.worlds import Size, flows, world

YEARS = 10
AFTER = np.arange(YEARS) >= 6
ASKED = Question("none", "CHN", "USA", date(2014, 1, 1))
BIG = 3e8


def through(hub, share=0.5):
    """A direct leg of `BIG` a year, `share` of which goes through a hub from the measure on."""

    def change(a, b, k, values):
        if k:
            return values
        noise = values / np.mean(values)
        if (a, b) == ("CHN", "USA"):
            return BIG * noise * np.where(AFTER, 1 - share, 1.0)
        if (a, b) in {("CHN", hub), (hub, "USA")}:
            return values + np.where(AFTER, share * BIG, 0.0)
        return values

    return change


@pytest.fixture(scope="module")
def found():
    return {
        r["hub"]: r for r in rows_of(diverted(flows(world(1, change=through("KAZ"))), ASKED)) if r["product"] == "10"
    }


def rows_of(scan):
    return scan.signals.to_pylist()


def test_a_planted_hub_is_found_and_alone(found):
    assert found["KAZ"]["word"] == "possible hub"
    assert [h for h, r in found.items() if r["word"] == "possible hub"] == ["KAZ"]


def test_its_interval_holds_what_was_planted(found):
    row, planted = found["KAZ"], 0.5 * BIG * AFTER.sum()
    assert row["low_95"] <= planted <= row["high_95"]
    assert row["low"] == 0
    assert "own output is not known" in row["why_not"]


def test_each_leg_breaks_when_it_was_moved(found):
    assert {found["KAZ"][f"break_{leg}"] for leg in ("direct", "in", "out")} == {"2014"}


def test_known_output_lifts_the_lower_end():
    rows = world(1, change=through("KAZ"))
    output = [
        {"product": "10", "hub": "KAZ", "period": str(2008 + t), "amount": 1e7, "unit": "USD"} for t in range(YEARS)
    ]
    scan = diverted(flows(rows), ASKED, pl.DataFrame(output).to_arrow())
    row = next(r for r in rows_of(scan) if (r["product"], r["hub"]) == ("10", "KAZ"))
    assert row["low"] > 0.5 * row["high"]
    assert row["low"] + row["low_se"] >= row["high"] * 0.5


def test_a_loss_that_goes_nowhere_finds_nobody():
    def cut(a, b, k, values):
        return np.where(AFTER, 0.4 * values, values) if (a, b, k) == ("CHN", "USA", 0) else values

    assert not [r for r in rows_of(diverted(flows(world(2, change=cut)), ASKED)) if r["word"] == "possible hub"]


def test_a_boom_of_a_hub_is_not_diversion():
    def boom(a, b, _k, values):
        return np.where(AFTER, 3 * values, values) if "KAZ" in {a, b} else values

    assert not [r for r in rows_of(diverted(flows(world(3, change=boom)), ASKED)) if r["word"] == "possible hub"]


def test_a_direct_leg_that_rose_leaves_nothing_to_attribute():
    def rise(a, b, k, values):
        return np.where(AFTER, 2 * values, values) if (a, b, k) == ("CHN", "USA", 0) else values

    rows = [r for r in rows_of(diverted(flows(world(4, change=rise)), ASKED)) if r["product"] == "10"]
    assert {r["word"] for r in rows} == {"nothing to attribute"}
    assert {r["high"] for r in rows} == {0.0}


def two(a, b, k, values):
    """Three tenths through each of two places."""
    first, second = through("KAZ", 0.3)(a, b, k, values), through("KGZ", 0.3)(a, b, k, values)
    if k == 0 and (a, b) == ("CHN", "USA"):
        return np.where(AFTER, 0.4 / 0.7, 1.0) * first
    return first if "KAZ" in {a, b} else second if "KGZ" in {a, b} else values


def test_of_several_hubs_the_desk_says_that_they_are_not_to_be_added(tmp_path):
    asked = {"origin": "CHN", "destination": "USA", "since": "2014", "store": tmp_path}
    said = [divert(flows(world(6, change=c)), **asked).notes for c in (two, through("KAZ", 0.3))]
    assert [any("not to be added" in note for note in notes) for notes in said] == [True, False]


def test_all_hubs_together_stay_within_the_loss():
    rows = [r for r in rows_of(diverted(flows(world(6, change=two)), ASKED)) if r["product"] == "10"]
    hubs = {r["hub"]: r for r in rows if r["word"] == "possible hub"}
    assert hubs.keys() == {"KAZ", "KGZ", ALL_HUBS}
    assert hubs[ALL_HUBS]["high"] <= hubs[ALL_HUBS]["loss"]
    assert hubs[ALL_HUBS]["high"] <= hubs["KAZ"]["high"] + hubs["KGZ"]["high"] + 1


def test_calm_worlds_find_next_to_nothing():
    scans = [rows_of(diverted(flows(world(s, size=Size(10, 3))), ASKED)) for s in range(20, 32)]
    hits = sum(any(r["word"] == "possible hub" for r in rows) for rows in scans)
    assert hits <= 3  # the 95 % limit of 12 scans at one in ten


def test_a_year_that_nobody_reports_is_no_zero():
    rows = [r for r in world(1, change=through("KAZ")) if not (r["exporter"] == "KAZ" and r["period"] == "2016")]
    row = next(r for r in rows_of(diverted(flows(rows), ASKED)) if (r["product"], r["hub"]) == ("10", "KAZ"))
    planted = 0.5 * BIG * AFTER.sum()
    assert row["low_95"] <= planted <= row["high_95"]


def test_a_leg_that_nobody_reports_is_said():
    only = [r for r in world(1, change=through("KAZ")) if r["exporter"] in {"CHN", "DEU"}]
    row = next(r for r in rows_of(diverted(flows(only), ASKED)) if (r["product"], r["hub"]) == ("10", "KAZ"))
    assert row["legs"] == "in_only"
    assert row["low"] == 0
    assert "out of the hub" in row["why_not"]


def test_where_only_the_origin_reports_there_is_no_lower_end():
    only = [r for r in world(1, through("KAZ"), Size(20)) if r["exporter"] == "CHN"]
    rows = rows_of(diverted(flows(only), ASKED))
    assert {r["mode"] for r in rows} == {"partner"}
    assert {r["low"] for r in rows} == {None}
    top = next(r for r in rows if r["product"] == "10")
    assert top["hub"] == "KAZ"
    assert top["break_in"] == "2014"


def test_aggregates_and_totals_are_no_partners():
    rows = world(1)
    extra = [r | {"importer": "+EU27"} for r in rows[:10]] + [r | {"product": "+TOTAL"} for r in rows[10:20]]
    found = rows_of(diverted(flows(rows + extra), ASKED))
    assert not [r for r in found if r["hub"].startswith("+") and r["hub"] != ALL_HUBS]
    assert "+TOTAL" not in {r["product"] for r in found}


def test_a_short_series_is_listed_as_not_judged():
    rows = [r for r in world(1) if r["period"] >= "2012"]
    found = rows_of(diverted(flows(rows), ASKED))
    assert {r["word"] for r in found} == {"cannot be judged"}
    assert all("2 years reported before" in r["why_not"] for r in found)
    (said,) = unjudged(diverted(flows(rows), ASKED).signals)
    assert said.startswith(
        "Cannot be judged: the direct leg is too short: 2 years reported before and 4 after, of 3 and 1"
    )


def test_three_years_before_are_enough():
    rows = [r for r in world(1, change=through("KAZ")) if r["period"] >= "2011"]
    named = {(r["product"], r["hub"]) for r in rows_of(diverted(flows(rows), ASKED)) if r["word"] == "possible hub"}
    assert named == {("10", "KAZ")}


def test_a_code_that_changed_is_followed_only_as_a_whole():
    rows = [r | {"period": str(int(r["period"]) + 8)} for r in world(1, size=Size(products=1))]
    rows = [r | {"product": "854140" if r["period"] < "2022" else "854143"} for r in rows]
    found = rows_of(diverted(flows(rows), replace(ASKED, since=date(2022, 6, 21))))
    assert {r["product"] for r in found if r["p"] is not None} == {"854140/854143"}
    assert all("parts 8541.40" in r["why_not"] for r in found if r["p"] is None)


def test_the_same_scan_gives_the_same_ids():
    table = flows(world(1, change=through("KAZ")))
    one, two = (diverted(table, ASKED).signals.column("signal_id").to_pylist() for _ in range(2))
    assert one == two
    assert len(set(one)) == len(one)


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        (replace(ASKED, since=date(1990, 1, 1)), BadInputError),
        (replace(ASKED, since=date(2030, 1, 1)), BadInputError),
        (replace(ASKED, origin="ZZZ"), UnknownNameError),
        (replace(ASKED, hubs=("ZZZ",)), UnknownNameError),
        (replace(ASKED, products=("99",)), UnknownNameError),
    ],
)
def test_what_the_flows_do_not_hold_is_named(asked, kind):
    with pytest.raises(kind):
        diverted(flows(world(1, size=Size(5, 1))), asked)


def test_a_direct_leg_that_the_origin_reports_bounds_its_partners():
    only = [r for r in world(1, through("KAZ"), Size(20)) if r["exporter"] == "CHN"]
    rows = [r for r in rows_of(diverted(flows(only), ASKED)) if r["product"] == "10"]
    hub = next(r for r in rows if r["hub"] == "KAZ")
    assert (hub["destination"], hub["word"], hub["break_direct"]) == ("USA", "took more than expected", "2014")
    assert hub["high"] <= hub["loss"]
    assert hub["high_95"] >= 0.5 * BIG * AFTER.sum()
    assert [r["hub"] for r in rows if r["word"] == "took more than expected"] == ["KAZ"]


def test_a_small_direct_leg_that_plainly_fell_tells_what_a_large_exporter_lost():
    small, through_it = 4e5, 1.6e5  # of some 1e8 that it sells the world

    def change(a, b, k, values):
        noise = values / np.mean(values)
        if k or (a, b) not in {("CHN", "USA"), ("CHN", "KAZ")}:
            return values
        if b == "USA":
            return small * noise * np.where(AFTER, 0.2, 1.0)
        return small / 10 * noise + np.where(AFTER, through_it, 0.0)

    only = [r for r in world(1, change, Size(20)) if r["exporter"] == "CHN"]
    rows = [r for r in rows_of(diverted(flows(only), ASKED)) if r["product"] == "10"]
    [hub] = [r for r in rows if r["word"] == "took more than expected"]
    assert (hub["hub"], hub["destination"]) == ("KAZ", "USA")
    assert hub["high"] <= hub["loss"] <= small * AFTER.sum()


def test_a_partner_that_rose_while_the_direct_leg_did_not_fall_is_no_hub():
    def market(a, b, k, values):
        return values + np.where(AFTER, BIG / 3, 0) if (a, b, k) == ("CHN", "KAZ", 0) else values

    only = [r for r in world(1, market, Size(20)) if r["exporter"] == "CHN"]
    rows = rows_of(diverted(flows(only), ASKED))
    assert not [r for r in rows if r["word"] == "took more than expected" and r["p_fall"] is not None]


@pytest.mark.parametrize(("frequency", "per_year", "years"), [("quarter", 4, 7), ("month", 12, 5)])
def test_quarters_and_months_are_read_alike(frequency, per_year, years):
    count, start = per_year * years, per_year * (years - 2)
    season = 1 + 0.3 * np.sin(np.arange(count) / per_year * 2 * np.pi)

    def change(a, b, k, values):
        values = values * season
        later = np.arange(count) >= start
        if k == 0 and (a, b) == ("CHN", "USA"):
            return 3e8 * values / values.mean() * np.where(later, 0.5, 1)
        if k == 0 and (a, b) in {("CHN", "KAZ"), ("KAZ", "USA")}:
            return values + np.where(later, 1.5e8, 0)
        return values

    names = [
        f"{2010 + t // 4}-Q{t % 4 + 1}" if per_year == 4 else f"{2010 + t // 12}-{t % 12 + 1:02}" for t in range(count)
    ]
    rows = [
        r | {"period": names[int(r["period"]) - 2008], "frequency": frequency}
        for r in world(1, change, Size(10, 2, count))
    ]
    asked = replace(ASKED, since=date(2010 + years - 2, 1, 1))
    found = rows_of(diverted(flows(rows), asked))
    row = next(r for r in found if (r["product"], r["hub"]) == ("10", "KAZ"))
    assert [r["hub"] for r in found if r["word"] == "possible hub"] == ["KAZ"]
    assert row["since"] == row["break_in"] == names[start]
    assert row["low_95"] <= 1.5e8 * (count - start) <= row["high_95"]


@pytest.mark.parametrize("day", [date(2014, 1, 1), date(2014, 7, 6), date(2014, 12, 2)])
def test_a_year_of_which_little_lies_behind_the_day_is_told(day):
    scan = diverted(flows(world(1, change=through("KAZ"))), replace(ASKED, since=day))
    assert {r["since"] for r in rows_of(scan)} == {"2014"}
    told = [t for t in scan.told if "30 days of 2014 lie behind 2014-12-02" in t and "--since 2015" in t]
    assert len(told) == (day.month == 12)


def test_the_upper_end_as_printed_is_no_more_than_what_bounds_it():
    for seed in range(3):
        for r in rows_of(diverted(flows(world(seed, change=through("KAZ", 0.9))), ASKED)):
            if r["judged"] and r["word"] != "nothing to attribute":
                kept = r["word"] == "took more than expected"  # what left for the destination bounds what came round
                bounds = (r["loss"], r["excess_in"], None if kept else r["excess_out"])
                assert r["low_95"] <= r["low"] <= r["high"] <= r["high_95"]
                assert r["high"] <= max(min(b for b in bounds if b is not None), 0.0)


def test_codes_of_two_editions_are_told_with_the_remedy():
    rows = world(1, change=through("KAZ"))
    mixed = [r | {"hs_vintage": "HS2022" if r["period"] >= "2014" else "HS2017"} for r in rows]
    [told] = [t for t in diverted(flows(mixed), ASKED).told if "HS2022" in t]
    assert "entrepot load FLOWS --hs HS2017" in told
    assert not any("HS2017" in t for t in diverted(flows(rows), ASKED).told)


def test_until_ends_what_is_looked_at():
    found = rows_of(diverted(flows(world(1, change=through("KAZ"))), replace(ASKED, until=date(2015, 12, 31))))
    row = next(r for r in found if (r["product"], r["hub"]) == ("10", "KAZ"))
    assert row["until"] == "2015"
    assert row["low_95"] <= 0.5 * BIG * 2 <= row["high_95"]


def test_an_assumed_growth_of_output_lifts_the_lower_end_and_is_said():
    def change(a, b, k, values):
        if k == 0 and a == "KAZ" and b != "USA":
            return np.zeros_like(values)  # it sold nothing to anyone
        if k == 0 and b == "KAZ" and a != "CHN":
            return values / 1e3
        return through("KAZ")(a, b, k, values)

    table = flows(world(1, change=change))
    key = ("10", "KAZ")
    plain, none, much = (
        {(r["product"], r["hub"]): r for r in rows_of(diverted(table, replace(ASKED, output_growth=g)))}[key]
        for g in (None, 0.0, 100.0)
    )
    assert (plain["low"], plain["supply_basis"]) == (0, None)
    assert none["low"] > 0.7 * none["high"]
    assert none["low_95"] <= 0.5 * BIG * AFTER.sum() <= none["high_95"]
    assert much["low"] == 0
    assert none["supply_basis"] == much["supply_basis"] == "past exports"
    assert "at most 0 of what it exported" in none["why_not"]
    # all else stands as it is
    assert [plain[c] for c in ("high", "q", "word")] == [none[c] for c in ("high", "q", "word")]


def test_output_that_is_given_wins_over_what_is_assumed():
    output = [
        {"product": "10", "hub": "KAZ", "period": str(2008 + t), "amount": 1e7, "unit": "USD"} for t in range(YEARS)
    ]
    given = pl.DataFrame(output).to_arrow()
    table = flows(world(1, change=through("KAZ")))
    found = {
        r["hub"]: r for r in rows_of(diverted(table, replace(ASKED, output_growth=9.0), given)) if r["product"] == "10"
    }
    assert found["KAZ"]["supply_basis"] == "reported"
    assert found["KAZ"]["low"] > 0
    assert found["DEU"]["supply_basis"] == "past exports"


@pytest.mark.parametrize(("counted", "said"), [("kg", "no flow has a net weight"), ("USD", "no flow has a value")])
def test_flows_without_what_is_counted_are_refused_and_not_scanned_as_unreported(counted, said):
    rows = world(1, through("KAZ"), Size(places=6, products=2))
    bare = [r | ({"net_kg": None} if counted == "kg" else {"value_usd": None, "net_kg": 1.0}) for r in rows]
    with pytest.raises(BadInputError, match=said):
        diverted(flows(bare), replace(ASKED, counted=counted))
