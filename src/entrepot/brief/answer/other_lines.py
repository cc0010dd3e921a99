"""Lines from lists, flows and events: how long the list is, whom it holds, who took more, who left, who came."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from entrepot.brief.chapters.risks import KINDS
from entrepot.brief.chapters.scans import judged
from entrepot.brief.chapters.who_is_hit import in_a_sentence
from entrepot.brief.report import Line, Sentence, escaped
from entrepot.core import findings, periods
from entrepot.core.findings import Finding, Ground
from entrepot.core.words.translate import apart, in_english, marked, tr
from entrepot.diversion.by_date import best_of
from entrepot.diversion.signals import signal_findings
from entrepot.lists import history
from entrepot.record.firm_moves import SHOWN, moves
from entrepot.trade import partner_shifts
from entrepot.vocabulary import countries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.brief.answer.answer_rule import Rule
    from entrepot.brief.context import Context
    from entrepot.diversion.by_date import Rise
    from entrepot.measures.act import Look
    from entrepot.record.firm_moves import Move

Row = dict[str, Any]
LETTERS = 260  # of names on the first screen: four lines of a phone's width and a half
NAMED = 20  # parties of a list that are named in a sentence; a longer list has its table
GROUPS = 2  # groups of a list named in a sentence
HUBS = 2  # partners named in a sentence
MOVERS = 1  # partners named that rose, and that fell
_SIZE = re.compile(r"(\d+)(?: of \d+)? (entities|companies|orders|officials)\b")
YEARS = 6  # years of exits shown: those before the measure beside those after
FIRST_LEG = frozenset({"first_leg"})  # only the origin reports these flows


def listed(ctx: Context, look: Look, rule: Rule) -> list[Line]:
    """The size of the list before its latest change and after, and whom it holds."""
    held = ctx.rows("lists", "held", list_id=ctx.list_id) if ctx.list_id else []
    sizes = [r for r in ctx.rows("lists", "list_size", list_id=ctx.list_id) if r["changed"]] if ctx.list_id else []
    subject = f"{ctx.measure.short} list"
    course = [history.size(r, subject) for r in sizes] if sizes else _by_day(held, subject)
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
    return [size, *_whom(ctx, look, held, until.isoformat())]


def _way(before: float, after: float) -> str:
    return "up" if after > before else "down" if after < before else "level"


def _by_day(held: Sequence[Row], subject: str) -> list[Finding]:
    """How many of the held parties stood on the list from each day on which some were added."""
    days = sorted({str(r["valid_from"]) for r in held})
    return [
        _count(subject, marked("listed parties held in the record"), [r for r in held if r["valid_from"] <= d], d)
        for d in days
    ]


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


def _whom(ctx: Context, look: Look, held: Sequence[Row], until: str) -> list[Line]:
    """Whom the list holds: by name where it is short, else by province and sector."""
    if not held:
        return []
    subject, day = f"{ctx.measure.short} list", max(str(r["valid_from"]) for r in held)
    if len(held) <= NAMED:
        all_of = _count(subject, marked("listed parties held in the record"), held, day)
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


def hubs(ctx: Context, look: Look, rule: Rule) -> list[Line]:  # noqa: ARG001 - every kind of line is asked alike
    """The partners that took more than expected, each in the scan in which it is most certain."""
    _, found = judged(ctx)
    if not any(f.judged for f in found):
        return []
    best = sorted((r for _, r in best_of(found).values()), key=lambda r: (r.said.signal["q"], r.said.subject))
    until = max(r["last_period"] for r in ctx.rows("trade", "span") if r["product"] in ctx.focus.flow_products)
    end = periods.last_day(str(until)).isoformat()
    offices = frozenset({tr("China's customs statistics")})
    if not best:
        says = Sentence(tr("{words}: no partner rose beyond chance", words=escaped(look.words)))
        return [Line(look, look.words, "level", says, (), "", end, FIRST_LEG, offices=offices)]
    figures = {f"h{i}": signal_findings.beyond(r.said) for i, r in enumerate(best[:HUBS])}
    clauses = [
        tr(
            "{goods} to {partner} {{h{i}:plain}} ({{h{i}:ends}})",
            goods=escaped(r.said.goods),
            partner=escaped(r.said.partner),
            i=i,
        )
        for i, r in enumerate(best[:HUBS])
    ]
    more = tr(", and others in the table") if len(best) > HUBS else ""
    short = _first_hub(look, best, figures["h0"])
    says = Sentence(
        tr(
            "{words}, beyond what was to be expected: {clauses}{more}",
            words=escaped(look.words),
            clauses="; ".join(clauses),
            more=more,
        ),
        figures,
    )
    doubts = FIRST_LEG | ({"rivals"} if all(r.rivals for r in best) else set())
    since = min(f.period_start or "" for f in figures.values())
    shown = tuple(figures.values())
    return [Line(look, look.words, "up", says, shown, since, end, doubts, offices=offices, in_short=short)]


def _first_hub(look: Look, best: Sequence[Rise], first: Finding) -> Sentence:
    """The most certain partner with its amount, the next by name."""
    named = [tr("{goods} to {partner}", goods=r.said.goods, partner=r.said.partner) for r in best[:HUBS]]
    then = tr("; then {escaped}", escaped=", ".join(map(escaped, named[1:]))) if len(named) > 1 else ""
    text = tr(
        "{words}: most surely {named}, {{h:plain}} beyond expected ({{h:ends}}){then}",
        words=escaped(look.words),
        named=escaped(named[0]),
        then=then,
    )
    return Sentence(text, {"h": first})


def shifts(ctx: Context, look: Look, rule: Rule) -> list[Line]:  # noqa: ARG001 - every kind of line is asked alike
    """To which partners exports of each product rose and fell most, in declared dollars, over the same quarters."""
    lines = []
    for span in ctx.rows("trade", "span"):
        product = str(span["product"])
        if product in ctx.focus.flow_products and (line := _shifted(ctx, look, product, str(span["last_period"]))):
            lines.append(line)
    return sorted(lines, key=lambda line: -sum(f.number for f in line.figures))


def _shifted(ctx: Context, look: Look, product: str, last: str) -> Line | None:
    year, quarter = int(last[:4]), int(last[-1])
    base = year - ctx.focus.years_back
    windows = ctx.rows("trade", "windows", quarters=list(range(1, quarter + 1)), partners=[])
    by_partner: dict[str, dict[int, Row]] = {}
    for row in windows:
        if row["product"] == product and row["year"] in {base, year}:
            by_partner.setdefault(str(row["partner_iso3"]), {})[int(row["year"])] = row
    pairs = {p: (of[base], of[year]) for p, of in by_partner.items() if len(of) > 1 and _alike(of[base], of[year])}
    order = sorted(pairs, key=lambda p: (pairs[p][0]["value_usd"] - pairs[p][1]["value_usd"], p))
    up = [p for p in order if pairs[p][1]["value_usd"] > pairs[p][0]["value_usd"]][:MOVERS]
    down = [p for p in reversed(order) if pairs[p][1]["value_usd"] < pairs[p][0]["value_usd"]][:MOVERS]
    if not (up and down):
        return None
    figures: dict[str, Finding] = {}

    def clause(iso3: str) -> str:
        for mark, row in zip("ab", pairs[iso3], strict=True):
            figures[f"{iso3}{mark}"] = partner_shifts.window_finding(row, "value_usd", 3 * quarter)
        name = escaped(countries.name_of(iso3, str(pairs[iso3][1]["partner"])))
        return tr("to {name} from {{{then}:short}} to {{{now}:short}}", name=name, then=f"{iso3}a", now=f"{iso3}b")

    rose, fell = ", ".join(map(clause, up)), ", ".join(map(clause, down))
    first = f"{up[0]}a", f"{up[0]}b"
    label = apart(look.words.replace("{group}", product.lower()))
    text = tr(
        "{label}, {{{first}:period}} against {{{first_2}:period}}: ",
        label=escaped(label),
        first=first[0],
        first_2=first[1],
    )
    text += tr("rose most {rose}; fell most {fell}", rose=rose, fell=fell)
    until = periods.last_day(str(figures[first[1]].period_end)).isoformat()
    in_short = tr(
        "{label} rose most {clause}, {{{first}:period}} against {{{first_2}:period}}",
        label=escaped(label),
        clause=clause(up[0]),
        first=first[0],
        first_2=first[1],
    )
    short = Sentence(in_short, {k: figures[k] for k in first})
    return Line(
        look, label, "not_known", Sentence(text, figures), tuple(figures.values()), "", until, FIRST_LEG, "tells_where",
        in_short=short,
    )  # fmt: skip


def _alike(before: Row, after: Row) -> bool:
    """Whether two windows hold as many reported months of the same codes."""
    return bool(before["months_reported"] == after["months_reported"] and before["codes"] == after["codes"])


def exits(ctx: Context, look: Look, rule: Rule) -> list[Line]:  # noqa: ARG001 - every kind of line is asked alike
    """How many firms are on record as leaving a year; what was found bounds what happened from below only."""
    return _moved(
        ctx, look, moved_by_year(ctx, "left"), marked("departures on record: a site, services or buying given up")
    )


def entries(ctx: Context, look: Look, rule: Rule) -> list[Line]:  # noqa: ARG001 - likewise
    """How many firms are on record as coming a year; likewise."""
    return _moved(ctx, look, moved_by_year(ctx, "entered"), marked("arrivals on record: a site opened or enlarged"))


def _moved(ctx: Context, look: Look, found: dict[str, list[Move]], quantity: str) -> list[Line]:
    if not found:
        return []
    years = [y for y in sorted(found) if int(y) > int(max(found)) - YEARS]
    figures = {f"y{i}": _events(ctx, year, found[year], quantity) for i, year in enumerate(years)}
    text = ", ".join(tr("{{{k}:bare}} in {{{k}:period}}", k=k) for k in figures)
    last = max(periods.last_day(m.date or years[-1]) for m in found[years[-1]])
    says = Sentence(f"{apart(escaped(look.words))}: {text}", figures)
    until, doubts = min(last, ctx.day).isoformat(), frozenset({"few"})
    return [Line(look, look.words, "not_known", says, tuple(figures.values()), "", until, doubts, "overlap")]


def moved_by_year(ctx: Context, movement: str) -> dict[str, list[Move]]:
    """The moves on record by year, reports of one event once, none only said or alleged, none of shares alone."""
    rows = ctx.rows("measures", "firm_acts", territory=ctx.focus.territory)
    out: dict[str, list[Move]] = {}
    for move in moves(rows):
        if move.movement == movement and move.of != "shares" and move.standing == SHOWN and move.year:
            out.setdefault(move.year, []).append(move)
    return out


@in_english
def _events(ctx: Context, year: str, group: Sequence[Move], quantity: str) -> Finding:
    known = [str(r["known_on"]) for m in group for r in m.rows if r["known_on"]]
    return findings.make(
        kind="number",
        subject=f"firms: {ctx.focus.territory}",
        quantity=quantity,
        value=float(len(group)),
        unit="events",
        period=(year, year),
        as_of=max(known, default=None),
        low=float(len(group)),
        basis="count of events by the year of the decision, reports of one event counted once, those only alleged or "
        "said and not known to be done, left out; reports carried, so at least",
        grounds=[g for m in group for g in m.grounds],
    )
