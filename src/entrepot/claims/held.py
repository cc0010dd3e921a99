"""What a report is held against: the facts by cell, the events, the measures and the rules, as of a day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from entrepot.claims import facts
from entrepot.record.embedded import known

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from entrepot.claims.cells import Index
    from entrepot.record.embedded import Record

    Row = dict[str, Any]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Held:
    """The record as the judge uses it.

    Attributes:
        index: facts by subject and quantity.
        events: rows of `events`, by date.
        measures: rows of `measures`.
        rules: rows of `rules` by id.
        places: rows of `places` by id.
        batches: rows of `batches`, by date.
        sources: of each row used, its source id, by row id.
    """

    index: Index
    events: tuple[Row, ...]
    measures: tuple[Row, ...]
    rules: Mapping[str, Row]
    places: Mapping[str, Row]
    batches: tuple[Row, ...]
    sources: Mapping[str, str]


def held(record: Record, as_of: date | None = None) -> Held:
    """The record for the judge; with `as_of`, rows known later are left out.

    Batches and rules carry no date of knowledge: they are known from their first day, and announced where an event
    says so.
    """
    whole = record if as_of is None else known(record, as_of).record
    index = facts.index(whole)
    if as_of is not None:
        kept = {key: tuple(f for f in all_ if not f.known or f.known <= as_of) for key, all_ in index.facts.items()}
        index = replace(index, facts=kept)
    tables = {name: whole.tables[name].to_pylist() for name in ("events", "measures", "rules", "places", "batches")}
    return Held(
        index=index,
        events=tuple(sorted(tables["events"], key=lambda e: str(e["date"]))),
        measures=tuple(m for m in tables["measures"] if as_of is None or _known_from(m) <= as_of.isoformat()),
        rules={r["id"]: r for r in tables["rules"]},
        places={p["place_id"]: p for p in tables["places"]},
        batches=tuple(b for b in tables["batches"] if as_of is None or b["date"] <= as_of.isoformat()),
        sources=_sources(tables, index),
    )


def _known_from(part: Row) -> str:
    return str(part["known_from"] or part["valid_from"] or "")


def _sources(tables: Mapping[str, list[Row]], index: Index) -> dict[str, str]:
    found = {f.row_id: f.source_id for all_ in index.facts.values() for f in all_ if f.source_id}
    for name in ("events", "rules", "batches"):
        found |= {row["id"]: row["source_id"] for row in tables[name] if row["source_id"]}
    return found | {f"{m['measure_id']}/{m['part_id']}": m["source_id"] for m in tables["measures"]}
