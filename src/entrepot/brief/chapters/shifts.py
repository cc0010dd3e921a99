"""Where the exports went: the same quarters of each year by partner, and the other measures that could explain it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from entrepot.brief import freshness
from entrepot.brief.chapters.rivals import Rival, marks, named, rivals, rivals_grid
from entrepot.brief.charts.canvas import PHONE, Head
from entrepot.brief.charts.in_rows import pairs
from entrepot.brief.charts.over_time import middle, quarters
from entrepot.brief.context import Context, link
from entrepot.brief.report import Cell, Chapter, Chart, Figure, Grid, Sentence, Source, in_words
from entrepot.core import periods
from entrepot.core.words import amounts
from entrepot.core.words.translate import marked, tr
from entrepot.trade import partner_shifts
from entrepot.vocabulary import countries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.core.findings import Finding
    from entrepot.trade.partner_shifts import Shift

RISERS, FALLERS = 6, 5  # partners named in a chart; the table below holds the same, all others are in findings.json
UNCOMPARED = 8  # partners named as not compared; all are in findings.json
QUARTERS = 4  # in a year
_NOTHING = marked("The record holds no flows of these products.")
_MISSING = marked(
    "{product}: Ember’s megawatts are missing after {last}, which is no zero; the comparison stops there, though "
    "values and weights run to {end}."
)
_OTHER_CODE = marked(
    "Earlier years stand under another code, which holds other goods too: they are not set beside these."
)
DRAWN = 3  # small multiples a direction

WARNING = marked(
    "Only China reports these flows: they show where goods were declared to go first, not where they ended. "
    "A partner that rose may keep the goods or pass them on; nothing here tells which. No shift is ascribed to one "
    "measure: the dated measures that could explain it stand beside it. The partners’ own tariffs, subsidies and "
    "demand are not in the record. Megawatts are Ember’s estimate from value, of wafers from weight; values and "
    "weights are as declared."
)


def chapter(ctx: Context) -> Chapter | None:
    """Export shifts by product; None where the measure names no product."""
    if not ctx.focus.flow_products:
        return None
    span = {r["product"]: r for r in ctx.rows("trade", "span")}
    products = [p for p in ctx.focus.flow_products if p in span and span[p]["last_capacity"]]
    if not products:
        return Chapter("shifts", tr("Where the exports went"), missing=(tr(_NOTHING),))
    others = rivals(ctx, [c for p in products for c in span[p]["codes"]])
    every = {p: _moved(ctx, span[p]) for p in products}
    moved = {p: m for p, m in every.items() if m.risers or m.fallers}
    compared = list(moved)
    body = [Sentence(tr(WARNING)), *(s for p in compared for s in _sentences(moved[p], others))]
    followed = [_followed(ctx, *f.split("/")) for f in ctx.focus.followed]
    body += [s for s, _ in followed if s]
    return Chapter(
        key="shifts",
        title=tr("Where the exports went"),
        headline=_headline(ctx, compared, moved),
        body=tuple(body),
        charts=tuple(c for p in compared for c in _charts(ctx, moved[p], others)),
        grids=(
            *(_grid(moved[p], others) for p in compared),
            *(_not_compared(m) for m in every.values() if m.uncompared),
            rivals_grid(others),
        ),
        figures=(*(f for m in every.values() for f in _all_figures(m)), *(f for _, more in followed for f in more)),
        missing=(
            *(tr("No flows of {p} on record.", p=p) for p in ctx.focus.flow_products if p not in span),
            *(_uncomparable(every[p]) for p in products if p not in moved),
            *(_without_capacity(span[p]) for p in products if span[p]["last_capacity"] < span[p]["last_period"]),
        ),
    )


def _uncomparable(m: Moved) -> str:
    if m.recoded:
        return tr(
            "{product}: the codes of the tariff changed between {base} and {latest}, so the windows "
            "hold other goods and are not compared.",
            **m.compared,
        )
    return tr("{product}: no two windows on record to compare.", product=m.product)


def _without_capacity(span: dict[str, Any]) -> str:
    last, end = (amounts.period(periods.parse(span[k])) for k in ("last_capacity", "last_period"))
    return tr(_MISSING, product=span["product"], last=last, end=end)


class Moved:
    """The comparison of one product: its window, its years, its partners by change."""

    __slots__ = ("base", "codes", "latest", "months", "product", "recoded", "shifts", "window")

    def __init__(
        self, span: dict[str, Any], window: str, years: tuple[int, int], months: int, rows: list[dict[str, Any]]
    ) -> None:
        product, self.codes = str(span["product"]), tuple(span["codes"])
        self.product, self.window, self.months = product, window, months
        self.base, self.latest = years
        self.shifts: list[Shift] = partner_shifts.shifts(rows, *years)
        self.recoded = not partner_shifts.same_codes(rows, *years)

    @property
    def compared(self) -> dict[str, Any]:
        """What is compared, for a sentence."""
        return {"product": self.product, "window": self.window, "base": self.base, "latest": self.latest}

    @property
    def last_day(self) -> str:
        """Last day of the later window."""
        return periods.parse(f"{self.latest}-{self.months:02}").end.isoformat()

    @property
    def risers(self) -> list[Shift]:
        """Partners that rose most, largest first."""
        return [s for s in self.shifts if s.change_mw is not None and s.change_mw > 0][:RISERS]

    @property
    def fallers(self) -> list[Shift]:
        """Partners that fell most, largest first."""
        return [s for s in reversed(self.shifts) if s.change_mw is not None and s.change_mw < 0][:FALLERS]

    @property
    def uncompared(self) -> list[Shift]:
        """Partners of whose windows one has no capacity or another code, largest flow first."""
        return [s for s in self.shifts if s.change_mw is None][:UNCOMPARED]


def _moved(ctx: Context, span: dict[str, Any]) -> Moved:
    """The latest year's quarters against the same quarters `years_back` years before."""
    last = str(span["last_capacity"])
    latest, last_quarter = int(last[:4]), int(last[-1])
    rows = ctx.rows("trade", "windows", quarters=list(range(1, last_quarter + 1)), partners=[])
    mine = [r for r in rows if r["product"] == span["product"]]
    base = latest - ctx.focus.years_back
    window = tr(_FIRST[last_quarter - 1])
    return Moved(span, window, (base, latest), 3 * last_quarter, mine)


_FIRST = (
    marked("the first quarter"), marked("the first two quarters"), marked("the first three quarters"),
    marked("the whole year"),
)  # fmt: skip


def _pair(m: Moved, s: Shift, measure: str = "capacity_mw") -> tuple[Finding | None, Finding | None]:
    def at(row: Any) -> Finding | None:
        return (
            partner_shifts.window_finding(row, measure, m.months)
            if row is not None and row[measure] is not None
            else None
        )

    return at(s.before), at(s.after)


def _clauses(m: Moved, some: Sequence[Shift]) -> tuple[list[str], dict[str, Finding]]:
    clauses, figures = [], {}
    for s in some:
        before, after = _pair(m, s)
        key = f"{m.product}{s.iso3}"
        start, end = tr("none declared"), tr("none declared")
        if before:
            figures[f"{key}a"], start = before, tr("about {{{key}a:bare}}", key=key)
        if after:
            figures[f"{key}b"], end = after, f"{{{key}b:plain}}"
        clauses.append(tr("{partner} {start} to {end}", partner=s.partner, start=start, end=end))
    return clauses, figures


def _sentences(m: Moved, others: Sequence[Rival]) -> list[Sentence]:
    """Who rose as others fell, then the measures dated between the two windows that name any of them."""
    up, figures = _clauses(m, m.risers[:4])
    down, more = _clauses(m, m.fallers[:4])
    text = tr(
        "{product}, {window} of {base} against {latest}. Rose in megawatts: {up}. Fell in megawatts: {down}.",
        **m.compared | {"up": "; ".join(up) or tr("none"), "down": "; ".join(down) or tr("none")},
    )
    text += _against(m, [*m.risers[:4], *m.fallers[:4]])
    who = {s.iso3 for s in [*m.risers[:4], *m.fallers[:4]]}
    between = [
        r
        for r in others
        if r.dated_between(f"{m.base}-01-01", m.last_day) and r.concerns(m.codes) and (not r.iso3 or who & set(r.iso3))
    ]
    if between:
        text += tr(
            " Dated in these years and touching these goods or partners, none shown to be the cause, "
            "with what they say in the table below: {named}.",
            named="; ".join(named(between)),
        )
    return [Sentence(text, figures | more)]


def _against(m: Moved, some: Sequence[Shift]) -> str:
    """Which partners moved the other way in declared dollars, which prices move and megawatts of wafers do not."""
    other = []
    for s in some:
        before, after = _pair(m, s, "value_usd")
        if before and after and s.change_mw is not None and (after.number - before.number) * s.change_mw < 0:
            other.append(s.partner)
    return (
        tr(" In declared dollars the change has the other sign for {names}.", names=", ".join(other)) if other else ""
    )


def _headline(ctx: Context, products: list[str], moved: dict[str, Moved]) -> Sentence | None:
    """The first product, in the measure's order, of which one partner fell as others rose; None where that is old."""
    m = next((moved[p] for p in products if moved[p].fallers and moved[p].risers), None)
    if m is None or not all(freshness.fresh(ctx.day, f) for s in m.risers[:1] for f in _pair(m, s)[1:] if f):
        return None
    rose, fell = m.risers[:3], m.fallers[:1]
    up, figures = _clauses(m, rose)
    down, more = _clauses(m, fell)
    text = tr(
        "China’s exports of {product} to some partners fell as those to others rose (estimated "
        "megawatts, {window} of {base} against {latest}): down, {down}; up, {up}.{against} Several "
        "dated measures fall in these years, so none is named the cause.",
        **m.compared | {"product": m.product.lower(), "down": "; ".join(down), "up": "; ".join(up)},
        against=_against(m, [*rose, *fell]),
    )
    return Sentence(text, figures | more)


def _followed(ctx: Context, product: str, iso3: str) -> tuple[Sentence | None, list[Finding]]:
    """One partner's whole years under the latest code, first against last, in MW with USD and kg beside.

    Returns:
        The sentence, None where fewer than two years stand under one code; the figures of every whole year.
    """
    rows = [
        r
        for r in ctx.rows("trade", "windows", quarters=[1, 2, 3, 4], partners=[iso3])
        if r["product"] == product and r["quarters"] == QUARTERS and r["capacity_mw"] is not None
    ]
    units = ("capacity_mw", "value_usd", "net_kg")
    every = [[partner_shifts.window_finding(row, k, 12) for k in units] for row in rows]
    listed = [f for found in every for f in found]
    alike = [found for row, found in zip(rows, every, strict=True) if row["codes"] == rows[-1]["codes"]]
    if len(alike) < 2:  # noqa: PLR2004 - one year is no course
        return None, listed
    figures: dict[str, Finding] = {}
    texts = []
    for i, found in enumerate((alike[0], alike[-1])):
        figures |= dict(zip((f"m{i}", f"u{i}", f"k{i}"), found, strict=True))
        texts.append(tr("{{m{i}}} in {{m{i}:period}} ({{u{i}:short}}, {{k{i}:short}})", i=i))
    partner = countries.name_of(iso3, rows[0]["partner"])
    text = tr("{product} to {partner}: ", product=product, partner=partner) + ", ".join(texts) + "."
    text += f" {tr(_OTHER_CODE)}" if len(alike) < len(rows) else ""
    return Sentence(text, figures), listed


def _charts(ctx: Context, m: Moved, others: Sequence[Rival]) -> list[Chart]:
    """The comparison of risers and fallers, then the quarters of the largest of each."""
    some = [*m.risers, *m.fallers]
    rows, figures = [], []
    for s in some:
        before, after = _pair(m, s)
        figures += [f for f in (before, after) if f]
        rows.append(
            {
                "name": s.partner,
                # A logarithmic axis has no place for nothing: the chart leaves that point out.
                "before": before.number if before else None,
                "after": after.number if after else None,
                "before_href": link(before) if before else "",
                "after_href": link(after) if after else "",
                "before_said": in_words(before) if before else "",
                "after_said": in_words(after) if after else "",
            }
        )
    title = tr("{product}: {window}, {base} and {latest}", **m.compared)
    head = Head(title, tr("MW, logarithmic"), PHONE)
    drawn = pairs(rows, head, (str(m.base), str(m.latest)), log=True)
    out = [
        Chart(
            title,
            drawn,
            tr("Logarithmic scale. MW estimated by Ember."),
            tuple(figures),
            m.product,
        )
    ]
    out += [_quarterly(ctx, m, s, others) for s in (*m.risers[:DRAWN], *m.fallers[:DRAWN])]
    return out


def _naming(m: Moved, s: Shift, others: Sequence[Rival]) -> list[Rival]:
    """The measures that name a partner and touch the goods, up to the last day compared: table and chart alike."""
    return [r for r in others if s.iso3 in r.iso3 and r.concerns(m.codes) and r.start <= m.last_day]


def _by_then(m: Moved) -> str:
    return tr(" by {last_day}", last_day=amounts.period(periods.parse(m.last_day)))


def _quarterly(ctx: Context, m: Moved, s: Shift, others: Sequence[Rival]) -> Chart:
    rows = ctx.rows("trade", "quarters", product=m.product, partners=[s.iso3])
    findings = [(r, partner_shifts.quarter_finding(r)) for r in rows if r["capacity_mw"] is not None]
    points = [
        {
            "date": middle(str(r["period_start"]), str(r["period_end"])),
            "value": r["capacity_mw"],
            "said": in_words(f),
            "href": link(f),
            "code": r["hs"],
        }
        for r, f in findings
    ]
    first = str(rows[0]["period_start"])
    touching = [r for r in _naming(m, s, others) if first <= r.start]
    changes = [str(b["period_start"]) for a, b in pairwise(rows) if a["hs"] != b["hs"]]
    title = tr("{product} to {partner}", product=m.product, partner=s.partner)
    drawn = quarters(points, Head(title, tr("MW a quarter"), PHONE), marks(touching), changes)
    caption = "" if touching else tr("No other measure on record names it by the end of the time compared.")
    return Chart(title, drawn, caption, tuple(f for _, f in findings), m.product)


def _grid(m: Moved, others: Sequence[Rival]) -> Grid:
    rows: list[tuple[Cell, ...]] = []
    for s in [*m.risers, *m.fallers]:
        before, after = _pair(m, s)
        usd_before, usd_after = _pair(m, s, "value_usd")
        between = _naming(m, s, others)
        source = next(iter((s.after or s.before or {}).get("source_ids", ())), None)
        rows.append(
            (
                s.partner,
                Figure(before) if before else tr("none declared"),
                Figure(after) if after else tr("none declared"),
                Figure(usd_before, "short") if usd_before else tr("none declared"),
                Figure(usd_after, "short") if usd_after else tr("none declared"),
                _months(s.before, m.months) + " / " + _months(s.after, m.months),
                "; ".join(named(between)) or f"none{_by_then(m)}",
                Source(source) if source else None,
            )
        )
    heads = (
        tr("partner"),
        tr("{base}, MW", base=m.base),
        tr("{latest}, MW", latest=m.latest),
        tr("{base}, USD", base=m.base),
        tr("{latest}, USD", latest=m.latest),
        tr("months with an entry"),
        tr("other measures that name it"),
        tr("source"),
    )
    return Grid(
        tr("{product}: who rose, who fell ({window})", product=m.product, window=m.window),
        heads,
        tuple(rows),
        tr("What these say stands in the table of other measures below, and general ones (all origins, or China) too."),
        shown=True,
    )


def _not_compared(m: Moved) -> Grid:
    """The largest flows that are not compared, with the months that each window has."""
    rows: list[tuple[Cell, ...]] = []
    for s in m.uncompared:
        before, after = _pair(m, s)
        rows.append(
            (
                s.partner,
                Figure(before) if before else _absent(s.before),
                _months(s.before, m.months),
                Figure(after) if after else _absent(s.after),
                _months(s.after, m.months),
            )
        )
    heads = (tr("partner"), f"{m.base}", tr("months with an entry"), f"{m.latest}", tr("months with an entry"))
    recoded = tr("The code of the tariff changed between the two, so no rise or fall is read from them.")
    note = recoded if m.recoded else tr("A capacity that is missing is no zero, so no rise or fall is read from them.")
    return Grid(tr("{product}: not compared", product=m.product), heads, tuple(rows), note)


def _absent(row: Any) -> str:
    return tr("none declared") if row is None else tr("not known")


def _months(row: Any, months: int) -> str:
    return tr("{reported} of {months}", reported=0 if row is None else row["months_reported"], months=months)


def _all_figures(m: Moved) -> list[Finding]:
    out = []
    for s in m.shifts:
        for measure in ("capacity_mw", "value_usd", "net_kg"):
            out += [f for f in _pair(m, s, measure) if f]
    return out
