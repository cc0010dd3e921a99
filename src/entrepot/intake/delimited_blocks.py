"""Large delimited files in blocks: cut where a row ends, read by polars where that reads what the strict reader reads.

The strict reader (`delimited`) says what a file holds. Where a block is written as most files are (each quote around a
whole cell, no line that ends in a carriage return alone), polars gives the same rows some ten times faster. Where one
is not, the strict reader goes on from there, so that its rows and its errors are the same however a file is read. The
rule by which both refuse quotes that make one row of several stands here too.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from entrepot.core.errors import UnreadableFileError
from entrepot.core.words.translate import tr
from entrepot.intake.text_table import as_frames

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import BinaryIO

    import polars as pl

    from entrepot.intake.decode import TextFile

BLOCK = 1 << 22  # bytes of a block: some 130,000 rows of BACI
_MOST_TRIED = 1_000  # ends of lines looked at for one that ends a row: a quoted cell rarely has so many lines
_LINE_END = re.compile(r"\r\n|\r|\n")
_AS_IT_LIES = ("utf-8", "utf-8-sig", "ascii")


def blocks(
    file: TextFile, separator: str, width: int, above: int, strictly: Callable[[], Iterator[list[str]]]
) -> Iterator[pl.DataFrame]:
    """The rows under the heading as frames of text; blank rows stay, but for the last.

    Args:
        file: the file.
        separator: between cells.
        width: columns of the heading.
        above: lines down to the last of the heading.
        strictly: all rows under the heading by the strict reader, blank ones but the last included.
    """
    return _without_last_blanks(_quickly(file, separator, width, above), width, strictly)


def _without_last_blanks(
    quick: Iterable[pl.DataFrame | None], width: int, strictly: Callable[[], Iterator[list[str]]]
) -> Iterator[pl.DataFrame]:
    """The quick frames, then the strict reader from where a quick one could not be had."""
    done = blank = 0  # rows given, and blank ones after them that may be the last
    for frame in quick:
        if frame is None:
            rest = islice(strictly(), done, None)
            yield from as_frames(([c or None for c in cells] for cells in rest), width)
            return
        kept = _last_filled(frame)
        if kept:
            if blank:
                yield from as_frames(([None] * width for _ in range(blank)), width)
            yield frame.head(kept)
            done, blank = done + blank + kept, frame.height - kept
        else:
            blank += frame.height


def _last_filled(frame: pl.DataFrame) -> int:
    """How many rows there are down to the last that holds anything."""
    import polars as pl

    if not frame.height or any((c or "").strip() for c in frame.row(-1)):
        return frame.height
    filled = frame.select(pl.any_horizontal(pl.all().str.strip_chars().fill_null("") != "").arg_true())
    last = filled.to_series()
    return int(last[-1]) + 1 if last.len() else 0


def _quickly(file: TextFile, separator: str, width: int, above: int) -> Iterator[pl.DataFrame | None]:
    """A frame a block; None, and no more, where one is not written as most are."""
    import polars as pl

    head = separator.join(map(str, range(width))).encode() + b"\n"
    for block in _cut(file, above):
        regular = None if block is None else regularity(block, separator)
        if block is None or regular is None or regular.is_short(block, width):
            yield None
            return
        try:
            frame = pl.read_csv(head + block, separator=separator, infer_schema=False, null_values=[""])
        except pl.exceptions.PolarsError:  # a row too long: the strict reader says which
            frame = pl.DataFrame()
        # Polars cuts a block for its threads, and a cut may fall into a quoted cell of several lines.
        is_read = frame.shape == (regular.rows, width)
        if not is_read or _holds_long(frame) or (regular.rows < regular.lines and _swallows(frame, separator)):
            yield None
            return
        yield frame


def _holds_long(frame: pl.DataFrame) -> bool:
    """Whether a cell may be longer than the strict reader allows, which counts characters."""
    import polars as pl

    longest = frame.select(pl.max_horizontal(pl.all().str.len_bytes().max())).item()
    return (longest or 0) > csv.field_size_limit()


@dataclass(frozen=True, slots=True)
class Regular:
    """A block in which each quote stands around a whole cell.

    Attributes:
        lines: that end in it, the last included.
        rows: those that end outside quotes.
        separators: outside quotes.
    """

    lines: int
    rows: int
    separators: int

    def is_short(self, block: bytes, width: int) -> bool:
        """Whether a row has fewer cells than the heading, so far as counts tell; a blank line is no such row."""
        missing = self.rows * (width - 1) - self.separators
        return missing > 0 and (self.rows < self.lines or missing != _blank_lines(block) * (width - 1))


def regularity(block: bytes, separator: str) -> Regular | None:
    """Lines, rows and separators of a block in which each quote stands around a whole cell; None where one does not.

    Nor does a block count as regular that has a line ending in a carriage return alone.
    """
    if not separator.isascii() or block.count(b"\r") != block.count(b"\r\n"):
        return None
    lines, mark = _ended(block), separator.encode()
    if b'"' not in block:
        return Regular(lines, lines, block.count(mark))
    within = _within(block, separator)
    if within is not None:
        return Regular(lines, lines - within[0], block.count(mark) - within[1])
    bare = _quoted(separator).sub(b"", block)
    return None if b'"' in bare else Regular(lines, _ended(bare), bare.count(mark))


def _ended(block: bytes) -> int:
    return block.count(b"\n") + (not block.endswith(b"\n"))


def _within(block: bytes, separator: str) -> tuple[int, int] | None:
    """Ends of lines, and separators, within quoted cells where quotes only open and close cells; else None."""
    import numpy as np

    read = np.frombuffer(b"\n" + block + b"\n", np.uint8)
    quotes = np.flatnonzero(read == ord('"'))
    opening, closing = quotes[::2], quotes[1::2]
    marks = [ord(separator), ord("\n")]
    if (
        len(opening) != len(closing)
        or not np.isin(read[opening - 1], marks).all()
        or not np.isin(read[closing + 1], [*marks, ord("\r")]).all()
    ):
        return None
    places = (np.flatnonzero(read == ord(mark)) for mark in ("\n", separator))
    ends, cuts = (int((np.searchsorted(at, closing) - np.searchsorted(at, opening)).sum()) for at in places)
    return ends, cuts


def _blank_lines(block: bytes) -> int:
    import numpy as np

    ends = np.flatnonzero(np.frombuffer(b"\n" + block.replace(b"\r\n", b"\n"), np.uint8) == ord("\n"))
    return int((np.diff(ends) == 1).sum())


def _swallows(frame: pl.DataFrame, separator: str) -> bool:
    """Whether quotes make one row of several, by the rule of the strict reader."""
    import polars as pl

    several = frame.filter(pl.any_horizontal(pl.all().str.contains_any(["\n", "\r"])))
    return any(swallowed([c or "" for c in row], separator, frame.width) for row in several.iter_rows())


@lru_cache(maxsize=8)
def _quoted(separator: str) -> re.Pattern[bytes]:
    """A quoted cell between separators or ends of lines."""
    mark = re.escape(separator.encode())
    return re.compile(rb'(?:(?<=[%b\n])|\A)"(?:[^"]++|"")*+"(?=[%b\r\n]|\Z)' % (mark, mark))


def _cut(file: TextFile, above: int) -> Iterator[bytes | None]:
    """Whole rows in UTF-8, some BLOCK bytes at a time, below the heading; None where no row ends in sight."""
    held = b""
    for piece in _pieces(file, above):
        held += piece
        at = _row_end(held)
        if at > 0:
            yield held[:at]
            held = held[at:]
        elif held.count(b"\n") > _MOST_TRIED:
            yield None
            return
    if held:
        yield held


def _row_end(held: bytes) -> int:
    """How many bytes there are down to the last end of a line that stands outside quotes; 0 where none does."""
    at, quotes = len(held), held.count(b'"')
    for _ in range(_MOST_TRIED):
        end = held.rfind(b"\n", 0, at) + 1
        quotes -= held.count(b'"', end, at)
        if not end or not quotes % 2:
            return end
        at = end - 1
    return 0


def _pieces(file: TextFile, above: int) -> Iterator[bytes]:
    if file.encoding not in _AS_IT_LIES:
        with file.open() as text:
            for _ in range(above):
                text.readline()
            while written := text.read(BLOCK):
                yield written.encode()
        return
    with file.content.open() as data:
        skipped = _skip_lines(data, above)
        if skipped:
            yield skipped
        while piece := data.read(BLOCK):
            yield piece


def _skip_lines(data: BinaryIO, above: int) -> bytes:
    """Pass over lines, whichever way they end; what of the next was read with the last of them."""
    left = above
    while left > 0 and (line := data.readline()):
        parts = line.splitlines(keepends=True)  # of bytes: they end in \n, \r or both
        if len(parts) > left:
            return b"".join(parts[left:])
        left -= len(parts)
    return b""


def swallowed(cells: Sequence[str], separator: str, width: int) -> int:
    """How many rows a cell of several lines swallowed; 0 where none did.

    It did where more than half of its lines, the last one too, are rows as wide as the heading: the first with the
    cells before it, the last with those behind it. An address of several lines has lines of other widths. What a space
    follows divides no cells, as in "Urumqi, China"; a cell that holds a quote was quoted by somebody who knew how. In a
    table of one column any line would be a row: nothing tells there. Nor does one line in the last of two columns:
    an address of two lines has it as often; who reads the rows names it.

    Args:
        cells: of one row.
        separator: between cells.
        width: cells of the heading.
    """
    if width < 2:  # noqa: PLR2004 - see above
        return 0
    for at, cell in enumerate(cells):
        if '"' in cell or not ("\n" in cell or "\r" in cell):
            continue
        lines = _LINE_END.split(cell)
        if is_address(at, len(lines), width):
            continue
        wanted = [width - 1 - at, *[width - 1] * (len(lines) - 2), width - len(cells) + at]
        rows = [
            bool(line.strip(f"{separator} ")) and line.count(separator) - line.count(f"{separator} ") == count
            for line, count in zip(lines, wanted, strict=True)
        ]
        if rows[-1] and 2 * sum(rows) > len(rows):
            return len(rows)
    return 0


def is_two_lines(cell: str, separator: str) -> bool:
    """Whether a cell of the last of two columns has two lines of which the second would be a row by itself."""
    lines = _LINE_END.split(cell)
    return len(lines) == 2 and lines[1].count(separator) - lines[1].count(f"{separator} ") == 1  # noqa: PLR2004 - two lines


def is_address(at: int, lines: int, width: int) -> bool:
    """Whether a cell is one of two lines in the last of two columns.

    Args:
        at: its position.
        lines: how many it has.
        width: cells of the heading.
    """
    return (at, lines, width) == (1, 2, 2)


def swallowing(origin: str, line: int, rows: int) -> UnreadableFileError:
    """The error that names such a row.

    Args:
        origin: what a message calls the file.
        line: on which the row begins.
        rows: that were swallowed.
    """
    return UnreadableFileError(
        origin,
        tr("quotes make one row of {rows} lines that are rows by themselves", rows=rows),
        line=line,
        allowed=tr("quotes around one cell"),
        remedy=tr('Remove the quote that opens on this line, or write it twice within a quoted cell: "".'),
    )
