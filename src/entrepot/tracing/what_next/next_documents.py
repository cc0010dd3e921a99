"""Which unknown document narrows the interval of a product most: shares left open, origins and matches not settled."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from entrepot.core.words.translate import in_english, tr
from entrepot.tracing.method.exposure_bounds import bound
from entrepot.tracing.method.policy_values import need_scipy, policy_values
from entrepot.tracing.supply_network import ELSEWHERE, ENDS, UNNAMED

if TYPE_CHECKING:
    from entrepot.tracing.method.exposure_bounds import Bound
    from entrepot.tracing.method.share_rows import Floats, ShareRows
    from entrepot.tracing.solved_network import Solved

_FEW = 20_000  # nodes up to which both ends are computed anew for each of the best: a tenth of a second each
_BEST = 10  # named: a person asks for some documents at a time
_LARGE = 1e3  # how often a node is visited: the residual is asked for in this measure
_LEAST = 1e-7  # of the whole: what narrows less is not worth a letter
_DIGITS = 4  # of a percentage
_HUNDRED = 100.0  # per cent


@dataclass(frozen=True, slots=True)
class _Unknown:
    """Something that is not known: which kind, of which node, and by how much knowing it narrows at most."""

    kind: str
    node: int
    gain: float


@in_english
def next_documents(found: Solved, node: int) -> list[dict[str, Any]]:
    """What to ask for, the most telling first, under NEXT_DOCUMENTS.

    A share that is open is supposed to stand in the middle of its ends; an origin to be elsewhere; a party that may be
    listed to be another. What an answer can narrow at most is how much of the product comes through the node, by the
    shares chosen for the most and for the least, times what the answer changes there.

    Args:
        found: the network.
        node: the product.
    """
    through_most, through_least = (_through(found, node, b) for b in (found.most, found.least))
    told = [*_shares(found, through_most, through_least), *_ends(found, through_most)]
    told.sort(key=lambda u: (-u.gain, u.node))
    best = [u for u in told[:_BEST] if u.gain > _LEAST]
    rows = [_row(found, node, u) for u in best]
    return sorted(rows, key=lambda r: (-r["narrows_percent"], r["of_party"], r["asks"]))


def _through(found: Solved, node: int, end: Bound) -> Floats:
    """How much of the product comes through each node, by the shares of one end; in a loop as often as it does."""
    need_scipy(tr("what to ask next"))
    from scipy.sparse import csr_array

    rows = found.made.rows
    free = np.isnan(found.fixed)
    if not free[node]:
        return np.equal(np.arange(rows.nodes), node).astype(np.float64)
    kept = free[rows.takers] & (end.shares > 0)
    shape = (rows.nodes, rows.nodes)
    back = csr_array((end.shares[kept], (rows.sources[kept], rows.takers[kept])), shape=shape)
    begin = np.equal(np.arange(rows.nodes), node).astype(np.float64)
    return policy_values(back, begin, begin, scale=_LARGE)


def _shares(found: Solved, most: Floats, least: Floats) -> list[_Unknown]:
    rows = found.made.rows
    takers = rows.takers
    middle = _middle(rows)
    is_open = np.bincount(takers, weights=rows.high > rows.low, minlength=rows.nodes) > 1
    high, low = (_summed(rows, middle * b.values[rows.sources]) for b in (found.most, found.least))
    gain = most * (found.most.values - high) + least * (low - found.least.values)
    nodes = np.flatnonzero(is_open & np.isnan(found.fixed) & (gain > _LEAST))
    return [_Unknown("shares", int(i), float(gain[i])) for i in nodes]


def _ends(found: Solved, most: Floats) -> list[_Unknown]:
    rows = found.made.rows
    bare = ~rows.has_inputs & ~found.certain & ~found.possible
    bare[:ENDS] = False
    told = [_Unknown("origin", int(i), float(most[i])) for i in np.flatnonzero(bare & (most > _LEAST))]
    told += [_Unknown("match", int(i), float(most[i])) for i in np.flatnonzero(found.possible & (most > _LEAST))]
    unnamed = np.flatnonzero(rows.sources == UNNAMED)
    part = most[rows.takers[unnamed]] * found.most.shares[unnamed]
    told += [
        _Unknown("unnamed", int(rows.takers[k]), float(p)) for k, p in zip(unnamed, part, strict=True) if p > _LEAST
    ]
    return told


def _middle(rows: ShareRows) -> Floats:
    middle: Floats = (rows.low + rows.high) / 2
    return middle / np.where(rows.has_inputs, _summed(rows, middle), 1.0)[rows.takers]


def _summed(rows: ShareRows, weights: Floats) -> Floats:
    return np.asarray(np.bincount(rows.takers, weights=weights, minlength=rows.nodes))


def _row(found: Solved, node: int, unknown: _Unknown) -> dict[str, Any]:
    made = found.made
    width = found.most.values[node] - found.least.values[node]
    if made.rows.nodes <= _FEW:
        low, high, basis = *_anew(found, node, unknown), "computed"
    else:
        low, high, basis = found.least.values[node], found.most.values[node] - min(unknown.gain, width), "estimated"
    party = made.name(unknown.node)
    good = made.good(unknown.node).good or tr("what it supplies")
    asks, if_so = {
        "shares": (
            tr("how much of {good} came from each supplier", good=good),
            tr("each share stands in the middle of its ends"),
        ),
        "origin": (tr("where {good} was made, and of what", good=good), tr("all of it was made elsewhere")),
        "match": (tr("whether it is the listed party"), tr("it is another")),
        "unnamed": (tr("who supplied the rest of {good}", good=good), tr("all of it came from elsewhere")),
    }[unknown.kind]
    return {
        "product": made.good(node).good or None,
        "party": made.name(node),
        "of_party": party,
        "asks": asks,
        "if_so": if_so,
        "low_percent": _percent(low),
        "high_percent": _percent(high),
        "narrows_percent": _percent(max(0.0, width - (high - low))),
        "basis": basis,
    }


def _anew(found: Solved, node: int, unknown: _Unknown) -> tuple[float, float]:
    """Both ends of the product when it is known."""
    rows, fixed, opened = found.made.rows, found.fixed.copy(), found.opened.copy()
    if unknown.kind in {"origin", "match"}:
        opened[unknown.node] = found.fixed[unknown.node]
    elif unknown.kind == "unnamed":
        own = (rows.takers == unknown.node) & (rows.sources == UNNAMED)
        rows = replace(rows, sources=np.where(own, ELSEWHERE, rows.sources))
    else:
        own, middle = rows.takers == unknown.node, _middle(rows)
        rows = replace(rows, low=np.where(own, middle, rows.low), high=np.where(own, middle, rows.high))
    return float(bound(rows, fixed, "least").values[node]), float(bound(rows, opened, "most").values[node])


def _percent(share: float) -> float:
    return round(float(share) * _HUNDRED, _DIGITS)
