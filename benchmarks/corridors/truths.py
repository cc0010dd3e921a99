"""Invented truths under the record's own reporting pattern: which months and years the intervals hold."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from corridors.scores import binomial
from entrepot.corridors.series.estimate import components, estimate
from entrepot.corridors.series.level import prior
from entrepot.corridors.series.linear_reports import Frame, placed, reached, reports_of
from entrepot.corridors.series.open_days import MONTHS
from entrepot.corridors.series.series import INTERVAL, WIDEST

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from entrepot.corridors.series.estimate import Estimate
    from entrepot.corridors.series.linear_reports import Placed
    from entrepot.corridors.series.quantities import Quantity
    from entrepot.corridors.ties.window_report import Report

    Array = NDArray[np.float64]
    Hit = tuple[int, bool]  # the year, and whether the interval held the truth


def truths(chosen: Sequence[Quantity], count: int) -> list[str]:
    """Truths drawn from walks of each series, reported as the record reports it, and what is found of them.

    Twice: from the most probable walk of each series, as if it were known, and from walks in proportion to their
    weights, which is what the estimate says of them.

    Args:
        chosen: the series whose patterns are used.
        count: truths of each.
    """
    lines = []
    for word, is_weighed in (("the most probable walk", False), ("walks by their weights", True)):
        random = np.random.default_rng(29)
        months: list[Hit] = []
        years: list[Hit] = []
        for quantity in chosen:
            for held, truth, found in _redone(quantity, count, random, is_weighed=is_weighed):
                months += _months(truth, found.amounts, held)
                years += _years(truth, found.amounts, held)
        lines += [f"of {word}", _said("months", months), _said("years", years), *_by_year(years)]
    return lines


def _redone(
    quantity: Quantity, count: int, random: np.random.Generator, *, is_weighed: bool
) -> Iterator[tuple[Placed, Array, Estimate]]:
    """Truths of a series and what is estimated from their reports."""
    reports = reports_of(quantity)
    frame = Frame(quantity.place_id, reached(reports))
    walks = components(frame, reports)
    held = placed(frame, reports)
    weights = [c.weight for c in walks]
    for number in range(count):
        which = int(random.choice(len(walks), p=weights)) if is_weighed else 0
        truth = _truth(held, prior(held, walks[which].level.walk), random)
        yield held, truth, estimate(frame, _reported(held, truth, random), seed=number)


def _truth(held: Placed, spread: Array, random: np.random.Generator) -> Array:
    """Amounts by month, around one hundred thousand a month."""
    is_open = held.days.open_days > 0
    walk = np.linalg.cholesky(spread + 1e-9 * np.eye(len(spread))) @ random.standard_normal(len(spread))
    out = np.zeros(held.days.months)
    out[is_open] = np.exp(np.log(1e5) + walk - walk.mean()) * held.days.open_days[is_open] / 30.4375
    return out


def _reported(held: Placed, truth: Array, random: np.random.Generator) -> list[Report]:
    """The reports of the record with the figures that they would have printed of the truth."""
    out = []
    for one, share, base, error in zip(held.reports, held.shares, held.bases, held.errors, strict=True):
        said = float(share @ truth * np.exp(error * random.standard_normal()))
        if one.sense == "growth":
            said /= float(base @ truth)
        elif one.sense == "least":
            said *= 1 - abs(float(random.normal(0, 0.05)))
        elif one.sense == "most":
            said *= 1 + abs(float(random.normal(0, 0.05)))
        out.append(replace(one, value=said, rounding=0.0))
    return out


def _months(truth: Array, amounts: Array, held: Placed) -> list[Hit]:
    first = held.days.first
    shown = (_hit(amounts[:, at], truth[at], (first + int(at)) // MONTHS) for at in np.flatnonzero(truth))
    return [hit for hit in shown if hit]


def _years(truth: Array, amounts: Array, held: Placed) -> list[Hit]:
    first, count = held.days.first, held.days.months
    out = []
    for year in range(-(-first // MONTHS), (first + count) // MONTHS):
        inside = slice(year * MONTHS - first, (year + 1) * MONTHS - first)
        out.append(_hit(amounts[:, inside].sum(axis=1), float(truth[inside].sum()), year))
    return [hit for hit in out if hit]


def _hit(drawn: Array, value: float, year: int) -> Hit | None:
    """Whether the interval holds the truth; None where it is too wide to be shown, or all is shut."""
    low, _, high = np.quantile(drawn, INTERVAL)
    return (year, bool(low <= value <= high)) if value > 0 and high <= WIDEST * low else None


def _said(word: str, hits: Sequence[Hit]) -> str:
    of = sum(held for _, held in hits)
    low, high = binomial(of, len(hits))
    return f"{word}: {of} of {len(hits)} held, {of / max(1, len(hits)):.1%} (binomial {low:.1%} to {high:.1%})"


def _by_year(hits: Sequence[Hit]) -> list[str]:
    out = []
    for year in sorted({y for y, _ in hits}):
        inside = [held for y, held in hits if y == year]
        out.append(f"  {year}: {sum(inside)} of {len(inside)}, {sum(inside) / len(inside):.1%}")
    return out
