"""The lead chart of a brief whose plan names none: a comparison at its crossings, else what holds from when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.brief.answer import compared_lines
from entrepot.brief.answer.answer_rule import rule
from entrepot.brief.answer.lines import aged
from entrepot.brief.chapters.measure_and_list import provision_dates
from entrepot.brief.charts import canvas, lead_bars
from entrepot.brief.charts.canvas import Head
from entrepot.brief.charts.over_time import spans
from entrepot.brief.context import link
from entrepot.brief.first_screen import source_words
from entrepot.brief.report import Chart
from entrepot.core import periods
from entrepot.core.words import amounts
from entrepot.core.words.translate import tr
from entrepot.measures.act import Look
from entrepot.measures.measure import state, state_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from entrepot.brief.context import Context
    from entrepot.brief.report import Line
    from entrepot.core.findings import Finding
    from entrepot.measures.act import Part

METRICS = ("cargo", "vehicles", "passengers", "trains")  # of which the first with a comparison is drawn
MOST = 9  # provisions that a first screen has room for; all stand in the table of the first chapter
NAMED = 2  # provisions that the title names


def default_lead(ctx: Context, publishers: Mapping[str, str]) -> Chart | None:
    """The chart beside the answer where no comparison of the plan can be drawn; None where nothing is dated."""
    line = _compared(ctx)
    if line is not None:
        return lead_bars.lead(line, source_words(line.figures, publishers))
    starts = provision_dates(ctx)
    dated = [p for p in ctx.measure.provisions if p.id in starts]
    return _provisions(ctx, dated, starts, publishers) if dated else None


def _compared(ctx: Context) -> Line | None:
    """The freshest comparison at the crossings of the plan that has both figures, of the first quantity with any."""
    if not ctx.focus.crossings:
        return None
    for metric in METRICS:
        words = tr("{metric} at {{place}}", metric=metric)
        look = Look("corridors", "counted", words, places=ctx.focus.crossings, metrics=(metric,))
        found = [aged(line, rule(), ctx.day) for line in compared_lines.counted(ctx, look, rule())]
        drawn = [x for x in found if x.points and len(x.figures) > 1 and not x.growth and "all modes" not in x.label]
        if drawn:
            return max(drawn, key=lambda x: x.until)
    return None


def _provisions(
    ctx: Context, dated: Sequence[Part], starts: Mapping[str, Finding], publishers: Mapping[str, str]
) -> Chart:
    """The provisions as spans, those that hold or are due before those that ended, in the order in which they begin."""
    states = {p.id: state(p, ctx.day) for p in dated}
    live = sorted(dated, key=lambda p: (states[p.id] == "ended", p.start or ""))[:MOST]
    live = sorted(live, key=lambda p: (p.start or "", p.id))
    rows = [_row(p, states[p.id], state_words(p, ctx.day), starts[p.id]) for p in live]
    figures = tuple(starts[p.id] for p in live)
    title, heading = _title(ctx, dated, states), tr("{short}: what holds from when", short=ctx.measure.short)
    wide, narrow = (
        canvas.with_source(
            spans(rows, Head(heading, "", width), ctx.day.isoformat()), source_words(figures, publishers)
        )
        for width in (lead_bars.WIDE, lead_bars.NARROW)
    )
    return Chart(title, wide, "", figures, narrow=narrow)


def _row(part: Part, now: str, words: str, found: Finding) -> dict[str, str]:
    start, end = periods.first_day(str(part.start)), periods.last_day(part.end) if part.end else None
    said = tr(
        "{name}: from {start}, {words}",
        name=part.name,
        start=amounts.period(periods.parse(str(part.start))),
        words=words,
    )
    return {
        "name": part.name,
        "start": start.isoformat(),
        "end": end.isoformat() if end else "",
        "state": now,
        "said": said,
        "href": link(found),
    }


def _title(ctx: Context, dated: Sequence[Part], states: Mapping[str, str]) -> str:
    """What holds, what is suspended, and what comes next."""
    due = sorted((p for p in dated if states[p.id] == "scheduled"), key=lambda p: p.start or "")
    live = sorted((p for p in dated if states[p.id] == "in_force"), key=lambda p: p.start or "", reverse=True)
    more = tr(" and others") if len(live) > NAMED else ""
    parts = [
        tr("In force: {live}{more}", live="; ".join(_lower(p.name) for p in live[:NAMED]), more=more)
        if live
        else tr("Nothing is in force")
    ]
    halted = [p for p in dated if states[p.id] in {"suspended", "unknown"}]
    # Of a part that may have followed a suspension, "not known since" tells already.
    halted = [p for p in halted if p.suspended_to] or halted
    parts += [f"{state_words(p, ctx.day)}: {_lower(p.name)}" for p in halted]
    if due:
        day = amounts.period(periods.parse(str(due[0].start)))
        parts.append(tr("next: {lower}, {day}", lower=_lower(due[0].name), day=day))
    return "; ".join(parts)


def _lower(name: str) -> str:
    """A name inside a sentence: a proper name, whose second word has a capital too, stays as it is."""
    second = name.split()[1:2]
    return name if (second and second[0][:1].isupper()) or name[:2].isupper() else name[:1].lower() + name[1:]
