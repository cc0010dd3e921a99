"""What a row says whose second leg did not rise, or whose rise is of another kind.

A place that took much more of the origin and sold the destination no more is no hub: trade was sent to another end
market, or went on elsewhere. Nor does a rise make a hub that a price, or the place's trade with everybody, accounts
for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from entrepot.core.words.translate import marked
from entrepot.diversion.contract import NO_SIGNAL, OTHERWISE, RISES, TOOK_MORE
from entrepot.diversion.signals.false_discovery import GATE, benjamini_hochberg
from entrepot.diversion.signals.signal_rows import cell

if TYPE_CHECKING:
    from entrepot.diversion.bounds.hub_interval import Bounds
    from entrepot.diversion.flows.panel import Bools, Floats, Ints
    from entrepot.diversion.signals.other_causes import Causes

_MARKET = marked(
    "both legs are in the flows and only that into the place rose beyond chance: another end market, or goods that "
    "went on elsewhere; the upper end is what it can have taken over, and its q is of rises into places alone"
)


@dataclass(frozen=True, slots=True, eq=False)
class Alone:
    """What the leg into the place says by itself, one a row.

    Attributes:
        high, error, most: what it can have taken over of what was lost: the upper end, its error, its bound.
    """

    high: Floats
    error: Floats
    most: Floats

    @classmethod
    def of(cls, bounds: Bounds, rows: Ints) -> Alone:
        """Of the interval that is made without the leg out, some of the rows."""
        return cls(bounds.high[rows], bounds.high_error[rows], bounds.high_95[rows])


def rates_alone(tests: Floats, weights: Floats, hubs: Bools) -> Floats:
    """The q of the rise into each place that is no possible hub: a scan of its own, at the same rate.

    Hubs are out of it, for with them many true ones would let through what is none among the others.

    Args:
        tests: rows x (fall, rise in, rise out, match), as of `over_scan`.
        weights: one a row.
        hubs: the rows that are possible hubs.
    """
    return benjamini_hochberg(np.where(tested_alone(tests) & ~hubs, tests[:, 1], np.nan), weights)


def tested_alone(tests: Floats) -> Bools:
    """The rows whose legs are both seen and whose direct leg fell."""
    found: Bools = np.isfinite(tests).all(1) & (tests[:, 0] <= GATE)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class OneLeg:
    """Gives a row with its rate the word that its legs allow.

    Attributes:
        causes: what else the rises may be.
        q: of the rise into the place alone; NaN where it is not asked of it.
        alone: what that leg says by itself.
        level: the accepted rate.
    """

    causes: Causes
    q: Floats
    alone: Alone
    level: float

    def __call__(self, i: int, row: dict[str, Any]) -> dict[str, Any]:
        """The row, with another word where it needs one."""
        rose = row["word"] in RISES
        if not row["judged"] or not (rose or row["word"] == NO_SIGNAL):
            return row
        held = self.causes.held(i, row["legs"]) if rose else None
        if rose and held is None:
            return row
        if self.q[i] <= self.level:
            alone = row | {"p": row["p_in"], "q": cell(self.q[i])}
            into = self.causes.held(i, "in_only")
            if into is None:
                return alone | self._market(i, row["why_not"])
            row, held = (row, held) if held else (alone, into)
        return row if held is None else row | _otherwise(row, *held)

    def _market(self, i: int, why: str | None) -> dict[str, Any]:
        high, error, most = (a[i] for a in (self.alone.high, self.alone.error, self.alone.most))
        # Rounded down, for it may be all that was observed; but no lower than the bare end is printed.
        most = max(cell(most, -1) or 0.0, cell(high) or 0.0)
        return {
            "word": TOOK_MORE,
            "low": 0.0,
            "low_se": 0.0,
            "low_95": 0.0,
            "high": cell(high),
            "high_se": cell(error),
            "high_95": most,
            "why_not": f"{_MARKET}; {why}" if why else _MARKET,
        }


def _otherwise(row: dict[str, Any], reason: str, why: str) -> dict[str, Any]:
    """A row whose rise is of another kind."""
    said = f"{why}; {row['why_not']}" if row["why_not"] else why
    return {"word": OTHERWISE, "reason": reason, "why_not": said}


def hubs_of(q: Floats, tests: Floats, causes: Causes, level: float) -> Bools:
    """The rows that are possible hubs: both legs seen and beyond chance, and nothing else accounts for either."""
    plain = np.array([causes.held(i, "all") is None for i in range(len(q))], dtype=bool)
    found: Bools = (q <= level) & np.isfinite(tests).all(1) & plain
    return found
