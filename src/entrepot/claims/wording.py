"""How rows are shown to a reader, and words of the text that the judge asks for."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from entrepot.claims.wordlists import rows
from entrepot.core import periods, units

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from entrepot.claims.cells import Fact
    from entrepot.claims.intervals import Printed

NEAREST = 3  # rows shown where there are more


def says(text: str, meaning: str) -> bool:
    """Whether a text has one of the words that mean this, as `data/judged_words.csv` lists them."""
    return _words(meaning).search(text.lower()) is not None


def spans(text: str, meaning: str) -> list[tuple[int, int]]:
    """Where the words stand that mean this."""
    return [m.span() for m in _words(meaning).finditer(text.lower())]


@cache
def _words(meaning: str) -> re.Pattern[str]:
    """The words of a meaning as one expression; Latin and Cyrillic words begin where a word begins."""
    words = [row["word"] for row in rows("judged_words") if row["means"] == meaning]
    return re.compile("|".join(re.escape(w) if w[0] >= "一" else rf"\b{re.escape(w)}" for w in words))


def shown(fact: Fact) -> str:
    """A fact as a reader writes it, with its row: `512 tonnes, April to October 2024 (O0001)`."""
    cell = fact.cell
    bound = next((b for b, f in BOUND_TESTS.items() if f(fact.number)), "exact")
    value = units.with_unit(fact.number.value, cell.unit or "", bound=bound, per=cell.per or "")
    growth = " on the year before" if cell.comparison == "yoy" else ""
    when = ""
    if cell.start and cell.end and not (fact.state and cell.end != cell.start):
        when = ", " + periods.words(periods.span(cell.start.isoformat(), cell.end.isoformat()))
    elif cell.start:
        when = f", from {cell.start}"
    who = f", counted by {fact.reporter}" if fact.reporter else ""
    return f"{value}{growth}{when}{who} ({fact.row_id})"


BOUND_TESTS: dict[str, Callable[[Printed], bool]] = {
    "at_least": lambda n: n.open.high == float("inf"),
    "at_most": lambda n: n.open.low == float("-inf"),
}


def listed(head: str, found: list[Fact]) -> tuple[str, ...]:
    """The facts as one sentence after `head`, the first few in full."""
    seen = list(dict.fromkeys(shown(f) for f in found))
    more = len(seen) - NEAREST
    return (f"{head} {'; '.join(seen[:NEAREST])}{f'; and {more} more' if more > 0 else ''}.",)


def ids(found: Iterable[Fact]) -> tuple[str, ...]:
    """The rows of the facts, each once."""
    return tuple(dict.fromkeys(f.row_id for f in found))
