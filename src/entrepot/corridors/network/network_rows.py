"""The links of the network as rows, with the share of each quantity that is assumed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core.contract import table
from entrepot.core.shown import row_id
from entrepot.core.words.translate import in_english
from entrepot.corridors.network.contract import BASES, NETWORK
from entrepot.corridors.network.leg import SEA_LANES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pyarrow as pa

    from entrepot.corridors.network.assumed import Amount
    from entrepot.corridors.network.leg import Leg
    from entrepot.corridors.network.network import Network

_ESTIMATES = ("km", "hours", "hours_at_border", "usd")


@in_english
def network_rows(net: Network, legs: Sequence[Leg]) -> pa.Table:
    """Links under `NETWORK`.

    Args:
        net: the network.
        legs: those to show.
    """
    rows = [_row(net, leg) for leg in legs]
    return table(NETWORK, [r | {"leg_id": row_id("leg", r, estimates=_ESTIMATES)} for r in rows])


def _row(net: Network, leg: Leg) -> dict[str, Any]:
    capacities = [
        f"{r['capacity_per_year']:,.0f} {r['capacity_unit']} ({r['id']}{_marked(r)})"
        for r in leg.rows
        if r["capacity_per_year"] is not None
    ]
    torn = [f"{r['km']:g} ({r['id']})" for r in leg.rows if r["km"] is not None and r["km_basis"] != SEA_LANES]
    return {
        "from": leg.start,
        "to": leg.end,
        "mode": leg.mode,
        "line": leg.line,
        "km": round(leg.km.value, 1),
        "km_low": round(leg.km_low, 1),
        "km_high": round(leg.km_high, 1),
        "km_basis": leg.km.basis,
        "hours": round(leg.hours, 1),
        "hours_at_border": round(leg.border.value, 1),
        "hours_basis": worst((leg.moving, leg.border)),
        "usd": round(leg.usd),
        "usd_basis": worst((leg.freight, leg.fees)),
        "border": leg.crosses,
        "gauge_break": leg.gauge_break,
        "capacities": capacities or None,
        "disagreement": " or ".join(torn) if leg.km_high > leg.km_low else None,
        "rests_on": list(leg.rests_on),
        "source_ids": list(dict.fromkeys(net.sources[i] for i in leg.rests_on if i in net.sources)),
    }


def _marked(row: Mapping[str, Any]) -> str:
    said = row["corrected"] or ""
    return f", {said.removeprefix('marked: ')}" if said.startswith("marked: ") else ""


def worst(parts: Iterable[Amount]) -> str:
    """The weakest basis among the parts that are not nothing."""
    held = [p.basis for p in parts if p.value] or ["reported"]
    return max(held, key=BASES.index)


def assumed_share(parts: Iterable[Amount]) -> float:
    """The percentage of a sum that is assumed; 0 of nothing.

    Args:
        parts: the parts of the sum.
    """
    held = list(parts)
    whole = sum(p.value for p in held)
    return 100 * sum(p.value for p in held if p.basis == "assumed") / whole if whole else 0.0
