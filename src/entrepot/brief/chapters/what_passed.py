"""What passed by year, with intervals; what an opening changed; how full crossings are; what cannot be right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.brief.chapters import how_full
from entrepot.brief.chapters.plan_scope import is_counted
from entrepot.brief.charts.canvas import PHONE, Head
from entrepot.brief.charts.yearly_intervals import yearly_intervals
from entrepot.brief.context import link
from entrepot.brief.report import Cell, Chapter, Chart, Figure, Grid, Sentence, in_words
from entrepot.core import findings
from entrepot.core.findings import Finding, Ground
from entrepot.core.words.translate import in_english, tr, trs
from entrepot.corridors.conflicts.conflicts import conflicts
from entrepot.corridors.effects.dated_event import dated_event
from entrepot.corridors.effects.effect_rows import effect_rows
from entrepot.corridors.series.estimate_shown import printing
from entrepot.corridors.series.quantities import KEY, quantities
from entrepot.corridors.series.series import is_placeable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from entrepot.brief.context import Context
    from entrepot.corridors.series.quantities import Quantity

    Row = Mapping[str, Any]

# Of the first crossing its cargo, of every one its trains: these have reports of many years, and a brief has seconds.
_FEWEST = 5  # reports: of fewer a year is seldom known
_ODDS = ("parts_over_total", "part_over_whole", "cumulative_falls", "growth_does_not_follow")
_SHOWN = 6  # contradictions in the table; the command has all


def chapter(ctx: Context) -> Chapter | None:
    """What passed, estimated from all reports; None where the measure names no crossing or none has a series."""
    if not ctx.focus.crossings:
        return None
    reported = ctx.rows("corridors", "every_observation")
    by_id = {str(r["id"]): r for r in reported}
    held = [q for q in quantities(reported) if is_placeable(q)]
    names = {r["place_id"]: r["name"] for r in ctx.rows("corridors", "place_names")}
    made = [(q, _years(ctx, q)) for q in _chosen(ctx, held)]
    made = [(q, rows) for q, rows in made if rows]
    if not made:
        return None
    charts = [_chart(rows, by_id) for _, rows in made]
    grids = (
        how_full.grid(ctx),
        _effect_grid(ctx, held, names, by_id),
        _odd_grid(ctx, names, by_id),
    )
    return Chapter(
        key="what-passed",
        title=tr("What passed, by year"),
        body=(
            Sentence(
                tr(
                    "Each year is estimated from all reports of one count: whole years, parts of them, "
                    "bounds and growth. The bar holds the truth in nineteen cases of twenty; where reports "
                    "leave more than a factor of three open, the year is not known and no number is given."
                )
            ),
            *filter(None, [how_full.said(ctx)]),
        ),
        charts=tuple(charts),
        grids=tuple(g for g in grids if g),
    )


def _at(quantity: Quantity, name: str) -> Any:
    return quantity.key[KEY.index(name)]


def _chosen(ctx: Context, held: Sequence[Quantity]) -> Iterator[Quantity]:
    """Cargo of the first crossing and trains of each, both ways: the count with most reports."""
    for place in ctx.focus.crossings:
        for metric in ("cargo", "trains"):
            if metric == "cargo" and place != ctx.focus.crossings[0]:
                continue
            own = [
                q
                for q in held
                if (q.place_id, _at(q, "metric"), _at(q, "direction")) == (place, metric, "both")
                and len(q.rows) >= _FEWEST
            ]
            if own:
                yield max(own, key=lambda q: len(q.rows))


def _years(ctx: Context, quantity: Quantity) -> list[dict[str, Any]]:
    """Years from the first that is known to the last; those not known in between stay."""
    rows = how_full.years(ctx, quantity)
    known = [at for at, row in enumerate(rows) if row["state"] not in {"not_known", "shut"}]
    return rows[known[0] : known[-1] + 1] if known else []


@in_english
def _estimate(row: Row, by_id: Mapping[str, Row]) -> Finding:
    is_number, is_printed = row["value"] is not None, row["state"] == "printed"
    reports = printing(row, by_id) if is_printed else row["reports"] or ()
    return findings.make(
        kind="number" if is_number else "text",
        subject=row["place"],
        quantity=f"{row['quantity']}, on the count of {row['counter']}",
        value=row["value"] if is_number else "not known",
        unit=row["unit"] if is_number else None,
        period=(row["period_start"], row["period_end"]),
        status="reported" if is_printed else "estimated",
        low=row["low"],
        high=row["high"],
        basis=row["basis"],
        grounds=_grounds(reports, by_id),
    )


def _grounds(keys: Iterable[str], by_id: Mapping[str, Row]) -> list[Ground]:
    """The observations among these keys; a season is a rule, which the card of the crossing has."""
    return [Ground("observations", k, by_id[k]["source_id"]) for k in dict.fromkeys(keys) if k in by_id]


def _chart(rows: Sequence[Row], by_id: Mapping[str, Row]) -> Chart:
    found = [_estimate(r, by_id) for r in rows]
    drawn = [
        {
            "year": r["period_start"],
            "value": r["value"],
            "low": r["low"],
            "high": r["high"],
            "said": in_words(f),
            "href": link(f),
        }
        for r, f in zip(rows, found, strict=True)
    ]
    title = f"{rows[0]['place']}: {rows[0]['quantity']}"
    head = Head(title, str(rows[0]["unit"]), PHONE)
    return Chart(title, yearly_intervals(drawn, head), "", tuple(found), group=tr("Years with their intervals"))


def _effect_grid(
    ctx: Context, held: Sequence[Quantity], names: Mapping[str, str], by_id: Mapping[str, Row]
) -> Grid | None:
    """What the latest opening at the first crossing that goes on has changed."""
    begun = ctx.rows("corridors", "interruptions")
    first = ctx.focus.crossings[0]
    openings = [r for r in begun if r["kind"] == "opening" and first in r["place_id"] and not r["date_end"]]
    if not openings:
        return None
    event = dated_event(str(openings[-1]["id"]), begun, ())
    rows: list[tuple[Cell, ...]] = []
    for r in effect_rows(event, held, names):
        what = f"{names.get(r['place'], r['place'])}, {r['quantity']}"
        if r["difference"] is None:
            rows.append(
                (
                    what,
                    tr("{period_start} to {period_end}", period_start=r["period_start"], period_end=r["period_end"]),
                    tr("not identifiable"),
                    None,
                    r["settles"] or "–",
                )
            )
            continue
        found = findings.make(
            kind="number",
            subject=names.get(r["place"], r["place"]),
            quantity=f"{r['quantity']}: effect of {r['event']}",
            value=r["difference"],
            unit=r["unit"],
            period=(r["period_start"], r["period_end"]),
            status="estimated",
            low=r["low"],
            high=r["high"],
            basis=r["basis"],
            grounds=_grounds(r["reports"] or (), by_id),
        )
        when = tr("{period_start} to {period_end}", period_start=r["period_start"], period_end=r["period_end"])
        rows.append((what, when, Figure(found), Figure(found, "ends"), r["settles"] or "–"))
    if not rows:
        return None
    return Grid(
        tr("What changed: {event}, {date_start}", event=openings[-1]["event"], date_start=openings[-1]["date_start"]),
        trs("where and what", "months", "effect", "95 in 100", "what would settle or narrow it"),
        tuple(rows),
        tr(
            "What passed in these months less what would have passed. The command entrepot corridor effect "
            "has the test on other windows."
        ),
    )


def _odd_grid(ctx: Context, names: Mapping[str, str], by_id: Mapping[str, Row]) -> Grid | None:
    """Parts above their whole, sums that fall and growth that does not follow, the widest apart first."""
    mine = [r for r in by_id.values() if is_counted(ctx, r)]
    odd = [c for c in conflicts(mine, names, None) if c["kind"] in _ODDS][:_SHOWN]
    rows: list[tuple[Cell, ...]] = [(Figure(_odd(c, by_id)), c["place"], _kind(c), c["reason"]) for c in odd]
    if not rows:
        return None
    return Grid(
        tr("Reports that cannot all be right"),
        trs("what they say", "of", "what is wrong", "likely"),
        tuple(rows),
        tr(
            "Both sides stand, and nothing is resolved; the reason is guessed by rule. Two figures of one "
            "thing stand among the contradictions; entrepot corridor conflicts has all."
        ),
    )


def _kind(conflict: Row) -> str:
    return str(conflict["kind"]).replace("_", " ")


@in_english
def _odd(conflict: Row, by_id: Mapping[str, Row]) -> Finding:
    ids = ", ".join(conflict["reports"])
    return findings.make(
        kind="conflict",
        subject=conflict["place"],
        quantity=conflict["quantity"],
        value=f"{conflict['says']}; against {conflict['other_says']} ({ids})",
        period=(conflict["period_start"], conflict["period_end"]),
        status="reported",
        basis=f"{_kind(conflict)}: {conflict['apart_percent']:g} percent apart beyond rounding",
        grounds=_grounds(conflict["reports"], by_id),
    )
