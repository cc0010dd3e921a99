"""Opening a file of flows: the tables in it, as frames in which every cell is text until a reader says what it is.

Decoding, unpacking and cutting are those of `intake`; here is what only files of flows have: a zip with a table a year,
lists of country codes beside it, and blocks for what is too large to be held.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from entrepot.core.errors import UnreadableFileError
from entrepot.intake.open_table import table_of
from entrepot.intake.reading_options import ReadingOptions
from entrepot.intake.unpack import contents

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import polars as pl

    from entrepot.intake.text_table import TextTable
    from entrepot.intake.unpack import Content

ROW = "row"  # rows are counted from 1 below the heading
_SEPARATORS = ("\t", ";", "|", ",")
_TABLES = (".csv", ".tsv", ".txt", ".dat", ".json", ".parquet")
_HEAD = 65_536  # bytes that hold the heading


@dataclass(frozen=True, slots=True)
class Opened:
    """One table of a file, or a block of one.

    Attributes:
        name: the file's name, with that of the member of a zip.
        frame: its cells as text, with the number of the row in `row`.
        beside: other members of the zip by name, such as a list of country codes.
        notes: how it was read.
    """

    name: str
    frame: pl.DataFrame
    beside: dict[str, bytes]
    notes: tuple[str, ...] = ()

    @property
    def heading(self) -> tuple[str, ...]:
        """The columns as printed."""
        return tuple(c for c in self.frame.columns if c != ROW)


def opened(path: Path, options: ReadingOptions | None = None) -> Iterator[Opened]:
    """The tables of a file, one after the other; more than one only in a zip.

    Args:
        path: the file.
        options: what the user says of it; lines above the heading, such as the title of a spreadsheet, to skip.

    Raises:
        UnreadableFileError: no such file, an empty one, a broken archive, a row too long, an unknown kind.
        BadInputError: no such encoding or sheet.
    """
    import polars as pl

    for name, table, beside in _tables(path, options):
        frames = list(_frames(path, table))
        yield Opened(name, _numbered(pl.concat(frames), 0), beside, (*table.notes, *table.late_notes))


def blocks(path: Path, options: ReadingOptions | None = None) -> Iterator[Opened]:
    """The tables of a large file in blocks of some hundred thousand rows, counted on.

    Args:
        path: the file.
        options: as in `opened`.

    Raises:
        UnreadableFileError: as in `opened`.
    """
    for name, table, beside in _tables(path, options):
        done, before = 0, None
        for frame in _frames(path, table):
            if before is not None:
                yield Opened(name, before, beside, table.notes)
            before = _numbered(frame, done)
            done += frame.height
        if before is not None:  # what is noted of rows is known once all are read
            yield Opened(name, before, beside, (*table.notes, *table.late_notes))


def _tables(path: Path, options: ReadingOptions | None) -> Iterator[tuple[str, TextTable, dict[str, bytes]]]:
    """Name of each table of a file, the table, and the lists of codes beside it."""
    options = replace(options or ReadingOptions(), is_printed=True)
    found = contents(path)
    if found and not any(c.member for c in found):
        yield path.name, table_of(found[0], options), _siblings(path)
        return
    tables, beside = _sorted_out(path, found)
    for one in tables:
        yield f"{path.name}/{one.member}", table_of(one, options), beside


def _sorted_out(path: Path, found: list[Content]) -> tuple[list[Content], dict[str, bytes]]:
    """The tables of a zip, and the lists of codes beside them; what people are to read is neither."""
    known = [c for c in found if c.member.casefold().endswith(_TABLES)] or (found if len(found) == 1 else [])
    codes = [c for c in known if "codes" in _base(c)]
    tables = [c for c in known if c not in codes and not _is_prose(c)]
    if not tables:
        raise UnreadableFileError(path, "holds no table", allowed=", ".join(_TABLES))
    return tables, {c.member.rpartition("/")[2]: c.whole() for c in codes}


def _is_prose(one: Content) -> bool:
    """Whether a member is a text such as BACI's Readme.txt: named so, or a .txt whose first line nothing divides."""
    base = _base(one)
    if base.startswith(("readme", "read_me", "license", "licence")):
        return True
    if not base.endswith(".txt"):
        return False
    first = one.begins(_HEAD).partition(b"\n")[0].decode("utf-8", errors="replace")
    return not any(mark in first for mark in _SEPARATORS)


def _base(one: Content) -> str:
    return one.member.rpartition("/")[2].casefold()


def _siblings(path: Path) -> dict[str, bytes]:
    """Lists of country codes that lie beside a file, as BACI's do."""
    found = sorted(path.parent.glob("country_codes*.csv"))
    return {p.name: p.read_bytes() for p in found if p != path}


def _frames(path: Path, table: TextTable) -> Iterator[pl.DataFrame]:
    """The frames of a table, at least one, columns called as printed."""
    names = _names(path, table)
    is_empty = True
    for frame in table.frames():
        is_empty = False
        yield frame.rename(dict(zip(frame.columns, names, strict=True)))
    if is_empty:
        raise UnreadableFileError(path, "has a heading and no row", allowed="at least one row of flows")


def _names(path: Path, table: TextTable) -> list[str]:
    """Headings that differ from one another: one column more is blank than in the one before, as pandas' row numbers.

    Raises:
        UnreadableFileError: one column, or two of one name.
    """
    if len(table.headings) < 2:  # noqa: PLR2004 - a flow has a place and a value at least
        raise UnreadableFileError(path, "is no table", allowed="a heading of several columns", line=1)
    names: list[str] = []
    for number, heading in enumerate(table.headings, 1):
        name = heading.strip().strip("\ufeff").strip()
        if not name:
            name = f"column {number}" if table.kind == "workbook" else " " * sum(not n.strip() for n in names)
        elif name in names:
            raise UnreadableFileError(path, "two columns have one name", column=name)
        names.append(f"{name} " if name == ROW else name)
    return names


def _numbered(frame: pl.DataFrame, done: int) -> pl.DataFrame:
    import polars as pl

    return frame.with_row_index(ROW, offset=done + 1).with_columns(pl.col(ROW).cast(pl.Int64))
