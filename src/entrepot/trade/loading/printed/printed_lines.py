"""Lines of a printed table that are no rows of it: notes and sources below, and the sum of all rows among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.trade.loading.printed.printed_cells import is_figure
from entrepot.trade.loading.printed.printed_headings import SIDES, role_of
from entrepot.vocabulary import partners

if TYPE_CHECKING:
    import polars as pl

TAIL = 60  # rows from the end that are looked at: notes of a page
_WIDE = 3  # columns of a table whose rows have more than one cell
_SHOWN = 60  # characters of a note
_WORLD = "+WLD"
_NONE = ("", "-", "–", "—")


def lines_below(frame: pl.DataFrame) -> int:
    """How many lines end a table that are no rows: those of one cell, and those behind a blank one without a figure."""
    if frame.width <= _WIDE:
        return 0
    last = frame.tail(TAIL).drop("row")
    rows = [["" if c is None else str(c).strip() for c in row] for row in last.iter_rows()]  # Parquet has numbers
    ends = len(rows)
    for at in range(len(rows) - 1, -1, -1):
        filled = [c for c in rows[at] if c]
        if len(filled) <= 1:
            ends = at
        elif any(map(is_figure, filled)) or not _is_below(rows, at):
            break
    return len(rows) - ends


def without_lines_below(frame: pl.DataFrame, *, is_whole: bool = True) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """A table without the lines below its last row; as it is where all that is looked at would go.

    Args:
        frame: the table, or its last block.
        is_whole: whether no block came before.

    Returns:
        The table, and a note on what was left out.
    """
    count = lines_below(frame)
    if count == 0 or (count == min(TAIL, frame.height) and (is_whole or count == TAIL)):
        return frame, ()
    cells = ([str(c).strip() for c in row if c is not None] for row in frame.tail(count).drop("row").iter_rows())
    left = [" ".join(filter(None, row)) for row in cells if any(row)]
    shown = f"{left[0][:_SHOWN]!r}{', …' if len(left) > 1 else ''}" if left else ""
    note = (f"Below the table {_lines(len(left))} no row of it: {shown}.",) if left else ()
    return frame.head(frame.height - count), note


def _is_below(rows: list[list[str]], at: int) -> bool:
    """Whether nothing between a line and the blank one above it is a figure."""
    for row in reversed(rows[:at]):
        if not any(row):
            return True
        if any(map(is_figure, row)):
            return False
    return False


def _lines(count: int) -> str:
    return "1 line is" if count == 1 else f"{count} lines are"


def without_sums(frame: pl.DataFrame) -> tuple[pl.DataFrame, list[int]]:
    """A table without the row of the sum of all, in which one label says so and no place stands.

    A row of the world, in which the place is what says it, stays: it is held against the sum of its partners.

    Returns:
        The table, and the rows left out.
    """
    import polars as pl

    sides = [c for c in frame.columns if role_of(c) in SIDES]
    labels = [c for c in frame.columns if role_of(c) in {"product", "period", "flow"} and c not in sides]
    if not sides or not labels:
        return frame, []
    blank = pl.all_horizontal(_text(c).fill_null("").str.strip_chars().is_in(_NONE) for c in sides)
    words = frame.filter(blank).select(_text(c).alias(c) for c in labels).unique()
    world = {c: [w for w in words[c].drop_nulls().unique().to_list() if _is_world(w)] for c in labels}
    if not any(world.values()):
        return frame, []
    is_sum = blank & pl.any_horizontal(_text(c).is_in(found) for c, found in world.items())
    rows = frame.filter(is_sum)["row"].to_list()
    return frame.filter(~is_sum.fill_null(value=False)), rows


def sums_said(rows: list[int]) -> tuple[str, ...]:
    """A note on rows that are sums; none where there are none."""
    if not rows:
        return ()
    named = ", ".join(map(str, rows[:3])) + (", …" if len(rows) > 3 else "")  # noqa: PLR2004 - a few show which
    return (f"Rows that are the sum of others and name no place are not read: {named}.",)


def _text(column: str) -> pl.Expr:
    import polars as pl

    return pl.col(column).cast(pl.String())


def _is_world(text: str) -> bool:
    return partners.code_of(text.strip()) == _WORLD
