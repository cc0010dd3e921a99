"""A change that somebody asks of a server, in the ledger: who asked before it is done, how it ended when it has."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import StoreError, StoreLockedError, plain
from entrepot.core.words.translate import tr
from entrepot.decisions.other_changes import DONE, write_asked, write_ended
from entrepot.desk.keeping import folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from entrepot.desk.keeping import Store

_TRIES = 6  # of ten seconds each: as long as a list takes that somebody loads meanwhile


@contextmanager
def noted_change(store: Store, change: str, by: str, role: str, said: Mapping[str, Any]) -> Iterator[None]:
    """Note a change around the work that makes it. What cannot be noted is not begun.

    Args:
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.
        change: the verb.
        by: who asks.
        role: as what they ask.
        said: the keywords; of a file its name is kept.

    Raises:
        StoreLockedError: another holds the ledger.
        StoreError: the ledger is broken, gone or cannot be written.
    """
    place = folder(store)
    number = write_asked(place, change, by, role, {k: _short(v) for k, v in said.items()})
    outcome = DONE
    try:
        yield
    except BaseException as exc:
        outcome = type(exc).__name__
        raise
    finally:
        _end(place, number, change, outcome)


def _end(place: Path, number: int, change: str, outcome: str) -> None:
    """Note how it ended. The change is made by now: where that cannot be noted it is said, and the entry stays open."""
    error: StoreError | None = None
    for _ in range(_TRIES):
        try:
            write_ended(place, number, change, outcome)
        except StoreLockedError as exc:
            error = exc
        except StoreError as exc:
            error = exc
            break
        else:
            return
    sys.stderr.write(
        plain(
            tr(
                "entry {number} of the ledger ({change}) ended with: {outcome}. Not noted: {error}\n",
                number=number,
                change=change,
                outcome=outcome,
                error=error,
            )
        )
    )


def _short(value: Any) -> Any:
    """A value for the ledger: of a file its name."""
    if isinstance(value, Path):
        return value.name
    if isinstance(value, (list, tuple)):
        return [_short(v) for v in value]
    return value
