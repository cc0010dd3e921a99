"""Attacks and other risks on the corridors, the exits of firms, and countermeasures."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from entrepot.brief.chapters.plan_scope import concerns, crossed
from entrepot.brief.report import Cell, Chapter, Figure, Grid, Sentence, Source
from entrepot.core import findings, periods
from entrepot.core.contract import column
from entrepot.core.findings import Finding, Ground
from entrepot.core.words.translate import in_english, marked, tr, trs
from entrepot.measures.contract import EVENTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from entrepot.brief.context import Context

KINDS = column(EVENTS, "kind").allowed
ANSWERS = ("countermeasure", "exit", "boycott", "corporate")


def chapter(ctx: Context) -> Chapter | None:
    """Risks of the corridors; None where the measure names none."""
    if not ctx.focus.risks:
        return None
    events = [e for e in _events(ctx, ctx.focus.risks) if is_risk(ctx, e)]
    along = [e for e in events if _on_corridor(ctx, e)]
    elsewhere = [e for e in events if not _on_corridor(ctx, e)]
    # The timeline's kinds say whether the plan asks of firms and of answers at all.
    is_asked = bool({*ANSWERS} & {*ctx.focus.events})
    answers = [e for e in _events(ctx, ANSWERS) if concerns(ctx, e)] if is_asked else []
    body: list[Sentence] = []
    figures: list[Finding] = []
    for some, where in ((along, marked("on the corridors")), (elsewhere, marked("elsewhere in these countries"))):
        attacks = [e for e in some if e["kind"] == "attack" and not e["same_as"]]
        if attacks:
            said, counts = _counted(attacks, where)
            body.append(said)
            figures += counts
    grids = [
        g
        for g in (
            _grid(tr("Attacks and closures on the corridors"), along),
            _grid(tr("Attacks elsewhere in these countries"), elsewhere),
            _grid(tr("Exits, boycotts and countermeasures"), answers),
        )
        if g
    ]
    missing = () if grids else (tr("The record holds no dated risks for this measure."),)
    return Chapter(
        "risks",
        tr("Attacks and other risks"),
        body=tuple(body),
        grids=tuple(grids),
        missing=missing,
        figures=tuple(figures),
    )


def is_risk(ctx: Context, event: Mapping[str, Any]) -> bool:
    """Whether an event is a risk of the plan's: an attack in the countries concerned, else at a crossing followed.

    Where the plan names no countries of risk, they are those of its crossings, else those of the measure, and an attack
    is in the first country that it names: the others are those of whom it hit.
    """
    if event["kind"] != "attack":
        return bool({*(event["place_id"] or ())} & {*ctx.focus.crossings})
    countries = event["countries"] or ()
    if ctx.focus.risk_countries:
        return bool({*countries} & {*ctx.focus.risk_countries})
    along = crossed(ctx) or {ctx.measure.jurisdiction, *ctx.measure.countries}
    return bool({*countries[:1]} & along)


def _on_corridor(ctx: Context, event: dict[str, Any]) -> bool:
    """Whether an event lies on the way: at a crossing that is followed, or at a place that the plan names."""
    places = {*ctx.focus.crossings, *ctx.focus.risk_places}
    return not ctx.focus.risk_places or bool({*(event["place_id"] or ()), event["place"]} & places)


def _counted(attacks: list[dict[str, Any]], where: str) -> tuple[Sentence, list[Finding]]:
    total, by_year = _counts(attacks, where)
    years = "; ".join(tr("{{y{i}:bare}} in {{y{i}:period}}", i=i) for i in range(len(by_year)))
    named = {f"y{i}": f for i, f in enumerate(by_year.values())}
    text = tr(
        "The record holds {{n:bare}} attacks {where} from {{n:period}}, each counted once however many reports it "
        "has: {years}. It is what reports carried, not a full count.",
        where=tr(where),
        years=years,
    )
    return Sentence(text, {"n": total, **named}), list(by_year.values())


def _events(ctx: Context, kinds: tuple[str, ...]) -> list[dict[str, Any]]:
    rows = ctx.rows("measures", "events_of", kinds=list(kinds), places=[], countries=[])
    return [r for r in rows if r["status"] == "occurred" and periods.first_day(r["date"]) <= ctx.day]


@in_english
def event_finding(row: dict[str, Any]) -> Finding:
    """An event as a finding of kind date: what happened, when, with the size as printed."""
    size = tr("; size as printed: {magnitude}", magnitude=row["magnitude"]) if row["magnitude"] else ""
    doubt = "" if row["quality"] == "good" else tr("; source quality: {quality}", quality=row["quality"])
    return findings.make(
        kind="date",
        subject=row["place"] or "not placed",
        quantity=f"{row['kind']}: {row['title']}",
        value=str(row["date"]),
        period=(row["date"], row["date"]),
        as_of=row["known_on"],
        basis=f"date as reported{size}{doubt}",
        grounds=[Ground("events", str(row["id"]), row["source_id"])],
    )


def _counts(attacks: list[dict[str, Any]], where: str) -> tuple[Finding, dict[str, Finding]]:
    @in_english
    def count(rows: list[dict[str, Any]], start: str, end: str) -> Finding:
        return findings.make(
            kind="number",
            subject="corridors",
            quantity=f"attacks on record, {where}",
            value=float(len(rows)),
            unit="attacks",
            period=(start, end),
            as_of=max(str(r["known_on"] or r["date"]) for r in rows),
            low=float(len(rows)),
            basis="count of events of kind attack, reports of one event counted once; reports carried, so at least",
            grounds=[Ground("events", str(r["id"]), r["source_id"]) for r in rows],
        )

    days = sorted(str(a["date"]) for a in attacks)
    years = Counter(d[:4] for d in days)
    by_year = {y: count([a for a in attacks if str(a["date"])[:4] == y], y, y) for y in sorted(years)}
    return count(attacks, days[0], days[-1]), by_year


def _grid(title: str, events: list[dict[str, Any]]) -> Grid | None:
    if not events:
        return None
    rows: list[tuple[Cell, ...]] = [
        (
            Figure(event_finding(e)),
            e["kind"].replace("_", " "),
            e["place"] or "–",
            e["title"] + (tr(" (again: {same_as})", same_as=e["same_as"]) if e["same_as"] else ""),
            e["magnitude"] or "–",
            Source(e["source_id"]),
        )
        for e in reversed(events)
    ]
    return Grid(
        title,
        trs("date", "kind", "place", "what", "size as printed", "source"),
        tuple(rows),
        tr("“Again” marks another report of the same event; it is not counted twice."),
    )
