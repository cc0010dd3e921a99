"""The engines of `trade.gravity`: fereg, and pyfixest, whose arguments fereg takes.

Each is given a frame with y, x0…, f0…, c0… and returns what it found; neither knows of trade.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from entrepot.core.errors import NotEstimableError, NothingLeftError
from entrepot.core.runtime.extras import need
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    import polars as pl

# Iterations of the weighted least squares; the engines' own 25 are few for flows that span ten orders of magnitude.
_MOST_STEPS = 100


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What an engine found.

    Attributes:
        coefficients: of x0… less those in collinear.
        covariance: theirs.
        collinear: names of covariates that it left out.
        n: rows that entered.
        groups: clusters of the smallest clustering.
        separated, singletons: rows left out.
    """

    coefficients: np.ndarray[Any, Any]
    covariance: np.ndarray[Any, Any]
    collinear: tuple[str, ...]
    n: int
    groups: int
    separated: int
    singletons: int


class Engine(Protocol):
    """Estimates y on x0…, absorbing f0…, clustered by c0…."""

    def __call__(self, frame: pl.DataFrame, estimator: str, *, k_adj: bool) -> Found:
        """Return what was found."""


def _fereg(frame: pl.DataFrame, estimator: str, *, k_adj: bool) -> Found:
    need("gravity", "a gravity model")
    import fereg

    # "ir" finds rows that a covariate separates, not an effect alone (Correia, Guimarães and Zylkin 2019).
    checks = {"separation_check": ["fe", "ir"]}
    model = _run(fereg, frame, estimator, k_adj=k_adj, **(checks if estimator == "ppml" else {}))
    if model is None:
        return _none(frame)
    dropped = _dropped(model)
    return _found(model, frame, dropped["separated"] + dropped["perfect_fit"], dropped["singletons"])


def _pyfixest(frame: pl.DataFrame, estimator: str, *, k_adj: bool) -> Found:
    import pyfixest

    model = _run(pyfixest, frame, estimator, k_adj=k_adj, copy_data=False, store_data=False)
    if model is None:
        return _none(frame)
    separated = int(getattr(model, "n_separation_na", 0) or 0)
    return _found(model, frame, separated, frame.height - _private(model)[3] - separated)


ENGINES: dict[str, Engine] = {"fereg": _fereg, "pyfixest": _pyfixest}


def _run(package: Any, frame: pl.DataFrame, estimator: str, *, k_adj: bool, **options: Any) -> Any:
    """Run `fepois` or `feols` of either package; None where no covariate has a coefficient.

    Raises:
        NotEstimableError: in the engine's words, where it gives up.
    """
    x, f, c = ([n for n in frame.columns if n[0] == letter] for letter in "xfc")
    call: Callable[..., Any] = package.fepois if estimator == "ppml" else package.feols
    if estimator == "ppml":
        options["iwls_maxiter"] = _MOST_STEPS
    formula = f"y ~ {' + '.join(x) or '1'}" + (f" | {' + '.join(f)}" if f else "")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what they warn of is counted in Found; pyfixest also warns of pandas 3
        try:
            return call(
                formula,
                frame,
                vcov={"CRV1": "+".join(c)} if c else "hetero",
                ssc=package.ssc(k_adj=k_adj, G_adj=True),
                lean=True,
                **options,
            )
        except (ValueError, RuntimeError) as exc:
            if "collinear" in str(exc):
                return None
            raise _gave_up(str(exc)) from exc


def _gave_up(said: str) -> NotEstimableError:
    if "insufficient" in said:
        return NothingLeftError(tr("nothing is left to estimate from once separated and single rows are out"))
    # In words of its own an engine speaks of weights or of steps: what grew without end is an effect of flows of zeros.
    return NotEstimableError(
        tr("the search for the estimates came to no end, as where an effect has hardly a flow above zero"),
        found=said.strip().partition("\n")[0],
        remedy=tr(
            "Absorb less, or leave out products that are hardly ever traded: an event study takes --effects and "
            "--product."
        ),
    )


def _none(frame: pl.DataFrame) -> Found:
    """What is found where every covariate is collinear."""
    import numpy as np

    names = tuple(n for n in frame.columns if n[0] == "x")
    return Found(np.empty(0), np.empty((0, 0)), names, 0, 0, 0, 0)


def _found(model: Any, frame: pl.DataFrame, separated: int, singletons: int) -> Found:
    coefficients, covariance, collinear, n, groups = _private(model)
    clusters = sum(name[0] == "c" for name in frame.columns)
    return Found(
        coefficients,
        covariance,
        collinear,
        n,
        min(groups) if clusters and groups else n,
        int(separated),
        int(singletons),
    )


def _private(model: Any) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any], tuple[str, ...], int, tuple[int, ...]]:
    """Coefficients, covariance, collinear names, rows and sizes of clusters, which no public name gives as arrays.

    Private in both packages, under the same names: fereg takes over pyfixest's. Their public tables are pandas.
    """
    return (
        model._beta_hat,  # noqa: SLF001
        model._vcov,  # noqa: SLF001
        tuple(model._collin_vars),  # noqa: SLF001
        int(model._N),  # noqa: SLF001
        tuple(int(g) for g in getattr(model, "_G", ()) or ()),
    )


def _dropped(model: Any) -> dict[str, int]:
    """Rows that fereg left out, by why: counted nowhere but in a private part."""
    found: dict[str, int] = model._out.dropped  # noqa: SLF001
    return found
