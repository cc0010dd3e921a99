"""The observations that a brief does not use, each with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.brief.answer.answer_rule import rule
from entrepot.brief.answer.compared_lines import SURFACE
from entrepot.brief.report import Grid, in_cells
from entrepot.core import periods
from entrepot.core.words.translate import Name, apart, retold, tr, trs
from entrepot.measures.measure import measures

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from entrepot.brief.context import Context
    from entrepot.brief.report import Chapter
    from entrepot.core.findings import Finding

Row = dict[str, Any]
_SAME = ("place_id", "partner", "metric", "mode", "direction", "sector", "origin", "unit_norm", "per")


def unused(ctx: Context, seen: set[str], listed: set[str]) -> dict[str, list[Row]]:
    """Each observation known by the day that no sentence, picture or table rests on, by the reason.

    Args:
        ctx: the brief's context.
        seen: ids of the rows that a sentence, a picture or a table rests on.
        listed: ids of those that only the table of findings carries.

    Returns:
        Line of the rule to rows; together with `seen` they are all that is on record.
    """
    every = ctx.rows("corridors", "every_observation")
    used = [r for r in every if r["id"] in seen]
    kinds: dict[tuple[Any, ...], list[Row]] = {}
    for row in (r for r in used if r["period_start"] and r["period_end"]):
        kinds.setdefault(tuple(row[k] for k in _SAME), []).append(row)
    loose = {(r["place_id"], r["partner"], r["metric"], r["direction"]) for r in used}
    named, metrics = _places(ctx), {r["metric"] for r in used}
    known = {r["id"] for r in every}
    piped = {r["place_id"] for r in ctx.rows("corridors", "crossed_by", mode="pipeline")}
    out: dict[str, list[Row]] = {}
    for row in every:
        if row["id"] not in seen:
            reason = _reason(row, known, named, listed) or (
                "piped"
                if row["place_id"] in piped and row["metric"] == "cargo" and row["mode"] not in SURFACE
                else _beside(row, kinds, loose, metrics)
            )
            out.setdefault(reason, []).append(row)
    return out


def _reason(row: Row, known: set[str], named: set[str], listed: set[str]) -> str:
    if row["place_id"] not in named:
        return "elsewhere"
    if row["superseded_by"] in known:
        return "superseded"
    if row["value_norm"] is None:
        return "no_value"
    if not (row["period_start"] and row["period_end"]):
        return "no_window"
    if row["status"] != "reported":
        return "no_report"
    return "in_table" if row["id"] in listed else ""


def _beside(row: Row, kinds: dict[tuple[Any, ...], list[Row]], loose: set[tuple[Any, ...]], metrics: set[str]) -> str:
    """Why a whole report of a named place is not used, by what is used beside it."""
    alike = kinds.get(tuple(row[k] for k in _SAME), [])
    if any(_days(r) == _days(row) for r in alike):
        return "same_print"
    if any(periods.last_day(r["period_end"]) >= periods.last_day(row["period_end"]) for r in alike):
        return "earlier"
    if not alike and (row["place_id"], row["partner"], row["metric"], row["direction"]) in loose:
        return "other_office"
    return "no_pair" if row["metric"] in metrics else "not_looked_at"


def _days(row: Row) -> tuple[Any, ...]:
    return periods.first_day(row["period_start"]), periods.last_day(row["period_end"])


def _places(ctx: Context) -> set[str]:
    f = ctx.focus
    pairs = (t.partition("/")[0] for t in f.trade_pairs)
    looks = (p for look in f.looks for p in look.places)
    return {*f.crossings, f.enforcement, f.territory, *pairs, *looks} - {""}


def rows_under(figures: Sequence[Finding]) -> set[str]:
    """The observations that findings rest on."""
    return {g.row_id for f in figures for g in f.grounds if g.table == "observations"}


def shown_figures(chapters: Sequence[Chapter]) -> Iterator[Finding]:
    """What stands in a sentence, a picture or a table of the chapters; not what the table of findings adds."""
    for c in chapters:
        for sentence in (*([c.headline] if c.headline else ()), *c.body):
            yield from sentence.figures.values()
        for chart in c.charts:
            yield from chart.figures
        for grid in c.grids:
            yield from (f for row in grid.rows for f in in_cells(row))


def _none_asked(found: Mapping[str, Sequence[Row]]) -> Grid | None:
    """One row for all, where the plan names no place: what the record holds of other places is of other questions."""
    count = sum(map(len, found.values()))
    reason = tr("the measure's plan names no place")
    rows = ((reason, tr("any"), tr("any"), str(count), "–"),)
    note = tr("`entrepot record observations` lists them; a file of the measure with [brief] says what is looked at.")
    return Grid(_title(), _heads(), rows, note, anchor="unused") if count else None


def _title() -> str:
    return tr("Observations that are not used, with the reason")


def _heads() -> tuple[str, ...]:
    return trs("reason", "place", "what", "rows", "ids")


def grid(ctx: Context, head: Sequence[Finding], chapters: Sequence[Chapter]) -> Grid | None:
    """The table of what is not used: reason, place, quantity, rows."""
    by = rule()
    seen = rows_under([*head, *shown_figures(chapters)])
    every = rows_under([f for c in chapters for f in c.figures])
    found = unused(ctx, seen, every)
    if not _places(ctx):
        return _none_asked(found)
    groups: dict[tuple[str, str, str], list[str]] = {}
    # What the record holds of other places is of its own case: beside a measure of one's own it is a number.
    apart_from = () if ctx.measure.id in {m.id for m in measures()} else found.pop("elsewhere", ())
    for line in by.of_kind("unused"):
        for row in found.get(str(line["id"]), ()):
            what = str(row["metric"]).replace("_", " ")
            what = what if retold(what) != what else apart(what)  # one that is no word of ours is the record's
            key = (
                str(line["says"]),
                str(row["place_name"] or row["place_id"]),
                "any" if line["id"] == "elsewhere" else what,
            )
            groups.setdefault(key, []).append(str(row["id"]))
    rows: tuple[tuple[str, ...], ...] = tuple(
        (says, Name(place), what, str(len(ids)), ", ".join(ids)) for (says, place, what), ids in groups.items()
    )
    if apart_from:
        (says,) = (str(line["says"]) for line in by.of_kind("unused") if line["id"] == "elsewhere")
        rows = (*rows, (says, tr("any"), tr("any"), str(len(apart_from)), "–"))
    if not rows:
        return None
    less = sum(map(len, groups.values())) + len(apart_from)
    total = len(seen) + less
    note = tr(
        "Of {total:,} observations on record by the day {total_2:,} stand in a sentence, a picture or a "
        "table above; these are the other {less:,}. `entrepot explain ID` opens each.",
        total=total,
        total_2=total - less,
        less=less,
    )
    return Grid(
        _title(),
        _heads(),
        rows,
        note,
        anchor="unused",
    )
