"""Sentences and lines of an exposure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from entrepot.tracing.supply_network import REGION, UNNAMED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from entrepot.tracing.asked_exposure import Exposed
    from entrepot.tracing.evidence_paths import Evidence
    from entrepot.tracing.method.exposure_bounds import Bound
    from entrepot.tracing.method.share_rows import ShareRows
    from entrepot.tracing.supply_network import Network, Row

_SHARES = 20  # told of one certificate: a person reads no more, and the row says that it is a part
_HUNDRED = 100.0  # per cent


def link_said(row: Row) -> str:
    """A link: who supplied what to whom, when, by which document."""
    what = f" {row['material']}" if row["material"] else ""
    when = f", {row['date']}" if row["date"] else ", no date"
    by = f", {row['document']}" if row["document"] else ", no document"
    into = f" for {row['product']}" if row["product"] else ""
    return f"{row['supplier']} →{what} → {row['buyer']}{into}{when}{by}"


def party_said(made: Network, exposed: Mapping[str, Exposed], node: int) -> str:
    """An exposed party with its ground."""
    if node == REGION:
        return "origin in the region, as the link says"
    ground = exposed[made.good(node).party_id]
    return f"{made.name(node)} ({ground.words}{'' if ground.strength == 'certain' else '; possible'})"


def end_said(made: Network, node: int) -> str:
    """Where the chain is not known further."""
    if node == UNNAMED:
        return "a part of the input that no link names"
    return f"{made.good(node).good or 'supplies'} of {made.name(node)}"


def shares_said(made: Network, rows: ShareRows, end: Bound, seen: Evidence) -> list[str]:
    """The shares that were chosen where documents leave them open, one line each."""
    told: list[str] = []
    count = 0
    for node in sorted(seen.above):
        begin, stop = int(rows.starts[node]), int(rows.starts[node + 1])
        is_open = (rows.high[begin:stop] > rows.low[begin:stop]) & (stop - begin > 1)
        chosen = np.flatnonzero(is_open)
        count += len(chosen)
        told += [_share_said(made, node, begin + int(k), end) for k in chosen[: max(0, _SHARES - len(told))]]
    more = "" if seen.is_whole else " at least"
    return told + ([f"and{more} {count - _SHARES} more"] if count > _SHARES else [])


def _share_said(made: Network, node: int, k: int, end: Bound) -> str:
    at = int(made.at[k])
    what = "what no link names" if at < 0 else made.row(at)["supplier"]
    return f"{end.shares[k] * _HUNDRED:.4g} % of {made.good(node).good or 'the input'} of {made.name(node)} from {what}"


def reason(said: Mapping[str, Any]) -> str:
    """The answer in one sentence."""
    what = f"{said['product']} of {said['party']}" if said["product"] else f"what {said['party']} is supplied with"
    if said["touches"] == "yes" and not said["tiers"]:
        return f"{said['reached'][0]} makes it: any amount is enough for the presumption."
    if said["touches"] == "yes":
        links = f"{said['tiers']} link{'s' * (said['tiers'] != 1)}"
        return (
            f"Documents lead from {said['reached'][0]} to {what} over {links}: any amount is enough for the "
            f"presumption. Its share is {_between(said)}."
        )
    if said["touches"] == "no":
        return (
            f"By the links that were loaded every input of {what} is traced to an origin elsewhere, and no party on "
            "the way is listed."
        )
    if said["reached"]:
        return f"{said['reached'][0]} may be such a party, and supplies {what}: its share is {_between(said)}."
    return (
        f"No documents lead from such a party to {what}; of up to {said['untraced_percent']:.4g} % of its input the "
        "origin is not known, so that it cannot be excluded."
    )


def _between(said: Mapping[str, Any]) -> str:
    low, high = said["low_percent"], said["high_percent"]
    if low == high:
        return f"{low:.4g} % of the input"
    return f"between {low:.4g} and {high:.4g} % of the input"
