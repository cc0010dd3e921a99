"""A change after which an economy could only buy or only sell abroad, or neither, while its deficit is held."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from entrepot.core.errors import NotEstimableError
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from entrepot.scenarios.equilibrium.world import World

    Array = NDArray[np.float64]

_NAMED = 5  # economies; more are counted


def refuse_one_way(world: World, kept: Array, deficits: Array, nothing: float) -> None:
    """Refuse what cannot balance, before it is sought: imports less exports are what the deficit is.

    Who sells nothing abroad and has no deficit would have to buy nothing, however cheap its wages; who buys nothing and
    has no surplus would have to sell nothing, however dear; who does neither has neither.

    Args:
        world: the baseline.
        kept: (J, N, N) shares of buyers' spending that the change leaves, by sector, buyer and seller; 0 where cut.
        deficits: (N,) imports less exports after the change, in shares of each economy's value added.
        nothing: a deficit or surplus up to this is none.

    Raises:
        NotEstimableError: an economy that would have to, with what can be done.
    """
    passes = ((kept > 0) & (world.spending > 0)[:, :, None]).any(axis=0)
    np.fill_diagonal(passes, val=False)
    sells, buys = passes.any(axis=0), passes.any(axis=1)
    unpaid, unspent = buys & ~sells & (deficits <= nothing), sells & ~buys & (deficits >= -nothing)
    shut = ~sells & ~buys & (np.abs(deficits) > nothing)
    both = tr("Ban both ways, or say a leakage above 0.")
    if unpaid.any():
        said = tr("{named} could sell nothing abroad and not pay what it buys", named=_named(world, unpaid))
        raise _refusal(said, both)
    if unspent.any():
        raise _refusal(tr("{named} could buy nothing abroad for what it sells", named=_named(world, unspent)), both)
    if shut.any():
        said = tr("{named} could neither buy nor sell abroad, and its deficit is held", named=_named(world, shut))
        raise _refusal(said, tr('Say deficits = "closed", or a leakage above 0.'))


def _refusal(found: str, remedy: str) -> NotEstimableError:
    allowed = tr("trade that leaves each economy its deficit or surplus")
    return NotEstimableError(tr("no equilibrium is possible"), found=found, allowed=allowed, remedy=remedy)


def _named(world: World, which: NDArray[np.bool_]) -> str:
    names = [world.economies[n] for n in np.flatnonzero(which)]
    more = tr(" and {count} more", count=len(names) - _NAMED) if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more
