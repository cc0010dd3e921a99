"""Curves of benchmarks for the documentation, as Vega-Lite, drawn once by vl-convert."""

from __future__ import annotations

import re
from typing import Any

from entrepot.brief.charts.colors import INK, MUTED
from entrepot.core.ids import digest

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
