"""The evidence on a hub over all products together, and what it adds to that of each.

A measure on many goods opens one way for many of them. Each product alone may not stand out of chance, where fourteen
of a hub that lean the same way do. What moves all trade of a place does so as well, so the sum over products is held
against the same sum of pairs that the measure does not touch, over the same products.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from entrepot.diversion.expected.null import null, tail
from entrepot.diversion.flows.touched_series import direct
from entrepot.diversion.signals.false_discovery import GATE, benjamini_hochberg
from entrepot.diversion.tails import normal_score

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from entrepot.diversion.expected.scan import Reading
    from entrepot.diversion.flows.panel import Bools, Floats, Panel
    from entrepot.diversion.flows.touched_series import Route

_NAMED = 12  # hubs that a sentence names
# Products below which nothing is pooled, and the whole rate is for rows: where each product has a hub of its own,
# pooling costs what a rate of 7 in place of 10 % costs. The number is a convention.
_LEAST = 3
_SCORED = (1e-6, 1 - 1e-6)  # p that have a normal score: one series must not decide a sum over products
# How the accepted rate is parted: rows by themselves; hubs over all their products; rows within such a hub. Chosen on
# seeds 0 to 15 of EU15, where what is planted has a hub of its own for each product and gains nothing by pooling.
BY_ROW, BY_HUB, WITHIN = 0.7, 0.2, 0.1


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """Normal scores of rises, added up over products.

    Attributes:
        total: exporters x importers, sums of scores.
        count: likewise, how many products are in each.
    """

    total: Floats
    count: Floats

    def plus(self, other: Pool) -> Pool:
        """Two pools of different products."""
        return Pool(self.total + other.total, self.count + other.count)

    def mean(self) -> Floats:
        """Sums over the root of their counts; NaN where too few products are in one."""
        enough = self.count >= _LEAST
        found: Floats = np.where(enough, self.total / np.sqrt(np.maximum(self.count, 1)), np.nan)
        return found


def pool(reading: Reading, route: Route, products: Bools, material: float) -> Pool:
    """The scores of a panel, of products whose direct leg fell.

    Args:
        reading: of a panel.
        route: of the measure.
        products: those that count.
        material: share of the direct leg below which a series is a trifle.
    """
    panel = reading.panel
    means = np.nan_to_num(panel.amount[:, : reading.window.end]).mean(1)
    least = np.full(len(panel.products), np.inf)
    mine = direct(panel, route) & reading.apart.judged & (reading.apart.p_fall <= GATE)
    mine &= products[panel.product] & _single(panel)
    least[panel.product[mine]] = material * means[mine]
    use = reading.full.judged & (means >= least[panel.product]) & ~direct(panel, route)
    shape = (len(panel.places),) * 2
    total, count = np.zeros(shape), np.zeros(shape)
    pairs = panel.exporter[use], panel.importer[use]
    np.add.at(total, pairs, normal_score(np.clip(reading.full.p_rise[use], *_SCORED)))
    np.add.at(count, pairs, 1.0)
    return Pool(total, count)


def _single(panel: Panel) -> Bools:
    """Whether a series is of one code: codes that are added up as one hold goods of others."""
    joint = np.array(["/" in p for p in panel.products])
    found: Bools = ~joint[panel.product]
    return found


def by_hub(of: Pool, route: Route) -> Floats:
    """The p of each place over all products: the larger of both legs; of the first where only the origin sells."""
    mean = of.mean()
    if route.alone:
        mine, counts = mean[route.origin], of.count[route.origin]
        others = np.where(np.isin(np.arange(len(mine)), route.suspects), np.nan, mine)
        return _above(mine, counts, *_mirrored(others, counts))
    untouched = np.isfinite(mean)
    untouched[list(route.suspects)] = False
    untouched[:, list(route.suspects)] = False
    untouched[route.origin] = False
    untouched[:, route.destination] = False
    draws, counts = mean[untouched], of.count[untouched]
    into = _above(mean[route.origin], of.count[route.origin], draws, counts)
    out = _above(mean[:, route.destination], of.count[:, route.destination], draws, counts)
    found: Floats = np.maximum(into, out)
    return found


def _mirrored(mean: Floats, count: Floats) -> tuple[Floats, Floats]:
    """The lower half and its mirror image about the median: no rise is in it, and most places are untouched."""
    known = np.isfinite(mean)
    middle = float(np.median(mean[known])) if known.any() else 0.0
    lower = known & (mean <= middle)
    return np.concatenate([mean[lower], 2 * middle - mean[lower]]), np.tile(count[lower], 2)


def _above(mean: Floats, count: Floats, draws: Floats, counts: Floats) -> Floats:
    known = np.isfinite(draws)
    return tail(null(draws[known], counts[known]), mean, count, up=True)


def with_hubs(q: Floats, p: Floats, hub: Sequence[str], p_hub: Mapping[str, float]) -> Floats:
    """The q of rows, each by itself or with its hub, whichever is less.

    Args:
        q: of rows by themselves.
        p: of rows; NaN is no test.
        hub: of each row.
        p_hub: of hubs over all products; NaN where too few products are seen.
    """
    rate = rates_of(p_hub)
    if not rate:  # too few products for any hub, which is known before any p: the whole rate is for rows
        return q
    out, names = np.minimum(q / BY_ROW, 1.0), np.array(hub)
    for h, r in rate.items():
        mine = np.flatnonzero((names == h) & np.isfinite(p))
        together = np.maximum(r / BY_HUB, benjamini_hochberg(p[mine]) / WITHIN)
        out[mine] = np.fmin(out[mine], np.minimum(together, 1.0))
    return out


def rates_of(p_hub: Mapping[str, float]) -> dict[str, float]:
    """The q of hubs over all products, those that are tested."""
    found = dict(zip(p_hub, benjamini_hochberg(np.array(list(p_hub.values()))).tolist(), strict=True))
    return {h: r for h, r in found.items() if np.isfinite(r)}


def said(p_hub: Mapping[str, float], level: float, leg: str) -> tuple[str, ...]:
    """Which hubs stand out over all products together, in a sentence; nothing where none is tested."""
    rate = rates_of(p_hub)
    if not rate:
        return ()
    found = sorted((r, h) for h, r in rate.items() if r <= level)
    named = ", ".join(f"{h} (q {r:.2g})" for r, h in found[:_NAMED])
    more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
    what = f"Over all products of which the direct leg fell, {leg} of {len(rate)} places together: "
    return (what + (f"{named}{more} stand out of chance." if found else "none stands out of chance."),)
