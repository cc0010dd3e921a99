"""Ways round in scenario files: what they mean, what is refused with its line, what is answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.scenarios.unsure_worlds import BAN, CODES, scenario, small_unsure_world, small_world

from entrepot.core.errors import NotEstimableError, UnreadableFileError
from entrepot.scenarios.answered_scenario import Doubt, answered, answers_of
from entrepot.scenarios.asked.crossing_room import crossing_room, observation, worth
from entrepot.scenarios.asked.scenario_file import read_scenario
from entrepot.scenarios.figures.difference import difference
from entrepot.scenarios.figures.gone_round import ROUND, ROUND_THROUGH, USE, WAIT, WAITED
from entrepot.scenarios.figures.simulated import simulated
from entrepot.scenarios.hubs import capped
from entrepot.scenarios.hubs.meant_ways import DIRECT, meant_ways
from entrepot.scenarios.simulated_words import said_of
from entrepot.scenarios.uncertainty.unsure_inputs import unsure_inputs

WAYS = (
    BAN
    + """
[ways]
dispersion = 7

[[way_round]]
id = "by-kaz"
origin = "XIN"
hub = "KAZ"
destination = "USA"
cost_percent = 20
capacity = "post"

[[way_round]]
id = "by-vnm"
origin = "XIN"
hub = "VNM"
destination = "USA"
cost_percent = 25

[[capacity]]
id = "post"
share_of_flow = 0.05
source = "invented"
"""
)
CROSSING = """
id = "post"
crossing = "khorgos"
mode = "rail"
as_of = 2026-11-01
worth_rows = [["O1208", "O0308"]]

[[capacity.carries]]
origin = ["CHN"]
destination = ["EU"]
part = 0.5
"""
OVER = WAYS.partition('\nid = "post"')[0] + CROSSING
FULL = WAYS + '\n[[capacity]]\nid = "other"\nmillion_usd = 1\nsource = "invented"\n'


def read(text):
    return read_scenario(text, "ban.toml", "ban", CODES)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (WAYS.replace('hub = "KAZ"', 'hub = "KZA"'), 15, "did you mean KAZ"),
        (WAYS.replace('hub = "KAZ"', 'hub = "KGZ"'), 15, "in which Kyrgyzstan is not"),
        (WAYS.replace('hub = "KAZ"', 'hub = "XIN"'), 15, "an end of the way"),
        (WAYS.replace('hub = "KAZ"', 'hub = "USA"'), 15, "an end of the way"),
        (WAYS.replace('hub = "VNM"', 'hub = "KAZ"'), 23, "by-kaz goes the same way"),
        (WAYS.replace('destination = "USA"', 'destination = "EU"'), 16, "there is nothing to go round"),
        (WAYS.replace('destination = "USA"', 'destination = "XIN"'), 16, "another economy than the origin"),
        (WAYS.replace("cost_percent = 20", "cost_percent = 0"), 17, "the usual one"),
        (WAYS.replace("cost_percent = 20", "cost_percent = -5"), 17, "the usual one"),
        (WAYS.replace("cost_percent = 20", "cost_percent = 20\ncost_percent_between = [30, 40]"), 18, "20 between"),
        (WAYS.replace("cost_percent = 20", "cost_percent = 20\ncost_percent_between = [0, 40]"), 18, "above 0"),
        (WAYS.replace('capacity = "post"', 'capacity = ["post", "other"]'), 18, "one [[capacity]]"),
        (WAYS.replace('capacity = "post"', 'capacity = "pots"'), 18, "did you mean post"),
        (WAYS.replace('capacity = "post"\n', ""), 27, "none passes it"),
        (FULL, 33, "none passes it"),
        (WAYS + "million_usd = 5\n", 29, "what a way holds is said once"),
        (WAYS.replace("share_of_flow = 0.05", "share_of_flow = 0"), 29, "a way that is closed is left out"),
        (WAYS.replace('source = "invented"', ""), 27, "a value"),
        (WAYS.replace('id = "by-vnm"', 'id = "by-kaz"'), 13, "an id of its own"),
        (WAYS.replace("dispersion = 7", "dispersion = 0"), 10, "a number from 0.5 to 50"),
        (WAYS.replace("[ways]\ndispersion = 7\n", ""), None, "how alike forwarders find the ways"),
        (BAN + "[ways]\ndispersion = 7\n", 9, "no way is stated"),
        (WAYS.replace('"import ban"', '"import ban"\nleakage = 0.2'), 14, "no leakage and nothing let through"),
        (WAYS.replace('"import ban"', '"tariff"\npercent = 20'), 15, "act 1 is a tariff"),
        (WAYS.replace("cost_percent = 20", 'cost_percent = 20\nsectors = ["metal"]'), 18, "did you mean metals"),
        (OVER.replace("khorgos", "khorgoz"), 29, "did you mean khorgos"),
        (OVER.replace('"rail"', '"sea"'), 30, "rail"),
        (OVER.replace("O1208", "O9999"), 32, "O9999"),
        (OVER.replace('"O0308"', '"O0309"'), 32, "an observation in USD, and one in trains"),
        (OVER.replace('"O0308"', '"O1319"'), 32, "do not belong together"),
        (OVER.replace("part = 0.5", "part = 1.5"), 37, "at most 1"),
        (OVER.replace("part = 0.5", 'part_rows = ["O0163"]'), 37, "what else makes the whole"),
        (OVER.replace('origin = ["CHN"]', 'origin = ["XIN"]').replace('["EU"]', '["USA"]'), 27, "nobody goes round"),
        (OVER.partition("[[capacity.carries]]")[0], 29, "it is full today"),
        (OVER.replace("worth_rows", "usd_a_unit = 5.0\nworth_rows"), 33, "either worth_rows or usd_a_unit"),
        (OVER.replace('worth_rows = [["O1208", "O0308"]]', "usd_a_unit = 5.0"), 27, "worth_source"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_line(text, line, said):
    with pytest.raises(UnreadableFileError) as caught:
        read(text)
    assert said in str(caught.value)
    if line is not None:
        assert caught.value.line == line


def test_a_capacity_of_a_crossing_is_the_records_own():
    cap = read(OVER).caps[0]
    day = date(2026, 11, 1)
    room = crossing_room("khorgos", "rail", day)
    value, count = (float(observation(o, day)["value_norm"]) for o in ("O1208", "O0308"))
    assert cap.worth == pytest.approx(value / count / 1e6)
    assert worth("O1208", "O0308", "trains", day) == pytest.approx(value / count)
    assert (cap.amount, cap.between, cap.passing) == (room.middle, room.between, room.passing)
    assert room.capacity < cap.amount < room.passing  # more passes than a report says that can
    assert all(name in cap.basis for name in ("O1208", "O0308", "A043"))


def test_what_passes_today_fits_and_less_room_has_a_price():
    world = small_world()
    asked = read(OVER.replace('worth_rows = [["O1208", "O0308"]]', WORTH))
    free = difference(world, with_room(asked, 2))
    as_today = difference(world, with_room(asked, 1))
    less = difference(world, with_room(asked, 0.9))
    assert free.routed.waits[0] == 0
    assert 0 < as_today.routed.waits[0] < less.routed.waits[0]
    assert less.routed.lost[0] > 0
    # before the measure just what passes today passes, so that nobody waits
    nothing = replace(asked, acts=tuple(replace(a, passes=1.0, rate=1e-9, instrument="licence") for a in asked.acts))
    assert difference(world, with_room(nothing, 1)).routed.waits[0] == pytest.approx(0, abs=1e-7)


WORTH = 'usd_a_unit = 1000.0\nworth_source = "invented"\nworth_as_of = "2024"'


def with_room(asked, factor):
    return replace(asked, caps=tuple(replace(c, amount=factor * c.passing) for c in asked.caps))


def test_shares_by_hub_make_the_leakage_and_the_cap_is_full():
    found = simulated(small_world(), read(WAYS), ()).figures
    value = {(f.key.quantity, f.key.partner): f.value for f in found}
    assert value[ROUND, ""] == pytest.approx(value[ROUND_THROUGH, "KAZ"] + value[ROUND_THROUGH, "VNM"])
    assert 0 < value[ROUND, ""] < 100
    assert value[USE, "post"] == pytest.approx(100)
    assert value[WAIT, "post"] > 0
    assert value[WAITED, "post"] > 0
    routes = {(f.key.quantity, f.key.economy): f for f in found if f.key.partner == "USA" and f.key.economy != "USA"}
    assert routes["goes directly", ""].after == 0
    whole = sum(routes["goes round", hub].after for hub in ("KAZ", "VNM"))
    assert whole == pytest.approx(next(f.value for f in found if f.key.quantity == f"{ROUND}, value"))


def test_a_hub_that_joins_closes_its_way():
    world = small_world()
    closed = read(WAYS.replace('by = ["USA"]', 'by = ["USA", "KAZ"]'))
    by = {p.name: float(p.value.sum()) for p in difference(world, closed).routed.passing}
    assert by["by-kaz"] == by[DIRECT] == 0 < by["by-vnm"]
    second = WAYS + '\n[[act]]\nby = ["USA"]\non = ["VNM"]\ninstrument = "secondary sanction"\n'
    by = {p.name: float(p.value.sum()) for p in difference(world, read(second)).routed.passing}
    assert by["by-vnm"] == 0 < by["by-kaz"]


def test_ways_are_of_the_sectors_that_they_name():
    world = small_world()
    asked = read(WAYS.replace("cost_percent = 20", 'cost_percent = 20\nsectors = ["metals"]'))
    meant = meant_ways(world, asked)
    shares = {w.name: w.shares for w in meant.ways}
    assert (shares["by-kaz"] > 0).tolist() == [False, True, False]
    assert sum(shares.values()) == pytest.approx(1)


@settings(max_examples=10)
@given(st.integers(0, 10**6), st.floats(5, 60), st.floats(5, 60))
def test_a_dearer_way_and_a_tighter_cap_let_less_round(seed, first, more):
    world = small_world(seed)
    base = read(WAYS.replace("cost_percent = 20", f"cost_percent = {first}").replace("0.05", "1000.0"))
    dearer = replace(base, ways=tuple(replace(w, cost=w.cost + more / 100) for w in base.ways))
    held = replace(base, caps=tuple(replace(c, amount=0.01) for c in base.caps))
    unheld = replace(base, caps=(), ways=tuple(replace(w, cap="") for w in base.ways))
    quantity = {name: gone(world, one) for name, one in (("base", base), ("dearer", dearer), ("held", held))}
    assert quantity["dearer"] < quantity["base"] * (1 + 1e-9)
    assert quantity["held"] < quantity["base"] * (1 + 1e-9)
    # a cap that does not bind changes nothing, to the last digit
    assert (difference(world, unheld).outcome.welfare == difference(world, base).outcome.welfare).all()


def gone(world, asked):
    """Quantities that arrive, at the prices of before."""
    found = difference(world, asked)
    at = np.s_[:, 0, 2]
    price = found.outcome.costs[:, 2] * 1.0
    return float((found.outcome.world.imports[at] / price).sum())


def test_what_is_not_known_of_ways_is_drawn_and_told():
    text = WAYS.replace("dispersion = 7", "dispersion = 7\ndispersion_between = [4, 12]")
    text = text.replace("cost_percent = 25", "cost_percent = 25\ncost_percent_between = [10, 40]")
    text = text.replace("share_of_flow = 0.05", "share_of_flow = 0.05\nshare_of_flow_between = [0.02, 0.5]")
    unsure, asked = small_unsure_world(), read(text)
    names = {one.name for one in unsure_inputs(unsure, asked)}
    assert {"cost of the way by-vnm", "capacity of post", "how alike forwarders find ways"} <= names
    assert "cost of the way by-kaz" not in names
    found = answered(unsure, asked, Doubt(draws=6, workers=1))
    (row,) = answers_of(found.rows, ROUND)
    assert row["low"] < row["value"] < row["high"]
    (full,) = answers_of(found.rows, "capacity is full")
    assert full["unit"] == "percent of draws"
    said = " ".join(said_of([found]))
    assert "go round it: through" in said
    assert "capacity post is full" in said
    assert "nobody has measured it" in said


def test_no_equilibrium_is_an_answer_with_its_miss(monkeypatch):
    monkeypatch.setattr(capped, "_MOST_STEPS", 0)
    with pytest.raises(NotEstimableError, match="misses by"):
        simulated(small_world(), read(WAYS), ())


def test_scenarios_without_ways_are_as_they_were():
    asked = scenario()
    assert (asked.ways, asked.caps, asked.dispersion) == ((), (), 0.0)
    assert difference(small_world(), asked).routed is None
