"""The ranked interval plot: how much can have come round through each place, surest first, with sampling error."""

from __future__ import annotations

from math import floor, log10
from typing import TYPE_CHECKING, Any

from entrepot.brief.charts import specs
from entrepot.brief.scan_page.scanned import MONEY, MOST, WIDE, with_source
from entrepot.core.document.blocks import Picture
from entrepot.core.words.translate import marked, tr
from entrepot.diversion.contract import RISES
from entrepot.diversion.signals.signal_words import amount

if TYPE_CHECKING:
    from entrepot.brief.scan_page.scanned import Scanned

_CAPTION = marked(
    "Thick: what the data identify. Thin: with its sampling error. The figure is the upper end. Coloured: beyond "
    "chance over the whole scan. Steps are of ten. An interval says what can have come round, not what did."
)


def interval_plot(scan: Scanned) -> Picture | None:
    """The plot; None where no row has an interval."""
    rows = [r for r in scan.measured if r["high_95"] > 0][:MOST]
    if not rows:
        return None
    unit = str(rows[0]["unit"])
    points = [
        {
            "name": scan.label(r),
            "low": r["low"] or 0.0,
            "high": r["high"],
            "low_95": r["low_95"] or 0.0,
            "high_95": r["high_95"],
            "kind": tr("beyond chance") if r["word"] in RISES else tr("not beyond chance"),
            "said": amount(r["high_95"], unit),
            "href": f"#{r['signal_id']}",
        }
        for r in rows
    ]
    title = tr("How much can have come round, by place")
    drawing = specs.svg(with_source(_spec(points, unit), scan.credit), f"{title}: {_told(points)}")
    return Picture(title, drawing, tr(_CAPTION))


def _told(points: list[dict[str, Any]]) -> str:
    return "; ".join(tr("{name} up to {said}", name=p["name"], said=p["said"]) for p in points[:3])


def _spec(points: list[dict[str, Any]], unit: str) -> dict[str, Any]:
    axis = {"labelLimit": 190, "labelPadding": 6, "ticks": False, "domain": False}
    order = list(dict.fromkeys(p["name"] for p in points))
    y = {"field": "name", "type": "nominal", "title": None, "sort": order, "axis": axis}
    x: dict[str, Any] = {
        "type": "quantitative",
        "title": unit,
        "axis": {"labelExpr": MONEY, "labelOverlap": True, "labelSeparation": 8, "grid": False},
    }
    color = {
        "field": "kind",
        "type": "nominal",
        "title": None,
        "legend": None,
        "scale": {"domain": [tr("beyond chance"), tr("not beyond chance")], "range": [specs.ACCENT, specs.MUTED]},
    }
    most = max(p["high_95"] for p in points)
    # Places differ a hundredfold: in equal steps the largest would flatten all others. The factor leaves room for the
    # figure behind the longest.
    scale = {"type": "symlog", "constant": most / 1000, "domain": [0, most * 20], "nice": False}
    top = 10 ** floor(log10(most))
    x["axis"]["values"] = [0, top / 100, top / 10, top]
    href = {"field": "href"}
    return {
        "width": WIDE - 130,
        "height": {"step": 22},
        "data": {"values": points},
        "encoding": {"y": y, "color": color, "href": href},
        "layer": [
            {
                "mark": {"type": "rule", "strokeWidth": 1.5},
                "encoding": {"x": {**x, "field": "low_95", "scale": scale}, "x2": {"field": "high_95"}},
            },
            {
                "mark": {"type": "rule", "strokeWidth": 6},
                "encoding": {"x": {**x, "field": "low"}, "x2": {"field": "high"}},
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 5, "fontSize": 11},
                "encoding": {
                    "x": {**x, "field": "high_95"},
                    "text": {"field": "said"},
                    "color": {"value": specs.INK},
                },
            },
        ],
    }
