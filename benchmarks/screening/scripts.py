"""Tasks: names in other scripts against Latin names."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from screening import data, metrics
from screening.data import Listed
from screening.figures import Figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from screening.adapters import Answer, Contestant

PRECISION = 0.95
# Nearness of two Latin names, by token_sort_ratio, from which they may be one party under two romanisations.
UNDECIDED = 80
ALL, FILE = "all lists", "the file's Latin names"
SETS = {"cyrillic": ("cyrillic", "Person"), "arabic": ("arabic", "Person"), "han": ("han", "Organization")}


@cache
def pool() -> Listed:
    """Latin names of all lists and of the UFLPA entities, then the Latin forms of the pairs.

    Of equal answers the first counts, and a pair's own Latin form stands last: a tie goes against the contestant.
    """
    return data.all_lists() + data.uflpa()[1] + _forms(tuple(SETS))


def _forms(sets: tuple[str, ...]) -> Listed:
    """The Latin forms of the pairs; what is written alike is one entity."""
    rows = [(b, schema) for s in sets for script, schema in [SETS[s]] for _, b in data.cross_script(script, schema)]
    named = [(form, f"pair {data.same_text(b)}", KIND[s]) for b, s in rows for form in data.forms(b, s)]
    names, entities, schemas = zip(*named, strict=True)
    return Listed(names, entities, schemas)


KIND = {"Person": "Person", "Organization": "Company"}


@cache
def among(task: str) -> Listed:
    """The Latin forms of one set of pairs."""
    return _forms((task,))


def cyrillic(who: Contestant) -> list[Figure]:
    """Persons written in Cyrillic."""
    return _pairs(who, "cyrillic")


def arabic(who: Contestant) -> list[Figure]:
    """Persons written in Arabic script."""
    return _pairs(who, "arabic")


def han(who: Contestant) -> list[Figure]:
    """Companies written in Chinese; many are brand names in Latin, which no reading of the characters gives."""
    return _pairs(who, "han")


def uflpa(who: Contestant) -> list[Figure]:
    """Chinese names of UFLPA entities: the index holds no Chinese form of any."""
    queries = data.uflpa()[0]
    held = pool()
    own = dict(_by_entity(held))
    right = [
        frozenset({entity}) | frozenset(e for found in data.right_answers(own[entity], held) for e in found)
        for _, entity in queries
    ]
    found = who.search([q for q, _ in queries], held, "Company")
    return _figures("uflpa", ALL, found, right)


def _by_entity(held: Listed) -> list[tuple[str, list[str]]]:
    names: dict[str, list[str]] = {}
    for name, entity in zip(held.names, held.entities, strict=True):
        names.setdefault(entity, []).append(name)
    return list(names.items())


def among_the_file(who: Contestant, task: str) -> list[Figure]:
    """One set of pairs among its own Latin names."""
    return _within(who, task, FILE, among(task))


def _pairs(who: Contestant, task: str) -> list[Figure]:
    return [*among_the_file(who, task), *_within(who, task, ALL, pool())]


def _within(who: Contestant, task: str, where: str, held: Listed) -> list[Figure]:
    script, schema = SETS[task]
    pairs = data.cross_script(script, schema)
    found = who.search([a for a, _ in pairs], held, KIND[schema])
    right = [
        frozenset({f"pair {data.same_text(b)}"}).union(*data.right_answers(data.forms(b, schema), held))
        for _, b in pairs
    ]
    decided = [a.without(u - r) for a, u, r in zip(found, _undecided(task, where), right, strict=True)]
    return _figures(task, where, decided, right)


@cache
def _undecided(task: str, where: str) -> list[frozenset[str]]:
    """For each pair the entities with a name so near its Latin form that they may be its party.

    Nobody has labelled them, and most are the party under another romanisation; an answer that names one is passed
    over, whoever gives it. Among the file's own names none is: each pair is one party there.
    """
    from rapidfuzz import fuzz, process

    from screening.adapters import latin_text

    pairs = data.cross_script(*SETS[task])
    if where != ALL:
        return [frozenset()] * len(pairs)
    held = pool()
    texts = [latin_text(n) for n in held.names]
    out: list[frozenset[str]] = []
    for start in range(0, len(pairs), 200):
        asked = [latin_text(data.forms(b, SETS[task][1])[0]) for _, b in pairs[start : start + 200]]
        near = process.cdist(asked, texts, scorer=fuzz.token_sort_ratio, dtype=np.uint8, score_cutoff=UNDECIDED)
        out += [frozenset(held.entities[i] for i in np.flatnonzero(row)) for row in near]
    return out


def _figures(task: str, where: str, found: Sequence[Answer], right: Sequence[frozenset[str]]) -> list[Figure]:
    scores = np.array([a.best for a in found])
    hits = np.array([a.first_is(r) for a, r in zip(found, right, strict=True)])

    def recall(drawn: NDArray[np.int64]) -> float:
        return metrics.recall_at_precision(scores[drawn], hits[drawn], PRECISION, len(drawn))

    def first(drawn: NDArray[np.int64]) -> float:
        return float(hits[drawn].mean())

    whole = np.arange(len(hits))
    named = {f"recall at precision .95, against {where}": recall, f"right answer first, against {where}": first}
    return [
        Figure(task, what, f(whole), "share", len(hits), *metrics.bootstrap(f, len(hits), repeats=1_000))
        for what, f in named.items()
    ]
