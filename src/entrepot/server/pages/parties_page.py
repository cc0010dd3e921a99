"""Who is hit: the parties of a list in force on a day, filtered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core.errors import UnknownNameError
from entrepot.core.periods import as_of as day_of
from entrepot.core.words.translate import tr
from entrepot.desk.answer import Answer
from entrepot.server.page_parts.drawn import drawn, plain_rows, with_refusals
from entrepot.server.pages.page import Page

if TYPE_CHECKING:
    from entrepot.server.pages.page import Asked

FIRST = "uflpa"  # the longest list of the record


@with_refusals("parties")
def _render(asked: Asked) -> str:
    every = _in_force(asked)
    rows = _fitting(asked, every)
    named = {value for r in every for value in r["section"] or ()}
    sectors = {value for r in every for value in r["sector"] or ()}
    lists = sorted({r["list_id"] for r in asked.desk.record("listings").to_pylist()})
    return drawn(
        asked, "parties", "parties.html",
        rows=sorted(rows, key=lambda r: str(r["valid_from"]), reverse=True), all=len(every), lists=lists,
        chosen=_list(asked), sections=sorted(named), sectors=sorted(sectors),
    )  # fmt: skip


def _list(asked: Asked) -> str:
    """The list that is looked at; a measure is asked for by the id that its list has."""
    return asked.one("list") or asked.one("measure") or FIRST


def _in_force(asked: Asked) -> list[dict[str, Any]]:
    day = day_of(asked.one("as_of") or None)
    found = asked.desk.record("listings", as_of=day)
    lists = {r["list_id"] for r in asked.desk.record("listings").to_pylist()}
    if (named := asked.one("list")) and named not in lists:  # that nobody fits would be said of a list that is none
        raise UnknownNameError(
            tr("list of the record"), named, lists, remedy=tr("A list of your own is searched by name.")
        )
    of = [r for r in found.to_pylist() if r["list_id"] == _list(asked)]
    return [r for r in of if str(r["valid_from"]) <= day.isoformat() and not _ended(r, day.isoformat())]


def _ended(row: dict[str, Any], day: str) -> bool:
    return bool(row["valid_to"]) and str(row["valid_to"]) < day


def _fitting(asked: Asked, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    section, sector = asked.one("section"), asked.one("sector")
    of = [r for r in rows if not section or section in (r["section"] or ())]
    of = [r for r in of if not sector or sector in (r["sector"] or ())]
    return plain_rows(of, asked.one("q"))


def _table(asked: Asked) -> Answer:
    import pyarrow as pa

    whole = asked.desk.record("listings")
    kept = {r["entity_id"] for r in _fitting(asked, _in_force(asked))}
    mask = pa.array([e in kept for e in whole.table.column("entity_id").to_pylist()])
    return Answer(whole.table.filter(mask), whole.notes)


_HEARD = ("list", "measure", "q", "section", "sector", "as_of")
page = Page("/parties", "parties.title", _render, table=_table, heard=_HEARD)
