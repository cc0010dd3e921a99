"""CSV and TSV read strictly: a quote that does not close or a row too long is refused with its line and column."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from entrepot.core.errors import UnreadableFileError

if TYPE_CHECKING:
    from collections.abc import Iterator

_SEPARATORS = {",": "a comma", ";": "a semicolon", "\t": "a tab", "|": "a bar"}
_SHORT_NAMED = 5  # short rows named one by one before the rest is counted

Cells = list[str]


def read_delimited(text: str, origin: str, *, separator: str = "") -> tuple[Cells, list[Cells], list[str]]:
    """Heading, rows and notes of a delimited text.

    Args:
        text: the whole file.
        origin: its name, for errors.
        separator: what stands between cells; empty to read it from the heading.

    Raises:
        UnreadableFileError: no heading, a quote left open or followed by text, a row with more cells than the
        heading.
    """
    separator = separator or _separator(text)
    rows = _rows(text, separator, origin)
    heading = next(rows, None)
    if heading is None:
        raise UnreadableFileError(origin, "the file is empty", allowed="a heading row and at least one row under it")
    notes = [] if separator in ",\t" else [f"Cells are separated by {_SEPARATORS[separator]}."]
    width = len(heading[1])
    body: list[Cells] = []
    short: list[str] = []
    for line, cells in rows:
        if len(cells) > width and any(c.strip() for c in cells[width:]):
            raise _too_long(origin, line, cells, width)
        if len(cells) < width:
            short.append(f"line {line} has {len(cells)} cells where the heading has {width}; the others count as empty")
        body.append([*cells[:width], *[""] * (width - len(cells))])
    notes += [f"{s[0].upper()}{s[1:]}." for s in short[:_SHORT_NAMED]]
    if len(short) > _SHORT_NAMED:
        notes.append(f"{len(short) - _SHORT_NAMED} more rows are shorter than the heading.")
    return heading[1], body, notes


def _rows(text: str, separator: str, origin: str) -> Iterator[tuple[int, Cells]]:
    """Rows with the line on which each begins, blank lines passed over."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as exc:
            raise _misquoted(text, separator, origin, line, exc) from exc
        if any(c.strip() for c in cells):
            yield line, cells
        line = reader.line_num + 1


def _too_long(origin: str, line: int, cells: Cells, width: int) -> UnreadableFileError:
    return UnreadableFileError(
        origin,
        f"{len(cells)} cells where the heading has {width}; the first too many is {cells[width][:40]!r}",
        line=line,
        column=width + 1,
        allowed=f"{width} cells",
        remedy='Put cells that hold the separator into quotes: "Foo Co., Ltd."',
    )


def _misquoted(text: str, separator: str, origin: str, line: int, exc: csv.Error) -> UnreadableFileError:
    """The place of a wrong quote, found by reading the record letter by letter."""
    if "limit" in str(exc):
        return UnreadableFileError(
            origin,
            "a cell is longer than 131,072 characters, or a quote is left open",
            line=line,
            allowed="shorter cells",
        )
    where, column, problem = _first_fault(text, separator, line)
    return UnreadableFileError(
        origin,
        problem,
        line=where,
        column=column,
        allowed="a quoted cell that ends with a quote before the separator or the end of the line",
        remedy='Write a quote inside a quoted cell twice: "".',
    )


def _first_fault(text: str, separator: str, begin: int) -> tuple[int, int, str]:
    """Line and column of a quote that is followed by text, else of the one that is left open."""
    line, column, quoted, opened = 1, 0, False, (begin, 1)
    closed = fresh = False
    fresh = True
    for char in text:
        column += 1
        if quoted:
            if char == '"':
                quoted, closed = False, True
        elif closed and char == '"':
            quoted, closed = True, False
        elif closed and char not in (separator, "\n", "\r") and line >= begin:
            return line, column, f"text after a closing quote: {char!r}"
        elif fresh and char == '"':
            quoted, opened = True, (line, column)
        else:
            closed = False
        fresh = not quoted and char in (separator, "\n", "\r")
        if char == "\n":
            line, column = line + 1, 0
    return *opened, "a quote is opened and never closed"


def _separator(text: str) -> str:
    """The separator that stands most often in the heading outside quotes; a comma when none does."""
    heading = text.lstrip("\r\n").split("\n", 1)[0]
    outside = "".join(heading.split('"')[::2])
    best = max(_SEPARATORS, key=outside.count)
    return best if outside.count(best) else ","
