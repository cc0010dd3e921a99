"""What likely lies behind a contradiction: a rule a reason, in the order in which they are asked. No judgement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core.words.translate import tr
from entrepot.corridors.series.quantities import NOT_NAMED

if TYPE_CHECKING:
    from entrepot.corridors.conflicts.contradictions import Contradiction, Print

_REVISED = 0.06  # apart: statistics of one office that are printed again move by less
_POWERS = (10.0, 100.0, 1000.0, 10_000.0)  # by which a unit or a digit is mistaken; wan is ten thousand
_POWER_NEAR = 0.08  # off such a power: both prints are rounded, to two digits at the worst
_YUAN = (6.2, 7.4)  # to the dollar, 2013 to 2026


def likely_reason(found: Contradiction) -> str:
    """The likely reason of a contradiction, with the word of the rule first.

    Args:
        found: the contradiction.
    """
    over, under = found.over[0], found.under
    ratio = 1 + found.apart
    if any(abs(ratio / power - 1) < _POWER_NEAR for power in _POWERS):
        return tr("unit: they differ by a power of ten")
    if _YUAN[0] < ratio < _YUAN[1]:
        return tr("unit: they differ by what a dollar is in yuan")
    if found.kind == "parts_over_total":
        return tr("scope: a case may be counted in several parts, or the whole may be of another day than its parts")
    if over.counter != under.counter and NOT_NAMED not in {over.counter, under.counter}:
        return tr(
            "mirror reporter: one is counted by {counter}, the other by {counter_2}",
            counter=over.counter,
            counter_2=under.counter,
        )
    return _of_one_count(found, over, under)


def _is_printed_again(found: Contradiction, over: Print, under: Print) -> bool:
    """Whether one reporter printed one quantity twice, a revision apart: what it left out it left out both times."""
    who = over.row["reported_by"]
    return bool(who) and who == under.row["reported_by"] and over.key == under.key and found.apart < _REVISED


def _of_one_count(found: Contradiction, over: Print, under: Print) -> str:
    if found.kind == "growth_does_not_follow":
        return (
            tr("revision: growth is printed on a base that was revised after its first print")
            if found.apart < _REVISED
            else tr("scope: the growth is of another base than the figure on record, or one of the three is misprinted")
        )
    if "unknown" in {over.row["mode"], under.row["mode"]} and not _is_printed_again(found, over, under):
        return tr("mode: it is not said by which mode, so one may hold more than the other")
    doubted = [p.id for p in (over, under) if p.row["quality"] != "good"]
    if doubted:
        return tr("doubtful print: year, scope or origin of {doubted} is not certain", doubted=" and ".join(doubted))
    if found.apart < _REVISED:
        return tr("revision: one is a first print, or was counted at another hour")
    if over.row["reported_by"] != under.row["reported_by"]:
        return tr(
            "scope: {reported_by} and {reported_by_2} may not count the same",
            reported_by=over.row["reported_by"] or tr("a reporter not named"),
            reported_by_2=under.row["reported_by"] or tr("a reporter not named"),
        )
    return tr("scope: the reporter is the same, so what is counted has likely changed, or a figure is misprinted")
