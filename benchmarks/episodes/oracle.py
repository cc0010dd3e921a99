"""What would be found of an episode by one who knows what no scan can.

That is the noise, what each leg would have carried, how much goes through a hub, and how many hubs there are. Of each
product and place the two legs are drawn anew, as normal errors of the size that the generator gives a mean over the
periods after less one over those before. A row is then believed by its true odds, and as many rows are named as keep
the mean share of false ones at the level: no rule finds more at that rate (Sun and Cai 2007, "Oracle and adaptive
compound decision rules for false discovery rate control", JASA 102). What has to be allowed for is a leg that moves by
itself; the fewer such legs there are, the less two rises have to prove.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from episodes.answers import LEVEL
from episodes.episode import _MEMORY, episode, periods

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from episodes.kinds import Kind

    Values = NDArray[np.float64]

_DRAWS = 30  # of the noise, for each episode
_CLASSES = 10  # by size, for one who also knows where the hubs are


def reach_of(kind: Kind, seed: int) -> tuple[Values, NDArray[np.bool_]]:
    """How many errors each leg would rise by if the row were a hub: rows x 2; and whether it is one."""
    of = episode(kind, seed)
    before = pl.col("period") < periods(kind)[kind.before]
    means = pl.DataFrame(of.flows).filter(before).group_by("exporter", "importer", "product")
    size = means.agg(pl.col("value_usd").sum() / kind.before)
    direct = size.filter(pl.col("exporter") == of.origin, pl.col("importer") == of.destination)
    into = size.filter(pl.col("exporter") == of.origin).select("product", hub="importer", into="value_usd")
    out = size.filter(pl.col("importer") == of.destination).select("product", hub="exporter", out="value_usd")
    rows = into.join(out, on=["product", "hub"]).join(direct.select("product", whole="value_usd"), on="product")
    rows = rows.join(of.truth.filter(pl.col("kind") == "hub"), on=["product", "hub"], how="left").sort("product", "hub")
    touched = [str(k + 10) for k in range(kind.products - 2)]  # the last two products are left alone: nothing fell
    rows = rows.filter(pl.col("product").is_in(touched))
    legs = rows.select("into", "out").to_numpy()
    rise = np.log1p(kind.share * rows["whole"].to_numpy()[:, None] / legs)
    remembers = np.sqrt((1 + _MEMORY) / (1 - _MEMORY))
    error = kind.noise * remembers * np.sqrt(1 / kind.before + 1 / kind.after)
    return rise / error, rows["kind"].is_not_null().to_numpy()


def found_by_oracle(
    kind: Kind, seeds: Sequence[int], alone: float, *, knows_where: bool = False
) -> tuple[float, float]:
    """The share of hubs that are found, and that of the named which are none.

    Args:
        kind: of episode.
        seeds: of the episodes.
        alone: share of rows in which one leg may have moved by itself, each leg.
        knows_where: whether it is also known how common hubs are among rows of a size.
    """
    rng = np.random.default_rng(0)
    every = [reach_of(kind, s) for s in seeds]
    reach, hub = np.concatenate([r for r, _ in every]), np.concatenate([h for _, h in every])
    least = reach.min(1)
    edges = np.quantile(least, np.linspace(0, 1, _CLASSES + 1)[1:-1]) if knows_where else np.empty(0)
    of = np.searchsorted(edges, least)
    common = np.array([hub[of == c].mean() for c in range(len(edges) + 1)])[of]
    first = np.cumsum([0, *(len(h) for _, h in every)])
    found = named = wrong = 0
    for start, end in itertools.pairwise(first):
        for _ in range(_DRAWS):
            picked = _named(reach[start:end], hub[start:end], common[start:end], (alone, rng))
            found, named = found + int(hub[start:end][picked].sum()), named + len(picked)
            wrong += int((~hub[start:end][picked]).sum())
    return found / (hub.sum() * _DRAWS), wrong / max(named, 1)


def _named(
    reach: Values, hub: NDArray[np.bool_], common: Values, given: tuple[float, np.random.Generator]
) -> NDArray[np.int64]:
    alone, rng = given
    drawn = rng.normal(size=reach.shape) + reach * hub[:, None]
    odds = np.exp(np.clip(reach * drawn - reach**2 / 2, -600, 300))
    true = common * odds[:, 0] * odds[:, 1]
    false = np.maximum(1 - common - 2 * alone, 1e-9) + alone * odds.sum(1)
    doubt = false / (true + false)
    order = np.argsort(doubt)
    within = np.flatnonzero(np.cumsum(doubt[order]) / np.arange(1, len(order) + 1) <= LEVEL)
    return order[: within[-1] + 1] if len(within) else order[:0]
