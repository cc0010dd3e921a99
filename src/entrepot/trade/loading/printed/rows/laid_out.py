"""A sheet as a row a flow, as far as its rows say what others are: heads of blocks, labels printed once, kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.trade.loading.printed.printed_once import once_filled, sectioned
from entrepot.trade.loading.printed.rows.headed_blocks import in_blocks
from entrepot.trade.loading.printed.rows.kinds_in_rows import by_kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl


def laid_out(frame: pl.DataFrame, named: Sequence[str]) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """A whole sheet with what its rows say of others in cells, and notes.

    Args:
        frame: all rows, cells as text, with their `row`: a part of them would prove what the rest disproves.
        named: headings that a map names; then nothing is laid out but labels that are printed once.
    """
    notes: list[str] = []
    if not named:
        frame, notes[:] = in_blocks(frame)
    frame, once = once_filled(frame, named)
    notes += once
    for step in (sectioned, by_kind) if not named else ():
        frame, told = step(frame)
        notes += told
    return frame, tuple(notes)
