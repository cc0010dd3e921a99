"""Effects of many levels as numbers of levels, and what is left of something once they are taken out.

The normal equations of all effects together are solved by conjugate gradients with the largest effect eliminated: a
step is one sum by level for each effect, so that the work is that of some columns and no matrix is made.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Vector = NDArray[np.float64]
    Codes = NDArray[np.int32]

# Steps of one solution. Panels of trade take 10 to 60; what has not settled by then is a chain of hardly joined parts.
_MOST_STEPS = 2000
# Of what is added up, what is left that small is none: where the first effect explains all, steps would follow noise.
_ROUNDING = 16 * float(np.finfo(np.float64).eps)


@dataclass(frozen=True, slots=True, eq=False)
class Level:
    """An effect: the level of each row, and what it is multiplied by there.

    Attributes:
        codes: from 0 to size - 1, one a row.
        size: how many levels there are.
        values: one a row; None: 1 throughout.
        open: whether the last level is no level: rows that have none are there.
    """

    codes: Codes
    size: int
    values: Vector | None = None
    open: bool = False

    def at(self, of: Vector) -> Vector:
        """What each row has of a value a level, which is nothing for a last level that is none."""
        found = of[self.codes]
        if self.values is not None:
            found *= self.values
        return found

    def sums(self, of: Vector) -> Vector:
        """The sums by level of a value a row."""
        return self._added(of if self.values is None else of * self.values)

    def squares(self, weights: Vector) -> Vector:
        """The sums by level of the weights, times what levels are multiplied by, squared."""
        return self._added(weights if self.values is None else weights * self.values**2)

    def kept(self, keep: NDArray[np.bool_]) -> Level:
        """The level of some rows, its levels as they are."""
        return Level(self.codes[keep], self.size, None if self.values is None else self.values[keep], self.open)

    def part(self, start: int, end: int) -> Level:
        """Some rows that stand together, of which no other row has a level; marks keep all their levels."""
        codes, values = self.codes[start:end], None if self.values is None else self.values[start:end]
        if self.open or start == end:
            return Level(codes, self.size, values, self.open)
        low = int(np.min(codes))
        return Level(codes - np.int32(low), int(np.max(codes)) - low + 1, values)

    def _added(self, of: Vector) -> Vector:
        total = np.asarray(np.bincount(self.codes, weights=of, minlength=self.size), dtype=np.float64)
        if self.open:
            total[-1] = 0.0
        return total


def solved(
    levels: Sequence[Level], weights: Vector, slopes: Sequence[Vector], near: float, least: float = 0.0
) -> list[Vector]:
    """Coefficients of all levels that solve the weighted normal equations.

    The first effect is eliminated exactly, the others are found by conjugate gradients under their own weights. Where
    levels hang together (sums of one are sums of another) one of many solutions is found, which all fit the same.

    Args:
        levels: the effects; the first should be the largest.
        weights: one a row, above zero.
        slopes: right hand side, by level.
        near: where to stop: the share of the length of the right hand side that is left.
        least: where to stop whatever the share: the length, in the root of what is explained by weight, below which
            nothing but rounding is left. Levels hang together, so that what is left there may have no solution.
    """
    first, rest = levels[0], levels[1:]
    own = _over(first.squares(weights))
    scale = [_over(e.squares(weights)) for e in rest]
    begun = slopes[0] * own
    back = first.at(begun) * weights
    left = [s - e.sums(back) for s, e in zip(slopes[1:], rest, strict=True)]
    np.square(back, out=back)
    noise = sum(float((s**2 + e.squares(back)) @ c) for s, e, c in zip(slopes[1:], rest, scale, strict=True))
    del back
    found = [np.zeros(e.size) for e in rest]
    way = [r * s for r, s in zip(left, scale, strict=True)]
    length = begin = _dot(left, way)
    for _ in range(_MOST_STEPS):
        if length <= max(begin * near**2, least**2, noise * _ROUNDING**2) or not length:
            break
        image = _image(first, rest, own, weights, way)
        curve = _dot(way, image)
        if curve <= 0:  # rounding: nothing is left in this direction
            break
        step = length / curve
        for i in range(len(rest)):
            found[i] += step * way[i]
            left[i] -= step * image[i]
        before, length = length, sum(float(r @ (r * s)) for r, s in zip(left, scale, strict=True))
        for i in range(len(rest)):
            way[i] *= length / before
            way[i] += left[i] * scale[i]
    through = _fitted(rest, found, len(weights)) * weights
    return [(slopes[0] - first.sums(through)) * own, *found]


def _over(of: Vector) -> Vector:
    """One over each, nothing where there is nothing."""
    return np.divide(1.0, of, out=np.zeros_like(of), where=of > 0)


def _dot(a: Sequence[Vector], b: Sequence[Vector]) -> float:
    return sum(float(x @ y) for x, y in zip(a, b, strict=True))


def _fitted(levels: Sequence[Level], found: Sequence[Vector], rows: int) -> Vector:
    """What the levels give each row together."""
    total = np.zeros(rows)
    for e, f in zip(levels, found, strict=True):
        total += e.at(f)
    return total


def _image(first: Level, rest: Sequence[Level], own: Vector, weights: Vector, way: Sequence[Vector]) -> list[Vector]:
    """The normal equations of all but the first effect, the first taken out, in one direction."""
    row = _fitted(rest, way, len(weights))
    row *= weights
    row -= first.at(first.sums(row) * own) * weights
    return [e.sums(row) for e in rest]


def fitted(levels: Sequence[Level], found: Sequence[Vector]) -> Vector:
    """What the levels give each row together."""
    return _fitted(levels, found, len(levels[0].codes))


def without(levels: Sequence[Level], weights: Vector, of: Level, column: int, near: float) -> Vector:
    """What is left of one column of `of` once the levels are taken out, one value a row.

    Args:
        levels: the effects that are taken out; the first should be the largest.
        weights: one a row.
        of: marks: each level a column that has its value in its rows and nothing elsewhere.
        column: which of its levels.
        near: as in `solved`.
    """
    raw = np.where(of.codes == column, 1.0 if of.values is None else of.values, 0.0)
    found = solved(levels, weights, [e.sums(raw * weights) for e in levels], near)
    raw -= fitted(levels, found)
    return raw
