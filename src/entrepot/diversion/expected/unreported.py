"""Periods after the day that nobody reported: which they are, and what the sums make of them.

A loss and two rises are held against one another over the same time, so a period without a report is taken at the mean
excess of the others, and the ends of the interval allow for what it may have held. A reader is told which they are and
what was counted without them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from entrepot.core.words.translate import in_english, ntr, tr
from entrepot.diversion.signals.signal_words import amount

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from entrepot.diversion.expected.baseline import Window
    from entrepot.diversion.expected.excess import Excess
    from entrepot.diversion.expected.scan import Reading
    from entrepot.diversion.flows.panel import Panel

    Gaps = dict[tuple[str, str], set[str]]  # (reporter, side) to periods

_RUNS, _NAMED = 4, 3  # runs of periods of a row, reporters of a note: more are counted


def missing(reading: Reading, series: int) -> tuple[str, ...]:
    """The periods after the day that nobody reported of a series; none of one that is not in the flows."""
    panel, window = reading.panel, reading.window
    if series < 0:
        return ()
    gone = np.flatnonzero(~np.isfinite(panel.amount[series, window.after : window.end])) + window.after
    return tuple(panel.periods[i] for i in gone.tolist())


@in_english
def unreported(reading: Reading, of: Excess, series: int) -> str:
    """In words which periods of a series nobody reported, and what the others hold; empty where all are reported.

    Args:
        reading: of a panel.
        of: the excess that is told of the series.
        series: its number; below 0 is none.
    """
    gone, window = missing(reading, series), reading.window
    length = window.end - window.after
    if not gone or len(gone) == length or not of.judged[series]:
        return ""
    panel = reading.panel
    counted = float(of.value[series]) * (length - len(gone)) / length
    ends = {side: panel.places[getattr(panel, side)[series]] for side in ("exporter", "importer")}
    said = tr("more") if counted >= 0 else tr("less")
    return tr(
        "{exporter} to {importer} is not reported for {gone} of {length} periods ({named}), which are taken at the "
        "mean of the others: those that are reported hold {amount} {said} than expected",
        gone=len(gone),
        length=length,
        named=_runs(gone, panel.periods),
        amount=amount(abs(counted), panel.unit),
        said=said,
        **ends,
    )


@in_english
def stopped(panel: Panel, window: Window, series: int) -> str:
    """In words that who counts a series reports nothing after a period that lies behind the day; empty where not.

    Args:
        panel: the flows.
        window: before and after.
        series: its number, of one that is in the flows.
    """
    ours = bool(panel.by_exporter[series])
    side = panel.exporter if ours else panel.importer
    mine = (side == side[series]) & (panel.by_exporter == ours)
    told = np.flatnonzero(np.isfinite(panel.amount[mine, : window.end]).any(0))
    if not len(told) or not window.after <= (last := int(told[-1])) < window.end - 1:
        return ""
    return tr(
        "{place} reports no {side} after {last} ({known} of {all} periods since the day; --until {last} judges it)",
        place=panel.places[side[series]],
        side=tr("exports") if ours else tr("imports"),
        last=panel.periods[last],
        known=last + 1 - window.after,
        all=window.end - window.after,
    )


def gaps_of(reading: Reading, series: Iterable[int]) -> Gaps:
    """Who did not report which periods after the day, of series that are judged."""
    panel = reading.panel
    found: Gaps = {}
    for s in series:
        if s >= 0 and reading.full.judged[s] and (gone := missing(reading, s)):
            ours = bool(panel.by_exporter[s])
            place = panel.places[(panel.exporter if ours else panel.importer)[s]]
            found.setdefault((place, "exports" if ours else "imports"), set()).update(gone)
    return found


def joined(parts: Iterable[Gaps]) -> Gaps:
    """The gaps of all parts."""
    out: Gaps = {}
    for part in parts:
        for who, gone in part.items():
            out.setdefault(who, set()).update(gone)
    return out


def told(gaps: Mapping[tuple[str, str], Iterable[str]], periods: Sequence[str]) -> tuple[str, ...]:
    """That periods are without a report, whose and which, a sentence; none where all are reported."""
    if not gaps:
        return ()
    each = [f"{place} {side}: {_runs(sorted(gone), periods)}" for (place, side), gone in sorted(gaps.items())]
    named, more = "; ".join(each[:_NAMED]), len(each) - _NAMED
    if more > 0:
        named = ntr(more, "{named}; and {count} other place", "{named}; and {count} other places", named=named)
    return (
        tr(
            "Periods after the day without a report ({named}) are taken at the mean of those that are reported; each "
            "row says what those hold by themselves.",
            named=named,
        ),
    )


def _runs(gone: Sequence[str], periods: Sequence[str]) -> str:
    """Periods in words, neighbours as one run."""
    at = [periods.index(p) for p in gone]
    cuts = [i for i in range(1, len(at)) if at[i] != at[i - 1] + 1]
    runs = [at[a:b] for a, b in zip([0, *cuts], [*cuts, len(at)], strict=True)]
    said = [
        periods[r[0]] if len(r) == 1 else tr("{first} to {last}", first=periods[r[0]], last=periods[r[-1]])
        for r in runs
    ]
    more = len(said) - _RUNS
    return ", ".join([*said[:_RUNS], *([tr("and {more} further gaps", more=more)] if more > 0 else [])])
