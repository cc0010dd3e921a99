"""Many names made ready to be searched: candidates by shared keys, the likely ones of them compared word by word.

What a search finds depends on the name and the index alone, never on what else is searched. The index is flat arrays,
can be written to a file and mapped from it, and is not changed by searching, so many processes can share it.
See docs/design/08-bulk-screening.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from entrepot.core.buffers import numbers
from entrepot.names import keys
from entrepot.names.brands import STANDS, has_room, nearest
from entrepot.names.reading import as_read, read
from entrepot.names.score import Similarity, compare
from entrepot.names.variants import variants

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from entrepot.names.compiled import Compiled
    from entrepot.names.prepare import Kind, Name

_BATCH = 400  # queries of one matrix product; what is found does not depend on it
_MOST_CANDIDATES = 32  # names a query whose keys are the nearest
_LEAST_KEYS = 0.2  # cosine of the keys; recall and cost of this and the next two: docs/design/08-bulk-screening.md
_LEAST_EVIDENCE = 0.95  # cosine of the keys and ratio of the letters together
_LEAST_BARE = 1.05  # likewise where a side has no vowels: consonants alone are alike more often
_MOST_COMPARED = 20  # candidates of a query compared word by word
_NO_PERSONS = {"company", "vessel"}  # whoever knows that a query names a person asks for persons
_MOST_REWRITTEN = 48  # names near one way of writing a Chinese name
_MOST_READ_ALOUD = 60  # of them, by their letters, held against the brand
_MOST_SOUNDING, _MOST_NEAR = 24, 16  # of them compared word by word: by their brands, by their letters
_LEAST_REWRITTEN = 0.1  # cosine; a translated brand is written in one of many ways, and asks for all of them
_NEEDS_BRAND = 0.6  # lowest score asked for, from which a name whose words do not stand for the brand is not compared
_MOST_READ = 10_000  # listed names held ready to compare


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
        from entrepot.names.compiled import compiled

        self._take(compiled(names, kinds or ["any"] * len(names)))

    @classmethod
    def over(cls, held: Compiled) -> Index:
        """An index over arrays that were compiled before."""
        made = cls.__new__(cls)
        made._take(held)  # noqa: SLF001 - its own
        return made

    def _take(self, held: Compiled) -> None:
        self._held = held
        self._read: dict[int, Name] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        return Index.over, (self._held,)

    def __len__(self) -> int:
        return self._held.count

    @property
    def path(self) -> str:
        """The file that it is mapped from; empty where it lives in memory."""
        return self._held.path

    def search(self, name: str, *, least: float, kind: Kind = "any", thorough: bool = True) -> list[Hit]:
        """The listed names that score at least `least` against a name, best first.

        Args:
            name: any text.
            least: lowest score returned, in [0, 1]; reasons are written from it on.
            kind: what the name is; `any` takes each listed name's own kind.
            thorough: whether a Chinese name is looked for in every way it may be written in Latin: translated, as it
                sounds, by first letters. It takes some 10 ms a Chinese name; without it, pinyin and places alone bring
                candidates.
        """
        return self.search_many([name], least=least, kinds=[kind], thorough=thorough)[0]

    def search_many(
        self, names: Sequence[str], *, least: float, kinds: Sequence[Kind] | None = None, thorough: bool = True
    ) -> list[list[Hit]]:
        """As `search`, for many names; what each meets is what it would meet alone.

        Args:
            names: any texts.
            least: as in `search`.
            kinds: the kind of each; all `any` when left out.
            thorough: as in `search`.
        """
        kinds = kinds or ["any"] * len(names)
        out: list[list[Hit]] = []
        for begin in range(0, len(names), _BATCH):
            batch = slice(begin, begin + _BATCH)
            out += self._searched(names[batch], kinds[batch], least, thorough=thorough)
        return out

    def _searched(
        self, names: Sequence[str], kinds: Sequence[Kind], least: float, *, thorough: bool
    ) -> list[list[Hit]]:
        readings = [read(n, k) for n, k in zip(names, kinds, strict=True)]
        out: list[list[Hit]] = [[] for _ in names]
        chinese = self._rewritten(readings, least) if thorough else {}
        for at, candidates in self._likely(readings):
            if readings[at].han:
                chinese[at] = list(dict.fromkeys([*candidates, *chinese.get(at, ())]))
            else:
                out[at] = self._compared(readings[at], kinds[at], candidates, least)
        for at, candidates in chinese.items():
            found = [c for c in candidates if has_room(readings[at], self._listed(c))]
            out[at] = self._compared(readings[at], kinds[at], found, least)
        return out

    def _rewritten(self, readings: Sequence[Name], least: float) -> dict[int, list[int]]:
        """For Chinese queries the listed names that are near one of the ways in which they may be written in Latin."""
        import numpy as np

        written = [(at, variant) for at, n in enumerate(readings) if n.han for variant in variants(n)]
        if not written:
            return {}
        ways = [variant for _, variant in written]
        asked = [keys.keys_asked(variant) for variant in ways]
        way, name, cosine = self._held.postings.nearest(asked, most=_MOST_REWRITTEN, least=_LEAST_REWRITTEN)
        evidence = cosine + self._letters(ways, way, name, np.zeros(len(way), dtype=bool))
        best: dict[int, dict[int, float]] = {}
        for i, listed, value in zip(way.tolist(), name.tolist(), evidence.tolist(), strict=True):
            found = best.setdefault(written[i][0], {})
            found[listed] = max(value, found.get(listed, 0.0))
        out: dict[int, list[int]] = {}
        for at, found in best.items():
            found = {n: found[n] for n in _best(found, _MOST_READ_ALOUD)}  # noqa: PLW2901
            sound = {n: nearest(readings[at], self._listed(n)) for n in found}
            if least >= _NEEDS_BRAND:
                found = {n: v for n, v in found.items() if sound[n] >= STANDS or v >= _LEAST_EVIDENCE}  # noqa: PLW2901
            both = {n: v + sound[n] for n, v in found.items()}
            out[at] = list(dict.fromkeys([*_best(both, _MOST_SOUNDING), *_best(found, _MOST_NEAR)]))
        return out

    def _likely(self, readings: Sequence[Name]) -> Iterator[tuple[int, list[int]]]:
        """Queries with the listed names that are worth comparing."""
        import numpy as np

        asked = [keys.keys_asked(n) for n in readings]
        query, name, cosine = self._held.postings.nearest(asked, most=_MOST_CANDIDATES, least=_LEAST_KEYS)
        bare = ~(np.array([n.vowels for n in readings])[query] & self._held.vowels[name])
        evidence = cosine + self._letters(readings, query, name, bare)
        kept = np.flatnonzero(evidence >= np.where(bare, _LEAST_BARE, _LEAST_EVIDENCE))
        kept = kept[np.lexsort((name[kept], -evidence[kept], query[kept]))]
        first, counts = np.unique(query[kept], return_counts=True)
        ends = np.cumsum(counts)
        for at, end, count in zip(first.tolist(), ends.tolist(), counts.tolist(), strict=True):
            yield at, name[kept[end - count : end]][:_MOST_COMPARED].tolist()

    def _letters(self, readings: Sequence[Name], query: Any, name: Any, bare: Any) -> Any:
        """How alike the letters of each meeting are, in [0, 1]: of the consonants where a side has no vowels."""
        import numpy as np
        from rapidfuzz import fuzz, process

        held, alike = self._held, np.zeros(len(query), dtype=np.float32)
        texts = ((keys.plain, held.plain, ~bare), (keys.run, held.run, ~bare), (keys.bones, held.bones, bare))
        for text, column, where in texts:
            at = np.flatnonzero(where)
            if len(at):
                given = {q: text(readings[q]) for q in set(query[at].tolist())}
                pairs = [given[q] for q in query[at].tolist()], column.take(numbers(name[at])).to_pylist()
                ratio = process.cpdist(*pairs, scorer=fuzz.ratio, dtype=np.float32) / 100
                alike[at] = np.maximum(alike[at], ratio)
        return alike

    def _compared(self, reading: Name, kind: Kind, candidates: Iterable[int], least: float) -> list[Hit]:
        readings: dict[Kind, Name] = {}
        hits: list[Hit] = []
        for candidate in candidates:
            listed = self._listed(candidate)
            if kind == "person" and listed.kind in _NO_PERSONS or listed.kind == "person" and kind in _NO_PERSONS:
                continue
            as_kind = listed.kind if kind == "any" else kind
            if as_kind not in readings:
                readings[as_kind] = as_read(reading, as_kind)
            found = compare(readings[as_kind], listed, floor=least)
            if found.score >= least:
                hits += [Hit(position, found) for position in self._held.members(candidate)]
        return sorted(hits, key=lambda h: (-h.similarity.score, h.position))

    def _listed(self, at: int) -> Name:
        """A listed name ready to compare; the last thousands are kept."""
        found = self._read.get(at)
        if found is None:
            if len(self._read) >= _MOST_READ:
                self._read.clear()
            text, kind = self._held.name(at)
            found = self._read[at] = read(text, kind)
        return found


def _best(values: dict[int, float], most: int) -> list[int]:
    """The keys of the highest values, highest first."""
    return sorted(values, key=lambda n: (-values[n], n))[:most]
