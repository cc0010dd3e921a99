"""The ledger in a database that several machines share: PostgreSQL, by URL, through SQLAlchemy (the extra `ledger`)."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from entrepot.core import store
from entrepot.core.errors import BadInputError, StoreElsewhereError, StoreError, StoreLockedError
from entrepot.core.runtime.extras import need
from entrepot.core.store.access import refuse_read_only
from entrepot.core.words.translate import marked, tr
from entrepot.decisions.ledger.ledger_database import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import sqlalchemy as sa

    from entrepot.decisions.ledger.ledger_database import Rows, Session

EXTRA = "ledger"
_LOCK = 0x656E7472  # "entr": the advisory lock that writers hold, and those who make the tables
_ALLOWED = "postgresql+pg8000://user@host/database"
_HELD = "55P03"  # lock_not_available
_PORT = 5432  # PostgreSQL's own; its socket is named by it
# As libpq calls what may stand behind the question mark -> as SQLAlchemy calls it.
_OF_TOOLS = {"host": "host", "port": "port", "user": "username", "password": "password", "dbname": "database"}
_REMEDY = marked(
    "Look at the URL in settings.toml or ENTREPOT_LEDGER, and whether the server runs. Nothing was written."
)


class _Session:
    """A transaction on the server."""

    def __init__(self, con: sa.Connection) -> None:
        self._con = con

    def run(self, sql: str, **given: Any) -> Rows:
        """Run one statement with its parameters; its rows."""
        import sqlalchemy as sa

        found = self._con.execute(sa.text(sql), given)
        return [tuple(row) for row in found] if found.returns_rows else []


@dataclass(frozen=True, slots=True)
class PostgresLedger:
    """The ledger on a server.

    Attributes:
        url: as SQLAlchemy takes it.
        folder: the store, which holds the key.
        wait: seconds for another to leave it.
    """

    url: str
    folder: Path
    wait: float = store.WAIT_SECONDS

    def name(self) -> str:
        """Where it lies, without the password."""
        return _url(self.url).render_as_string(hide_password=True)

    def is_there(self) -> bool:
        """Whether the tables are there."""
        with self._begun() as session:
            return bool(session.run("SELECT to_regclass('entrepot_ledger') IS NOT NULL")[0][0])

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that reads, of one moment."""
        with self._begun() as session:
            session.run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction that nobody writes beside."""
        refuse_read_only(self.folder)
        with self._begun() as session:
            session.run(f"SET LOCAL lock_timeout = '{int(self.wait * 1000)}ms'")
            session.run("SELECT pg_advisory_xact_lock(:lock)", lock=_LOCK)
            for sql in TABLES:
                session.run(sql)
            yield session

    @contextmanager
    def _begun(self) -> Iterator[Session]:
        need(EXTRA, tr("a ledger in PostgreSQL"))
        import sqlalchemy as sa

        engine = sa.create_engine(_url(self.url), poolclass=sa.pool.NullPool)
        try:
            with engine.begin() as con:
                yield _Session(con)
        except sa.exc.SQLAlchemyError as exc:
            raise self._unusable(exc) from exc
        finally:
            engine.dispose()

    def _unusable(self, exc: Exception) -> StoreError:
        said = getattr(exc, "orig", None) or exc
        fields = said.args[0] if said.args and isinstance(said.args[0], dict) else {}  # of the server, by their letters
        if fields.get("C") == _HELD:
            remedy = tr("Wait for them to end. Nothing was written.")
            return StoreLockedError(tr("another reviewer holds the ledger"), found=self.name(), remedy=remedy)
        first = (str(fields.get("M") or said).splitlines() or [type(said).__name__])[0]
        return StoreElsewhereError(
            tr("the ledger cannot be used ({first})", first=first), found=self.name(), remedy=_REMEDY
        )


def _url(text: str) -> sa.URL:
    """The URL of a database of PostgreSQL.

    Raises:
        BadInputError: it is none; the message holds no password.
    """
    need(EXTRA, tr("a ledger in PostgreSQL"))
    import sqlalchemy as sa

    try:
        found = sa.make_url(text)
    except (sa.exc.ArgumentError, ValueError) as exc:
        raise BadInputError(tr("the URL of the ledger is not understood"), allowed=_ALLOWED) from exc
    if found.get_backend_name() != "postgresql":
        raise BadInputError(tr("the ledger is kept in PostgreSQL"), found=found.drivername, allowed=_ALLOWED)
    return _as_tools_write(found).set(drivername="postgresql+pg8000")


def _as_tools_write(url: sa.URL) -> sa.URL:
    """A URL with what PostgreSQL's own tools take behind the question mark in the places where the driver looks.

    There it goes before what the URL says in front, as with them; a host that begins with a slash is the folder of a
    socket, whose name holds the port.

    Raises:
        BadInputError: several hosts, or a port that is no number.
    """
    said = {name: value for name in _OF_TOOLS if (value := url.query.get(name)) is not None}
    wrong = next((n for n, v in said.items() if not isinstance(v, str) or (n in {"host", "port"} and "," in v)), "")
    if wrong:
        raise BadInputError(tr("the URL of the ledger says {name} more than once", name=wrong), allowed=_ALLOWED)
    port = str(said.get("port", url.port or _PORT))
    if not (port.isascii() and port.isdecimal()):
        raise BadInputError(tr("the port of the ledger is no number"), found=port, allowed=_ALLOWED)
    found, host = url.difference_update_query(list(said)), str(said.get("host", ""))
    if "port" in said:
        found = found.set(port=int(port))
    if host.startswith("/"):
        found = found.update_query_dict({"unix_sock": f"{host}/.s.PGSQL.{port}"})
    is_socket = {"host"} if host.startswith("/") else set()
    placed: dict[str, Any] = {_OF_TOOLS[n]: v for n, v in said.items() if n not in {"port"} | is_socket}
    return found.set(**placed)
