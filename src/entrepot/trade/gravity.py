"""Structural gravity: Poisson (PPML) or OLS with many absorbed effects and clustered errors.

One function estimates; the engine behind it can be changed. See docs/design/23-replications.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from entrepot.core.errors import CollinearError, NotEstimableError, UnknownNameError
from entrepot.core.units import counted
from entrepot.core.words.translate import tr
from entrepot.trade.gravity_engines import ENGINES

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import polars as pl
    import pyarrow as pa

# A column, or the columns whose combinations are the levels: ("exporter", "year").
Effect = str | tuple[str, ...]
Estimator = Literal["ppml", "ols"]
Rows: TypeAlias = "pa.Table | pl.DataFrame | pl.LazyFrame"
_SHOWN = 3  # rows named in an error
_VARIES = 1e-10  # of the largest variance: below it a direction of a covariance has none but rounding


@dataclass(frozen=True, slots=True)
class Model:
    """What is estimated.

    Attributes:
        outcome: column of the outcome; under ppml not negative, zeros stay in.
        covariates: columns whose coefficients are wanted.
        absorbed: effects that are taken out, each a column or a tuple of columns that are crossed.
        clusters: groups within which errors may hang together, likewise; several are crossed as Cameron, Gelbach and
            Miller do; none: errors robust to unequal variance.
        estimator: ppml (the mean of the outcome is exp of the rest) or ols (the outcome is taken as it stands).
        k_adj: whether errors are scaled by (n - 1) / (n - k) too; published gravity tables leave it out.
    """

    outcome: str
    covariates: tuple[str, ...]
    absorbed: tuple[Effect, ...]
    clusters: tuple[Effect, ...]
    estimator: Estimator = "ppml"
    k_adj: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """What was estimated.

    Attributes:
        names: the covariates, as given.
        coefficients, standard_errors: one each; logarithmic under ppml.
        covariance: of the coefficients, square, in the order of names.
        n: rows that entered.
        groups: clusters, of the smallest clustering; n where there is none.
        separated: rows left out because an absorbed effect or a covariate fits their zero perfectly.
        singletons: rows left out because an absorbed effect has them alone.
        method: estimator, effects, clusters and engine in words.
    """

    names: tuple[str, ...]
    coefficients: tuple[float, ...]
    standard_errors: tuple[float, ...]
    covariance: np.ndarray[Any, Any]
    n: int
    groups: int
    separated: int
    singletons: int
    method: str


def fit(  # noqa: PLR0913, PLR0917 - the six parts of a model
    panel: Rows,
    outcome: str,
    covariates: Sequence[str],
    absorbed: Sequence[Effect],
    clusters: Sequence[Effect],
    estimator: Estimator = "ppml",
) -> Fit:
    """Estimate a gravity equation; the arguments are those of `Model`.

    Raises:
        MissingExtraError: the packages of the extra `gravity` are not installed.
        UnknownNameError: a column that the panel lacks.
        NotEstimableError: missing or negative values, nothing left, collinear or separated covariates.
    """
    return estimate(panel, Model(outcome, tuple(covariates), tuple(absorbed), tuple(clusters), estimator))


def estimate(panel: Rows, model: Model, engine: str = "fereg") -> Fit:
    """Estimate a model by one of the engines.

    Args:
        panel: one row an observation. What a lazy frame gives is let go before the engine begins, which holds its own.
        model: what is estimated.
        engine: fereg, or pyfixest where it is installed.

    Raises:
        MissingExtraError: the packages of the extra `gravity` are not installed.
        UnknownNameError: a column or an engine that does not exist.
        NotEstimableError: missing or negative values, nothing left, collinear or separated covariates.
    """
    if engine not in ENGINES:
        raise UnknownNameError(tr("engine"), engine, ENGINES)
    import numpy as np

    coded = _coded(_checked(panel, model), model)
    found = ENGINES[engine](coded, model.estimator, k_adj=model.k_adj)
    if found.collinear:
        raise _cannot_tell_apart(coded, model, found.collinear)
    return Fit(
        model.covariates,
        tuple(float(b) for b in found.coefficients),
        tuple(float(s) for s in np.sqrt(np.diagonal(found.covariance))),
        found.covariance,
        found.n,
        found.groups,
        found.separated,
        found.singletons,
        described(model, engine),
    )


def wald(found: Fit, names: Sequence[str]) -> tuple[float, float]:
    """The joint test that the coefficients of `names` are all zero: F and p.

    F is the Wald statistic over the number of coefficients, on as many degrees of freedom and one less than the
    clusters; the inverse is the pseudo-inverse, for few clusters cannot bear many restrictions.

    Raises:
        NotEstimableError: no coefficient is asked about.
    """
    import numpy as np
    from scipy.stats import f

    places = [found.names.index(n) for n in names]
    if not places:
        raise NotEstimableError(tr("no coefficient to test"))
    beta = np.array(found.coefficients)[places]
    part = found.covariance[np.ix_(places, places)]
    # What rounding leaves of directions in which nothing varies is no variance: its inverse would be all of F.
    rank = int(np.linalg.matrix_rank(part, hermitian=True, rtol=_VARIES))
    statistic = float(beta @ np.linalg.pinv(part, hermitian=True, rtol=_VARIES) @ beta) / max(rank, 1)
    return statistic, float(f.sf(statistic, max(rank, 1), max(found.groups - 1, 1)))


def _columns(effect: Effect) -> tuple[str, ...]:
    return (effect,) if isinstance(effect, str) else effect


def _checked(panel: Rows, model: Model) -> pl.DataFrame:
    """The columns that the model needs, whole.

    Raises:
        UnknownNameError: a column that the panel lacks.
        NotEstimableError: an empty, infinite or negative value, or no positive outcome.
    """
    import polars as pl

    held = panel.collect() if isinstance(panel, pl.LazyFrame) else panel
    frame = held if isinstance(held, pl.DataFrame) else pl.DataFrame(pl.from_arrow(held))
    numbers = (model.outcome, *model.covariates)
    groups = [c for e in (*model.absorbed, *model.clusters) for c in _columns(e)]
    wanted = list(dict.fromkeys((*numbers, *groups)))
    for name in wanted:
        if name not in frame.columns:
            raise UnknownNameError(tr("column of the panel"), name, frame.columns)
    frame = frame.select(wanted)
    if not frame.height:
        raise NotEstimableError(tr("the panel has no row"))
    for name in wanted:
        _whole(frame, name, number=name in numbers)
    if model.estimator == "ppml":
        positive_somewhere(frame.get_column(model.outcome))
    return frame


def _whole(frame: pl.DataFrame, name: str, *, number: bool) -> None:
    import polars as pl

    column = frame.get_column(name)
    if number and not column.dtype.is_numeric() and column.dtype != pl.Boolean:
        raise NotEstimableError(tr("column {name} is no number", name=name), found=str(column.dtype))
    bad = column.is_null()
    if column.dtype.is_float():
        bad |= ~column.is_finite().fill_null(value=False)
    if bad.any():
        first = ", ".join(str(i + 1) for i in bad.arg_true().head(_SHOWN))
        raise NotEstimableError(
            tr(
                "column {name} has no value in {total} (first: {first})",
                name=name,
                total=counted(int(bad.sum()), "row"),
                first=first,
            ),
            remedy="Leave those rows out, and say so, or fill them: an absence is not a zero.",
        )


def positive_somewhere(column: pl.Series) -> None:
    """Refuse an outcome that PPML cannot take.

    Raises:
        NotEstimableError: a negative value, or nothing above zero.
    """
    outcome = column.name
    negative = int((column < 0).sum())
    if negative:
        raise NotEstimableError(
            tr("column {outcome} is negative in {negative}", outcome=outcome, negative=counted(negative, "row")),
            allowed=tr("zero or more under ppml"),
        )
    if not (column > 0).any():
        raise NotEstimableError(
            tr("column {outcome} is zero in every row: nothing is left to estimate from", outcome=outcome)
        )


def _coded(frame: pl.DataFrame, model: Model) -> pl.DataFrame:
    """The frame under the engines' own names: y, x0…, f0…, c0…; effects as integers."""
    import polars as pl

    made = {"y": frame.get_column(model.outcome).cast(pl.Float64)}
    made |= {f"x{i}": frame.get_column(c).cast(pl.Float64) for i, c in enumerate(model.covariates)}
    known: dict[str, pl.Series] = {}
    for letter, effects in (("f", model.absorbed), ("c", model.clusters)):
        made |= {f"{letter}{i}": _levels(frame, _columns(e), known) for i, e in enumerate(effects)}
    return pl.DataFrame(made)


def _levels(frame: pl.DataFrame, columns: tuple[str, ...], known: dict[str, pl.Series]) -> pl.Series:
    """The level of each row as an integer: codes of the columns, one after the other."""
    import polars as pl

    codes = pl.Series([0], dtype=pl.Int64).new_from_index(0, frame.height)
    for name in columns:
        if name not in known:
            column = frame.get_column(name)
            told = column.cast(pl.String) if column.dtype == pl.Categorical else column  # ranked as they are read
            known[name] = told.rank("dense").cast(pl.Int64)
        codes = codes * (int(known[name].max() or 0) + 1) + known[name]  # type: ignore[arg-type]
    return codes


def _cannot_tell_apart(coded: pl.DataFrame, model: Model, left_out: Sequence[str]) -> NotEstimableError:
    """Why a covariate has no coefficient: all its variation lies where the outcome is zero, or in the others."""
    positive = coded.filter(coded.get_column("y") > 0) if model.estimator == "ppml" else coded
    called = {name: model.covariates[int(name[1:])] for name in left_out}
    names = list(called.values())
    separated = [
        called[n] for n in called if positive.get_column(n).n_unique() < min(2, coded.get_column(n).n_unique())
    ]
    if separated:
        return NotEstimableError(
            f"separated: {', '.join(separated)} varies only where {model.outcome} is zero, so that its coefficient "
            "is minus infinity",
            remedy="Leave it out, or join it with another.",
        )
    return CollinearError(names)


def described(model: Model, engine: str) -> str:
    """Estimator, effects, clusters and engine in words."""
    name = {"ppml": "PPML", "ols": "OLS"}[model.estimator]
    absorbed, clusters = (" + ".join("-".join(_columns(e)) for e in g) for g in (model.absorbed, model.clusters))
    parts = [name, f"effects {absorbed}" if absorbed else "", f"clustered by {clusters}" if clusters else "robust"]
    return ", ".join([p for p in parts if p] + [f"by {engine}"])
