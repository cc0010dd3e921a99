"""The ledger of a store: opened, read whole and checked, and added to. Nothing is read from one that does not hold."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import StoreError
from entrepot.core.words.translate import marked, tr
from entrepot.decisions.decision_settings import decision_settings
from entrepot.decisions.ledger.chain import Fault, Head, faults, head_of
from entrepot.decisions.ledger.entry import BEGUN, FORM, REDACTED, Draft, Entry, print_of, without, written
from entrepot.decisions.ledger.ledger_database import LedgerDatabase, forget, lying, put
from entrepot.decisions.ledger.ledger_key import KEY_FILE, ledger_key, new_key, settle
from entrepot.decisions.ledger.postgres_ledger import PostgresLedger
from entrepot.decisions.ledger.sqlite_ledger import SqliteLedger

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

_ID_BYTES = 6  # tells the ledgers of a firm apart
_MOST_NAMED = 3  # faults in one message; entrepot ledger verify names all
_KEY_WORD = marked("the key of the ledger")


@dataclass(frozen=True, slots=True)
class Ledger:
    """A ledger that was read and holds.

    Attributes:
        database: where it lies.
        key: under which it is sealed; empty where none has been begun.
        entries: by number; none where none has been begun.
    """

    database: LedgerDatabase
    key: bytes = b""
    entries: tuple[Entry, ...] = ()

    @property
    def head(self) -> Head | None:
        """Its end; None where it has not been begun."""
        return Head(self.entries[-1].seq, self.entries[-1].hash) if self.entries else None

    @property
    def id(self) -> str:
        """What it is called; empty where it has not been begun, or its first entry cannot be read."""
        try:
            return str(self.entries[0].said["ledger"]) if self.entries else ""
        except (ValueError, KeyError):
            return ""


def database_of(folder: Path) -> LedgerDatabase:
    """Where the ledger of a store lies."""
    url = decision_settings(folder).ledger
    return PostgresLedger(url, folder) if url else SqliteLedger(folder)


def ledger(folder: Path) -> Ledger:
    """The ledger of a store, read whole and checked; one that has not been begun is empty, and stays so.

    Args:
        folder: the store.

    Raises:
        StoreError: it is broken or gone, or its key is; names what is wrong, and what to do.
    """
    database = database_of(folder)
    if not database.is_there():
        if (folder / KEY_FILE).exists() and isinstance(database, SqliteLedger):
            raise StoreError(
                tr("the ledger is gone, and its key is there"),
                found=database.name(),
                remedy=tr(
                    "Put it back from a backup. If nothing was ever decided, move {key_file} away.", key_file=KEY_FILE
                ),
            )
        return Ledger(database)
    with database.reading() as session:
        entries, head = lying(session)
    if not entries and head is None:
        return Ledger(database)
    key = ledger_key(folder)
    refuse_faults(database, faults(entries, head, key))
    return Ledger(database, key, entries)


def refuse_faults(database: LedgerDatabase, found: Sequence[Fault]) -> None:
    """Stop where anything is wrong with a ledger.

    Raises:
        StoreError: names the first entries that do not hold.
    """
    if not found:
        return
    said = "; ".join(
        tr("entry {seq}: {what}", seq=f.seq, what=f.what) if f.seq else f.what for f in found[:_MOST_NAMED]
    )
    more = tr("; {count} more", count=len(found) - _MOST_NAMED) if len(found) > _MOST_NAMED else ""
    remedy = tr("{remedy}. entrepot ledger verify names all. Nothing was written.", remedy=found[0].remedy)
    raise StoreError(
        tr("the ledger does not hold: {said}{more}", said=said, more=more), found=database.name(), remedy=remedy
    )


def add(
    folder: Path, make: Callable[[Ledger], Sequence[Draft]], *, begin: bool = True
) -> tuple[Ledger, tuple[Entry, ...]]:
    """Add entries to the ledger of a store, which is begun where it has not been; all of them or none.

    Args:
        folder: the store.
        make: takes the ledger as it stands, locked, and gives what is to be added.
        begin: whether one is begun where there is none; else `make` is asked, and nothing written.

    Returns:
        The ledger as it was before, and the entries that were added.

    Raises:
        StoreLockedError: another holds it.
        StoreError: it is broken or gone, its key is, or it cannot be written.
    """
    if database_of(folder).is_there() or (folder / KEY_FILE).exists():
        ledger(folder)  # what is wrong is said before anything is locked
    database = database_of(folder)
    if not begin and not database.is_there():
        make(Ledger(database))
        return Ledger(database), ()
    with database.writing() as session:
        entries, head = lying(session)
        key = ledger_key(folder) if entries else new_key(folder)
        refuse_faults(database, faults(entries, head, key))
        before = Ledger(database, key, entries)
        drafts = list(make(before))
        if not drafts:
            return before, ()
        begun = [] if entries else [_beginning(key)]
        added = _chained((*begun, *drafts), entries, key)
        put(session, added, head_of(added, key))
        for entry in _taken_out(added, (*entries, *added)):
            forget(session, entry)
    settle(folder)
    return before, tuple(added[len(begun) :])


def _chained(drafts: Sequence[Draft], entries: Sequence[Entry], key: bytes) -> list[Entry]:
    out: list[Entry] = []
    last = entries[-1] if entries else None
    for draft in drafts:
        last = written(draft, last.seq + 1 if last else 1, last.hash if last else "", key)
        out.append(last)
    return out


def _beginning(key: bytes) -> Draft:
    said = {"kind": BEGUN, "form": FORM, "at": now(), "ledger": f"ledger-{secrets.token_hex(_ID_BYTES)}"}
    return Draft({**said, "key": print_of(_KEY_WORD, key)}, {})


def _taken_out(added: Sequence[Entry], entries: Sequence[Entry]) -> list[Entry]:
    """The entries from which the added ones say that fields were taken out, without these."""
    at = {e.seq: e for e in entries}
    for entry in added:
        said: dict[str, Any] = entry.said
        if said["kind"] == REDACTED:
            at.update({seq: without(at[seq], said["fields"]) for seq in said["entries"]})
    return [e for e in at.values() if e not in entries]


def now() -> str:
    """The time, UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
