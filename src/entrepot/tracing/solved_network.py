"""A network with the ends of every node's exposure, and the nearest path of documents to each: all nodes at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from entrepot.tracing.method.exposure_bounds import bound, flow_of, with_untraced_loops
from entrepot.tracing.nearest_paths import nearest_paths
from entrepot.tracing.parties.unsupplied_uses import with_uses
from entrepot.tracing.supply_network import ELSEWHERE, REGION, UNNAMED, likely_rows, unended_network, with_origins

if TYPE_CHECKING:
    from collections.abc import Callable

    from entrepot.tracing.asked_exposure import Asked
    from entrepot.tracing.method.exposure_bounds import Bound
    from entrepot.tracing.method.share_rows import Flags, Floats
    from entrepot.tracing.nearest_paths import NearestPaths
    from entrepot.tracing.supply_network import Network


@dataclass(frozen=True, slots=True, eq=False)
class Solved:
    """A network with what was found of every node.

    Attributes:
        made: the network.
        asked: what is asked.
        certain, possible: by node, whether its party is exposed, or may be.
        fixed: by node, the value that it has for the least where it is not found from its inputs.
        opened: the same for the most.
        least, most: the ends.
        likely: the ends where known shares are at their middle; one number where nothing is left open.
        untraced: the most that is not traced.
        sure: the nearest paths from those that are exposed for certain.
        any: those from all that are or may be.
    """

    made: Network
    asked: Asked
    certain: Flags
    possible: Flags
    fixed: Floats
    opened: Floats
    least: Bound
    most: Bound
    likely: tuple[Bound, Bound]
    untraced: Bound
    sure: NearestPaths
    any: NearestPaths

    @property
    def residual(self) -> float:
        """The largest of the solved equations."""
        return max(b.residual for b in (self.least, self.most, *self.likely, self.untraced))

    @property
    def error(self) -> float:
        """How far a value may be from what its shares give."""
        return max(b.error for b in (self.least, self.most, *self.likely, self.untraced))


def solved(asked: Asked, followed: Callable[[Network], Network] | None = None) -> Solved:
    """The exposure of every node.

    Args:
        asked: links, parties and the day.
        followed: what makes of the network one in which stocks are followed; None for the mix of all days.

    Raises:
        UnsolvedError: the equations of the shares were not solved: no number is given then.
    """
    plain = unended_network(with_uses(asked))
    made = with_origins(followed(plain) if followed else plain, asked.origins, asked.exposed)
    certain, possible = (_places(made, asked, s) for s in ("certain", "possible"))
    fixed = np.where(certain, 1.0, np.where(made.rows.has_inputs, np.nan, 0.0))
    fixed[[REGION, ELSEWHERE, UNNAMED]] = 1.0, 0.0, 0.0
    rows, lost = with_untraced_loops(made.rows, fixed)
    if len(lost):
        kept = ~np.isin(made.rows.takers, lost)
        made = replace(made, rows=rows, at=made.at[kept], made_for=made.made_for[kept])
    fixed[lost] = 0.0
    bare = ~rows.has_inputs & ~certain
    bare[[REGION, ELSEWHERE, UNNAMED]] = False, False, True
    flow = flow_of(rows, np.isnan(fixed))
    middle = likely_rows(made, rows)
    least, low = bound(rows, fixed, "least", flow), bound(middle, fixed, "least", flow)
    opened = _opened(fixed, bare | possible)
    is_settled = not made.is_unsure.any()
    return Solved(
        made,
        asked,
        certain,
        possible,
        fixed,
        opened,
        least,
        bound(rows, opened, "most", None if (possible & np.isnan(fixed)).any() else flow),
        (low, low if is_settled else bound(middle, fixed, "most", flow)),
        bound(rows, _opened(np.where(certain, 0.0, fixed), bare, region=0.0), "most", flow),
        nearest_paths(made, certain | _is(made, REGION)),
        nearest_paths(made, certain | possible | _is(made, REGION)),
    )


def _opened(fixed: Floats, whole: Flags, region: float = 1.0) -> Floats:
    held = np.where(whole, 1.0, fixed)
    held[REGION] = region
    return held


def _is(made: Network, end: int) -> Flags:
    return np.equal(np.arange(made.rows.nodes), end)


def _places(made: Network, asked: Asked, strength: str) -> Flags:
    chosen = [i in asked.exposed and asked.exposed[i].strength == strength for i in made.columns.ids]
    return made.of_party(np.array(chosen, dtype=bool))
