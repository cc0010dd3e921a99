"""Attacks and closures as rates with intervals, a row each, those with events first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from entrepot.core.contract import table
from entrepot.core.shown import row_id
from entrepot.core.units import rounded
from entrepot.core.words.translate import in_english, tr
from entrepot.corridors.risk.contract import CORRIDOR_RISK
from entrepot.corridors.risk.hazard_counts import YEAR, Count, by_kind, counts, wait
from entrepot.corridors.risk.pooled_rates import Rate, alone, change, pooled

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    from entrepot.corridors.risk.hazard_counts import Known, Wait
    from entrepot.corridors.risk.pooled_rates import Prior

# Below six events a change by a factor of five lies within the interval of none: nothing would be told.
_FEWEST = 6
_ALIKE = 100.0  # years: a prior that outweighs ten times what is counted at any corridor makes them one
_FITTED = ("rate", "low", "high", "change", "change_low", "change_high", "hours_lost", "assumed_percent", "days_shut")


@dataclass(frozen=True, slots=True)
class Hazard:
    """A count with its rate.

    Attributes:
        count: the events.
        rate: a year; None where no event of the kind is on record at any corridor.
        high: the upper end, known in that case too.
        prior: what the corridors together say; None where the count stands alone.
        wait: what an event costs a load.
    """

    count: Count
    rate: Rate | None
    high: float
    prior: Prior | None
    wait: Wait

    @property
    def hours_lost(self) -> float | None:
        """Hours that one load must expect to lose, not knowing what is shut; None where no rate is known.

        Open and shut follow each other: 1 / rate years open, then the days shut; in each round the events' hours of
        waiting are spread over all of it.
        """
        if self.rate is None:
            return None
        return self.rate.mean * self.wait.hours_an_event / (1 + self.rate.mean * self.wait.days / YEAR)


@in_english
def hazards(known: Known) -> list[Hazard]:
    """Every corridor and kind with its rate, those with events first, the most frequent at the top.

    Args:
        known: the record on a day.
    """
    found = counts(known)
    rates: dict[int, tuple[Rate | None, float, Prior | None]] = {}
    for held in by_kind(found).values():
        if not any(c.number for c in held):
            rates |= {id(c): (None, alone(0, c.years).high, None) for c in held}
            continue
        prior, fitted = pooled([c.number for c in held], [c.years for c in held])
        rates |= {id(c): (r, r.high, prior) for c, r in zip(held, fitted, strict=True)}
    for count in found:
        if id(count) not in rates:
            own = alone(count.number, count.years)
            rates[id(count)] = (own, own.high, None)
    out = [Hazard(c, *rates[id(c)], wait(c.kind, c.events)) for c in found]
    return sorted(out, key=lambda h: (not h.count.number, -(h.rate.mean if h.rate else 0.0)))


@in_english
def risk_rows(found: Sequence[Hazard]) -> pa.Table:
    """Hazards under `CORRIDOR_RISK`.

    Args:
        found: in the order in which they are shown.
    """
    return table(CORRIDOR_RISK, [_row(h) for h in found])


def _row(hazard: Hazard) -> dict[str, Any]:
    count, rate = hazard.count, hazard.rate
    lost = hazard.hours_lost
    moved = _change(count)
    said = {
        "corridor_id": count.corridor["corridor_id"],
        "corridor": count.corridor["corridor"],
        "kind": count.kind,
        "counted_by": count.by,
        "first": count.first.isoformat(),
        "last": count.last.isoformat(),
        "years": round(count.years, 2),
        "events": count.number,
        "count_is": "complete" if count.complete else "lower_bound",
        "rate": None if rate is None else _shown(rate.mean),
        "low": 0.0 if rate is None else _shown(rate.low),
        "high": _shown(hazard.high),
        "prior": _prior(hazard.prior),
        "change": None if moved is None else _shown(moved.mean),
        "change_low": None if moved is None else _shown(moved.low),
        "change_high": None if moved is None else _shown(moved.high),
        "days_shut": _shown(hazard.wait.days),
        "days_basis": _days_basis(hazard),
        "hours_lost": None if lost is None else _shown(lost),
        "assumed_percent": None if lost is None else round(100 * hazard.wait.assumed, 1),
        "counted": list(count.rests_on) or None,
        "not_counted": [f"{i}: {why}" for i, why in count.aside.items()] or None,
        "basis": _basis(hazard),
    }
    return said | {"risk_id": row_id("risk", said, estimates=_FITTED)}


def _shown(value: float) -> float:
    return round(rounded(value), 4)


def _prior(prior: Prior | None) -> str | None:
    if prior is None:
        return None
    if prior.years > _ALIKE:
        return tr("{mean:g} a year; no corridor is seen to differ from another", mean=rounded(prior.mean, 2))
    return tr(
        "{mean:g} a year, which weighs as much as {years:g} years of counting",
        mean=rounded(prior.mean, 2),
        years=rounded(prior.years, 2),
    )


def _change(count: Count) -> Rate | None:
    if len(count.events) < _FEWEST:
        return None
    earlier, later = count.by_half
    return change((earlier, count.halves[0]), (later, count.halves[1]))


def _days_basis(hazard: Hazard) -> str:
    shut, known = len(hazard.count.events), hazard.wait.known
    if not shut:
        return tr("assumed: the office prints none") if hazard.count.number else tr("assumed: no event that counts")
    return tr("on record for {known} of {shut}, assumed for {shut_2}", known=known, shut=shut, shut_2=shut - known)


def _basis(hazard: Hazard) -> str:
    count = hazard.count
    if hazard.rate is None:
        return tr(
            "No {kind} that counts is on record at any corridor: no rate, and above the upper end with "
            "none in {years:.1f} years only once in forty. {upper}{why}.",
            kind=count.kind,
            years=count.years,
            upper=count.why[0].upper(),
            why=count.why[1:],
        )
    way = (
        tr(
            "counts are Poisson, rates gamma over the corridors, whose prior is fitted to all of them "
            "({prior} at its best) and counts by how well it fits",
            prior=_prior(hazard.prior),
        )
        if hazard.prior
        else tr("the count stands alone, under Jeffreys' prior")
    )
    halves = ""
    if len(count.events) >= _FEWEST:
        halves = " Until {} {} events, after it {}.".format(count.middle.isoformat(), *count.by_half)
    return tr(
        "{number} in {years:.1f} years: {way}.{halves} {upper}{why}.",
        number=count.number,
        years=count.years,
        way=way,
        halves=halves,
        upper=count.why[0].upper(),
        why=count.why[1:],
    )
