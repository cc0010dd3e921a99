"""A figure that no row prints and rows imply: as a sum, a share, a growth, or in another currency."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from entrepot.claims.evidence.case import AGREES, DIFFERS, Related
from entrepot.claims.indexed.implied import WIDEST, asked_as, implied
from entrepot.claims.indexed.intervals import Interval, meet, printed, times
from entrepot.core import units
from entrepot.core.findings import plain
from entrepot.core.periods import Period
from entrepot.core.words.translate import tr
from entrepot.vocabulary.currencies import rates

if TYPE_CHECKING:
    from entrepot.claims.evidence.case import Case
    from entrepot.claims.indexed.implied import Asked

_WORDS = 2  # digits of a figure that is worth deriving
# said in the sentence or a step away
_SAID_NEAR = frozenset({"met", "near", "lent"})
_ONE_WAY = frozenset({"dir:in", "dir:out"})  # both and none say nothing narrower
# of a sum in another currency, how far the rates of other days may bring it from the mean: beyond, it is wrong
_OTHER_DAYS = 0.05
_WRITTEN = timedelta(days=62)  # after the end of a period, in which most reports of it are written
_TRIED = 2  # things that a figure may be derived of: the nearest rows are mostly of one
_PERCENT = "percent"


def derivable(case: Case) -> Related | None:
    """Rows imply the figure: in another currency, as a sum or a share of parts, from the year before."""
    seen, (first, last) = case.seen, case.told.period or (None, None)
    if seen.kind == "figure" and seen.aside and (turned := turned_sum(case)) is not None:
        return turned
    if seen.kind != "figure" or first is None or last is None or (seen.digits < _WORDS and not seen.aside):
        return None
    tried: set[Asked] = set()
    for offer in case.offers:
        entry, met_by = offer.entry, offer.met
        others = set(met_by.others()) - {"period", "direction"}
        near = met_by.place in _SAID_NEAR and met_by.counter in _SAID_NEAR and not others
        if not entry.quantity or not (near or (seen.aside and offer.equal and offer.chance >= AGREES)):
            continue
        unit = seen.unit if seen.aside or entry.unit != _PERCENT else _PERCENT
        number = seen.in_unit(unit)
        ways = [w[4:] for w in case.told.named("dir") if w in _ONE_WAY]
        asked = asked_as(entry, unit, first, last, grown=seen.grown)
        asked = replace(asked, direction=ways[0]) if entry.direction and len(ways) == 1 else asked
        if number is None or asked in tried or len(tried) == _TRIED:
            continue
        tried.add(asked)
        for found in implied(case.index, asked):
            if found.interval.width <= WIDEST and meet(found.interval, number.close):
                return Related("derivable", "consistent", (offer,), f"{found.working}.", found.rows)
    return None


def turned_sum(case: Case) -> Related | None:
    """A sum in brackets, against that before it at the rates of its period, else of the last whole month."""
    seen, before = case.seen, case.seen.before
    rule = next((o for o in case.offers if o.equal and o.chance >= AGREES), None)
    if before is None or before.number is None or seen.number is None or rule is None:
        return None
    first, last = case.told.period or (None, None)
    published = case.told.line.sentence.published
    if rule.entry.state or first is None or last is None:
        if published is None:
            return None
        last = published.replace(day=1) - timedelta(days=1)
        first = last.replace(day=1)
    held = rates(before.unit, seen.unit, Period(first, last, "span"))
    if held is None:
        return None
    # A limit is just what is printed, another sum what a careful writer rounds to it; the word before it bounds both.
    stated = rule.entry.table == "rules" and Interval(before.number.value, before.number.value)
    low, high = held.low, held.high
    told = min(published, last + _WRITTEN) if published else last
    if later := rates(before.unit, seen.unit, Period(last + timedelta(days=1), told, "span")) if told > last else None:
        low, high = min(low, later.low), max(high, later.high)  # who writes takes the rate of the day
    interval = times(stated or printed(before.number.value).close, Interval(low, high))
    value = units.with_unit(units.rounded(before.number.value * held.mean.value, 5), seen.unit)
    working = tr(
        "{amount} at {rate}, the mean rate from {first} to {last}, = {value}.",
        amount=units.with_unit(before.number.value, before.unit),
        rate=plain(units.rounded(held.mean.value, 5)),
        first=first,
        last=last,
        value=value,
    )
    if meet(interval, seen.number.close):
        return Related("derivable", "consistent", (rule,), working, (rule.entry.row_id,))
    mean = before.number.value * held.mean.value
    if abs(seen.number.value - mean) < _OTHER_DAYS * mean:
        return None
    return Related(
        "derivable",
        DIFFERS,
        (rule,),
        f"{working} {tr('The text says another sum: look.')}",
        (rule.entry.row_id,),
    )
