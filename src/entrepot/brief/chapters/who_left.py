"""Which firms left the region and which came: by year, and the firms that the plan follows act by act."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.brief.report import Cell, Chapter, Figure, Grid, Sentence, Source
from entrepot.core import findings, periods
from entrepot.core.findings import Finding, Ground
from entrepot.core.words import amounts
from entrepot.core.words.translate import in_english, marked, tr, trs
from entrepot.record.firm_moves import ALLEGED, SAID, SHOWN, Move, by_year, events, moves

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from entrepot.brief.context import Context

Row = dict[str, Any]

# What is counted, in the order shown: movement, with what, how a sentence and a heading call it.
COUNTED = (
    ("left", "site", marked("gave up a site there"), marked("gave up a site")),
    ("left", "services", marked("ended services or sales there"), marked("ended services")),
    ("left", "buying", marked("stopped or barred buying there"), marked("stopped buying")),
    ("entered", "site", marked("came or opened another site"), marked("came")),
    ("shut_out", "site", marked("shut out by others"), marked("shut out")),
)
# Below ten events one report more or less moves a year's share by a tenth and more: no course is read out of them.
FEWEST = 10
SAID_WORDS = marked("firms said to give up or open a site, not known whether they did")
LEAVING = frozenset({"sale", "exit"})  # acts of leaving; a closure tells what became of the site


def chapter(ctx: Context) -> Chapter | None:
    """Who left and who came; None where the measure's plan follows no firm."""
    if not ctx.focus.firms:
        return None
    rows = ctx.rows("measures", "firm_acts", territory=ctx.focus.territory)
    title = tr("Who left, who came")
    if not rows:
        return Chapter("firms", title, missing=(_no_act(ctx),))
    found = moves(rows)
    body = [s for name in ctx.focus.firms if (s := _story(name, rows, found))]
    body += [_wave(ctx, found)] if found else []
    grids = [_years(ctx, found), *(_acts(name, rows) for name in ctx.focus.firms), _movers(found), _held(ctx, rows)]
    return Chapter("firms", title, body=tuple(body), grids=tuple(g for g in grids if g.rows))


def _no_act(ctx: Context) -> str:
    """Why nothing is told of firms: their acts are on record by the territory that they are over."""
    if not ctx.focus.territory:
        return tr(
            "The measure's plan names no territory: what firms did is on record by the territory that it is over."
        )
    names = {r["place_id"]: str(r["name"]) for r in ctx.rows("corridors", "place_names")}
    return tr(
        "The record holds no act of a firm over {territory} that was known by {day}.",
        territory=names.get(ctx.focus.territory, ctx.focus.territory),
        day=amounts.period(periods.parse(ctx.day.isoformat())),
    )


def _story(name: str, rows: Sequence[Row], found: Sequence[Move]) -> Sentence | None:
    """When a firm came and left, its own reason and those of others; a contradiction among its acts is said."""
    mine = [m for m in found if name in m.firms]
    came = next((m for m in mine if m.movement == "entered"), None)
    left = next((m for m in reversed(mine) if m.movement == "left"), None)
    figures: dict[str, Finding] = {}
    text = name
    if came:
        text += tr(
            " came with a {words} {on} {{came}}{value}",
            words=_words(came.rows[0]["what"]),
            on=_on(came.date),
            value=_with(came),
        )
        figures["came"] = _moved(came)
        for i, row in enumerate(came.rows[1:]):
            text += f", {_words(row['what'])} {_on(row['date'])} {{s{i}}}"
            figures[f"s{i}"] = act_finding(row)
    if left:
        text += tr(
            "{which} and left by {words} {on} {{left}}. ",
            which="," if came else "",
            words=_words(left.rows[0]["what"]),
            on=_on(left.date),
        )
        text += _reasons(left)
        figures["left"] = _moved(left)
    elif came:
        text += tr("; no departure is on record by the day.")
    if not figures:
        return None
    for i, row in enumerate(_against(name, rows, left)):
        other = next(r for r in rows if r["id"] == row["contradicts"])
        figures |= {f"a{i}": act_finding(other), f"b{i}": act_finding(row)}
        kind, status = _words(other["what"]), row["status"]
        text += tr(
            " Of its {kind} {on} {{a{i}}} there is another account, {on_2} {{b{i}}} ",
            kind=kind,
            on=_on(other["date"]),
            i=i,
            on_2=_on(row["date"]),
        )
        text += tr("({status}): both stand below.", status=status)
    return Sentence(text, figures)


def _reasons(move: Move) -> str:
    """The firm's reason, and those of others, apart; a reason with figures stands in the table, with its source."""
    told = [r for r in move.rows if r["what"] in LEAVING]
    own = [r["stated_reason"] for r in told if _sayable(r["stated_reason"])]
    others = [r["reported_reason"] for r in told if _sayable(r["reported_reason"])]
    text = tr("The firm states: {own}. ", own="; ".join(own)) if own else tr("A reason of its own is not on record. ")
    return text + (tr("Others report: ") + " – or: ".join(others) + "." if others else "")


def _on(day: str | None) -> str:
    return "on" if day and periods.parse(day).precision == "day" else "in"


def _sayable(reason: str | None) -> bool:
    return bool(reason) and not any(c.isdigit() or c in "{}" for c in reason or "")


def _against(name: str, rows: Sequence[Row], left: Move | None) -> list[Row]:
    """The rows of a firm that contradict another, but for those on why it left, which stand with the reasons."""
    mine = [r for r in rows if name in r["firm"] and r["contradicts"] in {o["id"] for o in rows}]
    return [r for r in mine if left is None or r["event"] != left.event]


def _with(move: Move) -> str:
    partner = "; ".join(move.rows[0]["counterparty"] or ())
    return tr(", with {replace}", replace=partner.replace("{", "").replace("}", "")) if partner else ""


def _wave(ctx: Context, found: Sequence[Move]) -> Sentence:
    """Whether exits come in a wave: how many by year, and what so few can say."""
    clauses, figures = [], {}
    for i, (movement, of, words, _) in enumerate(COUNTED):
        group = _group(found, movement, of)
        if not group:
            continue
        figures[f"n{i}"] = _count(ctx, marked("firms that {words}").format(words=words), group)
        years = sorted({m.year for m in group if m.year})
        clauses.append(
            tr(
                "{{n{i}:bare}} {words} ({fromkeys})",
                i=i,
                words=tr(words),
                fromkeys=" to ".join(dict.fromkeys((years[0], years[-1]))),
            )
        )
    text = tr("Is it a wave? Events on record, split below by the year of the decision: ")
    text += f"{'; '.join(clauses)}. " + _read(found)
    if said := [m for m in found if m.standing == SAID]:
        figures["said"] = _count(ctx, SAID_WORDS, said)
        text += tr(" {said:bare} more were said to come or leave, and whether they did is not known: not counted here.")
    if alleged := [m for m in found if m.status == ALLEGED and m.of != "shares"]:
        figures["alleged"] = _count(ctx, marked("movements of firms that are only alleged"), alleged)
        text += tr(" {alleged:bare} more are only alleged, and not counted here.")
    return Sentence(text, figures)


def _read(found: Sequence[Move]) -> str:
    """What the number of sites given up allows to say."""
    sites = sum(by_year(found, "left", "site").values())
    if not sites:
        course = tr("No site that was given up is on record.")
    elif sites < FEWEST:
        course = tr("The sites are too few to tell a wave from chance.")
    else:
        course = tr("Whether they come in a wave is for the reader of the years to judge.")
    return course + (
        tr(
            " How many firms there are in the region is not on record, so this is a count of what reports "
            "carried and no rate: a year without one is no year without exits."
        )
    )


def _held(ctx: Context, rows: Sequence[Row]) -> Grid:
    """How many acts, firms and events the chapter rests on; a drawer, for its figures rest on every source at once."""
    names = {f for r in rows for f in r["firm"]}
    counts = (
        (marked("acts of firms over the region, as reported"), len(rows), "acts"),
        (marked("firms and bodies of which an act is on record"), len(names), "firms"),
        (marked("events that these acts tell"), len(events(rows)), "events"),
    )
    lines = tuple((what, Figure(_number(ctx, what, rows, (n, unit)), "bare")) for what, n, unit in counts)
    note = tr(
        "Several reports tell one event. What a firm states stands apart from what others report, and "
        "what is alleged stays alleged. Every act: entrepot record firms."
    )
    return Grid(tr("What this chapter counts"), (tr("what"), tr("how many")), lines, note)


def _years(ctx: Context, found: Sequence[Move]) -> Grid:
    """How many moved, by year of the decision; a year without one on record has no figure, and is no zero."""
    lines: list[tuple[Cell, ...]] = []
    for year in sorted({m.year for m in found if m.of != "shares"}):
        cells: list[Cell] = [year or tr("not dated")]
        for movement, of, words, _ in COUNTED:
            group = [m for m in _group(found, movement, of) if m.year == year]
            cells.append(
                Figure(_count(ctx, marked("firms that {words}").format(words=words), group), "bare") if group else None
            )
        said = [m for m in found if m.year == year and m.standing == SAID]
        cells.append(Figure(_count(ctx, SAID_WORDS, said), "bare") if said else None)
        alleged = [m for m in found if m.year == year and m.status == ALLEGED]
        quantity = marked("movements of firms that are only alleged")
        cells.append(Figure(_count(ctx, quantity, alleged), "bare") if alleged else None)
        lines.append(tuple(cells))
    note = tr(
        "Events, not reports, by the year of the decision; those that were said, of which it is not "
        "known whether they came about, and those only alleged stand apart. A dash is no report on "
        "record, not zero. Investors that sold shares of a firm left no region and are not counted."
    )
    return Grid(
        tr("Came and left, by year"),
        (tr("year"), *(tr(head) for *_, head in COUNTED), tr("said, not known whether done"), tr("only alleged")),
        tuple(lines),
        note,
        shown=True,
    )


def _acts(name: str, rows: Sequence[Row]) -> Grid:
    """The acts of one firm, each as its report has it."""
    mine = [r for r in rows if name in r["firm"]]
    note = tr("Each row is one report; “against” names the date of the row that it contradicts. Neither is preferred.")
    by_id = {r["id"]: r for r in rows}
    lines: list[tuple[Cell, ...]] = [
        (
            Figure(act_finding(r)),
            _words(r["what"]),
            ", ".join(r["place"]),
            "; ".join(r["counterparty"] or ()) or "–",
            r["stated_reason"] or "–",
            r["reported_reason"] or "–",
            r["status"]
            + (tr(", against {date}", date=by_id[r["contradicts"]]["date"]) if r["contradicts"] in by_id else ""),
            Source(r["source_id"]),
        )
        for r in mine
    ]
    heads = trs("date", "what", "where", "with", "the firm states", "others report", "status", "source")
    return Grid(tr("{name}, act by act", name=name), heads, tuple(lines), note, shown=True, stacked=True)


def _movers(found: Sequence[Move]) -> Grid:
    """Every firm that came or left, with both kinds of reason."""
    lines: list[tuple[Cell, ...]] = [
        (
            Figure(_moved(m)),
            ", ".join(m.firms),
            f"{_words(m.movement)}: {m.of}",
            _said(m, "stated_reason"),
            _said(m, "reported_reason"),
            m.status + (", done" if m.status == "announced" and m.done else ""),
            "; ".join(r["movement_note"] for r in m.rows if r["movement_note"]) or "–",
            Source(m.rows[0]["source_id"]),
        )
        for m in reversed(found)
    ]
    heads = trs("date", "firm", "movement", "the firm states", "others report", "status", "read so because", "source")
    return Grid(
        tr("Firms that came or left"),
        heads,
        tuple(lines),
        tr(
            "One row an event, all its reports behind the date. Shares: an investor sold the shares of a "
            "firm. Every act of every firm: entrepot record firms."
        ),
        anchor="firm-table",
        search=tr("Find a firm, a year or a reason"),
        stacked=True,
    )


def _said(move: Move, column: str) -> str:
    return "; ".join(dict.fromkeys(str(r[column]) for r in move.rows if r[column])) or "–"


def _group(found: Sequence[Move], movement: str, of: str) -> list[Move]:
    return [m for m in found if (m.movement, m.of, m.standing) == (movement, of, SHOWN)]


@in_english
def act_finding(row: Mapping[str, Any]) -> Finding:
    """An act as a finding of kind date; one without a date is dated by when it was known, and says so."""
    doubt = "" if row["quality"] == "good" else tr("; source quality: {quality}", quality=row["quality"])
    dated = tr("date as reported") if row["date"] else tr("no date is reported: known by then")
    day = str(row["date"] or row["known_on"])
    return findings.make(
        kind="date",
        subject=", ".join(row["firm"]),
        quantity=f"{_words(row['what'])} ({row['status']})",
        value=day,
        period=(day, row["date_to"] or day),
        as_of=row["known_on"],
        basis=f"{dated}{doubt}",
        grounds=[_ground(row)],
    )


@in_english
def _moved(move: Move) -> Finding:
    day = str(move.date or move.rows[0]["known_on"])
    return findings.make(
        kind="date",
        subject=", ".join(move.firms),
        quantity=f"{_words(move.movement)} ({move.of}; {move.status})",
        value=day,
        period=(day, day),
        as_of=move.rows[0]["known_on"],
        basis="date of the report that tells the decision; further reports of the event stand beside it",
        grounds=move.grounds,
    )


def _count(ctx: Context, quantity: str, group: Sequence[Move]) -> Finding:
    days = sorted(m.date for m in group if m.date)
    rows = [r for m in group for r in m.rows]
    return _number(ctx, quantity, rows, (len(group), "events"), (days[0], days[-1]) if days else None)


@in_english
def _number(
    ctx: Context,
    quantity: str,
    rows: Sequence[Mapping[str, Any]],
    counted: tuple[int, str],
    years: tuple[str, str] | None = None,
) -> Finding:
    days = sorted(str(r["date"]) for r in rows if r["date"])
    return findings.make(
        kind="number",
        subject=ctx.focus.territory,
        quantity=quantity,
        value=float(counted[0]),
        unit=counted[1],
        period=years or (days[0], days[-1]),
        as_of=max((str(r["known_on"]) for r in rows), key=periods.last_day),
        low=float(counted[0]),
        basis="count of what reports carried, so at least; several reports of one event are one event",
        grounds=[_ground(r) for r in rows],
    )


def _ground(row: Mapping[str, Any]) -> Ground:
    return Ground("firms", str(row["id"]), row["source_id"])


def _words(name: str) -> str:
    return str(name).replace("_", " ")
