"""Draw docs/img/growth-*.svg and put the measured figures into docs/scale.md; `--check` tells what is stale.

The figures are those that `make bench-growth` wrote; what machines with more cores would do is worked out from them.
"""

from __future__ import annotations

import json
import sys
from math import log
from typing import Any

from marked import ROOT, filled, write_stale

PAGE = ROOT / "docs" / "scale.md"
PICTURES = ROOT / "docs" / "img"
TITLES = {
    "names": "parties screened",
    "lists": "listed names, 10,000 parties",
    "flows": "rows of flows scanned",
    "links": "supply links, all products",
    "loads": "supply links read",
}
CORES = (2, 16, 64)
SHARE_CORES = 4  # of a machine that takes one share
MILLION, BILLION = 10**6, 10**9
CENTS = 5.0  # US cents a core hour: an assumption; what is rented costs between 1 and 6
MOST_TOUCHED = 2  # sizes from which an exponent, and the bytes of one more, are taken
BYTES_OF_MB = 10**6  # as the benchmark counts them
# Name of a picture, what of a row it shows, its title.
DRAWN = (("seconds", "cpu", "CPU seconds"), ("memory", "mb", "peak memory, MB"))
Row = dict[str, Any]


def read() -> Row:
    """What the benchmark wrote."""
    held: Row = json.loads((ROOT / "benchmarks" / "growth.json").read_text(encoding="utf-8"))
    return held


def costs(held: Row) -> dict[str, float]:
    """Seconds of one core: of a start, and of a party what one process spends, what is spread, and what is skipped.

    The start and what one process spends on the file are the line through the smallest and the largest screening, less
    the seconds in which parties are met; what a share spends on a party that it leaves to others is that of the share
    less the start.
    """
    rows = sorted((r for r in held["rows"] if r["what"] == "names"), key=lambda r: r["size"])
    small, large = rows[0], rows[-1]
    other = [r["cpu"] - r["met"] for r in (small, large)]
    file = max((other[1] - other[0]) / (large["size"] - small["size"]), 0.0)
    start = max(other[0] - file * small["size"], 0.0)
    met = large["met"] / large["size"]
    share = next(r for r in held["rows"] if r["what"] == "share")
    own = share["size"] / held["shares"]
    skipped = (share["cpu"] - share["met"] - start - file * own) / (share["size"] - own)
    return {"start": start, "file": file, "met": met, "skipped": max(skipped, 0.0)}


def one_run(cost: dict[str, float], parties: int, cores: int) -> float:
    """Seconds by the clock of one run: from some size on the process that reads is what the others wait for."""
    return cost["start"] + parties * max((cost["file"] + cost["met"]) / cores, cost["file"])


def in_shares(cost: dict[str, float], parties: int, cores: int) -> float:
    """Seconds by the clock of shares of four cores each, all at once: every share reads past what is not its own."""
    own = parties / max(cores // SHARE_CORES, 1)
    return (parties - own) * cost["skipped"] + one_run(cost, round(own), min(cores, SHARE_CORES))


def exponent(rows: list[Row]) -> str:
    """How seconds grow with size between the two largest: 1 is in proportion."""
    first, last = rows[-MOST_TOUCHED], rows[-1]
    return f"{log(last['cpu'] / first['cpu']) / log(last['size'] / first['size']):.2f}"


def further(rows: list[Row]) -> str:
    """Bytes that one more takes, between the two largest sizes: what is held of each."""
    first, last = rows[-MOST_TOUCHED], rows[-1]
    return f"{max(last['mb'] - first['mb'], 0) * BYTES_OF_MB / (last['size'] - first['size']):,.0f}"


def by_kind(held: Row) -> dict[str, list[Row]]:
    """The rows of each curve, by size."""
    return {k: sorted((r for r in held["rows"] if r["what"] == k), key=lambda r: r["size"]) for k in TITLES}


def page(held: Row) -> str:
    """The measured part of the page."""
    cost = costs(held)
    lines = [
        f"Measured {held['day']} on {held['machine']}, load {held['load'][0]} before and {held['load'][1]} after.",
        "",
        *(f"![{title} by size: {', '.join(TITLES.values())}](img/growth-{name}.svg)\n" for name, _, title in DRAWN),
        "| | size | CPU s | of each, µs | peak MB | one more, bytes | grows with size to the power of |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for kind, rows in by_kind(held).items():
        for at, row in enumerate(rows):
            last = at == len(rows) - 1 and len(rows) >= MOST_TOUCHED
            lines.append(
                f"| {TITLES[kind] if not at else ''} | {row['size']:,} | {row['cpu']:.1f} | "
                f"{1e6 * row['cpu'] / row['size']:,.0f} | {row['mb']:,.0f} | {further(rows) if last else ''} | "
                f"{exponent(rows) if last else ''} |"
            )
    most = 1 + cost["met"] / max(cost["file"], 1e-9)
    of_a_screening = (
        f"**Of a screening** one process spends {1e6 * cost['file']:,.0f} µs a party on reading, cutting and joining; "
        f"{1e6 * cost['met']:,.0f} µs, in which a party is met, are spread over cores or machines; a share spends "
        f"{1e6 * cost['skipped']:,.0f} µs on a party that it leaves to another. A start takes {cost['start']:.1f} s."
    )
    at_most = (
        f"One run gains nothing beyond some {most:.0f} cores: there the process that reads is what the others wait for."
    )
    computed = [f"| {c} | {one_run(cost, MILLION, c):,.0f} s | {in_shares(cost, MILLION, c):,.0f} s |" for c in CORES]
    lines += ["", of_a_screening, "", "**Computed from these, not measured**, for a million parties:", ""]
    lines += [f"| cores | one run | shares of {SHARE_CORES} cores each, at once |", "|---:|---:|---:|", *computed]
    lines += ["", at_most, "", _billion(cost)]
    return "\n".join(lines) + "\n"


def _billion(cost: dict[str, float]) -> str:
    hours = BILLION * (cost["file"] + cost["met"]) / 3600
    return (
        "**A billion names**, in files of some millions each so that no share reads past the rows of others: "
        f"{hours:,.0f} core hours, computed. At {CENTS:g} US cents a core hour, which is assumed and stands in "
        f"`scripts/growth_page.py`, {hours * CENTS:,.0f} cents."
    )


def pictures(held: Row) -> dict[str, str]:
    """Two pictures: seconds and memory by size."""
    from entrepot.brief.charts.colors import ACCENT
    from vega import svg

    drawn = {}
    for name, field, title in DRAWN:
        points = [
            {"what": TITLES[k], "size": r["size"], "value": r[field]} for k, rows in by_kind(held).items() for r in rows
        ]
        axis = {"type": "quantitative", "scale": {"type": "log"}}
        spec = {
            "data": {"values": points},
            "facet": {"field": "what", "type": "nominal", "title": None, "sort": list(TITLES.values())},
            "columns": 3,
            "resolve": {"scale": {"x": "independent"}},
            "spec": {
                "width": 170,
                "height": 130,
                "mark": {"type": "line", "point": True, "color": ACCENT},
                "encoding": {
                    "x": {**axis, "field": "size", "title": None, "axis": {"format": "~s", "tickCount": 3}},
                    "y": {**axis, "field": "value", "title": title, "axis": {"format": "~g", "tickCount": 4}},
                },
            },
        }
        label = f"{title} by size, both in steps of ten: " + "; ".join(
            f"{TITLES[k]}, {rows[-1]['size']:,}: {rows[-1][field]:,.0f}" for k, rows in by_kind(held).items() if rows
        )
        drawn[name] = svg(spec, label) + "\n"
    return drawn


def main() -> int:
    """Write what is stale, or with --check name it."""
    held = read()
    wanted = {PAGE: filled(PAGE.read_text(encoding="utf-8"), page(held), PAGE)}
    wanted |= {PICTURES / f"growth-{name}.svg": drawn for name, drawn in pictures(held).items()}
    return write_stale(wanted)


if __name__ == "__main__":
    sys.exit(main())
