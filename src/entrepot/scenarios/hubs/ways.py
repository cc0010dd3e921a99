"""The ways of one seller's goods to one buyer, and what they cost together. See docs/design/55-ways-round.md.

Buyers' forwarders differ in what a way costs them, so that each way is taken by some: with a dispersion of the costs
rho, a way that becomes dearer by a factor c loses its share as c to the power -rho (Allen and Arkolakis 2022). The
larger rho, the nearer to all going the cheapest way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from entrepot.core.errors import BadInputError, UnknownNameError
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from entrepot.scenarios.equilibrium.world import World

    Array = NDArray[np.float64]

_WHOLE = 1e-9  # what shares of ways may miss one by


@dataclass(frozen=True, eq=False)
class Way:
    """A way of one seller's goods to one buyer.

    Attributes:
        name: of the way: "direct", the hub, the crossing.
        seller: code of the economy that makes the goods.
        buyer: code of the economy that uses them.
        shares: (J,) part of each sector's flow that takes it before the change; the ways of a pair add up to 1.
        factor: on its cost after the change, one for all sectors or (J,): 1 as it was, infinite where it is closed.
        passes: names of the caps that hold what passes.
    """

    name: str
    seller: str
    buyer: str
    shares: Array
    factor: float | Array = 1.0
    passes: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Nest:
    """All ways of one seller's goods to one buyer.

    Attributes:
        seller: position of the economy.
        buyer: likewise.
        shares: (W, J) before the change.
        factors: (W, J) after it, without what full crossings add.
        passes: (W, C) whether a way passes a cap.
        names: of the ways.
    """

    seller: int
    buyer: int
    shares: Array
    factors: Array
    passes: NDArray[np.bool_]
    names: tuple[str, ...]

    def costs(self, waits: Array) -> Array:
        """(W, J) factor on the cost of each way. `waits`: (C,) logarithm of what each cap adds."""
        added: Array = np.exp(self.passes @ waits)
        out: Array = self.factors * added[:, None]
        return out

    def together(self, waits: Array, dispersion: float) -> tuple[Array, Array]:
        """(J,) factor on the cost of the flow, and (W, J) what part of it takes each way afterwards."""
        with np.errstate(divide="ignore"):
            kept = self.shares * self.costs(waits) ** -dispersion
            sums: Array = kept.sum(axis=0)
            return sums ** (-1 / dispersion), np.divide(kept, sums, out=np.zeros_like(kept), where=sums > 0)


def nests(world: World, ways: Iterable[Way], caps: Sequence[str], dispersion: float) -> list[Nest]:
    """The ways by pair of economies.

    Args:
        world: whose economies and sectors they are of.
        ways: all of them.
        caps: names of the caps, in the order of `passes`.
        dispersion: rho.

    Raises:
        UnknownNameError: an economy or a cap that is not there.
        BadInputError: shares that do not add up to 1, a factor at or below 0, a way from an economy to itself.
    """
    _positive(dispersion)
    by_pair: dict[tuple[int, int], list[Way]] = {}
    for way in ways:
        pair = _position(way.seller, world.economies), _position(way.buyer, world.economies)
        if pair[0] == pair[1]:
            raise BadInputError(tr("a way from an economy to itself"), found=f"{way.name}: {way.seller}")
        if not np.all(np.asarray(way.factor) > 0):
            least = float(np.min(way.factor))
            raise BadInputError(
                tr("the cost factor of the way {name}", name=way.name), found=least, allowed=tr("above 0")
            )
        for cap in way.passes:
            if cap not in caps:
                raise UnknownNameError(tr("cap"), cap, list(caps))
        by_pair.setdefault(pair, []).append(way)
    return [_nest(pair, of_pair, caps) for pair, of_pair in by_pair.items()]


def _nest(pair: tuple[int, int], ways: list[Way], caps: Sequence[str]) -> Nest:
    shares = np.array([w.shares for w in ways], dtype=np.float64)
    wrong = np.abs(shares.sum(axis=0) - 1) > _WHOLE
    if wrong.any() or (shares < 0).any():
        raise BadInputError(
            tr("shares of the ways from {seller} to {buyer}", seller=ways[0].seller, buyer=ways[0].buyer),
            found=float(shares.sum(axis=0)[np.argmax(wrong)]),
            allowed=tr("none below 0, together 1 in every sector"),
        )
    passes = np.array([[c in w.passes for c in caps] for w in ways], dtype=bool).reshape(len(ways), len(caps))
    factors = np.array([np.broadcast_to(np.asarray(w.factor, dtype=np.float64), shares.shape[1:]) for w in ways])
    return Nest(*pair, shares, factors, passes, tuple(w.name for w in ways))


def _position(code: str, economies: Sequence[str]) -> int:
    if code not in economies:
        raise UnknownNameError(tr("economy"), code, list(economies))
    return economies.index(code)


def _positive(dispersion: float) -> None:
    if not 0 < dispersion < np.inf:
        raise BadInputError(tr("the dispersion of the costs of ways"), found=dispersion, allowed=tr("a number above 0"))
