"""RTF, as word processors and mail programs write it: control words, groups and bytes in the encodings of its fonts.

Its text, tables and notes are read; what is hidden or deleted, comments, and the heads and feet of pages are left out
and counted. Pictures, style sheets and other destinations are no text.
"""

from __future__ import annotations

import codecs
import re
from contextlib import suppress
from dataclasses import dataclass, replace

from entrepot.claims.formats.parts import COMMENT, DELETED, HEAD_OR_FOOT, NOTE_MARK, Parts, is_note_mark
from entrepot.claims.formats.tables import Grid
from entrepot.core.errors import UnreadableFileError
from entrepot.core.words.translate import tr

BEGINS = b"{\\rtf"
# A control word with its number and the blank that ends it, a byte in hex, a control sign, a brace, plain text.
_TOKEN = re.compile(rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])|([{}])|([^\\{}\r\n]+)")
_SIGNS = {
    "tab": " ", "line": " ", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ", "qmspace": " ",
}  # fmt: skip
_MARKS = {b"~": "\u00a0", b"_": "-"}  # a blank and a hyphen that do not break; `\-` may break and is no character
# Destinations that are no text of the report, and what of them is counted.
_SKIPPED = {
    "fonttbl": "", "colortbl": "", "stylesheet": "", "listtable": "", "listoverridetable": "", "revtbl": "", "pict": "",
    "object": "", "fldinst": "", "generator": "", "themedata": "", "datastore": "", "xmlnstbl": "", "rsidtbl": "",
    "latentstyles": "", "listtext": "", "pntext": "", "bkmkstart": "", "bkmkend": "", "nonshppict": "", "atrfstart": "",
    "atrfend": "", "atnid": "", "atnauthor": "", "annotation": COMMENT, "header": HEAD_OR_FOOT,
    "headerl": HEAD_OR_FOOT, "headerr": HEAD_OR_FOOT, "headerf": HEAD_OR_FOOT,
    "footer": HEAD_OR_FOOT, "footerl": HEAD_OR_FOOT, "footerr": HEAD_OR_FOOT,
    "footerf": HEAD_OR_FOOT, "ftnsep": "", "ftnsepc": "", "aftnsep": "", "sp": "",
}  # fmt: skip
_KEPT = frozenset({"shptxt", "footnote", "fldrslt", "shp", "shpinst"})  # starred destinations that hold text
_SAID = {"title": "title", "author": "author", "creatim": "created", "revtim": "modified"}
# Of these, what is told in numbers and not in text.
_TIMES = frozenset({"creatim", "revtim"})
# Character sets of fonts, by the hex digits that Windows numbers them with.
_CHARSETS = {
    int(number, 16): codec
    for number, codec in (
        ("00", "cp1252"), ("4d", "mac-roman"), ("80", "cp932"), ("81", "cp949"), ("86", "gbk"), ("88", "big5"),
        ("a1", "cp1253"), ("a2", "cp1254"), ("b1", "cp1255"), ("b2", "cp1256"), ("ba", "cp1257"), ("cc", "cp1251"),
        ("de", "cp874"), ("ee", "cp1250"),
    )
}  # fmt: skip
_BEFORE = 4  # pieces of text before a raised one, which tell the mark of a note from a power
_DEEPEST = 10_000  # groups within groups: no program writes a hundredth of it
_TEXT, _NOTE, _FONTS, _STYLES, _NOTHING = "text", "note", "fonts", "styles", ""


@dataclass(slots=True)
class _Group:
    """What holds within a pair of braces.

    Attributes:
        to: where its text goes: text, note, fonts, styles, nothing, or what the file says of itself.
        skip: characters that stand after one in Unicode for programs without it.
    """

    to: str = _TEXT
    encoding: str = ""
    skip: int = 1
    hidden: bool = False
    deleted: bool = False
    struck: bool = False
    raised: bool = False
    starred: bool = False


def extract(data: bytes, origin: str) -> Parts:
    """The paragraphs of an RTF file.

    Raises:
        UnreadableFileError: groups within groups without end.
    """
    reader, at = _Reader(origin), 0
    while token := _TOKEN.search(data, at):
        at = token.end() + reader.take(token)
    return reader.done()


class _Reader:
    """Collects text paragraph by paragraph as the tokens come."""

    def __init__(self, origin: str) -> None:
        self._origin, self._found = origin, Parts()
        self._groups = [_Group()]
        self._text: list[str] = []
        self._notes: list[list[str]] = []
        self._bytes = bytearray()
        self._fonts: dict[int, str] = {}  # encodings
        self._headings: set[int] = set()  # styles
        self._page, self._default = "cp1252", 0
        self._number = self._passed = 0  # of the font or style that is described; bytes to pass over
        self._heading = self._in_cell = self._in_row = False
        self._grid: Grid | None = None
        self._said: list[str] = []
        self._left = ""  # why the text before was left out

    def take(self, token: re.Match[bytes]) -> int:
        """One token; how many bytes behind it are data."""
        word, number, byte, mark, brace, plain = token.groups()
        if byte is not None or plain is not None:
            data = plain if byte is None else bytes.fromhex(byte.decode())
            passed = min(self._passed, len(data))
            self._passed -= passed
            self._bytes += data[passed:]
            return 0
        self._flush()
        if brace is not None:
            self._brace(brace)
        elif mark is not None:
            self._mark(mark)
        elif word == b"bin":
            return max(0, int(number or 0))
        else:
            self._word(word.decode(), None if number is None else int(number))
        return 0

    def done(self) -> Parts:
        """What was found."""
        self._flush()
        self._in_cell = False
        self._end_paragraph()
        self._end_table()
        for note in self._notes:  # after the text, so that the day of one is no dateline of the report
            self._found.add(_joined("".join(note)), "note")
        return self._found

    def _brace(self, brace: bytes) -> None:
        self._passed = 0
        if brace == b"{":
            if len(self._groups) > _DEEPEST:
                problem = tr("groups within groups without end")
                raise UnreadableFileError(self._origin, problem, remedy=tr("Open it and save it again."))
            self._groups.append(replace(self._groups[-1], starred=False))
        elif len(self._groups) > 1:
            ended = self._groups.pop()
            if ended.to in _SAID and self._groups[-1].to != ended.to:
                self._found.say(_SAID[ended.to], _day(self._said) if ended.to in _TIMES else "".join(self._said))

    def _mark(self, mark: bytes) -> None:
        if mark == b"*":
            self._groups[-1].starred = True
        elif mark in b"\\{}":
            self._say(mark.decode())
        elif mark in _MARKS:
            self._say(_MARKS[mark])
        elif mark in b"\r\n":
            self._end_paragraph()

    def _word(self, word: str, number: int | None) -> None:
        here = self._groups[-1]
        if word == "fonttbl":
            here.to = _FONTS
        elif word == "stylesheet":
            here.to = _STYLES
        elif word in _SAID:
            here.to, self._said = word, []
        elif word in _SKIPPED or (here.starred and word not in _KEPT and here.to not in (_FONTS, _STYLES)):
            if (what := _SKIPPED.get(word)) and here.to in (_TEXT, _NOTE):
                self._found.left_out[what] += 1
            here.to = _NOTHING
        elif word == "u" and number is not None:
            self._say(chr(number % 65_536))
            self._passed = here.skip
        elif word in _SIGNS:
            self._say(_SIGNS[word])
        elif here.to in _TIMES and number is not None:
            self._said += [word, str(number)]
        else:
            self._set(word, number)
            self._encode(word, number)
            if here.to in (_TEXT, _NOTE):
                self._place(word, number)
        here.starred = False

    def _set(self, word: str, number: int | None) -> None:
        """Whether text is shown, and which font or style is described."""
        here = self._groups[-1]
        match word:
            case "plain":
                here.encoding = self._fonts.get(self._default, "")
                here.hidden = here.deleted = here.struck = here.raised = False
            case "super" | "nosupersub" | "sub":
                here.raised = word == "super"
            case "v":
                here.hidden = number != 0
            case "deleted":
                here.deleted = number != 0
            case "strike" | "striked":
                here.struck = number != 0
            case "f" | "s" if here.to in (_FONTS, _STYLES):
                self._number = number or 0

    def _encode(self, word: str, number: int | None) -> None:
        """What encoding bytes are in."""
        here = self._groups[-1]
        match word:
            case "ansicpg":
                with suppress(LookupError):
                    self._page = codecs.lookup(f"cp{number}").name
            case "deff":
                self._default = number or 0
            case "mac":
                self._page = _CHARSETS[77]
            case "uc":
                here.skip = max(0, number or 0)
            case "fcharset" if here.to == _FONTS and number in _CHARSETS and number:
                self._fonts[self._number] = _CHARSETS[number]
            case "f" if here.to != _FONTS:
                here.encoding = self._fonts.get(number or 0, "")

    def _place(self, word: str, number: int | None) -> None:
        """What text stands in: paragraphs, cells, notes."""
        match word:
            case "footnote":
                self._groups[-1].to = _NOTE
                self._notes.append([])
            case "par" | "sect" | "page":
                self._end_paragraph()
            case "pard" if self._groups[-1].to == _TEXT:
                self._in_cell = self._heading = False
            case "intbl":
                self._in_cell = True
            case "outlinelevel":
                self._heading = True
            case "s":
                self._heading = number in self._headings
            case "cell":
                self._end_cell()
            case "nestcell":
                self._say("\n")
            case "row":
                self._in_row = False

    def _flush(self) -> None:
        if self._bytes:
            data, self._bytes = bytes(self._bytes), bytearray()
            self._say(data.decode(self._groups[-1].encoding or self._page, "replace"))

    def _say(self, text: str) -> None:
        here = self._groups[-1]
        if here.to == _STYLES and text.lower().startswith(("heading", "title")):
            self._headings.add(self._number)
        elif here.to in _SAID:
            self._said.append(text)
        elif here.to in (_TEXT, _NOTE):
            left = DELETED if here.deleted or here.struck else "hidden" if here.hidden else ""
            if not left:
                self._keep(self._notes[-1] if here.to == _NOTE else self._text, text, raised=here.raised)
            elif left != self._left and text.strip():
                self._found.left_out[left] += 1
            self._left = left if left or text.strip() else self._left

    def _keep(self, held: list[str], text: str, *, raised: bool) -> None:
        if raised and is_note_mark(text, "".join(held[-_BEFORE:])):
            self._found.left_out[NOTE_MARK] += 1
        else:
            held.append(text)

    def _end_paragraph(self) -> None:
        """A paragraph ends."""
        if self._groups[-1].to == _NOTE:
            self._notes[-1].append(" ")
        elif self._in_cell:
            self._text.append("\n")
        else:
            if self._grid is not None and "".join(self._text).strip():
                self._end_table()
            self._add("heading" if self._heading else "paragraph")

    def _add(self, kind: str) -> None:
        for text in "".join(self._text).split("\n"):
            self._found.add(_joined(text), kind)
        self._text = []

    def _end_cell(self) -> None:
        self._grid = self._grid or Grid(self._found)
        if not self._in_row:
            self._grid.row()
            self._in_row = True
        self._grid.cell()
        self._add("cell")
        self._grid.end()

    def _end_table(self) -> None:
        if self._grid is not None:
            self._grid.done()
        self._grid, self._in_row = None, False


def _joined(text: str) -> str:
    """Halves of a character beyond the first plane, written one by one, made one."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _day(said: list[str]) -> str:
    """The day of yr2024 mo12 dy5."""
    held = dict(zip(said[::2], said[1::2], strict=False))
    return "-".join(held.get(k, "").zfill(2) for k in ("yr", "mo", "dy")) if held.get("yr", "0") != "0" else ""
