"""CSV and TSV read strictly: a quote that does not close or a row too long is refused with its line and column."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from entrepot.core.errors import UnreadableFileError
from entrepot.core.words.translate import marked, tr
from entrepot.intake.decode import EMPTY, encoding_note, examine
from entrepot.intake.delimited_blocks import blocks, is_two_lines, swallowed, swallowing
from entrepot.intake.groups.stacked_heading import heading_above
from entrepot.intake.heading_row import FURTHEST, Heading, likely_heading
from entrepot.intake.limits import MOST_TEXT, refuse_wide
from entrepot.intake.signs.fixed_width import fixed_width
from entrepot.intake.signs.rows_above import values_above
from entrepot.intake.signs.separators import SEPARATORS, separator_note, separator_of
from entrepot.intake.text_table import TextTable, without_last_blanks
from entrepot.intake.unpack import sha256_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import polars as pl

    from entrepot.intake.decode import TextFile
    from entrepot.intake.reading_options import ReadingOptions
    from entrepot.intake.signs.fixed_width import FixedWidth
    from entrepot.intake.text_table import Numbered, Row
    from entrepot.intake.unpack import Content

_DECLARED = re.compile('\ufeff?"?sep=([^"\\r\\n ])"?[ ;,\\t]*\\r?\\n', re.IGNORECASE)
_LINE_END = re.compile(r"\r\n|\r|\n")
_HEAD = 1 << 20  # characters of which the first lines are read for their separator
_MOST_SHOWN = 60  # characters of a cell in a note
_SHORT_NAMED = 5  # short rows named one by one before the rest is counted

Cells = list[str]


@dataclass(slots=True)
class Short:
    """Rows shorter than the heading, and cells that could be two rows: the first ones by line, the rest counted."""

    named: list[str] = field(default_factory=list)
    more: int = 0
    cells: list[str] = field(default_factory=list)
    more_cells: int = 0
    last: int = 0  # the last row, where it is short and nothing ends its line

    def take(self, line: int, cells: int, width: int) -> None:
        """One more such row."""
        if len(self.named) < _SHORT_NAMED:
            has = tr("Line {line} has {cells} cells where the heading has {width}", line=line, cells=cells, width=width)
            self.named.append(tr("{has}; the others count as empty.", has=has))
        else:
            self.more += 1

    def one_cell(self, line: int, cell: str) -> None:
        """One more cell of two lines of which the second could be a row."""
        if len(self.cells) < _SHORT_NAMED:
            shown = " / ".join(_LINE_END.split(cell))[:_MOST_SHOWN]
            self.cells.append(
                tr("Line {line} holds a cell of two lines, read as one: {shown!r}.", line=line, shown=shown)
            )
        else:
            self.more_cells += 1

    def notes(self) -> list[str]:
        """What a reader must know of them."""
        short = [tr("{more} more rows are shorter than the heading.", more=self.more)] if self.more else []
        cells = (
            [tr("{more_cells} more cells of two lines are read as one.", more_cells=self.more_cells)]
            if self.more_cells
            else []
        )
        ends = tr(
            "The file ends within line {last}: it was cut off, its last row is not whole and rows behind it may be "
            "missing. Export it again.",
            last=self.last,
        )
        return [*([ends] if self.last else []), *self.named, *short, *self.cells, *cells]


_QUOTE_IT = marked('Put cells that hold the separator into quotes, as in "Foo Co., Ltd.".')


@dataclass(frozen=True, slots=True)
class Delimited:
    """A delimited file: its heading, and its rows as often as they are asked for.

    Attributes:
        file: the file.
        separator: what stands between cells.
        heading: its headings.
        top: the line on which their row begins.
        skip: lines above them that are not read.
        notes: how it was read.
        hidden: lines that a spreadsheet does not show: Excel's own on the separator.
    """

    file: TextFile
    separator: str
    heading: Cells
    top: int
    skip: int = 0
    notes: tuple[str, ...] = ()
    hidden: int = 0

    def rows(
        self, short: Short, too_wide: Callable[[int, str, str], None] | None = None
    ) -> Iterator[tuple[int, Cells]]:
        """Line and cells of the rows under the heading, each as wide as it; blank ones stay, but for the last.

        Args:
            short: takes the rows with fewer cells than the heading.
            too_wide: takes those with more, as the options of reading say.

        Raises:
            UnreadableFileError: a quote left open or followed by text; a row with more cells than the heading, which
                nothing takes.
        """
        width, blank, is_short, line = len(self.heading), [], False, 0
        for line, cells in file_records(self.file, self.separator, self.skip, width):
            if line <= self.top:
                continue
            if not any(c.strip() for c in cells):
                blank.append(line)
                continue
            yield from ((number, [""] * width) for number in blank)
            blank.clear()
            if len(cells) > width and any(c.strip() for c in cells[width:]):
                if too_wide is None:
                    raise _too_long(self.file.origin, line, cells, width)
                too_wide(line, _too_many(cells, width), tr(_QUOTE_IT))
                continue
            is_short = len(cells) < width
            if is_short:
                short.take(line, len(cells), width)
            elif width == 2 and is_two_lines(cells[1], self.separator):  # noqa: PLR2004 - see there
                short.one_cell(line, cells[1])
            yield line, cells if len(cells) == width else [*cells[:width], *[""] * (width - len(cells))]
        if is_short and self.file.ends_within_a_line():
            short.last = line  # nothing ends it

    def frames(self, short: Short) -> Iterator[pl.DataFrame]:
        """The same rows as frames of text, quickly where the file is written as most are; as `rows`."""
        first = next((n for n, _ in file_records(self.file, self.separator, self.skip) if n > self.top), None)
        if first is None:
            return iter(())
        strictly = (cells for _, cells in self.rows(short))
        return blocks(self.file, self.separator, len(self.heading), first - 1, lambda: strictly)


def read_delimited(content: Content, options: ReadingOptions) -> TextTable:
    """A delimited file as a table.

    Raises:
        BadInputError: no such encoding.
        UnreadableFileError: mis-encoded, empty, or, when the rows are read, wrongly quoted.
    """
    file = examine(content, options.encoding, is_hashed=options.is_hashed and not content.is_packed)
    if printed := fixed_width(file, options):
        return _printed(content, file, printed, options)
    read = opened(file, options, tab=content.name.casefold().endswith(".tsv"))
    late: list[str] = []

    def numbered() -> Iterator[Numbered]:
        short = Short()
        for line, cells in read.rows(short, options.too_wide):
            yield line, [c.strip() or None for c in cells]
        late[:] = short.notes()

    def frames() -> Iterator[pl.DataFrame]:
        short = Short()
        yield from read.frames(short)
        late[:] = short.notes()

    notes = [*read.notes, *encoding_note(file.encoding, options.encoding)]
    digest = file.sha256 or sha256_of(content, options)
    told = (digest, file.encoding, tuple(notes), late)
    return TextTable(
        content.origin, "delimited", read.heading, numbered, *told, fast=frames, first_row=read.top + 1 - read.hidden
    )


def _printed(content: Content, file: TextFile, read: FixedWidth, options: ReadingOptions) -> TextTable:
    """A list in columns of fixed width as a table."""
    above = (tr("The headings stand in row {line}.", line=read.line),) if read.line > 1 else ()
    notes = (*above, tr("Columns have a fixed width."), *encoding_note(file.encoding, options.encoding))
    told = (file.sha256 or sha256_of(content, options), file.encoding, notes)
    numbered = partial(_without_last_blanks, read)
    return TextTable(content.origin, "delimited", read.headings, numbered, *told, first_row=read.line + 1)


def _without_last_blanks(read: FixedWidth) -> Iterator[Numbered]:
    return without_last_blanks(read.rows())


def opened(file: TextFile, options: ReadingOptions, *, tab: bool = False) -> Delimited:
    """A delimited file, its heading read.

    Args:
        file: the file.
        options: how its headings are found.
        tab: whether its name promises tabs.

    Raises:
        UnreadableFileError: no heading.
    """
    skip = options.skip
    with file.open() as text:
        for _ in range(skip):
            text.readline()
        begins = text.read(_HEAD)
    declared = _DECLARED.match(begins)  # Excel's own line
    separator = declared.group(1) if declared else separator_of(begins, tab=tab)
    each = ((line, cells) for line, cells in file_records(file, separator, skip) if any(c.strip() for c in cells))
    first = next((row for row in each if not declared or row[0] > skip + 1), None)
    if first is None:
        raise UnreadableFileError(file.origin, tr("the file is empty"), allowed=EMPTY)
    below = None if declared else _below(file, begins, separator, options)
    notes = tuple(separator_note(separator))
    found = below or Delimited(file, separator, first[1], first[0], skip, notes, int(declared is not None))
    refuse_wide(found.heading, file.origin)
    return found


def _below(file: TextFile, begins: str, separator: str, options: ReadingOptions) -> Delimited | None:
    """The file with headings that stand below its first line; None where they stand in the first.

    A title has no separators, so each line is cut by its own.
    """
    lines = _LINE_END.split(begins, maxsplit=FURTHEST)[:FURTHEST]
    cut = [separator_of(line) if any(s in line for s in SEPARATORS) else separator for line in lines]
    try:
        rows = [next(csv.reader([line], delimiter=s), []) for line, s in zip(lines, cut, strict=True)]
    except csv.Error:
        return None
    top: list[Row] = [[c.strip() or None for c in r] for r in rows]
    found = heading_above(top, options)
    likely = likely_heading(top, options.words) if found is None and options.words and not options.headings else None
    if likely is not None:
        found = Heading(tuple(c or "" for c in top[likely]), likely)
    first = next((i for i, r in enumerate(top) if any(r)), 0)
    if found is None or found.at == first:
        return None
    mark = cut[found.at]
    over = values_above(top[: found.at + 1 - found.above], options)
    notes = (found.note(), *filter(None, [over]), *separator_note(mark))
    return Delimited(file, mark, list(found.cells), options.skip + found.at + 1, options.skip, notes)


def file_records(
    file: TextFile, separator: str, skip: int = 0, width: int | None = None
) -> Iterator[tuple[int, Cells]]:
    """Rows of a file with the line on which each begins, blank ones too; as `records`."""

    def rest(line: int) -> Iterator[str]:
        with file.open() as text:
            yield from (x for n, x in enumerate(text, 1) if n >= line)

    with file.open() as text:
        for _ in range(skip):
            text.readline()
        for line, cells in records(text, separator, file.origin, lambda line: rest(line + skip), width):
            yield line + skip, cells


def records(
    lines: Iterable[str], separator: str, origin: str, rest: Callable[[int], Iterable[str]], width: int | None = None
) -> Iterator[tuple[int, Cells]]:
    """Rows with the line on which each begins, blank ones too.

    Args:
        lines: of the text, with their ends.
        separator: between cells.
        origin: what a message calls the text.
        rest: gives the lines from one on, for the place of a fault.
        width: cells of the heading; None for as many as the first row has.

    Raises:
        UnreadableFileError: wrongly quoted, with line and column; or quotes make one row of several.
    """
    reader = csv.reader(lines, delimiter=separator, strict=True)
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as exc:
            raise _misquoted(rest(line), separator, origin, line, exc) from exc
        if width is None and cells:
            width = len(cells)
        elif reader.line_num > line and (rows := swallowed(cells, separator, width or 0)):
            raise swallowing(origin, line, rows)
        yield line, cells
        line = reader.line_num + 1


def _too_long(origin: str, line: int, cells: Cells, width: int) -> UnreadableFileError:
    return UnreadableFileError(
        origin,
        _too_many(cells, width),
        line=line,
        column=width + 1,
        allowed=tr("{width} cells", width=width),
        remedy=tr(_QUOTE_IT),
    )


def _too_many(cells: Cells, width: int) -> str:
    return tr(
        "{count} cells where the heading has {width}; the first too many is {cells!r}",
        count=len(cells),
        width=width,
        cells=cells[width][:40],
    )


def _misquoted(lines: Iterable[str], separator: str, origin: str, line: int, exc: csv.Error) -> UnreadableFileError:
    """The place of a wrong quote, found by reading the record letter by letter."""
    if "limit" in str(exc):
        return UnreadableFileError(
            origin,
            tr("a cell is longer than {most_text:,} characters, or a quote is left open", most_text=MOST_TEXT),
            line=line,
            allowed=tr("shorter cells"),
        )
    where, column, problem = _first_fault(lines, separator, line)
    return UnreadableFileError(
        origin,
        problem,
        line=where,
        column=column,
        allowed=tr("a quoted cell that ends with a quote before the separator or the end of the line"),
        remedy=tr('Write a quote inside a quoted cell twice: "".'),
    )


def _first_fault(lines: Iterable[str], separator: str, begin: int) -> tuple[int, int, str]:
    """Line and column of a quote that is followed by text, else of the one that is left open."""
    line, column, is_quoted, opened_at = begin, 0, False, (begin, 1)
    is_closed, is_fresh = False, True
    for char in chain.from_iterable(lines):
        column += 1
        if is_quoted:
            if char == '"':
                is_quoted, is_closed = False, True
        elif is_closed and char == '"':
            is_quoted, is_closed = True, False
        elif is_closed and char not in (separator, "\n", "\r"):
            before = tr("; it was opened on line {opened_at}", opened_at=opened_at[0]) if opened_at[0] < line else ""
            return line, column, tr("text after a closing quote: {char!r}{before}", char=char, before=before)
        elif is_fresh and char == '"':
            is_quoted, opened_at = True, (line, column)
        else:
            is_closed = False
        is_fresh = not is_quoted and char in (separator, "\n", "\r")
        if char == "\n":
            line, column = line + 1, 0
    return *opened_at, tr("a quote is opened and never closed")
