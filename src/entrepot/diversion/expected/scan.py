"""Every series of a panel read once: what was expected, what was there, and how far nothing wanders."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from entrepot.diversion.expected.baseline import Baseline, Ground, Window, baseline
from entrepot.diversion.expected.excess import BEFORE, Excess, excess, judged, statistic
from entrepot.diversion.expected.null import Null, null, widened
from entrepot.diversion.flows import touched_series

if TYPE_CHECKING:
    from entrepot.diversion.flows.panel import Bools, Floats, Panel
    from entrepot.diversion.flows.touched_series import Route

# Pairs that the measure does not touch are enough from here on, as many as one class of size needs (`null`); below,
# earlier dates of all pairs are drawn as well: up to so many, each as long before the next as the time after.
_PAIRS, _DATES = 200, 3


@dataclass(frozen=True, slots=True, eq=False)
class Learned:
    """What all series are read against.

    Attributes:
        ground: what holds for all products.
        full, apart: how far the two statistics wander where nothing happened.
    """

    ground: Ground
    full: Null
    apart: Null


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A panel, read.

    Attributes:
        panel, window: what was read.
        of: its baselines.
        full: excess of each series over all effects.
        apart: the same, the importer's appetite for the product left out.
        learned: what they were read against.
    """

    panel: Panel
    window: Window
    of: Baseline
    full: Excess
    apart: Excess
    learned: Learned

    @property
    def placebos(self) -> int:
        """How many draws the errors rest on."""
        return self.learned.full.count


def read_series(panel: Panel, window: Window, untouched: Bools, route: Route | None = None) -> Reading:
    """Read every series against what the panel itself teaches.

    Args:
        panel: the flows.
        window: before and after.
        untouched: series that the measure cannot have touched.
        route: the direct leg; None: there is none.
    """
    of = baseline(panel, window, route=route)
    return _reading(panel, window, of, _learned(panel, window, untouched, of, route))


def learn(panel: Panel, window: Window, untouched: Bools, route: Route | None = None) -> Learned:
    """What a panel teaches of how flows move where nothing happened."""
    return _learned(panel, window, untouched, baseline(panel, window, route=route), route)


def read_against(panel: Panel, window: Window, learned: Learned, route: Route | None = None) -> Reading:
    """Read every series of a part against what was learned of others: the parts may then be cut as one likes."""
    return _reading(panel, window, baseline(panel, window, learned.ground, route), learned)


def _reading(panel: Panel, window: Window, of: Baseline, learned: Learned) -> Reading:
    full = excess(panel.amount, of.expected, of, window, learned.full)
    apart = excess(panel.amount, of.apart, of, window, learned.apart)
    return Reading(panel, window, of, full, apart, learned)


def _learned(panel: Panel, window: Window, untouched: Bools, of: Baseline, route: Route | None) -> Learned:
    chosen = untouched & judged(panel.amount, window)
    plain = touched_series.comparable(panel, route)
    placebos = [(of, window, chosen)]
    if chosen.sum() < _PAIRS:
        earlier = placebo_windows(window)
        placebos += [(baseline(panel, w, route=route), w, judged(panel.amount, w)) for w in earlier]
    found = [null(*_draws(panel, placebos, which)) for which in ("expected", "apart")]
    if chosen.sum() < _PAIRS:
        # An earlier date has a shorter past and often a shorter time after; series wander less far in it.
        now = judged(panel.amount, window) & plain
        stats = [statistic(panel.amount, getattr(of, w), of, window)[now] for w in ("expected", "apart")]
        found = [widened(n, s, of.size[now]) for n, s in zip(found, stats, strict=True)]
    return Learned(of.ground, *found)


def _draws(panel: Panel, placebos: list[tuple[Baseline, Window, Bools]], which: str) -> tuple[Floats, Floats]:
    """Statistics where nothing happened, and the sizes of their series.

    Args:
        panel: the flows.
        placebos: baselines with their windows and the series that count: untouched pairs, and where those are few all
            pairs at earlier dates.
        which: the expected amounts that are looked at, `expected` or `apart`.
    """
    draws = [statistic(panel.amount, getattr(of, which), of, window)[known] for of, window, known in placebos]
    return np.concatenate(draws), np.concatenate([of.size[known] for of, _, known in placebos])


def placebo_windows(window: Window) -> list[Window]:
    """Windows that end before the measure: as long after as it allows, in steps back."""
    least = BEFORE[window.frequency]
    length = min(window.end - window.after, max((window.after - least) // 2, 1))
    starts = [window.after - length * (k + 1) for k in range(_DATES)]
    return [replace(window, after=s, end=s + length) for s in starts if s >= least]
