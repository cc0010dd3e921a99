"""Lots of stocks against a stock that is emptied piece by piece, and products made of lots."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.core.contract import table
from entrepot.tracing.asked_exposure import Asked, Exposed
from entrepot.tracing.contract import SUPPLY_LINKS
from entrepot.tracing.stocks.contract import STOCK_EXPOSURES
from entrepot.tracing.stocks.lots import Came, Left, fifo, pro_rata, worst_case
from entrepot.tracing.stocks.stock_exposures import stock_exposures

EMPTY = dict.fromkeys(c for c in SUPPLY_LINKS.names if c not in {"file_id", "row"})
CLOSE = 1e-9  # sums of some fractions of whole pieces


@st.composite
def stocks(draw):
    """What came and what left, in whole pieces that are the same number on both sides."""
    came = draw(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 5)), min_size=1, max_size=5))
    total = sum(n for _, n in came)
    cuts = sorted(draw(st.sets(st.integers(1, max(1, total - 1)), max_size=3)) - {total})
    sizes = [b - a for a, b in zip([0, *cuts], [*cuts, total], strict=True)]
    left = sorted((draw(st.integers(0, 9)), n) for n in sizes)
    return (
        [Came(i, day, n / total) for i, (day, n) in enumerate(sorted(came))],
        [Left(i, day, n / total) for i, (day, n) in enumerate(left)],
        total,
    )


def flat(lots, inputs):
    """Shares of each input, low and high, and the unknown of each lot, mixes followed."""
    told, out = [], {}
    for lot in lots:
        low, high, unknown = [0.0] * inputs, [0.0] * inputs, lot.unknown
        for what, lo, hi in lot.parts:
            low[what] += lo
            high[what] += hi
        if lot.mix is not None:
            before = told[lot.mix[0]]
            low = [a + lot.mix[1] * b for a, b in zip(low, before[0], strict=True)]
            high = [a + lot.mix[1] * b for a, b in zip(high, before[1], strict=True)]
            unknown += lot.mix[1] * before[2]
        told.append((low, high, unknown))
        if lot.link >= 0:
            out[lot.link] = told[-1]
    return out


def pieces(came, left, total):
    """The stock emptied piece by piece, the oldest first: the input of each piece, None where none is there."""
    waiting = [(c.day, c.what) for c in came for _ in range(round(c.part * total))]
    out = {}
    for lot in left:
        taken = []
        for _ in range(round(lot.part * total)):
            there = waiting and waiting[0][0] <= lot.day
            taken.append(waiting.pop(0)[1] if there else None)
        out[lot.what] = taken
    return out


@settings(max_examples=150)
@given(stocks())
def test_first_in_first_out_is_the_stock_emptied_piece_by_piece(case):
    came, left, total = case
    found = flat(fifo(came, left), len(came))
    for what, taken in pieces(came, left, total).items():
        low, high, unknown = found[what]
        assert low == high
        assert low == pytest.approx([taken.count(i) / len(taken) for i in range(len(came))], abs=CLOSE)
        assert unknown == pytest.approx(taken.count(None) / len(taken), abs=CLOSE)


@settings(max_examples=150)
@given(stocks())
def test_pro_rata_is_the_mix_that_lay_there(case):
    came, left, total = case
    found = flat(pro_rata(came, left), len(came))
    held, at = [0.0] * len(came), 0
    for lot in left:
        while at < len(came) and came[at].day <= lot.day:
            held[came[at].what] += came[at].part
            at += 1
        there = sum(held)
        taken = min(there, lot.part)
        share = [taken / lot.part * h / there if there > CLOSE else 0.0 for h in held]
        assert found[lot.what][0] == pytest.approx(share, abs=1e-6)
        held = [h * (1 - taken / there) if there > CLOSE else 0.0 for h in held]
    assert total > 0


@settings(max_examples=150)
@given(stocks())
def test_the_worst_case_holds_both_others(case):
    came, left, _ = case
    worst = flat(worst_case(came, left), len(came))
    for rule in (fifo, pro_rata):
        for what, (low, _high, _unknown) in flat(rule(came, left), len(came)).items():
            assert all(w >= share - CLOSE for w, share in zip(worst[what][1], low, strict=True))


def link(row, supplier, buyer, **more):
    who = {"supplier": supplier, "supplier_id": supplier, "buyer": buyer, "buyer_id": buyer}
    return {**EMPTY, "file_id": "supply-000000000000", "row": row, **who, **more}


def rows():
    """Clean lint in January, listed lint in March; yarn leaves in February and in April, for a shirt each."""
    amount = {"quantity": 10.0, "unit": "t"}
    return [
        link(1, "Clean", "Spinner", material="lint", product="yarn", date="2025-01-10", origin="Italy", **amount),
        link(2, "Listed", "Spinner", material="lint", product="yarn", date="2025-03-10", **amount),
        link(3, "Spinner", "Early", material="yarn", product="shirt", date="2025-02-10", **amount),
        link(4, "Spinner", "Late", material="yarn", product="shirt", date="2025-04-10", **amount),
    ]


def told(links):
    asked = Asked(
        table(SUPPLY_LINKS, links), {"Listed": Exposed("certain", "a list")}, {"Italy": "elsewhere"}, date(2026, 1, 1)
    )
    found = table(STOCK_EXPOSURES, stock_exposures(asked, lambda made: made.final)).to_pylist()
    return {(r["party"], r["rule"]): (r["touches"], r["low_percent"], r["high_percent"]) for r in found}


def test_what_left_before_the_listed_lint_came_has_none_of_it():
    found = told(rows())
    assert found["Early", "all_days"][1:] == (50, 50)  # the mix of all days does not know when it left
    for rule in ("fifo", "pro_rata", "worst_case"):
        assert found["Early", rule] == ("no", 0, 0)
    assert found["Late", "all_days"] == ("yes", 50, 50)
    for rule in ("fifo", "pro_rata"):
        assert found["Late", rule] == ("yes", 100, 100)
    assert found["Late", "worst_case"] == ("yes", 0, 100)  # its lots are not held against one another


def test_a_stock_that_is_mixed_leaves_by_its_rule():
    links = rows()
    links[1]["date"] = "2025-01-20"
    found = told(links)
    assert found["Early", "fifo"] == ("no", 0, 0)
    assert found["Early", "pro_rata"] == ("yes", 50, 50)
    assert found["Early", "worst_case"] == ("yes", 0, 100)
    assert found["Late", "fifo"] == ("yes", 100, 100)


def test_what_left_before_enough_came_is_an_end_of_what_is_known():
    links = rows()
    links[0]["date"] = links[1]["date"] = "2025-03-10"
    found = told(links)
    for rule in ("fifo", "pro_rata", "worst_case"):
        assert found["Early", rule][1:] == (0, 100)
