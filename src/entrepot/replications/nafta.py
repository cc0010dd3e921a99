"""Tariffs inside NAFTA, 1993 to 2005: Caliendo and Parro (2015), from the authors' own tables."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from entrepot.core.errors import UnreadableFileError
from entrepot.core.words.translate import tr
from entrepot.replications.estimates import Estimates
from entrepot.scenarios.equilibrium.first_order import first_order
from entrepot.scenarios.equilibrium.from_flows import Flows, balanced
from entrepot.scenarios.equilibrium.solve import as_it_is, solve

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

# The countries in the order of the authors' files; the last is the rest of the world.
_COUNTRIES = (
    "ARG", "AUS", "AUT", "BRA", "CAN", "CHL", "CHN", "DNK", "FIN", "FRA", "DEU", "GRC", "HUN", "IND", "IDN", "IRL",
    "ITA", "JPN", "KOR", "MEX", "NLD", "NZL", "NOR", "PRT", "ZAF", "ESP", "SWE", "TUR", "GBR", "USA", "ROW",
)  # fmt: skip
_TRADED, _SECTORS = 20, 40  # goods come first; services are not traded in the authors' table
_SERVICES = 8.22  # elasticity that the authors give services, where nothing hangs on it: they are bought at home alone
_THOUSANDS = 1000.0  # flows are printed in thousands of dollars, output in dollars
_MEMBERS = ("CAN", "MEX", "USA")


def nafta(folder: Path) -> Estimates:
    """Tariffs between the members from 1993 to 2005, all else as in 1993 with trade balanced."""
    settled = balanced(_COUNTRIES, [tr("sector {j}", j=j + 1) for j in range(_SECTORS)], _flows(folder))
    world = settled.world
    then = _goods(folder, "tariffs2005.txt") / 100
    inside = [world.economies.index(code) for code in _MEMBERS]
    tariffs = world.tariffs.copy()
    for buyer in inside:
        tariffs[:, buyer, inside] = then[:, buyer, inside]
    outcome = solve(world, replace(as_it_is(world), tariffs=tariffs))
    small = first_order(world, outcome)
    values: dict[str, float] = {}
    for code, n in zip(_MEMBERS, inside, strict=True):
        others = [i for i in inside if i != n]
        grown = outcome.world.imports[:, n, others].sum() / world.imports[:, n, others].sum()
        changes = {
            "welfare, first order": small.welfare[n],
            "terms of trade": small.terms[n],
            "volume of trade": small.volume[n],
            "real wages": outcome.wages[n] / outcome.price_index[n] - 1,
            "imports from members": grown - 1,
        }
        values |= {f"{what}, {code}": 100 * float(share) for what, share in changes.items()}
    method = tr(
        "equilibrium in exact changes, {count} economies, {count_2} sectors, trade balanced first, "
        "residual {residual:.0e}; {oversold} sectors that export more than their output, {overused} "
        "used beyond what is bought and {negative_inputs} negative shares of inputs are set to 0",
        count=len(world.economies),
        count_2=len(world.sectors),
        residual=outcome.residual,
        oversold=settled.oversold,
        overused=settled.overused,
        negative_inputs=settled.negative_inputs,
    )
    return Estimates({k: (v, None) for k, v in values.items()}, int((world.shares > 0).sum()), method)


def _flows(folder: Path) -> Flows:
    n = len(_COUNTRIES)
    return Flows(
        imports=_goods(folder, "xbilat1993.txt") * _THOUSANDS,
        output=_cells(folder, "GO.txt", (_SECTORS, n)),
        tariffs=_goods(folder, "tariffs1993.txt") / 100,
        value_added_shares=_cells(folder, "B.txt", (_SECTORS, n)),
        inputs=_cells(folder, "IO.txt", (n * _SECTORS, _SECTORS)).reshape(n, _SECTORS, _SECTORS),
        elasticities=np.concatenate(
            [_cells(folder, "T.txt", (_TRADED,)), np.full(_SECTORS - _TRADED, _SERVICES)]
        ),
    )  # fmt: skip


def _goods(folder: Path, name: str) -> Array:
    """(J, N, N) by sector, buyer, seller; nothing for services."""
    n = len(_COUNTRIES)
    cells = _cells(folder, name, (_TRADED * n, n)).reshape(_TRADED, n, n)
    return np.concatenate([cells, np.zeros((_SECTORS - _TRADED, n, n))])


def _cells(folder: Path, name: str, shape: tuple[int, ...]) -> Array:
    try:
        cells = np.loadtxt(folder / name)
    except (OSError, ValueError) as exc:
        raise UnreadableFileError(
            folder / name, tr("no table of numbers ({exc})", exc=exc), remedy=tr("Get the file again.")
        ) from exc
    if cells.shape != shape:
        said = tr(
            "{str} numbers and not {str_2}", str=" x ".join(map(str, cells.shape)), str_2=" x ".join(map(str, shape))
        )
        raise UnreadableFileError(folder / name, said, remedy=tr("Get the file again."))
    return cells
