"""The least or the most of nodes that lie in loops: policy iteration over the shares that are left open.

The least starts from above, from a choice of shares that leaves every loop, and the most from below. Values then only
fall (or rise), and a node's choice is changed only where that gains strictly. Such a change closes no loop: over a
closed one the mean of the changes, weighted by how often each node is visited, would be nothing, and all of them gain.
At the end the steps that goods take before they leave the loops are solved too: a closed loop has no such number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from entrepot.core.words.translate import tr
from entrepot.tracing.method.loop_levels import spans
from entrepot.tracing.method.open_shares import OpenShares
from entrepot.tracing.method.policy_values import ENOUGH, UnsolvedError, need_scipy, policy_values, swept
from entrepot.tracing.method.share_rows import some_rows

if TYPE_CHECKING:
    from entrepot.tracing.method.share_rows import Flags, Floats, Ints, ShareRows

End = Literal["least", "most"]
_GAIN = 1e-12  # a change must gain more than the rounding of a sum, or the search would go in circles
_ROUNDS = 1_000  # choices tried; each is better than the last, and some dozen are enough on what was seen
_SWEEPS = 8  # between two changes of shares: values that are not settled yet tell most changes as well
_EASY = 0.05  # of what values still move: a smaller gain is not worth a change before they are settled
_LOOSE = 1e6  # steps out of the loops bound an error, and need no more digits than its size


@dataclass(frozen=True, slots=True, eq=False)
class Settled:
    """What was found of some nodes.

    Attributes:
        values: of each node.
        at: places of their inputs among all.
        shares: the share of each of these.
        residual: the largest difference between a node and the sum of its inputs.
        steps: bound on how many steps goods take on average before they leave the loops, from the worst node.
    """

    values: Floats
    at: Ints
    shares: Floats
    residual: float
    steps: float


class _System:
    """The nodes of loops, with what they have of each other and from outside."""

    def __init__(self, rows: ShareRows, nodes: Ints, values: Floats, place: Ints) -> None:
        from scipy.sparse import csr_array

        self.part, self.at = some_rows(rows, nodes)
        self.size = len(nodes)
        place[nodes] = np.arange(self.size)
        local = place[self.part.sources]
        place[nodes] = -1
        self.inner = local >= 0
        self.takers = self.part.takers
        self.can = self.part.can
        self.outer = values[self.part.sources[~self.inner]]
        # Where what an input is worth stands: among the values of these nodes, and behind them those from outside.
        self.worth_at = local
        self.worth_at[~self.inner] = self.size + np.arange(len(self.outer))
        self.slot = np.cumsum(self.inner) - 1  # of an input among those of these nodes
        counts = np.bincount(self.takers[self.inner], minlength=self.size)
        starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
        within = (np.zeros(int(counts.sum())), local[self.inner].astype(np.int32), starts)
        self.matrix = csr_array(within, shape=(self.size, self.size))

    def depths(self, exits: Flags) -> Floats:
        """Inputs from each node to the nearest way out; inf where there is none."""
        inner = self.inner & self.can
        order = np.argsort(self.worth_at[inner], kind="stable")
        tails = self.takers[inner][order]
        starts = np.searchsorted(self.worth_at[inner][order], np.arange(self.size + 1))
        depth = np.full(self.size, np.inf)
        front, steps = np.unique(self.takers[exits]), 0
        while len(front):
            depth[front] = steps
            reached = tails[spans(starts, front)]
            front, steps = np.unique(reached[np.isinf(depth[reached])]), steps + 1
        return depth

    def from_outside(self, at: Ints, shares: Floats) -> Floats:
        """What each node has from outside by some of its inputs."""
        outer = ~self.inner[at]
        some = at[outer]
        worth = shares[outer] * self.outer[self.worth_at[some] - self.size]
        return np.asarray(np.bincount(self.takers[some], weights=worth, minlength=self.size))


def settled(rows: ShareRows, nodes: Ints, values: Floats, end: End, place: Ints) -> Settled:
    """The least or the most of nodes in loops.

    Args:
        rows: the shares of all nodes.
        nodes: those that are asked for.
        values: of all nodes; those that these are made of, but for one another, are known.
        end: which.
        place: of all nodes -1; is written to and left as it was.

    Raises:
        UnsolvedError: the equations were not solved, or the search found no end.
    """
    need_scipy(tr("tracing goods that go round for long"))
    system = _System(rows, nodes, values, place)
    exits = ~system.inner & system.can
    if end == "most":
        exits[~system.inner] &= system.outer > 0
    depth = system.depths(exits)
    ways = np.where(exits, 0.0, np.inf)
    ways[system.inner] = 1 + depth[system.worth_at[system.inner]]
    live = np.isfinite(depth)
    try:
        return _Search(system, ways, live, end).found(hasty=True)
    except UnsolvedError:
        return _Search(system, ways, live, end).found(hasty=False)


class _Search:
    """A search for the best choice of shares, from one that leaves every loop.

    Args:
        system: the nodes.
        ways: by input, how far the nearest way out lies through it.
        live: the nodes that have a way out; the others are worth nothing.
        end: which end.
    """

    def __init__(self, system: _System, ways: Floats, live: Flags, end: End) -> None:
        self._system, self._live = system, live
        self._sign = 1.0 if end == "least" else -1.0
        self._chosen = OpenShares(system.part, system.worth_at, ways)
        self._values = np.where(live & (end == "least"), 1.0, 0.0)
        self._take()

    def _take(self) -> None:
        """Set the system to the choice of shares."""
        held = np.where(self._live[self._system.takers], self._chosen.shares, 0.0)
        self._system.matrix.data[:] = held[self._system.inner]
        self._given = self._system.from_outside(np.arange(len(held)), held)

    def found(self, *, hasty: bool) -> Settled:
        """The choice, its values and the proof that it leaves every loop.

        Args:
            hasty: judge choices by values that have not settled. It is quicker, and may close a loop, which the proof
                would find.

        Raises:
            UnsolvedError: the equations were not solved, or a choice closes a loop.
        """
        system, is_settled = self._system, False
        for _ in range(_ROUNDS):
            moving = 0.0
            if hasty and not is_settled:
                self._values, moving = swept(system.matrix, self._given, self._values, _SWEEPS)
                np.clip(self._values, 0.0, 1.0, out=self._values)
            elif not is_settled:
                self._take()
                self._values, is_settled = policy_values(system.matrix, self._given, self._values), True
                self._chosen.look_at_all()
            if self._is_changed(max(_GAIN, _EASY * moving)):
                is_settled = False
            elif is_settled:
                return self._proven()
            else:
                hasty = False  # what is left to change is told by settled values alone
        raise UnsolvedError(tr("{rounds} choices of shares were tried and one better is still found", rounds=_ROUNDS))

    def _is_changed(self, least: float) -> bool:
        """Change the shares of nodes where that gains more than so much; whether any was."""
        system = self._system
        worth = np.concatenate([self._values, system.outer])
        at, change = self._chosen.better(worth, self._sign, least, self._live)
        within = system.inner[at]
        system.matrix.data[system.slot[at[within]]] += change[within]
        self._given += system.from_outside(at, change)
        return bool(len(at))

    def _proven(self) -> Settled:
        """The values with their residual, once the steps out of the loops are shown to end."""
        system, found = self._system, self._values
        residual = float(np.abs(system.matrix @ found + self._given - found).max(initial=0.0))
        one = np.ones(system.size)
        steps = policy_values(system.matrix, one, one, scale=_LOOSE)
        least = float((steps - system.matrix @ steps).min(initial=1.0))
        if not (least > 1 - 10 * ENOUGH * _LOOSE and (steps > 0).all()):
            raise UnsolvedError(tr("a choice of shares closes a loop"))
        longest = float(np.max(steps, initial=1.0))
        return Settled(found, system.at, self._chosen.shares, residual, longest / least)
