"""What the direct leg carried in the periods after the day, beside the same periods of a year before it.

What is said of a leg is said beside what was to be expected of it, and that rests on others. The two sums rest on
nothing: with them a reader sees whether a flow that is *more than expected* rose or fell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from entrepot.diversion.flows.touched_series import direct
from entrepot.diversion.signals.signal_rows import cell

if TYPE_CHECKING:
    from collections.abc import Iterable

    from entrepot.diversion.expected.baseline import Window
    from entrepot.diversion.flows.panel import Floats, Panel
    from entrepot.diversion.flows.touched_series import Route

# Columns of SIGNALS.
BEFORE, SINCE, FROM, TO = "direct_before", "direct_since", "direct_from", "direct_to"


def same_periods(amount: Floats, window: Window) -> tuple[Floats, Floats]:
    """The sums of the same periods before the day, and of those after it; NaN where none is known on both sides.

    The periods before lie as few whole years back as put all of them before the day, so that the season is the same. A
    period that is not known on one side counts on neither.

    Args:
        amount: series x periods.
        window: before and after.
    """
    span = _span(window)
    if span is None:
        nothing = np.full(len(amount), np.nan)
        return nothing, nothing
    start, back = span
    since = amount[:, start : window.end]
    before = amount[:, start - back : window.end - back]
    known = np.isfinite(since) & np.isfinite(before)
    sums = (np.where(known.any(1), np.where(known, x, 0.0).sum(1), np.nan) for x in (before, since))
    was, now = sums
    return was, now


def _span(window: Window) -> tuple[int, int] | None:
    """The first period after the day whose like lies in the flows, and how far back that is; None where none does."""
    length = window.end - window.after
    back = -(-length // window.per_year) * window.per_year
    start = window.after + max(back - window.after, 0)
    return None if start >= window.end else (start, back)


def with_direct(rows: Iterable[dict[str, Any]], panel: Panel, window: Window, route: Route) -> list[dict[str, Any]]:
    """Rows of SIGNALS with what the direct leg of their product carried before and since.

    Args:
        rows: of one product in and out.
        panel: the flows that they were read from.
        window: before and after.
        route: of the measure.
    """
    mine = np.flatnonzero(direct(panel, route))
    was, now = same_periods(panel.amount[mine], window)
    of = {panel.products[p]: i for i, p in enumerate(panel.product[mine].tolist())}
    span = _span(window)
    ends: tuple[str | None, str | None] = (None, None)
    if span is not None:
        ends = panel.periods[span[0] - span[1]], panel.periods[window.end - 1 - span[1]]
    out = []
    for row in rows:
        i = of.get(row["product"], -1)
        before, since = (None, None) if i < 0 else (cell(float(was[i])), cell(float(now[i])))
        first, last = ends if before is not None else (None, None)
        out.append(row | {BEFORE: before, SINCE: since, FROM: first, TO: last})
    return out
