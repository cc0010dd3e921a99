"""A user's file as a table of text: the verb of the room.

CSV, TSV, JSON lines and Parquet are read piece by piece, as often as their rows are asked for, and never held whole.
Workbooks and JSON arrays are held: they have no pieces.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from entrepot.core.document.hinted import Hinted
from entrepot.core.errors import BadInputError, UnreadableFileError
from entrepot.core.runtime import rights
from entrepot.core.words.translate import marked, tr
from entrepot.intake import decode
from entrepot.intake.books.xml_workbook import is_xml_workbook
from entrepot.intake.reading_options import ReadingOptions
from entrepot.intake.signs.messages import refuse_message
from entrepot.intake.unpack import GZIP, OLE, ZIP, content, sha256_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from entrepot.intake.text_table import TextTable
    from entrepot.intake.unpack import Content

_BINARY = {b"PAR1": ".parquet", ZIP: ".xlsx", OLE: ".xlsx"}
_JSON = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:\{\s*["}]|\[\s*[\[{\]])')
_MARK_OF_RECORDS = (b"!", b"\xef")  # the mark, or that of UTF-8 before it
_MARKS = (b"\xff\xfe", b"\xfe\xff")  # of UTF-16, which has null bytes
_OTHER = (b"<", b"%PDF", b"{\\rtf")  # pages, PDF, RTF: text, but no table
# What is no table whatever its name ends in, by its first bytes.
_NO_TABLES = {
    b"%PDF": marked("a PDF"),
    b"{\\rtf": marked("a document of a word processor"),
    b"\x89PNG": marked("a picture"),
    b"\xff\xd8\xff": marked("a picture"),
    b"GIF8": marked("a picture"),
    b"II*\0": marked("a picture"),
    b"MM\0*": marked("a picture"),
}
TEXT, WORKBOOK, JSON, PARQUET = (
    (".csv", ".tsv", ".txt"),
    (".xlsx", ".xls"),
    (".jsonl", ".ndjson", ".json"),
    (".parquet",),
)
ENDINGS = (*TEXT, *WORKBOOK, *JSON, *PARQUET)


def opened(path: Path, options: ReadingOptions | None = None) -> TextTable:
    """A file as a table.

    Args:
        path: the file, also packed with gzip or alone in a zip; - is standard input.
        options: what the user says of it, and what its reader looks for.

    Raises:
        UnreadableFileError: it is missing, empty, mis-encoded, wrongly quoted or of an unknown kind.
        UnknownNameError: no such sheet.
        BadInputError: no such encoding.
    """
    return table_of(content(path), options)


def table_of(file: Content, options: ReadingOptions | None = None) -> TextTable:
    """One unpacked file as a table; as `opened`."""
    options = options or ReadingOptions()
    try:
        read, notes = _as_table(file, options)
        if read is not file:  # what was made of a page or a form is UTF-8, whatever the file was
            options = replace(options, encoding="")
        kind = kind_of(read)
        refuse_unheard(file.origin, kind, options)
        if kind in TEXT:
            refuse_message(read)
        table = _reader(kind)(read, options)
        if options.headed:
            options.headed(table.headings)
        table = _ungrouped(table, options)
        if read is file:
            return table
        # The hash is of the file as it lies, by which a change during the work is seen, not of what was made of it.
        return replace(table, sha256=sha256_of(file, options), notes=(*notes, *table.notes))
    except (OSError, ValueError) as exc:
        reason = getattr(exc, "strerror", None) or str(exc)
        remedy = rights.remedy(exc, Path(file.origin), tr("Or check the path."), writing=False)
        raise UnreadableFileError(file.origin, tr("cannot be read ({reason})", reason=reason), remedy=remedy) from exc


def refuse_unheard(origin: str, kind: str, options: ReadingOptions) -> None:
    """Stop where a file is asked for what it cannot have, which would be passed over: a sheet of what is no workbook.

    Args:
        origin: what a message calls the file.
        kind: the ending that says what it is.
        options: what the user says of it. An encoding may be meant for another file beside it, and need only be one.

    Raises:
        BadInputError: a sheet of what is no workbook, or an encoding that is none.
    """
    decode.known(options.encoding)
    if options.sheet and kind not in WORKBOOK:
        raise BadInputError(
            tr("{origin}: a sheet is named, and the file is no workbook", origin=origin),
            found=options.sheet,
            remedy=Hinted(tr("Leave --sheet out for this file."), tr("Leave the sheet out for this file.")),
        )


def _ungrouped(table: TextTable, options: ReadingOptions) -> TextTable:
    """The table with what heads its rows in each of them, where it is a report that is grouped."""
    if options.words is None or table.kind not in {"delimited", "workbook"}:
        return table
    from entrepot.intake.groups.headed_rows import under_heads
    from entrepot.intake.groups.stacked_rows import apart

    divided = apart(table)
    return under_heads(divided, options.words) if options.is_filled and divided is table else divided


def _as_table(file: Content, options: ReadingOptions) -> tuple[Content, tuple[str, ...]]:
    """The file, or what is read in its place, and notes: a page's tables, records of one kind, items of a form."""
    if file.begins(1) in _MARK_OF_RECORDS:
        from entrepot.intake.signs.marked_records import is_marked, records_of_one_kind

        if is_marked(file.begins()):
            read, note = records_of_one_kind(file, options)
            return read, (note,)
    if b"<ASYCUDA" in file.begins().replace(b"\0", b""):
        from entrepot.intake.signs.sad_xml import as_text, is_declaration

        if is_declaration(file.begins()):
            read, note = as_text(file)
            return read, (note,)
    if options.words is not None and b"\n|" in file.begins():
        from entrepot.intake.groups.labelled_blocks import flattened, may_be_blocked

        if may_be_blocked(file.begins()) and (found := flattened(file, options, options.words)):
            return found[0], (found[1],)
    return unpaged(file, options.encoding)


def paged_apart(file: Content, options: ReadingOptions) -> tuple[Content, ReadingOptions, tuple[str, ...]]:
    """As `unpaged`, and how it is read then: what was made of a page is UTF-8, whatever the page was; and notes."""
    read, notes = unpaged(file, options.encoding)
    return read, options if read is file else replace(options, encoding=""), notes


def unpaged(file: Content, encoding: str) -> tuple[Content, tuple[str, ...]]:
    """The file, or the text of its tables where it is a page under the name of a table; and notes on that."""
    if PurePosixPath(file.name).suffix.casefold() not in ENDINGS or b"<" not in file.begins():
        return file, ()
    from entrepot.intake.signs.page_table import as_text, is_page

    if is_xml_workbook(file.begins()):
        return file, ()
    return as_text(file, encoding) if is_page(file.begins()) else (file, ())


def kind_of(file: Content) -> str:
    """The ending that says what a file is: by its first bytes where they tell, else by its name, else text.

    Raises:
        UnreadableFileError: an unknown ending, and bytes that are no text; or a file packed twice.
    """
    begins = file.begins()
    for mark, ending in _BINARY.items():
        if begins.startswith(mark):
            return ending
    if is_xml_workbook(begins):
        return ".xlsx"
    if begins.startswith(GZIP):
        raise UnreadableFileError(
            file.origin, tr("is packed twice"), allowed=tr("one packing"), remedy=tr("Unpack it first.")
        )
    if said := next((said for mark, said in _NO_TABLES.items() if begins.startswith(mark)), ""):
        remedy = tr("Have the table saved as CSV in UTF-8 or as .xlsx by the program that it comes from.")
        allowed = tr("text or a workbook: {endings}", endings=", ".join(ENDINGS))
        raise UnreadableFileError(
            file.origin, tr("is {what}, and no table", what=tr(said)), allowed=allowed, remedy=remedy
        )
    named = PurePosixPath(file.name).suffix.casefold()
    if _JSON.match(begins):
        return ".json"
    is_text = b"\0" not in begins or begins.startswith(_MARKS)
    if named in ENDINGS:
        return named if named in {*TEXT, *JSON} or not is_text or not begins.strip() else ".csv"
    if not is_text or begins.lstrip().startswith(_OTHER):
        problem = (
            tr("files that end in {named!r} are not known", named=named)
            if named
            else tr("the name has no ending, and it is no text")
        )
        allowed = ", ".join(ENDINGS) + tr("; .gz and .zip of these")
        raise UnreadableFileError(file.origin, problem, allowed=allowed, remedy=tr("Save the table as CSV in UTF-8."))
    return ".csv"


def _reader(ending: str) -> Callable[[Content, ReadingOptions], TextTable]:
    """What reads files of an ending; each reader is loaded by who reads such a file."""
    if ending in TEXT:
        from entrepot.intake.delimited import read_delimited

        return read_delimited
    if ending in WORKBOOK:
        from entrepot.intake.workbook import read_workbook

        return read_workbook
    if ending in JSON:
        from entrepot.intake.json_rows import read_json

        return read_json
    from entrepot.intake.parquet_rows import read_parquet

    return read_parquet
