"""Dated events that a measure's own file tells of: what happened at a crossing, a law, a ban, with their source.

The record's events are those of its own case. What a firm did, and who was listed, is none of these: a wrong one would
stand in sentences that name somebody.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from entrepot.core.ids import id_of
from entrepot.core.periods import first_day, last_day
from entrepot.core.words.translate import marked

if TYPE_CHECKING:
    from entrepot.core.toml_block import Block
    from entrepot.measures.act import Measure

Row = dict[str, Any]
KINDS = (
    "opening", "closure", "infrastructure", "agreement", "attack", "law", "import_ban", "trade_remedy",
    "countermeasure", "court",
)  # fmt: skip
NOTE = marked("An event of your own measure.")


@dataclass(frozen=True, slots=True)
class OwnEvent:
    """An event of a file.

    Attributes:
        date: a day, a month or a year.
        kind: one of `KINDS`.
        title: one line.
        places: place ids; empty where it lies at no place on record.
        countries: ISO alpha-2, that in which it happened first; empty: those of the measure.
        magnitude: its size as printed; empty where none is.
        source: id of a source of the file.
    """

    date: str
    kind: str
    title: str
    places: tuple[str, ...]
    countries: tuple[str, ...]
    magnitude: str
    source: str


def own_event(block: Block) -> OwnEvent:
    """One `[[event]]`."""
    found = OwnEvent(
        date=block.needed_day("date"),
        kind=block.one_of("kind", KINDS),
        title=block.text("title"),
        places=block.texts("places"),
        countries=block.texts("countries"),
        magnitude=block.text("magnitude", ""),
        source=block.text("source"),
    )
    block.done()
    return found


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
