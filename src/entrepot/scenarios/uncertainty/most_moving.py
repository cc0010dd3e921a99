"""Which input moves an answer most: Sobol's indices."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from entrepot.core.errors import NotEstimableError
from entrepot.core.runtime.extras import need
from entrepot.core.words.translate import marked, tr
from entrepot.scenarios.figures.figure import ANSWERS, INPUTS, Figure, Key
from entrepot.scenarios.uncertainty.draws import answers

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from entrepot.scenarios.uncertainty.draws import Asked

    Array = NDArray[np.float64]

LOSS, COST = Key(ANSWERS, marked("loss of the target")), Key(ANSWERS, marked("cost of the coalition"))
_EDGE = 1e-6  # an elasticity has no value at a chance of 0
ALONE, IN_ALL = marked("moved by it alone"), marked("moved by it in all")


def most_moving(
    asked: Asked, size: int, seed: int, *, workers: int = 0, progress: Callable[[int, int], None] | None = None
) -> list[Figure]:
    """Shares of the variance of two answers that each input moves, alone and together with others.

    Source: Sobol' (2001), Global sensitivity indices for nonlinear mathematical models, Mathematics and Computers in
    Simulation 55; Saltelli et al. (2010), Computer Physics Communications 181(2), as scipy computes them.

    Args:
        asked: what is answered.
        size: a power of 2; the model is solved size x (inputs + 2) times.
        seed: of the draws.
        workers: processes; 0 for as many as there are cores.
        progress: told (done, in all).

    Raises:
        MissingExtraError: scipy, of the extra `gravity`, is not installed.
        NotEstimableError: a draw has no equilibrium, so that the variance cannot be divided.
    """
    need("gravity", tr("what moves the answer most"))
    from scipy import stats

    plain = replace(asked, burdens=True)
    held: list[Array] = []

    def model(points: Array) -> Array:
        """(2, points) both answers; scipy calls it once."""
        inside = np.clip(points.T, _EDGE, 1 - _EDGE)
        found = answers(plain, inside, workers=workers, progress=progress)
        if (lost := found.count(None)) > 0:
            raise NotEstimableError(
                tr("what moves the answer most is not known: draws without an equilibrium"),
                found=lost, remedy=tr("Narrow the spreads, or let some of the flow pass."),
            )  # fmt: skip
        held.append(np.array([[one[LOSS], one[COST]] for one in found if one is not None]).T)
        return held[-1]

    even = [stats.uniform(0, 1)] * len(asked.inputs)
    indices = stats.sobol_indices(func=model, n=size, dists=even, random_state=np.random.default_rng(seed))
    out = []
    for row, answer in enumerate((LOSS, COST)):
        for name, cells in ((ALONE, indices.first_order), (IN_ALL, indices.total_order)):
            for column, one in enumerate(asked.inputs):
                share = 100 * float(np.clip(np.reshape(cells, (2, -1))[row, column], 0, 1))
                out.append(Figure(Key(INPUTS, f"{answer.quantity}, {name}", "", "", one.name), share))
    return out
