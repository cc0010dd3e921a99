"""What a feature gives: a number, and what fills its sentence."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import TYPE_CHECKING

from entrepot.core.words.translate import tr
from entrepot.names.comparing.align import Alignment, Pair
from entrepot.names.comparing.rarity import bits

if TYPE_CHECKING:
    from entrepot.names.reading.name import Word


@dataclass(slots=True)  # not frozen: forty are made a comparison, and a frozen one takes three times as long to make
class Measured:
    """A feature of two names: its value, and what fills its sentence (None: nothing to say)."""

    value: float
    said: Mapping[str, object] | None = None


Feature = Callable[[Alignment], Measured]
NOTHING = Measured(0.0)


@cache
def sentences() -> Mapping[str, str]:
    """Feature -> the sentence that it says of two names, with {places} for its words (data/features.toml)."""
    found = tomllib.loads(files("entrepot.names").joinpath("data/features.toml").read_text(encoding="utf-8"))
    return {name: said for name, said in found.items() if name != "source"}


class Words(tuple[str, ...]):
    """Words of one name or of both, as a sentence names them."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        return ", ".join(f"“{w}”" for w in self)


class Pairs(tuple[tuple[str, str], ...]):
    """Words of the one name and of the other that meet, as a sentence names them."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        return ", ".join(tr("“{a}” and “{b}”", a=a, b=b) for a, b in self)


# Most comparisons are never shown: a feature keeps the words that it has at hand, and `kept` takes their texts.
class word_list(tuple["Word", ...]):  # noqa: N801 - reads as a word of the sentence it stands in
    """Words as a feature has them."""

    __slots__ = ()


class pair_list(tuple[Pair, ...]):  # noqa: N801 - likewise
    """Words that meet, as a feature has them."""

    __slots__ = ()


def kept(said: object) -> object:
    """What fills a place of a sentence, as texts that outlive the comparison."""
    if isinstance(said, word_list):
        return Words(w.shown for w in said)
    if isinstance(said, pair_list):
        return Pairs((p.left.shown, p.right.shown) for p in said)
    return said


def words_of(said: object) -> Iterable[str]:
    """The words among what fills a place of a sentence, in their order; none of a number or a legal form."""
    if isinstance(said, Pairs):
        return chain(*said)
    return said if isinstance(said, Words) else ()


def weight(p: Pair) -> float:
    """Evidence of two words that meet."""
    return (p.left.weight + p.right.weight) / 2


def bits_of(words: Iterable[Word]) -> float:
    """How much words say, in bits."""
    return sum(map(bits, words))


def evidence_of(words: Iterable[Word]) -> float:
    """Evidence of words, in distinctive words."""
    return sum(w.weight for w in words)
