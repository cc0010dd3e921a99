"""Colours of all charts, and the charts of scans and event studies as Vega-Lite, drawn once by vl-convert."""

from __future__ import annotations

import re
from typing import Any

from entrepot.core.ids import digest
from entrepot.core.words.translate import marked

INK, MUTED, ACCENT, SECOND, HOLLOW = "#1d2733", "#6b7785", "#0b6e75", "#b4531f", "#a9c6c9"
WIDE, SMALL = 620, 300  # px; small multiples of this width fit a phone at their natural size
# A day is a day everywhere: without this Vega reads it in UTC and draws it in the time zone of the machine.
TIME: dict[str, Any] = {"type": "temporal", "scale": {"type": "utc"}}
LOG_TICKS = [0, 100, 1_000, 10_000]  # chosen by Vega, they would all fall in the last decade

# The drawing library calls a container of marks a picture and gives it no name: a reader of screens would stop at it.
_UNNAMED = re.compile(r' role="graphics-symbol" aria-roledescription="[a-z ]* container"')
_CONFIG: dict[str, Any] = {
    # Widths are measured in Liberation Sans, which is Arial's; where neither is there the condensed face is as narrow.
    "font": marked("Liberation Sans, Arial, Helvetica, DejaVu Sans Condensed, sans-serif"),
    "background": "transparent",
    "view": {"stroke": None},
    "axis": {
        "labelColor": MUTED,
        "titleColor": MUTED,
        "labelFontSize": 11,
        "titleFontSize": 11,
        "titleFontWeight": "normal",
        "gridColor": "#e7ebee",
        "domainColor": "#b9c1c9",
        "tickColor": "#b9c1c9",
    },
    "legend": {"labelFontSize": 11, "titleFontSize": 11, "labelColor": INK, "titleColor": MUTED, "orient": "top"},
    "title": {
        "anchor": "start",
        "fontSize": 12.5,
        "color": INK,
        "fontWeight": 600,
        "subtitleColor": MUTED,
        "subtitleFontSize": 11,
    },
}


def svg(spec: dict[str, Any], label: str) -> str:
    """Draw a spec.

    Args:
        spec: a Vega-Lite spec; its data rows may carry `href`.
        label: what the chart shows, for readers who do not see it.

    Returns:
        An `<svg>` element with its own id space and an accessible label.
    """
    import vl_convert

    whole = {"$schema": "https://vega.github.io/schema/vega-lite/v5.json", "config": _CONFIG, "padding": 4, **spec}
    text = str(vl_convert.vegalite_to_svg(vl_spec=whole))
    # Of the content, not of a count: the same brief is the same page on every run.
    prefix = f"c{digest(text, digits=8)}-"
    text = re.sub(r'\bid="(?!f-)', f'id="{prefix}', text)
    text = re.sub(r"url\(#", f"url(#{prefix}", text)
    text = text.replace("xlink:href", "href")
    # vl-convert resolves each address against a base of its own; the findings are in this page.
    text = re.sub(r'\bhref="https://vega\.github\.io/vega-datasets/#', 'href="#', text)
    # Links inside the page open in place.
    text = re.sub(r' target="[^"]*"', "", text)
    safe = label.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    text = _UNNAMED.sub("", text)
    # A group, for an image may hold no links.
    return re.sub(r"<svg ", f'<svg role="group" aria-label="{safe}" ', text, count=1)


def rules(dates: list[dict[str, str]], *, labels: bool = True) -> list[dict[str, Any]]:
    """Layers that mark dated events on a time axis: a dashed rule and, above it, its mark.

    Args:
        dates: rows with date, mark and href.
        labels: whether to write the marks.
    """
    if not dates:
        return []
    x = {"field": "date", **TIME}
    layers: list[dict[str, Any]] = [
        {
            "data": {"values": dates},
            "mark": {"type": "rule", "strokeDash": [3, 3], "color": SECOND, "opacity": 0.75},
            "encoding": {"x": x},
        }
    ]
    if labels:
        layers.append(
            {
                "data": {"values": dates},
                "mark": {"type": "text", "baseline": "bottom", "y": -3, "fontSize": 10.5, "color": SECOND},
                "encoding": {"x": x, "text": {"field": "mark"}, "href": {"field": "href"}},
            }
        )
    return layers


def pairs(rows: list[dict[str, Any]], title: str, x_title: str, *, log: bool = False) -> dict[str, Any]:
    """Same period against same period: a hollow point a year (or years) before, a filled one now.

    Args:
        rows: name, before, after, before_href, after_href, in the order shown; None draws no point.
        title: heading of the small multiple.
        x_title: the unit.
        log: a logarithmic axis, for flows that grew a hundredfold.
    """
    y = {
        "field": "name",
        "type": "nominal",
        "title": None,
        "sort": None,
        # Two reports of one period share a line; a name given twice would count twice in the height.
        "scale": {"domain": list(dict.fromkeys(r["name"] for r in rows))},
        "axis": {"labelLimit": 150, "labelPadding": 10, "ticks": False, "domain": False},
    }
    scale = {"type": "symlog", "constant": 10} if log else {"zero": True}
    x: dict[str, Any] = {
        "type": "quantitative",
        "title": x_title,
        "scale": scale,
        "axis": {"values": LOG_TICKS, "labelExpr": "format(datum.value, ',')"}
        if log
        else {"tickCount": 4, "format": "~s"},
    }
    return {
        "title": title,
        "width": SMALL - 130,
        "height": {"step": 24},
        "data": {"values": rows},
        "layer": [
            {
                "mark": {"type": "rule", "color": HOLLOW, "strokeWidth": 3},
                "encoding": {"x": {**x, "field": "before"}, "x2": {"field": "after"}, "y": y},
            },
            {
                "mark": {"type": "point", "size": 55, "color": MUTED, "fill": "white"},
                "encoding": {"x": {**x, "field": "before"}, "y": y, "href": {"field": "before_href"}},
            },
            {
                "mark": {"type": "point", "size": 60, "filled": True, "color": ACCENT, "opacity": 1},
                "encoding": {"x": {**x, "field": "after"}, "y": y, "href": {"field": "after_href"}},
            },
        ],
    }
