"""The parties of a list that the record holds: how many, in which groups, and who moved between sections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.brief.report import Cell, Figure, Grid, Sentence, Source
from entrepot.core import findings, periods
from entrepot.core.findings import Finding, Ground
from entrepot.core.words.translate import in_english, marked, tr, trs
from entrepot.lists import history
from entrepot.lists.in_force import addresses
from entrepot.lists.required import OLD
from entrepot.sources.contract import READ

if TYPE_CHECKING:
    from entrepot.brief.context import Context

DAYS_NAMED = 6  # more days make no sentence


def held(ctx: Context, sizes: list[tuple[dict[str, Any], Finding]]) -> tuple[list[dict[str, Any]], Sentence] | None:
    """The listings in force on the day, and the sentence on how many of all they are; None where there are none."""
    if not ctx.list_id:
        return None
    rows = ctx.rows("lists", "held", list_id=ctx.list_id)
    if not rows:  # a count of nothing rests on no row and has no source
        return None
    day = ctx.day.isoformat()
    last = sizes[-1][1] if sizes else None
    total = None if last is None else int(last.number)
    # The day of the count is the last day on which a row of it could change, so that the finding stays the same
    # until the record changes.
    changed = max([str(r["valid_from"]) for r in rows] + ([last.period_start or ""] if last else []), default=day)
    finding = history.held(rows, f"{ctx.measure.short} list", min(changed, day), total)
    age, read_on = _age(ctx, last or finding)
    if last is None:
        text = tr(
            "The record holds {held:bare} parties listed under it; how many there are in all is not in the record. "
        )
        days, figures = _days(ctx, rows)
        text += tr("{days}{age}No match against them is never “not listed”.", days=days, age=age)
        return rows, Sentence(text, {"held": finding, **figures, **read_on})
    figures = {"held": finding, "total": last, **read_on}
    if len(rows) < int(last.number):
        text = tr(
            "The record holds the names of {{held:bare}} of the {{total:bare}} listed: a partial list. "
            "{age}No match against it is never “not listed”.",
            age=age,
        )
        return rows, Sentence(text, figures)
    read, copies = _copies(ctx, rows)
    text = tr(
        "The record holds the names of {{held:bare}} of the {{total:bare}} listed on "
        "{{total:day}}{read}. {age}A newer notice may exist: no match against it is never “not listed”.",
        read=read,
        age=age,
    )
    return rows, Sentence(text, figures | copies)


def _age(ctx: Context, changed: Finding) -> tuple[str, dict[str, Finding]]:
    """When the list was last read, and a warning from the age on at which a list that is screened against has one.

    Args:
        ctx: what the brief reads.
        changed: a finding whose period begins with the last change of the list on record.
    """
    address = addresses().get(ctx.list_id, "")
    read = history.last_read(
        ctx.rows("lists", "copies", address=address, read=f"{READ}{ctx.list_id}-"),
        f"{ctx.measure.short} list",
    )
    since = str(changed.period_start)
    figures = {"read": read} if read and str(read.value) >= since else {}
    last, told = (str(read.value), read) if read and figures else (since, changed)
    age = (ctx.day - periods.first_day(last)).days
    old = tr("{age:bare} days before the day of this brief") if age >= OLD else ""
    if old:
        figures["age"] = _aged(ctx, age, last, told)
    if "read" in figures:
        return tr("It was last read on {{read:day}}{old}. ", old=f", {old}" if old else ""), figures
    return (tr("Its last change on record is {old}. ", old=old), figures) if old else ("", {})


@in_english
def _aged(ctx: Context, age: int, last: str, told: Finding) -> Finding:
    """How many days lie between the last day of a list, which a finding tells, and that of the brief."""
    return findings.make(
        kind="number",
        subject=told.subject,
        quantity=tr("age of the list"),
        value=float(age),
        unit="days",
        period=(last, ctx.day.isoformat()),
        as_of=told.as_of,
        basis="days from the last reading of the list, or its last change, to the day of the brief",
        grounds=told.grounds,
    )


def _copies(ctx: Context, rows: list[dict[str, Any]]) -> tuple[str, dict[str, Finding]]:
    """From what kind of copy the held names are read, and how many stand on one copy and nowhere else."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        if row["names_from"]:
            groups.setdefault(str(row["names_from"]), []).append(row)
    if not groups:
        return "", {}
    figures = {
        f"c{i}": _read(ctx, marked("names read from {copy}").format(copy=copy), group)
        for i, (copy, group) in enumerate(groups.items())
    }
    text = ": " + ", ".join(tr("{{c{i}:bare}} from {copy}", i=i, copy=copy) for i, copy in enumerate(groups))
    if alone := [r for r in rows if r["name_basis"] == "one_copy"]:
        figures["alone"] = _read(ctx, marked("names that stand on one copy and nowhere else"), alone)
        text += tr("; {alone:bare} stand on one copy and nowhere else")
    return text, figures


@in_english
def _read(ctx: Context, quantity: str, group: list[dict[str, Any]]) -> Finding:
    last = max(str(r["valid_from"]) for r in group)
    return findings.make(
        kind="number",
        subject=f"{ctx.measure.short} list",
        quantity=quantity,
        value=float(len(group)),
        unit="entities",
        period=(last, last),
        as_of=last,
        basis="count of the held listings in force, by the copy that the table of notices names",
        grounds=[Ground("listings", str(r["entity_id"]), r["source_id"]) for r in group],
    )


@in_english
def _days(ctx: Context, rows: list[dict[str, Any]]) -> tuple[str, dict[str, Finding]]:
    """On which days the held parties were listed, and how many on each; empty where they are too many to name."""
    by_day: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_day.setdefault(str(row["valid_from"]), []).append(row)
    if len(by_day) > DAYS_NAMED:
        return "", {}
    figures = {
        f"l{i}": findings.make(
            kind="number",
            subject=f"{ctx.measure.short} list",
            quantity="held parties listed on the day",
            value=float(len(by_day[day])),
            unit="parties",
            period=(day, day),
            as_of=day,
            basis="count of the held listings that took effect on the day",
            grounds=[Ground("listings", str(r["entity_id"]), r["source_id"]) for r in by_day[day]],
        )
        for i, day in enumerate(sorted(by_day))
    }
    clauses = ", ".join(tr("{{l{i}:bare}} on {{l{i}:day}}", i=i) for i in range(len(figures)))
    return tr("They were listed in turn: {clauses}. ", clauses=clauses), figures


def grids(ctx: Context, rows: list[dict[str, Any]], total: int | None) -> list[Grid]:
    """The held parties counted by sector or programme, and by province.

    Args:
        ctx: what the brief reads.
        rows: the held parties.
        total: how many the list has; None where that is not in the record.
    """
    whole = total is not None and len(rows) >= total
    of = "" if whole else tr("Of those the record holds, not of the whole list; ")
    note = tr("{of}a party of two groups counts in both.", of=of)
    out = []
    grouped = {
        "section": tr("Held parties by section of the list"),
        "sector": tr("Held parties by sector"),
        "province": tr("Held parties by province"),
    }
    for key, title in grouped.items():
        counts: dict[str, list[dict[str, Any]]] = {}
        for row in rows:
            values = row[key] if isinstance(row[key], list) else [row[key]]
            for value in values or [None]:
                counts.setdefault(str(value or "not known"), []).append(row)
        if len(counts) < 2:  # noqa: PLR2004 - one group says nothing
            continue
        cells = tuple(
            (name, Figure(_count(ctx, (key, name), group, whole=whole), "bare"))
            for name, group in sorted(counts.items(), key=lambda g: (-len(g[1]), g[0]))
        )
        out.append(
            Grid(
                title,
                (key, tr("entities")),
                cells,
                note[0].upper() + note[1:],
            )
        )
    return out


def section_moves(ctx: Context) -> list[Grid]:
    """Held parties whose section changed after they were listed."""
    rows: list[tuple[Cell, ...]] = []
    for r in ctx.rows("lists", "section_changes", list_id=ctx.list_id):
        moved = findings.make(
            kind="date",
            subject=r["name"],
            quantity=f"in section {r['section']} of the list from",
            value=r["valid_from"],
            period=(r["valid_from"], r["valid_to"]),
            as_of=r["valid_from"],
            basis="dated membership of the section" + (f"; {r['note']}" if r["note"] else ""),
            grounds=[Ground("membership", r["id"], r["source_id"])],
        )
        until = tr("before {valid_to}", valid_to=r["valid_to"]) if r["valid_to"] else "–"
        rows.append((r["name"], r["section"], Figure(moved), until, Source(r["source_id"])))
    heads = trs("party", "section", "from", "until", "source")
    return [Grid(tr("Parties that changed their section"), heads, tuple(rows))] if rows else []


@in_english
def _count(ctx: Context, of: tuple[str, str], group: list[dict[str, Any]], *, whole: bool) -> Finding:
    key, name = of
    last = max(str(r["valid_from"]) for r in group)
    grounds = [Ground("listings", str(r["entity_id"]), r["source_id"]) for r in group]
    if key == "section":
        pairs = (
            (i, s) for r in group for i, s in zip(r["section_rows"] or (), r["section_sources"] or (), strict=True)
        )
        grounds += [Ground("membership", i, s) for i, s in pairs]
    return findings.make(
        kind="number",
        subject=f"{ctx.measure.short} list",
        quantity=f"held entities, {key}: {name}",
        value=float(len(group)),
        unit="entities",
        period=(last, last),
        as_of=last,
        basis="count of the held listings in force"
        + (
            "; all that are listed are held" if whole else "; not all that are listed are known to be held, so at least"
        ),
        low=float(len(group)),
        grounds=grounds,
    )
