"""What a screening of an export found, beside the truth."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from vendors.exports import Export
    from vendors.vendor import Vendor

FIRST_ROW = 1  # of a file under one row of headings
_EXAMPLES = 400  # kept of each sort


@dataclass(slots=True)
class Tally:
    """Counts over exports of one layout.

    Attributes:
        all: vendors by side and kind.
        found: planted ones of which the right entity was met.
        listing, region: vendors stopped for a listing, and for the region, by side and kind.
        missed, wrong: examples: what was missed, and what was stopped wrongly with what stopped it.
        seconds: of each screening, wall time.
    """

    all: Counter[tuple[str, str]] = field(default_factory=Counter)
    found: Counter[tuple[str, str]] = field(default_factory=Counter)
    listing: Counter[tuple[str, str]] = field(default_factory=Counter)
    region: Counter[tuple[str, str]] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def share(self, counted: Counter[tuple[str, str]], side: str, *, most: str = "") -> tuple[int, int]:
        """Counted and all vendors of a side; `most` passes over a kind that ends so."""
        kinds = [k for k in self.all if k[0] == side and not (most and k[1].endswith(most))]
        return sum(counted[k] for k in kinds), sum(self.all[k] for k in kinds)


def judge(export: Export, results: Path, tally: Tally) -> None:
    """Count what was found and what was stopped.

    Args:
        export: the file and its truth.
        results: what `entrepot screen --out FILE.json` wrote.
        tally: takes the counts.
    """
    by_row: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in json.loads(results.read_text(encoding="utf-8")):
        by_row[row["row"] - FIRST_ROW].append(row)
    for at, vendor in enumerate(export.vendors):
        _count(vendor, by_row.get(at, []), export.path.stem, tally)


def _count(vendor: Vendor, met: list[dict[str, Any]], origin: str, tally: Tally) -> None:
    kind = (vendor.side, vendor.kind)
    tally.all[kind] += 1
    listings = [m for m in met if m["kind"] == "listing"]
    tally.listing[kind] += bool(listings)
    tally.region[kind] += len(listings) < len(met)
    if vendor.side == "planted":
        if any(m["entity_id"] in vendor.entities for m in listings):
            tally.found[kind] += 1
        elif len(tally.missed) < _EXAMPLES:
            tally.missed.append(f"{origin} · {vendor.kind} · {vendor.name} [{vendor.country}]")
    elif met and len(tally.wrong) < _EXAMPLES:
        tally.wrong.append(f"{origin} · {vendor.side}, {vendor.kind} · {vendor.name} · {_why(met[0])}")


def _why(match: dict[str, Any]) -> str:
    if match["kind"] == "region":
        return f"region: {match['place']} by {match['basis']}, {match['strength']}"
    return f"{match['score']:.2f} {match['list_id']} {match['met_name']}"
