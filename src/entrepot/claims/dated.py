"""Claims of dated events held against the events of the record."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from entrepot.claims.facts import day
from entrepot.claims.verdict import DIFFERS, Verdict
from entrepot.claims.wording import says
from entrepot.claims.wordlists import rows
from entrepot.vocabulary.regions.find_place import find_place
from entrepot.vocabulary.regions.region_files import regions

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from entrepot.claims.held import Held
    from entrepot.claims.model import Claim
    from entrepot.vocabulary.regions.region import Region

    Row = dict[str, Any]

_SHORT = re.compile(r"[A-Z]{3,}\b")  # places known by their letters: CKU railway, CPEC
_WORD = re.compile(r"[^\W\d_]{4,}")


def judge(held: Held, claim: Claim, published: date | None) -> Verdict | None:
    """The verdict on a dated event; None where the record has none of its kind, place or actor, and day.

    Args:
        held: the record.
        claim: a claim of quantity `event.<kind>`.
        published: the report's day.
    """
    fitting = [e for e in _of_kind(held, claim) if _same_place_or_actor(held, claim, e)]
    found = [e for e in fitting if _within(claim, e)] if claim.period_end else _undated(claim, fitting, published)
    if not found:
        return None
    first = [e for e in found if not e["same_as"]] or found
    ids = tuple(dict.fromkeys(e["id"] for e in [*first, *found]))
    notes = [_shown(first[0])]
    notes += _other_dates(held, first[0])
    if (said := conflicting_words(claim)) and (other := _other_word(first[0], said)):
        notes.append(f"On record it was a {other}, not a {said}.")
        return Verdict(DIFFERS, ids, notes=tuple(notes), evidence="statement")
    if replaced := [e for e in first if e["superseded_by"]]:
        notes.append(f"{replaced[0]['id']} was replaced by {replaced[0]['superseded_by']}.")
        return Verdict("superseded", ids, notes=tuple(notes))
    if (
        claim.where
        and first[0]["place"]
        and not says(claim.where, "province")
        and not _shares_a_word(claim.where, first[0]["place"])
    ):
        notes.append(f"On record it was at {first[0]['place']}.")
        return Verdict("imprecise", ids, notes=tuple(notes))
    unclear = all(e["quality"] == "unclear" for e in found)
    if published and (later := day(first[0]["known_on"], last=True)) and later > published and not _planned(first[0]):
        notes.append(f"{first[0]['id']} became known on {later}, after publication.")
    return Verdict("imprecise" if unclear else "agrees", ids, notes=tuple(notes))


def _undated(claim: Claim, fitting: list[Row], published: date | None) -> list[Row]:
    """For an event that the text does not date: the last one of the same actor that was known by publication."""
    if claim.subject_kind not in {"party", "outside"}:
        return []
    until = published.isoformat() if published else "9999"
    known = [e for e in fitting if str(e["known_on"]) <= until]
    return known[-1:]


def _other_word(event: Row, said: str) -> str | None:
    """The word of the record where it is the other of two that cannot both be true of one firm's leaving."""
    if event["kind"] not in {"exit", "corporate"} or says(event["title"], said):
        return None
    return next((m for m in ("sale", "shutdown") if m != said and says(event["title"], m)), None)


def nearest(held: Held, claim: Claim, published: date | None) -> tuple[str, ...]:
    """The events of the same kind and place or actor before and after, for a claim that has none."""
    fitting = [e for e in _of_kind(held, claim) if _same_place_or_actor(held, claim, e) and not e["same_as"]]
    asked = claim.period_end or (published.isoformat() if published else "9999")
    start = claim.period_start or asked
    before = [e for e in fitting if str(e["date"]) < start]
    after = [e for e in fitting if str(e["date"]) > asked]
    notes = [f"The latest before it on record: {_shown(before[-1])}"] if before else []
    notes += [f"The first after it on record: {_shown(after[0])}"] if after else []
    return tuple(notes)


def _of_kind(held: Held, claim: Claim) -> Iterable[Row]:
    word = claim.quantity or ""
    words = {word, *held.index.also.get(word, ())}
    return (e for e in held.events if f"event.{e['kind']}" in words)


def _same_place_or_actor(held: Held, claim: Claim, event: Row) -> bool:
    subject = claim.subject or ""
    if claim.subject_kind == "measure":
        return any(event["id"] in (m["record_rows"] or ()) for m in held.measures if m["measure_id"] == subject)
    if claim.subject_kind == "place":
        return subject in places(held, event)
    return bool(_names(subject) & _names("; ".join(event["actors"] or ())))


def places(held: Held, event: Row) -> set[str]:
    """The places of an event: those it names, the region and the country that its place lies in."""
    found = set(event["place_id"] or ())
    found |= {r.id for r in regions() for home in r.home if _lies_in(r, home.iso2, event)}
    text = f"{event['place']} {event['title']}"
    found |= {p for p, row in held.places.items() if row["kind"] in {"region", "country"} and row["name"] in text}
    found |= {p for p, row in held.places.items() if _SHORT.match(row["name"]) and row["name"].split()[0] in text}
    if not event["place_id"] or event["kind"] == "attack":
        own = [c for c in event["countries"] if c != "CN"]
        found |= {p for p, row in held.places.items() if row["kind"] == "country" and row["countries"][0] in own}
    return found


def _lies_in(region: Region, country: str, event: Row) -> bool:
    return country in event["countries"] and find_place(region, event["place"], country=country) is not None


def _names(text: str) -> set[str]:
    nobody = {row["word"] for row in rows("judged_words") if row["means"] == "nobody"}
    return {w.lower() for w in _WORD.findall(text)} - nobody


def _shares_a_word(a: str, b: str) -> bool:
    """Whether two places share a word; another script cannot be compared and passes."""
    if not a.isascii() or not b.isascii():
        return True
    return bool(_names(a) & _names(b)) or not _names(a)


def _within(claim: Claim, event: Row) -> bool:
    """Whether the event, or the day on which it took effect, lies in the claim's period."""
    start, end = day(claim.period_start or claim.period_end), day(claim.period_end, last=True)
    assert start is not None
    assert end is not None
    for text in (event["date"], event["effective"]):
        first, last = day(text), day(text, last=True)
        if first and last and start <= first and last <= end:
            return True
        if first and last and first <= start and end <= last:  # the record has the month, the text its day
            return True
    return False


def _planned(event: Row) -> bool:
    return event["status"] in {"planned", "scheduled"}


def _other_dates(held: Held, event: Row) -> list[str]:
    """Other dates that reports give the same event."""
    others = [e for e in held.events if e["same_as"] == event["id"] and e["date"] != event["date"]]
    return [f"Reports disagree on the date: {_shown(e)}" for e in others]


def _shown(event: Row) -> str:
    return f"{event['date']}, {event['title']} ({event['id']})."


def conflicting_words(claim: Claim) -> str | None:
    """Which of the words that cannot both be true of one event the claim uses: sale or shutdown; None for neither."""
    for meaning in ("shutdown", "sale"):
        if says(claim.text, meaning):
            return meaning
    sentence = [m for m in ("shutdown", "sale") if says(claim.sentence, m)]
    return sentence[0] if len(sentence) == 1 else None
