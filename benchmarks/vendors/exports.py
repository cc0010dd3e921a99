"""A vendor file with what is planted in it, by seed; the truth lies beside the file and not in it."""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from screening.data import same_text
from vendors.innocents import innocent, near_miss
from vendors.layouts import key_of, write
from vendors.listed_names import names_held, planted

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from vendors.layouts import Layout
    from vendors.vendor import Vendor

VENDORS, PLANTED, NEAR = 4_000, 250, 250  # of one file: over five seeds 1,250 planted parties a layout


@dataclass(frozen=True, slots=True)
class Export:
    """A file with its truth, vendor by vendor in the order of its rows."""

    path: Path
    layout: Layout
    vendors: tuple[Vendor, ...]


def export(layout: Layout, seed: int, store: Path, folder: Path) -> Export:
    """Write one export and its sidecar.

    Args:
        layout: how.
        seed: the same seed gives the same bytes, where the store holds the same lists.
        store: whose lists are planted from.
        folder: takes NAME-SEED.csv and NAME-SEED.truth.csv.
    """
    rng = random.Random(f"{layout.name} {seed}")
    vendors = list(planted(store, PLANTED, rng, han=layout.han))
    vendors += [_unlisted(store, lambda: near_miss(store, rng, han=layout.han)) for _ in range(NEAR)]
    rest = VENDORS - len(vendors)
    vendors += [_unlisted(store, lambda: innocent(rng, han=layout.han)) for _ in range(rest)]
    rng.shuffle(vendors)
    path = folder / f"{layout.name}-{seed}.csv"
    write(layout, vendors, path)
    _sidecar(vendors, path.with_suffix(".truth.csv"))
    return Export(path, layout, tuple(vendors))


def _unlisted(store: Path, make: Callable[[], Vendor]) -> Vendor:
    """A vendor that bears no listed name, in whatever order and case."""
    while same_text((vendor := make()).name) in names_held(store):
        continue
    return vendor


def _sidecar(vendors: list[Vendor], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow(("key", "side", "kind", "name", "entities"))
        for at, v in enumerate(vendors):
            table.writerow((key_of(at), v.side, v.kind, v.name, ";".join(sorted(v.entities))))
