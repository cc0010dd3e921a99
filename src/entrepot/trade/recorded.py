"""The record's own quarterly flows under the contract that the other rooms read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core import contract
from entrepot.trade.contract import TRADE_FLOWS
from entrepot.trade.loading.codes import vintage_in_force

if TYPE_CHECKING:
    import pyarrow as pa


def capacity_from(product: str) -> str:
    """How Ember finds the megawatts of a product of the record, in words.

    Args:
        product: as in `flows`: Panels, Cells or Wafers.
    """
    # Wafers: 0.75 to 0.9 tonnes a MW, falling month by month and the same for every partner; no price enters.
    return (
        "estimated by Ember from weight" if product == "Wafers" else "estimated by Ember from value and a world price"
    )


def as_trade_flows(flows: pa.Table) -> pa.Table:
    """Rows of `flows` as rows of `trade_flows`.

    Ember's exports are those that China Customs declares, FOB. Megawatts are Ember's estimate from the value (of
    wafers from the weight), so they become an estimated quantity, from which no unit value is made.

    Args:
        flows: under the contract `flows`, all of them or some.

    Returns:
        One row each, under the contract `trade_flows`.
    """
    import polars as pl

    frame = pl.from_arrow(flows)
    assert isinstance(frame, pl.DataFrame)
    text, none = pl.String(), pl.lit(None)
    made = frame.select(
        pl.col("reporter"),
        pl.col("reporter").alias("exporter"),
        pl.col("partner_iso3").alias("importer"),
        pl.col("flow"),
        pl.lit("FOB").alias("valuation"),
        pl.col("hs").alias("product"),
        pl.col("period").map_elements(vintage_in_force, return_dtype=text).alias("hs_vintage"),
        pl.col("period"),
        pl.lit("quarter").alias("frequency"),
        pl.col("value_usd").cast(pl.Float64),
        none.cast(pl.Float64).alias("quantity"),
        none.cast(text).alias("quantity_unit"),
        pl.col("net_kg").cast(pl.Float64),
        pl.col("capacity_mw").cast(pl.Float64).alias("estimated_quantity"),
        pl.lit("MW").alias("estimated_unit"),
        pl.lit("reported").alias("status"),
        pl.col("source_id"),
    )
    return contract.check(TRADE_FLOWS, made.to_arrow())
