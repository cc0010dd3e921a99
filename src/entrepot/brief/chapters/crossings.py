"""The crossings: where they are, what passes, and the same period against the same period."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from entrepot.brief import freshness
from entrepot.brief.chapters import plan_scope
from entrepot.brief.chapters.last_cargo import DRY, MODES, cargo_grid
from entrepot.brief.chapters.risks import event_finding
from entrepot.brief.charts.canvas import PHONE, WIDE, Head
from entrepot.brief.charts.in_rows import pairs
from entrepot.brief.charts.over_time import timeline
from entrepot.brief.context import Context, link
from entrepot.brief.report import Cell, Chapter, Chart, Figure, Grid, Sentence, Source, in_words, period_words
from entrepot.core import periods
from entrepot.core.findings import Finding
from entrepot.core.words.translate import tr, trs
from entrepot.corridors import throughput

METRICS = ("cargo", "vehicles", "trains", "passengers", "vehicles_exported", "customs_revenue")
YEARS_BEFORE = 3  # the timeline starts so many years before the measure, to show what was there before it
LONGEST_WINDOW = 366  # days; longer windows are sums of years
SHOWN = 6  # comparisons in one small multiple: more do not fit a phone's height


def chapter(ctx: Context) -> Chapter | None:
    """Throughput of the crossings; None where the measure names none."""
    places = list(ctx.focus.crossings)
    if not places:
        return None
    rows = ctx.rows("corridors", "observations", places=places, metrics=list(METRICS))
    rows = [r for r in rows if r["value_norm"] is not None and not r["per"]]
    if not rows:
        return Chapter(
            "crossings",
            tr("The crossings"),
            missing=(tr("The record holds no throughput of these crossings."), *_not_drawn(ctx)),
        )
    compared = _compared(rows)
    return Chapter(
        key="crossings",
        title=tr("The crossings"),
        headline=_headline(ctx, compared),
        body=(*_how_compared(compared), *_always_open(ctx)),
        charts=(*_timeline(ctx), *_multiples(ctx, compared)),
        grids=(*cargo_grid(ctx), _comparison_grid(compared) if compared else _counted_grid(rows)),
        figures=tuple(throughput.reported(r) for r in rows),
        missing=(*_silent(ctx, rows), *_not_drawn(ctx)),
    )


def _how_compared(compared: list[Compared]) -> list[Sentence]:
    """How a comparison is to be read; where there is none, that no change was printed."""
    if not compared:
        said = tr(
            "No report of these crossings prints a change on the year beside its figure, so none implies the year "
            "before. Counts of two years stand against each other in the answer, where its plan asks for them."
        )
        return [Sentence(said)]
    said = tr(
        "Each comparison sets a period against the same period a year before: the figure as "
        "printed, and what the growth printed with it implies for the year before. Scopes "
        "differ (rail, road, pipeline): do not add them up."
    )
    return [Sentence(said)]


Compared = tuple[dict[str, Any], Finding, Finding]


def _compared(rows: list[dict[str, Any]]) -> list[Compared]:
    """What was counted, with a printed growth: the figure and the implied year before, latest first; no forecast."""
    out = []
    for row in rows:
        before = throughput.year_before(row) if row["status"] == "reported" else None
        if before is not None:
            out.append((row, throughput.reported(row), before))
    return sorted(out, key=lambda c: (c[0]["period_end"], c[0]["period_start"], c[0]["id"]), reverse=True)


def _of(compared: list[Compared], place_id: str) -> list[Compared]:
    return [c for c in compared if c[0]["place_id"] == place_id]


def _headline(ctx: Context, compared: list[Compared]) -> Sentence | None:
    """The latest fresh cargo comparison of the first crossing and of the busiest other one.

    A figure that may hold what a pipeline carries stands beside none of road or rail: it is left out here.
    """
    first = ctx.focus.crossings[0]
    dry = [c for c in compared if c[0]["metric"] == "cargo" and c[0]["direction"] == "both" and not _piped(ctx, c[0])]
    cargo = [c for c in dry if freshness.fresh(ctx.day, c[1])]
    lead = next((c for c in cargo if c[0]["place_id"] == first), None)
    others = [
        c for c in cargo if c[0]["place_id"] != first and (lead is None or c[0]["period_end"] >= lead[0]["period_end"])
    ]
    busiest = max(others, key=lambda c: c[0]["value_norm"], default=None)
    named = [c for c in (lead, busiest) if c]
    if not named:
        return _too_old(dry)
    clauses: list[str] = []
    figures: dict[str, Finding] = {}
    for i, (row, now, _) in enumerate(named):
        clause = tr(
            "{place} {{v{i}}} of cargo, {scope}, in {{v{i}:period}} ({{g{i}:signed}} on the year",
            place=row["place"],
            i=i,
            scope=_scope(ctx, row),
        )
        figures |= {f"v{i}": now, f"g{i}": throughput.growth(row)}
        peak = _earlier_peak(ctx, row)
        if peak is not None:
            clause += tr("; another window, {{e{i}:period}}, had {{e{i}}}", i=i)
            figures[f"e{i}"] = peak
        clauses.append(clause + ")")
    names = " and ".join(row["place"] for row, _, _ in named)
    rose = all(row["yoy_pct"] > 0 for row, _, _ in named)
    said = tr("{names} report{which} ", names=names, which="" if len(named) > 1 else "s")
    said += tr("more cargo than a year before") if rose else tr("their cargo against the year before")
    text = f"{said}: {'; '.join(clauses)}."
    old = next((c for c in dry if c[0]["place_id"] == first), None)
    if lead is None and old is not None:
        text += f" {_old(ctx, old)}"
        figures["z"] = old[1]
    return Sentence(text, figures)


def _old(ctx: Context, c: Compared) -> str:
    return tr(
        "The latest count of {place} with its change, {{z}} of cargo, {scope}, in {{z:period}}, ends "
        "more than a {words} before the day: too old to say how it moves.",
        place=c[0]["place"],
        scope=_scope(ctx, c[0]),
        words=freshness.WORDS,
    )


def _too_old(dry: list[Compared]) -> Sentence | None:
    """What is said where no comparison is fresh enough."""
    if not dry:
        return None
    row, now, _ = dry[0]
    text = tr(
        "Crossings: no count of cargo with its change on the year ends in the {words} before the day. "
        "The latest is {place}, {{z}} in {{z:period}}: too old to say how it moves.",
        words=freshness.WORDS,
        place=row["place"],
    )
    return Sentence(text, {"z": now})


def _piped(ctx: Context, row: dict[str, Any]) -> bool:
    """Whether a figure may hold what a pipeline carries: one crosses there, and the figure is of no mode alone."""
    return row["mode"] not in DRY and "pipeline" in _modes(ctx, row["place_id"])


def _modes(ctx: Context, place_id: str) -> list[str]:
    """By what a crossing is crossed."""
    return next((r["modes"] for r in ctx.rows("corridors", "place_names") if r["place_id"] == place_id), [])


def _scope(ctx: Context, row: dict[str, Any]) -> str:
    """The modes a figure covers; where a pipeline crosses, a figure of all modes may hold what it carries."""
    words = MODES.get(row["mode"], str(row["mode"]))
    return tr("{words} (a pipeline crosses there)", words=words) if _piped(ctx, row) else words


def _earlier_peak(ctx: Context, row: dict[str, Any]) -> Finding | None:
    """The largest earlier cargo of the same scope, where it stood above the figure: growth from a low base says little.

    The windows are unequal, so nothing is said of the two together; one that is larger only because it is longer, as
    its mean per day tells, is none.
    """
    rows = ctx.rows("corridors", "observations", places=[row["place_id"]], metrics=["cargo"])
    earlier = [
        r
        for r in rows
        if r["mode"] == row["mode"]
        and r["direction"] == row["direction"]
        and r["unit_norm"] == row["unit_norm"]
        and r["status"] == "reported"
        and r["bound"] == "exact"
        and not r["per"]
        and r["period_start"]
        and r["period_end"]
        and r["period_end"] < row["period_start"]
        and periods.span(r["period_start"], r["period_end"]).days <= LONGEST_WINDOW
        and r["value_norm"] > row["value_norm"]
        and throughput.per_day(r).number > throughput.per_day(row).number
    ]
    return throughput.reported(max(earlier, key=lambda r: (r["value_norm"], r["id"]))) if earlier else None


def _always_open(ctx: Context) -> list[Sentence]:
    """The vehicles and cargo of the first crossing in their latest common window, with the year before."""
    rows = ctx.rows("corridors", "observations", places=[ctx.focus.crossings[0]], metrics=["vehicles", "cargo"])
    windows: dict[tuple[str, str], list[Compared]] = {}
    for c in _compared([r for r in rows if r["value_norm"] is not None and not r["per"]]):
        windows.setdefault((c[0]["period_start"], c[0]["period_end"]), []).append(c)
    both = [
        w for w in sorted(windows, key=lambda w: w[1], reverse=True) if len({c[0]["metric"] for c in windows[w]}) > 1
    ]
    if not both:
        return []
    clauses: list[str] = []
    figures: dict[str, Finding] = {}
    for i, (row, now, before) in enumerate(sorted(windows[both[0]], key=lambda c: c[0]["metric"], reverse=True)):
        of = tr(" of cargo") if row["metric"] == "cargo" else ""
        clauses.append(tr("{{n{i}}}{of} ({{g{i}:signed}}, so {{b{i}}} the year before)", i=i, of=of))
        figures |= {f"n{i}": now, f"b{i}": before, f"g{i}": throughput.growth(row)}
    place = windows[both[0]][0][0]["place"]
    return [Sentence(tr("{place}, {{n0:period}}: ", place=place) + " and ".join(clauses) + ".", figures)]


EVENTS = ("opening", "closure", "infrastructure", "agreement")


def _timeline(ctx: Context) -> list[Chart]:
    """Openings, closures, works and agreements at the crossings, on one time axis."""
    rows = ctx.rows("measures", "events_of", kinds=list(EVENTS), places=list(ctx.focus.crossings), countries=[])
    names = {r["place_id"]: r["name"] for r in ctx.rows("corridors", "place_names")}
    dated = [
        r
        for r in rows
        if r["status"] == "occurred" and ctx.start and r["date"] >= str(int(ctx.start[:4]) - YEARS_BEFORE)
    ]
    if not dated:
        return []
    figures = [event_finding(r) for r in dated]
    points = [
        {
            "date": periods.first_day(r["date"]).isoformat(),
            "name": names.get(p, p),
            "kind": r["kind"],
            "said": in_words(f),
            "href": link(f),
        }
        for r, f in zip(dated, figures, strict=True)
        for p in r["place_id"]
        if p in ctx.focus.crossings
    ]
    title = tr("Openings, closures, works and agreements at the crossings")
    wide, narrow = (timeline(points, Head(title, "", width), EVENTS) for width in (WIDE, PHONE))
    caption = tr("Reports of one event with two dates both stand; see the contradictions.")
    return [Chart(tr("Events at the crossings"), wide, caption, tuple(figures), wide=True, narrow=narrow)]


def _multiples(ctx: Context, compared: list[Compared]) -> list[Chart]:
    """One small multiple a crossing, metric, mode and way with at least two comparisons: like stands beside like.

    Cargo that may hold what a pipeline carries is in none of them; it stands in the table, with its scope.
    """
    out = []
    for place in ctx.focus.crossings:
        alike: dict[tuple[int, str, str], list[Compared]] = {}
        for c in _of(compared, place):
            row = c[0]
            if row["metric"] in METRICS and not (row["metric"] == "cargo" and _piped(ctx, row)):
                key = METRICS.index(row["metric"]), str(row["mode"]), str(row["direction"])
                alike.setdefault(key, []).append(c)
        for key in sorted(alike):
            some = alike[key][:SHOWN]
            # One row is in the table; of the first crossing it is drawn all the same.
            if len(some) > 1 or place == ctx.focus.crossings[0]:
                out.append(_multiple(some))
    return out


WAYS = {"in": ", inward", "out": ", outward"}


def _multiple(some: list[Compared]) -> Chart:
    rows = [
        {
            "name": _short(row),
            "before": before.number,
            "after": now.number,
            "before_href": link(before),
            "after_href": link(now),
            "before_said": in_words(before),
            "after_said": in_words(now),
        }
        for row, now, before in some
    ]
    row = some[0][0]
    mode = MODES.get(row["mode"], tr("by {mode}", mode=row["mode"]))
    title = f"{row['place']}: {row['metric'].replace('_', ' ')}, {mode}{WAYS.get(row['direction'], '')}"
    drawn = pairs(rows, Head(title, str(row["unit_norm"]), PHONE), (tr("implied, the year before"), tr("as printed")))
    figures = tuple(f for _, now, before in some for f in (now, before))
    return Chart(title, drawn, "", figures)


def _short(row: dict[str, Any]) -> str:
    """A row's period, short enough for an axis: `Apr–Oct 2024`, `1 Jan–5 Mar 2026`.

    A month that is not counted to its end is not written as a whole one: both ends then have their day.
    """
    p = periods.span(row["period_start"], row["period_end"])
    if p.precision == "year":
        return str(p.start.year)
    if p.precision == "month":
        return f"{p.start:%b %Y}"
    starts, ends = f"{p.start:%b}", f"{p.end:%b %Y}"
    if p.start.day > 1 or (p.end + timedelta(days=1)).day > 1:
        starts, ends = f"{p.start.day} {starts}", f"{p.end.day} {ends}"
    if p.precision == "day":
        return ends
    return f"{starts}–{ends}" if p.start.year == p.end.year else f"{starts} {p.start.year}–{ends}"


def _comparison_grid(compared: list[Compared]) -> Grid:
    rows: list[tuple[Cell, ...]] = [
        (
            row["place"],
            throughput.quantity(row),
            period_words(now),
            Figure(now),
            Figure(throughput.growth(row), "signed"),
            Figure(before),
            Source(row["source_id"]),
        )
        for row, now, before in compared
    ]
    return Grid(
        tr("Same period against same period"),
        trs("crossing", "what", "period", "as printed", "change", "implied year before", "source"),
        tuple(rows),
        tr("“Implied” is the figure divided by its printed growth; it is an estimate, not a print of that year."),
    )


def _counted_grid(rows: list[dict[str, Any]]) -> Grid:
    """What was counted, the latest first, where nothing printed compares it."""
    latest = sorted(rows, key=lambda r: (r["period_end"] or "", r["place"], r["id"]), reverse=True)
    cells: list[tuple[Cell, ...]] = [
        (r["place"], throughput.quantity(r), period_words(f), Figure(f), Source(r["source_id"]))
        for r, f in ((r, throughput.reported(r)) for r in latest)
    ]
    heads = trs("crossing", "what", "period", "as printed", "source")
    return Grid(tr("What was counted at the crossings"), heads, tuple(cells), shown=len(cells) <= SHOWN)


def _not_drawn(ctx: Context) -> tuple[str, ...]:
    """Which crossings stand on no map; a place of one's own has no coordinates."""
    names = plan_scope.without_coordinates(ctx)
    said = tr("The record has no coordinates of {names}: on no map of this brief.", names=", ".join(names))
    return (said,) if names else ()


def _silent(ctx: Context, rows: list[dict[str, Any]]) -> tuple[str, ...]:
    heard = {r["place_id"] for r in rows}
    names = {r["place_id"]: r["name"] for r in ctx.rows("corridors", "place_names")}
    silent = [names.get(p, p) for p in ctx.focus.crossings if p not in heard]
    has = "has" if len(silent) == 1 else "have"
    said = tr(
        "Of the crossings followed here, {named} {has} no throughput on record.", named=", ".join(silent), has=has
    )
    return (said,) if silent else ()
