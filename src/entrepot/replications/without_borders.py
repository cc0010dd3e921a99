"""Trade without borders: An Advanced Guide to Trade Policy Analysis, chapter 2, application 1."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from entrepot.core.errors import UnreadableFileError
from entrepot.core.words.translate import tr
from entrepot.replications.estimates import Estimates, of_fit
from entrepot.scenarios.equilibrium.solve import Change, solve
from entrepot.scenarios.equilibrium.world import World, checked
from entrepot.trade.gravity import Model, estimate

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import polars as pl
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

_COSTS = ("ln_DIST", "CNTG", "INTL_BRDR")
_ELASTICITY = 6.0  # the guide takes an elasticity of substitution of 7
_SHOWN = {"USA": "USA", "CHN": "CHN", "ZZZ": "DEU"}  # the authors file Germany, their reference, under the last letters
_FITTED = 1e-13  # how far a round may still move a factor when margins are met; rounding alone leaves 1e-15
_ROUNDS = 10_000  # the guide's table needs some hundred


def without_borders(path: Path) -> Estimates:
    """What trade costs are by PPML, and real output once the border costs nothing."""
    panel = _panel(path)
    fit = estimate(panel, Model("trade", _COSTS, ("exporter", "importer"), ("pair_id",)))
    slopes = dict(zip(fit.names, fit.coefficients, strict=True))
    codes = sorted(set(panel.get_column("exporter")))
    world = _fitted_world(codes, panel, slopes)
    border = _square(codes, panel, panel.get_column("INTL_BRDR").to_numpy())
    costs = np.exp(border * slopes["INTL_BRDR"] / _ELASTICITY)[None]
    outcome = solve(world, Change(world.tariffs, costs, deficits=None))
    gained = outcome.wages / outcome.price_index - 1
    found = {
        tr("real GDP, {name}", name=name): (100 * float(gained[codes.index(code)]), None)
        for code, name in _SHOWN.items()
    }
    estimated = of_fit(fit)
    method = tr(
        "{method}; equilibrium in exact changes from the fitted trade, residual {residual:.0e}",
        method=estimated.method,
        residual=outcome.residual,
    )
    return Estimates({**estimated.values, **found}, estimated.n, method)


def _panel(path: Path) -> pl.DataFrame:
    import pandas as pd
    import polars as pl

    wanted = ["exporter", "importer", "pair_id", "trade", *_COSTS]
    try:
        return pl.from_pandas(pd.read_stata(path, columns=wanted))
    except ValueError as exc:
        raise UnreadableFileError(
            path, tr("not the data of the guide ({exc})", exc=exc), remedy=tr("Get the file again.")
        ) from exc


def _fitted_world(codes: list[str], panel: pl.DataFrame, slopes: Mapping[str, float]) -> World:
    """One sector without inputs, whose trade is what the estimation fits: costs scaled so that all margins are met."""
    costs = np.exp(sum(slopes[name] * panel.get_column(name).to_numpy() for name in _COSTS))
    trade, kernel = (_square(codes, panel, cells) for cells in (panel.get_column("trade").to_numpy(), costs))
    bought, sold = trade.sum(axis=1), trade.sum(axis=0)
    sellers = np.ones(len(codes))
    for _ in range(_ROUNDS):
        buyers = bought / (kernel @ sellers)
        scaled = sold / (kernel.T @ buyers)
        done = np.abs(scaled / sellers - 1).max() < _FITTED
        sellers = scaled
        if done:
            break
    fitted = buyers[:, None] * kernel * sellers
    n = len(codes)
    shares = fitted / fitted.sum(axis=1, keepdims=True)
    return checked(
        World(
            tuple(codes), (tr("all goods"),), shares[None], fitted.sum(axis=1)[None], np.zeros((1, n, n)),
            np.ones((1, n)),
            np.zeros((n, 1, 1)), np.ones((1, n)), np.array([_ELASTICITY]),
        )
    )  # fmt: skip


def _square(codes: list[str], panel: pl.DataFrame, cells: Array) -> Array:
    """(N, N) by buyer and seller."""
    place = {code: i for i, code in enumerate(codes)}
    out = np.zeros((len(codes), len(codes)))
    buyers, sellers = ([place[code] for code in panel.get_column(side)] for side in ("importer", "exporter"))
    out[buyers, sellers] = cells
    return out
