"""Which crossings are closed on a day, by season or by what happened there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from entrepot.core.periods import first_day, last_day
from entrepot.core.words.translate import in_english, tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Closed:
    """A place that is closed.

    Attributes:
        place_id: where.
        why: in words, with the rows that say so.
        rows: rows of `network_seasons` and what they rest on.
    """

    place_id: str
    why: str
    rows: tuple[str, ...]


@in_english
def closed(seasons: Sequence[Row], day: date) -> tuple[Closed, ...]:
    """The places that are closed on a day; an opening stands above seasons and closures.

    A closure of which only the year or the month is known counts from the first to the last day that it can mean.

    Args:
        seasons: rows of `network_seasons`.
        day: the day.
    """
    by_place: dict[str, list[Row]] = {}
    for row in seasons:
        if _holds(row, day):
            by_place.setdefault(row["place_id"], []).append(row)
    found = (_closed(place, rows, day) for place, rows in by_place.items())
    return tuple(c for c in found if c is not None)


def _holds(row: Row, day: date) -> bool:
    begun = row["valid_from"] is None or first_day(row["valid_from"]) <= day
    return begun and (row["valid_to"] is None or day <= last_day(row["valid_to"]))


def _closed(place: str, rows: Sequence[Row], day: date) -> Closed | None:
    if any(r["what"] == "opening" for r in rows):
        return None
    for row in rows:
        if row["what"] == "closure":
            return Closed(place, tr("closed by {rests_on}", rests_on=row["rests_on"]), (row["id"], row["rests_on"]))
        if row["what"] == "season" and not row["first_month"] <= day.month <= row["last_month"]:
            months = tr(
                "open in months {first_month} to {last_month} alone",
                first_month=row["first_month"],
                last_month=row["last_month"],
            )
            return Closed(
                place,
                tr("{months}, by {rests_on}", months=months, rests_on=row["rests_on"]),
                (row["id"], row["rests_on"]),
            )
    return None
