"""Rows that go on with what a row above says: lines of an order under its head, rows under a line that names a party.

Odoo prints an order once, in the row of its first line, and its further lines with all else blank; QuickBooks and 1C
print a vendor in a row of its own, what came from it below, and a total behind. Both are read as people read them, and
the rows that were filled are counted.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from entrepot.core.words.translate import ntr
from entrepot.intake.groups.row_words import is_stamp

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from entrepot.intake.text_table import Numbered, Row

_COUNTED = re.compile(r"\s*\(\d+\)$")  # how many rows a group holds, behind its name
_RULED = re.compile(r"[-=_─━*+]{3,}")
_FEWEST = 2  # columns of lines: one alone, filled where all else is blank, is a text that goes on
_TOTAL = "total"  # what a line that sums a group is called from here on: a word on record for it


def prefix_of(heading: str) -> str:
    """What stands before the last stroke of a heading that is a path: `Order Lines` of `Order Lines/Product`.

    >>> prefix_of("Order Lines/Product"), prefix_of("Country/"), prefix_of("Product")
    ('Order Lines', '', '')
    """
    before, _, last = heading.rpartition("/")
    return before.strip() if last.strip() else ""


def lines_of(headings: Sequence[str], figures: Iterable[int]) -> frozenset[int]:
    """Positions of the columns that hold the lines of a document, by the path in their headings; empty for none.

    Args:
        headings: as they stand.
        figures: positions of columns that are of a line: its goods, quantity, amount.
    """
    for prefix in dict.fromkeys(prefix_of(headings[i]) for i in figures):
        group = frozenset(i for i, h in enumerate(headings) if prefix and prefix_of(h) == prefix)
        if _FEWEST <= len(group) < len(headings):
            return group
    return frozenset()


class ContinuedRows:
    """Rows of a table, each with what stands above it for it.

    Attributes:
        filled: rows that were filled from the one above them.
        heads: rows that name the party of those below, and are no rows themselves.
        ruled: lines that are drawn.
        stamps: rows that say when the report was printed.
        first: the first row that was filled.
    """

    def __init__(self, lines: frozenset[int], party: int | None, words: Iterable[str]) -> None:
        """Rows are read by what their headings say.

        Args:
            lines: positions of the columns of lines; empty for none.
            party: position of the column in which a row of its own may name the party of those below.
            words: of totals, folded.
        """
        self._lines, self._party, self._words = lines, party, tuple(words)
        self.filled = self.heads = self.ruled = self.stamps = self.first = 0

    def read(self, rows: Iterable[Numbered]) -> Iterator[Numbered]:
        """The rows, filled; those that only name a party are left out once a row stands under them."""
        self.filled = self.heads = self.ruled = self.stamps = self.first = 0
        above: Row = []
        waiting: Numbered | None = None
        head = ""
        for line, told in rows:
            if self._is_none(told):
                continue
            if self._names_only(told):
                if waiting:
                    yield waiting
                waiting = line, told
                continue
            if waiting and any(told):
                if told[self._party or 0]:
                    yield waiting
                else:
                    head, self.heads = _COUNTED.sub("", waiting[1][self._party or 0] or ""), self.heads + 1
                waiting = None
            cells: Row = told
            if self._goes_on(told, above):
                cells = [c if i in self._lines else a for i, (c, a) in enumerate(zip(told, above, strict=True))]
                self._count(line)
            elif head and self._party is not None and any(told):
                cells, head = self._under(line, told, head)
            above = cells if any(cells) else above
            yield line, cells
        if waiting:
            yield waiting

    def _under(self, line: int, cells: Row, head: str) -> tuple[Row, str]:
        """A row below a party's, with its name; and what names the party of the next: a total ends it."""
        at = self._party or 0
        own = cells[at] or ""
        if not own:
            self._count(line)
            return [head if i == at else c for i, c in enumerate(cells)], head
        folded, name = own.casefold(), _COUNTED.sub("", head).casefold()
        if name in folded and any(w in folded.replace(name, " ").split() for w in self._words):
            return [_TOTAL if i == at else c for i, c in enumerate(cells)], ""
        return cells, ""

    def _is_none(self, cells: Row) -> bool:
        """Whether a row is none of the table: a line that is drawn, or the time of the report."""
        if _is_ruled(cells):
            self.ruled += 1
            return True
        is_time = sum(map(bool, cells)) == 1 and is_stamp(next(filter(None, cells)) or "")
        self.stamps += is_time
        return is_time

    def _names_only(self, cells: Row) -> bool:
        if self._party is None or not (cell := cells[self._party]):
            return False
        more = [c for i, c in enumerate(cells) if c and i != self._party]
        # "Foo Ltd (2)" with nothing but figures beside sums the two below it, where the party's column is blank.
        return not more or bool(_COUNTED.search(cell) and not any(any(map(str.isalpha, c)) for c in more))

    def _goes_on(self, cells: Row, above: Row) -> bool:
        """Whether a row is a further line of the document above: all beside its lines is blank."""
        filled = {i for i, c in enumerate(cells) if c}
        return bool(self._lines and filled and filled <= self._lines and any(above))

    def _count(self, line: int) -> None:
        self.first = self.first or line
        self.filled += 1

    def notes(self) -> list[str]:
        """What there is to say of them."""
        told = []
        if self.filled:
            told.append(
                ntr(
                    self.filled,
                    "{count} row goes on with what the row above says, and is read with it: row {first}",
                    "{count} rows go on with what a row above says, and are read with it, the first: row {first}",
                    first=self.first,
                )
            )
        if self.heads:
            told.append(
                ntr(
                    self.heads,
                    "{count} row only names whom those below are of",
                    "{count} rows only name whom those below are of",
                )
            )
        if self.stamps:
            told.append(
                ntr(self.stamps, "{count} row says when the file was made", "{count} rows say when the file was made")
            )
        if self.ruled:
            told.append(ntr(self.ruled, "{count} ruled line is no row", "{count} ruled lines are no rows"))
        return told


def _is_ruled(cells: Row) -> bool:
    """Whether a row is a line that is drawn: SAP prints them above and below its lists."""
    filled = [c for c in cells if c]
    return bool(filled) and all(map(_RULED.fullmatch, filled))
