"""Who changed what through the server: a line for each write, in the store's folder.

Decisions stand in the ledger, with the name of who decided; this is for all other writes, and for those that failed.
"""

from __future__ import annotations

import json
import os
import threading
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from entrepot.server.people import Person

FILE = "served-writes.jsonl"
_TURN = threading.Lock()


class Trail:
    """The lines of a store."""

    def __init__(self, store: Path) -> None:
        self._file = store.joinpath(FILE)

    @contextmanager
    def noted(self, person: Person, verb: str, said: Mapping[str, Any]) -> Iterator[None]:
        """Write one line when the work is done, or has failed."""
        outcome = "done"
        try:
            yield
        except BaseException as exc:
            outcome = type(exc).__name__
            raise
        finally:
            self._write(
                {
                    "at": datetime.now(UTC).isoformat(timespec="seconds"),
                    "who": person.name,
                    "role": person.role,
                    "verb": verb,
                    "outcome": outcome,
                    "said": {k: _short(v) for k, v in said.items()},
                }
            )

    def _write(self, row: dict[str, Any]) -> None:
        """One line in one write, which other processes do not come between."""
        line = (json.dumps(row, ensure_ascii=False) + "\n").encode()
        with _TURN:
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            number = os.open(self._file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                os.write(number, line)
            finally:
                os.close(number)


def _short(value: Any) -> Any:
    """A value for the line: of a file its name."""
    if isinstance(value, Path):
        return value.name
    if isinstance(value, (list, tuple)):
        return [_short(v) for v in value]
    return value
