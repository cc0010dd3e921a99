"""Cells of a workbook that are merged over several rows: words stand in each of them, figures once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from entrepot.intake.text_table import Numbered

_MERGE = re.compile(rb'<mergeCell\s+ref="([A-Z]{1,3})(\d+):[A-Z]{1,3}(\d+)"')


class Merged(NamedTuple):
    """Cells of one column, merged over several rows; rows from 1, the column from 0."""

    top: int
    bottom: int
    column: int


def merged_in(text: bytes) -> list[Merged]:
    """Cells merged over several rows of a sheet, as its part of the workbook has them."""
    from openpyxl.utils import column_index_from_string

    found = (m.groups() for m in _MERGE.finditer(text))
    each = ((int(top), int(bottom), column_index_from_string(left.decode()) - 1) for left, top, bottom in found)
    return sorted(Merged(*one) for one in each if one[1] > one[0])


def with_merged(rows: Iterator[Numbered], merged: Sequence[Merged]) -> Iterator[Numbered]:
    """Rows in which words that are merged over several stand in each; a figure stands once, or it would count twice."""
    if not merged:
        yield from rows  # a sheet of a million rows has none nearly always
        return
    held: dict[int, tuple[int, str]] = {}  # column -> its last row, and what stands there
    starts: dict[int, list[Merged]] = {}
    for one in merged:
        starts.setdefault(one.top, []).append(one)
    for number, cells in rows:
        for one in starts.get(number, ()):
            text = cells[one.column] if one.column < len(cells) else None
            if text and any(c.isalpha() for c in text):
                held[one.column] = one.bottom, text
        filled = list(cells)
        for column, (bottom, text) in list(held.items()):
            if number > bottom:
                del held[column]
            elif column < len(filled) and not filled[column]:
                filled[column] = text
        yield number, filled
