"""What customs stopped: shipments by date, sector and declared origin."""

from __future__ import annotations

from itertools import permutations
from typing import Any

from entrepot.brief import freshness
from entrepot.brief.charts.canvas import PHONE, WIDE, Head
from entrepot.brief.charts.in_rows import bars
from entrepot.brief.charts.in_rows import pairs as pairs_of
from entrepot.brief.charts.over_time import cumulative
from entrepot.brief.context import Context, link
from entrepot.brief.report import Chapter, Chart, Figure, Grid, Sentence, Source, in_words, period_words, show
from entrepot.core import periods
from entrepot.core.findings import Finding
from entrepot.core.words.translate import marked, tr
from entrepot.corridors import throughput

Pair = tuple[dict[str, Any], Finding]

FEWEST_BARS = 3  # fewer groups compare nothing
DECLARED_SHORT = marked("Where the goods were declared, not that trade was rerouted.")
DECLARED = marked(
    "Origins show where goods with suspected inputs were declared, not that trade was rerouted; "
    "sectors and origins of different windows are not added up."
)


def chapter(ctx: Context) -> Chapter | None:
    """Stops under the measure; None where the measure names no enforcement statistics."""
    if not ctx.focus.enforcement:
        return None
    rows = ctx.rows("corridors", "observations", places=[ctx.focus.enforcement], metrics=[])
    pairs = [(r, throughput.reported(r)) for r in rows if r["period_start"] and r["value_norm"] is not None]
    if not pairs:
        return Chapter("enforcement", tr("Enforcement"), missing=(tr("The record holds no enforcement statistics."),))
    row, total = _latest(pairs, "shipments_reviewed")
    value = _alongside(pairs, "shipments_value", total)
    denied = _alongside(pairs, "shipments_denied", total)
    return Chapter(
        key="enforcement",
        title=tr("Enforcement: what was stopped"),
        headline=_headline(ctx, row, total, (value, denied)),
        body=(Sentence(tr(DECLARED)), *_outcomes(pairs)),
        charts=(*_chart(pairs), *_bars(pairs, "sector"), *_bars(pairs, "origin")),
        grids=tuple(
            grid
            for grid in (
                _by(pairs, "sector", tr("Stops by sector")),
                _by(pairs, "origin", tr("Stops by declared country of origin")),
            )
            if grid.rows
        ),
        figures=tuple(f for _, f in pairs),
    )


def _cumulative(pairs: list[Pair], metric: str) -> list[Pair]:
    """Reports of one metric since the start of the measure, whole, one a date: exact before bounded, then good."""
    whole = [(r, f) for r, f in pairs if r["metric"] == metric and not r["sector"] and not r["origin"]]
    if not whole:
        return []
    start = min(str(r["period_start"]) for r, _ in whole)
    since = [(r, f) for r, f in whole if str(r["period_start"]) == start and r["period_end"]]
    best: dict[Any, Pair] = {}
    for row, finding in sorted(since, key=lambda p: (p[0]["bound"] != "exact", p[0]["quality"] != "good", p[0]["id"])):
        best.setdefault(periods.last_day(str(row["period_end"])), (row, finding))
    return [best[d] for d in sorted(best)]


def _latest(pairs: list[Pair], metric: str) -> Pair | tuple[None, None]:
    found = _cumulative(pairs, metric)
    return found[-1] if found else (None, None)


def _alongside(pairs: list[Pair], metric: str, total: Finding | None) -> Finding | None:
    """The report of another metric over the same window as the total; one of another window says nothing beside it."""
    if total is None:
        return None
    window = (total.period_start, periods.last_day(total.period_end or ""))
    found = (f for _, f in _cumulative(pairs, metric))
    return next((f for f in found if (f.period_start, periods.last_day(f.period_end or "")) == window), None)


def _headline(
    ctx: Context, row: dict[str, Any] | None, total: Finding | None, beside: tuple[Finding | None, Finding | None]
) -> Sentence | None:
    """The latest count of stops, with value and refusals of the same window; that it is old, where it is."""
    value, denied = beside
    if row is None or total is None:
        return None
    # The place says the scope: some statistics count detentions under every authority together.
    scope = throughput.sides(row)[0].replace("{", "{{").replace("}", "}}")
    text, figures = tr("{scope}: customs stopped {{n}} for review, {{n:period}}", scope=scope), {"n": total}
    if value is not None:
        text += ", worth {v}"
        figures["v"] = value
    if denied is not None:
        text += tr(", and refused {d}")
        figures["d"] = denied
    if not freshness.fresh(ctx.day, total):
        text += tr(
            "; this is the latest count on record, and it ends more than a {words} before the day",
            words=freshness.WORDS,
        )
    return Sentence(text + ".", figures)


def _outcomes(pairs: list[Pair]) -> list[Sentence]:
    """Released of reviewed, where one window has both."""

    def at(metric: str) -> dict[tuple[str, str], Finding]:
        return {
            (str(r["period_start"]), str(r["period_end"])): f
            for r, f in pairs
            if r["metric"] == metric and not r["sector"] and not r["origin"] and r["period_end"] and not r["per"]
        }

    reviewed, released = at("shipments_reviewed"), at("shipments_released")
    out = []
    for window in sorted(reviewed.keys() & released.keys(), key=lambda w: w[1])[-3:]:
        text = tr("{a:period}: {a} reviewed, {b} released by then; what was stopped late may still be open.")
        out.append(Sentence(text, {"a": reviewed[window], "b": released[window]}))
    return out


def _chart(pairs: list[Pair]) -> list[Chart]:
    series = _cumulative(pairs, "shipments_reviewed")
    if len(series) < 3:  # noqa: PLR2004 - fewer points draw no course
        return []
    rows = [
        {
            "date": periods.last_day(str(r["period_end"])).isoformat(),
            "value": r["value_norm"],
            "said": in_words(f),
            "href": link(f),
            "label": f"{r['value_norm']:,.0f}" if i % 3 == 0 or i == len(series) - 1 else "",
        }
        for i, (r, f) in enumerate(series)
    ]
    title = tr("Shipments stopped for review")
    wide, narrow = (cumulative(rows, Head(title, tr("shipments, cumulative"), width)) for width in (WIDE, PHONE))
    caption = tr(
        "Cumulative from the first day counted, as reported at each date; “over” and “more than” are "
        "drawn at their bound."
    )
    return [Chart(title, wide, caption, tuple(f for _, f in series), wide=True, narrow=narrow)]


Window = tuple[str, str, str]  # metric, first day, last day


def _bars(pairs: list[Pair], key: str) -> list[Chart]:
    """One quantity by sector or declared origin: its latest window beside the same months a year before, else alone."""
    windows: dict[Window, list[Pair]] = {}
    for row, finding in pairs:
        if row[key] and not row["origin" if key == "sector" else "sector"] and row["period_end"]:
            window = str(row["metric"]), str(row["period_start"]), str(row["period_end"])
            windows.setdefault(window, []).append((row, finding))
    groups = {w: {r[key] for r, _ in found} for w, found in windows.items()}
    two = [
        (now, before)
        for now, before in permutations(windows, 2)
        if _year_before(now, before) and len(groups[now] & groups[before]) > 1
    ]
    full = [w for w in windows if len(windows[w]) >= FEWEST_BARS]
    latest = max(full, key=lambda w: (w[2], len(windows[w]), w[0]), default=None)
    if two:
        now, before = max(two, key=lambda t: (t[0][2], len(windows[t[0]])))
        if latest is None or now[2] >= latest[2]:
            return [_two_years(windows[before], windows[now], key)]
    return [_one_window(windows[latest], key)] if latest else []


def _year_before(now: Window, before: Window) -> bool:
    a, b = periods.span(*before[1:]), periods.span(*now[1:])
    return now[0] == before[0] and b.start.year == a.start.year + 1 and periods.same_length(a, b)


def _title(some: list[Pair], key: str) -> str:
    what = str(some[0][0]["metric"]).replace("_", " ").capitalize()
    return tr("{what}, by {which}", what=what, which=tr("sector") if key == "sector" else tr("declared origin"))


def _grouped(key: str) -> str:
    return tr(DECLARED_SHORT) if key == "origin" else tr("Sectors as the publisher groups them.")


def _one_window(some: list[Pair], key: str) -> Chart:
    some = sorted(some, key=lambda p: -p[0]["value_norm"])
    rows = [
        {"name": r[key], "value": r["value_norm"], "label": show(f), "said": f"{r[key]}: {show(f)}", "href": link(f)}
        for r, f in some
    ]
    title, period = _title(some, key), period_words(some[0][1])
    drawn = bars(rows, Head(title, period, PHONE))
    return Chart(title, drawn, f"{period}. {_grouped(key)}", tuple(f for _, f in some))


def _two_years(before: list[Pair], now: list[Pair], key: str) -> Chart:
    """The same months of two years; a group that one of them has no row of has no point there."""
    was, is_ = ({str(r[key]): (r, f) for r, f in some} for some in (before, now))
    names = sorted(is_, key=lambda n: -is_[n][0]["value_norm"]) + [n for n in was if n not in is_]
    rows = [
        {"name": name}
        | {
            field: value
            for end, found in (("before", was.get(name)), ("after", is_.get(name)))
            for field, value in (
                (end, found[0]["value_norm"] if found else None),
                (f"{end}_href", link(found[1]) if found else ""),
                (f"{end}_said", in_words(found[1]) if found else ""),
            )
        }
        for name in names
    ]
    ends = period_words(before[0][1]), period_words(now[0][1])
    title = _title(now, key)
    drawn = pairs_of(rows, Head(title, str(now[0][0]["unit_norm"]), PHONE), ends)
    caption = tr("No point: none on record for that period. {grouped}", grouped=_grouped(key))
    return Chart(title, drawn, caption, tuple(f for _, f in (*before, *now)))


def _by(pairs: list[Pair], key: str, title: str) -> Grid:
    rows = [(r, f) for r, f in pairs if r[key]]
    rows.sort(key=lambda p: (str(p[0]["period_end"] or ""), str(p[0]["metric"]), -p[0]["value_norm"]), reverse=True)
    cells = tuple(
        (str(r[key]), str(r["metric"]).replace("_", " "), Figure(f), period_words(f), Source(r["source_id"]))
        for r, f in rows
    )
    return Grid(
        title,
        (key, tr("what is counted"), tr("figure"), tr("period"), tr("source")),
        cells,
        tr("Windows differ from row to row: compare only rows of one window."),
        shown=key == "origin",
    )
