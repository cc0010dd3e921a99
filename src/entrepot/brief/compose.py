"""The verb: brief a person on a measure."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from entrepot.brief import first_screen
from entrepot.brief.answer import answer_shown, own_scans, unused_rows
from entrepot.brief.answer.answered import answer, opened
from entrepot.brief.cards.card import as_printed, notices
from entrepot.brief.chapters import (
    crossings,
    dated_events,
    doubts,
    enforcement,
    export_arcs,
    hubs,
    measure_and_list,
    plan_scope,
    risks,
    shifts,
    trade_totals,
    what_if,
    what_passed,
    who_is_hit,
    who_left,
)
from entrepot.brief.context import Context
from entrepot.brief.default_lead import default_lead
from entrepot.brief.in_dollars import in_dollars
from entrepot.brief.report import Chapter, Report, figures_of
from entrepot.core import periods
from entrepot.core.engine import engine
from entrepot.core.words.translate import ntr, tr
from entrepot.measures import measure as measures
from entrepot.measures.act import BriefPlan
from entrepot.record.embedded import Record, known, load
from entrepot.record.layers import MARK, own_ids

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    import pyarrow as pa

    from entrepot.brief.answer.own_scans import OwnScans
    from entrepot.brief.report import Answer, Chart, Sentence

    Maker = Callable[[Context], Chapter | None]

# In reading order. Each draws what the record holds for the measure, or says what is missing.
CHAPTERS: tuple[Maker, ...] = (
    measure_and_list.chapter,
    who_is_hit.chapter,
    enforcement.chapter,
    crossings.chapter,
    what_passed.chapter,
    trade_totals.chapter,
    hubs.chapter,
    shifts.chapter,
    who_left.chapter,
    risks.chapter,
    what_if.chapter,
)
_OWN_NAMED = 5  # ids at the top of a brief; the others stand with their figures


def brief(  # noqa: PLR0913 - the options of the verb
    measure_id: str,
    *,
    as_of: str | date | None = None,
    beside: Iterable[str | date] = (),
    record: Record | None = None,
    scans: own_scans.Kept | None = None,
    answer_only: bool = False,
    progress: Callable[[str], None] = lambda _: None,
    first: Callable[[Report], None] | None = None,
) -> Report:
    """Brief a person on a measure.

    Args:
        measure_id: id of a measure.
        as_of: answer with what could be known on this day; today when None.
        beside: other days whose answers stand beside it.
        record: the record; the packaged one when None.
        scans: of one's own flows, as the store keeps them; None without any.
        answer_only: the first screen alone: the answer, its chart and its map, and as chapters the pictures that a page
            holds beside them: dated events, and where exports went.
        progress: told the name of each chapter before it is written.
        first: given the answer with its chart as soon as it is known; the map takes twice as long.

    Raises:
        UnknownNameError: no such measure, or its plan names what the record does not know.
        BadDateError: `as_of` is no date.
    """
    day, other_days = periods.as_of(as_of), sorted({periods.as_of(d) for d in beside})
    whole = record or load()
    plan_scope.refuse_unknown(measures.measure(measure_id).brief or BriefPlan(), whole)
    publishers = {r["source_id"]: str(r["publisher"] or r["source_id"]) for r in whole.tables["sources"].to_pylist()}
    with _context(measure_id, day, whole) as ctx:
        chapters = _chapters(ctx, progress, () if answer_only else CHAPTERS)
        progress(tr("the answer"))
        about = _about(ctx, chapters)
        mine = own_scans.own_scans(ctx, scans or own_scans.Kept(), measures.measure(measure_id), publishers)
        found = own_scans.beside(ctx, opened(ctx, answer(ctx), about), mine)
        leading = first_screen.leading(found)
        lead = first_screen.lead_chart(leading, publishers) if leading else default_lead(ctx, publishers)
        said = Report(
            measure_id=ctx.measure.id,
            title=ctx.measure.title,
            question=ctx.focus.question
            or tr(
                "{short}: what is it, whom does it hit, and what do public figures show of it?", short=ctx.measure.short
            ),
            as_of=day.isoformat(),
            answer=found,
            chapters=(),
            first=first_screen.said_first(found, leading),
            lead=lead,
        )
        if first is not None:
            first(_with_what_it_rests_on(said, whole, is_whole=False))
        progress(tr("the map"))
        where = first_screen.map_or_events(ctx, publishers)
        every = _beside(ctx) if answer_only else _whole(ctx, chapters, mine, found, where)
    others: list[tuple[str, Answer]] = []
    for other in other_days:
        progress(tr("the answer of {other}", other=other))
        with _context(measure_id, other, whole) as then:
            others.append((other.isoformat(), answer(then)))
    if others:
        others = sorted([*others, (day.isoformat(), found)])
        every.insert(0, answer_shown.days(others))
    every = [first_screen.sourced(c, publishers) for c in every]
    return _with_what_it_rests_on(replace(said, chapters=tuple(every), beside=tuple(others), map=where), whole)


def _with_what_it_rests_on(report: Report, whole: Record, *, is_whole: bool = True) -> Report:
    """A report with its figures in dollars, what was printed of them, and what of them is the reader's own.

    Of a report whose map and chapters are still to come nothing says that no figure is the reader's own.
    """
    report = replace(report, dollars=in_dollars(figures_of(report)))
    observations = whole.tables["observations"]
    rests = {g.row_id for f in figures_of(report) for g in f.grounds if g.table == "observations"}
    changed = {g.row_id for f in figures_of(report) for g in f.grounds if g.table == "batches"}
    printed = as_printed(observations, rests) | notices(whole.tables["batches"], changed)
    own = _own_said(observations, rests) if is_whole or own_ids(rests) else ""
    return replace(report, printed=printed, own=own)


def _beside(ctx: Context) -> list[Chapter]:
    """The pictures that a page holds beside the answer alone."""
    return [c for c in (dated_events.linked(ctx), export_arcs.chapter(ctx)) if c]


def _whole(ctx: Context, chapters: list[Chapter], mine: OwnScans, found: Answer, where: Chart | None) -> list[Chapter]:
    """The chapters with what stands after them: own scans, doubts, how the answer was found."""
    odd, how = doubts.contradictions(ctx), answer_shown.chapter(found, None, ctx.measure)
    said = (*found.opening, *(line.says for test in found.tests for line in test.shown))
    used = [*(f for s in said for f in s.figures.values()), *(where.figures if where else ())]
    behind = unused_rows.rows_under([*used, *unused_rows.shown_figures([*chapters, odd, how])])
    every = [*chapters, *filter(None, [own_scans.chapter(mine)]), odd, doubts.unknowns(ctx, chapters, behind)]
    return [*every, answer_shown.chapter(found, unused_rows.grid(ctx, used, [*every, how]), ctx.measure)]


def _own_said(observations: pa.Table, rests: Iterable[str]) -> str:
    """That figures rest on rows of the reader's own, for which the record does not vouch; empty without any."""
    if not (held := own_ids(observations.column("id").to_pylist())):
        return ""
    used = own_ids(rests)
    if not used:
        return ntr(
            len(held),
            "Your own record has {count} row beside Entrepot's; no figure of this brief rests on it.",
            "Your own record has {count} rows beside Entrepot's; no figure of this brief rests on one.",
        )
    rows = (
        tr("1 row of your own, which is")
        if len(used) == 1
        else tr("{count} rows of your own, which are", count=len(used))
    )
    named = ", ".join(used[:_OWN_NAMED]) + (
        tr(" and {count} more", count=len(used) - _OWN_NAMED) if len(used) > _OWN_NAMED else ""
    )
    return tr(
        "Figures of this brief rest on {rows} none of Entrepot's record: {named}. Their sources say “{mark}”.",
        rows=rows,
        named=named,
        mark=MARK,
    )


def _about(ctx: Context, chapters: Iterable[Chapter]) -> Sentence | None:
    """What the measure is, in one sentence."""
    told = [c for c in chapters if c.key == "measure"] or [c for c in (measure_and_list.chapter(ctx),) if c]
    return next((c.headline for c in told), None)


def _chapters(ctx: Context, progress: Callable[[str], None], wanted: Iterable[Maker]) -> list[Chapter]:
    """The chapters that have something to say, in reading order."""
    found = []
    for make in wanted:
        progress(make.__module__.rpartition(".")[2].replace("_", " "))
        chapter = make(ctx)
        if chapter is not None:
            found.append(_headed(chapter))
    return found


def _headed(chapter: Chapter) -> Chapter:
    """A chapter whose headline stands before its body, where it says a figure that the body does not.

    What the measure is stands on the first screen or in the body itself.
    """
    if chapter.headline is None or chapter.key == "measure":
        return chapter
    told = {f.id for f in chapter.headline.figures.values()}
    if told <= {f.id for s in chapter.body for f in s.figures.values()}:
        return chapter
    body = [s for s in chapter.body if not s.figures or not {f.id for f in s.figures.values()} <= told]
    return replace(chapter, body=(chapter.headline, *body))


@contextmanager
def _context(measure_id: str, day: date, record: Record) -> Iterator[Context]:
    """The measure and the record as they could be known on a day."""
    act = measures.known(measures.measure(measure_id), day)
    with engine(known(record, day).record.tables) as con:
        yield Context(con, act, day, act.brief or BriefPlan())
