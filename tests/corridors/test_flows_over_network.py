"""Demands over the network: what goes where, what a closure moves, what a capacity is worth, and what is refused."""

import math
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from entrepot.core.errors import BadInputError, BadRowsError, UnknownNameError
from entrepot.corridors.flows_on import flow_rows
from entrepot.corridors.flows_on.binding_cut import shortfall
from entrepot.corridors.flows_on.flow_rows import Sent
from entrepot.corridors.flows_on.over_network import Arcs, Limit
from entrepot.corridors.flows_on.shared_capacity import Demands, carry
from entrepot.desk.desk import Desk

pytest.importorskip("highspy", reason="the extra routes is not installed")

DAY = "2026-11-27"
DEMAND = "from,to,amount,unit,mode\nUrumqi,Almaty,900,trucks/day,road\nKashgar,Karachi,73000,tonnes/year,\n"


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    return Desk(store=tmp_path_factory.mktemp("store"))


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "demand.csv"
    path.write_text(DEMAND, encoding="utf-8")
    return path


def through(rows, place):
    return sum(r["carried"] for r in rows if place in (r["via"] or ()))


def test_the_queue_on_record_caps_what_passes_khorgos(desk, file):
    # R081: 650 vehicles a day from 2025-11-13; before it R080: 800 a day agreed on 2025-10-22
    wide = desk.corridor_flow(file, close=["bakhty", "jeminay"], as_of=DAY).to_pylist()
    assert through(wide, "khorgos") == pytest.approx(650)
    earlier = desk.corridor_flow(file, close=["bakhty", "jeminay"], as_of="2025-11-12").to_pylist()
    assert through(earlier, "khorgos") == pytest.approx(800)


def test_all_of_a_row_is_carried_or_left(desk, file):
    rows = desk.corridor_flow(file, cap=["khorgos:road=300/day"], as_of=DAY).to_pylist()
    for line, loads in ((1, 900), (2, 10)):  # 73,000 tonnes a year are ten loads of 20 tonnes a day
        assert sum(r["carried"] for r in rows if r["line"] == line) == pytest.approx(loads, abs=1e-3)
        assert sum(r["before"] for r in rows if r["line"] == line) == pytest.approx(loads, abs=1e-3)
    assert through(rows, "khorgos") == pytest.approx(300)


def test_a_closed_crossing_that_is_the_only_way_leaves_its_loads(desk, tmp_path):
    path = tmp_path / "demand.csv"
    path.write_text("from,to,amount,unit,mode\nUrumqi,Almaty,10,trains/day,rail\n", encoding="utf-8")
    found = desk.corridor_flow(path, close=["khorgos", "alashankou"], as_of=DAY)
    (left,) = [r for r in found.to_pylist() if r["way"] == 0]
    assert (left["carried"], left["before"]) == (550, 0)
    assert any("550.0 of them no way is left whatever the capacities (row 1: 550.0)" in n for n in found.notes)


SHUT = ["bakhty", "jeminay", "alashankou", "torugart", "irkeshtam", "khunjerab", "kulma"]


def test_the_cut_that_binds_is_named_with_what_it_falls_short(desk, file):
    # All roads to Almaty but that over Khorgos are shut, and its queue lets 650 of 900 vehicles a day through (R081)
    notes = " ".join(desk.corridor_flow(file, close=SHUT, as_of=DAY).notes)
    assert "Left behind are 250.0 loads a day." in notes
    assert "The cut that binds is khorgos, road (650.0 a day): 900.0 loads a day would have to pass" in notes
    assert "250.0 short" in notes


def test_a_flow_that_was_stopped_says_how_far_it_may_lie_from_the_least(desk, file, monkeypatch):
    monkeypatch.setattr(flow_rows, "carry", partial(carry, work=0))  # everything is left behind, and that is all known
    told = desk.corridor_flow(file, cap=["khorgos:road=300/day"], prices=True, as_of=DAY)
    (note,) = [n for n in told.notes if n.startswith("Stopped before it was proven least")]
    assert 0 < float(note.split(" percent")[0].split()[-1]) <= 100
    assert all(r["price_more"] is None and r["one_less"] is None for r in told.to_pylist())


def test_two_crossings_that_bind_are_told_together(desk, file):
    # 900 must pass Khorgos and Bakhty, which hold 300 and 200
    shut = [p for p in SHUT if p != "bakhty"]
    notes = " ".join(
        desk.corridor_flow(file, close=shut, cap=["khorgos:road=300/day", "bakhty:road=200/day"], as_of=DAY).notes
    )
    assert "900.0 loads a day would have to pass and 500.0 can, together, 400.0 short" in notes
    assert "khorgos, road (300.0 a day)" in notes
    assert "bakhty, road (200.0 a day)" in notes


def test_rows_that_say_the_same_are_both_sent_and_told(desk, tmp_path):
    path = tmp_path / "demand.csv"
    path.write_text("from,to,amount,unit\n" + "Urumqi,Almaty,5,trucks/day\n" * 2, encoding="utf-8")
    found = desk.corridor_flow(path, as_of=DAY)
    assert sum(r["carried"] for r in found.to_pylist()) == pytest.approx(10)
    assert any("each sent for itself: 1 and 2" in n for n in found.notes)


@settings(max_examples=60)
@given(st.data())
def test_what_a_cut_falls_short_is_what_maximum_flow_leaves(data):
    # Ford and Fulkerson, by scipy's own algorithm on whole numbers
    nodes = data.draw(st.integers(2, 6))
    pairs = st.tuples(st.integers(0, nodes - 1), st.integers(0, nodes - 1)).filter(lambda p: p[0] != p[1])
    ends = sorted(data.draw(st.sets(pairs, min_size=1, max_size=14)))
    room = [data.draw(st.integers(0, 9)) for _ in ends]
    made = Arcs(nodes={(str(n), "road"): n for n in range(nodes)}, limits=[Limit("", math.inf, "")])
    for (tail, head), holds in zip(ends, room, strict=True):
        made.limits.append(Limit(f"{tail} to {head}", float(holds), "R"))
        made.add(tail, head, 1.0, None, len(made.limits) - 1)
    wanted = data.draw(st.integers(1, 30))
    capacity = np.array([limit.loads for limit in made.limits])
    one, other = np.array([0]), np.array([nodes - 1])
    arcs = (np.array(a) for a in (made.tail, made.head, made.cost, made.limit))
    problem = Demands(nodes, *arcs, capacity, one, other, np.array([float(wanted)]), 100.0)
    tails, heads = np.array(ends).T
    graph = csr_array((np.array(room, dtype=np.int32), (tails, heads)), shape=(nodes, nodes))
    most = min(wanted, int(maximum_flow(graph, 0, nodes - 1).flow_value))
    found = shortfall(Sent(made, problem, carry(problem)))
    lost = sum(loads for _, loads in found.no_way)
    assert lost + found.short == pytest.approx(wanted - most, abs=1e-6)
    if found.short > 1e-6:
        assert found.hold == pytest.approx(most, abs=1e-6)


def test_prices_from_both_sides_are_what_solving_again_gives(desk, file):
    found = desk.corridor_flow(file, cap=["khorgos:road=300/day"], close=["bakhty"], prices=True, as_of=DAY)
    row = next(r for r in found.to_pylist() if r["capacity"] == "khorgos, road")
    assert row["load"] == pytest.approx(300)
    # cost is convex in a capacity: the further the step, the less one more saves and the more one less costs
    for less, more in (
        ("one_more", "price_more"),
        ("price_more", "price"),
        ("price", "price_less"),
        ("price_less", "one_less"),
    ):
        assert row[less] <= row[more] + 1e-3
    hours = {
        cap: desk.corridor_flow(file, cap=[f"khorgos:road={cap}/day"], close=["bakhty"], as_of=DAY)
        for cap in (300, 301)
    }
    cost = {cap: sum(r["carried"] * (r["hours"] or 0) for r in f.to_pylist()) for cap, f in hours.items()}
    assert cost[300] - cost[301] == pytest.approx(row["one_more"], abs=0.2 * 900 * 0.05)  # hours are printed to a tenth


def test_every_fault_of_a_demand_is_named(desk, tmp_path):
    path = tmp_path / "demand.csv"
    path.write_text(
        "from,to,amount,unit\nUrumqqi,Almaty,1,trucks/day\nUrumqi,Almaty,-4,trucks/day\n"
        "Urumqi,Almaty,4,trucks\nUrumqi,Almaty,4,lorries/day\nUrumqi,urumqi,0,trucks/day\n",
        encoding="utf-8",
    )
    with pytest.raises(BadRowsError) as failed:
        desk.corridor_flow(path, as_of=DAY)
    assert [f.where for f in failed.value.faults] == ["line 2", "line 3", "line 4", "line 5", "line 6", "line 6"]
    assert "Urumqi" in failed.value.faults[0].allowed


@pytest.mark.parametrize("cap", ["khorgos:road=650", "khorgos:road=-1/day", "khorgos:road=0/day", "khorgos:road"])
def test_a_capacity_without_a_period_or_above_nothing_is_named(desk, file, cap):
    with pytest.raises(BadInputError, match="--cap cannot be read"):
        desk.corridor_flow(file, cap=[cap], as_of=DAY)


def test_a_capacity_that_limits_nothing_is_refused(desk, file):
    with pytest.raises(BadInputError, match="limits nothing"):
        desk.corridor_flow(file, cap=["urumqi:road=5/day"], as_of=DAY)
    with pytest.raises(UnknownNameError, match="Khorgos"):
        desk.corridor_flow(file, cap=["khorgoz:road=5/day"], as_of=DAY)


def test_a_flow_and_a_price_open_what_they_rest_on(desk, file):
    flow = desk.corridor_flow(file, as_of=DAY).to_pylist()[0]
    (found,) = desk.explain(flow["flow_id"])
    assert found.sources
    price = desk.corridor_flow(file, prices=True, as_of=DAY).to_pylist()[0]
    assert desk.explain(price["price_id"])[0].rule
