"""The tables of the room: a loaded list with its versions, the lists of the record, and what each list covers."""

from __future__ import annotations

from entrepot.core.contract import Column, Contract
from entrepot.core.tables.packaged import SOURCE, PackagedTable
from entrepot.sources.contract import CORRECTED, NOTE, SOURCE_ID, SOURCE_IDS
from entrepot.sources.tables import RecordTable

PATTERN = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
_LIST_ID = Column("list_id", "text", "the list", pattern=PATTERN)
_ENTITY_ID = Column("entity_id", "text", "list_id and the list's own number of the entry")

ENTRIES = Contract(
    name="entries",
    meaning="Who stands on a loaded list in one version of it.",
    grain=("entity_id",),
    columns=(
        _LIST_ID,
        _ENTITY_ID,
        Column("list_entry_id", "text", "the list's own number of the entry"),
        Column("name", "text", "the name that the list puts first"),
        Column(
            "kind",
            "text",
            "what is listed; unknown where the file does not say",
            allowed=("person", "organisation", "vessel", "aircraft", "unknown"),
        ),
        Column("programme", "texts", "programmes under which it is listed", absent=("not_reported",)),
        Column("section", "texts", "part of the list, where one file holds several", absent=("not_applicable",)),
        Column("countries", "texts", "countries of its addresses, as printed", absent=("not_reported",)),
        Column(
            "nationalities",
            "texts",
            "nationalities of a person, as printed",
            absent=("not_reported", "not_applicable"),
        ),
        Column("birth_years", "texts", "years of birth, of a person", absent=("not_reported", "not_applicable")),
        Column("valid_from", "partial_date", "first day of the listing, where the file says", absent=("not_reported",)),
        Column("valid_to", "partial_date", "first day on which it no longer holds", absent=("not_applicable",)),
    ),
)

ENTRY_NAMES = Contract(
    name="entry_names",
    meaning="Every name of every entry of a loaded list, each once.",
    grain=("entity_id", "name"),
    columns=(
        _LIST_ID,
        _ENTITY_ID,
        Column("name", "text", "the name as printed, runs of spaces made one"),
        Column("what", "text", "what it is to the entry", allowed=("name", "alias", "former_name")),
        Column(
            "strength",
            "text",
            "weak: the list warns that the name fits many",
            allowed=("good", "weak"),
            absent=("not_reported",),
        ),
    ),
)

IDENTIFIERS = Contract(
    name="identifiers",
    meaning="Identifiers of listed organisations, vessels and aircraft, in clear; of persons see `hashed_documents`.",
    grain=("entity_id", "kind", "value"),
    columns=(
        _LIST_ID,
        _ENTITY_ID,
        Column(
            "kind",
            "text",
            "imo, mmsi, lei, uscc, inn, ogrn, registration, tax, duns, swift, tail_number; the exact kind only where "
            "form, check digit and country leave no doubt",
        ),
        Column("value", "text", "as printed, runs of spaces made one"),
        Column("normalised", "text", "letters and digits only, in capitals; what is compared"),
        Column("country", "text", "who issued it, as printed", absent=("not_reported",)),
    ),
    version=2,
)

DOCUMENTS = Contract(
    name="hashed_documents",
    meaning="Document numbers of listed persons, each only as a keyed hash that means nothing outside this store.",
    grain=("entity_id", "kind", "digest"),
    columns=(
        _LIST_ID,
        _ENTITY_ID,
        Column("kind", "text", "passport, national_id, tax, registration, other"),
        Column(
            "digest",
            "text",
            "HMAC-SHA256 of the normalised number under the key of the store",
            pattern="^[0-9a-f]{64}$",
        ),
        Column("country", "text", "who issued it, as printed", absent=("not_reported",)),
        Column("key_id", "text", "names the key, so that a store with another key is seen", pattern="^[0-9a-f]{16}$"),
    ),
)

FACTS = (
    "birth_date",
    "birth_place",
    "gender",
    "title",
    "address",
    "linked_to",
    "established",
    "organisation_type",
    "vessel_type",
    "vessel_flag",
    "former_vessel_flag",
    "vessel_owner",
    "call_sign",
    "tonnage",
    "gross_tonnage",
    "aircraft",
    "telephone",
    "email",
    "website",
    "digital_currency",
    "security",
    "legal_basis",
    "reference",
    "updated",
    "document",
    "name_note",
    "remark",
    "link",
)

ENTRY_FACTS = Contract(
    name="entry_facts",
    meaning="What a list prints of an entry beside its names and numbers, a row a fact, in the order of the file. A "
    "number of a person's document is put out of every text; of `hashed_documents` only the keyed hash is kept.",
    grain=("entity_id", "what", "value"),
    columns=(
        _LIST_ID,
        _ENTITY_ID,
        Column("what", "text", "what kind of fact it is", allowed=FACTS),
        Column("value", "text", "as printed, runs of spaces made one; parts of an address joined by commas"),
    ),
)

PROFILE = Contract(
    name="profile",
    meaning="Whatever a list says of one of its entries, a row a statement.",
    grain=("entity_id", "what", "value"),
    columns=(
        _ENTITY_ID,
        Column("what", "text", "what is said"),
        Column("value", "text", "as the list prints it"),
        Column("note", "text", "what a reader must know of it", absent=("not_applicable",)),
    ),
)

LIST_VERSIONS = Contract(
    name="list_versions",
    meaning="The versions of lists that were loaded into the store.",
    grain=("list_id", "version"),
    columns=(
        _LIST_ID,
        Column("version", "partial_date", "the day of which the list is"),
        Column("title", "text", "what it is called"),
        Column("format", "text", "format of the file"),
        Column("proven", "boolean", "whether the format's reader is proven on a real file"),
        Column("loaded_at", "text", "when it was loaded, UTC"),
        Column("entries", "integer", "entries held", unit="entries", low=0),
        Column("names", "integer", "names held", unit="names", low=0),
        Column("sha256", "text", "hash of the file; of several, of their hashes", pattern="^[0-9a-f]{64}$"),
        Column("file", "text", "name of the file or folder it was read from"),
        Column("notes", "texts", "what was passed over, each with its count"),
        Column(
            "manifest",
            "text",
            "hash of the manifest that vouches for its files; of a version loaded before 2026-11-26, none yet",
            absent=("unknown",),
            pattern="^[0-9a-f]{64}$",
        ),
    ),
)

LIST_CHANGES = Contract(
    name="list_changes",
    meaning="What differs between two versions of a list.",
    grain=("entity_id",),
    columns=(
        Column("change", "text", "what happened to the entry", allowed=("added", "removed", "changed")),
        _ENTITY_ID,
        Column("name", "text", "its name; that of the later version where both have it"),
        Column("details", "texts", "what changed, one sentence each", absent=("not_applicable",)),
    ),
)

LISTS = ("uflpa", "ofac-xinjiang", "cbp-wro")
_OF_THE_RECORD = Column("list_id", "text", "the list", allowed=LISTS)

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
        _OF_THE_RECORD,
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
            "copy_and_text (one copy and another text), one_copy (nothing else), page (the publisher's own)",
            allowed=("printed_notice", "two_copies", "copy_and_text", "one_copy", "page"),
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
        _OF_THE_RECORD,
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
        _OF_THE_RECORD,
        Column("date", "partial_date", "effective day"),
        Column("added", "integer", "entities added", unit="entities", low=0),
        Column("removed", "integer", "entities removed", unit="entities", low=0),
        Column("total_entities", "integer", "entities listed after it, counted one by one", unit="entities", low=0),
        Column("total_dhs", "integer", "the total as DHS printed it", unit="entities", low=0, absent=("unknown",)),
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

COVERAGE = Contract(
    name="coverage",
    meaning="What each list held when parties were screened against it.",
    grain=("list_id",),
    columns=(
        Column("list_id", "text", "the list"),
        Column("title", "text", "what it is called"),
        Column("as_of", "partial_date", "the day as of which it was used"),
        Column(
            "list_as_of",
            "partial_date",
            "day of the last change to the list that the record holds, or on which a refresh has read it since",
            absent=("unknown",),
        ),
        Column("version", "partial_date", "day of the version, where the list was loaded", absent=("not_applicable",)),
        Column("entities_held", "integer", "entities in force that day that the record holds", unit="entities", low=0),
        Column(
            "entities_published",
            "integer",
            "entities the publisher had listed by that day; empty where no total is held",
            unit="entities",
            low=0,
            absent=("unknown",),
        ),
        Column("names_held", "integer", "names searched", unit="names", low=0),
        Column(
            "sha256",
            "text",
            "hash of the names searched with their listings; of the publisher's file, where it was loaded",
            pattern="^[0-9a-f]{64}$",
        ),
        Column("sentence", "text", "the coverage in words"),
    ),
)

TITLES = PackagedTable(
    Contract(
        name="list_titles",
        meaning="What the lists that ship are called, and where their publishers offer them.",
        grain=("list_id",),
        columns=(
            Column("list_id", "text", "the list"),
            Column("title", "text", "what it is called"),
            Column("address", "text", "where it is offered; a source of this url is a copy", absent=("unknown",)),
            SOURCE,
        ),
    ),
    "entrepot.lists",
    "titles.csv",
)

PROGRAMMES = PackagedTable(
    Contract(
        name="known_programmes",
        meaning="Programme codes that the lists carried on which the readers were proven.",
        grain=("publisher", "programme"),
        columns=(
            Column("publisher", "text", "whose codes they are", allowed=("ofac", "un")),
            Column("programme", "text", "the code as printed"),
            SOURCE,
        ),
    ),
    "entrepot.lists.formats",
    "programmes.csv",
)

TABLES: tuple[RecordTable, ...] = (
    RecordTable(LISTINGS, "entrepot.lists", "listings.csv.gz"),
    RecordTable(MEMBERSHIP, "entrepot.lists", "membership.csv.gz"),
    RecordTable(BATCHES, "entrepot.lists", "batches.csv"),
)
