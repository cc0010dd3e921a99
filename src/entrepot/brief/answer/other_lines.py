"""Lines from flows and events: who took more, who left, who came."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.brief.chapters.scans import judged
from entrepot.brief.report import Line, Sentence, escaped
from entrepot.core import findings, periods
from entrepot.core.words.translate import apart, in_english, marked, tr
from entrepot.diversion.by_date import best_of
from entrepot.diversion.signals import signal_findings
from entrepot.record.firm_moves import SHOWN, moves
from entrepot.trade import partner_shifts
from entrepot.vocabulary import countries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.brief.answer.answer_rule import Rule
    from entrepot.brief.context import Context
    from entrepot.core.findings import Finding
    from entrepot.diversion.by_date import Rise
    from entrepot.measures.act import Look
    from entrepot.record.firm_moves import Move

Row = dict[str, Any]
HUBS = 2  # partners named in a sentence
MOVERS = 1  # partners named that rose, and that fell
YEARS = 6  # years of exits shown: those before the measure beside those after
FIRST_LEG = frozenset({"first_leg"})  # only the origin reports these flows


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
