"""Flows that a file gives at two valuations, as a customs value and one with freight: one of them is read.

They are one flow counted in two ways and no parts of it: added up they are twice the trade. What is kept is what is
usual of its flow, as where nothing says how goods are valued. Shipments of which each has its terms of delivery are
parts: of most flows they do not come in pairs, a larger one with freight beside each without.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core.words.translate import tr
from entrepot.trade.contract import TRADE_FLOWS
from entrepot.trade.loading.printed.printed_valuation import usual_of

if TYPE_CHECKING:
    import polars as pl

    from entrepot.trade.loading.faults import Faults

_KEY = list(TRADE_FLOWS.grain)
_REPORT = ["reporter", "flow"]
_MOST = 2 / 3  # of a report's flows: a sheet of one valuation may lack some of the other, a third at most
# Of the value without freight: both are printed in whole dollars or thousands, and freight is seldom more than goods
# are worth. Of two shipments by chance each in four is so; two thirds of all flows hardly are.
_LEAST, _HIGHEST = 0.999, 2.0


def at_one(frame: pl.DataFrame, faults: Faults) -> pl.DataFrame:
    """The rows, of flows at two valuations those at the usual one; the others are set aside and no loss.

    Args:
        frame: flows under the contract, with `row`.
        faults: gathers what is set aside.
    """
    import polars as pl

    if frame["valuation"].n_unique() == 1:
        return frame
    flows = frame.select(*_REPORT, pl.struct(_KEY).alias("_flow")).group_by(_REPORT)
    counted = flows.agg(pl.col("_flow").n_unique().alias("flows"))
    again = frame.join(counted, on=_REPORT, how="left", maintain_order="left").with_row_index("_at")
    return frame.with_row_index("_at").join(unusual(again, faults), on="_at", how="anti").drop("_at")


def unusual(rows: pl.DataFrame, faults: Faults) -> pl.DataFrame:
    """Those of the rows that are set aside.

    Args:
        rows: flows with `row`, and in `flows` how many their reporter has of their kind.
        faults: gathers what is set aside.
    """
    import polars as pl

    fob, cif = (pl.col("value_usd").filter(pl.col("valuation") == way) for way in ("FOB", "CIF"))
    paired = (fob.count() == cif.count()) & (fob.count() > 0)
    paired &= cif.sum().is_between(_LEAST * fob.sum(), _HIGHEST * fob.sum())
    told = rows.with_columns(paired.over(_KEY).alias("_paired"))
    of = pl.struct(_KEY).filter("_paired").n_unique() >= _MOST * pl.col("flows").first()
    is_other = pl.col("valuation").is_in(["FOB", "CIF"]) & (pl.col("valuation") != usual_of(pl.col("flow")))
    bad = told.filter(pl.col("_paired") & of.over(_REPORT) & is_other).drop("_paired")
    for (kind, way), some in bad.group_by("flow", "valuation", maintain_order=True):
        kept = "CIF" if way == "FOB" else "FOB"
        what = tr(
            "{flow} valued {way} beside the same flow valued {kept}: one flow counted in two ways; the {kept} value is "
            "read, as is usual. For the other, load it alone: a sheet by --sheet, or a file without the rows of {kept}",
            flow=tr(str(kind)),
            way=str(way),
            kept=kept,
        )
        faults.add("duplicate", some["row"], what, "set_aside")
        faults.leave(some)
    return bad
