"""Fiscal years beside calendar years, or beside fiscal years that begin in another month: not compared, and said.

What trade grew from one to the other, and its season, would be read as a margin of freight or as a gap.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from entrepot.core.tables.packaged import packaged_rows
from entrepot.core.words.amounts import counted, with_unit
from entrepot.core.words.translate import ntr, tr
from entrepot.trade.loading.whole import fiscal_reporters
from entrepot.trade.mirrors.comparable.contract import FISCAL_STARTS

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa


def comparable(table: pa.Table) -> tuple[pa.Table, tuple[str, ...]]:
    """The flows without years that are not the same twelve months on both sides; what that leaves out, in words.

    Args:
        table: under the contract `trade_flows`; its schema says who counts in fiscal years.
    """
    import polars as pl

    fiscal = fiscal_reporters.of(table.schema)
    if not fiscal:
        return table, ()
    flows = cast("pl.DataFrame", pl.from_arrow(table))
    known = {row["reporter"]: row["month"] for row in packaged_rows(FISCAL_STARTS)}
    # What the file prints stands before what is on record; a year whose first month nothing says is like no other.
    begins = {code: "/".join(sorted(months)) or known.get(code) or code for code, months in fiscal.items()}
    exporter, importer = (pl.col(side).replace_strict(begins, default="") for side in ("exporter", "importer"))
    # Of a pair of which one side alone reports there is nothing to compare, and nothing is left out.
    both = [pl.col(side).is_in(flows["reporter"].unique().implode()) for side in ("exporter", "importer")]
    unlike = (pl.col("frequency") == "year") & (exporter != importer) & both[0] & both[1]
    is_fiscal = (exporter != "") & (importer != "")
    said = (*_beside_calendar(flows.filter(unlike & ~is_fiscal), fiscal), *_apart(flows.filter(unlike & is_fiscal)))
    return (flows.filter(~unlike).to_arrow().cast(table.schema) if said else table), said


def _apart(left: pl.DataFrame) -> tuple[str, ...]:
    """What is left out between two who both count in fiscal years."""
    if left.is_empty():
        return ()
    told = tr(
        "Not compared: {reports} ({value}) of flows between {names}, which count in fiscal years that begin in "
        "different months, or in a month that nothing says. Where a file says the months in its periods, as July 2022 "
        "- June 2023, those decide. Months or quarters can be compared.",
        reports=counted(left.height, "report"),
        value=with_unit(float(left["value_usd"].sum()), "USD"),
        names=", ".join(sorted({*left["exporter"], *left["importer"]})),
    )
    return (told,)


def _beside_calendar(left: pl.DataFrame, fiscal: dict[str, frozenset[str]]) -> tuple[str, ...]:
    """What is left out between who counts in fiscal years and who does not."""
    if left.is_empty():
        return ()
    names = sorted({*left["exporter"], *left["importer"]} & {*fiscal})
    told = ntr(
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
    return (told,)
