"""What the measure is, and how its list grew."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from entrepot.brief.chapters import dated_events, members
from entrepot.brief.charts.canvas import PHONE, WIDE, Head
from entrepot.brief.charts.over_time import steps
from entrepot.brief.context import Context, link
from entrepot.brief.report import Cell, Chapter, Chart, Figure, Grid, Sentence, Source, in_words
from entrepot.core import findings, periods
from entrepot.core.findings import Finding, Ground
from entrepot.core.words.translate import Name, apart, in_english, tr, trs
from entrepot.lists import history
from entrepot.measures.effect import first_form
from entrepot.measures.measure import state, state_words

if TYPE_CHECKING:
    from entrepot.measures.act import Part


LABEL_GAP_DAYS = 40  # closer labels overlap at the width of the chart; every size stands in the table
_BASIS = {"read": "°", "read_wider": "°°"}


def chapter(ctx: Context) -> Chapter:
    """The measure's provisions in force, the size of its list, its priority sectors, what the record holds of it."""
    sectors = _sector_counts(ctx)
    sizes = _sizes(ctx)
    held = members.held(ctx, sizes)
    starts = provision_dates(ctx)
    body, grids = [_about(ctx)], [_provisions(ctx, starts)]
    if sectors:
        grids.append(_sector_grid(ctx))
    if sizes:
        body += _size_sentences(sizes, sectors)
        grids.append(_batch_grid(sizes))
    if held:
        body.append(held[1])
        grids += [
            *members.grids(ctx, held[0], int(sizes[-1][1].number) if sizes else None),
            *members.section_moves(ctx),
        ]
    missing = (
        []
        if sizes or not ctx.list_id
        else [
            tr("How many parties stood under {short} in all, by date, is not in the record.", short=ctx.measure.short)
        ]
    )
    if ctx.list_id and not held:
        missing.append(tr("No party that {short} lists on this day is in the record.", short=ctx.measure.short))
    # Without crossings there is no map, and the events stand beside the answer.
    timeline = dated_events.timeline(ctx) if ctx.focus.crossings else ()
    return Chapter(
        key="measure",
        title=tr("The measure and its list"),
        headline=_headline(sizes, sectors, held[1] if held else None, _since(ctx, starts)),
        body=tuple(body),
        charts=(*_size_chart(sizes, sectors), *timeline),
        grids=tuple(grids),
        missing=tuple(missing),
        figures=tuple(_size_figures(sizes)),
    )


def _about(ctx: Context) -> Sentence:
    return Sentence(apart(ctx.measure.summary.strip()).replace("{", "{{").replace("}", "}}"))


def _sizes(ctx: Context) -> list[tuple[dict[str, Any], Finding]]:
    rows = ctx.rows("lists", "list_size", list_id=ctx.list_id) if ctx.list_id else []
    return [(r, history.size(r, f"{ctx.measure.short} list")) for r in rows]


def _size_figures(sizes: list[tuple[dict[str, Any], Finding]]) -> list[Finding]:
    """Sizes on changing days and the days before, and each day on which the publisher counted otherwise."""
    out: list[Finding] = []
    for row, size in sizes:
        out.append(size)
        other = history.publisher_size(row, size.subject)
        if other and row["changed"]:
            out.append(other)
        if row["changed"]:
            out.append(history.added(row, size.subject))
    return out


def _sectors_on(ctx: Context, day: str) -> list[Part]:
    """The priority sectors in force on a day."""
    return [s for s in ctx.measure.sectors if state(s, periods.first_day(day)) == "in_force"]


@in_english
def _sector_counts(ctx: Context) -> list[Finding]:
    """The number of priority sectors from each day on which it changed, up to the day of the brief."""
    days = sorted({s.start for s in ctx.measure.sectors if s.start and periods.first_day(s.start) <= ctx.day})
    out = []
    for day in days:
        now = _sectors_on(ctx, day)
        out.append(
            findings.make(
                kind="number",
                subject=ctx.measure.short,
                quantity="priority sectors",
                value=float(len(now)),
                unit="sectors",
                period=(day, day),
                as_of=day,
                basis=f"count of the sectors in force from that day: {', '.join(s.name for s in now)}",
                grounds=[Ground("measures", f"{ctx.measure.id}/{s.id}", s.sources[0]) for s in now],
                low=float(len(now)),
                high=float(len(now)),
            )
        )
    return out


def _size_sentences(sizes: list[tuple[dict[str, Any], Finding]], sectors: list[Finding]) -> list[Sentence]:
    changed = [(r, f) for r, f in sizes if r["changed"]]
    first, last = changed[0][1], changed[-1][1]
    out = [
        Sentence(tr("The list began with {a} on {a:day} and stood at {b:bare} on {b:day}."), {"a": first, "b": last})
    ]
    grew = [(r, f) for r, f in changed[1:]]
    if grew:
        record_days = _records(grew)
        row, now = record_days[-1]
        eve = next(
            (
                f
                for r, f in sizes
                if r["id"]
                and not r["changed"]
                and r["day"] < now.period_start
                and r["batch"] == _batch_before(changed, row)
            ),
            None,
        )
        add = history.added(row, now.subject)
        if eve:
            out.append(
                Sentence(
                    tr("Its largest single expansion so far is that of {n:day}: {x} added, from {e:bare} to {n:bare}."),
                    {"n": now, "x": add, "e": eve},
                )
            )
    differ = [(history.publisher_count(r, f.subject), f) for r, f in changed if history.publisher_size(r, f.subject)]
    if differ:
        figures = {f"p{i}": p for i, (p, _) in enumerate(differ)} | {f"n{i}": n for i, (_, n) in enumerate(differ)}
        printed = ", ".join(f"{{p{i}:bare}}" for i in range(len(differ)))
        counted = ", ".join(f"{{n{i}:bare}}" for i in range(len(differ)))
        text = tr(
            "Two ways of counting are in print: its publisher gave {printed} where entities one by one give {counted}",
            printed=printed,
            counted=counted,
        )
        out.append(Sentence(text + tr(" ({{n0:day}} to {{n{count}:day}}).", count=len(differ) - 1), figures))
    if sectors:
        figures = {f"s{i}": s for i, s in enumerate(sectors)}
        text = tr("Priority sectors for enforcement: ") + tr(", then ").join(
            tr("{{{s}:bare}} from {{{s}:day}}", s=f"s{i}") for i in range(len(sectors))
        )
        out.append(
            Sentence(text + tr(". They set where customs looks first; the presumption covers all goods."), figures)
        )
    return out


def _records(grew: list[tuple[dict[str, Any], Finding]]) -> list[tuple[dict[str, Any], Finding]]:
    """The batches that were the largest so far, in order."""
    best, out = 0, []
    for row, finding in grew:
        if (row["added"] or 0) > best:
            best = row["added"]
            out.append((row, finding))
    return out


def _batch_before(changed: list[tuple[dict[str, Any], Finding]], row: dict[str, Any]) -> str | None:
    return next((a["day"] for (a, _), (b, _) in pairwise(changed) if b["day"] == row["day"]), None)


def _size_chart(sizes: list[tuple[dict[str, Any], Finding]], sectors: list[Finding]) -> list[Chart]:
    changed = [(r, f) for r, f in sizes if r["changed"]]
    if len(changed) < 2:  # noqa: PLR2004 - one point is no history
        return []
    days = [periods.first_day(r["day"]) for r, _ in changed]
    spaced = {i for i, d in enumerate(days) if i + 1 == len(days) or (days[i + 1] - d).days > LABEL_GAP_DAYS}
    points: list[dict[str, Any]] = [
        {
            "date": r["day"],
            "value": r["entities"],
            "kind": tr("entities one by one"),
            "said": in_words(f),
            "href": link(f),
            "label": str(r["entities"]) if i in spaced else "",
        }
        for i, (r, f) in enumerate(changed)
    ]
    figures = [f for _, f in changed]
    for row, size in changed:
        other = history.publisher_size(row, size.subject)
        if other:
            figures.append(other)
            points.append(
                {
                    "date": row["day"],
                    "value": row["publisher_count"],
                    "label": "",
                    "said": in_words(other),
                    "href": link(other),
                    "kind": tr("as the publisher counted"),
                }
            )
    marks = [
        {
            "date": s.period_start or "",
            "name": tr("{number:.0f} priority sectors set", number=s.number),
            "href": link(s),
        }
        for s in sectors
    ]
    heads = (Head(tr("Size of the list"), tr("entities"), width) for width in (WIDE, PHONE))
    wide, narrow = (steps(points, head, marks) for head in heads)
    caption = tr("Each point is a notice.")
    return [Chart(tr("Size of the list"), wide, caption, (*figures, *sectors), wide=True, narrow=narrow)]


@in_english
def provision_dates(ctx: Context) -> dict[str, Finding]:
    """The first day of each dated provision, by its id, as a finding of kind date; known by the day of the brief."""
    out = {}
    for part in ctx.measure.provisions:
        if part.start is None or state(part, ctx.day) == "not_known":
            continue
        out[part.id] = findings.make(
            kind="date",
            subject=ctx.measure.short,
            quantity=f"{part.name}: holds from",
            value=part.start,
            period=(part.start, part.end),
            as_of=part.known_from or part.start,
            basis=f"{part.citation}; verified: {part.verified}",
            grounds=[Ground("measures", f"{ctx.measure.id}/{part.id}", part.sources[0])],
        )
    return out


@in_english
def last_day(ctx: Context, part: Part) -> Finding:
    """The last day of a provision that has one, with the text that it was read in."""
    return findings.make(
        kind="date",
        subject=ctx.measure.short,
        quantity=f"{part.name}: holds to",
        value=str(part.end),
        period=(str(part.end), str(part.end)),
        as_of=part.end_known or str(part.end),
        basis=f"{part.citation}; verified: {part.verified}",
        grounds=[Ground("measures", f"{ctx.measure.id}/{part.id}", part.sources[0])],
    )


def _inside(name: str) -> str:
    """A provision's name inside a sentence: a proper name, whose second word has a capital too, stays as it is."""
    second = name.split()[1:2]
    return name if second and second[0][0].isupper() else name[0].lower() + name[1:]


def _since(ctx: Context, starts: dict[str, Finding]) -> Sentence | None:
    """Since when the measure holds, by its first provisions in force and the next one scheduled."""
    live = [p for p in ctx.measure.provisions if p.id in starts and state(p, ctx.day) == "in_force"]
    later = [p for p in ctx.measure.provisions if p.id in starts and state(p, ctx.day) == "scheduled"]
    marked = [p for p in live if p.id == ctx.focus.marked]
    first = marked or sorted(live, key=lambda p: p.start or "")[:2]
    named = first + sorted(later, key=lambda p: p.start or "")[:1]
    if not named:
        return None
    words = [f"{_inside(p.name)} {'due' if p in later else 'from'} {{d{i}}}" for i, p in enumerate(named)]
    forms = ((i, first_form(ctx.measure, p)) for i, p in enumerate(named))
    earlier = {f"e{i}": starts[form.id] for i, form in forms if form and form.id in starts}
    words = [w + tr(", in an earlier form since {{e{i}}}", i=i) * (f"e{i}" in earlier) for i, w in enumerate(words)]
    if len(live) > len(first) and not marked:
        words.insert(len(first), tr("further parts since"))
    text = f"{ctx.measure.short}: " + "; ".join(words) + "."
    return Sentence(text, {f"d{i}": starts[p.id] for i, p in enumerate(named)} | earlier)


def _provisions(ctx: Context, starts: dict[str, Finding]) -> Grid:
    rows: list[tuple[Cell, ...]] = []
    for p in sorted(ctx.measure.provisions, key=lambda p: (p.start or "", p.id)):
        if state(p, ctx.day) == "not_known":
            continue
        start = Figure(starts[p.id]) if p.id in starts else tr("not known")
        rows.append(
            (
                start,
                Figure(last_day(ctx, p)) if p.end else "",
                state_words(p, ctx.day),
                Name(p.name),
                Name(p.text),
                Name(p.citation),
                p.verified,
                Source(p.sources[0]),
            )
        )
    heads = trs("from", "to", "state", "provision", "what it says", "citation", "verified", "source")
    note = tr("“Verified” says how well the text was checked: official, confirmed, secondary, partly, unverified.")
    return Grid(tr("What the measure says"), heads, tuple(rows), note)


def _sector_grid(ctx: Context) -> Grid:
    rows = tuple(
        (
            s.name,
            s.start or tr("not known"),
            ", ".join(f"{h.prefix}{_BASIS.get(h.basis, '')}" for h in s.hs) or "–",
            Source(s.sources[0]),
        )
        for s in _sectors_on(ctx, ctx.day.isoformat())
    )
    return Grid(
        tr("Priority sectors in force"),
        trs("sector", "since", "HS prefixes", "source"),
        rows,
        tr(
            "Prefixes without a mark are named by an authority; ° is read by Entrepot from the sector’s "
            "wording; °° likewise, and the heading holds other goods too."
        ),
    )


def _batch_grid(sizes: list[tuple[dict[str, Any], Finding]]) -> Grid:
    rows = []
    for row, size in sizes:
        if not row["changed"]:
            continue
        other = history.publisher_size(row, size.subject)
        rows.append(
            (
                Figure(size, "day"),
                Figure(history.added(row, size.subject), "bare"),
                Figure(size, "bare"),
                Figure(other) if other else "same",
                Source(row["source_id"]),
            )
        )
    return Grid(
        tr("The list, notice by notice"),
        trs("effective", "added", "total, one by one", "as its publisher counted", "source"),
        tuple(rows),
    )


def _headline(
    sizes: list[tuple[dict[str, Any], Finding]], sectors: list[Finding], held: Sentence | None, since: Sentence | None
) -> Sentence | None:
    changed = [f for r, f in sizes if r["changed"]]
    if len(changed) < 2:  # noqa: PLR2004 - one size is no growth
        both = [s for s in (since, held) if s]
        figures = {k: f for s in both for k, f in s.figures.items()}
        return Sentence(" ".join(s.template for s in both), figures) if both else None
    figures = {"a": changed[0], "b": changed[-1]}
    if len(sectors) > 1:
        figures |= {"s": sectors[0], "t": sectors[-1]}
        text = tr(
            "The list went from {a:bare} entities on {a:day} to {b:bare} on {b:day}, and its priority sectors from "
            "{s:bare} to {t:bare}."
        )
        return Sentence(text, figures)
    return Sentence(tr("The list went from {a:bare} entities on {a:day} to {b:bare} on {b:day}."), figures)
