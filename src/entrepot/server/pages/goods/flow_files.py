"""Files of flows that were dropped on the page of flows: in the ledger, kept in the store, read once."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import BadInputError
from entrepot.core.files import replacing
from entrepot.core.store.access import refuse_read_only
from entrepot.desk.keeping import folder
from entrepot.desk.noted_changes import noted_change
from entrepot.server.page_parts.desk_files import desk_file, desk_files, kept_file, note_unread
from entrepot.server.page_parts.worked_out import Work, worked_out

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    from entrepot.desk.desk import Desk
    from entrepot.desk.load import Load
    from entrepot.server.page_parts.desk_files import DeskFile, Staged
    from entrepot.server.pages.page import Asked, Sent

FOLDER = "served-flows"
CHANGE = "flow_file"  # as the ledger calls it
_READ, _NOTES = "flows.parquet", "notes.json"


def flow_files(desk: Desk) -> list[DeskFile]:
    """The files of flows that are kept and can be read, the newest first."""
    return [file for file in desk_files(desk, FOLDER) if not file.is_unread]


def flow_file(desk: Desk, file_id: str) -> DeskFile | None:
    """The file of an id; None where there is none."""
    return desk_file(desk, file_id, FOLDER)


def dropped_flows(asked: Asked, sent: Sent) -> DeskFile:
    """Keep a file that was sent. The ledger says who sent it, when, its name, digest and bytes.

    Args:
        asked: what was asked for, and by whom.
        sent: the file.

    Raises:
        StoreError: the ledger cannot be written; then the file is not kept.
    """

    def noted(staged: Staged) -> AbstractContextManager[None]:
        said = {"file": staged.given.name, "sha256": staged.sha256, "bytes": staged.size}
        return noted_change(asked.desk.store, CHANGE, asked.person.name, asked.person.role, said)

    return kept_file(asked.desk, sent, noted, FOLDER)


def read_flows(desk: Desk, file: DeskFile) -> Any:
    """Where the flows of a file lie and what was said as it was read, or how far that has come.

    Args:
        desk: the desk.
        file: the file.

    Raises:
        EntrepotError: it cannot be read as flows.
    """
    return worked_out(("flow-file", str(desk.store), file.id), partial(_read, desk, file))


def _read(desk: Desk, file: DeskFile, work: Work) -> tuple[Path, tuple[str, ...]]:
    from pyarrow import parquet

    to, notes = file.folder.joinpath(_READ), file.folder.joinpath(_NOTES)
    if not to.is_file():
        refuse_read_only(folder(desk.store))
        found = _loaded(desk, file, work)
        with replacing(notes) as place:
            place.write_text(json.dumps(list(map(str, (*found.notes, *found.told)))), encoding="utf-8")
        with replacing(to) as place:  # last, so that where it is the notes are
            parquet.write_table(found.table, place)
    return to, tuple(json.loads(notes.read_text(encoding="utf-8")))


def _loaded(desk: Desk, file: DeskFile, work: Work) -> Load:
    try:
        found: Load = desk.load(str(file.given), progress=work.told)
    except BadInputError:
        note_unread(file, is_unread=True)
        raise
    note_unread(file, is_unread=False)
    return found
