"""An inter-country table as a world: values bought and inputs used, joined, completed and put into shares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from entrepot.core.errors import BadInputError, UnknownNameError
from entrepot.core.words.translate import tr
from entrepot.scenarios.equilibrium.world import World, checked

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

# Of an economy's value added: what a final buyer may use of a sector below nothing before it is no longer rounding.
_ROUNDING = 1e-6


@dataclass(frozen=True, eq=False)
class InterCountry:
    """Values of a year, in one unit; N economies, J sectors.

    Attributes:
        economies: N codes.
        sectors: J names.
        bought: (J, N, N) what buyer n buys of seller i for all uses, `bought[j, n, i]`, trade at home included.
        inputs: (N, J, J) what sector j of economy n uses of sector k from wherever, `inputs[n, k, j]`.
    """

    economies: tuple[str, ...]
    sectors: tuple[str, ...]
    bought: Array
    inputs: Array

    @property
    def output(self) -> Array:
        """(J, N) gross output: all that is sold."""
        out: Array = self.bought.sum(axis=1)
        return out

    @property
    def value_added(self) -> Array:
        """(J, N) output less inputs."""
        out: Array = self.output - self.inputs.sum(axis=1).T
        return out

    @property
    def final(self) -> Array:
        """(J, N) what final buyers buy: all that is bought less inputs."""
        out: Array = self.bought.sum(axis=2) - self.inputs.sum(axis=2).T
        return out


def world_of(table: InterCountry, elasticities: Array) -> World:
    """The world of a table without tariffs: what is paid at the border counts as value added or as price.

    Args:
        table: the table.
        elasticities: (J,) above 0.

    Raises:
        BadInputError: a negative cell, a sector that uses more than it sells, one of which more is used than bought,
            an economy without output, ..., as `checked` says.
    """
    _sound(table)
    spending, output = table.bought.sum(axis=2), table.output
    used = table.inputs.sum(axis=1)
    final = np.maximum(table.final, 0)
    world = World(
        table.economies,
        table.sectors,
        _divided(table.bought, spending[:, :, None]),
        spending,
        np.zeros_like(table.bought),
        1 - _divided(used.T, output),
        _divided(table.inputs, used[:, None, :]),
        _divided(final, final.sum(axis=0)),
        elasticities,
    )
    return checked(world)


def joined(
    table: InterCountry, economies: Mapping[str, Sequence[str]], sectors: Mapping[str, Sequence[str]]
) -> InterCountry:
    """The table with economies and sectors joined; what is bought inside a group is trade at home.

    Args:
        table: the table.
        economies: code of each group -> its members; each economy of the table in exactly one.
        sectors: likewise.

    Raises:
        UnknownNameError: a member that is not in the table.
        BadInputError: a member in two groups, or in none.
    """
    into_n = membership("economy", table.economies, economies)
    into_j = membership("sector", table.sectors, sectors)
    bought = np.einsum("jJ,nN,iI,jni->JNI", into_j, into_n, into_n, table.bought, optimize=True)
    inputs = np.einsum("nN,kK,jJ,nkj->NKJ", into_n, into_j, into_j, table.inputs, optimize=True)
    return InterCountry(tuple(economies), tuple(sectors), bought, inputs)


def completed(intermediate: Array, output: Array) -> tuple[Array, int]:
    """What is bought for all uses, where a table does not say where final sales go: where intermediate sales go.

    Args:
        intermediate: (J, N, N) what buyer n buys of seller i as input.
        output: (J, N) gross output of seller i.

    Returns:
        (J, N, N), and how many sellers sell nothing as input: their final sales are taken as sold at home.
    """
    sold = intermediate.sum(axis=1)
    where = _divided(intermediate, sold[:, None, :])
    sector, seller = np.nonzero((sold == 0) & (output > 0))
    where[sector, seller, seller] = 1
    return intermediate + (output - sold)[:, None, :] * where, len(sector)


def membership(kind: str, known: Sequence[str], groups: Mapping[str, Sequence[str]]) -> Array:
    """(known, groups) 1 where the one is in the other.

    Raises:
        UnknownNameError: a member that is not known.
        BadInputError: one in two groups, or in none.
    """
    into = np.zeros((len(known), len(groups)))
    place = {name: at for at, name in enumerate(known)}
    for at, (group, members) in enumerate(groups.items()):
        for member in members:
            if member not in place:
                raise UnknownNameError(tr("{kind} of {group}", kind=kind, group=group), member, known)
            into[place[member], at] += 1
    wrong = [name for name, times in zip(known, into.sum(axis=1), strict=True) if times != 1]
    if wrong:
        raise BadInputError(
            tr("each {kind} belongs into one group", kind=kind),
            found=", ".join(
                tr("{name} in {total:.0f}", name=name, total=into[place[name]].sum()) for name in wrong[:12]
            ),
            allowed=tr("each of the {count} of the table in exactly one", count=len(known)),
            remedy=tr("Mend the mapping."),
        )
    return into


def _sound(table: InterCountry) -> None:
    """What the shares of a world no longer show."""
    n, j = table.economies, table.sectors
    _no_negative("bought", table.bought, (j, n, n))
    _no_negative("inputs", table.inputs, (n, j, j))
    _enough(table, tr("uses more than it sells"), table.value_added)
    _enough(table, tr("is used more than it is bought"), table.final)


def _no_negative(what: str, cells: Array, names: Sequence[Sequence[str]]) -> None:
    where = np.argwhere(~(cells >= 0))
    if len(where):
        place = ", ".join(name[i] for name, i in zip(names, where[0], strict=True))
        raise BadInputError(
            tr("a negative cell of {what}, or one that is no number", what=what),
            found=tr(
                "{place}: {cells:g}, and {count:,} more",
                place=place,
                cells=cells[tuple(where[0])],
                count=len(where) - 1,
            ),
            allowed=tr("0 or more"),
            remedy=tr("Mend the table, or set such cells to 0 and say so."),
        )


def _enough(table: InterCountry, what: str, left: Array) -> None:
    off = np.maximum(-left, 0) - _ROUNDING * np.maximum(table.value_added.sum(axis=0), 0)
    if (off > 0).any():
        j, n = np.unravel_index(int(np.argmax(off)), off.shape)
        more = int((off > 0).sum()) - 1
        raise BadInputError(
            tr("a sector that {what}", what=what),
            found=tr(
                "{sectors} in {economies}: by {value:.6g}, and {more:,} more",
                sectors=table.sectors[j],
                economies=table.economies[n],
                value=-left[j, n],
                more=more,
            ),
            allowed=tr("sales of at least what is used"),
            remedy=tr("Mend the row, or join the sector with another."),
        )


def _divided(cells: Array, by: Array) -> Array:
    whole = np.broadcast_to(by, cells.shape)
    out: Array = np.divide(cells, whole, out=np.zeros_like(cells), where=whole > 0)
    return out
