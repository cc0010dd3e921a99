"""Other flows that the measure touches, which are left out of what a flow is compared with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from entrepot.core.units import counted
from entrepot.core.words.translate import tr
from entrepot.diversion.event_study.design import PAIR
from entrepot.diversion.flows.measure_goods import flows_touched

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.diversion.question import Question

_NAMED = 5  # pairs in a sentence


def also_touched(question: Question, products: Sequence[str]) -> pl.Expr:
    """Whether the measure of a question touches a row, whoever sells and buys.

    Args:
        question: what is asked.
        products: codes of the flows that may enter.
    """
    found = [
        pl.col("product").is_in(sorted(of.products))
        & _among("exporter", of.exporters)
        & _among("importer", of.importers)
        for of in flows_touched(question, products)
    ]
    return pl.any_horizontal([pl.lit(value=False), *found])


def _among(side: str, places: frozenset[str]) -> pl.Expr:
    return pl.col(side).is_in(sorted(places)) if places else pl.lit(value=True)


def left_out(rows: pl.LazyFrame, question: Question) -> tuple[str, ...]:
    """Which pairs were left out for the measure touches them, in a sentence; nothing where there are none.

    Args:
        rows: those left out.
        question: what is asked.
    """
    pairs = sorted(rows.select(*PAIR).unique().collect().rows())
    if not pairs:
        return ()
    shown = ", ".join(tr("{seller} to {buyer}", seller=a, buyer=b) for a, b in pairs[:_NAMED])
    return (
        tr(
            "Compared with no other flow that {measure} touches: {count} left out ({shown}{more}).",
            measure=question.measure,
            count=counted(len(pairs), "pair of places", "pairs of places"),
            shown=shown,
            more=", …" if len(pairs) > _NAMED else "",
        ),
    )
