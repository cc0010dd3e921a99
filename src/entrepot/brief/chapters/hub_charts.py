"""The pictures of the chapter on who took more: a map a product, and a small chart a partner and product."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.brief.chapters.rivals import marks
from entrepot.brief.charts import partners_map
from entrepot.brief.charts.canvas import PHONE, WIDE, Head
from entrepot.brief.charts.over_time import band, middle
from entrepot.brief.context import link
from entrepot.brief.report import Chart, in_words
from entrepot.core import periods
from entrepot.core.periods import first_day
from entrepot.core.words import amounts
from entrepot.core.words.translate import marked, tr
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

LARGEST = 6  # partners a direction on a map; those named always


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
        quarter = periods.parse(at["period"])
        day = middle(quarter.start.isoformat(), quarter.end.isoformat())
        if at["period"] in rows:
            figure = partner_shifts.quarter_finding(rows[at["period"]], "value_usd")
            figures.append(figure)
            points.append({"date": day, "value": at["observed"], "said": in_words(figure), "href": link(figure)})
        if at["expected"] is not None:
            ends = {"value": at["expected"], "low": at["low"], "high": at["high"]}
            told = tr(
                "{quarter}, expected: USD {expected:,.0f}", quarter=amounts.period(quarter), expected=at["expected"]
            )
            expected.append({"date": day, "said": told, "href": link(more), **ends})
    marks = _marked(rise, look, when)
    first = periods.first_day(said.path[0]["period"]).isoformat()
    title = tr("{goods} to {partner}", goods=goods, partner=said.partner)
    head = Head(
        tr("{title}, from {since}", title=title, since=amounts.period(periods.parse(look.since))),
        tr("USD a quarter, nominal"),
        PHONE,
    )
    return Chart(
        tr("{title}: reported and expected", title=title),
        band(points, expected, head, marks, first),
        tr("Line: as declared, nominal dollars. Dashed, with its band: what was to be expected."),
        (more, *figures),
        goods,
    )


def _marked(rise: Rise, look: Look, when: Timeline) -> list[dict[str, str]]:
    """The dates of the scan, and of the other measures that name the partner."""
    hub = rise.said.signal["hub"]
    days = when.within(look)
    of_scan = [r for r in when.others if r.iso3 and (first_day(r.start).isoformat(), r.act) in days]
    found = marks({*of_scan, *(r for r in when.rivals_of(rise) if hub in r.iso3)})
    told = {(m["date"], m["act"]) for m in found}
    return found + [{"date": day, "name": act, "href": "#rivals"} for day, act in days if (day, act) not in told]


def _map(look: Look, product: str) -> Chart:
    """Who took more and who took less of a product, and a line from the origin to each partner named."""
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
    title = tr(
        "{goods}: who took more and who less than expected, from {since} on",
        goods=goods,
        since=amounts.period(periods.parse(look.since)),
    )
    caption = tr(
        "Circles: dollars beyond or below what was to be expected, the largest a direction. Ringed, "
        "with a line from China: more than chance gives. Colours do not join one partner to another: "
        "who took over from whom is not in these flows. Outlines: Natural Earth."
    )
    wide, narrow = (partners_map.drawn(points, lines, Head(title, "", width)) for width in (WIDE, PHONE))
    return Chart(title, wide, caption, tuple(figures), goods, wide=True, narrow=narrow, is_map=True)


def _point(said: Said, figure: Finding, hubs: set[Any]) -> dict[str, Any]:
    hub, amount = said.signal["hub"], float(said.signal["excess_in"])
    lon, lat = countries.point(hub) or (0.0, 0.0)
    moved = marked("more than expected") if amount > 0 else marked("less than expected")
    at = {"lon": lon, "lat": lat, "label": said.partner, "hub": hub in hubs}
    return at | {"size": abs(amount), "moved": moved, "said": in_words(figure), "href": link(figure)}
