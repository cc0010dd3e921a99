"""What a file may hold: every limit of the room, each with its reason, as on page 28 of the design."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core.errors import UnreadableFileError
from entrepot.core.tables.sheet import MOST_COLUMNS, MOST_ROWS
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Sized

__all__ = ["MOST_COLUMNS", "MOST_ROWS"]  # Excel's, of any table's columns and of a sheet's rows

LARGEST = 20_000_000_000  # bytes of a file read in pieces: more than screening gets through in a day
LARGEST_WHOLE = 2_000_000_000  # bytes of a file that is read whole
# What packs 200 times was made to: tables of names pack 5 to 30 times. Small ones are harmless.
MOST_PACKED, HARMLESS = 200, 50_000_000
MOST_MEMBERS = 1_000  # of a zip: a table a month for eighty years
MOST_UNPACKED_BOOK = 1_000_000_000  # bytes that a workbook may unpack to; a million rows take about a fifth
# Of a sheet from its first cell to its last row and column, blank ones too. Fifty columns down to the last row of Excel
# are half of it; a cell in the last row of the last column stands for 17,000 millions.
MOST_CELLS = 100_000_000
MOST_TEXT = 131_072  # characters of a cell of a text file: what Python's reader takes; Excel holds a quarter


def most_unpacked(packed: int) -> int:
    """Bytes to which a file may unpack.

    Args:
        packed: its own bytes.
    """
    return min(LARGEST, max(HARMLESS, MOST_PACKED * packed))


def refuse_wide(headings: Sized, origin: str) -> None:
    """Refuse a table of more columns than any sheet has.

    Raises:
        UnreadableFileError: more than MOST_COLUMNS.
    """
    if len(headings) > MOST_COLUMNS:
        problem, remedy = (
            tr("a table of {count:,} columns", count=len(headings)),
            tr("Keep the columns that are to be read."),
        )
        raise UnreadableFileError(
            origin, problem, allowed=tr("at most {most_columns:,}", most_columns=MOST_COLUMNS), remedy=remedy
        )
