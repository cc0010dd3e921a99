"""A file of what hubs make themselves, read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from entrepot.core.errors import UnknownNameError, UnreadableFileError
from entrepot.core.words.translate import marked, tr
from entrepot.intake.open_table import opened
from entrepot.intake.reading_options import ReadingOptions
from entrepot.trade.contract import HUB_OUTPUT

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa

COLUMNS = HUB_OUTPUT.names
LINE = "line"  # of the file, beside the columns of a supply that was read from one
# In 0.1 a supply had dollars alone, in this column.
_OF_BEFORE = "value_usd"
_TOLD = marked(
    "The supply's column value_usd is read as amount, in USD. The next minor version no longer reads it: write the "
    "columns amount and unit."
)
_ABSENT = ("n/a", "na", "nan", "null", "#n/a")


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

    Returns:
        These columns, and the line of each row.

    Raises:
        UnreadableFileError: the file cannot be read as such, or an amount is no number or below 0.
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
    made = pa.table(columns | {LINE: pa.array([line for line, _ in rows], pa.int64())})
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
    if not (np.isfinite(value) and value >= 0):
        allowed = tr("a number of at least 0 such as 1234567.5, or nothing where it is not known")
        raise UnreadableFileError(
            path, tr("{column} is {cell!r}", column=column, cell=cell[:40]), line=line, allowed=allowed
        )
    return value
