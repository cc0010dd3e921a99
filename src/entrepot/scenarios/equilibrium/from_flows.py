"""A world made of what a study or a statistical office prints: flows, output, tariffs, input-output coefficients."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from entrepot.scenarios.equilibrium.solve import as_it_is, solve
from entrepot.scenarios.equilibrium.world import World, checked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Flows:
    """A printed world, before it is seen to add up; shapes as in `World`.

    Attributes:
        imports: (J, N, N) what buyer n buys of seller i before tariffs, without trade at home.
        output: (J, N) gross output.
        tariffs: (J, N, N) rates of duty.
        value_added_shares: (J, N).
        inputs: (N, J, J).
        elasticities: (J,).
    """

    imports: Array
    output: Array
    tariffs: Array
    value_added_shares: Array
    inputs: Array
    elasticities: Array


@dataclass(frozen=True, eq=False)
class Settled:
    """A world in equilibrium, and what had to be set aside for it.

    Attributes:
        world: the world, deficits closed.
        oversold: how many sectors export more than their output; output is raised to what they export.
        oversold_value: by how much in all.
        overused: how many sectors are used as input beyond what is bought; their final spending is set to 0.
        overused_value: by how much in all.
        negative_inputs: how many shares of inputs are printed below 0; they are set to 0.
    """

    world: World
    oversold: int
    oversold_value: float
    overused: int
    overused_value: float
    negative_inputs: int


def balanced(economies: Sequence[str], sectors: Sequence[str], flows: Flows) -> Settled:
    """The world of these flows with trade balanced, in equilibrium.

    Trade at home is output less exports. What does not add up is set to 0 and told; the world is then solved once with
    all deficits closed, as Caliendo and Parro (2015) do before they change a tariff.

    Raises:
        BadInputError: a negative flow, an economy without output, ..., as `checked` says.
        NotEstimableError: no balanced equilibrium was found.
    """
    exports = flows.imports.sum(axis=1)
    at_home = flows.output - exports
    missing = np.where(at_home < 0, -at_home, 0)
    everyone = np.arange(len(economies))
    bought = flows.imports.copy()
    bought[:, everyone, everyone] = at_home + missing
    paid = bought * (1 + flows.tariffs)
    spending = paid.sum(axis=2)
    shares = np.divide(paid, spending[:, :, None], out=np.zeros_like(paid), where=spending[:, :, None] > 0)
    inputs = np.maximum(flows.inputs, 0)
    sums = inputs.sum(axis=1, keepdims=True)  # shares are printed to a few digits, and of one only so far
    inputs = np.divide(inputs, sums, out=np.zeros_like(inputs), where=sums > 0)
    per_output = inputs * (1 - flows.value_added_shares).T[:, None, :]
    final = spending - np.einsum("nkj,jn->kn", per_output, flows.output + missing)
    over = np.where(final < 0, -final, 0)
    final = final + over
    printed = World(
        tuple(economies), tuple(sectors), shares, spending, flows.tariffs, flows.value_added_shares, inputs,
        final / final.sum(axis=0), flows.elasticities,
    )  # fmt: skip
    settled = checked(solve(printed, as_it_is(printed, balanced=True)).world)
    return Settled(
        settled, int((missing > 0).sum()), float(missing.sum()), int((over > 0).sum()), float(over.sum()),
        int((flows.inputs < 0).sum()),
    )  # fmt: skip
