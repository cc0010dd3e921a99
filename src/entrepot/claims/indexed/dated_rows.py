"""The dates of the rows of the record: those of their columns, those in their words, and the time between two."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from entrepot.claims.dates.found_dates import find as find_dates
from entrepot.claims.indexed.figure_rows import day
from entrepot.claims.indexed.record_entry import SPAN
from entrepot.claims.indexed.record_names import stems
from entrepot.claims.indexed.row_acts import EVENT, KNOWN_FROM, done, named_acts
from entrepot.claims.wordlists import rows
from entrepot.core import periods
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from entrepot.claims.indexed.record_entry import Entry

    Row = Mapping[str, Any]

_SUSPENDED_TO = "suspended_to"  # a day of a row that is of another thing than its part
_SUSPENDED_FROM = "suspended_from"  # the same, in no column: the day after the last on which the part held
_ENDED = "valid_to"
FIRMS = "firms"  # table of what firms did, each from a day to a day
AROUND = 40  # characters on either side of a figure or date in words that say what it is
_HELD = frozenset({"measures", "requirements"})  # tables of what laws set, which is told of with its first and last day
_LONG = timedelta(days=31)  # beyond, a stretch is no month told of as a day


@cache
def columns(use: str) -> dict[str, dict[str, str]]:
    """The columns of each table that are of a use, with what a date in them is of."""
    found: dict[str, dict[str, str]] = {}
    for row in rows("columns"):
        if row["use"] == use:
            found.setdefault(row["table"], {})[row["column"]] = row["only"] or ""
    return found


def in_words(value: Any) -> str:
    """A cell as words: the names of a list, an id without its lines."""
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text.replace("_", " ")


def dates_of(row: Row, base: Entry, title: str, kinds: set[str]) -> Iterator[Entry]:
    """The dates in the columns of a row, and the time that a law held from one to the other.

    Args:
        row: of the record.
        base: its entry without a date.
        title: what it is called.
        kinds: the keys of its kind.
    """
    said: set[tuple[date | None, date | None]] = set()
    for column, only in columns("dated").get(base.table, {}).items():
        when = row.get(column)
        if column == _SUSPENDED_FROM and row.get(_SUSPENDED_TO) and (held := day(row.get(_ENDED), last=True)):
            when = str(held + timedelta(days=1))
        first, last = day(when), day(when, last=True)
        if first is None or (first, last) in said:
            continue
        said.add((first, last))
        told = periods.words(periods.parse(str(when)))
        if column == _SUSPENDED_FROM:
            told = tr("suspended from {day}", day=told)
        elif column == _SUSPENDED_TO:
            told = tr("suspended to {day}", day=told)
        elif only == KNOWN_FROM:
            told = tr("known from {day}", day=told)
        yield replace(
            base,
            said=f"{title}: {told} ({base.row_id})",
            first=first,
            last=last,
            known=base.known or _ahead(first, row.get("known_on")),
            keys=base.keys | kinds,
            quantities=frozenset(kinds),
            only=only,
            acts=base.acts | done(row, title, only, kinds),
            titled=named_acts(title) if only == EVENT else frozenset(),
            unclear=row.get("quality") == "unclear" or bool(row.get("same_as")),
            retold=bool(row.get("same_as")),
            status=str(row.get("status") or ""),
        )
    yield from _held(row, base, title, kinds)


def _held(row: Row, base: Entry, title: str, kinds: set[str]) -> Iterator[Entry]:
    """The time from the first to the last day of what a law set or a firm did: suspended from 10 to 24 November."""
    of_firm = base.table == FIRMS  # what is told of one is told with both days, however near to one another
    first = day(row.get("date") if of_firm else row.get("valid_from") or row.get("effective_from"))
    last = day(row.get("date_to") if of_firm else row.get(_ENDED) or row.get("effective_to"), last=True)
    if first is None or last is None or not (of_firm or (base.table in _HELD and last - first > _LONG)):
        return
    said = f"{title}: {first} – {last} ({base.row_id})"
    yield replace(
        base,
        said=said,
        first=first,
        last=last,
        keys=base.keys | kinds,
        quantities=frozenset(kinds),
        only=SPAN,
        status=str(row.get("status") or "rule"),
    )


def _ahead(first: date, known: str | None) -> date | None:
    """From when on a day was known that lies ahead of when it was told; None of one that was past by then."""
    when = day(known)
    return when if when is not None and first > when else None


def said_dates(row: Row, base: Entry, title: str, kinds: set[str]) -> Iterator[Entry]:
    """The days that the words of a row name: the deadline in the summary of a directive."""
    for column in columns("saying").get(base.table, ()):
        text = in_words(row.get(column) or "")
        told = day(row.get("known_on")) if base.table == FIRMS else None  # the year that a note leaves unsaid
        for span in find_dates(text, "en", told) if told or re.search(r"\d{4}", text) else ():
            first, last = span.days
            if first is None or first != last:
                continue
            yield replace(
                base,
                said=f"{title}: {text} ({base.row_id})" if text not in title else f"{title} ({base.row_id})",
                first=first,
                last=last,
                known=base.known or _ahead(first, row.get("date") or row.get("valid_from")),
                keys=base.keys | kinds | stems(text[max(0, span.start - AROUND) : span.end + AROUND]),
                quantities=frozenset(kinds),
                only="said",
                unclear=row.get("quality") == "unclear",
            )


def months_between(first: date | None, last: date | None) -> int:
    """How many months something holds from one day to another, the last of them or the day behind it; 0: no whole ones.

    >>> from datetime import date
    >>> months_between(date(2018, 2, 7), date(2022, 2, 6)), months_between(date(2022, 6, 6), date(2024, 6, 6))
    (48, 24)
    """
    if first is None or last is None:
        return 0
    ends = (e for e in (last, last + timedelta(days=1)) if e.day == first.day)
    return next((12 * (e.year - first.year) + e.month - first.month for e in ends), 0)
