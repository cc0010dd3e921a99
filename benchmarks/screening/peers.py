"""nomenklatura's matchers in a process of their own environment, and the cases of sanctions-screening-benchmark."""

from __future__ import annotations

import json
import os
import subprocess
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from screening.adapters import MOST, Answer, Clock, Rapidfuzz, _answer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from screening.data import Listed

ROOT = Path(__file__).parents[2]
PAIRS = 150_000  # comparisons of one search that are aimed at; each takes some 0.1 ms
FEWEST, MANY = 20, 200  # candidates of a query
BATCH = 500
_FITTING = {
    "Person": {"Person", "LegalEntity"},
    "Company": {"Company", "LegalEntity"},
    "Vessel": {"Vessel"},
}


class NoPeersError(Exception):
    """The environment of the peers is not there."""


class Process:
    """The process of the peers, started when first asked."""

    def __init__(self) -> None:
        self._asked = 0
        python = peers_python()
        script = Path(__file__).with_name("peer_process.py")
        self._child = subprocess.Popen(
            [str(python), str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )

    def ask(self, do: str, **given: Any) -> dict[str, Any]:
        """What the process answers.

        Raises:
            RuntimeError: it ended.
        """
        self._asked += 1
        assert self._child.stdin
        assert self._child.stdout
        self._child.stdin.write(json.dumps({"do": do, "batch": self._asked, **given}) + "\n")
        self._child.stdin.flush()
        line = self._child.stdout.readline()
        if not line:
            raise RuntimeError(f"the process of the peers ended at {do!r}; its message stands above")
        answer: dict[str, Any] = json.loads(line)
        return answer


@cache
def process() -> Process:
    """The one process."""
    return Process()


def peers_python() -> Path:
    """The interpreter of the peers' environment.

    Raises:
        NoPeersError: there is none.
    """
    python = Path(os.environ.get("ENTREPOT_PEERS") or ROOT / ".venv-peers" / "bin" / "python")
    if not python.exists():
        raise NoPeersError(
            f"no environment of the peers at {python}; run `make bench-screening`, or set ENTREPOT_PEERS"
        )
    return python


class Nomenklatura:
    """A matcher of nomenklatura on FollowTheMoney entities, default configuration, as yente calls it.

    yente takes its candidates from Elasticsearch, which is not run here: the entities compared are those of the best
    listed names by rapidfuzz, or all where they are few.
    """

    default: float | None = 0.7  # yente's SCORE_THRESHOLD

    def __init__(self, algorithm: str) -> None:
        self.name = algorithm
        self.settings = (
            f"nomenklatura {algorithm}, default configuration; candidates: the {FEWEST} to {MANY} best listed names by "
            "rapidfuzz token_sort_ratio over anyascii (yente's own index is not run here); schema given"
        )
        self.clock = Clock()
        self._held: Listed | None = None
        self._before = Rapidfuzz()

    def score_pairs(self, pairs: Sequence[tuple[str, str]], schemas: Sequence[str]) -> NDArray[np.float64]:
        """As the interface says."""
        process().ask(
            "hold", entities={str(i): [s, [b]] for i, ((_, b), s) in enumerate(zip(pairs, schemas, strict=True))}
        )
        self._held = None
        queries = [[a, s, [str(i)]] for i, ((a, _), s) in enumerate(zip(pairs, schemas, strict=True))]
        return np.array([row[0] for row in self._scores(queries, "pairs")])

    def search(self, queries: Sequence[str], held: Listed, schema: str, *, least: float = 0.0) -> list[Answer]:
        """As the interface says."""
        del least
        self._hold(held)
        most = max(FEWEST, min(MANY, PAIRS // max(1, len(queries))))
        candidates = [self._fitting(found, held, schema) for found in self._before.ranked(queries, held, most)]
        asked = [[q, schema, list(c)] for q, c in zip(queries, candidates, strict=True)]
        answers = []
        for found, scores in zip(candidates, self._scores(asked, "search"), strict=True):
            best = sorted(zip(found.values(), scores, strict=True), key=lambda f: (-f[1], f[0]))
            answers.append(_answer(best[:MOST], held))
        return answers

    def _hold(self, held: Listed) -> None:
        if self._held is not held:
            entities: dict[str, tuple[str, list[str]]] = {}
            for name, entity, schema in zip(held.names, held.entities, held.schemas, strict=True):
                entities.setdefault(entity, (schema, []))[1].append(name)
            self.clock.add("index", process().ask("hold", entities=entities)["cpu"])
            self._held = held

    def _fitting(self, found: list[tuple[int, float]], held: Listed, schema: str) -> dict[str, int]:
        """Entities of the schemas that yente would search, each with the position of its best name."""
        fits = _FITTING.get(schema, {"Person", "Company", "LegalEntity", "Vessel"})
        out: dict[str, int] = {}
        for position, _ in found:
            if held.schemas[position] in fits:
                out.setdefault(held.entities[position], position)
        return out

    def _scores(self, queries: list[list[Any]], what: str) -> list[list[float]]:
        out: list[list[float]] = []
        for start in range(0, len(queries), BATCH):
            answer = process().ask("score", algorithm=self.name, queries=queries[start : start + BATCH])
            self.clock.add(what, answer["cpu"])
            out += answer["scores"]
        return out
