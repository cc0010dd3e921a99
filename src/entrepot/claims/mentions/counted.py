"""What a number counts where no unit stands right behind it: the noun after its adjectives."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from entrepot.claims.mentions.figures import Figure, exactly
from entrepot.claims.mentions.unit_words import Unit, unit_of
from entrepot.claims.text.attribution import patterns
from entrepot.claims.text.lexicon import lexicon
from entrepot.claims.wordlists import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from entrepot.claims.text.lexicon import Hit, Hits

_WORDS = 4  # between a number and its noun: 33 more Chinese textile companies
_JOINED = frozenset({"and", "и"})  # between two adjectives of one noun
_WORD = re.compile(
    r"[\s\u00a0]{1,2}(?:\([^()\d]{1,30}\)\s)?([^\W\d_][\w'’\-]*)"
)  # China-Europe (Central Asia) freight trains
_OF_THE = re.compile(r" of (?:the|its|their|these|those)(?= [a-z])")  # eight of the attacks
_ACRONYMS = re.compile(r"[A-Z]{2,6}s")  # WROs, NGOs
_ADJECTIVE = re.compile(r"[\w-]+(?:ых|их|ого|его|ые|ие|ой|ей|ый|ий|ая|ую)$")
_LEAST = 4  # letters of a noun in the plural: of three are was, has, its
_PERSONS = "persons"
# Plurals without an s.
_PLURALS = frozenset({"people", "staff", "teu", "men", "women", "children"})


@cache
def _stops() -> frozenset[str]:
    return frozenset(r["word"] for r in rows("stops") if r["use"] == "gap") - {"more", "other", "new", "additional"}


@cache
def _no_nouns() -> frozenset[str]:
    return frozenset(r["word"] for r in rows("stops") if r["use"] == "no_noun")


def one_harmed(text: str, small: str, language: str, hits: Hits) -> Iterator[Figure]:
    """Those of a list of the harmed who are named without a number: five engineers and a driver were killed."""
    became = hits.of("signals.became")
    if not became:
        return
    ends = {h.end for h in became} | {h.end for h in hits.of("units") if h.row["unit"] == _PERSONS}
    for listed in (m for p in patterns("one_listed", language) for m in p.finditer(text)):
        if listed.start() in ends and _is_somebody(text, small, language, listed.end()):
            yield Figure(*listed.span(1), *listed.span(1), exactly(1.0), form="article")


def _is_somebody(text: str, small: str, language: str, position: int) -> bool:
    """Whether an article is of one person: a Pakistani driver, and neither a checkpoint nor a driver problem."""
    at = position
    for _ in range(_WORDS):
        word = _WORD.match(text, at)
        if word is None or word[1].lower() in _stops():
            return False
        hit = _unit(text, small, language, word.start(1))
        if hit is not None:
            return bool(hit.row["unit"] == _PERSONS) and singular(text, hit)
        at = word.end()
    return False


def is_adjective(text: str, language: str, hit: Hit) -> bool:
    """Whether a word for a person goes with the noun behind it: a Pakistani company, one local bank."""
    if language != "en" or text[hit.start : hit.end].lower() not in _adjectives():
        return False
    word = _WORD.match(text, hit.end)
    return word is not None and word[1].lower() not in _stops()


@cache
def _adjectives() -> frozenset[str]:
    return frozenset(r["word"] for r in rows("stops") if r["use"] == "adjective_too")


def singular(text: str, hit: Hit) -> bool:
    """Whether a word of what is counted stands in the singular, so that a noun in the plural may follow."""
    if hit.kind != "units" or not unit_of(hit.row["unit"]).family.startswith("count:"):
        return False
    printed = text[hit.start : hit.end].lower()
    return not printed.endswith("s") and printed not in _PLURALS


def _is_plural(word: str) -> bool:
    return (
        word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) >= _LEAST and word not in _no_nouns()
    )


def noun(text: str, small: str, language: str, position: int) -> Hit | tuple[int, Unit] | None:
    """The noun that a number counts: a unit of the lists beyond its adjectives, else the words as printed."""
    if language == "zh":
        return None  # of no list: a word of measure is no noun
    of = _OF_THE.match(text, position) if language == "en" else None
    position = of.end() if of else position
    at, only = position, None
    for _ in range(_WORDS):
        word = _WORD.match(text, at)
        if word is not None and word[1].lower() in _JOINED and at > position:  # eight cotton and apparel companies
            word = _WORD.match(text, word.end())
        if word is None or word[1].lower() in _stops() or _is_number(small, language, word.start(1)):
            return only
        hit = _unit(text, small, language, word.start(1))
        if hit is not None and not (language == "en" and singular(text, hit)):
            return hit
        only = only or hit
        plain = word[1].lower()
        if language == "en" and (_ACRONYMS.fullmatch(word[1]) or _is_plural(plain)):
            return word.end(), Unit(plain, f"count:{plain}")
        if language == "ru" and len(plain) >= _LEAST and word[1][0].islower() and not _ADJECTIVE.match(plain):
            return word.end(), Unit(plain, f"count:{plain}")
        at = word.end()
    return only


def _is_number(small: str, language: str, position: int) -> bool:
    """Whether another number begins here, which counts for itself."""
    return any(hit.kind.startswith("numbers.") for hit in lexicon(language).at(small, small, position))


def _unit(text: str, small: str, language: str, position: int) -> Hit | None:
    best: Hit | None = None
    for hit in lexicon(language).at(text, small, position):
        if hit.kind == "units" and hit.row["place"] == "after" and (best is None or hit.end > best.end):
            best = hit
    return None if best is not None and is_adjective(text, language, best) else best
