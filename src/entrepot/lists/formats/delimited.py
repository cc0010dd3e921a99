"""Comma-separated text: decoded, cut into rows, each with its line."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from entrepot.core.errors import UnreadableFileError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from entrepot.lists.formats.reading import Draft, File


def decoded(file: File) -> str:
    """The text of a file.

    Raises:
        UnreadableFileError: empty, not UTF-8, or with null characters.
    """
    if not file.data.strip(b"\x1a\r\n \t"):
        raise UnreadableFileError(file.path, "the file is empty", remedy="Download it again.")
    try:
        text = file.data.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        line = file.data.count(b"\n", 0, exc.start) + 1
        raise UnreadableFileError(file.path, "not UTF-8", line=line, remedy="Save the file as UTF-8.") from exc
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise UnreadableFileError(file.path, "a null character", line=line, remedy="Download it again.")
    return text


def rows(file: File, text: str, width: int | None = None, delimiter: str = ",") -> Iterator[tuple[int, list[str]]]:
    """Line and cells of each row.

    Raises:
        UnreadableFileError: wrongly quoted, or a row of another width.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=delimiter)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as exc:
            problem = f"wrongly quoted ({exc})"
            raise UnreadableFileError(file.path, problem, line=line, remedy="Download it again.") from exc
        if not cells:
            continue
        if width is not None and len(cells) != width:
            problem = f"{len(cells)} cells in a row"
            raise UnreadableFileError(file.path, problem, line=line, allowed=str(width), remedy="Download it again.")
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
    headings = [h.strip() for h in cells]
    for name in needed:
        if name not in headings:
            found = ", ".join(headings)[:120]
            raise UnreadableFileError(
                file.path,
                f"no heading {name!r} (found: {found})",
                line=top,
                allowed=f"the headings {', '.join(needed)}",
                remedy="Check that --as names the list that the file holds.",
            )
    if len(set(headings)) < len(headings):
        raise UnreadableFileError(file.path, "a heading stands twice", line=top)
    unread = [h for h in headings if h not in {*needed, *optional}]
    for line, cells in each:
        if len(cells) != len(headings):
            problem = f"{len(cells)} cells in a row"
            raise UnreadableFileError(file.path, problem, line=line, allowed=str(len(headings)))
        row = dict(zip(headings, cells, strict=True))
        for heading in unread:
            if row[heading].strip():
                draft.count("columns not read", heading)
        yield line, row
