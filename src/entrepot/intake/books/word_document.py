"""Tables of a document of Word (.docx), as sheets; and the whole of it as one, for a packing list that is a form.

Of the whole each paragraph is a row of one cell and each row of a table one of its cells, in their order, with heads
and feet of pages behind, for a letterhead names who sends. What was deleted is left out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

from entrepot.core.document.hinted import hinted
from entrepot.core.words.translate import tr
from entrepot.intake.books.merged_cells import Merged
from entrepot.intake.books.xml_workbook import XmlSheet
from entrepot.intake.limits import MOST_COLUMNS

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Callable, Sequence

BODY = "word/document.xml"  # a zip that holds it is a document of Word
_BESIDE = ("word/header", "word/footer")
# Text that stands twice, or no more: another program's copy of a box, what was deleted or moved, a field's formula.
_SKIPPED = frozenset(("mc:Fallback", "w:del", "w:moveFrom", "w:instrText", "w:delText"))
# Lines in a note, characters of each; of lines with a firm more: somebody on a list may be among them.
_MOST_SHOWN, _LONGEST_SHOWN, _MOST_VALUES = 5, 60, 30
_BREAKS = {"w:tab": "\t", "w:br": "\n", "w:cr": "\n"}


@dataclass(frozen=True, slots=True)
class WordSheets:
    """What a document holds.

    Attributes:
        tables: by their names, in order; the whole where it has none.
        whole: all of it.
        note: on the paragraphs that stand in no table, where a party may be named too; empty where none do.
    """

    tables: dict[str, XmlSheet]
    whole: XmlSheet
    note: str


def word_sheets(packed: zipfile.ZipFile, is_value: Callable[[str], bool] | None = None) -> WordSheets:
    """The tables of a document of Word.

    Args:
        packed: the opened file.
        is_value: whether a text is a value of such a table, as a firm is of parties: such lines are named first.

    Raises:
        ValueError: a part is not well-formed, or defines a document type.
    """
    found = _Read()
    beside = sorted(n for n in packed.namelist() if n.startswith(_BESIDE) and n.endswith(".xml"))
    for name in (BODY, *beside):
        found.read(packed.read(name))
    whole = XmlSheet(tr("the document"), rows=dict(enumerate(found.rows, 1)))
    tables = {one.title: one for one in found.tables if any(any(row) for row in one.rows.values())}
    if not tables:
        return WordSheets({whole.title: whole}, whole, "")
    outside = [" ".join(filter(None, row)) for row in found.rows if any(row) and id(row) not in found.of_tables]
    return WordSheets(tables, whole, _note(outside, is_value))


def _note(lines: Sequence[str], is_value: Callable[[str], bool] | None) -> str:
    if not lines:
        return ""
    values = [line for line in lines if is_value and is_value(_behind_label(line))]
    shown = values[:_MOST_VALUES] or lines[:_MOST_SHOWN]
    named = ", ".join(repr(line[:_LONGEST_SHOWN]) for line in shown)
    more = tr(" and {count} more", count=len(lines) - len(shown)) if len(lines) > len(shown) else ""
    if values:
        said = tr(
            "Of the document its tables are read, and not the text beside them, which names firms in {count} of "
            "{lines} lines: {named}{more}.",
            count=len(values), lines=len(lines), named=named, more=more,
        )  # fmt: skip
    else:
        said = tr(
            "Of the document its tables are read, and not the text beside them: {named}{more}.", named=named, more=more
        )
    return hinted(said, tr("Put a party that it names into a table, or each party behind its label."))


def _behind_label(line: str) -> str:
    """A line without the label before its colon: "Seller: Foo Ltd"."""
    return line.partition(":")[2].strip() or line


@dataclass(slots=True)
class _Read:
    """Gathers rows from expat's calls.

    Attributes:
        rows: of the whole.
        tables: each with its rows.
        of_tables: which of the rows are a table's.
    """

    rows: list[list[str]] = field(default_factory=list)
    tables: list[XmlSheet] = field(default_factory=list)
    of_tables: set[int] = field(default_factory=set)
    _text: list[str] = field(default_factory=list)
    _row: list[str] = field(default_factory=list)
    _depth: int = 0  # tables within tables are text of the cell
    _skipped: int = 0
    _is_text: bool = False
    _span: int = 1
    _goes_on: bool = False  # the cell is merged with the one above it
    _open: dict[int, int] = field(default_factory=dict)  # column -> the row in which a merged cell begins

    def read(self, part: bytes) -> None:
        """Read one part of the file."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._refuse
        try:
            parser.Parse(part, True)
        except expat.ExpatError as exc:
            problem = f"{expat.ErrorString(exc.code)}, line {exc.lineno}"
            raise ValueError(problem) from exc

    def _refuse(self, *_: object) -> None:
        problem = "a document type"
        raise ValueError(problem)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        said = attributes.get("w:val", "")
        if name in _SKIPPED:
            self._skipped += 1
        elif name == "w:t":
            self._is_text = True
        elif name in _BREAKS and not self._skipped:
            self._text.append(_BREAKS[name])
        elif name == "w:tbl":
            self._depth += 1
            if self._depth == 1:
                self.tables.append(XmlSheet(tr("table {number}", number=len(self.tables) + 1)))
                self._open.clear()
        elif name == "w:gridSpan" and self._depth == 1 and said.isdigit():
            self._span = min(int(said), MOST_COLUMNS)
        elif name == "w:vMerge" and self._depth == 1:
            self._goes_on = said != "restart"
            if not self._goes_on:
                self._open[len(self._row)] = len(self.tables[-1].rows) + 1

    def _end(self, name: str) -> None:
        if name in _SKIPPED:
            self._skipped -= 1
        elif name == "w:t":
            self._is_text = False
        elif name == "w:p":
            self._paragraph()
        elif name == "w:tc" and self._depth == 1:
            self._cell()
        elif name == "w:tr" and self._depth == 1:
            table = self.tables[-1]
            table.rows[len(table.rows) + 1] = self._row
            self.rows.append(self._row)
            self.of_tables.add(id(self._row))
            self._row = []
        elif name == "w:tbl":
            self._depth -= 1
            if not self._depth:
                self.rows.append([])

    def _paragraph(self) -> None:
        if self._depth:
            self._text.append("\n")
            return
        lines = "".join(self._text).split("\n")
        self.rows.extend([cell.strip() for cell in line.split("\t")] for line in lines)
        self._text.clear()

    def _cell(self) -> None:
        at = len(self._row)
        text = "\n".join(line.strip() for line in "".join(self._text).splitlines() if line.strip())
        if self._goes_on and at in self._open:
            number, merged = len(self.tables[-1].rows) + 1, self.tables[-1].merged
            if merged and merged[-1].column == at and merged[-1].top == self._open[at]:
                merged.pop()
            merged.append(Merged(self._open[at], number, at))
        self._row += [text, *[""] * (self._span - 1)]
        self._text.clear()
        self._span, self._goes_on = 1, False

    def _characters(self, text: str) -> None:
        if self._is_text and not self._skipped:
            self._text.append(text)
