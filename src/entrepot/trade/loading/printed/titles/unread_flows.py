"""Columns of figures whose heading names a flow or a year, and which are not read: what is meant has to be said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from entrepot.core.errors import BadInputError
from entrepot.core.words.translate import tr
from entrepot.trade.loading.printed.printed_cells import are_figures
from entrepot.trade.loading.printed.printed_headings import role_of
from entrepot.trade.loading.printed.printed_periods import EDITION, month_number
from entrepot.trade.loading.printed.printed_units import said

if TYPE_CHECKING:
    from collections.abc import Iterable

    import polars as pl

_A_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
# A mark behind a year: 2024p, 2024 (est.), 2024 prov., 2024 r. Another word says what is counted: 2024 GDP.
_MARKED = re.compile(
    r"\W*(?:19|20)\d{2}(?:[^\W\d_]{1,4}|\s*[(\[]\s*[^\W\d_]{1,6}\.?\s*[)\]]|\s*[^\W\d_]{1,6}\.|\s[^\W\d_]{1,2})\W*"
)
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


def refuse_unread_values(frame: pl.DataFrame) -> None:
    """Stop where only weights or counts can be read, and a column is of values by its heading but for a word in it.

    `Valeur 2023 (MDH)` is of millions of dirhams, which no list of signs knows: left out, no flow would have a value.

    Args:
        frame: cells as text, with their `row`.

    Raises:
        BadInputError: there is such a column.
    """
    told = {c: said(c) for c in frame.columns if c != "row" and not role_of(c)}
    unread = {c: s.rest for c, s in told.items() if s.label == "value" and s.rest and _counts(frame[c])}
    if unread:
        raise BadInputError(
            tr("headings of figures name a value, and a word beside it is not understood"),
            found=", ".join([*unread][:_MOST_NAMED]),
            remedy=tr(
                "Write the currency and the scale as words that are known ({example}); values in a currency that is "
                "not known have first to be turned into dollars. Or take the columns out.",
                example="2023 million USD",
            ),
        )


def refuse_unread_years(frame: pl.DataFrame, headings: Iterable[str]) -> None:
    """Stop where, beside columns of periods, one of figures is headed by a year and a mark that is not understood.

    2024p may be a year as others are, or a forecast. Left out it would be a year less, and the newest.

    Args:
        frame: cells as text.
        headings: of columns that are not read.

    Raises:
        BadInputError: there is such a column.
    """
    marked = [h for h in headings if not role_of(h) and _is_marked_year(h) and _counts(frame[h])]
    if marked:
        raise BadInputError(
            tr("columns of figures are headed by a year and by words or a mark of a period that is not understood"),
            found=", ".join(marked[:_MOST_NAMED]),
            remedy=tr(
                "Write the period alone where the column is to be read (2024, 2024-Q1 or 2024-03), "
                "or take the column out."
            ),
        )


def _is_marked_year(heading: str) -> bool:
    """Whether a heading is a year with a mark or a number beside it, and no edition of a nomenclature.

    >>> [_is_marked_year(h) for h in ("2024p", "2024 (est.)", "Import 10-12/2024", "HS 2022", "Population 2024")]
    [True, True, True, False, False]
    >>> [_is_marked_year(h) for h in ("2024 prov.", "2024 GDP", "gdp_2024")]
    [True, False, False]
    """
    if EDITION.search(heading) or not _A_YEAR.search(heading):
        return False
    beside = _A_YEAR.sub(" ", heading, count=1)
    mark = "".join(filter(str.isalnum, beside))
    is_known = all(map(month_number, said(beside).rest))  # 2024 (Jan-Mar) USD
    return bool(mark) and (is_known or bool(_MARKED.fullmatch(heading)))


def _counts(column: pl.Series) -> bool:
    return are_figures([str(c) for c in column.drop_nulls().head(_TOLD_BY)])
