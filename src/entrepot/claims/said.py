"""What a sentence says of a figure beside what was read: words nobody read, others named, figures beside it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from entrepot.claims import attribution, fold, language
from entrepot.claims.figures import overlaps
from entrepot.claims.lexicon import lexicon, lower
from entrepot.claims.sentence import analyse
from entrepot.claims.wordlists import rows

if TYPE_CHECKING:
    from datetime import date

    from entrepot.claims.figures import Figure
    from entrepot.claims.lexicon import Hit
    from entrepot.claims.model import Claim
    from entrepot.claims.sentence import Sentence

_WORD = re.compile(r"[^\W\d_]{2,}")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
# What opens a list item: "2." and "(3)" before the first word.
_ITEM = re.compile(r"\s*[(（]?\s*$")
_ITEM_END = re.compile(r"[.)）、]\s")
_TOWARDS = re.compile(r"(?:\b(?:to|from|into|for|в|из|на|с|для)\s(?:the\s)?|[对从自到往向至])$", re.IGNORECASE)
_BESIDE = 3  # characters between a word and the number that it numbers: "No. 12"


@dataclass(frozen=True, slots=True)
class Said:
    """The sentence of a claim, read again for what else it says; offsets are those of its folded text.

    Attributes:
        sentence: with all that was found in it.
        figure: the claim's figure.
        clause: where the clause of the figure begins and ends.
        speaker: where it is told who says so.
    """

    sentence: Sentence
    figure: Figure
    clause: tuple[int, int]
    speaker: tuple[int, int]

    @property
    def own(self) -> list[Hit]:
        """Words of quantities in the figure's clause; those inside the name of a list (UFLPA Entity List) are none."""
        named = [(h.start, h.end) for h in self.sentence.hits.of("names") if h.row["kind"] != "trains"]
        found = self.sentence.hits.of("words")
        return [h for h in found if self._in_clause(h) and not overlaps(named, h.start, h.end)]

    @property
    def names(self) -> list[Hit]:
        """Names up to the end of the figure's clause; who says so is not counted."""
        found = self.sentence.hits.of("names")
        return [h for h in found if h.end <= self.clause[1] and not overlaps([self.speaker], h.start, h.end)]

    @property
    def goods(self) -> list[Hit]:
        """Goods named in the sentence; those in the name of a service (China-Europe trains) are none."""
        named = [(h.start, h.end) for h in self.sentence.hits.of("names")]
        return [h for h in self.sentence.hits.of("products") if not overlaps(named, h.start, h.end)]

    @property
    def beside(self) -> list[Figure]:
        """The other figures of the sentence; those in a name (the five countries) are none."""
        named = [(h.start, h.end) for h in self.sentence.hits.of("names")]
        others = [f for f in self.sentence.figures if f.start != self.figure.start]
        return [f for f in others if not overlaps(named, f.core_start, f.core_end)]

    @property
    def periods(self) -> int:
        """How many dates and periods stand in its clause."""
        return sum(self.clause[0] <= d.start < self.clause[1] for d in self.sentence.dates)

    @property
    def rates(self) -> bool:
        """Whether a day, a month or a year that it may be the rate of is said in its clause."""
        return any(self._in_clause(h) for h in self.sentence.hits.of("signals.per"))

    @property
    def numbers_a_thing(self) -> bool:
        """Whether the number is an enumerator: Article 7, No. 12, the 2,000th, "2." before an item."""
        figure, text = self.figure, self.sentence.text
        before = (h for h in self.sentence.hits.of("references") if h.row["place"] != "after")
        numbered = any(0 <= figure.core_start - h.end <= _BESIDE for h in before)
        item = _ITEM.fullmatch(text[: figure.core_start]) and _ITEM_END.match(text, figure.core_end)
        return figure.form == "ordinal" or numbered or bool(item)

    def comes_or_goes(self, name: Hit) -> bool:
        """Whether a word of direction stands before a name: to China, из Казахстана, 对哈萨克斯坦."""
        return _TOWARDS.search(self.sentence.text[: name.start]) is not None

    def _in_clause(self, hit: Hit) -> bool:
        return self.clause[0] <= hit.start < self.clause[1]

    def unread(self) -> list[str]:
        """The words of the sentence that neither the reader knows nor `stops.csv` passes over, as printed."""
        return unread(self.sentence, self.speaker)


def unread(sentence: Sentence, speaker: tuple[int, int] | None = None) -> list[str]:
    """The words of a sentence that neither the reader knows nor `stops.csv` passes over, as printed.

    Args:
        sentence: with what was found in it.
        speaker: where it is told who says so; None: looked for.
    """
    text = sentence.text
    spans = _read(sentence, _speaker(text, sentence.language) if speaker is None else speaker)
    if sentence.language == "zh":
        return [w for start, end in _between(spans, len(text)) for w in _han_left(text[start:end])]
    words = [m for m in _WORD.finditer(text) if not overlaps(spans, m.start(), m.end())]
    plain = _plain(sentence.language)
    return [m[0] for m in words if not plain.fullmatch(lower(m[0]))]


def _read(sentence: Sentence, speaker: tuple[int, int]) -> list[tuple[int, int]]:
    """Where words, dates and figures stand that were read, in order and without overlap."""
    found = lexicon(sentence.language).scan(sentence.text)
    # A number in words that is no figure says a part: half of the trains.
    spans = [(h.start, h.end) for h in found if not h.kind.startswith("numbers")]
    spans += [(d.start, d.end) for d in sentence.dates]
    spans += [(f.core_start, f.core_end) for f in sentence.figures] + [speaker]
    return _joined(spans)


def of(claim: Claim, published: date | None) -> Said | None:
    """The claim's sentence, read again; None where its language, or the figure in it, is not found."""
    text = fold.fold(claim.sentence).text
    spoken = language.of(text)
    at = text.find(fold.fold(claim.text).text)
    if spoken not in language.READ or at < 0:
        return None
    sentence = analyse(text, spoken, published)
    end = at + len(claim.text)
    figure = next((f for f in sentence.figures if f.start < end and at < f.end), None)
    if figure is None:
        return None
    return Said(sentence, figure, _clause(sentence, figure), _speaker(text, spoken))


def _clause(sentence: Sentence, figure: Figure) -> tuple[int, int]:
    """From the break before the figure to the one after; a comma inside a date breaks nothing."""
    dates = [(d.start, d.end) for d in sentence.dates]
    breaks = [b for b in sentence.breaks if not overlaps(dates, b, b + 1)]
    before, after = bisect_left(breaks, figure.start), bisect_right(breaks, figure.end - 1)
    return breaks[before - 1] + 1 if before else 0, breaks[after] if after < len(breaks) else len(sentence.text)


def _speaker(text: str, spoken: str) -> tuple[int, int]:
    who = attribution.speaker(text, spoken)
    at = text.find(who) if who else -1
    return (at, at + len(who)) if who and at >= 0 else (0, 0)


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def _between(spans: list[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    ends = [0, *(end for _, end in spans)]
    starts = [*(start for start, _ in spans), length]
    return list(zip(ends, starts, strict=True))


def _han_left(text: str) -> list[str]:
    return _HAN.findall(_plain("zh").sub(" ", text))


@cache
def _plain(spoken: str) -> re.Pattern[str]:
    """The words that say nothing of a figure beyond what is read in it; `*` stands for any ending."""
    words = [r["word"] for r in rows("stops") if r["use"] == "plain" and r["language"] == spoken]
    longest = sorted(words, key=len, reverse=True)
    return re.compile("|".join(re.escape(w).replace(r"\*", r"\w*") for w in longest))
