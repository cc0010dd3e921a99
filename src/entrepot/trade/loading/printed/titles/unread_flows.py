"""Columns of figures whose heading names a flow, and of which none is read: which is meant has to be said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core.errors import BadInputError
from entrepot.core.words.translate import tr
from entrepot.trade.loading.printed.printed_cells import is_absent, is_figure
from entrepot.trade.loading.printed.printed_headings import role_of
from entrepot.trade.loading.printed.printed_units import said

if TYPE_CHECKING:
    import polars as pl

_TOLD_BY = 200  # cells that tell whether a column is of figures
_MOST_NAMED = 6  # columns in a message


def refuse_unread(frame: pl.DataFrame, read: set[str]) -> None:
    """Stop where columns of figures are of a flow by their headings, and none of that flow is read.

    Two counts of one flow (imports by country of origin, by country of consignment) are not added up, and left out they
    are half of the file: which is meant has to be said.

    Args:
        frame: cells as text, with their `row`.
        read: the flows of the columns that are read; empty for one that its heading does not say.

    Raises:
        BadInputError: there is such a column.
    """
    told = {c: said(c) for c in frame.columns if c != "row" and not role_of(c)}
    unread = [c for c, s in told.items() if s.flow and s.flow not in read and s.label != "none" and _counts(frame[c])]
    if read - {""} and unread:
        raise BadInputError(
            tr("headings of figures name a flow, and no column of that flow can be read"),
            found=", ".join(unread[:_MOST_NAMED]),
            remedy=tr("Call those that are meant after the flow alone (Import 2023), and take the others out."),
        )


def _counts(column: pl.Series) -> bool:
    cells = [str(c) for c in column.drop_nulls().head(_TOLD_BY)]
    return any(map(is_figure, cells)) and all(is_figure(c) or is_absent(c) for c in cells)
