"""Small panels with a known answer, drawn from what trade looks like: levels, noise that remembers, heavy tails."""

import numpy as np
import polars as pl

from entrepot.core.contract import check
from entrepot.trade.contract import TRADE_FLOWS

ORDER = TRADE_FLOWS.names


def flows(rows):
    """Rows (dicts with exporter, importer, product, period, value_usd and what differs) as a table under the contract."""
    usual = {
        "flow": "export",
        "valuation": "FOB",
        "hs_vintage": "HS2017",
        "frequency": "year",
        "quantity": None,
        "quantity_unit": None,
        "net_kg": None,
        "estimated_quantity": None,
        "estimated_unit": None,
        "status": "reported",
        "source_id": "test",
    }
    full = [usual | {"reporter": r["exporter"]} | r for r in rows]
    types = {c.name: pl.Float64 if c.type == "number" else pl.String for c in TRADE_FLOWS.columns}
    return check(TRADE_FLOWS, pl.DataFrame(full, schema=types).select(ORDER).to_arrow())


def heavy(rng, periods, memory=0.5, degrees=4):
    """An AR(1) with Student innovations, standard deviation about one."""
    e = rng.standard_t(degrees, periods) * np.sqrt((degrees - 2) / degrees)
    out = np.zeros(periods)
    for t in range(periods):
        out[t] = (memory * out[t - 1] if t else 0.0) + np.sqrt(1 - memory**2) * e[t]
    return out


def world(seed, places=12, products=4, years=10, noise=0.1, change=None):
    """Every place sells every product to every other; `change(row index, values)` may alter a series.

    Args:
        change: called with exporter, importer, product and the values; returns values.
    """
    rng = np.random.default_rng(seed)
    names = [f"A{chr(65 + i)}{chr(65 + i)}" for i in range(places)]
    rows = []
    price = np.exp(np.cumsum(rng.normal(0, 0.1, (products, years)), axis=1))
    for a in names:
        for b in names:
            for k in range(products):
                if a == b:
                    continue
                level = np.exp(rng.normal(15, 1))
                values = level * price[k] * np.exp(noise * heavy(rng, years))
                if change is not None:
                    values = change(a, b, k, values)
                rows += [
                    {
                        "exporter": a,
                        "importer": b,
                        "product": f"{k + 10}",
                        "period": str(2008 + t),
                        "value_usd": float(v),
                    }
                    for t, v in enumerate(values)
                ]
    return rows
