"""Charts as SVG: Vega-Lite specs drawn once by vl-convert, no script in the page. Marks link to their findings."""

from __future__ import annotations

import re
from typing import Any

from entrepot.core.ids import digest

INK, MUTED, ACCENT, SECOND, HOLLOW = "#1d2733", "#6b7785", "#0b6e75", "#b4531f", "#a9c6c9"
WIDE, SMALL = 620, 300  # px; small multiples of this width fit a phone at their natural size
# A day is a day everywhere: without this Vega reads it in UTC and draws it in the time zone of the machine.
TIME: dict[str, Any] = {"type": "temporal", "scale": {"type": "utc"}}
LOG_TICKS = [0, 100, 1_000, 10_000]  # chosen by Vega, they would all fall in the last decade

# The drawing library calls a container of marks a picture and gives it no name: a reader of screens would stop at it.
_UNNAMED = re.compile(r' role="graphics-symbol" aria-roledescription="[a-z ]* container"')
_CONFIG: dict[str, Any] = {
    # Widths are measured in Liberation Sans, which is Arial's; where neither is there the condensed face is as narrow.
    "font": "Liberation Sans, Arial, Helvetica, DejaVu Sans Condensed, sans-serif",
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


def steps(points: list[dict[str, Any]], marked: list[dict[str, str]], y_title: str) -> dict[str, Any]:
    """A step line of a list's size: points with date, value, label, kind ("one by one" or "as printed"), href."""
    first = [p for p in points if p["kind"] == points[0]["kind"]]
    x = {"field": "date", **TIME, "title": None, "axis": {"format": "%Y", "tickCount": "year"}}
    y = {"field": "value", "type": "quantitative", "title": y_title}
    kinds = list(dict.fromkeys(p["kind"] for p in points))
    color = {"field": "kind", "type": "nominal", "title": None, "scale": {"domain": kinds, "range": [ACCENT, SECOND]}}
    return {
        "width": WIDE,
        "height": 250,
        "layer": [
            {
                "data": {"values": first},
                "mark": {"type": "line", "interpolate": "step-after", "color": ACCENT},
                "encoding": {"x": x, "y": y},
            },
            {
                "data": {"values": points},
                "mark": {"type": "point", "filled": True, "size": 55},
                "encoding": {
                    "x": x,
                    "y": y,
                    "color": color,
                    "shape": {"field": "kind", "type": "nominal", "title": None, "scale": {"domain": kinds}},
                    "href": {"field": "href"},
                },
            },
            {
                "data": {"values": first},
                "mark": {"type": "text", "dy": -10, "dx": -4, "align": "right", "fontSize": 11},
                "encoding": {"x": x, "y": y, "text": {"field": "label"}, "href": {"field": "href"}},
            },
            *rules(marked),
        ],
    }


def bars(rows: list[dict[str, Any]], x_title: str, title: str) -> dict[str, Any]:
    """Horizontal bars: rows with name, value, label, href."""
    axis = {"labelLimit": 170, "labelPadding": 8, "ticks": False, "domain": False}
    y = {"field": "name", "type": "nominal", "title": None, "sort": None, "axis": axis}
    x = {"field": "value", "type": "quantitative", "title": x_title, "axis": {"tickCount": 4, "format": "~s"}}
    text = {"type": "text", "align": "left", "dx": 5, "fontSize": 11, "color": INK}
    return {
        "title": title,
        "width": 260,
        "height": {"step": 24},
        "data": {"values": rows},
        "layer": [
            {
                "mark": {"type": "bar", "color": ACCENT, "height": 13},
                "encoding": {"x": x, "y": y, "href": {"field": "href"}},
            },
            {"mark": text, "encoding": {"x": x, "y": y, "text": {"field": "label"}, "href": {"field": "href"}}},
        ],
    }


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


def years(rows: list[dict[str, Any]], title: str, y_title: str, marked: list[dict[str, str]]) -> dict[str, Any]:
    """Yearly columns: rows with year, value, kind ("reported" or "implied"), href."""
    # A column fills most of its own year and the label stands under its middle: a label at the year's first day would
    # read as the name of the column to its left.
    # Said in our words: Vega would tell a reader who listens the ends of the column, in the machine's time zone.
    spans = [
        {
            **r,
            "from": f"{r['date'][:4]}-02-15",
            "to": f"{r['date'][:4]}-11-15",
            "said": f"{r['date'][:4]}: {r['value']:g} {y_title}, {r['kind']}",
        }
        for r in rows
    ]
    numbers = [int(r["date"][:4]) for r in rows]
    middles = [{"year": y, "month": 7, "date": 1, "utc": True} for y in range(min(numbers), max(numbers) + 1)]
    x = {
        "field": "from",
        **TIME,
        "title": None,
        "axis": {"values": middles, "format": "%Y", "labelOverlap": True, "grid": False},
    }
    color = {
        "field": "kind",
        "type": "nominal",
        "title": None,
        "scale": {"domain": ["reported", "implied"], "range": [ACCENT, HOLLOW]},
    }
    return {
        "title": title,
        "width": SMALL - 60,
        "height": 150,
        "layer": [
            {
                "data": {"values": spans},
                "mark": {"type": "rect"},
                "encoding": {
                    "x": x,
                    "x2": {"field": "to"},
                    "description": {"field": "said", "type": "nominal"},
                    "y2": {"datum": 0},
                    "y": {"field": "value", "type": "quantitative", "title": y_title, "axis": {"tickCount": 4}},
                    "color": color,
                    "href": {"field": "href"},
                },
            },
            *rules(marked, labels=False),
        ],
    }


def quarters(rows: list[dict[str, Any]], title: str, y_title: str, marked: list[dict[str, str]]) -> dict[str, Any]:
    """A quarterly line with points: rows with date, value, href and code; a line never joins two codes."""
    x = {"field": "date", **TIME, "title": None, "axis": {"format": "%Y", "tickCount": "year"}}
    y = {"field": "value", "type": "quantitative", "title": y_title, "axis": {"tickCount": 4, "format": "~s"}}
    code = {"field": "code", "type": "nominal"}
    return {
        "title": {"text": title, "offset": 14},
        "width": SMALL - 60,
        "height": 130,
        "layer": [
            {
                "data": {"values": rows},
                "mark": {"type": "area", "color": HOLLOW, "opacity": 0.45},
                "encoding": {"x": x, "y": y, "detail": code},
            },
            {
                "data": {"values": rows},
                "mark": {"type": "line", "color": ACCENT},
                "encoding": {"x": x, "y": y, "detail": code},
            },
            {
                "data": {"values": rows},
                "mark": {"type": "point", "filled": True, "size": 22, "color": ACCENT, "opacity": 1},
                "encoding": {"x": x, "y": y, "href": {"field": "href"}},
            },
            *rules(marked),
        ],
    }


def cumulative(rows: list[dict[str, Any]], y_title: str) -> dict[str, Any]:
    """A running total as reported at successive dates: rows with date, value, label, href."""
    x = {"field": "date", **TIME, "title": None, "axis": {"format": "%Y", "tickCount": "year"}}
    y = {"field": "value", "type": "quantitative", "title": y_title, "axis": {"tickCount": 5}}
    return {
        "width": WIDE,
        "height": 190,
        "data": {"values": rows},
        "layer": [
            {"mark": {"type": "line", "color": HOLLOW, "strokeWidth": 2}, "encoding": {"x": x, "y": y}},
            {
                "mark": {"type": "point", "filled": True, "size": 50, "color": ACCENT, "opacity": 1},
                "encoding": {"x": x, "y": y, "href": {"field": "href"}},
            },
            {
                "transform": [{"filter": "datum.label != ''"}],
                "mark": {"type": "text", "dy": -10, "align": "right", "fontSize": 11, "color": INK},
                "encoding": {"x": x, "y": y, "text": {"field": "label"}, "href": {"field": "href"}},
            },
        ],
    }


def timeline(rows: list[dict[str, Any]], kinds: tuple[str, ...]) -> dict[str, Any]:
    """Dated events on one axis: rows with date, name (the line), kind, href."""
    shapes = ["triangle-up", "triangle-down", "square", "circle", "diamond", "cross"][: len(kinds)]
    colors = [ACCENT, SECOND, MUTED, INK, "#7b5ea7", "#8a6d00"][: len(kinds)]
    kind = {"field": "kind", "type": "nominal", "title": None}
    return {
        "width": WIDE,
        "height": {"step": 24},
        "data": {"values": rows},
        "mark": {"type": "point", "filled": True, "size": 75, "opacity": 0.85},
        "encoding": {
            "x": {"field": "date", **TIME, "title": None, "axis": {"format": "%Y", "tickCount": "year"}},
            "y": {
                "field": "name",
                "type": "nominal",
                "title": None,
                "sort": None,
                "axis": {"grid": True, "labelPadding": 10, "ticks": False, "domain": False},
            },
            "shape": {**kind, "scale": {"domain": list(kinds), "range": shapes}},
            "color": {**kind, "scale": {"domain": list(kinds), "range": colors}},
            "href": {"field": "href"},
        },
    }
