"""Which of several words of one sort each of several figures of a clause goes with.

"Released 196 and denied 234", "1,470 of apparel and 786 of electronics", "exports and imports of 4.6 and 0.6 billion":
a clause that names both says of each figure the one and not the other. Where words and figures take turns the order
tells, and where words stand at both ends, the nearness; where neither does, nothing is told.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_TWO = 2  # groups from which on words and figures take turns


def aligned(words: Sequence[tuple[int, str]], figures: Sequence[int], at: int) -> frozenset[str]:
    """The words that go with a figure; empty where the order does not tell.

    Args:
        words: where each begins, and its key.
        figures: where each begins.
        at: where the figure asked for begins.

    >>> released, denied = (4, "released"), (22, "denied")
    >>> sorted(aligned([released, denied], [13, 33], 33))
    ['denied']
    >>> sorted(aligned([(8, "apparel"), (26, "electronics")], [0, 20], 0))
    ['apparel']
    >>> sorted(aligned([(0, "out"), (12, "in")], [28, 36], 36))
    ['in']
    >>> sorted(aligned([(8, "out"), (20, "in")], [0, 30], 0))
    []
    >>> sorted(aligned([(0, "reviewed"), (45, "denied"), (60, "released")], [36, 56], 36))
    ['denied']
    """
    marks = sorted([*((start, name) for start, name in words), *((start, "") for start in figures)])
    runs = [(bool(is_word), list(held)) for is_word, held in groupby(marks, key=lambda m: bool(m[1]))]
    named = [{name for _, name in held} for is_word, held in runs if is_word]
    if len(named) == 1 and len(runs) == _TWO:
        return _in_order(words, figures, at)
    if len(named) < _TWO or (runs[0][0] == runs[-1][0] and not runs[0][0]):
        return frozenset()
    if runs[0][0] and runs[-1][0]:
        side = _nearer_side(runs)
        named = named[1:] if side > 0 else named[:-1] if side < 0 else []
        if len(named) < _TWO:
            return frozenset()
    number = next(i for i, (is_word, held) in enumerate(r for r in runs if not r[0]) if (at, "") in held)
    return frozenset(named[number])


def _nearer_side(runs: Sequence[tuple[bool, Sequence[tuple[int, str]]]]) -> int:
    """On which side each figure's word stands: 1 behind it, -1 before it, 0 where neither side is much nearer."""
    starts = [(held[0][0], held[-1][0]) for _, held in runs]
    before = sum(starts[i][0] - starts[i - 1][1] for i in range(1, len(runs), _TWO))
    behind = sum(starts[i + 1][0] - starts[i][1] for i in range(1, len(runs), _TWO))
    return 1 if behind * _TWO <= before else -1 if before * _TWO <= behind else 0


def _in_order(words: Sequence[tuple[int, str]], figures: Sequence[int], at: int) -> frozenset[str]:
    """As many words as figures, all the words on one side: the first goes with the first."""
    names = list(dict.fromkeys(name for _, name in sorted(words)))
    return frozenset({names[sorted(figures).index(at)]}) if len(names) == len(figures) else frozenset()
