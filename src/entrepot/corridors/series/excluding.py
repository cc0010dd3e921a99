"""Prints that exclude each other, and which of them may stand: they are never averaged into what neither says."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.corridors.ties.window_report import Report

_LEAST_APART = 0.03  # beyond rounding: of thirteen pairs of prints that say one thing, one differs by more
_MOST_ALTERNATIVES = 8  # which are followed; those left out have together less weight than the eighth
# How probable it is that a print which contradicts another is the wrong one: a scope, a year or a digit.
_WRONG, _WRONG_IF_DOUBTFUL = 0.05, 0.15
_WRONG_IF_REPLACED = 0.5  # one that the same count later prints anew, of the same window: most likely revised
_WIDE = np.log(0.4)  # log density of a wrong print: anywhere within a factor of e to either side


@dataclass(frozen=True, slots=True)
class Alternative:
    """Which reports stand, and how probable that is before anything is estimated.

    Attributes:
        out: places of the reports that do not stand.
        weight: logarithm, up to a constant.
    """

    out: frozenset[int]
    weight: float


def excluding(reports: Sequence[Report]) -> list[tuple[int, int]]:
    """Pairs of reports that cannot both be right: of one window, or a part above its whole."""
    return [(i, j) for i, j in combinations(range(len(reports)), 2) if excludes(reports[i], reports[j])]


def excluded(reports: Sequence[Report]) -> frozenset[Report]:
    """The reports that another excludes."""
    return frozenset(reports[i] for pair in excluding(reports) for i in pair)


def lies_apart(report: Report, low: float, high: float) -> bool:
    """Whether what a report prints lies outside of an interval by more than rounding and what one office differs by.

    Args:
        report: an amount or a bound.
        low: of its window what is left at least.
        high: what is left at most.
    """
    slack = float(np.exp(_LEAST_APART + report.rounding))
    above = report.sense != "most" and report.value > high * slack
    return above or (report.sense != "least" and report.value * slack < low)


def excludes(a: Report, b: Report) -> bool:
    """Whether two reports cannot both be right."""
    if "growth" in {a.sense, b.sense} or a.is_made or b.is_made or a.other_unit != b.other_unit:
        return False  # what is made of two prints is as doubtful as both, and a rate is no print
    return _above(a, b) or _above(b, a)


def _above(part: Report, whole: Report) -> bool:
    """Whether the least that a part can be lies above the most that its whole can be."""
    if part.sense == "most" or whole.sense == "least":
        return False
    if not (whole.start <= part.start and part.end <= whole.end):
        return False
    apart = np.log(part.value / whole.value)
    return bool(apart > _LEAST_APART + part.rounding + whole.rounding)


def alternatives(reports: Sequence[Report]) -> list[Alternative]:
    """Which reports can stand together, most probable first; one alternative where none excludes another."""
    pairs = excluding(reports)
    out = [Alternative(frozenset(), 0.0)]
    for group in _groups(pairs):
        inside = [p for p in pairs if p[0] in group]
        replaced = {i for p in inside for i in _earlier(reports, p)}
        odds = {i: _odds(reports[i], is_replaced=i in replaced) for i in group}
        choices = [Alternative(gone, sum(odds[i] for i in gone)) for gone in _covers(sorted(group), inside)]
        out = [Alternative(a.out | b.out, a.weight + b.weight) for a in out for b in choices]
        out = sorted(out, key=lambda a: (-a.weight, sorted(a.out)))[:_MOST_ALTERNATIVES]
    return out


def _earlier(reports: Sequence[Report], pair: tuple[int, int]) -> list[int]:
    """The report of a pair that the other prints anew."""
    a, b = (reports[i] for i in pair)
    if (a.start, a.end) != (b.start, b.end) or a.known_on == b.known_on:
        return []
    return [pair[0] if a.known_on < b.known_on else pair[1]]


def _odds(report: Report, *, is_replaced: bool) -> float:
    wrong = _WRONG_IF_REPLACED if is_replaced else _WRONG_IF_DOUBTFUL if report.is_doubtful else _WRONG
    return float(np.log(wrong / (1 - wrong)) + _WIDE)


def _groups(pairs: Sequence[tuple[int, int]]) -> list[set[int]]:
    groups: list[set[int]] = []
    for pair in pairs:
        met = [g for g in groups if g & set(pair)]
        groups = [g for g in groups if g not in met] + [set(pair).union(*met)]
    return groups


def _covers(group: Sequence[int], pairs: Sequence[tuple[int, int]]) -> list[frozenset[int]]:
    """The smallest sets of reports without which no two of the group exclude each other; none holds another."""
    covers: list[frozenset[int]] = []
    for size in range(1, len(group)):
        for gone in map(frozenset, combinations(group, size)):
            if all(gone & set(p) for p in pairs) and not any(c <= gone for c in covers):
                covers.append(gone)
        if size >= 4 and covers:  # noqa: PLR2004 - five wrong prints in one knot are followed only where fewer do not do
            break
    return covers


def without(reports: Sequence[Report], out: frozenset[int]) -> list[Report]:
    """The reports that stand; the growth printed with a figure that does not stand falls with it."""
    fallen = {i for k in out for i in reports[k].ids}
    return [r for k, r in enumerate(reports) if k not in out and not (r.sense == "growth" and set(r.ids) & fallen)]
