"""DOCX by zipfile and expat: body, footnotes and endnotes; deletions and hidden runs left out, insertions kept."""

from __future__ import annotations

import io
import lzma
import struct
import warnings
import zipfile
import zlib
from xml.parsers import expat

from entrepot.claims.formats.parts import Parts
from entrepot.claims.formats.tables import Grid
from entrepot.core.errors import UnreadableFileError
from entrepot.core.words.translate import marked, tr

_BODY = "word/document.xml"
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")
_PROPERTIES = "docProps/core.xml"
LARGEST = 200_000_000  # bytes of one part unpacked: twenty times the text that is read
_SKIPPED = {"w:del": "deleted", "w:moveFrom": "deleted", "mc:Fallback": "", "w:instrText": "", "w:delText": ""}
_NAMES = {"dc:title": "title", "dc:creator": "author", "dcterms:created": "created", "dcterms:modified": "modified"}
_BOMB = marked("unpacks to more than 200 MB")


class _RefusedError(Exception):
    """A document type declaration, which a Word file never has."""


# What a damaged archive makes the standard library raise; fuzzing found each.
_BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, expat.ExpatError, _RefusedError, struct.error, EOFError, OSError,
    NotImplementedError, RuntimeError, ValueError, KeyError, OverflowError, UserWarning,
)  # fmt: skip


def extract(data: bytes, origin: str) -> Parts:
    """The paragraphs of a Word file.

    Raises:
        UnreadableFileError: encrypted, not a Word file, damaged, or larger unpacked than 200 MB.
    """
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableFileError(
            origin, tr("encrypted, or an old .doc"), remedy=tr("Save it as .docx without a password.")
        )
    found = Parts()
    try:
        with warnings.catch_warnings(), zipfile.ZipFile(io.BytesIO(data)) as archive:
            warnings.simplefilter("error")  # parts that overlap are warned of, as of a bomb
            held = set(archive.namelist())
            if _BODY not in held:
                raise UnreadableFileError(origin, tr("no {body} in it", body=_BODY), allowed=tr("a Word file (.docx)"))
            _Reader(found, "paragraph").read(_part(archive, _BODY, origin))
            for name in _NOTES:
                if name in held:
                    _Reader(found, "note").read(_part(archive, name, origin))
            if _PROPERTIES in held:
                _properties(_part(archive, _PROPERTIES, origin), found)
    except _BROKEN as exc:
        why = tr("holds a document type declaration") if isinstance(exc, _RefusedError) else tr("damaged")
        raise UnreadableFileError(
            origin, tr("not a Word file that can be read: {why}", why=why), remedy=tr("Save it again as .docx.")
        ) from exc
    return found


def _part(archive: zipfile.ZipFile, name: str, origin: str) -> bytes:
    info = archive.getinfo(name)
    if info.flag_bits & 1:
        raise UnreadableFileError(origin, tr("encrypted"), remedy=tr("Save it without a password."))
    with archive.open(info) as part:
        data = part.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise UnreadableFileError(origin, tr(_BOMB), remedy=tr("Save its text as a file of its own."))
    return data


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise _RefusedError

    parser.StartDoctypeDeclHandler = refuse
    return parser


class _Reader:
    """Collects the runs of a part: one paragraph of text at a time."""

    def __init__(self, found: Parts, kind: str) -> None:
        self._found, self._kind = found, kind
        self._text: list[str] = []
        self._run: list[str] = []
        self._skipped = self._cells = 0
        self._in_text = self._hidden = self._heading = False
        self._grids: list[Grid] = []

    def read(self, data: bytes) -> None:
        """Read one part of the archive."""
        parser = _parser()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.Parse(data, True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:  # noqa: C901 - an element a branch
        said = attributes.get("w:val", "")
        if name in _SKIPPED or self._skipped:
            if not self._skipped and _SKIPPED[name]:
                self._found.left_out[_SKIPPED[name]] += 1
            self._skipped += 1
            return
        match name:
            case "w:p":
                self._heading = False
            case "w:pStyle":
                self._heading = said.lower().startswith(("heading", "title"))
            case "w:r":
                self._run.clear()
                self._hidden = False
            case "w:t":
                self._in_text = True
            case "w:vanish":
                self._hidden = said not in {"0", "false"}
            case "w:tab" | "w:br":
                self._run.append(" ")
            case "w:tbl":
                self._grids.append(Grid(self._found))
            case "w:tc":
                self._cells += 1
        if self._grids:
            self._in_grid(name, said)

    def _in_grid(self, name: str, said: str) -> None:
        """Keep count of the cells of the innermost table."""
        if name == "w:tr":
            self._grids[-1].row()
        elif name == "w:tc":
            self._grids[-1].cell()
        elif name == "w:gridSpan" and said.isdecimal() and len(said) < len("1000"):
            self._grids[-1].widen(int(said))

    def _end(self, name: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif name == "w:t":
            self._in_text = False
        elif name == "w:r":
            self._end_run()
        elif name == "w:p":
            kind = "heading" if self._heading else "cell" if self._cells else self._kind
            self._found.add("".join(self._text), kind)
            self._text.clear()
        elif name == "w:tc":
            self._cells -= 1
            if self._grids:
                self._grids[-1].end()
        elif name == "w:tbl" and self._grids:
            self._grids.pop().done()

    def _characters(self, data: str) -> None:
        if self._in_text and not self._skipped:
            self._run.append(data)

    def _end_run(self) -> None:
        if self._hidden and self._run:
            self._found.left_out["hidden"] += 1
        elif not self._hidden:
            self._text += self._run
        self._run.clear()
        self._hidden = False


def _properties(data: bytes, found: Parts) -> None:
    """Title, author and dates as the program wrote them."""
    parser = _parser()
    here: list[str] = []
    text: list[str] = []

    def start(name: str, _: dict[str, str]) -> None:
        here.append(name)
        text.clear()

    def end(name: str) -> None:
        if name in _NAMES:
            found.say(_NAMES[name], "".join(text))
        here.pop()

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = text.append
    parser.Parse(data, True)
