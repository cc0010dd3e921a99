"""The dates and periods of a sentence: what stands there, and which days it means. See the gold set's rules."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from entrepot.claims.dates import days as calendar
from entrepot.claims.dates.date_words import beside, entry, kinds_in, patterns_of, worth
from entrepot.claims.dates.read_dates import MEANINGS, said
from entrepot.claims.mentions.figures import overlaps

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

# Forms of what cannot be told: 3/4/2024; 2027/27, which is no pair of years.
_NO_DATES = {"numeric": "ambiguous", "years": "no_day"}
# Forms of a weekday, and of a day that one is said of.
_WEEKDAY, _OF_DAYS = "weekday", frozenset({"day", "numeric", "no_day"})
_RUNNING = frozenset({"range", "till"})  # forms that run from one date to another
_MOST_BETWEEN = 3  # characters between a weekday and its day
_ON = re.compile(r"\bon $", re.IGNORECASE)
_HERE = "\N{OBJECT REPLACEMENT CHARACTER}"  # a date, in patterns of what stands on both sides of it
_LEFT = 72  # characters before a date in which the words that make it a base may stand
_OF_A_NAME = re.compile(r"[A-Z]\w+ $")  # right before a word that is the last of a name
_OF_A_FIGURE = re.compile(r"\d[^.,;:()，。；：]{0,40}$")  # before a date that only says what a figure is compared with
_RECENT = timedelta(days=10)  # before publication, in which reports tell on which day they were told
_UNTOLD = {"day": "day", "numeric": "day", "weekday": "day", "year": "year", "fiscal": "year", "open": "year"}


@dataclass(frozen=True, slots=True)
class Dated:
    """A date or a period of a sentence.

    Attributes:
        start, end: where it stands.
        first, last: first and last day, included; None where it cannot be resolved. Either may be None: since 2011,
            published on no known day.
        precision: how exact it is: day, month, quarter or year.
        form: what its pattern means; `dateline` of the day at the head of a dispatch, `ambiguous` of one that may be
            either of two days.
        basis: stated, relative to the day of publication, inferred, or none.
        base: whether the text names it as the base of a comparison.
        spoken: whether on that day somebody only said so: the ministry announced on Monday.
    """

    start: int
    end: int
    first: date | None
    last: date | None
    precision: str
    form: str
    basis: str = "stated"
    base: bool = False
    spoken: bool = False

    @property
    def days(self) -> tuple[date | None, date | None]:
        """Its first and last day."""
        return self.first, self.last


def find(text: str, language: str, published: date | None) -> list[Dated]:
    """The dates of a sentence in order, the longest first where two overlap.

    Args:
        text: one sentence.
        language: en, zh or ru.
        published: day of publication; None: what is relative stays unresolved.
    """
    if worth(language).search(text) is None:
        return []
    taken: list[tuple[int, int]] = []
    found: list[Dated] = []
    for one in sorted(_read(text, language, published), key=lambda d: d.start - d.end):
        if not overlaps(taken, one.start, one.end):
            taken.append((one.start, one.end))
            found.append(one)
    head = dateline(text)
    kept = [_placed(one, text, language, head) for one in _with_weekdays(found, text)]
    return [replace(one, spoken=_is_spoken(one, text, language, published)) for one in kept]


def _with_weekdays(found: list[Dated], text: str) -> list[Dated]:
    """The dates in order, a weekday and the day right behind it one: on Tuesday, December 3; on Friday (March 29)."""
    kept: list[Dated] = []
    for one in sorted(found, key=lambda d: d.start):
        before = kept[-1] if kept else None
        if (
            before is not None
            and before.form == _WEEKDAY
            and one.form in _OF_DAYS
            and _is_right_behind(before, one, text)
        ):
            kept[-1] = replace(one, start=before.start)
        else:
            kept.append(one)
    return kept


def _is_right_behind(weekday: Dated, day: Dated, text: str) -> bool:
    return day.start - weekday.end <= _MOST_BETWEEN and not text[weekday.end : day.start].strip(" ,(")


def _read(text: str, language: str, published: date | None) -> Iterator[Dated]:
    """All that may be dates, in the order in which patterns stand."""
    for means, pattern, _ in patterns_of(language, kinds_in(text, language)):
        for match in pattern.finditer(text):
            fields = said(match, language, published)
            read = None if fields is None else MEANINGS[means](fields)
            head = text[: match.start()]
            if read is None or (means in _RUNNING and _is_moved(head, language)):
                continue
            if means == "then" and _is_back(match, language) and _OF_A_FIGURE.search(head):
                continue  # compared with 19 a year earlier: a base without a name
            if means == "relative" and match[0][0].isupper() and _OF_A_NAME.search(head):
                continue  # a newspaper: India Today
            (first, last), basis = read
            start = match.end("lead") if "lead" in pattern.groupindex else match.start()
            form = _NO_DATES.get(means, means) if first is None else means
            known = "none" if (first, last) == (None, None) else basis
            yield Dated(start, match.end(), first, last, precision(means, first, last), form, known)


def _is_back(match: re.Match[str], language: str) -> bool:
    """Whether a date that is counted from another lies before it: a year earlier, not the next day."""
    return not entry("then", language, match["t"]).partition("-")[2].startswith("+")


def _is_moved(head: str, language: str) -> bool:
    """Whether two dates are no period but from which to which one was moved: a deadline extended from May to June."""
    return any(p.search(head[-_LEFT:]) for p in beside("moved", language))


def _placed(one: Dated, text: str, language: str, head: tuple[int, int] | None) -> Dated:
    """A date, marked where it is the day at the head of a dispatch, or the base of a comparison."""
    if head is not None and one.start < head[1] and head[0] < one.end:
        one = replace(one, form="dateline")
    is_day = one.first is not None and one.first == one.last
    return replace(one, base=one.form != "since" and _is_base(text, language, one.start, one.end, is_day=is_day))


def _is_spoken(one: Dated, text: str, language: str, published: date | None) -> bool:
    """Whether a day shortly before publication only says when somebody spoke."""
    if published is None or one.first is None or one.first != one.last or abs(published - one.first) > _RECENT:
        return False
    head, behind = text[max(0, one.start - _LEFT) : one.start], beside("spoken_behind", language)
    follows = [m for p in behind if (m := p.match(text, one.end)) is not None]
    led = any(p.search(head) for p in beside("spoken", language))
    return any(led or m.end() > m.start() for m in follows)  # the verb stands before the day, or behind it


def _is_base(text: str, language: str, start: int, end: int, *, is_day: bool) -> bool:
    """Whether the words before a date make it the base of a comparison."""
    left = max(0, start - _LEFT)
    head, with_date = text[left:start], text[left:end]
    if is_day and _ON.search(head):
        return False  # the increases take effect on that day; up 3 percent on the year
    before = any(p.search(head) for p in beside("base", language))
    before = before or any(p.search(with_date) for p in beside("base_with", language))
    around = f"{head}{_HERE}{text[end : end + _LEFT]}"
    before = before or any(p.search(around) for p in beside("base_between", language))
    return before or any(p.match(text, end) for p in beside("base_after", language))


def dateline(text: str) -> tuple[int, int] | None:
    """Where the day at the head of a dispatch stands; None where there is none."""
    found = (p.match(text) for p in beside("dateline", "*"))
    return next((m.span("day") for m in found if m is not None), None)


def precision(means: str, first: date | None, last: date | None) -> str:
    """How exact a period is by its ends; by its pattern where they are not known."""
    if first is None or last is None:
        return _UNTOLD.get(means, "month")
    if first == last:
        return "day"
    if first.day != 1 or last.day != monthrange(last.year, last.month)[1]:
        return "month" if means == "month" else "day"
    length = (last.year - first.year) * 12 + last.month - first.month + 1
    if length % 12 == 0 and first.month == 1:
        return "year"
    return "quarter" if length == 3 else "month"  # noqa: PLR2004 - months of a quarter or a season


def year(start: int, end: int, number: int) -> Dated:
    """A year that stands alone: the heading of a column, in 2024."""
    return Dated(start, end, *calendar.year(number), "year", "year")
