"""Cells that a spreadsheet made of what was typed: 1.00E+05 of a number, 1-Mar of a name, a long number cut short.

What stood there the file does not say. A number in scientific notation is several parties' number, so it is nobody's
key; all else is read as it stands. Each is told, with how many there are and the first of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from entrepot.core.document.hinted import hinted
from entrepot.core.words.translate import marked, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.screening.parties.party_columns import PartyColumn

# A spreadsheet writes two digits of the exponent and its sign; a part number (1E5) has neither.
_SHORTENED = re.compile(r"[+-]?\d(?:[.,]\d+)?[Ee]\+\d{2,3}")
# A spreadsheet keeps 15 digits of a number and writes 0 for the rest; credit codes have 18, accounts 16 and more.
_LOST_END = re.compile(r"\d{15}0+")
_MONTHS = (
    r"(?:jan|feb|mar|mär|mrz|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez|janv|févr|mars|avr|juin|juil|août|sept|déc|"
    r"ene|abr|ago|dic)"
)
_DATE = re.compile(
    rf"\d{{1,2}}[-. ]{_MONTHS}\.?(?:[-. ]\d{{2,4}})?|{_MONTHS}\.?[- ]\d{{2,4}}|"
    r"\d{4}-\d\d-\d\d(?:[T ][\d:]+)?|\d{1,2}[./]\d{1,2}[./]\d{4}",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_LONGEST = 25  # characters of a date with its time

_NOTES = {
    "shortened": marked(
        "In column {heading!r} a spreadsheet shortened numbers ({cell!r} in row {row}; {count} in all): what they were "
        "is lost, and none counts as a party's own number."
    ),
    "lost_end": marked(
        "In column {heading!r} numbers of 16 digits or more end in 0 from the sixteenth on ({cell!r} in row {row}; "
        "{count} in all): a spreadsheet keeps 15 digits, and the rest is likely lost."
    ),
    "date": marked(
        "In column {heading!r} dates stand for names ({cell!r} in row {row}; {count} in all): a spreadsheet makes a "
        "date of a name such as MAR-1, and what it was is lost."
    ),
    "number": marked(
        "In column {heading!r} numbers stand for names ({cell!r} in row {row}; {count} in all): they are compared as "
        "they stand."
    ),
}


def is_shortened(cell: str) -> bool:
    """Whether a cell is a number in scientific notation, of which a spreadsheet kept the first digits.

    >>> is_shortened("1.00E+05"), is_shortened("9,16532E+17"), is_shortened("1E5"), is_shortened("100000")
    (True, True, False, False)
    """
    return _SHORTENED.fullmatch(cell) is not None


@dataclass(slots=True)
class MangledCells:
    """What a spreadsheet made of cells of a table.

    Attributes:
        names, numbers: positions of the columns that name a party, and that number it.
        counts: position and what happened -> cells, the row of the first, and the first.
    """

    names: frozenset[int] = frozenset()
    numbers: frozenset[int] = frozenset()
    counts: dict[tuple[int, str], tuple[int, int, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, columns: Sequence[PartyColumn]) -> MangledCells:
        """For the columns of parties."""
        numbers = (i for c in columns for i in (*c.key, *c.identifier, *c.document))
        return cls(frozenset(c.position for c in columns), frozenset(numbers))

    def take(self, number: int, row: Sequence[str | None]) -> None:
        """Look at a row.

        Args:
            number: of the row, as a spreadsheet shows it.
            row: its cells.
        """
        for at in self.numbers:
            if (cell := row[at]) and cell[0].isdigit():
                self._count(at, "shortened" if is_shortened(cell) else _lost(cell), number, cell)
        for at in self.names:
            if (cell := row[at]) and len(cell) <= _LONGEST and any(map(str.isdigit, cell)):
                self._count(at, _of_name(cell), number, cell)

    def _count(self, at: int, what: str, number: int, cell: str) -> None:
        if what:
            count, first, shown = self.counts.get((at, what), (0, number, cell))
            self.counts[at, what] = (count + 1, first, shown)

    def notes(self, headings: Sequence[str]) -> list[str]:
        """A note on each column and each thing that happened to it.

        Args:
            headings: of the table.
        """
        return [
            hinted(
                tr(_NOTES[what], count=count, heading=headings[at], cell=cell, row=row),
                tr("Export it again with its columns as text."),
            )
            for (at, what), (count, row, cell) in sorted(self.counts.items())
        ]


def _lost(cell: str) -> str:
    return "lost_end" if _LOST_END.fullmatch(cell) else ""


def _of_name(cell: str) -> str:
    if is_shortened(cell):
        return "shortened"
    if _DATE.fullmatch(cell):
        return "date"
    return "number" if _NUMBER.fullmatch(cell) else ""
