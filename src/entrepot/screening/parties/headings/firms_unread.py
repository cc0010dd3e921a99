"""Firms in columns that are not read: a heading that no word explains may stand over names that a list should be asked.

The run says which columns it did not read, among dozens; that firms stand in one of them is another matter.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from entrepot.core.document.hinted import hinted
from entrepot.core.words.translate import tr
from entrepot.intake.groups.row_words import names_nobody
from entrepot.names.reading.prepare import prepare
from entrepot.screening.parties.headings.column_cells import is_firm

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from entrepot.intake.text_table import Row

_MOST_LOOKED_AT = (
    300  # different cells of a column: reading one takes some 40 microseconds, and an export has 200 columns
)
_LONGEST = 200  # characters of a cell: a longer one is a remark
_LEAST = 1 / 3  # of these cells: an alias is often a short name beside one with its legal form
_MOST_NAMED, _MOST_SHOWN = 5, 40  # columns in a note, characters of the firm that is shown


@dataclass(slots=True)
class FirmsUnread:
    """What stands in the columns that nothing is read from.

    Attributes:
        names: positions of the columns of names of parties: what says one of them again is nothing new.
        cells: the different cells of each column, by its position; whether each is a firm.
    """

    names: tuple[int, ...] = ()
    cells: Mapping[int, dict[str, bool]] = field(default_factory=dict)

    @classmethod
    def of(cls, names: Iterable[int], unread: Iterable[int]) -> FirmsUnread:
        """Nothing seen so far.

        Args:
            names: positions of the columns of names.
            unread: positions of the columns that nothing is read from.
        """
        return cls(tuple(names), {i: {} for i in unread})

    def take(self, row: Row) -> None:
        """Look at a row."""
        own: list[str] | None = None
        for i, seen in self.cells.items():
            cell = row[i]
            if not cell or cell in seen or len(seen) >= _MOST_LOOKED_AT or not any(map(str.isalpha, cell)):
                continue
            if own is None:
                own = [name.casefold() for at in self.names if (name := row[at])]
            said = cell.casefold()
            again = any(name in said or said in name for name in own)
            seen[cell] = not again and len(cell) <= _LONGEST and _is_firm(cell)

    def notes(self, headings: Sequence[str]) -> list[str]:
        """One sentence where firms stand in such columns."""
        found = {i: [c for c, firm in seen.items() if firm] for i, seen in self.cells.items()}
        found = {i: firms for i, firms in found.items() if firms and len(firms) >= _LEAST * len(self.cells[i])}
        if not found:
            return []
        named = ", ".join(f"{headings[i]} ({found[i][0][:_MOST_SHOWN]!r})" for i in list(found)[:_MOST_NAMED])
        more = tr(" and {count} more", count=len(found) - _MOST_NAMED) if len(found) > _MOST_NAMED else ""
        said = tr(
            "Firms stand in columns that are not read, and no list was asked about them: {named}{more}.",
            named=named,
            more=more,
        )
        return [
            hinted(said, tr("Have one read by --map, or as parties of their own by --name-column beside the others."))
        ]


def _is_firm(cell: str) -> bool:
    """Whether a cell is a firm's name, and no legal form alone, as a column of these has."""
    words = prepare(cell).words
    is_form = len(words) == 1 and words[0].text == "".join(c for c in cell.casefold() if c.isalnum())
    return is_firm(cell) and not is_form and not names_nobody(cell)
