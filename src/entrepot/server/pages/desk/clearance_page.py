"""The record of a file that was screened, with what was decided since, and its signature."""

from __future__ import annotations

import mimetypes
from typing import TYPE_CHECKING

from entrepot.core.words.translate import tr
from entrepot.server.page_parts import desk_files
from entrepot.server.page_parts.drawn import drawn, with_refusals, words_of
from entrepot.server.page_parts.screened_file import AS_FILED, called, last_decision, record_anew, told
from entrepot.server.page_parts.worked_out import Work, worked_out
from entrepot.server.pages.desk.desk_page import gone
from entrepot.server.pages.page import Page, Shown
from entrepot.server.refusal import NOT_FOUND, RefusedError
from entrepot.server.rows_sent import saved_as

if TYPE_CHECKING:
    from entrepot.server.pages.page import Asked

SIGNATURE = "signature"  # in the address of a record: what signs it


@with_refusals("desk")
def _render(asked: Asked) -> str | Shown:
    """The record or its signature, written anew where something was decided since: the same file, as of the same day.

    Raises:
        RefusedError: 404, a signature of a record that is not signed.
    """
    file = desk_files.desk_file(asked.desk, asked.path["file"])
    if file is None or not file.is_screened or file.record is None:
        return gone(asked)
    may_write = asked.person.may("reviewer") and not asked.one(AS_FILED)
    last, day = last_decision(asked.desk, file) if may_write else (0, "")
    if last > told(file):
        key = ("record", str(asked.desk.store), file.id, last)
        done = worked_out(key, lambda work: record_anew(asked, file, work, last, day))
        if isinstance(done, Work):
            said = words_of(asked)("desk.record_working")
            back = f"/desk/{file.id}"
            return drawn(
                asked, "desk", "working.html", title=file.name, refresh=done.again, what=said, step=done.step, back=back
            )
    sent = file.signature if asked.one(SIGNATURE) == "1" else file.record
    if sent is None:
        raise RefusedError(NOT_FOUND, tr("this record is not signed"), found=file.record.name)
    kind = mimetypes.guess_type(sent.name)[0] or "application/octet-stream"
    return Shown(sent.read_bytes(), media=kind, headers={"content-disposition": saved_as(called(file, sent.name))})


page = Page("/desk/{file}/record", "desk.title", _render, is_file=True, heard=(AS_FILED, SIGNATURE))
