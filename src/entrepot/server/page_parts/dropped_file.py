"""A file that is dropped on the desk: in the ledger before it is kept, its columns read once."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import EntrepotError, UnreadableFileError
from entrepot.desk.clearance import file_sha256
from entrepot.desk.noted_changes import noted_change
from entrepot.server.page_parts.desk_files import another_reading, forget_columns, kept_file, note_unread, remove
from entrepot.server.page_parts.worked_out import PATIENCE, Work, worked_out

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    from entrepot.desk.desk import Desk
    from entrepot.server.page_parts.desk_files import DeskFile, Staged
    from entrepot.server.pages.page import Asked, Sent

# As the ledger calls them.
CHANGE, READING, STOP, REMOVE = "desk_file", "desk_reading", "desk_stop", "desk_remove"


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

    file = kept_file(asked.desk, sent, noted)
    with suppress(EntrepotError):  # which its page says, and the list of the desk too
        columns_of(asked.desk, file, None)
    return file


def read_anew(asked: Asked, file: DeskFile, *, is_at_work: bool) -> DeskFile:
    """Have the columns of a file read anew: of one that was screened, or is being, as another one beside it.

    Args:
        asked: what was asked for, and by whom.
        file: the file.
        is_at_work: whether it is being screened.

    Returns:
        The one whose columns are to be confirmed. The ledger says who asked, when, of which file.

    Raises:
        StoreError: the ledger cannot be written; then nothing is changed.
    """

    def noted(new: DeskFile) -> AbstractContextManager[None]:
        said = {"file": file.name, "screening": file.id, "read_as": new.id}
        return noted_change(asked.desk.store, READING, asked.person.name, asked.person.role, said)

    if file.is_screened or is_at_work:
        return another_reading(file, noted)
    if file.mapping.is_file():
        with noted(file):
            forget_columns(file)
    return file


def stopping(asked: Asked, file: DeskFile) -> AbstractContextManager[None]:
    """What is done around the stopping of a screening: the ledger says who stopped it, when, of which file.

    Args:
        asked: what is asked for, and by whom.
        file: one that is being screened.
    """
    said = {"file": file.name, "screening": file.id}
    return noted_change(asked.desk.store, STOP, asked.person.name, asked.person.role, said)


def taken_off(asked: Asked, file: DeskFile) -> None:
    """Take a file off the desk that was never screened. The ledger says who did it, when, and of which digest.

    Args:
        asked: what is asked for, and by whom.
        file: one that is neither screened nor being screened.

    Raises:
        StoreError: the ledger cannot be written; then the file stays.
    """
    said = {"file": " ".join(file.names), "screening": file.id, "sha256": file_sha256(file.given)}
    with noted_change(asked.desk.store, REMOVE, asked.person.name, asked.person.role, said):
        remove(file)


def columns_of(desk: Desk, file: DeskFile, patience: float | None = PATIENCE) -> Any:
    """What each column of a file is read as, or how far that has come.

    Args:
        desk: the desk.
        file: the file.
        patience: seconds to wait; None until it is there.

    Raises:
        EntrepotError: it cannot be read as a file of parties.
    """
    try:
        found = _columns(desk, file, file.given, patience)
    except UnreadableFileError:
        note_unread(file, is_unread=True)
        raise
    if not isinstance(found, Work):
        note_unread(file, is_unread=False)
    return found


def _columns(desk: Desk, file: DeskFile, given: Path, patience: float | None) -> Any:
    encoding = file.encoding
    key = ("columns", str(desk.store), file.id, encoding)
    return worked_out(key, lambda _: desk.screen(str(given), columns=True, encoding=encoding), patience)


def _parties(desk: Desk, staged: Staged) -> int | None:
    """How many parties a file holds; None of one that cannot be read, which its page says."""
    try:
        found: int | None = _columns(desk, staged.file, staged.given, None).parties
    except EntrepotError:
        return None
    return found
