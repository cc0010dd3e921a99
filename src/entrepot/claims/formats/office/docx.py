"""DOCX by zipfile and expat: body, text boxes, footnotes and endnotes; deleted, struck and hidden text left out.

What is inserted is kept; comments, the heads and feet of pages and the table of contents are left out and counted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from entrepot.claims.formats.office import packed_xml
from entrepot.claims.formats.parts import COMMENT, CONTENTS, DELETED, HEAD_OR_FOOT, NOTE_MARK, Parts, is_note_mark
from entrepot.claims.formats.tables import Grid
from entrepot.core.errors import UnreadableFileError
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from entrepot.claims.formats.office.packed_xml import Packed

_BODY = "word/document.xml"
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")
_PROPERTIES, _STYLES = "docProps/core.xml", "word/styles.xml"
_SKIPPED = {
    "w:del": DELETED, "w:moveFrom": DELETED, "mc:Fallback": "", "w:instrText": "", "w:delText": "",
    "w:rPrChange": "", "w:pPrChange": "",  # how it was dressed before
}  # fmt: skip
# Parts that are no part of the report, and what of them is counted.
_BESIDE = (
    (COMMENT, re.compile(r"word/comments\.xml"), re.compile(rb"<w:comment\b")),
    (HEAD_OR_FOOT, re.compile(r"word/(?:header|footer)\d*\.xml"), re.compile(rb"<w:t[ >](?s:.)*")),
)
_BEFORE = 4  # runs before a raised one, which tell the mark of a note from a power
# Marks of struck text, and values by which a style takes one back.
_STRIKES, _OFF = frozenset({"w:strike", "w:dstrike"}), frozenset({"0", "false", "off"})
_SIGNS = {"w:tab": " ", "w:br": " ", "w:cr": " ", "w:noBreakHyphen": "-"}
_CONTENTS = re.compile(r"toc ?\d|tableoffigures|table of figures", re.IGNORECASE)  # styles of a table of contents


def extract(data: bytes, origin: str) -> Parts:
    """The paragraphs of a Word file.

    Raises:
        UnreadableFileError: encrypted, not a Word file, damaged, or larger unpacked than 200 MB.
    """
    if data.startswith(packed_xml.OLE):
        raise UnreadableFileError(
            origin, tr("encrypted, or an old .doc"), remedy=tr("Save it as .docx without a password.")
        )
    found = Parts()
    with packed_xml.opened(data, origin, _BODY, tr("a Word file (.docx)")) as packed:
        styles = _styles(packed.part(_STYLES)) if _STYLES in packed.names else _Styles()
        _Reader(found, "paragraph", styles).read(packed.part(_BODY))
        for name in _NOTES:
            if name in packed.names:
                _Reader(found, "note", styles).read(packed.part(name))
        if _PROPERTIES in packed.names:
            packed_xml.properties(packed.part(_PROPERTIES), found)
        _beside(packed, found)
    return found


@dataclass(frozen=True, slots=True)
class _Styles:
    """The styles of a file: their names by their ids, and the ids of those that strike text through."""

    names: dict[str, str] = field(default_factory=dict)
    struck: set[str] = field(default_factory=set)


def _styles(data: bytes) -> _Styles:
    """The styles by their ids, which are in the language of the program; the name "heading 1" is not."""
    found = _Styles()
    style = [""]

    def start(name: str, attributes: dict[str, str]) -> None:
        said = attributes.get("w:val", "")
        if name == "w:style":
            style[0] = attributes.get("w:styleId", "")
        elif name == "w:name" and style[0]:
            found.names.setdefault(style[0], said)
        elif name in _STRIKES and style[0] and said not in _OFF:
            found.struck.add(style[0])

    packed_xml.read(data, start)
    return found


def _beside(packed: Packed, found: Parts) -> None:
    """Count what stands in parts that are not read."""
    for what, name, one in _BESIDE:
        if count := sum(len(one.findall(packed.part(n))) for n in sorted(packed.names) if name.fullmatch(n)):
            found.left_out[what] += count


@dataclass(slots=True)
class _Paragraph:
    """A paragraph while it is read; a text box stands within one and has its own."""

    text: list[str] = field(default_factory=list)
    run: list[str] = field(default_factory=list)
    style: str = ""
    hidden: bool = False
    struck: bool | None = None  # None: as the styles of run and paragraph have it
    raised: bool = False
    listed: bool = False
    crossed: bool = False  # its style strikes it through,
    styled: bool = False  # or that of the run

    def dress(self) -> None:
        """A run begins or ends: the next is dressed as the paragraph is."""
        self.hidden = self.raised = self.styled = False
        self.struck = None


class _Reader:
    """Collects the runs of a part: one paragraph of text at a time."""

    def __init__(self, found: Parts, kind: str, styles: _Styles) -> None:
        self._found, self._kind, self._styles = found, kind, styles
        self._open = [_Paragraph()]
        self._skipped = self._cells = 0
        self._in_text = False
        self._grids: list[Grid] = []

    def read(self, data: bytes) -> None:
        """Read one part of the archive."""
        packed_xml.read(data, self._start, self._end, self._characters)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        said = attributes.get("w:val", "")
        if name in _SKIPPED or self._skipped:
            if not self._skipped and _SKIPPED[name]:
                self._found.left_out[_SKIPPED[name]] += 1
            self._skipped += 1
            return
        here = self._open[-1]
        match name:
            case "w:p":
                self._open.append(_Paragraph())
            case "w:r":
                here.dress()
            case "w:t":
                self._in_text = True
            case _ if name in _SIGNS:
                here.run.append(_SIGNS[name])
            case _:
                self._set(name, said)
                self._in_table(name, said)

    def _set(self, name: str, said: str) -> None:
        """What a paragraph or a run is said to be."""
        here = self._open[-1]
        match name:
            case "w:pStyle":
                here.style = self._styles.names.get(said, said).lower()
                here.crossed = said in self._styles.struck
            case "w:rStyle":
                here.styled = said in self._styles.struck
            case "w:numPr":
                here.listed = True
            case "w:vertAlign":
                here.raised = said == "superscript"
            case "w:vanish":
                here.hidden = said not in _OFF
            case _ if name in _STRIKES:  # a line, two lines: either says so
                here.struck = said not in _OFF or bool(here.struck)

    def _in_table(self, name: str, said: str) -> None:
        """Keep count of the cells of the innermost table."""
        if name == "w:tbl":
            self._grids.append(Grid(self._found))
        elif name == "w:tc":
            self._cells += 1
        if not self._grids:
            return
        if name == "w:tr":
            self._grids[-1].row()
        elif name == "w:tc":
            self._grids[-1].cell()
        elif name == "w:gridSpan" and said.isdecimal() and len(said) < len("1000"):
            self._grids[-1].widen(int(said))
        elif name == "w:vMerge" and said != "restart":
            self._grids[-1].go_on()

    def _end(self, name: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif name == "w:t":
            self._in_text = False
        elif name == "w:r":
            self._end_run()
        elif name == "w:p":
            self._end_paragraph()
        elif name == "w:tc":
            self._cells -= 1
            if self._grids:
                self._grids[-1].end()
        elif name == "w:tbl" and self._grids:
            self._grids.pop().done()

    def _characters(self, data: str) -> None:
        if self._in_text and not self._skipped:
            self._open[-1].run.append(data)

    def _end_run(self) -> None:
        here = self._open[-1]
        struck = here.crossed or here.styled if here.struck is None else here.struck
        if here.run and (here.hidden or (struck and "".join(here.run).strip())):
            self._found.left_out["hidden" if here.hidden else DELETED] += 1
        elif here.raised and is_note_mark("".join(here.run), "".join(here.text[-_BEFORE:])):
            self._found.left_out[NOTE_MARK] += 1
        elif not here.hidden:
            here.text += here.run
        here.run.clear()
        here.dress()

    def _end_paragraph(self) -> None:
        here = self._open.pop()
        if _CONTENTS.match(here.style):
            self._found.left_out[CONTENTS] += 1
            return
        kind = self._kind
        if here.style.startswith(("heading", "title")):
            kind = "heading"
        elif self._cells:
            kind = "cell"
        elif here.listed and kind == "paragraph":
            kind = "item"
        self._found.add("".join(here.text), kind)
