"""How a file is to be read, where it does not say so itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence  # noqa: TC003 - of fields of a dataclass
from dataclasses import dataclass

SAID = "="  # before what a person says of all rows, where the file has no column for it: --column buyer==Name
DAY_FIRST, MONTH_FIRST = DATE_ORDERS = ("dmy", "mdy")


@dataclass(frozen=True, slots=True)
class Words:
    """The words by which a reader of tables of one kind knows headings.

    Attributes:
        known: words of all headings, in small letters.
        is_telling: whether one of some headings names what such a table is of.
        is_value: whether a cell is a value of such a table and no heading; None where that cannot be told.
        of_value: the heading to be given to a column of such values where a table has none.
    """

    known: frozenset[str]
    is_telling: Callable[[Sequence[str]], bool]
    is_value: Callable[[str], bool] | None = None
    of_value: str = ""


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """How a file is to be read, where it does not say so itself.

    The first four are the user's to say, the rest what a reader of tables of one kind looks for.

    Attributes:
        encoding: of a text file, as Python names it; empty to find it.
        sheet: of a workbook; empty for the first shown that has known headings, else the first shown that holds any.
        decimal: what begins a fraction, "." or ","; empty to find it by what the cells show; for readers of supply.
        date_order: one of DATE_ORDERS, of days between strokes; empty to find it likewise; for readers of supply.
        headings: that must be there, by which the row of headings is found.
        words: of headings, by which it is found where none must be there; None: it is the first row that holds any.
        skip: lines, or rows of a sheet, above the headings.
        given: headings of a table that has none, in the order of its columns; for readers of flows.
        is_printed: whether typed cells are printed as programs print them: 1500.0 keeps its point, from which a reader
            of numbers learns what a point is in this file. A person's table has 1500.
        is_hashed: whether the hash of the file is wanted.
        too_wide: takes a row of more cells than the heading (its line, the problem, the remedy), which is then passed
            over, for readers that refuse rows one by one; None: such a row refuses the file.
        headed: takes the headings once they are found, before a row is read.
        is_filled: whether rows that head others are put into each of these, in a report that is grouped by whom its
            rows are of; False leaves them as they stand, for a reader that knows by itself what is above a row.
    """

    encoding: str = ""
    sheet: str = ""
    decimal: str = ""
    date_order: str = ""
    headings: tuple[str, ...] = ()
    words: Words | None = None
    skip: int = 0
    given: tuple[str, ...] = ()
    is_printed: bool = False
    is_hashed: bool = False
    too_wide: Callable[[int, str, str], None] | None = None
    headed: Callable[[Sequence[str]], None] | None = None
    is_filled: bool = False
