"""One reading of all rows before the work: what they hold, and what a reader of the result must know of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from entrepot.vocabulary.xinjiang import where

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.screening.cells import Row
    from entrepot.screening.columns import PartyColumn
    from entrepot.screening.sources import Source

_MOST_COUNTED = 10_000  # different countries that are counted apart
_MOST_NAMED, _MOST_SHOWN = 5, 40  # values in a note, characters of each


@dataclass(slots=True)
class Survey:
    """What the rows of a table hold.

    Attributes:
        rows, parties: how many there are.
        nameless: rows that name no party.
        is_read: whether any row has a name, an address or an identifier.
        named, lettered: positions of party columns with a name, and with a name that has a letter.
        strange: countries that are not understood, with their rows.
    """

    rows: int = 0
    parties: int = 0
    nameless: int = 0
    is_read: bool = False
    named: set[int] = field(default_factory=set)
    lettered: set[int] = field(default_factory=set)
    strange: Counter[str] = field(default_factory=Counter)

    def notes(self, headings: Sequence[str], columns: Sequence[PartyColumn]) -> list[str]:
        """What a reader of the result must know."""
        odd = dict.fromkeys(c.position for c in columns if c.position in self.named - self.lettered)
        unlettered = [f"No name in column {headings[i]!r} has a letter: is it the right column?" for i in odd]
        return [*_nameless(self.nameless), *unlettered, *_strange(self.strange)]


def survey(table: Source, columns: Sequence[PartyColumn]) -> Survey:
    """Read all rows of a table once.

    Args:
        table: what is screened.
        columns: its party columns.
    """
    seen = Survey()
    countries = sorted({i for c in columns for i in c.country})
    beside = sorted({i for c in columns for i in (*c.address, *c.identifier, *c.document)})
    for row in table.rows():
        seen.rows += 1
        named = [c.position for c in columns if row[c.position]]
        seen.named.update(named)
        seen.lettered.update(i for i in named if i not in seen.lettered and any(map(str.isalpha, row[i] or "")))
        seen.parties += sum(holds_party(row, c) for c in columns)
        seen.nameless += not named
        seen.is_read = seen.is_read or bool(named) or any(row[i] for i in beside)
        for text in {row[i] for i in countries}:
            if text and not where(text) and (text in seen.strange or len(seen.strange) < _MOST_COUNTED):
                seen.strange[text] += 1
    return seen


def holds_party(row: Row, column: PartyColumn) -> bool:
    """Whether the row has this party: what may describe another party of the row does not make one."""
    if row[column.position]:
        return True
    own = {"address": column.address, "identifier": column.identifier, "document": column.document}
    return any(row[i] for role, at in own.items() if role not in column.shared for i in at)


def _nameless(count: int) -> list[str]:
    """A note on the rows that name nobody: no list can be asked about them."""
    one = "1 row names no party: its address and identifier were read, no list was asked."
    more = f"{count} rows name no party: their addresses and identifiers were read, no list was asked."
    return [one if count == 1 else more] if count else []


def _strange(found: Counter[str]) -> list[str]:
    """A note on cells that are no country: they count as empty, for what is not understood suppresses no flag."""
    if not found:
        return []
    count = found.total()
    rows = "1 row has" if count == 1 else f"{count} rows have"
    named = ", ".join(f"{c[:_MOST_SHOWN]!r}" for c, _ in found.most_common(_MOST_NAMED))
    more = f" and {len(found) - _MOST_NAMED} more" if len(found) > _MOST_NAMED else ""
    return [f"{rows} a country that is not understood and counts as not given: {named}{more}."]
