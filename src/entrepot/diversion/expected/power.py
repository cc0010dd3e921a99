"""How large a rise a scan would have seen: what a row of which nothing is said does not rule out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from entrepot.core.words.translate import tr
from entrepot.diversion.expected.null import quantile, reached

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.diversion.expected.null import Null
    from entrepot.diversion.expected.scan import Reading
    from entrepot.diversion.flows.panel import Bools, Floats, Ints

# Four cases in five, the power at which studies are planned by convention (Cohen 1988); each of two legs then has to be
# seen in nine of ten.
_SEEN_ONE, _SEEN_BOTH = 0.2, 0.1


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """What it takes to see a rise, one a row, both hub legs beside one another: rows x 2, NaN where a leg is unseen.

    Attributes:
        base: what was to be expected, with the offset.
        spread: standard deviation of the logarithm.
        size: share of the product's trade, which says how far nothing wanders.
        most: all trade of the product that the flows hold, which no rise can pass.
    """

    base: Floats
    spread: Floats
    size: Floats
    most: Floats

    def of(self, rows: Ints | Sequence[int]) -> Reach:
        """Some of the rows."""
        return Reach(self.base[rows], self.spread[rows], self.size[rows], self.most[rows])

    def leg(self, which: int) -> Reach:
        """One leg alone."""
        return Reach(*(a[:, which : which + 1] for a in (self.base, self.spread, self.size, self.most)))


def reach(reading: Reading, *legs: Ints) -> Reach:
    """The reach of legs, given as numbers of series; below 0 is none."""
    at = np.column_stack(legs)
    known = (at >= 0) & reading.full.judged[np.maximum(at, 0)]
    whole = reading.window.end - reading.window.after
    base = reading.full.expected + reading.of.offset * whole
    columns = (base, reading.of.spread, reading.of.size, _traded(reading))
    return Reach(*(np.where(known, c[np.maximum(at, 0)], np.nan) for c in columns))


def _traded(reading: Reading) -> Floats:
    """All trade of each series' product over all places and periods that are looked at."""
    panel, end = reading.panel, reading.window.end
    whole = np.nan_to_num(panel.amount[:, :end]).sum(1)
    of = np.bincount(panel.product, weights=whole, minlength=len(panel.products))
    found: Floats = of[panel.product]
    return found


def joined(parts: Sequence[Reach]) -> Reach:
    """The rows of all parts."""
    return Reach(*(np.concatenate([getattr(p, n) for p in parts]) for n in ("base", "spread", "size", "most")))


def seen_from(of: Reach, against: Null, p: Floats | float) -> Floats:
    """The rise that would have been seen in four of five cases, in the unit of the flows; NaN where no leg is seen.

    Infinite where it would have to be more than all trade of the product that the flows hold, of all places and
    periods: a series of next to nothing with a wide spread asks for many times the product of the world, and a rise
    that cannot be is no figure.

    Args:
        of: the rows.
        against: how far series wander where nothing happened.
        p: what a rise must come to: one for all, or one a row.
    """
    known = np.isfinite(of.base)
    missed = np.where(known.all(1), _SEEN_BOTH, _SEEN_ONE)[:, None]
    flat = np.nan_to_num(of.size).ravel()
    each = np.broadcast_to(np.asarray(p, dtype=np.float64).reshape(-1, 1), of.size.shape).ravel()
    needed = reached(against, flat, each).reshape(of.size.shape)
    low = np.where(
        missed == _SEEN_BOTH,
        quantile(against, flat, _SEEN_BOTH).reshape(of.size.shape),
        quantile(against, flat, _SEEN_ONE).reshape(of.size.shape),
    )
    # The exponent is held below what a float can hold; by then the rise is more than all trade.
    more = of.base * np.expm1(np.clip(of.spread * np.maximum(needed - low, 0.0), 0.0, 50.0))
    more = np.where(more > of.most, np.inf, more)
    worst: Floats = np.max(np.where(known, more, -np.inf), axis=1)
    found: Floats = np.where(known.any(1), worst, np.nan)
    return found


def asked_of_a_row(p: Floats, found: Bools, level: float) -> float:
    """What the p of a row has to be: the largest of those found, or of a row that is found alone.

    Args:
        p: of the rows that are tested; NaN is no test.
        found: whether a row was.
        level: the accepted rate.
    """
    tested = np.isfinite(p)
    alone = level / max(int(tested.sum()), 1)
    return max(float(np.max(p, where=found & tested, initial=0.0)), alone)


def said(seen: Floats, could: Floats, known: Bools) -> tuple[str, ...]:
    """How large an effect the scan could have seen, in sentences; nothing where no row has both.

    Args:
        seen: of rows, from `seen_from`.
        could: what could have come: what the direct leg lost, or all that was sold.
        known: whether it is a loss.
    """
    both = ~np.isnan(seen) & np.isfinite(could) & (could > 0)
    of = (
        (tr("Of what the direct leg lost"), known),
        (tr("No loss is known: of all that was sold of the goods"), ~known),
    )
    return tuple(_said(what, seen[r] / could[r]) for what, rows in of for r in [both & rows] if r.any())


def _said(what: str, share: Floats) -> str:
    middle = float(np.median(share))
    usual = f"{middle:.0%}" if middle < 1 else tr("more than all of it")
    blind = int((share > 1).sum())
    rest = (
        tr("; in {blind} not even all of it would have been, and they cannot be judged", blind=blind) if blind else ""
    )
    return tr(
        "{what}, {usual} had to go through one place to be seen in four of five cases (the middle of "
        "{count} rows){rest}.",
        what=what,
        usual=usual,
        count=len(share),
        rest=rest,
    )
