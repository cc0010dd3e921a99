"""Trains of a place by year, with the containers on them and the capacity that they take."""

from __future__ import annotations

from calendar import isleap
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import BadInputError
from entrepot.core.periods import first_day, last_day
from entrepot.core.shown import row_id
from entrepot.core.tables.packaged import packaged_rows
from entrepot.core.units import rounded
from entrepot.core.words.translate import in_english, tr
from entrepot.corridors.series.quantities import KEY
from entrepot.corridors.series.series import rows as series_rows
from entrepot.corridors.series.series import series_of
from entrepot.corridors.trains.contract import CROSSING_CAPACITIES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from entrepot.corridors.series.quantities import Quantity

    Row = Mapping[str, Any]

USUAL = ("khorgos", "alashankou")  # the two crossings of the railway between China and Kazakhstan
_FITTED = (
    "trains", "low", "high", "trains_a_day", "use_percent", "use_low", "use_high", "teu", "teu_low", "teu_high",
    "teu_per_train",
)  # fmt: skip


@in_english
def train_quantities(held: Sequence[Quantity], place: Row, names: Mapping[str, str]) -> list[Quantity]:
    """The counts of trains at a place, both ways together, those with most reports first.

    Args:
        held: the quantities of all places.
        place: the place.
        names: place_id -> name, to name the places that have some.

    Raises:
        BadInputError: no report counts trains there, or of one direction only.
    """
    found = [q for q in held if _is(q, "trains") and q.place_id == place["place_id"]]
    if not found:
        have = dict.fromkeys(f"{names[q.place_id]} ({q.place_id})" for q in held if _is(q, "trains"))
        one_way = any(_is(q, "trains", way) for q in held for way in ("in", "out") if q.place_id == place["place_id"])
        said = tr("trains at {name} are counted of one direction only, and are asked for both ways", name=place["name"])
        remedy = tr("entrepot corridor series --quantity trains --direction in, or out, shows them.")
        if not one_way:
            said = tr("no report counts trains at {name}", name=place["name"])
            remedy = tr("entrepot corridor series shows what else is counted there.")
        raise BadInputError(said, found=str(place["place_id"]), allowed=", ".join(have), remedy=remedy)
    return found


def _is(quantity: Quantity, metric: str, direction: str = "both") -> bool:
    at = {name: quantity.key[KEY.index(name)] for name in ("metric", "direction")}
    return bool(quantity.rows) and (at["metric"], at["direction"]) == (metric, direction)


@in_english
def train_rows(quantity: Quantity, held: Sequence[Quantity], name: str) -> Iterator[dict[str, Any]]:
    """Rows of `crossing_trains`, a year each.

    Args:
        quantity: the trains.
        held: the quantities of all places, among them containers of the same place, partner and counter.
        name: of the place.
    """
    boxes = _containers(quantity, held)
    teu = {r["period_start"]: r for r in series_rows(series_of(boxes), name, ("year",))} if boxes else {}
    for row in series_rows(series_of(quantity), name, ("year",)):
        yield _row(row, teu.get(row["period_start"]))


def _containers(trains: Quantity, held: Sequence[Quantity]) -> Quantity | None:
    partner = KEY.index("partner")
    for one in held:
        if _is(one, "containers_teu") and (one.place_id, one.counter, one.key[partner]) == (
            trains.place_id, trains.counter, trains.key[partner],
        ):  # fmt: skip
            return one
    return None


def _row(row: Row, boxes: Row | None) -> dict[str, Any]:
    year = str(row["period_start"])
    days = 365 + isleap(int(year))
    capacity, others = _capacities(str(row["place_id"]), year)
    use = {end: None if row[end] is None else row[end] / days for end in ("value", "low", "high")}
    teu = boxes or {}
    both = row["value"] and teu.get("value")
    said = {
        "place_id": row["place_id"],
        "place": row["place"],
        "counter": row["counter"],
        "year": year,
        "state": row["state"],
        "trains": row["value"],
        "low": row["low"],
        "high": row["high"],
        "trains_a_day": _shown(use["value"]),
        "capacity_a_day": capacity["a_day"] if capacity else None,
        "capacity_kind": capacity["kind"] if capacity else None,
        "capacity_of": capacity["first"] if capacity else None,
        "capacity_row": capacity["rests_on"] if capacity else None,
        "use_percent": _used(use["value"], capacity),
        "use_low": _used(use["low"], capacity),
        "use_high": _used(use["high"], capacity),
        "other_capacities": [_other(o, use["value"]) for o in others] or None,
        "teu": teu.get("value"),
        "teu_low": teu.get("low"),
        "teu_high": teu.get("high"),
        "teu_state": teu.get("state"),
        "teu_per_train": _shown(teu["value"] / row["value"]) if both else None,
        "reports": [*(row["reports"] or ()), *(teu.get("reports") or ())] or None,
        "basis": row["basis"] + _said(capacity, use["value"]),
    }
    return said | {"trains_id": row_id("trains", said, estimates=_FITTED)}


def _capacities(place_id: str, year: str) -> tuple[Row | None, list[Row]]:
    """The highest capacity of trains, of a year from its date on, that is no plan; and all others that may hold."""
    first, last = first_day(year), last_day(year)
    held = [
        r
        for r in packaged_rows(CROSSING_CAPACITIES)
        if (r["place_id"], r["mode"]) == (place_id, "rail")
        and (not r["first"] or first_day(r["first"]) <= last)
        and (not r["last"] or last_day(r["last"]) >= first)
    ]
    real = [r for r in held if r["unit"] == "trains" and r["kind"] != "planned" and r["first"]]
    best = max(real, key=lambda r: (r["a_day"], r["kind"] == "best_day"), default=None)
    return best, [r for r in held if r is not best]


def _used(a_day: float | None, capacity: Row | None) -> float | None:
    return None if a_day is None or capacity is None else round(100 * a_day / capacity["a_day"], 1)


def _shown(value: float | None) -> float | None:
    return None if value is None else rounded(value)


def _other(capacity: Row, a_day: float | None) -> str:
    used = _used(a_day, capacity) if capacity["unit"] == "trains" else None
    share = "" if used is None else tr(", {used:g} % used", used=used)
    when = tr(", from {first}", first=capacity["first"]) if capacity["first"] else ", undated"
    until = tr(", until {last}", last=capacity["last"]) if capacity["last"] else ""
    return tr(
        "{a_day:g} {unit} a day, {replace}{when}{until} ({rests_on}{share}): {why}",
        a_day=capacity["a_day"],
        unit=capacity["unit"],
        replace=capacity["kind"].replace("_", " "),
        when=when,
        until=until,
        rests_on=capacity["rests_on"],
        share=share,
        why=capacity["why"],
    )


def _said(capacity: Row | None, a_day: float | None) -> str:
    if capacity is None:
        return tr(" No dated capacity in trains is on record of the year.")
    kind = capacity["kind"].replace("_", " ")
    told = tr(
        " Capacity {a_day:g} trains a day, {kind}, from {first} on: {why}.",
        a_day=capacity["a_day"],
        kind=kind,
        first=capacity["first"],
        why=capacity["why"],
    )
    if a_day is not None and a_day > capacity["a_day"]:
        told += tr(" More pass than that: the capacity counts other trains than the reports, or is out of date.")
    return told
