"""A file that is dropped on the desk: in the ledger before it is kept, its columns read once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core.errors import EntrepotError
from entrepot.desk.noted_changes import noted_change
from entrepot.server.page_parts.desk_files import kept_file
from entrepot.server.page_parts.worked_out import PATIENCE, worked_out

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    from entrepot.desk.desk import Desk
    from entrepot.server.page_parts.desk_files import DeskFile, Staged
    from entrepot.server.pages.page import Asked, Sent

CHANGE = "desk_file"  # as the ledger calls it


def dropped(asked: Asked, sent: Sent) -> DeskFile:
    """Keep a file that was sent. The ledger says who sent it, when, its name, digest and bytes, and its parties.

    Args:
        asked: what was asked for, and by whom.
        sent: the file.

    Raises:
        StoreError: the ledger cannot be written; then the file is not kept.
    """

    def noted(staged: Staged) -> AbstractContextManager[None]:
        said = {"file": staged.given.name, "sha256": staged.sha256, "bytes": staged.size}
        said["parties"] = _parties(asked.desk, staged)
        return noted_change(asked.desk.store, CHANGE, asked.person.name, asked.person.role, said)

    return kept_file(asked.desk, sent, noted)


def columns_of(desk: Desk, file: DeskFile, patience: float | None = PATIENCE) -> Any:
    """What each column of a file is read as, or how far that has come.

    Args:
        desk: the desk.
        file: the file.
        patience: seconds to wait; None until it is there.

    Raises:
        EntrepotError: it cannot be read as a file of parties.
    """
    return _columns(desk, file, file.given, patience)


def _columns(desk: Desk, file: DeskFile, given: Path, patience: float | None) -> Any:
    return worked_out(("columns", str(desk.store), file.id), lambda _: desk.screen(str(given), columns=True), patience)


def _parties(desk: Desk, staged: Staged) -> int | None:
    """How many parties a file holds; None of one that cannot be read, which its page says."""
    try:
        found: int | None = _columns(desk, staged.file, staged.given, None).parties
    except EntrepotError:
        return None
    return found
