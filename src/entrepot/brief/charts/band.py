"""A small chart a partner and product: what was reported, the band of what was to be expected, the dates."""

from __future__ import annotations

from typing import Any

from entrepot.brief.charts.specs import ACCENT, HOLLOW, MUTED, SMALL, TIME, rules


def band(
    rows: list[dict[str, Any]],
    expected: list[dict[str, Any]],
    title: str,
    marked: list[dict[str, str]],
    first: str,
) -> dict[str, Any]:
    """Observed against expected, quarter by quarter, as a Vega-Lite spec.

    Args:
        rows: date, value, href.
        expected: date, value, low, high, href: the quarters after the day; the first joins the last before.
        title: heading of the small multiple.
        marked: dates with their letters, as for `rules`.
        first: the day on which the axis begins: quarters without a report are seen to be empty.
    """
    x = {"field": "date", **TIME, "title": None, "axis": {"format": "%Y", "tickCount": "year"}}
    axis = {"tickCount": 4, "format": "~s"}
    y = {"type": "quantitative", "title": "USD a quarter, nominal", "axis": axis}
    href = {"field": "href"}
    return {
        "title": {"text": title, "offset": 14},
        "width": SMALL - 60,
        "height": 140,
        "layer": [
            {"data": {"values": [{"date": first}]}, "mark": {"type": "tick", "opacity": 0}, "encoding": {"x": x}},
            {
                "data": {"values": expected},
                "mark": {"type": "area", "color": HOLLOW, "opacity": 0.6},
                "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}},
            },
            {
                "data": {"values": expected},
                "mark": {"type": "line", "color": MUTED, "strokeDash": [4, 3], "strokeWidth": 1.5},
                "encoding": {"x": x, "y": {**y, "field": "value"}},
            },
            {
                "data": {"values": expected},
                "mark": {"type": "point", "filled": False, "size": 18, "color": MUTED, "strokeWidth": 1},
                "encoding": {"x": x, "y": {**y, "field": "value"}, "href": href},
            },
            {
                "data": {"values": rows},
                "mark": {"type": "line", "color": ACCENT},
                "encoding": {"x": x, "y": {**y, "field": "value"}},
            },
            {
                "data": {"values": rows},
                "mark": {"type": "point", "filled": True, "size": 22, "color": ACCENT, "opacity": 1},
                "encoding": {"x": x, "y": {**y, "field": "value"}, "href": href},
            },
            *rules(marked),
        ],
    }
