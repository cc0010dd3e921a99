"""Zeros of a row that the other figures of the row contradict: a value beside a weight, a weight beside a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    import polars as pl

    from entrepot.trade.loading.faults import Faults

# USD beside which a weight or quantity of zero is none that was rounded: at half a kilogram two thousand a kilogram,
# which is more than nearly all goods cost.
_ROUNDED_AWAY = 1000.0
# Columns in units so small; a capacity in megawatts may be a zero that was rounded.
_COUNTED = ("net_kg", "quantity")


def worthless(frame: pl.DataFrame, faults: Faults) -> pl.DataFrame:
    """A zero beside a weight or a quantity is emptied: goods that were moved are worth something."""
    import polars as pl

    goods_moved = (pl.col("net_kg") > 0) | (pl.col("quantity") > 0)
    empty = ((pl.col("value_usd") == 0) & goods_moved.fill_null(value=False)).fill_null(value=False)
    rows = frame.filter(empty)["row"]
    if len(rows):
        faults.add("zero_unclear", rows, "a value of zero beside a weight or a quantity; emptied", "set_aside")
    return frame.with_columns(pl.when(~empty).then("value_usd").alias("value_usd"))


def weightless(frame: pl.DataFrame, faults: Faults) -> pl.DataFrame:
    """A weight or a quantity of zero beside a value is emptied: nothing is worth nothing, and much is not rounded away.

    Beside a small value it stays: offices print whole kilograms, and less than half of one is a zero.
    """
    import polars as pl

    worth = (pl.col("value_usd") >= _ROUNDED_AWAY).fill_null(value=False)
    for name in _COUNTED:
        empty = ((pl.col(name) == 0) & worth).fill_null(value=False)
        rows = frame.filter(empty)["row"]
        if len(rows):
            what = tr(
                "{name} is zero beside a value of {worth} USD or more; emptied",
                name=name,
                worth=f"{_ROUNDED_AWAY:,.0f}",
            )
            faults.add("zero_unclear", rows, what, "set_aside")
            frame = frame.with_columns(pl.when(~empty).then(name).alias(name))
    return frame
