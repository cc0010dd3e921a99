"""Opening a file of flows: the tables in it, as frames in which every cell is text until a reader says what it is.

Decoding, unpacking and cutting are those of `intake`; here is what only files of flows have: a zip with a table a year,
lists of codes beside it, blocks for what is too large.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import chain, compress
from typing import TYPE_CHECKING

from entrepot.core.errors import UnknownNameError, UnreadableFileError
from entrepot.core.words.translate import tr
from entrepot.intake.open_table import TEXT, WORKBOOK, kind_of, paged_apart, table_of
from entrepot.intake.reading_options import ReadingOptions
from entrepot.intake.signs.first_rows import first_lines
from entrepot.intake.unpack import contents
from entrepot.intake.workbook import read_sheets
from entrepot.trade.formats import is_publishers
from entrepot.trade.loading.printed.printed_columns import unfolded
from entrepot.trade.loading.printed.printed_headings import role_of
from entrepot.trade.loading.printed.printed_layout import LOOKED_AT, layout_of
from entrepot.trade.loading.printed.printed_lines import (
    cells_said,
    lines_below,
    statuses_in,
    sums_said,
    without_bare_sums,
    without_lines_below,
    without_statuses,
    without_sums,
)
from entrepot.trade.loading.printed.rows.laid_out import laid_out
from entrepot.trade.loading.printed.rows.nested_objects import with_objects
from entrepot.trade.loading.printed.titles import counted_sheet
from entrepot.trade.loading.printed.titles.publishers import NOBODYS, Publisher, publisher_of, refuse_unread, reported
from entrepot.trade.loading.printed.titles.units_by_number import numbered_units
from entrepot.trade.loading.printed.titles.zip_members import sorted_out

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import polars as pl

    from entrepot.intake.text_table import TextTable
    from entrepot.intake.unpack import Content
    from entrepot.trade.loading.printed.printed_layout import Layout

ROW = "row"  # rows are counted from 1 below the heading
_HEAD = 65_536  # bytes that hold the heading
# Rows of a sheet, at most: what it says as a whole (labels printed once, sums) is asked of all its rows, since a block
# alone would prove what the rest disproves. A table of more is a database, in which each row says what it is.
LONGEST = 100_000


@dataclass(frozen=True, slots=True)
class Opened:
    """One table of a file, or a block of one.

    Attributes:
        name: the file's name, with that of the member of a zip.
        frame: its cells as text, with the number of the row in `row`.
        beside: other members of the zip by name, such as a list of country codes.
        notes: how it was read.
        rows: how many rows it has as printed: a row of several periods is several of the frame.
        publisher: whose export it is, where its headings tell.
        each: of a sheet, how many of its rows may be cleaned together as a block; 0 for all.
        facts: what rows of the table show that changes how all are read; its blocks share it.
        layout: where it stands and what its title says, where that is not as usual.
        sheet: of a workbook of several tables, the sheet; empty for others.
        counted: what says that its figures are a quantity and no value; empty for others.
        printed: of headings that are ours, how the file calls the column; empty where the file has none.
        are_parts: whether a map says that rows of one flow are parts of it.
        is_block: whether it may be a block of a table, with rows before it or behind.
    """

    name: str
    frame: pl.DataFrame
    beside: dict[str, bytes]
    notes: tuple[str, ...] = ()
    rows: int = 0
    publisher: Publisher = NOBODYS
    each: int = 0
    facts: set[str] = field(default_factory=set)
    layout: Layout | None = None
    sheet: str = ""
    counted: str = ""
    printed: dict[str, str] = field(default_factory=dict)
    are_parts: bool = False
    is_block: bool = False

    @property
    def heading(self) -> tuple[str, ...]:
        """The columns as printed."""
        return tuple(c for c in self.frame.columns if c != ROW)


def opened(
    path: Path,
    options: ReadingOptions | None = None,
    named: tuple[str, ...] = (),
    fixed: Mapping[str, str] | None = None,
) -> Iterator[Opened]:
    """The tables of a file, one after the other; more than one only in a zip, or in a workbook of several like sheets.

    Args:
        path: the file.
        options: what the user says of it; lines above the heading, such as the title of a spreadsheet, to skip.
        named: headings that a map names.
        fixed: what a map says of all rows: the period of columns of exports and imports, where no title says it.

    Raises:
        UnreadableFileError: no such file, an empty one, a broken archive, a row too long, an unknown kind.
        BadInputError: no such encoding or sheet.
    """
    import polars as pl

    for sheet in (replace(one, fixed=fixed or {}) for one in _tables(path, options, named)):
        held, rest = _begun(path, sheet, named)
        yield _opened(sheet, pl.concat([*held, *(rest or ())]), named, last=True, is_sheet=rest is None)


def blocks(
    path: Path,
    options: ReadingOptions | None = None,
    named: tuple[str, ...] = (),
    fixed: Mapping[str, str] | None = None,
) -> Iterator[Opened]:
    """The tables of a large file: a sheet as one, a database in blocks of some hundred thousand rows, counted on.

    Args:
        path: the file.
        options: as in `opened`.
        named: as in `opened`.
        fixed: as in `opened`.

    Raises:
        UnreadableFileError: as in `opened`.
    """
    import polars as pl

    for sheet in (replace(one, fixed=fixed or {}) for one in _tables(path, options, named)):
        held, rest = _begun(path, sheet, named)
        if rest is None:
            each = max(frame.height for frame in held)
            yield replace(_opened(sheet, pl.concat(held), named, last=True, is_sheet=True), each=each)
            continue
        before = held.pop(0)
        for frame in chain(_let_go(held), rest):
            # Lines that may lie below the table wait for the next block, which tells whether they do.
            count = lines_below(before)
            if count < before.height:
                block = _opened(sheet, before.head(before.height - count), named, last=False, is_sheet=False)
                if block.rows:  # none where all are sums of others
                    yield block
            before = pl.concat([before.tail(count), frame]) if count else frame
        yield _opened(sheet, before, named, last=True, is_sheet=False)  # what is noted of rows is known now


def _begun(
    path: Path, sheet: _Sheet, named: tuple[str, ...]
) -> tuple[list[pl.DataFrame], Iterator[pl.DataFrame] | None]:
    """The frames of a sheet; of a database those that tell that it is one, and the rest. Rows are numbered."""
    import polars as pl

    held: list[pl.DataFrame] = []
    frames = _frames(path, sheet, named)
    for frame in frames:
        held.append(frame)
        if sum(one.height for one in held) > LONGEST:
            first = pl.concat(held).head(LONGEST)  # as good as all rows, and the same ones however a file is read
            sheet.statuses.append(statuses_in(first) if not named else ("", []))
            return held, frames
    return held, None


def _let_go(held: list[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """Frames, each no longer held once it is given."""
    while held:
        yield held.pop(0)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One table of a file, before it is a frame.

    Attributes:
        name: the file's name, with that of the sheet or the member of a zip.
        table: its rows.
        beside: as in `Opened`.
        layout: where it stands, where that is not as usual.
        given: headings of a table that has none: what stands in their place is its first row.
        sums: rows met so far that are the sum of others.
        absent: flows met so far that have no figure, by what stands in the first of their cells.
        statuses: of a database, the column and the words of rows that are no figure, by its first rows.
        fixed: what a map says of all rows.
        publisher: as in `Opened`.
        passed: members of the zip that are passed over, in words.
        sheet: as a workbook calls it; empty for another table.
        is_one_of: whether the workbook has other tables.
    """

    name: str
    table: TextTable
    beside: dict[str, bytes]
    layout: Layout | None = None
    given: tuple[str, ...] = ()
    sums: list[int] = field(default_factory=list)
    absent: Counter[str] = field(default_factory=Counter)
    statuses: list[tuple[str, list[str]]] = field(default_factory=list)
    fixed: Mapping[str, str] = field(default_factory=dict)
    publisher: Publisher = NOBODYS
    passed: tuple[str, ...] = ()
    sheet: str = ""
    is_one_of: bool = False


def _opened(sheet: _Sheet, frame: pl.DataFrame, named: tuple[str, ...], *, last: bool, is_sheet: bool) -> Opened:
    """A sheet, a database or a block of it, with what stands in its title and its headings in cells."""
    frame = with_objects(frame, (sheet.table.headings[at] for at in sheet.table.nested))
    frame, bare = without_bare_sums(frame) if is_sheet else (frame, [])
    sheet.sums.extend(bare)
    frame, below = without_lines_below(frame, is_whole=is_sheet) if last else (frame, ())
    statuses: tuple[str, ...] = ()
    if not named:
        frame, statuses = without_statuses(frame, *(statuses_in(frame) if is_sheet else sheet.statuses[-1]))
        frame, summed = without_sums(frame, is_sheet=is_sheet)
        sheet.sums.extend(summed)
    frame, laid = laid_out(frame, named) if is_sheet else (frame, ())
    frame, numbered = numbered_units(frame) if not named and not is_publishers(frame.columns) else (frame, ())
    title = sheet.layout.title if sheet.layout else ()
    told = counted_sheet.counted_in(frame, sheet.sheet, title) if not named else counted_sheet.NOTHING
    seasons = counted_sheet.adjusted_said(frame, sheet.layout)
    long, said = unfolded(frame, sheet.layout, named, sheet.fixed, sheet.absent)
    long, counts = counted_sheet.counted(long, told)
    long, whose = reported(long, sheet.publisher, sheet.fixed) if not named else (long, ())
    notes = (
        *chain(whose, sheet.passed, sheet.table.notes),
        *(sheet.layout.notes if sheet.layout else ()),
        *chain(statuses, laid, numbered, seasons, said, counts, below),
        *(sums_said(sheet.sums) if last else ()),
        *(cells_said(sheet.absent) if last else ()),
        *(sheet.table.late_notes if last else ()),
    )
    return Opened(
        sheet.name,
        long,
        sheet.beside,
        notes,
        frame.height,
        sheet.publisher,
        layout=sheet.layout,
        sheet=sheet.sheet if sheet.is_one_of else "",
        counted=told[0] if counts else "",
        printed=sheet.layout.printed if sheet.layout else {},
        is_block=not is_sheet,
    )


def _tables(path: Path, options: ReadingOptions | None, named: tuple[str, ...]) -> Iterator[_Sheet]:
    """The tables of a file, with the lists of codes beside them."""
    options = replace(options or ReadingOptions(), is_printed=True)
    found = contents(path)
    if found and not any(c.member for c in found):
        yield from _of_content(path.name, found[0], options, named, _siblings(path))
        return
    tables, beside, lists = sorted_out(path, found)
    for one in tables:
        for sheet in _of_content(f"{path.name}/{one.member}", one, options, named, beside):
            yield replace(sheet, passed=lists)


def _of_content(
    name: str, content: Content, options: ReadingOptions, named: tuple[str, ...], beside: dict[str, bytes]
) -> Iterator[_Sheet]:
    """The table of one file, or those of the sheets of a workbook."""
    content, options, cut = paged_apart(content, options)
    kind, layout, whose = kind_of(content), None, NOBODYS
    refuse_unread(name, content.begins(_HEAD), is_named=bool(options.given))
    if options.given:
        yield _Sheet(name, table_of(content, options), beside, given=options.given)
        return
    if kind in WORKBOOK and not options.skip and (sheets := _sheets(name, content, options, named, beside)):
        yield from sheets
        return
    if kind in TEXT and not options.skip:
        rows = first_lines(content, options.encoding, LOOKED_AT)
        layout, whose = layout_of(rows, named), publisher_of(rows)
        if layout and any("\n" in cell for row in rows[: layout.skip] for cell in row):
            layout = None  # lines are skipped, and a title over several is one row
    told = None if layout is None or layout.is_plain else layout
    table = table_of(content, replace(options, skip=told.skip) if told else options)
    yield _Sheet(name, replace(table, notes=(*cut, *table.notes)), beside, told, publisher=whose)


def _sheets(
    name: str, content: Content, options: ReadingOptions, named: tuple[str, ...], beside: dict[str, bytes]
) -> list[_Sheet]:
    """The sheets of a workbook that hold a table of flows; none where no sheet is known to."""
    layouts: list[tuple[Layout, Publisher]] = []

    def skip_of(rows: list[list[str]]) -> int | None:
        layout = layout_of(rows, named)
        layouts.extend([(layout, publisher_of(rows))] if layout else [])
        return layout.skip if layout else None

    found = read_sheets(content, options, skip_of)
    is_read, passed = counted_sheet.of_values([sheet for sheet, _ in found]) if not named else ([True] * len(found), ())
    made = [
        _Sheet(
            f"{name}/{sheet}" if len(found) > 1 else name,
            table,
            beside,
            counted_sheet.valued_by_sheet(layout, sheet),
            publisher=whose,
            sheet=sheet,
            is_one_of=len(found) > 1,
        )
        for (sheet, table), (layout, whose) in compress(zip(found, layouts, strict=True), is_read)
    ]
    return [replace(made[0], passed=passed), *made[1:]] if made else []


def _siblings(path: Path) -> dict[str, bytes]:
    """Lists of country codes that lie beside a file, as BACI's do."""
    found = sorted(path.parent.glob("country_codes*.csv"))
    return {p.name: p.read_bytes() for p in found if p != path}


def _frames(path: Path, sheet: _Sheet, named: tuple[str, ...]) -> Iterator[pl.DataFrame]:
    """The frames of a table, at least one, columns called as printed, rows counted on."""
    import polars as pl

    names, below = _names(path, sheet, named), sheet.layout.below if sheet.layout else 0
    done = 0
    first = pl.DataFrame([sheet.table.headings], [str(n) for n in range(len(names))], orient="row", strict=False)
    above = [first.cast(pl.String())] if sheet.given else []
    for frame in chain(above, sheet.table.frames()):
        rows, below = frame.slice(min(below, frame.height)), max(0, below - frame.height)
        if rows.height:
            named_rows = rows.rename(dict(zip(rows.columns, names, strict=True)))
            yield named_rows.with_row_index(ROW, offset=done + 1).with_columns(pl.col(ROW).cast(pl.Int64))
            done += rows.height
    if not done:
        raise UnreadableFileError(
            path.parent / sheet.name, tr("has a heading and no row"), allowed=tr("at least one row of flows")
        )


def _names(path: Path, sheet: _Sheet, named: tuple[str, ...]) -> list[str]:
    """Headings that differ from one another: one column more is blank than in the one before, as pandas' row numbers.

    Raises:
        UnreadableFileError: one column, or two of one name.
        UnknownNameError: a map that names no heading of the table is of another file.
    """
    table = sheet.table
    width = len(table.headings)
    if width < 2:  # noqa: PLR2004 - a flow has a place and a value at least
        raise UnreadableFileError(
            path.parent / sheet.name,
            tr("is no table"),
            allowed=tr("a heading of several columns"),
            line=1,
            remedy=tr("Where lines stand above the heading, say how many in a map, for two of them: [file] skip = 2."),
        )
    names: list[str] = []
    met: set[str] = set()  # some files have ten thousand columns
    headings = [*sheet.layout.names, *[""] * width][:width] if sheet.layout else [*(sheet.given or table.headings)]
    if len(headings) != width:
        raise UnreadableFileError(
            path.parent / sheet.name,
            tr("has {width} columns, and the map gives {count} headings", width=width, count=len(headings)),
            allowed=tr("one for each column of {headings}", headings=" | ".join(table.headings)),
            remedy=tr('Write them in order in a map: [file] headings = ["flow", "month", …]; "" is not read.'),
        )
    if named and not {*named} & {h.strip().strip("\ufeff").strip() for h in headings}:
        raise UnknownNameError(tr("column of the file"), named[0], tuple(filter(None, headings)))
    for number, heading in enumerate(headings, 1):
        name = heading.strip().strip("\ufeff").strip()
        if not name:
            name = (
                f"column {number}"
                if table.kind == "workbook" or sheet.layout
                else " " * sum(not n.strip() for n in names)
            )
        elif name in met and role_of(name):
            remedy = tr("Give one of them another heading, or leave it out of the file.")
            raise UnreadableFileError(
                path.parent / sheet.name, tr("two columns have one name"), column=name, remedy=remedy
            )
        elif name in met:
            name = f"{name} ({number})"
        names.append(f"{name} " if name == ROW else name)
        met.add(names[-1])
    return names
