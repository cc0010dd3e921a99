"""One sentence, with all that was found in it before anything is bound to anything."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from entrepot.claims import dates, days, numbers, units
from entrepot.claims.cues import cue
from entrepot.claims.figures import overlaps
from entrepot.claims.lexicon import Hit, Hits, lexicon, lower

if TYPE_CHECKING:
    from datetime import date

    from entrepot.claims.days import Span
    from entrepot.claims.figures import Figure

_BREAK = re.compile(r"(?<!\d)[,;:()（），；：、](?!\d{3}(?!\d))|[;()（），；：。]|\s[-–—]\s|, (?!\d{3}\b)")
_ASIDE = re.compile(r"[(（][^()（）]{1,160}[)）]")
# Letters joined to digits, clock times, ratios: G7, A-380, 9:30, 24/7.
_JOINED = re.compile(
    r"(?<!\w)[A-Za-zА-я]{1,3}[-–]?\d{1,12}(?:\+\d{1,8})?|(?<!\w)\d{1,8}[A-Za-z]{1,3}\d{1,8}|\d{1,2}:\d{2}"
    r"|\b24/7\b|C5\+1",
    re.IGNORECASE,
)
# What is said under these lies ahead, so its day without a year is the next one and not the last.
_AHEAD = frozenset({"forecast", "planned", "scheduled"})
_REACH = 48  # characters between "will be" and its day
_SOON = timedelta(days=120)  # a season: what is announced comes within it; 60 or 240 turn no test
_CURRENCY = re.compile(r"(?:Rs|RMB|CNY|USD|PKR|EUR|KZT|US)\d", re.IGNORECASE)
_NUMBERED = re.compile(r"\d[\d./()\-–a-z]{0,16}")
_YEAR_RATIO = re.compile(r"\b(?:19|20)\d{2}/\d{2,5}\b")
_ORDINAL = re.compile(r"\d(?:st|nd|rd|th)\b|\d-(?:й|го|м|е|ый|ая)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its words, names, dates and figures; all offsets are within its text.

    Attributes:
        text, language: the sentence, folded for reading.
        published: day of publication.
        hits: words of the tables; `names` among them.
        dates: dates and periods.
        figures: figures, dates and numbers in names left out.
        breaks: offsets of punctuation that ends a clause.
        asides: what stands in brackets, with them.
    """

    text: str
    language: str
    published: date | None
    hits: Hits
    dates: tuple[Span, ...]
    figures: tuple[Figure, ...]
    breaks: tuple[int, ...]
    asides: tuple[tuple[int, int], ...] = ()

    def aside(self, start: int, end: int) -> tuple[int, int] | None:
        """The brackets around a span; None: it stands in none."""
        return next(((a, b) for a, b in self.asides if a < start and end <= b), None)

    def apart(self, a: tuple[int, int], b: tuple[int, int]) -> tuple[int, int]:
        """Characters and clause breaks between two spans."""
        low, high = (a[1], b[0]) if a[1] <= b[0] else (b[1], a[0])
        if high < low:
            return 0, 0
        gap, breaks = high - low, self._broken(low, high)
        for start, end in self.asides:  # what stands in brackets between them keeps them no farther apart
            if low <= start and end <= high:
                gap, breaks = gap - (end - start), breaks - self._broken(start, end)
        return gap, breaks

    def _broken(self, low: int, high: int) -> int:
        return bisect_left(self.breaks, high) - bisect_left(self.breaks, low)

    def counted(self, low: int, high: int) -> int:
        """How many figures begin between two offsets."""

        def start(figure: Figure) -> int:
            return figure.start

        return max(0, bisect_left(self.figures, high, key=start) - bisect_left(self.figures, low, key=start))

    def nearest(self, at: tuple[int, int], found: list[Hit], *, behind: int = 10) -> Hit | None:
        """The hit nearest to a span; one behind it counts as `behind` characters farther, a break as forty."""

        def cost(hit: Hit) -> int:
            gap, breaks = self.apart(at, (hit.start, hit.end))
            return gap + 40 * breaks + (behind if hit.start >= at[1] else 0)

        return min(found, key=cost, default=None)


def analyse(text: str, language: str, published: date | None) -> Sentence:
    """Find the words, names, dates and figures of a sentence."""
    scanned = lexicon(language).scan(text)
    hits = Hits(scanned)
    found = [_to_come(hits, d, published) for d in dates.find(text, language, published)]
    taken = [(s.start, s.end) for s in found]
    named = [*taken, *_names(text, hits, language)]
    figures = units.with_units(text, hits, language, numbers.cores(text, hits, language, named))
    breaks = tuple(m.start() for m in _BREAK.finditer(text))
    compared = list(cue("of_the_nation").finditer(text))
    kept = Hits([h for h in scanned if not _part_of_other(text, h, hits, figures, compared)])
    asides = tuple(m.span() for m in _ASIDE.finditer(text))
    return Sentence(text, language, published, kept, tuple(found), tuple(_ordinals(text, figures)), breaks, asides)


def _to_come(hits: Hits, span: Span, published: date | None) -> Span:
    """A day without a year after "will" is the next one, where the last lies far back: will close on 1 October."""
    first, last = span.days
    if published is None or first is None or last is None or span.basis != "relative" or span.base:
        return span
    said = any(h.row["value"] in _AHEAD for h in hits.of("signals.status") if 0 <= span.start - h.end <= _REACH)
    later = days.shifted(span.days, 1)
    near = later[0] is not None and timedelta(0) <= later[0] - published <= _SOON < published - last
    return replace(span, days=later) if said and near and span.kind in ("day", "range", "month") else span


def _part_of_other(text: str, hit: Hit, hits: Hits, figures: list[Figure], compared: list[re.Match[str]]) -> bool:
    """Whether the word only belongs to another: the country of a currency (U.S. dollars), the road of Belt and Road."""
    if hit.kind == "names" and hit.row["kind"] == "country":
        if hit.row["id"] == "US" and text.startswith("$", hit.end + text.startswith(" ", hit.end)):
            return True
        money = [h for h in hits.of("units") if h.row["unit"] in units.MONEY]
        spans = [(f.start, f.end) for f in figures if f.unit in units.MONEY] + [(h.start, h.end) for h in money]
        return any(start <= hit.start < end for start, end in spans)
    if hit.kind == "names" and any(m.start() < hit.end and hit.start < m.end() for m in compared):
        return True  # higher than the national growth: whom it is held against
    phrases = [n for n in hits.of("names") if n.row["kind"] == "phrase"]
    if hit.kind == "words" and any(n.start <= hit.start and hit.end <= n.end for n in phrases):
        return True
    if hit.kind == "words" and hit.row["quantity"] == "mode":
        return any(n.start <= hit.start and hit.end <= n.end for n in hits.of("names") if n.row["kind"] == "region")
    return False


def _names(text: str, hits: Hits, language: str) -> list[tuple[int, int]]:
    """Spans of numbers that belong to a name: Route 314, heading 8541, 314国道, G7."""
    spans = [m.span() for m in _YEAR_RATIO.finditer(text)]
    spans += [m.span() for m in _JOINED.finditer(text) if not _CURRENCY.match(m[0])]
    for hit in hits.of("references"):
        if hit.row["place"] in ("before", "both"):
            number = _NUMBERED.match(text, hit.end + len(_gap(text, hit.end)))
            if number is not None and not _counted(text, number.end(), hit, language):
                spans.append((hit.start, number.end()))
        if hit.row["place"] in ("after", "both"):
            head = re.search(r"\d[\d.,:]*\s?$", text[max(0, hit.start - 16) : hit.start])
            if head is not None:
                spans.append((hit.start - len(head[0]), hit.end))
    spans += [(h.start, h.end) for h in hits.of("names") if re.search(r"[\d五]", text[h.start : h.end])]
    return spans


def _gap(text: str, position: int) -> str:
    m = re.match(r"\s?[№:]?\s?", text[position : position + 3])
    return m[0] if m else ""


def _counted(text: str, end: int, hit: Hit, language: str) -> bool:
    """Whether what looks like a numbered thing is counted after all: 第10000列, order 3 million tonnes."""
    if hit.row["word"] not in ("list", "number", "route", "line", "order", "point", "маршрут*", "закон*", "第"):
        return False
    if language == "zh":
        return re.match(r"[万亿千百]?\s?(?:列|辆|家|名)", text[end : end + 3]) is not None
    return re.match(r"[,.]?\d|\s(?:million|billion|thousand|тыс|млн|млрд)", text[end : end + 9]) is not None


def _ordinals(text: str, figures: list[Figure]) -> list[Figure]:
    """A high ordinal counts (the 7,000th train); a low one (the 5th meeting) does not."""
    kept = []
    for figure in figures:
        tail = text[figure.core_end - 1 : figure.core_end + 4]
        if not _ORDINAL.match(tail):
            kept.append(figure)
        elif (figure.value or 0) >= 500:  # noqa: PLR2004 - no meeting and no anniversary is so high
            kept.append(replace(figure, form="ordinal"))
    return kept


def inside(spans: list[tuple[int, int]], hit: Hit) -> bool:
    """Whether the hit meets one of the spans."""
    return overlaps(spans, hit.start, hit.end)


def small(sentence: Sentence) -> str:
    """The sentence in small letters."""
    return lower(sentence.text)
