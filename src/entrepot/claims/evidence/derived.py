"""What no row prints and rows imply: a figure of the year before or in another currency, and which way one moved."""

from __future__ import annotations

import re
from datetime import MAXYEAR, date, timedelta
from typing import TYPE_CHECKING

from entrepot.claims.evidence.case import AGREES, DIFFERS, SAID_OF, Related
from entrepot.claims.evidence.nearest import SHOWN_FROM, scored
from entrepot.claims.evidence.sure import alone, same_thing
from entrepot.claims.indexed.intervals import Interval, meet, over, printed, times
from entrepot.claims.indexed.record_entry import is_plain
from entrepot.core import units
from entrepot.core.findings import plain
from entrepot.core.periods import Period
from entrepot.core.words.translate import tr
from entrepot.vocabulary.currencies import rates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.claims.evidence.case import Case
    from entrepot.claims.evidence.nearest import Offer
    from entrepot.claims.evidence.told import Told
    from entrepot.claims.indexed.record_entry import Entry
    from entrepot.claims.indexed.record_index import RecordIndex
    from entrepot.claims.mentions.seen import Seen

# Between a word of change and the level that it led to.
_LED_TO = re.compile(
    r"[^.;,。；，\d]{0,12}(?:\b(?:to|at)|\bдо|至|到|为)\s?(?:about|around|only|just|some)?\s?$", re.IGNORECASE
)
_GOES_BEFORE = 40  # characters before a figure in which the word of its change stands
# facets of which something else may be said where a report comes back to a figure
_AGAIN = frozenset({"status", "period"})
_WORDS = 2  # digits of a figure that is worth deriving
_TELLING = 3  # and of one that no other thing of another time has by chance
# said in the sentence or a step away
_SAID_NEAR = frozenset({"met", "near", "lent"})
# facets that a report of growth mostly leaves unsaid
_UNSAID = frozenset({"mode", "status"})
# of a sum in another currency, how far the rates of other days may bring it from the mean: beyond, it is wrong
_OTHER_DAYS = 0.05
_WRITTEN = timedelta(days=62)  # after the end of a period, in which most reports of it are written
_WIDEST = 0.1  # a result wider than a tenth of its middle supports nothing
_PERCENT = "percent"
_OF_ITS_SIZE = 2.0  # times: a figure further from a sum is of other goods
_KEPT = 3  # rows that a verdict names
_BORNE_OUT = frozenset({"agrees", "agrees_within_rounding"})  # verdicts that make a level that of a row


def derivable(case: Case) -> Related | None:
    """Rows imply the figure.

    It is a sum in another currency, a multiple roughly, the sum of flows of parts of its period, or the year before a
    row with its growth.
    """
    seen, (first, last) = case.seen, case.told.period or (None, None)
    if seen.kind == "figure" and seen.aside and (turned := turned_sum(case)) is not None:
        return turned
    if seen.multiple and (roughly := _roughly_multiplied(case)) is not None:
        return roughly
    if seen.kind != "figure" or seen.grown or first is None or last is None or seen.digits < _WORDS:
        return None
    if (summed := _sum_of_flows(case, first, last)) is not None:
        return summed
    after = (_a_year_on(first), _a_year_on(last))
    tried: set[tuple[str, ...]] = set()
    for offer in case.offers:
        entry, met_by = offer.entry, offer.met
        thing = (entry.place, entry.quantity, entry.unit, entry.direction, entry.partner, entry.good)
        others = set(met_by.others()) - {"period"}
        if not entry.quantity or {met_by.place, met_by.counter} - _SAID_NEAR or others or thing in tried:
            continue
        tried.add(thing)
        for row in case.index.of_thing(entry):
            same = (row.first, row.last) == after and same_thing(row, entry) and not row.unclear
            if same and (working := _year_before(row, seen)):
                return Related("derivable", "consistent", (offer,), f"{working}.", (row.row_id,))
    return None


def _sum_of_flows(case: Case, first: date, last: date) -> Related | None:
    """A figure beside the sum of a good's flows with one side, whose quarters fill its period without a gap."""
    seen, told = case.seen, case.told
    for unit, number in seen.numbers:
        ends: dict[tuple[str, str], list[Entry]] = {}
        for e in case.index.flows.of_place(unit, told.inside):
            if e.number and e.first and e.last and first <= e.first and e.last <= last and not e.unclear:
                ends.setdefault((e.partner, e.good), []).append(e)
        for held in ends.values():
            rows = sorted(held, key=lambda e: e.first or first)
            total = sum(e.number.value for e in rows if e.number)
            offers = tuple(scored(case.index, told, seen, e) for e in rows)
            strange = {name for o in offers for name in o.met.others()} - {"period"}
            if strange or not _fill(rows, first, last):
                continue
            parts = " + ".join(f"{units.with_unit(e.number.value, unit)} ({e.row_id})" for e in rows if e.number)
            working = f"{parts} = {units.with_unit(units.rounded(total, 6), unit)}."
            if number.open.low <= total <= number.open.high:
                return Related("derivable", "consistent", offers[:_KEPT], working, tuple(e.row_id for e in rows))
            if told.basis == "stated" and {rows[0].partner, rows[0].good} <= told.own and _is_near(number.value, total):
                return Related("derivable", DIFFERS, offers[:_KEPT], working, tuple(e.row_id for e in rows))
    return None


def _is_near(value: float, total: float) -> bool:
    """Whether a figure is of the size of a sum, so that it may be meant by it."""
    return total / _OF_ITS_SIZE <= value <= total * _OF_ITS_SIZE


def _fill(rows: Sequence[Entry], first: date, last: date) -> bool:
    """Whether several rows, in their order, fill a period: each begins the day after the one before ends."""
    ends = [first - timedelta(days=1), *(e.last for e in rows)]
    begun = [*(e.first for e in rows), last + timedelta(days=1)]
    return len(rows) > 1 and all(a and b and a + timedelta(days=1) == b for a, b in zip(ends, begun, strict=True))


def _roughly_multiplied(case: Case) -> Related | None:
    """A multiple that no careful writer would say of the growth on record, which it allows: doubled, of 121 percent."""
    for offer in case.offers:
        entry, number = offer.entry, case.seen.in_unit(offer.entry.unit)
        if offer.equal or entry.kind != "growth" or entry.number is None or number is None or entry.unclear:
            continue
        if offer.met.all("met", but=_UNSAID) and not offer.met.others() and meet(entry.number.close, number.open):
            value = units.with_unit(entry.number.value, _PERCENT)
            return Related("derivable", "imprecise", (offer,), tr("The growth on record is {value}.", value=value))
    return None


def _year_before(row: Entry, seen: Seen) -> str:
    """The working of the figure as that of the year before a row with its growth; empty: it is not."""
    number, now, grown = seen.in_unit(row.unit), row.number, row.grown
    if number is None or now is None or grown is None or grown <= -100:  # noqa: PLR2004 - gone by all of it
        return ""
    rate = printed(grown, "exact", _PERCENT).open
    interval = over(now.open, Interval(1 + rate.low / 100, 1 + rate.high / 100))
    if interval is None or interval.width > _WIDEST or not meet(interval, number.close):
        return ""
    value = units.with_unit(units.rounded(now.value / (1 + grown / 100), 5), row.unit)
    return f"{units.with_unit(now.value, row.unit)} ({row.row_id}) / (1 + {units.with_unit(grown, _PERCENT)}) = {value}"


def other_way(case: Case, held: Sequence[Entry]) -> str:
    """Why a level that rows have did not come about as is said: fell to 520, where it grew by a fifth; else empty.

    Which way it went is the growth on the year before that one of them prints, else what the record has of that year.
    A text that names another base (from June) is not judged.
    """
    sentence, start = case.told.line.sentence, case.seen.start
    hit = sentence.hits.before("changes.change", start, within=_GOES_BEFORE)
    if case.seen.grown or hit is None or not _LED_TO.match(sentence.text, hit.end, start):
        return ""
    if any(d.base for d in case.told.line.dates) or not alone(case.told, case.seen):
        return ""
    grown = next((e.grown for e in held if e.grown is not None), None)
    grown = _since_the_year_before(case, held[0]) if grown is None else grown
    if grown is None or not grown or (grown < 0) == (hit.row["value"] == -1):
        return ""
    return tr(
        "On record it {way} by {percent} on the year before: look.",
        way=tr("fell") if grown < 0 else tr("rose"),
        percent=units.with_unit(units.rounded(abs(grown), 3), _PERCENT),
    )


def other_sign(case: Case) -> Related | None:
    """Growth of just the size that the record has as a fall, or the other way round, of that thing and time."""
    seen, told = case.seen, case.told
    if seen.kind != "figure" or not seen.grown or seen.aside or seen.number is None or seen.digits < _WORDS:
        return None
    held = [e for e in case.index.of_value((_PERCENT, True), -seen.number.value) if not e.unclear]
    offers = [scored(case.index, told, seen, e) for e in held if e.number and e.number.value == -seen.number.value]
    found = [
        o
        for o in offers
        if o.met.place in _SAID_NEAR
        and o.met.period in _SAID_NEAR
        and o.met.counter in _SAID_NEAR
        and not o.met.others()
    ]
    if not found:
        return None
    best = max(found, key=lambda o: (o.points, o.entry.row_id))
    way = tr("fell") if seen.number.value > 0 else tr("rose")
    note = tr("On record it {way} by as much: look.", way=way)
    return Related("other_sign", DIFFERS, (best,), note)


def moved_too(index: RecordIndex, told: Told, seen: Seen, entry: Entry) -> Related | None:
    """Of a figure beside one that a row has of another period: what the same source has of that place and period.

    Who copies an old report copies its figures together.
    """
    if seen.kind != "figure" or seen.aside or seen.digits < _WORDS or not entry.source:
        return None
    units_told = (unit for unit, _ in seen.numbers)
    alike = (e for unit in units_told for e in index.of_place((unit, seen.grown), [f"at:{entry.place}"]))
    of_it = (
        e for e in alike if (e.source, e.place, e.first, e.last) == (entry.source, entry.place, entry.first, entry.last)
    )
    held = [o for e in of_it if (o := scored(index, told, seen, e)).exact and not e.unclear]
    note = tr("The number is on record {said}: look.", said=SAID_OF["period"])
    return Related("elsewhere", DIFFERS, tuple(held[:_KEPT]), note) if held else None


def exchanged(told: Told, offers: Sequence[Offer], by: Told, theirs: Sequence[Offer]) -> Related | None:
    """A figure that is a row's of what is said of another of the sentence, which is the row's of what is said of this.

    Args:
        told: what is said of the figure.
        offers: its rows, the nearest first.
        by: what is said of the other.
        theirs: the rows of the other.
    """
    if not offers or not theirs:
        return None
    (one, own), (two, others) = (offers[0], told.own), (theirs[0], by.own)
    if (one.entry.place, one.entry.first, one.entry.last) != (two.entry.place, two.entry.first, two.entry.last):
        return None
    for held, here, there in ((one, own, others), (two, others, own)):
        counted = held.entry.quantities
        if not held.exact or held.entry.unclear or held.met.others() != ["counter"]:
            return None
        if counted & here or not counted & there:
            return None
    note = tr("On record the two figures stand the other way round: look.")
    return Related("exchanged", DIFFERS, (one,), note)


def said_again(seen: Seen, offers: Sequence[Offer], by: Seen, theirs: Related) -> Related | None:
    """A figure that the report prints again: it is that of the row with which it agreed, if that is on offer.

    On a day that is said again something else may have been done.

    Args:
        seen: the figure.
        offers: its rows, the nearest first.
        by: another of the report.
        theirs: how that one stands: it agrees.
    """
    if theirs.rows or not _is_the_same(seen, by):
        return None
    of = {o.entry.row_id for o in theirs.offers if o.exact}
    held = tuple(o for o in offers if o.exact and o.entry.row_id in of and _AGAIN.issuperset(o.met.others()))
    if not held or held[0].chance < SHOWN_FROM or (held[0].met.period == "other" and seen.digits < _TELLING):
        return None
    return Related("said_again", "agrees", held[:1], tr("The report says it of this row in another place."))


def _is_the_same(a: Seen, b: Seen) -> bool:
    """Whether two figures print one number in one unit, of more than one digit where no unit is said."""
    if a.number is None or b.number is None or a.aside or a.number.value != b.number.value:
        return False
    if a.unit == _PERCENT and a.grown != b.grown:
        return False
    plain = a.digits > 1 and is_plain(a.unit) and is_plain(b.unit)
    return plain or (a.unit == b.unit and bool(a.unit))


def growth_of_level(
    index: RecordIndex, told: Told, seen: Seen, level: Related | None, how: Related | None
) -> Related | None:
    """How a rate stands that is the growth of a level: 357.33 billion yuan, up 54.9 percent.

    A rate that agrees with another row of the place and time differs where the level's own row grew otherwise, and is
    on no record where that row does not say and the other is of another thing. Growth on another year than the one
    before says so by its base.

    Args:
        index: of the record.
        told: what is said of the rate.
        seen: the rate.
        level: how the level stands.
        how: how the rate stands by what is said of it alone.
    """
    number = seen.number
    if level is not None and how is not None and _of_another_time(level, how):
        return None
    is_rate = seen.multiple or seen.unit in {_PERCENT, ""}  # and not by how many tonnes it grew
    borne_out = level is not None and level.verdict in _BORNE_OUT and level.rule == "same_and_equal"
    if level is None or not borne_out or not is_rate or number is None:
        return how
    rows = [o.entry for o in level.offers]
    if (how is not None and how.verdict not in _BORNE_OUT) or any(_on_another_year(told, e) for e in rows):
        return how
    alike = [e for row in rows for e in index.of_thing(row) if (e.first, e.last) == (row.first, row.last)]
    held = [e for e in alike if e.kind == "growth" and e.number and any(_of_one_thing(e, row) for row in rows)]
    if own := [e for e in held if e.number and meet(number.open, e.number.open)]:
        return how or _of_its_own_row(index, told, seen, own)
    few = seen.digits <= _WORDS  # 1.3 times are 28.8 percent more
    near = few and any(abs(number.value - e.number.value) <= _WIDEST * abs(e.number.value) for e in held if e.number)
    if near or not held:  # it may be of the level, and is not of another thing
        is_its = how is not None and any(_of_one_thing(o.entry, row) for o in how.offers for row in rows)
        return how if is_its else None
    found = tuple(scored(index, told, seen, e) for e in dict.fromkeys(held))
    note = tr("All else that is said points to this row, whose number is another: look.")
    return Related("other_number", DIFFERS, found[:_KEPT], note)


def _of_its_own_row(index: RecordIndex, told: Told, seen: Seen, held: Sequence[Entry]) -> Related:
    """A rate that the row of its level has too, whatever else of the row its own words leave unsaid."""
    found = [scored(index, told, seen, e) for e in dict.fromkeys(held)]
    exact = [o for o in found if o.exact]
    note = tr("It is the growth of the level beside it, by the same row.")
    return Related(
        "growth_of_level", "agrees" if exact else "agrees_within_rounding", tuple(exact or found)[:_KEPT], note
    )


def _of_another_time(level: Related, rate: Related) -> bool:
    """Whether a rate agrees only with the row that its level differs from, of a time that is not just the one said."""
    differs = {o.entry.row_id for o in level.offers} if level.verdict == DIFFERS else set[str]()
    return rate.verdict in _BORNE_OUT and all(o.entry.row_id in differs and o.met.period != "met" for o in rate.offers)


def _of_one_thing(a: Entry, b: Entry) -> bool:
    """Whether two rows count one thing, whatever its unit, its period aside."""
    of_a, of_b = ((e.per, e.status, e.direction, e.mode, e.good, e.part) for e in (a, b))
    return of_a == of_b and bool(a.quantities & b.quantities) and (a.any_partner or a.partner == b.partner)


def _on_another_year(told: Told, level: Entry) -> bool:
    """Whether growth is said to be on another year than the one before that of a level."""
    bases = [d.first for d in told.line.dates if d.base and d.basis == "stated" and d.first]
    return level.first is None or any(day.year != level.first.year - 1 for day in bases)


def _since_the_year_before(case: Case, entry: Entry) -> float | None:
    """Growth on the same days of the year before, in percent; None where the record has none or several."""
    if entry.number is None or entry.first is None or entry.last is None or not entry.quantity:
        return None
    held = {
        row.number.value
        for row in case.index.of_thing(entry)
        if row.number and same_thing(row, entry) and not row.unclear and row.first and row.last
        and (_a_year_on(row.first), _a_year_on(row.last)) == (entry.first, entry.last)
    }  # fmt: skip
    value = held.pop() if len(held) == 1 else 0
    return 100 * (entry.number.value / value - 1) if value > 0 else None


def _a_year_on(day: date) -> date | None:
    """The day of the next year; the last day of February stays the last."""
    if day.year == MAXYEAR:
        return None
    end = day.month == 2 and (day + timedelta(days=1)).month != day.month  # noqa: PLR2004 - February
    return date(day.year + 1, 3, 1) - timedelta(days=1) if end else day.replace(year=day.year + 1)


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
