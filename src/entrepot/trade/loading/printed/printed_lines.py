"""Lines of a printed table that are no rows of it: notes and sources below, and the sum of all rows among them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from entrepot.core.words.translate import ntr, tr
from entrepot.trade.loading.printed.printed_cells import absent_in, is_figure
from entrepot.trade.loading.printed.printed_headings import SIDES, key, role_of, title_words
from entrepot.trade.loading.printed.printed_units import said
from entrepot.vocabulary import partners

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Mapping

    import polars as pl

_LABELS = frozenset({*SIDES, "flow", "product", "period", "valuation"})  # what a row says beside its figures
_UNITS = frozenset({"quantity_unit", "currency"})  # what stands beside the figures of a sum, too
# A sum is printed to the cent and its parts may be rounded; sums of floats lose the fifteenth digit.
_CENTS, _DIGITS_LOST = 0.011, 1e-9
_MOST_SUMS = 100  # sums above a row from which it may be summed: groups of a group; all would take the square of a file
TAIL = 60  # rows from the end that are looked at: notes of a page
_WIDE = 3  # columns of a table whose rows have more than one cell
_SHOWN = 60  # characters of a note
_WORLD = "+WLD"
_WHOSE = re.compile(r"(.+?)['’‘]s\s")  # India's Total
_KINDS = ("attribute", "observationattribute")  # headings of columns that say what each row is of a figure
_STATUSES = ("status", "flag", "observation status", "footnote")
_NONE = ("", "-", "–", "—")
_MOST_BLANK = 0.34  # of the cells of a column in which each row has its product: of three rows one may be a sum


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
    note = (tr("Below the table {lines} no row of it: {shown}.", lines=_lines(len(left)), shown=shown),) if left else ()
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
    return tr("1 line is") if count == 1 else tr("{count} lines are", count=count)


def without_sums(frame: pl.DataFrame, *, is_sheet: bool = True) -> tuple[pl.DataFrame, list[int]]:
    """A table without the rows of the sum of all: of which no place stands, or no product where others have theirs.

    A row of the world, in which the place is what says it, stays: it is held against the sum of its partners. One of a
    country's exports or imports as a whole (India's Total Export) is of more goods than the table, and goes.

    Args:
        frame: cells as text, with their `row`.
        is_sheet: whether these are all rows of a sheet; the rows of a database, or of a block of one, are each judged
            by what they say themselves.

    Returns:
        The table, and the rows left out.
    """
    import polars as pl

    sides = [c for c in frame.columns if role_of(c) in SIDES]
    labels = [c for c in frame.columns if role_of(c) in {"product", "period", "flow"} and c not in sides]
    is_sum, looked_for = pl.col("row").is_null(), False
    if sides and labels:
        blank = pl.all_horizontal(_bare(c).is_in(_NONE) for c in sides)
        words = frame.filter(blank).select(_text(c).alias(c) for c in labels).unique()
        world = {c: [w for w in words[c].drop_nulls().unique().to_list() if _is_world(w)] for c in labels}
        if any(world.values()):
            is_sum, looked_for = blank & pl.any_horizontal(_text(c).is_in(found) for c, found in world.items()), True
    held = frame.schema
    for name in (c for c in sides if held[c] == pl.String()):
        if whole := [w for w in frame[name].drop_nulls().unique().to_list() if _is_of_a_country(w) or is_subtotal(w)]:
            is_sum, looked_for = is_sum | _text(name).is_in(whole), True
    for name in (c for c in labels if role_of(c) == "product" and (not is_sheet or _is_mostly_told(frame[c]))):
        texts = [c for c, kind in frame.schema.items() if kind == pl.String()]
        others = [c for c in frame.columns if c not in {"row", *sides, *labels}]
        summed = [~_bare(c).is_in(_NONE) for c in ([c for c in others if role_of(c) == "value"] or others)]
        # A row of labels alone was cut off; it sums nothing.
        untold = frame.filter(_bare(name).is_in(_NONE) & pl.any_horizontal(pl.lit(value=False), *summed))
        untold = untold.select("row", *texts)
        looked_for = True
        is_sum |= pl.col("row").is_in([r[0] for r in untold.iter_rows() if any(map(says_total, filter(None, r[1:])))])
    if not looked_for:
        return frame, []
    rows = frame.filter(is_sum.fill_null(value=False))["row"].to_list()
    if not rows or (is_sheet and len(rows) == frame.height):
        return frame, []
    return frame.filter(~is_sum.fill_null(value=False)), rows


def _is_mostly_told(column: pl.Series) -> bool:
    """Whether nearly every row of a column says something, or all but the last: else labels are printed once."""
    blank = column.cast(str).str.strip_chars().fill_null("").is_in(_NONE)
    count = int(blank.sum())
    return 0 < count < blank.len() and (count <= blank.len() * _MOST_BLANK or bool(blank.tail(count).all()))


def _is_of_a_country(text: str) -> bool:
    """Whether words are of all that a country exports or imports: `India's Total Export`; no name of a place is."""
    whose = _WHOSE.match(text)
    is_owned = bool(said(text).flow) or bool(whose and partners.code_of(whose[1]))
    return len(text.split()) > 1 and says_total(text) and is_owned and not partners.code_of(text)


def is_subtotal(text: str) -> bool:
    """Whether words say a sum of some of the rows above and nothing else.

    >>> is_subtotal("Sub-total"), is_subtotal("SUBTOTAL:"), is_subtotal("Total")
    (True, True, False)
    """
    return text.strip(" .:").casefold() in title_words("subtotal")


def says_total(text: str) -> bool:
    """Whether words say a sum of all: `Total`, `India's Total Export`."""
    words = text.replace("'", " ").replace("’", " ").split()
    return any(w[0].isalpha() and partners.code_of(w.strip(".,:")) == _WORLD for w in words)


class RunningSums:
    """Which rows sum those above them where no word says so: figures alone, as lists of SAP have them in S/4.

    A sum is of all rows above, or of those since one of the sums above it: of a group, of several groups.
    """

    def __init__(self) -> None:
        self._all: dict[str, float] = {}
        self._at_sums: list[dict[str, float]] = [{}]
        self._rows = 0

    def is_sum(self, figures: Mapping[str, float | None], *, is_bare: bool) -> bool:
        """Whether a row sums others; if not, it counts among those that a later one may sum.

        Args:
            figures: of the row, signs kept; None where it has none.
            is_bare: whether the row says nothing beside figures and their units.
        """
        told = {name: figure for name, figure in figures.items() if figure is not None}
        if is_bare and told and self._rows > 1 and any(self._is_since(before, told) for before in self._at_sums):
            self._at_sums = [*self._at_sums[:1], *self._at_sums[1:][-_MOST_SUMS:], dict(self._all)]
            return True
        self._rows += 1
        for name, figure in told.items():
            self._all[name] = self._all.get(name, 0.0) + figure
        return False

    def _is_since(self, before: Mapping[str, float], told: Mapping[str, float]) -> bool:
        sums = ((figure, self._all.get(name, 0.0) - before.get(name, 0.0)) for name, figure in told.items())
        return all(abs(figure - found) <= _CENTS + abs(found) * _DIGITS_LOST for figure, found in sums)


def without_bare_sums(frame: pl.DataFrame) -> tuple[pl.DataFrame, list[int]]:
    """A table without rows of figures alone that sum those above them; as it is where one of them sums nothing.

    Returns:
        The table, and the rows left out.
    """
    import polars as pl

    texts = [c for c, kind in frame.schema.items() if kind == pl.String() and c != "row"]
    labels = {c for c in texts if role_of(c) in _LABELS}
    if len(texts) + 1 != frame.width or not _are_bare(frame, labels).any():
        return frame, []  # nearly every table: no cell of it is looked at one by one
    told = [c for c in frame.select(texts) if c.null_count() < frame.height]  # of ten thousand columns few
    labels |= {c.name for c in told if c.name not in labels and not _of_figures(c.to_list())}
    figures = [c.name for c in told if c.name not in labels]
    none = _are_bare(frame, {c for c in labels if role_of(c) not in _UNITS})
    bare = (none & ~_are_bare(frame, figures)).to_list()
    if not any(bare) or not labels:
        return frame, []
    cells = {c: [(x or "").strip() for x in frame[c].to_list()] for c in figures}
    for read in (_with_point, _with_comma):  # which of the two begins a fraction, the sums show
        sums = RunningSums()
        found = [
            sums.is_sum({c: read(cells[c][i]) for c in figures}, is_bare=is_bare) for i, is_bare in enumerate(bare)
        ]
        if found == bare:
            left = pl.Series(bare)
            return frame.filter(~left), frame.filter(left)["row"].to_list()
    return frame, []


def _are_bare(frame: pl.DataFrame, columns: Iterable[str]) -> pl.Series:
    """In which rows none of these columns says anything."""
    import polars as pl

    every = pl.col("row").is_not_null()  # so that no column at all says nothing in every row
    return frame.select(pl.all_horizontal(every, *(_bare(c).is_in(_NONE) for c in columns))).to_series()


def _of_figures(cells: Iterable[str | None]) -> bool:
    """Whether a column holds numbers, and numbers that may be years among them: a sum may be 2,000."""
    told = [c for c in ((x or "").strip() for x in cells) if c not in _NONE]
    return bool(told) and all(any(map(str.isdigit, c)) and not any(map(str.isalpha, c)) for c in told)


def _with_point(cell: str) -> float | None:
    bare = "".join(c for c in cell if c.isdigit() or c in ".-")
    try:
        return float(bare)
    except ValueError:
        return None


def _with_comma(cell: str) -> float | None:
    return _with_point(cell.replace(".", "").replace(",", "."))


def sums_said(rows: list[int]) -> tuple[str, ...]:
    """A note on rows that are sums; none where there are none."""
    if not rows:
        return ()
    named = ", ".join(map(str, rows[:3])) + (", …" if len(rows) > 3 else "")  # noqa: PLR2004 - a few show which
    return (
        tr(
            "Rows that are the sum of others and name no place or no goods of their own are not read: {named}.",
            named=named,
        ),
    )


def without_blanks(long: pl.DataFrame, have: list[str], absent: Counter[str]) -> pl.DataFrame:
    """The rows with a figure; what stands in the others is counted, since it may mean nil, unknown or confidential."""
    import polars as pl

    cells = [pl.col(c).str.strip_chars().replace("", None) for c in have]
    empty = pl.all_horizontal(absent_in(c).fill_null(value=True) for c in cells)
    words = long.filter(empty).select(pl.coalesce(cells).fill_null("").alias("word"))
    absent.update(dict(words.group_by("word").len().iter_rows()))
    return long.filter(~empty)


def cells_said(absent: Counter[str]) -> tuple[str, ...]:
    """A note on flows that have no figure where one was due, by what stands in their cells; none where none is."""
    if not absent:
        return ()
    shown = [
        tr("{count} × {word!r}", count=n, word=w) for w, n in sorted(absent.items(), key=lambda i: (-i[1], i[0])) if w
    ]
    if blank := absent[""]:
        shown.append(tr("{count} blank", count=blank))
    words = ", ".join(shown)
    count = ntr(absent.total(), "{n} flow has", "{n} flows have", n=absent.total())
    return (tr("{count} no figure and no row, by what stands in the cells: {words}.", count=count, words=words),)


def statuses_in(frame: pl.DataFrame) -> tuple[str, list[str]]:
    """The column whose cells all say what each row is of a figure, and its words for rows that are no figure.

    Both empty for none. Value, Status: so the IMF's bulk files say something about a figure in a row of its own.
    """
    import polars as pl

    for name in (c for c, kind in frame.schema.items() if kind == pl.String() and key(c) in _KINDS):
        words = frame[name].drop_nulls().unique().sort().to_list()
        left = [w for w in words if w.strip().casefold() in _STATUSES]
        if left and all(w in left or said(w).label == "value" for w in words):
            return name, left
    return "", []


def without_statuses(frame: pl.DataFrame, name: str, left: list[str]) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """A table, or a block of one, without the rows that are no figure.

    Args:
        frame: cells as text.
        name: the column that says it, by `statuses_in`; empty for none.
        left: its words for such rows.

    Returns:
        The table, and a note on what was left out.
    """
    import polars as pl

    if not name:
        return frame, ()
    shown = ", ".join(map(repr, left))
    kept = frame.filter(~pl.col(name).is_in(left).fill_null(value=False))
    return kept, (tr("Rows of {name!r} that are no figures: {shown}.", name=name, shown=shown),)


def _bare(column: str) -> pl.Expr:
    return _text(column).fill_null("").str.strip_chars()


def _text(column: str) -> pl.Expr:
    import polars as pl

    return pl.col(column).cast(pl.String())


def _is_world(text: str) -> bool:
    return partners.code_of(text.strip()) == _WORLD
