"""Changes that are no decisions, in the same ledger: who asked for one, written before it is done, and how it ended.

See docs/design/49-server.md: a server writes down each change that it is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core.words.translate import in_english, tr
from entrepot.decisions.decide import account_said
from entrepot.decisions.ledger.entry import ASKED, ENDED, Draft
from entrepot.decisions.ledger.kept_ledger import add, now
from entrepot.decisions.person import who

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from entrepot.decisions.ledger.entry import Entry
    from entrepot.decisions.ledger.kept_ledger import Ledger

DONE = "done"


@in_english
def write_asked(folder: Path, change: str, by: str, role: str, said: Mapping[str, Any]) -> int:
    """Write down that somebody asks for a change.

    Args:
        folder: the store.
        change: the verb.
        by: who asks.
        role: as what they ask.
        said: what they say, as JSON can hold it; a personal field.

    Returns:
        The number of the entry.

    Raises:
        StoreLockedError: another holds the ledger.
        StoreError: it is broken, gone or cannot be written; then nothing may be changed.
    """

    def drafts(before: Ledger) -> list[Draft]:
        body = {"kind": ASKED, "at": now(), "change": change, "role": role, "who": who(by, before.key)}
        return [Draft(body, {"by": by.strip(), "account": account_said(), "said": dict(said)})]

    _, (entry,) = add(folder, drafts)
    return entry.seq


@in_english
def write_ended(folder: Path, number: int, change: str, outcome: str) -> None:
    """Write down how a change ended.

    Args:
        folder: the store.
        number: of the entry that says who asked.
        change: the verb.
        outcome: DONE, or the kind of error.

    Raises:
        StoreLockedError: another holds the ledger.
        StoreError: it cannot be written.
    """
    body = {"kind": ENDED, "at": now(), "change": change, "of": number, "outcome": outcome}
    add(folder, lambda _: [Draft(body, {})])


def left_open(entries: Sequence[Entry]) -> list[Entry]:
    """The changes of which nobody wrote how they ended: their process was killed, or is at it.

    Args:
        entries: of the ledger.
    """
    ended = {e.said["of"] for e in entries if e.said["kind"] == ENDED}
    return [e for e in entries if e.said["kind"] == ASKED and e.seq not in ended]


def change_said(said: Mapping[str, Any], fields: Mapping[str, Any]) -> str | None:
    """What an entry says of a change, as a cell; None where it is of none.

    Args:
        said: its body.
        fields: its personal fields that are still there: what was asked is one.
    """
    if said["kind"] == ENDED:
        return tr("{change} of entry {of}: {outcome}", change=said["change"], of=said["of"], outcome=said["outcome"])
    if said["kind"] != ASKED:
        return None
    asked = ", ".join(f"{k} {v}" for k, v in fields.get("said", {}).items() if v not in (None, "", []))
    return f"{said['change']}: {asked}" if asked else str(said["change"])
