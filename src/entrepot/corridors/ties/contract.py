"""The rates by which figures in yuan and figures in dollars say the same."""

from __future__ import annotations

from entrepot.core.contract import Column, Contract
from entrepot.core.tables.packaged import SOURCE, PackagedTable

EXCHANGE_RATES = PackagedTable(
    Contract(
        name="exchange_rates",
        meaning="Yuan for one US dollar by month, the average of daily rates at noon in New York, from January 1994, "
        "when the two rates of China became one.",
        grain=("month",),
        columns=(
            Column("month", "text", "the month", pattern=r"^\d{4}-\d{2}$"),
            Column("cny_per_usd", "number", "yuan for one dollar", unit="CNY per USD", low=1),
            SOURCE,
        ),
    ),
    "entrepot.corridors",
    "exchange_rates.csv.gz",
)
