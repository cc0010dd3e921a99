"""The table of the room: what a report claims, and how each claim stands against the record. See docs/design/13."""

from __future__ import annotations

from entrepot.core.contract import Column, Contract
from entrepot.core.shown import Shown

SUBJECT_KINDS = ("place", "measure", "party", "outside")
BOUNDS = ("exact", "over", "at_least", "nearly", "up_to", "about", "between")
STATUSES = ("reported", "forecast", "capacity", "planned", "rule", "scheduled")
BASES = ("stated", "relative", "inferred", "none")
COMPARISONS = ("none", "yoy", "mom", "change", "conversion", "record", "largest", "first")
VERDICTS = (
    "agrees",
    "agrees_within_rounding",
    "consistent",
    "contradicts",
    "differs",
    "superseded",
    "imprecise",
    "no_record",
    "unread",
)
CERTAINTIES = ("sure", "likely")
UNREAD_REASONS = (
    "vague_figure",
    "ambiguous_figure",
    "ambiguous_unit",
    "ambiguous_multiple",
    "ambiguous_period",
    "no_subject",
    "no_quantity",
    "too_long",
    "unknown_language",
)
# What a claim that could not be read, or a dated event without a figure, does not have.
_UNREAD = ("unknown", "not_applicable")
_JUDGED = ("not_applicable",)  # until the judge has seen the claim

CLAIMS = Contract(
    name="claims",
    meaning="What a report says, one figure or dated event a row, with its span and its verdict against the record.",
    grain=("claim_id",),
    columns=(
        Column(
            "claim_id",
            "text",
            "c- and 12 digits of the hash of the report's text, the span and what was read in it",
            pattern="^c-[0-9a-f]{12}$",
        ),
        Column("span_start", "integer", "where the span begins, in code points of the extracted text", low=0),
        Column("span_end", "integer", "where it ends, excluded", low=0),
        Column("text", "text", "the span as printed, from the bound word to the unit"),
        Column("sentence", "text", "the sentence of the span"),
        Column("subject_kind", "text", "what the subject is", allowed=SUBJECT_KINDS, absent=_UNREAD),
        Column("subject", "text", "id of a place, measure or party; outside: the words as printed", absent=_UNREAD),
        Column("where", "text", "the finer place as printed", absent=_UNREAD),
        Column("partner", "text", "the other side, as in `observations` and `flows`", absent=_UNREAD),
        Column("product", "text", "of which good, as in `shares` and `flows`", absent=_UNREAD),
        Column("mode", "text", "how it moved, where the text says so", allowed=("rail", "road"), absent=_UNREAD),
        Column(
            "direction",
            "text",
            "seen from China; empty for what has no direction",
            allowed=("in", "out", "both"),
            absent=_UNREAD,
        ),
        Column(
            "quantity",
            "text",
            "a metric of `observations` or `shares`, `table.column`, `rules.<word>`, `event.<kind>`, `effect.<kind>`, "
            "or `period`: a date that only says of when",
            absent=_UNREAD,
        ),
        Column("value", "number", "the figure in base units, signed", unit="unit", absent=_UNREAD),
        Column("value_high", "number", "its upper end where bound is between", unit="unit", absent=_UNREAD),
        Column("unit", "text", "base unit, as `unit_norm` of `observations`", absent=_UNREAD),
        Column("per", "text", "rate", allowed=("day", "month", "year"), absent=_UNREAD),
        Column("bound", "text", "what the words leave possible", allowed=BOUNDS),
        Column("status", "text", "what sort of figure; like is compared with like only", allowed=STATUSES),
        Column("period_start", "partial_date", "first day, included", absent=_UNREAD),
        Column("period_end", "partial_date", "last day, included", absent=_UNREAD),
        Column(
            "period_basis",
            "text",
            "relative: to the publication; inferred: from a named holiday or the text around it",
            allowed=BASES,
        ),
        Column("comparison", "text", "what it is compared with", allowed=COMPARISONS),
        Column("base_start", "partial_date", "first day of the base of a change, where named", absent=_UNREAD),
        Column("base_end", "partial_date", "last day of that base", absent=_UNREAD),
        Column("attributed_to", "text", "who says so, as printed", absent=("not_reported",)),
        Column("unread_reason", "text", "why it was not read", allowed=UNREAD_REASONS, absent=_JUDGED),
        Column("verdict", "text", "how it stands against the record", allowed=VERDICTS, absent=_JUDGED),
        Column(
            "certainty",
            "text",
            "where a figure or a day is called right: whether its row is surely the one meant, or most likely",
            allowed=CERTAINTIES,
            absent=_JUDGED,
        ),
        Column("against", "texts", "ids of rows of the record or of other claims", absent=_JUDGED),
        Column("working", "text", "the arithmetic with its numbers", absent=_JUDGED),
        Column("note", "text", "what a reader must know", absent=_JUDGED),
        Column(
            "offered", "texts", "ids of the rows of the record that are nearest to it, the best first", absent=_JUDGED
        ),
        Column(
            "offered_why",
            "text",
            "of each row offered its score: how far the number is, which of place, counter and period met, "
            "what else is said",
            absent=_JUDGED,
        ),
    ),
)

SHOWN = (Shown(CLAIMS, "claim_id", "a claim (c-…)", "entrepot.claims.page.claim_explained:explain"),)
