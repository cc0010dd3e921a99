"""Sparse products against sums written out, in the order in which floats are added up."""

from heapq import heappop, heappush
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.names.search.keyed import postings
from entrepot.names.search.keyed.postings import Postings, build

NAMES = st.lists(
    st.lists(st.sampled_from("abcdefghijkl"), min_size=1, max_size=5, unique=True), min_size=1, max_size=40
)


def written_out(made: Postings, asked, most, least):
    """Each name's sum, key after key in 32 bits; the nearest as a heap keeps them, best first, then by place."""
    rows, weights, ends = made._rows(asked)
    values, starts, columns = made._read
    found = []
    for query, (a, b) in enumerate(pairwise(ends)):
        sums = {}
        for key, weight in zip(rows[a:b], weights[a:b], strict=True):
            for at in range(starts[key], starts[key + 1]):
                name = int(columns[at])
                sums[name] = np.float32(sums.get(name, np.float32(0)) + weight * values[at])
        heap = []
        for order, name in enumerate(reversed(sums)):
            if sums[name] > np.float32(least):
                heap.append((sums[name], order, name))
        kept = heap if len(heap) <= most else _kept(heap, most, least)
        found += sorted(((query, n, s) for s, _, n in kept), key=lambda f: (-f[2], f[1]))
    return found


class _Ranked(float):
    """A number that knows whose it is, and is compared as a number."""

    whose: tuple


def _kept(given_, most, least):
    heap = [_Ranked(least) for _ in range(most)]
    for entry in given_:
        if entry[0] > heap[0]:
            heappop(heap)
            number = _Ranked(entry[0])
            number.whose = entry
            heappush(heap, number)
    return [n.whose for n in heap]


@pytest.mark.parametrize("piece", [1, 7, 1 << 17])
@given(names=NAMES, asked=NAMES, most=st.integers(1, 8), least=st.sampled_from([0.0, 0.1, 0.4]))
def test_the_product_is_the_sum_written_out(piece, names, asked, most, least):
    made = build([(n, n[:2]) for n in names])
    groups = [(a, a[:2]) for a in asked]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postings, "_PIECE", piece)
        query, name, cosine = made.nearest(groups, most=most, least=least)
    expected = written_out(made, groups, min(most, made.names), least)
    assert list(zip(query.tolist(), name.tolist(), cosine.tolist(), strict=True)) == [
        (q, n, float(s)) for q, n, s in expected
    ]
    assert (name.dtype, cosine.dtype) == (np.int32, np.float32)


def test_what_meets_nothing_is_empty():
    made = build([(["a"], ["a"])])
    for asked in ([], [(["z"], ["y"])]):
        assert [len(part) for part in made.nearest(asked, most=3, least=0.1)] == [0, 0, 0]


def test_arrays_that_cannot_be_written_to_are_searched():
    made = build([(["a", "b"], []), (["b"], [])])
    for held in (made.starts, made.columns, made.values):
        held.flags.writeable = False
    assert made.nearest([(["b"], [])], most=3, least=0.1)[1].tolist() == [1, 0]
