"""Fiscal years beside calendar years: not compared, and said.

What trade grew from one to the other, and its season, would be read as a margin of freight or as a gap.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from entrepot.core.words.amounts import counted, with_unit
from entrepot.core.words.translate import ntr
from entrepot.trade.loading.whole import fiscal_reporters

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa


def comparable(table: pa.Table) -> tuple[pa.Table, tuple[str, ...]]:
    """The flows without years of which one side's are fiscal and the other's are not; what that leaves out, in words.

    Args:
        table: under the contract `trade_flows`; its schema says who counts in fiscal years.
    """
    import polars as pl

    fiscal = sorted(fiscal_reporters.of(table.schema))
    if not fiscal:
        return table, ()
    flows = cast("pl.DataFrame", pl.from_arrow(table))
    ends = [pl.col(side).is_in(fiscal) for side in ("exporter", "importer")]
    # Of a pair of which one side alone reports there is nothing to compare, and nothing is left out.
    both = [pl.col(side).is_in(flows["reporter"].unique().implode()) for side in ("exporter", "importer")]
    unlike = (pl.col("frequency") == "year") & (ends[0] != ends[1]) & both[0] & both[1]
    left = flows.filter(unlike)
    if left.is_empty():
        return table, ()
    names = sorted({*left["exporter"], *left["importer"]} & set(fiscal))
    said = ntr(
        len(names),
        "Not compared: {reports} ({value}) of flows between {names} and who counts in years of the calendar. Its years "
        "are fiscal and stand under the year in which they begin: a margin or a gap would hold what trade grew between "
        "them. Months or quarters can be compared.",
        "Not compared: {reports} ({value}) of flows between {names} and who counts in years of the calendar. Their "
        "years are fiscal and stand under the year in which they begin: a margin or a gap would hold what trade grew "
        "between them. Months or quarters can be compared.",
        reports=counted(left.height, "report"),
        value=with_unit(float(left["value_usd"].sum()), "USD"),
        names=", ".join(names),
    )
    return flows.filter(~unlike).to_arrow().cast(table.schema), (said,)
