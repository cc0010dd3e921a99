"""What a crossing of the record can pass in a year, what passes it today, and what that is worth."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import BadInputError, NotEstimableError, UnknownNameError
from entrepot.core.tables.packaged import packaged_rows
from entrepot.core.words.translate import tr
from entrepot.corridors.bottlenecks.use_of_capacity import bottlenecks
from entrepot.corridors.series.quantities import KEY, quantities
from entrepot.corridors.series.series import is_placeable, rows, series_of
from entrepot.corridors.trains.contract import CROSSING_CAPACITIES
from entrepot.record import embedded

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

_YEAR = 365.0  # days of a year's capacity


@dataclass(frozen=True, slots=True)
class CrossingRoom:
    """A crossing by one mode.

    Attributes:
        place: its name.
        unit: what is counted: trains, vehicles, tonnes, TEU.
        capacity: a year, as the record has it.
        passing: what passes today, a year; None: not known.
        basis: what both rest on, in a sentence.
    """

    place: str
    unit: str
    capacity: float
    passing: float | None
    basis: str

    @property
    def most(self) -> float:
        """What it holds a year at most: what passes there can pass there, whatever a report says that it can."""
        return max(self.capacity, self.passing or 0.0)

    @property
    def between(self) -> tuple[float, float]:
        """The capacity on record and what passes, the lower one first; both alike where less passes than can."""
        return (self.capacity, self.most)

    @property
    def middle(self) -> float:
        """Between the two, for neither is likelier: of a full crossing some of today's trade has to give way."""
        return (self.capacity + self.most) / 2


@cache
def crossing_room(place_id: str, mode: str, day: date) -> CrossingRoom:
    """A crossing as the packaged record could know it on a day.

    Args:
        place_id: the crossing, by its id.
        mode: rail or road.
        day: later capacities and counts are left out.

    Raises:
        UnknownNameError: the record has no capacity of such a crossing, or none by that mode.
        NotEstimableError: none that was known on that day.
    """
    known = {(r["place_id"], r["mode"]) for r in packaged_rows(CROSSING_CAPACITIES)}
    if place_id not in {place for place, _ in known}:
        raise UnknownNameError(
            tr("crossing with a capacity on record"), place_id, sorted({place for place, _ in known})
        )
    if (place_id, mode) not in known:
        raise UnknownNameError(
            tr("mode of {place_id} with a capacity on record", place_id=place_id),
            mode,
            [m for p, m in known if p == place_id],
        )
    held = embedded.load()
    observed = embedded.known(held, day).record.tables["observations"].to_pylist()
    names = {str(r["place_id"]): str(r["name"]) for r in held.tables["places"].to_pylist()}
    by = KEY.index("mode")
    counts = [q for q in quantities(observed) if is_placeable(q) and (q.place_id, str(q.key[by])) == (place_id, mode)]
    found = bottlenecks(counts, observed, names, day, lambda q: list(rows(series_of(q), names[q.place_id], ("year",))))
    own = [r for r in found if (r["place_id"], r["mode"]) == (place_id, mode)]
    if not own:
        raise NotEstimableError(tr("no capacity of that crossing was known"), found=f"{place_id}, {mode}, {day}")
    # Of several units the one of which it is known what passes, for both must be known to tell what room is left.
    best = max(own, key=lambda r: (r["a_day"] is not None, r["direction"] == "both"))
    passing = None if best["a_day"] is None else _YEAR * best["a_day"]
    return CrossingRoom(best["place"], best["unit"], _YEAR * best["capacity_a_day"], passing, best["basis"])


def worth(value: str, amount: str, unit: str, day: date) -> float:
    """USD in a unit of what crosses: a value of the record over the count that belongs to it.

    Args:
        value: id of the observation of a value in USD.
        amount: id of the observation of the count, in the unit of the capacity.
        unit: that unit.
        day: by which both must have been known.

    Raises:
        UnknownNameError: no such observation.
        BadInputError: the two are not of one place, mode, direction and period, or in other units.
    """
    of_value, of_amount = observation(value, day), observation(amount, day)
    if of_value["unit_norm"] != "USD" or of_amount["unit_norm"] != unit:
        raise BadInputError(
            tr("a value of a unit of what crosses"),
            found=tr(
                "{value} in {unit_norm}, {amount} in {unit_norm_2}",
                value=value,
                unit_norm=of_value["unit_norm"],
                amount=amount,
                unit_norm_2=of_amount["unit_norm"],
            ),
            allowed=tr("an observation in USD, and one in {unit}", unit=unit),
        )
    alike = ("place_id", "mode", "direction", "period_start", "period_end")
    if apart := [name for name in alike if of_value[name] != of_amount[name]]:
        raise BadInputError(
            tr("{value} and {amount} do not belong together", value=value, amount=amount),
            found="; ".join(f"{n}: {of_value[n]}, {of_amount[n]}" for n in apart),
            allowed=tr("two observations of one place, mode, direction and period"),
        )
    return float(of_value["value_norm"]) / float(of_amount["value_norm"])


def observation(ident: str, day: date) -> Mapping[str, Any]:
    """An observation of the packaged record.

    Args:
        ident: its id.
        day: by which it must have been known.

    Raises:
        UnknownNameError: none of that id was known then, or it has no value.
    """
    known = _observations(day)
    if ident not in known:
        raise UnknownNameError(tr("observation with a value, known on {day}", day=day), ident, list(known))
    return known[ident]


@cache
def _observations(day: date) -> Mapping[str, Mapping[str, Any]]:
    held = embedded.known(embedded.load(), day).record.tables["observations"].to_pylist()
    return {str(r["id"]): r for r in held if r["value_norm"]}
