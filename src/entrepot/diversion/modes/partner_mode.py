"""The partner mode: only the origin reports, so where goods ended cannot be seen.

What is seen is a shift between partners: some took less than expected, some more. A partner that rose is a possible hub
or a new market, and the data do not say which; there is no lower end. Its upper end is its own rise, and no more than
what the destination lost; where hardly anything went to the destination directly, no more than all that others lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from entrepot.diversion.expected.excess import short_by
from entrepot.diversion.expected.scan import read_series
from entrepot.diversion.flows.changed_codes import changed
from entrepot.diversion.signals.breaks import breaks
from entrepot.diversion.signals.false_discovery import GATE, benjamini_hochberg
from entrepot.diversion.signals.hub_pool import by_hub, pool, said, with_hubs
from entrepot.diversion.signals.leg_evidence import unit_value_changes
from entrepot.diversion.signals.signal_rows import ENDS, cell

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
    "only the origin reports: baseline of own level, season and damped trend before, with the median of all partners "
    "for the product; p from {placebos} placebo dates and pairs; upper end: the rise, no more than all others lost"
)
_ALONE = "Only {origin} reports in these flows: where goods ended is not seen, a shift between partners is."
_NOWHERE = "No destination is given: a shift between the partners of {origin} is sought, and not where goods ended."
_SMALL = "a trifle beside the direct leg or the product's trade: not tested"
_NO_LOWER = "where the goods ended is not in the flows: no lower end; a rise may as well be a new market"


def shifted(panel: Panel, window: Window, question: Question) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    """Rows of SIGNALS without ids, totals and rivals, one a product and partner, and what to tell of the scan."""
    from entrepot.diversion.flows.legs import route_of

    legs, route = partners(panel, question), route_of(panel, question, alone=True)
    # Placebo pairs do not exist where all series are the origin's: earlier dates speak for them.
    reading = read_series(panel, window, np.zeros(len(panel.amount), dtype=bool), route)
    series = legs.enters
    lost = _lost(reading, legs, panel.place(question.destination))
    hubs = _hubs(reading, legs, route)
    q = _rates(reading, legs, lost, hubs)
    rows = _Rows(reading, question, legs, q, lost)
    told = (
        (_ALONE if question.destination else _NOWHERE).format(origin=question.origin),
        f"{len(series)} products and partners; p values rest on {reading.placebos} placebo draws.",
    )
    return [rows.row(i) for i in range(len(series))], (*told, *said(hubs, question.level, "the sales to each"))


def _hubs(reading: Reading, legs: Legs, route: Route) -> dict[str, float]:
    """The p of each partner over all products whose direct leg fell."""
    panel = reading.panel
    wanted = np.isin(np.arange(len(panel.products)), legs.product)
    of = by_hub(pool(reading, route, wanted, _MATERIAL_LEG), route)
    looked = set(legs.hub.tolist())
    return {h: float(of[i]) for i, h in enumerate(panel.places) if i in looked}


def partners(panel: Panel, question: Question) -> Legs:
    """One row a product and partner that was ever sold to."""
    from dataclasses import replace

    from entrepot.diversion.flows.legs import Legs, chosen_hubs, chosen_products

    origin = panel.place(question.origin)
    products = chosen_products(panel, question)
    hubs = chosen_hubs(panel, replace(question, destination=None), (origin, panel.place(question.destination)))
    mine = np.flatnonzero((panel.exporter == origin) & np.isin(panel.product, products) & np.isin(panel.importer, hubs))
    none = np.full(len(mine), -1, dtype=np.int64)
    return Legs(panel.product[mine], panel.importer[mine], none, mine, none)


@dataclass(frozen=True, slots=True)
class _Loss:
    """What a product lost: on the direct leg (`p_fall` known), or with all partners that fell.

    Attributes:
        value, error: in the unit of the panel.
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
    q = with_hubs(benjamini_hochberg(passed), passed, of, hubs)
    return np.where(tested & (fall > GATE), 1.0, q)


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


def _lost(reading: Reading, legs: Legs, destination: int) -> dict[int, _Loss]:
    """By product: the loss of the direct leg where one went; else what all partners below their baseline took less."""
    panel, of, means, out = reading.panel, reading.full, _means(reading), {}
    origin = panel.exporter[legs.enters[0]] if len(legs.enters) else -1
    for product in np.unique(legs.product).tolist():
        mine = (panel.exporter == origin) & (panel.product == product)
        total = float(means[mine].sum())
        there = mine & (panel.importer == destination) & of.judged
        tells = (means >= _DIRECT_MUCH * total) | ((means >= _DIRECT_SOME * total) & (reading.apart.p_fall <= _PLAINLY))
        direct = np.flatnonzero(there & tells)
        if len(direct):
            out[product] = _of_direct(reading, int(direct[0]), float(means[direct[0]]))
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
        q: Floats,
        lost: dict[int, _Loss],
    ) -> None:
        self.reading, self.question, self.legs, self.q, self.lost = reading, question, legs, q, lost
        panel, window = reading.panel, reading.window
        found = breaks(reading.of.residual[legs.enters]) if len(legs.enters) else None
        self.broke = [] if found is None else [panel.periods[t] if t >= 0 else None for t in found.at]
        self.unit = unit_value_changes(panel, window, legs.enters)
        self.recoded = {p: changed(panel.products[p], panel.periods[: window.end]) for p in self.lost}
        self.sources = sorted({v.source_id for v in panel.valuations.values()})
        self.reporter = f"in: {question.origin} {panel.valuations['export', question.origin].words}"

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
            "reported_by": [self.reporter],
            "source_ids": self.sources or None,
        }
        if not self.reading.full.judged[series]:
            known = np.isfinite(panel.amount[series])
            before, after = int(known[: window.after].sum()), int(known[window.after : window.end].sum())
            why = self.recoded[product] or short_by(before, after, window.frequency)
            return base | {"word": "not judged", "judged": False, "why_not": why, "legs": "none", "basis": "-"}
        return base | self._judged(i, product, series)

    def _judged(self, i: int, product: int, series: int) -> dict[str, Any]:
        of, lost = self.reading.full, self.lost[product]
        loss, error = lost.value, lost.error
        high = max(min(of.value[series], loss), 0.0)
        most = max(min(of.most[series], loss + 2 * error), high)
        word = "nothing to attribute" if loss <= 0 else "no signal"
        if loss > 0 and self.q[i] <= self.question.level:
            word = "possible hub"
        numbers = {
            "high": high,
            "high_se": of.error[series] if of.value[series] <= loss else error,
            "high_95": most,
            "loss": loss,
            "loss_se": error,
            "lost_share": lost.share,
            "p_fall": lost.p_fall,
            "excess_in": of.value[series],
            "excess_in_se": of.error[series],
            "p_in": of.p_rise[series],
            "p": of.p_rise[series],
            "q": self.q[i],
            "unit_value_change": self.unit[i],
        }
        cells = {k: cell(v, ENDS.get(k, 0)) for k, v in numbers.items()}
        return {
            **cells,
            "high_95": self._within(cells["high_95"], series),
            "break_in": self.broke[i],
            "break_direct": self.reading.panel.periods[lost.broke] if lost.broke >= 0 else None,
            "word": word,
            "judged": True,
            "why_not": _NO_LOWER if np.isfinite(self.q[i]) else f"{_SMALL}; {_NO_LOWER}",
            "basis": _METHOD.format(placebos=self.reading.placebos),
        }

    def _within(self, most: float | None, series: int) -> float | None:
        """An upper end that is no higher than what was observed: a partner passed on no more than it took.

        The least error of an excess, and the rounding outward, can carry the end above it. Where a period after was not
        reported, what was observed is itself not known, and the end stays.
        """
        seen = self.reading.panel.amount[series, self.reading.window.after : self.reading.window.end]
        if most is None or not np.isfinite(seen).all():
            return most
        return min(most, float(seen.sum()))
