"""One sentence of a report, read once: its words, its figures and dates, its breaks."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from entrepot.claims.mentions.seen import Seen, of_mentions
from entrepot.claims.mentions.unit_words import is_money
from entrepot.claims.text.lexicon import Hit, Hits, lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from entrepot.claims.mentions.mention import Mention

_BREAK = re.compile(r"(?<!\d)[,;:()（），；：、](?!\d{3}(?!\d))|[;()（），；：。]|\s[-–—]\s|, (?!\d{3}\b)")
# what something is called for short, in brackets behind its name: the Directive (CSDDD) entered into force
_SHORT = re.compile(r"[(（](?:the |“|\"|‘|«)*[A-ZА-ЯЁ][^\W\d]*(?:[ &.-]{1,2}[A-ZА-ЯЁ][^\W\d]*){0,3}(?:”|\"|’|»)?[)）]")
# between two names of a row of them
_JOINS = re.compile(r"\s*[,，、]?\s*(?:(?:and|or|и|или)\s|[和与及或])?\s*(?:the\s)?", re.IGNORECASE)
_A_ROW = 3  # names that make one: of two the second may be where the first is, or a sentence may begin with the first
_DOLLAR = "$"
_OPENED, _CLOSED = "(（", ")）"  # brackets


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its words, names, figures and dates; all offsets are within its text.

    Attributes:
        text, language: the sentence, folded for reading.
        published: day of publication.
        hits: words of the tables; `names` among them.
        seen: its figures, dates and numbers of numbering, in order.
        breaks: offsets of punctuation that ends a clause.
        year: of the line above that is a year alone, as in a chronology; 0 where there is none.
    """

    text: str
    language: str
    published: date | None
    hits: Hits
    seen: tuple[Seen, ...]
    breaks: tuple[int, ...]
    year: int = 0

    @property
    def dates(self) -> tuple[Seen, ...]:
        """Its dates and periods; the day at the head of a dispatch is none."""
        return tuple(s for s in self.seen if s.kind == "date" and not s.dateline)

    def clause(self, start: int, end: int) -> tuple[int, int]:
        """From the break before a span to the one after; in brackets from what they follow: Osh (3.8 billion)."""
        breaks, text = self.breaks, self.text
        opened = max(text.rfind(sign, 0, start) for sign in _OPENED)
        inside = opened > max(text.rfind(sign, 0, start) for sign in _CLOSED)
        before, after = bisect_left(breaks, opened if inside else start), bisect_right(breaks, end - 1)
        return breaks[before - 1] + 1 if before else 0, breaks[after] if after < len(breaks) else len(text)


def analyse(
    text: str, language: str, published: date | None, mentions: Sequence[Mention], *, year: int = 0
) -> Sentence:
    """A sentence from its mentions: what stands in it, before anything is bound to anything; `year` as of a block."""
    scanned = lexicon(language).scan(text)
    hits = Hits(scanned)
    kept = Hits([h for h in scanned if not _part_of_other(text, h, hits)])
    seen = of_mentions(text, kept, mentions)
    dates = [(s.start, s.end) for s in seen if s.kind == "date"]
    whole = [*dates, *_rows_of_names(text, kept)]  # a comma inside a date or between names breaks nothing
    whole += [m.span() for m in _SHORT.finditer(text)]
    breaks = tuple(m.start() for m in _BREAK.finditer(text) if not any(a <= m.start() < b for a, b in whole))
    return Sentence(text, language, published, kept, tuple(seen), breaks, year)


def _rows_of_names(text: str, hits: Hits) -> Iterator[tuple[int, int]]:
    """Where three names or more stand in a row, with nothing but commas and a word for "and" between them."""
    run: list[Hit] = []
    for hit in hits.of("names"):
        if hit.row["kind"] == "phrase" or (run and hit.start < run[-1].end):
            continue
        if run and not _JOINS.fullmatch(text, run[-1].end, hit.start):
            if len(run) >= _A_ROW:
                yield run[0].start, run[-1].end
            run = []
        run.append(hit)
    if len(run) >= _A_ROW:
        yield run[0].start, run[-1].end


def _part_of_other(text: str, hit: Hit, hits: Hits) -> bool:
    """Whether the word only belongs to another: the country of a currency (U.S. dollars), the road of Belt and Road."""
    if hit.kind == "names" and hit.row["kind"] == "country":
        short = text[hit.start : hit.end].rpartition(" ")[2].isupper()
        apart = short and text.startswith(" ", hit.end)  # the US $5, not with Kenya $5
        if text.startswith(_DOLLAR, hit.end + apart):
            return True
        return any(h.start <= hit.start < h.end for h in hits.of("units") if is_money(h.row["unit"]))
    if hit.kind == "words":
        phrases = [n for n in hits.of("names") if n.row["kind"] in {"phrase", "region"}]
        return any(
            n.start <= hit.start and hit.end <= n.end
            for n in phrases
            if n.row["kind"] == "phrase" or hit.row["quantity"] == "mode"
        )
    return False
