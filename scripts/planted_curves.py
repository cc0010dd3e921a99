"""Draw docs/img/planted-*.svg and put the measured figures into docs/diversion-power.md; `--check` tells what is stale.

The figures are those that `python benchmarks/bench_planted.py --save` wrote.
"""

from __future__ import annotations

import csv
import json
import sys
from typing import Any

from marked import ROOT, filled, write_stale

PAGE = ROOT / "docs" / "diversion-power.md"
PICTURES = ROOT / "docs" / "img"
HUBS = {"curve": "any place as hub", "small hubs": "small hubs"}
LEGS = ("in the class", "the rest")
Curve = list[dict[str, Any]]


def read() -> tuple[Curve, dict[str, Any]]:
    """The curves and the figures of the benchmark."""
    folder = ROOT / "benchmarks"
    with (folder / "planted.csv").open(encoding="utf-8") as file:
        rows = [{k: _number(v) for k, v in row.items()} for row in csv.DictReader(file)]
    held: dict[str, Any] = json.loads((folder / "planted.json").read_text(encoding="utf-8"))
    return rows, held


def _number(text: str) -> float | str | None:
    try:
        return float(text) if text else None
    except ValueError:
        return text


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.0f} %"


def page(rows: Curve, held: dict[str, Any]) -> str:
    """The measured part of the page, a section a panel."""
    return _short(held, rows) + "\n".join(_section(name, figures, rows) for name, figures in held["panels"].items())


def _short(held: dict[str, Any], rows: Curve) -> str:
    """The answer to the question most asked: is a fifth of a large, steady direct leg found?"""
    asked = {"panel": "eu15", "legs": LEGS[0], "size": 0.2}
    found = {r["run"]: r for r in rows if all(r[k] == v for k, v in asked.items())}
    if len(found) < len(HUBS):
        return ""
    of = {run: [_percent(found[run][c]) for c in ("power", "low", "high", "within_reach", "fdr")] for run in HUBS}
    small, every = of["small hubs"], of["curve"]
    return (
        f"On {held['day']}, on the EU15 panel, a planted fifth of a direct leg of the class is found through small "
        f"hubs in {small[0]} of the cases ({small[1]} to {small[2]}; within reach are {small[3]}), through any place "
        f"in {every[0]} ({every[1]} to {every[2]}; {every[3]}). Of the signals {small[4]} and {every[4]} are false. "
        "The goal was 90 % at no more than 10 % false.\n\n"
    )


def _section(name: str, figures: dict[str, Any], rows: Curve) -> str:
    mine = sorted(
        (r for r in rows if r["panel"] == name and r["legs"] in LEGS), key=lambda r: (r["run"], r["legs"], r["size"])
    )
    inside = figures["class"]
    head = (
        f"### {figures['name']}\n\n{_percent(inside['legs'])} of the direct legs are in the class. They carry "
        f"{_percent(inside['trade'])} of the trade; of the legs above 1 % they are "
        f"{_percent(inside['of legs over 1 %'])}.\n\n"
        f"![Share found by planted share](img/planted-{name}.svg)\n\n"
        "| hubs | direct legs | planted share | planted | found | 95 % interval | within reach | found of those "
        "| false among signals |\n|---|---|---|---|---|---|---|---|---|\n"
    )
    body = "".join(
        f"| {HUBS[r['run']]} | {r['legs']} | {_percent(r['size'])} | {r['of'] or 0:.0f} | {_percent(r['power'])} "
        f"| {_percent(r['low'])} to {_percent(r['high'])} | {_percent(r['within_reach'])} "
        f"| {_percent(r['power_within'])} | {_percent(r['fdr'])} |\n"
        for r in mine
    )
    return head + body + "\n" + _nothing(figures["nothing planted"]) + _intervals(figures["intervals"])


def _nothing(of: dict[str, dict[str, int]]) -> str:
    placebo, cut = of["placebo"], of["cut only"]
    return (
        f"Of {placebo['of']} placebo measures {placebo['hit']} gave a signal; of {cut['of']} measures that cut trade "
        f"and divert none, {cut['hit']}. At the rate of 10 % that a scan states, 95 of 100 such trials give at most "
        f"{placebo['limit']}.\n\n"
    )


def _intervals(held: dict[str, Curve]) -> str:
    if not held:
        return ""
    head = (
        "| declared | planted share | true value inside, with sampling error | declared value inside "
        "| true value above | true value inside the bare interval "
        "| median width of the bare interval over [0, min(A, B)] | of hubs whose output is known | with its error |\n"
        "|---|---|---|---|---|---|---|---|---|\n"
    )
    names = ("with_error", "declared", "above", "alone", "width", "width_known", "width_95")
    return head + "".join(
        f"| {'a quarter wrongly' if word == 'all' else 'truly'} | {_percent(r['size'])} | "
        + " | ".join(_percent(r[n]) for n in names)
        + " |\n"
        for word, rows in held.items()
        for r in rows
    )


def picture(name: str, held: dict[str, Any], rows: Curve) -> str:
    """Power with its interval, and the false discovery rate, by planted share; a column a kind of hub."""
    from entrepot.brief.charts.colors import ACCENT, MUTED, SECOND
    from vega import svg

    figures, held_to = held["panels"][name], held["level"]
    mine = [
        r | {"hubs": HUBS[str(r["run"])], "percent": 100 * r["size"]}
        for r in rows
        if r["panel"] == name and r["legs"] in LEGS and r["of"]
    ]
    across = {"field": "percent", "type": "quantitative", "title": "planted, % of the direct leg"}
    x = across | {"axis": {"values": [5, 10, 20, 40]}}
    share = {"type": "quantitative", "scale": {"domain": [0, 1]}, "axis": {"format": "%"}}
    scale = {"domain": list(LEGS), "range": [ACCENT, SECOND]}
    colour = {"field": "legs", "type": "nominal", "title": "direct legs", "scale": scale}
    colour |= {"legend": {"symbolOpacity": 1}}

    def layer(mark: dict[str, Any], field: str, **more: Any) -> dict[str, Any]:
        y = share | {"field": field, "title": "found (line), false among signals (dashed)"}
        return {"mark": mark, "encoding": {"x": x, "y": y, "color": colour, **more}}

    layers = [
        layer({"type": "area", "opacity": 0.15}, "low", y2={"field": "high"}),
        layer({"type": "line", "point": True}, "power"),
        layer({"type": "line", "strokeDash": [3, 3]}, "fdr"),
        {"mark": {"type": "rule", "color": MUTED, "strokeDash": [1, 3]}, "encoding": {"y": {"datum": held_to}}},
    ]
    spec = {
        "data": {"values": mine},
        "facet": {"column": {"field": "hubs", "type": "nominal", "title": None}},
        "spec": {"width": 260, "height": 220, "layer": layers},
    }
    label = (
        f"{figures['name']}: share of planted diversion that is found, with 95 % intervals, and share of signals that "
        "are none, by planted share."
    )
    return svg(spec, label)


def main() -> int:
    """Write what is stale, or with --check name it."""
    rows, held = read()
    wanted = {PAGE: filled(PAGE.read_text(encoding="utf-8"), page(rows, held), PAGE)}
    for name in held["panels"]:
        wanted[PICTURES / f"planted-{name}.svg"] = picture(name, held, rows) + "\n"
    return write_stale(wanted)


if __name__ == "__main__":
    sys.exit(main())
