"""Invented worlds with a known answer: every place sells every product to every other, with noise that remembers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from entrepot.core.contract import check
from entrepot.trade.contract import TRADE_FLOWS

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyarrow as pa
    from numpy.typing import NDArray

    Values = NDArray[np.float64]
    Change = Callable[[str, str, int, Values], Values]

PLACES = (
    *("CHN", "USA", "DEU", "JPN", "FRA", "KAZ", "KGZ", "ITA", "TUR", "POL"),
    *("KOR", "MEX", "BRA", "CAN", "IND", "VNM", "THA", "MYS", "SWE", "ESP"),
)
_USUAL = {
    "flow": "export",
    "valuation": "FOB",
    "hs_vintage": "HS2017",
    "frequency": "year",
    "status": "reported",
    "source_id": "test",
}


def flows(rows: list[dict[str, Any]]) -> pa.Table:
    """Rows (exporter, importer, product, period, value_usd and what differs) as a table under `trade_flows`."""
    full = [_USUAL | {"reporter": r["exporter"]} | r for r in rows]
    types = {c.name: pl.Float64 if c.type == "number" else pl.String for c in TRADE_FLOWS.columns}
    return check(TRADE_FLOWS, pl.DataFrame(full, schema=types).select(TRADE_FLOWS.names).to_arrow())


def heavy(rng: np.random.Generator, periods: int, memory: float = 0.5, degrees: int = 4) -> Values:
    """An AR(1) with Student innovations, standard deviation about one."""
    e = rng.standard_t(degrees, periods) * np.sqrt((degrees - 2) / degrees)
    out = np.zeros(periods)
    for t in range(periods):
        out[t] = (memory * out[t - 1] if t else 0.0) + np.sqrt(1 - memory**2) * e[t]
    return out


@dataclass(frozen=True)
class Size:
    """How large a world is, and how noisy its logarithms are."""

    places: int = 12
    products: int = 4
    years: int = 10
    noise: float = 0.1


def world(seed: int, change: Change | None = None, size: Size = Size()) -> list[dict[str, Any]]:
    """Rows for `flows`, 2008 on; the first places of `PLACES`, products 10, 11 and so on.

    Args:
        seed: of all draws.
        change: called with exporter, importer, number of the product and the values of a series; returns values.
        size: of the world.
    """
    rng = np.random.default_rng(seed)
    names = PLACES[: size.places]
    price = np.exp(np.cumsum(rng.normal(0, 0.1, (size.products, size.years)), axis=1))
    rows = []
    for a, b, k in ((a, b, k) for a in names for b in names if a != b for k in range(size.products)):
        values = np.exp(rng.normal(15, 1)) * price[k] * np.exp(size.noise * heavy(rng, size.years))
        for t, v in enumerate(change(a, b, k, values) if change else values):
            legs = {"exporter": a, "importer": b, "product": f"{k + 10}"}
            rows.append(legs | {"period": str(2008 + t), "value_usd": float(v)})
    return rows
