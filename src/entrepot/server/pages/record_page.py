"""The record: its tables, their rows by a condition, what contradicts what, and how much of each list is held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.server.page_parts.drawn import drawn, plain_rows, skipped, with_refusals
from entrepot.server.page_parts.worked_out import Work
from entrepot.server.pages.evidence_page import conflicts_so_far
from entrepot.server.pages.page import Page

if TYPE_CHECKING:
    from entrepot.desk.answer import Answer
    from entrepot.server.pages.page import Asked

ROWS = 100  # of a page: a table of a thousand rows takes a phone seconds to lay out
_IDS = {"id", "entity_id", "rule_id", "source_id"}  # columns that `explain` opens


@with_refusals("record")
def _tables(asked: Asked) -> str:
    found = asked.desk.record()
    found_so_far = conflicts_so_far(asked.desk)  # a page that is mostly of tables does not wait for them
    conflicts = None if isinstance(found_so_far, Work) else found_so_far
    lists = asked.desk.lists()
    return drawn(
        asked, "record", "record.html", rows=found.to_pylist(), conflicts=conflicts, notes=found.notes,
        unknown=lists.notes,
    )  # fmt: skip


def _overview(asked: Asked) -> Answer:
    return asked.desk.record()  # type: ignore[no-any-return]


@with_refusals("record")
def _rows(asked: Asked) -> str:
    table, found = asked.path["table"], _rows_asked(asked)
    rows = plain_rows(found.to_pylist(), asked.one("q"))
    left_out = skipped(asked)
    names = found.table.column_names
    return drawn(
        asked, "record", "record_table.html", title=table.replace("_", " "), table=table, columns=names, all=len(rows),
        rows=rows[left_out:][:ROWS], left_out=left_out, step=ROWS, notes=found.notes,
        ids=[c for c in names if c in _IDS][:1],
    )  # fmt: skip


def _rows_asked(asked: Asked) -> Answer:
    where, as_of = asked.one("where") or None, asked.one("as_of") or None
    return asked.desk.record(asked.path["table"], where=where, as_of=as_of)  # type: ignore[no-any-return]


page = Page("/record", "record.title", _tables, table=_overview)
table_page = Page("/record/{table}", "record.title", _rows, table=_rows_asked)
