"""An event with its days, its places and the quantities that it may have moved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import BadInputError, UnknownNameError
from entrepot.core.periods import first_day, last_day
from entrepot.core.tables.packaged import packaged_rows
from entrepot.core.words.translate import tr
from entrepot.corridors.effects.contract import MOVED
from entrepot.corridors.series.quantities import KEY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from entrepot.corridors.series.quantities import Quantity

    Row = Mapping[str, Any]


_SAME = timedelta(days=31)  # the pandemic closure is dated to its first day and to the first day of its winter


@dataclass(frozen=True, slots=True)
class DatedEvent:
    """An event.

    Attributes:
        id: its row.
        says: what happened.
        places: where.
        start: first day.
        end: last day; None where it goes on.
    """

    id: str
    says: str
    places: tuple[str, ...]
    start: date
    end: date | None


def dated_event(event_id: str, experiments: Sequence[Row], events: Sequence[Row]) -> DatedEvent:
    """An event of the record.

    One of `events` that begins at a place within a month of an experiment there is that experiment, for only these have
    an end.

    Args:
        event_id: of either table.
        experiments: rows of `experiments`.
        events: rows of `events`.

    Raises:
        UnknownNameError: no such event.
        BadInputError: it names no place.
    """
    for row in experiments:
        if row["id"] == event_id:
            return _of_experiment(row)
    for row in events:
        if row["id"] == event_id:
            if not row["place_id"]:
                raise BadInputError(
                    tr("the event names no place"),
                    found=event_id,
                    remedy=tr("Ask for one that does: entrepot record experiments."),
                )
            begun = first_day(str(row["effective"] or row["date"]))
            here = [e for e in experiments if set(e["place_id"]) & set(row["place_id"])]
            twin = min(here, key=lambda e: abs(first_day(e["date_start"]) - begun), default=None)
            if twin is not None and abs(first_day(twin["date_start"]) - begun) <= _SAME:
                return _of_experiment(twin)
            return DatedEvent(event_id, str(row["title"]), tuple(row["place_id"]), begun, None)
    known = [str(r["id"]) for r in (*experiments, *(e for e in events if e["place_id"]))]
    raise UnknownNameError(
        tr("event"), event_id, known, remedy=tr("See entrepot record experiments, entrepot record events.")
    )


def _of_experiment(row: Row) -> DatedEvent:
    end = last_day(row["date_end"]) if row["date_end"] else None
    return DatedEvent(str(row["id"]), str(row["event"]), tuple(row["place_id"]), first_day(row["date_start"]), end)


def moved_by(event: DatedEvent, held: Sequence[Quantity]) -> list[tuple[Quantity, str]]:
    """The quantities that an event may have moved, each with what would settle how far.

    Args:
        event: the event.
        held: the quantities on record.

    Returns:
        Those that the packaged table names; of an event that it does not name, all cargo, vehicles, trains and persons
        at its places. None where none is reported.
    """
    rows = [r for r in packaged_rows(MOVED) if r["event_id"] == event.id]
    out = []
    for row in rows:
        wanted = {n: row[n] for n in ("place_id", "metric", "mode", "direction")}
        out += [
            (q, row["settles"]) for q in held if q.rows and all(q.key[KEY.index(n)] == w for n, w in wanted.items())
        ]
    if rows:
        return out
    usual = {"cargo", "vehicles", "trains", "passengers"}
    at = KEY.index("metric")
    return [(q, "") for q in held if q.rows and q.place_id in event.places and q.key[at] in usual]


def named_as_moved(event: DatedEvent) -> list[Row]:
    """Rows of the packaged table on an event, reported or not."""
    return [r for r in packaged_rows(MOVED) if r["event_id"] == event.id]
