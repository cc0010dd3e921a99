"""What the rooms of the corridors say of a statement: attacks at a place, the effect of an event, trains of a year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core import periods, units
from entrepot.corridors.bottlenecks.use_of_capacity import bottlenecks
from entrepot.corridors.effects.dated_event import dated_event
from entrepot.corridors.effects.effect_rows import effect_rows
from entrepot.corridors.risk.hazards import hazards
from entrepot.corridors.series.quantities import quantities
from entrepot.corridors.series.series import is_placeable, rows, series_of
from entrepot.corridors.trains.crossing_trains import train_quantities, train_rows
from entrepot.desk.corridor_risk import known_by

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from case.rules import Case

Rows = tuple[tuple[str, dict[str, Any]], ...]
Told = tuple[str, Rows]


def attacks(case: Case, corridor: str) -> Told:
    """How many attacks a corridor has on record, and how many a year are to be expected."""
    found = hazards(known_by(case.record, periods.as_of(None)))
    one = next(
        h
        for h in found
        if (h.count.corridor["corridor_id"], h.count.kind, h.count.by) == (corridor, "attack", "record")
    )
    count, rate = one.count, one.rate
    if rate is None:
        return f"No attack at {count.corridor['corridor']} counts on record.", ()
    said = (
        f"At {count.corridor['corridor']} {count.number} attacks count in {count.years:.1f} years, at least: "
        f"{units.rounded(rate.mean, 2):g} a year are to be expected, between {units.rounded(rate.low, 2):g} and "
        f"{units.rounded(rate.high, 2):g} in 95 cases of 100."
    )
    return said, tuple(case.row(e.id, "events") for e in count.events)


def effect(case: Case, event_id: str) -> Told:
    """What an event changed, or that the record does not allow it to be said."""
    held = [q for q in quantities(case.table("observations")) if is_placeable(q)]
    event = dated_event(event_id, case.table("experiments"), case.table("events"))
    said, rows = [], [case.row(event_id, "experiments")]
    for row in effect_rows(event, held, {}):
        what = f"{row['quantity']}, {row['period_start']} to {row['period_end']}"
        if row["difference"] is None:
            said.append(f"Of {what}: {row['basis']}.")
            continue
        ends = f"between {units.with_unit(row['low'], row['unit'])} and {units.with_unit(row['high'], row['unit'])}"
        said.append(
            f"What it changed ({what}): {units.with_unit(row['difference'], row['unit'])} passed that had not, {ends}. "
            f"{row['settles']}".rstrip()
        )
        rows += [case.row(i, "observations") for i in row["reports"] or ()]
    return " ".join(said), tuple(rows)


def trains(case: Case, place_id: str) -> Told:
    """Trains of the last whole year before the report and of the latest, with the capacity they take."""
    held = [q for q in quantities(case.table("observations")) if is_placeable(q)]
    names = {r["place_id"]: r["name"] for r in case.table("places")}
    place = {"place_id": place_id, "name": names[place_id]}
    known = [r for r in train_rows(train_quantities(held, place, names)[0], (), names[place_id]) if r["trains"]]
    before = [r for r in known if r["year"] < case.published[:4]]
    shown = list({r["year"]: r for r in (*before[-1:], *known[-1:])}.values())
    said = "; ".join(_year(r) for r in shown)
    keys = dict.fromkeys(i for r in shown for i in r["reports"] or ())
    return f"As a series: {said}.", tuple(case.row(i, "observations") for i in keys)


def _year(row: dict[str, Any]) -> str:
    use = (
        f", {row['use_percent']:g} % of {row['capacity_a_day']:g} a day ({row['capacity_row']})"
        if row["use_percent"]
        else ""
    )
    return f"{row['trains']:,.0f} trains in {row['year']} ({row['low']:,.0f} to {row['high']:,.0f}){use}"


def full(case: Case, place_id: str) -> Told:
    """What passes at a crossing against its capacities on record."""
    observed = case.table("observations")
    held = [q for q in quantities(observed) if is_placeable(q) and q.place_id == place_id]
    names = {r["place_id"]: r["name"] for r in case.table("places")}
    found = bottlenecks(held, observed, names, periods.as_of(None), lambda q: list(rows(series_of(q), "", ("year",))))
    own = [r for r in found if r["place_id"] == place_id and r["use_percent"] is not None]
    said = "; ".join(
        f"{r['unit']} by {r['mode']} {r['use_percent']:g} % of {r['capacity_a_day']:g} a day "
        f"({r['rests_on'][-1]}, {'undated' if r['capacity_of'] is None else r['capacity_of']})"
        for r in own
    )
    keys = dict.fromkeys(i for r in own for i in r["rests_on"] if i.startswith("O"))
    return f"Use of its capacities on record: {said}.", tuple(case.row(i, "observations") for i in keys)


ROOMS: dict[str, Callable[[Case, str], Told]] = {"attacks": attacks, "effect": effect, "trains": trains, "full": full}


def with_rooms(said: dict[str, Any], case: Case, rows: Sequence[tuple[str, dict[str, Any]]]) -> Told:
    """What the rooms that a statement names say of it, and the rows it rests on beside those it has, each once.

    Args:
        said: the statement; `attacks`, `effect`, `trains` and `full` name what is asked.
        case: the record.
        rows: those that its rule has found.
    """
    told = [ask(case, str(said[name])) for name, ask in ROOMS.items() if name in said]
    have = {(t, str(r["id"])) for t, r in rows if "id" in r}
    more = {(t, str(r["id"])): r for _, held in told for t, r in held if (t, str(r["id"])) not in have}
    return "".join(f" {text}" for text, _ in told), tuple((t, r) for (t, _), r in more.items())
