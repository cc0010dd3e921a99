"""The verb: the links of the network on a day, or reports that span several of them against their sum."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from entrepot.core import store as stores
from entrepot.core.contract import table
from entrepot.core.errors import BadInputError, UnknownNameError
from entrepot.core.periods import as_of as day_of
from entrepot.core.words.amounts import counted
from entrepot.core.words.translate import tr
from entrepot.corridors.bottlenecks.contract import CROSSING_BOTTLENECKS
from entrepot.corridors.bottlenecks.use_of_capacity import NEAR, STALE, is_dated
from entrepot.corridors.bottlenecks.use_of_capacity import bottlenecks as use_of_crossings
from entrepot.corridors.network.contract import MODES, NETWORK, NETWORK_SUMS
from entrepot.corridors.network.network import network
from entrepot.corridors.network.network import place as place_of
from entrepot.corridors.network.network_rows import assumed_share, network_rows
from entrepot.corridors.routing.sums import sums
from entrepot.corridors.series.quantities import KEY, quantities
from entrepot.corridors.series.series import is_placeable, series_of
from entrepot.corridors.series.series import rows as series_rows
from entrepot.desk.answer import Answer
from entrepot.desk.keeping import check_store, keep, record_held
from entrepot.record import embedded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    import pyarrow as pa

    from entrepot.corridors.network.leg import Leg
    from entrepot.corridors.network.network import Network
    from entrepot.desk.keeping import Store
    from entrepot.record.embedded import Record


def corridor_network(
    *,
    place: str | None = None,
    mode: str | None = None,
    check_sums: bool = False,
    bottlenecks: bool = False,
    as_of: str | date | None = None,
    store: Store = None,
) -> Answer:
    """The links of the network on a day: km, hours, dollars, and on what each rests.

    Args:
        place: only links that end there, by id or name.
        mode: only links of this mode.
        check_sums: instead of links, the reports that span several of them, each against the sum of the links.
        bottlenecks: instead of links, crossings with a capacity on record, each with what passes against it.
        as_of: the day; today when None.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.

    Returns:
        Under `network`, a row a link in the direction in which the record names it, or under `network_sums` or
        `crossing_bottlenecks`; they are kept in the store for `explain`.

    Raises:
        UnknownNameError: no such place or mode.
        BadInputError: sums and bottlenecks are asked for at once.
    """
    if check_sums and bottlenecks:
        raise BadInputError(tr("sums and bottlenecks at once"), remedy=tr("Ask for one of them."))
    refuse_unknown_modes(() if mode is None else (mode,))
    check_store(store)
    held, notes = record_held(store)
    net = network(held.tables, day_of(as_of))
    at = None if place is None else place_of(net, place, "--place")
    if bottlenecks:
        rows = _full(held, net, at, mode, as_of)
        kept = keep(store, lambda con: stores.keep_shown(con, CROSSING_BOTTLENECKS.name, "bottleneck_id", rows))
        return Answer(rows, (*kept, *notes, *_of_full(rows.to_pylist())))
    if check_sums:
        told = [r for r in held.tables["network_links"].to_pylist() if at in {None, r["from"], r["to"]}]
        rows = sums([r for r in told if mode in {None, r["mode"]}], net, network(held.tables, net.day, planned=True))
        kept = keep(store, lambda con: stores.keep_shown(con, NETWORK_SUMS.name, "sum_id", rows))
        counted = ", ".join(f"{n} {tr(word)}" for word, n in Counter(rows.column("verdict").to_pylist()).most_common())
        return Answer(
            rows,
            (
                *kept,
                *notes,
                tr(
                    "{num_rows} reports span several links: {counted}.",
                    num_rows=rows.num_rows,
                    counted=counted or "none",
                ),
            ),
        )
    legs = [leg for leg in net.legs[::2] if at in {None, leg.start, leg.end} and mode in {None, leg.mode}]
    rows = network_rows(net, legs)
    kept = keep(store, lambda con: stores.keep_shown(con, NETWORK.name, "leg_id", rows))
    return Answer(rows, (*kept, *notes, *_said(net, legs)))


def refuse_unknown_modes(modes: Iterable[str]) -> None:
    """Refuse a mode that no link has: without it nothing would be found, and nobody would know why.

    Args:
        modes: those asked for.

    Raises:
        UnknownNameError: no such mode.
    """
    for mode in modes:
        if mode not in MODES:
            raise UnknownNameError(tr("mode"), mode, MODES)


def _full(held: Record, net: Network, at: str | None, mode: str | None, as_of: str | date | None) -> pa.Table:
    """Crossings against their capacity; what became known after a day that is asked for is left out."""
    known = held if as_of is None else embedded.known(held, net.day).record
    observed = known.tables["observations"].to_pylist()
    names = {str(r["place_id"]): str(r["name"]) for r in held.tables["places"].to_pylist()}

    def asked(place_id: str, by: str) -> bool:
        return at in {None, place_id} and mode in {None, by}

    # Series that nobody asks for are not estimated: each takes a while.
    by = KEY.index("mode")
    counts = [q for q in quantities(observed) if is_placeable(q) and asked(q.place_id, str(q.key[by]))]
    found = use_of_crossings(
        counts, observed, names, net.day, lambda q: list(series_rows(series_of(q), names[q.place_id], ("year",)))
    )
    return table(CROSSING_BOTTLENECKS, [r for r in found if asked(r["place_id"], r["mode"])])


def _of_full(rows: Sequence[dict[str, Any]]) -> tuple[str, ...]:
    told = Counter(r["state"] for r in rows)
    recent = sum(map(is_dated, rows))
    first = tr(
        "Of {count} on record {over} are exceeded, {near} used to {near_2:g} percent or more, {below} "
        "to less, of {not_known} the use is not known.",
        count=counted(len(rows), "capacity", "capacities"),
        over=told["over"],
        near=told["near"],
        near_2=NEAR,
        below=told["below"],
        not_known=told["not_known"],
    )
    second = tr(
        "What is exceeded is out of date or counts something else, or is a limit that has just been "
        "set. {recent} of the capacities have a date of the last {stale:g} years (capacity_of, "
        "capacity_years). Plans are left out.",
        recent=recent,
        stale=STALE,
    )
    return (first, second)


def _said(net: Network, legs: Sequence[Leg]) -> tuple[str, ...]:
    """How many, what of them is assumed, and what was left out."""
    shares = (
        ("km", assumed_share(leg.km for leg in legs)),
        ("hours", assumed_share(p for leg in legs for p in (leg.moving, leg.border))),
        ("dollars", assumed_share(p for leg in legs for p in (leg.freight, leg.fees))),
    )
    told = ", ".join(tr("{share:.0f} % of the {what}", share=share, what=what) for what, share in shares)
    torn = sum(leg.km_high > leg.km_low for leg in legs)
    out = ", ".join(f"{n} {status.replace('_', ' ')}" for status, n in sorted(net.not_open.items()))
    return (
        tr(
            "{count} links on {day}; assumed are {told}: entrepot record network_assumptions.",
            count=len(legs),
            day=net.day,
            told=told,
        ),
        tr(
            "Reports differ on the length of {torn}; the newest is used. Left out: {out}.",
            torn=torn,
            out=out or "nothing",
        ),
    )
