"""The table of flows that every room reads: one report a row."""

from __future__ import annotations

from entrepot.core.contract import Column, Contract

VINTAGES = ("HS1992", "HS1996", "HS2002", "HS2007", "HS2012", "HS2017", "HS2022")
# A country by its code, or an aggregate, which keeps a code of its own behind a plus sign.
PLACE = r"^([A-Z]{3}|\+\S.*)$"

TRADE_FLOWS = Contract(
    name="trade_flows",
    meaning="Flows of goods between two countries as one of them, or a publisher of balanced figures, counted them.",
    grain=("reporter", "exporter", "importer", "flow", "product", "hs_vintage", "period"),
    columns=(
        Column("reporter", "text", "who counted, ISO alpha-3; BACI or OWN for balanced figures"),
        Column("exporter", "text", "from where, ISO alpha-3; an aggregate begins with + (+WLD, +EU27)", pattern=PLACE),
        Column("importer", "text", "to where, likewise", pattern=PLACE),
        Column(
            "flow",
            "text",
            "what was counted, seen from the reporter",
            allowed=("export", "import", "re-export", "re-import", "balanced"),
        ),
        Column("valuation", "text", "what the value includes", allowed=("FOB", "CIF", "unknown")),
        Column(
            "product",
            "text",
            "code as printed; a total of other rows begins with + (+TOTAL, +85), and what the codes below a "
            "total do not tell apart ends with ~ (85~)",
        ),
        Column("hs_vintage", "text", "edition of the Harmonized System", allowed=(*VINTAGES, "unknown")),
        Column("period", "text", "year, quarter or month", pattern=r"^\d{4}(-Q[1-4]|-(0[1-9]|1[0-2]))?$"),
        Column("frequency", "text", "length of the period", allowed=("year", "quarter", "month")),
        Column("value_usd", "number", "value", unit="USD", low=0, absent=("not_reported", "suppressed", "unknown")),
        Column(
            "quantity", "number", "quantity as counted", unit="quantity_unit", low=0, absent=("not_reported", "unknown")
        ),
        Column("quantity_unit", "text", "unit of the quantity, as printed", absent=("not_reported",)),
        Column("net_kg", "number", "net weight as counted", unit="kg", low=0, absent=("not_reported", "unknown")),
        Column(
            "estimated_quantity",
            "number",
            "quantity that the publisher estimated, no ground for a unit value",
            unit="estimated_unit",
            low=0,
            absent=("not_reported",),
        ),
        Column("estimated_unit", "text", "unit of the estimated quantity", absent=("not_reported",)),
        Column(
            "status", "text", "how the value came about", allowed=("observed", "reported", "estimated", "simulated")
        ),
        Column("source_id", "text", "the source, or the name of the file"),
    ),
)
