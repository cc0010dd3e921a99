"""The verb: what passed at a place, month by month and year by year, from all that was reported."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from entrepot.core import store as stores
from entrepot.core import units
from entrepot.core.contract import table
from entrepot.core.document.hinted import Hinted
from entrepot.core.errors import UnknownNameError
from entrepot.core.periods import as_of as day_of
from entrepot.core.words.amounts import counted, with_unit
from entrepot.core.words.translate import ntr, tr
from entrepot.corridors.series.asked_series import Asked, asked_for, place_of
from entrepot.corridors.series.contract import CORRIDOR_SERIES
from entrepot.corridors.series.excluding import excluding
from entrepot.corridors.series.quantities import KEY, Quantity, quantities
from entrepot.corridors.series.series import Series, Unborne, is_placeable, rows, series_of, unborne
from entrepot.desk.answer import Answer
from entrepot.desk.keeping import check_store, keep, record_held
from entrepot.record import embedded
from entrepot.record.layers import own_ids

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from entrepot.desk.answer import Progress
    from entrepot.desk.keeping import Store

_DIGITS = 3  # of what all reports leave, beside a print
_STEPS = {"year": ("year",), "month": ("month",), "both": ("month", "year")}


def corridor_series(
    place: str,
    *,
    quantity: str = "",
    mode: str = "",
    direction: str = "both",
    partner: str = "",
    by: str = "year",
    as_of: str | date | None = None,
    store: Store = None,
    progress: Progress | None = None,
) -> Answer:
    """Estimate what passed at a place from overlapping, partial, bounded and contradicting reports.

    Args:
        place: its id or its name.
        quantity: what is counted, as the metric of the observations: cargo, trains; empty for cargo, else what most
            reports of the place count.
        mode: rail, road, all; empty for each that is reported.
        direction: in, out or both.
        partner: the other side; empty for each.
        by: year, month or both.
        as_of: leave out what was known later; None leaves out nothing.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.
        progress: told (series estimated, series in all).

    Returns:
        Under `corridor_series`; they are kept in the store for `explain`.

    Raises:
        UnknownNameError: no such place, quantity, mode, direction or partner on record.
        BadInputError: no amount is reported there; with what is on record nearby.
    """
    if by not in _STEPS:
        raise UnknownNameError(tr("step of a series"), by, _STEPS)
    check_store(store)
    held, notes = record_held(store)
    if as_of is not None:
        held = embedded.known(held, day_of(as_of)).record
    places = held.tables["places"].to_pylist()
    found = [q for q in quantities(held.tables["observations"].to_pylist()) if is_placeable(q)]
    where = place_of(place, places)
    chosen = asked_for(Asked(quantity, mode, direction, partner), where, found, places)
    made = list(_estimated(chosen, progress))
    data = table(CORRIDOR_SERIES, [r for s in made for r in rows(s, str(where["name"]), _STEPS[by])])
    kept = keep(store, lambda con: stores.keep_shown(con, CORRIDOR_SERIES.name, "series_id", data))
    return Answer(data, (*kept, *notes, *_said(made), *_others(chosen, found, str(where["place_id"]))))


def _estimated(chosen: Sequence[Quantity], progress: Progress | None) -> Iterator[Series]:
    for number, one in enumerate(chosen, 1):
        yield series_of(one)
        if progress is not None:
            progress(number, len(chosen))


def _said(made: Sequence[Series]) -> Iterator[str]:
    """What a reader must know of each series: its reports, those that are not used, those that exclude each other."""
    for one in made:
        quantity = one.quantity
        aside = {**quantity.aside, **one.whole.aside}
        named = f"{quantity.key[KEY.index('mode')]}, {quantity.counter}"
        doubted = (
            tr(", {count} of them by reporters that name no count", count=len(quantity.unnamed))
            if quantity.unnamed
            else ""
        )
        reports = counted(len(quantity.rows), "report")
        yield tr(
            "{named}: {reports}{doubted}{tied}; {count} not used{reasons}.",
            named=named,
            reports=reports,
            doubted=doubted,
            tied=_tied(one),
            count=len(aside),
            reasons=_reasons(aside),
        )
        for i, j in excluding(one.reports):
            ids = " and ".join(one.reports[k].ids[0] for k in (i, j))
            yield tr("{ids} exclude each other: both ways for one to stand are weighed, neither is chosen.", ids=ids)
        yield from map(_doubted, unborne(one), [quantity.unit] * len(one.reports))
        if own := own_ids(str(r["id"]) for r in (*quantity.rows, *quantity.parts)):
            yield ntr(
                len(own),
                "{count} of these reports is your own row: {named}.",
                "{count} of these reports are your own rows: {named}.",
                named=", ".join(own),
            )
    yield tr("Estimates, not counts. Not known: the interval of 95 in 100 is wider than a factor of three.")


def _doubted(one: Unborne, unit: str) -> str:
    """A report that all others do not bear out, with what they leave."""
    said, report = partial(with_unit, unit=unit), one.report
    return tr(
        "{ids}: {value} from {start} to {end}. The other reports do not bear it out: all together leave {low} to "
        "{high}. It is named beside the estimates of its months, and not called printed.",
        ids=" and ".join(report.ids),
        value=said(report.value),
        start=str(report.start),
        end=str(report.end),
        low=said(units.rounded(one.low, _DIGITS)),
        high=said(units.rounded(one.high, _DIGITS)),
    )


def _tied(one: Series) -> str:
    """What two identities add: the other currency, and the third of imports, exports and both ways."""
    made = sum(r.is_made and not r.other_unit for r in one.reports)
    exchanged = [r.other_unit for r in one.reports if r.other_unit]
    words = tr(", {made} made of imports, exports and both ways", made=made) if made else ""
    return words + (
        tr(", {count} in {exchanged} at the mean rate of each month", count=len(exchanged), exchanged=exchanged[0])
        if exchanged
        else ""
    )


def _reasons(aside: dict[str, Any]) -> str:
    if not aside:
        return ""
    whys: dict[str, list[str]] = {}
    for key, why in sorted(aside.items()):
        whys.setdefault(why, []).append(key)
    return " (" + "; ".join(f"{why}: {', '.join(ids)}" for why, ids in whys.items()) + ")"


def _others(chosen: Sequence[Quantity], found: Sequence[Quantity], place_id: str) -> Iterator[str]:
    """What else is on record of the place."""
    at = KEY.index("metric")
    metric = chosen[0].key[at] if chosen else ""
    more = dict.fromkeys(str(q.key[at]) for q in found if q.place_id == place_id and q.rows and q.key[at] != metric)
    if more:
        plain = ", ".join(metric.replace("_", " ") for metric in more)  # as the choice of a page calls them
        yield Hinted(
            tr("Also reported there, by --quantity: {told}.", told=", ".join(more)),
            tr("Also reported there: {told}.", told=plain),
        )
