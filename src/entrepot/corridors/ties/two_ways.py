"""Imports and exports make both ways: of one window two of the three give the third, with the errors of both."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from entrepot.corridors.ties.window_report import Report

# A difference of two figures known to 1 percent that leaves a twentieth of them is known to a third, in no bell shape.
_WIDEST = 0.25


def both_ways(ins: Sequence[Report], outs: Sequence[Report]) -> Iterator[Report]:
    """What imports and exports of one window make together.

    Args:
        ins: reports of imports.
        outs: reports of exports.
    """
    for a, b in _of_one_window(ins, outs):
        yield _made(a, b, a.value + b.value)


def one_way(wholes: Sequence[Report], others: Sequence[Report]) -> Iterator[Report]:
    """What is left of both ways without the other, where that is known to a quarter.

    Args:
        wholes: reports of both ways.
        others: reports of the other way.
    """
    for a, b in _of_one_window(wholes, others):
        if a.value > b.value and (made := _made(a, b, a.value - b.value)).error <= _WIDEST:
            yield made


def _of_one_window(some: Sequence[Report], more: Sequence[Report]) -> Iterator[tuple[Report, Report]]:
    """The best report of each window that both have: a first print and its revision make one third, not two."""
    best: dict[tuple[object, ...], Report] = {}
    for one in more:
        window = (one.start, one.end)
        if one.sense == "exact" and (window not in best or _rank(one) > _rank(best[window])):
            best[window] = one
    held: dict[tuple[object, ...], Report] = {}
    for one in some:
        window = (one.start, one.end)
        if one.sense == "exact" and window in best and (window not in held or _rank(one) > _rank(held[window])):
            held[window] = one
    return ((one, best[window]) for window, one in held.items())


def _rank(one: Report) -> tuple[float, str, tuple[str, ...]]:
    return (-one.error, one.known_on, one.ids)


def _made(a: Report, b: Report, value: float) -> Report:
    apart = float(np.hypot(a.value * a.error, b.value * b.error)) / value
    return replace(
        a, ids=(*a.ids, *b.ids), sources=a.sources | b.sources, value=value, error=apart, is_made=True,
        is_doubtful=a.is_doubtful or b.is_doubtful, rounding=0.0, known_on=max(a.known_on, b.known_on),
    )  # fmt: skip
