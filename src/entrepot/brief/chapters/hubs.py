"""Partners that took more than was to be expected after the dates on record, and by how much."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.brief import freshness
from entrepot.brief.chapters.hub_charts import drawn
from entrepot.brief.chapters.scans import judged
from entrepot.brief.report import Cell, Chapter, Figure, Grid, Sentence, Source
from entrepot.core import periods
from entrepot.core.words import amounts
from entrepot.core.words.translate import marked, tr
from entrepot.diversion.by_date import best_of
from entrepot.diversion.signals import signal_findings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.brief.chapters.scans import Timeline
    from entrepot.brief.context import Context
    from entrepot.core.findings import Finding
    from entrepot.diversion.by_date import Look, Rise

FALLERS = 2  # partners named that took less, in the answer

TITLE = marked("Took more than expected")
HOW = marked(
    "Who took more than was to be expected? For each partner on record, each product and each date, the quarters "
    "from the one that holds the date on are held against what was to be expected of the same quarters: the "
    "partner’s own level, season and damped trend before, and the median of all partners. Dollars are nominal, "
    "as declared to China Customs, by Ember; weight stands beside them, for prices fell. A quarter that "
    "has no row for a partner is one in which nothing was declared for it."
)
WARNING = marked(
    "A partner is named where it rose beyond chance in value, and in weight too, at a price like that of other "
    "partners: q is the share of false signals to be expected among all up to that row, in the scan of that date. "
    "Weight is asked of the rows so found alone: p is how often nothing gives as large a rise. Only China reports "
    "these flows, so a partner may have kept the goods: none is called a possible hub, which needs its second leg, "
    "and nothing here says that goods were passed on, or by whom. Each date is a scan of its own; one rise can be "
    "seen from two dates, and the break says where it lies. Beside each stand the other dated measures that could "
    "explain it, by name; ids that begin with E are events of the record. Nothing is ascribed to one of them."
)


def chapter(ctx: Context) -> Chapter | None:
    """Who took more by product and date; None where the measure names no product."""
    if not ctx.focus.flow_products:
        return None
    when, found = judged(ctx)
    if not found:
        return Chapter("hubs", tr(TITLE), missing=(tr("The record holds no flows on both sides of a date to judge."),))
    charts, figures = drawn(found, when)
    return Chapter(
        key="hubs",
        title=tr(TITLE),
        headline=_headline(ctx, found),
        body=(Sentence(tr(HOW)), Sentence(tr(WARNING)), *(_sentence(look, when) for look in found)),
        charts=tuple(charts),
        grids=tuple(g for g in (_grid(found, when), _unlike(found, when), _not_beyond_chance(found, when)) if g.rows),
        missing=tuple(_missing(look) for look in found if look.unjudged),
        figures=tuple(figures),
    )


def _quarter(look: Look) -> str:
    return amounts.period(periods.parse(look.since))


def _missing(look: Look) -> str:
    reasons = "; ".join(f"{', '.join(names)}: {why[:1].lower()}{why[1:].rstrip('.')}" for why, names in look.unjudged)
    return tr("From {quarter} on not judged: {reasons}.", quarter=_quarter(look), reasons=reasons)


def _clause(rise: Rise, key: str) -> tuple[str, dict[str, Finding]]:
    """One partner: product and name, the amount with its ends, q in dollars, p by weight, the break."""
    figures = {key: signal_findings.beyond(rise.said), f"{key}q": signal_findings.chance(rise.said)}
    inside = [f"{{{key}:ends}}", tr("q {{{key}q:plain}}", key=key)]
    if rise.weighed is not None:
        figures[f"{key}w"] = signal_findings.chance(rise.weighed, asked_alone=True)
        inside.append(tr("p by weight {{{key}w:plain}}", key=key))
    broke = signal_findings.broke(rise.said)
    if broke is not None:
        figures[f"{key}b"] = broke
        inside.append(tr("break in {{{key}b}}", key=key))
    return tr(
        "{goods} to {partner}, {{{key}:plain}} ({inside})",
        goods=rise.said.goods,
        partner=rise.said.partner,
        key=key,
        inside="; ".join(inside),
    ), figures


def _days(look: Look, when: Timeline) -> str:
    return "; ".join(f"{day} ({act})" for day, act in when.within(look))


def _sentence(look: Look, when: Timeline) -> Sentence:
    """What one scan found."""
    clauses: list[str] = []
    figures: dict[str, Finding] = {}
    for i, rise in enumerate(look.hubs):
        text, more = _clause(rise, f"h{i}")
        clauses.append(text)
        figures |= more
    if not look.hubs:
        judged = tr("Nothing could be judged") if not look.judged else tr("No partner rose beyond chance")
        return Sentence(
            tr("{judged} from {quarter} on: {days}.", judged=judged, quarter=_quarter(look), days=_days(look, when))
        )
    listed = "; ".join(clauses)
    return Sentence(
        tr(
            "Took more from {quarter} on, beyond what was to be expected: {listed}. In that quarter: {days}.",
            quarter=_quarter(look),
            listed=listed,
            days=_days(look, when),
        ),
        figures,
    )


def _headline(ctx: Context, found: Sequence[Look]) -> Sentence | None:
    """Each partner in the scan in which it is most certain, and who took less of the first one's product."""
    best = sorted(best_of(found).values(), key=lambda pair: pair[1].said.signal["q"])
    if not best:
        return None
    figures: dict[str, Finding] = {}
    clauses = []
    for i, (look, rise) in enumerate(best):
        figures |= {f"h{i}": signal_findings.beyond(rise.said), f"h{i}q": signal_findings.chance(rise.said)}
        taken = tr("{goods} to {partner}", goods=rise.said.goods, partner=rise.said.partner)
        clauses.append(
            tr(
                "{taken}, {{h{i}:plain}} ({{h{i}:ends}}) from {quarter} on, q {{h{i}q:plain}}",
                taken=taken,
                i=i,
                quarter=_quarter(look),
            )
        )
    look, first = best[0][0], best[0][1].said
    less = [s for s in look.moved if s.signal["product"] == first.signal["product"] and s.signal["excess_in"] < 0]
    less = sorted(less, key=lambda s: s.signal["excess_in"])[:FALLERS]
    figures |= {f"l{i}": signal_findings.beyond(s) for i, s in enumerate(less)}
    fell = ", ".join(tr("{partner} {{l{i}:plain}} ({{l{i}:ends}})", partner=s.partner, i=i) for i, s in enumerate(less))
    text = tr(
        "Who took more of China’s exports than was to be expected, by how much, with the ends that "
        "sampling error leaves: {clauses}. ",
        clauses="; ".join(clauses),
    )
    text += (
        tr("Below it, {goods} from {quarter} on: {fell}. ", goods=first.goods, quarter=_quarter(look), fell=fell)
        if fell
        else ""
    )
    text += tr("Such a partner may have kept the goods, and several dated measures could explain each.")
    if not freshness.fresh(ctx.day, figures["h0"]):
        text += tr(" The flows end more than a {words} before the day.", words=freshness.WORDS)
    return Sentence(text, figures)


HEADS = (
    "product", "partner", "from", "beyond expected, USD", "ends, USD", "at most shifted, USD", "q",
    "beyond expected, kg", "ends, kg", "p by weight", "USD per kg", "other partners, USD per kg",
    "change of USD per kg against others", "break",
    "since then, USD", "since then, MW (Ember’s estimate)",
    "other measures", "source",
)  # fmt: skip


UNLIKE = {
    "product", "partner", "from", "beyond expected, USD", "ends, USD", "q", "beyond expected, kg", "ends, kg",
    "p by weight", "USD per kg", "other partners, USD per kg", "source",
}  # fmt: skip
BRIEFLY = {
    "product", "partner", "from", "beyond expected, USD", "ends, USD", "q", "p by weight",
    "other measures", "source",
}  # fmt: skip


def _grid(found: Sequence[Look], when: Timeline) -> Grid:
    rows = tuple(_row(look, rise, when) for look in found for rise in look.hubs)
    note = tr(
        "Ends are those that sampling error leaves, 95 %. There is no lower end of what came round: "
        "where goods ended is not in these flows. Weight is a scan of its own and may not agree. What "
        "other measures say stands in their table below. Ember, China’s solar exports, CC BY 4.0."
    )
    return Grid(
        tr("Took more than expected, by product and date"),
        HEADS,
        tuple(sorted(rows, key=_by_product)),
        note,
        shown=True,
    )


def _unlike(found: Sequence[Look], when: Timeline) -> Grid:
    """Rises beyond chance in value that are not named, with what does not agree."""
    kept = [i for i, head in enumerate(HEADS) if head in UNLIKE]
    rows = [
        (*(row[i] for i in kept), "; ".join(rise.doubts))
        for look in found
        for rise in look.unlike
        for row in [_row(look, rise, when)]
    ]
    heads = (*(HEADS[i] for i in kept), tr("what does not agree"))
    note = tr(
        "They rose beyond chance in value, and are not named above: goods that come round weigh "
        "something, and cost what others pay for them. One code may hold several goods: that of solar "
        "wafers holds those of chips."
    )
    return Grid(
        tr("Rose in value, but weight or price does not agree"), heads, tuple(sorted(rows, key=_by_product)), note
    )


def _not_beyond_chance(found: Sequence[Look], when: Timeline) -> Grid:
    rows = tuple(_row(look, rise, when) for look in found for rise in look.risen)
    kept = [i for i, head in enumerate(HEADS) if head in BRIEFLY]
    note = tr("They rose, and as large a rise is to be expected by chance somewhere in the scan.")
    heads = tuple(HEADS[i] for i in kept)
    short = sorted((tuple(row[i] for i in kept) for row in rows), key=_by_product)
    return Grid(tr("Rose, but not beyond chance: the first of each date"), heads, tuple(short), note)


def _by_product(row: tuple[Cell, ...]) -> str:
    return str(row[0])


def _capacity(rise: Rise) -> Cell:
    """The megawatts since then: at least so many where a quarter has none."""
    found = signal_findings.observed(rise.said, "capacity_mw")
    return Figure(found, "plain" if found.low is None else "")


def _price(rise: Rise, whose: str) -> Cell:
    rows = rise.said.after if whose == "this partner" else rise.elsewhere
    found = signal_findings.priced(rise.said, rows, whose)
    return Figure(found, "bare") if found else tr("not weighed")


def _row(look: Look, rise: Rise, when: Timeline) -> tuple[Cell, ...]:
    goods, partner = rise.said.goods, rise.said.partner
    more, dearer, broke = (
        signal_findings.beyond(rise.said),
        signal_findings.price(rise.said),
        signal_findings.broke(rise.said),
    )
    by_weight = signal_findings.beyond(rise.weighed) if rise.weighed else None
    source = next(iter(more.sources), None)
    return (
        goods,
        partner,
        _quarter(look),
        Figure(more, "plain"),
        Figure(more, "ends"),
        Figure(signal_findings.at_most(rise.said), "plain"),
        Figure(signal_findings.chance(rise.said), "plain"),
        Figure(by_weight, "plain") if by_weight else tr("not judged"),
        Figure(by_weight, "ends") if by_weight else tr("not judged"),
        Figure(signal_findings.chance(rise.weighed, asked_alone=True), "plain") if rise.weighed else tr("not judged"),
        _price(rise, marked("this partner")),
        _price(rise, marked("all other partners")),
        Figure(dearer, "signed") if dearer else tr("not weighed"),
        Figure(broke) if broke else "none",
        Figure(signal_findings.observed(rise.said, "value_usd"), "short"),
        _capacity(rise),
        "; ".join(when.names(rise)) or tr("none on record"),
        Source(source) if source else None,
    )
