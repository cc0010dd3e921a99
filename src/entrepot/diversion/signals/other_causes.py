"""What else a rise may be: a price that rose alone, trade of the place that rose with every partner, one shipment.

What moves a whole place is taken off the baseline as a median of logarithms, which is shrunk by its number and damped
for partners of less trade than the offset, so that diversion from many origins does not hide itself. Of a boom of one
product in one place much is left, and of a suspect's, of which nothing is learned, all: enough to stand out of chance,
and nothing of the two sides of the measure. A rise in value of which the weight saw nothing is a price. A rise that one
month or quarter holds, with the others as they were to be expected, is a shipment, an entry corrected later or a
misprint: diversion is trade that goes on. None of them makes a possible hub. See docs/design/22-diversion.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from entrepot.core.words.translate import in_english, tr
from entrepot.diversion.contract import EVERYWHERE, ONCE, PRICE
from entrepot.diversion.expected.baseline import OWN
from entrepot.diversion.expected.excess import AFTER, BEFORE, TAIL, statistic, sums
from entrepot.diversion.expected.null import centre, quantile
from entrepot.diversion.flows.comparisons import LEAST
from entrepot.diversion.flows.touched_series import fellows
from entrepot.diversion.signals.leg_evidence import unit_value_changes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.diversion.expected.scan import Reading
    from entrepot.diversion.flows.legs import Legs
    from entrepot.diversion.flows.panel import Bools, Floats, Ints, Panel
    from entrepot.diversion.flows.touched_series import Route

# The share of a rise that another cause has to account for: more than half, so that it is mostly that. What is left
# must besides not be beyond chance by itself, at the bound at which the brief asks a rise by weight to be above zero.
# From four fifths on what is left does not matter: the amounts that the row would name are five times what it has. The
# two shares are conventions.
_MOST, _NEARLY = 0.5, 0.8
_VALUE = "USD"  # the unit of which a price is a part
_SHIPS = ("quarter", "month")  # periods that one shipment can fill
# What is no rise has no cause: the rate that a scan accepts at its defaults, above which no leg makes a signal.
_RISEN = 0.1
_FAR = 20.0  # log points: a growth by more is no number that trade has


@dataclass(frozen=True, slots=True, eq=False)
class Causes:
    """Of each row and leg what accounts for the rise.

    Attributes:
        reason: rows x (in, out): one of the contract's reasons, or empty.
        why: likewise, in words with its figures.
    """

    reason: list[tuple[str, str]]
    why: list[tuple[str, str]]

    def held(self, i: int, legs: str) -> tuple[str, str] | None:
        """Reason and words of what accounts for the rise of a row; None where nothing does.

        A price on either leg does, for what came round weighs something on both, and so does one period: what came
        round by and by goes on by and by. Trade that grew with everybody does where it is all that is seen: on both
        legs, or on the one that there is.

        Args:
            i: the row.
            legs: those that its word rests on, as of `signals`.
        """
        sides = {"in_only": (0,), "out_only": (1,)}.get(legs, (0, 1))
        reasons = [self.reason[i][side] for side in sides]
        either = next((reason for reason in (PRICE, ONCE) if reason in reasons), "")
        if not (either or all(reasons)):
            return None
        first = reasons.index(either) if either else 0
        return reasons[first], "; ".join(self.why[i][side] for side in sides if self.reason[i][side] == reasons[first])


def joined(parts: Sequence[Causes]) -> Causes:
    """The rows of all parts."""
    return Causes([r for p in parts for r in p.reason], [w for p in parts for w in p.why])


def other_causes(reading: Reading, route: Route, legs: Legs) -> Causes:
    """What else the rises of the legs of each row may be.

    Args:
        reading: of a panel.
        route: of the measure.
        legs: of the panel; a leg that is not in the flows has no cause.
    """
    sides = _alike(reading, route)
    found = [_leg(reading, series, sides[side]) for side, series in enumerate((legs.enters, legs.leaves))]
    return Causes(*(list(zip(into, out, strict=True)) for into, out in zip(*found, strict=True)))


def _leg(reading: Reading, series: Ints, others: _Others) -> tuple[list[str], list[str]]:
    """Reason and words of one leg of all rows."""
    panel, at = reading.panel, np.maximum(series, 0)
    usable = (series >= 0) & reading.full.judged[at]
    shared = usable & (others.count >= LEAST)[at] & others.most[at] & _accounts(reading, at, others.shift[at])
    why = prices(reading, series)
    reason = [PRICE if told else "" for told in why]
    for i, told in enumerate(shipments(reading, series)):
        if told and not reason[i]:
            reason[i], why[i] = ONCE, told
    for i in np.flatnonzero(shared).tolist():
        if not reason[i]:
            reason[i], why[i] = EVERYWHERE, _shared(panel, int(at[i]), others)
    return reason, why


def prices(reading: Reading, series: Ints) -> list[str]:
    """In words that the value of a series rose and its weight did not; empty where it is not so, or not weighed.

    Args:
        reading: of a panel in value; of another unit no price is known.
        series: numbers of the panel; below 0 is none.
    """
    panel, at = reading.panel, np.maximum(series, 0)
    if panel.unit != _VALUE:
        return [""] * len(series)
    change = unit_value_changes(panel, reading.window, series)
    known = (series >= 0) & reading.full.judged[at] & (np.nan_to_num(change) > 0)
    priced = known & _accounts(reading, at, np.nan_to_num(change))
    each = zip(at.tolist(), change.tolist(), priced.tolist(), strict=True)
    return [_priced(panel, s, c) if is_priced else "" for s, c, is_priced in each]


def shipments(reading: Reading, series: Ints) -> list[str]:
    """In words that one period holds the rise of a series; empty where it does not.

    Args:
        reading: of a panel.
        series: numbers of the panel; below 0 is none.
    """
    once = one_period(reading, series)
    each = zip(np.maximum(series, 0).tolist(), once.tolist(), strict=True)
    return [_shipped(reading, s, at) if at >= 0 else "" for s, at in each]


def one_period(reading: Reading, series: Ints) -> Ints:
    """The column of the period that holds the rise of each series; -1 where none does.

    It does where without what it has beyond the expected nothing is left beyond chance, or next to nothing. A year
    holds many shipments, so years are not asked. Nor is the last period that is known: a rise may have begun there.

    Args:
        reading: of a panel.
        series: numbers of the panel; below 0 is none.
    """
    window, none = reading.window, np.full(len(series), -1, dtype=np.int64)
    if window.frequency not in _SHIPS or not len(series):
        return none
    at = np.maximum(series, 0)
    more = reading.panel.amount[at, window.after : window.end] - reading.of.expected[at]
    known = np.isfinite(more)
    top = np.where(known, more, -np.inf).argmax(1)
    later = np.arange(more.shape[1]) > top[:, None]
    seen, _, count = (x[at] for x in sums(reading.panel.amount, reading.of.expected, window))
    offset = reading.of.offset[at] * count
    rest = seen - np.where(known, more, 0.0)[np.arange(len(at)), top]
    # Where the rest is nothing the shift is without end, and that period is all there is.
    with np.errstate(divide="ignore", invalid="ignore"):
        shift = np.log((seen + offset) / (np.maximum(rest, 0.0) + offset))
    # As many others as a scan asks for after the day: fewer do not say how the trade went on.
    enough = (known.sum(1) > AFTER[window.frequency]) & (known & later).any(1)
    rose = (reading.full.value[at] > 0) & (reading.full.p_rise[at] <= _RISEN)
    asked = (series >= 0) & reading.full.judged[at] & enough & rose
    return np.where(asked & _accounts(reading, at, shift), window.after + top, none)


def _accounts(reading: Reading, series: Ints, shift: Floats) -> Bools:
    """Whether a shift of the logarithm is most of a rise and leaves nothing beyond chance, or is nearly all of it."""
    of, against = reading.of, reading.learned.full
    rose = statistic(reading.panel.amount, of.expected, of, reading.window)[series]
    size, spread = of.size[series], of.spread[series]
    whole = (rose - centre(against, size)) * spread
    chance = rose - shift / spread <= quantile(against, size, 1 - TAIL)
    found: Bools = (shift > _MOST * whole) & (chance | (shift >= _NEARLY * whole))
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _Others:
    """The same place's trade of the product with other partners, one a series of the panel.

    Attributes:
        shift: log of what the series would have carried, had it grown as with the others, over what was expected of it.
        most: whether the others' growth, beyond that of the product, is most of the series' own.
        count: how many others there are.
        grew, own: growth of the middle one, and of the series itself.
    """

    shift: Floats
    most: Bools
    count: Ints
    grew: Floats
    own: Floats


def _alike(reading: Reading, route: Route) -> tuple[_Others, _Others]:
    """Beside each series the other purchases of its importer, and the other sales of its exporter."""
    panel, of = reading.panel, reading.of
    before, after = _spans(reading)
    own = np.log((after + OWN * before) / np.where(before > 0, (1 + OWN) * before, np.nan))
    use = reading.full.judged & np.isfinite(own)
    stat = statistic(panel.amount, of.apart, of, reading.window) - centre(reading.learned.apart, of.size)
    change, now = (stat * of.spread)[:, None], slice(0, 1)
    bought = use & (panel.exporter != route.origin) & ~np.isin(panel.exporter, route.suspects)
    bought &= ~fellows(panel, change, now, route)
    sold = use & (panel.importer != route.destination) & ~np.isin(panel.importer, route.suspects)
    sold &= ~fellows(panel, change, now, route, buyers=True)
    base = len(panel.places)
    product, _ = _middle(panel.product, bought & sold, own)
    buyer, buyers = _middle(panel.product * base + panel.importer, bought, own)
    seller, sellers = _middle(panel.product * base + panel.exporter, sold, own)
    _, foreseen, count = sums(panel.amount, of.expected, reading.window)
    offset = of.offset * count
    alike = before * np.exp(np.clip(buyer + seller - product, -_FAR, _FAR)) * count
    # A series of which nothing is reported after the day has no periods to count: nothing by nothing, and no shift.
    with np.errstate(invalid="ignore"):
        shift = np.nan_to_num(np.log((alike + offset) / (foreseen + offset)))

    def beside(boom: Floats, other: Floats, many: Ints) -> _Others:
        most = np.nan_to_num(boom - product) > _MOST * np.nan_to_num(own - other, nan=np.inf)
        return _Others(shift, most & (boom > product), many, np.exp(boom), np.exp(own))

    return beside(buyer, seller, buyers), beside(seller, buyer, sellers)


def _spans(reading: Reading) -> tuple[Floats, Floats]:
    """Means of each series over the periods after, and over as many before, or the fewest that are judged."""
    amount, window = reading.panel.amount, reading.window
    long = max(window.end - window.after, BEFORE[window.frequency])
    before, after = amount[:, max(window.after - long, 0) : window.after], amount[:, window.after : window.end]
    known = [np.isfinite(x) for x in (before, after)]
    sides = zip((before, after), known, strict=True)
    means = [np.where(k, x, 0.0).sum(1) / np.maximum(k.sum(1), 1) for x, k in sides]
    return means[0], means[1]


def _middle(group: Ints, use: Bools, own: Floats) -> tuple[Floats, Ints]:
    """The median of each group over those that count, and how many they are, spread over all series."""
    import polars as pl

    frame = pl.DataFrame({"group": group[use], "own": own[use]})
    found = frame.group_by("group").agg(pl.col("own").median(), count=pl.len())
    each = pl.DataFrame({"group": group}).join(found, on="group", how="left", maintain_order="left")
    middle = each["own"].cast(pl.Float64).fill_null(np.nan).to_numpy()
    return middle, each["count"].fill_null(0).cast(pl.Int64).to_numpy()


@in_english
def _priced(panel: Panel, series: int, change: float) -> str:
    """In words how a kilogram changed, which accounts for the rise."""
    return tr(
        "the value rose and the weight did not: a kilogram from {seller} to {buyer} is worth {change:+.0%} beside what "
        "else {seller} sells, and that is the rise or nearly all of it",
        seller=panel.places[panel.exporter[series]],
        buyer=panel.places[panel.importer[series]],
        change=float(np.expm1(change)),
    )


@in_english
def _shipped(reading: Reading, series: int, at: int) -> str:
    """In words which period holds the rise, and how much of what was sold after the day."""
    panel, window = reading.panel, reading.window
    after = panel.amount[series, window.after : window.end]
    return tr(
        "{period} holds {share:.0%} of all that {seller} sold {buyer} in {count} periods, and without it little or "
        "nothing is beyond chance: one shipment, or one entry, is no trade that moved",
        period=panel.periods[at],
        share=float(panel.amount[series, at] / np.nansum(after)),
        seller=panel.places[panel.exporter[series]],
        buyer=panel.places[panel.importer[series]],
        count=int(np.isfinite(after).sum()),
    )


@in_english
def _shared(panel: Panel, series: int, others: _Others) -> str:
    """In words how the same place's trade with others grew, and that the leg grew no more."""
    return tr(
        "from {seller} to {buyer} trade grew to {own:.3g} times what it was, and with {count:,} other partners to "
        "{grew:.3g} times (the middle one): little or nothing is of these two sides alone",
        seller=panel.places[panel.exporter[series]],
        buyer=panel.places[panel.importer[series]],
        own=float(others.own[series]),
        count=int(others.count[series]),
        grew=float(others.grew[series]),
    )
