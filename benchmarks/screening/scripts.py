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
    entities = tuple(f"pair {data.same_text(b)}" for b, _ in rows)
    return Listed(tuple(b for b, _ in rows), entities, tuple(KIND[s] for _, s in rows))


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
    return _figures("uflpa", "all lists", found, right)


def _by_entity(held: Listed) -> list[tuple[str, list[str]]]:
    names: dict[str, list[str]] = {}
    for name, entity in zip(held.names, held.entities, strict=True):
        names.setdefault(entity, []).append(name)
    return list(names.items())


def _pairs(who: Contestant, task: str) -> list[Figure]:
    pairs = data.cross_script(*SETS[task])
    figures = []
    for where, held in (("the file's Latin names", among(task)), ("all lists", pool())):
        found = who.search([a for a, _ in pairs], held, KIND[SETS[task][1]])
        figures += _figures(task, where, found, data.right_answers([b for _, b in pairs], held))
    return figures


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
