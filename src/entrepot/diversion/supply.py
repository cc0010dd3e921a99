"""The extra supply that a hub had beside what it bought of the origin: its other imports and its own output."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from entrepot.core.errors import BadInputError, UnknownNameError, UnreadableFileError
from entrepot.diversion import calendar
from entrepot.diversion.attribute import Amount
from entrepot.diversion.legs import rest_of_imports
from entrepot.diversion.scan import read

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa

    from entrepot.diversion.baseline import Window
    from entrepot.diversion.legs import Legs
    from entrepot.diversion.panel import Floats, Ints, Panel

COLUMNS = ("product", "hub", "period", "value_usd")


def other_supply(panel: Panel, window: Window, legs: Legs, origin: int, output: pa.Table | None) -> Amount:
    """Excess of a hub's other imports and of its output, one a leg; NaN where the output is not known.

    Args:
        panel: the flows.
        window: before and after.
        legs: products and hubs.
        origin: number of the place whose goods the measure touches.
        output: product, hub, period, value_usd; None: not known of any hub.

    Raises:
        BadInputError: the table lacks a column, or has no row of a product and hub of the flows.
    """
    if output is None or not len(legs.hub):
        nothing = np.full(len(legs.hub), np.nan)
        return Amount(nothing, nothing, nothing, nothing)
    imports = _excess(*rest_of_imports(panel, legs, origin), window)
    made = _excess(*_output(panel, legs, output), window)
    # Nobody else sells to the hub: no other imports. Output without rows stays unknown.
    bought = [np.nan_to_num(a) for a in imports]
    return Amount(np.maximum(bought[0], 0.0) + np.maximum(made[0], 0.0), np.hypot(bought[1], made[1]), made[0], made[0])


def _excess(panel: Panel, row: Ints, window: Window) -> tuple[Floats, Floats]:
    """Excess and its error of each leg's row; NaN without one, or where it cannot be judged."""
    missing = np.full(len(row), np.nan)
    if not len(panel.value):
        return missing, missing
    found = read(panel, window, np.ones(len(panel.value), dtype=bool)).full
    usable = (row >= 0) & (found.judged | (np.nan_to_num(panel.value).sum(1) == 0))[np.maximum(row, 0)]
    at = np.maximum(row, 0)
    return np.where(usable, found.value[at], np.nan), np.where(usable, found.error[at], np.nan)


def _output(panel: Panel, legs: Legs, output: pa.Table) -> tuple[Panel, Ints]:
    """The output as a panel of series hub to nobody, and the row of each leg."""
    rows = _checked(output, panel)
    keys = sorted({(r["product"], r["hub"]) for r in rows})
    where = {k: i for i, k in enumerate(keys)}
    value = np.full((len(keys), len(panel.periods)), np.nan)
    periods = {p: i for i, p in enumerate(panel.periods)}
    for r in rows:
        if r["period"] in periods and r["value_usd"] is not None:
            value[where[r["product"], r["hub"]], periods[r["period"]]] = r["value_usd"]
    hubs = np.array([panel.place(h) for _, h in keys], dtype=np.int64)
    made = replace(
        panel,
        places=(*panel.places, ""),
        exporter=np.full(len(keys), len(panel.places), dtype=np.int64),
        importer=hubs,
        product=np.array([panel.products.index(p) for p, _ in keys], dtype=np.int64),
        value=value,
        mirror=np.full_like(value, np.nan),
        unit_value=np.full_like(value, np.nan),
        by_exporter=np.ones(len(keys), dtype=bool),
    )
    names = zip(legs.product, legs.hub, strict=True)
    row = [where.get((panel.products[p], panel.places[h]), -1) for p, h in names]
    return made, np.array(row, dtype=np.int64)


def _checked(output: pa.Table, panel: Panel) -> list[dict[str, Any]]:
    missing = [c for c in COLUMNS if c not in output.column_names]
    if missing:
        raise UnknownNameError("column of the supply", missing[0], output.column_names, remedy=f"Give {COLUMNS}.")
    rows = output.select(list(COLUMNS)).to_pylist()
    kept = [r for r in rows if r["product"] in panel.products and r["hub"] in panel.places]
    if rows and not kept:
        raise BadInputError(
            "no row of the supply is of a product and a hub of the flows",
            found=f"{rows[0]['product']}, {rows[0]['hub']}",
            allowed="codes as in the flows, hubs as ISO alpha-3",
        )
    for r in kept:
        calendar.number(str(r["period"]), panel.frequency)
    return kept


def read_supply(path: Path) -> pa.Table:
    """The output of hubs from a CSV or Parquet file: product, hub, period, value_usd.

    Raises:
        UnreadableFileError: the file cannot be read as such.
        UnknownNameError: a column is missing.
    """
    import pyarrow as pa
    from pyarrow import csv, parquet

    types = {"product": pa.string(), "hub": pa.string(), "period": pa.string(), "value_usd": pa.float64()}
    try:
        if path.suffix.casefold() == ".parquet":
            found = parquet.read_table(path)
        else:
            found = csv.read_csv(path, convert_options=csv.ConvertOptions(column_types=types))
    except (OSError, pa.ArrowInvalid) as exc:
        problem = str(exc).partition("\n")[0]
        raise UnreadableFileError(path, problem, allowed=f"columns {', '.join(COLUMNS)}") from exc
    missing = [c for c in COLUMNS if c not in found.column_names]
    if missing:
        raise UnknownNameError("column of the supply", missing[0], found.column_names)
    return found
