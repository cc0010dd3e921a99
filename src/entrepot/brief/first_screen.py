"""What stands on the first screen: the comparisons said in words, one chart, one map; all else in drawers or below."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import floor, log10
from typing import TYPE_CHECKING

from entrepot.brief import freshness
from entrepot.brief.chapters import how_full, plan_scope
from entrepot.brief.chapters.dated_events import timeline
from entrepot.brief.charts import canvas, crossings_map, lead_bars
from entrepot.brief.charts.crossings_map import Spot, Words
from entrepot.brief.context import link
from entrepot.brief.report import Chart, period_words, show
from entrepot.core import periods
from entrepot.core.words.translate import tr
from entrepot.corridors import throughput
from entrepot.corridors.bottlenecks.use_of_capacity import NEAR, STALE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from entrepot.brief.context import Context
    from entrepot.brief.report import Answer, Chapter, Line
    from entrepot.core.findings import Finding

# What a reader takes in at one look is a dozen figures or so; until November 2026 the first screen held forty-five.
FIGURES = 15
MODES = ("road", "rail")  # of which the map shows the one that carries more
WIDE, NARROW = 560, 362  # px: a column of the first screen, and a phone of 390 less its margins
OLD_YEARS = 3  # a count that ended longer ago is faded most: all but one crossing has printed since
NAMED = 3  # publishers named in a source line
TITLED = 2  # crossings that a title has room for


def said_first(found: Answer, lead: Line | None) -> dict[str, tuple[Line, ...]]:
    """The comparisons that stand in words on the first screen, by the id of their test.

    Those that the plan names, the least telling left out where they are too many, and where it names none the first
    of each test, then the second, as far as the figures go. What the chart shows is not said again.
    """
    shown = {t.id: [line for line in t.shown if line is not lead] for t in found.tests}
    left = FIGURES - (len(lead.figures) if lead else 0)
    named = {t: tuple(line for line in lines if line.look.stands_first) for t, lines in shown.items()}
    if any(named.values()):
        return _within(named, left)
    chosen: dict[str, list[Line]] = {t: [] for t in shown}
    for rank in range(max(map(len, shown.values()), default=0)):
        for test_id, lines in shown.items():
            if rank < len(lines) and (need := _figures(lines[rank])) <= left:
                chosen[test_id].append(lines[rank])
                left -= need
    return {t: tuple(lines) for t, lines in chosen.items()}


def _within(named: dict[str, tuple[Line, ...]], room: int) -> dict[str, tuple[Line, ...]]:
    """As many as there is room for: of the least telling that are not the first of their test as few as needed go.

    The less telling points nowhere, is in more doubt, is older.
    """
    later = [line for lines in named.values() for line in lines[1:]]
    order = sorted(later, key=lambda line: (line.points, -len(line.doubts), line.until))
    left_out: list[Line] = []
    while order and sum(_figures(x) for lines in named.values() for x in lines if x not in left_out) > room:
        left_out.append(order.pop(0))
    return {t: tuple(x for x in lines if x not in left_out) for t, lines in named.items()}


def _figures(line: Line) -> int:
    return len({f.id for f in (line.in_short or line.says).figures.values()})


def leading(found: Answer) -> Line | None:
    """The comparison that is drawn: that which the plan has lead, else the first with two figures of one unit."""
    lines = [line for t in found.tests for line in t.shown if len(line.figures) > 1 and not line.growth]
    able = [line for line in lines if len({f.unit for f in line.figures}) == 1]
    return next((line for line in able if line.look.leads), next((line for line in able if line.points), None))


def lead_chart(line: Line, publishers: Mapping[str, str]) -> Chart:
    """The chart of a comparison, its source inside."""
    return lead_bars.lead(line, source_words(line.figures, publishers))


def sourced(chapter: Chapter, publishers: Mapping[str, str]) -> Chapter:
    """A chapter whose charts have their source inside, so that a picture that is passed on keeps it."""
    return replace(chapter, charts=tuple(_sourced(c, source_words(c.figures, publishers)) for c in chapter.charts))


def _sourced(chart: Chart, source: str) -> Chart:
    narrow = canvas.with_source(chart.narrow, source) if chart.narrow else ""
    return replace(chart, svg=canvas.with_source(chart.svg, source), narrow=narrow)


def source_words(figures: Iterable[Finding], publishers: Mapping[str, str]) -> str:
    """Who published what some figures rest on, the first few by name."""
    names = list(dict.fromkeys(publishers.get(s, s) for f in figures for s in f.sources))
    more = tr(" and {count} more", count=len(names) - NAMED) if len(names) > NAMED else ""
    return "; ".join(names[:NAMED]) + more


def map_or_events(ctx: Context, publishers: Mapping[str, str]) -> Chart | None:
    """The map of the crossings; where the plan follows none that can be drawn, the dated events around the measure."""
    if ctx.focus.crossings and (drawn := crossings(ctx, publishers)):
        return drawn
    return next((_sourced(c, source_words(c.figures, publishers)) for c in timeline(ctx, is_first=True)), None)


@dataclass(frozen=True, slots=True)
class _Mode:
    """What is carried by a mode: the last figure of each crossing, and the crossings, most cargo first."""

    name: str
    cargo: Mapping[str, Finding]
    busiest: tuple[str, ...]


def crossings(ctx: Context, publishers: Mapping[str, str]) -> Chart | None:
    """The map of the crossings that the plan follows, by the mode that carries most; None without any figure."""
    found = {mode: _cargo(ctx, mode) for mode in MODES}
    drawn, other = (
        _Mode(mode, found[mode], tuple(_by_cargo(found[mode])))
        for mode in sorted(MODES, key=lambda m: _carried(found[m]), reverse=True)
    )
    if not (cargo := drawn.cargo):
        return None
    mode = drawn.name
    rows = plan_scope.latest_by_mode(ctx, mode)
    names = {row["place_id"]: str(row["place"]) for row in rows}
    full = how_full.marks(ctx)
    spots = [_spot(ctx, row, cargo.get(row["place_id"]), full.get(row["place_id"], "")) for row in rows]
    figures = (*(cargo[p] for p in names if p in cargo), *(other.cargo[p] for p in other.busiest[:1]))
    year = ctx.day.year - OLD_YEARS
    words = Words(
        label=tr("Map of the crossings: last reported cargo by {mode} a day", mode=mode),
        ages=(
            ("fresh", tr("counted in the last {words}", words=freshness.WORDS)),
            ("older", tr("in {year} or later", year=year)),
            ("old", tr("before {year}", year=year)),
        ),
        sizes=_sizes(max(f.number for f in cargo.values())),
        none=tr("crossing without a figure by {mode} since {start}", mode=mode, start=ctx.start[:4])
        if any(not s.rate for s in spots)
        else "",
        source=tr("Source: {source_words}; mean a day of the last period reported. Borders: Natural Earth; "
"dotted: disputed.", source_words=source_words(figures, publishers))
        + _not_drawn(ctx),
        full=_full_words({s.full for s in spots}),
        territory=plan_scope.shaded(ctx),
    )  # fmt: skip
    wide, narrow = (crossings_map.drawn(spots, words, width) for width in (WIDE, NARROW))
    return Chart(_title(ctx, names, drawn, other), wide, "", figures, narrow=narrow, is_map=True)


def _not_drawn(ctx: Context) -> str:
    """Which crossings of the plan the map leaves out; empty where it has all."""
    names = plan_scope.without_coordinates(ctx)
    return tr(" Not drawn, for want of coordinates: {names}.", names=", ".join(names)) if names else ""


def _full_words(marks: set[str]) -> tuple[tuple[str, str], ...]:
    """What each mark of a full crossing says, of the marks that are drawn; the second in short beside the first."""
    return tuple((kind, _full(kind, beside="dated" in marks)) for kind in ("dated", "old") if kind in marks)


def _full(kind: str, *, beside: bool = False) -> str:
    """What a mark of a full crossing says, of any mode: dated, or old, which may stand `beside` the former."""
    reaches = tr("reaches or may reach {near:g} % of its capacity", near=NEAR)
    by_old = tr("by one undated or over {stale:g} years old", stale=STALE)
    if kind == "dated":
        return reaches
    return by_old if beside else tr("{reaches}, {by_old}", reaches=reaches, by_old=by_old)


def _carried(cargo: Mapping[str, Finding]) -> float:
    """What a mode carries a day by the last figure of each crossing, of any age.

    One fresh figure of a small crossing says nothing of the mode.
    """
    return sum(f.number for f in cargo.values())


def _sizes(most: float) -> tuple[float, float]:
    """Tonnes a day of the circles of the legend: a large one that a reader can count in, and a tenth of it."""
    power = 10.0 ** floor(log10(max(most, 1.0)))
    large = max(step * power for step in (1, 2, 5) if step * power <= max(most, 1.0))
    return large / 10, large


def _cargo(ctx: Context, mode: str) -> dict[str, Finding]:
    """The mean per day of each crossing's last report by a mode, none from before the measure."""
    rows = plan_scope.latest_by_mode(ctx, mode)
    ids = {row["id"] for row in rows if row["id"]}
    places = [row["place_id"] for row in rows]
    full = ctx.rows("corridors", "observations", places=places, metrics=["cargo"])
    found = {r["place_id"]: throughput.per_day(r) for r in full if r["id"] in ids}
    return {place: f for place, f in found.items() if (f.period_end or "") >= ctx.start}


def _spot(ctx: Context, row: Mapping[str, Any], found: Finding | None, full: str) -> Spot:
    if found is None:
        return Spot(row["lon"], row["lat"], row["place"], 0, "", "", "", full)
    said = f"{row['place']}: {show(found)}, {period_words(found)}"
    said += f"; {_full(full)}" if full else ""
    return Spot(row["lon"], row["lat"], row["place"], found.number, _age(ctx, found), said, link(found), full)


def _age(ctx: Context, found: Finding) -> str:
    if freshness.fresh(ctx.day, found):
        return "fresh"
    return "older" if periods.last_day(str(found.period_end)).year >= ctx.day.year - OLD_YEARS else "old"


def _by_cargo(cargo: Mapping[str, Finding]) -> list[str]:
    return sorted(cargo, key=lambda p: -cargo[p].number)


def _title(ctx: Context, names: Mapping[str, str], mode: _Mode, other: _Mode) -> str:
    """Where most passes by the mode that is drawn and by the other: in words, for the circles open the figures.

    A crossing with a fresh figure is named before one with an older figure that is larger, and the larger beside it.
    """
    counted = _fresh(ctx, mode) or list(mode.busiest)
    if len(names) == 1:  # of one crossing alone nothing is most, and others of the record may be as fresh
        aged = _aged(ctx, mode.cargo[counted[0]])
        return tr("Cargo by {name} at {place}{aged}", name=mode.name, place=names[counted[0]], aged=aged)
    first = [names[p] for p in counted]
    of_all = tr("of the crossings with a") if len(first) > TITLED else tr("the only crossings with a")
    figure = tr("fresh figure") if _fresh(ctx, mode) else tr("figure, none of it fresh")
    text = tr("Cargo by {name}: most at {first}", name=mode.name, first=first[0])
    text += (
        tr(", then at {first}, {of_all} {figure}", first=first[1], of_all=of_all, figure=figure)
        if len(first) > 1
        else tr(", the only crossing with a {figure}", figure=figure)
    )
    if (most := mode.busiest[0]) != counted[0]:
        text += tr("; an older figure is larger: {place}{aged}", place=names[most], aged=_aged(ctx, mode.cargo[most]))
    return text + _title_of_other(ctx, names, other)


def _title_of_other(ctx: Context, names: Mapping[str, str], other: _Mode) -> str:
    """Where most passes by the mode that is not drawn, by a figure of any age.

    An old figure has its period, and beside it stands the most of the fresh ones.
    """
    if not other.busiest:
        return ""
    most, fresh = other.busiest[0], _fresh(ctx, other)
    text = tr(
        "; by {name} most at {names}{aged}", name=other.name, names=names[most], aged=_aged(ctx, other.cargo[most])
    )
    return text + tr(", of fresh figures at {place}", place=names[fresh[0]]) if fresh and fresh[0] != most else text


def _fresh(ctx: Context, mode: _Mode) -> list[str]:
    """The crossings with a fresh figure, most cargo first."""
    return [p for p in mode.busiest if freshness.fresh(ctx.day, mode.cargo[p])]


def _aged(ctx: Context, found: Finding) -> str:
    """Of when a figure is that is old."""
    return "" if freshness.fresh(ctx.day, found) else f" ({period_words(found)})"
