"""Where the headings of a table stand: in the first row, below lines of a title, or in two rows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from entrepot.screening.parties.party_columns import folded, has_party, is_han, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.screening.tables.cells import Row

LOOKED_AT = 10  # rows: a cover of more lines than that is a page of its own
# Words that stand in headings beside those that say what a column holds, and say nothing themselves.
_BESIDE = frozenset({"no", "nr", "of", "the", "and", "full", "legal", "english", "local", "code", "id"})
_MOST_LEFT = 2  # Chinese characters of a heading that no word explains


@dataclass(frozen=True, slots=True)
class Heading:
    """The headings of a table.

    Attributes:
        cells: the headings.
        at: position of the row that they stand in, the lower of two.
        above: how many rows of headings there are.
    """

    cells: tuple[str, ...]
    at: int
    above: int = 1

    def note(self) -> str:
        """One sentence where they do not stand alone in the first row; empty where they do."""
        if self.at == 0:
            return ""
        where = f"rows {self.at} and {self.at + 1}" if self.above > 1 else f"row {self.at + 1}"
        return f"The headings stand in {where}; row 1 of the results is row {self.at + 2} there."


def heading_of(rows: Sequence[Row], chosen: Sequence[str] = ()) -> Heading | None:
    """The headings among the first rows of a table; None where no row has a known one.

    Another row than the first is taken only where it consists of known headings, so that no party is taken for one.

    Args:
        rows: the first ones.
        chosen: headings that must be there; empty for a known heading of a party.
    """
    top = [[c or "" for c in r] for r in rows[:LOOKED_AT]]
    first = next((i for i, r in enumerate(top) if any(r)), None)
    if first is None:
        return None
    if chosen:
        at = next((i for i, r in enumerate(top) if {folded(c) for c in chosen} <= {folded(c) for c in r}), None)
        return None if at is None else Heading(tuple(top[at]), at)
    below = next((i for i, r in enumerate(top) if i > first and _is_heading(r)), None)
    is_title = _filled(top[first]) == 1 and below is not None and _filled(top[below]) > 1
    if has_party(top[first]) and not is_title:
        return _with_second(top, first)
    return None if below is None else _with_second(top, below)


def _with_second(top: list[list[str]], at: int) -> Heading:
    """The headings of a row with those of the row under it, where that consists of known headings too."""
    under = top[at + 1] if at + 1 < len(top) else []
    if _filled(under) < 2 or not all(_is_known(c) for c in under if c) or not has_party(under):  # noqa: PLR2004 - a row
        return Heading(tuple(top[at]), at)
    both, group = [], ""
    for i in range(max(len(under), len(top[at]))):
        over = top[at][i] if i < len(top[at]) else ""
        group = over or group  # a merged cell stands in its first column only
        both.append(" ".join(filter(None, (group, under[i] if i < len(under) else ""))))
    return Heading(tuple(both), at + 1, 2)


def _filled(row: Sequence[str]) -> int:
    return sum(map(bool, row))


def _is_heading(row: Sequence[str]) -> bool:
    """Whether a row names a party column in known words, and most of its other cells are known too."""
    known = [c for c in row if c and _is_known(c)]
    return has_party(known) and 2 * len(known) >= _filled(row)


def _is_known(cell: str) -> bool:
    """Whether a cell consists of words of headings."""
    text = folded(cell)
    if is_han(text):
        rest = text
        for word in _han():
            rest = rest.replace(word, "")
        return rest != text and len(rest.replace(" ", "")) <= _MOST_LEFT
    return bool(text) and all(t in _tokens() or t.isdigit() for t in text.split())


@cache
def _han() -> tuple[str, ...]:
    return tuple(sorted((w for *_, w in words() if is_han(w)), key=len, reverse=True))


@cache
def _tokens() -> frozenset[str]:
    return _BESIDE | {t for *_, w in words() for t in w.split()}
