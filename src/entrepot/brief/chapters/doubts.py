"""Where reports contradict each other, and what is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.brief.chapters.plan_scope import concerns, is_counted
from entrepot.brief.chapters.risks import KINDS, event_finding, is_risk
from entrepot.brief.finding_names import about
from entrepot.brief.report import Cell, Chapter, Figure, Grid, Sentence, Source
from entrepot.core import findings, periods
from entrepot.core.findings import Finding, Ground
from entrepot.core.words import amounts
from entrepot.core.words.translate import in_english, marked, tr, trs
from entrepot.corridors import throughput
from entrepot.corridors.series.quantities import NOT_NAMED, counter_of
from entrepot.diversion.demo_scans import scans_of

if TYPE_CHECKING:
    from entrepot.brief.context import Context


Conflict = tuple[dict[str, Any], Finding]  # the row that holds both reports, and what is said of them

ONE_OFFICE = marked("two reports of one quantity over one period whose printed ranges do not overlap")
MIRROR = marked(
    "mirror statistics: two offices count one trade over one period, and their printed ranges do not overlap"
)


def contradictions(ctx: Context) -> Chapter:
    """Reports that cannot all be right: events with two dates or sizes, quantities with two values."""
    figures = _event_conflicts(ctx)
    numbers = _value_conflicts(ctx)
    mirrors = [(r, f) for r, f in numbers if _two_offices(r)]
    others = [(r, f) for r, f in numbers if not _two_offices(r)]
    dates = [f for r, f in figures if r["kind"] == "opening"]
    body = [
        Sentence(tr("Two dates are in print for one opening of {subject}: {{c}}.", subject=f.subject), {"c": f})
        for f in dates
    ]
    drawn = (
        _grid(tr("Events reported twice"), figures),
        _grid(tr("One quantity, two figures"), others),
        _grid(tr("Mirror statistics: two offices, two figures"), mirrors),
    )
    grids = [g for g in drawn if g]
    missing = () if grids else (tr("No contradiction between the reports of this brief is on record."),)
    intro = Sentence(
        tr(
            "Reports that disagree both stay in the record. Neither is preferred here. Two offices may "
            "differ because they count differently, or because one rounds."
        )
    )
    return Chapter(
        "contradictions",
        tr("Where reports contradict each other"),
        body=(intro, *body),
        grids=tuple(grids),
        missing=missing,
    )


def _is_shown(ctx: Context, event: dict[str, Any]) -> bool:
    """Whether the brief tells of such an event: at a crossing that it follows, as a risk, or on its timeline."""
    if event["kind"] in ctx.focus.risks and is_risk(ctx, event):
        return True
    # Which list an event is of is told in words alone: where the measure has none, it is another's.
    kinds = {*ctx.focus.events, "opening", "closure"} - (set() if ctx.list_id else {"listing", "designation"})
    return event["kind"] in kinds and concerns(ctx, event)


@in_english
def _event_conflicts(ctx: Context) -> list[Conflict]:
    out = []
    for row in ctx.rows("measures", "event_conflicts"):
        if not _is_shown(ctx, row):
            continue
        say = ("date", "other_date") if row["dates_differ"] else ("magnitude", "other_magnitude")
        finding = findings.make(
            kind="conflict",
            subject=row["place"] or "not placed",
            quantity=f"{row['kind']}: {row['title']}",
            value=f"{row[say[0]]} ({row['id']}) against {row[say[1]]} ({row['other_id']})",
            period=(min(row["date"], row["other_date"]), max(row["date"], row["other_date"])),
            as_of=max(str(row["known_on"] or ""), str(row["other_known_on"] or "")) or None,
            basis=f"two reports of one event; the other reads: {row['other_title']}",
            grounds=[
                Ground("events", row["id"], row["source_id"]),
                Ground("events", row["other_id"], row["other_source_id"]),
            ],
        )
        out.append((row, finding))
    return out


@in_english
def _value_conflicts(ctx: Context) -> list[Conflict]:
    out = []
    for row in ctx.rows("corridors", "disagreements"):
        if not is_counted(ctx, row):
            continue
        unit = row["unit_norm"]
        a = amounts.with_unit(row["value_norm"], unit, bound=row["bound"])
        b = amounts.with_unit(row["other_value"], unit, bound=row["other_bound"])
        finding = findings.make(
            kind="conflict",
            subject=throughput.subject(row),
            quantity=throughput.quantity(row),
            value=f"{a} ({_by(row['reported_by'])}{row['id']}) against "
            f"{b} ({_by(row['other_reported_by'])}{row['other_id']})",
            unit=unit,
            period=(row["period_start"], row["period_end"]),
            as_of=max(str(row["known_on"] or ""), str(row["other_known_on"] or "")) or None,
            low=min(row["value_norm"], row["other_value"]),
            high=max(row["value_norm"], row["other_value"]),
            basis=tr(MIRROR) if _two_offices(row) else tr(ONE_OFFICE),
            grounds=[
                Ground("observations", row["id"], row["source_id"]),
                Ground("observations", row["other_id"], row["other_source_id"]),
            ],
        )
        out.append((row, finding))
    return out


def _two_offices(row: dict[str, Any]) -> bool:
    """Whether the two reports rest on the counts of two offices, so that both may be right in their own terms.

    The press counts nothing: two newspapers that differ contradict each other, whoever of them is right.
    """
    counters = {counter_of(row), counter_of({"reported_by": row["other_reported_by"]})}
    return len(counters) == 2 and NOT_NAMED not in counters  # noqa: PLR2004 - one of each report


def _by(reporter: str | None) -> str:
    return f"{reporter}, " if reporter else ""


def _grid(title: str, conflicts: list[Conflict]) -> Grid | None:
    """A row a conflict, its two sources in the order in which its value names the reports."""
    if not conflicts:
        return None
    rows: list[tuple[Cell, ...]] = [
        (
            about(f.subject),
            f.quantity,
            Figure(f),
            Figure(f, "period"),
            *(Source(r[s]) if r[s] else None for s in ("source_id", "other_source_id")),
        )
        for r, f in conflicts
    ]
    return Grid(
        title,
        trs("about", "what", "the two", "period", "source", "other source"),
        tuple(rows),
        shown=True,
    )


def unknowns(ctx: Context, chapters: list[Chapter], behind: set[str]) -> Chapter:
    """What is not known: gaps of the list, of the series, of the sources, and what each chapter lacked.

    Args:
        ctx: the brief's context.
        chapters: those that stand before it.
        behind: ids of the observations that a sentence, a picture or a table of the brief rests on.
    """
    sentences = [s for s in (_missing_entities(ctx), *_silences(ctx), _doubtful(ctx, behind), _flows_end(ctx)) if s]
    notes = [*_as_checked(ctx), *(m for c in chapters for m in c.missing)]
    if not ctx.focus.enforcement:
        notes.append(tr("The record holds no enforcement statistics for this measure."))
    if not ctx.focus.trade_pairs:
        notes.append(tr("No trade series is tied to this measure in the record: none of it says what it did to trade."))
    if not ctx.focus.flow_products:
        notes.append(_elsewhere(ctx) or tr("No product flows are tied to this measure in the record."))
    return Chapter("unknown", tr("What is not known"), body=tuple(sentences), missing=tuple(dict.fromkeys(notes)))


def _elsewhere(ctx: Context) -> str:
    """Which packaged scans look at the measure: what a brief does not show may lie next door."""
    mine = scans_of(ctx.measure.id, by=ctx.day)
    named = "; ".join(tr("{title}: entrepot divert --demo {id}", title=d.title, id=d.id) for d in mine)
    return (
        tr("This page shows no flows of goods; a scan of flows in the package does: {named}.", named=named)
        if named
        else ""
    )


def _as_checked(ctx: Context) -> tuple[str, ...]:
    """What the measure's file leaves open; on an earlier day than its words, only that they are later."""
    if ctx.day >= periods.last_day(ctx.measure.checked):
        return ctx.measure.unknown
    written = amounts.period(periods.parse(ctx.measure.checked))
    return (
        tr(
            "The words on the measure are those of {written}; parts, dates and figures are those known by the day.",
            written=written,
        ),
    )


def _missing_entities(ctx: Context) -> Sentence | None:
    if not ctx.list_id:
        return None
    rows = [r for r in ctx.rows("lists", "list_size", list_id=ctx.list_id) if r["changed"]]
    if not rows:
        return None
    held = ctx.rows("lists", "held", list_id=ctx.list_id)
    short = rows[-1]["entities"] - len(held)
    if short <= 0:
        return None
    gap = findings.make(
        kind="number",
        subject=f"{ctx.measure.short} list",
        quantity="entities listed whose names are not in the record",
        value=float(short),
        unit="entities",
        period=(rows[-1]["day"], rows[-1]["day"]),
        as_of=rows[-1]["batch"],
        basis=f"{rows[-1]['entities']} listed less {len(held)} held",
        status="estimated",
        low=float(short),
        high=float(short),
        grounds=[
            Ground("batches", str(rows[-1]["id"]), rows[-1]["source_id"]),
            *(Ground("listings", str(r["entity_id"]), r["source_id"]) for r in held),
        ],
    )
    return Sentence(tr("{n:bare} listed entities have no name in the record."), {"n": gap})


def _silences(ctx: Context) -> list[Sentence]:
    """The events that say a publisher stopped publishing, named by the measure."""
    events = ctx.rows("measures", "events_of", kinds=list(KINDS), places=[], countries=[])
    named = [e for e in events if e["id"] in ctx.focus.silences and periods.first_day(e["date"]) <= ctx.day]
    return [
        Sentence("{d}: " + e["title"].replace("{", "(").replace("}", ")") + ".", {"d": event_finding(e)}) for e in named
    ]


def _doubtful(ctx: Context, behind: set[str]) -> Sentence | None:
    """How many of the rows behind this brief are of doubtful source quality, and how many dates are inferred."""
    rows = [r for r in ctx.rows("corridors", "every_observation") if r["id"] in behind] if behind else []
    doubtful = [r for r in rows if r["quality"] != "good"]
    inferred = [r for r in rows if not r["published"]]

    @in_english
    def count(some: list[dict[str, Any]], what: str) -> Finding:
        last = max((str(r["known_on"]) for r in some if r["known_on"]), default=None)
        return findings.make(
            kind="number",
            subject="rows behind this brief",
            quantity=what,
            value=float(len(some)),
            unit="rows",
            as_of=last,
            basis=f"count, of {len(rows)} observations",
            grounds=[Ground("observations", r["id"], r["source_id"]) for r in some],
        )

    clauses, figures = [], {}
    if doubtful:  # a count of nothing rests on no row and has no source
        clauses.append(tr("{a:bare} come from unofficial copies or unclear originals"))
        figures["a"] = count(doubtful, marked("observations of doubtful source quality"))
    if inferred:
        clauses.append(
            tr("for {b:bare} the day of publication is not recorded and is taken as the end of their period")
        )
        figures["b"] = count(inferred, marked("observations with an inferred date"))
    return (
        Sentence(tr("Of the observations behind this brief, ") + "; ".join(clauses) + ".", figures) if clauses else None
    )


def _flows_end(ctx: Context) -> Sentence | None:
    if not ctx.focus.flow_products:
        return None
    rows = [r for r in ctx.rows("trade", "span") if r["product"] in ctx.focus.flow_products]
    if not rows:
        return None
    last = max(str(r["last_period"]) for r in rows)
    return Sentence(
        tr(
            "Product flows end with {last}; what the partners imported and sent on is not in the record.",
            last=amounts.period(periods.parse(last)),
        )
    )
