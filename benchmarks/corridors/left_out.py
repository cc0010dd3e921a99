"""One print left out at a time, with all its rows and syndications, and what the others then say of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from corridors.reasons import reason
from entrepot.corridors.series.estimate import estimate
from entrepot.corridors.series.linear_reports import Frame, placed, reached, reports_of
from entrepot.corridors.series.series import INTERVAL, WIDEST

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from entrepot.corridors.series.quantities import Quantity
    from entrepot.corridors.ties.window_report import Report

LEAST_PRINTS = 5
_TAIL = 4  # degrees of freedom of a print's own error, as in the level
DRAWS = 400
_UNTOLD = (0.0, 0.0, float("inf"), None, None)  # where nothing tells a figure: it counts as one without an interval


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A figure of a print that was left out.

    Attributes:
        series: of which quantity and count.
        is_trade: whether a trade total.
        row_id: the row.
        known_on: when it became known.
        days: open days of its window.
        value: as printed.
        low, middle, high: what the other prints say.
        last: the same by the mean a day of the last figure before it; None where there is none.
        between: by the line between the figure before and after.
        why: what is left near it.
    """

    series: str
    is_trade: bool
    row_id: str
    known_on: str
    value: float
    low: float
    middle: float
    high: float
    last: float | None
    between: float | None
    why: str

    @property
    def is_known(self) -> bool:
        """Whether the interval is no wider than a factor of three."""
        return self.high <= WIDEST * self.low


def named(quantity: Quantity) -> str:
    """A quantity in words."""
    return " ".join(str(k) for k in (*quantity.key, quantity.counter) if k)


def prints(quantity: Quantity) -> dict[str, set[str]]:
    """Source -> ids of the rows that fall with it: its own, and those of others that say the same of one window."""
    said: dict[Any, set[str]] = {}
    for row in quantity.rows:
        said.setdefault((row["period_start"], row["period_end"], row["value_norm"]), set()).add(row["id"])
    out: dict[str, set[str]] = {}
    for row in quantity.rows:
        same = said[row["period_start"], row["period_end"], row["value_norm"]]
        out.setdefault(row["source_id"], set()).update(same)
    return out


def fallen(quantity: Quantity, source: str, gone: set[str]) -> frozenset[str]:
    """Rows that fall with a print, also those by which a tie would tell it.

    They are its own, those of other directions and of the other currency that stand in it or repeat what does, and all
    that the other currency prints of its windows.

    Args:
        quantity: of which the print is.
        source: of the print.
        gone: its rows of the quantity.
    """
    other = quantity.other_currency
    related = [*quantity.ways.values(), *([other, *other.ways.values()] if other else [])]
    with_it = {row_id for one in related for row_id in prints(one).get(source, ())}
    windows = {(r["period_start"], r["period_end"]) for r in quantity.rows if r["id"] in gone}
    told = {r["id"] for r in (other.rows if other else ()) if (r["period_start"], r["period_end"]) in windows}
    return frozenset(gone | with_it | told)


def left_out(quantity: Quantity) -> Iterator[LeftOut]:
    """Every figure of a quantity, each estimated without the print that it stands in.

    A bound is no figure to be met and is left out too, but not scored.
    """
    everything = reports_of(quantity)
    span = reached(everything)
    sources = {row["id"]: row for row in (*quantity.rows, *quantity.parts)}
    for source, gone in sorted(prints(quantity).items()):
        without = fallen(quantity, source, gone)
        # A report that two prints share falls with either.
        kept = [r for r in reports_of(quantity, without) if not set(r.ids) & gone and not r.sources <= {source}]
        is_told = any(r.sense != "growth" for r in kept)
        found = estimate(Frame(quantity.place_id, span), kept, count=DRAWS).amounts if is_told else None
        for one in everything:
            if one.sense == "exact" and set(one.ids) & gone and source in one.sources:
                made = None if found is None else _scored(quantity, one, kept, span, found)
                row = sources[one.ids[0]]
                yield LeftOut(
                    named(quantity), quantity.is_trade_total, one.ids[0], str(row["known_on"]), one.value,
                    *(made or _UNTOLD), reason(one, kept),
                )  # fmt: skip


def _scored(
    quantity: Quantity, one: Report, kept: Sequence[Report], span: tuple[int, int], amounts: NDArray[np.float64]
) -> tuple[float, float, float, float | None, float | None] | None:
    at = placed(Frame(quantity.place_id, span), [one])
    if not at.reports:
        return None
    noise = np.random.default_rng(3).standard_t(_TAIL, len(amounts)) * at.errors[0]
    low, middle, high = np.quantile(amounts @ at.shares[0] * np.exp(noise), INTERVAL)
    days = float(at.shares[0] @ at.days.open_days)
    return float(low), float(middle), float(high), *_simple(quantity.place_id, one, kept, span, days)


def _simple(
    place_id: str, one: Report, kept: Sequence[Report], span: tuple[int, int], days: float
) -> tuple[float | None, float | None]:
    """What the last figure, and the line between two, say of a window, by their means a day."""
    held = placed(Frame(place_id, span), [r for r in kept if r.sense == "exact"])
    if not held.reports:
        return None, None
    means = np.array([r.value for r in held.reports]) / (held.shares @ held.days.open_days)
    middles = np.array([(r.start.toordinal() + r.end.toordinal()) / 2 for r in held.reports])
    ends = np.array([r.end.toordinal() for r in held.reports])
    order = np.argsort(middles, kind="stable")
    at = (one.start.toordinal() + one.end.toordinal()) / 2
    between = float(np.interp(at, middles[order], means[order])) * days
    before = np.flatnonzero(ends <= one.end.toordinal())
    return (float(means[before[np.argmax(ends[before])]]) * days if len(before) else None), between
