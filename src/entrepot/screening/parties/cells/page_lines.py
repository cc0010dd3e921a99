"""Lines of the page among the rows of a table: what was filtered, who printed it, a notice, a number of a page.

No list of such phrases is complete, so they are told by what sets them off from the rows. Such a line has one cell
filled, or two or three, where the rows have many; it stands below rows; and what it says has the shape of a remark and
not of a name: a label with its colon, a day, a mark of copyright, more small words than names of this column have, or
letters in a column that holds numbers. A firm by its legal form is a party wherever it stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from entrepot.core.document.hinted import hinted
from entrepot.core.words.translate import tr
from entrepot.intake.groups.row_words import is_end, is_page, is_stamp, names_nobody
from entrepot.screening.parties.headings.column_cells import is_firm
from entrepot.screening.parties.headings.heading_role import heading_role

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from entrepot.intake.text_table import Row

    Filled = Sequence[tuple[int, str]]

_LEAST_WIDE = 3  # filled cells a row, under which a name that stands alone is a row of the table as any other
_MOST_FILLED = 3  # cells of a line of the page: "Printed by:", who, and a day
_LEAST_NUMBERS = 2  # cells without a letter, and none with one, that make a column one of numbers
_LOOKED_AT = 1_000  # rows that show how names are written in a column
_LONGEST = 300  # characters of a line that is read
_LEAST_WORDS = 3  # of a sentence
_MOST_HELD = 1_000  # names that stand alone: of more they are rows of the table
_MOST_NAMED, _MOST_SHOWN = 5, 40  # lines in a note, characters of each
_COPYRIGHT = re.compile(r"[©Ⓒ]|\(c\)\s*(?:19|20)\d\d", re.IGNORECASE)
_DAY = re.compile(
    r"(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]|\d{1,2}[-/. ](?:\d{1,2}|[^\W\d_]{3,9})[-/., ]{1,2}(?:19|20)\d\d|@\w|://"
)
_LABEL = re.compile(r"([^:：]{2,40}?)\s*[:：](?!//)(.*)", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_COLONS = (":", "：")
_ENDS = ("。", "！", "!")  # of a sentence; a name may end with a full stop, as one of "Ltd." does


@dataclass(slots=True)
class PageLines:
    """What the rows of a table show so far, by which its lines of the page are told.

    Attributes:
        names: positions of the columns of names.
        described: positions of the columns that say where a party is and which numbers it has: one such cell is of it.
    """

    names: frozenset[int]
    described: frozenset[int]
    _rows: int = 0
    _cells: int = 0
    _lone: int = 0  # rows of one cell: where they are most, such a row is one of the table
    _lettered: set[int] = field(default_factory=set)
    _bare: dict[int, int] = field(default_factory=dict)  # position -> cells without a letter
    _worded: set[int] = field(default_factory=set)  # columns in which names have the shape of a sentence

    def take(self, filled: Filled) -> None:
        """Count a row of the table, and look at how the first of them are written."""
        if len(filled) == 1:
            self._lone += 1
            return
        self._rows, self._cells = self._rows + 1, self._cells + len(filled)
        if self._rows > _LOOKED_AT:
            return
        for i, cell in filled:
            if any(map(str.isalpha, cell)):
                self._lettered.add(i)
                if i in self.names and i not in self._worded and _is_sentence(cell):
                    self._worded.add(i)
            else:
                self._bare[i] = self._bare.get(i, 0) + 1

    def is_line(self, filled: Filled) -> bool:
        """Whether a row is a line of the page, by its place so far and its shape."""
        if (
            self._lone > self._rows
            or not self._rows
            or len(filled) > _MOST_FILLED
            or 2 * len(filled) * self._rows > self._cells
        ):
            return False
        if len(filled) == 1:
            at, cell = filled[0]
            is_read = any(map(str.isalpha, cell)) and (at == 0 or at not in self.described)
            return is_read and (self._is_marked(cell) or self._is_shaped(at, cell))
        # A row with a number of its own and a name is a party, though the name may read as a remark.
        behind, marked = "", 0
        for _, cell in filled:
            is_marked = self._is_marked(cell)
            if not is_marked and (not behind.rstrip().endswith(_COLONS) or is_firm(cell)):
                return False
            behind, marked = cell if is_marked else "", marked + is_marked
        return marked > 0

    def is_alone(self, filled: Filled) -> bool:
        """Whether a row has nothing but a name, where rows have more, and the name is none of a firm by its form."""
        is_wide = self._rows > 1 and self._cells >= _LEAST_WIDE * self._rows and self._lone <= self._rows
        if len(filled) != 1 or not is_wide or filled[0][0] not in self.names:
            return False
        return not names_nobody(filled[0][1]) and not is_firm(filled[0][1])

    def _is_marked(self, cell: str) -> bool:
        """Whether a cell has what no name has: a label with its colon, a day, a number of a page, a mark."""
        text = cell[:_LONGEST]
        if is_page(text) or is_end(text) or is_stamp(text) or _COPYRIGHT.search(text):
            return True
        if is_firm(text):
            return False
        if (label := _LABEL.fullmatch(text)) is not None:
            return heading_role(label[1]).role != "party" and not is_firm(label[2])
        return _DAY.search(text) is not None

    def _is_shaped(self, at: int, cell: str) -> bool:
        """Whether a cell that stands alone is unlike those above it: letters among numbers, a remark among names."""
        text = cell[:_LONGEST]
        if is_firm(text):
            return False
        if (label := _LABEL.fullmatch(text)) is not None and heading_role(label[1]).role == "party":
            return False
        is_odd = at not in self._lettered and self._bare.get(at, 0) >= _LEAST_NUMBERS
        return is_odd or (at not in self._worded and _is_sentence(text))


def _is_sentence(text: str) -> bool:
    """Whether a text reads as a remark: it ends as a sentence, or half of its words begin small."""
    if text.endswith(_ENDS):
        return True
    words = _WORD.findall(text)
    small = sum(w[0].islower() for w in words)
    return len(words) >= _LEAST_WORDS and 2 * small >= len(words)


@dataclass(slots=True)
class LinesSeen:
    """The lines of the page of a table, and names that stand alone, which may be some.

    Attributes:
        lines: number of the row -> what it says.
        held: names that stand alone, with their rows, until all rows are seen.
        below: of those at the end of the table, below its last whole row, which are screened.
        last: number of the last row with more than a name.
    """

    lines: dict[int, str] = field(default_factory=dict)
    held: dict[int, Row] = field(default_factory=dict)
    below: dict[int, str] = field(default_factory=dict)
    last: int = 0

    def hold(self, number: int, row: Row) -> bool:
        """Keep a row with nothing but a name; false where there are too many of them to be anything else."""
        if len(self.held) < _MOST_HELD:
            self.held[number] = row
            return True
        return False

    def settled(self) -> Iterable[tuple[int, Row]]:
        """The rows held that are parties; what stands at the end below a line of the page is one too."""
        foot = min((n for n in self.lines if n > self.last), default=None)
        for number, row in self.held.items():
            name = next(filter(None, row))
            if foot is not None and number > foot:
                self.lines[number] = name
                continue
            if number > self.last:
                self.below[number] = name
            yield number, row

    def notes(self) -> list[str]:
        """What is taken for a line of the page, row by row, and what stands so and is a party."""
        told: list[str] = []
        if self.lines:
            said = tr("Taken for lines of the page, and screened as nobody: {named}.", named=_named(self.lines))
            told.append(hinted(said, tr("Where one is a party, give its row an address or a country.")))
        if self.below:
            said = tr(
                "Below the table names stand alone, and are screened as parties: {named}.", named=_named(self.below)
            )
            told.append(hinted(said, tr("Take out what is a line of the page.")))
        return told


def _named(found: dict[int, str]) -> str:
    rows = sorted(found.items())
    shown = ", ".join(
        tr("row {number} {text!r}", number=n, text=" ".join(text.split())[:_MOST_SHOWN])
        for n, text in rows[:_MOST_NAMED]
    )
    return shown + (tr(" and {count} more", count=len(rows) - _MOST_NAMED) if len(rows) > _MOST_NAMED else "")
