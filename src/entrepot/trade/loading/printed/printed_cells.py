"""What the cells of a column are, where its heading does not say: places, codes of goods, periods.

A heading may be in any language; names of countries are known in some forty, codes of the HS and years in all. A column
is taken for what it holds only where nearly all of its cells are that and no heading claims it, and it is told.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from entrepot.core.tables.packaged import packaged_rows
from entrepot.trade.contract import TITLE_WORDS
from entrepot.trade.loading.printed.printed_periods import period_of
from entrepot.vocabulary import goods, partners

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import polars as pl

_MOST_OTHER = 0.2  # of the cells: totals, groups and notes stand among places
_FEWEST = 2  # different places: one name may be a title
_CODED = (4, 6, 8, 9, 10, 12)  # digits of a code that names goods; two are a month as often
_HEADING = 4  # digits of a heading of the HS
_NO_FIGURE = ("", "-", "–", "—", ":", "..", "...", "…", "n/a", "na", "x")  # in place of a figure: no row
TOO_SMALL = re.compile(r"<\s*\d[\d.,]*")  # below what an office prints: more than nothing, and no figure
_LABEL = re.compile(r"(?<=\d)['\"]?\s*[-–—:|]\s*(?=['\"(]?[^\W\d_])")  # between a code and its words
# Before its words without a stroke, as in tables of PxWeb: 85414300 Solceller, 8541 43 00 Solceller.
_SPACED = re.compile(r"^['\"]?(\d[\d. ]*\d)\s+(?=['\"(]?[^\W\d_]{2})")
_OF_JAPAN = re.compile(r"^(\d{4}\.?\d{2})-(\d{3})$")  # the six digits of the HS and its own three
_FIGURE = re.compile(r"[+-]?\d[\d.,'’\s\u00a0]*(?:[eE][+-]?\d+)?")


def is_absent(cell: str) -> bool:
    """Whether a cell stands in place of a figure, which is not there or is kept back.

    >>> [is_absent(c) for c in ("..", "(D)", "<1", "0")]
    [True, True, True, False]
    """
    bare = cell.strip().casefold()
    return bare in _NO_FIGURE or bare in suppressed_words() or bool(TOO_SMALL.fullmatch(bare))


def absent_in(cell: pl.Expr) -> pl.Expr:
    """The same of a column of text; empty cells are empty."""
    bare = cell.str.strip_chars().str.to_lowercase()
    return bare.is_in([*_NO_FIGURE, *suppressed_words()]) | bare.str.contains(f"^{TOO_SMALL.pattern}$")


@cache
def suppressed_words() -> tuple[str, ...]:
    """What stands in place of a figure that is kept back, in small letters."""
    return tuple(w for row in packaged_rows(TITLE_WORDS) if row["kind"] == "suppressed" for w in row["words"])


def is_figure(cell: str) -> bool:
    """Whether a cell is a number and no period.

    >>> [is_figure(c) for c in ("1 204,5", "2021", "China", "-")]
    [True, False, False, False]
    """
    return bool(_FIGURE.fullmatch(cell)) and not period_of(cell)


def are_figures(cells: Sequence[str]) -> bool:
    """Whether cells are of a column of figures: numbers or what stands in place of one, and not periods all of them.

    An amount may read as a period: 2021 thousand dollars, 1900.10 million.

    >>> are_figures(["2021", "15", ".."]), are_figures(["2021", "2022"]), are_figures(["15", "China"]), are_figures([])
    (True, False, False, False)
    """
    told = [c for c in cells if not is_absent(c)]
    return all(map(_FIGURE.fullmatch, told)) and any(map(is_figure, told))


def is_place(cell: str) -> bool:
    """Whether a cell names a place in letters: numbers of countries are figures to whoever does not know the list."""
    return bool(re.search(r"[^\W\d_]", cell)) and bool(partners.code_of(cell))


def is_goods(cell: str) -> bool:
    """Whether a cell is a code of the HS of four digits or more, alone or before its label.

    >>> [is_goods(c) for c in ("5205.12", "52051200-Filati di cotone", "5205.12-000", "2009 - June", "5205 W")]
    [True, True, True, False, False]
    >>> [is_goods(c) for c in ("52051200 Garn av bomull", "5205 12 00 Garn", "5205 Cotton yarn")]
    [True, True, False]
    """
    label, spaced = _LABEL.search(cell), _SPACED.match(cell)
    if (label or spaced) and period_of(cell):
        return False
    if spaced and not label:  # four digits before a word are a year, a number of a house, a code of other things
        bare = re.sub(r"\D", "", spaced[1])
        return len(bare) > _HEADING and _is_code(bare)
    code = cell[: label.start()] if label else _OF_JAPAN.sub(r"\1\2", cell)
    return _is_code(re.sub(r"^[A-Z]{2}(?=\d)|[\s.'’\"]", "", code))


def are_worded_headings(cells: Sequence[str]) -> bool:
    """Whether nearly all cells are codes of four digits or more before words, of the HS or like codes of it.

    They may be of another classification, whose codes look alike: nothing is read by them alone.

    >>> are_worded_headings(["5201 Cotton", "2709 Crude oil"]), are_worded_headings(["5201 C", "2709"])
    (True, False)
    """
    codes = [re.sub(r"\D", "", found[1]) for c in cells if (found := _SPACED.match(c)) and not period_of(c)]
    good = [c for c in codes if len(c) >= _HEADING and c[:_HEADING] in goods.known()]
    return bool(good) and len(good) >= (1 - _MOST_OTHER) * len(cells)


def _is_code(bare: str) -> bool:
    return bare.isdigit() and len(bare) in _CODED and bare[: goods.SUBHEADING] in goods.known()


def is_period(cell: str) -> bool:
    """Whether a cell is a month, a quarter or a year."""
    return bool(period_of(cell))


def is_flow(cell: str) -> bool:
    """Whether a cell names exports or imports at a value: `Goods, Value of Exports, Free on board, US Dollars`."""
    from entrepot.trade.loading.codes import flow_of

    return not re.fullmatch(r"[\d.,\s]+", cell) and flow_of(cell) in {"export", "import"}


def is_flow_or_both(cell: str) -> bool:
    """Whether a cell is of a column of flows in which both together and their difference stand too."""
    from entrepot.trade.loading.codes import is_of_both

    return is_flow(cell) or is_of_both(cell)


def is_month(cell: str) -> bool:
    """Whether a cell is the name of a month."""
    return not re.search(r"\d", cell) and bool(period_of(f"{cell} 2000")[4:])


def column_of(rows: Sequence[Sequence[str]], fits: Callable[[str], bool], taken: Sequence[int] = ()) -> int | None:
    """The column of which nearly all cells are of a kind; the one of most such cells, the first of those.

    Args:
        rows: cells of the first rows under the headings.
        fits: the kind.
        taken: columns that are something else.
    """
    width = max(map(len, rows), default=0)
    best, most = None, 0
    for at in range(width):
        cells = [row[at] for row in rows if at < len(row) and row[at]]
        good = [c for c in cells if fits(c)]
        different = len({*good}) >= _FEWEST or fits is not is_place
        enough = different and bool(good) and len(good) >= (1 - _MOST_OTHER) * len(cells)
        if at not in taken and enough and len(good) > most:
            best, most = at, len(good)
    return best


def first_row_of_flows(rows: Sequence[Sequence[str]]) -> int | None:
    """Where the table begins that no heading announces: a place in one column, as in the rows below, and a figure."""
    for at in range(1, len(rows)):
        below = [row for row in rows[at:] if sum(map(bool, row)) > 1][:_LOOKED_AT]
        if not below or not any(map(is_figure, rows[at])):
            continue
        column = column_of(below, is_place)
        if column is not None and column < len(rows[at]) and is_place(rows[at][column]):
            return at
    return None


def is_mixed(cells: Sequence[str]) -> bool:
    """Whether places are some of the cells of a column, and words or codes are others.

    >>> is_mixed(["Rice", "China", "Japan", "Cotton", "China"]), is_mixed(["China", "Japan"])
    (True, False)
    """
    filled = [c for c in cells if c and not is_figure(c)]
    places = sum(map(is_place, filled))
    return _FEWEST <= places < len(filled)


def first_row_of_sections(rows: Sequence[Sequence[str]]) -> int | None:
    """Where a table begins in whose one column goods stand over places, or places over goods."""
    for at in range(1, len(rows)):
        below = [row for row in rows[at:] if sum(map(bool, row)) > 1]
        if not below or not any(map(is_figure, rows[at])) or any(map(is_figure, rows[at - 1])):
            continue
        for column, cell in enumerate(rows[at]):
            if cell and not is_figure(cell) and is_mixed([r[column] for r in below if column < len(r)]):
                return at
    return None


_LOOKED_AT = 12  # rows below: a table of a few countries and a line of its source
