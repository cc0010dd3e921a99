"""Which exposed parties documents lead to a product from, in the order of their dates, and where the chain ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from entrepot.core.periods import first_day, last_day
from entrepot.tracing.supply_network import ELSEWHERE, REGION, UNNAMED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from entrepot.tracing.supply_network import Network


class _Step(NamedTuple):
    """A node as it was come to from the product: by which link, and by which day what it supplied must have left."""

    node: int
    due: date
    at: int | None
    below: _Step | None

    def links(self) -> Iterator[int]:
        """Rows of the links down to the product."""
        step: _Step | None = self
        while step is not None:
            if step.at is not None:
                yield step.at
            step = step.below


@dataclass(frozen=True, slots=True)
class Evidence:
    """What lies above a product.

    Attributes:
        reached: exposed nodes, nearest first, each with the rows of the links from it to the product.
        ends: nodes above which nothing is known, nearest first.
        above: every node that was come to.
    """

    reached: tuple[tuple[int, tuple[int, ...]], ...]
    ends: tuple[int, ...]
    above: frozenset[int]


def evidence(made: Network, product: int, exposed: AbstractSet[int]) -> Evidence:
    """What documents lead to a product, breadth first: the nearest path of each exposed node.

    A link counts on a path only where it may have come before the next one went out: goods cannot be made of what
    arrived later.

    Args:
        made: the network.
        product: the node.
        exposed: nodes of parties that are listed or placed in the region, or may be.
    """
    due = {product: date.max}
    reached: dict[int, tuple[int, ...]] = {}
    ends: dict[int, None] = {}
    layer = [_Step(product, date.max, None, None)]
    while layer:
        further: list[_Step] = []
        for step in layer:
            if step.node in exposed or step.node == REGION:
                reached.setdefault(step.node, tuple(step.links()))
                continue
            if step.node == UNNAMED or (step.node > UNNAMED and not made.inputs[step.node]):
                ends.setdefault(step.node)
            further += (s for s in _above(made, step) if _later(due, s))
        layer = further
    return Evidence(tuple(reached.items()), tuple(ends), frozenset(due))


def _above(made: Network, step: _Step) -> Iterator[_Step]:
    if step.node in {REGION, ELSEWHERE, UNNAMED}:
        return
    for link in made.inputs[step.node]:
        day = made.rows[link.at]["date"] if link.at is not None else None
        if day and first_day(day) > step.due:
            continue
        yield _Step(link.source, min(step.due, last_day(day)) if day else step.due, link.at, step)


def _later(due: dict[int, date], step: _Step) -> bool:
    """Whether a node was never come to, or is now with a later day, by which more of its inputs may have come."""
    if step.node in due and due[step.node] >= step.due:
        return False
    due[step.node] = step.due
    return True
