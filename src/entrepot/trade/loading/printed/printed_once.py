"""Labels that a sheet prints once for all rows below: a country over its goods, in a column of its own or in theirs.

Customs of Viet Nam merge the cell of a country over its goods; Pakistan and Belarus print a commodity and below it, in
the same column, the countries that took it. A workbook gives such cells as blanks, a person's CSV does so too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core.words.translate import tr
from entrepot.trade.loading.printed.printed_cells import is_figure, is_goods, is_mixed, is_period, is_place
from entrepot.trade.loading.printed.printed_headings import SIDES, role_of
from entrepot.trade.loading.printed.printed_lines import says_total
from entrepot.vocabulary import partners

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

_LABELS = {*SIDES, "flow", "product", "period"}  # what a row needs and cannot be guessed: no unit, no valuation
_NONE = ("", "-", "–", "—")
_WORLD = "+WLD"
_MOSTLY = 0.8  # of the heads of sections whose figure has to be the sum of the rows below
_NEAR = 0.01  # of a sum: rounded figures
_FEWEST = 2  # sections: one may be a title; blanks: a single one may be a cell that was left out


def once_filled(frame: pl.DataFrame, named: Sequence[str]) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """A sheet with labels that are printed once in each row for which they hold.

    A column is printed once where no two rows after one another repeat a label, its first row has one, its blank rows
    are told apart by another column, labels that come again have more blanks than labels, and it or another that is
    printed once has no more labels than blanks, and two blanks at least. In a table that prints every label, as
    publishers' databases do, a blank is a blank.

    Args:
        frame: all rows, cells as text, with their `row`: a part of them would prove what the rest disproves.
        named: headings that a map names.

    Returns:
        The table, and a note.
    """
    import polars as pl

    from entrepot.trade.formats import is_publishers  # formats read headings by modules of this folder

    columns = [] if not named and is_publishers(frame.columns) else _printed_once(frame, named)
    if not columns:
        return frame, ()
    totals = pl.Series([_says_total(row) for row in frame.select(_texts(frame)).iter_rows()], dtype=pl.Boolean)
    groups = {c: (~_blank(frame[c])).sum() for c in columns}
    filled, begins, counted = frame, pl.Series([False] * frame.height), 0
    for name in columns:
        blank = _blank(frame[name])
        # A sum for each group stands in its group; one below all groups belongs to none.
        apart = blank & totals if (blank & totals).sum() != groups[name] else blank & False
        kept = frame[name].set(blank, None)
        group = begins.cum_sum()
        value = pl.DataFrame({"g": group, "v": kept}).select(pl.col("v").forward_fill().over("g"))["v"]
        value = value.set(apart, None)
        counted += int((blank & value.is_not_null()).sum())
        filled = filled.with_columns(value.alias(name))
        begins |= ~blank
    shown = " and ".join(map(repr, columns))
    note = tr(
        "{shown}: printed once for the rows below; {counted} blank cells are read as the label above.",
        shown=shown,
        counted=counted,
    )
    return filled, (note,)


def _blank(column: pl.Series) -> pl.Series:
    import polars as pl

    return column.cast(pl.String()).str.strip_chars().fill_null("").is_in(_NONE)


def _texts(frame: pl.DataFrame) -> list[str]:
    """Columns of words and codes: none of figures."""
    import polars as pl

    return [c for c, kind in frame.schema.items() if kind == pl.String() and c != "row"]


def _printed_once(frame: pl.DataFrame, named: Sequence[str]) -> list[str]:
    """The columns of labels that are printed once for several rows, from the left."""
    labels = [c for c in _texts(frame) if role_of(c) in _LABELS or c in named]
    if not any(_may_be_once(frame[c]) for c in labels):
        return []
    cells = {c: [(x or "").strip() for x in frame[c].cast(str).to_list()] for c in _texts(frame)}
    found = [c for c in labels if _may_be_once(frame[c]) and not _is_of_figures(cells[c])]
    if not found:
        return []
    told = [c for c in cells if c not in found and not _is_of_figures(cells[c])]
    figures = [c for c in cells if role_of(c) not in _LABELS and _is_of_figures(cells[c])]
    for name in list(found):
        rows = [i for i, x in enumerate(cells[name]) if x in _NONE and any(cells[c][i] for c in cells)]
        if figures and not any(cells[c][i] not in _NONE for i in rows for c in figures):
            found.remove(name)  # no row that needs the label: one that was cut off, a remark
            continue
        if not any(all(cells[c][i] not in _NONE for i in rows) for c in [*told, *(f for f in found if f != name)]):
            found.remove(name)
    found = [c for n, c in enumerate(found) if not _comes_again(cells[c], [cells[f] for f in found[:n]])]
    # Where labels outnumber blanks in each, or one cell is blank, it was left out: no country is made up for it.
    blanks = [sum(x in _NONE for x in cells[c]) for c in found]
    if not any(_FEWEST <= blank >= frame.height - blank for blank in blanks):
        return []
    keys, held = set(), dict.fromkeys(found, "")
    for i in range(frame.height):
        held |= {c: cells[c][i] for c in found if cells[c][i] not in _NONE}
        key = (*held.values(), *(cells[c][i] for c in told))
        if key in keys:
            return []  # two rows that nothing tells apart: what is blank is not the label above
        keys.add(key)
    return found


def _may_be_once(column: pl.Series) -> bool:
    """Whether a column has blank cells, none in its first row, and no label twice one below the other."""
    import polars as pl

    blank, text = _blank(column), column.cast(pl.String()).str.strip_chars()
    if not blank.any() or blank[0]:
        return False
    again = (text == text.shift(1)) & ~blank
    return not again.fill_null(value=False).any()


def _comes_again(cells: Sequence[str], above: Sequence[Sequence[str]]) -> bool:
    """Whether labels come again under one label of the columns above them, and more rows have one than have none.

    A label that comes again further down is one of another month or section, in a table of long groups; where labels
    outnumber blanks, what is blank is a cell that somebody left out.
    """
    group, seen, again, filled = 0, set(), False, 0
    for i, cell in enumerate(cells):
        group += any(column[i] not in _NONE for column in above)
        if cell not in _NONE:
            filled += 1
            again |= (group, cell) in seen
            seen.add((group, cell))
    return again and filled >= len(cells) - filled


def _is_of_figures(cells: list[str]) -> bool:
    """Whether a column holds figures: numbers that are neither codes of goods nor periods."""
    filled = [x for x in cells if x not in _NONE]
    figures = [x for x in filled if is_figure(x) and not is_goods(x) and not is_period(x)]
    return len(figures) > len(filled) * (1 - _MOSTLY)


def _says_total(cells: Sequence[str | None]) -> bool:
    return any(says_total(x) for x in cells if x and not is_figure(x.strip()))


def sectioned(frame: pl.DataFrame) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """A table in which goods and places stand in one column, one over the other, with each in a column of its own.

    It is one where the figure of each head is the sum of the rows below, or blank. Heads stay as rows: a place over
    goods is its total of all goods, goods over places are those of the world.
    """
    import polars as pl

    have = {role_of(c) for c in frame.columns}
    if "product" in have and have & {"partner", "exporter", "importer"}:
        return frame, ()
    for name in _texts(frame):
        role = role_of(name)
        cells = [(x or "").strip() for x in frame[name].to_list()]
        if role not in {"", "partner", "product"} or not is_mixed(cells):
            continue
        is_head = _heads(frame, name, cells)
        if is_head is None:
            continue
        places_below = not is_place(next(c for c, h in zip(cells, is_head, strict=True) if h))
        head, part = [], []
        last = ""
        for cell, heads in zip(cells, is_head, strict=True):
            last = cell if heads else last
            head.append(last)
            part.append(("World" if places_below else "TOTAL") if heads else cell)
        of, below = ("product", "partner") if places_below else ("partner", "product")
        told = {role_of(c) for c in frame.columns if c != name}
        if below in told:
            continue
        more = [] if of in told else [pl.Series(of, head)]
        made = frame.drop(name)
        figures = [c for c in frame.columns if c not in {"row", name}]
        empty = frame.select(
            pl.all_horizontal(pl.col(c).cast(pl.String()).fill_null("").str.strip_chars().is_in(_NONE) for c in figures)
        ).to_series()
        made = made.with_columns(*more, pl.Series(below, part)).filter(~empty)
        note = tr(
            "{name!r} holds {of}s over {below}s: heads are read as their sums, {total} in all.",
            name=name,
            of=of,
            below=below,
            total=sum(is_head),
        )
        return made, (note,)
    return frame, ()


def _heads(frame: pl.DataFrame, name: str, cells: list[str]) -> list[bool] | None:
    """Which rows head a section; None where figures are not the sums of what stands below."""
    kinds = [is_place(c) and partners.code_of(c) != _WORLD if c not in _NONE else None for c in cells]
    amounts = [
        c for c in frame.columns if c not in {name, "row"} and _is_of_figures([x or "" for x in _as_text(frame, c)])
    ]
    for column in reversed(amounts):  # values stand behind quantities, which are not added
        figures = [_number(x) for x in _as_text(frame, column)]
        first = next((k for k, f in zip(kinds, figures, strict=True) if k is not None and f is not None), None)
        is_head = [k is first and f is not None for k, f in zip(kinds, figures, strict=True)]
        sections: list[tuple[float, list[float]]] = []
        for figure, heads, kind in zip(figures, is_head, kinds, strict=True):
            if heads and figure is not None:
                sections.append((figure, []))
            elif sections and figure is not None and kind is not None:
                sections[-1][1].append(figure)
        right = sum(bool(parts) and abs(sum(parts) - whole) <= _NEAR * abs(whole) for whole, parts in sections)
        if len(sections) >= _FEWEST and right >= _MOSTLY * len(sections):
            return is_head
    return None


def _as_text(frame: pl.DataFrame, column: str) -> list[str | None]:
    import polars as pl

    return frame[column].cast(pl.String()).to_list()


def _number(text: str | None) -> float | None:
    bare = (text or "").strip().replace(",", "").replace("\u00a0", "").replace(" ", "")
    try:
        return float(bare)
    except ValueError:
        return None
