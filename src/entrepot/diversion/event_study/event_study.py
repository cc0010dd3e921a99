"""The verb: how one flow moved around a date, beside flows that the measure did not touch.

See docs/design/22-diversion.md, "Event study".
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from entrepot.core.contract import table
from entrepot.core.errors import NotEstimableError
from entrepot.core.runtime.extras import need
from entrepot.diversion.event_study import event_reading
from entrepot.diversion.event_study.contract import EVENT_STUDY
from entrepot.diversion.event_study.event_panel import PAIR, panel
from entrepot.diversion.event_study.event_rows import difference_rows, path_rows
from entrepot.diversion.event_study.event_synthetic import synthetic_rows
from entrepot.trade.gravity import fit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pyarrow as pa

    from entrepot.diversion.event_study.event_panel import Panel
    from entrepot.diversion.question import Question
    from entrepot.trade.gravity import Fit

    Progress = Callable[[int, int], None]

Pair = tuple[str, str]
# 39 untouched pairs beside the touched one put the lowest p at 1 in 40, which a two-sided 5 % needs.
PLACEBOS = 39


@dataclass(frozen=True, slots=True, eq=False)
class EventStudy:
    """What an event study found.

    Attributes:
        table: under `EVENT_STUDY`.
        words: what it says, and what it cannot, one sentence each.
    """

    table: pa.Table
    words: tuple[str, ...]


def event_study(
    flows: pa.Table, question: Question, *, placebos: int = PLACEBOS, progress: Progress | None = None
) -> EventStudy:
    """Follow a flow around the day on which a measure took effect.

    Args:
        flows: under the contract `trade_flows`.
        question: measure, origin, destination, day, what is counted; products and hubs (whose legs are left out) where
            given.
        placebos: how many untouched pairs are taken for the touched one; the largest before the date.
        progress: told (done, in all).

    Raises:
        MissingExtraError: the packages of the extra `gravity` are not installed.
        NotEstimableError: no destination, too few periods, nothing to compare with.
    """
    need("gravity", "the event study")
    cut = panel(flows, question)
    touched = (question.origin, str(question.destination))
    terms, dead = _terms(cut)
    own = _path(cut, touched, terms), _difference(cut, touched)
    others = _placebos(cut, terms, placebos, progress)
    rows = path_rows(cut, terms, dead, own[0], [o[0] for o in others])
    rows += difference_rows(cut, own[1], [o[1] for o in others])
    synthetic, why_not = synthetic_rows(cut)
    rows = [r | {"unit": cut.unit} for r in (*rows, *synthetic)]
    words = event_reading.words(rows, touched, len(others))
    said = event_reading.with_readings(rows, words)
    return EventStudy(table(EVENT_STUDY, said), (*words.values(), *why_not, *cut.notes))


def _terms(cut: Panel) -> tuple[list[int], list[int]]:
    """The terms to estimate, and those in which the touched flow was nothing at all.

    Raises:
        NotEstimableError: no term after the date, or nothing in the year before it.
    """
    sums = cut.rows.filter("touched").group_by("term").agg(pl.col("amount").sum()).sort("term").rows()
    alive = [t for t, value in sums if value > 0]
    if not any(t in cut.reference for t in alive):
        raise NotEstimableError(
            "the flow has no value in the year before the date, with which all else is compared",
            remedy="Give another --since, or flows of those periods.",
        )
    dead = [t for t, value in sums if not value and t not in cut.reference]
    return [t for t in alive if t not in cut.reference], dead


def _name(term: int) -> str:
    return f"term {term}"


def _path(cut: Panel, pair: Pair, terms: Sequence[int]) -> Fit:
    """PPML with leads and lags of one pair, errors clustered by pair."""
    mark = (pl.col("exporter") == pair[0]) & (pl.col("importer") == pair[1])
    live = cut.rows.filter(~mark | pl.col("term").is_in([*terms, *cut.reference]))
    marked = live.with_columns((mark & (pl.col("term") == t)).alias(_name(t)) for t in terms)
    return fit(marked, "amount", [_name(t) for t in terms], cut.effects, [PAIR])


def _difference(cut: Panel, pair: Pair) -> Fit:
    """Difference in differences: OLS on logarithms, one step at the date; flows of nothing cannot enter."""
    mark = (pl.col("exporter") == pair[0]) & (pl.col("importer") == pair[1]) & (pl.col("term") >= 0)
    traded = cut.rows.filter(pl.col("amount") > 0)
    return fit(
        traded.with_columns(pl.col("amount").log().alias("log_amount"), mark.alias("after")),
        "log_amount",
        ["after"],
        cut.effects,
        [PAIR],
        "ols",
    )


def _placebos(cut: Panel, terms: Sequence[int], most: int, progress: Progress | None) -> list[tuple[Fit, Fit]]:
    """The same estimates for pairs that were not touched, the touched pair left out."""
    rest = replace(cut, rows=cut.rows.filter(~pl.col("touched")))
    wanted = {*terms, *cut.reference}
    known = (
        rest.rows.filter(pl.col("amount") > 0)
        .group_by(*PAIR)
        .agg(
            pl.col("term").unique().alias("terms"),
            pl.col("amount").filter(pl.col("term") < 0).sum().alias("size"),
        )
        .sort("size", *PAIR, descending=[True, False, False])
    )
    pairs = [(r[0], r[1]) for r in known.iter_rows() if wanted <= set(r[2])]
    found: list[tuple[Fit, Fit]] = []
    for done, pair in enumerate(pairs[:most]):
        if progress is not None:
            progress(done, min(most, len(pairs)))
        try:
            found.append((_path(rest, pair, terms), _difference(rest, pair)))
        except NotEstimableError:  # a pair that its own effects already explain is no comparison
            continue
    return found
