"""Contracts of what the desk says of itself: the state of an installation, and what a store holds."""

from __future__ import annotations

from entrepot.core.contract import Column, Contract
from entrepot.lists.profiles.profile_columns import LISTED_PARTY
from entrepot.screening.contract import CASES, MATCHES

FINE, NOTE, WRONG = "fine", "note", "wrong"
STATES = (FINE, NOTE, WRONG)
FATES = ("removed", "stays unless named")

CHECKUP = Contract(
    name="checkup",
    meaning="What Entrepot finds when it looks at its own installation, store and lists, with what to do.",
    grain=("topic", "item"),
    columns=(
        Column(
            "topic",
            "text",
            "part of the installation",
            allowed=("version", "package", "extra", "store", "list", "fonts"),
        ),
        Column("item", "text", "what is looked at: a package, a list with its version"),
        Column("state", "text", "wrong: something does not work; note: worth knowing", allowed=STATES),
        Column("found", "text", "what was found"),
        Column("remedy", "text", "what to do", absent=("not_applicable",)),
    ),
)

HOLDINGS = Contract(
    name="holdings",
    meaning="What a store holds, part by part, and what `entrepot store remove` does with it.",
    grain=("part",),
    columns=(
        Column("part", "text", "name of the part, by which it is removed"),
        Column("what", "text", "what it is"),
        Column("fate", "text", "what `entrepot store remove` without a name does with it", allowed=FATES),
        Column("rows", "integer", "rows in the database", unit="rows", low=0, absent=("not_applicable",)),
        Column("bytes", "integer", "size of its files beside the database", unit="bytes", low=0),
        Column("files", "texts", "its files and folders in the store", absent=("not_applicable",)),
    ),
)

STORE_CHECKS = Contract(
    name="store_checks",
    meaning="Whether each part of a store is what was written to it, with what to do where it is not.",
    grain=("part",),
    columns=(
        Column("part", "text", "the database, a version of a list, an index"),
        Column("state", "text", "wrong: an answer could rest on it; note: no answer does", allowed=STATES),
        Column("found", "text", "what was found"),
        Column("remedy", "text", "what to do", absent=("not_applicable",)),
    ),
)

HOLDS, FAILS, CANNOT_TELL = "holds", "does not hold", "cannot tell"
STAMP, AUTHORITY = "time stamp", "authority"

CLEARANCE_CHECKS = Contract(
    name="clearance_checks",
    meaning="Whether a clearance record is what was signed, by which key, when, and what files it is about.",
    grain=("part",),
    columns=(
        Column("part", "text", "what is looked at", allowed=("signature", "key", "results", "input", STAMP, AUTHORITY)),
        Column(
            "state",
            "text",
            "cannot tell: nothing speaks against it, and nothing that is known vouches for it",
            allowed=(HOLDS, FAILS, CANNOT_TELL),
        ),
        Column("found", "text", "what was found"),
        Column("remedy", "text", "what to do", absent=("not_applicable",)),
    ),
)

CLEARANCE_KEYS = Contract(
    name="clearance_keys",
    meaning="The public half of the key with which a store signs clearance records.",
    grain=("key_id",),
    columns=(
        Column("key_id", "text", "first 16 hex digits of the sha256 of the key's 32 bytes"),
        Column("algorithm", "text", "how it signs", allowed=("Ed25519",)),
        Column("public_key", "text", "PEM, as openssl reads it"),
    ),
)

CANDIDATES = Contract(
    name="candidates",
    meaning="Entries of lists that a name met, the highest score first, one row an entry. A candidate is a question to "
    "answer, not a verdict.",
    grain=("entity_id",),
    columns=(
        Column("score", "number", "probability that the name is that of the entry; 1: one text", low=0, high=1),
        Column("list_id", "text", "the list"),
        Column("entity_id", "text", "the entry; `entrepot lists show` gives its whole profile"),
        Column("name", "text", "the name that the list puts first"),
        Column("met_name", "text", "the name of the entry that was met"),
        Column("name_kind", "text", "what the met name is to the entry"),
        Column("profile", "text", "what the list says of the entry, in a line", absent=("unknown",)),
        Column("link", "text", "where its publisher prints it, or else the list", absent=("unknown",)),
        Column("list_as_of", "partial_date", "the day of which the list is", absent=("unknown",)),
        Column("match_id", "text", "the match; `entrepot explain` says how its score came about"),
    ),
)

HITS = Contract(
    name="hits",
    meaning="Matches as `screen` gives them: each with what its list says of the listed party, nothing left out. A "
    "match is a question to answer, not a verdict; no match is not 'not listed'.",
    grain=("match_id",),
    columns=(*MATCHES.columns, *LISTED_PARTY),
)

WRITTEN = Contract(
    name="written",
    meaning="Files that were written with personal data of cases, and which cases: what a redaction of the ledger does "
    "not reach. Kept in the store.",
    grain=("id",),
    columns=(
        Column("id", "text", "written- and 16 digits of the hash of its place"),
        Column("path", "text", "where it was written"),
        Column("what", "text", "what it is", allowed=("results", "record", "changes", "cases", "decisions")),
        Column("written_at", "text", "when, UTC"),
        Column("cases", "texts", "the cases that it holds, of the first 50,000 matches"),
        Column("is_whole", "boolean", "whether these are all of its cases"),
    ),
)

REVIEWED = Contract(
    name="reviewed",
    meaning="Cases with where they stand, and room for a decision: filled in, the file is taken back by "
    "entrepot review --decisions.",
    grain=("case_id",),
    columns=(
        *CASES.columns,
        Column("verdict", "text", "for you to fill in: true, false or unsure", absent=("not_applicable",)),
        Column("by", "text", "for you to fill in: who decides", absent=("not_applicable",)),
        Column("because", "text", "for you to fill in: why", absent=("not_applicable",)),
        Column("seen", "integer", "number of the last entry of the ledger on the case; 0: none", low=0),
        Column("ledger", "text", "the ledger; empty where nothing has been decided yet", absent=("not_applicable",)),
    ),
)
