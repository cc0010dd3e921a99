"""Whether a search brings up what the comparison scores: damaged names of all lists, by kind of damage."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from screening import damage, data
from screening.adapters import KINDS as KIND_OF
from screening.adapters import Rapidfuzz

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.names.search.index import Hit, Index
    from screening.data import Listed

LISTS = (*data.FILES, *data.MORE)
SCORES = 0.8  # a pair that a desk would stop without a second look
PEER_LEAST = 0.85  # of token_sort_ratio: at .80 rapidfuzz stops three times as many invented names as the product does
HEAD = f"{'kind':<12} {'names':>5}  scores .8  brought up  found at .70  found at .80  ms"


@dataclass(frozen=True, slots=True)
class Drawn:
    """Which names are changed.

    Attributes:
        seed: of names and changes.
        each: names a kind.
        only: of this list; of all where it is empty.
        but: not of this list.
    """

    seed: int
    each: int
    only: str = ""
    but: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A changed name.

    Attributes:
        text: as it is asked for.
        at: position of the name that was changed.
    """

    text: str
    at: int


@dataclass(frozen=True, slots=True)
class Measured:
    """What became of the changed names of a kind.

    Attributes:
        cases: how many.
        scoring: of them those whose pair scores SCORES or more, compared directly.
        brought_up: of these those whose pair is among what the search compared.
        found, found_high: changed names that meet their entity at the default, and at SCORES.
        lost: sentences on pairs that score and were not brought up.
        low: likewise on those that were not found at the default.
    """

    cases: int
    scoring: int
    brought_up: int
    found: int
    found_high: int
    lost: tuple[str, ...]
    low: tuple[str, ...]


@cache
def all_lists() -> Listed:
    """The names of every list on the shelf and of the UFLPA entities, in every script."""
    every = data.all_lists(latin=False)
    return sum(map(data.listed, data.MORE), every) + data.uflpa()[1]


def index_of(held: Listed) -> Index:
    """An index over names, as a screening makes it."""
    from entrepot.names.search.index import Index

    return Index(held.names, [KIND_OF.get(s, "any") for s in held.schemas])


def chosen(held: Listed, drawn: Drawn) -> list[int]:
    """Positions of the names that may be changed, of all lists or of one, or of all but one."""
    found: list[int] = []
    at = 0
    for id_ in LISTS:
        size = len(data.listed(id_))
        found += range(at, at + size) if id_ == drawn.only or (not drawn.only and id_ != drawn.but) else []
        at += size
    return found + ([] if drawn.only else list(range(at, len(held))))


def drawn(held: Listed, kind: str, how: Drawn, places: Sequence[int] | None = None) -> list[Case]:
    """Names that a kind of damage fits, changed; each text once.

    Args:
        held: the names.
        kind: of damage.KINDS.
        how: seed and number.
        places: positions of the names that may be changed; all when left out.
    """
    order = list(range(len(held)) if places is None else places)
    firms = kind in {"brand_typo", "trade_typo", "brand_split"}
    random.Random(f"{how.seed}/{kind}").shuffle(order)
    out: dict[str, Case] = {}
    for at in order:
        if len(out) == how.each:
            break
        if (firms and held.schemas[at] != "Company") or not data.is_latin(held.names[at]):
            continue
        text = damage.damaged(held.names[at], kind, how.seed)
        if text and text.casefold() != held.names[at].casefold():
            out.setdefault(text, Case(text, at))
    return list(out.values())


def measured(index: Index, held: Listed, asked: Sequence[Case]) -> Measured:
    """Search for changed names, and compare each with the name that it was."""
    from entrepot.names.similarity import similarity
    from entrepot.screening.runs.run import MIN_SCORE

    hits = index.search_many([c.text for c in asked], least=MIN_SCORE)
    right = data.right_answers([held.names[c.at] for c in asked], held)
    scoring = brought = found = high = 0
    lost, low = [], []
    for case, met, entities in zip(asked, hits, right, strict=True):
        name = held.names[case.at]
        score = similarity(case.text, name, KIND_OF.get(held.schemas[case.at], "any")).score
        best = _best(met, held, entities)
        found += best >= MIN_SCORE
        high += best >= SCORES
        if score >= SCORES:
            scoring += 1
            is_there = any(held.names[h.position] == name for h in met)
            brought += is_there
            lost += [] if is_there else [f"{case.text} | {name} | {score:.3f}"]
        if best < MIN_SCORE:
            low.append(f"{case.text} | {name} | {score:.3f}")
    return Measured(len(asked), scoring, brought, found, high, tuple(lost), tuple(low))


def _best(met: Sequence[Hit], held: Listed, entities: frozenset[str]) -> float:
    return max((h.similarity.score for h in met if held.entities[h.position] in entities), default=0.0)


def line(kind: str, found: Measured, seconds: float) -> str:
    """A row of the table."""
    of = max(1, found.cases)
    up = found.brought_up / max(1, found.scoring)
    return (
        f"{kind:<12} {found.cases:>5}  {found.scoring / of:>9.4f}  {up:>10.4f}  {found.found / of:>12.4f}"
        f"  {found.found_high / of:>12.4f}  {1000 * seconds / of:.2f}"
    )


def by_letters(held: Listed, asked: Sequence[Case]) -> float:
    """The share that rapidfuzz finds among all names at PEER_LEAST."""
    right = data.right_answers([held.names[c.at] for c in asked], held)
    found = Rapidfuzz().search([c.text for c in asked], held, "LegalEntity")
    return sum(a.score_of(r) >= PEER_LEAST for a, r in zip(found, right, strict=True)) / max(1, len(asked))
