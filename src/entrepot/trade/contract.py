"""Flows of goods between countries, and shares of output and trade."""

from __future__ import annotations

from entrepot.core.contract import Column, Contract
from entrepot.evidence.contract import (
    CORRECTED,
    KNOWN_ON,
    KNOWN_ON_BASIS,
    NOTE,
    PUBLISHED,
    QUALITY,
    SOURCE_ID,
)
from entrepot.evidence.tables import RecordTable

FLOWS = Contract(
    name="flows",
    meaning="China's exports of solar panels, cells and wafers by partner and quarter. An absent quarter is not "
    "reported, not zero.",
    grain=("id",),
    columns=(
        Column("id", "text", "F-partner-HS code-period", pattern=r"^F-[A-Z]{3}-\d{8}-\d{4}-Q[1-4]$"),
        Column("reporter", "text", "who reports the flow, ISO alpha-3", allowed=("CHN",)),
        Column("partner", "text", "the other side, as printed"),
        Column("partner_iso3", "text", "the other side, ISO alpha-3", pattern="^[A-Z]{3}$"),
        Column("flow", "text", "direction seen from the reporter", allowed=("export",)),
        Column("product", "text", "series as the publisher calls it", allowed=("Panels", "Cells", "Wafers")),
        Column("hs", "text", "code of the Chinese customs tariff, eight digits", pattern=r"^\d{8}$"),
        Column("period", "text", "quarter", pattern=r"^\d{4}-Q[1-4]$"),
        Column("period_start", "partial_date", "first day"),
        Column("period_end", "partial_date", "last day"),
        Column("value_usd", "number", "value as declared", unit="USD", low=0),
        Column("net_kg", "number", "net weight", unit="kg", low=0),
        Column("capacity_mw", "number", "capacity: the value over a world price", unit="MW", low=0),
        Column("capacity_status", "text", "how the capacity was found", allowed=("estimated",)),
        Column("months_reported", "integer", "months of the quarter with an entry", unit="months", low=1, high=3),
        SOURCE_ID,
        KNOWN_ON,
        KNOWN_ON_BASIS,
        NOTE,
    ),
)

SHARES = Contract(
    name="shares",
    meaning="Shares in percent: of Xinjiang, and for context of China and others, in output, capacity and trade. "
    "Years and bases must not be mixed.",
    grain=("id",),
    columns=(
        Column("id", "text", "S and three digits", pattern=r"^S\d{3}$"),
        Column("region", "text", "whose share"),
        Column("scope", "text", "xinjiang, or context (China and others)", allowed=("xinjiang", "context")),
        Column("product", "text", "of which good or service"),
        Column("metric", "text", "share of what, `share_of_china_output`", pattern="^share_of_[a-z_]+$"),
        Column("value_pct", "number", "the share", unit="percent", absent=("not_reported",), low=0, high=100),
        Column(
            "low_pct",
            "number",
            "lower end; alone: more than",
            unit="percent",
            absent=("not_applicable",),
            low=0,
            high=100,
        ),
        Column(
            "high_pct",
            "number",
            "upper end; alone: at most",
            unit="percent",
            absent=("not_applicable",),
            low=0,
            high=100,
        ),
        Column("of_what", "text", "the whole, as printed"),
        Column("period_start", "partial_date", "first day", absent=("not_reported",)),
        Column("period_end", "partial_date", "last day", absent=("not_reported",)),
        Column("source_org", "text", "who counted", absent=("not_reported",)),
        PUBLISHED,
        SOURCE_ID,
        QUALITY,
        KNOWN_ON,
        KNOWN_ON_BASIS,
        CORRECTED,
        NOTE,
    ),
)

TABLES: tuple[RecordTable, ...] = (
    RecordTable(FLOWS, "entrepot.trade", "flows.csv"),
    RecordTable(SHARES, "entrepot.trade", "shares.csv"),
)
