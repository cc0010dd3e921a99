"""Listings and their history, the events of a measure, and what it asks of an importer."""

from __future__ import annotations

from entrepot.core.contract import Column, Contract
from entrepot.evidence.contract import (
    CORRECTED,
    KNOWN_ON,
    KNOWN_ON_BASIS,
    NOTE,
    QUALITY,
    SOURCE_ID,
    SOURCE_IDS,
)
from entrepot.evidence.tables import RecordTable
from entrepot.measures.register import MEASURES, measures_table

LISTS = ("uflpa", "ofac-xinjiang", "cbp-wro")
_LIST_ID = Column("list_id", "text", "the list", allowed=LISTS)
_VERIFIED = Column(
    "verified",
    "text",
    "how well: official (authority's own page), confirmed (several texts agree), secondary, partly, unverified",
    allowed=("official", "confirmed", "secondary", "partly", "unverified", "not_found"),
)

LISTINGS = Contract(
    name="listings",
    meaning="Who stands on a list, since when, under which section, by whose word. How much of a list is held is "
    "counted from it (the table of batches says of how many); a newer notice may exist, so no match is never not "
    "listed.",
    grain=("entity_id",),
    columns=(
        Column(
            "entity_id",
            "text",
            "uflpa-name, ofac-uid or wro-number",
            pattern="^(uflpa|ofac|wro)-[A-Za-z0-9-]+$",
        ),
        _LIST_ID,
        Column("list_entry_id", "text", "the list's own number of the entry", absent=("not_applicable",)),
        Column("name", "text", "the name as printed; an order that names several parties keeps its whole text"),
        Column(
            "kind",
            "text",
            "what is listed",
            allowed=("person", "organisation", "company", "facility", "region", "goods"),
        ),
        Column("name_zh", "text", "Chinese name, not printed on the list", absent=("unknown", "not_applicable")),
        Column("name_zh_source_id", "text", "source of the Chinese name", absent=("unknown", "not_applicable")),
        Column(
            "name_zh_basis",
            "text",
            "how the Chinese name was tied to the listing: text (a text gives it for the party), paired_by_name (with "
            "a list of companies), probable (paired by pinyin only: never enough for a certain match), not_recorded",
            allowed=("text", "paired_by_name", "probable", "not_recorded"),
            absent=("not_applicable",),
        ),
        Column("subsidiary_of", "text", "parent named in the notice", absent=("unknown", "not_applicable")),
        Column(
            "section",
            "texts",
            "sections in force, of the UFLPA's i, ii, iv, v",
            absent=("unknown", "not_applicable"),
        ),
        Column("sector", "texts", "line of business", absent=("unknown", "not_applicable")),
        Column("province", "text", "province or region of the address", absent=("unknown",)),
        Column("country", "text", "country or territory, ISO alpha-2", absent=("unknown",), pattern="^[A-Z]{2}$"),
        Column("programme", "texts", "programmes under which it is listed"),
        Column("product", "text", "goods that an order covers", absent=("not_applicable",)),
        Column("notice", "text", "the official notice", absent=("not_applicable", "unknown")),
        Column("announced", "partial_date", "when it was announced", absent=("unknown",)),
        Column("valid_from", "partial_date", "first day of the listing"),
        Column("valid_to", "partial_date", "first day on which it no longer holds", absent=("not_applicable",)),
        Column(
            "xinjiang",
            "text",
            "whether the listing concerns labour of the region",
            allowed=("yes", "no", "unknown"),
        ),
        Column(
            "evidence",
            "text",
            "best text seen: official (the authority's), reprint, secondary (an account)",
            allowed=("official", "reprint", "secondary"),
        ),
        Column(
            "name_basis",
            "text",
            "on what the entry of the UFLPA list rests: printed_notice, two_copies (of the publisher's page), "
            "copy_and_text (one copy and another text), one_copy (nothing else)",
            allowed=("printed_notice", "two_copies", "copy_and_text", "one_copy"),
            absent=("not_applicable",),
        ),
        Column(
            "source_scope",
            "text",
            "whether the source names the row or only its notice",
            allowed=("row", "notice"),
        ),
        SOURCE_ID,
        SOURCE_IDS,
        CORRECTED,
        NOTE,
    ),
)

MEMBERSHIP = Contract(
    name="membership",
    meaning="The history of each listing: the listing itself, its sections, its names, each from and to a day.",
    grain=("id",),
    columns=(
        Column("id", "text", "m- and ten hex digits", pattern="^m-[0-9a-f]{10}$"),
        Column("entity_id", "text", "the listing"),
        _LIST_ID,
        Column(
            "what",
            "text",
            "what the row dates",
            allowed=("listing", "section", "name", "alias", "former_name"),
        ),
        Column(
            "value",
            "text",
            "the section or the name; empty: the listing, or a section not known",
            absent=("not_applicable", "unknown"),
        ),
        Column("valid_from", "partial_date", "first day; with since_at_least, a day by which it held"),
        Column("valid_to", "partial_date", "first day on which it no longer holds", absent=("not_applicable",)),
        Column("certainty", "text", "whether valid_from is the day itself", allowed=("dated", "since_at_least")),
        SOURCE_ID,
        NOTE,
    ),
)

BATCHES = Contract(
    name="batches",
    meaning="Each notice that changed the UFLPA Entity List, in both ways of counting, and how much of it is held.",
    grain=("id",),
    columns=(
        Column("id", "text", "batch-list-date", pattern=r"^batch-[a-z-]+-\d{4}-\d{2}-\d{2}$"),
        _LIST_ID,
        Column("date", "partial_date", "effective day"),
        Column("added", "integer", "entities added", unit="entities", low=0),
        Column("removed", "integer", "entities removed", unit="entities", low=0),
        Column(
            "total_entities",
            "integer",
            "entities listed after it, counted one by one",
            unit="entities",
            low=0,
        ),
        Column("total_dhs", "integer", "the total as DHS printed it", unit="entities", low=0),
        Column("rows_in_table", "integer", "entities of the notice held here", unit="entities", low=0),
        Column("rows_missing", "integer", "entities of the notice not held here", unit="entities", low=0),
        Column("complete", "text", "whether all of the notice is held", allowed=("yes", "no")),
        Column("names_from", "text", "from what kind of copy the names of the notice are held"),
        Column("notice", "text", "the official notice"),
        SOURCE_ID,
        CORRECTED,
        NOTE,
    ),
)

EVENTS = Contract(
    name="events",
    meaning="Dated events: law, listings, trade remedies, countermeasures, openings, closures, attacks. A second "
    "report of an event names the first in same_as and is not counted again.",
    grain=("id",),
    columns=(
        Column("id", "text", "E and three digits", pattern=r"^E\d{3}$"),
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

TABLES: tuple[RecordTable, ...] = (
    RecordTable(MEASURES, "entrepot.measures", build=measures_table),
    *(
        RecordTable(contract, "entrepot.measures", f"{contract.name}.csv")
        for contract in (LISTINGS, MEMBERSHIP, BATCHES, EVENTS, REQUIREMENTS, DOCUMENTS)
    ),
)
