"""Which series of a place are asked for; where there is none, what is on record nearby."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import BadInputError, UnknownNameError
from entrepot.core.words.translate import tr
from entrepot.corridors.place_spellings import place_spelled
from entrepot.corridors.series.quantities import KEY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from entrepot.corridors.series.quantities import Quantity

    Row = Mapping[str, Any]

USUAL = "cargo"  # what is asked for most; where a place has none, what most of its reports count
_NEAREST = 6  # places named where one has no report


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for; an empty text asks for all.

    Attributes:
        quantity: the metric; empty: cargo, else what most reports of the place count.
        mode: how it moved.
        direction: in, out or both.
        partner: the other side.
    """

    quantity: str = ""
    mode: str = ""
    direction: str = "both"
    partner: str = ""


def place_of(given: str, places: Sequence[Row]) -> Row:
    """A place by its id, its name or another spelling on record.

    Raises:
        UnknownNameError: no such place, with the nearest.
    """
    word = given.casefold().strip()
    for row in places:
        if word in {row["place_id"], row["name"].casefold()}:
            return row
    spelled = place_spelled(given, {row["name"]: row["place_id"] for row in places})
    for row in places:
        if row["place_id"] == spelled:
            return row
    raise UnknownNameError(
        tr("place"), given, [r["place_id"] for r in places], remedy=tr("See entrepot record places.")
    )


def asked_for(asked: Asked, place: Row, held: Sequence[Quantity], places: Sequence[Row]) -> list[Quantity]:
    """The quantities of a place that are asked for, those with most reports first.

    Args:
        asked: what is asked for.
        place: the place.
        held: the quantities of all places.
        places: all places.

    Raises:
        BadInputError: the place has no report of an amount, with what is on record nearby; or none that is asked for.
    """
    here = [q for q in held if q.place_id == place["place_id"] and q.rows]
    if not here:
        raise BadInputError(
            tr("no report of an amount at {name}", name=place["name"]), allowed=_nearby(place, held, places),
            remedy=tr("entrepot record observations shows every report."),
        )  # fmt: skip
    metric = asked.quantity or _usual(here)
    wanted = {"metric": metric, "mode": asked.mode, "direction": asked.direction, "partner": asked.partner}
    out = here
    for name, word in wanted.items():
        known = [str(q.key[KEY.index(name)] or "") for q in out]
        if word and word not in known:
            what = "quantity" if name == "metric" else tr("{name} of {metric}", name=name, metric=metric)
            raise UnknownNameError(
                tr("{what} at {name}", what=what, name=place["name"]),
                word,
                filter(None, known),
                remedy=tr("--{option} chooses another.", option="quantity" if name == "metric" else name),
            )
        out = [q for q in out if not word or str(q.key[KEY.index(name)] or "") == word]
    return out


def _usual(here: Sequence[Quantity]) -> str:
    metrics = [str(q.key[KEY.index("metric")]) for q in here]
    return USUAL if USUAL in metrics else metrics[0]


def _nearby(place: Row, held: Sequence[Quantity], places: Sequence[Row]) -> str:
    """Places that share its parent, a country pair or are part of it, of which amounts are reported."""
    names = {r["place_id"]: r["name"] for r in places}
    by_id = {r["place_id"]: r for r in places}
    found: dict[str, int] = {}
    for q in held:
        other = by_id.get(q.place_id)
        if other is not None and q.rows and _is_near(place, other):
            found[q.place_id] = found.get(q.place_id, 0) + len(q.rows)
    best = sorted(found.items(), key=lambda f: (-f[1], f[0]))[:_NEAREST]
    if not best:
        return tr("one of the places with reports: see entrepot record observations")
    return tr("one nearby: ") + ", ".join(tr("{names} ({p}, {n} reports)", names=names[p], p=p, n=n) for p, n in best)


def _is_near(place: Row, other: Row) -> bool:
    family = {place["place_id"], place["parent"]} & {other["place_id"], other["parent"]} - {None, ""}
    return bool(family) or len(set(place["countries"] or ()) & set(other["countries"] or ())) > 1
