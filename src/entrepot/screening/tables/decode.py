"""Bytes to text: which encoding a file is in, refused where that is a guess."""

from __future__ import annotations

import codecs
import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from entrepot.core.errors import BadInputError, UnreadableFileError

if TYPE_CHECKING:
    from pathlib import Path

_REMEDY = "Save the file as UTF-8, or name the encoding that it is in: --encoding cp1251."
_CHUNK = 1 << 20  # bytes read at a time

# UTF-32 before UTF-16: its mark begins with the other's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NULLS = 10  # one null in ten bytes: UTF-16 of Latin text has one in two, text has none
# Bytes of a character of GB 2312; lead byte with which the syllables of KS X 1001 end: 0xB0 to 0xC8.
_DOUBLE, _HANGUL_ENDS = 2, 0xC8
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_ODD = re.compile(r"[\ue000-\uf8ff\ufffd]")


@dataclass(frozen=True, slots=True)
class TextFile:
    """A text file that was read once from end to end, and can be read again.

    Attributes:
        path: where it lies.
        encoding: that it is in.
        sha256: hash of its bytes.
    """

    path: Path
    encoding: str
    sha256: str

    def open(self, newline: str = "") -> TextIO:
        """The text from its beginning; `newline` as in the built-in."""
        return self.path.open(encoding=self.encoding, newline=newline)

    def whole(self) -> str:
        """All of the text."""
        return decode(self.path.read_bytes(), self.path.name)[0]


def examine(path: Path, given: str = "") -> TextFile:
    """Read a file piece by piece for its encoding and hash, as `decode` does at once.

    Args:
        path: the file.
        given: the encoding that it is said to be in; empty to find it.

    Raises:
        BadInputError: no such encoding.
        UnreadableFileError: it is empty, or in an encoding that is not read.
        OSError: it cannot be opened.
    """
    with path.open("rb") as file:
        begins = file.read(_CHUNK)
        encoding = known(given) or next((e for mark, e in _MARKS if begins.startswith(mark)), "utf-8")
        decoder = codecs.getincrementaldecoder(encoding)()
        digest, nulls, size, blank, fits = hashlib.sha256(), 0, 0, True, True
        chunk = begins
        while chunk:
            digest.update(chunk)
            nulls, size, blank = nulls + chunk.count(0), size + len(chunk), blank and not chunk.strip()
            fits = fits and _decodes(decoder, chunk)
            chunk = file.read(_CHUNK)
        fits = fits and _decodes(decoder, b"", final=True)
    if blank:
        raise UnreadableFileError(path.name, "the file is empty", allowed="a heading row and at least one row under it")
    if given and not fits:
        _strict(path.read_bytes(), encoding, path.name)
    if not given and (not fits or (encoding == "utf-8" and nulls > size // _NULLS)):
        encoding = decode(path.read_bytes(), path.name)[1]  # GB 18030 is told by the whole text; else this raises
    return TextFile(path, encoding, digest.hexdigest())


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
        allowed = "utf-8, utf-16, cp1251, cp1252, cp1254, gb18030, big5, shift_jis, euc-kr or another that Python knows"
        raise BadInputError("the encoding is not known", found=encoding, allowed=allowed) from exc


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def decode(data: bytes, origin: str) -> tuple[str, str]:
    """The text and the encoding it was read in.

    UTF-8, or UTF-16 and UTF-32 with their mark; else GB 18030, and that only where the result reads as Chinese: its
    characters stand mostly side by side, which bytes of another encoding seldom give.

    Raises:
        UnreadableFileError: none of them; with line and byte of the first byte that is not UTF-8.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, encoding, origin), encoding
    if data.count(0) > len(data) // _NULLS:
        raise UnreadableFileError(
            origin,
            "the file is full of null bytes, as binary files are, and UTF-16 without its mark",
            allowed="text in UTF-8, in UTF-16 with its mark, or in GB 18030",
            remedy=_REMEDY,
        )
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as exc:
        text = _chinese(data)
        if text is not None:
            return text, "gb18030"
        raise _refused(data, exc, origin, "utf-8") from exc


def _strict(data: bytes, encoding: str, origin: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as exc:
        raise _refused(data, exc, origin, encoding) from exc


def _refused(data: bytes, exc: UnicodeDecodeError, origin: str, encoding: str) -> UnreadableFileError:
    before = data[: exc.start]
    line = before.count(b"\n") + 1
    column = exc.start - (before.rfind(b"\n") + 1) + 1
    return UnreadableFileError(
        origin,
        f"byte {data[exc.start]:#04x} is not {encoding}",
        line=line,
        column=f"{column} (in bytes)",
        allowed="text in UTF-8, in UTF-16 with its mark, or in GB 18030",
        remedy=_REMEDY,
    )


def _chinese(data: bytes) -> str | None:
    """The text read as GB 18030, where that is no guess; None where another encoding is as likely.

    Chinese is written with the characters of GB 2312, where Japanese and traditional Chinese encodings give rare
    ones. Korean bytes give common ones, but only those up to the row where Hangul ends: about half of Chinese text
    lies beyond it.
    """
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return None
    stretches = _HAN.findall(text)
    letters = "".join(stretches)
    together = sum(len(s) for s in stretches if len(s) > 1)
    common = [b for c in letters if len(b := c.encode("gb2312", "ignore")) == _DOUBLE]
    korean = all(b[0] <= _HANGUL_ENDS for b in common)
    rare = len(letters) - len(common)
    fits = together > 2 * (len(letters) - together) and rare * 4 <= len(letters) and not korean
    return text if fits and not _ODD.search(text) else None
