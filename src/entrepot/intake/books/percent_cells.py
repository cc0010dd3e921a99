"""Numbers that a workbook shows as percentages: a cell that holds 0.51 and shows 51 % says 51 %.

A program that saves the sheet as CSV writes what is shown; the number alone is a hundredth of what its writer saw.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Any

_STYLES = re.compile(rb"<cellXfs.*?</cellXfs>", re.DOTALL)
_FORMAT_OF_CELL = re.compile(rb'<xf\b[^>]*?\bnumFmtId="(\d+)"')
_FORMAT = re.compile(rb'<numFmt\b[^>]*?\bnumFmtId="(\d+)"[^>]*?>')
_BUILT_IN = {b"9", b"10"}  # 0% and 0.00%, by ECMA-376 part 1, 18.8.30
_LITERAL = re.compile(
    r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.'
)  # what a format prints as it stands: a sign there scales nothing


def has_percents(styles: bytes) -> bool:
    """Whether a workbook has a cell format of percentages.

    Args:
        styles: its part `xl/styles.xml`; empty where it has none.
    """
    own = {m[1] for m in _FORMAT.finditer(styles) if b"%" in m[0]}
    cells = _STYLES.search(styles)
    return cells is not None and bool({m[1] for m in _FORMAT_OF_CELL.finditer(cells[0])} & (own | _BUILT_IN))


def as_shown(value: Any, number_format: str | None) -> Any:
    """A cell's value, as a text with its sign where the cell shows it as a percentage.

    >>> as_shown(0.51, "0%"), as_shown(0.125, "0.0%"), as_shown(0.51, '0.00" %"'), as_shown("60%", "0%")
    ('51%', '12.5%', 0.51, '60%')
    """
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if not is_number or not is_percentage(number_format or "") or value != value:  # noqa: PLR0124 - NaN is no number
        return value
    return f"{(Decimal(repr(value)) * 100).normalize():f}%"


@lru_cache(maxsize=256)
def is_percentage(number_format: str) -> bool:
    """Whether numbers under a format are shown times a hundred."""
    return "%" in _LITERAL.sub("", number_format)
