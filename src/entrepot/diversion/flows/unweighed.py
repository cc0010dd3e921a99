"""What a scan by weight does not see: flows that have a value and no weight are in no leg, and no zero."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core import engine
from entrepot.core.units import counted
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    import duckdb


def unweighed(con: duckdb.DuckDBPyConnection, frequency: str, unit: str) -> tuple[str, ...]:
    """How many flows have a value and no weight, and of what value; nothing where none lacks one, or values count.

    Args:
        con: with the view `scanned_flows`.
        frequency: of the periods that are read.
        unit: what is counted.
    """
    if unit == "USD":
        return ()
    (row,) = engine.rows(con, engine.step("entrepot.diversion", "unweighed"), {"frequency": frequency})
    if not row["counted"]:
        return ()
    return (
        tr(
            "Counted by weight, and {count} of {amount:,.0f} USD have none: {share:.1%} of the value is in no leg.",
            count=counted(int(row["counted"]), "flow"),
            amount=row["unweighed"],
            share=row["unweighed"] / row["value_usd"],
        ),
    )
