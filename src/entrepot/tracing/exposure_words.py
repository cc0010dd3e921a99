"""Sentences and lines of an exposure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.tracing.supply_network import REGION, UNNAMED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

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
    good = made.goods[node]
    ground = exposed[good.party_id]
    return f"{name_of(made, node)} ({ground.words}{'' if ground.strength == 'certain' else '; possible'})"


def name_of(made: Network, node: int) -> str:
    """The name of the party of a node, as the first link that names it has it."""
    party = made.goods[node].party_id
    for row in made.rows:
        for who in ("supplier", "buyer"):
            if row[f"{who}_id"] == party:
                return str(row[who])
    return party


def ends_said(made: Network, ends: Sequence[int]) -> list[str]:
    """Where the chain is not known further."""
    said = []
    for node in ends:
        good = made.goods[node].good
        unnamed = node == UNNAMED
        said.append(
            "a part of the input that no link names" if unnamed else f"{good or 'supplies'} of {name_of(made, node)}"
        )
    return said


def shares_said(made: Network, rows: ShareRows, end: Bound, seen: Evidence) -> list[str]:
    """The shares that were chosen where documents leave them open, one line each."""
    told = list(_open_shares(made, rows, end, seen))
    more = [f"and {len(told) - _SHARES} more"] if len(told) > _SHARES else []
    return told[:_SHARES] + more


def _open_shares(made: Network, rows: ShareRows, end: Bound, seen: Evidence) -> Iterator[str]:
    for node in sorted(seen.above):
        begin, stop = int(rows.starts[node]), int(rows.starts[node + 1])
        for k in range(begin, stop):
            if stop - begin > 1 and rows.high[k] > rows.low[k]:
                link = made.inputs[node][k - begin]
                what = "what no link names" if link.at is None else f"{made.rows[link.at]['supplier']}"
                into = made.goods[node].good or "the input"
                yield f"{end.shares[k] * _HUNDRED:.4g} % of {into} of {name_of(made, node)} from {what}"


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
