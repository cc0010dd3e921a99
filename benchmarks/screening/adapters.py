"""Those who are measured, behind one interface: pairs scored, and names searched among listed names."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from entrepot.names.reading.name import Kind
    from screening.data import Listed

KINDS: dict[str, Kind] = {"Person": "person", "Company": "company", "Organization": "company", "Vessel": "vessel"}
MOST = 10  # entities an answer names; a desk looks at no more


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search found.

    Attributes:
        entities: best first, each once, at most MOST.
        scores: of each.
        names: the listed name that met.
    """

    entities: tuple[str, ...]
    scores: tuple[float, ...]
    names: tuple[str, ...]

    def score_of(self, right: frozenset[str]) -> float:
        """The best score of a right entity; 0 where none was found."""
        return max((s for e, s in zip(self.entities, self.scores, strict=True) if e in right), default=0.0)

    def without(self, entities: frozenset[str]) -> Answer:
        """The answer with these entities passed over."""
        kept = [i for i, e in enumerate(self.entities) if e not in entities]
        return Answer(
            tuple(self.entities[i] for i in kept),
            tuple(self.scores[i] for i in kept),
            tuple(self.names[i] for i in kept),
        )

    @property
    def best(self) -> float:
        """The score of the first entity; 0 where none was found."""
        return self.scores[0] if self.scores else 0.0

    def first_is(self, right: frozenset[str]) -> bool:
        """Whether the first entity is right; one that ties with a wrong one counts by its place."""
        return bool(self.entities) and self.entities[0] in right


@dataclass(slots=True)
class Clock:
    """CPU seconds spent, by what."""

    seconds: dict[str, float] = field(default_factory=dict)

    def add(self, what: str, seconds: float) -> None:
        """Add to what was spent on it."""
        self.seconds[what] = self.seconds.get(what, 0.0) + seconds


class Contestant(Protocol):
    """One that is measured.

    Attributes:
        name: as the table heads its column.
        settings: what it was run with, and what it was given to choose from.
        default: the threshold that its makers recommend; None where they name none.
        clock: CPU time spent.
    """

    name: str
    settings: str
    default: float | None
    clock: Clock

    def score_pairs(self, pairs: Sequence[tuple[str, str]], schemas: Sequence[str]) -> NDArray[np.float64]:
        """The score of each pair, in [0, 1]."""

    def search(self, queries: Sequence[str], held: Listed, schema: str, *, least: float = 0.0) -> list[Answer]:
        """The best entities for each query.

        Args:
            queries: names.
            held: the listed names.
            schema: what the queries name, as the one who asks would know it; LegalEntity where not known.
            least: answers that score less are not needed, and may be left out.
        """


class Entrepot:
    """The product."""

    name = "entrepot"
    settings = "names.similarity, names.index.Index.search over all listed names"

    def __init__(self) -> None:
        from entrepot.screening.runs.run import MIN_SCORE

        self.default: float | None = MIN_SCORE
        self.clock = Clock()
        self._held: tuple[Listed, object] | None = None

    def score_pairs(self, pairs: Sequence[tuple[str, str]], schemas: Sequence[str]) -> NDArray[np.float64]:
        """As the interface says."""
        from entrepot.names.similarity import similarity

        with _timed(self.clock, "pairs"):
            found = [similarity(a, b, KINDS.get(s, "any")).score for (a, b), s in zip(pairs, schemas, strict=True)]
        return np.array(found)

    def search(self, queries: Sequence[str], held: Listed, schema: str, *, least: float = 0.0) -> list[Answer]:
        """As the interface says."""
        from entrepot.names.search.index import Index

        if self._held is None or self._held[0] is not held:
            with _timed(self.clock, "index"):
                self._held = (held, Index(held.names, [KINDS.get(s, "any") for s in held.schemas]))
        index = self._held[1]
        assert isinstance(index, Index)
        with _timed(self.clock, "search"):
            hits = [index.search(q, least=least, kind=KINDS.get(schema, "any")) for q in queries]
        return [_answer(((h.position, h.similarity.score) for h in found), held) for found in hits]

    def reasons(self, left: str, right: str, schema: str) -> tuple[str, ...]:
        """Why a pair scores as it does."""
        from entrepot.names.similarity import similarity

        return similarity(left, right, KINDS.get(schema, "any")).reasons


class Rapidfuzz:
    """`token_sort_ratio` over anyascii text in lower case, by `process.cdist`: every listed name is compared."""

    name = "rapidfuzz"
    settings = "token_sort_ratio, utils.default_process over anyascii, process.cdist with every listed name, one worker"
    default: float | None = None

    def __init__(self) -> None:
        self.clock = Clock()
        self._held: tuple[Listed, list[str]] | None = None

    def score_pairs(self, pairs: Sequence[tuple[str, str]], schemas: Sequence[str]) -> NDArray[np.float64]:
        """As the interface says."""
        from rapidfuzz import fuzz

        del schemas
        with _timed(self.clock, "pairs"):
            found = [fuzz.token_sort_ratio(latin_text(a), latin_text(b)) / 100 for a, b in pairs]
        return np.array(found)

    def search(self, queries: Sequence[str], held: Listed, schema: str, *, least: float = 0.0) -> list[Answer]:
        """As the interface says."""
        del schema, least
        return [_answer(found, held) for found in self.ranked(queries, held, 4 * MOST)]

    def ranked(self, queries: Sequence[str], held: Listed, most: int) -> Iterator[list[tuple[int, float]]]:
        """Positions of the best listed names of each query with their scores, best first."""
        from rapidfuzz import fuzz, process

        if self._held is None or self._held[0] is not held:
            with _timed(self.clock, "index"):
                self._held = (held, [latin_text(n) for n in held.names])
        texts = self._held[1]
        if len(queries) == 1:  # cdist reads all listed names anew for each call
            with _timed(self.clock, "search"):
                asked = latin_text(queries[0])
                hits = process.extract(asked, texts, scorer=fuzz.token_sort_ratio, limit=most)
            yield [(i, score / 100) for _, score, i in hits]
            return
        for start in range(0, len(queries), 200):
            with _timed(self.clock, "search"):
                batch = [latin_text(q) for q in queries[start : start + 200]]
                scores = process.cdist(batch, texts, scorer=fuzz.token_sort_ratio, dtype=np.uint8, workers=1)
                best = [_top(row, most) for row in scores]
            yield from best


def _top(row: NDArray[np.uint8], most: int) -> list[tuple[int, float]]:
    """The best positions of a row, best first; of equal ones the first."""
    if len(row) > most:
        least = np.partition(row, len(row) - most)[len(row) - most]
        chosen = np.flatnonzero(row >= least)
    else:
        chosen = np.arange(len(row))
    ordered = chosen[np.argsort(-row[chosen].astype(int), kind="stable")][:most]
    return [(int(i), float(row[i]) / 100) for i in ordered]


def latin_text(name: str) -> str:
    """Letters and digits in lower case, one space between words."""
    from anyascii import anyascii
    from rapidfuzz import utils

    return " ".join(utils.default_process(anyascii(name)).split())


def _answer(found: Iterator[tuple[int, float]] | list[tuple[int, float]], held: Listed) -> Answer:
    """Each entity once, by its best name."""
    best: dict[str, tuple[float, str]] = {}
    for position, score in found:
        entity = held.entities[position]
        if entity not in best and len(best) < MOST:
            best[entity] = (score, held.names[position])
    return Answer(tuple(best), tuple(s for s, _ in best.values()), tuple(n for _, n in best.values()))


class _timed:  # noqa: N801 - reads as a word of the sentence it stands in
    """CPU time of a block, added to a clock."""

    def __init__(self, clock: Clock, what: str) -> None:
        self._clock, self._what = clock, what

    def __enter__(self) -> None:
        self._begun = time.process_time()

    def __exit__(self, *_: object) -> None:
        self._clock.add(self._what, time.process_time() - self._begun)
