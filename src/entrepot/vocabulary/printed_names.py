"""How publishers print the name of a place, taken apart: notes, codes beside names, words turned round.

One country is `Germany (incl. German Democratic Republic 'DD' from 1991)` to Eurostat, `Korea, Rep.` to the World Bank,
`Iran, Islamic Rep. of` to the IMF and `RU:Russian Federation (Russia)` in a file with both labels. What is a note about
the name is taken off; what may be another name is kept beside it and has to agree. Which words are shortened, join
others or say the form of a state is data (`data/place_words.csv`).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from entrepot.core.tables.packaged import packaged_rows
from entrepot.vocabulary.code_tables import PLACE_WORDS

_OPENING, _CLOSING = "([（【", ")]）】"
_MOST_DEPTH = 9  # brackets within brackets: a name has two or three
# What a note in brackets begins with: what is counted with the place or left out, when the name held, what it was.
_NOTE = re.compile(
    r"\s*(incl|excl|includes|including|excludes|excluding|without|from\b|until|till|up to|before|after|since|as of"
    r"|as defined|under un|formerly|former\b|now\b|part of|see\b|note|y compris|compris|hors|sans|jusqu|depuis"
    r"|einschl|ohne|inklusive|incluy|inclu[ií]|desde|hasta|вкл|включая|без|с \d{4}|до \d{4}"
    r"|->|→|>|<|≤|≥|\.\.\.|…|à partir de|à nouveau|ab \d{4}|de \d{4}|\d+\s*[/)]?\s*$|\d{4}"
    r"|[A-Z]{2}(?:\s*[,;]\s*[A-Z]{2})+\s*$)",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"[\s,;]+(?:incl\.?|including|excl\.?|excluding|y compris|einschl\.?|вкл\.?|включая)\s.*$"
    r"|[\s,;]+(?:->|→|from|until|since|before)\s*\d{4}.*$|[\s,;]*(?:->|→)\s*\d{4}.*$",
    re.IGNORECASE | re.DOTALL,
)
_LEADING = re.compile(
    r"^(?:[\s\-–—•*·.…>]+|(?:of which|including|в том числе|из них|dont|其中)\s*:?\s+)+", re.IGNORECASE
)
_MARKS = re.compile(r"(?:[\s]*[*†‡§¹²³⁰⁴⁵⁶⁷⁸⁹]+|\s+\d{1,2}[/)])+$")
_CODE = re.compile(
    r"^(?:[A-Z]{2,6}\d{0,2}\s*:|[A-Z]{2,3}\d{0,2}\s*(?:\s[-–—|]\s|_)|\d{1,5}\s*[-–—:._|\s])\s*(?=[^\d\s])"
)
# Letters of Uzbek that keyboards write as an apostrophe, which is no letter: Qozogʻiston, Qozog'iston.
_APOSTROPHES = dict.fromkeys(map(ord, "ʻʼʹ‘`´"), "'")
_OR = re.compile(r"^(?:or|ou|oder|also|o)\s+", re.IGNORECASE)
_STROKE = re.compile(r"\s*[/|]\s*|\s+[-–—]\s+|\n")


@dataclass(frozen=True, slots=True)
class Printed:
    """A name taken apart.

    Attributes:
        name: without its notes, marks and the code before it.
        coded: the same with what may be a code before it, or the first word of the name.
        others: what stands in brackets or behind a stroke and may be another name of the place, or the rest of this.
    """

    name: str
    coded: str = ""
    others: tuple[str, ...] = ()


def taken_apart(text: str) -> Printed:
    """The name of a place without what is said about it.

    >>> taken_apart("Spain (incl. Canary Islands 'XB' from 1997)"), taken_apart("7 - Belarus (Belorussia)").others
    (Printed(name='Spain', coded='Spain', others=()), ('Belorussia',))
    """
    outside, inside = _brackets(_LEADING.sub("", text.strip()))
    name = _MARKS.sub("", _TAIL.sub("", outside)).strip(" ,;:'\"")
    said = [one for one in inside if not _NOTE.match(one) and re.search(r"[^\W\d_]", one)]
    others = tuple(_OR.sub("", " ".join(_brackets(one)[0].split())) for one in said)
    return Printed(_CODE.sub("", name), name, others)


def strokes(name: str) -> tuple[str, ...]:
    """The names that strokes divide: `Kazakhstan / Казахстан`; one where there are none."""
    return tuple(filter(None, _STROKE.split(name)))


def _brackets(text: str) -> tuple[str, list[str]]:
    """The text outside brackets, and what stands in each of the outer ones; an open one ends with the text."""
    outside, inside, depth = [], [], 0
    for char in text:
        if char in _OPENING and depth < _MOST_DEPTH:
            depth += 1
            if depth == 1:
                inside.append("")
                outside.append(" ")
                continue
        elif char in _CLOSING and depth:
            depth -= 1
            if not depth:
                continue
        if depth:
            inside[-1] += char
        else:
            outside.append(char)
    return "".join(outside).strip(), [one.strip() for one in inside]


def folded(text: str) -> str:
    """A name as it is compared: small letters without marks, single spaces, without `the`."""
    bare = text.casefold().translate(_APOSTROPHES)
    if not bare.isascii():
        bare = "".join(c for c in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(c))
    words = re.findall(r"[^\W_]+", bare.replace("&", " and "))
    return " ".join(w for w in words if w != "the")


def words(text: str) -> tuple[str, ...]:
    """The words of a name in order of the alphabet, short ones in full, without those that only join others.

    >>> words("Iran, Islamic Rep. of") == words("the Islamic Republic of Iran")
    True
    """
    short, joining, _ = _known()
    plain = re.sub(r"\b(\w)\.\s?(?=\w\b)", r"\1", text)  # P.R. is one word, as PR is
    said = folded(re.sub("['’ʻʼʹ‘`´]", "", plain)).split()
    found = [full for word in said for full in short.get(word, (word,))]
    return tuple(sorted(w for w in found if w not in joining))


def without_form(found: tuple[str, ...]) -> tuple[str, ...]:
    """Words of a name without those that say the form of a state: republic, kingdom, federal.

    >>> without_form(words("Kazakhstan, Rep. of"))
    ('kazakhstan',)
    """
    _, _, form = _known()
    return tuple(w for w in found if w not in form)


@cache
def _known() -> tuple[dict[str, tuple[str, ...]], frozenset[str], frozenset[str]]:
    rows = packaged_rows(PLACE_WORDS)
    short = {r["word"]: tuple(w for text in r["means"] for w in text.split()) for r in rows if r["kind"] == "short"}
    joining, form = (frozenset(r["word"] for r in rows if r["kind"] == kind) for kind in ("joining", "form"))
    return short, joining, form
