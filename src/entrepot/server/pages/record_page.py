"""The record: its tables, their rows by a condition, what contradicts what, how much of each list is held, own rows."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from entrepot.core.errors import BadInputError
from entrepot.core.words.translate import tr
from entrepot.desk.answer import Answer
from entrepot.desk.noted_changes import noted_change
from entrepot.server.page_parts.desk_files import safe_name
from entrepot.server.page_parts.drawn import drawn, plain_rows, skipped, with_refusals
from entrepot.server.page_parts.worked_out import Work
from entrepot.server.pages.evidence_page import conflicts_so_far
from entrepot.server.pages.page import Page, Shown

if TYPE_CHECKING:
    from entrepot.server.pages.page import Asked

ROWS = 100  # of a page: a table of a thousand rows takes a phone seconds to lay out
_OWN = "own_observations"
# What a row has to say at least; what it may say beside it stands on the page of the own record.
_OWN_COLUMNS = ("place", "metric", "value", "unit", "period", "publisher", "published")
_SEE_OTHER = 303  # of HTTP
_IDS = {"id", "entity_id", "rule_id", "source_id"}  # columns that `explain` opens


@with_refusals("record")
def _tables(asked: Asked) -> str:
    found = asked.desk.record()
    found_so_far = conflicts_so_far(asked.desk)  # a page that is mostly of tables does not wait for them
    conflicts = None if isinstance(found_so_far, Work) else found_so_far
    lists = asked.desk.lists()
    return drawn(
        asked, "record", "record.html", rows=found.to_pylist(), conflicts=conflicts, notes=found.notes,
        unknown=lists.notes, own=asked.desk.record(_OWN).to_pylist(), may=asked.person.may(page.role),
        own_columns=_OWN_COLUMNS,
    )  # fmt: skip


@with_refusals("record")
def _own(asked: Asked) -> Shown:
    """Add the rows of a file to one's own record, or take a row out; either stands in the ledger, as over HTTP."""
    by = (asked.person.name, asked.person.role)
    sent, row = asked.files.get("file"), (asked.form.get("forget") or ("",))[-1]
    if row:
        with noted_change(asked.desk.store, "forget", *by, {"ids": [row]}):
            asked.desk.forget([row])
    elif sent is None:
        raise BadInputError(tr("no file was sent"), remedy=tr("Choose a file with a row an observation."))
    else:
        with TemporaryDirectory() as folder:
            given = Path(folder, safe_name(sent.name))
            with given.open("wb") as out:
                shutil.copyfileobj(sent.file, out)
            with noted_change(asked.desk.store, "add_rows", *by, {"given": given}):
                asked.desk.add_rows(str(given))
    return Shown("", _SEE_OTHER, headers={"location": "/record#own"})


def _overview(asked: Asked) -> Answer:
    return asked.desk.record()  # type: ignore[no-any-return]


@with_refusals("record")
def _rows(asked: Asked) -> str:
    table, found = asked.path["table"], _rows_asked(asked)
    rows = found.to_pylist()
    left_out = skipped(asked)
    names = found.table.column_names
    return drawn(
        asked, "record", "record_table.html", title=table.replace("_", " "), table=table, columns=names, all=len(rows),
        rows=rows[left_out:][:ROWS], left_out=left_out, step=ROWS, notes=found.notes,
        ids=[c for c in names if c in _IDS][:1],
    )  # fmt: skip


def _rows_asked(asked: Asked) -> Answer:
    """The rows that are asked for, by words too: page and data are the same rows."""
    where, as_of = asked.one("where") or None, asked.one("as_of") or None
    found: Answer = asked.desk.record(asked.path["table"], where=where, as_of=as_of)
    if not (wanted := asked.one("q")):
        return found
    return Answer(found.table.filter([bool(plain_rows([row], wanted)) for row in found.to_pylist()]), found.notes)


page = Page("/record", "record.title", _tables, table=_overview, posts=_own)
table_page = Page("/record/{table}", "record.title", _rows, table=_rows_asked, heard=("q", "where", "as_of", "skip"))
