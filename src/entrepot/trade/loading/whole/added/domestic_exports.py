"""Exports of goods made in the country, beside or without those of goods sent on: an export is both together.

Hong Kong, the United States and Canada print domestic exports and re-exports apart. What a country sells is their sum:
of Hong Kong's exports the domestic ones are a hundredth.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core.words.translate import tr
from entrepot.trade.contract import TRADE_FLOWS
from entrepot.trade.loading.draft import FIGURES

if TYPE_CHECKING:
    import duckdb
    import polars as pl

    from entrepot.trade.loading.faults import Faults

DOMESTIC = "domestic-export"  # a kind of flow until the whole table is there; none of the contract
_EXPORT, _AGAIN = "export", "re-export"
_KEY = [name for name in TRADE_FLOWS.grain if name != "flow"]
_REPORT = ["reporter", "period"]
_UNITS = {"quantity": "quantity_unit", "estimated_quantity": "estimated_unit"}
_NTH = "nth"  # the number of a flow, where a table is streamed


def with_whole_exports(frame: pl.DataFrame, faults: Faults, following: int = 0) -> pl.DataFrame:
    """The flows with domestic exports as part of an export; re-exports stay rows of their own beside it.

    Where the same export is a row, its domestic part is set aside. Where a reporter's re-exports of that period are
    there, both are added up, and what is in one of them alone is all of it. Else domestic exports are all that there
    is: they are kept as exports, and told.

    Args:
        frame: flows, cleaned, in which a key may stand twice: such rows are left apart for `flaws` to tell.
        faults: gathers what is wrong.
        following: the number of the next flow, where they are numbered.
    """
    import polars as pl

    flow = pl.col("flow")
    home = frame.filter(flow == DOMESTIC)
    if not home.height:
        return frame
    others = frame.filter(flow != DOMESTIC)
    whole, again = others.filter(flow == _EXPORT), others.filter(flow == _AGAIN)
    held = home.join(whole, on=_KEY, how="semi")
    home = home.join(whole, on=_KEY, how="anti")
    beside = again.join(home, on=_REPORT, how="semi").join(whole, on=_KEY, how="anti")
    # Where a reporter's exports are rows, one that is none is not made up of its re-exports alone.
    only = beside.join(home, on=_KEY, how="anti").join(whole, on=_REPORT, how="anti")
    sent = pl.concat([beside.join(home, on=_KEY, how="semi"), only])
    if _NTH in frame.columns:
        sent = sent.with_columns((pl.int_range(pl.len()) + following).cast(frame.schema[_NTH]).alias(_NTH))
    alone = home.join(again, on=_REPORT, how="anti")
    _tell(held, home.join(alone, on=_KEY, how="anti"), alone, faults)
    return pl.concat([others, _added(home, sent)])


def _added(home: pl.DataFrame, sent: pl.DataFrame) -> pl.DataFrame:
    """Both parts of each export as one row; rows of a part that stands twice as they are."""
    import polars as pl

    twice = pl.concat([part.filter(part.select(_KEY).is_duplicated()).select(_KEY) for part in (home, sent)])
    parts = pl.concat([home, sent]).with_columns(pl.lit(_EXPORT).alias("flow"))
    left, once = parts.join(twice, on=_KEY, how="semi"), parts.join(twice, on=_KEY, how="anti")
    first = [pl.col(c).first() for c in parts.columns if c not in {*_KEY, *FIGURES, *_UNITS.values()}]
    added = once.group_by(_KEY, maintain_order=True).agg(*figures_added(), *first)
    return pl.concat([added.select(parts.columns), left])


def figures_added() -> list[pl.Expr]:
    """The figures of rows that are one flow together, and their units; a figure that one of them lacks is empty.

    Of quantities in two units there is no sum.
    """
    import polars as pl

    made = []
    for name in FIGURES:
        is_known = pl.col(name).null_count() == 0
        if name in _UNITS:
            is_known &= pl.col(_UNITS[name]).n_unique() == 1
        made.append(pl.when(is_known).then(pl.col(name).sum()).alias(name))
    units = (pl.when(pl.col(u).n_unique() == 1).then(pl.col(u).first()).alias(u) for u in _UNITS.values())
    return [*made, *units]


def _tell(held: pl.DataFrame, joined: pl.DataFrame, alone: pl.DataFrame, faults: Faults) -> None:
    if held.height:
        what = tr("domestic exports, which are part of the exports beside them")
        faults.add("total_among_details", held["row"], what, "set_aside")
        faults.leave(held)
    if joined.height:
        what = tr("domestic exports; with the re-exports beside them they are the exports, which are added up")
        faults.add("total_among_details", joined["row"], what, "converted")
    if alone.height:
        what = tr(
            "domestic exports alone, kept as exports: re-exports, which are part of exports, are not in the file; load "
            "them too"
        )
        faults.add("total_among_details", alone["row"], what, "kept")


def of_blocks(con: duckdb.DuckDBPyConnection, faults: Faults, following: int) -> None:
    """The same of a table in blocks: of the view `named` the view `blocks` is made.

    What is held meanwhile is the exports of those who report domestic ones.

    Args:
        con: the engine.
        faults: gathers what is wrong.
        following: the number of the next flow.
    """
    import duckdb
    import polars as pl

    blocks, flow = con.view("named"), duckdb.ColumnExpression("flow")
    home = blocks.filter(flow == duckdb.ConstantExpression(DOMESTIC)).select("reporter").distinct()
    who = [str(reporter) for (reporter,) in home.fetchall()]
    if not who:
        blocks.create_view("blocks")
        return
    kinds = [duckdb.ConstantExpression(kind) for kind in (DOMESTIC, _EXPORT, _AGAIN)]
    is_mine = flow.isin(*kinds) & duckdb.ColumnExpression("reporter").isin(*map(duckdb.ConstantExpression, who))
    frame = pl.DataFrame(pl.from_arrow(blocks.filter(is_mine).order("nth").to_arrow_table()))
    con.register("exports", with_whole_exports(frame, faults, following).to_arrow())
    others = blocks.filter(~is_mine)
    others.union(con.view("exports").select(*others.columns)).create_view("blocks")
