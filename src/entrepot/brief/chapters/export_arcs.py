"""Where the exports of the plan's products went in the last quarter on record: a map of arcs a product and unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.brief.chapters.scans import judged
from entrepot.brief.charts import partners_map
from entrepot.brief.context import link
from entrepot.brief.report import Chapter, Chart, in_words
from entrepot.core import periods
from entrepot.core.words import amounts
from entrepot.core.words.translate import tr
from entrepot.trade.partner_shifts import quarter_finding
from entrepot.vocabulary import countries

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from entrepot.brief.context import Context
    from entrepot.core.findings import Finding

Rows = list[dict[str, Any]]
UNITS = {"value_usd": "US dollars", "net_kg": "kilograms", "capacity_mw": "megawatts"}
MOST = 24  # partners of a map: from the next on an arc is thinner than its own line
LABELLED = 9  # of them named
WIDTHS = (1180, 362)  # px: a row of a page, a phone of 390 less its margins


def chapter(ctx: Context) -> Chapter | None:
    """A map for each product and unit; None where the plan names no product, or none of it could be known."""
    every = ctx.rows("trade", "quarterly") if ctx.focus.flow_products else []
    charts = [c for product in ctx.focus.flow_products for c in _of(ctx, product, every)]
    return Chapter("flows", tr("Where the exports went"), charts=tuple(charts)) if charts else None


def _of(ctx: Context, product: str, every: Rows) -> Iterator[Chart]:
    """The maps of a product in its last quarter, one a unit."""
    mine = [r for r in every if r["product"] == product]
    last = max((r["period"] for r in mine), default="")
    rows = [r for r in mine if r["period"] == last]
    rings = _risen(ctx)
    for unit in UNITS:
        known = [r for r in rows if r[unit] is not None and countries.point(str(r["partner_iso3"]))]
        if known:
            yield _map(sorted(known, key=lambda r: -float(r[unit])), len(rows), unit, rings)


def _risen(ctx: Context) -> set[tuple[str, str]]:
    """Product or code with the partner that took more of it, beyond chance, after any of the dates."""
    _, found = judged(ctx)
    return {(str(r.said.signal["product"]), str(r.said.signal["hub"])) for look in found for r in look.hubs}


def _map(rows: Rows, all_partners: int, unit: str, rings: set[tuple[str, str]]) -> Chart:
    shown = rows[:MOST]
    figures = [quarter_finding(r, unit) for r in shown]
    points = [_point(r, f, i, unit, rings) for i, (r, f) in enumerate(zip(shown, figures, strict=True))]
    home = countries.point("CHN") or (0.0, 0.0)
    first = rows[0]
    title = tr(
        "{product}: where China’s exports went in {period}, ",
        product=first["product"],
        period=amounts.period(periods.parse(first["period"])),
    )
    title += UNITS[unit]
    wide, narrow = (partners_map.arcs(points, home, title, width) for width in WIDTHS)
    return Chart(
        title, wide, _caption(points, all_partners), tuple(figures), str(first["product"]), wide=True, narrow=narrow,
        currency=unit, is_map=True,
    )  # fmt: skip


def _caption(points: Sequence[dict[str, Any]], all_partners: int) -> str:
    few = len(points) < all_partners
    count = (
        tr("The {count} largest of {all_partners} partners", count=len(points), all_partners=all_partners)
        if few
        else tr("All {all_partners} partners", all_partners=all_partners)
    )
    said = tr("{count}; an arc is as broad as the amount. ", count=count)
    if any(p["one_sided"] for p in points):
        said += tr("Broken: only China reports it, and no figure of the partner’s own is on record. ")
    if any(p["hub"] for p in points):
        said += tr("Ringed: it took more than was to be expected, beyond chance, after one of the dates. ")
    return said + tr("Where goods ended is not in these flows. Outlines: Natural Earth.")


def _point(row: dict[str, Any], figure: Finding, rank: int, unit: str, rings: set[tuple[str, str]]) -> dict[str, Any]:
    partner = str(row["partner_iso3"])
    lon, lat = countries.point(partner) or (0.0, 0.0)
    hub = bool({(str(row["product"]), partner), (str(row["hs"]), partner)} & rings)
    name = countries.name_of(partner, str(row["partner"]))
    return {
        "lon": lon, "lat": lat, "label": name if hub or rank < LABELLED else "", "size": float(row[unit]), "hub": hub,
        # The record holds no flow that its partner reports.
        "one_sided": row["reporter"] == "CHN", "said": in_words(figure), "href": link(figure),
    }  # fmt: skip
