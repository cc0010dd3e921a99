"""Flows over shared capacities: published optima, an independent solver, prices checked by a unit more and less."""

import csv
from dataclasses import replace
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from entrepot.core.errors import NoRoomError, NotEstimableError
from entrepot.corridors.flows_on import shared_capacity
from entrepot.corridors.flows_on.least_cost import shortest_ways
from entrepot.corridors.flows_on.shared_capacity import Demands, carry

pytest.importorskip("highspy", reason="the extra routes is not installed")

PRINTED = 1e-7  # relative: optimal.csv prints three decimals
# The rest take longer: benchmarks/bench_flow.py
QUICK = ("grid1", "grid2", "grid3", "grid4", "grid5", "grid7", "planar30", "planar50", "planar100", "planar150")


def instance(path):
    """An instance in the format of the University of Pisa."""
    words = np.array(path.read_text(encoding="utf-8").split(), dtype=float)
    nodes, arcs, commodities = map(int, words[:3])
    net = words[3 : 3 + 4 * arcs].reshape(arcs, 4)
    pairs = words[3 + 4 * arcs :].reshape(commodities, 3)
    ends = (net[:, :2] - 1).astype(int)
    wanted = (pairs[:, :2] - 1).astype(int)
    return Demands(
        nodes, ends[:, 0], ends[:, 1], net[:, 2], np.arange(arcs), net[:, 3], wanted[:, 0], wanted[:, 1], pairs[:, 2]
    )


def plain(problem):
    """The same as one programme over arcs and commodities: an independent statement, solved by scipy."""
    arcs, many, groups = len(problem.cost), len(problem.amount), len(problem.capacity)
    left = problem.left_cost
    cost = np.concatenate([np.tile(problem.cost, many), np.full(many, left or 0.0)])
    keep = np.zeros((many * problem.nodes, many * arcs + many))
    right = np.zeros(many * problem.nodes)
    for k in range(many):
        for a in range(arcs):
            keep[k * problem.nodes + problem.tail[a], k * arcs + a] += 1
            keep[k * problem.nodes + problem.head[a], k * arcs + a] -= 1
        if problem.origin[k] != problem.target[k]:
            for node, sign in ((problem.origin[k], 1), (problem.target[k], -1)):
                right[k * problem.nodes + node] += sign * problem.amount[k]
                if left is not None:
                    keep[k * problem.nodes + node, many * arcs + k] += sign
    shared = np.zeros((groups, many * arcs + many))
    for k in range(many):
        shared[problem.group, k * arcs + np.arange(arcs)] = 1
    bounds = [(0, None)] * (many * arcs) + [(0, None if left is not None else 0)] * many
    limited = np.isfinite(problem.capacity)
    return linprog(cost, shared[limited], problem.capacity[limited], keep, right, bounds, method="highs")


@pytest.mark.shared
@pytest.mark.parametrize("name", QUICK)
def test_a_published_instance_comes_to_its_published_optimum(shared, name):
    folder = shared / "data" / "multicommodity" / name.rstrip("0123456789")
    with (folder / "optimal.csv").open(encoding="utf-8", newline="") as handle:
        printed = {r["instance"]: float(r["optimal"]) for r in csv.DictReader(handle)}
    found = carry(instance(folder / name))
    assert found.cost == pytest.approx(printed[name], rel=PRINTED)
    assert found.bound == pytest.approx(found.cost, rel=1e-8)  # the bound is proof that nothing cheaper is


@st.composite
def problems(draw):
    nodes = draw(st.integers(2, 5))
    arcs = draw(st.integers(1, 10))
    pick = st.integers(0, nodes - 1)
    ends = np.array([[draw(pick), draw(pick)] for _ in range(arcs)])
    cost = np.array([draw(st.integers(0, 9)) for _ in range(arcs)], dtype=float)
    groups = draw(st.integers(1, arcs))
    group = np.array([draw(st.integers(0, groups - 1)) for _ in range(arcs)])
    room = np.array([draw(st.sampled_from([0, 1, 2, 3, 5, np.inf])) for _ in range(groups)], dtype=float)
    many = draw(st.integers(1, 3))
    wanted = np.array([[draw(pick), draw(pick)] for _ in range(many)])
    amount = np.array([draw(st.integers(1, 4)) for _ in range(many)], dtype=float)
    left = draw(st.sampled_from([None, 20.0, 100.0]))
    return Demands(nodes, ends[:, 0], ends[:, 1], cost, group, room, wanted[:, 0], wanted[:, 1], amount, left)


@settings(max_examples=160)
@given(problems(), st.booleans(), st.booleans())
def test_an_independent_solver_agrees_however_ways_are_found(problem, central, towards):
    """Central prices first or not, trees or searches towards targets: each is meant for other sizes."""
    other = plain(problem)
    assume(other.status in (0, 2))
    with (
        patch.object(shared_capacity, "_MANY", 1 if central else 1000),
        patch.object(shortest_ways, "_SEARCH", -1000 if towards else 40_000),
    ):
        if other.status == 2:  # infeasible
            with pytest.raises(NoRoomError):
                carry(problem)
            return
        found = carry(problem)
    assert found.cost == pytest.approx(other.fun, abs=1e-6)
    assert (found.load <= problem.capacity + 1e-6).all()
    sent = np.bincount([w.commodity for w in found.ways], [w.amount for w in found.ways], len(problem.amount))
    assert sent == pytest.approx(problem.amount, abs=1e-6)
    for way in found.ways:
        assert way.arcs == () or _leads(problem, way)


def _leads(problem, way):
    """Whether the arcs of a way lead from the origin to the target."""
    at = problem.origin[way.commodity]
    for arc in way.arcs:
        if problem.tail[arc] != at:
            return False
        at = problem.head[arc]
    return bool(at == problem.target[way.commodity])


def test_a_cut_that_binds_is_named_with_what_is_missing():
    # 5 must pass two arcs that hold 3 together
    two = np.array([0, 0])
    problem = Demands(
        2, two, two + 1, np.array([1.0, 2.0]), np.arange(2), np.array([1.0, 2.0]), two[:1], two[:1] + 1, np.array([5.0])
    )
    with pytest.raises(NoRoomError) as failed:
        carry(problem)
    assert failed.value.missing == pytest.approx(2)
    assert failed.value.cut == (0, 1)


def overloaded(nodes, commodities, times):
    """Some times more than a random network of six arcs a node holds; what cannot go is left behind at 8,760."""
    rng = np.random.default_rng(20261128)
    ends = rng.integers(0, nodes, (6 * nodes, 2))
    wanted = rng.integers(0, nodes, (commodities, 2))
    wanted[:, 1] = (wanted[:, 0] + 1 + wanted[:, 1] % (nodes - 1)) % nodes
    cost, room = rng.integers(1, 100, 6 * nodes).astype(float), rng.integers(5, 60, 6 * nodes).astype(float)
    amount = times * rng.integers(5, 40, commodities).astype(float)
    return Demands(
        nodes, ends[:, 0], ends[:, 1], cost, np.arange(6 * nodes), room, wanted[:, 0], wanted[:, 1], amount, 8760.0
    )


def keeps(problem, found):
    """Whether a plan holds: nothing exceeds a capacity, every way leads, every commodity goes or is left behind."""
    sent = np.bincount([w.commodity for w in found.ways], [w.amount for w in found.ways], len(problem.amount))
    assert sent == pytest.approx(problem.amount, rel=1e-6)
    assert (found.load <= problem.capacity + 1e-5).all()
    assert all(w.arcs == () or _leads(problem, w) for w in found.ways)


@pytest.mark.parametrize("work", [0, 300, 3_000, 10**9])
def test_far_more_than_there_is_room_for_ends_with_a_plan_that_holds_and_says_how_far_from_the_least(work):
    problem = overloaded(12, 8, 20)
    least = plain(problem).fun
    found = carry(problem, work)
    keeps(problem, found)
    assert found.bound <= least * (1 + 1e-9)
    assert least * (1 - 1e-9) <= found.cost
    if work == 10**9:
        assert found.cost == pytest.approx(least, rel=1e-9)
        assert found.bound == pytest.approx(least, rel=1e-9)


def test_all_that_must_go_and_was_not_placed_in_time_is_refused():
    problem = overloaded(12, 8, 20)
    with pytest.raises(NotEstimableError, match="left_cost"):
        carry(replace(problem, left_cost=None, capacity=problem.capacity * 10), 3)


@pytest.mark.slow
def test_twenty_times_what_a_network_holds_is_solved_to_its_proof():
    """Some 1,300 capacities exceeded by a hundred commodities, which were not solved in a minute."""
    problem = overloaded(300, 100, 20)
    found = carry(problem)
    keeps(problem, found)
    assert found.bound == pytest.approx(found.cost, rel=1e-9)
