"""When and where the marks of a chart are of, so that a chart that is brushed shows it in another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from entrepot.core import periods

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from entrepot.core.findings import Finding
    from entrepot.desk.desk import Desk

_TABLES = ("events", "observations")  # of the record, whose rows have a place


@dataclass(frozen=True, slots=True)
class Mark:
    """When and where a figure is of.

    Attributes:
        start, end: its first and last day (ISO).
        places: ids of places, between blanks.
    """

    start: str
    end: str
    places: str

    @property
    def attributes(self) -> str:
        """As attributes of an element: ids and days, which hold nothing that is to be escaped."""
        return f' data-from="{self.start}" data-to="{self.end}" data-at="{self.places}"'


def marks(desk: Desk, figures: Iterable[Finding]) -> dict[str, Mark]:
    """By the id of each figure with a period, when and where it is of.

    Args:
        desk: the verbs, of which the record is asked.
        figures: of the charts that are linked.
    """
    found = list(figures)
    wanted = {g.row_id for f in found for g in f.grounds if g.table in _TABLES}
    places = _places(desk, wanted) if wanted else {}
    return {f.id: _mark(f, places) for f in found if f.period_start or f.period_end}


def _mark(figure: Finding, places: Mapping[str, tuple[str, ...]]) -> Mark:
    start, end = str(figure.period_start or figure.period_end), str(figure.period_end or figure.period_start)
    at = dict.fromkeys(p for g in figure.grounds for p in places.get(g.row_id, ()))
    return Mark(periods.first_day(start).isoformat(), periods.last_day(end).isoformat(), " ".join(at))


def _places(desk: Desk, wanted: set[str]) -> dict[str, tuple[str, ...]]:
    """The places of rows of the record, by their id."""
    rows = (r for name in _TABLES for r in desk.record(name).to_pylist() if r["id"] in wanted)
    return {str(r["id"]): _as_many(r["place_id"]) for r in rows}


def _as_many(place: Any) -> tuple[str, ...]:
    return () if place is None else (place,) if isinstance(place, str) else tuple(place)
