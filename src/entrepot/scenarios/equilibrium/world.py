"""A baseline of the world economy: who buys what from whom, and what it is made of. See docs/design/52-scenarios.md."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from entrepot.core.errors import BadInputError
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

# Relative; what tables that are printed to six or seven digits miss by.
_SUMS = 1e-5


@dataclass(frozen=True, eq=False)
class World:
    """A world in equilibrium: N economies, J sectors.

    Attributes:
        economies: N codes.
        sectors: J names.
        shares: (J, N, N) share of what buyer n spends on sector j that goes to seller i, `shares[j, n, i]`.
        spending: (J, N) what buyer n spends on sector j, tariffs included, in units of value.
        tariffs: (J, N, N) rate of duty of buyer n on seller i, `.1` for ten per cent.
        value_added_shares: (J, N) value added in a unit of output.
        inputs: (N, J, J) share of input k in what sector j of economy n spends on inputs, `inputs[n, k, j]`.
        final: (J, N) share of sector j in final spending of economy n.
        elasticities: (J,) trade elasticity of each sector, above 0.
    """

    economies: tuple[str, ...]
    sectors: tuple[str, ...]
    shares: Array
    spending: Array
    tariffs: Array
    value_added_shares: Array
    inputs: Array
    final: Array
    elasticities: Array

    @cached_property
    def imports(self) -> Array:
        """(J, N, N) value before tariffs of what buyer n buys of seller i, trade at home included."""
        return self.spending[:, :, None] * self.shares / (1 + self.tariffs)

    @cached_property
    def output(self) -> Array:
        """(J, N) gross output."""
        out: Array = self.imports.sum(axis=1)
        return out

    @cached_property
    def value_added(self) -> Array:
        """(N,) value added: what labour and capital earn."""
        out: Array = (self.value_added_shares * self.output).sum(axis=0)
        return out

    @cached_property
    def revenue(self) -> Array:
        """(N,) revenue of tariffs."""
        out: Array = (self.tariffs * self.imports).sum(axis=(0, 2))
        return out

    @cached_property
    def deficits(self) -> Array:
        """(N,) imports less exports."""
        traded = self.imports.sum(axis=0)
        out: Array = traded.sum(axis=1) - traded.sum(axis=0)
        return out

    @cached_property
    def income(self) -> Array:
        """(N,) what final buyers spend: value added, revenue of tariffs and the deficit."""
        return self.value_added + self.revenue + self.deficits

    @cached_property
    def bought_inputs(self) -> Array:
        """(N, J, J) of input k in a unit of output of sector j."""
        out: Array = self.inputs * (1 - self.value_added_shares).T[:, None, :]
        return out


def checked(world: World) -> World:
    """The world, once it is seen to add up.

    Raises:
        BadInputError: a shape, a negative cell, shares that do not add up to one, an elasticity at or below 0, an
            economy without output, a sector that is used and that nobody sells, spending that does not meet what is
            bought; the worst cell is named.
    """
    _shapes(world)
    _at_least(world, "spending", world.spending, 0.0)
    _at_least(world, "shares", world.shares, 0.0)
    _at_least(world, "inputs", world.inputs, 0.0)
    _at_least(world, tr("value added"), world.value_added_shares, 0.0)
    _at_least(world, tr("final spending"), world.final, 0.0)
    _at_least(world, "1 + tariff", 1 + world.tariffs, np.nextafter(0, 1))
    if not (world.elasticities > 0).all():
        worst = int(np.argmin(world.elasticities))
        raise BadInputError(
            tr("the elasticity of {sectors}", sectors=world.sectors[worst]),
            found=float(world.elasticities[worst]),
            allowed=tr("a number above 0"),
            remedy=tr("Give the trade elasticity as a positive number."),
        )
    if not (world.value_added > 0).all():
        raise BadInputError(
            tr("an economy without output"),
            found=_names(world.economies, ~(world.value_added > 0)),
            allowed=tr("value added above 0 in each"),
            remedy=tr("Leave it out, or join it to another."),
        )
    _add_up(world)
    return world


def _shapes(world: World) -> None:
    n, j = len(world.economies), len(world.sectors)
    wanted = {"shares": (j, n, n), "spending": (j, n), "tariffs": (j, n, n), "value_added_shares": (j, n)}
    for name, shape in (wanted | {"inputs": (n, j, j), "final": (j, n), "elasticities": (j,)}).items():
        cells = getattr(world, name)
        if cells.shape != shape:
            raise BadInputError(
                tr("the shape of {name}", name=name),
                found=str(cells.shape),
                allowed=tr("{shape}: {j} sectors, {n} economies", shape=shape, j=j, n=n),
            )
        if not np.isfinite(cells).all():
            raise BadInputError(
                tr("a cell of {name} that is no number", name=name), found=_cell(world, cells, ~np.isfinite(cells))
            )


def _at_least(world: World, what: str, cells: Array, floor: float) -> None:
    if (cells < floor).any():
        raise BadInputError(
            tr("a negative cell of {what}", what=what),
            found=_cell(world, cells, cells < floor),
            allowed=tr("0 or more"),
            remedy=tr("Mend the table, or set such cells to 0 and say so."),
        )


def _add_up(world: World) -> None:
    """Shares are of one, and each sector's spending is what its buyers buy."""
    _one(world, tr("shares of sellers"), world.shares.sum(axis=2), world.spending > 0)
    _one(world, tr("shares of inputs"), world.inputs.sum(axis=1).T, (world.value_added_shares < 1) & (world.output > 0))
    _one(world, tr("shares of final spending"), world.final.sum(axis=0), np.ones(len(world.economies), dtype=bool))
    wanted = world.final * world.income + np.einsum("nkj,jn->kn", world.bought_inputs, world.output)
    off = np.abs(world.spending - wanted) / world.income
    if off.max() > _SUMS:
        where = np.unravel_index(int(np.argmax(off)), off.shape)
        raise BadInputError(
            tr("a table that does not add up"),
            found=tr(
                "{sectors} in {economies}: {spending:.6g} is spent, {wanted:.6g} is wanted by final buyers "
                "and as input",
                sectors=world.sectors[where[0]],
                economies=world.economies[where[1]],
                spending=world.spending[where],
                wanted=wanted[where],
            ),
            allowed=tr("both alike to {sums:g} of income", sums=_SUMS),
            remedy=tr("Mend the row, or balance the table first."),
        )


def _one(world: World, what: str, sums: Array, counted: NDArray[np.bool_]) -> None:
    off = np.where(counted, np.abs(sums - 1), 0)
    if off.max() > _SUMS:
        where = off == off.max()
        raise BadInputError(tr("{what} that do not add up to one", what=what), found=_cell(world, sums, where))


def _cell(world: World, cells: Array, where: NDArray[np.bool_]) -> str:
    """The first cell so marked, by its names, with its value and how many more there are."""
    place = tuple(int(i) for i in np.argwhere(where)[0])
    names = [
        world.economies[i] if size == len(world.economies) and size != len(world.sectors) else str(i)
        for i, size in zip(place, cells.shape, strict=True)
    ]
    if cells.ndim > 1 and cells.shape[0] == len(world.sectors):
        names = [world.sectors[place[0]], *(world.economies[i] for i in place[1:])]
    more = int(where.sum()) - 1
    return f"{', '.join(names)}: {cells[place]:g}" + (tr(", and {more:,} more", more=more) if more else "")


def _names(known: Sequence[str], which: NDArray[np.bool_]) -> str:
    return ", ".join(name for name, one in zip(known, which, strict=True) if one)
