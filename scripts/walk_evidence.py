"""How well each series of the record fits each walk: writes src/entrepot/corridors/data/walk_evidence.csv.

    OPENBLAS_NUM_THREADS=1 python scripts/walk_evidence.py

Run it again when the observations or the walks of `corridors/series/walks.py` have changed: half a minute of one core.
"""

from __future__ import annotations

import csv
from pathlib import Path

from entrepot.corridors.series.contract import WALK_EVIDENCE
from entrepot.corridors.series.excluding import alternatives, without
from entrepot.corridors.series.level import Level, level, prior
from entrepot.corridors.series.linear_reports import Frame, placed, reached, reports_of
from entrepot.corridors.series.quantities import Quantity, quantities
from entrepot.corridors.series.walks import WALKS
from entrepot.record import embedded

_LEAST_PRINTS = 3  # figures from as many sources: two tell a growth and nothing of its steadiness
_FURTHEST = 6.0  # nats below the best walk: one in four hundred, which moves no weight
_FILE = Path(__file__).parents[1] / "src/entrepot/corridors/data" / WALK_EVIDENCE.file


def main() -> None:
    """Write the table."""
    held = quantities(embedded.load().tables["observations"].to_pylist())
    with _FILE.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow([c.name for c in WALK_EVIDENCE.contract.columns])
        for quantity in sorted(held, key=lambda q: (q.place_id, str(q.key), q.counter)):
            out.writerows(_rows(quantity))


def _rows(quantity: Quantity) -> list[tuple[object, ...]]:
    exact = [r for r in quantity.rows if r["bound"] not in {"at_least", "at_most"}]
    reports = reports_of(quantity)
    if len({r["source_id"] for r in exact}) < _LEAST_PRINTS:
        return []
    frame = Frame(quantity.place_id, reached(reports))
    here = placed(frame, without(reports, alternatives(reports)[0].out))
    if not any(r.sense == "exact" for r in here.reports):
        return []
    found: list[float] = []
    near: Level | None = None
    for walk in WALKS:
        near = level(here, prior(here, walk), walk, near)
        found.append(near.evidence)
    name = " ".join(str(k) for k in (*quantity.key, quantity.counter) if k)
    return [
        (
            quantity.place_id,
            name,
            w.drift,
            w.unrest,
            w.season,
            w.growth,
            w.lasts,
            round(e - max(found), 2),
            "scripts/walk_evidence.py",
        )
        for w, e in zip(WALKS, found, strict=True)
        if e > max(found) - _FURTHEST
    ]


if __name__ == "__main__":
    main()
