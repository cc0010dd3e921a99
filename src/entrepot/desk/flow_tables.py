"""Flows that a program gives as a table in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core.errors import BadInputError
from entrepot.core.words.translate import tr
from entrepot.intake.parquet_rows import arrow_of
from entrepot.trade.contract import TRADE_FLOWS

if TYPE_CHECKING:
    import pyarrow as pa


# A scan of diversion goes by values and weights, so the quantities in other units are not read.
QUANTITIES = frozenset({"quantity", "quantity_unit", "estimated_quantity", "estimated_unit"})
# What an event study, which counts values by pair and period, has no use for beside the quantities.
UNCOUNTED = frozenset({*QUANTITIES, "valuation", "hs_vintage", "net_kg", "status", "source_id"})


def flows_of(given: Any, needless: frozenset[str] = frozenset()) -> pa.Table:
    """A table of flows under `trade_flows`, as `load` gives it; it is held whole, for it is read twice.

    Args:
        given: Arrow, polars or pandas.
        needless: columns that the verb does not read.

    Raises:
        BadInputError: it is no table, or a column that is read is not there.
    """
    table = arrow_of(given, tr("flows"))
    if missing := [n for n in TRADE_FLOWS.names if n not in {*needless, *table.column_names}]:
        raise BadInputError(
            tr("a table of flows lacks {columns}", columns=", ".join(missing)),
            found=", ".join(map(str, table.column_names)),
            allowed=tr("the columns of `trade_flows`"),
            remedy=tr("Give the path of its file, or what `entrepot.load` gives."),
        )
    return table
