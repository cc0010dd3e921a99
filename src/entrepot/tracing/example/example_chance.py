"""Chance of the example: the same seed draws the same on every machine and under every Python."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

_Some = TypeVar("_Some")


class Drawn:
    """Draws from one seed; all of it rests on `Random.random`, which Python promises not to change."""

    def __init__(self, seed: int) -> None:
        self._chance = Random(seed)  # noqa: S311 - papers are drawn, not secrets

    def within(self, low: float, high: float) -> float:
        """A number between two ends."""
        return low + (high - low) * self._chance.random()

    def whole(self, low: int, high: int) -> int:
        """A whole number between two ends, both of them possible."""
        return low + int(self._chance.random() * (high - low + 1))

    def happens(self, chance: float) -> bool:
        """Whether a thing of this chance happens."""
        return self._chance.random() < chance

    def one(self, some: Sequence[_Some]) -> _Some:
        """One of some."""
        return some[int(self._chance.random() * len(some))]

    def several(self, some: Sequence[_Some], count: int) -> list[_Some]:
        """Several of some, none twice; all of them where there are no more."""
        left = list(some)
        return [left.pop(int(self._chance.random() * len(left))) for _ in range(min(count, len(left)))]
