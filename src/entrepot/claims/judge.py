"""The verb: claims held against the record, each with verdict, rows, working and note."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from entrepot.claims import cells, contradiction, dated, direct, states
from entrepot.claims.derive import DEPTH, WIDEST, Budget, derive
from entrepot.claims.internal import checks
from entrepot.claims.intervals import meet
from entrepot.claims.verdict import CONTRADICTS, DIFFERS, Verdict
from entrepot.record.layers import own_ids

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from entrepot.claims.derive import Derived
    from entrepot.claims.held import Held
    from entrepot.claims.internal import Check
    from entrepot.claims.model import Claim

# Superlatives: they ask for the largest on record, whatever the number.
_RANKS = frozenset({"record", "largest", "first"})
_BEFORE = 12  # claims that "this, the largest" may point back to
# Words under which a figure stands; on an imprecise one no superlative rests.
_AGREEING = frozenset({"agrees", "agrees_within_rounding", "consistent"})
_NOTHING = "Nothing on record says so or otherwise."
# Of a list that may be held in part: where nothing is on record of them, how much is held is said.
_LISTS = frozenset({"batches.added", "batches.removed", "listed_entities", "event.listing"})


def judge(
    claims: Sequence[Claim],
    held: Held,
    published: date | None,
    text: str = "",
    progress: Callable[[int, int], None] | None = None,
) -> list[Claim]:
    """The claims with their verdicts, in the same order.

    Args:
        claims: of one report, in the order of their spans.
        held: the record.
        published: the report's day; None where it is not known.
        text: the report's text, for the checks within it.
        progress: told (done, in all).
    """
    found: dict[str, list[Check]] = defaultdict(list)
    for check in checks(claims, published, text):
        found[check.claim_id].append(check)
    out = []
    for number, claim in enumerate(claims):
        verdict = of_claim(held, claim, published, claims[max(0, number - _BEFORE) : number])
        out.append((claim, _with_own(verdict)))
        if progress is not None:
            progress(number + 1, len(claims))
    words = {claim.claim_id: verdict.word for claim, verdict in out}
    every = {claim.claim_id: claim for claim in claims}

    def sure(check: Check) -> tuple[str, ...]:
        """Why the claims of a check are no contradiction of one another; empty where they are one."""
        told = Verdict(DIFFERS, check.against, evidence=check.evidence)
        involved = (every[c] for c in (check.claim_id, *check.against) if c in every)
        return tuple(r for c in involved for r in contradiction.unmet(held.index, c, published, told))

    return [_written(claim, _checked(verdict, found[claim.claim_id], words, sure)) for claim, verdict in out]


def _with_own(verdict: Verdict) -> Verdict:
    """A verdict that says which of its rows are the person's own."""
    own = own_ids([*verdict.against, *re.findall(r"\bu-[0-9a-f]{12}\b", " ".join(verdict.notes))])
    said = (f"{', '.join(own)}: {'your own row' if len(own) == 1 else 'your own rows'}.",) if own else ()
    return replace(verdict, notes=(*verdict.notes, *said)) if said else verdict


def of_claim(held: Held, claim: Claim, published: date | None, before: Sequence[Claim] = ()) -> Verdict:
    """The verdict of the record on one claim; `before` are the claims that its superlative may point to."""
    if claim.unread_reason is not None:
        return Verdict("unread", notes=(f"Not read: {claim.unread_reason.replace('_', ' ')}.",))
    verdict = _of_kind(held, claim, published, before)
    if verdict is None:
        return Verdict("no_record", notes=_missing(held, claim, published))
    verdict = contradiction.judged(held.index, claim, published, verdict)
    if claim.quantity == "batches.added" and verdict.word not in {DIFFERS, CONTRADICTS}:
        verdict = replace(verdict, notes=(*verdict.notes, *_totals(held, verdict)))
    return verdict


def _of_kind(held: Held, claim: Claim, published: date | None, before: Sequence[Claim]) -> Verdict | None:
    quantity = claim.quantity or ""
    if quantity.startswith("effect."):
        return states.effect(held, claim, published)
    seasonal = quantity == "rules.season" or (quantity == "event.closure" and states.open_months(claim) is not None)
    if seasonal and claim.value is None:
        return states.season(held, claim, published)
    if quantity.startswith("event.") and claim.value is None:
        return dated.judge(held, claim, published)
    if claim.comparison in _RANKS:
        return _ranked(held, claim, published, before)
    return _number(held, claim, published)


def _number(held: Held, claim: Claim, published: date | None) -> Verdict | None:
    """Rows of the cell first, then what rows imply: rows that differ give way to others that imply the figure."""
    found = direct.judge(held.index, claim, published)
    if found is not None and found.word != DIFFERS:
        return found
    implied = _derived(held, claim, published)
    if found is None or implied is None or implied.word == DIFFERS:
        return found or implied
    return replace(implied, notes=(*implied.notes, *found.notes))


def _ranked(held: Held, claim: Claim, published: date | None, before: Sequence[Claim]) -> Verdict | None:
    """A superlative: its figure first, then whether it was and is the largest."""
    value = claim.value
    if value is None:
        alike = [
            c for c in before if (c.subject, c.quantity) == (claim.subject, claim.quantity) and c.unit != "percent"
        ]
        value = next((c.value for c in reversed(alike) if c.value is not None), None)
    figure = _number(held, claim, published) if claim.value is not None else None
    undated = figure is not None and figure.word == "imprecise" and claim.period_end is None
    stands = figure is not None and (figure.word in _AGREEING or undated)
    if claim.value is not None and claim.comparison != "first" and not stands:
        return figure
    place = states.rank(held, claim, value, published)
    if place is None or figure is None:
        return place or figure
    notes = (*figure.notes, *place.notes)
    against = tuple(dict.fromkeys((*figure.against, *place.against)))
    if place.word == DIFFERS:  # the figure stands, the word for it does not
        return Verdict("imprecise", against, figure.working, notes)
    word = place.word if place.word == "superseded" else figure.word
    return Verdict(word, against, figure.working, notes)


def _derived(held: Held, claim: Claim, published: date | None) -> Verdict | None:
    """The verdict of what rows imply: consistent, or differs where one step from one family is narrow enough."""
    number = cells.number_of(claim)
    if number is None or claim.comparison == "mom":
        return None
    cell, _ = direct.rows_of(held.index, claim, published)
    budget = Budget()
    against: list[Derived] = []
    for found in derive(held.index, cell, DEPTH, budget):
        if found.interval.width > WIDEST:
            continue
        if meet(found.interval, number.close):
            return Verdict("consistent", found.rows, found.working, _spent(budget))
        if found.depth == 1 and cell.end is not None and not meet(found.interval, number.open):
            against.append(found)
    if against and contradiction.one_source(held.index, cell):
        return Verdict(DIFFERS, against[0].rows, against[0].working, _spent(budget), evidence="derived")
    return None


def _spent(budget: Budget) -> tuple[str, ...]:
    return ("The search for derivations met its limit.",) if budget.spent else ()


def _missing(held: Held, claim: Claim, published: date | None) -> tuple[str, ...]:
    """What a reader must know where the record has nothing: the nearest rows, and how much of a list is held."""
    quantity = claim.quantity or ""
    if quantity.startswith("event."):
        notes = dated.nearest(held, claim, published)
    else:
        notes = direct.nearest(held.index, claim)
    if quantity in _LISTS and held.batches:
        kept, last = sum(b["rows_in_table"] for b in held.batches), held.batches[-1]
        newer = "; a newer notice may exist" if kept == last["total_entities"] else ""
        of = f"{kept} of {last['total_entities']} entities are held, as of the notice of {last['date']}"
        notes = (*notes, f"Of the list {of}{newer}.")
    if doubtful := direct.unclear(held.index, claim, published):
        return (*doubtful, *notes)
    return (_NOTHING, *notes)


def _totals(held: Held, verdict: Verdict) -> tuple[str, ...]:
    """The total after the notice that the verdict rests on first."""
    first = next((b for b in held.batches if b["id"] in verdict.against), None)
    return (f"After it the list held {first['total_entities']} ({first['id']}).",) if first else ()


def _checked(
    verdict: Verdict, found: Sequence[Check], words: dict[str, str], unsure: Callable[[Check], tuple[str, ...]]
) -> Verdict:
    """The record's verdict with what the checks within the report add.

    Where the record has rows of the claim they decide; a check then is a note. Where it has none, the check is the
    verdict. Of two claims that cannot both be right, one that the record bears out stands.
    """
    for check in found:
        notes = verdict.notes if check.note is None else (*verdict.notes, check.note)
        borne_out = verdict.word in _AGREEING | {"superseded", "imprecise"} and verdict.against
        other_stands = any(words.get(c) in _AGREEING for c in check.against)
        decides = check.word != "note" and (verdict.word == "no_record" or (check.word == DIFFERS and not borne_out))
        if not decides and check.word == DIFFERS and other_stands and verdict.word == "imprecise":
            decides = True
        if not decides or verdict.word == CONTRADICTS:
            verdict = replace(verdict, notes=notes, working=verdict.working or check.working)
            continue
        against = tuple(dict.fromkeys((*check.against, *verdict.against)))
        working = check.working or verdict.working
        verdict = Verdict(check.word, against, working, _without_missing(notes, check))
        if check.word == DIFFERS:
            verdict = contradiction.raised(verdict, unsure(check))
    return verdict


def _without_missing(notes: tuple[str, ...], check: Check) -> tuple[str, ...]:
    """Once the text's own figures decide, that the record has nothing is no longer the answer."""
    return notes if check.word == DIFFERS else tuple(n for n in notes if n != _NOTHING)


def _written(claim: Claim, verdict: Verdict) -> Claim:
    """The claim with its verdict in the columns of `CLAIMS`."""
    note = " ".join(dict.fromkeys(verdict.notes)) or None
    return replace(claim, verdict=verdict.word, against=verdict.against, working=verdict.working, note=note)
