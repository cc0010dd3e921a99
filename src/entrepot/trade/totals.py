"""A reporter's World row held against the sum of its partners: the gap is a row, not a correction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core.contract import Column, Contract
from entrepot.core.units import counted
from entrepot.core.words.translate import tr
from entrepot.trade.contract import VINTAGES
from entrepot.vocabulary import partners

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

FLOW_TOTALS = Contract(
    name="flow_totals",
    meaning="The World row of a reporter beside the sum of its partners. A gap is printed, never spread over partners.",
    grain=("reporter", "flow", "product", "hs_vintage", "period"),
    columns=(
        Column("reporter", "text", "who counted"),
        Column("flow", "text", "kind of flow"),
        Column("product", "text", "code"),
        Column("hs_vintage", "text", "edition of the Harmonized System", allowed=(*VINTAGES, "unknown")),
        Column("period", "text", "period"),
        Column("world_usd", "number", "the World row", unit="USD", absent=("not_reported",)),
        Column("partners_usd", "number", "the sum of the partners", unit="USD", absent=("not_reported",)),
        Column("gap_usd", "number", "World less partners", unit="USD", absent=("not_applicable",)),
        Column("gap_share", "number", "the gap as a share of World", unit="share", absent=("not_applicable",)),
        Column("partners", "integer", "how many partners the file names", low=0),
        Column("without_value", "integer", "how many of them have no value", low=0),
    ),
)


def totals(table: pa.Table) -> pa.Table:
    """The contract `flow_totals` of a table under `trade_flows`; balanced figures have no World row."""
    from entrepot.core import engine

    with engine.engine({"trade_flows": table}) as con:
        return of(con)


def of(con: duckdb.DuckDBPyConnection, *, only_held: bool = False) -> pa.Table:
    """The contract `flow_totals` of the table `trade_flows` that an engine sees.

    Args:
        con: the engine.
        only_held: leave out what has no World row or no partners to hold it against, which of many files is most.
    """
    from entrepot.core import contract, engine

    found = engine.run(con, engine.step("entrepot.trade", "totals"), {"aggregates": list(partners.aggregates())})
    return contract.check(FLOW_TOTALS, _held(found) if only_held else found)


def _held(found: pa.Table) -> pa.Table:
    import pyarrow.compute as pc

    return found.filter(pc.and_(pc.is_valid(found["world_usd"]), pc.is_valid(found["partners_usd"])))


_NEAR = 0.001  # of the World row: partners are rounded to dollars, and their sum with them


def sentence(found: pa.Table) -> str:
    """How well the World rows fit, in words; empty where the table has none.

    Args:
        found: under the contract `flow_totals`.
    """
    held = _held(found).to_pylist()
    if not held:
        return ""
    off = [r for r in held if abs(r["gap_usd"]) > max(_NEAR * r["world_usd"], 2.0 * r["partners"])]
    differ = counted(len(off), "differs", "differ")
    text = tr(
        "{count} held against the sum of their partners: {differ} by more than rounding",
        count=counted(len(held), "World row"),
        differ=differ,
    )
    if not off:
        return text + "."
    worst = max(off, key=lambda r: abs(r["gap_usd"]))
    where = f"{worst['reporter']} {worst['flow']} {worst['product']} {worst['period']}"
    return tr(
        "{text}, most {where} ({world_usd:,.0f} against {partners_usd:,.0f} USD).",
        text=text,
        where=where,
        world_usd=worst["world_usd"],
        partners_usd=worst["partners_usd"],
    )
