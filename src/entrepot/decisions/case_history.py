"""Entries of the ledger as a table, and all that is known of one case."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from entrepot.core.words.compared import own_number
from entrepot.core.words.translate import in_english
from entrepot.decisions.case_grounds import grounds, lists_of, names_and_places
from entrepot.decisions.ledger.entry import DECIDED, REDACTED
from entrepot.decisions.other_changes import change_said

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from entrepot.decisions.ledger.entry import Entry
    from entrepot.decisions.ledger.kept_ledger import Ledger

    Row = dict[str, Any]


@in_english
def decision_row(entry: Entry, ledger_id: str) -> Row:
    """An entry as a row of DECISIONS.

    Args:
        entry: the entry.
        ledger_id: what its ledger is called.
    """
    said, fields = entry.said, entry.fields
    party = next((p["party"] for p in fields.get("party", ()) if p["party"]), None)
    return {
        "seq": entry.seq,
        "at": said["at"],
        "kind": said["kind"],
        "case_id": said.get("case"),
        "verdict": said.get("verdict"),
        "ground": said.get("ground"),
        **{f: fields.get(f) for f in ("by", "account", "why")},
        "party": party,
        "listed": list(said.get("listings", ())),
        "redacted": sorted(said["personal"].keys() - fields.keys()),
        "ledger": ledger_id,
        "hash": entry.hash,
        "change": change_said(said, fields),
        "as_of": said.get("as_of") or None,
        # Entries of earlier releases have them among the personal fields alone.
        "lists": [_version_said(*one) for one in said.get("lists") or lists_of(fields.get("matches", ()))],
    }


def _version_said(name: str, day: str | None, sha256: str) -> str:
    return f"{name} {day} {sha256}" if day else f"{name} {sha256}"


def entries_on(
    before: Ledger, case: str, now: Mapping[str, Any] | None, told: Sequence[tuple[str, ...]]
) -> list[Entry]:
    """The entries on a case, under whatever id: the same party, to the letter, and an entry of a list that it met.

    A namesake has another country, address or number, and is another party: theirs stays. Of a case on which nothing
    was decided under its own id the party's number may be another, or missing in the file that was shown: then name,
    country and address say who it is, as where a decision is looked up.

    Args:
        before: the ledger.
        case: its id now.
        now: its prints now, where the store shows its matches.
        told: what its parties are called and where they are, with each entry, as the store shows them.
    """
    found = [e for e in before.entries if e.said.get("case") == case]
    if not found and told:
        found = [e for e in before.entries if not places_of(e).isdisjoint(told)]
    said = [e.said for e in found] + ([now] if now else [])
    cases = {case, *(e.said["case"] for e in found)}
    while said:
        parties, pairs = (frozenset(p for one in said for p in one.get(c, ())) for c in ("parties", "pairs"))
        more = {
            e.said["case"]
            for e in before.entries
            if not parties.isdisjoint(e.said.get("parties", ())) and not pairs.isdisjoint(e.said.get("pairs", ()))
        }
        said = [e.said for e in before.entries if e.said.get("case") in more - cases]
        cases |= more
    return [e for e in before.entries if e.said.get("case") in cases]


def places_of(entry: Entry) -> frozenset[tuple[str, ...]]:
    """What the parties of an entry are called and where they are, with each entry of a list that they met.

    Args:
        entry: of the ledger.
    """
    return frozenset(names_and_places(entry.fields.get("party", ()), entry.said.get("listings", ())))


def _history(ledger: Ledger, case_id: str, met: Sequence[Mapping[str, Any]]) -> list[Entry]:
    """The entries on a case under whatever id: of the same party to the letter, and under another name or number.

    By number and entry, or by name and place where a country or an address is said: two firms of one name and no place
    are not told apart, and a namesake elsewhere has a history of its own.
    """
    on = grounds(met) if met else None
    told = on.names_and_places() if on else []
    own = entries_on(ledger, case_id, on.prints(ledger.key) if on else None, told)
    listed = {m["listed"] for m in on.matches} if on else ()
    known = {*_known_by(on.parties if on else (), listed), *(k for e in own for k in _known(e))}
    cases = {case_id, *(e.said["case"] for e in own)}
    cases |= {e.said["case"] for e in ledger.entries if "case" in e.said and not known.isdisjoint(_known(e))}
    return [e for e in ledger.entries if e.said.get("case") in cases]


def _known(entry: Entry) -> set[tuple[str, ...]]:
    return _known_by(entry.fields.get("party", ()), entry.said.get("listings", ()))


def _known_by(parties: Sequence[Mapping[str, Any]], listed: Iterable[str]) -> set[tuple[str, ...]]:
    """By what parties are known again, each with an entry: their number; and their name with where they are."""
    numbers = {(own_number(p["party_key"]), one) for p in parties if p.get("party_key") for one in listed}
    return numbers | {p for p in names_and_places(parties, listed) if any(p[1:-1])}


@in_english
def audit_record(ledger: Ledger, case_id: str, met: Sequence[Mapping[str, Any]] = ()) -> Row:
    """All that the ledger says of a case, for whoever asks in ten years: each entry whole, with its place in the chain.

    Args:
        ledger: as read.
        case_id: the case.
        met: its rows of MATCHES as they were shown last, by which a case is known that no entry names.

    Returns:
        An object for JSON; `entries` is empty where the ledger says nothing of the case. `other_ids` are those under
        which the same party and listed entity were decided: before an entry was renamed, or the party.
    """
    own = _history(ledger, case_id, met)
    numbers = {e.seq for e in own}
    also = [e for e in ledger.entries if e.said["kind"] == REDACTED and numbers.intersection(e.said["entries"])]
    head = ledger.head
    return {
        "case": case_id,
        "other_ids": sorted({e.said["case"] for e in own} - {case_id}),
        "ledger": ledger.id,
        "head": {"seq": head.seq, "hash": head.hash} if head else None,
        "decided": sum(e.said["kind"] == DECIDED for e in own),
        "entries": [_whole(e) for e in sorted((*own, *also), key=lambda e: e.seq)],
    }


def _whole(entry: Entry) -> Row:
    """An entry with its body as it was hashed: the hash can be redone from it."""
    return {
        "seq": entry.seq,
        "body": entry.body,
        "hash": entry.hash,
        "seal": entry.seal,
        "personal": {f: {"salt": s, "value": value} for f, (s, value) in json.loads(entry.personal).items()},
        "redacted": sorted(entry.said["personal"].keys() - entry.fields.keys()),
    }


def expired(entries: Iterable[Entry], today: str, years: int) -> list[Entry]:
    """The decisions that have been kept as long as they must be, and of which personal fields are still there.

    Args:
        entries: of the ledger.
        today: ISO.
        years: for how long they must be kept.
    """
    last = f"{int(today[:4]) - years:04d}{today[4:10]}"
    return [e for e in entries if e.said["kind"] == DECIDED and e.said["at"][:10] < last and e.fields]
