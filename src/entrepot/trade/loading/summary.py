"""What a table of flows holds: rows, reporters, periods, vintages and value, by kind of flow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core.contract import Column, Contract
from entrepot.vocabulary import partners

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

FLOW_SUMMARY = Contract(
    name="flow_summary",
    meaning="What a table of flows holds, by kind of flow and frequency.",
    grain=("flow", "frequency"),
    columns=(
        Column("flow", "text", "kind of flow"),
        Column("frequency", "text", "length of the period"),
        Column("rows", "integer", "rows", low=1),
        Column("reporters", "integer", "who counted", low=1),
        Column("exporters", "integer", "from where, aggregates included", low=1),
        Column("importers", "integer", "to where, aggregates included", low=1),
        Column("products", "integer", "codes", low=1),
        Column("first_period", "text", "first period"),
        Column("last_period", "text", "last period"),
        Column("vintages", "text", "editions of the Harmonized System"),
        Column("value_usd", "number", "value without totals", unit="USD", low=0, absent=("not_reported",)),
        Column("rows_without_value", "integer", "rows whose value is empty", low=0),
        Column("totals", "integer", "rows that are totals of partners or products", low=0),
    ),
)


def summary(table: pa.Table) -> pa.Table:
    """The contract `flow_summary` of a table under `trade_flows`.

    A re-export is part of the exports of most reporters: the kinds of flow are not added to each other.
    """
    from entrepot.core import engine

    with engine.engine({"trade_flows": table}) as con:
        return of(con)


def of(con: duckdb.DuckDBPyConnection) -> pa.Table:
    """The contract `flow_summary` of the table `trade_flows` that an engine sees."""
    from entrepot.core import contract, engine

    aggregates = {"aggregates": list(partners.aggregates())}
    return contract.check(FLOW_SUMMARY, engine.run(con, engine.step("entrepot.trade", "summary"), aggregates))
