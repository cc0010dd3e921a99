"""Estimates as rows of the contract `event_study`."""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from entrepot.core.words.translate import in_english, tr
from entrepot.trade.gravity import wald

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from entrepot.diversion.event_study.event_panel import Panel
    from entrepot.trade.gravity import Fit

Row = dict[str, Any]
_ENOUGH = 19  # untouched pairs from which a 95 % interval can be read: the outermost of 20 pairs is 5 % of them


def path_rows(cut: Panel, terms: Sequence[int], dead: Sequence[int], own: Fit, others: Sequence[Fit]) -> list[Row]:
    """PPML: each term, the reference, the leads together and the mean of the lags."""
    beta, theirs = np.array(own.coefficients), np.array([o.coefficients for o in others]).reshape(-1, len(terms))
    basis = _basis(cut, own.method)
    common = of_method("ppml", own, basis)
    rows = [
        common | _at(cut, t) | estimate(float(beta[i]), own.standard_errors[i], theirs[:, i], own.groups)
        for i, t in enumerate(terms)
    ]
    here = cut.rows.filter("touched", pl.col("term").is_in(cut.reference)).get_column("term").unique().sort().to_list()
    bare: list[tuple[int, Row]] = [*((t, _still()) for t in here), *((t, {"change_pct": -100.0}) for t in dead)]
    rows += [common | _at(cut, t) | what for t, what in bare]
    rows.sort(key=lambda r: int(r["event_time"]))
    leads = [i for i, t in enumerate(terms) if t < 0]
    lags = [i for i, t in enumerate(terms) if t >= 0]
    if leads:
        rows.append(common | span(cut, [terms[i] for i in leads]) | _leads(own, theirs, leads))
    if lags:
        mean = {"term": "after", "basis": f"mean of the lags; {basis}"} | span(cut, [terms[i] for i in lags])
        rows.append(common | mean | _lags(own, theirs, lags))
    return rows


def _lags(own: Fit, theirs: NDArray[np.float64], lags: list[int]) -> Row:
    """The mean of the lags with its error."""
    w = np.zeros(len(own.names))
    w[lags] = 1 / len(lags)
    error = float(np.sqrt(w @ own.covariance @ w))
    return estimate(float(w @ np.array(own.coefficients)), error, theirs @ w, own.groups)


def str_of(term: int) -> str:
    """A term as text: +2, 0, -3."""
    return f"{term:+d}" if term else "0"


def difference_rows(cut: Panel, own: Fit, others: Sequence[Fit]) -> list[Row]:
    """Difference in differences: one row."""
    theirs = np.array([o.coefficients[0] for o in others])
    after = [t for t in cut.rows.filter("touched").get_column("term").unique().to_list() if t >= 0]
    basis = f"one step at the date, logarithms of flows above zero; {_basis(cut, own.method)}"
    return [
        of_method("did", own, basis)
        | {"term": "after"}
        | span(cut, after)
        | estimate(own.coefficients[0], own.standard_errors[0], theirs, own.groups)
    ]


@in_english
def observed_row(cut: Panel) -> Row:
    """The flow itself after the date over the same seasons of the year before it, beside nothing."""
    own = cut.rows.filter("touched").group_by("index", "season", "term").agg(pl.col("amount").sum())
    then = own.filter(pl.col("term").is_in(cut.reference)).group_by("season").agg(pl.col("amount").mean().alias("was"))
    both = own.filter(pl.col("term") >= 0).join(then, on="season")
    was, now = (float(both.get_column(name).sum()) for name in ("was", "amount"))
    terms = both.get_column("term").unique().to_list()
    reference = span(cut, list(cut.reference))
    basis = tr(
        "{side}, as it stands in the flows, over the same part of the year before the date ({first} to {last}); "
        "compared with no other flow",
        side=cut.side,
        first=reference["period_start"],
        last=reference["period_end"],
    )
    row = {"method": "observed", "term": "after", "n": own.height, "placebos": 0, "basis": basis} | span(cut, terms)
    return row | ({"change_pct": round(100 * (now / was - 1), 4)} if was > 0 else {})


def spread(effect: float | None, placebo: NDArray[np.float64]) -> Row:
    """The 95 % interval from the same estimate for untouched pairs, where there are enough."""
    if effect is None or len(placebo) < _ENOUGH:
        return {}
    ends = np.quantile(placebo, [0.025, 0.975], method="inverted_cdf")
    low, high = percent(effect - float(ends[1])), percent(effect - float(ends[0]))
    return {"low_pct": low, "high_pct": high, "interval": "placebo"}


def _leads(own: Fit, theirs: NDArray[np.float64], leads: list[int]) -> Row:
    """The joint test that the flow ran beside the others before the date."""
    statistic, p = wald(own, [own.names[i] for i in leads])
    size = float((np.array(own.coefficients)[leads] ** 2).mean())
    placebo = (theirs[:, leads] ** 2).mean(axis=1)
    return {
        "term": "before",
        "statistic": statistic,
        "p": p,
        "p_placebo": (1 + int((placebo >= size).sum())) / (1 + len(placebo)) if len(placebo) else None,
        "placebos": len(placebo),
    }


def estimate(beta: float, error: float, placebo: NDArray[np.float64], groups: int) -> Row:
    """An estimate with its interval: from the pairs that were not touched where there are enough, else by the error.

    One touched pair is one cluster, whose part of a clustered error comes to nothing; the spread of the same estimate
    over untouched pairs does not have that fault (Conley and Taber 2011).
    """
    from scipy.stats import t

    wide = float(t.ppf(0.975, max(groups - 1, 1))) * error
    clustered = {"low_pct": percent(beta - wide), "high_pct": percent(beta + wide), "interval": "clustered"}
    worse = int((np.abs(placebo) >= abs(beta)).sum())
    return {
        "effect_log": beta,
        "change_pct": percent(beta),
        **(spread(beta, placebo) or clustered),
        "std_error": error,
        "p": float(2 * t.sf(abs(beta) / error, max(groups - 1, 1))) if error else None,
        "p_placebo": (1 + worse) / (1 + len(placebo)) if len(placebo) else None,
        "placebos": len(placebo),
    }


def percent(effect: float) -> float:
    """A logarithmic effect in percent, to four places: more is never known."""
    # 700 is the largest power that a float can hold; an interval of one noisy term may reach beyond.
    return round(100 * (exp(min(effect, 700.0)) - 1), 4)


def _still() -> Row:
    """The reference: no change, by definition."""
    return {"effect_log": 0.0, "change_pct": 0.0}


def of_method(method: str, own: Fit, basis: str) -> Row:
    """What all rows of a method have."""
    return {"method": method, "n": own.n, "placebos": 0, "basis": basis}


def _at(cut: Panel, term: int) -> Row:
    return {"term": str_of(term), "event_time": term} | span(cut, [term])


def span(cut: Panel, terms: Sequence[int]) -> Row:
    """First and last period of some terms."""
    of = cut.rows.filter(pl.col("term").is_in(list(terms))).sort("index").get_column("period")
    return {"period_start": of[0], "period_end": of[-1]}


def _basis(cut: Panel, method: str) -> str:
    reference = span(cut, list(cut.reference))
    year = f"{reference['period_start']} to {reference['period_end']}"
    return f"{cut.side}, beside the year before the date ({year}); {method}"
