"""The extra supply that a hub had beside what it bought of the origin: its other imports and its own output."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from entrepot.core.errors import BadInputError, UnknownNameError, UnreadableFileError
from entrepot.core.words.translate import marked, tr
from entrepot.diversion.bounds.hub_interval import Amount
from entrepot.diversion.expected.scan import learn, read_against, read_series
from entrepot.diversion.flows import calendar
from entrepot.diversion.flows.legs import rest_of_imports
from entrepot.intake.open_table import opened
from entrepot.intake.reading_options import ReadingOptions
from entrepot.trade.contract import HUB_OUTPUT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pyarrow as pa

    from entrepot.diversion.expected.baseline import Window
    from entrepot.diversion.expected.scan import Learned
    from entrepot.diversion.flows.legs import Legs
    from entrepot.diversion.flows.panel import Floats, Panel
    from entrepot.diversion.question import Question

COLUMNS = HUB_OUTPUT.names
# In 0.1 a supply had dollars alone, in this column.
_OF_BEFORE = "value_usd"
_TOLD = marked(
    "The supply's column value_usd is read as amount, in USD. The next minor version no longer reads it: write the "
    "columns amount and unit."
)
_ABSENT = ("n/a", "na", "nan", "null", "#n/a")
REPORTED, PAST_EXPORTS = "reported", "past exports"


@dataclass(frozen=True, slots=True, eq=False)
class Output:
    """What hubs make themselves, read once for all products.

    Attributes:
        of: (product, hub) to the excess over all periods after and its error, in the unit of the flows.
        growth: most growth of output that is not known, as a share of past exports; None: nothing is assumed.
        imports: what the other imports of hubs are read against; None where those that are learned of buy of nobody
            but the origin.
    """

    of: dict[tuple[str, str], tuple[float, float]]
    growth: float | None
    imports: Learned | None


@dataclass(frozen=True, slots=True, eq=False)
class Other:
    """Supply beside what came from the origin, one a leg.

    Attributes:
        amount: extra other imports and extra output; NaN where output is not known.
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
        output: under `HUB_OUTPUT`; None: not given.
        products: all products of the flows.

    Raises:
        BadInputError: no row is of a product and hub of the flows, or one is counted in another unit than they are.
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
    every = np.ones(len(rest.amount), dtype=bool)
    return Output(of, question.output_growth, learn(rest, window, every) if len(every) else None)


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
    if len(rest.amount):
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
    """What each hub sold of the product to all places before the day, over as long a time as after it."""
    before = panel.amount[:, : window.after]
    known = np.isfinite(before)
    mean = np.where(known, before, 0.0).sum(1) / np.maximum(known.sum(1), 1)
    base = len(panel.places)
    total = np.bincount(panel.product * base + panel.exporter, mean, minlength=base * len(panel.products))
    sold: Floats = total[legs.product * base + legs.hub] * (window.end - window.after)
    return sold


def _excess(panel: Panel, window: Window, learned: Learned | None) -> tuple[Floats, Floats]:
    """Excess and its error of each series; NaN where it cannot be judged."""
    everyone = np.ones(len(panel.amount), dtype=bool)
    found = (read_against(panel, window, learned) if learned else read_series(panel, window, everyone)).full
    usable = found.judged | (np.nan_to_num(panel.amount).sum(1) == 0)
    return np.where(usable, found.value, np.nan), np.where(usable, found.error, np.nan)


def _output(panel: Panel, output: pa.Table) -> tuple[Panel, list[tuple[str, str]]]:
    """The output as a panel of series hub to nobody, and the product and hub of each."""
    rows = _checked(output, panel)
    keys = sorted({(r["product"], r["hub"]) for r in rows})
    where = {k: i for i, k in enumerate(keys)}
    amount = np.full((len(keys), len(panel.periods)), np.nan)
    periods = {p: i for i, p in enumerate(panel.periods)}
    for r in rows:
        if r["period"] in periods and r["amount"] is not None:
            amount[where[r["product"], r["hub"]], periods[r["period"]]] = r["amount"]
    hubs = np.array([panel.place(h) for _, h in keys], dtype=np.int64)
    made = replace(
        panel,
        places=(*panel.places, ""),
        exporter=np.full(len(keys), len(panel.places), dtype=np.int64),
        importer=hubs,
        product=np.array([panel.products.index(p) for p, _ in keys], dtype=np.int64),
        amount=amount,
        mirror=np.full_like(amount, np.nan),
        unit_value=np.full_like(amount, np.nan),
        by_exporter=np.ones(len(keys), dtype=bool),
    )
    return made, keys


def _checked(output: pa.Table, panel: Panel) -> list[dict[str, Any]]:
    missing = [c for c in COLUMNS if c not in output.column_names]
    if missing:
        raise UnknownNameError(
            tr("column of the supply"), missing[0], output.column_names, remedy=tr("Give {columns}.", columns=COLUMNS)
        )
    rows = output.select(list(COLUMNS)).to_pylist()
    kept = [r for r in rows if r["product"] in panel.products and r["hub"] in panel.places]
    if rows and not kept:
        raise BadInputError(
            tr("no row of the supply is of a product and a hub of the flows"),
            found=f"{rows[0]['product']}, {rows[0]['hub']}",
            allowed=tr("codes as in the flows, hubs as ISO alpha-3"),
        )
    for r in kept:
        if r["unit"] != panel.unit:
            raise BadInputError(
                tr("the supply is counted in another unit than the flows"), found=r["unit"], allowed=panel.unit
            )
        _refuse_other_length(str(r["period"]), panel)
    return kept


def _refuse_other_length(period: str, panel: Panel) -> None:
    """A year is not taken apart into months: how it lay in them is not known.

    Raises:
        BadInputError: the period is no one of those that the flows are counted by.
    """
    try:
        same = calendar.label(calendar.number(period, panel.frequency), panel.frequency) == period
    except (ValueError, IndexError):
        same = False
    if not same:
        raise BadInputError(
            tr("a period of the supply is none of those of the flows, which are counted by the {one}",
               one=panel.frequency),
            found=period,
            allowed=tr("such as {period}", period=panel.periods[0]),
            remedy=tr("Give the supply of each {one}, or flows of longer periods.", one=panel.frequency),
        )  # fmt: skip


def named(supply: pa.Table) -> tuple[pa.Table, tuple[str, ...]]:
    """The supply with the columns of `HUB_OUTPUT`, and a sentence where it has the one that they replace."""
    import pyarrow as pa

    if "amount" in supply.column_names or _OF_BEFORE not in supply.column_names:
        return supply, ()
    names = ["amount" if n == _OF_BEFORE else n for n in supply.column_names]
    dollars = pa.array(["USD"] * supply.num_rows, pa.string())
    return supply.rename_columns(names).append_column("unit", dollars), (_TOLD,)


def read_supply(path: Path, options: ReadingOptions | None = None) -> pa.Table:
    """The output of hubs from a table: product, hub, period, amount, unit.

    Args:
        path: CSV and its kin, a workbook, JSON or Parquet, packed or not.
        options: what the user says of it: encoding, sheet.

    Raises:
        UnreadableFileError: the file cannot be read as such, or an amount is no number.
        UnknownNameError: a column is missing.
    """
    import pyarrow as pa

    table = opened(path, replace(options or ReadingOptions(), headings=COLUMNS[:3]))
    headings = [h.strip() for h in table.headings]
    wanted = [c for c in (*COLUMNS, _OF_BEFORE) if c in headings]
    found = {c: headings.index(c) for c in wanted if c != _OF_BEFORE or "amount" not in headings}
    rows = [(line, row) for line, row in table.numbered() if any(row)]
    columns: dict[str, pa.Array] = {}
    for name, at in found.items():
        if name in {"amount", _OF_BEFORE}:
            columns[name] = pa.array([_number(path, line, row[at], name) for line, row in rows], pa.float64())
        else:
            columns[name] = pa.array([row[at] or "" for _, row in rows], pa.string())
    made = pa.table(columns)
    missing = [c for c in COLUMNS if c not in named(made)[0].column_names]
    if missing:
        raise UnknownNameError(tr("column of the supply"), missing[0], headings)
    return made


def _number(path: Path, line: int, cell: str | None, column: str) -> float | None:
    if cell is None or cell.casefold() in _ABSENT:
        return None
    try:
        value = float(cell)
    except ValueError:
        value = np.nan
    if not np.isfinite(value):
        allowed = "a number such as 1234567.5, or nothing where it is not known"
        raise UnreadableFileError(
            path, tr("{column} is {cell!r}", column=column, cell=cell[:40]), line=line, allowed=allowed
        )
    return value
