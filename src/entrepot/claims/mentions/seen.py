"""The figures and dates of a sentence as the evidence looks them up: what the number leaves possible, by unit."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Literal

from entrepot.claims.dates.days import months
from entrepot.claims.indexed.intervals import multiple, printed
from entrepot.claims.indexed.record_entry import is_plain
from entrepot.claims.mentions.figures import overlaps
from entrepot.claims.wordlists import rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from decimal import Decimal

    from entrepot.claims.indexed.intervals import Printed
    from entrepot.claims.mentions.mention import Mention
    from entrepot.claims.text.lexicon import Hits

# Units counted one by one, where a number below a thousand is no rounding.
_COUNTED = frozenset(
    {"entities", "attacks", "shipments", "trains", "vehicles", "containers", "TEU", "persons", "routes"}
)
_GAP = 24  # characters between a sum and the same sum in another currency
# In brackets, or between strokes as Russian agencies write it.
_OR = re.compile(r"[(（/]|\bor\b|\bили\b|约|合", re.IGNORECASE)
# Words that count whatever the sentence names: 1,588 units of trains.
_MEASURES = frozenset({"единица", "единиц", "единицы", "единицу", "ед", "штук", "штуки", "шт", "unit", "units"})
# Units that are told apart by what else the sentence counts, the nearest figure before and then its words: trips of
# trains are trains, entries of a list are entities. The last unit is what it is where neither says; trips stay trips.
_MEANT = {"trips": ("trains", "vehicles", "trips"), "list_entries": ("entities", "shipments")}
# below it a count is no telling number
_FEW = 20
_MANY_DIGITS = 3  # of a number that has a noun of no list and may be in the unit of a quantity that is named
NO_DAY = "no_day"  # why no row is looked up for 31 June: it is told as an error of the text
_UNREAD = {"ambiguous": "ambiguous_period", "hour": "hour_of_day", NO_DAY: NO_DAY}  # by form, what is not looked up
_LENGTH = "time:months"  # of units
_MONTHS, _OF_A_YEAR = "months", 12  # the unit of lengths of time, and how many of it a year has
_MONTH = 31  # days: longer ones are periods, and no row is dated by them
# A day of the month in a date that opens a stretch: since 1 December, and not since December or since 12/2024.
_OF_DAY = re.compile(
    r"[日号號]|\bfirst (?:day )?of\b|\bперв\w+ |(?<![\d./-])\d{1,2}(?![\d年月:]|[./-]\d{4})", re.IGNORECASE
)
# units that are relative, and so are no level
_TIMES, _PERCENT, _RELATIVE = "times", "percent", frozenset({"percent", "percentage_points"})


@dataclass(frozen=True, slots=True)
class Seen:
    """A figure or a date of a sentence; offsets are within its text.

    Attributes:
        start, end: where it stands, from the bound word to the unit.
        kind: figure, date or ordinal.
        numbers: what the print leaves possible in each unit that it may be in, the likeliest first.
        unit: the likeliest base unit; empty: none stands there.
        per: rate.
        bound: as in `claims`.
        grown: whether it is by how much something changed.
        multiple: whether it is said as a multiple of the base: doubled.
        part: whether it is said as a share of something.
        aside: whether it only says the figure before it in another currency.
        digits: digits of the number that carry something: 4,016 has four, 50 percent two, 7 million one.
        first, last: days of a date.
        precise: whether a date is a day or a month.
        until: where a stretch that it opens ends: since 2022 runs up to the report.
        basis: of a date how its days are known: stated, relative, inferred, none.
        base: whether a date is the base of a comparison.
        spoken: whether it only says on which day somebody spoke.
        dateline: whether it is the day at the head of a dispatch.
        is_end: whether it is the end of a month or a year: of a figure the last day, of what happened the last month.
        nth: whether it says which of several counted: the third attack.
        given: of a figure of a table its period, from the headings.
        before: of an aside the sum before it.
        unread: why the figure or date cannot be read (dozens, 1.234, 03/04/2024); empty: it can.
    """

    start: int
    end: int
    kind: Literal["figure", "date", "ordinal"]
    numbers: tuple[tuple[str, Printed], ...] = ()
    unit: str = ""
    per: str | None = None
    bound: str = "exact"
    grown: bool = False
    multiple: bool = False
    part: bool = False
    aside: bool = False
    digits: int = 0
    first: date | None = None
    last: date | None = None
    precise: bool = False
    until: date | None = None
    basis: str = "none"
    base: bool = False
    spoken: bool = False
    dateline: bool = False
    is_end: bool = False
    nth: bool = False
    given: tuple[date, date] | None = None
    unread: str = ""
    before: Seen | None = None

    @property
    def period(self) -> tuple[date | None, date | None]:
        """Of a date the days that it gives figures beside it."""
        return (self.last, self.last) if self.is_end else (self.first, self.until or self.last)

    @property
    def number(self) -> Printed | None:
        """What the print leaves possible in its likeliest unit."""
        return self.numbers[0][1] if self.numbers else None

    def in_unit(self, unit: str) -> Printed | None:
        """What the print leaves possible in a unit; None where it is in none such."""
        return next((number for name, number in self.numbers if name == unit), None)


def of_mentions(text: str, hits: Hits, mentions: Sequence[Mention]) -> list[Seen]:
    """The figures, dates and numbers of numbering of a sentence, in order.

    A figure without a unit may be in that of the figure beside it, or in one of a quantity that the sentence names.
    """
    named = [(h.start, h.end) for h in hits.of("names")]
    of_words = [u for h in hits.of("words") for u in units_of(h.row["quantity"])]
    read = [m for m in mentions if m.kind != "figure" or not overlaps(named, m.start, m.start + 1)]
    seen = [_seen(text, hits, m) for m in _told_apart(read, of_words)]
    beside = [u for u in (*(s.unit for s in seen if s.unit), *of_words) if u not in _RELATIVE]
    out: list[Seen] = []
    money: Seen | None = None
    for one in seen:
        if one.kind == "figure" and one.numbers and (is_plain(one.unit) or one.unit in _MEASURES):
            bare = not one.unit or one.unit in _MEASURES
            more = beside if bare else [u for u in of_words if u in _COUNTED and one.digits >= _MANY_DIGITS]
            value = one.numbers[0][1].value
            numbers = tuple((u, _printed(value, one.bound, u)) for u in dict.fromkeys(more))
            out.append(replace(one, numbers=(*one.numbers, *numbers)))
            continue
        if is_money(one.unit):
            aside = _is_aside(text, money, one)
            out.append(replace(one, aside=aside, before=money if aside else None))
            money = one
            continue
        out.append(one)
    return out


def _told_apart(mentions: Sequence[Mention], of_words: Sequence[str]) -> Iterator[Mention]:
    """The mentions with those of a unit that may be one of several in the one that is meant."""
    said = list(of_words)
    for one in mentions:
        if one.unit in _MEANT:
            meant = next((u for u in said if u in _MEANT[one.unit]), _MEANT[one.unit][-1])
            one = replace(one, unit=meant, family=f"count:{meant}")  # noqa: PLW2901 - the same, understood
        if one.unit is not None:
            said.insert(0, one.unit)
        yield one


def _is_aside(text: str, before: Seen | None, one: Seen) -> bool:
    """Whether a sum only says the one before it in another currency: 7 billion yuan (1 billion dollars), or about."""
    if before is None or before.unit == one.unit:
        return False
    gap = text[before.end : one.start]
    return len(gap) <= _GAP and _OR.search(gap) is not None


def _seen(text: str, hits: Hits, one: Mention) -> Seen:
    if one.kind != "figure":
        kind: Literal["date", "ordinal"] = "date" if one.kind == "date" else "ordinal"
        first, last = one.first, one.last
        until = last
        if one.form == "since" and first is not None:
            of_day = first.day > 1 or _OF_DAY.search(text, one.start, one.end) is not None
            last = first if of_day else months(first.year, first.month, first.month)[1]
        is_end = one.form == "end" and first is not None and first == last
        if is_end and first is not None:  # what happened at the end of a year did so in its last month
            first = first.replace(day=1)
        precise = first is not None and last is not None and (last - first).days <= _MONTH
        return Seen(
            one.start, one.end, kind, first=first, last=last, precise=precise, basis=one.basis, base=one.base,
            is_end=is_end, spoken=one.spoken,
            dateline=one.form == "dateline", until=until, nth=one.form == "nth",
            unread=_UNREAD.get(one.form, ""),
        )  # fmt: skip
    bases = _bases(one.unit or "", one.family or "")
    grown, low, high = one.grown, one.value, one.high
    if one.bound == "between":
        low = one.low
    elif high is not None and one.value is None:
        low = high
    given = (one.first, one.last) if one.first and one.last else None
    plain = Seen(
        one.start, one.end, "figure", unit=bases[0][0], per=one.per, bound=one.bound or "exact", grown=grown,
        given=given,
        unread="" if low is not None else "vague_figure" if one.form == "vague" else "ambiguous_figure",
    )  # fmt: skip
    if low is None:
        return plain
    if one.unit == _TIMES:  # doubled is growth of 100 percent
        return _multiple(plain, low, high if one.bound == "between" else None)
    upper = float(high) if one.bound == "between" and high is not None else None
    words = one.form == "fraction"
    numbers = tuple(
        (unit, _printed(float(low) * factor, plain.bound, unit, None if upper is None else upper * factor, words=words))
        for unit, factor in bases
    )
    part = plain.unit == _PERCENT and not grown and bool(hits.of("signals.share"))
    years = bases[0][0] == _MONTHS and not low % _OF_A_YEAR  # three years are of one digit, though 36 months
    digits = _digits(float(low / _OF_A_YEAR if years else low))
    return replace(plain, numbers=numbers, unit=bases[0][0], grown=grown, part=part, digits=digits)


def _multiple(plain: Seen, ratio: Decimal, high: Decimal | None) -> Seen:
    """A multiple of the base as the growth that it is."""
    number = multiple(float(ratio), plain.bound, high=None if high is None else float(high))
    digits = _digits(float(100 * (ratio - 1)))
    return replace(plain, numbers=((_PERCENT, number),), unit=_PERCENT, grown=True, multiple=True, digits=digits)


def _printed(value: float, bound: str, unit: str, high: float | None = None, *, words: bool = False) -> Printed:
    if high is None and bound == "between":
        bound = "about"
    return printed(value, bound, unit or None, high=high, counted=unit in _COUNTED, words=words)


@cache
def _bases(unit: str, family: str) -> tuple[tuple[str, float], ...]:
    """The base units that the record may have a unit in, with how many of them one is."""
    found = [(r["unit"], 1 / r["factor"]) for r in rows("unit_families") if r["name"] == unit]
    # No quantity is one of months or years, and rules of the record are in both: a lease of 20 years.
    known = [pair for pair in found if pair[0] in _recorded() or family == _LENGTH]
    return tuple(known) or ((unit, 1.0),)


@cache
def _recorded() -> frozenset[str]:
    """Units of the quantities of the record."""
    return frozenset(u for r in rows("quantities") for u in r["units"] or ())


@cache
def units_of(quantity: str) -> tuple[str, ...]:
    """The units in which a quantity is counted."""
    return tuple(u for r in rows("quantities") if r["quantity"] == quantity for u in r["units"] or ())


@cache
def alone(unit: str) -> str | None:
    """The quantity that a unit alone says, where no word says more: what is weighed at a crossing is cargo."""
    found = (r["quantity"] for r in rows("quantities") if r["alone"] == "yes" and r["units"] and unit == r["units"][0])
    return next(found, None)


def is_money(unit: str) -> bool:
    """Whether a unit is a currency."""
    return unit in _currencies()


@cache
def _currencies() -> frozenset[str]:
    return frozenset(r["unit"] for r in rows("unit_families") if r["family"] == "money")


def _digits(value: float) -> int:
    """Digits of a number without the zeros at either end.

    >>> _digits(4016.0), _digits(7e6), _digits(0.5)
    (4, 1, 1)
    """
    if value in range(_FEW, 100):  # 80 routes are counted, 800 may be rounded
        return 2
    return len(f"{abs(value):.12g}".replace(".", "").partition("e")[0].strip("0")) or 1
