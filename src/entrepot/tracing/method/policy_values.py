"""The values of nodes under one choice of shares: a sparse system, solved by sweeps, by Krylov's method or directly.

Whatever solved it, the residual is computed anew and decides: BiCGSTAB breaks down without a word, and sweeps may stand
still. What no method brings below the residual that is asked for is refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from entrepot.core.errors import NotEstimableError
from entrepot.core.runtime.extras import missing, need
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from entrepot.tracing.method.share_rows import Floats

ENOUGH = 1e-13  # of a sum of shares: some hundred roundings of a float near one
_SMALL = 300  # nodes up to which a direct solution costs less than a sweep's overhead
_SWEEPS = 240  # a sweep of a million nodes is some hundredths of a second; beyond, Krylov's method is quicker
_ASK = 8  # sweeps between two looks at the residual
_WORTH = 0.5  # of the residual must be gone after these, or Krylov's method is quicker
_TINY = 1e-300  # keeps a quotient of nothing by nothing from being asked for
_AGAIN = 6  # times that Krylov's method starts anew from what it has
_STEPS = 300  # of it at a time
# A direct solution of large loops fills: random ones of 20,000 nodes take gigabytes, chains of a million nothing.
_FILLS = 20_000
_THIN = 1.5  # inputs a node up to which a large system is taken as a chain


class UnsolvedError(NotEstimableError):
    """The equations of the shares were not solved to the residual that is asked for."""

    def __init__(self, why: str) -> None:
        super().__init__(
            tr("the shares are not solved: {why}", why=why),
            remedy=tr("No number is given. Look for parties that supply each other nearly whole."),
        )


def need_scipy(thing: str) -> None:
    """Stop where scipy is not installed: most of tracing goes without it, by the compiled core.

    Args:
        thing: what needs it, as the subject of a sentence.

    Raises:
        MissingExtraError: says how to install it.
    """
    if "scipy" in missing("routes"):
        need("routes", thing)


def policy_values(shares: csr_array, given: Floats, guess: Floats, scale: float = 1.0) -> Floats:
    """Values x with x = shares x + given.

    Args:
        shares: of each node (row) what it has of each; no row sums to more than one.
        given: what each has from outside.
        guess: where the search starts.
        scale: how large values are; the residual is asked for in this measure.

    Raises:
        UnsolvedError: no method solved them, or a choice of shares closes a loop.
    """
    if len(given) <= _SMALL:
        return _dense(shares, given)
    enough = ENOUGH * scale
    found, residual = _swept(shares, given, guess, enough)
    for _ in range(_AGAIN):
        if residual <= enough:
            return found
        tried = _krylov(shares, given, found, enough)
        left = _residual(shares, given, tried)
        if not left < residual:
            break
        found, residual = tried, left
    if residual > enough and (len(given) <= _FILLS or shares.count_nonzero() <= _THIN * len(given)):
        found = _direct(shares, given)
        residual = _residual(shares, given, found)
    if not residual <= 10 * enough:
        raise UnsolvedError(tr("the equations of the shares were solved to {residual:.1e} only", residual=residual))
    return found


def _residual(shares: csr_array, given: Floats, found: Floats) -> float:
    with np.errstate(over="ignore", invalid="ignore"):
        return float(np.abs(shares @ found + given - found).max(initial=0.0))


def _swept(shares: csr_array, given: Floats, found: Floats, enough: float) -> tuple[Floats, float]:
    """Sweeps over all nodes for as long as they bring something."""
    before, residual = np.inf, np.inf
    for _ in range(0, _SWEEPS, _ASK):
        found, residual = swept(shares, given, found, _ASK)
        if residual <= enough or residual > _WORTH * before:
            break
        before = residual
    return found, _residual(shares, given, found)


def swept(shares: csr_array, given: Floats, found: Floats, sweeps: int) -> tuple[Floats, float]:
    """Some sweeps, and then a step as far as the last two say that all further ones would go together (Aitken).

    In large loops all nodes near their values at one pace, that of what leaves the loops. The step takes that part of
    the way at once; what is left nears much faster.

    Returns:
        The values, and the largest move of the last sweep.
    """
    last = np.zeros_like(found)
    for _ in range(sweeps):
        after = shares @ found + given
        before, last, found = last, after - found, after
    moved = float(np.abs(last).max(initial=0.0))
    pace = float(last @ before) / max(float(before @ before), _TINY)
    if sweeps > 1 and 0 < pace < 1:
        found = found + pace / (1 - pace) * last
    return found, moved


def _krylov(shares: csr_array, given: Floats, guess: Floats, enough: float) -> Floats:
    from scipy.sparse.linalg import LinearOperator, bicgstab

    size = len(given)
    system = LinearOperator((size, size), matvec=lambda x: x - shares @ x, dtype=np.float64)
    # The correction is asked for, not the values: its right side is the residual, so that small ones are not lost.
    right = shares @ guess + given - guess
    with np.errstate(all="ignore"):  # it may break down to what is no number; the residual tells
        found, _ = bicgstab(system, right, rtol=1e-12, atol=enough / 2, maxiter=_STEPS)
        better = np.asarray(guess + found, dtype=np.float64)
    return better if np.isfinite(better).all() else guess


def _dense(shares: csr_array, given: Floats) -> Floats:
    """Few nodes at once; the sparse factors of some such systems are of parts without rows, which BLAS complains of."""
    try:
        return np.asarray(np.linalg.solve(np.eye(len(given)) - shares.toarray(), given), dtype=np.float64)
    except np.linalg.LinAlgError as exc:  # exactly singular
        raise UnsolvedError(tr("a choice of shares closes a loop")) from exc


def _direct(shares: csr_array, given: Floats) -> Floats:
    from scipy.sparse import eye_array
    from scipy.sparse.linalg import splu

    try:
        found = splu((eye_array(len(given), format="csc") - shares).tocsc()).solve(given)
    except RuntimeError as exc:  # exactly singular
        raise UnsolvedError(tr("a choice of shares closes a loop")) from exc
    return np.asarray(found, dtype=np.float64)
