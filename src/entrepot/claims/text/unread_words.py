"""Words of a sentence: those that nobody read, and those that mean something to a rule."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from entrepot.claims.mentions.figures import overlaps
from entrepot.claims.text import attribution
from entrepot.claims.text.lexicon import lexicon, lower
from entrepot.claims.wordlists import rows

if TYPE_CHECKING:
    from entrepot.claims.mentions.sentence import Sentence

_WORD = re.compile(r"[^\W\d_]{2,}")
# Words read beside a figure that say nothing of it.
_SAYS_LITTLE = ("signals.became", "signals.who", "signals.act", "units")
_HAN = re.compile(r"[\u4e00-\u9fff]+")


def unread(sentence: Sentence) -> list[str]:
    """The words of a sentence that neither the reader knows nor `stops.csv` passes over, as printed."""
    text = sentence.text
    spans = _read(sentence)
    plain = _plain(sentence.language)
    if sentence.language == "zh":
        for start, end in spans:
            text = text[:start] + " " * (end - start) + text[end:]
        return _HAN.findall(plain.sub(" ", text))
    words = [m for m in _WORD.finditer(text) if not overlaps(spans, m.start(), m.end())]
    return [m[0] for m in words if not plain.fullmatch(lower(m[0]))]


def _read(sentence: Sentence) -> list[tuple[int, int]]:
    """Where words, dates and figures stand that were read."""
    found = lexicon(sentence.language).scan(sentence.text)
    # A number in words that is no figure says a part: half of the trains.
    # Nor does a word for who was hurt: that a soldier is named is no reason to be surer.
    spans = [(h.start, h.end) for h in found if not h.kind.startswith(("numbers", *_SAYS_LITTLE))]
    spans += [(s.start, s.end) for s in sentence.seen]
    who = attribution.speaker(sentence.text, sentence.language)
    at = sentence.text.find(who or "")
    return [*spans, (at, at + len(who))] if who else spans


@cache
def _plain(spoken: str) -> re.Pattern[str]:
    """The words that say nothing of a figure beyond what is read in it; `*` stands for any ending."""
    words = [r["word"] for r in rows("stops") if r["use"] == "plain" and r["language"] == spoken]
    longest = sorted(words, key=len, reverse=True)
    return re.compile("|".join(re.escape(w).replace(r"\*", r"\w*") for w in longest))


@lru_cache(maxsize=256)  # of one clause each of its figures and rows asks
def says(text: str, meaning: str) -> bool:
    """Whether a text uses a word of this meaning."""
    return _words(meaning).search(text.lower()) is not None


def led(text: str, start: int, meaning: str, within: int) -> bool:
    """Whether a word of this meaning ends within some characters before an offset."""
    return any(0 <= start - end <= within for _, end in spans(text, meaning))


@lru_cache(maxsize=64)  # of one sentence each of its figures and rows asks
def spans(text: str, meaning: str) -> tuple[tuple[int, int], ...]:
    """Where the words stand that mean this."""
    return tuple(m.span() for m in _words(meaning).finditer(text.lower()))


@cache
def _words(meaning: str) -> re.Pattern[str]:
    """The words of a meaning as one expression.

    Latin and Cyrillic words begin where a word begins, and those with a low line behind them end where it ends.
    """
    words = [row["word"] for row in rows("judged_words") if row["means"] == meaning]
    ends = [(w.removesuffix("_"), r"\b" if w.endswith("_") else "") for w in words]
    return re.compile(
        "|".join(re.escape(w) if w[0] >= "一" else rf"\b{re.escape(w)}{end}" for w, end in ends) or r"(?!)"
    )
