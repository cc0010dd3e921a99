"""A dose in place of a date: how a flow moved for each unit of a tariff rate, or of whatever else measures how much.

A date says that a measure came; a dose says how much of it each product had and when. Of the touched flow alone the
dose stands in the regression, beside the same effects: what moved the product of everybody, or the pair in its season,
is no effect of the dose.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from entrepot.core.errors import NotEstimableError
from entrepot.core.words.translate import tr
from entrepot.diversion.event_study.event_rows import estimate, of_method
from entrepot.diversion.flows.calendar import index_of
from entrepot.trade.marked.marked_rows import MARK, VALUE, fit_marks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.diversion.event_study.dose import Dose
    from entrepot.diversion.event_study.event_panel import Panel
    from entrepot.trade.gravity import Fit

COLUMN = "dose"


def dosed(cut: Panel, given: Sequence[Dose], mark: pl.Expr) -> Fit:
    """PPML of the amount on the dose of the marked rows, beside the effects of the panel.

    Raises:
        NotEstimableError: no marked row has a dose, or all rows have the same.
    """
    rows = cut.rows.join(_by_cell(cut, given), on=["product", "index"], how="left")
    rows = rows.with_columns(pl.when(mark).then(pl.col(COLUMN).fill_null(0.0)).otherwise(0.0).alias(COLUMN))
    if rows.filter(mark).get_column(COLUMN).n_unique() < 2:  # noqa: PLR2004 - one dose throughout is none
        raise NotEstimableError(
            tr("no row of the flow has another dose than the rest"),
            found=", ".join(d.said for d in given),
            allowed=", ".join(cut.rows.filter("touched").get_column("product").unique().sort().to_list()[:12]),
            remedy=tr("Give doses of these products, from days that the flows reach."),
        )
    marked = pl.when(pl.col(COLUMN) != 0).then(pl.lit(0, pl.Int32)).alias(MARK)
    rows = rows.with_columns(marked, pl.col(COLUMN).alias(VALUE))
    return fit_marks(rows.lazy(), "amount", [COLUMN], cut.effects, cut.cluster)


def _by_cell(cut: Panel, given: Sequence[Dose]) -> pl.DataFrame:
    """The dose of each product and period: of the longest code that it begins with, the latest that holds by then."""
    cells = cut.rows.select("product", "index").unique().sort("product", "index")
    values = [0.0 if d is None else d.amount for d in _held(cut, given, cells)]
    return cells.with_columns(pl.Series(COLUMN, values, dtype=pl.Float64))


def _held(cut: Panel, given: Sequence[Dose], cells: pl.DataFrame) -> list[Dose | None]:
    """The dose of each product and period: of the longest code that it begins with, the latest; None: it has none."""
    days = {d: cut.event if d.since is None else index_of(d.since, cut.frequency) for d in given}

    def at(product: str, index: int) -> Dose | None:
        mine = [d for d in given if product.startswith(d.code) and days[d] <= index]
        return max(mine, key=lambda d: (len(d.code), days[d])) if mine else None

    return [at(p, i) for p, i in cells.iter_rows()]


def unused(cut: Panel, given: Sequence[Dose]) -> tuple[str, ...]:
    """Which doses the flow has in none of its products and periods, in a sentence; nothing where it has all."""
    held = set(_held(cut, given, cut.rows.filter("touched").select("product", "index").unique()))
    left = ", ".join(d.said for d in given if d not in held)
    said = tr("Not used, for no product of the flow has such a dose in these periods: {doses}.", doses=left)
    return (said,) if left else ()


def dose_row(cut: Panel, given: Sequence[Dose], own: Fit, others: Sequence[Fit]) -> dict[str, Any]:
    """The estimate as a row: what one unit of dose goes with, and the same doses put on untouched pairs."""
    theirs = np.array([o.coefficients[0] for o in others])
    held = cut.rows.filter("touched").sort("index").get_column("period")
    basis = f"{own.method} on the dose of each product and period ({', '.join(d.said for d in given)}); {cut.side}"
    return (
        of_method(COLUMN, own, basis)
        | {"term": "per unit", "period_start": held[0], "period_end": held[-1]}
        | estimate(own.coefficients[0], own.standard_errors[0], theirs, own.groups)
    )
