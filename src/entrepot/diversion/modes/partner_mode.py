"""The partner mode: only the origin reports, or no destination is given, so where goods ended is not seen.

What is seen is a shift between partners: some took less than expected, some more, and both are tested. A partner that
rose may pass goods on or keep them, and the data do not say which: it *took more than expected*, and is called no hub.
There is no lower end. The upper end is its own rise, and no more than what the destination lost; where hardly anything
went to the destination directly, no more than all that others lost. A loss is printed of a direct leg only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from entrepot.core.words.translate import ntr
from entrepot.diversion.contract import (
    ALONE,
    NO_SIGNAL,
    NOTHING,
    RECODED,
    SHORT,
    TOOK_LESS,
    TOOK_MORE,
    WANDERS,
)
from entrepot.diversion.expected import unreported
from entrepot.diversion.expected.excess import seen_at_most, short_by, unsure
from entrepot.diversion.expected.power import asked_of_a_row, reach, seen_from
from entrepot.diversion.expected.power import said as power_said
from entrepot.diversion.expected.scan import read_series
from entrepot.diversion.flows.changed_codes import changed
from entrepot.diversion.flows.comparisons import LEAST, rests_on, told_beside, too_few
from entrepot.diversion.flows.legs import route_of
from entrepot.diversion.flows.panel import counted_by
from entrepot.diversion.modes import control_break
from entrepot.diversion.modes.direct_observed import with_direct
from entrepot.diversion.signals.breaks import breaks
from entrepot.diversion.signals.false_discovery import GATE, benjamini_hochberg
from entrepot.diversion.signals.hub_pool import by_hub, pool, said, with_hubs
from entrepot.diversion.signals.leg_evidence import unit_value_changes
from entrepot.diversion.signals.other_causes import one_period, prices, shipments
from entrepot.diversion.signals.row_weights import row_weights
from entrepot.diversion.signals.signal_rows import ENDS, cell
from entrepot.diversion.signals.signal_words import chosen, rests_on_draws, unjudgeable, unseeable

if TYPE_CHECKING:
    from entrepot.diversion.expected.baseline import Window
    from entrepot.diversion.expected.scan import Reading
    from entrepot.diversion.flows.legs import Legs
    from entrepot.diversion.flows.panel import Bools, Floats, Panel
    from entrepot.diversion.flows.touched_series import Route
    from entrepot.diversion.question import Question

# Share of the direct leg below which a partner is not tested, as in the direct mode; without a direct leg, of the
# product's trade. No measurement of the half percent is on record.
_MATERIAL_LEG, _MATERIAL = 0.0025, 0.005
# A direct leg tells what was lost where it carried much of the product's trade, or some and plainly fell: a large
# exporter sells a sanctioned country a few thousandths of what it sells the world.
_DIRECT_MUCH, _DIRECT_SOME, _PLAINLY = 0.05, 0.001, 0.05
_METHOD = (
    "partners of the origin: baseline of own level, season and damped trend before, with the median of all of them "
    "for the product; p from {placebos} placebo dates and pairs; upper end: the rise, no more than {least}"
)
_ALONE = "Only {origin} reports exports or imports here: where goods ended is not seen, a shift between partners is."
_NOWHERE = "No destination is given: a shift between the partners of {origin} is sought, and not where goods ended."
_SMALL = "a trifle beside the direct leg or the product's trade: not tested"
_ABSENT = (
    "{origin} to {destination} is not in these flows: what was lost there is not known, bounds no upper end and gates "
    "no signal."
)
_NO_LOWER = "where the goods ended is not in the flows: no lower end, it could be none; a rise may be a new market"
_NO_DIRECT = "no direct leg in the flows: no loss is known"
_UNSURE = "the partner's trade wanders further than all of it that was observed"


@dataclass(frozen=True, slots=True, eq=False)
class Shifts:
    """What the partner mode found.

    Attributes:
        rows: of SIGNALS without ids, totals and rivals, one a product and partner.
        told: what to tell of the scan.
        limits: product to what all its partners together can have taken over, and the error of it.
        reading: what they were read from.
    """

    rows: list[dict[str, Any]]
    told: tuple[str, ...]
    limits: dict[str, tuple[float, float]]
    reading: Reading


def shifted(panel: Panel, window: Window, question: Question) -> Shifts:
    """Look for partners of the origin that took more, or less, than was to be expected."""
    legs, route = partners(panel, question), route_of(panel, question, alone=True)
    # Placebo pairs do not exist where all series are the origin's: earlier dates speak for them, and control products.
    reading = read_series(panel, window, np.isin(panel.product, route.control_goods), route)
    lost = _lost(reading, legs, route, named=question.destination is not None)
    hubs = _hubs(reading, legs, route)
    rates = _rates(reading, legs, lost, hubs), _rates_of_falls(reading, legs, lost)
    rows = _Rows(reading, question, legs, rates, lost)
    seen, could = _seen(reading, legs, lost, rates[0], question)
    tested = ntr(
        len(legs.hub),
        "{count:,} flow was looked at, one product to one partner of the origin.",
        "{count:,} flows were looked at, each one product to one partner of the origin.",
    )
    controls = control_break.tested(panel, window, route)
    told = (
        *_where(panel, question),
        rests_on(panel, window, route),
        *control_break.said(controls),
        tested,
        rests_on_draws(reading.placebos),
        *unreported.told(unreported.gaps_of(reading, legs.enters.tolist()), panel.periods),
        *power_said(seen, could, known=np.isfinite([lost[p].p_fall for p in legs.product.tolist()])),
    )
    limits = {panel.products[p]: (x.value, x.error) for p, x in lost.items()}
    asked = chosen(panel.places, legs.hub, question.hubs)
    made = [unseeable(rows.row(i), float(seen[i]), float(could[i])) for i in asked]
    made = control_break.beside(with_direct(made, panel, window, route), controls)
    return Shifts(made, (*told, *said(hubs, question.level, "the sales to each")), limits, reading)


def _seen(reading: Reading, legs: Legs, lost: dict[int, _Loss], q: Floats, question: Question) -> tuple[Floats, Floats]:
    """The rise that would have been seen of each row, and what could have come.

    That is what the direct leg lost; where that is not known, all that was sold: no partner can have taken more.
    """
    p = np.where(np.isfinite(q), reading.full.p_rise[legs.enters], np.nan)
    needed = asked_of_a_row(p, q <= question.level, question.level)
    seen = np.where(np.isfinite(q), seen_from(reach(reading, legs.enters), reading.learned.full, needed), np.nan)
    direct = [lost[k] for k in legs.product.tolist()]
    known = np.array([np.isfinite(x.p_fall) for x in direct], dtype=bool)
    return seen, np.where(known, np.array([x.value for x in direct]), _sold(reading, legs))


def _sold(reading: Reading, legs: Legs) -> Floats:
    """All that was sold of the goods of each row after the day: no partner can have taken more than that."""
    panel, window = reading.panel, reading.window
    after = np.nan_to_num(panel.amount[:, window.after : window.end]).sum(1)
    of = np.bincount(panel.product, weights=after, minlength=len(panel.products)).astype(np.float64)
    found: Floats = of[legs.product]
    return found


def _where(panel: Panel, question: Question) -> tuple[str, ...]:
    """What is not seen of the route, in sentences."""
    origin, destination = question.origin, question.destination
    if destination is None:
        return (_NOWHERE.format(origin=origin),)
    here = (panel.exporter == panel.place(origin)) & (panel.importer == panel.place(destination))
    absent = () if here.any() else (_ABSENT.format(origin=origin, destination=destination),)
    return (_ALONE.format(origin=origin), *absent)


def _hubs(reading: Reading, legs: Legs, route: Route) -> dict[str, float]:
    """The p of each partner over all products whose direct leg fell."""
    panel = reading.panel
    wanted = np.isin(np.arange(len(panel.products)), legs.product)
    of = by_hub(pool(reading, route, wanted, _MATERIAL_LEG), route)
    looked = set(legs.hub.tolist())
    return {h: float(of[i]) for i, h in enumerate(panel.places) if i in looked}


def partners(panel: Panel, question: Question) -> Legs:
    """One row a product and partner that was ever sold to, whichever are asked for."""
    from dataclasses import replace

    from entrepot.diversion.flows.legs import Legs, chosen_hubs, chosen_products

    origin = panel.place(question.origin)
    products = chosen_products(panel, question)
    ends = origin, panel.place(question.destination)
    chosen_hubs(panel, question, ends)  # refuses those that are not there
    hubs = chosen_hubs(panel, replace(question, hubs=None), ends)
    mine = np.flatnonzero((panel.exporter == origin) & np.isin(panel.product, products) & np.isin(panel.importer, hubs))
    none = np.full(len(mine), -1, dtype=np.int64)
    return Legs(panel.product[mine], panel.importer[mine], none, mine, none)


@dataclass(frozen=True, slots=True)
class _Loss:
    """What a product lost: on the direct leg (`p_fall` known), or with all partners that fell; else not known.

    Attributes:
        value, error: in the unit of the panel; infinite and NaN where it is not known.
        p_fall: of the direct leg; NaN without one.
        broke: column of its break; -1 without one.
        share: of what was expected; NaN without a direct leg.
        least: mean of a period below which a partner is a trifle.
    """

    value: float
    error: float
    p_fall: float
    broke: int
    share: float
    least: float


def _rates(reading: Reading, legs: Legs, lost: dict[int, _Loss], hubs: dict[str, float]) -> Floats:
    """The q of each row, of its rise; a direct leg that did not fall is a gate, as in `rates.over_scan`."""
    series = legs.enters
    tested = reading.full.judged[series] & _material(reading, legs, lost)
    fall = np.nan_to_num([lost[p].p_fall for p in legs.product.tolist()])
    rise = np.where(tested, reading.full.p_rise[series], np.nan)
    passed = np.where(fall <= GATE, rise, np.nan)
    of = [reading.panel.places[h] for h in legs.hub.tolist()]
    weights = _weights(reading, legs, lost, np.isfinite(passed))
    q = with_hubs(benjamini_hochberg(passed, weights), passed, of, hubs)
    return np.where(tested & (fall > GATE), 1.0, q)


def _weights(reading: Reading, legs: Legs, lost: dict[int, _Loss], tested: Bools) -> Floats:
    """How the rate is spread over partners, as over rows of both legs: by what is known before a rise is looked at."""
    each = [lost[k] for k in legs.product.tolist()]
    value, fall = (np.array([getattr(x, n) for x in each], dtype=np.float64) for n in ("value", "p_fall"))
    return row_weights(reach(reading, legs.enters), reading.learned.full, value, tested, fall)


def _rates_of_falls(reading: Reading, legs: Legs, lost: dict[int, _Loss]) -> Floats:
    """The q of each row's fall. Rises and falls are scans of their own, each at its rate, and so both together."""
    tested = reading.full.judged[legs.enters] & _material(reading, legs, lost)
    return benjamini_hochberg(np.where(tested, reading.full.p_fall[legs.enters], np.nan))


def _material(reading: Reading, legs: Legs, lost: dict[int, _Loss]) -> Bools:
    """Whether a series is large enough to matter, by its mean over all periods, before and after alike.

    Filtering by the overall mean leaves p as it is where nothing happened (Bourgon, Gentleman and Huber 2010,
    "Independent filtering increases detection power", PNAS 107), and spares the rate hundreds of tests of trifles.
    """
    least = np.array([lost[p].least for p in legs.product.tolist()])
    large: Bools = _means(reading)[legs.enters] >= least
    return large


def _means(reading: Reading) -> Floats:
    out: Floats = np.nan_to_num(reading.panel.amount[:, : reading.window.end]).mean(1)
    return out


def _lost(reading: Reading, legs: Legs, route: Route, *, named: bool) -> dict[int, _Loss]:
    """By product: the loss of the direct leg where one went; else what all partners below their baseline took less.

    Where a destination is asked about (`named`) whose trade is not in the flows, what others took less bounds nothing.
    """
    panel, of, means, out = reading.panel, reading.full, _means(reading), {}
    origin, destination = route.origin, route.destination
    seen = not named or bool(((panel.exporter == origin) & (panel.importer == destination)).any())
    for product in np.unique(legs.product).tolist():
        mine = (panel.exporter == origin) & (panel.product == product)
        total = float(means[mine].sum())
        there = mine & (panel.importer == destination) & of.judged
        tells = (means >= _DIRECT_MUCH * total) | ((means >= _DIRECT_SOME * total) & (reading.apart.p_fall <= _PLAINLY))
        direct = np.flatnonzero(there & tells)
        if len(direct):
            out[product] = _of_direct(reading, int(direct[0]), float(means[direct[0]]))
            continue
        if not seen:
            out[product] = _Loss(np.inf, np.nan, np.nan, -1, np.nan, _MATERIAL * total)
            continue
        fell = mine & of.judged & (of.value < 0)
        error = float(np.sqrt((of.error[fell] ** 2).sum()))
        out[product] = _Loss(float(-of.value[fell].sum()), error, np.nan, -1, np.nan, _MATERIAL * total)
    return out


def _of_direct(reading: Reading, series: int, mean: float) -> _Loss:
    of = reading.apart
    value, expected = float(-of.value[series]), float(of.expected[series])
    broke = int(breaks(reading.of.residual[[series]]).at[0])
    share = value / expected if expected > 0 else np.nan
    return _Loss(value, float(of.error[series]), float(of.p_fall[series]), broke, share, _MATERIAL_LEG * mean)


class _Rows:
    """Makes the rows."""

    def __init__(
        self,
        reading: Reading,
        question: Question,
        legs: Legs,
        rates: tuple[Floats, Floats],
        lost: dict[int, _Loss],
    ) -> None:
        self.reading, self.question, self.legs, self.lost = reading, question, legs, lost
        self.q, self.q_less = rates
        panel, window = reading.panel, reading.window
        found = breaks(reading.of.residual[legs.enters]) if len(legs.enters) else None
        once = one_period(reading, legs.enters)
        when = once if found is None else np.where(once >= 0, once, found.at)
        self.broke = [panel.periods[t] if t >= 0 else None for t in when.tolist()]
        self.unit = unit_value_changes(panel, window, legs.enters)
        # With one leg the word says no more than that the value rose, and stays: that the weight did not, or that one
        # period holds it, stands first.
        told = zip(prices(reading, legs.enters), shipments(reading, legs.enters), strict=True)
        self.first = [tuple(filter(None, said)) for said in told]
        self.recoded = {p: changed(panel.products[p], panel.periods[: window.end]) for p in self.lost}
        self.sources = panel.sources
        self.seen = seen_at_most(reading.full, panel.amount, window)
        self.unsure = unsure(reading.full, panel.amount, window)
        self.compared, self.silent = told_beside(panel, window, route_of(panel, question, alone=True), legs)

    def row(self, i: int) -> dict[str, Any]:
        """One row."""
        panel, window, q = self.reading.panel, self.reading.window, self.question
        product, series = int(self.legs.product[i]), int(self.legs.enters[i])
        base = {
            "measure": q.measure,
            "mode": "partner",
            "product": panel.products[product],
            "hub": panel.places[self.legs.hub[i]],
            "origin": q.origin,
            "destination": q.destination if np.isfinite(self.lost[product].p_fall) else None,
            "unit": panel.unit,
            "since": panel.periods[window.after],
            "until": panel.periods[window.end - 1],
            "legs": "in_only",
            "reported_by": [f"in: {counted_by(panel, series)}"],
            "source_ids": self.sources or None,
        }
        if not self.reading.full.judged[series]:
            known = np.isfinite(panel.amount[series])
            before, after = int(known[: window.after].sum()), int(known[window.after : window.end].sum())
            recoded = self.recoded[product]
            why = recoded or short_by(before, after, window.frequency)
            return base | unjudgeable(RECODED if recoded else SHORT, why) | {"legs": "none"}
        if self.compared[i] < LEAST:
            return base | unjudgeable(ALONE, too_few(int(self.compared[i]), self.silent[i]))
        if self.unsure[series]:
            return base | unjudgeable(WANDERS, _UNSURE)
        return base | self._judged(i, product, series)

    def _judged(self, i: int, product: int, series: int) -> dict[str, Any]:
        of, lost = self.reading.full, self.lost[product]
        loss, error = lost.value, lost.error
        high = max(min(of.value[series], loss), 0.0)
        most = max(float(np.fmin(of.most[series], loss + 2 * error)), high)
        direct = np.isfinite(lost.p_fall)
        numbers = {
            "high": high,
            "high_se": of.error[series] if of.value[series] <= loss else error,
            "high_95": most,
            "loss": loss if direct else np.nan,
            "loss_se": error if direct else np.nan,
            "lost_share": lost.share,
            "p_fall": lost.p_fall,
            "excess_in": of.value[series],
            "excess_in_se": of.error[series],
            "p_in": of.p_rise[series],
            "p": of.p_rise[series],
            "q": self.q[i],
            "p_less": of.p_fall[series],
            "q_less": self.q_less[i],
            "unit_value_change": self.unit[i],
        }
        cells = {k: cell(v, ENDS.get(k, 0)) for k, v in numbers.items()}
        return {
            **cells,
            **{k: self._within(cells[k], series) for k in ("high", "high_95")},
            "break_in": self.broke[i],
            "break_direct": self.reading.panel.periods[lost.broke] if lost.broke >= 0 else None,
            "compared": int(self.compared[i]),
            "word": self._word(i, loss),
            "judged": True,
            "why_not": self._missing(i, direct=direct),
            "basis": _METHOD.format(placebos=self.reading.placebos, least=_least(lost)),
        }

    def _word(self, i: int, loss: float) -> str:
        if loss > 0 and self.q[i] <= self.question.level:
            return TOOK_MORE
        if self.q_less[i] <= self.question.level:
            return TOOK_LESS
        return NO_SIGNAL if loss > 0 else NOTHING

    def _missing(self, i: int, *, direct: bool) -> str:
        """What a judged row lacks."""
        small = () if np.isfinite(self.q[i]) else (_SMALL,)
        first = self.first[i] if self.reading.full.value[self.legs.enters[i]] > 0 else ()
        gone = filter(None, [unreported.unreported(self.reading, self.reading.full, int(self.legs.enters[i]))])
        return "; ".join((*first, *gone, *small, *(() if direct else (_NO_DIRECT,)), _NO_LOWER))

    def _within(self, most: float | None, series: int) -> float | None:
        """An upper end that is no higher than what was observed: a partner passed on no more than it took.

        The least error of an excess, and the rounding outward, can carry the end above it.
        """
        return most if most is None else min(most, float(self.seen[series]))


def _least(lost: _Loss) -> str:
    """What bounds the upper end beside the rise, in words."""
    if np.isfinite(lost.p_fall):
        return "the direct leg lost"
    return "all others lost" if np.isfinite(lost.value) else "was observed"
