"""Accuracy of the scan for diversion on a small set of what `make bench-planted` plants in trade of EU15.

The seeds are those of the benchmark: what the scan tests was chosen on others.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import polars as pl

from planted import asked, runs, scores

if TYPE_CHECKING:
    from accuracy.floors import Figures

FIRST, PLACEBO = 100, 2000
SCANS = {"small": 6, "any": 4, "nothing": 2}


@cache
def _panel() -> runs.Real:
    return asked.eu15()


def small_hubs() -> Figures:
    """A fifth of a direct leg moved through hubs that carried little before: what the scan is for."""
    return _found(0.2, SCANS["small"], hub_most=runs.SMALL)


def any_hub() -> Figures:
    """Two fifths moved through any place, most of them large."""
    return _found(0.4, SCANS["any"])


def _found(share: float, scans: int, **other: float) -> Figures:
    seeds = range(FIRST, FIRST + scans)
    parts = [runs.judged(_panel(), runs.options(_panel(), seed, share, **other)) for seed in seeds]
    rows = pl.concat(parts, how="diagonal_relaxed")
    [power], [false] = scores.power(rows).to_dicts(), scores.false_discoveries(rows).to_dicts()
    [inside] = scores.coverage(rows).to_dicts()
    return {
        "found": (power["power"], power["of"]),
        "signals that are none": (false["fdr"], power["of"]),
        "interval with its error holds what was declared": (inside["declared"], inside["of"]),
    }


def nothing() -> Figures:
    """Measures at whose day nothing moves, and measures that only cut trade: scans with a signal."""
    every = [o for seed in range(PLACEBO, PLACEBO + SCANS["nothing"]) for _, o in runs.nothing_planted(_panel(), seed)]
    hit = [runs.judged(_panel(), o)["found"].fill_null(value=False).any() for o in every]
    return {"scans with a signal": (sum(hit) / len(hit), len(hit))}


SETS = {
    "diversion/small hubs": small_hubs,
    "diversion/any hub": any_hub,
    "diversion/nothing planted": nothing,
}
