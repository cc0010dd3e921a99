"""What in a file could stand behind its mirror gaps. See docs/design/21-flows.md.

A gap is what the margin and the usual errors of both reporters leave open. For each, the file is searched for what it
is consistent with: freight, a third place, another code or period, reports that name no partner or no goods, prices,
quantities. Nothing of it is proven, several may hold at once, and the amounts are upper bounds that do not add up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from entrepot.core import contract, engine
from entrepot.core.shown import row_id
from entrepot.core.words.amounts import counted
from entrepot.core.words.translate import tr
from entrepot.trade.mirrors import off_scale, opposite_gaps, unplaced_reports, weighed_gaps
from entrepot.trade.mirrors.gap_words import consistent_with
from entrepot.trade.mirrors.mirror_tables import GAP_REASON, GAP_REPORTS, MARGINS
from entrepot.trade.mirrors.opposite_gaps import KEYS
from entrepot.trade.trade_flows import TRADE_FLOWS

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa

_ESTIMATES = ("gap_usd", "amount_usd", "share", "quantity_pct")
_NAMED = [f"_{n}" for n in unplaced_reports.HELD]
_FLOW = ("mirror_id", *KEYS, "margin", "export_usd", "import_usd")


@dataclass(frozen=True, slots=True, eq=False)
class Reasons:
    """What gaps are consistent with.

    Attributes:
        rows: under `gap_reasons`, the largest gap first, of each the largest amount first.
        reports: under `gap_reports`.
        told: how many gaps there are and how many have no reason, one sentence each.
    """

    rows: pa.Table
    reports: pa.Table
    told: tuple[str, ...]


def reasons(shown: pa.Table, every: pa.Table, table: pa.Table) -> Reasons:
    """The reasons for the gaps of the flows that are shown.

    Args:
        shown: under `mirrored`.
        every: all mirrored flows of the file, in which the reasons are looked for.
        table: the flows that were reconciled, under `trade_flows`.
    """
    import polars as pl

    mine, whole, flows = (cast("pl.DataFrame", pl.from_arrow(t)) for t in (shown, every, table))
    gaps = opposite_gaps.signed(mine).with_row_index("at").with_columns(pl.col("at").cast(pl.Int64))
    rows, unlisted = _found(gaps, whole, flows, table)
    told = [_counted(gaps, rows, mine.height)]
    if unlisted:
        told.append(
            tr("{flows} beside a gap with a smaller opposite one are not listed.", flows=counted(unlisted, "flow"))
        )
    if not rows.height:
        return Reasons(contract.table(GAP_REASON, []), contract.table(GAP_REPORTS, []), tuple(told))
    return Reasons(*_identified(rows, table), tuple(told))


def _found(gaps: pl.DataFrame, whole: pl.DataFrame, flows: pl.DataFrame, table: pa.Table) -> tuple[pl.DataFrame, int]:
    """Every reason with its gap, in the order in which they are shown."""
    import polars as pl

    beside, unlisted = opposite_gaps.opposites(gaps, opposite_gaps.signed(whole))
    reports = cast("pl.DataFrame", pl.from_arrow(_reports(gaps.select(pl.col("at").alias("place"), *KEYS), table)))
    parts = [
        beside,
        unplaced_reports.unplaced(gaps, flows),
        weighed_gaps.freight(gaps).rename({"gap_usd": "printed_usd"}),
        weighed_gaps.weighed(gaps, reports.rename({"place": "at"})),
        off_scale.reasons(gaps, whole),
    ]
    found = pl.concat(parts, how="diagonal").join(gaps.select("at", *_FLOW, "gap_usd"), on="at")
    gap = pl.coalesce("printed_usd", "gap_usd")
    found = found.with_columns(gap.alias("gap_usd")).with_columns(
        (pl.col("amount_usd") / pl.col("gap_usd").abs()).clip(0, 1).round(4).alias("share"),
        pl.col("amount_usd").round(2), pl.col("gap_usd").round(2), pl.col("quantity_pct").round(2),
    )  # fmt: skip
    order = found.sort("at", "share", "reason", "along", "beside", descending=[False, True, False, False, False])
    return order, unlisted


def _counted(gaps: pl.DataFrame, rows: pl.DataFrame, shown: int) -> str:
    """How many gaps there are, and how many have a reason beyond the usual margin."""
    import polars as pl

    with_one = rows.filter(~pl.col("reason").is_in(MARGINS)).get_column("at").n_unique() if rows.height else 0
    without = gaps.height - with_one
    return tr(
        "{gaps} in {flows}; of {without:,} the file shows nothing that they are consistent with but freight "
        "and the usual margin. Amounts "
        "are upper bounds: reasons may hold at once and do not add up.",
        gaps=counted(gaps.height, "gap"),
        flows=counted(shown, "flow"),
        without=without,
    )


def _reports(held: pl.DataFrame, table: pa.Table) -> pa.Table:
    """The reports under mirrored flows, with the `place` of each."""
    with engine.engine({"trade_flows": table, "mirrored": held.to_arrow()}) as con:
        return engine.run(con, engine.step("entrepot.trade", "mirror_reports"))


def _rested(rows: pl.DataFrame, table: pa.Table) -> pl.DataFrame:
    """The reports under each reason: of its gap, of the flow beside it, and the one that it names."""
    import polars as pl

    gap = rows.select("place", *KEYS)
    along = rows.filter(pl.col("along").is_not_null())
    other = along.select(
        "place", *[pl.when(pl.col("along") == k).then("beside").otherwise(pl.col(k)).alias(k) for k in KEYS]
    )
    mirrored = cast("pl.DataFrame", pl.from_arrow(_reports(pl.concat([gap, other]), table)))
    named = rows.filter(pl.col("_reporter").is_not_null()).select("place", *_NAMED)
    flows = cast("pl.DataFrame", pl.from_arrow(table))
    said = named.rename({n: n[1:] for n in _NAMED}).join(flows, on=list(unplaced_reports.HELD))
    columns = ["place", *TRADE_FLOWS.names]
    every = pl.concat([mirrored.select(columns), said.select(columns)], how="vertical_relaxed")
    return every.unique(["place", *TRADE_FLOWS.grain], keep="first").sort("place", *TRADE_FLOWS.grain)


def _identified(rows: pl.DataFrame, table: pa.Table) -> tuple[pa.Table, pa.Table]:
    """The rows under `gap_reasons`, with their ids, and what they rest on."""
    import polars as pl

    rows = rows.with_row_index("place").with_columns(pl.col("place").cast(pl.Int64))
    rested = _rested(rows, table)
    keys: dict[int, list[str]] = {}
    for place, *cells in rested.select("place", *TRADE_FLOWS.grain, "source_id").iter_rows():
        keys.setdefault(place, []).append("/".join(map(str, cells)))
    names = [n for n in GAP_REASON.names if n != "reason_id"]
    done = []
    for row in rows.iter_rows(named=True):
        said = {n: row.get(n) for n in names} | {"consistent_with": consistent_with(row)}
        done.append(said | {"reason_id": row_id("reason", said, keys.get(row["place"], []), _ESTIMATES)})
    ids = pl.Series("reason_id", [r["reason_id"] for r in done])
    kept = rested.with_columns(ids.gather(rested["place"]).alias("reason_id")).select(GAP_REPORTS.names)
    return contract.table(GAP_REASON, done), contract.check(GAP_REPORTS, kept.to_arrow())
