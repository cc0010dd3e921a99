"""Dated events that a measure's own file tells of: what happened at a crossing, a law, a ban, with their source.

The record's events are those of its own case. What a firm did, and who was listed, is none of these: a wrong one would
stand in sentences that name somebody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from entrepot.core.toml_block import Block

KINDS = (
    "opening", "closure", "infrastructure", "agreement", "attack", "law", "import_ban", "trade_remedy",
    "countermeasure", "court",
)  # fmt: skip


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
