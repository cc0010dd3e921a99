"""Why a left-out figure has no interval: what of its quantity is left to tell it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corridors.left_out import LeftOut
    from entrepot.corridors.ties.window_report import Report

_YEAR, _FEW = 365, 3


def reason(one: Report, kept: Sequence[Report]) -> str:
    """What is left of a quantity near a figure.

    Args:
        one: the figure that was left out.
        kept: the reports that were not.
    """
    exact = [r for r in kept if r.sense == "exact"]
    if not exact:
        return "only bounds or growth are left"
    over = [r for r in exact if r.start <= one.end and one.start <= r.end]
    if any(r.start <= one.start and one.end <= r.end for r in over):
        return "within a longer sum only"
    if over:
        return "part of its window is told"
    if any(r.sense in {"least", "most"} and r.start <= one.end and one.start <= r.end for r in kept):
        return "only a bound in its window"
    years = min(max((r.start - one.end).days, (one.start - r.end).days) for r in exact) / _YEAR
    far = "less than a year" if years < 1 else "1 to 3 years" if years <= _FEW else "more than 3 years"
    sides = {r.end < one.start for r in exact}
    where = "between" if len(sides) > 1 else "after the last" if sides == {True} else "before the first"
    return f"{far} from any other, {where}"


def by_reason(rows: Sequence[LeftOut]) -> list[str]:
    """How many figures have no interval, by what is left near them: lines to print."""
    all_, wide = Counter(r.why for r in rows), Counter(r.why for r in rows if not r.is_known)
    return [f"   no interval {wide[why]} of {all_[why]}: {why}" for why in sorted(all_)]
