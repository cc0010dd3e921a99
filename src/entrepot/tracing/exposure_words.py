"""Sentences and lines of an exposure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from entrepot.core.words.translate import ntr, tr
from entrepot.tracing.supply_network import REGION, UNNAMED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from entrepot.tracing.asked_exposure import Exposed
    from entrepot.tracing.evidence_paths import Evidence
    from entrepot.tracing.method.exposure_bounds import Bound
    from entrepot.tracing.method.share_rows import ShareRows
    from entrepot.tracing.supply_network import Network, Row

_SHARES = 20  # told of one certificate: a person reads no more, and the row says that it is a part
_NAMED = 3  # makers in a sentence; the row names more
_HUNDRED = 100.0  # per cent


def link_said(row: Row) -> str:
    """A link: who supplied what to whom, when, by which document."""
    what = f" {row['material']}" if row["material"] else ""
    when = f", {row['date']}" if row["date"] else tr(", no date")
    by = f", {row['document']}" if row["document"] else tr(", no document")
    into = tr(" for {product}", product=row["product"]) if row["product"] else ""
    return f"{row['supplier']} →{what} → {row['buyer']}{into}{when}{by}"


def party_said(made: Network, exposed: Mapping[str, Exposed], node: int) -> str:
    """An exposed party with its ground."""
    if node == REGION:
        return tr("origin in the region, as the link says")
    ground = exposed[made.good(node).party_id]
    return f"{made.name(node)} ({ground.words}{'' if ground.strength == 'certain' else '; possible'})"


def end_said(made: Network, node: int) -> str:
    """Where the chain is not known further."""
    if node == UNNAMED:
        return tr("a part of the input that no link names")
    return tr("{good} of {name}", good=made.good(node).good or tr("supplies"), name=made.name(node))


def unplaced_said(made: Network, node: int) -> str:
    """A maker of which no file tells where it makes."""
    return tr("where {name} makes {good}", name=made.name(node), good=made.good(node).good or tr("what it supplies"))


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
    left = count - _SHARES
    more = tr("and {left} more", left=left) if seen.is_whole else tr("and at least {left} more", left=left)
    return [*told, more] if left > 0 else told


def _share_said(made: Network, node: int, k: int, end: Bound) -> str:
    at = int(made.at[k])
    what = tr("what no link names") if at < 0 else made.row(at)["supplier"]
    return tr(
        "{shares:.4g} % of {good} of {name} from {what}",
        shares=end.shares[k] * _HUNDRED,
        good=made.good(node).good or tr("the input"),
        name=made.name(node),
        what=what,
    )


def reason(said: Mapping[str, Any], unplaced: Sequence[str] = (), lacking: Sequence[str] = ()) -> str:
    """The answer in one sentence, and another for inputs without a supplier.

    Args:
        said: the row.
        unplaced: makers above the product of which no file tells where they make, nearest first.
        lacking: inputs in the product that nobody is on record as supplying, in words.
    """
    answer = _answer(said, unplaced, is_lacking=bool(lacking))
    if not lacking:
        return answer
    more = tr(" and {count} more", count=len(lacking) - _NAMED) if len(lacking) > _NAMED else ""
    return f"{answer} " + tr("Nobody is on record as supplying {inputs}.", inputs="; ".join(lacking[:_NAMED]) + more)


def _answer(said: Mapping[str, Any], unplaced: Sequence[str], *, is_lacking: bool) -> str:
    if said["touches"] == "cannot_be_excluded" and not said["high_percent"] and (is_lacking or unplaced):
        return _open_elsewhere(said, unplaced, is_lacking=is_lacking)
    what = _what(said)
    if said["touches"] == "yes" and not said["tiers"]:
        return tr("{reached} makes it: any amount is enough for the presumption.", reached=said["reached"][0])
    if said["touches"] == "yes":
        links = ntr(said["tiers"], "{count} link", "{count} links")
        return tr(
            "Documents lead from {reached} to {what} over {links}: any amount is enough for the "
            "presumption. Its share is {between}.",
            reached=said["reached"][0],
            what=what,
            links=links,
            between=_between(said),
        )
    if said["touches"] == "no":
        return tr(
            "By the links that were loaded every input of {what} is traced to an origin elsewhere, and "
            "no party on the way is listed.",
            what=what,
        )
    if said["reached"]:
        return tr(
            "{reached} may be such a party, and supplies {what}: its share is {between}.",
            reached=said["reached"][0],
            what=what,
            between=_between(said),
        )
    return tr(
        "No documents lead from such a party to {what}; of up to {untraced_percent:.4g} % of its input "
        "the origin is not known, so that it cannot be excluded.",
        what=what,
        untraced_percent=said["untraced_percent"],
    )


def _open_elsewhere(said: Mapping[str, Any], unplaced: Sequence[str], *, is_lacking: bool) -> str:
    """That what links name comes from elsewhere, and what else is not told."""
    if is_lacking:
        return tr(
            "By the links that were loaded every input of {what} that they name is traced to an origin elsewhere, and "
            "no party on the way is listed; but it has inputs that they do not name, so that it cannot be excluded.",
            what=_what(said),
        )
    more = tr(" and {count} more", count=len(unplaced) - _NAMED) if len(unplaced) > _NAMED else ""
    return tr(
        "By the links that were loaded every input of {what} is traced to an origin elsewhere, and no party on the "
        "way is listed; but no file tells where {makers} make theirs, so that it cannot be excluded.",
        what=_what(said),
        makers=", ".join(unplaced[:_NAMED]) + more,
    )


def _what(said: Mapping[str, Any]) -> str:
    if said["product"]:
        return tr("{product} of {party}", product=said["product"], party=said["party"])
    return tr("what {party} is supplied with", party=said["party"])


def _between(said: Mapping[str, Any]) -> str:
    low, high = said["low_percent"], said["high_percent"]
    if low == high:
        return tr("{low:.4g} % of the input", low=low)
    return tr("between {low:.4g} and {high:.4g} % of the input", low=low, high=high)
