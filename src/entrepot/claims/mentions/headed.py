"""What the headings of a table give the figures of its cells: unit, scale and period."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from entrepot.claims.dates.days import months
from entrepot.claims.dates.found_dates import Dated, find, precision, year
from entrepot.claims.dates.period_cells import TO
from entrepot.claims.mentions import numbers
from entrepot.claims.mentions.figures import exactly
from entrepot.claims.mentions.unit_words import Unit, is_money, unit_of
from entrepot.claims.text.language import by_letters
from entrepot.claims.text.lexicon import found, lower

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from entrepot.claims.mentions.mention import Mention
    from entrepot.claims.model import Report
    from entrepot.claims.text.lexicon import Hit, Hits

_NEGATIVE = re.compile(r"\s*(?:[-−–]\s?\D{0,4}\d|\(\s*\D{0,4}[\d.,\s]+%?\s*\)\s*$)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_READ = "¦"  # in place of what is a date, so that no word is read across it
_PARTS = re.compile(r"\s\|\s")
_SCALE = re.compile(r"([十百千万亿]{1,2})\s?$")
_THOUSANDS = re.compile(r"['’]?000s?\b|\bth\.|\bthsd\b", re.IGNORECASE)
# Beside its scale a unit may stand before it or behind it: US$ million, million US$.
_NEAR = 3
# Units whose one letter may stand for anything in a heading.
_WORDS = ("t", "mt")
_PAIR = 2  # headings beside one another of which one gives the year and the other the month
_MONTHS = ("month", "quarter")  # precisions of a part of a year that may be told without it: January to September


def heads(report: Report) -> frozenset[int]:
    """Where the blocks of a report begin that head figures of a table: its title, rows and columns.

    A period in one says of when its figures are.
    """
    contexts = (block.context.replace(TO, " | ") for block in report.blocks if block.context)
    said = {piece for context in contexts for piece in _PARTS.split(context)}
    return frozenset(b.start for b in report.blocks if report.text[b.start : b.end] in said) if said else frozenset()


def headed(one: Mention, cell: str, context: str, published: date | None) -> Mention:
    """A figure of a cell with the unit and period of its headings, where it has none of its own.

    Args:
        one: the mention as read in the cell.
        cell: the cell's text, folded.
        context: the headings, title before row before columns, between bars.
        published: day of publication.
    """
    one = replace(one, context=context)
    if one.kind != "figure":
        return one
    parts = [(p, by_letters(p)) for p in reversed(_PARTS.split(context)) if p]
    if one.unit is None:
        one = next((_with_unit(one, *u) for u in (unit(*p) for p in parts) if u is not None), one)
    if _NEGATIVE.match(cell) and one.value is not None:
        one = replace(one, value=-abs(one.value))
    if one.family in ("share", "points"):
        one = replace(one, grown=one.grown or any(found(*p).of("changes.change") for p in parts))
    dated = [d for d in (_days(*p, published) for p in parts) if d is not None]
    if not dated:
        return one
    first, last, exact = _together(dated)
    return replace(one, first=first, last=last, precision=exact)


def _together(dated: Sequence[Dated]) -> tuple[date | None, date | None, str]:
    """The period of the nearest heading; of a year the months that another heading names without their year."""
    (first, last), exact = dated[0].days, dated[0].precision
    year = next((d.first.year for d in dated[:_PAIR] if d.first and d.precision == "year" and _in_one_year(d)), None)
    if year is None or (exact != "year" and not _lacks_its_year(dated[0])):
        return first, last, exact
    for d in dated:
        if _lacks_its_year(d) and d.first and d.last:
            return *months(year, d.first.month, d.last.month), d.precision
    return first, last, exact


def _in_one_year(one: Dated) -> bool:
    return one.first is not None and one.last is not None and one.first.year == one.last.year


def _lacks_its_year(one: Dated) -> bool:
    return one.basis == "relative" and one.precision in _MONTHS and _in_one_year(one)


def _days(heading: str, language: str, published: date | None) -> Dated | None:
    begins, _, ends = heading.partition(TO)
    if ends:
        first, last = _days(begins, language, published), _days(ends, language, published)
        if first is None or last is None or first.first is None or last.last is None or first.first > last.last:
            return None
        return replace(last, first=first.first, precision=precision("range", first.first, last.last))
    said = find(heading, language, published)
    if said:
        return said[0]
    alone = _YEAR.search(heading)
    return year(alone.start(), alone.end(), int(alone[0])) if alone is not None else None


def _with_unit(one: Mention, what: Unit, factor: Decimal) -> Mention:
    def times(value: Decimal | None) -> Decimal | None:
        return None if value is None else exactly(float(value * factor))

    return replace(
        one, value=times(one.value), low=times(one.low), high=times(one.high), unit=what.name, family=what.family
    )


@lru_cache(maxsize=1024)  # each cell of a column asks
def unit(heading: str, language: str) -> tuple[Unit, Decimal] | None:
    """The unit that a heading gives its figures, and what each is to be multiplied by; None: it gives none.

    >>> unit("2024年", "zh"), unit("2024年, 万吨", "zh")[0].name
    (None, 't')
    """
    for said in find(heading, language, None):  # the word for years within a date measures nothing
        heading = heading[: said.start] + _READ * (said.end - said.start) + heading[said.end :]
    hits = found(heading, language)
    units = [h for h in hits.of("units") if lower(heading[h.start : h.end]) not in _WORDS or h.start == 0]
    if not units:
        return None
    best = min(units, key=lambda h: (not is_money(h.row["unit"]) and unit_of(h.row["unit"]).family != "share", h.start))
    what = unit_of(best.row["unit"])
    factor = Decimal(str(best.row["factor"])) * what.factor
    return what, factor * _scale(heading, hits, best, language)


def _scale(heading: str, hits: Hits, beside: Hit, language: str) -> Decimal:
    if language == "zh":
        m = _SCALE.search(heading[: beside.start])
        if m is not None:
            return Decimal(int(numbers.han("一" + m[1]) or 1))
    for hit in hits.of("numbers.scale"):
        if abs(hit.start - beside.end) <= _NEAR or abs(beside.start - hit.end) <= _NEAR:
            return Decimal(str(hit.row["value"]))
    return Decimal(1000) if _THOUSANDS.search(heading) else Decimal(1)
