"""The verb: how one flow moved around a date, beside flows that the measure did not touch.

See docs/design/22-diversion.md, "Event study".
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

import polars as pl

from entrepot.core.contract import table
from entrepot.core.errors import CollinearError, NotEstimableError, NothingLeftError
from entrepot.core.runtime.extras import need
from entrepot.core.units import counted
from entrepot.core.words.translate import tr
from entrepot.diversion.event_study import event_reading
from entrepot.diversion.event_study.contract import EVENT_STUDY
from entrepot.diversion.event_study.design import ABSORBED, EFFECTS, LEAST, PAIR, USUAL
from entrepot.diversion.event_study.event_dose import dose_row, dosed, unused
from entrepot.diversion.event_study.event_panel import panel
from entrepot.diversion.event_study.event_rows import difference_rows, observed_row, path_rows
from entrepot.diversion.event_study.event_synthetic import synthetic_rows
from entrepot.trade.marked.marked_rows import MARK, fit_marks

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import pyarrow as pa

    from entrepot.diversion.event_study.design import Design
    from entrepot.diversion.event_study.event_panel import Panel
    from entrepot.diversion.question import Question
    from entrepot.trade.gravity import Fit

    Progress = Callable[[int, int], None]


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
    flows: pa.Table | Path,
    question: Question,
    *,
    placebos: int | None = None,
    design: Design = USUAL,
    progress: Progress | None = None,
) -> EventStudy:
    """Follow a flow around the day on which a measure took effect.

    Args:
        flows: under the contract `trade_flows`; a path: of a Parquet file, of which only the rows that enter are read.
        question: measure, origin, destination (of a group, its members are touched alike), day, what is counted;
            products, hubs (whose legs are left out) and controls where given.
        placebos: how many untouched pairs are taken for the touched one; None: as the design says.
        design: terms, effects and clusters.
        progress: told (done, in all).

    Raises:
        MissingExtraError: the packages of the extra `gravity` are not installed.
        NotEstimableError: no destination, too few periods, nothing to compare with.
    """
    need("gravity", "the event study")
    cut = panel(flows, question, design)
    touched = (question.origin, str(question.destination))
    terms, dead = _terms(cut)
    try:
        own = _path(cut, pl.col("touched"), terms), _difference(cut, pl.col("touched"))
        by_dose = dosed(cut, design.doses, pl.col("touched")) if design.doses else None
    except CollinearError as exc:
        raise _nothing_beside(cut, touched) from exc
    except NothingLeftError as exc:
        raise _each_alone(cut) from exc
    tried = replace(design, placebos=design.placebos if placebos is None else placebos)
    others = _placebos(cut, terms, tried, progress)
    rows = path_rows(cut, terms, dead, own[0], [o[0] for o in others])
    rows += difference_rows(cut, own[1], [o[1] for o in others])
    rows.append(observed_row(cut))
    rows += [dose_row(cut, design.doses, by_dose, [f for o in others for f in o[2:]])] if by_dose else []
    synthetic, why_not = synthetic_rows(cut)
    rows = [r | {"unit": cut.unit} for r in (*rows, *synthetic)]
    words = event_reading.words(rows, touched, len(others), question.hubs or ())
    said = event_reading.with_readings(rows, words)
    return EventStudy(table(EVENT_STUDY, said), (*words.values(), *why_not, *unused(cut, design.doses), *cut.notes))


def _nothing_beside(cut: Panel, pair: tuple[str, str]) -> NotEstimableError:
    """That what is absorbed leaves nothing to compare the flow with, and what to do."""
    names = _absorbed(cut)
    others = cut.rows.filter(~pl.col("touched")).select(*PAIR).unique().height
    return NotEstimableError(
        tr(
            "beside {others} nothing tells how the flow from {origin} to {destination} moved apart from what is "
            "absorbed: {absorbed}",
            others=counted(others, "other flow"),
            origin=pair[0],
            destination=pair[1],
            absorbed="; ".join(tr(ABSORBED[name]) for name in names),
        ),
        remedy=_less(names),
    )


def _absorbed(cut: Panel) -> list[str]:
    return [name for name, columns in EFFECTS.items() if columns in cut.effects]


def _less(names: Sequence[str]) -> str:
    """What to do where too much is absorbed."""
    if set(names) <= set(LEAST):
        return tr("Give flows of more sellers and buyers, or fewer --effects.")
    return tr(
        "--effects {least} compares it with all other flows of its products, whatever else moved who sells or buys "
        "them; or give flows of more sellers and buyers.",
        least=",".join(LEAST),
    )


def _each_alone(cut: Panel) -> NotEstimableError:
    """That every row is alone in something that is absorbed, in what, and what to do."""
    names = _absorbed(cut)
    sizes = {name: cut.rows.group_by(EFFECTS[name]).len()["len"] for name in names}
    alone = [name for name in names if (sizes[name] == 1).all()]
    return NotEstimableError(
        tr(
            "nothing is left to compare with: what is absorbed takes up every row, for in these flows each stands "
            "alone in {absorbed}",
            absorbed="; ".join(tr(ABSORBED[name]) for name in alone or names),
        ),
        remedy=_less(names),
    )


def _terms(cut: Panel) -> tuple[list[int], list[int]]:
    """The terms to estimate, and those in which the touched flow was nothing at all.

    Raises:
        NotEstimableError: no term after the date, or nothing in the year before it.
    """
    sums = cut.rows.filter("touched").group_by("term").agg(pl.col("amount").sum()).sort("term").rows()
    alive = [t for t, value in sums if value > 0]
    if not any(t in cut.reference for t in alive):
        raise NotEstimableError(
            tr("the flow has no value in the year before the date, with which all else is compared"),
            remedy=tr("Give another --since, or flows of those periods."),
        )
    dead = [t for t, value in sums if not value and t not in cut.reference]
    return [t for t in alive if t not in cut.reference], dead


def _name(term: int) -> str:
    return f"term {term}"


def _of(pair: Sequence[str]) -> pl.Expr:
    """The rows of a pair that a measure would touch."""
    return (pl.col(PAIR[0]) == pair[0]) & (pl.col(PAIR[1]) == pair[1]) & ~pl.col("control")


def _path(cut: Panel, mark: pl.Expr, terms: Sequence[int]) -> Fit:
    """PPML with leads and lags of the marked rows."""
    number = pl.col("term").replace_strict({t: i for i, t in enumerate(terms)}, default=None, return_dtype=pl.Int32)
    live = cut.rows.lazy().filter(~mark | pl.col("term").is_in([*terms, *cut.reference]))
    marked = live.select("amount", *_compared(cut), pl.when(mark).then(number).alias(MARK))
    return fit_marks(marked, "amount", [_name(t) for t in terms], cut.effects, cut.cluster)


def _compared(cut: Panel) -> list[str]:
    """The columns that effects and clusters are made of: no others are held while an estimate is made."""
    return sorted({*chain.from_iterable(cut.effects), *cut.cluster})


def _difference(cut: Panel, mark: pl.Expr) -> Fit:
    """Difference in differences: OLS on logarithms, one step at the date; flows of nothing cannot enter."""
    step = pl.when(mark & (pl.col("term") >= 0)).then(pl.lit(0, pl.Int32)).alias(MARK)
    traded = cut.rows.lazy().filter(pl.col("amount") > 0)
    rows = traded.select(*_compared(cut), pl.col("amount").log().alias("log_amount"), step)
    return fit_marks(rows, "log_amount", ["after"], cut.effects, cut.cluster, "ols")


def _placebos(cut: Panel, terms: Sequence[int], design: Design, progress: Progress | None) -> list[tuple[Fit, ...]]:
    """The same estimates for pairs that were not touched, the touched pair left out: path, step, and that of a dose."""
    named = cut.rows.filter("touched").select(*PAIR).unique()
    rest = replace(cut, rows=cut.rows.join(named, on=PAIR, how="anti"))
    wanted = {*terms, *cut.reference}
    known = (
        rest.rows.filter(pl.col("amount") > 0, ~pl.col("control"))
        .group_by(*PAIR)
        .agg(
            pl.col("term").unique().alias("terms"),
            pl.col("amount").filter(pl.col("term") < 0).sum().alias("size"),
        )
        .sort("size", *PAIR, descending=[True, False, False])
    )
    pairs = [(r[0], r[1]) for r in known.iter_rows() if wanted <= set(r[2])]
    found: list[tuple[Fit, ...]] = []
    for done, pair in enumerate(pairs[: design.placebos]):
        if progress is not None:
            progress(done, min(design.placebos, len(pairs)))
        mark = _of(pair)
        try:
            by_dose = (dosed(rest, design.doses, mark),) if design.doses else ()
            found.append((_path(rest, mark, terms), _difference(rest, mark), *by_dose))
        except NotEstimableError:  # a pair that its own effects already explain is no comparison
            continue
    return found
