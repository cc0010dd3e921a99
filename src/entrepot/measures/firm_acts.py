"""What firms did over a region, as reports have it: one row a report, the event of which it tells beside it."""

from __future__ import annotations

from entrepot.core.contract import Column, Contract
from entrepot.sources.contract import (
    CORRECTED,
    KNOWN_ON,
    KNOWN_ON_BASIS,
    NOTE,
    PUBLISHED,
    QUALITY,
    SOURCE_ID,
)

_ROW = r"^F\d{3}$"

_WHO = (
    Column("id", "text", "F and three digits", pattern=_ROW),
    Column("firm", "texts", "the firm or body; several where one report tells of them together"),
    Column("parent", "texts", "its parent", absent=("unknown", "not_applicable")),
    Column("country", "texts", "seat of the parent, ISO alpha-2; some from general knowledge", absent=("unknown",)),
    Column("sector", "text", "its trade"),
)

_ACT = (
    Column(
        "what",
        "text",
        "the act; lawsuit: complaints to authorities and ombudspersons too; listed_by_china: probes too",
        allowed=(
            "joint_venture",
            "plant",
            "stake",
            "supplier",
            "audit",
            "exit",
            "sale",
            "closure",
            "sourcing_ban",
            "statement",
            "boycotted",
            "listed_by_china",
            "lawsuit",
            "detained_goods",
            "entered",
            "expanded",
        ),
    ),
    Column("place", "texts", "where, as printed"),
    Column("territory", "text", "place id of the region that the act is about"),
    Column("date", "partial_date", "when, as precisely as reported", absent=("not_reported",)),
    Column("date_to", "partial_date", "last day of an act that lasts", absent=("not_applicable", "unknown")),
    Column("counterparty", "texts", "with, from or against whom", absent=("not_applicable", "not_reported")),
    Column("share_pct", "number", "share held", unit="percent", low=0, high=100, absent=("not_reported",)),
    Column("stated_reason", "text", "what the firm itself says", absent=("not_reported",)),
    Column("reported_reason", "text", "what others say of it, never the firm", absent=("not_reported",)),
    Column(
        "status",
        "text",
        "how the report has it; alleged: somebody says so and it is not established",
        allowed=("occurred", "announced", "denied", "alleged"),
    ),
)

_READ = (
    Column("event", "text", "the first row that tells of the same event; events are counted, not rows", pattern=_ROW),
    Column("contradicts", "text", "the row that this one contradicts", absent=("not_applicable",), pattern=_ROW),
    Column("event_id", "texts", "rows of events that tell it too", absent=("not_applicable",)),
    Column(
        "movement",
        "text",
        "Entrepot's reading: entered or left the region, or shut out of it by others; on one row an event",
        absent=("not_applicable",),
        allowed=("entered", "left", "shut_out"),
    ),
    Column(
        "movement_of",
        "text",
        "with what: a site, services or sales, buying there; shares: an investor sold the shares of a firm",
        absent=("not_applicable",),
        allowed=("site", "services", "buying", "shares"),
    ),
    Column("movement_note", "text", "why it is read so, where that is not plain", absent=("not_applicable",)),
)

FIRMS = Contract(
    name="firms",
    meaning="What firms did over a region: came, left, sold, audited, stopped buying, were sued or boycotted. One row "
    "a report: several may tell one event. What the firm states stands apart from what others report.",
    grain=("id",),
    columns=(
        *_WHO,
        *_ACT,
        *_READ,
        SOURCE_ID,
        PUBLISHED,
        QUALITY,
        KNOWN_ON,
        KNOWN_ON_BASIS,
        CORRECTED,
        NOTE,
    ),
)
