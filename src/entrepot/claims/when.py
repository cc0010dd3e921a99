"""Which of a sentence's dates a claim is about, and which is the base of its comparison."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from entrepot.claims import days
from entrepot.claims.cues import cue
from entrepot.claims.units import quantity_rows

if TYPE_CHECKING:
    from entrepot.claims.days import Span
    from entrepot.claims.figures import Figure
    from entrepot.claims.sentence import Sentence

When = tuple[str | None, str | None, str]
NEVER: When = (None, None, "none")
_YEAR_BEFORE = re.compile(
    r"^\W{0,2}(?:in )?(?:a year (?:earlier|ago|before)|the year before"
    r"|in the same period (?:last year|a year earlier)|годом ранее|за год до этого"
    r"|год назад|去年同期|上年同期)",
    re.IGNORECASE,
)
_AS_OF_IN = re.compile(r"(?:as of|by|截至|截止|至|到|по состоянию)", re.IGNORECASE)
# A date that follows its figure with other words than these between belongs to another figure.
_NEXT_CLAUSE = 120  # a period that a later clause begins with is not of a figure after another period
_LAST_YEAR = re.compile(
    r"(?:same (?:period|months) [\w ]{0,12}(?:last|previous|prior) year|a year (?:earlier|ago|before)|上年同期|去年同期"
    r"|аналогичн\w+ период\w* прошлого года|год\w* ранее)\s?$",
    re.IGNORECASE,
)
_OWNED = re.compile(r"的|['’]s |(?: level| figure| total| sum| volume| value)s? of |['’]s (?:level|figure|total) of ")
_HELD = re.compile(r"\b(?:against|compared (?:with|to)|versus|from)\s(?:\w+\s){0,4}$", re.IGNORECASE)
_AGAINST = re.compile(r"\b(?:against|compared (?:with|to)|versus)\s(?:\w+\s){0,4}$", re.IGNORECASE)
_OF_LAST_YEAR = re.compile(
    r",? (?:recorded |seen )?(?:in |during )?(?:(?:the )?(?:same|corresponding) (?:months?|period) (?:of |in )?)?"
    r"(?:the )?(?:last|previous|preceding|prior)(?: fiscal| financial)? year\b",
    re.IGNORECASE,
)
_OF_THIS_YEAR = re.compile(
    r" (?:in|during) (?:the )?(?:same|corresponding) (?:months?|period) (?:of |in )?(?:the )?(?:this|current) year",
    re.IGNORECASE,
)
_DATED = re.compile(r",? (?:recorded |seen )?(?:in|during|for|of)? ?(?:the )?\(?", re.IGNORECASE)
_GROWN_FROM = re.compile(r",? from\b", re.IGNORECASE)
_RIGHT_AFTER = 8  # characters: " in the "
_AFTER = re.compile(r"\b(?:days|weeks|months|hours|years|a day|a week|a month|a year) after\b", re.IGNORECASE)
_OPENS = re.compile(r"\s?[(（](?:about |around |nearly )?")
_YEARS = (1, 1, 12, 31)  # first and last day of whole years: "from 2020 to 2024"
_COUNTED_UP = ("cargo", "vehicles", "passengers", "trains", "trade_value", "containers")


def shown(span: Span) -> When:
    """The span as the columns of a claim."""
    first, last = span.days
    if first is None and last is None:
        return NEVER
    return (first.isoformat() if first else None, last.isoformat() if last else None, span.basis)


def of(sentence: Sentence, figure: Figure) -> Span | None:
    """The date that the figure is about: the nearest that is no base; one said first holds for all."""
    beside = next((d for d in sentence.dates if d.base and _owned(sentence, d, figure)), None)
    if beside is not None:
        return beside
    usable = [d for d in sentence.dates if not d.base and d.kind != "ambiguous" and d.days != (None, None)]
    usable = [d for d in usable if not of_aside(sentence, d, figure) and not _days_after(sentence, d, figure)]
    bracketed = {id(d): _bracketed(sentence, d) for d in usable}
    own = next((d for d in usable if bracketed[id(d)] is figure), None)
    if own is not None:
        return own
    usable = [d for d in usable if bracketed[id(d)] is None]
    grown = _until(sentence, figure, usable)
    if grown is not None:
        return grown
    usable = [d for d in usable if not _of_held(sentence, d, figure)]
    stated = [d for d in usable if d.kind != "weekday"]
    return min(stated or usable, key=lambda d: _cost(sentence, figure, d), default=None)


def _days_after(sentence: Sentence, span: Span, figure: Figure) -> bool:
    """Whether the date is that of something else: on Saturday, days after a blast killed nine."""
    return span.end <= figure.start and _AFTER.search(sentence.text, span.end, figure.start) is not None


def _bracketed(sentence: Sentence, span: Span) -> Figure | None:
    """The figure right before the brackets that a date stands in: 357 billion yuan (2023) and 435 billion (2024)."""
    around = sentence.aside(span.start, span.end)
    if around is None or sentence.counted(*around):
        return None
    return next((f for f in sentence.figures if 0 <= around[0] - f.end <= 1), None)


def of_aside(sentence: Sentence, span: Span, figure: Figure) -> bool:
    """Whether the date stands in brackets with a figure of its own: ... ($5.3 billion in January to June 2023)."""
    around = sentence.aside(span.start, span.end)
    if around is None or around == sentence.aside(figure.start, figure.end):
        return False
    return sentence.counted(*around) > 0


def _owned(sentence: Sentence, span: Span, figure: Figure) -> bool:
    """Whether the figure is the base's own: against 2011's 22.8 billion, 同比2011年的228.2亿."""
    between = sentence.text[span.end : figure.start] if span.end <= figure.start else "-"
    aside = sentence.aside(figure.start, figure.end)
    dated = aside is not None and any(aside == sentence.aside(d.start, d.end) for d in sentence.dates)
    if figure.unit != "percent" and not dated and _OPENS.fullmatch(between):
        return span.kind in ("year", "range", "month")  # compared to 2023 ($89.4 billion)
    return span.kind in ("year", "range", "month") and _OWNED.fullmatch(between) is not None


def _cost(sentence: Sentence, figure: Figure, span: Span) -> float:
    gap, breaks = sentence.apart((figure.start, figure.end), (span.start, span.end))
    low, high = (figure.end, span.start) if figure.end <= span.start else (span.end, figure.start)
    crossed = sentence.counted(low, high)
    # A figure between the two takes the date for itself when the date follows; one said first holds for all.
    between = crossed * (60 if span.start >= figure.end else 15)
    if span.end <= figure.start and _taken(sentence, span) and _follows(sentence, figure):
        between += 60  # rose from 312 billion in 2013 to 674 billion in 2024
    later = breaks and span.start >= figure.end and any(d.end <= figure.start for d in sentence.dates if _usable(d))
    return gap + 40 * breaks + between + (_NEXT_CLAUSE if later else 0)


def _taken(sentence: Sentence, span: Span) -> bool:
    """Whether a date stands right after another figure, and so is of that one."""
    before = [f for f in sentence.figures if f.end <= span.start]
    return bool(before) and span.start - before[-1].end <= _RIGHT_AFTER


def _follows(sentence: Sentence, figure: Figure) -> bool:
    return any(0 <= d.start - figure.end <= _RIGHT_AFTER and _usable(d) for d in sentence.dates)


def _usable(span: Span) -> bool:
    return not span.base and span.kind in ("range", "year", "month", "since")


_AS_OF = re.compile(
    r"(?:\bas of|\bby|\bup to|\buntil|\bthrough|截至|截止|по состоянию на|на конец|к концу)\s?(?:the end of |end-)?$",
    re.IGNORECASE,
)


def up_to(sentence: Sentence, quantity: str, span: Span | None, shown: When) -> When:
    """What crossed or was traded by a day counts from some day before: since the day named, else from one not said.

    What holds on a day (a list, a rule) and a share are of that day.
    """
    row = quantity_rows().get(quantity, {"state": "yes"})
    if span is None or row["state"] == "yes" or quantity.startswith(("share_", "event.", "rules.")):
        return shown
    by = next((d for d in sentence.dates if as_of(sentence, d)), None) or _by_reaching(sentence, quantity)
    running = _begun(sentence, span)
    if by is None or by.days[1] is None:
        return shown
    first, last = span.days
    of_year = span.kind == "year" and first is not None and last is not None and first <= by.days[1] <= last
    if not (running or of_year or by == span):
        return shown
    since = span if running or of_year else next((d for d in sentence.dates if _begun(sentence, d)), None)
    start, end = since.days[0].isoformat() if since and since.days[0] else None, by.days[1].isoformat()
    return (start if start is None or start <= end else None, end, by.basis)


def _by_reaching(sentence: Sentence, quantity: str) -> Span | None:
    """The one day of the sentence, where what is counted is said to have reached its figure by then."""
    single = [d for d in sentence.dates if d.kind == "day" and not d.base and None not in d.days]
    if len(single) != 1 or not quantity.startswith(_COUNTED_UP) or sentence.hits.of("signals.per"):
        return None
    return single[0] if cue("reached").search(sentence.text) else None


def _begun(sentence: Sentence, span: Span) -> bool:
    """Whether it is a stretch that runs to publication: since a day, so far this year."""
    first, last = span.days
    running = span.kind == "range" and span.basis == "relative" and last == sentence.published
    return first is not None and (span.kind == "since" or (running and (first.month, first.day) == (1, 1)))


def as_of(sentence: Sentence, span: Span) -> bool:
    """Whether it is the day up to which is counted: by the end of May, as of 1 September, as of Monday."""
    printed, head = sentence.text[span.start : span.end], sentence.text[: span.start]
    said = _AS_OF.search(head) or _AS_OF_IN.match(printed)
    if span.kind == "weekday":
        return re.search(r"\bas of\s$", head) is not None or printed.lower().startswith("as of")
    return span.kind == "state" or (span.kind in ("day", "month") and said is not None)


def year_before(sentence: Sentence, figure: Figure) -> bool:
    """Whether the figure is said to be of a year before: "19 a year earlier"."""
    return _YEAR_BEFORE.match(sentence.text[figure.end : figure.end + 48]) is not None


def bracketed_year_before(sentence: Sentence, figure: Figure, own: Span | None = None) -> bool:
    """Whether the figure stands in brackets after the year before: the same period of last year ($1.3 billion).

    Not where the brackets hold a date of their own, `own`.
    """
    around = sentence.aside(figure.start, figure.end)
    if around is not None and own is not None and around == sentence.aside(own.start, own.end):
        return False
    return around is not None and _LAST_YEAR.search(sentence.text[: around[0]]) is not None


def reached_over_years(sentence: Sentence, span: Span, figure: Figure) -> bool:
    """Whether a level was reached over years: from 2020 to 2024 trade grew, reaching 66 billion in the last of them."""
    first, last = span.days
    if (
        span.kind != "range"
        or first is None
        or last is None
        or (first.month, first.day, last.month, last.day) != _YEARS
    ):
        return False
    return last.year > first.year and cue("reaching").search(sentence.text, span.end, figure.start) is not None


def a_year_before(sentence: Sentence, figure: Figure, own: Span | None = None) -> bool:
    """Whether the figure is of the year before, as brackets or what it is held against say."""
    return bracketed_year_before(sentence, figure, own) or held_year_before(sentence, figure)


def held_year_before(sentence: Sentence, figure: Figure) -> bool:
    """Whether the figure is what another is held against, of the same stretch a year before: against 8 last year."""
    if not _HELD.search(sentence.text[: figure.start]):
        return False
    return _OF_LAST_YEAR.match(sentence.text, figure.end) is not None


def _of_held(sentence: Sentence, span: Span, figure: Figure) -> bool:
    """Whether the date is of a figure that this one is held against: 1.1 billion, against 1.0 billion in May 2018."""
    held = next((f for f in reversed(sentence.figures) if f.end <= span.start), None)
    if held is None or held is figure or held.start < figure.end:
        return False
    beside = _DATED.fullmatch(sentence.text[held.end : span.start])
    return beside is not None and _AGAINST.search(sentence.text[: held.start]) is not None


def _until(sentence: Sentence, figure: Figure, usable: list[Span]) -> Span | None:
    """The later period of a growth that names both its ends: by 13 % from 175 million in April 2023 to 199 in 2024."""
    if figure.unit != "percent" or not _GROWN_FROM.match(sentence.text, figure.end):
        return None
    after = [d for d in usable if d.start > figure.end and d.kind in ("month", "range", "year") and _taken(sentence, d)]
    return max(after, key=lambda d: str(d.days[1])) if len(after) == 2 else None  # noqa: PLR2004 - its two ends


def moved(span: Span, years: int = -1) -> When:
    """The period a year before, or `years` after."""
    first, last = days.shifted(span.days, years)
    return (first.isoformat() if first else None, last.isoformat() if last else None, span.basis)


def base(sentence: Sentence, figure: Figure, period: Span | None) -> tuple[str, str | None, str | None] | None:
    """Comparison and base of a change on a named base: the year before is yoy; None where no base is named."""
    named = [d for d in sentence.dates if d.base and d.days[0] is not None and d.start >= figure.start - 40]
    if not named:
        return None
    span = min(named, key=lambda d: abs(d.start - figure.end))
    # 上年 after a period that is named is the year before that, though resolved by publication it is the same
    if period is not None and span.days in (period.days, days.shifted(period.days, -1)):
        return "yoy", None, None
    if period is not None and _of_last_year(sentence, span):
        return "yoy", None, None
    first, last = span.days
    same = re.search(
        r"same period|同期|(?:аналогичн|тот же|тем же|том же)\w* период",
        sentence.text[max(0, span.start - 40) : span.end],
        re.IGNORECASE,
    )
    if same and period is not None and period.days[0] and first:
        first, last = days.shifted(period.days, first.year - period.days[0].year)
        if first == days.shifted(period.days, -1)[0]:
            return "yoy", None, None
    return "change", first.isoformat() if first else None, last.isoformat() if last else None


def _of_last_year(sentence: Sentence, span: Span) -> bool:
    """Whether the base is last year's figure, of the same stretch: 10.6 billion against 8.3 billion last year."""
    before = next((f for f in reversed(sentence.figures) if f.end <= span.start), None)
    return before is not None and held_year_before(sentence, before)


def of_this_year(sentence: Sentence, figure: Figure, span: Span) -> bool:
    """Whether the figure is of the date's months, this year: from 127 in February 2018 to 118 in the same of this."""
    last, published = span.days[1], sentence.published
    if last is None or published is None or last.year != published.year - 1:
        return False
    return _OF_THIS_YEAR.match(sentence.text, figure.end) is not None


def cumulative(sentence: Sentence) -> When:
    """A sum since the start runs to the day of publication."""
    return NEVER if sentence.published is None else (None, sentence.published.isoformat(), "relative")
