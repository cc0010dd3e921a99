"""What share of a product's input each link is, by what all links of the product say alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from entrepot.tracing.link_columns import LinkColumns
    from entrepot.tracing.method.share_rows import Flags, Floats, Ints

# What the shares of a node are parts of, by number: as rows print them, of values in one currency, of quantities of one
# material in one unit, the whole of the only supply, or not known.
SHARE_OF = ("percent", "value", "quantity", "one_supply", "not_known")
_PERCENT, _VALUE, _QUANTITY, _ONE, _UNKNOWN = range(len(SHARE_OF))
_ROUNDING = 1e-9  # of sums of shares that were read from decimal text


@dataclass(frozen=True, slots=True, eq=False)
class LinkShares:
    """Shares of inputs.

    Attributes:
        low, high: the ends of each input's share.
        rest_of, rest_low, rest_high: nodes of which shares leave a part that no link names, and that part.
        is_unsure: by node, whether its shares are not known at all.
        is_over: by node, whether its shares sum to more than the whole, so that they are read as not known.
        share_of: by node, of what its shares are, as a place in `SHARE_OF`; -1 of a node without inputs.
    """

    low: Floats
    high: Floats
    rest_of: Ints
    rest_low: Floats
    rest_high: Floats
    is_unsure: Flags
    is_over: Flags
    share_of: Ints


def shares_of(seen: LinkColumns, nodes: int, takers: Ints, at: Ints) -> LinkShares:
    """Shares by per cent; else by value in one currency; else by quantity of one material in one unit; else not known.

    Args:
        seen: the links.
        nodes: how many there are.
        takers: of each input its node, in the order of the nodes.
        at: of each input its link.
    """
    counts = np.bincount(takers, minlength=nodes)
    printed = (counts > 0) & (_summed(nodes, takers, np.isnan(seen.high[at])) == 0)
    least, most = (_summed(nodes, takers, np.nan_to_num(x[at])) for x in (seen.low, seen.high))
    is_over = printed & (least > 1 + _ROUNDING)
    low, high = np.zeros(len(at)), np.ones(len(at))
    told = printed & ~is_over
    known = told.copy()
    share_of = np.where(counts > 0, _UNKNOWN, -1)
    share_of[told] = _PERCENT
    low, high = (np.where(told[takers], np.nan_to_num(x[at]), y) for x, y in ((seen.low, low), (seen.high, high)))
    for kind, amount, measure in (
        (_VALUE, seen.value, seen.currency), (_QUANTITY, seen.quantity, seen.measure),
    ):  # fmt: skip
        same = ~known & ~printed & _alike(nodes, takers, np.where(np.isnan(amount[at]), -1, measure[at]))
        held = np.where(same[takers], np.nan_to_num(amount[at]), 0.0)
        share = held / np.where(same, _summed(nodes, takers, held), 1)[takers]
        low, high = (np.where(same[takers], share, x) for x in (low, high))
        known |= same
        share_of[same] = kind
    share_of[(share_of != -1) & ~told & (counts == 1)] = _ONE
    low[~known[takers] & (counts[takers] == 1)] = 1.0  # the only link that there is
    left = told & (1 - least > _ROUNDING)
    rest = np.flatnonzero(left)
    ends = np.clip(1 - most[rest], 0, 1), 1 - least[rest]
    return LinkShares(low, high, rest, *ends, ~known & (counts > 1), is_over, share_of)


def _summed(nodes: int, takers: Ints, weights: Floats | Flags) -> Floats:
    return np.asarray(np.bincount(takers, weights=weights, minlength=nodes), dtype=np.float64)


def _alike(nodes: int, takers: Ints, code: Ints) -> Flags:
    """Which nodes have inputs that all have one code, and it is said."""
    found = np.zeros(nodes, dtype=bool)
    if len(takers):
        begin = np.flatnonzero(np.concatenate([[True], takers[1:] != takers[:-1]]))
        least, most = np.minimum.reduceat(code, begin), np.maximum.reduceat(code, begin)
        found[takers[begin]] = (least == most) & (least >= 0)
    return found
