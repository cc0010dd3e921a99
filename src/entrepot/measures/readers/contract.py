"""The tables of a loaded list: its entries, their names, their identifiers, its versions, what changed between two."""

from __future__ import annotations

from entrepot.core.contract import Column, Contract

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
