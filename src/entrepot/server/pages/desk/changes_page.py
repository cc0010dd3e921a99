"""What changed since a file was screened: on today's lists, with the same parties or next month's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core.errors import BadInputError, UnreadableFileError
from entrepot.core.words.translate import tr
from entrepot.server.page_parts import desk_files
from entrepot.server.page_parts.drawn import address, drawn, with_refusals, words_of
from entrepot.server.page_parts.dropped_file import dropped
from entrepot.server.page_parts.worked_out import Work, rested, worked_out
from entrepot.server.pages.desk.desk_page import encoding_asked, lacks_encoding
from entrepot.server.pages.page import Page, Shown

if TYPE_CHECKING:
    from entrepot.desk.answer import Answer
    from entrepot.server.page_parts.desk_files import DeskFile
    from entrepot.server.pages.page import Asked

_SEE_OTHER = 303  # of HTTP


@with_refusals("desk")
def _render(asked: Asked) -> str | Shown:
    file, other = _files(asked)
    lists = tuple((r["list_id"], r["version"], str(r["loaded_at"])) for r in asked.desk.lists().to_pylist())
    key = ("changes", *rested(asked.desk), file.id, other.id, other.encoding, lists)
    try:
        found = worked_out(key, lambda work: _changed(asked, work))
    except UnreadableFileError as exc:
        if other.id == file.id or not lacks_encoding(other, exc):
            raise
        return encoding_asked(asked, other, exc, changes_of=file.id)
    t = words_of(asked)
    if isinstance(found, Work):
        said = t("changes.working", name=other.name)
        return drawn(asked, "desk", "working.html", title=other.name, refresh=found.again, what=said, step=found.step)
    return drawn(
        asked, "desk", "desk_changes.html", title=t("changes.title"), file=file, other=other,
        rows=found.to_pylist(), notes=found.notes,
        files=desk_files.desk_files(asked.desk), may=asked.person.may("reviewer"),
    )  # fmt: skip


def _files(asked: Asked) -> tuple[DeskFile, DeskFile]:
    """The file that was screened, and the one whose parties are looked at now.

    Raises:
        BadInputError: one of them is not on the desk, or was never screened.
    """
    wanted = (asked.path["file"], asked.one("with") or asked.path["file"])
    file, other = (desk_files.desk_file(asked.desk, f) for f in wanted)
    if file is None or other is None or not file.is_screened:
        raise BadInputError(
            tr("no such screening on this desk"), found=wanted[0 if file is None else 1],
            remedy=tr("Open the desk, and screen the file first."),
        )  # fmt: skip
    return file, other


def _changed(asked: Asked, work: Work | None = None) -> Answer:
    file, other = _files(asked)
    told: dict[str, Any] = {"progress": work.told} if work else {}
    found: Answer = asked.desk.rescreen(str(file.results), parties=str(other.given), encoding=other.encoding, **told)
    return found


@with_refusals("desk")
def _sent(asked: Asked) -> Shown:
    """Keep next month's file, and go to what changed with it."""
    file, _ = _files(asked)
    sent = asked.files.get("file")
    if sent is None:
        remedy = tr("Choose next month's file of parties.")
        raise BadInputError(tr("no file was sent"), remedy=remedy)
    kept = dropped(asked, sent)
    return Shown("", _SEE_OTHER, headers={"location": address(f"/desk/{file.id}/changes", **{"with": kept.id})})


page = Page("/desk/{file}/changes", "changes.title", _render, table=_changed, posts=_sent, heard=("with",))
