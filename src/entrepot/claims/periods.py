"""The period that a sentence without a date takes from the one before it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from entrepot.claims import when
from entrepot.claims.cues import cue
from entrepot.claims.units import quantity_rows
from entrepot.claims.when import NEVER, shown

if TYPE_CHECKING:
    from entrepot.claims.context import Context
    from entrepot.claims.days import Span
    from entrepot.claims.draft import Draft
    from entrepot.claims.sentence import Sentence
    from entrepot.claims.when import When

_MONTH = 27  # days between the first and the last of February
NOTE = "Period: that of the sentence before."
_OWN_TIME = ("rules.", "measures.", "event.", "effect.", "routes.", "border_times.", "batches.")


def lent(sentence: Sentence, draft: Draft, context: Context) -> Draft:
    """The draft with the period said before in its paragraph, or in the report for "the same period"."""
    name = draft.get("quantity")
    if not name or draft.get("period_start") or draft.get("period_end") or draft.get("value") is None:
        return draft
    state = quantity_rows().get(name, {"state": "yes"})["state"] == "yes"
    if state or name.startswith(_OWN_TIME) or name.endswith("_cumulative") or draft.get("status") != "reported":
        return draft
    if any(not d.base and d.kind != "dateline" and not _aside(sentence, draft, d) for d in sentence.dates):
        return draft
    if draft.used is not None or (draft.figure and when.a_year_before(sentence, draft.figure)):
        return draft
    before: When = context.period
    earlier = context.earlier
    if (
        before == NEVER
        and earlier is not None
        and (cue("same_period").search(sentence.text) or len(earlier.periods) == 1)
    ):
        before = earlier.period
    if before == NEVER or cue("to_date").search(sentence.text):
        return draft
    start, end, _ = before
    if cue("since_then").search(sentence.text):
        end = sentence.published.isoformat() if sentence.published else None
    note = " ".join(n for n in (draft.get("note"), NOTE) if n)
    fields = draft.fields | {"period_start": start, "period_end": end, "period_basis": "inferred", "note": note}
    return replace(draft, fields=fields)


def _aside(sentence: Sentence, draft: Draft, span: Span) -> bool:
    return draft.figure is not None and when.of_aside(sentence, span, draft.figure)


def _long(start: str, end: str) -> bool:
    """Whether it is a month or more: of "this week" the next sentence says nothing."""
    return (date.fromisoformat(end) - date.fromisoformat(start)).days >= _MONTH


def said(sentence: Sentence, drafts: list[Draft]) -> When | None:
    """The period that the last claim of a sentence is of, or the one it says without a claim; None without any."""
    for draft in reversed(drafts):
        start, end = draft.get("period_start"), draft.get("period_end")
        if draft.used is not None and draft.used.base:
            continue  # what a figure is held against
        lasting = draft.used is None or draft.used.kind != "since"
        if draft.get("value") is not None and start and end and lasting and _long(start, end):
            return start, end, str(draft.get("period_basis"))
        if draft.get("value") is not None and end and not start and str(draft.get("quantity")).startswith("shipments_"):
            return None, end, str(draft.get("period_basis"))  # as of a day, since the law began
    dated = [d for d in sentence.dates if d.kind in ("range", "month", "year") and not d.base and None not in d.days]
    return shown(dated[-1]) if dated and not any(d.get("value") is not None for d in drafts) else None
