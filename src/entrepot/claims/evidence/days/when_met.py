"""How the period that is said of a figure meets that of a row."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from entrepot.claims.indexed.record_entry import ANNOUNCED, DAY, RECENT, RULED, TOLD_OF, period
from entrepot.claims.text.unread_words import says

if TYPE_CHECKING:
    from entrepot.claims.evidence.told import Told
    from entrepot.claims.indexed.record_entry import Entry

Days = tuple[date | None, date | None]
State = Literal["met", "near", "lent", "beside", "wide", "unsaid", "other"]
# Before a law holds it is told of from its passing on; the longest on record came three years later.
_AHEAD = timedelta(days=3 * 366)
# Before what a change begins with, or what stood before.
_FROM = re.compile(
    r"(?:\bfrom|\bс|\bсо|从|由|(?P<before>ранее|прежде|previously|earlier|此前))(?: the)?\s?$", re.IGNORECASE
)
_LONGEST = 24  # characters that these words take
_TO = re.compile(r"[^.;,。；，]{0,30}?(?:\bto\b|\bдо\b|至|到)", re.IGNORECASE)
_REACHED = frozenset({"met", "near"})  # states of a period beside that make the row one of it
LENGTHS = frozenset({"km", "m", "mm"})  # units of what is as large on any day
_APART = " ,，"  # what stands between a date that opens a sentence and what is told of it
_LED, _BY = 12, 4  # characters before a day with words that make it the last of a total; with "by" alone


def period_met(told: Told, entry: Entry) -> State:
    """How the period that is said meets that of a row; one that a sentence before lent contradicts nothing."""
    published = told.line.sentence.published
    if told.period is None or told.period == (None, None):
        return _running(published, entry)
    said = _so_far(told, told.period, published)
    if entry.state and said[0] is not None and said[0] == said[1] and _is_base(told):
        said = (said[0] - DAY, said[0] - DAY)
    found: State = period(said, entry)
    if found == "other" and entry.unit in LENGTHS:
        return "unsaid"  # a line is as long on any day
    if told.basis == "lent" and found != "unsaid" and (entry.first or entry.last):
        if found == "other" and entry.table in TOLD_OF:
            return "unsaid"  # of an attack of another day than the one that the sentence before tells of
        return "lent" if found in {"met", "near"} else _running(published, entry)
    news = entry.counted != entry.quantities or (entry.table in TOLD_OF and bool(entry.quantities & told.own))
    if found == "other" and news and not told.periods and not _is_its_own(told):
        found = _running(published, entry)  # a total to date or news of the day, beside a clause that is of another
    if found == "other" and entry.table in RULED and entry.kind == "figure":
        ended = told.basis != "lent" and entry.state and entry.last and said[0] and entry.last < said[0]
        return "other" if ended else "unsaid"  # what a law sets is told of beside the day of its passing, of its delay
    others = (_so_far(told, p, published) for p in told.periods_beside)
    return "beside" if found == "other" and any(period(p, entry) in _REACHED for p in others) else found


def _is_its_own(told: Told) -> bool:
    """Whether the period said is the figure's though its clause has none: by the end of November 2020, 47,414 trips.

    It is that up to which a total counts, or opens the sentence right before the clause.
    """
    text, first = told.line.sentence.text, told.clause[0]
    said = [d for d in told.line.dates if d.period == told.period and d.until == d.last]  # not since when
    if any(is_up_to(text, d.start, d.end) or says(text[d.start : d.end], "up_to_day") for d in said):
        return True
    return any(len(text[: d.start].split()) <= 1 and not text[d.end : first].strip(_APART) for d in said)


def is_up_to(text: str, start: int, end: int) -> bool:
    """Whether a date that stands there is that up to which something counts: as of 3 March, 3,237 shipments."""
    return says(text[max(0, start - _LED) : end], "as_of") or says(text[max(0, start - _BY) : start], "up_to_day")


def begun_with(text: str, start: int) -> re.Match[str] | None:
    """The words before an offset that make what stands there the beginning of a change, or what stood before."""
    return _FROM.search(text, max(0, start - _LONGEST), start)


def _is_base(told: Told) -> bool:
    """Whether a figure is what stood before the day that is said: the 144 of "from 144 to 187", of "earlier 144"."""
    text = told.line.sentence.text
    begins = begun_with(text, told.start)
    return begins is not None and (begins["before"] is not None or _TO.match(text, told.end) is not None)


def _so_far(told: Told, said: Days, published: date | None) -> Days:
    """Of a year that runs on after the report what had passed of it, unless it tells of what is to come."""
    first, last = said
    runs_on = published is not None and first is not None and last is not None and first <= published < last
    return (first, published) if runs_on and not told.statuses else said


def _running(published: date | None, entry: Entry) -> State:
    """Of a figure without a period: a state that holds at publication, a total that ran up to the report."""
    if entry.state and (published is None or entry.first is None or entry.first <= published):
        ended = entry.last is not None and published is not None and entry.last < published
        return "unsaid" if ended or (entry.last is not None and published is None) else "met"
    if published is not None and entry.last is not None:
        sooner = ANNOUNCED if entry.table in TOLD_OF else timedelta(0)
        if -sooner <= published - entry.last <= RECENT:
            return "near"
    if entry.table in RULED and published is not None and entry.first is not None:
        return "near" if timedelta(0) < entry.first - published <= _AHEAD else "unsaid"  # told of before it holds
    return "met" if entry.first is None and entry.last is None and entry.table in RULED else "unsaid"
