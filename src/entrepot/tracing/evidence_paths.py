"""Which exposed parties documents lead to a product from, in the order of their dates, and where the chain ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from entrepot.tracing.supply_network import ELSEWHERE, REGION, UNNAMED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from entrepot.tracing.method.share_rows import Flags
    from entrepot.tracing.supply_network import Network

WALKED = 2_000  # nodes looked at above one product: what is told of it are the nearest, and a person reads some ten
_ANY = np.iinfo(np.int64).max


class _Step(NamedTuple):
    """A node as it was come to from the product: by which link, and by which day what it supplied must have left."""

    node: int
    due: int
    at: int
    below: _Step | None

    def links(self) -> Iterator[int]:
        """The links down to the product."""
        step: _Step | None = self
        while step is not None:
            if step.at >= 0:
                yield step.at
            step = step.below


@dataclass(frozen=True, slots=True)
class Evidence:
    """What lies above a product.

    Attributes:
        reached: exposed nodes, nearest first, each with the links from it to the product.
        ends: nodes above which nothing is known, nearest first.
        above: the nodes that were come to, nearest first.
        is_whole: whether all that lies above was looked at.
    """

    reached: tuple[tuple[int, tuple[int, ...]], ...]
    ends: tuple[int, ...]
    above: tuple[int, ...]
    is_whole: bool


def evidence(made: Network, product: int, exposed: Flags) -> Evidence:
    """What documents lead to a product, breadth first: the nearest path of each exposed node.

    A link counts on a path only where it may have come before the next one went out: goods cannot be made of what
    arrived later.

    Args:
        made: the network.
        product: the node.
        exposed: by node, whether its party is listed or placed in the region, or may be.
    """
    due = {product: _ANY}
    reached: dict[int, tuple[int, ...]] = {}
    ends: dict[int, None] = {}
    layer = [_Step(product, _ANY, -1, None)]
    while layer and len(due) <= WALKED:
        further: list[_Step] = []
        for step in layer:
            if exposed[step.node] or step.node == REGION:
                reached.setdefault(step.node, tuple(step.links()))
                continue
            if step.node == UNNAMED or (step.node > UNNAMED and not made.inputs(step.node)):
                ends.setdefault(step.node)
            further += (s for s in _above(made, step) if _later(due, s))
        layer = further
    return Evidence(tuple(reached.items()), tuple(ends), tuple(due), not layer)


def _above(made: Network, step: _Step) -> Iterator[_Step]:
    if step.node in {REGION, ELSEWHERE, UNNAMED}:
        return
    for k in made.inputs(step.node):
        at = int(made.at[k])
        first, last = (int(made.columns.first[at]), int(made.columns.last[at])) if at >= 0 else (-1, _ANY)
        if first <= step.due:
            yield _Step(int(made.rows.sources[k]), min(step.due, last), at, step)


def _later(due: dict[int, int], step: _Step) -> bool:
    """Whether a node was never come to, or is now with a later day, by which more of its inputs may have come."""
    if step.node in due and due[step.node] >= step.due:
        return False
    due[step.node] = step.due
    return True
