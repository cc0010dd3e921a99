"""Products traced through supply links: any amount first, intervals, the supply graph, the way that documents lead."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entrepot.brief.charts.on_pages.share_intervals import share_intervals
from entrepot.brief.charts.on_pages.supply_graph import Mark, supply_graph
from entrepot.core.errors import BadInputError, UnknownNameError
from entrepot.core.words.translate import tr
from entrepot.desk.noted_changes import noted_change
from entrepot.server.page_parts.desk_files import safe_name
from entrepot.server.page_parts.drawn import address, drawn, evidence, skipped, with_refusals, words_of
from entrepot.server.page_parts.worked_out import Work, worked_out
from entrepot.server.pages.goods.supplies_held import supplies_held
from entrepot.server.pages.page import Page, Shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from entrepot.desk.answer import Answer
    from entrepot.server.page_parts.page_words import Words
    from entrepot.server.pages.page import Asked

SHOWN = 24  # products of the picture; the table has all
ROWS = 100  # links of a page of a file
LONGEST = 50_000_000  # bytes of a file of links: some hundred thousand rows
WIDE, NARROW = 1180, 362  # px: a row of the page, and a phone of 390 less its margins
_SEE_OTHER = 303  # of HTTP
_CHANGE = "load_supply"  # as the ledger calls it, whoever asks by the verb
_ALWAYS = "9999-12-31"  # a day by which every link is known


@dataclass(frozen=True, slots=True)
class _Seen:
    """A product that was chosen.

    Attributes:
        row: its exposure.
        links: the links above it, tier by tier, under `supply_chain`.
        way: those of the way that documents lead, in the order of their dates.
        graph, down: the drawing, of a wide screen and of a phone.
        notes: what is left out.
    """

    row: Mapping[str, Any]
    links: Sequence[Mapping[str, Any]]
    way: Sequence[Mapping[str, Any]]
    graph: str
    down: str
    notes: Sequence[str]


@with_refusals("tracing")
def _render(asked: Asked) -> str:
    t, files = words_of(asked), asked.desk.supply_files().to_pylist()
    common = {"files": files, "may": asked.person.may("reviewer"), "as_of": asked.one("as_of"), "said": ""}
    if asked.one("sent") == "nothing":
        common["said"] = t("tracing.nothing_sent")
    if not files:
        return drawn(asked, "tracing", "tracing.html", rows=[], notes=(), chosen=None, wide="", narrow="", **common)
    found = _traced(asked)
    if isinstance(found, Work):
        return drawn(asked, "tracing", "working.html", refresh=found.again, what=t("tracing.working"), step=found.step)
    rows = found.to_pylist()
    points = [_point(r, t) for r in rows[:SHOWN]]
    picture = partial(share_intervals, points, t("tracing.picture"))
    return drawn(
        asked, "tracing", "tracing.html", rows=rows, notes=found.notes, chosen=_chosen(asked, rows, found.exposed, t),
        wide=picture(WIDE) if points else "", narrow=picture(NARROW) if points else "", **common,
    )  # fmt: skip


def _traced(asked: Asked) -> Any:
    """Every product, or how far that has come; anew where a file, a decision or a list is."""
    day = asked.one("as_of") or None
    key = ("trace", *supplies_held(asked), day)
    return worked_out(key, lambda work: asked.desk.trace(everything=True, as_of=day, progress=work.told))


def _point(row: Mapping[str, Any], t: Words) -> dict[str, Any]:
    return {**row, "name": _called(row), "said": _between(row, t), "href": evidence(row["exposure_id"])}


def _called(row: Mapping[str, Any]) -> str:
    return f"{row['product']}, {row['party']}" if row["product"] else str(row["party"])


def _between(row: Mapping[str, Any], t: Words) -> str:
    low, high = (t.number(round(row[c], 1)) for c in ("low_percent", "high_percent"))
    return f"{low} %" if low == high else f"{low} – {high} %"


def _chosen(asked: Asked, rows: Sequence[Mapping[str, Any]], exposed: Mapping[str, Any], t: Words) -> _Seen:
    """The product of the address, else the first; without a graph where it is only a party's supplies."""
    wanted = asked.one("exposure")
    row = next((r for r in rows if r["exposure_id"] == wanted), None)
    if wanted and row is None:
        raise UnknownNameError(
            tr("product traced"), wanted, [r["exposure_id"] for r in rows], remedy=tr("Choose one below.")
        )
    row = row or rows[0]
    if not row["product"]:
        return _Seen(row, (), _way(asked, row), "", "", ())
    found: Answer = asked.desk.supply_links(row["product"], party=row["party_id"], as_of=asked.one("as_of") or None)
    links = [_linked(r) for r in found.to_pylist()]
    way = _way(asked, row)
    strong = {(r["file_id"], r["row"]) for r in way}
    marks = {party: Mark(e.kind, e.strength == "certain") for party, e in exposed.items()}
    graph, down = (
        supply_graph(links, strong, t("tracing.graph"), marks, width) if links else "" for width in (WIDE, NARROW)
    )
    return _Seen(row, links, way, graph, down, found.notes)


def _way(asked: Asked, row: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The links of the way to the nearest party, by date; those without a day last."""
    if not row["path"]:
        return []
    found = asked.desk.explain(row["exposure_id"])
    links = [dict(link) for e in found for table, link in e.rows if table == "exposure_links"]
    return [_linked(r) for r in sorted(links, key=lambda r: (not r["date"], r["date"] or "", r["row"]))]


def _linked(row: Mapping[str, Any]) -> dict[str, Any]:
    """A link with the address of its row."""
    return {**row, "href": address(f"/tracing/{row['file_id']}", row=row["row"])}


@with_refusals("tracing")
def _taken(asked: Asked) -> Shown:
    """Load what was sent, in the name of who sent it, and trace anew."""
    sent = asked.files.get("file")
    if sent is None:
        return Shown("", _SEE_OTHER, headers={"location": "/tracing?sent=nothing"})
    data = sent.file.read(LONGEST + 1)
    if len(data) > LONGEST:
        raise BadInputError(
            tr("the file is too long"),
            allowed=tr("{longest:,} bytes", longest=LONGEST),
            remedy=tr("Load it by the command line."),
        )
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder).joinpath(safe_name(sent.name))
        file.write_bytes(data)
        said = {"file": file.name, "bytes": len(data)}
        with noted_change(asked.desk.store, _CHANGE, asked.person.name, asked.person.role, said):
            asked.desk.load_supply(file)
    return Shown("", _SEE_OTHER, headers={"location": "/tracing"})


@with_refusals("tracing")
def _file(asked: Asked) -> str:
    """A file: the row that was asked for, or all of them, and what was refused."""
    file_id, row = asked.path["file"], asked.one("row")
    held: Iterable[dict[str, Any]] = asked.desk.supply_files().to_pylist()
    files = {str(f["file_id"]): f for f in held}
    if file_id not in files:
        raise UnknownNameError(tr("file of supply links"), file_id, sorted(files))
    every = asked.desk.supply_links(file_id=file_id, as_of=_ALWAYS).to_pylist()
    links = [r for r in every if str(r["row"]) == row] if row else every
    left_out, file = skipped(asked), files[file_id]
    return drawn(
        asked, "tracing", "tracing_file.html", title=file["file"], file=file, links=links[left_out:][:ROWS],
        all=len(links), left_out=left_out, step=ROWS, row=row, refused=asked.desk.refused_supply(file_id).to_pylist(),
    )  # fmt: skip


def _table(asked: Asked) -> Answer:
    found = _traced(asked)
    return found.future.result() if isinstance(found, Work) else found  # type: ignore[no-any-return]


def _file_table(asked: Asked) -> Answer:
    return asked.desk.supply_links(file_id=asked.path["file"], as_of=_ALWAYS)  # type: ignore[no-any-return]


page = Page("/tracing", "tracing.title", _render, table=_table, posts=_taken, heard=("exposure", "as_of", "sent"))
file_page = Page("/tracing/{file}", "tracing.title", _file, table=_file_table, heard=("row",))
