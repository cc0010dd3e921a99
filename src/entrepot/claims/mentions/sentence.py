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
    from collections.abc import Sequence
    from datetime import date

    from entrepot.claims.mentions.mention import Mention

_BREAK = re.compile(r"(?<!\d)[,;:()（），；：、](?!\d{3}(?!\d))|[;()（），；：。]|\s[-–—]\s|, (?!\d{3}\b)")
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
    breaks = tuple(
        m.start() for m in _BREAK.finditer(text) if not any(a <= m.start() < b for a, b in dates)
    )  # a comma inside a date breaks nothing
    return Sentence(text, language, published, kept, tuple(seen), breaks, year)


def _part_of_other(text: str, hit: Hit, hits: Hits) -> bool:
    """Whether the word only belongs to another: the country of a currency (U.S. dollars), the road of Belt and Road."""
    if hit.kind == "names" and hit.row["kind"] == "country":
        apart = text.startswith(" ", hit.end) and text[hit.start : hit.end].isupper()  # US $5, not with Kenya $5
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
