"""Lots that leave a stock, of what came into it before: first in first out, pro rata, or in the worst case.

A stock is followed where every link into and out of it has a day, every share of its input is known, and all that
leaves it is measured alike. Its yield is taken as even: all that came in, by the links, went into all that left. What
left before as much had come in was made of a stock that is not on record, and is an end of what is known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

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
        unknown: the share of what is not on record.
    """

    link: int
    parts: tuple[tuple[int, float, float], ...]
    mix: tuple[int, float] | None
    unknown: float


def fifo(came: Sequence[Came], left: Sequence[Left]) -> Iterator[Lot]:
    """First in, first out; what has not come by the day is not on record.

    Args:
        came: by day.
        left: by day.
    """
    queue, at, rest = list(came), 0, came[0].part if came else 0.0
    for lot in left:
        wanted, parts = lot.part, []
        while wanted > _NOTHING and at < len(queue) and queue[at].day <= lot.day:
            taken = min(wanted, rest)
            if taken > _NOTHING:
                parts.append((queue[at].what, taken / lot.part, taken / lot.part))
            wanted, rest = wanted - taken, rest - taken
            if rest <= _NOTHING:
                at += 1
                rest = queue[at].part if at < len(queue) else 0.0
        yield Lot(lot.what, tuple(parts), None, wanted / lot.part if wanted > _NOTHING else 0.0)


def pro_rata(came: Sequence[Came], left: Sequence[Left]) -> Iterator[Lot]:
    """Each lot has the mix that lay there that day; what came that day had come before it.

    Args:
        came: by day.
        left: by day.
    """
    at, held, mix, told = 0, 0.0, -1, 0
    for lot in left:
        while at < len(came) and came[at].day <= lot.day:
            new = came[at]
            share = new.part / (held + new.part)
            yield Lot(-1, ((new.what, share, share),), (mix, 1 - share) if held > _NOTHING else None, 0.0)
            held, mix, told, at = held + new.part, told, told + 1, at + 1
        taken = min(held, lot.part)
        share = taken / lot.part if taken > _NOTHING else 0.0
        unknown = 1 - share if 1 - share > _NOTHING else 0.0
        yield Lot(lot.what, (), (mix, 1 - unknown) if share else None, unknown)
        told += 1
        held = held - taken if held - taken > _NOTHING else 0.0


def worst_case(came: Sequence[Came], left: Sequence[Left]) -> Iterator[Lot]:
    """Any lot may be of whatever had come by its day, as far as that goes; lots are not held against one another.

    Args:
        came: by day.
        left: by day.
    """
    gone = 0.0
    for lot in left:
        there = [c for c in came if c.day <= lot.day]
        gone += lot.part
        short = min(1.0, max(0.0, gone - sum(c.part for c in there)) / lot.part)
        unknown = short if short > _NOTHING else 0.0
        yield Lot(lot.what, tuple((c.what, 0.0, min(1.0, c.part / lot.part)) for c in there), None, unknown)


LOTS: dict[Rule, Callable[[Sequence[Came], Sequence[Left]], Iterator[Lot]]] = {
    "fifo": fifo,
    "pro_rata": pro_rata,
    "worst_case": worst_case,
}
