"""The first rows of a file as they stand, before it is known which of them are headings."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

from entrepot.intake.decode import examine
from entrepot.intake.signs.separators import separator_of

if TYPE_CHECKING:
    from entrepot.intake.unpack import Content

_HEAD = 1 << 18  # characters: the first rows stand in fewer
_LINE_END = re.compile(r"\r\n|\r|\n")
_MARKS = re.compile(r"[\t;|,]")


def first_lines(content: Content, encoding: str, count: int) -> list[list[str]]:
    """The first lines of a text, each cut by its own separator, for a title has none.

    Args:
        content: the file.
        encoding: as the user says; empty to find it.
        count: how many lines.

    Returns:
        Cells without spaces around them; a cell that runs over lines holds them, and what follows is counted as rows.
        None where quotes are not as CSV has them.

    Raises:
        UnreadableFileError: the text is mis-encoded or empty.
        BadInputError: no such encoding.
    """
    with examine(content, encoding).open() as text:
        lines = _LINE_END.split(text.read(_HEAD), maxsplit=count)[:count]
    usual = separator_of("\n".join(line for line in lines if _MARKS.search(line)))
    lines = _whole(lines)
    cut = [separator_of(line) if _MARKS.search(line) and usual not in line else usual for line in lines]
    try:
        rows = [
            next(csv.reader(x.splitlines(keepends=True), delimiter=mark, strict=True), [])
            for x, mark in zip(lines, cut, strict=True)
        ]
    except csv.Error:
        return []
    return [[cell.strip() for cell in row] for row in rows]


def _whole(lines: list[str]) -> list[str]:
    """Lines, those put together over which a quoted cell runs: "Country of origin<line>(region)"."""
    found: list[str] = []
    for line in lines:
        if found and found[-1].count('"') % 2:
            found[-1] += f"\n{line}"
        else:
            found.append(line)
    return found
