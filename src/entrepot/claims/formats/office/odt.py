"""OpenDocument text, as LibreOffice writes it: body, text boxes and notes, by zipfile and expat.

What was deleted or struck through, what a style or a field hides, comments and tables of contents are left out and
counted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from entrepot.claims.formats.office import packed_xml
from entrepot.claims.formats.parts import COMMENT, CONTENTS, DELETED, NOTE_MARK, Parts, is_note_mark
from entrepot.claims.formats.tables import Grid
from entrepot.core.errors import UnreadableFileError
from entrepot.core.words.translate import tr

MEDIA = b"mimetypeapplication/vnd.oasis.opendocument.text"  # how the archive begins, by the standard
_BODY, _META, _MANIFEST = "content.xml", "meta.xml", "META-INF/manifest.xml"
# Elements passed over with all that is in them, and what of them is counted. Texts that were deleted stand in their own
# list, before the text; the number of a note, and titles of pictures, are no words of the report.
_SKIPPED = {
    "text:tracked-changes": DELETED,
    "office:annotation": COMMENT,
    "text:table-of-content": CONTENTS,
    "text:illustration-index": CONTENTS,
    "text:hidden-text": "hidden",
    "text:hidden-paragraph": "hidden",
    "text:note-citation": "",
    "office:forms": "",
    "svg:title": "",
    "svg:desc": "",
    "text:ruby-text": "",
    "table:covered-table-cell": "",
}
_SIGNS = {"text:s": " ", "text:tab": " ", "text:line-break": " "}
_BEFORE = 4  # pieces of text before a raised one, which tell the mark of a note from a power
_RAISED = re.compile(r"super|[1-9]\d*%")  # of a text position: sub and negative ones are lowered
# Elements that are a paragraph each; h is a heading.
_PARAGRAPHS = frozenset({"text:p", "text:h"})


def extract(data: bytes, origin: str) -> Parts:
    """The paragraphs of an OpenDocument text.

    Raises:
        UnreadableFileError: encrypted, not such a file, damaged, or larger unpacked than 200 MB.
    """
    found = Parts()
    with packed_xml.opened(data, origin, _BODY, tr("an OpenDocument text (.odt)")) as packed:
        if _MANIFEST in packed.names and b"encryption-data" in packed.part(_MANIFEST):
            raise UnreadableFileError(origin, tr("encrypted"), remedy=tr("Save it without a password."))
        if _META in packed.names:
            packed_xml.properties(packed.part(_META), found)
        _Reader(found).read(packed.part(_BODY))
    return found


@dataclass(slots=True)
class _Paragraph:
    """A paragraph while it is read; a note or a text box stands within one and has its own."""

    kind: str
    text: list[str] = field(default_factory=list)
    left: str = ""  # why it is not read


class _Reader:
    """Collects paragraphs; notes come after the text, so that the day of one is no dateline of the report."""

    def __init__(self, found: Parts) -> None:
        self._found = found
        self._open: list[_Paragraph] = []
        self._waiting: list[_Paragraph] = []  # of notes, until the text ends
        self._skipped = self._items = self._notes = self._cells = self._heads = 0
        self._hiding: dict[str, str] = {}  # styles under which nothing is read, and why
        self._style = ""
        self._raising: set[str] = set()  # styles under which it stands raised
        self._spans: list[bool] = []  # whether a span is hidden
        self._raised: list[int] = []  # where in its paragraph each span begins that is raised; -1: is not
        self._grids: list[Grid] = []

    def read(self, data: bytes) -> None:
        """Read the content of the file."""
        packed_xml.read(data, self._start, self._end, self._characters)
        for note in self._waiting:
            self._found.add("".join(note.text), note.kind)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self._skipped or name in _SKIPPED:
            if not self._skipped and _SKIPPED[name] not in ("", DELETED):
                self._found.left_out[_SKIPPED[name]] += 1
            self._found.left_out.update([DELETED] if name == "text:deletion" else [])
            self._skipped += 1
        elif name in _PARAGRAPHS:
            kind = "heading" if name == "text:h" else self._kind()
            self._open.append(_Paragraph(kind, left=self._hiding.get(attributes.get("text:style-name", ""), "")))
        elif name == "text:span":
            style = attributes.get("text:style-name", "")
            hidden = style in self._hiding
            self._spans.append(hidden)
            self._raised.append(len(self._open[-1].text) if self._open and style in self._raising else -1)
            self._found.left_out.update([self._hiding[style]] if hidden else [])
        elif name in _SIGNS:
            self._characters(_SIGNS[name])
        elif name == "style:style":
            self._style = attributes.get("style:name", "")
        elif name == "style:text-properties":
            self._dress(attributes)
        else:
            self._around(name, attributes)

    def _dress(self, attributes: dict[str, str]) -> None:
        """What a style does with its text."""
        if attributes.get("text:display") == "none":
            self._hiding[self._style] = "hidden"
        elif any(attributes.get(f"style:text-line-through-{n}", "none") != "none" for n in ("style", "type")):
            self._hiding[self._style] = DELETED
        if _RAISED.match(attributes.get("style:text-position", "")):
            self._raising.add(self._style)

    def _kind(self) -> str:
        return "note" if self._notes else "cell" if self._cells else "item" if self._items else "paragraph"

    def _around(self, name: str, attributes: dict[str, str]) -> None:
        """Lists, notes and tables: what a paragraph stands in."""
        match name:
            case "text:list-item":
                self._items += 1
            case "text:note-body":
                self._notes += 1
            case "table:table":
                self._grids.append(Grid(self._found))
            case "table:table-header-rows":
                self._heads += 1
            case "table:table-row" if self._grids:
                self._grids[-1].row()
            case "table:table-cell":
                self._cells += 1
                if self._grids:
                    wide, high = (_number(attributes.get(f"table:number-{n}-spanned")) for n in ("columns", "rows"))
                    self._grids[-1].cell(header=bool(self._heads), columns=wide, lines=high)

    def _end(self, name: str) -> None:
        if self._skipped:
            self._skipped -= 1
            return
        match name:
            case "text:p" | "text:h":
                self._end_paragraph()
            case "text:span":
                self._end_span()
            case "text:list-item":
                self._items -= 1
            case "text:note-body":
                self._notes -= 1
            case "table:table" if self._grids:
                self._grids.pop().done()
            case "table:table-header-rows":
                self._heads -= 1
            case "table:table-cell":
                self._cells -= 1
                if self._grids:
                    self._grids[-1].end()

    def _end_span(self) -> None:
        self._spans.pop()
        if (at := self._raised.pop()) >= 0 and self._open:
            text = self._open[-1].text
            if is_note_mark("".join(text[at:]), "".join(text[max(0, at - _BEFORE) : at])):
                del text[at:]
                self._found.left_out[NOTE_MARK] += 1

    def _end_paragraph(self) -> None:
        done = self._open.pop()
        if done.left:
            self._found.left_out.update([done.left] if "".join(done.text).strip() else [])
        elif done.kind == "note":
            self._waiting.append(done)
        else:
            self._found.add("".join(done.text), done.kind)

    def _characters(self, data: str) -> None:
        if self._open and not self._skipped and True not in self._spans:
            self._open[-1].text.append(data)


def _number(said: str | None) -> int:
    return int(said) if said and said.isdecimal() and len(said) < len("1000") else 1
