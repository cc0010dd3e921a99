"""Tables that their first headings do not explain: on their side, or with a second table of other columns below.

Both would be screened by columns that hold something else, and whoever is listed there would not be met: they are
refused. See docs/design/38-vendor-files.md.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from entrepot.core.errors import UnreadableFileError
from entrepot.core.words.translate import tr
from entrepot.screening.parties.headings.column_cells import is_firm
from entrepot.screening.parties.headings.heading_role import heading_role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.intake.text_table import TextTable

_LONGEST = 40  # characters of a heading: longer cells are names, addresses and remarks
_LEAST = 2  # headings in a row: a firm may be called by one word of them
_MOST_ROWS = 60  # labels of a table on its side: no system knows more of a party that are worth a label
_NAMES = frozenset({"party", "alias"})  # uses of a column that names a party
# Uses of a column that says more of a party.
_DESCRIBES = frozenset({"address", "country", "identifier", "key", "number", "place", "birth"})
_NUMBERS = frozenset({"identifier", "key", "number"})  # what numbers it
_KINDS = frozenset({"delimited", "workbook"})  # of files that have rows
# Words of a heading from which it is a sentence; the most of these that begin large: of a title nearly all do.
_SENTENCE, _MOST_CAPITALS = 8, 0.5
_WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=100_000)  # countries, towns and terms come again in each row, and are looked at first
def _said(cell: str) -> str:
    """What a cell says that is a heading in all its words; empty for others, and for one that has a digit."""
    if len(cell) > _LONGEST or any(map(str.isdigit, cell)):
        return ""
    role = heading_role(cell)
    return "" if role.is_unknown or not role.is_whole else role.role


def _class(role: str) -> str:
    """What columns of a role hold: a heading may say less of the same column a second time ("No." under Vendor no.)."""
    return "name" if role in _NAMES else "number" if role in _NUMBERS else role


class OtherHeadings:
    """Whether a row below the headings is one of headings itself.

    Every cell of it is a heading in all its words, one of a name and one of what describes a party.

    Args:
        headings: of the table.
        names: positions of the columns that name parties.
    """

    def __init__(self, headings: Sequence[str], names: frozenset[int]) -> None:
        self._headings, self._names = headings, names

    def why(self, filled: Sequence[tuple[int, str]]) -> str:
        """What a row is: headings, of the same columns; columns, of others; empty where it is none of these.

        Args:
            filled: its cells with their positions.
        """
        if len(filled) < _LEAST:
            return ""
        roles: dict[int, str] = {}
        for i, cell in sorted(filled, key=lambda one: one[0] in self._names):
            if not (role := _said(cell)):
                return ""
            roles[i] = role
        if not (_NAMES & {*roles.values()} and _DESCRIBES & {*roles.values()}):
            return ""
        is_same = all(_class(role) == self._holds(i) for i, role in roles.items())
        return "headings" if is_same else "columns"

    def _holds(self, at: int) -> str:
        return "name" if at in self._names else _class(heading_role(self._headings[at]).role)


def second_table(table: TextTable, row: int) -> UnreadableFileError:
    """The refusal of a table with other headings further down.

    Args:
        table: as it was opened.
        row: its number, as its file counts it.
    """
    return UnreadableFileError(
        table.origin,
        tr("a second table with other headings begins here"),
        line=row,
        allowed=tr("one row of headings over all rows"),
        remedy=tr("Save the rows from here on as a file or a sheet of their own, and screen both."),
    )


def refuse_sideways(table: TextTable) -> None:
    """Refuse a table whose headings stand in its first column, a party a column.

    Raises:
        UnreadableFileError: it lies on its side.
    """
    values = [h for h in table.headings[1:] if h]
    if table.kind not in _KINDS or len(values) < _LEAST or any(map(_said, values)):
        return
    rows = [row for row in islice(table.rows(), _MOST_ROWS + 1) if any(row)]
    labels = [_said(table.headings[0]), *(_said(row[0] or "") for row in rows)]
    known = [role for role in labels if role]
    is_told = bool(_NAMES & {*known}) and bool(_DESCRIBES & {*known})
    if len(rows) > _MOST_ROWS or not is_told or 2 * len(known) < len(labels):
        return
    named = [values, *([c for c in row[1:] if c] for row, role in zip(rows, labels[1:], strict=True) if role in _NAMES)]
    is_sure = labels[0] in _NAMES and len(known) == len(labels)
    if not is_sure and not any(is_firm(cell) for cells in named for cell in cells):
        return
    raise UnreadableFileError(
        table.origin,
        tr("the table lies on its side: its headings stand in the first column"),
        allowed=tr("headings in a row, a party a row"),
        remedy=tr("Turn it: copy it and paste it transposed (Paste Special in a spreadsheet), then screen that."),
    )


def refuse_sentences(table: TextTable) -> None:
    """Refuse a text whose headings are a sentence: a letter, in which a party would be lost.

    Raises:
        UnreadableFileError: it is one.
    """
    for heading in table.headings if table.kind == "delimited" else ():
        words = _WORD.findall(heading)
        capitals = sum(w[0].isupper() for w in words)
        if len(words) >= _SENTENCE and capitals <= _MOST_CAPITALS * len(words):
            raise UnreadableFileError(
                table.origin,
                tr("is a text in sentences and no table; it begins {heading!r}", heading=heading[:_LONGEST]),
                allowed=tr("a table with a column of names, or a document with each party under a label"),
                remedy=labels_remedy(),
            )


def labels_remedy() -> str:
    """What to do with a text that is no table."""
    return tr(
        "Write each party on a line behind its label, as in Shipper: Foo Co., Ltd. and Consignee: Bar LLC, with the "
        "address in the lines below; or save a table with a column a party."
    )
