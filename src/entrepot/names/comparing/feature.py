"""What a feature gives: a number, and what fills its sentence."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from entrepot.names.comparing.align import Alignment, Pair
from entrepot.names.comparing.rarity import bits

if TYPE_CHECKING:
    from entrepot.names.reading.prepare import Word


@dataclass(frozen=True, slots=True)
class Measured:
    """A feature of two names: its value, and what fills its sentence (None: nothing to say)."""

    value: float
    said: dict[str, object] | None = None


Feature = Callable[[Alignment], Measured]
NOTHING = Measured(0.0)


def sentence(feature: Feature, said: dict[str, object]) -> str:
    """The feature's sentence with its words filled in."""
    return _sentence(feature).format(**said)


@cache
def _sentence(feature: Feature) -> str:
    return (inspect.getdoc(feature) or "").splitlines()[0]


class word_list(tuple["Word", ...]):  # noqa: N801 - reads as a word of the sentence it stands in
    """Words as a sentence names them; written only where the sentence is, for most comparisons are never shown."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        return ", ".join(f"“{w.shown}”" for w in self)


class pair_list(tuple[Pair, ...]):  # noqa: N801 - likewise
    """Words that meet, as a sentence names them."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        return ", ".join(f"“{p.left.shown}” and “{p.right.shown}”" for p in self)


def weight(p: Pair) -> float:
    """Evidence of two words that meet."""
    return (p.left.weight + p.right.weight) / 2


def bits_of(words: Iterable[Word]) -> float:
    """How much words say, in bits."""
    return sum(map(bits, words))


def evidence_of(words: Iterable[Word]) -> float:
    """Evidence of words, in distinctive words."""
    return sum(w.weight for w in words)
