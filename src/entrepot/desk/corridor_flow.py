"""The verb: many loads over shared capacities at least time, and what a closure or a cap does to them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from entrepot.core import store as stores
from entrepot.core.periods import as_of as day_of
from entrepot.core.runtime.extras import need
from entrepot.core.words.translate import tr
from entrepot.corridors.flows_on.contract import CROSSING_PRICES, FLOWS_FOUND
from entrepot.corridors.flows_on.demand_file import caps, demand
from entrepot.corridors.network.network import closed_places, network
from entrepot.desk.answer import Answer
from entrepot.desk.keeping import check_store, keep, record_held

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from entrepot.corridors.flows_on.demand_file import Wanted
    from entrepot.corridors.flows_on.flow_rows import Sent
    from entrepot.desk.keeping import Store

_LITTLE = 1e-6  # of a load
_NAMED = 3  # rows of the demand in a note; a longer list hides what it says


def corridor_flow(
    file: str | Path,
    *,
    close: Sequence[str] = (),
    cap: Sequence[str] = (),
    prices: bool = False,
    as_of: str | date | None = None,
    store: Store = None,
) -> Answer:
    """Who goes where at least time under the capacities on record, and what a closure or a cap does.

    Args:
        file: the demand: from, to, amount, unit with a period (trucks/day), and at will the only mode.
        close: places that are taken as closed, beside those that the record closes.
        cap: capacities instead of those on record, as khorgos:road=650/day.
        prices: instead of flows, what each capacity is worth from either side.
        as_of: the day; today when None.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.

    Returns:
        Under `flows_found`, or under `crossing_prices`; they are kept in the store for `explain`.

    Raises:
        MissingExtraError: the extra `routes` is not installed.
        BadRowsError: rows of the demand cannot be taken.
        UnknownNameError: no such place.
        BadInputError: a capacity that cannot be read, or limits nothing.
    """
    need("routes", tr("corridor flow"))
    from entrepot.corridors.flows_on.flow_rows import flow_rows, price_rows, sent
    from entrepot.corridors.flows_on.over_network import Changed, arcs

    check_store(store)
    held, notes = record_held(store)
    net = network(held.tables, day_of(as_of))
    wanted = demand(Path(file), net)
    rules = held.tables["rules"].to_pylist()
    modes = {w.mode for w in wanted}
    change = Changed(frozenset(closed_places(net, close)), caps(cap, net))
    before = sent(arcs(net, rules, Changed(), modes), wanted)
    after = before if change == Changed() else sent(arcs(net, rules, change, modes), wanted)
    rows = price_rows(after, before) if prices else flow_rows(after, before, wanted)
    kind, key = (CROSSING_PRICES.name, "price_id") if prices else (FLOWS_FOUND.name, "flow_id")
    kept = keep(store, lambda con: stores.keep_shown(con, kind, key, rows))
    return Answer(rows, (*kept, *notes, *_twice(wanted), *_said(after, before, changed=change != Changed())))


def _said(after: Sent, before: Sent, *, changed: bool) -> tuple[str, ...]:
    """What goes, what is left and by which capacities, what the change costs and whom it moves."""
    from entrepot.corridors.flows_on.flow_rows import assumed_of

    whole = float(after.problem.amount.sum())
    notes = [
        tr(
            "{whole:,.1f} of {whole_2:,.1f} loads of 20 t a day go, in {hours:,.0f} hours in all.",
            whole=whole - after.left,
            whole_2=whole,
            hours=after.hours,
        )
    ]
    km, hours = assumed_of(after)
    notes.append(
        tr("Of the km of all loads that go {km:.0f} % are assumed, of their hours {hours:.0f} %.", km=km, hours=hours)
    )
    if after.apart:
        notes.append(
            tr(
                "Stopped before it was proven least: hours, with a year for each load left behind, lie at "
                "most {apart:.2g} percent above the least possible. Fewer rows of the demand at once come "
                "nearer.",
                apart=100 * after.apart,
            )
        )
    if after.left > _LITTLE:
        notes += _why_left(after)
    if changed:
        more = after.hours - before.hours
        notes.append(
            tr(
                "The change costs {more:+,.0f} hours a day and leaves {left:+,.1f} loads behind.",
                more=more,
                left=after.left - before.left,
            )
        )
        moved = _moved(after, before)
        notes += _as_on_record(after, before)
        told = ", ".join(tr("row {line}: {loads:,.1f}", line=line, loads=loads) for line, loads in moved[:_NAMED])
        more_rows = tr(" and {count} more rows", count=len(moved) - _NAMED) if len(moved) > _NAMED else ""
        notes.append(
            tr("It moves, in loads a day, {told}{more_rows}.", told=told, more_rows=more_rows)
            if moved
            else tr("It moves nobody.")
        )
    notes.append(tr("Capacities are taken as free: what passes already and is not in the demand is not subtracted."))
    return tuple(notes)


def _as_on_record(after: Sent, before: Sent) -> list[str]:
    """Capacities that a person gives and that the record has already: they change nothing, for `before` keeps them."""
    was = {limit.name: limit for limit in before.made.limits if limit.rests_on}
    same = [x for x in after.made.limits if not x.rests_on and x.name in was and was[x.name].loads == x.loads]
    return [
        tr(
            "The record has {name} at {loads:,.0f} a day already ({rests_on}): that --cap changes nothing.",
            name=x.name,
            loads=x.loads,
            rests_on=was[x.name].rests_on,
        )
        for x in same
    ]


def _why_left(after: Sent) -> list[str]:
    """What is left behind: for want of any way, and by which capacities and by how much they fall short."""
    from entrepot.corridors.flows_on.binding_cut import shortfall

    found = shortfall(after)
    if found.apart:
        might = tr("{apart:.2g} percent might yet go", apart=100 * found.apart)
        return [tr("Left behind are {left:,.1f} loads a day, of which up to {might}.", left=after.left, might=might)]
    notes = [tr("Left behind are {left:,.1f} loads a day.", left=after.left)]
    if found.no_way:
        rows = ", ".join(
            tr("row {line}: {loads:,.1f}", line=line, loads=loads) for line, loads in found.no_way[:_NAMED]
        )
        more = tr(" and {count} more rows", count=len(found.no_way) - _NAMED) if len(found.no_way) > _NAMED else ""
        lost = sum(loads for _, loads in found.no_way)
        notes.append(
            tr(
                "For {lost:,.1f} of them no way is left whatever the capacities ({rows}{more}).",
                lost=lost,
                rows=rows,
                more=more,
            )
        )
    if found.limits and found.short > _LITTLE:
        named = [
            tr("{name} ({loads:,.1f} a day{weighed})", name=limit.name, loads=limit.loads, weighed=_weighed(weight))
            for limit, weight in found.limits
        ]
        listed = " and ".join(filter(None, ["; ".join(named[:-1]), named[-1]]))
        together = ", together" if len(named) > 1 else ""
        notes.append(
            tr(
                "The cut that binds is {listed}: {must:,.1f} loads a day would have to pass and {hold:,.1f} "
                "can{together}, {short:,.1f} short. No other way leaves fewer behind.",
                listed=listed,
                must=found.must,
                hold=found.hold,
                together=together,
                short=found.short,
            )
        )
    return notes


def _weighed(weight: float) -> str:
    """The weight of a capacity in a cut, where it is not 1."""
    return "" if abs(weight - 1) < _LITTLE else tr(", counted {weight:.3g} times", weight=weight)


def _twice(wanted: Sequence[Wanted]) -> tuple[str, ...]:
    """Rows that say the same: both are sent, for two shipments may be alike."""
    seen: dict[tuple[object, ...], int] = {}
    pairs = []
    for one in wanted:
        first = seen.setdefault((one.origin, one.target, one.loads, one.mode), one.line)
        if first != one.line:
            pairs.append(tr("{first} and {line}", first=first, line=one.line))
    more = tr(" and {count} more pairs", count=len(pairs) - _NAMED) if len(pairs) > _NAMED else ""
    return (
        (
            tr(
                "Rows that say the same, each sent for itself: {pairs}{more}.",
                pairs=", ".join(pairs[:_NAMED]),
                more=more,
            ),
        )
        if pairs
        else ()
    )


def _moved(after: Sent, before: Sent) -> list[tuple[int, float]]:
    """How much of each row takes another way than before, or none; the most first."""

    def told(flow: Sent) -> dict[tuple[int, tuple[object, ...]], float]:
        return {
            (w.commodity, tuple((g.start, g.end, g.mode, g.line) for a in w.arcs if (g := flow.made.leg[a]))): w.amount
            for w in flow.carried.ways
        }

    was, now = told(before), told(after)
    gone: dict[int, float] = {}
    for key, amount in was.items():
        fewer = amount - now.get(key, 0.0)
        if fewer > 1e-6:  # noqa: PLR2004 - of a load
            gone[key[0] + 1] = gone.get(key[0] + 1, 0.0) + fewer
    return sorted(gone.items(), key=lambda pair: -pair[1])
