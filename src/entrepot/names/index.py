"""Many names made ready to be searched: candidates by shared letter groups, then compared one by one.

What a search finds depends on the name and the index alone, never on what else is searched. The cost of a query
grows with the postings of its rarest letter groups, which are bounded, not with the number of names held.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from heapq import nlargest
from math import log
from typing import TYPE_CHECKING

from entrepot.names.prepare import Kind, Name, Word, prepare
from entrepot.names.score import Similarity, compare

if TYPE_CHECKING:
    from collections.abc import Sequence

_GRAM = 3  # letters; two find too much, four lose a name with one typo
_MOST_POSTINGS = 6_000  # candidates touched by a query at most, from the rarest letter groups on
_MOST_CANDIDATES = 40  # candidates compared word by word
_LEAST_SHARE = 0.18  # of the rarity of the query's or the candidate's letter groups that they must share
_COMMON = 4  # listed names that share a word before it counts as common: the spellings of one firm do
_LEAST_RARITY = 0.5  # evidence that the most frequent word of the listed names keeps


@dataclass(frozen=True, slots=True)
class Hit:
    """A listed name that a search met.

    Attributes:
        position: where the name stands in the names the index was made of.
        similarity: score and reasons.
    """

    position: int
    similarity: Similarity


class Index:
    """Names to search, read once and never changed.

    Args:
        names: the listed names.
        kinds: the kind of each (any, person, company, vessel); all `any` when left out.
    """

    def __init__(self, names: Sequence[str], kinds: Sequence[Kind] | None = None) -> None:
        prepared = [prepare(n, k) for n, k in zip(names, kinds or ["any"] * len(names), strict=True)]
        self._rarity = _rarity(prepared)
        self._names = [self._weigh(n) for n in prepared]
        grams = [_grams(n) for n in self._names]
        self._postings: dict[str, list[int]] = defaultdict(list)
        for position, found in enumerate(grams):
            for gram in found:
                self._postings[gram].append(position)
        self._idf = {g: log(1 + len(prepared) / len(p)) for g, p in self._postings.items()}
        self._mass = [max(1e-9, sum(self._idf[g] for g in found)) for found in grams]
        self._unknown = log(1 + len(prepared))

    def __len__(self) -> int:
        return len(self._names)

    def search(self, name: str, *, least: float, kind: Kind = "any") -> list[Hit]:
        """The listed names that score at least `least` against a name, best first.

        Args:
            name: any text.
            least: lowest score returned, in [0, 1]; reasons are written from it on.
            kind: what the name is; `any` takes each listed name's own kind.
        """
        readings: dict[Kind, Name] = {}
        hits: list[Hit] = []
        for position in self._candidates(name, kind):
            listed = self._names[position]
            as_kind = listed.kind if kind == "any" else kind
            if as_kind not in readings:
                readings[as_kind] = self._weigh(prepare(name, as_kind))
            found = compare(readings[as_kind], listed, floor=least)
            if found.score >= least:
                hits.append(Hit(position, found))
        return sorted(hits, key=lambda h: (-h.similarity.score, h.position))

    def _candidates(self, name: str, kind: Kind) -> list[int]:
        grams = _grams(prepare(name, kind))
        known = sorted((len(self._postings[g]), g) for g in grams if g in self._postings)
        whole = sum(self._idf.get(g, self._unknown) for g in grams)
        shared: dict[int, float] = defaultdict(float)
        touched = 0
        for count, gram in known:
            touched += count
            if touched > _MOST_POSTINGS and shared:
                break
            for position in self._postings[gram]:
                shared[position] += self._idf[gram]
        # Filtered before they are ordered: few of the thousands touched reach the share.
        mass, least = self._mass, max(1e-9, whole)
        shares = []
        for position, evidence in shared.items():
            held = mass[position]
            share = evidence / (min(least, held))
            if share >= _LEAST_SHARE:
                shares.append((share, -position))
        return [-position for _, position in nlargest(_MOST_CANDIDATES, shares)]

    def _weigh(self, name: Name) -> Name:
        """A word that many listed names have says less."""
        if not any(w.kind == "core" and w.text in self._rarity for w in name.words):
            return name
        return replace(name, words=tuple(self._weighed(w) for w in name.words))

    def _weighed(self, word: Word) -> Word:
        rarity = self._rarity.get(word.text, 1.0) if word.kind == "core" else 1.0
        return word if rarity == 1.0 else replace(word, weight=word.weight * rarity)


def _rarity(names: Sequence[Name]) -> dict[str, float]:
    """Distinctive words of more than one listed name -> the share of their evidence they keep."""
    counts = Counter(w for n in names for w in {w.text for w in n.words if w.kind == "core"})
    whole = log(len(names) + 1) or 1.0
    return {w: max(_LEAST_RARITY, 1 - log(c / _COMMON) / whole) for w, c in counts.items() if c > _COMMON}


def _grams(name: Name) -> set[str]:
    """Letter groups of the distinctive words run together, each word whole, and its consonants where vowels lack."""
    core = [w for w in name.words if w.kind in {"core", "number"}] or list(name.words)
    run = "".join(w.text for w in core).replace(" ", "")
    grams = {run[i : i + _GRAM] for i in range(len(run) - _GRAM + 1)} or {run}
    grams |= {f"={w.text}" for w in name.words}
    if len(core) < len(name.words) and len(core) <= 1:
        grams |= {f"+{w.text}" for w in name.words if w.kind == "place"}
    return grams
