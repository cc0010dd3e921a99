"""The panel of an event study: which rows of the flows enter, and how far each lies from the date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from entrepot.core.errors import NotEstimableError, UnknownNameError
from entrepot.core.periods import first_day, last_day
from entrepot.core.units import counted
from entrepot.core.words.translate import tr
from entrepot.diversion.event_study.also_touched import also_touched, left_out
from entrepot.diversion.event_study.design import CLUSTERS, EFFECTS, PAIR, USUAL
from entrepot.diversion.flows.calendar import PER_YEAR, index_of
from entrepot.diversion.flows.changed_codes import recodes
from entrepot.diversion.flows.legs import refuse_unknown
from entrepot.diversion.flows.measure_goods import goods_told, is_of_the_measure, later_told
from entrepot.diversion.flows.window import end_told
from entrepot.trade.loading.printed.printed_products import REST
from entrepot.trade.marked.marked_rows import crossed
from entrepot.vocabulary.groups import group_of

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa

    from entrepot.diversion.event_study.design import Design
    from entrepot.diversion.question import Question

# Months are taken in threes: a month of one pair is mostly noise, and a path of a hundred terms shows nothing.
_WIDTH = {"year": 1, "quarter": 1, "month": 3}
_PRICE = "USD a kg"
# What an amount is, by what is counted. A value per kilogram is that of rows in which both stand.
_AMOUNTS = {
    "USD": pl.col("value_usd"),
    "kg": pl.col("net_kg"),
    _PRICE: pl.when(pl.col("net_kg") > 0).then(pl.col("value_usd") / pl.col("net_kg")),
}
_LACKS = {"USD": "value", "kg": "weight", _PRICE: "value or a weight"}
_SERIES = (*PAIR, "product")
_NAMES = (*_SERIES, "reporter", "flow", "frequency", "period")
_NAME = pl.Categorical()
# Rows among which what was left unsaid is looked for at once: what reporters say hangs together for each of them alone.
_AT_ONCE = 1_000_000
_SIDES = {"balanced": "balanced figures", "import": "as importers counted", "export": "as exporters counted"}


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """The rows that enter.

    Attributes:
        rows: exporter, importer, product, period, index (whole periods since year 0), season (period of the year), term
            (distance from the date in terms), amount, touched, control (of a product that the measure does not touch).
        frequency: year, quarter or month.
        unit: what amounts are counted in.
        event: index of the period that holds the date.
        side: which side's count of the flows was taken.
        effects: what is absorbed.
        cluster: what errors are clustered by.
        notes: what was left out, one sentence each.
    """

    rows: pl.DataFrame
    frequency: str
    unit: str
    event: int
    side: str
    effects: tuple[tuple[str, ...], ...]
    cluster: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def reference(self) -> range:
        """The terms that all others are compared with: the last year before the date."""
        return _reference(self.frequency)


def _reference(frequency: str) -> range:
    return range(-PER_YEAR[frequency] // _WIDTH[frequency], 0)


def panel(flows: pa.Table | Path, question: Question, design: Design = USUAL) -> Panel:
    """Cut the panel of a question out of flows; of a file only the rows that enter are read.

    One side's count is taken throughout, the one that has more of the touched flow; aggregates, re-exports and cells
    without an amount stay out, and so do products of which the touched flow has periods on one side of the date only:
    their code has changed, or nothing can be compared. A flow that its reporter does not name in a period in which it
    names others of the product is nothing, and stays in as a zero.

    Raises:
        NotEstimableError: no destination, or nothing of the touched flow before or after the date.
        UnknownNameError: a product, a hub or a control that the flows do not hold.
    """
    if question.destination is None:
        raise NotEstimableError(
            tr("an event study compares one flow with others, and no destination is given"),
            remedy=tr("Give --to; shifts between partners are what `entrepot divert` looks for."),
        )
    every, whole = _with_wholes(_lazily(flows, question.counted), question)
    _refuse_unknown(every, question)
    frame, goods = _of_question(every, question)
    frame, frequency, side = _one_count(frame, question)
    frame, joins = _recoded(frame) if question.counted != _PRICE else (frame, ())  # prices do not add up
    blank = frame.filter(pl.col("amount").is_null()).select(*_SERIES, "period")
    frame, notes = _reported(frame, question.counted)
    frame, event = _placed(frame, frequency, question)
    frame, more = _both_sides(frame, event, question)
    frame, zeros = _with_zeros(frame, blank, side, question.counted)
    frame = frame.with_columns(((pl.col("index") - event) // _WIDTH[frequency]).alias("term"))
    frame, last = _seasons(frame, frequency)
    frame = _numbered(_within(frame, design))
    notes = (*goods, *whole, *joins, *notes, *more, *zeros, *last)
    effects = _effects(frame, frequency, design)
    return Panel(frame, frequency, question.counted, event, side, effects, CLUSTERS[design.cluster], notes)


def _refuse_unknown(frame: pl.LazyFrame, question: Question) -> None:
    """See that what is named is there: without it the study would be that of another question."""
    if not (question.products or question.control_goods or question.control_places or question.hubs):
        return
    held = {c: frame.select(pl.col(c).unique()).collect().get_column(c).drop_nulls().to_list() for c in _SERIES}
    refuse_unknown(held["product"], sorted({p for side in PAIR for p in held[side]}), question)


def _lazily(flows: pa.Table | Path, counted: str) -> pl.LazyFrame:
    """The columns that are needed, amounts in what is counted; a file is not read yet."""
    import pyarrow as pa

    if counted not in _AMOUNTS:
        raise UnknownNameError(tr("unit of flows"), counted, _AMOUNTS)
    frame = pl.DataFrame(flows).lazy() if isinstance(flows, pa.Table) else pl.scan_parquet(flows)
    return frame.select(
        *(pl.col(c).cast(pl.String) for c in _NAMES), _AMOUNTS[counted].cast(pl.Float64).alias("amount")
    )


def _with_wholes(frame: pl.LazyFrame, question: Question) -> tuple[pl.LazyFrame, tuple[str, ...]]:
    """The flows with a group that they count as one, and whose members they do not hold, under the group's own name.

    What the group sells to its members is in its own trade already, and is no flow to compare with.
    """
    said: list[str] = []
    for side, other, end in zip(PAIR, PAIR[::-1], (question.origin, str(question.destination)), strict=True):
        named = dict(question.united).get(end, ())
        there = frame.select(pl.col(side).unique()).collect().get_column(side).drop_nulls().to_list()
        whole = next((p for p in sorted(there) if p.startswith("+") and group_of(p) == end), None)
        if whole is None or set(there) & set(named):
            continue
        inside = (pl.col(side) == whole) & pl.col(other).is_in([whole, *named])
        mine = pl.when(pl.col(side) == whole).then(pl.lit(end)).otherwise(pl.col(side))
        frame = frame.filter(~inside).with_columns(mine.alias(side))
        said.append(f"{end} is counted as one in these flows ({whole.lstrip('+')}).")
    return frame, tuple(said)


def _ends(question: Question) -> tuple[pl.Expr, pl.Expr]:
    """Whether a row leaves one of the origins, and whether it reaches one of the destinations."""
    united = dict(question.united)
    sides = zip(PAIR, (question.origin, str(question.destination)), strict=True)
    first, second = (pl.col(side).is_in([end, *united.get(end, ())]) for side, end in sides)
    return first, second


def _of_question(frame: pl.LazyFrame, question: Question) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """The rows between single places, of the products and the days asked about, without the hubs' legs.

    Nor are other flows that the measure touches among them: what it moved is nothing to compare with.
    """
    control = _begins(question.control_goods)
    keep = ~pl.any_horizontal(pl.col(c).str.starts_with("+") for c in _SERIES) & ~pl.col("product").str.ends_with(REST)
    keep &= pl.col("flow").is_in(["export", "import", "balanced"]) & (pl.col("exporter") != pl.col("importer"))
    if question.products is not None:
        keep &= _begins(question.products) | control
    hubs = list(question.hubs or ())
    first, second = _ends(question)
    keep &= ~((first & pl.col("importer").is_in(hubs)) | (second & pl.col("exporter").is_in(hubs)))
    if question.control_places:
        beside = [pl.col(side).is_in(list(question.control_places)) for side in PAIR]
        keep &= (first & second) | beside[0] | beside[1]
    chosen = frame.filter(keep).with_columns((first & second & ~control).alias("touched"), control.alias("control"))
    # A product that the touched flow does not have is compared with nothing: it is not read.
    own = chosen.filter("touched").select(pl.col("product").unique()).collect().get_column("product").drop_nulls()
    goods = goods_told(question, own) if len(own) else ()
    held = _with_recodes(own.filter([is_of_the_measure(question, p) for p in own]) if goods else own)
    kept = chosen.filter(pl.col("product").is_in(held) | pl.col("control"))
    also = also_touched(question, held) & ~pl.col("touched") & ~pl.col("control")
    said = (*goods, *left_out(kept.filter(also), question))
    # Names as numbers of names from here on, four bytes a cell in place of sixteen; their order is that of the names.
    found = kept.filter(~also).with_columns(pl.col(_NAMES).cast(_NAME)).collect()
    every = sorted(found.get_column("period").unique().to_list())
    whole = [p for p in every if question.until is None or last_day(p) <= question.until]
    if after := [p for p in whole if last_day(p) >= question.since]:
        mine = [p for p in own if is_of_the_measure(question, p)]
        said = (*said, *later_told(question, mine, after[0], after[-1]))
    if question.until is None:
        return found, said
    said = (*said, *end_told(question, whole[-1], further=len(whole) < len(every))) if whole else said
    return found.filter(pl.col("period").cast(pl.String).is_in(whole)), said


def _with_recodes(products: pl.Series) -> list[str]:
    """The products, and what each was or is called where its code changed."""
    named = set(products.to_list())
    changed = [{*c.before, *c.after} for c in recodes()]
    return sorted(named.union(*(codes for codes in changed if codes & named)))


def _begins(codes: tuple[str, ...]) -> pl.Expr:
    """Whether the product begins with one of the codes."""
    return pl.any_horizontal([pl.lit(value=False), *(pl.col("product").str.starts_with(c) for c in codes)])


def _one_count(frame: pl.DataFrame, question: Question) -> tuple[pl.DataFrame, str, str]:
    """The rows of the frequency and the side that have the touched flow most often; the importer's on a tie."""
    touched = frame.filter("touched", pl.col("amount").is_not_null())
    if not touched.height:
        raise NotEstimableError(
            tr("the flow asked about has no value in these flows"),
            found=tr("{origin} to {destination}", origin=question.origin, destination=question.destination),
            remedy=tr("Give flows that hold it, or other ends: codes are ISO alpha-3."),
        )
    order = {"balanced": 2, "import": 1, "export": 0}
    counted = touched.group_by("frequency", "flow").len().to_dicts()
    best = max(counted, key=lambda r: (PER_YEAR[r["frequency"]], r["len"], order[r["flow"]]))
    kept = frame.filter((pl.col("frequency") == best["frequency"]) & (pl.col("flow") == best["flow"]))
    twice = _again(kept)
    if twice:
        raise NotEstimableError(
            tr("{twice} rows have another of the same exporter, importer, product and period", twice=twice),
            remedy=tr("Keep one reporter and one edition of the Harmonized System."),
        )
    return kept, str(best["frequency"]), _SIDES[best["flow"]]


def _again(frame: pl.DataFrame) -> int:
    """How many rows have another of the same series and period: counted as numbers, for names would take much room."""
    of = np.bincount(crossed(frame, [*_SERIES, "period"]).codes)
    return int(of[of > 1].sum())


def _recoded(frame: pl.DataFrame) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Codes that changed, where the flows hold both sides, as one product; a cell with a missing part is missing."""
    said = []
    for change in recodes():
        here = frame.filter(pl.col("product").is_in([*change.before, *change.after]))
        held = set(here.get_column("product").unique().to_list())
        if not (held & set(change.before) and held & set(change.after)):
            continue
        codes = [c for c in (*change.before, *change.after) if c in held]
        name = "/".join(codes)
        whole = pl.when(pl.col("amount").null_count() == 0).then(pl.col("amount").sum()).alias("amount")
        one = (
            here.group_by(*PAIR, "reporter", "period", "touched", "control")
            .agg(whole)
            .with_columns(pl.lit(name, _NAME).alias("product"))
        )
        kept = frame.join(here, on=[*_SERIES, "period"], how="anti").select(one.columns)
        frame = pl.concat([kept, one])
        said.append(f"{', '.join(codes)} taken together. {change.why}")
    return frame, tuple(said)


def _reported(frame: pl.DataFrame, unit: str) -> tuple[pl.DataFrame, tuple[str, ...]]:
    missing = int(frame.get_column("amount").null_count())
    said = (f"{missing} cells without a {_LACKS[unit]} were left out, not taken for zero.",) if missing else ()
    return frame.drop_nulls("amount"), said


def _placed(frame: pl.DataFrame, frequency: str, question: Question) -> tuple[pl.DataFrame, int]:
    """Index and season of each period, and the index of the period that holds the date."""
    per_year = PER_YEAR[frequency]
    days = {p: first_day(p) for p in frame.get_column("period").unique().to_list()}
    places = {p: index_of(d, frequency) for p, d in days.items()}
    event = index_of(question.since, frequency)
    index = pl.col("period").replace_strict(places, return_dtype=pl.Int64)
    placed = frame.with_columns(index.alias("index")).with_columns((pl.col("index") % per_year).alias("season"))
    columns = (*_SERIES, "reporter", "period", "index", "season", "amount", "touched", "control")
    return placed.select(*columns), event


def _both_sides(frame: pl.DataFrame, event: int, question: Question) -> tuple[pl.DataFrame, tuple[str, ...]]:
    after = pl.col("index") >= event
    of = frame.filter("touched").group_by("product").agg((~after).any().alias("early"), after.any().alias("late"))
    whole = of.filter("early", "late").get_column("product").to_list()
    if not whole:
        first, last = frame.filter("touched").select(pl.col("period").min(), pl.col("period").max().alias("l")).row(0)
        raise NotEstimableError(
            tr(
                "no product of the flow from {origin} to {destination} has values before and after {since}",
                origin=question.origin,
                destination=question.destination,
                since=question.since,
            ),
            found=tr("{first} to {last}", first=first, last=last),
            remedy=tr("Give flows of more periods, or another --since."),
        )
    lost = sorted(set(of.get_column("product").to_list()) - set(whole))
    said = (f"Left out, for the flow has them on one side of the date only: {', '.join(lost)}.",) if lost else ()
    return frame.filter(pl.col("product").is_in(whole) | pl.col("control")), said


def _with_zeros(frame: pl.DataFrame, blank: pl.DataFrame, side: str, unit: str) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """What a reporter did not name beside others of the product as nothing; a price of nothing there is none.

    Balanced figures have no reporter to be silent, and hold their own zeros. What is named without an amount (`blank`)
    is none.
    """
    bare = frame.drop("reporter")
    if side == _SIDES["balanced"] or unit == _PRICE:
        return bare, ()
    who = "importer" if side == _SIDES["import"] else "exporter"
    parts = frame.height // _AT_ONCE + 1
    mine = pl.col(who).to_physical() % parts
    silent = pl.concat(_silent(frame.filter(mine == k), blank.filter(mine == k), who) for k in range(parts))
    if not silent.height:
        return bare, ()
    filled = silent.select(bare.columns)
    said = f"{silent.height} cells that their reporter left out beside others of the product count as zero."
    return pl.concat([bare, filled]), (said,)


def _silent(frame: pl.DataFrame, blank: pl.DataFrame, who: str) -> pl.DataFrame:
    """The cells of each flow that its reporter left out in a period in which it named others of the product."""
    spoke = frame.select(who, "product", "period", "index", "season").unique()
    flows = frame.select(*_SERIES, "touched", "control").unique()
    every = flows.join(spoke, on=[who, "product"])
    cells = [*_SERIES, "period"]
    silent = every.join(frame.select(cells), on=cells, how="anti").join(blank, on=cells, how="anti")
    return silent.with_columns(amount=pl.lit(0.0))


def _numbered(frame: pl.DataFrame) -> pl.DataFrame:
    """Names as numbers of names, four bytes a cell in place of sixteen: the estimator needs the room."""
    names, numbers = pl.col(*_SERIES, "period"), pl.col("index", "season", "term")
    return frame.with_columns(names.cast(pl.Categorical), numbers.cast(pl.Int32))


def _within(frame: pl.DataFrame, design: Design) -> pl.DataFrame:
    """The terms of the window."""
    keep = pl.lit(value=True)
    if design.before is not None:
        keep &= pl.col("term") >= -design.before
    if design.after is not None:
        keep &= pl.col("term") <= design.after
    return frame.filter(keep)


def _seasons(frame: pl.DataFrame, frequency: str) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Leave out what the touched flow has in seasons that its year before the date lacks: nothing stands beside it."""
    known = frame.filter("touched", pl.col("term").is_in(_reference(frequency))).select("product", "season").unique()
    own = frame.filter("touched").join(known, on=["product", "season"], how="anti")
    if not own.height or not known.height:
        return frame, ()
    products = ", ".join(sorted(own.get_column("product").unique().to_list()))
    were = "was" if own.height == 1 else "were"
    left = f"{counted(own.height, 'period')} of the flow {were} left out"
    said = f"{left}, whose season its year before the date lacks: {products}."
    return frame.join(own, on=[*_SERIES, "index"], how="anti"), (said,)


def _effects(frame: pl.DataFrame, frequency: str, design: Design) -> tuple[tuple[str, ...], ...]:
    """What is absorbed: as chosen; else exporter and importer by product and period, and each pair in its product.

    With control products each pair in each period as well: the step is then that of the touched products beside the
    others of the same pair, a triple difference.
    """
    names = list(design.effects)
    if not names:
        names = ["exporter-product-period"]
        if frame.get_column("exporter").n_unique() > 1:  # with one exporter each importer has one row a period
            names.append("importer-product-period")
        if frame.get_column("control").any():
            names.append("pair-period")
        names.append("pair-product-season" if PER_YEAR[frequency] > 1 else "pair-product")
    return tuple(EFFECTS[n] for n in names)
