"""The method against brute force: intervals hold every choice of the shares that are not known, and are attained."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from entrepot.ownership.method import certificate
from entrepot.ownership.method.spread import share, spread, spread_alone
from entrepot.ownership.stake import PERCENT, WHOLE
from entrepot.ownership.verdicts.verdicts import verdicts
from ownership.naive import blocked, graph, held, is_possible
from ownership.worlds import asked, chain_world

HALF = 50 * PERCENT
COUNT = 5
GRID = (0, 20, 25, 30, 50, 60, 100)  # per cent: ends that add up to the threshold and beyond in many ways

ends = st.tuples(st.sampled_from(GRID), st.sampled_from(GRID)).map(lambda e: tuple(sorted(e)))
pairs = st.tuples(st.integers(0, COUNT - 1), st.integers(0, COUNT - 1)).filter(lambda p: p[0] != p[1])
graphs = st.dictionaries(pairs, ends, min_size=1, max_size=7)
listings = st.sets(st.integers(0, COUNT - 1), min_size=1, max_size=2)


def in_parts(stakes):
    return {k: (low * PERCENT, high * PERCENT) for k, (low, high) in stakes.items()}


def can_be(stakes):
    return all(sum(low for (_, b), (low, _) in stakes.items() if b == p) <= WHOLE for p in range(COUNT))


def choices(stakes):
    """Every choice of the ends and the middle of each stake that leaves no party with more than the whole."""
    steps = {k: sorted({low, high, (low + high) // 2}) for k, (low, high) in stakes.items()}
    for values in product(*steps.values()):
        shares = dict(zip(steps, values, strict=True))
        if is_possible(shares, stakes):
            yield shares


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(graphs, listings)
def test_the_interval_holds_every_choice_of_unknown_shares(stakes, listed):
    stakes = in_parts(stakes)
    assume(can_be(stakes))
    g = graph(stakes, COUNT)
    least, most = (spread(g, sorted(listed), HALF, most=m) for m in (False, True))
    for shares in choices(stakes):
        found = blocked(shares, listed)
        for party in range(COUNT):
            assert (least.stage[party] >= 0) <= (party in found) <= (most.stage[party] >= 0)
            low, high = share(g, least, party, most=False), share(g, most, party, most=True)
            assert low <= held(shares, found, party) <= high


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(graphs, listings)
def test_both_ends_are_attained(stakes, listed):
    stakes = in_parts(stakes)
    assume(can_be(stakes))
    g = graph(stakes, COUNT)
    least, most = (spread(g, sorted(listed), HALF, most=m) for m in (False, True))
    lows = {k: low for k, (low, _) in stakes.items()}
    found = blocked(lows, listed)
    highs = raised(stakes, most)
    assert is_possible(highs, stakes)
    worst = blocked(highs, listed)
    for party in range(COUNT):
        assert (least.stage[party] >= 0) == (party in found)
        assert share(g, least, party, most=False) == held(lows, found, party)
        assert (most.stage[party] >= 0) == (party in worst)
        assert share(g, most, party, most=True) == held(highs, worst, party)


def raised(stakes, most):
    """Each owner that may be blocked as high as there is room, those that came in first before the others."""
    shares = {k: low for k, (low, _) in stakes.items()}
    for a, b in sorted(stakes, key=lambda k: most.stage[k[0]]):
        if most.stage[a] >= 0:
            room = WHOLE - sum(s for (_, owned), s in shares.items() if owned == b)
            shares[a, b] += min(stakes[a, b][1] - shares[a, b], room)
    return shares


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(graphs, listings)
def test_a_worst_case_blocks_and_the_missing_shares_settle_it(stakes, listed):
    stakes = in_parts(stakes)
    assume(can_be(stakes))
    g = graph(stakes, COUNT)
    least, most = (spread(g, sorted(listed), HALF, most=m) for m in (False, True))
    keys = sorted(stakes)  # as the graph orders them
    for party in range(COUNT):
        if least.stage[party] >= 0 or most.stage[party] < 0:
            continue
        shares = {k: low for k, (low, _) in stakes.items()}
        shares |= {keys[c.stake]: c.parts for c in certificate.worst_case(g, most, party, HALF)}
        assert is_possible(shares, stakes)
        assert party in blocked(shares, listed)
        settled_either_way(stakes, listed, [keys[at] for at in certificate.missing(g, least, most, party)], party)


def settled_either_way(stakes, listed, wanted, party):
    assert wanted
    for shares in choices({k: stakes[k] for k in wanted}):
        known = stakes | {k: (s, s) for k, s in shares.items()}
        if can_be(known):
            g = graph(known, COUNT)
            both = [spread(g, sorted(listed), HALF, most=m).stage[party] >= 0 for m in (False, True)]
            assert both[0] == both[1]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(graphs, listings)
def test_a_chain_goes_from_a_listed_party_by_blocked_owners(stakes, listed):
    stakes = in_parts({k: (high, high) for k, (_, high) in stakes.items()})
    assume(can_be(stakes))
    g = graph(stakes, COUNT)
    found = spread(g, sorted(listed), HALF, most=False)
    keys = sorted(stakes)
    for party in range(COUNT):
        for chain in certificate.Behind(g, found).chains(party):
            links = [keys[at] for at in chain.stakes]
            assert links[0][0] in listed
            assert links[-1][1] == party
            assert all(a[1] == b[0] for a, b in pairwise(links))
            assert all(found.stage[a] >= 0 for a, _ in links)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(graphs, listings, st.integers(2, 4))
def test_a_long_chain_is_told_by_its_first_link_and_its_last(stakes, listed, longest):
    stakes = in_parts({k: (high, high) for k, (_, high) in stakes.items()})
    assume(can_be(stakes))
    g = graph(stakes, COUNT)
    behind = certificate.Behind(g, spread(g, sorted(listed), HALF, most=False))
    for party in range(COUNT):
        for whole, cut in zip(behind.chains(party), behind.chains(party, longest=longest), strict=True):
            assert whole.left_out == 0
            assert len(cut.stakes) == min(longest, len(whole.stakes))
            assert cut.left_out == len(whole.stakes) - len(cut.stakes)
            assert (cut.stakes[0], *cut.stakes[1:]) == (whole.stakes[0], *whole.stakes[1 + cut.left_out :])


def test_what_a_verdict_keeps_does_not_grow_with_the_chain_behind_it():
    """Told whole, the chains of a thousand companies in a row are half a million links."""
    made = verdicts(asked(chain_world(1_000)))
    assert made.rows.num_rows == 999
    counts = Counter(made.links.column("ownership_id").to_pylist())
    assert max(counts.values()) == 8
    last = next(r for r in made.rows.to_pylist() if r["party"] == "Firm 999")
    assert last["chains"][0].startswith("Firm 0 -> (100 %) Firm 1 -> … 991 links … -> (100 %) Firm 993 -> ")
    assert last["chains"][0].endswith("-> (100 %) Firm 999")
    assert last["listings"] == ["Firm 0 (e0, own-l), by its entry"]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10_000))
def test_rounds_of_arrays_and_one_by_one_give_one_answer(seed):
    draw = np.random.default_rng(seed)
    count, links = 60, 200
    stakes = {}
    for a, b in draw.integers(0, count, (links, 2)).tolist():
        total = sum(low for (_, owned), (low, _) in stakes.items() if owned == b)
        if a != b and total <= 60 * PERCENT:
            low = int(draw.integers(0, 41)) * PERCENT
            stakes[a, b] = (low, low + int(draw.integers(0, 30)) * PERCENT)
    g, listed = graph(stakes, count), list(range(6))
    for most in (False, True):
        alone = spread(g, listed, HALF, most=most)
        from entrepot.ownership.method import spread as module  # the switch between the two ways is a constant of it

        few, module._FEW = module._FEW, -1
        try:
            arrays = spread(g, listed, HALF, most=most)
        finally:
            module._FEW = few
        assert alone.stage.tolist() == arrays.stage.tolist()
        assert alone.low.tolist() == arrays.low.tolist()
        assert alone.high.tolist() == arrays.high.tolist()


def test_an_innocent_loop_is_not_blocked():
    """The greatest fixpoint would block both: each owns half of the other, and nobody listed owns any of them."""
    g = graph(in_parts({(1, 2): (50, 50), (2, 1): (50, 50), (0, 3): (100, 100)}), 4)
    assert spread(g, [0], HALF, most=True).stage.tolist() == [0, -1, -1, 1]


@pytest.mark.parametrize(("shares", "is_blocked"), [((30, 30), [False, False]), ((60, 10), [True, False])])
def test_a_rule_that_does_not_add_looks_at_each_listed_party(shares, is_blocked):
    g = graph(in_parts({(0, 2): (shares[0],) * 2, (1, 2): (shares[1],) * 2}), 3)
    found = spread_alone(g, [0, 1], HALF + 1, most=False)
    assert [found[root].stage[2] > 0 for root in (0, 1)] == is_blocked
