"""The register of sources, and the columns by which every table of the record points into it."""

from __future__ import annotations

from entrepot.core.contract import Column, Contract
from entrepot.core.findings import FINDINGS
from entrepot.core.shown import Shown
from entrepot.sources.tables import RecordTable

SOURCE_ID = Column("source_id", "text", "the source of the row, in the register", pattern="^s-[a-z0-9-]+$")
SOURCE_IDS = Column("source_ids", "texts", "all sources of the row, the main one first")
READ = "s-read-"  # how ids of pages begin that a refresh read; the list, or else the publisher, and the day follow
PUBLISHED = Column("published", "partial_date", "when the report was printed", absent=("unknown", "not_applicable"))
QUALITY = Column(
    "quality",
    "text",
    "good; repost (seen only as an unofficial copy); unclear (origin not reachable, or year, scope or unit in doubt)",
    allowed=("good", "repost", "unclear"),
)
KNOWN_ON = Column("known_on", "partial_date", "from when the row could have been known, at the latest")
KNOWN_ON_BASIS = Column(
    "known_on_basis",
    "text",
    "published: the date of print; inferred: the end of the period, or the day the record closed",
    allowed=("published", "inferred"),
)
CORRECTED = Column(
    "corrected",
    "text",
    "what was changed, from what, on what evidence; `added`: a new row; `marked`: a fault that stands",
    absent=("not_applicable",),
)
NOTE = Column("note", "text", "what a reader of the row must know", absent=("not_applicable",))

SOURCES = Contract(
    name="sources",
    meaning="The register of sources: who printed what, where, when, and under which licence.",
    grain=("source_id",),
    columns=(
        Column(
            "source_id",
            "text",
            "s- and 8 hex digits of sha256 over publisher|url|published|title; words where a measure file names it, or "
            "a refresh read the page",
            pattern="^s-[a-z0-9-]+$",
        ),
        Column("publisher", "text", "who printed it; the host's name where no other is known"),
        Column("title", "text", "what it is called", absent=("unknown",)),
        Column(
            "url",
            "text",
            "address to cite; empty where none is usable: then it is never a link",
            absent=("not_applicable", "unknown"),
            pattern="^https?://[^ ]+$",
        ),
        Column(
            "url_basis",
            "text",
            "seen (page seen); cited (address seen in other texts); rebuilt (from the path of a copy or a document "
            "number); normalised (staging host or tracking removed); replaced (better page than the one seen); none",
            absent=("unknown",),
            allowed=("seen", "cited", "rebuilt", "normalised", "replaced", "none"),
        ),
        Column(
            "source_kind",
            "text",
            "original (publisher's own site); syndicated (another outlet reprints it); clone (mirror or unrelated "
            "host: no citable address); none (a name only)",
            absent=("unknown",),
            allowed=("original", "syndicated", "clone", "none"),
        ),
        Column("published", "partial_date", "when it was printed", absent=("unknown", "not_applicable")),
        Column("licence", "text", "licence under which it may be used, where it is known", absent=("unknown",)),
        Column("retrieved", "partial_date", "when it was fetched", absent=("unknown",)),
        Column("sha256", "text", "hash of the bytes fetched", absent=("unknown",), pattern="^[0-9a-f]{64}$"),
    ),
)

RECORD_VERSIONS = Contract(
    name="record_versions",
    meaning="The versions of the record that `entrepot record refresh` wrote beside the one that ships, oldest first.",
    grain=("sha256",),
    columns=(
        Column("version", "partial_date", "the day on which the publishers' pages were read"),
        Column("sha256", "text", "hash of the tables that it brings", pattern="^[0-9a-f]{64}$"),
        Column("refreshed_at", "text", "when it was written, UTC"),
        Column("publishers", "texts", "what was read"),
        Column("tables", "texts", "the tables of the record that it brings"),
        Column("changes", "integer", "rows added, gone and changed", unit="rows", low=0),
        Column("notes", "texts", "what a reader must know of it", absent=("not_applicable",)),
    ),
)

RECORD_TABLES = Contract(
    name="record_tables",
    meaning="The tables that versions of the record bring, each whole.",
    grain=("version_sha256", "table"),
    columns=(
        Column("version_sha256", "text", "hash of the version"),
        Column("table", "text", "table of the record"),
        Column("base", "text", "hash of the packaged table over which it was made"),
        Column("sha256", "text", "hash of the content"),
        Column("content", "text", "the table as Parquet, in base64"),
    ),
)

TABLES: tuple[RecordTable, ...] = (RecordTable(SOURCES, "entrepot.sources", "sources.csv"),)

SHOWN = (Shown(FINDINGS, "id", "a finding (f-…)", "entrepot.sources.explanation:explain_finding", table="findings"),)
