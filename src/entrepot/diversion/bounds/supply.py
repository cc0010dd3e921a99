"""The extra supply that a hub had beside what it bought of the origin: its other imports and its own output."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from entrepot.core.errors import BadInputError, UnknownNameError, UnreadableFileError
from entrepot.diversion.bounds.hub_interval import Amount
from entrepot.diversion.expected.scan import learn, read_against, read_series
from entrepot.diversion.flows import calendar
from entrepot.diversion.flows.legs import rest_of_imports
from entrepot.intake.open_table import opened
from entrepot.intake.text_table import ReadingOptions

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pyarrow as pa

    from entrepot.diversion.expected.baseline import Window
    from entrepot.diversion.expected.scan import Learned
    from entrepot.diversion.flows.legs import Legs
    from entrepot.diversion.flows.panel import Floats, Panel
    from entrepot.diversion.question import Question

COLUMNS = ("product", "hub", "period", "value_usd")
_ABSENT = ("n/a", "na", "nan", "null", "#n/a")

REPORTED, PAST_EXPORTS = "reported", "past exports"


@dataclass(frozen=True, slots=True, eq=False)
class Output:
    """What hubs make themselves, read once for all products.

    Attributes:
        of: (product, hub) to the excess over all periods after and its error, USD.
        growth: most growth of output that is not known, as a share of past exports; None: nothing is assumed.
        imports: what the other imports of hubs are read against.
    """

    of: dict[tuple[str, str], tuple[float, float]]
    growth: float | None
    imports: Learned


@dataclass(frozen=True, slots=True, eq=False)
class Other:
    """Supply beside what came from the origin, one a leg.

    Attributes:
        amount: extra other imports and extra output, USD; NaN where output is not known.
        basis: what the output rests on; None where it is not known.
    """

    amount: Amount
    basis: tuple[str | None, ...]


def output_of(
    panel: Panel, window: Window, question: Question, output: pa.Table | None, products: Sequence[str]
) -> Output | None:
    """The output of hubs, and how their imports wander; None where nothing is known or assumed of it.

    Args:
        panel: of products to learn from.
        window: before and after.
        question: what is asked.
        output: product, hub, period, value_usd; None: not given.
        products: all products of the flows.

    Raises:
        BadInputError: no row is of a product and hub of the flows.
        UnknownNameError: a column is missing.
    """
    from entrepot.diversion.flows.legs import legs

    if output is None and question.output_growth is None:
        return None
    of: dict[tuple[str, str], tuple[float, float]] = {}
    if output is not None:
        made, keys = _output(replace(panel, products=tuple(products)), output)
        value, error = _excess(made, window, None) if keys else (np.empty(0), np.empty(0))
        known = zip(keys, value.tolist(), error.tolist(), strict=True)
        of = {key: (v, e) for key, v, e in known if np.isfinite(v)}
    rest, _ = rest_of_imports(panel, legs(panel, replace(question, hubs=None)), panel.place(question.origin))
    return Output(of, question.output_growth, learn(rest, window, np.ones(len(rest.value), dtype=bool)))


def other_supply(panel: Panel, window: Window, legs: Legs, origin: int, output: Output | None) -> Other:
    """Excess of a hub's other imports and of its output, one a leg.

    Args:
        panel: the flows.
        window: before and after.
        legs: products and hubs.
        origin: number of the place whose goods the measure touches.
        output: None: not known of any hub.
    """
    nothing = np.full(len(legs.hub), np.nan)
    if output is None or not len(legs.hub):
        return Other(Amount(nothing, nothing, nothing, nothing), (None,) * len(legs.hub))
    rest, row = rest_of_imports(panel, legs, origin)
    # Nobody else sells to the hub: no other imports. Output without rows stays unknown.
    bought, bought_error = np.zeros(len(row)), np.zeros(len(row))
    if len(rest.value):
        value, error = (np.nan_to_num(a) for a in _excess(rest, window, output.imports))
        bought, bought_error = (np.where(row >= 0, a[np.maximum(row, 0)], 0.0) for a in (value, error))
    names = zip(legs.product.tolist(), legs.hub.tolist(), strict=True)
    known = [output.of.get((panel.products[p], panel.places[h]), (np.nan, np.nan)) for p, h in names]
    made, made_error = (np.array(a) for a in zip(*known, strict=True))
    basis = np.where(np.isfinite(made), REPORTED, "" if output.growth is None else PAST_EXPORTS)
    if output.growth is not None:
        unknown = np.isnan(made)
        made = np.where(unknown, output.growth * _past_exports(panel, window, legs), made)
        made_error = np.where(unknown, 0.0, made_error)
    amount = Amount(np.maximum(bought, 0.0) + np.maximum(made, 0.0), np.hypot(bought_error, made_error), made, made)
    return Other(amount, tuple(str(b) or None for b in basis))


def _past_exports(panel: Panel, window: Window, legs: Legs) -> Floats:
    """What each hub sold of the product to all places before the day, over as long a time as after it, USD."""
    before = panel.value[:, : window.after]
    known = np.isfinite(before)
    mean = np.where(known, before, 0.0).sum(1) / np.maximum(known.sum(1), 1)
    base = len(panel.places)
    total = np.bincount(panel.product * base + panel.exporter, mean, minlength=base * len(panel.products))
    sold: Floats = total[legs.product * base + legs.hub] * (window.end - window.after)
    return sold


def _excess(panel: Panel, window: Window, learned: Learned | None) -> tuple[Floats, Floats]:
    """Excess and its error of each series; NaN where it cannot be judged."""
    everyone = np.ones(len(panel.value), dtype=bool)
    found = (read_against(panel, window, learned) if learned else read_series(panel, window, everyone)).full
    usable = found.judged | (np.nan_to_num(panel.value).sum(1) == 0)
    return np.where(usable, found.value, np.nan), np.where(usable, found.error, np.nan)


def _output(panel: Panel, output: pa.Table) -> tuple[Panel, list[tuple[str, str]]]:
    """The output as a panel of series hub to nobody, and the product and hub of each."""
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
    return made, keys


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


def read_supply(path: Path, options: ReadingOptions | None = None) -> pa.Table:
    """The output of hubs from a table: product, hub, period, value_usd.

    Args:
        path: CSV and its kin, a workbook, JSON or Parquet, packed or not.
        options: what the user says of it: encoding, sheet.

    Raises:
        UnreadableFileError: the file cannot be read as such, or a value is no number.
        UnknownNameError: a column is missing.
    """
    import pyarrow as pa

    table = opened(path, replace(options or ReadingOptions(), headings=COLUMNS))
    headings = [h.strip() for h in table.headings]
    missing = [c for c in COLUMNS if c not in headings]
    if missing:
        raise UnknownNameError("column of the supply", missing[0], headings)
    at = [headings.index(c) for c in COLUMNS]
    rows = [(line, [row[i] for i in at]) for line, row in table.numbered() if any(row)]
    texts = [pa.array([cells[i] or "" for _, cells in rows], pa.string()) for i in range(3)]
    values = [_usd(path, line, cells[3], at[3] + 1) for line, cells in rows]
    return pa.table([*texts, pa.array(values, pa.float64())], list(COLUMNS))


def _usd(path: Path, line: int, cell: str | None, column: int) -> float | None:
    if cell is None or cell.casefold() in _ABSENT:
        return None
    try:
        value = float(cell)
    except ValueError:
        value = np.nan
    if not np.isfinite(value):
        problem, allowed = f"value_usd is {cell[:40]!r}", "a number such as 1234567.5, or nothing where it is not known"
        raise UnreadableFileError(path, problem, line=line, column=column, allowed=allowed)
    return value
