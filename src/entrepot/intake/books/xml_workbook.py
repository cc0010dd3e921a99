"""Workbooks as one XML file (SpreadsheetML of 2003), which systems write as .xls or .xml: NetSuite, BusinessObjects.

A sheet of one is as a sheet of a workbook of today: rows of typed values from the first on, and its merged cells.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from xml.parsers import expat

from entrepot.intake.books.merged_cells import Merged
from entrepot.intake.limits import MOST_COLUMNS, MOST_ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator

# The namespace of its elements, and what its prefixes stand for: ss:Index is an attribute, Row an element.
_SPACE = "urn:schemas-microsoft-com:office:spreadsheet"
_BEHIND = "}"  # expat's names as they are asked for here: the namespace, then this, then the name
_HIDDEN = ("SheetHidden", "SheetVeryHidden")


class _RefusedError(ValueError):
    """A document type: what it may define can burst."""


def is_xml_workbook(begins: bytes) -> bool:
    """Whether bytes are such a workbook: in UTF-8 or UTF-16, whose null bytes are looked past.

    >>> is_xml_workbook(b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">')
    True
    """
    text = begins.replace(b"\0", b"")
    return (
        text.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<")
        and _SPACE.encode() in text
        and b"<html" not in text
    )


@dataclass(slots=True)
class XmlSheet:
    """One sheet.

    Attributes:
        title: its name.
        sheet_state: visible, or hidden.
        rows: number of a row that holds something -> its values from the first column.
        merged: cells merged over several rows, from the top down.
    """

    title: str
    sheet_state: str = "visible"
    rows: dict[int, list[Any]] = field(default_factory=dict)
    merged: list[Merged] = field(default_factory=list)

    def reset_dimensions(self) -> None:
        """A sheet of this kind is as large as its cells."""

    def iter_rows(self, **_asked: bool) -> Iterator[tuple[Any, ...]]:
        """The values of the rows from the first to the last that holds any."""
        for number in range(1, max(self.rows, default=0) + 1):
            yield tuple(self.rows.get(number, ()))


def xml_sheets(data: bytes) -> dict[str, XmlSheet]:
    """The sheets of such a workbook by name, in order.

    Args:
        data: the file.

    Raises:
        ValueError: it is not well-formed, defines a document type, or states a cell beyond any sheet.
    """
    found = _Sheets()
    try:
        found.parser.Parse(data, True)
    except expat.ExpatError as exc:
        problem = f"{expat.ErrorString(exc.code)}, line {exc.lineno}"
        raise ValueError(problem) from exc
    return found.sheets


class _Sheets:
    """Gathers the sheets from expat's calls."""

    def __init__(self) -> None:
        self.sheets: dict[str, XmlSheet] = {}
        self.parser = parser = expat.ParserCreate(namespace_separator=_BEHIND)
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._refuse
        self._sheet = XmlSheet("")
        self._row, self._at, self._right = 0, 0, 0
        self._kind, self._text = "", list[str]()
        self._is_data = self._is_visible = False

    def _refuse(self, *_: object) -> None:
        raise _RefusedError("a document type")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        said = {key.rpartition(_BEHIND)[2]: value for key, value in attributes.items()}
        match name.rpartition(_BEHIND)[2]:
            case "Worksheet":
                self._sheet = self.sheets.setdefault(said.get("Name", ""), XmlSheet(said.get("Name", "")))
                self._row = 0
            case "Row":
                self._row = _place(said.get("Index", ""), self._row + 1, MOST_ROWS)
                self._at = -1
                self._right = 0
            case "Cell":
                self._at = _place(said.get("Index", ""), self._at + self._right + 2, MOST_COLUMNS) - 1
                self._right = _place(said.get("MergeAcross", ""), 0, MOST_COLUMNS)
                if down := _place(said.get("MergeDown", ""), 0, MOST_ROWS):
                    self._sheet.merged.append(Merged(self._row, self._row + down, self._at))
            case "Data":
                self._kind, self._is_data = said.get("Type", ""), True
                self._text.clear()
            case "Visible":
                self._is_visible = True
                self._text.clear()

    def _end(self, name: str) -> None:
        match name.rpartition(_BEHIND)[2]:
            case "Data":
                self._is_data = False
                row = self._sheet.rows.setdefault(self._row, [])
                row += [None] * (self._at + 1 - len(row))
                row[self._at] = _value("".join(self._text), self._kind)
            case "Visible":
                self._is_visible = False
                if "".join(self._text).strip() in _HIDDEN:
                    self._sheet.sheet_state = "hidden"

    def _characters(self, text: str) -> None:
        if self._is_data or self._is_visible:
            self._text.append(text)


def _place(stated: str, following: int, most: int) -> int:
    """A number that an attribute states, else the one that follows."""
    found = int(stated) if stated.isascii() and stated.isdigit() else following
    if found > most:
        raise ValueError(f"{found:,} > {most:,}")
    return found


def _value(text: str, kind: str) -> Any:
    """What a cell holds, as a program has it; a number that is none stays text."""
    if kind == "Number":
        try:
            return float(text)
        except ValueError:
            return text
    if kind == "DateTime":
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            return text
    if kind == "Boolean":
        return text.strip() == "1"
    return text or None
