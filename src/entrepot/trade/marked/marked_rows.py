"""A table of rows as levels: crossings of columns become numbers, four bytes a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from entrepot.trade.gravity import Model, described, fit, positive_somewhere
from entrepot.trade.marked.absorbed import Level
from entrepot.trade.marked.marked_fit import Marked, marked_fit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from entrepot.trade.gravity import Estimator, Fit
    from entrepot.trade.marked.absorbed import Codes

MARK, VALUE = "mark", "mark_value"
# Cells of a matrix of covariates, effects and clusters up to which one is made for the engine of `trade.gravity`. It
# was seen to hold 35 to 70 bytes for each beside the table, so 0.8 GB at most; the answers agree to nine decimals.
HELD = 11_000_000
# A table of what numbers occur may have so many places a row before sorting them is cheaper.
_PLACES_A_ROW = 4


def fit_marks(  # noqa: PLR0913, PLR0917 - the six parts of a model
    rows: pl.LazyFrame,
    outcome: str,
    names: Sequence[str],
    absorbed: Sequence[tuple[str, ...]],
    cluster: tuple[str, ...],
    estimator: Estimator = "ppml",
) -> Fit:
    """Estimate as `trade.gravity.fit` does, with covariates that mark rows, each row by one at most.

    Args:
        rows: one an observation; `mark` is the number of the covariate from 0, empty where there is none; `mark_value`,
            where it is there, what the covariate is in that row, else 1. What it gives is let go before the estimation.
        outcome: column of the outcome.
        names: of the covariates, in the order of their numbers.
        absorbed: effects that are taken out, each columns that are crossed.
        cluster: within which errors may hang together, likewise.
        estimator: ppml or ols.

    Raises:
        NotEstimableError: negative outcomes or none above zero, nothing left, covariates that effects explain.
    """
    held = rows.collect()
    if held.height * (len(names) + len(absorbed) + 2) > HELD:
        model = Model(outcome, tuple(names), tuple(absorbed), (cluster,), estimator)
        prepared = _marked(held.lazy(), model)
        del held
        return marked_fit(prepared)
    value = pl.col(VALUE) if VALUE in held.columns else pl.lit(1.0)
    whole = [pl.when(pl.col(MARK) == i).then(value).otherwise(0.0).alias(n) for i, n in enumerate(names)]
    return fit(held.with_columns(whole), outcome, names, absorbed, [cluster], estimator)


def _marked(rows: pl.LazyFrame, model: Model) -> Marked:
    """The rows as arrays, those that share levels beside one another."""
    frame = rows.collect()
    common = _common(frame, [(e,) if isinstance(e, str) else e for e in model.absorbed])
    frame = frame.sort(common) if common else frame
    amounts = frame.get_column(model.outcome)
    if model.estimator == "ppml":
        positive_somewhere(amounts)
    blank = len(model.covariates)
    values = frame.get_column(VALUE).fill_null(0.0).to_numpy() if VALUE in frame.columns else None
    blocks = crossed(frame, common).codes
    return Marked(
        amounts.cast(pl.Float64).to_numpy(),
        Level(frame.get_column(MARK).fill_null(blank).cast(pl.Int32).to_numpy(), blank + 1, values, open=True),
        tuple(crossed(frame, [*common, *(c for c in e if c not in common)]) for e in model.absorbed),
        crossed(frame, model.clusters[0]).codes,
        model.covariates,
        model.estimator,
        described(model, "Newton's method"),
        np.array([0, *(np.flatnonzero(np.diff(blocks)) + 1), len(blocks)]),
    )


def _common(frame: pl.DataFrame, absorbed: Sequence[tuple[str, ...]]) -> list[str]:
    """The columns that every effect has, or that one of its columns settles, as a period settles its season.

    Rows that differ in one of them share no level of any effect. The more there are, the smaller the blocks that
    are solved by themselves, and the nearer to one another lie the levels that rows of a block add up to.
    """
    every = sorted({c for e in absorbed for c in e})
    many = {c: frame.get_column(c).n_unique() for c in every}

    def settles(by: str, column: str) -> bool:
        return column == by or (many[by] >= many[column] and frame.select(by, column).unique().height == many[by])

    return [c for c in every if all(any(settles(b, c) for b in e) for e in absorbed)]


def crossed(rows: pl.DataFrame, columns: Sequence[str]) -> Level:
    """The level of each row: which of the combinations that occur it has, numbered by the first column first."""
    codes, size = np.zeros(rows.height, dtype=np.int32), 1
    for name in columns:
        column = rows.get_column(name)
        own, many = _shifted(column.to_physical() if column.dtype == pl.Categorical else column)
        codes, size = _dense(codes.astype(np.int64) * many + own)
    return Level(codes, size)


def _shifted(numbers: pl.Series) -> tuple[NDArray[np.int64], int]:
    """Whole numbers from 0 on, and how many there may be."""
    own = numbers.to_numpy()
    low = int(own.min())
    return own - np.int64(low), int(own.max()) - low + 1


def _dense(numbers: NDArray[np.int64]) -> tuple[Codes, int]:
    """The numbers that occur, numbered in their order, and how many there are."""
    most = int(np.max(numbers)) + 1
    if most > _PLACES_A_ROW * len(numbers) + 1:
        found, codes = np.unique(numbers, return_inverse=True)
        return codes.astype(np.int32), len(found)
    place = np.zeros(most, dtype=np.int32)
    place[numbers] = 1
    size = int(place.sum())
    np.cumsum(place, out=place)
    place -= 1
    return place[numbers], size
