"""Whether a column of names was cut at a width: many names are as long as the longest, and none is longer.

Names that nobody cut thin out toward the longest; at the width of an export's field they pile up. Which letters are
lost the file does not say, so that a name can meet nothing for want of them: whoever reads the result must know. Names
in Chinese have fewer characters, each of two bytes or more, and show by half a legal form that they were cut. See
docs/design/38-vendor-files.md.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from entrepot.core.document.hinted import hinted
from entrepot.core.words.translate import tr
from entrepot.names.comparing.align import FILLED
from entrepot.names.reading.clean import is_han
from entrepot.names.reading.otherwise import chinese_cut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.screening.parties.party_columns import PartyColumn

_LEAST = 20  # characters: no system known has a field for names that holds fewer
_LEAST_CHINESE = 10  # characters of Chinese names: as many as 20 bytes hold
# Of Chinese names piled up at the longest, which have 12 or 14 characters most often where nobody cut them: of 400
# draws of 20 whole names of listed companies two pile up so, of 50 names none.
_LEAST_ROWS, _PART, _TIMES = 20, 3, 2  # rows; they are more than a third of all, and than twice those one shorter
_ADDRESSES = ("urn:", "http://", "https://")
_KNOWN, _OTHER = 2, 3  # different names that fill a field of a known width, or of one that no system known has


@dataclass(slots=True)
class ColumnWidth:
    """How long the names of a column are.

    Attributes:
        rows: length -> rows with a name of it.
        longest: the length of the longest name.
        names: a few different names of that length.
        halved: a few of that length that end within a Chinese legal form.
    """

    rows: Counter[int] = field(default_factory=Counter)
    longest: int = 0
    names: set[str] = field(default_factory=set)
    halved: set[str] = field(default_factory=set)

    def take(self, name: str) -> None:
        """Count a name; the address of a number, as events have it, is none and as long as its like."""
        if name.startswith(_ADDRESSES):
            return
        size = len(name)
        self.rows[size] += 1
        if size > self.longest:
            self.longest = size
            self.names.clear()
            self.halved.clear()
        if size < self.longest:
            return
        if len(self.names) < _OTHER:
            self.names.add(name)
        if _LEAST_CHINESE <= size < _LEAST and len(self.halved) < _OTHER and chinese_cut.with_form(name, "company")[0]:
            self.halved.add(name)

    @property
    def is_cut(self) -> bool:
        """Whether names pile up at the longest."""
        if self.longest < _LEAST:
            return self.longest >= _LEAST_CHINESE and (len(self.halved) >= _OTHER or self._piles_up_in_chinese)
        if self.longest in FILLED:
            return len(self.names) >= _KNOWN
        return len(self.names) >= _OTHER and self.rows[self.longest] > self.rows[self.longest - 1]

    @property
    def _piles_up_in_chinese(self) -> bool:
        if len(self.names) < _OTHER or not any(is_han(c) for name in self.names for c in name):
            return False
        piled, many = self.rows[self.longest], self.rows.total()
        return many >= _LEAST_ROWS and piled * _PART > many and piled > _TIMES * self.rows[self.longest - 1]


def cut_notes(widths: dict[int, ColumnWidth], headings: Sequence[str]) -> list[str]:
    """A note on each column whose names were cut.

    Args:
        widths: by the position of the column, of a name in several fields that of the last.
        headings: of the table.
    """
    return [
        hinted(
            tr(
                "{count} names in column {heading!r} are {longest} characters long and none is longer: the column was "
                "likely cut there, and what was cut off is not compared.",
                count=width.rows[width.longest],
                heading=headings[at],
                longest=width.longest,
            ),
            tr("Export it wider, or with the fields that go on with it (in SAP NAME2 to NAME4)."),
        )
        for at, width in widths.items()
        if width.is_cut
    ]


def widths_of(columns: Sequence[PartyColumn]) -> dict[int, ColumnWidth]:
    """The last field of each name: what fills a field and goes on in the next is not cut, what fills the last is."""
    return {c.fields[-1]: ColumnWidth() for c in columns}
