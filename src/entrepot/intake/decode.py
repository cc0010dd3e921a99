"""Bytes to text: which encoding a file is in, refused where that is a guess. Read piece by piece, never held."""

from __future__ import annotations

import codecs
import hashlib
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from entrepot.core.document.hinted import Hinted
from entrepot.core.errors import BadInputError, UnreadableFileError
from entrepot.core.words.translate import marked, tr
from entrepot.intake.limits import LARGEST_WHOLE
from entrepot.intake.signs.encoding_hint import remedy
from entrepot.intake.unpack import CHUNK, Content

if TYPE_CHECKING:
    from hashlib import _Hash

_ALLOWED = marked("text in UTF-8, in UTF-16 with its mark, or in GB 18030")
EMPTY = marked("a heading row and at least one row under it")

# UTF-32 before UTF-16: its mark begins with the other's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NULLS = 10  # one null in ten bytes: UTF-16 of Latin text has one in two, text has none
# Bytes of a character of GB 2312; lead byte with which the syllables of KS X 1001 end: 0xB0 to 0xC8; the first letter
# in the Cyrillic, Greek and Latin encodings of Windows.
_DOUBLE, _HANGUL_ENDS, _LETTERS_BEGIN = 2, 0xC8, 0xC0
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_LAST_HAN = re.compile(r"[\u4e00-\u9fff]+\Z")
_ODD = re.compile(r"[\ue000-\uf8ff\ufffd]")


@dataclass(frozen=True, slots=True)
class TextFile:
    """A text file that was read once from end to end, and can be read again.

    Attributes:
        content: its bytes.
        encoding: that it is in.
        sha256: hash of its bytes; empty where it was not asked for.
    """

    content: Content
    encoding: str
    sha256: str = ""

    @property
    def origin(self) -> str:
        """What a message calls it."""
        return self.content.origin

    def open(self, newline: str | None = "") -> TextIO:
        """The text from its beginning; `newline` as in the built-in."""
        return io.TextIOWrapper(self.content.open(), encoding=self.encoding, newline=newline)

    def ends_within_a_line(self) -> bool:
        """Whether no end of a line stands behind the last: what was behind it may be missing."""
        last = ""
        with self.open() as text:
            while piece := text.read(CHUNK):
                last = piece[-1]
        return last not in {"\n", "\r"}

    def whole(self, most: int = LARGEST_WHOLE) -> str:
        """All of the text.

        Raises:
            UnreadableFileError: more than `most` bytes.
        """
        return self.content.whole(most).decode(self.encoding)


@dataclass(slots=True)
class _Seen:
    """What one reading of the bytes shows."""

    size: int = 0
    nulls: int = 0
    is_blank: bool = True
    fits: bool = True
    has_null: bool = False

    def take(self, text: str | None) -> None:
        """A piece of the text; None where its bytes are not of the encoding."""
        self.fits = self.fits and text is not None
        self.has_null = self.has_null or "\0" in (text or "")


def examine(content: Content, given: str = "", *, is_hashed: bool = False) -> TextFile:
    """Read a file piece by piece for its encoding: its mark, what is given, UTF-8, or GB 18030 where that is no guess.

    GB 18030 is read only where the result reads as Chinese: its characters stand mostly side by side, which bytes of
    another encoding seldom give.

    Args:
        content: the file.
        given: the encoding that it is said to be in; empty to find it. A mark goes before it.
        is_hashed: whether the hash of its bytes is wanted.

    Raises:
        BadInputError: no such encoding.
        UnreadableFileError: it is empty, or in none of these; with line and byte of the first that does not fit.
        OSError: it cannot be opened.
    """
    said = known(given)
    begins = content.begins(4)
    by_mark = next((e for mark, e in _MARKS if begins.startswith(mark)), "")
    encoding = by_mark or said or "utf-8"
    digest = hashlib.sha256() if is_hashed else None
    seen = _read(content, encoding, digest)
    if seen.is_blank:
        raise UnreadableFileError(content.origin, tr("the file is empty"), allowed=EMPTY)
    if not (by_mark or said) and seen.nulls > seen.size // _NULLS:
        problem = tr("the file is full of null bytes, as binary files are, and UTF-16 without its mark")
        advice = Hinted(
            tr("Save the file as UTF-8, or name the encoding that it is in: --encoding utf-16-le."),
            tr("Save the file as UTF-8 and send it again, or name the encoding that it is in: utf-16-le."),
        )
        raise UnreadableFileError(content.origin, problem, allowed=tr(_ALLOWED), remedy=advice)
    if not seen.fits:
        if by_mark or said or not _is_chinese(content):
            raise _refused(content, encoding)
        encoding, seen.has_null = "gb18030", seen.nulls > 0
    file = TextFile(content, encoding, digest.hexdigest() if digest else "")
    if seen.has_null:
        with file.open() as text:
            line = next(number for number, said in enumerate(text, 1) if "\0" in said)
        again = tr("Remove it, or save the file again.")
        raise UnreadableFileError(content.origin, tr("a null character"), line=line, allowed=tr("text"), remedy=again)
    return file


def decode(data: bytes, origin: str, given: str = "") -> tuple[str, str]:
    """The text of bytes, and the encoding it was read in; as `examine`.

    Raises:
        BadInputError: no such encoding.
        UnreadableFileError: empty, or in an encoding that is not read.
    """
    file = examine(Content(origin, origin, data), given)
    return file.whole(len(data)), file.encoding


def encoding_note(encoding: str, given: str) -> list[str]:
    """A note on an encoding that the text alone told."""
    return [tr("The file is not UTF-8; it was read as GB 18030.")] if encoding == "gb18030" and not given else []


def known(encoding: str) -> str:
    """The encoding as Python names it; empty stays empty.

    Raises:
        BadInputError: Python knows no such encoding of text.
    """
    if not encoding:
        return ""
    try:
        "".encode(encoding)  # an encoding of bytes to bytes is no encoding of text
        return codecs.lookup(encoding).name
    except (LookupError, ValueError) as exc:
        allowed = tr(
            "utf-8, utf-16, cp1251, cp1252, cp1254, gb18030, big5, shift_jis, euc-kr or another that Python knows"
        )
        raise BadInputError(tr("the encoding is not known"), found=encoding, allowed=allowed) from exc


def _read(content: Content, encoding: str, digest: _Hash | None) -> _Seen:
    seen, decoder = _Seen(), codecs.getincrementaldecoder(encoding)()
    with content.open() as data:
        while chunk := data.read(CHUNK):
            if digest:
                digest.update(chunk)
            seen.nulls, seen.size = seen.nulls + chunk.count(0), seen.size + len(chunk)
            seen.is_blank = seen.is_blank and not chunk.strip()
            seen.take(_decoded(decoder, chunk))
    seen.take(_decoded(decoder, b"", is_last=True))
    return seen


def _decoded(decoder: codecs.IncrementalDecoder, chunk: bytes, *, is_last: bool = False) -> str | None:
    try:
        return decoder.decode(chunk, is_last)
    except UnicodeError:  # a decoder of UTF-16 that finds no mark raises the plain kind
        return None


def _refused(content: Content, encoding: str) -> UnreadableFileError:
    """The place of the first byte that is not of the encoding."""
    decoder = codecs.getincrementaldecoder("utf-8" if encoding == "utf-8-sig" else encoding)()
    line, above = 1, 0  # bytes of the line that were read before
    with content.open() as data:
        while True:
            held, piece = len(decoder.getstate()[0]), data.readline(CHUNK)
            try:
                decoder.decode(piece, not piece)
            except UnicodeDecodeError as exc:
                problem, column = (
                    tr("byte {object:#04x} is not {encoding}", object=exc.object[exc.start], encoding=encoding),
                    above - held + exc.start + 1,
                )
                return _not_of(content, problem, line, tr("{column} (in bytes)", column=max(1, column)))
            except UnicodeError as exc:
                return _not_of(content, tr("not {encoding} ({exc})", encoding=encoding, exc=exc), None, None)
            if not piece:
                return _not_of(content, tr("not {encoding}", encoding=encoding), None, None)
            line, above = (line + 1, 0) if piece.endswith(b"\n") else (line, above + len(piece))


def _not_of(content: Content, problem: str, line: int | None, column: str | None) -> UnreadableFileError:
    said = remedy(content)
    return UnreadableFileError(content.origin, problem, line=line, column=column, allowed=tr(_ALLOWED), remedy=said)


@dataclass(slots=True)
class _Chinese:
    """Counts of a text that tell whether it is Chinese.

    Chinese is written with the characters of GB 2312, where Japanese and traditional Chinese encodings give rare
    ones. Korean bytes give common ones, but only those up to the row where Hangul ends: about half of Chinese text
    lies beyond it. Letters of Cyrillic and Greek encodings lie in C0 to FF; a third of the bytes of Chinese do not.
    """

    letters: int = 0
    together: int = 0
    common: int = 0
    beyond_hangul: int = 0
    low: int = 0  # bytes of common characters below C0
    is_odd: bool = False

    def take(self, text: str) -> None:
        """A piece of the text that leaves no character of a stretch of Chinese alone."""
        self.is_odd = self.is_odd or _ODD.search(text) is not None
        for stretch in _HAN.findall(text):
            self.letters += len(stretch)
            self.together += len(stretch) if len(stretch) > 1 else 0
            pairs = [b for c in stretch if len(b := c.encode("gb2312", "ignore")) == _DOUBLE]
            self.common += len(pairs)
            self.beyond_hangul += sum(b[0] > _HANGUL_ENDS for b in pairs)
            self.low += sum(byte < _LETTERS_BEGIN for b in pairs for byte in b)

    @property
    def is_likely(self) -> bool:
        """Whether another encoding is less likely."""
        rare = self.letters - self.common
        fits = self.together > 2 * (self.letters - self.together) and rare * 4 <= self.letters
        is_lettered = self.low * 10 < self.common * _DOUBLE  # a tenth of the bytes: a third of Chinese, see above
        return fits and self.beyond_hangul > 0 and not is_lettered and not self.is_odd


def _within(text: str) -> str:
    """The end of a text that is left for the next piece: the Chinese characters that it ends with, of four or more two.

    With that no stretch is parted from its only neighbour, and the end of a text is looked at alone.
    """
    last = _LAST_HAN.search(text[-_DOUBLE * 2 :])
    run = last[0] if last else ""
    return run[-_DOUBLE:] if len(run) == _DOUBLE * 2 else run


def _is_chinese(content: Content) -> bool:
    """Whether the bytes read as GB 18030 are Chinese, where that is no guess."""
    seen, decoder, carried = _Chinese(), codecs.getincrementaldecoder("gb18030")(), ""
    with content.open() as data:
        while True:
            chunk = data.read(CHUNK)
            try:
                text = carried + decoder.decode(chunk, not chunk)
            except UnicodeDecodeError:
                return False
            carried = _within(text) if chunk else ""
            seen.take(text[: len(text) - len(carried)])
            if not chunk:
                return seen.is_likely
