"""Rows dealt into parts, so that rules hold some of them as dicts at a time and not all.

Rows that say the same are in one part, so a rule that is asked part by part groups what it groups of all at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from entrepot.tracing.balance.books import folded
from entrepot.tracing.supply.coded_rows import CodedRows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import numpy.typing as npt

    from entrepot.tracing.supply.coded_rows import Numbers, Row

By: TypeAlias = "tuple[str, ...] | Numbers"

ROWS = 1 << 18  # that are dicts at a time: some 250 MB
_MIX = 0x5851F42D4C957F2D  # an odd number by which two columns that are swapped give another number (Knuth, MMIX)


def key(rows: Sequence[Row], by: Sequence[str]) -> Numbers:
    """A number by row for what it says under some columns, folded; two that say otherwise share one by chance alone.

    Of ten million rows the chance that any two do is some three in a million; who must not err by it looks again.
    """
    found = np.zeros(len(rows), np.uint64)
    for column in by:
        said = rows.numbered(column, _number) if isinstance(rows, CodedRows) else _listed(rows, column)
        found = found * np.uint64(_MIX) + said.view(np.uint64)
    return found


def that(rows: Sequence[Row], chosen: npt.NDArray[np.bool_]) -> Sequence[Row]:
    """The rows that are chosen, in their order."""
    return rows if chosen.all() else _at(rows, np.flatnonzero(chosen), dicts=False)


def told(rows: Sequence[Row], *columns: str) -> Sequence[Row]:
    """The rows that say something under every column."""
    chosen = np.ones(len(rows), np.bool_)
    for column in columns:
        chosen &= chosen_by(rows, column, bool)
    return that(rows, chosen)


def chosen_by(rows: Sequence[Row], column: str, is_one: Callable[[Any], bool]) -> npt.NDArray[np.bool_]:
    """By row whether what it says under a column is such a one."""
    found = rows.numbered(column, is_one) if isinstance(rows, CodedRows) else [is_one(r[column]) for r in rows]
    return np.asarray(found, np.bool_)


def met(rows: Sequence[Row], by: Sequence[str], others: Sequence[Row], by_others: Sequence[str]) -> Sequence[Row]:
    """The rows that say what another table says somewhere."""
    return that(rows, np.isin(key(rows, by), key(others, by_others)))


def several(rows: Sequence[Row], by: Sequence[str], of: Sequence[str]) -> Sequence[Row]:
    """The rows of which others say the same under `by` and something else under `of`."""
    if not len(rows):
        return rows
    _, group = np.unique(key(rows, by), return_inverse=True)
    return that(rows, differs(group, key(rows, of))[group])


def differs(group: Numbers, said: Numbers) -> npt.NDArray[np.bool_]:
    """By group whether its rows say more than one thing. Groups are numbered from nothing."""
    count = int(np.max(group, initial=-1)) + 1
    low, high = np.full(count, np.iinfo(said.dtype).max, said.dtype), np.zeros(count, said.dtype)
    np.minimum.at(low, group, said)
    np.maximum.at(high, group, said)
    return np.asarray(low != high)


def dealt(*some: tuple[Sequence[Row], By], rows: int | None = None) -> Iterator[tuple[list[Row], ...]]:
    """Parts of tables; rows that say the same under their columns are in the same part of each.

    Args:
        some: each table with the columns by which it is dealt, as many of each, what they say folded; or a number by
            row, where what rows have in common is known otherwise.
        rows: how many of all tables a part has about; None: ROWS.

    Yields:
        Of each table the rows of the part, in their order; all of them where they are few.
    """
    parts = -(-sum(len(r) for r, _ in some) // (rows or ROWS))
    if parts <= 1:
        yield tuple(list(r) for r, _ in some)
        return
    places = [_places(key(r, by) if isinstance(by, tuple) else by.astype(np.uint64), parts) for r, by in some]
    for part in range(parts):
        yield tuple(_at(r, where[part], dicts=True) for (r, _), where in zip(some, places, strict=True))


def _number(value: Any) -> int:
    return hash(folded(value) if value is None or isinstance(value, str) else value)


def _listed(rows: Sequence[Row], column: str) -> Numbers:
    return np.fromiter((_number(r[column]) for r in rows), np.int64, len(rows))


def _places(of: Numbers, parts: int) -> list[Numbers]:
    """The places of the rows of each part."""
    part = (of % np.uint64(parts)).astype(np.int32)
    order = np.argsort(part, kind="stable")
    return np.split(order, np.searchsorted(part[order], np.arange(1, parts)))


def _at(rows: Sequence[Row], places: Numbers, *, dicts: bool) -> Any:
    if isinstance(rows, CodedRows):
        return rows.at(places) if dicts else rows.take(places)
    return [rows[i] for i in places.tolist()]
