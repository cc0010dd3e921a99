"""Flows by the thousand on a map: those of the record, or of a file that is dropped; each opens its reports."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from entrepot.brief.charts.on_pages import flow_map
from entrepot.brief.charts.on_pages.flow_bytes import flow_bytes
from entrepot.core.errors import UnknownNameError
from entrepot.core.words.translate import tr
from entrepot.server.page_parts.drawn import address, drawn, skipped, with_refusals, words_of
from entrepot.server.page_parts.worked_out import Work, rested, worked_out
from entrepot.server.pages.goods import flow_files
from entrepot.server.pages.page import Page, Shown
from entrepot.vocabulary.countries import name_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    import pyarrow as pa

    from entrepot.brief.charts.on_pages.flow_map import Arcs
    from entrepot.desk.flows import Flows
    from entrepot.server.page_parts.page_words import Words
    from entrepot.server.pages.page import Asked

ROWS = 100  # of the table: the rest is a page on, and all of it in the data
REPORTS = 200  # that are shown below; more are narrowed down first
_SEE_OTHER, _NOT_YET = 303, 503  # of HTTP
_CHOSEN = ("exporters", "importers", "product", "period", "side", "by_pair")  # of the verb, in the order of the form
_HEARD = ("file", *_CHOSEN, "skip", "sent")  # behind the question mark of its address
_BYTES = "application/octet-stream"


@dataclass(frozen=True, eq=False)
class _Seen:
    """An answer with its arcs, made once.

    Attributes:
        found: what the verb gave.
        told: what was said as the file was read.
    """

    found: Flows
    told: tuple[str, ...]

    @cached_property
    def drawn(self) -> pa.Table:
        """The flows that are drawn, the largest first."""
        import pyarrow.compute as pc

        return self.found.table.filter(pc.is_null(self.found.table.column("set_aside")))

    @cached_property
    def arcs(self) -> Arcs:
        """The same flows as arcs."""
        return flow_map.arcs_of(self.drawn)


def _todo(asked: Asked) -> str:
    """What can be done where a file could not be read: the page takes no map, which refusals speak of."""
    file = flow_files.flow_file(asked.desk, asked.one("file")) if asked.one("file") else None
    return words_of(asked)("flows.unread_todo") if file is not None and file.is_unread else ""


@with_refusals("flows", _todo)
def _render(asked: Asked) -> str:
    seen = _seen(asked)
    if isinstance(seen, Work):
        what = words_of(asked)("flows.working")
        return drawn(asked, "flows", "working.html", refresh=seen.again, what=what, step=seen.step)
    return drawn(asked, "flows", "flows.html", **_values(asked, seen))


def _values(asked: Asked, seen: _Seen) -> dict[str, Any]:
    """What the page is drawn with."""
    t, chosen = words_of(asked), _chosen(asked)
    placed, left_out = seen.found.placed, skipped(asked)
    assert placed is not None
    rows = [_linked(asked, r) for r in seen.found.table.slice(left_out, ROWS).to_pylist()]
    marks = [_linked(asked, r) for r in seen.drawn.slice(0, flow_map.MOST).to_pylist()]
    picture = flow_map.flow_map(marks, seen.arcs, t("flows.picture"), partial(_said, t)) if marks else ""
    return {
        "files": flow_files.flow_files(asked.desk), "file": asked.one("file"), "chosen": chosen, "placed": placed,
        "rows": rows, "all": seen.found.num_rows, "left_out": left_out, "step": ROWS, "picture": picture,
        "count": seen.drawn.num_rows, "most": flow_map.MOST, "notes": seen.found.notes, "told": seen.told,
        "reports": placed.reports.slice(0, REPORTS).to_pylist() if placed.reports.num_rows <= REPORTS else [],
        "many": placed.reports.num_rows, "few": REPORTS, "name": name_of, "may": asked.person.may("reviewer"),
        "here_at": _here(asked), "lines": address("/flows/lines", file=asked.one("file"), **chosen),
        "said": asked.one("sent") and t("flows.nothing_sent"),
    }  # fmt: skip


def _chosen(asked: Asked) -> dict[str, str]:
    return {name: asked.one(name) for name in _CHOSEN}


def _here(asked: Asked) -> Callable[..., str]:
    """The address of this page with some of it changed."""

    def changed(**other: Any) -> str:
        return address("/flows", **{"file": asked.one("file"), **_chosen(asked), **other})

    return changed


def _linked(asked: Asked, row: Mapping[str, Any]) -> dict[str, Any]:
    """A flow with the address of its reports, and the names of its ends."""
    ends = {"exporters": row["exporter"], "importers": row["importer"]}
    more = {k: row[k] for k in ("product", "period") if row[k]}
    named = {f"{end}_name": name_of(row[end], row[end]) for end in ("exporter", "importer")}
    return {**row, **named, "href": _here(asked)(**ends, **more, by_pair="") + "#reports"}


def _said(t: Words, row: Mapping[str, Any]) -> str:
    parts = (f"{row['exporter_name']} → {row['importer_name']}", row["product"], row["period"])
    return ", ".join([*filter(None, parts), t.number(row["value_usd"], "USD")])


def _seen(asked: Asked) -> Any:
    """The flows that are asked for, or how far that has come."""
    where, told = _read(asked)
    if isinstance(where, Work):
        return where
    chosen = _chosen(asked)
    key = ("flows", *rested(asked.desk), asked.one("file"), *chosen.values())
    return worked_out(key, lambda work: _made(asked, where, told, chosen, work))


def _made(asked: Asked, where: Path | None, told: tuple[str, ...], chosen: Mapping[str, str], work: Work) -> _Seen:
    asks = {name: said or None for name, said in chosen.items()} | {"by_pair": chosen["by_pair"] == "1"}
    found = asked.desk.flows(where, **asks, progress=work.told)
    seen = _Seen(found, told)
    assert seen.arcs is not None  # made beside the page, like the rest
    return seen


def _read(asked: Asked) -> Any:
    """Where the flows of the chosen file lie; None for those of the record."""
    if not asked.one("file"):
        return None, ()
    file = flow_files.flow_file(asked.desk, asked.one("file"))
    if file is None:
        held = [f.id for f in flow_files.flow_files(asked.desk)]
        raise UnknownNameError(tr("file of flows"), asked.one("file"), held, remedy=tr("Drop it again."))
    found = flow_files.read_flows(asked.desk, file)
    return (found, ()) if isinstance(found, Work) else found


@with_refusals("flows")
def _taken(asked: Asked) -> Shown:
    """Keep what was sent, and go on to its map."""
    sent = asked.files.get("file")
    if sent is None:
        return Shown("", _SEE_OTHER, headers={"location": "/flows?sent=nothing"})
    return Shown("", _SEE_OTHER, headers={"location": address("/flows", file=flow_files.dropped_flows(asked, sent).id)})


@with_refusals("flows")
def _lines(asked: Asked) -> Shown:
    """The arcs for the script of the map; of flows that are not there yet, that they are not."""
    seen = _seen(asked)
    if isinstance(seen, Work):
        return Shown(b"", _NOT_YET, _BYTES, {"retry-after": "1"})
    return Shown(flow_bytes(seen.drawn, seen.arcs), media=_BYTES)


def _table(asked: Asked) -> Flows:
    seen = _seen(asked)
    while isinstance(seen, Work):
        seen = seen.future.result()
    return seen.found  # type: ignore[no-any-return]


page = Page("/flows", "flows.title", _render, table=_table, posts=_taken, heard=_HEARD)
lines_of = Page("/flows/lines", "flows.title", _lines, is_file=True, heard=_HEARD)
