"""Flows counted by net weight instead of value: prices that fall hide a rise in dollars, and a weight does not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa


def counted_in(unit: str, flows: pa.Table | Path) -> pa.Table | Path:
    """The flows with the amount that is to be counted in the place of the value.

    Args:
        unit: USD: the flows as they are; kg: net weight, and no unit values. A row without a weight keeps an empty
            cell: it is no zero.
        flows: under the contract `trade_flows`; a path: of a Parquet file.
    """
    import polars as pl

    if unit == "USD":
        return flows
    frame = pl.read_parquet(flows) if isinstance(flows, Path) else pl.DataFrame(flows)
    weighed: pa.Table = frame.with_columns(
        pl.col("net_kg").alias("value_usd"), pl.lit(None, pl.Float64).alias("net_kg")
    ).to_arrow()
    return weighed
