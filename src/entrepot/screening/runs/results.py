"""Results of an earlier screening, read back from their file as rows of MATCHES."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import replace
from shlex import quote
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import UnknownNameError, UnreadableFileError
from entrepot.core.output import unescaped
from entrepot.core.words.translate import in_english, marked, tr
from entrepot.intake.open_table import WORKBOOK, kind_of, table_of
from entrepot.intake.reading_options import ReadingOptions
from entrepot.intake.unpack import content
from entrepot.screening.cases.case_identity import with_cases
from entrepot.screening.contract import MATCHES
from entrepot.screening.matching.match import match_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from entrepot.core.contract import Column
    from entrepot.core.tables.column_types import ColumnType
    from entrepot.intake.text_table import TextTable

    Row = dict[str, Any]

_MATCHES_SHEET = "matches"
_LATER = ("party_key", "beside", "case_id", "entry", "joined")  # columns that 0.1.0 did not write
_ESCAPED = {"delimited", "workbook"}  # where text that a spreadsheet would run was escaped
_BETWEEN = re.compile(r"(?<=[.)]); ")  # sentences that a format without lists has joined
# An array without rows has 2 to 4 bytes; an answer over HTTP without rows has its notes beside them, of a few thousand
# for a hundred lists. A larger file is not read for that.
_FEW_BYTES = 100_000
_SURE = marked("The id is the hash of what the row says: nothing in it was changed.")
_UNSURE = marked(
    "The id is not the hash of what the row says: it was changed, or its file does not hold it to the letter."
)


@in_english
def results(path: Path, options: ReadingOptions | None = None) -> Iterator[Row]:
    """The rows of a file of results; those of 0.1.0 are given their cases, and have no number and no columns beside.

    Args:
        path: what `entrepot screen --out` wrote, as CSV, JSON, Parquet or a workbook, packed or not.
        options: how it is to be read.

    Yields:
        Rows under MATCHES.

    Raises:
        UnreadableFileError: the file is no output of a screening, or that of an older Entrepot.
    """
    if _is_empty(path):
        return
    table = _opened(path, options)
    held = [c for c in MATCHES.columns if c.name in table.headings]
    missing = [c.name for c in MATCHES.columns if c.name not in {*table.headings, *_LATER}]
    if missing:
        raise UnreadableFileError(
            path.name,
            tr("no results of a screening: the columns {missing} are missing", missing=", ".join(missing)),
            allowed=tr("what `entrepot screen --out` wrote"),
            remedy=tr(
                "{written_by}Screen the parties again: entrepot screen PARTIES --out {name}",
                written_by=_written_by(table),
                name=quote(path.name),
            ),
        )
    lacking = dict.fromkeys(n for n in _LATER if n not in table.headings)
    rows = ({**lacking, **row} for row in _rows(path, table, held))
    yield from with_cases(rows) if "case_id" in lacking else rows


def counts_without_headings(path: Path, options: ReadingOptions | None = None) -> bool:
    """Whether the rows of a file of results count from the first below the headings: so until one's own number came.

    Args:
        path: as in `results`.
        options: how it is to be read.
    """
    return not _is_empty(path) and "party_key" not in _opened(path, options).headings


def _rows(path: Path, table: TextTable, held: Sequence[Column]) -> Iterator[Row]:
    """The rows of a file whose headings are there, by the columns that it holds."""
    places = [(c.name, c.kind, table.headings.index(c.name)) for c in held]
    never = [(c.name, table.headings.index(c.name)) for c in held if not (c.absent or c.kind.is_list)]
    is_escaped = table.kind in _ESCAPED
    for number, cells in enumerate(table.rows(), 1):
        if not any(cells):
            continue
        try:
            if empty := next((n for n, at in never if cells[at] is None), ""):
                raise ValueError(f"{empty} is empty")  # noqa: TRY301 - said like any cell that is none of its type
            yield {n: _value(cells[at], kind, is_escaped=is_escaped) for n, kind, at in places}
        except ValueError as exc:
            raise UnreadableFileError(
                path.name, tr("row {number} is no match ({exc})", number=number, exc=exc)
            ) from exc


def _written_by(table: TextTable) -> str:
    """A sentence on the release that wrote a table of results, as its evidence names it; empty where none does."""
    if "evidence" not in table.headings:
        return ""
    at = table.headings.index("evidence")
    said = next((cell for cells in table.rows() if any(cells) and (cell := cells[at])), "")
    found = release_of(unescaped(said) if table.kind in _ESCAPED else said)
    return tr("Entrepot {found} wrote it. ", found=found) if found else ""


def release_of(evidence: str) -> str:
    """The release that scored a match, as its evidence names it; empty where it names none.

    Args:
        evidence: of a row of MATCHES; empty for none.
    """
    with suppress(ValueError, TypeError, KeyError):
        return str(json.loads(evidence)["entrepot"])
    return ""


def _opened(path: Path, options: ReadingOptions | None) -> TextTable:
    """The table of matches; of a workbook the sheet that holds them, which stands hidden behind the cases."""
    file = content(path)
    if kind_of(file) in WORKBOOK and not (options and options.sheet):
        with suppress(UnknownNameError):
            return table_of(file, replace(options or ReadingOptions(), sheet=_MATCHES_SHEET))
    return table_of(file, options)


def _is_empty(path: Path) -> bool:
    """Whether the file is a JSON array without rows, or an answer over HTTP without any, which have no headings."""
    with suppress(OSError, ValueError, RecursionError):
        if path.suffix.casefold() == ".json" and path.stat().st_size < _FEW_BYTES:
            found = json.loads(path.read_bytes())
            return found == [] or (isinstance(found, dict) and found.get("rows") == [] and "notes" in found)
    return False


def _value(cell: str | None, kind: ColumnType, *, is_escaped: bool) -> Any:
    if cell is None:
        return [] if kind.is_list else None
    text = unescaped(cell) if is_escaped else cell
    if kind.is_list:
        return _BETWEEN.split(text) if is_escaped else json.loads(text)
    return kind.read(text)


@in_english
def result(path: Path, wanted: str) -> Row:
    """The match of a file of results that has an id.

    Args:
        path: as in `results`.
        wanted: the id.

    Raises:
        UnknownNameError: the file has no such match.
    """
    seen = []
    for row in results(path):
        if row["match_id"] == wanted:
            return row
        seen.append(row["match_id"])
    raise UnknownNameError(tr("match of {name}", name=path.name), wanted, seen)


def unchanged(row: Row) -> str:
    """One sentence: whether a match still says what its id is the hash of."""
    return _SURE if match_id(row) == row["match_id"] else _UNSURE
