"""What words name, as keys that a report and the record share: a place, a side, a law, a party, a thing counted.

The words are those of the lists (`data/*.csv`, the record's names in four scripts); no name stands in code. A key is
`at:<place>`, `spot:<path of a finer place>`, `away:<place of no row>`, `run:<programme of trains>`, `land:<country>`,
`side:<group>`, `law:<measure>`, `who:<party>`, `what:<quantity>`, `dir:<direction>`, `mode:<mode>`, `good:<product>`,
`kind:<event>`, `part:<word>`, `nth:<number>` of a list or an annex that is numbered, or `w:<stem>` of any other word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from entrepot.claims.text.attribution import patterns
from entrepot.claims.wordlists import rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from entrepot.claims.mentions.sentence import Sentence
    from entrepot.claims.text.lexicon import Hit

_WORD = re.compile(r"[^\W\d_]{3,}")
_NAMED = {
    "place": "at",
    "pair": "at",
    "trains": "at",
    "list": "at",
    "stops": "at",
    "within": "at",
    "measure": "law",
    "other_law": "law",
    "party": "who",
    "country": "land",
    "capital": "land",
    "away": "away",
    "region": "side",
    "scope": "part",
}
SPOT = "spot:"  # before the key of a finer place, a path: sindh/karachi
AWAY = "away:"  # before a place that no row is of
# words that say no quantity but a mode, or none
_NO_QUANTITY = frozenset({"mode", "other"})
_DIRECTIONS = {"export": "out", "import": "in", "in": "in", "out": "out", "both": "both"}
# Endings that English words lose so that "shipments denied" meets "denials of a shipment"; the longest first.
_ENDINGS = (
    "ations",
    "ation",
    "ating",
    "ated",
    "ates",
    "ate",
    "ments",
    "ment",
    "ings",
    "ing",
    "ies",
    "ied",
    "als",
    "ers",
    "er",
    "al",
    "ed",
    "es",
    "s",
    "y",
    "e",
)
_STEM = 4  # letters a stem keeps at least: "use" and "used" are words of any text
_SWAPPED = {"dir:in": "dir:out", "dir:out": "dir:in"}
_TRADERS, _HOME = frozenset({"country", "capital"}), frozenset({"CN"})  # whose exports are told, and called out
_COMMAS = {",", "，", "、"}  # between names in a row
_HYPHEN, _ENDS = re.compile(r"\s?[-–—]\s?"), ("land:", "side:")  # of a route its two ends
_TRADER = 24  # characters between who trades and its exports
# Behind exports or imports, up to whom they are said to go to or come from; before them in Chinese.
_GOES_TO = re.compile(r"(?:[^,.;:()]|(?<=\d)[.,](?=\d)){0,40}?\b(?:to|into|в)\s(?:the\s)?$", re.IGNORECASE)
_COMES_FROM = re.compile(r"(?:[^,.;:()]|(?<=\d)[.,](?=\d)){0,40}?\b(?:from|из)\s(?:the\s)?$", re.IGNORECASE)
# The same up to whose they are: imported into Tajikistan, exported by it.
_INTO = re.compile(r"(?:[^,.;:()]|(?<=\d)[.,](?=\d)){0,12}?\b(?:into|by|в)\s(?:the\s)?$", re.IGNORECASE)
_OUT_OF = re.compile(r"(?:[^,.;:()]|(?<=\d)[.,](?=\d)){0,12}?\b(?:from|out of|by|из)\s(?:the\s)?$", re.IGNORECASE)
_GOES_TO_HAN, _COMES_FROM_HAN = re.compile(r"[对向往]$"), re.compile(r"[从自]$")
_TOWARDS = re.compile(r"(?:\b(?:to|from|into|with|в|из|с)\s(?:the\s)?|[对从自到往向与])$", re.IGNORECASE)
_CYRILLIC = re.compile("[А-яЁё]")
_RUSSIAN_STEM = 6  # letters: endings of case and number are behind them


@dataclass(frozen=True, slots=True)
class Key:
    """A key where it stands.

    Attributes:
        start, end: the words that say it.
        name: the key.
    """

    start: int
    end: int
    name: str


def of_hits(found: Iterable[Hit]) -> Iterator[Key]:  # noqa: C901 - a list of words a branch
    """The keys of the words of the lists, found in a text."""
    for hit in found:
        row = hit.row
        if hit.kind == "names":
            if prefix := _NAMED.get(row["kind"]):
                name, _, finer = row["id"].partition(":")
                yield Key(hit.start, hit.end, f"{prefix}:{row['word'] if prefix == 'part' else name}")
                if finer:
                    yield Key(hit.start, hit.end, f"{SPOT}{finer}")
            if row["kind"] == "word":  # of another language for one of the record's: a firm, an audit
                yield Key(hit.start, hit.end, f"w:{stem(row['id'])}")
            if row["kind"] == "trains":
                yield Key(hit.start, hit.end, f"run:{row['id']}")
        elif hit.kind == "words":
            if row["quantity"] not in _NO_QUANTITY:
                yield Key(hit.start, hit.end, f"what:{row['quantity']}")
            if row["direction"]:
                yield Key(hit.start, hit.end, f"dir:{_DIRECTIONS[row['direction']]}")
            if row["mode"]:
                yield Key(hit.start, hit.end, f"mode:{row['mode']}")
        elif hit.kind == "products":
            yield Key(hit.start, hit.end, f"good:{row['product']}")
        elif hit.kind == "events":
            yield Key(hit.start, hit.end, f"kind:{row['quantity'].partition('.')[2]}")


def of_words(text: str) -> Iterator[Key]:
    """The stems of the words of a text that mean something by themselves."""
    for found in _WORD.finditer(text):
        if name := stem(found[0].lower()):
            yield Key(found.start(), found.end(), f"w:{name}")


def numbered(text: str) -> Iterator[Key]:
    """The numbers by which parts of a law are called: List 4A, Annex II.

    >>> [k.name for k in numbered("Goods of List 3 and of list 4A")]
    ['nth:3', 'nth:4a']
    """
    for pattern in _numbering():
        for found in pattern.finditer(text):
            yield Key(found.start(), found.end(), f"nth:{found[1].lower()}")


@lru_cache(maxsize=1)
def _numbering() -> tuple[re.Pattern[str], ...]:
    told = (r["pattern"] for r in rows("patterns") if r["means"] == "numbered_part")
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in told)


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """A word without its ending; empty for one that says nothing by itself.

    >>> stem("shipments"), stem("denials"), stem("the")
    ('ship', 'deni', '')
    """
    if word in _plain() or len(word) < _STEM:
        return ""
    if _CYRILLIC.match(word):
        return word[:_RUSSIAN_STEM]
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM:
            return word.removesuffix(ending)
    return word


@lru_cache(maxsize=1)
def _plain() -> frozenset[str]:
    """Words that are passed over: they stand in sentences of every kind."""
    return frozenset(
        r["word"]
        for r in rows("stops")
        if r["use"] in {"gap", "free", "function", "plain", "of_parts", "after_fraction"}
    )


def of_sentence(sentence: Sentence) -> tuple[Key, ...]:
    """The keys of a sentence: those of the lists, then the stems of its other words."""
    listed = sentence.hits.of("names", "words", "products", "events")
    named = [(h.start, h.end) for h in listed if h.kind == "names"]
    lands = [h for h in listed if h.kind == "names" and h.row["kind"] in _TRADERS]
    found = (k for k in of_hits(listed) if not _part_of_name(named, k))
    out = _without_routes(sentence.text, list(_seen_from_home(sentence.text, found, lands)))
    if sent := next((m for p in patterns("sent_from", "*") if (m := p.match(sentence.text))), None):
        out = [k for k in out if not (k.name.startswith((SPOT, AWAY)) and k.end <= sent.end())]  # it was written there
    alone = patterns("stands_alone", sentence.language)
    out = [k for k in out if not k.name.startswith(AWAY) or any(p.match(sentence.text, k.end) for p in alone)]
    return tuple(sorted([*out, *of_words(sentence.text), *numbered(sentence.text)], key=lambda k: k.start))


def of_two(sentence: Sentence, found: Sequence[Key], before: Sequence[str]) -> Iterator[Key]:
    """The keys that the former and the latter stand for.

    Args:
        sentence: as read.
        found: its own keys.
        before: the two that were named before it, as `two_named` has them; empty: not two.
    """
    for nth, means in enumerate(("pair_first", "pair_second")):
        for said in (m for pattern in patterns(means, sentence.language) for m in pattern.finditer(sentence.text)):
            two = two_named([k for k in found if k.end <= said.start()]) or before
            if two:
                yield Key(*said.span(), two[nth])


def two_named(found: Sequence[Key]) -> tuple[str, ...]:
    """The keys of the two places, laws or countries that are named, in order; empty where they are not two."""
    runs = {k.name.replace("run:", "at:") for k in found if k.name.startswith("run:")}  # trains are no place
    kept = [k for k in found if k.name not in runs]
    sorts = (dict.fromkeys(k.name for k in kept if k.name.startswith(sort)) for sort in ("at:", "law:", "land:"))
    return next((tuple(names) for names in sorts if len(names) == len(("former", "latter"))), ())


def _without_routes(text: str, found: list[Key]) -> list[Key]:
    """The keys without those of a route's two ends: China - Europe trains are no trade with Europe.

    A dash before names in a row is none: with the five - Kazakhstan, Kyrgyzstan and others.
    """
    ends = [k for k in found if k.name.startswith(_ENDS)]
    between = [text[a.end : b.start] for a, b in pairwise(ends)]
    gone = {
        k
        for a, b, said, behind in zip(ends, ends[1:], between, [*between[1:], ""], strict=False)
        if _HYPHEN.fullmatch(said) and any(k.name.startswith("side:") for k in (a, b)) and behind.strip() not in _COMMAS
        for k in (a, b)
    }
    return [k for k in found if k not in gone]


def _part_of_name(named: list[tuple[int, int]], key: Key) -> bool:
    """Whether the word of a quantity or a good only belongs to a name, as the list in Entity List."""
    return key.name.startswith(("what:", "good:")) and any(a <= key.start and key.end <= b for a, b in named)


def _seen_from_home(text: str, found: Iterable[Key], lands: list[Hit]) -> Iterator[Key]:
    """Directions as China sees them: what another country exports to it comes in, and what it imports beside that."""
    abroad = False
    for key in sorted(found, key=lambda k: k.start):
        if key.name not in _SWAPPED:
            yield key
            continue
        said = _is_abroad(text, key, lands)
        abroad = abroad if said is None else said
        yield Key(key.start, key.end, _SWAPPED[key.name]) if abroad else key


def _is_abroad(text: str, key: Key, lands: list[Hit]) -> bool | None:
    """Whether exports or imports are those of another country than China; None where nobody is said to trade."""
    if any(_goes_to(text, key, h) for h in lands if h.row["id"] in _HOME):
        return True
    whose = _OUT_OF if key.name == "dir:out" else _INTO
    of = next((h for h in lands if h.start >= key.end and whose.fullmatch(text[key.end : h.start])), None)
    if of is not None:
        return of.row["id"] not in _HOME
    before = [h for h in lands if h.end <= key.start and key.start - h.end <= _TRADER]
    if before and not _TOWARDS.search(text[: before[-1].start]):
        return before[-1].row["id"] not in _HOME
    return False if any(_goes_to(text, key, h) for h in lands) else None


def _goes_to(text: str, key: Key, land: Hit) -> bool:
    """Whether exports are said to go to a country, or imports to come from it: who says so trades with it."""
    out = key.name == "dir:out"
    if key.end <= land.start:
        return bool((_GOES_TO if out else _COMES_FROM).fullmatch(text[key.end : land.start]))
    return land.end <= key.start <= land.end + 1 and bool(
        (_GOES_TO_HAN if out else _COMES_FROM_HAN).search(text[: land.start])
    )
