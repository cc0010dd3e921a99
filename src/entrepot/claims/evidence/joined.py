"""The judged claims of a report joined with the evidence: rows offered for each, verdicts where the relation is sure.

The grammar's verdict stands where it found agreement. Its contradictions stand only where the evidence says so too.
Claims without a verdict, and figures that the grammar left out, get the rows nearest to them and the verdict of their
relation.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from entrepot.claims.model import Claim, identified
from entrepot.claims.verdict import CONTRADICTS, DIFFERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from entrepot.claims.evidence.nearest import Offer
    from entrepot.claims.evidence.relation import Related
    from entrepot.claims.evidence.weigh import Weighed
    from entrepot.claims.indexed.record_entry import Entry
    from entrepot.claims.indexed.record_index import RecordIndex
    from entrepot.claims.model import Report

SHOWN = 3  # rows offered: the right one stands among the first three or it is not found
_OPEN = frozenset({"no_record", "unread"})  # verdicts that the evidence may fill
_KINDS = {"law": "measure", "who": "party", "at": "place"}
_LOWERED = "The rows near it do not bear out a contradiction: look."
_OUTSIDE = ("land:", "side:")


def joined(report: Report, claims: Sequence[Claim], found: Sequence[Weighed], index: RecordIndex) -> list[Claim]:
    """The claims with the evidence, in the order of their spans.

    Args:
        report: as opened.
        claims: judged.
        found: every figure and date with its rows.
        index: the record's.
    """
    at = _by_start(claims)
    changed: dict[int, Claim] = {}
    added: list[Claim] = []
    for weighed in found:
        own = [i for i in at(weighed) if _same_figure(claims[i], weighed)]
        for i in own:
            changed[i] = _with(changed.get(i, claims[i]), weighed, index)
        is_numbering = weighed.seen.kind == "ordinal"
        is_period = weighed.seen.kind == "date" and weighed.related is None
        if not own and not is_numbering and not is_period:
            added.append(identified(_new(weighed, index), report.sha256))
    whole = [changed.get(i, claim) for i, claim in enumerate(claims)]
    whole = [_lowered(claim) if i not in changed else claim for i, claim in enumerate(whole)]
    ids = {c.claim_id: c for c in [*whole, *added]}
    return sorted(ids.values(), key=lambda c: (c.span_start, c.span_end))


class _by_start:  # noqa: N801 - read as a phrase: the claims by start
    """The claims whose spans may meet that of a figure."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self._order = sorted(range(len(claims)), key=lambda i: claims[i].span_start)
        self._starts = [claims[i].span_start for i in self._order]
        self._claims = claims
        self._longest = max((c.span_end - c.span_start for c in claims), default=0)

    def __call__(self, weighed: Weighed) -> Iterable[int]:
        first = bisect_left(self._starts, weighed.start - self._longest)
        last = bisect_left(self._starts, weighed.end)
        return [i for i in self._order[first:last] if self._claims[i].span_end > weighed.start]


def _same_figure(claim: Claim, weighed: Weighed) -> bool:
    """Whether a claim is the figure's: of a date those without a figure."""
    if weighed.seen.kind == "date":
        return claim.value is None and claim.unread_reason is None
    return claim.value is not None or claim.unread_reason is not None


def _with(  # noqa: PLR0911 - a case a return
    claim: Claim, weighed: Weighed, index: RecordIndex
) -> Claim:
    """A claim with its rows, and with the verdict of the evidence where the grammar left it open or was too sure."""
    claim = replace(claim, offered=_ids(weighed), offered_why=_why(weighed.offers))
    how = weighed.related
    if claim.verdict == CONTRADICTS and _of_record(claim) and (how is None or how.verdict != CONTRADICTS):
        return replace(claim, verdict=DIFFERS, note=_noted(claim.note, _LOWERED))
    one_way = how is not None and how.rule == "elsewhere" and how.offers[0].met.others() == ["direction"]
    if claim.verdict == "imprecise" and how is not None and one_way:
        return _judged(claim, how)  # exports are said, and the number is that of the whole
    if claim.verdict == DIFFERS and how is not None and how.verdict in {CONTRADICTS, "agrees"}:
        return _judged(claim, how)
    if claim.verdict in _OPEN and how is not None:
        return replace(_judged(claim, how), unread_reason=None) if claim.verdict == "unread" else _judged(claim, how)
    if (
        claim.verdict == "unread"
        and claim.unread_reason in {"no_subject", "no_quantity"}
        and (where := _outside(weighed, index))
    ):
        return replace(
            claim, verdict="no_record", unread_reason=None, subject_kind="outside", subject=where, note=_NO_CASE
        )
    if claim.verdict in _OPEN and weighed.offers:
        return replace(claim, note=_noted(claim.note, _nearby(weighed.offers)))
    return claim


_NO_CASE = "The record has no figures of this place."


def _judged(claim: Claim, how: Related) -> Claim:
    """A claim with the verdict of a relation; what the grammar could not read is taken from the row."""
    filled = claim if claim.quantity or how.verdict == DIFFERS else _of_row(claim, how.offers[0].entry)
    rows = how.rows or tuple(dict.fromkeys(o.entry.row_id for o in how.offers))
    if how.rows:  # implied: the arithmetic is the answer
        return replace(filled, verdict=how.verdict, against=rows, working=how.note, note=_nearby(how.offers))
    return replace(filled, verdict=how.verdict, against=rows, note=f"{_said(how.offers)} {how.note}")


def _lowered(claim: Claim) -> Claim:
    """A contradiction of a figure that the evidence did not see at all is none."""
    if claim.verdict == CONTRADICTS and claim.value is not None and _of_record(claim):
        return replace(claim, verdict=DIFFERS, note=_noted(claim.note, _LOWERED))
    return claim


def _of_record(claim: Claim) -> bool:
    """Whether a claim is held against rows of the record, and not against another claim of the report."""
    against = claim.against or ()
    return claim.value is not None and bool(against) and not any(a.startswith("c-") for a in against)


def _new(weighed: Weighed, index: RecordIndex) -> Claim:
    """A claim of a figure or a date that the grammar left out."""
    seen, how = weighed.seen, weighed.related
    period = weighed.told.period if seen.kind != "date" else (seen.first, seen.last)
    first, last = period or (None, None)
    claim = Claim(
        "c-" + 12 * "0",
        weighed.start,
        weighed.end,
        weighed.text,
        weighed.sentence,
        value=None if seen.number is None else seen.number.value,
        unit=seen.unit or None,
        per=seen.per,
        bound=seen.bound,
        value_high=_high(weighed),
        period_start=first.isoformat() if first else None,
        period_end=last.isoformat() if last else None,
        period_basis=weighed.told.basis
        if weighed.told.basis in {"stated", "relative"}
        else "inferred"
        if first or last
        else "none",
        offered=_ids(weighed),
        offered_why=_why(weighed.offers),
    )
    if how is not None:
        return _of_row(_judged(claim, how), how.offers[0].entry)
    if where := _outside(weighed, index):
        return replace(claim, verdict="no_record", subject_kind="outside", subject=where, note=_NO_CASE)
    reason = "no_quantity" if weighed.told.owner else "no_subject"
    note = _nearby(weighed.offers) if weighed.offers else f"Not read: {reason.replace('_', ' ')}."
    return replace(claim, verdict="unread", unread_reason=reason, note=note)


def _high(weighed: Weighed) -> float | None:
    """The upper end of a range."""
    number = weighed.seen.number
    return number.open.high if weighed.seen.bound == "between" and number is not None else None


def _of_row(claim: Claim, entry: Entry) -> Claim:
    """A claim with what a row says that its figure is of."""
    kind = next((k for k in ("law", "who") if any(n.startswith(f"{k}:") for need in entry.met for n in need)), "at")
    quantity = min((q.partition(":")[2] for q in entry.quantities), default=None)
    if entry.kind == "date":
        quantity = f"event.{quantity}" if quantity else None
    return replace(
        claim,
        subject_kind=_KINDS[kind] if entry.place else None,
        subject=entry.place or None,
        quantity=quantity,
    )


def _outside(weighed: Weighed, index: RecordIndex) -> str:
    """The country that a figure of trade is of where the record has no figure of it; empty: none is named."""
    told = weighed.told
    if not any(n.startswith("what:") for n in told.inside) or told.named("at") or told.named("law"):
        return ""
    places = [k for k in told.line.found if k.name.startswith(_OUTSIDE)]
    strange = [k for k in places if k.name not in index.covered]
    if not strange or len(strange) < len({k.name for k in places}):
        return ""
    return told.line.sentence.text[strange[0].start : strange[0].end]


def _ids(weighed: Weighed) -> tuple[str, ...] | None:
    return tuple(o.entry.row_id for o in weighed.offers[:SHOWN]) or None


def _why(offers: Sequence[Offer]) -> str | None:
    """Each row offered with its score: which facets met, which say something else, how far the number is."""
    return "; ".join(_scored(o) for o in offers[:SHOWN]) or None


def _scored(offer: Offer) -> str:
    number = "same" if offer.equal else f"{offer.apart:.0%} apart"
    met = [n for n in offer.met.__slots__ if getattr(offer.met, n) == "met" and n in {"place", "counter", "period"}]
    others = [f"other {n}" for n in offer.met.others()]
    return f"{offer.entry.row_id} {offer.points:g} ({', '.join([number, *met, *others])})"


def _said(offers: Sequence[Offer]) -> str:
    return f"On record: {'; '.join(dict.fromkeys(o.entry.said for o in offers))}."


def _nearby(offers: Sequence[Offer]) -> str:
    return f"On record nearby: {'; '.join(dict.fromkeys(o.entry.said for o in offers[:SHOWN]))}."


def _noted(note: str | None, more: str) -> str:
    return f"{note} {more}" if note else more
