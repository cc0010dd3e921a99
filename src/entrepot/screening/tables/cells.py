"""Cells of any kind as text."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Row = list[str | None]


def as_text(cell: Any) -> str | None:
    """A cell as text: whole floats without their point, dates as ISO, nested values as JSON."""
    if isinstance(cell, str):
        return cell.strip() or None
    if cell is None or cell != cell:  # noqa: PLR0124 - NaN is the absence of a number
        return None
    if isinstance(cell, bytes):
        cell = cell.decode("utf-8", "replace")
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, (date, datetime)):
        cell = cell.isoformat()
    if isinstance(cell, (dict, list)):
        cell = json.dumps(cell, ensure_ascii=False, default=str)
    try:
        text = str(cell).strip()
    except ValueError:  # an integer of thousands of digits
        return None
    return text or None


def without_last_blanks(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows up to the last that holds anything; blank ones between stay, for they count."""
    blank: list[Row] = []
    for row in rows:
        if not any(row):
            blank.append(row)
            continue
        yield from blank
        blank.clear()
        yield row
