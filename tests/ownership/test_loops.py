"""Loops of owners: what goes round is held against linear equations solved in fractions, and told in words."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise, product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from entrepot.desk.desk import Desk
from entrepot.ownership.method.loops import follow_loops, round_of
from entrepot.ownership.method.spread import spread, spread_alone
from entrepot.ownership.stake import PERCENT, WHOLE
from ownership.naive import graph

HALF = 50 * PERCENT
COUNT = 5
pairs = st.tuples(st.integers(0, COUNT - 1), st.integers(0, COUNT - 1)).filter(lambda p: p[0] != p[1])
# Exact shares, of which a party has at most three owners: sums stay at the whole or below.
graphs = st.dictionaries(pairs, st.sampled_from((10, 20, 30, 33, 45)), min_size=3, max_size=9)
STILL = 5  # parts, of 10**12: rounds are ended when they add less than a thousandth of one


def loops_of(stakes, out):
    """Groups of parties that reach one another, by brute force."""
    reach = {(a, b) for a, b in stakes if {a, b} <= out}
    for _ in range(COUNT):
        reach |= {(a, d) for (a, b), (c, d) in product(reach, reach) if b == c}
    groups = {frozenset(q for q in out if (p, q) in reach and (q, p) in reach) for p in out}
    return [sorted(g) for g in groups if len(g) > 1]


def solved(stakes, members, held):
    """x = b + S x by elimination, in fractions of the whole; None where there is no single answer."""
    rows = [
        [Fraction(int(p == q)) - Fraction(stakes.get((q, p), 0), 100) for q in members] + [held[p]] for p in members
    ]
    for at in range(len(rows)):
        pivot = next((r for r in range(at, len(rows)) if rows[r][at]), None)
        if pivot is None:
            return None
        rows[at], rows[pivot] = rows[pivot], rows[at]
        rows[at] = [v / rows[at][at] for v in rows[at]]
        for other in range(len(rows)):
            if other != at:
                rows[other] = [a - rows[other][at] * b for a, b in zip(rows[other], rows[at], strict=True)]
    return {p: row[-1] for p, row in zip(members, rows, strict=True)}


@settings(max_examples=200, deadline=None)
@given(graphs)
def test_what_goes_round_is_what_the_equations_say(stakes):
    assume(all(sum(s for (_, b), s in stakes.items() if b == p) <= 100 for p in range(COUNT)))
    g = graph({k: (s * PERCENT, s * PERCENT) for k, s in stakes.items()}, COUNT)
    most = spread(g, [0], HALF, most=True)
    plain = {p for p in range(COUNT) if most.stage[p] >= 0}
    loops = follow_loops(g, most, HALF)
    inside = {p for p in range(COUNT) if most.stage[p] >= 0}
    assert plain <= inside
    held = {p: Fraction(sum(s for (a, b), s in stakes.items() if b == p and a in inside), 100) for p in range(COUNT)}
    for members in loops_of(stakes, set(range(COUNT)) - inside):
        if any(held[p] for p in members):
            for party, share in solved(stakes, members, held).items():
                assert abs(loops.carried[party] - share * WHOLE) <= STILL
                assert share * WHOLE < HALF + STILL, "who has the threshold is in the set"
                around = round_of(g, loops.members[party], party)
                assert around[0] == around[-1] == party
                assert all((a, b) in stakes for a, b in pairwise(around))
        else:
            assert not {*members} & {*loops.carried}, "a loop into which nobody puts anything"


def test_thirty_and_seventy_round_are_all_of_it():
    g = graph({(0, 1): (30 * PERCENT,) * 2, (2, 1): (70 * PERCENT,) * 2, (1, 2): (WHOLE,) * 2}, 3)
    for most in (spread(g, [0], HALF, most=True), spread_alone(g, [0], HALF + 1, most=True)[0]):
        loops = follow_loops(g, most, HALF + 1)
        assert loops.carried[1] == WHOLE
        assert [most.stage[p] for p in range(3)] == [0, 1, 2] or most.stage[1] < most.stage[2]


def test_the_threshold_itself_is_met_to_the_part():
    """x = 0.3 + 0.4 x is 0.5: enough for 50 % or more, and not for more than 50 %."""
    shares = {(0, 1): (30 * PERCENT,) * 2, (2, 1): (40 * PERCENT,) * 2, (1, 2): (WHOLE,) * 2}
    for least, comes in ((HALF, True), (HALF + 1, False)):
        g = graph(shares, 3)
        most = spread(g, [0], least, most=True)
        assert follow_loops(g, most, least).carried[1] == HALF
        assert bool(most.stage[1] >= 0) is comes


def test_a_loop_that_nearly_keeps_all_ends_at_what_the_others_leave():
    low, high = 1, 90 * PERCENT
    g = graph({(0, 1): (low, low), (2, 1): (high, WHOLE - low), (1, 2): (WHOLE,) * 2, (3, 1): (0, 0)}, 4)
    most = spread(g, [0], HALF, most=True)
    assert 0 < follow_loops(g, most, HALF).carried[1] <= WHOLE


LINKS = """owner,owner_id,owned,share
Corps,ofac-29299,Round Mill,20
Shell,,Round Mill,75
Round Mill,,Shell,100
Shell,,Below Mill,80
Corps,ofac-29299,Small Ring,10
Other Ring,,Small Ring,30
Small Ring,,Other Ring,60
Lone One,,Lone Two,60
Lone Two,,Lone One,60
"""


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    folder = tmp_path_factory.mktemp("loops")
    (folder / "owners.csv").write_text(LINKS, encoding="utf-8")
    desk = Desk(folder / "store")
    desk.load_ownership(folder / "owners.csv")
    return {r["party"]: r for r in desk.own(everyone=True, as_of="2024-01-01").to_pylist()}


@pytest.mark.parametrize(
    ("party", "verdict", "low", "high", "said"),
    [  # 0.2 / (1 - 0.75) = 0.8; then it counts whole, and so does the shell: 20 + 75
        ("Round Mill", "cannot_be_excluded", 20, 95, "Round Mill -> Shell -> Round Mill"),
        ("Shell", "cannot_be_excluded", 0, 100, "Shell -> Round Mill -> Shell"),
        ("Below Mill", "cannot_be_excluded", 0, 80, "a loop of owners above it"),
        ("Small Ring", "not_blocked", 10, 100 * 0.1 / 0.82, "up to 12.19512195"),
        ("Other Ring", "not_blocked", 0, 60 * 0.1 / 0.82, "Other Ring -> Small Ring -> Other Ring"),
    ],
)
def test_an_answer_names_the_loop_and_what_it_carries(answers, party, verdict, low, high, said):  # noqa: PLR0913, PLR0917
    row = answers[party]
    assert row["verdict"] == verdict
    assert row["low_percent"] == low
    assert row["high_percent"] == pytest.approx(high, abs=1e-9)
    assert said in row["reason"]
    assert row["worst_case"] is None


def test_a_loop_of_nobody_listed_is_no_answer(answers):
    assert not {"Lone One", "Lone Two"} & set(answers)


def test_too_many_who_own_one_another_are_named_as_such_and_not_followed(tmp_path):
    ring = [f"Ring {n}" for n in range(501)]
    links = "".join(f"{a},,{b},40\n" for a, b in zip(ring, ring[1:] + ring[:1], strict=True))
    (tmp_path / "owners.csv").write_text(f"owner,owner_id,owned,share\nCorps,ofac-29299,Ring 7,30\n{links}")
    desk = Desk(tmp_path / "store")
    desk.load_ownership(tmp_path / "owners.csv")
    (row,) = desk.own("Ring 7", as_of="2024-01-01").to_pylist()
    assert (row["verdict"], row["high_percent"]) == ("not_blocked", 30)
    assert "among 501 parties that own one another" in row["reason"]
