"""The verb: the links of the network on a day, or reports that span several of them against their sum."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from entrepot.core import store as stores
from entrepot.core.periods import as_of as day_of
from entrepot.corridors.network.contract import NETWORK, NETWORK_SUMS
from entrepot.corridors.network.network import network
from entrepot.corridors.network.network import place as place_of
from entrepot.corridors.network.network_rows import assumed_share, network_rows
from entrepot.corridors.routing.sums import sums
from entrepot.desk.answer import Answer
from entrepot.desk.keeping import check_store, keep, record_held

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from entrepot.corridors.network.leg import Leg
    from entrepot.corridors.network.network import Network
    from entrepot.desk.keeping import Store


def corridor_network(
    *,
    place: str | None = None,
    mode: str | None = None,
    check_sums: bool = False,
    as_of: str | date | None = None,
    store: Store = None,
) -> Answer:
    """The links of the network on a day: km, hours, dollars, and on what each rests.

    Args:
        place: only links that end there, by id or name.
        mode: only links of this mode.
        check_sums: instead of links, the reports that span several of them, each against the sum of the links.
        as_of: the day; today when None.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.

    Returns:
        Under `network`, a row a link in the direction in which the record names it, or under `network_sums`; they are
        kept in the store for `explain`.

    Raises:
        UnknownNameError: no such place.
    """
    check_store(store)
    held, notes = record_held(store)
    net = network(held.tables, day_of(as_of))
    at = None if place is None else place_of(net, place, "--place")
    if check_sums:
        told = [r for r in held.tables["network_links"].to_pylist() if at in {None, r["from"], r["to"]}]
        rows = sums([r for r in told if mode in {None, r["mode"]}], net, network(held.tables, net.day, planned=True))
        kept = keep(store, lambda con: stores.keep_shown(con, NETWORK_SUMS.name, "sum_id", rows))
        counted = ", ".join(f"{n} {word}" for word, n in Counter(rows.column("verdict").to_pylist()).most_common())
        return Answer(rows, (*kept, *notes, f"{rows.num_rows} reports span several links: {counted or 'none'}."))
    legs = [leg for leg in net.legs[::2] if at in {None, leg.start, leg.end} and mode in {None, leg.mode}]
    rows = network_rows(net, legs)
    kept = keep(store, lambda con: stores.keep_shown(con, NETWORK.name, "leg_id", rows))
    return Answer(rows, (*kept, *notes, *_said(net, legs)))


def _said(net: Network, legs: Sequence[Leg]) -> tuple[str, ...]:
    """How many, what of them is assumed, and what was left out."""
    shares = (
        ("km", assumed_share(leg.km for leg in legs)),
        ("hours", assumed_share(p for leg in legs for p in (leg.moving, leg.border))),
        ("dollars", assumed_share(p for leg in legs for p in (leg.freight, leg.fees))),
    )
    told = ", ".join(f"{share:.0f} % of the {what}" for what, share in shares)
    torn = sum(leg.km_high > leg.km_low for leg in legs)
    out = ", ".join(f"{n} {status.replace('_', ' ')}" for status, n in sorted(net.not_open.items()))
    return (
        f"{len(legs)} links on {net.day}; assumed are {told}: entrepot record network_assumptions.",
        f"Reports differ on the length of {torn}; the newest is used. Left out: {out or 'nothing'}.",
    )
