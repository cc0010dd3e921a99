"""The cheapest cut against every set of links of small graphs."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.tracing.method.minimum_cut import CostedLinks, NoCutError, minimum_cut, reached


def is_cut(nodes, links, without, sources, goal):
    kept = [x for i, x in enumerate(links) if i not in without]
    heads, tails = (np.array([x[k] for x in kept], dtype=np.int64) for k in (0, 1))
    return not reached(nodes, heads, tails, np.flatnonzero(sources))[goal]


@st.composite
def graphs(draw):
    nodes = draw(st.integers(3, 6))
    ends = st.tuples(st.integers(0, nodes - 1), st.integers(0, nodes - 1), st.integers(1, 9))
    links = draw(st.lists(ends, min_size=1, max_size=9))
    sources = np.zeros(nodes, dtype=bool)
    sources[draw(st.lists(st.integers(0, nodes - 2), min_size=1, max_size=2))] = True
    return nodes, links, sources


@settings(max_examples=150)
@given(graphs())
def test_no_cheaper_set_of_links_cuts(case):
    nodes, links, sources = case
    goal = nodes - 1
    heads, tails, costs = (np.array([x[k] for x in links]) for k in range(3))
    cut = minimum_cut(nodes, CostedLinks(heads, tails, costs.astype(float)), sources, goal)
    assert is_cut(nodes, links, set(cut.tolist()), sources, goal)
    best = min(
        sum(links[i][2] for i in some)
        for count in range(len(links) + 1)
        for some in combinations(range(len(links)), count)
        if is_cut(nodes, links, set(some), sources, goal)
    )
    assert costs[cut].sum() == best


def test_a_goal_that_is_a_source_has_no_cut():
    with pytest.raises(NoCutError):
        minimum_cut(2, CostedLinks(np.array([0]), np.array([1]), np.ones(1)), np.array([False, True]), 1)
