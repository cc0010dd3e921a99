"""A party that is printed once above the rows of its sites: these are its own, and no parties without a name.

A pivot table, and a report that suppresses what repeats, print number and name of a vendor in the first of its rows.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from entrepot.core.words.translate import tr
from entrepot.intake.groups.row_words import is_stamp, is_total

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from entrepot.intake.text_table import Numbered, Row, TextTable
    from entrepot.screening.parties.party_columns import PartyColumn

_LEAST = 2  # rows: one may have lost its name
_MOST_SHOWN = 5  # rows that a note names
_PRINTED = frozenset({"delimited", "workbook"})  # tables that a person laid out; an object has its fields


def named_once(table: TextTable, columns: Sequence[PartyColumn], unnamed: int) -> TextTable | None:
    """The table with number and name of a party in each row of its sites; None where it is not printed once.

    So where at least two rows have an address, but neither a name nor a number of the party, and no two rows after one
    another repeat a party: in a table that prints each, a blank is a blank. A row that has lost its name alone keeps
    its number, and is nobody's still.

    Args:
        table: as it was opened.
        columns: the party columns.
        unnamed: how many rows have a party by its address or number alone.
    """
    placed = [c for c in columns if c.key and c.address and "address" not in c.shared]
    if table.kind not in _PRINTED or unnamed < _LEAST or len(placed) != 1:
        return None
    made = _Filled(placed[0])
    for _ in made.read(table.numbered()):
        pass  # all is read once, for whether a party is repeated anywhere
    if made.repeats or len(made.filled) < _LEAST:
        return None
    column = placed[0]
    return replace(
        table,
        numbered=lambda: _Filled(column).read(table.numbered()),
        notes=(*table.notes, made.note(table.headings[column.position])),
        fast=None,
    )


@dataclass(slots=True)
class _Filled:
    """Rows that have a party from the one above them.

    Attributes:
        column: of the party.
        filled: numbers of these rows.
        repeats: rows that name the party of the one above them again.
    """

    column: PartyColumn
    filled: list[int] = field(default_factory=list)
    repeats: int = 0

    def read(self, rows: Iterable[Numbered]) -> Iterator[Numbered]:
        """The rows; they keep their numbers."""
        at = (*self.column.names, *self.column.key)
        places = (*self.column.address, *self.column.country)
        held: Row = []
        for number, row in rows:
            if any(row[i] for i in at):
                own = [row[i] for i in at]
                self.repeats += own == held
                held = own
            elif held and any(_is_place(row[i] or "") for i in places):
                cells = list(row)
                for i, cell in zip(at, held, strict=True):
                    cells[i] = cell
                self.filled.append(number)
                yield number, cells
                continue
            yield number, row

    def note(self, heading: str) -> str:
        """What there is to say of them."""
        shown = ", ".join(map(str, self.filled[:_MOST_SHOWN])) + ", …" * (len(self.filled) > _MOST_SHOWN)
        return tr(
            "{count:,} rows have an address and neither a name nor a number (rows {shown}): each is of the party in "
            "{heading} above it, which is printed once.",
            count=len(self.filled),
            shown=shown,
            heading=heading,
        )


def _is_place(cell: str) -> bool:
    """Whether a cell may be of an address: words, and not those of a total or of the time of the export."""
    return any(map(str.isalpha, cell)) and not is_total(cell) and not is_stamp(cell)
