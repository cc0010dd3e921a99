"""The database under the ledger: two tables that SQLite and PostgreSQL hold alike, read and written under a lock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from entrepot.decisions.ledger.chain import Head
from entrepot.decisions.ledger.entry import Entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from contextlib import AbstractContextManager

    Rows = Sequence[tuple[Any, ...]]

# The same words for both: text and whole numbers only.
_TABLE = (
    "CREATE TABLE IF NOT EXISTS entrepot_ledger (seq BIGINT PRIMARY KEY, body TEXT NOT NULL, hash TEXT NOT NULL, "
    "seal TEXT NOT NULL, personal TEXT NOT NULL)"
)
_HEAD_TABLE = (
    "CREATE TABLE IF NOT EXISTS entrepot_ledger_head (one INTEGER PRIMARY KEY CHECK (one = 1), seq BIGINT NOT NULL, "
    "hash TEXT NOT NULL, seal TEXT NOT NULL)"
)
TABLES = (_TABLE, _HEAD_TABLE)
_ENTRIES = "SELECT seq, body, hash, seal, personal FROM entrepot_ledger ORDER BY seq"
_HEAD = "SELECT seq, hash, seal FROM entrepot_ledger_head"
_PUT = "INSERT INTO entrepot_ledger (seq, body, hash, seal, personal) VALUES (:seq, :body, :hash, :seal, :personal)"
_FORGET = "UPDATE entrepot_ledger SET personal = :personal WHERE seq = :seq"
_NO_HEAD = "DELETE FROM entrepot_ledger_head"
_PUT_HEAD = "INSERT INTO entrepot_ledger_head (one, seq, hash, seal) VALUES (1, :seq, :hash, :seal)"


class Session(Protocol):
    """A transaction on the database."""

    def run(self, sql: str, **given: Any) -> Rows:
        """Run one statement with its parameters; its rows."""


class LedgerDatabase(Protocol):
    """Where a ledger lies."""

    def is_there(self) -> bool:
        """Whether the database has been made; looking makes none."""

    def reading(self) -> AbstractContextManager[Session]:
        """A transaction that reads; the tables are there."""

    def writing(self) -> AbstractContextManager[Session]:
        """A transaction that nobody else writes beside; committed on success, else nothing is written."""

    def name(self) -> str:
        """Where it lies, for a message; without a password."""


def lying(session: Session) -> tuple[tuple[Entry, ...], Head | None]:
    """The entries as they lie there, and the head."""
    entries = tuple(Entry(int(seq), *map(str, rest)) for seq, *rest in session.run(_ENTRIES))
    heads = [Head(int(seq), str(found), str(seal)) for seq, found, seal in session.run(_HEAD)]
    return entries, heads[0] if len(heads) == 1 else None


def put(session: Session, entries: Iterable[Entry], head: Head) -> None:
    """Add entries, and set the head."""
    for e in entries:
        session.run(_PUT, seq=e.seq, body=e.body, hash=e.hash, seal=e.seal, personal=e.personal)
    session.run(_NO_HEAD)
    session.run(_PUT_HEAD, seq=head.seq, hash=head.hash, seal=head.seal)


def forget(session: Session, entry: Entry) -> None:
    """Put back an entry whose personal fields were taken out."""
    session.run(_FORGET, seq=entry.seq, personal=entry.personal)
