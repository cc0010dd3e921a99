"""Lots of stocks against a stock that is emptied unit by unit in every order, and products made of lots."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.core.contract import table
from entrepot.tracing.asked_exposure import Asked, Exposed
from entrepot.tracing.contract import SUPPLY_LINKS
from entrepot.tracing.stocks.contract import RULES, STOCK_EXPOSURES
from entrepot.tracing.stocks.lots import Came, Left, fifo, pro_rata, worst_case
from entrepot.tracing.stocks.stock_exposures import stock_exposures

EMPTY = dict.fromkeys(c for c in SUPPLY_LINKS.names if c not in {"file_id", "row"})
CLOSE = 1e-9  # sums of some fractions of whole pieces


@st.composite
def stocks(draw, days=5):
    """What came and what left, in whole units that are the same number on both sides; several on one day, often."""
    came = draw(st.lists(st.tuples(st.integers(0, days), st.integers(1, 3)), min_size=1, max_size=3))
    total = sum(n for _, n in came)
    cuts = sorted(draw(st.sets(st.integers(1, max(1, total - 1)), max_size=2)) - {total})
    sizes = [b - a for a, b in zip([0, *cuts], [*cuts, total], strict=True)]
    left = sorted((draw(st.integers(0, days)), n) for n in sizes)
    return (
        [Came(i, day, n / total) for i, (day, n) in enumerate(sorted(came))],
        [Left(i, day, n / total) for i, (day, n) in enumerate(left)],
        total,
    )


def any_that_lies_there(_came, waiting):
    return [i for i, n in enumerate(waiting) if n]


def any_of_the_oldest_day(came, waiting):
    oldest = min((c.day for c, n in zip(came, waiting, strict=True) if n), default=None)
    return [i for i, n in enumerate(waiting) if n and came[i].day == oldest]


def unit_by_unit(came, left, total, may_leave):
    """Every way in which units can leave, each with how likely it is where any unit and any lot of the day may be next.

    By lot, how many units of each input it has; the last number counts those that no paper brought. Nothing of the code
    under test is asked.
    """
    units, sizes = ([round(x.part * total) for x in some] for some in (came, left))
    states = {(tuple([0] * len(came)), tuple((0,) * (len(came) + 1) for _ in left)): Fraction(1)}
    for day in sorted({lot.day for lot in left}):
        last = max((lot.day for lot in left if lot.day < day), default=-1)
        new = [n if last < c.day <= day else 0 for c, n in zip(came, units, strict=True)]
        states = {
            (tuple(a + b for a, b in zip(waiting, new, strict=True)), has): p for (waiting, has), p in states.items()
        }
        for _ in range(sum(n for lot, n in zip(left, sizes, strict=True) if lot.day == day)):
            states = _one_more(states, day, (came, left, sizes), may_leave)
    return {has: sum(p for (_, h), p in states.items() if h == has) for _, has in states}


def _one_more(states, day, stock, may_leave):
    came, left, sizes = stock
    found = {}
    for (waiting, has), p in states.items():
        slots = [sizes[j] - sum(has[j]) if lot.day == day else 0 for j, lot in enumerate(left)]
        choices = may_leave(came, waiting)
        there = sum(waiting[i] for i in choices)
        for j in (j for j, n in enumerate(slots) if n):
            for i in choices or [len(came)]:
                after = tuple(n - (k == i) for k, n in enumerate(waiting))
                more = tuple(n + (k == i) for k, n in enumerate(has[j]))
                key = (after, (*has[:j], more, *has[j + 1 :]))
                chance = p * Fraction(slots[j], sum(slots)) * (Fraction(waiting[i], there) if choices else 1)
                found[key] = found.get(key, 0) + chance
    return found


def flat(lots, inputs):
    """Shares of each input, and of what is not on record, by lot, between two ends; mixes followed."""
    told, out = [], {}
    for lot in lots:
        low, high = [0.0] * inputs + [lot.unknown[0]], [0.0] * inputs + [lot.unknown[1]]
        for what, lo, hi in lot.parts:
            low[what] += lo
            high[what] += hi
        if lot.mix is not None:
            before = told[lot.mix[0]]
            low, high = (
                [a + lot.mix[1] * b for a, b in zip(own, mixed, strict=True)]
                for own, mixed in zip((low, high), before, strict=True)
            )
        told.append((low, high))
        if lot.link >= 0:
            out[lot.link] = told[-1]
    return out


@pytest.mark.parametrize(("rule", "may_leave"), [(fifo, any_of_the_oldest_day), (worst_case, any_that_lies_there)])
@settings(max_examples=150, deadline=None)
@given(case=stocks())
def test_ends_hold_every_order_of_units_and_are_attained(case, rule, may_leave):
    came, left, total = case
    found = flat(rule(came, left), len(came))
    ways = unit_by_unit(came, left, total, may_leave)
    for j, lot in enumerate(left):
        shares = [[n / round(lot.part * total) for n in has[j]] for has in ways]
        for i, (low, high) in enumerate(zip(*found[lot.what], strict=True)):
            assert low == pytest.approx(min(s[i] for s in shares), abs=CLOSE)
            assert high == pytest.approx(max(s[i] for s in shares), abs=CLOSE)


@settings(max_examples=150, deadline=None)
@given(stocks())
def test_pro_rata_is_the_mean_of_all_orders_in_which_any_unit_may_be_next(case):
    came, left, total = case
    found = flat(pro_rata(came, left), len(came))
    ways = unit_by_unit(came, left, total, any_that_lies_there)
    assert sum(ways.values()) == 1
    for j, lot in enumerate(left):
        mean = [sum(p * has[j][i] for has, p in ways.items()) / round(lot.part * total) for i in range(len(came) + 1)]
        assert found[lot.what][0] == pytest.approx([float(m) for m in mean], abs=1e-6)
        assert found[lot.what][0] == found[lot.what][1]


@settings(max_examples=150, deadline=None)
@given(stocks())
def test_the_worst_case_holds_both_others(case):
    came, left, _ = case
    worst = flat(worst_case(came, left), len(came))
    for rule in (fifo, pro_rata):
        for what, (low, high) in flat(rule(came, left), len(came)).items():
            assert all(w <= share + 1e-6 for w, share in zip(worst[what][0], low, strict=True))
            assert all(w >= share - 1e-6 for w, share in zip(worst[what][1], high, strict=True))


@pytest.mark.parametrize(("rule", "may_leave"), [("fifo", any_of_the_oldest_day), ("worst_case", any_that_lies_there)])
@settings(max_examples=40, deadline=None)
@given(case=stocks(), kinds=st.lists(st.sampled_from(["Listed", "Clean"]), min_size=3, max_size=3))
def test_products_of_a_stock_are_those_of_every_order_of_units(case, kinds, rule, may_leave):
    """From links to percentages: what a lot has of listed inputs, and of these and what no paper brought."""
    came, left, total = case
    links = [
        link(1 + i, f"{kinds[i]} {i}", "Spinner", material="lint", product="yarn", date=f"2025-01-{c.day + 1:02}",
             quantity=float(round(c.part * total)), unit="t", origin="Italy" if kinds[i] == "Clean" else None)
        for i, c in enumerate(came)
    ]  # fmt: skip
    links += [
        link(100 + j, "Spinner", f"Shop {j}", material="yarn", product="shirt", date=f"2025-01-{lot.day + 1:02}",
             quantity=float(round(lot.part * total)), unit="t")
        for j, lot in enumerate(left)
    ]  # fmt: skip
    last = max(lot.day for lot in left)
    if any(c.day > last for c in came):
        return  # what came after the last supply is in none of it, and shares are of the rest alone
    listed = [i for i in range(len(came)) if kinds[i] == "Listed"]
    found = told(links, {f"Listed {i}" for i in listed})
    for j, lot in enumerate(left):
        size, ways = round(lot.part * total), unit_by_unit(came, left, total, may_leave)
        sure = [sum(has[j][i] for i in listed) / size * 100 for has in ways]
        open_ = [s + has[j][-1] / size * 100 for s, has in zip(sure, ways, strict=True)]
        _, low, high = found[f"Shop {j}", rule]
        assert low <= min(sure) + 1e-3
        assert high >= max(open_) - 1e-3
        if len(listed) <= 1:
            assert low == pytest.approx(min(sure), abs=1e-3)
        if len(came) - len(listed) <= 1:
            assert high == pytest.approx(max(open_), abs=1e-3)


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


def told(links, who=("Listed",)):
    exposed = {name: Exposed("certain", "a list") for name in who}
    asked = Asked(table(SUPPLY_LINKS, links), exposed, {"Italy": "elsewhere"}, date(2026, 1, 1))
    found = table(STOCK_EXPOSURES, stock_exposures(asked, lambda made: made.final)).to_pylist()
    return {(r["party"], r["rule"]): (r["touches"], r["low_percent"], r["high_percent"]) for r in found}


def test_what_left_before_the_listed_lint_came_has_none_of_it():
    found = told(rows())
    assert found["Early", "all_days"][1:] == (50, 50)  # the mix of all days does not know when it left
    for rule in ("fifo", "pro_rata", "worst_case"):
        assert found["Early", rule] == ("no", 0, 0)
    assert found["Late", "all_days"] == ("yes", 50, 50)
    for rule in ("fifo", "pro_rata", "worst_case"):  # all that was clean had left
        assert found["Late", rule] == ("yes", 100, 100)


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


def test_of_one_day_nothing_stands_in_an_order():
    """The listed and the clean lint came on one day: which left first no paper says."""
    links = rows()
    links[0]["date"] = links[1]["date"] = "2025-01-10"
    found = told(links)
    assert found["Early", "fifo"] == ("yes", 0, 100)
    assert found["Early", "pro_rata"] == ("yes", 50, 50)
    # On one day left both: each of them may be of either.
    links = rows()
    links[1]["date"] = "2025-01-20"
    links[3]["date"] = links[2]["date"]
    assert told(links)["Late", "fifo"] == ("yes", 0, 100)


def test_a_sale_that_names_no_product_is_told_by_every_rule():
    links = rows()
    links.append(link(5, "Late", "Shop", material="shirt", date="2025-05-01", quantity=4.0, unit="pcs"))
    asked = Asked(table(SUPPLY_LINKS, links), {"Listed": Exposed("certain", "a list")}, {}, date(2026, 1, 1))
    found = table(STOCK_EXPOSURES, stock_exposures(asked, lambda made: made.final)).to_pylist()
    shop = [r for r in found if r["party"] == "Shop"]
    assert [(r["product"], r["rule"]) for r in shop] == [(None, rule) for rule in RULES]
    assert len({r["number"] for r in shop}) == 1
    assert len({r["number"] for r in found}) == len(found) / len(RULES)


def test_what_was_short_once_is_not_short_again():
    """The first lot left before anything had come; by the second as much had come as it needed."""
    came = [Came(0, 5, 0.5), Came(1, 20, 0.5)]
    left = [Left(0, 1, 0.5), Left(1, 9, 0.5)]
    for rule in (fifo, pro_rata, worst_case):
        found = flat(rule(came, left), 2)
        assert found[0] == ([0, 0, 1], [0, 0, 1])
        assert found[1] == ([1, 0, 0], [1, 0, 0])
