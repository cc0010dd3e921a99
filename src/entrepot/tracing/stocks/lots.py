"""Lots that leave a stock, of what came into it before: first in first out, pro rata, or in the worst case.

A stock is followed where every link into and out of it has a day, every share of its input is known, and all that
leaves it is measured alike. Its yield is taken as even: all that came in, by the links, went into all that left. What
left before as much had come in was made of a stock that is not on record, and is an end of what is known.

Papers say days, not hours: what came on a day had come before anything left on it, and neither what came nor what left
on one day stands in an order. Where a rule hangs on that order, the share of an input lies between the least and the
most of all orders.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from entrepot.tracing.method.share_rows import Floats

Rule = Literal["fifo", "pro_rata", "worst_case"]
_NOTHING = 1e-12  # of a stock: a rounding of sums of shares


class Came(NamedTuple):
    """What came into a stock: the input, its day, and its part of all that came."""

    what: int
    day: int
    part: float


class Left(NamedTuple):
    """What left a stock: the link, its day, and its part of all that left."""

    what: int
    day: int
    part: float


@dataclass(frozen=True, slots=True)
class Lot:
    """What a lot, or the mix that lies in a stock, is made of.

    Attributes:
        link: the link by which it left; -1 of a mix that lies there.
        parts: input and its share between two ends.
        mix: the number of the mix before among those told, and its share; None where it has none.
        unknown: the share of what is not on record, between two ends.
    """

    link: int
    parts: tuple[tuple[int, float, float], ...]
    mix: tuple[int, float] | None
    unknown: tuple[float, float]


class _Drawn(NamedTuple):
    """What all lots of a day have of something together, between two ends."""

    what: int
    least: float
    most: float


def fifo(came: Sequence[Came], left: Sequence[Left]) -> Iterator[Lot]:
    """First in, first out, day by day; what has not come by the day is not on record.

    Args:
        came: by day.
        left: by day.
    """
    days = [list(some) for _, some in groupby(came, key=lambda c: c.day)]
    at, rest = 0, sum(c.part for c in days[0]) if days else 0.0
    for day, lots in _by_day(left):
        whole = sum(lot.part for lot in lots)
        wanted, drawn = whole, list[_Drawn]()
        while wanted > _NOTHING and at < len(days) and days[at][0].day <= day:
            taken = min(wanted, rest)
            drawn += _of_one_day(days[at], taken)
            wanted, rest = wanted - taken, rest - taken
            if rest <= _NOTHING:
                at += 1
                rest = sum(c.part for c in days[at]) if at < len(days) else 0.0
        for lot in lots:
            yield _lot(lot, whole, drawn, wanted)


def _of_one_day(some: Sequence[Came], taken: float) -> Iterator[_Drawn]:
    """What a draw from what came on one day can have of each of it, whatever of that day was drawn before."""
    others = sum(c.part for c in some)
    for c in some:
        yield _Drawn(c.what, taken if len(some) == 1 else max(0.0, taken - (others - c.part)), min(taken, c.part))


def _by_day(left: Sequence[Left]) -> Iterator[tuple[int, list[Left]]]:
    for day, some in groupby(left, key=lambda lot: lot.day):
        yield day, list(some)


def _lot(lot: Left, whole: float, drawn: Sequence[_Drawn], short: float) -> Lot:
    """A lot of a day's lots: any part as large as it of what they have together."""
    ends = [(d.what, *_ends(lot, whole, d.least, d.most)) for d in drawn]
    unknown = _ends(lot, whole, short, short) if short > _NOTHING else (0.0, 0.0)
    return Lot(lot.what, tuple(e for e in ends if e[2] > _NOTHING), None, unknown)


def _ends(lot: Left, whole: float, least: float, most: float) -> tuple[float, float]:
    """The share of a lot between two ends of what the whole has."""
    others = 0.0 if lot.part == whole else whole - lot.part
    low, high = max(0.0, least - others) / lot.part, min(1.0, most / lot.part)
    return (high if high - low < _NOTHING else low), high


def pro_rata(came: Sequence[Came], left: Sequence[Left]) -> Iterator[Lot]:
    """Each lot has the mix that lay there that day; what came that day had come before it.

    Args:
        came: by day.
        left: by day.
    """
    at, held, mix, told = 0, 0.0, -1, 0
    for day, lots in _by_day(left):
        while at < len(came) and came[at].day <= day:
            new = came[at]
            share = new.part / (held + new.part)
            before = (mix, 1 - share) if held > _NOTHING else None
            yield Lot(-1, ((new.what, share, share),), before, (0.0, 0.0))
            held, mix, told, at = held + new.part, told, told + 1, at + 1
        whole = sum(lot.part for lot in lots)
        taken = min(held, whole)
        share = taken / whole if taken > _NOTHING else 0.0
        unknown = 1 - share if 1 - share > _NOTHING else 0.0
        for lot in lots:  # where not enough lay there, none of a day's lots was first
            yield Lot(lot.what, (), (mix, 1 - unknown) if share else None, (unknown, unknown))
            told += 1
        held = held - taken if held - taken > _NOTHING else 0.0


def worst_case(came: Sequence[Came], left: Sequence[Left]) -> Iterator[Lot]:
    """Any lot may be of whatever had come by its day, as far as what left before it cannot have been of all else.

    By the days before, so much of what had come by then had left: no more of it than lay there after that can be in a
    later lot. The ends of each input are those over all orders of taking; lots, and inputs of one lot, are not held
    against one another.

    Args:
        came: by day.
        left: by day.
    """
    parts = np.array([c.part for c in came])
    held, there = 0.0, 0
    after: list[tuple[int, float]] = []  # by day: how many inputs had come, and how much of them can still lie there
    for day, lots in _by_day(left):
        before, there = there, sum(c.day <= day for c in came)
        whole, held = sum(lot.part for lot in lots), held + float(parts[before:there].sum())
        taken = min(held, whole)
        most, without = _reach(parts[:there], after, taken)
        short = whole - taken if whole - taken > _NOTHING else 0.0
        for lot in lots:
            high = np.minimum(most / lot.part, 1.0)
            low = np.minimum(high, np.maximum(0.0, lot.part - without - short) / lot.part)
            low = np.where(high - low < _NOTHING, high, low)
            some = np.flatnonzero(high > _NOTHING).tolist()
            unknown = _ends(lot, whole, short, short)
            yield Lot(lot.what, tuple((came[i].what, float(low[i]), float(high[i])) for i in some), None, unknown)
        held = held - taken if held - taken > _NOTHING else 0.0
        while after and after[-1][1] >= held:  # what lies there now says more of what had come by then too
            after.pop()
        after.append((there, held))


def _reach(parts: Floats, after: Sequence[tuple[int, float]], taken: float) -> tuple[Floats, Floats]:
    """The most of each input that a day's lots can have, and the most that they can have without it."""
    most, without, begin = np.minimum(parts, taken), np.zeros(len(parts)), 0
    for end, left in after:
        some = parts[begin:end]
        without += some.sum()
        without[begin:end] -= some
        np.minimum(without, left, out=without)
        np.minimum(most[begin:end], left, out=most[begin:end])
        begin = end
    some = parts[begin:]
    without += some.sum()
    without[begin:] -= some
    return most, np.minimum(without, taken)


LOTS: dict[Rule, Callable[[Sequence[Came], Sequence[Left]], Iterator[Lot]]] = {
    "fifo": fifo,
    "pro_rata": pro_rata,
    "worst_case": worst_case,
}
