"""Grouped cross-validation of the points: a name that is tested on was never learnt from."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from entrepot.names.reading.clean import is_han
from train_names import fit

if TYPE_CHECKING:
    from train_names.pairs import Pair

FOLDS = 5
_BENCH = 120.0  # weight of a pair that a person labelled, against one that a rule labelled
# Weight of all strangers against all others of another party; by judgement, looked at on the half learnt from.
_STRANGERS, _SOUNDS_ALIKE = 0.5, 10.0
_BROTHERS = 2.0  # weight of a firm's brother and of a house of its name: few are made, and a desk meets them often
_HELD_TRUE = 0.95
Array = NDArray[Any]


def labels(found: Sequence[Pair]) -> tuple[Array, Array]:
    """Whether each pair is one party, and its weight: both answers weigh the same in all.

    Strangers weigh beside the other pairs that are not one party: nearly all whom a desk screens are strangers to the
    lists, few are the brothers of a listed party. Where characters meet pinyin they weigh far more, since millions
    share what a name sounds like.
    """
    same = np.array([p.same for p in found])
    weight = np.array([_BENCH if p.source == "name_bench" else 1.0 for p in found])
    weight[[p.source.startswith(("brothers", "houses")) for p in found]] *= _BROTHERS
    strangers = np.array([p.source.startswith("invented") for p in found])
    if strangers.any():
        read = np.mean([is_han(p.left[0]) != is_han(p.right[0]) for p in found]) > 1 / 2
        share = _SOUNDS_ALIKE if read else _STRANGERS
        weight[strangers] *= share * weight[~strangers & ~same].sum() / strangers.sum()
    for answer in (True, False):
        weight[same == answer] /= weight[same == answer].sum()
    return same, weight


def held_out(found: Sequence[Pair], values: dict[str, Array]) -> Array:
    """The probability of each pair from a model that saw none of its group; shape (pairs,)."""
    same, weight = labels(found)
    fold = np.array([zlib.crc32(p.group.encode()) % FOLDS for p in found])
    chances = np.zeros(len(found))
    for number in range(FOLDS):
        learn, test = fold != number, fold == number
        model = fit.fit({n: v[learn] for n, v in values.items()}, same[learn], weight[learn])
        chances[test] = 1 / (1 + np.exp(-model.log_odds({n: v[test] for n, v in values.items()})))
    return chances


def report(kind: str, found: Sequence[Pair], values: dict[str, Array]) -> Array:
    """Print what cross-validation finds, by source, and the reliability of the probabilities; return these."""
    chances = held_out(found, values)
    same, weight = labels(found)
    print(f"\n{kind}: {len(found):,} pairs")
    bench(dict(zip(found, chances.tolist(), strict=True)))
    for source in sorted({p.source for p in found}):
        rows = np.array([p.source == source for p in found])
        right = ((chances > 0.5) == same)[rows].mean()  # noqa: PLR2004 - even odds
        print(f"  {source:28} {rows.sum():6,} pairs, {right:.3f} on the right side of even odds")
    for low, mean, share, count in reliability(same, chances, weight):
        print(f"  said {low:.1f} to {low + 0.1:.1f}: mean {mean:.3f}, one party {share:.3f} ({count:,} pairs)")
    return chances


def bench(chances: Mapping[Pair, float]) -> None:
    """Print F1 and recall of the pairs of name_bench among these, each judged by a model that saw none of its group."""
    held = [(p.same, c) for p, c in chances.items() if p.source == "name_bench"]
    if held:
        same, chance = (np.array(x) for x in zip(*held, strict=True))
        recall = recall_at(same, chance, _HELD_TRUE)
        print(f"  name_bench: {len(held)} pairs, F1 {best_f1(same, chance):.3f}, "
              f"recall at precision {_HELD_TRUE} {recall:.3f}")  # fmt: skip


def best_f1(same: Array, chances: Array) -> float:
    """The highest F1 over all thresholds."""
    precision, recall = curve(same, chances)
    return float(np.max(2 * precision * recall / np.maximum(precision + recall, 1e-12)))


def recall_at(same: Array, chances: Array, precision: float) -> float:
    """The highest recall at a precision of at least so much."""
    found, recall = curve(same, chances)
    return float(recall[found >= precision].max(initial=0.0))


def curve(same: Array, chances: Array) -> tuple[Array, Array]:
    """Precision and recall after each pair, the likeliest first; pairs of one probability count together."""
    order = np.argsort(-chances, kind="stable")
    hits = np.cumsum(same[order])
    last = np.r_[np.diff(chances[order]) != 0, True]
    return (hits / np.arange(1, len(order) + 1))[last], (hits / max(1, same.sum()))[last]


def reliability(same: Array, chances: Array, weight: Array) -> Iterator[tuple[float, float, float, int]]:
    """(lower bound, mean probability, share that is one party, pairs) of ten bins, weighted as trained."""
    for low in np.arange(0, 1, 0.1):
        rows = (chances >= low) & (chances < low + 0.1)
        if rows.any():
            own = weight[rows] / weight[rows].sum()
            yield float(low), float(own @ chances[rows]), float(own @ same[rows]), int(rows.sum())
