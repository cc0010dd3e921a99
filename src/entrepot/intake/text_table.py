"""A table of text, whatever file it came from."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping  # noqa: TC003 - of a field of a dataclass
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import polars as pl

Row = list[str | None]
Numbered = tuple[int, Row]
_BLOCK = 50_000  # rows turned into a frame at a time
_BLOCK_CELLS = 5_000_000  # cells of it at most: a hundred columns, and fewer rows where there are more
_THREE = re.compile(r"-?\d{1,3}\.\d{3}")


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table of text.

    Attributes:
        origin: file name, or "a table in memory".
        kind: delimited, workbook, json, parquet or memory.
        headings: as they stand.
        numbered: gives each row under the headings with its line in a text file, row of a sheet, number of an object
            or of a row else; cells None where empty. Blank rows stay, but for the last. Notes are taken on the way.
        sha256: of the file as it lies there, where it was asked for.
        encoding: of a text file; empty for others.
        notes: how it was read.
        late_notes: filled by each whole reading of the rows.
        nested: positions of columns with lists or objects.
        place: where the headings stand in a workbook, for a message.
        fast: gives the rows as frames, where there is a quicker way than row by row.
        first_row: the number that a spreadsheet shows beside the first row under the headings; 1 where there are no
            rows of a sheet: of objects, of a table in memory.
        levels: number of a row -> how deep it lies below others in the outline of its sheet; rows of the first level
            are none of them.
        emptied: rows that hold nothing now, for what they say stands in the rows that they head or sum.
    """

    origin: str
    kind: str
    headings: list[str]
    numbered: Callable[[], Iterator[Numbered]]
    sha256: str = ""
    encoding: str = ""
    notes: tuple[str, ...] = ()
    late_notes: list[str] = field(default_factory=list)
    nested: frozenset[int] = frozenset()
    place: str = ""
    fast: Callable[[], Iterator[pl.DataFrame]] | None = None
    first_row: int = 1
    levels: Mapping[int, int] = field(default_factory=dict)
    emptied: int = 0

    def rows(self) -> Iterator[Row]:
        """The cells of each row."""
        return (row for _, row in self.numbered())

    def frames(self) -> Iterator[pl.DataFrame]:
        """The same rows as frames of text, columns called by their positions; cells are not stripped of spaces."""
        return self.fast() if self.fast else as_frames(self.rows(), len(self.headings))


def as_frames(rows: Iterable[Row], width: int) -> Iterator[pl.DataFrame]:
    """Rows as frames of text, their columns called by their positions."""
    import polars as pl

    names = dict.fromkeys(map(str, range(width)), pl.String())
    held: list[Row] = []
    most = max(1, min(_BLOCK, _BLOCK_CELLS // max(1, width)))
    for row in rows:
        held.append(row)
        if len(held) == most:
            yield pl.DataFrame(held, names, orient="row")
            held.clear()
    if held:
        yield pl.DataFrame(held, names, orient="row")


def as_text(cell: Any, *, is_printed: bool = False) -> str | None:
    """A cell as text: whole floats without their point, dates as ISO, nested values as JSON.

    Args:
        cell: of any type.
        is_printed: as in ReadingOptions.
    """
    if isinstance(cell, str):
        return cell.strip() or None
    if cell is None or cell != cell:  # noqa: PLR0124 - NaN is the absence of a number
        return None
    if isinstance(cell, bytes):
        cell = cell.decode("utf-8", "replace")
    if isinstance(cell, (dict, list)):
        cell = json.dumps(cell, ensure_ascii=False, default=str)
    if not is_printed:
        cell = _as_a_person(cell)
    try:
        text = str(cell).strip()
    except ValueError:  # an integer of thousands of digits
        return None
    # A number in its own type is no text: three digits behind its point are a fraction, and a fourth says so.
    return f"{text}0" if is_printed and isinstance(cell, float) and _THREE.fullmatch(text) else text or None


def _as_a_person(cell: Any) -> Any:
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return cell.isoformat() if isinstance(cell, (date, datetime)) else cell


def without_last_blanks(rows: Iterable[Numbered]) -> Iterator[Numbered]:
    """The rows up to the last that holds anything; blank ones between stay, for they count."""
    blank: list[Numbered] = []
    for numbered in rows:
        if not any(numbered[1]):
            blank.append(numbered)
            continue
        yield from blank
        blank.clear()
        yield numbered
