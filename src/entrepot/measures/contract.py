"""The measures, their events, and what they ask of an importer."""

from __future__ import annotations

from entrepot.core.contract import Column, Contract
from entrepot.core.shown import Shown
from entrepot.measures.act import VERIFIED
from entrepot.measures.provisions import MEASURES, measures_table
from entrepot.sources.contract import (
    CORRECTED,
    KNOWN_ON,
    KNOWN_ON_BASIS,
    NOTE,
    PUBLISHED,
    QUALITY,
    SOURCE_ID,
)
from entrepot.sources.tables import RecordTable

_VERIFIED = Column(
    "verified",
    "text",
    "how well: official (authority's own page), confirmed (several texts agree), secondary, partly, unverified",
    allowed=("official", "confirmed", "secondary", "partly", "unverified", "not_found"),
)


EVENTS = Contract(
    name="events",
    meaning="Dated events: law, listings, trade remedies, countermeasures, openings, closures, attacks. A second "
    "report of an event names the first in same_as and is not counted again.",
    grain=("id",),
    columns=(
        Column(
            "id",
            "text",
            "E and three digits; u- and 12 digits of a hash of an event that a measure of your own tells of",
            pattern=r"^(E\d{3}|u-[0-9a-f]{12})$",
        ),
        Column("date", "partial_date", "when it happened or was announced"),
        Column(
            "effective",
            "partial_date",
            "when it took effect, where that is law or differs",
            absent=("not_applicable",),
        ),
        Column(
            "kind",
            "text",
            "what sort of event; designation: persons under sanctions and UFLPA priority sectors",
            allowed=(
                "opening",
                "closure",
                "infrastructure",
                "agreement",
                "attack",
                "listing",
                "designation",
                "import_ban",
                "law",
                "trade_remedy",
                "countermeasure",
                "court",
                "corporate",
                "boycott",
                "exit",
            ),
        ),
        Column("place_id", "texts", "the places", absent=("not_applicable",)),
        Column("place", "text", "the place as printed", absent=("not_reported",)),
        Column("countries", "texts", "ISO alpha-2 codes, and EU"),
        Column("actors", "texts", "who acted", absent=("not_reported",)),
        Column("title", "text", "one line"),
        Column("magnitude", "text", "size as printed", absent=("not_reported", "not_applicable")),
        Column("status", "text", "how it stands", allowed=("occurred", "scheduled", "planned", "superseded")),
        Column("same_as", "text", "the event that this row reports again", absent=("not_applicable",)),
        Column("superseded_by", "text", "the row that replaces this one", absent=("not_applicable",)),
        SOURCE_ID,
        QUALITY,
        KNOWN_ON,
        KNOWN_ON_BASIS,
        CORRECTED,
        NOTE,
    ),
)

_ACT_ID = r"^F\d{3}$"

_ACT_WHO = (
    Column("id", "text", "F and three digits", pattern=_ACT_ID),
    Column("firm", "texts", "the firm or body; several where one report tells of them together"),
    Column("parent", "texts", "its parent", absent=("unknown", "not_applicable")),
    Column("country", "texts", "seat of the parent, ISO alpha-2; some from general knowledge", absent=("unknown",)),
    Column("sector", "text", "its trade"),
)

_ACT_WHAT = (
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

_ACT_READ = (
    Column(
        "event", "text", "the first row that tells of the same event; events are counted, not rows", pattern=_ACT_ID
    ),
    Column("contradicts", "text", "the row that this one contradicts", absent=("not_applicable",), pattern=_ACT_ID),
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
        *_ACT_WHO,
        *_ACT_WHAT,
        *_ACT_READ,
        SOURCE_ID,
        PUBLISHED,
        QUALITY,
        KNOWN_ON,
        KNOWN_ON_BASIS,
        CORRECTED,
        NOTE,
    ),
)

REQUIREMENTS = Contract(
    name="requirements",
    meaning="What the rules ask: tests, thresholds and clocks of the UFLPA, OFAC, BIS, the EU and the OECD, with how "
    "well each is verified.",
    grain=("rule_id",),
    columns=(
        Column("rule_id", "text", "jurisdiction.instrument.part", pattern=r"^[a-z]+(\.[a-z0-9]+)+$"),
        Column("jurisdiction", "text", "whose rule", allowed=("US", "EU", "OECD")),
        Column("instrument", "text", "the legal text"),
        Column("effective_from", "partial_date", "first day", absent=("unknown",)),
        Column("effective_to", "partial_date", "last day, included", absent=("not_applicable", "unknown")),
        Column("subject", "text", "to what it applies"),
        Column("test", "text", "what is tested"),
        Column("threshold", "text", "from what on", absent=("not_applicable",)),
        Column("decision_logic", "text", "what follows", absent=("not_applicable", "unknown")),
        _VERIFIED,
        Column("superseded_by", "text", "the rule that replaces this one", absent=("not_applicable",)),
        SOURCE_ID,
        CORRECTED,
        NOTE,
    ),
)

DOCUMENTS = Contract(
    name="documents",
    meaning="Which documents US customs asks for, by commodity and stage.",
    grain=("id",),
    columns=(
        Column("id", "text", "D and two digits", pattern=r"^D\d{2}$"),
        Column("commodity", "text", "of which goods"),
        Column("stage_chain", "text", "stages from raw material to product", absent=("unknown",)),
        Column("documents", "text", "what is asked for", absent=("unknown",)),
        _VERIFIED,
        SOURCE_ID,
        NOTE,
    ),
)

DEADLINES = Contract(
    name="deadlines",
    meaning="The steps of a detention with their last days. Not legal advice: confirm each with counsel.",
    grain=("step",),
    columns=(
        Column("step", "text", "what falls due"),
        Column("due", "partial_date", "last day of the step"),
        Column("counted_from", "partial_date", "day zero"),
        Column("days", "integer", "how many", unit="days", low=0, absent=("not_applicable",)),
        Column("months", "integer", "or how many months", unit="months", low=0, absent=("not_applicable",)),
        Column("day_kind", "text", "working days leave out US federal holidays", allowed=("working", "calendar")),
        Column("skipped", "texts", "holidays passed over", absent=("not_applicable",)),
        Column("rule", "text", "what the rule says"),
        Column("citation", "text", "regulation and statute"),
        Column("verified", "text", "how well it is verified", allowed=tuple(VERIFIED)),
        Column("clock_id", "text", "id of the row: what it says, and of which step", pattern="^clock-[0-9a-f]{12}$"),
    ),
)

DUTIES = Contract(
    name="duties",
    meaning="Which duties of diligence a company has on a day, one row a rule that was known then. Not legal advice.",
    grain=("measure_id", "rule"),
    columns=(
        Column("measure_id", "text", "the measure"),
        Column("rule", "text", "the rule within it"),
        Column("name", "text", "its name"),
        Column("jurisdiction", "text", "ISO alpha-2, or EU"),
        Column(
            "answer",
            "text",
            "applies: it binds the company that day; applies_later: from valid_from on; cannot_be_decided: see needs",
            allowed=("applies", "applies_later", "does_not_apply", "cannot_be_decided"),
        ),
        Column("said", "text", "the answer in words"),
        Column("needs", "texts", "what would have to be known to decide", absent=("not_applicable",)),
        Column("reasons", "texts", "each condition of the rule, and what the company has"),
        Column("valid_from", "partial_date", "first day on which the rule binds"),
        Column("text", "text", "what the rule asks, in Entrepot's words"),
        Column("citation", "text", "article, section"),
        Column("verified", "text", "how well the rule is verified", allowed=tuple(VERIFIED)),
        Column("doubts", "texts", "what is not known of the measure", absent=("not_applicable",)),
        Column("source_id", "text", "first source"),
        Column("as_of", "partial_date", "the day"),
        Column("duty_id", "text", "id of the row: what it says", pattern="^duty-[0-9a-f]{12}$"),
    ),
)

TABLES: tuple[RecordTable, ...] = (
    RecordTable(MEASURES, "entrepot.measures", build=measures_table),
    *(
        RecordTable(contract, "entrepot.measures", f"{contract.name}.csv")
        for contract in (EVENTS, REQUIREMENTS, DOCUMENTS, FIRMS)
    ),
)

SHOWN = (
    Shown(
        DEADLINES,
        "clock_id",
        "a day of a detention clock (clock-…)",
        finding="entrepot.measures.clock_days:finding",
    ),
    Shown(
        DUTIES,
        "duty_id",
        "an answer on a duty of diligence (duty-…)",
        finding="entrepot.measures.duties.duty_shown:finding",
    ),
)
