"""The tables of the room: what was decided, what a decisions file holds, and what was found of a ledger."""

from __future__ import annotations

from entrepot.core.contract import Column, Contract
from entrepot.decisions.ledger.entry import KINDS
from entrepot.decisions.standing import VERDICTS

_NONE = ("not_applicable",)
_AT = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"

DECISIONS = Contract(
    name="decisions",
    meaning="The entries of the ledger, as people wrote them, the oldest first.",
    grain=("seq",),
    columns=(
        Column("seq", "integer", "number of the entry", low=1),
        Column("at", "text", "when, UTC, by the clock of the machine", pattern=_AT),
        Column("kind", "text", "what it says", allowed=KINDS),
        Column("case_id", "text", "the case", absent=_NONE),
        Column("verdict", "text", "what was decided", allowed=VERDICTS, absent=_NONE),
        Column("ground", "text", "review, good_guy or file: how it was decided", absent=_NONE),
        Column("by", "text", "who decided, in their words", absent=(*_NONE, "suppressed")),
        Column(
            "account",
            "text",
            "the account of the machine that wrote it; of a server also the address that asked",
            absent=(*_NONE, "suppressed"),
        ),
        Column("why", "text", "why, in their words", absent=(*_NONE, "suppressed", "not_reported")),
        Column("party", "text", "the party's name", absent=(*_NONE, "suppressed", "not_reported")),
        Column("listed", "texts", "the entries that it met, each list:entity"),
        Column("redacted", "texts", "personal fields that were taken out since"),
        Column("ledger", "text", "the ledger", pattern="^ledger-[0-9a-f]{12}$"),
        Column("hash", "text", "hash of the entry", pattern="^[0-9a-f]{64}$"),
        Column(
            "change",
            "text",
            "what a server was asked to change: the verb with what was said to it, or how it ended",
            absent=_NONE,
        ),
        Column("as_of", "partial_date", "the day as of which the party was screened", absent=_NONE),
        Column("lists", "texts", "the versions of lists that it was decided on, each list, day and hash of the file"),
    ),
)

HOLDS, NOTED, FAILS = STATES = ("holds", "noted", "fails")

LEDGER_CHECKS = Contract(
    name="ledger_checks",
    meaning="What was found of a ledger: one row where it holds, beside what is to be noted all the same, else one for "
    "each thing that is wrong.",
    grain=("seq", "found"),
    columns=(
        Column("seq", "integer", "number of the entry; 0 for the ledger as a whole", low=0),
        Column(
            "state",
            "text",
            "whether it holds; noted: nothing was changed since it was written, and a reader must know of it",
            allowed=STATES,
        ),
        Column("found", "text", "what was found"),
        Column("remedy", "text", "what to do", absent=_NONE),
    ),
)
