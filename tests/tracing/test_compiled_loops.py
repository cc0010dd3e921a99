"""The compiled core and numpy say the same of every node: any shape of network, and what is no network is refused."""

from __future__ import annotations

import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.core.errors import MissingExtraError
from entrepot.names.native.library import address, library
from entrepot.tracing.method import compiled_loops, exposure_bounds
from entrepot.tracing.method.compiled_loops import FlowOrder, flow_order
from entrepot.tracing.method.exposure_bounds import bound, with_untraced_loops
from entrepot.tracing.method.loop_levels import loop_levels
from entrepot.tracing.method.share_rows import rows_of, share_rows

# Each stops where its residual is below a tenth of a millionth of a millionth; goods go some thousand steps at most.
CLOSE = 1e-9
needs_core = pytest.mark.skipif(library() is None, reason="no compiled core for this machine")


@st.composite
def networks(draw):
    """Networks full of loops: self loops, parallel links, bands that sum past one, nodes without inputs, long rows."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    nodes = draw(st.integers(3, 60))
    most = draw(st.sampled_from([1, 2, 3, 6, 40]))
    links, fixed = [], np.full(nodes, np.nan)
    fixed[-2:] = 1.0, 0.0
    for taker in range(nodes - 2):
        if rng.random() < 0.1:
            fixed[taker] = rng.choice([0.0, 1.0, 0.5])
            continue
        count = int(rng.integers(1, most + 1))
        near = rng.random() < 0.5
        sources = (
            rng.integers(max(0, taker - 2), min(nodes, taker + 3), count) if near else rng.integers(0, nodes, count)
        )
        weight = rng.dirichlet(np.ones(count))
        kind = rng.integers(0, 4)
        low = [weight, weight / 2, 0 * weight, weight * (rng.random(count) < 0.5)][kind]
        high = [weight, np.minimum(1, weight * 1.5), np.ones(count), np.minimum(1, weight + 0.5)][kind]
        links += [(taker, int(s), float(a), float(b)) for s, a, b in zip(sources, low, high, strict=True)]
    return share_rows(nodes, links), fixed


@needs_core
@settings(max_examples=200, deadline=None)
@given(networks(), st.sampled_from(["least", "most"]))
def test_the_core_and_numpy_say_the_same(case, end):
    rows, fixed = case
    rows, lost = with_untraced_loops(rows, fixed)
    fixed = np.where(np.isin(np.arange(rows.nodes), lost), 0.0, fixed)
    free = np.isnan(fixed)
    flow = flow_order(rows, free)
    assert isinstance(flow, FlowOrder)
    told = bound(rows, fixed, end, flow)
    other = bound(rows, fixed, end, loop_levels(rows, free))
    assert told.values == pytest.approx(other.values, abs=CLOSE)
    assert (told.shares >= rows.low - CLOSE).all()
    assert (told.shares <= rows.high + CLOSE).all()
    sums = np.bincount(rows.takers, weights=told.shares, minlength=rows.nodes)
    assert sums[free] == pytest.approx(1.0, abs=CLOSE)
    assert told.residual < 1e-12


@needs_core
def test_a_loop_of_more_nodes_than_a_cell_holds_is_solved_to_its_residual():
    """Links of known shares lie in cells of 65,536 nodes; the residual is computed anew from the rows as they stand."""
    rng = np.random.default_rng(5)
    nodes, each = 140_000, 3
    takers, sources = np.repeat(np.arange(nodes - 2), each), rng.integers(0, nodes, each * (nodes - 2))
    sources[rng.random(len(sources)) < 0.01] = 70_000  # one that many are made of
    sources[: each * 1_000 : each] = np.arange(1_000)  # and some of themselves
    weight = rng.exponential(1.0, (nodes - 2, each))
    share = (weight / weight.sum(axis=1, keepdims=True)).ravel()
    fixed = np.full(nodes, np.nan)
    fixed[-2:] = 1.0, 0.0
    fixed[rng.integers(0, nodes - 2, nodes // 20)] = rng.choice([0.0, 1.0, 0.5], nodes // 20)
    rows = rows_of(nodes, takers, sources, share, share)
    flow = flow_order(rows, np.isnan(fixed))
    assert isinstance(flow, FlowOrder)
    assert flow.in_loops > 2**16
    found = bound(rows, fixed, "least", flow)
    assert found.residual < 1e-12
    assert found.error < 1e-10
    assert found.shares.tolist() == share.tolist()


@needs_core
@settings(max_examples=100, deadline=None)
@given(networks())
def test_what_a_node_is_made_of_stands_before_it_but_for_what_goes_round_with_it(case):
    rows, fixed = case
    free = np.isnan(fixed)
    flow = flow_order(rows, free)
    assert sorted(flow.order.tolist()) == np.flatnonzero(free).tolist()
    part = np.searchsorted(flow.ends, np.arange(len(flow.order)), side="right")
    takers = np.repeat(np.arange(len(flow.order)), np.diff(flow.starts))
    inner = (flow.sources < len(flow.order)) & rows.can[flow.at]
    assert (part[flow.sources[inner]] <= part[takers[inner]]).all()
    levels = loop_levels(rows, free)
    looped = np.concatenate([loops for _, loops in levels]) if len(levels.loops) else np.empty(0, dtype=int)
    many = np.diff(flow.ends)[part - 1] > 1
    own = np.isin(np.arange(len(flow.order)), takers[inner & (flow.sources == takers)])
    assert sorted(flow.order[many | own].tolist()) == sorted(looped.tolist())


@needs_core
def test_a_component_that_the_core_does_not_settle_is_handed_to_other_methods(monkeypatch):
    """Two loops of which hardly anything leaves, each with a pace of its own: sweeps stand still."""
    rows = share_rows(6, [
        (0, 1, 1 - 1e-7, 1 - 1e-7), (0, 2, 1e-7, 1e-7), (1, 0, 1 - 1e-7, 1 - 1e-7), (1, 5, 1e-7, 1e-7),
        (2, 3, 1 - 3e-7, 1 - 3e-7), (2, 0, 3e-7, 3e-7), (3, 2, 1 - 3e-7, 1 - 3e-7), (3, 4, 3e-7, 3e-7),
    ])  # fmt: skip
    fixed = np.array([np.nan] * 4 + [1.0, 0.0])
    asked = []
    kept = compiled_loops.settled
    monkeypatch.setattr(compiled_loops, "settled", lambda *a: asked.append(a) or kept(*a))
    found = bound(rows, fixed, "least")
    other = bound(rows, fixed, "least", loop_levels(rows, np.isnan(fixed)))
    assert asked
    assert found.values == pytest.approx(other.values, abs=1e-6)
    assert found.error < 1e-6


def test_without_the_core_the_answer_is_the_same(monkeypatch):
    rows = share_rows(4, [(0, 1, 0.2, 0.6), (0, 2, 0.1, 0.9), (1, 0, 0.0, 0.5), (1, 3, 0.3, 1.0)])
    fixed = np.array([np.nan, np.nan, 1.0, 0.0])
    told = bound(rows, fixed, "most").values
    monkeypatch.setattr(compiled_loops, "library", lambda: None)
    assert not isinstance(exposure_bounds.flow_of(rows, np.isnan(fixed)), FlowOrder)
    assert bound(rows, fixed, "most").values == pytest.approx(told, abs=CLOSE)


@needs_core
def test_rows_that_are_no_rows_are_refused():
    """What points outside the arrays is not followed."""
    starts, used, free = np.array([0, 1, 2]), np.ones(2, dtype=bool), np.ones(2, dtype=bool)
    for sources, begins in (([0, 2], starts), ([0, -1], starts), ([0, 1], np.array([0, 3, 2]))):
        room = [np.empty(3, dtype=np.int32) for _ in range(6)]
        given_ = np.array(sources)
        told = library().components(
            address(begins), address(given_), address(used), 2, address(free), 2,
            *map(address, room), address(np.empty(2, dtype=np.int64)),
        )  # fmt: skip
        assert told == -1


@needs_core
def test_a_plain_install_traces_without_scipy(monkeypatch):
    """Of what the core does nothing needs an extra; what does is asked for in one line."""
    for name in [n for n in sys.modules if n.split(".")[0] == "scipy"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "scipy", None)
    rows = share_rows(4, [(0, 1, 0.2, 0.6), (0, 2, 0.1, 0.9), (1, 0, 0.0, 0.5), (1, 3, 0.3, 1.0)])
    fixed = np.array([np.nan, np.nan, 1.0, 0.0])
    assert 0 < bound(rows, fixed, "most").values[0] < 1
    with pytest.raises(MissingExtraError, match="routes"):
        loop_levels(rows, np.isnan(fixed))


def test_few_nodes_are_solved_without_a_word_on_standard_output(capfd):
    """The sparse factors of this network have parts without rows, of which BLAS complained where tables are printed."""
    rng = np.random.default_rng(5)
    for _ in range(200):
        nodes = int(rng.integers(3, 60))
        takers = rng.integers(0, nodes - 2, 2 * nodes)
        links = [(int(t), int(s), 0.0, 1.0) for t, s in zip(takers, rng.integers(0, nodes, len(takers)), strict=True)]
        fixed = np.full(nodes, np.nan)
        fixed[-2:] = 1.0, 0.0
        rows, lost = with_untraced_loops(share_rows(nodes, links), fixed)
        fixed = np.where(np.isin(np.arange(rows.nodes), lost), 0.0, fixed)
        bound(rows, fixed, "most", loop_levels(rows, np.isnan(fixed)))
    assert capfd.readouterr().out == ""
