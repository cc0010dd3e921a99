"""The verb: brief a person on a measure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from entrepot.brief.card import as_printed
from entrepot.brief.chapters import (
    crossings,
    doubts,
    enforcement,
    hubs,
    measure_and_list,
    risks,
    shifts,
    trade_totals,
    who_is_hit,
    who_left,
)
from entrepot.brief.context import Context
from entrepot.brief.report import Chapter, Report, Sentence, figures_of
from entrepot.core import periods
from entrepot.core.engine import engine
from entrepot.measures import measure as measures
from entrepot.measures.act import BriefPlan, Measure
from entrepot.record.embedded import Record, known, load

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from entrepot.core.findings import Finding

# In reading order. Each draws what the record holds for the measure, or says what is missing.
CHAPTERS: tuple[Callable[[Context], Chapter | None], ...] = (
    measure_and_list.chapter,
    who_is_hit.chapter,
    enforcement.chapter,
    crossings.chapter,
    trade_totals.chapter,
    hubs.chapter,
    shifts.chapter,
    who_left.chapter,
    risks.chapter,
)
ANSWER_SENTENCES = 5  # as `entrepot brief --help` promises


def brief(
    measure_id: str,
    *,
    as_of: str | date | None = None,
    record: Record | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Report:
    """Brief a person on a measure.

    Args:
        measure_id: id of a measure.
        as_of: answer with what could be known on this day; today when None.
        record: the record; the packaged one when None.
        progress: told the name of each chapter before it is written.

    Raises:
        UnknownNameError: no such measure.
        BadDateError: `as_of` is no date.
    """
    day = periods.as_of(as_of)
    act = measures.known(measures.measure(measure_id), day)
    tables = known(record or load(), day).record.tables
    with engine(tables) as con:
        ctx = Context(con, act, day, act.brief or BriefPlan())
        chapters = []
        for make in CHAPTERS:
            progress(make.__module__.rpartition(".")[2].replace("_", " "))
            chapter = make(ctx)
            if chapter is not None:
                chapters.append(chapter)
        contradictions = doubts.contradictions(ctx)
        unknown = doubts.unknowns(ctx, chapters)
    report = Report(
        measure_id=act.id,
        title=act.title,
        question=ctx.focus.question
        or f"{act.short}: what is it, whom does it hit, and what do public figures show of it?",
        as_of=day.isoformat(),
        answer=_answer(chapters, unknown, ctx.focus.answers),
        chapters=(*chapters, contradictions, unknown),
        reading=_reading(act, chapters),
    )
    rests = (g.row_id for f in figures_of(report) for g in f.grounds if g.table == "observations")
    return replace(report, printed=as_printed(tables["observations"], rests))


def _reading(act: Measure, chapters: list[Chapter]) -> Sentence | None:
    """What the figures say together, and what they cannot: only where both pressure and trade are on record."""
    trade = next((c.headline for c in chapters if c.key == "trade"), None)
    pressure = next((c.headline for c in chapters if c.key == "measure"), None)
    if trade is None or pressure is None or not {"a", "b"} <= trade.figures.keys() & pressure.figures.keys():
        return None
    figures = trade.figures
    grew = figures["b"].number > figures["a"].number
    harder = pressure.figures["b"].number > pressure.figures["a"].number
    if not harder or not _within(pressure.figures["a"], figures["a"], figures["b"]):
        return None
    place, partner = trade.sides["a"]
    trade_of = f"{place}’s trade with {partner}" if partner else f"{place}’s trade"
    text = f"The pressure grew; {trade_of} was {'larger' if grew else 'smaller'} in {{b:period}} than in {{a:period}}"
    used: dict[str, Finding] = {"a": figures["a"], "b": figures["b"]}
    if "sa" in figures and _within(pressure.figures["a"], figures["sa"], figures["sb"]):
        fell = figures["sb"].number < figures["sa"].number
        place, partner = trade.sides["sa"]
        text += f"; the share of it with {partner or place} {'fell' if fell else 'rose'}, from {{sa}} to {{sb}}"
        used |= {"sa": figures["sa"], "sb": figures["sb"]}
    text += (
        ". No public figure says what trade would have been without the measure; what passes a land crossing is not "
        f"shown to be what {act.short} keeps out; and other measures fall in the same years. "
        "The record therefore shows "
        "neither that the pressure is beaten nor that it works."
    )
    return Sentence(text, used)


def _within(pressure: Finding, before: Finding, after: Finding) -> bool:
    """Whether two years of trade can be read beside a pressure: the first not before its last year without it."""
    start = periods.first_day(pressure.period_start or "").year
    years = [periods.first_day(f.period_start or "").year for f in (before, after)]
    return years[0] >= start - 1 and years[1] >= start


def _answer(chapters: list[Chapter], unknown: Chapter, keys: tuple[str, ...]) -> tuple[Sentence, ...]:
    """At most five sentences: the chapters' headlines, then what is missing."""
    answering = [c for c in chapters if not keys or c.key in keys]
    headlines = [c.headline for c in answering if c.headline][:ANSWER_SENTENCES]
    if len(headlines) < ANSWER_SENTENCES and unknown.missing:
        room = ANSWER_SENTENCES - len(headlines)
        headlines += [Sentence(m.replace("{", "{{").replace("}", "}}")) for m in unknown.missing[-room:]]
    return tuple(headlines)
