"""What the legs of each row say by themselves: how much each lost or gained, and how often chance gives as much."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from entrepot.diversion.bounds.hub_interval import Amount
from entrepot.diversion.expected.excess import seen_at_most
from entrepot.diversion.signals.false_discovery import ALIKE, NEAREST, one_amount

if TYPE_CHECKING:
    from entrepot.diversion.expected.excess import Excess
    from entrepot.diversion.expected.scan import Reading
    from entrepot.diversion.flows.legs import Legs
    from entrepot.diversion.flows.panel import Bools, Floats, Ints

# Share of the direct leg below which a leg of a hub is not tested: it cannot carry an amount that matters, and a scan
# is spared hundreds of tests. One percent at first.
MATERIAL = 0.0025


@dataclass(frozen=True, slots=True, eq=False)
class Tests:
    """What the legs of each row say by themselves; their rate is that of the whole scan (`rated`)."""

    fall: Floats
    rise_in: Floats
    rise_out: Floats
    match: Floats
    p: Floats
    large: Bools


def amounts(reading: Reading, legs: Legs) -> tuple[Amount, Amount, Amount]:
    """Loss of the direct leg, excess in, excess out, one a row; NaN where the leg is unseen or cannot be judged."""
    loss = _taken(reading.apart, legs.direct, sign=-1)
    # Whether the importer's appetite is counted in is a choice; what was lost at most is the larger of the two.
    most = _taken(reading.full, legs.direct, sign=-1).most
    loss = replace(loss, most=np.fmax(loss.most, most))
    seen = seen_at_most(reading.full, reading.panel.amount, reading.window)
    enters, leaves = (_taken(reading.full, s) for s in (legs.enters, legs.leaves))
    # No more came round than went along a leg at all, whatever was to be expected of it.
    return loss, _within(enters, legs.enters, seen), _within(leaves, legs.leaves, seen)


def _within(amount: Amount, series: Ints, seen: Floats) -> Amount:
    return replace(amount, most=np.minimum(amount.most, at_series(seen, series)))


def at_series(values: Floats, series: Ints) -> Floats:
    """The value of each leg's series; infinite where there is none."""
    found: Floats = np.where(series >= 0, values[np.maximum(series, 0)], np.inf)
    return found


def _taken(of: Excess, series: Ints, sign: int = 1) -> Amount:
    at = np.maximum(series, 0)
    usable = (series >= 0) & of.judged[at]
    low, most = (of.low, of.most) if sign > 0 else (-of.high, -of.least)
    nothing = series == -1  # the reporter had nothing to record: a zero, not an absence

    def column(values: Floats) -> Floats:
        return np.where(usable, values[at], np.where(nothing, 0.0, np.nan))

    return Amount(column(sign * of.value), column(of.error), column(low), column(most))


def tests_of(reading: Reading, legs: Legs, *, needs_loss: bool) -> Tests:
    """What the legs of each row say.

    Args:
        reading: of a panel.
        legs: of the panel.
        needs_loss: whether the direct leg has to have lost; not along a chain.
    """
    fall = _probability(reading.apart.p_fall, reading.apart, legs.direct)
    into = _probability(reading.full.p_rise, reading.full, legs.enters)
    out = _probability(reading.full.p_rise, reading.full, legs.leaves)
    large = _material(reading, legs, same_goods=needs_loss)
    if needs_loss:
        chance = _chance(reading, legs)
        return Tests(fall, into, out, chance, one_amount(fall, into, out, chance), large)
    # Along a chain the later stage may never have gone directly: then no fall is asked for. A tonne of one stage is no
    # tonne of the next: their amounts are not compared.
    needed, unknown = np.nan_to_num(fall, nan=0.0), np.full(len(fall), np.nan)
    return Tests(needed, into, out, unknown, np.maximum(needed, np.fmax(into, out)), large)


def _chance(reading: Reading, legs: Legs) -> Floats:
    """How often amounts that have nothing to do with one another are as near as A and B; NaN where one is unseen."""
    _, enters, leaves = amounts(reading, legs)
    rose = (enters.value > 0) & (leaves.value > 0)
    gap = np.full(len(rose), np.inf)
    gap[rose] = np.abs(np.log(enters.value[rose] / leaves.value[rose]))
    return np.where(np.isnan(enters.value + leaves.value), np.nan, np.clip(gap / ALIKE, NEAREST, 1.0))


def _material(reading: Reading, legs: Legs, *, same_goods: bool) -> Bools:
    """Whether the legs of a hub could carry an amount that matters, by their means over all periods.

    Filtering by the overall mean leaves p as it is where nothing happened (Bourgon, Gentleman and Huber 2010,
    "Independent filtering increases detection power", PNAS 107).
    """
    mean = np.append(np.nan_to_num(reading.panel.amount[:, : reading.window.end]).mean(1), 0.0)
    least = MATERIAL * mean[np.maximum(legs.direct, -1)]
    into, out = (np.where(s >= 0, mean[np.maximum(s, -1)], np.inf) for s in (legs.enters, legs.leaves))
    # A tonne of wafers is no tonne of panels: along a chain only the later stage is compared.
    large: Bools = (np.minimum(into, out) if same_goods else out) >= least
    return large


def _probability(p: Floats, of: Excess, series: Ints) -> Floats:
    at = np.maximum(series, 0)
    return np.where((series >= 0) & of.judged[at], p[at], np.where(series == -1, 1.0, np.nan))
