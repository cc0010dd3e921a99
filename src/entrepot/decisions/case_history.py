"""Entries of the ledger as a table, and all that is known of one case."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from entrepot.core.words.translate import in_english
from entrepot.decisions.case_grounds import lists_of
from entrepot.decisions.ledger.entry import DECIDED, REDACTED
from entrepot.decisions.other_changes import change_said

if TYPE_CHECKING:
    from collections.abc import Iterable

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


@in_english
def audit_record(ledger: Ledger, case_id: str) -> Row:
    """All that the ledger says of a case, for whoever asks in ten years: each entry whole, with its place in the chain.

    Args:
        ledger: as read.
        case_id: the case.

    Returns:
        An object for JSON; `entries` is empty where the ledger says nothing of the case.
    """
    own = [e for e in ledger.entries if e.said.get("case") == case_id]
    numbers = {e.seq for e in own}
    also = [e for e in ledger.entries if e.said["kind"] == REDACTED and numbers.intersection(e.said["entries"])]
    head = ledger.head
    return {
        "case": case_id,
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
