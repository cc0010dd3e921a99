"""Coverage, width and interval score of intervals, in logarithms, beside those of simpler methods."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from corridors.left_out import LeftOut

_ALPHA = 0.05
_EARLIER = 20  # errors of its own that a simple method has before it gives an interval
_Z = 1.959964


def binomial(hits: int, of: int) -> tuple[float, float]:
    """Wilson's interval of a share."""
    if not of:
        return 0.0, 1.0
    share, z2 = hits / of, _Z**2
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = _Z * np.sqrt(share * (1 - share) / of + z2 / (4 * of**2)) / (1 + z2 / of)
    return float(middle - half), float(middle + half)


def interval_score(low: float, high: float, value: float) -> float:
    """Width of an interval and forty times what it misses by, in logarithms (Gneiting and Raftery 2007)."""
    lo, hi, at = np.log([max(low, 1e-12), high, value])
    return float(hi - lo + 2 / _ALPHA * (max(0.0, lo - at) + max(0.0, at - hi)))


def simple_intervals(rows: Sequence[LeftOut], method: str) -> list[tuple[float, float] | None]:
    """Intervals of a simple method from the quantiles of its own errors on prints known earlier."""
    errors = [None if (v := getattr(r, method)) is None else float(np.log(r.value / v)) for r in rows]
    out: list[tuple[float, float] | None] = []
    for row, error in zip(rows, errors, strict=True):
        known = np.array([e for r, e in zip(rows, errors, strict=True) if e is not None and r.known_on < row.known_on])
        if error is None or len(known) < _EARLIER:
            out.append(None)
            continue
        lo, hi = np.quantile(known, (_ALPHA / 2, 1 - _ALPHA / 2))
        out.append((getattr(row, method) * float(np.exp(lo)), getattr(row, method) * float(np.exp(hi))))
    return out


def pooled(rows: Sequence[LeftOut]) -> list[str]:
    """What comes out over all prints: lines to print."""
    known = [r for r in rows if r.is_known]
    hits = sum(r.low <= r.value <= r.high for r in known)
    lines = [f"{len(rows)} left-out figures; with an interval {_share(len(known), len(rows))}"]
    lines.append(f"stated 95 % covers {_share(hits, len(known))}")
    for method in ("last", "between"):
        made = simple_intervals(rows, method)
        both = [(r, m) for r, m in zip(rows, made, strict=True) if m is not None and r.is_known]
        if not both:
            lines.append(f"beside {method}: no figure on which both give an interval")
            continue
        ours, theirs = _mean_scores(both)
        lines.append(f"beside {method}: on {len(both)} figures interval score {ours[0]:.3f} against {theirs[0]:.3f}; "
                     f"each series alike {ours[1]:.3f} against {theirs[1]:.3f}; covers {theirs[2]:.1%}")  # fmt: skip
    covers = [np.mean([r.low <= r.value <= r.high for r in known if r.series == s]) for s in {r.series for r in known}]
    lines.append(f"coverage with each of {len(covers)} series alike {np.mean(covers):.1%}" if covers else "")
    return lines


def _mean_scores(
    both: Sequence[tuple[LeftOut, tuple[float, float]]],
) -> tuple[tuple[float, float], tuple[float, float, float]]:
    ours = np.array([interval_score(r.low, r.high, r.value) for r, _ in both])
    theirs = np.array([interval_score(*m, r.value) for r, m in both])
    covers = float(np.mean([m[0] <= r.value <= m[1] for r, m in both]))
    names = [r.series for r, _ in both]
    return (float(ours.mean()), _alike(ours, names)), (float(theirs.mean()), _alike(theirs, names), covers)


def _alike(scores: NDArray[np.float64], names: Sequence[str]) -> float:
    """The mean with each series weighing the same."""
    return float(np.mean([scores[[n == s for n in names]].mean() for s in sorted(set(names))]))


def _share(hits: int, of: int) -> str:
    low, high = binomial(hits, of)
    return f"{hits} of {of} ({hits / max(of, 1):.1%}, binomial {low:.1%} to {high:.1%})"
