"""The pictures of the chapter on possible hubs: a map a product, and a small chart a partner and product."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.brief.charts import partners_map, specs
from entrepot.brief.charts.band import band
from entrepot.brief.context import link
from entrepot.brief.report import Chart
from entrepot.core import periods
from entrepot.diversion.by_date import best_of
from entrepot.diversion.signals import signal_findings
from entrepot.trade import partner_shifts
from entrepot.vocabulary import countries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.brief.chapters.scans import Timeline
    from entrepot.core.findings import Finding
    from entrepot.diversion.by_date import Look, Rise
    from entrepot.diversion.signals.signal_findings import Said

LARGEST = 6  # partners a direction on a map; possible hubs always


def drawn(found: Sequence[Look], when: Timeline) -> tuple[list[Chart], list[Finding]]:
    """The maps and charts, and findings that stand only in them."""
    out: list[Chart] = []
    best = best_of(found)
    products = list(dict.fromkeys(product for product, _ in best))
    for product in products:
        mine = {hub: chosen for (p, hub), chosen in best.items() if p == product}
        look = max((look for look, _ in mine.values()), key=lambda one: _hubs_of(one, product))
        out.append(_map(look, product))
        out += [_path(rise, look, when) for look, rise in mine.values()]
    return out, [f for c in out for f in c.figures]


def _hubs_of(look: Look, product: str) -> int:
    return sum(r.said.signal["product"] == product for r in look.hubs)


def _title(goods: str) -> str:
    return f"{goods[:1].upper()}{goods[1:]}"


def _path(rise: Rise, look: Look, when: Timeline) -> Chart:
    """Quarters as reported against the band of what was to be expected."""
    said = rise.said
    goods = _title(said.goods)
    rows = {r["period"]: r for r in said.flows}
    figures, points, expected = [], [], []
    more = signal_findings.beyond(said)
    for at in said.path:
        day = periods.first_day(at["period"]).isoformat()
        if at["period"] in rows:
            figure = partner_shifts.quarter_finding(rows[at["period"]], "value_usd")
            figures.append(figure)
            points.append({"date": day, "value": at["observed"], "href": link(figure)})
        if at["expected"] is not None:
            ends = {"value": at["expected"], "low": at["low"], "high": at["high"]}
            expected.append({"date": day, "href": link(more), **ends})
    marks = _marked(rise, look, when)
    first = periods.first_day(said.path[0]["period"]).isoformat()
    title = f"{goods} to {said.partner}"
    dates = ", ".join(f"{m['mark'] or 'the measure'} {m['date']}" for m in marks)
    spec = band(points, expected, f"{title}, from {periods.words(periods.parse(look.since))}", marks, first)
    return Chart(
        f"{title}: reported and expected",
        specs.svg(spec, f"{title}, quarter by quarter, beside what was to be expected from {look.since} on"),
        f"Line: as declared, nominal dollars. Dashed, with its band: what was to be expected. Upright lines: {dates}.",
        (more, *figures),
        goods,
    )


def _marked(rise: Rise, look: Look, when: Timeline) -> list[dict[str, str]]:
    """The dates of the scan, and of the other measures that name the partner."""
    hub = rise.said.signal["hub"]
    days = {(day, mark) for day, _, mark in when.within(look)}
    own = when.marks(rise)
    days |= {(r.start, r.mark) for r in when.others if hub in r.iso3 and r.mark in own}
    return [{"date": day, "mark": mark, "href": "#rivals"} for day, mark in sorted(days)]


def _map(look: Look, product: str) -> Chart:
    """Who took more and who took less of a product, and a line from the origin to each possible hub."""
    hubs = {r.said.signal["hub"] for r in look.hubs if r.said.signal["product"] == product}
    mine = sorted((s for s in look.moved if s.signal["product"] == product), key=lambda s: s.signal["excess_in"])
    less = [s for s in mine[:LARGEST] if s.signal["excess_in"] < 0]
    more = [s for s in mine if s.signal["hub"] in hubs] + [s for s in mine[-LARGEST:] if s.signal["excess_in"] > 0]
    shown_here = list({s.signal["hub"]: s for s in (*less, *more) if countries.point(s.signal["hub"])}.values())
    figures = [signal_findings.beyond(s) for s in shown_here]
    points = [_point(s, f, hubs) for s, f in zip(shown_here, figures, strict=True)]
    home = countries.point(str(mine[0].signal["origin"])) or (0.0, 0.0)
    lines = [{"lon": home[0], "lat": home[1], "lon2": p["lon"], "lat2": p["lat"]} for p in points if p["hub"]]
    goods = _title(mine[0].goods)
    title = f"{goods}: who took more and who less than expected, from {periods.words(periods.parse(look.since))} on"
    caption = (
        "Circles: dollars beyond or below what was to be expected, the largest a direction; each opens its ends. "
        "Ringed, with a line from China: possible hubs. Colours do not join one partner to another: who took "
        "over from whom is not in these flows. Outlines: Natural Earth."
    )
    drawing = specs.svg(partners_map.spec(partners_map.placed(points), lines, title), title)
    return Chart(title, drawing, caption, tuple(figures), goods, wide=True)


def _point(said: Said, figure: Finding, hubs: set[Any]) -> dict[str, Any]:
    hub, amount = said.signal["hub"], float(said.signal["excess_in"])
    lon, lat = countries.point(hub) or (0.0, 0.0)
    moved = "more than expected" if amount > 0 else "less than expected"
    at = {"lon": lon, "lat": lat, "label": said.partner, "hub": hub in hubs}
    return at | {"size": abs(amount), "moved": moved, "href": link(figure)}
