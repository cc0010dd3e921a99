"""Trade totals of the region and of the pairs of countries: CNY and USD side by side, full years only."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from entrepot.brief import freshness
from entrepot.brief.chapters.trade_series import (
    Series,
    counted_otherwise,
    of_regions,
    one_family,
    rows_of,
    series_of,
)
from entrepot.brief.charts.canvas import PHONE, Head
from entrepot.brief.charts.over_time import years
from entrepot.brief.context import Context, link
from entrepot.brief.in_dollars import ONE, converted
from entrepot.brief.report import (
    Cell,
    Chapter,
    Chart,
    Figure,
    Grid,
    Sentence,
    Source,
    escaped,
    in_words,
    period_words,
)
from entrepot.core import findings, periods, units
from entrepot.core.words.translate import in_english, tr, trs
from entrepot.corridors import throughput

if TYPE_CHECKING:
    from entrepot.core.findings import Finding


class _Year:
    """What one calendar year has in one series: the reported figure, else the implied one, in its own currency."""

    __slots__ = ("finding", "kind", "row")

    def __init__(self, row: dict[str, Any], finding: Finding, kind: str) -> None:
        self.row, self.finding, self.kind = row, finding, kind


def chapter(ctx: Context) -> Chapter | None:
    """Trade totals; None where the measure names no series."""
    if not ctx.focus.trade_pairs:
        return None
    drawn: list[Chart] = []
    grids: list[Grid] = []
    missing: list[str] = []
    figures: list[Finding] = []
    headline, leading = None, None
    whole: dict[str, dict[tuple[str, int], _Year]] = {}
    body: list[Sentence] = []
    for series in series_of(ctx):
        every = rows_of(ctx, series)
        rows, family, left_out = one_family(every)
        figures += [throughput.reported(r) for r in rows]
        by_year = _years(rows)
        if not by_year:
            missing.append(tr("{label}: no full calendar year on record.", label=series.label))
            continue
        drawn += _charts(ctx, series, by_year)
        grids.append(_grid(series, by_year, rows, _note(family, left_out)))
        if series.partner:
            share = _shares(series, whole.get(series.place, {}), by_year, _printed_shares(ctx, series))
            body += [share] if share else []
        else:
            whole[series.place] = by_year
        headline = headline or _headline(ctx, series, by_year)
        leading = leading or _Leading(series, family, _last(by_year).finding, counted_otherwise(ctx, every, family))
    return Chapter(
        key="trade",
        title=tr("Trade totals"),
        headline=_and_too_old(ctx, leading, _with_share(ctx, headline, body)),
        body=(
            *body,
            Sentence(
                tr(
                    "Only whole calendar years are drawn; a year without a column has no such figure on "
                    "record, which is not zero. Values are in prices of the day. Pale columns are implied "
                    "by the growth printed with the next year's figure. Conversions use the mean of the European "
                    "Central Bank's daily rates of the year; a currency without a rate is not checked."
                )
            ),
            *of_regions(ctx),
        ),
        charts=tuple(drawn),
        grids=tuple(grids),
        missing=tuple(missing),
        figures=tuple(figures),
    )


@dataclass(frozen=True, slots=True)
class _Leading:
    """The first series of the plan with a full year: its count, its latest year, and the latest fresh one left out."""

    series: Series
    family: str
    latest: Finding
    left_out: Finding | None


def _years(rows: list[dict[str, Any]]) -> dict[tuple[str, int], _Year]:
    """The figure of each (currency, year): reported before implied, exact before bounded, good before doubtful."""
    whole = [r for r in rows if throughput.is_full_year(r)]
    whole.sort(key=lambda r: (r["bound"] != "exact", r["quality"] != "good", r["known_on"] or "", r["id"]))
    out: dict[tuple[str, int], _Year] = {}
    for row in whole:
        key = (row["unit_norm"], periods.first_day(row["period_start"]).year)
        out.setdefault(key, _Year(row, throughput.reported(row), "reported"))
    for row in whole:
        before = throughput.year_before(row)
        key = (row["unit_norm"], periods.first_day(row["period_start"]).year - 1)
        if before is not None and key not in out:
            out[key] = _Year(row, before, "implied")
    return dict(sorted(out.items()))


def _charts(ctx: Context, series: Series, by_year: dict[tuple[str, int], _Year]) -> list[Chart]:
    """A small chart a currency: what was printed in it, else converted from another. The page shows one of them."""
    out = []
    printed = sorted({c for c, _ in by_year} - {*series.currencies})
    for currency in (*printed, *series.currencies):
        rows: list[dict[str, Any]] = []
        figures: list[Finding] = []
        for year in sorted({y for _, y in by_year}):
            found = by_year.get((currency, year))
            other = next((v for (c, y), v in by_year.items() if y == year and c != currency), None)
            entry, kind = (
                (found.finding, found.kind)
                if found
                else (converted(other.finding, currency) if other else None, "implied")
            )
            if entry is None:
                continue
            if not found and other:
                kind = other.kind
            figures.append(entry)
            said = {"said": f"{in_words(entry)}, {kind}", "href": link(entry)}
            rows.append({"year": int(year), "value": entry.number / 1e9, "kind": kind, **said})
        if len(rows) < 2:  # noqa: PLR2004 - one column is in the table
            continue
        title = f"{series.label}, {currency}"
        # A measure older than its series would stretch the axis over years without a figure.
        inside = bool(ctx.start) and int(ctx.start[:4]) >= min(r["year"] for r in rows)
        start = periods.first_day(ctx.start).isoformat() if inside else ""
        marks = [{"date": start, "name": _marked(ctx), "href": ""}] if inside else []
        picture = years(rows, Head(title, tr("billion {currency}", currency=currency), PHONE), marks)
        caption = "" if inside else _begun_before(ctx, [r["year"] for r in rows])
        out.append(Chart(title, picture, caption, tuple(figures), currency=currency))
    # Without a rate there are no dollars to switch to: what was printed stands alone.
    return out if any(c.currency == ONE for c in out) else [replace(c, currency="") for c in out]


def _begun_before(ctx: Context, drawn: list[int]) -> str:
    """That the measure is older than the years drawn, and whether more of it began in them."""
    if not ctx.start:
        return ""
    later = [p for p in ctx.measure.provisions if p.start and min(drawn) <= int(p.start[:4]) <= max(drawn)]
    return (
        tr("The measure took effect before these years, further parts of it within them.")
        if later
        else tr("The measure took effect before these years.")
    )


def _marked(ctx: Context) -> str:
    """What begins on the marked day; the day itself stands, with its source, in the first chapter."""
    begun = [p for p in ctx.measure.provisions if p.start == ctx.start]
    part = next((p for p in begun if p.id == ctx.focus.marked), begun[0] if begun else None)
    return (
        tr(
            "{short}, {name}{name_2}, takes effect",
            short=ctx.measure.short,
            name=part.name[0].lower(),
            name_2=part.name[1:],
        )
        if part
        else ctx.measure.short
    )


def _note(family: str, left_out: list[str]) -> str:
    others = (
        tr(" Left out, because offices count differently: {left_out}.", left_out=", ".join(left_out))
        if left_out
        else ""
    )
    return tr("From {family} alone.{others}", family=family, others=others)


def _other(series: Series, figure: Finding) -> Cell:
    """A figure in the other currency of its series; a dash where the series has no other."""
    target = ONE if figure.unit != ONE else next((c for c in series.currencies if c != ONE), "")
    if not target:
        return "–"
    found = converted(figure, target)
    return Figure(found) if found else tr("not checked")


def _grid(series: Series, by_year: dict[tuple[str, int], _Year], rows: list[dict[str, Any]], note: str) -> Grid:
    cells: list[tuple[Cell, ...]] = []
    for (_, year), entry in sorted(by_year.items(), key=lambda e: (e[0][1], e[0][0]), reverse=True):
        cells.append(
            (
                str(year),
                entry.kind,
                Figure(entry.finding),
                _other(series, entry.finding),
                Figure(throughput.growth(entry.row), "signed")
                if entry.kind == "reported" and entry.row["yoy_pct"] is not None
                else "–",
                Source(entry.row["source_id"]),
            )
        )
    part = [r for r in rows if not throughput.is_full_year(r) and r["yoy_pct"] is not None]
    part.sort(key=lambda r: (r["period_end"], r["id"]), reverse=True)
    for r in part[:3]:
        now = throughput.reported(r)
        cells.append(
            (
                period_words(now),
                tr("part of a year"),
                Figure(now),
                _other(series, now),
                Figure(throughput.growth(r), "signed"),
                Source(r["source_id"]),
            )
        )
    return Grid(
        series.label,
        trs("period", "how", "as printed", "converted", "change on the year", "source"),
        tuple(cells),
        note,
    )


Shares = dict[tuple[str, str], dict[str, Any]]  # first and last day of a period: the row that prints the share


def _printed_shares(ctx: Context, s: Series) -> Shares:
    """The partner's share of the whole as an office prints it, by period; good before doubtful."""
    rows = ctx.rows("corridors", "observations", places=[s.place], metrics=["trade_share"])
    mine = [r for r in rows if r["partner"] == s.partner and r["direction"] == "both" and r["status"] == "reported"]
    mine.sort(key=lambda r: (r["bound"] != "exact", r["quality"] != "good", r["known_on"] or "", r["id"]))
    out: Shares = {}
    for row in mine:
        if throughput.is_full_year(row):
            out.setdefault((row["period_start"], row["period_end"]), row)
    return out


def _shares(
    series: Series, whole: dict[tuple[str, int], _Year], part: dict[tuple[str, int], _Year], printed: Shares
) -> Sentence | None:
    """A partner's share of the whole in the last two years in which both are in print in one currency.

    Two years that do not follow each other are given each with its share, and no course is read from them.
    """
    both = sorted((y, c) for c, y in whole.keys() & part.keys() if whole[c, y].kind == part[c, y].kind == "reported")
    same = [(y, c) for y, c in both if c == both[-1][1]] if both else []
    if len(same) < 2:  # noqa: PLR2004 - one year shows no turn
        return None
    figures: dict[str, Finding] = {}
    of = throughput.sides(part[both[-1][1], both[-1][0]].row)
    (before, _), (last, _) = same[-2:]
    adjacent = last - before == 1
    # The names that the reading looks for stand only for two years that follow each other.
    names = ("a", "b") if adjacent else ("0", "1")
    for mark, (year, currency) in zip(names, same[-2:], strict=True):
        figures[f"p{mark}"] = part[currency, year].finding
        figures[f"s{mark}"] = _share(whole[currency, year], part[currency, year], printed)
    if adjacent:
        text = tr("{pa} in {pa:period}, {pb} in {pb:period}; its share of the total went from {sa} to {sb}.")
        return Sentence(f"{series.label}: {text}", figures, {"sa": of})
    text = tr(
        "{p0} in {p0:period}, {s0} of the total; {p1} in {p1:period}, {s1} of it. The years between "
        "have no such figure on record, so no course is read from the two."
    )
    return Sentence(f"{series.label}: {text}", figures)


@in_english
def _share(whole: _Year, part: _Year, printed: Shares) -> Finding:
    """The share that an office printed; where none did, the two figures as printed divided, with their rounding."""
    row = printed.get((part.row["period_start"], part.row["period_end"]))
    if row is not None:
        return throughput.reported(row)
    total, partner = whole.finding, part.finding
    share = units.rounded(100 * partner.number / total.number, 3)
    (low, high), (least, most) = throughput.printed_range(part.row), throughput.printed_range(whole.row)
    return findings.make(
        kind="number",
        subject=partner.subject,
        quantity="share of the total trade of the place",
        value=share,
        unit="percent",
        period=(partner.period_start, partner.period_end),
        as_of=max(total.as_of or "", partner.as_of or "") or None,
        status="estimated",
        low=None if low is None or most is None else min(100 * low / most, share),
        high=None if high is None or not least else max(100 * high / least, share),
        basis=f"{findings.plain(partner.number)} / {findings.plain(total.number)} {total.unit}, both as printed; "
        "ends: their rounding",
        grounds=[*total.grounds, *partner.grounds],
    )


def _with_share(ctx: Context, headline: Sentence | None, shares: list[Sentence]) -> Sentence | None:
    """The headline with the first partner's share: a total that grows says nothing of where it turned."""
    first = next((s for s in shares if any(freshness.fresh(ctx.day, f) for f in s.figures.values())), None)
    if headline is None or first is None:
        return headline
    figures, sides = {**headline.figures, **first.figures}, {**headline.sides, **first.sides}
    return Sentence(f"{headline.template} {first.template}", figures, sides)


def _last(by_year: dict[tuple[str, int], _Year]) -> _Year:
    """The latest reported year, in CNY where both are in print."""
    key = max((k for k, e in by_year.items() if e.kind == "reported"), key=lambda k: (k[1], k[0] == "CNY"))
    return by_year[key]


def _headline(ctx: Context, series: Series, by_year: dict[tuple[str, int], _Year]) -> Sentence | None:
    """The latest full year against the year before it, in the currency of the latest print; None where it is too old.

    The year before is a print of its own, else what the growth printed with the latest implies. A longer gap is not
    bridged: what lies between is not known.
    """
    last = _last(by_year)
    b = last.finding
    if not freshness.fresh(ctx.day, b):
        return None
    currency, latest = b.unit or "", periods.first_day(last.row["period_start"]).year
    before = by_year.get((currency, latest - 1))
    figures: dict[str, Finding] = {"b": b}
    here = tr("{b} in {b:period}")
    if before is None:
        text = tr(
            "{label}: {here}; the year before is not on record, so no change is read.", label=series.label, here=here
        )
        return Sentence(text, figures)
    a = figures["a"] = before.finding
    word = "rose" if b.number > a.number else "fell" if b.number < a.number else "stayed"
    implied = tr(", as the growth printed with the later implies") if before.kind == "implied" else ""
    text = tr(
        "{label} {word}: {{a}} in {{a:period}}{implied}, {here}.",
        label=series.label,
        word=word,
        implied=implied,
        here=here,
    )
    return Sentence(text, figures, {"a": throughput.sides(before.row)})


def _and_too_old(ctx: Context, leading: _Leading | None, fresh: Sentence | None) -> Sentence | None:
    """The headline; where the leading series has no fresh year, first that, with the latest that it has.

    `leading` is the first series of the plan with a full year; `fresh` what a fresh series says, if any.
    """
    if leading is None or freshness.fresh(ctx.day, leading.latest):
        return fresh
    figures = {"z": leading.latest}
    label, words = leading.series.label, freshness.WORDS
    if leading.left_out is None:
        text = tr(
            "{label}: no full year on record ends in the {words} before the day; the latest, {{z}} in "
            "{{z:period}}, is too old to say how it moves.",
            label=label,
            words=words,
        )
    else:
        figures["left"] = leading.left_out
        text = tr(
            "{label}: no full year of {family} ends in the {words} before the day; the latest, {{z}} in "
            "{{z:period}}, is too old to say how it moves. Counted otherwise, or by nobody who is named: {{left}} "
            "in {{left:period}}.",
            label=label,
            words=words,
            family=escaped(leading.family),
        )
    if fresh is None:
        return Sentence(text, figures)
    # Other names than those that the reading looks for: it speaks of the leading series alone.
    other = re.sub(r"\{([ab])\b", r"{other_\1", fresh.template)
    return Sentence(
        f"{text} {other}", figures | {f"other_{k}" if k in {"a", "b"} else k: f for k, f in fresh.figures.items()}
    )
