"""What a measure of one's own is cited by: its sources and parts, for a brief, and kept for what is explained later.

No register and no table of the record holds them, so that without this a figure of such a measure would open nothing.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from entrepot.core import store
from entrepot.core.contract import Column, Contract, table
from entrepot.core.errors import BadInputError
from entrepot.core.ids import id_of
from entrepot.core.periods import first_day, last_day
from entrepot.core.words.translate import marked, tr
from entrepot.measures.contract import EVENTS
from entrepot.measures.measure import measures
from entrepot.measures.provisions import MEASURES, part_rows
from entrepot.sources.cited import register_rows
from entrepot.sources.contract import SOURCES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from entrepot.core.store import Connection
    from entrepot.measures.act import Measure
    from entrepot.measures.own.own_events import OwnEvent

Row = dict[str, Any]
MARK = marked("your own measure")
NOTE = marked("An event of your own measure.")
CITED = Contract(
    name="own_measures",
    meaning="Sources and parts of measures of the person's own, as they stood when a brief cited them.",
    grain=("id",),
    columns=(
        Column("id", "text", "the finding, the table and the key, with spaces between them"),
        Column("table", "text", "the table of the record in whose shape the row is"),
        Column("key", "text", "its key there"),
        Column("cells", "text", "its cells, as JSON"),
    ),
)


def is_on_record(act: Measure) -> bool:
    """Whether a measure is one of the record, whose sources and parts the record holds."""
    return act.id in {m.id for m in measures()}


def cited(act: Measure, register: Mapping[str, Mapping[str, Any]]) -> list[Row]:
    """The sources of a measure of one's own that the register lacks, as rows of it, marked as of one's own.

    Args:
        act: the measure; one of the record has none.
        register: the sources by their ids.

    Raises:
        BadInputError: the id of a source is that of another source of the register.
    """
    if is_on_record(act):
        return []
    found = register_rows(act.sources)
    for row in found:
        if (held := register.get(str(row["source_id"]))) and _says(held) != _says(row):
            raise BadInputError(
                tr("a source of {title} has the id of another source of the record", title=act.title),
                found=str(row["source_id"]),
                remedy=tr(
                    "Give it an id of its own: the record has this one for {publisher}.", publisher=held["publisher"]
                ),
            )
    return [{**r, "publisher": f"{r['publisher']} ({MARK})"} for r in found if r["source_id"] not in register]


def event_rows(act: Measure) -> list[Row]:
    """The events of a measure as rows of the record's, known from their print on, else from their day."""
    published = {s.id: s.published for s in act.sources}
    cited = {s.id for s in act.sources if s.url}
    return [_row(act, e, published.get(e.source), is_cited=e.source in cited) for e in act.events]


def _row(act: Measure, event: OwnEvent, published: str | None, *, is_cited: bool) -> Row:
    is_past = first_day(event.date) <= last_day(act.checked)
    said = asdict(event) | {"measure": act.id}
    return {
        "id": id_of("u", json.dumps(said, sort_keys=True, default=list)),
        "date": event.date,
        "kind": event.kind,
        "place_id": list(event.places) or None,
        "place": ", ".join(event.places) or None,
        "countries": list(event.countries or (act.jurisdiction, *act.countries)),
        "title": event.title,
        "magnitude": event.magnitude or None,
        "status": "occurred" if is_past else "scheduled",
        "source_id": event.source,
        "quality": "good" if is_cited else "unclear",
        "known_on": published or (event.date if is_past else act.checked),
        "known_on_basis": "published" if published else "inferred",
        "note": NOTE,
    }


def keep_cited(
    con: Connection, act: Measure, sources: Mapping[str, Mapping[str, Any]], said: Iterable[tuple[str, str, str]]
) -> None:
    """Keep what findings of a measure of one's own rest on, for `explain`: a file changes, what it said then does not.

    Args:
        con: the open store.
        act: the measure; of one of the record nothing is kept.
        sources: by id, those that the brief cites.
        said: of each finding, a table and the key of a row in it that it rests on.
    """
    if is_on_record(act):
        return
    held = {(SOURCES.name, s.id): sources[s.id] for s in act.sources}
    held |= {(MEASURES.name, f"{act.id}/{part_id}"): row for part_id, row in part_rows(act).items()}
    held |= {(EVENTS.name, str(row["id"])): row for row in event_rows(act)}
    rows = [
        {
            "id": f"{finding_id} {name} {key}",
            "table": name,
            "key": key,
            "cells": json.dumps(held[name, key], ensure_ascii=False, default=str),
        }
        for finding_id, name, key in said
        if (name, key) in held
    ]
    store.keep_shown(con, CITED.name, "id", table(CITED, rows))


def kept_cited(con: Connection, finding_id: str) -> dict[tuple[str, str], Row]:
    """The rows of a measure of one's own that a finding rests on, by table and key; none where it rests on none.

    Args:
        con: the open store.
        finding_id: the finding.
    """
    asked = "SELECT row FROM shown WHERE kind = ? AND starts_with(id, ?)"
    found = [json.loads(text) for (text,) in con.execute(asked, [CITED.name, f"{finding_id} "]).fetchall()]
    return {(r["table"], r["key"]): json.loads(r["cells"]) for r in found}


def _says(row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(row.get(name) or "") for name in ("publisher", "title", "url", "published"))
