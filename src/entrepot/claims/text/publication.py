"""The day of publication: given, from the file's own words, or inferred from its text; never today's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from entrepot.claims.dates import found_dates as dates
from entrepot.claims.dates.days import day
from entrepot.claims.text.language import READ
from entrepot.claims.text.unread_words import led

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from entrepot.claims.model import Block

_ISO = re.compile(r"(?:D:)?(\d{4})-?(\d{2})-?(\d{2})")
_HEAD = 6  # blocks in which a dateline stands
_LINE = 160  # characters of it
_LED = 2  # characters between "until" and a day
_SAMPLE = 200_000  # characters of text in which the latest date is looked for


def find(text: str, blocks: Sequence[Block], metadata: Mapping[str, str]) -> tuple[date | None, str]:
    """The day and how it is known: metadata, dateline, weak_metadata, latest_date or none.

    Dates of a program (when a DOCX or PDF was made) are weak: a report may be printed years later, and a template may
    be years older. So the report's own dateline comes first.
    """
    for key in ("published", "time"):
        known = _written(metadata.get(key, ""))
        if known is not None:
            return known, "metadata"
    for block in blocks[:_HEAD]:
        line = text[block.start : min(block.end, block.start + _LINE)]
        if block.end - block.start > _LINE and block is not blocks[0]:  # of a paragraph only the day of the dispatch
            span = dates.dateline(line)
            line = line[slice(*span)] if span else ""
        found = _days(line, block.language)
        if found:
            return found[0], "dateline"
    made = _written(metadata.get("created", ""))
    if made is not None:
        return made, "weak_metadata"
    latest = max(
        (d for b in blocks if b.start < _SAMPLE for d in _days(text[b.start : b.end][: _LINE * 20], b.language)),
        default=None,
    )
    return latest, "latest_date" if latest else "none"


def _written(value: str) -> date | None:
    m = _ISO.match(value.strip())
    if m is not None:
        return day(int(m[1]), int(m[2]), int(m[3]))
    found = _days(value[:_LINE], "en") if value else []
    return found[0] if found else None


def _days(text: str, language: str) -> list[date]:
    """The full dates in a text, years stated."""
    found = dates.find(text, language if language in READ else "en", None)
    found = [d for d in found if not led(text, d.start, "until_day", _LED)]  # until 27 November 2026
    return [d.first for d in found if d.precision == "day" and d.first == d.last and d.basis == "stated" and d.first]
