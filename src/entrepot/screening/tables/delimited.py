"""CSV and TSV read strictly: a quote that does not close or a row too long is refused with its line and column."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from entrepot.core.errors import UnreadableFileError
from entrepot.screening.tables.heading_row import LOOKED_AT, heading_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from entrepot.screening.tables.cells import Row
    from entrepot.screening.tables.decode import TextFile

_SEPARATORS = {",": "a comma", ";": "a semicolon", "\t": "a tab", "|": "a bar"}
_DECLARED = re.compile('\ufeff?"?sep=(.)"?[ ;,\\t]*\\r?\\n', re.IGNORECASE)
_HEAD = 1 << 20  # characters of which the first line is read for its separator
_SHORT_NAMED = 5  # short rows named one by one before the rest is counted

Cells = list[str]


@dataclass(slots=True)
class Short:
    """Rows that are shorter than the heading: the first ones by line, the rest counted."""

    named: list[str] = field(default_factory=list)
    more: int = 0

    def take(self, line: int, cells: int, width: int) -> None:
        """One more such row."""
        if len(self.named) < _SHORT_NAMED:
            has = f"Line {line} has {cells} cells where the heading has {width}"
            self.named.append(f"{has}; the others count as empty.")
        else:
            self.more += 1

    def notes(self) -> list[str]:
        """What a reader must know of them."""
        return [*self.named, *([f"{self.more} more rows are shorter than the heading."] if self.more else [])]


@dataclass(frozen=True, slots=True)
class Delimited:
    """A delimited file: its heading, and its rows as often as they are asked for.

    Attributes:
        file: the file.
        separator: what stands between cells.
        heading: its headings.
        top: the line on which their row begins.
        notes: how it was read.
    """

    file: TextFile
    separator: str
    heading: Cells
    top: int
    notes: tuple[str, ...] = ()

    def rows(self, short: Short) -> Iterator[Cells]:
        """The rows under the heading, each as wide as it; blank ones stay, but for the last.

        Args:
            short: takes the rows with fewer cells than the heading.

        Raises:
            UnreadableFileError: a quote left open or followed by text, a row with more cells than the heading.
        """
        width, origin = len(self.heading), self.file.path.name
        blank = 0
        for line, cells in _rows(self.file, self.separator):
            if line <= self.top:
                continue
            if not any(c.strip() for c in cells):
                blank += 1
                continue
            yield from ([""] * width for _ in range(blank))
            blank = 0
            if len(cells) > width and any(c.strip() for c in cells[width:]):
                raise _too_long(origin, line, cells, width)
            if len(cells) < width:
                short.take(line, len(cells), width)
            yield cells if len(cells) == width else [*cells[:width], *[""] * (width - len(cells))]


def read_delimited(file: TextFile, *, separator: str = "", chosen: Sequence[str] = ()) -> Delimited:
    """A delimited file, its heading read.

    Args:
        file: the file.
        separator: what stands between cells; empty to read it from the heading.
        chosen: headings that must be there; empty for a known heading of a party.

    Raises:
        UnreadableFileError: no heading.
    """
    with file.open() as text:
        begins = text.read(_HEAD)
    declared = _DECLARED.match(begins)  # Excel's own line
    if declared:
        separator = declared.group(1)
    separator = separator or _separator(begins)
    each = ((line, cells) for line, cells in _rows(file, separator) if any(c.strip() for c in cells))
    first = next((row for row in each if not declared or row[0] > 1), None)
    if first is None:
        allowed = "a heading row and at least one row under it"
        raise UnreadableFileError(file.path.name, "the file is empty", allowed=allowed)
    below = None if declared else _below(file, begins, separator, chosen)
    if below is not None:
        return below
    return Delimited(file, separator, first[1], first[0], tuple(separator_note(separator)))


def _below(file: TextFile, begins: str, separator: str, chosen: Sequence[str]) -> Delimited | None:
    """The file with headings that stand below its first line; None where they stand in the first.

    A title has no separators, so each line is cut by its own.
    """
    lines = re.split(r"\r\n|\r|\n", begins, maxsplit=LOOKED_AT)[:LOOKED_AT]
    cut = [_separator(line) if any(s in line for s in _SEPARATORS) else separator for line in lines]
    try:
        rows = [next(csv.reader([line], delimiter=s), []) for line, s in zip(lines, cut, strict=True)]
    except csv.Error:
        return None
    top: list[Row] = [[c.strip() or None for c in r] for r in rows]
    found = heading_of(top, chosen)
    first = next((i for i, r in enumerate(top) if any(r)), 0)
    if found is None or found.at == first:
        return None
    chosen_by = cut[found.at]
    return Delimited(file, chosen_by, list(found.cells), found.at + 1, (found.note(), *separator_note(chosen_by)))


def separator_note(separator: str) -> list[str]:
    """A note on a separator that is not the usual one."""
    if separator in ",\t":
        return []
    return [f"Cells are separated by {_SEPARATORS.get(separator, repr(separator))}."]


def _rows(file: TextFile, separator: str) -> Iterator[tuple[int, Cells]]:
    """Rows with the line on which each begins, blank ones too."""
    with file.open() as text:
        reader = csv.reader(text, delimiter=separator, strict=True)
        line = 1
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as exc:
                raise _misquoted(file.whole(), separator, file.path.name, line, exc) from exc
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
