"""Rows of a sheet as the files that a person has of it."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from openpyxl import Workbook

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path


def as_csv(rows: Sequence[Sequence[str]], folder: Path) -> Path:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    (folder / "table.csv").write_text(text.getvalue(), "utf-8-sig")
    return folder / "table.csv"


def as_workbook(rows: Sequence[Sequence[str]], folder: Path, merged: Iterable[str] = ()) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append([cell or None for cell in row])
    for cells in merged:
        book.active.merge_cells(cells)
    book.save(folder / "table.xlsx")
    return folder / "table.xlsx"
