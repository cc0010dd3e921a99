"""The chart of an event study: the path around the date, with intervals, and the synthetic control beside it."""

from __future__ import annotations

from math import log1p
from typing import TYPE_CHECKING, Any

from entrepot.brief.charts import specs
from entrepot.core.words.translate import marked, tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

_HIGH = 260  # px
# Beyond ten times the largest estimate an interval is cut: one noisy term would flatten all others.
_WIDEST = 10.0
_PERCENT = marked("format(100 * (exp(datum.value) - 1), '+,.0f') + ' %'")


def event_path(study: pa.Table, title: str) -> str:
    """The path as an `<svg>` element that stands alone.

    Args:
        study: under the contract `event_study`.
        title: what is shown.
    """
    rows = [r for r in study.to_pylist() if r["event_time"] is not None and r["effect_log"] is not None]
    edge = _WIDEST * max(abs(r["effect_log"]) for r in rows) or 1.0
    points = [_point(r, edge) for r in rows]
    unit = "quarters" if "-" in rows[0]["period_start"] else "years"  # months are taken in threes
    return specs.svg(_spec(points, title, tr("{unit} from the date", unit=unit)), f"{title}: {_said(study)}")


def _said(study: pa.Table) -> str:
    after = [r for r in study.to_pylist() if r["term"] == "after" and r["change_pct"] is not None]
    return ", ".join(
        tr("{method} {change_pct:+.0f} % after", method=r["method"], change_pct=r["change_pct"]) for r in after
    )


def _point(row: Mapping[str, Any], edge: float) -> dict[str, Any]:
    ends = {}
    for end, least in (("low", -edge), ("high", edge)):
        value = row[f"{end}_pct"]
        known = value is not None and value > -100  # noqa: PLR2004 - a fall by all has no logarithm
        ends[end] = max(-edge, min(edge, log1p(value / 100))) if known else (None if value is None else least)
    name = {"ppml": tr("PPML, leads and lags"), "synthetic": tr("synthetic control")}[row["method"]]
    return {"term": row["event_time"], "effect": row["effect_log"], "kind": name} | ends


def _spec(points: list[dict[str, Any]], title: str, unit: str) -> dict[str, Any]:
    path = [p for p in points if p["kind"].startswith("PPML")]
    kinds = list(dict.fromkeys(p["kind"] for p in points))
    scale = {"domain": kinds, "range": [specs.ACCENT, specs.SECOND]}
    x = {"field": "term", "type": "quantitative", "title": unit, "axis": {"format": "+d"}}
    y = {
        "field": "effect",
        "type": "quantitative",
        "title": tr("change, beside the flows compared"),
        "axis": {"labelExpr": _PERCENT, "titlePadding": 22},
    }
    color = {"field": "kind", "type": "nominal", "title": None, "scale": scale}
    rule = {"type": "rule", "color": specs.MUTED}
    return {
        "title": title,
        "width": specs.WIDE,
        "height": _HIGH,
        "layer": [
            {"data": {"values": [{}]}, "mark": rule, "encoding": {"y": {"datum": 0}}},
            # The date lies between the last term before and term 0.
            {
                "data": {"values": [{}]},
                "mark": {**rule, "color": specs.SECOND, "strokeDash": [3, 3]},
                "encoding": {"x": {"datum": -0.5}},
            },
            {
                "data": {"values": [p for p in path if p["low"] is not None]},
                "mark": {"type": "rule", "color": specs.ACCENT, "opacity": 0.6},
                "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}},
            },
            {"data": {"values": points}, "mark": {"type": "line"}, "encoding": {"x": x, "y": y, "color": color}},
            {
                "data": {"values": path},
                "mark": {"type": "point", "filled": True, "size": 40},
                "encoding": {"x": x, "y": y, "color": color},
            },
        ],
    }
