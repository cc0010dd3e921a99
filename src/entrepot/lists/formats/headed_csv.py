"""Publishers' comma-separated text: every row as wide as the first, else the file was cut or has changed."""

from __future__ import annotations

import io
from itertools import islice
from typing import TYPE_CHECKING

from entrepot.core.errors import UnreadableFileError
from entrepot.core.words.translate import tr
from entrepot.intake.decode import decode
from entrepot.intake.delimited import records

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from entrepot.lists.formats.reading import Draft, File


def decoded(file: File) -> str:
    """The text of a file.

    Raises:
        UnreadableFileError: empty, in an encoding that is not read, or with null characters.
    """
    if not file.data.strip(b"\x1a\r\n \t"):
        raise UnreadableFileError(file.path, tr("the file is empty"), remedy=tr("Download it again."))
    return decode(file.data, file.path, file.options.encoding)[0]


def rows(file: File, text: str, width: int | None = None, delimiter: str = ",") -> Iterator[tuple[int, list[str]]]:
    """Line and cells of each row.

    Raises:
        UnreadableFileError: wrongly quoted, or a row of another width.
    """

    def rest(line: int) -> Iterable[str]:
        return islice(io.StringIO(text, newline=""), line - 1, None)

    for line, cells in records(io.StringIO(text, newline=""), delimiter, file.path, rest):
        if not cells:
            continue
        if width is not None and len(cells) != width:
            problem = tr("{count} cells in a row", count=len(cells))
            raise UnreadableFileError(
                file.path, problem, line=line, allowed=str(width), remedy=tr("Download it again.")
            )
        yield line, cells


def headed(  # noqa: PLR0913 - the file, what is read of it, and how it is cut
    file: File,
    needed: Sequence[str],
    draft: Draft,
    optional: Sequence[str] = (),
    *,
    delimiter: str = ",",
    skip: int = 0,
) -> Iterator[tuple[int, dict[str, str]]]:
    """Line and row of a file whose first row is headings; headings that are not read are noted in the draft.

    Args:
        file: the file.
        needed: headings that must be there.
        draft: where what is not read is counted.
        optional: headings that are read where they are there.
        delimiter: between cells.
        skip: rows before the headings.

    Raises:
        UnreadableFileError: a heading missing or twice, a row of another width.
    """
    text = decoded(file)
    each = rows(file, text, delimiter=delimiter)
    for _ in range(skip):
        next(each, None)
    top, cells = next(each, (1, []))
    headings = checked_headings(file, top, cells, needed)
    unread = [h for h in headings if h not in {*needed, *optional}]
    for line, cells in each:
        if len(cells) != len(headings):
            problem = tr("{count} cells in a row", count=len(cells))
            raise UnreadableFileError(file.path, problem, line=line, allowed=str(len(headings)))
        row = dict(zip(headings, cells, strict=True))
        count_unread(draft, unread, row)
        yield line, row


def checked_headings(
    file: File, line: int | None, cells: Sequence[str], needed: Sequence[str], *, remedy: str = ""
) -> list[str]:
    """The headings without spaces at their ends.

    Args:
        file: the file, for messages.
        line: where the headings stand.
        cells: the headings.
        needed: those that must be there.
        remedy: what to do where one is missing; empty for what is to be done with a publisher's file.

    Raises:
        UnreadableFileError: one that is needed is missing, or one stands twice.
    """
    headings = [h.strip() for h in cells]
    for name in needed:
        if name not in headings:
            found = ", ".join(headings)[:120]
            raise UnreadableFileError(
                file.path,
                tr("no heading {name!r} (found: {found})", name=name, found=found),
                line=line,
                allowed=tr("the headings {needed}", needed=", ".join(needed)),
                remedy=remedy or tr("Check that --as names the list that the file holds."),
            )
    if len(set(headings)) < len(headings):
        raise UnreadableFileError(file.path, tr("a heading stands twice"), line=line)
    return headings


def count_unread(draft: Draft, headings: Iterable[str], row: Mapping[str, str]) -> None:
    """Count the cells of columns that are not read."""
    for heading in headings:
        if row[heading].strip():
            draft.count("columns not read", heading)
