"""How deep the rows of a sheet lie below others, as its outline says: systems that group a report write it so."""

from __future__ import annotations

import re

_ROW = re.compile(rb"<row\b([^>]*)>")
_NUMBER, _LEVEL = re.compile(rb'\br="(\d+)"'), re.compile(rb'\boutlineLevel="(\d)"')


def levels_in(text: bytes) -> dict[int, int]:
    """Number of a row -> its level, of those that lie below others; a sheet as its part of the workbook has it.

    >>> levels_in(b'<row r="1"><c/></row><row r="2" outlineLevel="1" spans="1:3">')
    {2: 1}
    """
    if b"outlineLevel" not in text:
        return {}
    found = {}
    for row in _ROW.finditer(text):
        number, level = _NUMBER.search(row[1]), _LEVEL.search(row[1])
        if number and level and int(level[1]):
            found[int(number[1])] = int(level[1])
    return found
