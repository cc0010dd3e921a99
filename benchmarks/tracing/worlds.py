"""Invented worlds of supply links: tiers, in which goods mostly run one way, and links at random, full of loops."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from entrepot.core.contract import arrow_schema
from entrepot.tracing.contract import SUPPLY_LINKS

if TYPE_CHECKING:
    from pathlib import Path

_TIERS = 8
_BACK = 0.02  # of the links of tiers run back: scrap, repairs, returned lots
_UNKNOWN, _BAND = 0.2, 0.2  # of the parties say no share, and as many a band
_LISTED = 0.02
_DAYS = 300


def world(parties: int, links: int, kind: str, seed: int = 7) -> pa.Table:
    """Links under SUPPLY_LINKS, in the order of their buyers; shares of a buyer add up to the whole where it says them.

    Args:
        parties: how many.
        links: how many.
        kind: `tiers` or `random`.
        seed: of the draw.
    """
    rng = np.random.default_rng(seed)
    buyer, supplier = np.sort(rng.integers(0, parties, links)), rng.integers(0, parties, links)
    if kind == "tiers":
        tier = rng.integers(0, _TIERS, parties)
        swap = (tier[supplier] > tier[buyer]) & (rng.random(links) > _BACK)
        buyer, supplier = np.where(swap, supplier, buyer), np.where(swap, buyer, supplier)
        level = (tier[supplier] == tier[buyer]) & (supplier > buyer) & (rng.random(links) > _BACK)
        buyer, supplier = np.where(level, supplier, buyer), np.where(level, buyer, supplier)
    keep = buyer != supplier
    order = np.argsort(buyer[keep], kind="stable")
    buyer, supplier = buyer[keep][order], supplier[keep][order]
    weight = rng.exponential(1.0, len(buyer))
    share = weight / np.bincount(buyer, weight, parties)[buyer] * 100
    draw = rng.random(parties)[buyer]
    is_band = (draw >= _UNKNOWN) & (draw < _UNKNOWN + _BAND)
    low = np.where(is_band, share / 2, share)
    high = np.where(is_band, np.minimum(100, share * 1.5), share)
    unknown = draw < _UNKNOWN
    days = np.array([f"2024-{1 + d // 28:02}-{1 + d % 28:02}" for d in range(_DAYS)])
    names = np.array([f"Firm {i}" for i in range(parties)])
    ids = np.char.add("p:", np.arange(parties).astype(str))
    count = len(buyer)
    held = {
        "file_id": pa.array(["supply-000000000000"]).take(pa.array(np.zeros(count, dtype=np.int64))),
        "row": pa.array(np.arange(2, count + 2)),
        "supplier_id": pa.array(ids).take(pa.array(supplier)),
        "supplier": pa.array(names).take(pa.array(supplier)),
        "buyer_id": pa.array(ids).take(pa.array(buyer)),
        "buyer": pa.array(names).take(pa.array(buyer)),
        "low_percent": pa.array(low, mask=unknown),
        "high_percent": pa.array(high, mask=unknown),
        "date": pa.array(days).take(pa.array(rng.integers(0, _DAYS, count))),
        "document": pa.array(np.char.add("INV-", np.arange(count).astype(str))),
    }
    schema = arrow_schema(SUPPLY_LINKS)
    return pa.table([held.get(f.name, pa.nulls(count, f.type)) for f in schema], names=schema.names).cast(schema)


def listed(parties: int, seed: int = 7) -> list[str]:
    """Ids of the parties that are listed."""
    chosen = np.random.default_rng(seed + 1).choice(parties, max(1, int(parties * _LISTED)), replace=False)
    return [f"p:{i}" for i in sorted(chosen.tolist())]


def written(links: pa.Table, file: Path) -> None:
    """The links as a person's file has them."""
    from pyarrow import csv

    given = links.select(["supplier", "supplier_id", "buyer", "buyer_id", "date", "document"])
    low, high = (links.column(c).to_numpy() for c in ("low_percent", "high_percent"))
    said = ["" if np.isnan(lo) else f"{lo:.4f}" if lo == hi else f"{lo:.4f}-{hi:.4f}"
            for lo, hi in zip(low, high, strict=True)]  # fmt: skip
    csv.write_csv(given.append_column("share", pa.array(said)), file)
