"""The cells of a form that a spreadsheet saved as text."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from entrepot.intake.signs.separators import SEPARATORS

if TYPE_CHECKING:
    from collections.abc import Sequence

_FEWEST = 2  # labels with their colon that make a form
_COLONS = (":", "：")


def grid_of(written: Sequence[str]) -> list[list[str]] | None:
    """The cells of a text that a spreadsheet saved: every line has as many, and labels end with a colon; else None.

    Args:
        written: its lines.

    >>> grid_of(['Seller:,"Foo Co., Ltd.",', "Buyer:,Bar LLC,"])
    [['Seller:', 'Foo Co., Ltd.', ''], ['Buyer:', 'Bar LLC', '']]
    """
    for mark in SEPARATORS:
        try:
            rows = [row for row in csv.reader(written, delimiter=mark, strict=True) if row]
        except csv.Error:
            continue
        labels = sum(cell.rstrip().endswith(_COLONS) for row in rows for cell in row)
        if labels >= _FEWEST and len(rows[0]) > 1 and len({*map(len, rows)}) == 1:
            return [[cell.strip() for cell in row] for row in rows]
    return None
