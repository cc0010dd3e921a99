"""Many names made ready to be searched: candidates by shared keys, the likely ones of them compared word by word.

What a search finds depends on the name and the index alone, never on what else is searched. The index is flat arrays,
can be written to a file and mapped from it, and is not changed by searching, so many processes can share it.
See docs/design/08-bulk-screening.md.
"""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from entrepot.core.runtime.garbage import seldom_collected
from entrepot.names.brands.brand_pair import has_room
from entrepot.names.comparing.one_spelling import is_spelt, spelt_apart
from entrepot.names.comparing.score import Similarity, compare
from entrepot.names.native.ceilings import ceilings, log_odds_of
from entrepot.names.native.library import library
from entrepot.names.native.packed import packed
from entrepot.names.reading import keys
from entrepot.names.search import chinese_candidates, prefilter
from entrepot.names.search.arrays import sum_of
from entrepot.names.search.keyed.postings import MOST_POSTINGS
from entrepot.names.search.streamed_reading import as_read, read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from entrepot.names.reading.name import Kind, Name
    from entrepot.names.search.arrays import Compiled

    _Asked = tuple[str, Kind, float, bool]  # name, kind, lowest score, thorough
    _Meeting = tuple[int, int, Name]  # place of the query, entry of the listed name, the query as it is compared

_BATCH = 400  # queries of one matrix product; what is found does not depend on it
# What each of these loses and saves: docs/design/08-bulk-screening.md
_MOST_CANDIDATES = 125  # names a query whose keys are the nearest
# Of a query without vowels every so many listed names bring up as many candidates and may touch as many postings: its
# keys are few and common, and each list that is added holds them too, so that a bound of the whole would lose more of
# its matches with every list. Most lists that are searched alone hold fewer names.
_BARE_SHARE = 30_000
_MOST_COMPARED = 48  # candidates of a query compared word by word; of one without vowels all
_LEAST_KEYS = 0.15  # cosine of the keys
_LEAST_FEW = 0.1  # likewise of a query with one distinctive word or none, of which one letter changes most keys
_FEW = 1  # distinctive words
_NO_PERSONS = {"company", "vessel"}  # whoever knows that a query names a person asks for persons
_MOST_READ = 20_000  # listed names held ready to compare
_MOST_UNMET = 50_000  # names asked that met nothing, held: the same suppliers stand in many rows


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
        from entrepot.names.search.arrays import compiled

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
        self._unmet: set[_Asked] = set()

    def __reduce__(self) -> tuple[Any, ...]:
        return Index.over, (self._held,)

    def __len__(self) -> int:
        return self._held.count

    @property
    def compiled(self) -> Compiled:
        """The arrays that it searches."""
        return self._held

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
                sounds, by first letters. It takes one to three ms a Chinese name; without it, pinyin and places alone
                bring candidates.
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
        asked: list[_Asked] = [(n, k, least, thorough) for n, k in zip(names, kinds, strict=True)]
        new = [a for a in dict.fromkeys(asked) if a not in self._unmet]
        found: dict[_Asked, list[Hit]] = {}
        with seldom_collected() if len(new) > 1 else nullcontext():
            for begin in range(0, len(new), _BATCH):
                batch = new[begin : begin + _BATCH]
                found.update(zip(batch, self._searched(batch, least, thorough=thorough), strict=True))
        if len(self._unmet) + len(new) > _MOST_UNMET:
            self._unmet.clear()
        self._unmet.update(a for a in new if not found[a])
        return [list(found.get(a, ())) for a in asked]

    def _searched(self, asked: Sequence[_Asked], least: float, *, thorough: bool) -> list[list[Hit]]:
        readings = [read(name, kind) for name, kind, *_ in asked]
        # What a further reading brings up stands behind what the name itself does.
        further = [(at, n.further) for at, n in enumerate(readings) if n.further is not None]
        found: dict[int, Iterable[int]] = {}
        for place, near in self._likely([*readings, *(n for _, n in further)]):
            at = place if place < len(readings) else further[place - len(readings)][0]
            found[at] = dict.fromkeys([*found.get(at, ()), *near])
        for at, same in self._by_letters(readings):
            found[at] = dict.fromkeys([*found.get(at, ()), same])
        if thorough and any(n.han for n in readings):
            found |= self._in_chinese(readings, [(at, n) for at, n in further if n.han], found, least)
        for at, name in enumerate(readings):
            if name.han:
                ways = [n for n in (name, name.further) if n is not None]
                found[at] = [c for c in found.get(at, ()) if any(has_room(n, self._listed(c)) for n in ways)]
        kinds = [kind for _, kind, *_ in asked]
        return self._compared(readings, kinds, [found.get(at, ()) for at in range(len(readings))], least)

    def _in_chinese(
        self,
        readings: Sequence[Name],
        further: Sequence[tuple[int, Name]],
        found: dict[int, Iterable[int]],
        least: float,
    ) -> dict[int, Iterable[int]]:
        """The candidates of Chinese queries, those of a further reading behind those of the name itself."""
        first = len(readings)
        likely = found | {place: found.get(at, ()) for place, (at, _) in enumerate(further, first)}
        near = chinese_candidates.candidates(self._held, [*readings, *(n for _, n in further)], likely, least)
        out: dict[int, Iterable[int]] = {at: names for at, names in near.items() if at < first}
        for place, (at, _) in enumerate(further, first):
            out[at] = dict.fromkeys([*out.get(at, ()), *near.get(place, ())])
        return out

    def _likely(self, readings: Sequence[Name]) -> Iterator[tuple[int, list[int]]]:
        """Queries with the listed names that are worth comparing."""
        import numpy as np

        query, name, cosine = self._nearest(readings)
        few = np.array([sum(w.kind == "core" for w in n.words) <= _FEW for n in readings], dtype=bool)
        near = np.flatnonzero(few[query] | (cosine > _LEAST_KEYS))
        query, name = prefilter.likely(self._held, readings, query[near], name[near], cosine[near])
        first, counts = np.unique(query, return_counts=True)
        ends = np.cumsum(counts)
        for at, end, count in zip(first.tolist(), ends.tolist(), counts.tolist(), strict=True):
            most = _MOST_COMPARED if readings[at].vowels else count
            yield at, name[end - count : end][:most].tolist()

    def _nearest(self, readings: Sequence[Name]) -> tuple[Any, Any, Any]:
        """Queries and the listed names whose keys are near, with the cosine of both."""
        import numpy as np

        shares = -(-len(self._held.texts) // _BARE_SHARE)
        met = []
        for has_vowels, times in ((True, 1), (False, max(1, shares))):
            which = [at for at, n in enumerate(readings) if n.vowels == has_vowels]
            if which:
                asked = [keys.keys_asked(readings[at]) for at in which]
                bounds = {"most": times * _MOST_CANDIDATES, "postings": times * MOST_POSTINGS}
                query, *found = self._held.postings.nearest(asked, least=_LEAST_FEW, **bounds)
                met.append((np.array(which, dtype=np.intp)[query], *found))
        query, name, cosine = (np.concatenate(part) for part in zip(*met, strict=True))
        order = np.argsort(query, kind="stable")
        return query[order], name[order], cosine[order]

    def _by_letters(self, readings: Sequence[Name]) -> Iterator[tuple[int, int]]:
        """Queries with the listed names that have their letters, whatever the words are."""
        query, name = self._held.letters.found(readings)
        yield from zip(query.tolist(), name.tolist(), strict=True)

    def _compared(
        self, readings: Sequence[Name], kinds: Sequence[Kind], candidates: Sequence[Iterable[int]], least: float
    ) -> list[list[Hit]]:
        """The hits of each query among the listed names that are worth comparing."""
        meetings: list[_Meeting] = []
        for at, (reading, kind) in enumerate(zip(readings, kinds, strict=True)):
            as_kinds: dict[Kind, Name] = {}
            for candidate in candidates[at]:
                listed = self._held.kind(candidate)
                if (kind == "person" and listed in _NO_PERSONS) or (listed == "person" and kind in _NO_PERSONS):
                    continue
                as_kind = listed if kind == "any" else kind
                if as_kind not in as_kinds:
                    as_kinds[as_kind] = as_read(reading, as_kind)
                meetings.append((at, candidate, as_kinds[as_kind]))
        hits: list[list[Hit]] = [[] for _ in readings]
        for at, candidate, reading in self._reaching(meetings, least):
            found = compare(reading, self._listed(candidate), floor=least)
            if found.score >= least:
                hits[at] += [Hit(position, found) for position in self._held.members(candidate)]
        return [sorted(found, key=lambda h: (-h.similarity.score, h.position)) for found in hits]

    def _reaching(self, meetings: list[_Meeting], least: float) -> list[_Meeting]:
        """Those meetings that can score as high as is asked, as the compiled core sees it; all where there is none."""
        import numpy as np

        if not meetings or not 0 < least < 1 or library() is None:
            return meetings
        held, names = self._held, list[bytes]()
        asked, listed = dict[int, int](), dict[int, tuple[int, str]]()
        ends: list[tuple[int, int]] = []
        for _, candidate, reading in meetings:
            if (one := asked.get(id(reading))) is None:
                one = asked[id(reading)] = len(names)
                names.append(packed(reading))
            if (known := listed.get(candidate)) is None:
                known = listed[candidate] = len(names), held.texts[candidate].as_py()
                names.append(held.packed_at(candidate))
            ends.append((known[0], one) if reading.original > known[1] else (one, known[0]))
        both = np.array(ends, dtype=np.int32)
        highest = ceilings(names, np.ascontiguousarray(both[:, 0]), np.ascontiguousarray(both[:, 1]))
        if highest is None:
            return meetings
        floor = log_odds_of(least)
        # The core does not know the spellings of given names: what has one is compared whatever the core says.
        respelt = np.array([is_spelt(m[2]) and self._is_respelt(m) for m in meetings], dtype=bool)
        # Names that are the same text are compared whatever the core says of them.
        same = held.plain_sums[[c for _, c, _ in meetings]] == np.array([sum_of(m[2]) for m in meetings], np.uint32)
        return [
            m for m, is_open in zip(meetings, ((highest >= floor) | same | respelt).tolist(), strict=True) if is_open
        ]

    def _is_respelt(self, meeting: _Meeting) -> bool:
        _, candidate, reading = meeting
        return bool(spelt_apart(reading, self._listed(candidate)))

    def _listed(self, at: int) -> Name:
        """A listed name ready to compare; the last thousands that were read are kept."""
        found = self._read.get(at)
        if found is None:
            if len(self._read) >= _MOST_READ:
                del self._read[next(iter(self._read))]
            text, kind = self._held.name(at)
            found = self._read[at] = read(text, kind)
        return found
