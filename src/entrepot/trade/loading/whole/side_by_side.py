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


def side_by_side(tables: Iterable[Opened]) -> Iterator[Opened]:
    """Tables, of the sheets of one workbook those with different measures of the same flows as one.

    A sheet of quantities is joined to the one whose columns are the same and in which its flows are, each once. Flows
    of it that are in none are a table of their own.
    """
    held: list[Opened] = []
    for one in tables:
        if not one.sheet:
            yield one
        else:
            held.append(one)
    bases = [one for one in held if not one.counted]
    for more in (one for one in held if one.counted):
        left = more
        for at, base in enumerate(bases):
            bases[at], left = _joined(base, left)
        if left.frame.height:
            bases.append(left)
    yield from bases


def _joined(base: Opened, more: Opened) -> tuple[Opened, Opened]:
    """A table with the measures of another beside its flows, and what is left of the other."""
    import polars as pl

    mine, theirs = _roles(base.frame), _roles(more.frame)
    keys = {r: c for r, c in mine.items() if r in KEYS}
    figures = [c for c in more.frame.columns if role_of(c) in FIGURES or c in FIGURES]
    is_same = keys.keys() == {r for r in theirs if r in KEYS}
    if not is_same or any(role_of(c) in {role_of(f) for f in figures} or c in figures for c in base.frame.columns):
        return base, more
    unit = [theirs[UNIT]] if UNIT in theirs and UNIT not in mine else []
    key = [pl.col(theirs[r]).cast(pl.String()).str.strip_chars().alias(f"_{r}") for r in keys]
    of = [pl.col(keys[r]).cast(pl.String()).str.strip_chars().alias(f"_{r}") for r in keys]
    left, right = base.frame.with_columns(of), more.frame.with_columns(key)
    on = [f"_{r}" for r in keys]
    if left.select(on).is_duplicated().any() or right.select(on).is_duplicated().any():
        return base, more
    made = left.join(right.select(*on, *figures, *(pl.col(c).alias(UNIT) for c in unit)), on=on, how="left")
    rest = right.join(left, on=on, how="anti").drop(on)
    count = right.height - rest.height
    if not count:
        return base, more
    note = ntr(
        count,
        "{count} figure of sheet {sheet!r} stands beside the value of the same flow.",
        "{count} figures of sheet {sheet!r} stand beside the values of the same flows.",
        sheet=more.sheet,
    )
    joined = replace(base, frame=made.drop(on), notes=(*base.notes, note))
    return joined, replace(more, frame=rest, rows=rest["row"].n_unique())


def _roles(frame: pl.DataFrame) -> dict[str, str]:
    return {role: c for c in reversed(frame.columns) if (role := role_of(c))}
