"""Sheets of one workbook with different measures of the same flows, as columns of the same rows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from entrepot.core.words.translate import ntr
from entrepot.trade.loading.printed.printed_headings import role_of
from entrepot.trade.loading.printed.titles.counted_sheet import FIGURES, KEYS, UNIT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import polars as pl

    from entrepot.trade.loading.opening import Opened

_AT = "_at"  # a column of its own: the number of each row of a sheet while it is joined


def side_by_side(tables: Iterable[Opened]) -> Iterator[Opened]:
    """Tables, of the sheets of one workbook those with different measures of the same flows as one.

    A sheet of quantities is joined to those whose columns are the same and in which its flows are, each once: of two
    values of them, a customs value and one with freight, either may be read. Flows of it that are in none are a table
    of their own.
    """
    import polars as pl

    held: list[Opened] = []
    for one in tables:
        if not one.sheet:
            yield one
        else:
            held.append(one)
    bases = [one for one in held if not one.counted]
    for more in (one for one in held if one.counted):
        numbered = replace(more, frame=more.frame.with_row_index(_AT))
        left = numbered.frame
        for at, base in enumerate(bases):
            bases[at], rest = _joined(base, numbered)
            left = left.filter(pl.col(_AT).is_in(rest[_AT].implode()))
        if left.height:
            bases.append(replace(more, frame=left.drop(_AT), rows=left["row"].n_unique()))
    yield from bases


def _joined(base: Opened, more: Opened) -> tuple[Opened, pl.DataFrame]:
    """A table with the measures of another beside its flows, and the rows of the other that are in none of them."""
    import polars as pl

    mine, theirs = _roles(base.frame), _roles(more.frame)
    keys = {r: c for r, c in mine.items() if r in KEYS and r in theirs}
    figures = [c for c in more.frame.columns if role_of(c) in FIGURES or c in FIGURES]
    # What one of them alone says tells no flows apart where it says one thing: the flow, by words such as Import Value.
    alone = (
        frame[of[r]].n_unique() > 1
        for frame, of in ((base.frame, mine), (more.frame, theirs))
        for r in of
        if r in KEYS and r not in keys
    )
    is_same = bool(keys) and not any(alone)
    if not is_same or any(role_of(c) in {role_of(f) for f in figures} or c in figures for c in base.frame.columns):
        return base, more.frame
    unit = [theirs[UNIT]] if UNIT in theirs and UNIT not in mine else []
    key = [pl.col(theirs[r]).cast(pl.String()).str.strip_chars().alias(f"_{r}") for r in keys]
    of = [pl.col(keys[r]).cast(pl.String()).str.strip_chars().alias(f"_{r}") for r in keys]
    left, right = base.frame.with_columns(of), more.frame.with_columns(key)
    on = [f"_{r}" for r in keys]
    if left.select(on).is_duplicated().any() or right.select(on).is_duplicated().any():
        return base, more.frame
    made = left.join(right.select(*on, *figures, *(pl.col(c).alias(UNIT) for c in unit)), on=on, how="left")
    rest = right.join(left, on=on, how="anti").drop(on)
    count = right.height - rest.height
    if not count:
        return base, more.frame
    note = ntr(
        count,
        "{count} figure of sheet {sheet!r} stands beside the value of the same flow.",
        "{count} figures of sheet {sheet!r} stand beside the values of the same flows.",
        sheet=more.sheet,
    )
    return replace(base, frame=made.drop(on), notes=(*base.notes, note)), rest


def _roles(frame: pl.DataFrame) -> dict[str, str]:
    return {role: c for c in reversed(frame.columns) if (role := role_of(c))}
