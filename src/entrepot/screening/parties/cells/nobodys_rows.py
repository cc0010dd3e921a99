"""Which rows of a table are none of a party: totals, headings again, ruled lines, ends and lines of the page."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from entrepot.intake.groups.row_words import is_end, is_group, is_stamp, is_tally, is_total_count, names_nobody
from entrepot.intake.heading_row import folded, says_again
from entrepot.screening.parties.cells.page_lines import PageLines
from entrepot.screening.parties.cells.sums_in_cell import says_sum
from entrepot.screening.parties.headings.other_layouts import OtherHeadings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.intake.text_table import Row
    from entrepot.screening.parties.party_columns import PartyColumn

_RULE = re.compile(r"[-=_*+]{3,}")
_LONGEST_TOTAL = 60  # characters of a cell that says a total
_NUMBERS = re.compile(r"\d+")
_LEAST_CELLS = 3  # filled cells a row of a table beside which a line of one cell is none of its rows


class SetAside:
    """Which rows of a table are none of a party: totals, headings again on the next page, ruled lines, the time of it.

    A total has the word where the name or a number stands, and nothing that a party has beside: neither an address nor
    a country nor a number of its own. So a vendor that is called Total is one.
    """

    def __init__(self, headings: Sequence[str], columns: Sequence[PartyColumn]) -> None:
        self._headings = tuple(h.strip() for h in headings)
        self._said_above = frozenset(filter(None, map(folded, headings)))
        self._names = frozenset(i for c in columns for i in c.names)
        self._own = frozenset(i for c in columns for i in c.used) - self._names
        self._numbers = frozenset(i for c in columns for i in (*c.identifier, *c.document, *c.key))
        self._keys = frozenset(i for c in columns for i in c.key)
        self._other = OtherHeadings(headings, self._names)
        self._told = self._names.union(*(c.address for c in columns), *(c.identifier for c in columns))
        self.nobody: Counter[str] = Counter()  # what stood for a name so far
        self.partly: Counter[str] = Counter()  # what stood for a further piece of a name, or for another name
        self._together = {i: frozenset(c.names) for c in columns for i in c.names}
        self._rows = self._cells = 0  # of the rows of parties so far
        self._last: dict[int, str] = {}  # names of the last row of a party
        told = (i for c in columns for i in (*c.address, *c.country, *c.identifier, *c.document, *c.birth))
        self._page = PageLines(self._names, frozenset(told) - self._names - self._keys)

    def why(self, row: Row) -> str:
        """What the row is; empty for one of a party. Rows are given in their order: one may count the others."""
        filled = _filled(row)
        said = self._why(filled)
        if not said and filled:
            self._rows, self._cells = self._rows + 1, self._cells + len(filled)
            self._page.take(filled)
            self._last.update((i, name) for i in self._names if (name := row[i]))
        return said

    def party_cells(self, row: Row) -> Row:
        """A row of a party without what stands where its name, address or number is not known."""
        found = [i for i in self._told if (cell := row[i]) and names_nobody(cell)]
        if not found:
            return row
        for i in self._names.intersection(found):
            is_named = any(row[other] for other in self._together[i].difference(found))
            (self.partly if is_named else self.nobody)[row[i] or ""] += 1
        return [None if i in found else cell for i, cell in enumerate(row)]

    def _counts(self, cell: str) -> bool:
        """Whether a cell that stands alone tells how many rows stand above it, each of several cells: "6 items"."""
        is_table = self._rows > 1 and self._cells >= _LEAST_CELLS * self._rows
        return is_table and len(cell) <= _LONGEST_TOTAL and _NUMBERS.findall(cell) == [str(self._rows)]

    def _has_count(self, filled: Sequence[tuple[int, str]]) -> bool:
        return any(cell == str(self._rows) for _, cell in filled)

    def _alone(self, cell: str) -> str:
        if is_end(cell):
            return "end"
        return "stamp" if is_stamp(cell) else "count" if self._counts(cell) else ""

    def is_alone(self, row: Row) -> bool:
        """Whether a row of a party has nothing but a name, where rows have more."""
        return self._page.is_alone(_filled(row))

    def _why(self, filled: Sequence[tuple[int, str]]) -> str:
        if not filled:
            return ""
        if len(filled) > 1 and (why := self._heads(filled)):
            return why
        if all(_RULE.fullmatch(cell) for _, cell in filled):
            return "rule"
        if len(filled) == 1 and len(self._headings) > 1 and (line := self._alone(filled[0][1])):
            return line
        if self._is_sum(filled):
            return "total"
        return "group" if self._heads_group(filled) else "line" if self._page.is_line(filled) else ""

    def _heads(self, filled: Sequence[tuple[int, str]]) -> str:
        """Whether a row holds headings: those of the table again, or other ones."""
        is_again = all(says_again(cell, self._headings[i]) for i, cell in filled)
        return "headings" if is_again else self._other.why(filled)

    def _heads_group(self, filled: Sequence[tuple[int, str]]) -> bool:
        """Whether a row only says what the parties below are together ("Foreign suppliers"), and has nothing of one."""
        said = [cell for i, cell in filled if i in self._names]
        more = any(i in self._own and i not in self._keys for i, _ in filled)
        return len(said) == 1 and not more and is_group(said[0])

    def _is_sum(self, filled: Sequence[tuple[int, str]]) -> bool:
        """Whether one of the first two cells says a total or a count, and no other says what a party has.

        Where the word stands for a name, any number of its own makes it a vendor that is called so. Where it stands
        elsewhere, what has no letter is a count of the names, the countries, the addresses: "Total", 3.
        """
        said = [i for i, c in filled[:2] if says_sum(c, self._said_above, self._last.get(i, ""))]
        if not said:
            return False
        is_count = any(is_tally(cell) or (is_total_count(cell) and self._has_count(filled)) for _, cell in filled[:2])
        is_name = said[0] in self._names and not is_count
        for i, cell in filled:
            if i in said or i not in self._names | self._own:
                continue
            if any(map(str.isalpha, cell)) or (is_name and i in self._numbers):
                return False
        return True


def _filled(row: Row) -> list[tuple[int, str]]:
    return [(i, cell) for i, cell in enumerate(row) if cell]
