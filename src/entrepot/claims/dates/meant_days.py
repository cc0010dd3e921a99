"""Dates as they are meant by what stands around them: since 2022 opens in that year, a coming day is no year old."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from entrepot.claims.dates.date_words import entry, kinds_in, words
from entrepot.claims.dates.days import day, months
from entrepot.claims.dates.days import year as year_days
from entrepot.claims.dates.fiscal_years import begins, somebody
from entrepot.claims.dates.found_dates import find
from entrepot.claims.text.attribution import patterns
from entrepot.claims.text.unread_words import says

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.claims.mentions.seen import Seen
    from entrepot.claims.mentions.sentence import Sentence

    Days = tuple[date | None, date | None]

_JANUARY = re.compile(r"jan|янв|(?<!\d)1\s?月|一月", re.IGNORECASE)
_IN_A_NAME = re.compile(r"\b(?:Act|Law|Code|Order|Regulation|Decree|Закон\w*) (?:of|от)(?: the year)? $")
_HEAD = 24  # characters before a year with what makes it a part of a name
_WEEK = timedelta(days=7)  # a weekday is of the last one before the report, what is to come of the next
_COMING = timedelta(days=62)  # after the report, in which a day printed without its year is still meant: Jan. 15
_AHEAD = timedelta(days=45)  # what ends so long after the report and tells what was is of the year before
_LEFT, _RIGHT = 28, 4  # characters before a year, and behind it in Chinese, with words for the months told of before
_SHORT = timedelta(days=20)  # May 18 and 19: days, and no month
_WHOLE = (1, 1, 12, 31)  # month and day with which a year begins and ends
_SEVERAL = timedelta(days=50)  # two months and more: a January report is one of January
_BOTH, _NOUN = 2, 2  # dates of such a sentence; characters behind months in which the noun that they lead begins
_TURN = 9  # months by which one that is said behind another lies before it in a year, that it is of the next
_YEAR, _MONTH = 12, timedelta(days=31)  # months of a year; the longest month


def as_meant(sentence: Sentence, before: Days | None, fiscal: int = 0) -> Sentence:
    """The sentence with its dates as they are meant.

    Args:
        sentence: as read.
        before: the period that was told of before it, from which a year earlier is counted.
        fiscal: month in which the fiscal year begins of whom the text before it named last; 0: of nobody.
    """
    whose = "" if begins(sentence.text, sentence.language) else somebody(fiscal, sentence.language)
    out: list[Seen] = []
    above = year_days(sentence.year) if sentence.year else None  # of a line of its own, as in a chronology
    parted = _in_a_year_behind(sentence)
    said: Days | None = above  # what the sentence has said with its year: in 2019, from January to November
    for one in (_of_their_year(found, sentence, whose) for found in sentence.seen):
        known = _its_year(before) if _is_of_that_year(one, sentence) else said
        meant = one
        if parted is not None and one.start in parted[0]:
            first, last = parted[1]
            meant = replace(one, first=first, last=last, until=last if one.until else None, basis="stated")
        elif one.kind == "date":
            elsewhere = _of_said_year(one, sentence, known) or _of_those_months(one, sentence, before)
            if elsewhere is not None and known is above:
                elsewhere = replace(elsewhere, basis="inferred")
            meant = elsewhere or _date_meant(one, sentence, before)
        if one.kind == "date" and not one.base and one.basis == "stated" and not is_in_a_name(sentence.text, one.start):
            said = meant.period
        if one.kind == "date" and not one.dateline and meant.first is not None:
            before = meant.period
        out.append(meant)
    return replace(sentence, seen=tuple(out))


def _in_a_year_behind(sentence: Sentence) -> tuple[frozenset[int], Days] | None:
    """Where months that lead a noun and the year behind it stand, and what they say together.

    First-quarter trade came to 13 billion in 2024. In January they said that it was 50 billion in 2024 is no such
    sentence: there the months are led by a word.
    """
    dates = [d for d in sentence.seen if d.kind == "date"]
    if len(dates) != _BOTH or not _is_a_year(dates[1]) or dates[1].base or is_in_a_name(sentence.text, dates[1].start):
        return None
    (part, whole), text = dates, sentence.text
    leading = patterns("leads_a_time", sentence.language)
    led = not leading or any(p.search(text[: part.start]) for p in leading)
    parted = any(part.end <= b < whole.start for b in sentence.breaks)
    leads_noun = text[part.end : part.end + _NOUN].strip()[:1].isalpha()
    (first, last), year = part.period, whole.first
    if first is None or last is None or year is None or part.basis != "relative" or led or parted or not leads_noun:
        return None
    if first.day != 1 or last - first < _SEVERAL or first.year != last.year or _counts_from_today(part, sentence):
        return None
    return frozenset({part.start, whole.start}), moved((first, last), (year.year - first.year) * _YEAR)


def is_in_a_name(text: str, at: int) -> bool:
    """Whether a year belongs to the name of a law, and says of nothing else when it was.

    >>> is_in_a_name("the Tariff Act of 1930", 18), is_in_a_name("the end of 1930", 11)
    (True, False)
    """
    return _IN_A_NAME.search(text, max(0, at - _HEAD), at) is not None


def _of_their_year(seen: Seen, sentence: Sentence, whose: str) -> Seen:
    """A fiscal year as of whom the text before the sentence names; any other figure or date as it is."""
    printed = sentence.text[seen.start : seen.end]
    if not whose or seen.kind != "date" or seen.first is None or not says(printed, "fiscal"):
        return seen
    # Behind a bar, so that no name in front of the year becomes a part of it.
    read = find(f"{printed} | {whose}", sentence.language, sentence.published)
    days = read[0].days if read and read[0].end == len(printed) else seen.period
    return replace(seen, first=days[0], last=days[1], until=days[1] if seen.until else None)


def _is_a_year(seen: Seen) -> bool:
    first, last = seen.period
    whole = first is not None and last is not None and (first.month, first.day, last.month, last.day) == _WHOLE
    return whole and seen.basis == "stated" and first == date(last.year if last else 0, 1, 1)


def _year_of(period: Days | None) -> int | None:
    """The year that a period lies in; None of one over several."""
    first, last = period or (None, None)
    return first.year if first is not None and last is not None and first.year == last.year else None


def _its_year(period: Days | None) -> Days | None:
    """All of the year that a period lies in."""
    year = _year_of(period)
    return None if year is None else (date(year, 1, 1), date(year, 12, 31))


def _is_of_that_year(seen: Seen, sentence: Sentence) -> bool:
    """Whether a date is told of the year told of before it: in December of that year; earlier that year, on 5 May."""
    told = sentence.text[max(0, seen.start - _LEFT) : seen.end]
    return seen.kind == "date" and seen.basis == "relative" and says(told, "that_year")


def _of_those_months(seen: Seen, sentence: Sentence, before: Days | None) -> Seen | None:
    """The months told of before, of another year: 9.6 billion in the same period of 2022; None of another date."""
    first, last = before or (None, None)
    if not _is_a_year(seen) or first is None or last is None:
        return None
    beside = sentence.text[max(0, seen.start - _LEFT) : seen.end + _RIGHT]
    if seen.first is None or not says(beside, "same_months") or first.year != last.year or last - first < _SHORT:
        return None
    begins, ends = moved(before or (None, None), (seen.first.year - first.year) * _YEAR)
    return replace(seen, first=begins, last=ends, until=ends if seen.until else None)


def _of_said_year(seen: Seen, sentence: Sentence, said: Days | None) -> Seen | None:
    """Months or a day of the year that the sentence has said; None of another date."""
    (first, last), year = seen.period, _year_of(said)
    if said is None or year is None or first is None or last is None or seen.basis != "relative" or seen.base:
        return None
    if first.year != last.year or _counts_from_today(seen, sentence):
        return None
    if first == last:
        return _day_of(seen, sentence, year)
    return _months_of(seen, sentence, said) if first.day == 1 and last - first >= _SHORT else None


def _months_of(seen: Seen, sentence: Sentence, said: Days) -> Seen | None:
    """Months without their year, by what the sentence has said with one before them.

    On 12 January 2025 what is told of December is of the year before, and behind November 2024 January is of the next.
    """
    (first, last), (begun, ended), published = seen.period, said, sentence.published
    if first is None or last is None or begun is None or ended is None or _is_next(begun, ended, last):
        return None
    earlier = begun == ended and first.month > ended.month and not sentence.hits.of("signals.status")
    whole = first, months(last.year, last.month, last.month)[1]
    begins, ends = moved(whole, (begun.year - earlier - first.year) * _YEAR)
    if begins is None or (published is not None and begun <= published < begins and begins.year != sentence.year):
        return None
    return replace(seen, first=begins, last=ends, until=ends if seen.until else None, basis="stated")


def _is_next(begun: date, ended: date, month: date) -> bool:
    """Whether a month that is said behind others is so much earlier in a year that it is of the next."""
    return begun != ended and begun.month - month.month >= _TURN


def _day_of(seen: Seen, sentence: Sentence, year: int) -> Seen | None:
    """A day without its year, of the year that the sentence has said; None of a weekday, of a day after the report."""
    printed, published = sentence.text[seen.start : seen.end], sentence.published
    if seen.first is None or "month" not in kinds_in(printed, sentence.language):
        return None
    meant = day(year, seen.first.month, seen.first.day)
    if meant is None or (published is not None and meant > published and year != sentence.year):
        return None
    return replace(seen, first=meant, last=meant, until=meant if seen.until else None, basis="stated")


def _date_meant(seen: Seen, sentence: Sentence, before: Days | None) -> Seen:
    first, published, printed = seen.first, sentence.published, sentence.text[seen.start : seen.end]
    if first is None or seen.last is None:
        return _counted_on(seen, printed, sentence.language, before)
    if seen.until != seen.last and (first.month, first.day) == (1, 1) and not _JANUARY.search(printed):
        return replace(seen, last=date(first.year, 12, 31), precise=False)
    if published is None or seen.basis != "relative" or str(first.year) in printed:
        return seen
    if first == seen.last < published <= first + _WEEK and "month" not in kinds_in(printed, sentence.language):
        coming = first + _WEEK if _is_to_come(seen, sentence) else first  # is set to reopen on Monday
        return replace(seen, first=coming, last=coming, until=coming)
    if seen.last - first <= _SHORT or _is_to_come(seen, sentence):
        until = date.max if _is_to_come(seen, sentence) else published + _COMING
        return seen if _counts_from_today(seen, sentence) else _a_year_on(seen, published, until)
    ahead = seen.until is not None and seen.until > published + _AHEAD
    back = moved(seen.period, -_YEAR) if ahead and not sentence.hits.of("signals.status") else seen.period
    return replace(seen, first=back[0], last=back[1], until=back[1]) if back != seen.period else seen


def _a_year_on(seen: Seen, after: date, until: date = date.max) -> Seen:
    """A date a year later, where that lies behind a day and not behind another; else as it is."""
    first, last = (day(d.year + 1, d.month, d.day) if d else None for d in seen.period)  # of a leap day there is none
    if first is None or last is None or not after < first <= until:
        return seen
    if seen.until == after and seen.first == seen.last:  # from a day on: what has not begun does not run up to today
        return replace(seen, first=first, last=first, until=None, basis="stated")
    return replace(seen, first=first, last=last, until=last if seen.until or until < date.max else None)


def _is_to_come(seen: Seen, sentence: Sentence) -> bool:
    """Whether a verb of what is yet to happen leads to a date: will take effect in June; from June it will apply.

    Only a few words may stand between the two: in longer ones somebody speaks or acts on the date (On Friday China said
    it will), which no list of verbs tells.
    """
    text, language = sentence.text, sentence.language
    if any(p.search(text[: seen.start]) for p in patterns("to_come_before", language)):
        return True
    opens = any(p.fullmatch(text[: seen.start]) for p in patterns("opens_from_date", language))
    return opens and any(p.match(text, seen.end) for p in patterns("to_come_behind", language))


def _counts_from_today(seen: Seen, sentence: Sentence) -> bool:
    """Whether a date is told from the day of the report: last month, this year."""
    printed = sentence.text[seen.start : seen.end].lower()
    told = (*words("relative", sentence.language), *words("now", sentence.language))
    return any(word in printed for word in told)


def _counted_on(seen: Seen, printed: str, language: str, before: Days | None) -> Seen:
    """A year earlier, the next day: counted from the date that was told of before; as it is where none was."""
    if before is None or before[0] is None or before[1] is None or printed.lower() not in words("then", language):
        return seen
    unit, _, by = entry("then", language, printed).partition("-")
    first, last, step = before[0], before[1], int(by) if by.startswith("+") else -int(by)
    if unit == "day":
        begins = ends = last + timedelta(days=step)
    else:  # of a day its month, since nobody counts years to the day
        by_months = step * (_YEAR if unit == "year" else 1)
        begins, ends = _some_months_on(first, by_months)[0], _some_months_on(last, by_months)[1]
    # Inferred, for which date before is meant is not said: no contradiction rests on it.
    precise = ends - begins <= _MONTH
    return replace(seen, first=begins, last=ends, until=ends, precise=precise, basis="inferred")


def moved(period: Days, by: int) -> Days:
    """A period of whole months, some months on; another as it is."""
    first, last = period
    if first is None or last is None or first.day != 1 or (last + timedelta(days=1)).day != 1:
        return period
    return _some_months_on(first, by)[0], _some_months_on(last, by)[1]


def _some_months_on(of: date, by: int) -> tuple[date, date]:
    """The first and the last day of the month that is so many months on from that of a day."""
    year, month = divmod(of.year * _YEAR + of.month - 1 + by, _YEAR)
    return months(year, month + 1, month + 1)


def since(base: Days, later: Sequence[Seen]) -> Days:
    """From a base to the end of the last period said: of growth over several years, which is that of no one year."""
    last = max((d.last for d in later if d.last), default=None)
    return (base[0], last) if base[0] and last and last > base[0] else base
