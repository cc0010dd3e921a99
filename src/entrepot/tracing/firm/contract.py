"""The table of what ties a firm to a region."""

from __future__ import annotations

from entrepot.core.contract import Column, Contract

TIES = ("listed", "stake", "plant", "supplier", "customer", "left", "other", "not_known")
# Whose word a row is: a report that the record holds, a publisher's list, or a file of the person's own.
GROUNDS = ("record", "list", "your_file", "none")

FIRM_TIES = Contract(
    name="firm_ties",
    meaning="What ties a firm to a region under a measure: stakes, plants, suppliers, customers and exits that the "
    "record reports, listings, and links of the person's own files; several reports may tell one event. What neither "
    "says stands beside, and is never 'none'.",
    grain=("tie", "row_id"),
    columns=(
        Column("tie", "text", "what ties it; not_known: what neither record nor files say", allowed=TIES),
        Column("date", "partial_date", "when it was true, at the precision known", absent=("not_reported",)),
        Column("date_to", "partial_date", "until when", absent=("not_reported", "not_applicable")),
        Column("firm", "text", "the firm, as the row names it"),
        Column("other", "text", "the other party", absent=("not_reported", "not_applicable")),
        Column("place", "text", "where", absent=("not_reported",)),
        Column(
            "status",
            "text",
            "occurred, announced, denied or alleged, of a report; in_force, of a listing; documented, of a link",
            allowed=("occurred", "announced", "denied", "alleged", "in_force", "documented"),
            absent=("not_applicable",),
        ),
        Column("said", "text", "what the row says"),
        Column("ground", "text", "whose word it is", allowed=GROUNDS),
        Column("document", "text", "the document: publisher and title, or number and file", absent=("not_applicable",)),
        Column("url", "text", "its address", absent=("not_reported", "not_applicable")),
        Column("row_id", "text", "the row that says so; one of the record is opened by explain"),
    ),
)
