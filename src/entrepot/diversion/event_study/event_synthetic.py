"""The synthetic control of an event study, as rows of its contract."""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from entrepot.diversion.event_study.design import PAIR
from entrepot.diversion.event_study.event_rows import span, spread, str_of
from entrepot.diversion.event_study.synthetic_control import control, indexed, placebos

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from entrepot.diversion.event_study.event_panel import Panel
    from entrepot.diversion.event_study.synthetic_control import Control

Row = dict[str, Any]
# Series that a mix can be made of, and that can take the touched one's place: with fewer the share of series that
# come as far apart is never below 1 in 3.
_LEAST_DONORS = 3
# The largest: each takes the touched one's place and is fitted to all others, so the work grows with the square at
# least.
_MOST_DONORS = 60
# Periods before the date that a mix is fitted to: as many as a scan needs of years, and like that a convention.
_LEAST_FIT = 3
_NAMED = 3  # donors named in the basis, by weight
_HALF_A_DIGIT = 0.005  # weights are shown with two digits


def synthetic_rows(cut: Panel) -> tuple[list[Row], tuple[str, ...]]:
    """Synthetic control: each term and all after; none, with the reason, where it cannot be made."""
    index, seasons, matrix, names = _series(cut)
    event = int(np.searchsorted(index, cut.event))
    why = _why_not(matrix, seasons, event)
    if why:
        return [], (f"No synthetic control: {why}.",)
    values = indexed(matrix, seasons, event)
    own = control(values[:, 0], values[:, 1:], event)
    others = placebos(values, own, event)
    basis = f"values over their mean of the season before, all products together, {cut.side}; mix of {_mix(own, names)}"
    common = {"method": "synthetic", "n": int(matrix.size), "placebos": matrix.shape[1] - 1, "basis": basis}
    of = np.array([dict(cut.rows.select("index", "term").unique().rows())[i] for i in index])
    terms = list(dict.fromkeys(of.tolist()))
    rows = [
        common | {"term": str_of(t), "event_time": t} | span(cut, [t]) | _gap(values, own.series, of == t)
        for t in terms
    ]
    after = _gap(values, own.series, of >= 0)
    whole = {"term": "after", "p_placebo": others.p} | span(cut, [t for t in terms if t >= 0])
    return [*rows, common | whole | after | spread(after["effect_log"], others.effects)], ()


def _why_not(matrix: NDArray[np.float64], seasons: NDArray[np.int64], event: int) -> str:
    """Why no mix can be made; empty where one can."""
    if matrix.shape[1] - 1 < _LEAST_DONORS:
        return f"{matrix.shape[1] - 1} flows beside it have a value in each of its periods; it takes {_LEAST_DONORS}"
    if event < _LEAST_FIT:
        return f"{event} periods before the date; it takes {_LEAST_FIT}"
    if event == len(seasons):
        return "no period after the date has a season that stands before it"
    if any(not matrix[:event, 0][seasons[:event] == s].any() for s in np.unique(seasons)):
        return "the flow was nothing in a season before the date"
    return ""


def _mix(own: Control, names: list[str]) -> str:
    best = [j for j in np.argsort(-own.weights)[:_NAMED] if own.weights[j] > _HALF_A_DIGIT]
    return ", ".join(f"{names[1 + j]} {own.weights[j]:.2f}" for j in best)


def _gap(values: NDArray[np.float64], mix: NDArray[np.float64], where: NDArray[Any]) -> Row:
    """The touched series over its mix in some periods; the mix is of positive series, so never nothing."""
    change = float(values[where, 0].sum()) / float(mix[where].sum())
    return {"effect_log": log(change) if change > 0 else None, "change_pct": 100 * (change - 1)}


def _series(cut: Panel) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64], list[str]]:
    """Periods, seasons, and the matrix periods x pairs, the touched pair first, donors whole and largest first."""
    # Several touched pairs are one series; control products of theirs are donors like others.
    ends = [pl.when("touched").then(pl.lit("")).otherwise(pl.col(side).cast(pl.String)).alias(side) for side in PAIR]
    rows = cut.rows.with_columns(ends)
    sums = rows.group_by(*PAIR, "index", "season", "touched").agg(pl.col("amount").sum())
    own = sums.filter("touched").sort("index")
    early = own.filter(pl.col("index") < cut.event).get_column("season").unique().to_list()
    own = own.filter(pl.col("season").is_in(early))
    index = own.get_column("index").to_list()
    others = sums.filter(~pl.col("touched"), pl.col("index").is_in(index), pl.col("amount") > 0)
    whole = (
        others.group_by(*PAIR).agg(pl.len(), pl.col("amount").sum().alias("size")).filter(pl.col("len") == len(index))
    )
    columns, names = [own.get_column("amount").to_numpy()], ["touched"]
    largest = whole.sort("size", *PAIR, descending=[True, False, False]).head(_MOST_DONORS)
    for exporter, importer in largest.select(*PAIR).iter_rows():
        of = others.filter(pl.col("exporter") == exporter, pl.col("importer") == importer).sort("index")
        columns.append(of.get_column("amount").to_numpy())
        names.append(f"{exporter}-{importer}")
    return np.array(index), own.get_column("season").to_numpy(), np.column_stack(columns).astype(float), names
