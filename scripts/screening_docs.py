"""Put the measured figures into docs/screening.md and draw docs/img/reliability.svg; `--check` tells what is stale.

The figures are those that `python benchmarks/bench_screening.py --reliability` and `--thresholds` wrote.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from marked import ROOT, filled, write_stale

PAGE = ROOT / "docs" / "screening.md"
PICTURE = ROOT / "docs" / "img" / "reliability.svg"


def read(name: str) -> dict[str, Any]:
    """A file of figures of the benchmarks."""
    held: dict[str, Any] = json.loads((ROOT / "benchmarks" / name).read_text(encoding="utf-8"))
    return held


def thresholds_table(held: dict[str, Any]) -> str:
    """The table of lowest scores, in Markdown."""
    head = (
        "| lowest score | changed names found | short names of firms found | alerts in 10,000 invented names "
        f"| alerts in {held['companies']:,} Chinese companies | labelled pairs accepted that are "
        "right | right labelled pairs accepted |\n|---|---|---|---|---|---|---|\n"
    )
    rows = "".join(
        f"| {r['least']:g} | {_percent(r['changed_found'])} | {_percent(r['short_found'])} "
        f"| {r['alerts_per_10000']:,.0f} | {r['companies_met']} "
        f"| {_percent(r['labelled_right'])} | {_percent(r['labelled_found'])} |\n"
        for r in held["rows"]
    )
    rest = (
        f"\nMeasured on {held['changed_names']:,} names of the UN list, changed by a seeded generator (typing errors, "
        f"romanisations, words dropped, added, joined or moved), and {held['invented_names']:,} invented names, "
        f"against {held['listed_names']:,} names of the UN and SDN lists; on {held['short_names']} names of the UFLPA "
        "Entity List without place and legal form, and companies of China's exchanges against that list (some are on "
        f"it, under their English names); and on {held['labelled_pairs']} labelled "
        "pairs that were chosen to be hard. Your own names are easier than the pairs and may be harder than the "
        "invented ones.\n"
    )
    return head + rows + rest


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.0f} %"


def reliability_picture(held: dict[str, Any]) -> str:
    """The share of true pairs by score, with intervals, beside the line on which a calibrated score lies."""
    from entrepot.brief.charts.colors import ACCENT, MUTED
    from vega import svg

    rows = [b for b in held["bins"] if b["count"]]
    score = {"type": "quantitative", "scale": {"domain": [0, 1]}}
    x = {**score, "field": "mean_score", "title": "score given"}
    layers = [
        {
            "data": {"values": [{"a": 0, "b": 0}, {"a": 1, "b": 1}]},
            "mark": {"type": "line", "strokeDash": [4, 4], "color": MUTED},
            "encoding": {"x": {**score, "field": "a"}, "y": {**score, "field": "b"}},
        },
        {
            "mark": {"type": "rule", "color": ACCENT, "opacity": 0.5},
            "encoding": {"x": x, "y": {**score, "field": "share_low"}, "y2": {"field": "share_high"}},
        },
        {
            "mark": {"type": "circle", "color": ACCENT, "opacity": 1},
            "encoding": {
                "x": x,
                "y": {**score, "field": "share", "title": "share of the pairs that are one party"},
                "size": {"field": "count", "type": "quantitative", "title": "pairs"},
            },
        },
    ]
    spec = {"width": 380, "height": 380, "data": {"values": rows}, "layer": layers}
    label = f"Share of pairs that are one party, by score given, {held['pairs']} labelled pairs, with 95 % intervals."
    return svg(spec, label)


def main() -> int:
    """Write what is stale, or with --check name it."""
    table = thresholds_table(read("screening-thresholds.json"))
    wanted = {
        PAGE: filled(PAGE.read_text(encoding="utf-8"), table, PAGE),
        PICTURE: reliability_picture(read("screening-reliability.json")) + "\n",
    }
    return write_stale(wanted)


if __name__ == "__main__":
    sys.exit(main())
