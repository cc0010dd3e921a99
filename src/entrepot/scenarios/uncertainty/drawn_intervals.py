"""Intervals of figures out of draws, and in how many draws an economy would add most."""

from __future__ import annotations

from collections import Counter
from math import floor
from typing import TYPE_CHECKING

from entrepot.core.words.translate import marked
from entrepot.scenarios.figures.figure import ANSWERS, DRAWS, Figure, Key
from entrepot.scenarios.figures.gone_round import WAIT
from entrepot.scenarios.figures.potential import ADDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_OUT = 0.025  # of the draws at each end: 95 in 100 lie between, as in every interval of the house
ENOUGH = 39  # draws: of fewer not even the whole range holds a further one in 95 of 100 cases, see `held_of_100`
MOST_BY_JOINING, IS_FULL = marked("adds most by joining"), marked("capacity is full")
_NOISE = 1e-6  # relative: below it figures are rounded, figures/figure_rows.py
_WAITS = 1e-6  # per cent of the value: below it is rounding
_ADDS = 1e-6  # per cent of the target's real income: likewise


def intervals(found: Sequence[Mapping[Key, float] | None]) -> dict[Key, tuple[float, float]]:
    """Between which values at least 95 of 100 draws of each figure lie.

    Args:
        found: figures of each draw; None where one has no answer. A figure that some draws lack has the interval of the
            others.
    """
    values: dict[Key, list[float]] = {}
    for draw in found:
        for key, value in (draw or {}).items():
            values.setdefault(key, []).append(value)
    return {key: _ends(held) for key, held in values.items() if len(held) > 1}


def _ends(values: Sequence[float]) -> tuple[float, float]:
    """Draws themselves, so many left out at each end as may be: a point between two draws would hold fewer."""
    held = sorted(values)
    out = floor(_OUT * (len(held) - 1))
    return float(held[out]), float(held[-1 - out])


def held_of_100(draws: int) -> int:
    """In how many of 100 cases a further draw lies between the least and the greatest of so many, rounded down.

    It is as likely to be the least or the greatest of all as any of the others: (n - 1) / (n + 1).

    Args:
        draws: how many there are.
    """
    return 100 * (draws - 1) // (draws + 1)


def holding(
    between: Mapping[Key, tuple[float, float]], figures: Iterable[Figure]
) -> tuple[dict[Key, tuple[float, float]], int]:
    """Intervals that hold the figure they are of, and how many had to be widened for that.

    Of few draws all may lie on one side of the figure at the inputs thought likeliest, which is as possible as they.

    Args:
        between: as `intervals` gives them.
        figures: at the inputs thought likeliest.
    """
    held, widened = dict(between), 0
    for one in figures:
        if one.key not in held:
            continue
        low, high = held[one.key]
        # Where all draws are alike the figure is the same but for the noise of the search: no doubt is shown by it.
        noise = _NOISE * max(abs(low), abs(high), 1.0)
        widened += not low - noise <= one.value <= high + noise
        held[one.key] = min(low, one.value), max(high, one.value)
    return held, widened


def most_by_joining(found: Sequence[Mapping[Key, float] | None]) -> list[Figure]:
    """In what share of the draws each economy adds most; none leads in a draw in which nobody adds anything.

    Args:
        found: figures of each draw.
    """
    best: Counter[str] = Counter()
    total = 0
    for draw in found:
        adds = {key.economy: value for key, value in (draw or {}).items() if key.quantity == ADDS}
        total += bool(adds)
        if adds and max(adds.values()) > _ADDS:
            best[max(adds, key=lambda one: adds[one])] += 1
    return [Figure(Key(ANSWERS, MOST_BY_JOINING, one), 100 * count / total, DRAWS) for one, count in best.most_common()]


def full_in_draws(found: Sequence[Mapping[Key, float] | None]) -> list[Figure]:
    """In what share of the draws each capacity is full.

    Args:
        found: figures of each draw.
    """
    prices: dict[str, list[float]] = {}
    for draw in found:
        for key, value in (draw or {}).items():
            if key.quantity == WAIT:
                prices.setdefault(key.partner, []).append(value)
    return [
        Figure(Key(ANSWERS, IS_FULL, "", "", name), 100 * sum(v > _WAITS for v in values) / len(values), DRAWS)
        for name, values in prices.items()
    ]
