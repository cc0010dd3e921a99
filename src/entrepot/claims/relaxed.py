"""Facts that differ from a claim in one thing: the place, the period, the mode or the comparison."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from entrepot.claims import cells
from entrepot.claims.wording import says

if TYPE_CHECKING:
    from collections.abc import Iterable

    from entrepot.claims.cells import Cell, Fact, Index
    from entrepot.claims.model import Claim

_RECENT = timedelta(days=400)  # an undated figure is of the year before publication, or a little earlier


def there(claim: Claim, fact: Fact) -> bool:
    """Whether the finer places share a word; where one is not said, or in another script, that is not asked."""
    if not (claim.where and fact.where) or not claim.where.isascii() or says(claim.where, "province"):
        return True
    names = [set(re.findall(r"[a-z]{4,}", text.lower())) for text in (claim.where, fact.where)]
    return bool(names[0] & names[1]) or not names[0]


def _undated(cell: Cell, fact: Fact, published: date | None) -> bool:
    """Whether a figure without a period may be of this fact: no growth, no half-line, and not long before."""
    if cell.end is not None or cell.comparison != "none":
        return False
    last = fact.cell.end or fact.cell.start
    recent = published is None or last is None or published - _RECENT <= last <= published
    return (recent and fact.table != "batches") or fact.state


def relaxed(index: Index, claim: Claim, cell: Cell, published: date | None) -> Iterable[tuple[Fact, str]]:
    """Facts that differ from the cell in one thing, with the words for it."""
    held = sorted(cells.of(index, cell), key=lambda f: f.cell.end or date.min, reverse=cell.end is None)
    for fact in held:
        if not there(claim, fact):
            if cells.same_thing(index, cell, fact) and cells.same_period(cell, fact):
                yield fact, f"At {fact.where} on record"
            continue
        whole = cells.same_thing(index, cell, fact)
        if whole and (cells.near_period(cell, fact.cell) or _undated(cell, fact, published)):
            yield fact, "Another period on record" if cell.end else "The text gives no period; on record"
        if not cells.same_period(cell, fact) or whole:
            continue
        if cells.same_thing(index, cell, fact, but="mode"):
            yield fact, f"By {fact.cell.mode or 'all modes'} on record"
        if cells.same_thing(index, cell, fact, but="comparison"):
            yield fact, "Another comparison on record"
    yield from _elsewhere(index, cell)


def _elsewhere(index: Index, cell: Cell) -> Iterable[tuple[Fact, str]]:
    """Facts of the place that the subject is part of, or of a part of it."""
    for place in _relatives(index, cell.subject):
        moved = replace(cell, subject=place)
        for fact in cells.of(index, moved):
            if cells.same_thing(index, moved, fact) and cells.same_period(moved, fact):
                yield fact, f"Of {index.names.get(place, place)} on record"


def _relatives(index: Index, place: str) -> list[str]:
    parent = index.parents.get(place)
    return [*([parent] if parent else []), *(child for child, of in index.parents.items() if of == place)]
