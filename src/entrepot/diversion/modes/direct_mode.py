"""The direct mode: one product, three legs, an interval for each product and hub."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from entrepot.core.words.translate import tr
from entrepot.diversion.bounds.hub_interval import Amount, Bounds, attribute
from entrepot.diversion.bounds.known_supply import AT_MOST, NO_LOWER, PAST_EXPORTS, UNKNOWN_OUTPUT
from entrepot.diversion.contract import ABSENT, ALL_HUBS, ALONE, NO_SIGNAL, NOTHING, RECODED, SHORT, WANDERS
from entrepot.diversion.expected.excess import seen_at_most, short_by, unsure
from entrepot.diversion.expected.power import reach
from entrepot.diversion.expected.unreported import gaps_of, stopped, unreported
from entrepot.diversion.flows.changed_codes import changed
from entrepot.diversion.flows.comparisons import LEAST, compared_with, left_out, silences, too_few, without_thin
from entrepot.diversion.flows.legs import route_of
from entrepot.diversion.flows.panel import counted_by, valued
from entrepot.diversion.modes.leg_tests import amounts, at_series, tests_of
from entrepot.diversion.signals.breaks import breaks
from entrepot.diversion.signals.leg_evidence import mirror_gaps, unit_value_changes
from entrepot.diversion.signals.one_leg import Alone
from entrepot.diversion.signals.other_causes import Causes, one_period, other_causes
from entrepot.diversion.signals.signal_rows import ENDS, cell
from entrepot.diversion.signals.signal_words import chosen, unjudgeable

if TYPE_CHECKING:
    from entrepot.diversion.bounds.known_supply import Other
    from entrepot.diversion.expected.power import Reach
    from entrepot.diversion.expected.scan import Reading
    from entrepot.diversion.expected.unreported import Gaps
    from entrepot.diversion.flows.legs import Legs
    from entrepot.diversion.flows.panel import Floats, Ints
    from entrepot.diversion.question import Question

_METHOD = (
    "baseline: own level, season and damped trend before, with medians over other pairs for product, exporter and "
    "importer; "
    "p from {placebos} placebo pairs and dates; interval [max(0, A + B - S), min(A, B, L)]"
)


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """What a batch of products gives.

    Attributes:
        rows: of SIGNALS without rates, ids, totals and rivals: those that are asked for.
        tests: what is tested, of these rows first and then of all others that are no trifles.
        hubs: the place of each test.
        reach: what it takes to see a rise, one a test.
        lost: what the direct leg lost, one a test.
        trifles: how many hubs are listed by name only.
        causes: what else the rises may be, one a test.
        alone: what the leg into the hub says by itself, one a test.
        gaps: who did not report which periods after the day, of the legs of the rows.
    """

    rows: list[dict[str, Any]]
    tests: Floats
    hubs: list[str]
    reach: Reach
    lost: Floats
    trifles: int
    causes: Causes
    alone: Alone
    gaps: Gaps


def direct(reading: Reading, question: Question, other: Other, legs: Legs) -> Part:
    """Rows, and what is tested of them and of all others: the rate is that of all, whichever are asked for.

    Args:
        reading: of a panel.
        question: what is asked.
        other: from `supply`, one a leg.
        legs: of the panel.
    """
    beside = (reading.panel, reading.window, route_of(reading.panel, question), legs)
    silent = silences(*beside)
    legs, few = without_thin(*beside)
    lost, enters, leaves = amounts(reading, legs)
    bounds = attribute(enters, leaves, lost, other.amount)
    rows = Rows(reading, question, legs, (lost, enters, leaves), bounds, supply=other, left_out=few, silent=silent)
    listed, summed = _worth_a_row(rows)
    trifles = len(legs.hub) - len(listed) - int(np.isnan(lost.value).sum())
    if question.hubs is None:
        made, at = [*map(rows.row, listed), *map(rows.of_all_hubs, summed)], [*listed, *summed]
    else:
        asked = chosen(reading.panel.places, legs.hub, question.hubs)
        made, at, trifles = [rows.row(i) for i in asked], [*asked, *sorted(set(listed) - set(asked))], 0
    every = np.array(at, dtype=np.int64)
    hubs = [reading.panel.places[h] for h in legs.hub[every].tolist()]
    causes = other_causes(reading, rows.route, legs.of(every))
    shown = every[: len(made)]
    gaps = gaps_of(reading, np.concatenate([x[shown] for x in (legs.direct, legs.enters, legs.leaves)]).tolist())
    alone = Alone.of(attribute(enters, _unseen(leaves), lost, other.amount), every)
    return Part(made, rows.tested(every), hubs, rows.reach.of(every), lost.value[every], trifles, causes, alone, gaps)


def _unseen(leg: Amount) -> Amount:
    """A leg as if it were not in the flows."""
    return Amount(*(np.full_like(leg.value, np.nan) for _ in range(4)))


def _worth_a_row(rows: Rows) -> tuple[list[int], list[int]]:
    """Rows that stand alone, and one for each product of which no hub can be judged."""
    unjudged = np.isnan(rows.amounts[0].value)
    listed = np.flatnonzero(~unjudged & rows.tests.large)
    summed = np.unique(np.where(unjudged, rows.legs.product, -1), return_index=True)
    return listed.tolist(), [i for p, i in zip(*(a.tolist() for a in summed), strict=True) if p >= 0]


@dataclass(frozen=True, slots=True, eq=False)
class Converted:
    """Rows whose amounts are in another unit than the flows.

    Attributes:
        unit: of the rows.
        lost: what the direct leg lost, as the flows count it.
    """

    unit: str
    lost: Amount


class Rows:
    """Makes the rows."""

    def __init__(  # noqa: PLR0913 - the pieces of a row
        self,
        reading: Reading,
        question: Question,
        legs: Legs,
        amounts: tuple[Amount, Amount, Amount],
        bounds: Bounds,
        *,
        needs_loss: bool = True,
        converted: Converted | None = None,
        supply: Other | None = None,
        left_out: Ints | None = None,
        silent: tuple[list[str], list[str]] | None = None,
    ) -> None:
        self.reading, self.question, self.legs = reading, question, legs
        self.counted = converted or Converted(reading.panel.unit, amounts[0])
        self.amounts, self.bounds, self.needs_loss = amounts, bounds, needs_loss
        self.left_out = np.full(len(legs.hub), -1) if left_out is None else left_out  # as `without_thin` gives it
        self.silent = silent or ([""] * len(legs.hub),) * 2  # as `silences` gives it
        nothing = (None,) * len(legs.hub)
        self.supply_basis, self.supply_short = (supply.basis, supply.short) if supply is not None else (nothing,) * 2
        self.tests = tests_of(reading, legs, needs_loss=needs_loss)
        panel, window = reading.panel, reading.window
        self.route = route_of(panel, question)
        self.compared = compared_with(panel, window, self.route, legs)
        self.thin = (self.compared < LEAST) & needs_loss
        self.reach = reach(reading, *(np.where(self.thin, -1, s) for s in (legs.enters, legs.leaves)))
        every = (legs.direct, legs.enters, legs.leaves)
        used = np.unique(np.concatenate([np.maximum(s, 0) for s in every])) if len(legs.hub) else np.empty(0, np.int64)
        found = breaks(reading.of.residual[used]).at if len(used) else np.empty(0, np.int64)
        when = dict(zip(used.tolist(), found.tolist(), strict=True))
        self.broke = [[when[s] if s >= 0 else -1 for s in leg.tolist()] for leg in every]
        for i, leg in enumerate(every[1:], 1):  # the most likely break of a single period lies where the trimming ends
            once = one_period(reading, leg).tolist()
            self.broke[i] = [o if o >= 0 else b for o, b in zip(once, self.broke[i], strict=True)]
        self.unit = unit_value_changes(panel, window, legs.enters)
        self.gap = mirror_gaps(panel, window, legs.enters)
        self.recoded = {p: changed(panel.products[p], panel.periods[: window.end]) for p in set(legs.product.tolist())}
        self.sources = panel.sources
        seen = seen_at_most(reading.full, panel.amount, window)
        # Along a chain legs are counted in tonnes here, and rows in the units of the chain.
        self.seen = np.full(len(legs.hub), np.inf)
        if needs_loss:
            self.seen = np.minimum(*(at_series(seen, s) for s in every[1:]))
        self.unsure = [unsure(of, panel.amount, window) for of in (reading.apart, reading.full, reading.full)]

    def row(self, i: int) -> dict[str, Any]:
        """One row."""
        panel, window, q = self.reading.panel, self.reading.window, self.question
        product = int(self.legs.product[i])
        base = {
            "measure": q.measure,
            "mode": "direct",
            "product": panel.products[product],
            "hub": panel.places[self.legs.hub[i]],
            "origin": q.origin,
            "destination": q.destination,
            "unit": self.counted.unit,
            "since": panel.periods[window.after],
            "until": panel.periods[window.end - 1],
            "reported_by": self._reported(i) or None,
            "source_ids": self.sources or None,
        }
        why = self._why(i)
        if why:
            return base | unjudgeable(*why) | {"legs": self._legs(i)}
        return base | self._judged(i)

    def tested(self, of: Ints) -> Floats:
        """The p of fall, rise in, rise out and match of some rows; NaN where a leg is small or thin."""
        t = self.tests
        seen = np.column_stack([t.fall, t.rise_in, t.rise_out, t.match])
        kept: Floats = np.where((t.large & ~self.thin)[:, None], seen, np.nan)[of]
        return kept

    def of_all_hubs(self, i: int) -> dict[str, Any]:
        """The row of a product of which no hub can be judged."""
        return self.row(i) | {"hub": ALL_HUBS, "legs": "none", "reported_by": None}

    def _why(self, i: int) -> tuple[str, str] | None:
        """Why a row cannot be judged, by class and in words; None where it can."""
        recoded = self.recoded[int(self.legs.product[i])]
        lost, enters, leaves = (a.value[i] for a in self.amounts)
        gone = None
        if np.isnan(lost) and self.needs_loss:
            gone = int(self.legs.direct[i]), "the direct leg"
        elif np.isnan(enters) and np.isnan(leaves):
            gone = int(self.legs.enters[i]), "the leg into the hub"
        if gone is not None:
            return (RECODED, recoded) if recoded else self._short(*gone)
        silent = next((of[i] for of in self.silent if of[i]), "")
        return (ALONE, too_few(int(self.compared[i]), silent)) if self.thin[i] else self._wanders(i)

    def _wanders(self, i: int) -> tuple[str, str] | None:
        """Which leg wanders too far to be judged; None where none does."""
        names = ("the direct leg", "the leg into the hub", "the leg out of the hub")
        legs = zip(
            names, self.amounts, (self.legs.direct, self.legs.enters, self.legs.leaves), self.unsure, strict=True
        )
        far = [name for name, a, s, far in legs if np.isfinite(a.value[i]) and s[i] >= 0 and far[s[i]]]
        return (WANDERS, f"{far[0]} wanders further than all its trade that was observed") if far else None

    def _short(self, series: int, name: str) -> tuple[str, str]:
        if series < 0:
            return ABSENT, f"{name} is not in the flows"
        panel, window = self.reading.panel, self.reading.window
        known = np.isfinite(panel.amount[series, : window.end])
        before, after = int(known[: window.after].sum()), int(known[window.after :].sum())
        if known.any() and not np.nan_to_num(panel.amount[series, : window.end]).any():
            pair = panel.places[panel.exporter[series]], panel.places[panel.importer[series]]
            counts, other = pair if panel.by_exporter[series] else pair[::-1]
            side, others = ("exports", "imports") if panel.by_exporter[series] else ("imports", "exports")
            return SHORT, (
                tr(
                    "{name} is empty: {counts} counts its {side} and none of this with {other}; where {other} counts "
                    "its {others} of it, add them to the flows without those of {counts}",
                    name=name,
                    counts=counts,
                    side=side,
                    other=other,
                    others=others,
                )
            )
        side, ends = ("export", panel.exporter) if panel.by_exporter[series] else ("import", panel.importer)
        key = side, panel.places[ends[series]], panel.products[panel.product[series]]
        if key in panel.renamed:
            return (
                RECODED,
                tr(
                    "{name} is not followed: {why} (`entrepot load --hs` brings them together)",
                    name=name,
                    why=panel.renamed[key][2],
                ),
            )
        who = stopped(panel, window, series)
        return SHORT, f"{name} is {short_by(before, after, window.frequency)}" + (f": {who}" if who else "")

    def _legs(self, i: int) -> str:
        into, out = (np.isfinite(a.value[i]) for a in self.amounts[1:])
        return {(True, True): "all", (True, False): "in_only", (False, True): "out_only"}.get((into, out), "none")

    def _reported(self, i: int) -> list[str]:
        return [f"{name}: {counted_by(self.reading.panel, series)}" for name, series in self._series(i)]

    def _series(self, i: int) -> list[tuple[str, int]]:
        """The legs of a row that the flows hold, each with its series."""
        legs = zip(("direct", "in", "out"), (self.legs.direct, self.legs.enters, self.legs.leaves), strict=True)
        return [(name, int(leg[i])) for name, leg in legs if leg[i] >= 0]

    def _every(self, i: int) -> tuple[int, ...]:
        """The series of the three legs of a row."""
        return tuple(int(leg[i]) for leg in (self.legs.direct, self.legs.enters, self.legs.leaves))

    def _judged(self, i: int) -> dict[str, Any]:
        word = self._word(i)
        lost, enters, leaves = self.amounts
        b, t = self.bounds, self.tests
        nothing = word == NOTHING
        expected = self.reading.apart.expected[self.legs.direct[i]] if self.legs.direct[i] >= 0 else np.nan
        share = self.counted.lost.value[i] / expected if expected > 0 else np.nan
        numbers = {
            "low": 0.0 if nothing else b.low[i],
            "high": 0.0 if nothing else b.high[i],
            "low_se": b.low_error[i],
            "high_se": b.high_error[i],
            "low_95": 0.0 if nothing else b.low_95[i],
            "high_95": b.high_95[i],
            "loss": lost.value[i],
            "loss_se": lost.error[i],
            "excess_in": enters.value[i],
            "excess_in_se": enters.error[i],
            "excess_out": leaves.value[i],
            "excess_out_se": leaves.error[i],
            "supply": b.supply[i],
            "supply_se": b.supply_error[i],
            "lost_share": share,
            "p_fall": t.fall[i],
            "p_in": t.rise_in[i],
            "p_out": t.rise_out[i],
            "p_match": t.match[i],
            "p": t.p[i],
            "unit_value_change": self.unit[i],
            "mirror_gap": self.gap[i],
        }
        known = {"compared": int(self.compared[i])} if self.needs_loss else {}
        names = ("break_direct", "break_in", "break_out")
        periods = self.reading.panel.periods
        broke = {n: periods[leg[i]] if leg[i] >= 0 else None for n, leg in zip(names, self.broke, strict=True)}
        return {
            **{k: cell(v, ENDS.get(k, 0)) for k, v in numbers.items()},
            **{k: self._most(cell(numbers[k], ENDS.get(k, 0)), i) for k in ("high", "high_95")},
            **broke,
            **known,
            "word": word,
            "legs": self._legs(i),
            "supply_basis": self.supply_basis[i],
            "judged": True,
            "why_not": self._missing(i),
            "basis": _METHOD.format(placebos=self.reading.placebos),
        }

    def _most(self, end: float | None, i: int) -> float | None:
        """An upper end that rounding does not carry above what was observed."""
        return end if end is None else min(end, float(self.seen[i]))

    def _word(self, i: int) -> str:
        return NOTHING if self.amounts[0].value[i] <= 0 else NO_SIGNAL

    def _missing(self, i: int) -> str | None:
        """What a judged row lacks."""
        few, series = int(self.left_out[i]), (int(self.legs.enters[i]), int(self.legs.leaves[i]))
        legs = zip(("into", "out of"), self.amounts[1:], series, strict=True)
        said = [
            tr("{why}; the upper end is that of the other leg", why=self._short(s, f"the leg {word} the hub")[1])
            for word, leg, s in legs
            if np.isnan(leg.value[i]) and (few < 0 or word == "into")
        ]
        if few >= 0:
            said.append(left_out(few, self.silent[1][i]))
        if np.isnan(self.amounts[0].value[i]):
            why = self._short(int(self.legs.direct[i]), "the direct leg of the later stage")[1]
            said.append(tr("{why}: what was lost does not bound the upper end", why=why))
        if np.isnan(self.bounds.supply[i]):
            known = self.supply_short[i] or UNKNOWN_OUTPUT
            said.append(NO_LOWER.format(known=known))
        if self.supply_basis[i] == PAST_EXPORTS:
            said.append(AT_MOST.format(share=f"{self.question.output_growth:g}"))
        legs_read = zip((self.reading.apart, self.reading.full, self.reading.full), self._every(i), strict=True)
        said += filter(None, (unreported(self.reading, of, series) for of, series in legs_read))
        if self.amounts[0].value[i] <= 0:
            said.append("the direct leg did not fall below what was expected")
        kinds = {valued(self.reading.panel, series)[1].kind for _, series in self._series(i)}
        if len(kinds) > 1:
            said.append(f"the legs are valued differently ({', '.join(sorted(kinds))})")
        return "; ".join(said) or None
