"""Lines from lists: how long a list is, whom it holds, how many an authority named at once."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from entrepot.brief.chapters.risks import KINDS
from entrepot.brief.chapters.who_is_hit import in_a_sentence
from entrepot.brief.report import Line, Sentence, escaped
from entrepot.core import findings, periods
from entrepot.core.findings import Finding, Ground
from entrepot.core.words.translate import apart, in_english, marked, tr
from entrepot.lists import history

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.brief.answer.answer_rule import Rule
    from entrepot.brief.context import Context
    from entrepot.measures.act import Look

Row = dict[str, Any]
LETTERS = 260  # of names on the first screen: four lines of a phone's width and a half
NAMED = 20  # parties of a list that are named in a sentence; a longer list has its table
GROUPS = 2  # groups of a list named in a sentence
_SIZE = re.compile(r"(\d+)(?: of \d+)? (entities|companies|orders|officials)\b")
_HELD = marked("listed parties held in the record")
_IN_SCOPE = marked("listed parties held in the record, of the measure's own countries")


def listed(ctx: Context, look: Look, rule: Rule) -> list[Line]:
    """The size of the list before its latest change and after, and whom it holds."""
    every = ctx.rows("lists", "held", list_id=ctx.list_id) if ctx.list_id else []
    apart_from = _elsewhere(ctx)
    held = [r for r in every if r["list_entry_id"] not in apart_from]
    others = [r for r in every if r["list_entry_id"] in apart_from]
    sizes = [r for r in ctx.rows("lists", "list_size", list_id=ctx.list_id) if r["changed"]] if ctx.list_id else []
    subject = f"{ctx.measure.short} list"
    quantity = _IN_SCOPE if others else _HELD
    course = [history.size(r, subject) for r in sizes] if sizes else _by_day(held, subject, quantity)
    if not course:
        return []
    last = course[-1]
    changed = periods.first_day(str(last.period_start))
    # A list says every day whom it holds: it is as fresh as the day on which its file was last compared.
    until = min(ctx.day, periods.last_day(ctx.measure.checked))
    recent = (ctx.day - changed).days <= rule.threshold("fresh")
    label = apart(look.words)
    if len(course) == 1:
        says = Sentence(tr("{label} began with {{b}} on {{b:day}}", label=escaped(label)), {"b": last})
        way = "up" if recent else "level"
    else:
        before = course[-2]
        way = _way(before.number, last.number) if recent else "level"
        since = "" if recent else tr(", with no change since")
        went = tr("{label} went from {{a:bare}} to {{b}} on {{b:day}}{since}", label=escaped(label), since=since)
        says = Sentence(went, {"a": before, "b": last})
    offices = frozenset({ctx.measure.authority})
    verb = {"up": tr("grew to"), "down": tr("shrank to"), "level": "holds"}[way]
    short = Sentence(tr("{label} {verb} {{b}}, {{b:day}}", label=escaped(label), verb=verb), {"b": last})
    size = Line(
        look, label, way, says, tuple(course[-2:]), changed.isoformat(), until.isoformat(), offices=offices,
        in_short=short,
    )  # fmt: skip
    return [size, *(_beside(line, others) for line in _whom(ctx, look, held, until.isoformat(), quantity))]


def _way(before: float, after: float) -> str:
    return "up" if after > before else "down" if after < before else "level"


def _elsewhere(ctx: Context) -> set[str]:
    """The rows of the list that a part holds which is on other countries than the measure's own."""
    own = set(ctx.measure.countries)
    apart_from = [p for p in ctx.measure.provisions if own and p.countries and not own & set(p.countries)]
    return {row for p in apart_from for row in p.rows}


def _beside(line: Line, others: Sequence[Row]) -> Line:
    """Whom a list holds, with those named apart that are no parties of the measure's own countries."""
    if not others:
        return line
    names = escaped("; ".join(in_a_sentence(str(r["name"])) for r in others))
    says, short = (
        Sentence(tr("{said}; counted apart, of other countries: {names}", said=s.template, names=names), s.figures)
        for s in (line.says, line.in_short or line.says)
    )
    return replace(line, says=says, in_short=short)


def _by_day(held: Sequence[Row], subject: str, quantity: str) -> list[Finding]:
    """How many of the held parties stood on the list from each day on which some were added."""
    days = sorted({str(r["valid_from"]) for r in held})
    return [_count(subject, quantity, [r for r in held if r["valid_from"] <= d], d) for d in days]


@in_english
def _count(subject: str, quantity: str, rows: Sequence[Row], day: str) -> Finding:
    total = float(len(rows))
    return findings.make(
        kind="number",
        subject=subject,
        quantity=quantity,
        value=total,
        unit="parties",
        period=(day, day),
        as_of=day,
        low=total,
        high=total,
        basis=tr("count of the held listings in force that had taken effect by the day"),
        grounds=[Ground("listings", str(r["entity_id"]), r["source_id"]) for r in rows],
    )


def _whom(ctx: Context, look: Look, held: Sequence[Row], until: str, quantity: str) -> list[Line]:
    """Whom the list holds: by name where it is short, else by province and sector."""
    if not held:
        return []
    subject, day = f"{ctx.measure.short} list", max(str(r["valid_from"]) for r in held)
    if len(held) <= NAMED:
        all_of = _count(subject, quantity, held, day)
        names = "; ".join(escaped(in_a_sentence(str(r["name"]))) for r in held)
        says = Sentence(tr("who is hit: {{n}}, {names}", names=names), {"n": all_of})
        short = Sentence(tr("who is hit: {{n}}, {some}", some=_some(held)), {"n": all_of})
    else:
        says, short = _by_group(ctx, held, subject, day)
    if not says.figures:
        return []
    found = tuple(says.figures.values())
    return [Line(look, tr("who is hit"), "not_known", says, found, "", until, unknown="tells_whom", in_short=short)]


def _some(held: Sequence[Row]) -> str:
    """The names that a first screen has room for, persons before others, the latest first; the drawer has all."""
    order = sorted(held, key=lambda r: str(r["valid_from"]), reverse=True)
    names = [in_a_sentence(str(r["name"])) for r in sorted(order, key=lambda r: r["kind"] != "person")]
    room = [n for i, n in enumerate(names) if len("; ".join(names[: i + 1])) <= LETTERS] or names[:1]
    more = len(names) - len(room)
    return escaped("; ".join(room)) + (tr(" and {more} more", more=more) if more else "")


def _by_group(ctx: Context, held: Sequence[Row], subject: str, day: str) -> tuple[Sentence, Sentence]:
    """The largest groups of a long list, by province and by sector; and in short.

    In short the province is left out where it is the measure's own region: that most are there is what it is about.
    """
    clauses, figures, heads, known = [], {}, {}, set()
    for key in ("province", "sector"):
        groups = _groups(held, key)
        order = sorted(groups, key=lambda g: (-len(groups[g]), g))
        # Where the next group holds as many as the last that is named, naming one alone would mislead.
        top = [g for g in order if len(groups[g]) >= len(groups[order[:GROUPS][-1]])]
        named = []
        for i, name in enumerate(top):
            figures[f"{key}{i}"] = _count(subject, f"listed parties, {key}: {name}", groups[name], day)
            named.append(tr("{name} {{{key}{i}:bare}}", name=escaped(name), key=key, i=i))
        if named:
            clauses.append(tr("by {key} {named}", key=key, named=", ".join(named)))
            heads[f"{key}0"] = tr("by {key} {named}", key=key, named=named[0])
            known |= {f"{key}0"} if top[0].casefold() == ctx.focus.territory else set()
    tops = {k: text for k, text in heads.items() if k not in known} or heads
    says = Sentence(tr("who is hit most: {clauses}", clauses="; ".join(clauses)), figures)
    return says, Sentence(
        tr("who is hit most: {values}", values="; ".join(tops.values())), {k: figures[k] for k in tops}
    )


def _groups(held: Sequence[Row], key: str) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in held:
        for name in row[key] if isinstance(row[key], list) else [row[key]]:
            if name:
                groups.setdefault(str(name), []).append(row)
    return groups


def tranches(ctx: Context, look: Look, rule: Rule) -> list[Line]:  # noqa: ARG001 - every kind of line is asked alike
    """How many an authority named at once, each time that is on record; it tells whom and not how much."""
    rows = ctx.rows("measures", "events_of", kinds=list(KINDS), places=[], countries=[])
    sizes = [(r, _SIZE.match(str(r["magnitude"] or ""))) for r in rows if r["id"] in look.events]
    named = [_named(ctx, row, size) for row, size in sizes if size] + _of_parts(ctx, look)
    if not named:
        return []
    named = sorted(named, key=lambda f: periods.first_day(str(f.period_start)))
    figures = {f"t{i}": f for i, f in enumerate(named)}
    clauses = ", ".join(_dated(k, f, is_first=k == "t0") for k, f in figures.items())
    says = Sentence(tr("{words}: {clauses}; none on record since", words=escaped(look.words), clauses=clauses), figures)
    until = ctx.day.isoformat()
    return [Line(look, look.words, "not_known", says, tuple(named), "", until, frozenset({"few"}), "tells_whom")]


@in_english
def _named(ctx: Context, row: Row, size: re.Match[str]) -> Finding:
    return findings.make(
        kind="number",
        subject=ctx.measure.short,
        quantity=f"named at once: {row['title']}",
        value=float(size[1]),
        unit=size[2],
        period=(row["date"], row["date"]),
        as_of=row["known_on"],
        basis=f"size of the event as printed: {row['magnitude']}",
        grounds=[Ground("events", str(row["id"]), row["source_id"])],
    )


def _dated(key: str, size: Finding, *, is_first: bool) -> str:
    """A size with its day, or with the month or year to which alone it is known."""
    start = str(size.period_start)
    if periods.first_day(start) == periods.last_day(start):
        return tr("{{{k}}} on {{{k}:day}}", k=key) if is_first else tr("{{{k}:bare}} on {{{k}:day}}", k=key)
    return tr("{{{k}}} in {{{k}:day}}", k=key) if is_first else tr("{{{k}:bare}} in {{{k}:day}}", k=key)


@in_english
def _of_parts(ctx: Context, look: Look) -> list[Finding]:
    """The sizes that only provisions tell, known from the day on which the first source of each was published."""
    published = {s.id: s.published for s in ctx.measure.sources}
    out = []
    for part in ctx.measure.provisions:
        size = _SIZE.match(part.threshold) if part.id in look.parts and part.start else None
        known = published.get(part.sources[0]) or part.start
        if size is None or known is None or periods.last_day(known) > ctx.day:
            continue
        out.append(
            findings.make(
                kind="number",
                subject=ctx.measure.short,
                quantity=f"named at once: {part.name}",
                value=float(size[1]),
                unit=size[2],
                period=(part.start, part.start),
                as_of=known,
                basis=f"size of the provision: {part.threshold}; {part.citation}; verified: {part.verified}",
                grounds=[Ground("measures", f"{ctx.measure.id}/{part.id}", part.sources[0])],
            )
        )
    return out
