"""A file's bytes, whatever it is packed in: plain, gzip, a zip, standard input. Read piece by piece, never held."""

from __future__ import annotations

import gzip
import io
import lzma
import struct
import sys
import tempfile
import zipfile
import zlib
from contextlib import ExitStack
from copy import copy
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Any, BinaryIO, TypeVar, cast

from entrepot.core.errors import UnreadableFileError
from entrepot.core.ids import digest, file_digest
from entrepot.core.runtime import rights
from entrepot.core.runtime.scratch import lasting, sweep
from entrepot.core.words.translate import tr
from entrepot.intake.limits import LARGEST, LARGEST_WHOLE, MOST_MEMBERS, most_unpacked

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from entrepot.intake.reading_options import ReadingOptions

T = TypeVar("T")

STANDARD_INPUT = "-"
CHUNK = 1 << 20  # bytes read at a time
GZIP, ZIP = b"\x1f\x8b", b"PK\x03\x04"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")  # how an .xls begins, and an .xlsx under a password
# A zip that holds one of these is a workbook, or a document of Word, whose tables are read as its sheets.
BOOKS = frozenset({"xl/workbook.xml", "word/document.xml"})
# A member of a zip that tells which program's document it is, and whose.
_OF_OTHERS = {"content.xml": "OpenDocument", "Index/Document.iwa": "Numbers"}
# What the unpackers raise on damaged bytes; OSError is gzip's own too.
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, struct.error, RuntimeError, ValueError, OSError)


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of one file, unpacked, as often as they are asked for.

    Attributes:
        origin: what a message calls the file.
        name: the name whose ending says what it holds: that of the member of a zip, without `.gz`.
        source: where it lies, or its bytes.
        is_gzip: whether it is packed with gzip.
        member: its name within a zip; empty for none.
        most: bytes that it may unpack to; of a member of a zip, those that the zip states.
    """

    origin: str
    name: str
    source: Path | bytes
    is_gzip: bool = False
    member: str = ""
    most: int = LARGEST

    @property
    def is_packed(self) -> bool:
        """Whether its bytes are not those that lie there."""
        return self.is_gzip or bool(self.member)

    def open(self) -> BinaryIO:
        """The bytes from the beginning.

        Raises:
            UnreadableFileError: on reading, that it cannot be unpacked or was made to burst.
            OSError: it cannot be opened.
        """
        if isinstance(self.source, bytes) and not self.is_gzip:
            return io.BytesIO(self.source)
        if isinstance(self.source, Path) and not self.is_packed:
            return self.source.open("rb")
        return cast("BinaryIO", io.BufferedReader(_Unpacking(self), CHUNK))

    def begins(self, size: int = 1 << 16) -> bytes:
        """The first bytes."""
        with self.open() as data:
            return data.read(size)

    def whole(self, most: int = LARGEST_WHOLE) -> bytes:
        """All bytes.

        Raises:
            UnreadableFileError: more than `most`.
        """
        found, size = io.BytesIO(), 0
        with self.open() as data:
            while size <= most and (piece := data.read(CHUNK)):  # read at one go, it takes the room of `most` at once
                size += found.write(piece)
        if size > most:
            allowed = tr("at most {most:,} bytes", most=most)
            raise UnreadableFileError(self.origin, tr("larger than {most:,.0f} MB", most=most / 1e6), allowed=allowed)
        return found.getvalue()

    def laid_out(self) -> Path:
        """A path for readers that go back and forth: the file itself, else a copy that is removed when we end."""
        if isinstance(self.source, Path) and not self.is_packed:
            return self.source
        with self.open() as data:
            return _copied(data, self.origin, PurePosixPath(self.name).name, self.most)


class _Unpacking(io.RawIOBase):
    """Unpacks as it is read; stops where more comes out than was allowed."""

    def __init__(self, content: Content) -> None:
        self._content, self._done, self._stack = content, 0, ExitStack()
        self._stream = self._begun(self._opened)

    def _opened(self) -> IO[bytes]:
        source = self._content.source
        plain: Any = io.BytesIO(source) if isinstance(source, bytes) else source
        if self._content.is_gzip:
            return cast("IO[bytes]", self._stack.enter_context(gzip.open(plain)))
        archive = self._stack.enter_context(zipfile.ZipFile(plain))
        info = copy(archive.getinfo(self._content.member))
        info.file_size = LARGEST  # read to its end, whatever size is stated: else what is beyond it is lost
        return self._stack.enter_context(archive.open(info))

    def _begun(self, act: Callable[[], T]) -> T:
        try:
            return act()
        except _BROKEN as exc:
            kind = "gzip" if self._content.is_gzip else "zip"
            problem = tr("cannot be unpacked: not a whole {kind} file ({exc})", kind=kind, exc=exc)
            remedy = tr("Download it again, or unpack it first.")
            raise UnreadableFileError(self._content.origin, problem, remedy=remedy) from exc

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        piece = self._begun(lambda: self._stream.read(len(buffer)))
        self._done += len(piece)
        if self._content.member and (
            self._done > self._content.most or (self._done < self._content.most and not piece)
        ):
            raise _misstated(self._content)
        if self._done > self._content.most:
            raise _too_large(self._content.origin, self._content.most)
        buffer[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        self._stack.close()
        super().close()


def contents(path: Path) -> list[Content]:
    """What a file holds: one file, or the members of a zip in order of their names.

    Its first bytes say what it is packed in, not its ending. A workbook is a zip, and is one file.

    Args:
        path: a file; - is standard input, read as CSV unless its bytes say otherwise.

    Raises:
        UnreadableFileError: it is missing, no regular file, too large, or cannot be unpacked.
    """
    sweep()
    origin = name = path.name
    if str(path) == STANDARD_INPUT:
        origin, name = tr("standard input"), "standard-input.csv"
        path = _copied(sys.stdin.buffer, origin, name, LARGEST)
    size, begins = _looked_at(path)
    if begins.startswith(GZIP):
        return [Content(origin, _without_gz(name), path, is_gzip=True, most=most_unpacked(size))]
    if begins.startswith(ZIP) and (members := _members(path)) is not None:
        if len(members) > MOST_MEMBERS:
            raise UnreadableFileError(
                origin,
                tr("holds {count:,} files", count=len(members)),
                allowed=tr("at most {most_members:,}", most_members=MOST_MEMBERS),
            )
        refuse_bomb([m.file_size for m in members], size, origin)
        return [Content(origin, m.filename, path, member=m.filename, most=m.file_size) for m in members]
    return [Content(origin, _without_gz(name), path)]


def content(path: Path) -> Content:
    """What a file holds, where it must be one table.

    Raises:
        UnreadableFileError: as in `contents`; or it is a zip of none or several files.
    """
    found = contents(path)
    if len(found) != 1:
        problem = tr("holds {count} files", count=len(found))
        remedy = tr("Unpack it and give each by itself.")
        if whose := next((_OF_OTHERS[c.member] for c in found if c.member in _OF_OTHERS), ""):
            problem = tr("not a table that can be read as it is")
            remedy = tr("It is a document of {whose}: save its table as XLSX or CSV.", whose=whose)
        raise UnreadableFileError(path.name, problem, allowed=tr("one file"), remedy=remedy)
    return found[0]


def size_up_to(path: Path, most: int) -> int:
    """Bytes to which a file unpacks, counted no further than just beyond `most`; what it states is not believed.

    Args:
        path: the file.
        most: bytes.

    Raises:
        UnreadableFileError: as in `contents`.
    """
    size = 0
    for one in contents(path):
        if not one.is_packed and isinstance(one.source, Path):
            size += one.source.stat().st_size
            continue
        with one.open() as data:
            while size <= most and (piece := data.read(CHUNK)):
                size += len(piece)
    return size


def of_bytes(data: bytes, origin: str, name: str) -> Content:
    """Bytes in memory; gzip is unpacked."""
    if data.startswith(GZIP):
        return Content(origin, _without_gz(name), data, is_gzip=True, most=most_unpacked(len(data)))
    return Content(origin, name, data)


def sha256_of(content: Content, options: ReadingOptions) -> str:
    """Hash of the file as it lies there, packed or not; empty where it is not wanted."""
    if not options.is_hashed:
        return ""
    if isinstance(content.source, bytes):
        return digest(content.source)
    return file_digest(content.source)


def _looked_at(path: Path) -> tuple[int, bytes]:
    """Size and first bytes of a file."""
    try:
        # A pipe or a device may never end.
        if path.exists() and not path.is_file() and not path.is_dir():
            raise UnreadableFileError(
                path, tr("not a regular file"), allowed=tr("a file"), remedy=tr("Save the table first.")
            )
        with path.open("rb") as data:
            size, begins = path.stat().st_size, data.read(len(ZIP))
    except (OSError, ValueError) as exc:
        reason = getattr(exc, "strerror", None) or str(exc)
        remedy = rights.remedy(exc, path, tr("Or check the path."), writing=False)
        raise UnreadableFileError(path, tr("cannot be read ({reason})", reason=reason), remedy=remedy) from exc
    if size > LARGEST:
        raise _too_large(str(path), LARGEST)
    return size, begins


def _members(path: Path) -> list[zipfile.ZipInfo] | None:
    """The files of a zip by name; None where it is a workbook, or too broken to be told from one by its name."""
    try:
        with zipfile.ZipFile(path) as archive:
            found = archive.infolist()
    except _BROKEN as exc:
        if path.suffix.casefold() == ".xlsx":
            return None
        problem, remedy = (
            tr("cannot be unpacked: not a whole zip file ({exc})", exc=exc),
            tr("Download it again, or unpack it first."),
        )
        raise UnreadableFileError(path.name, problem, remedy=remedy) from exc
    if any(m.filename in BOOKS for m in found) or path.suffix.casefold() == ".xlsx":
        return None
    files = sorted((m for m in found if not m.is_dir() and "__MACOSX/" not in m.filename), key=lambda m: m.filename)
    twice = next((a.filename for a, b in pairwise(files) if a.filename == b.filename), "")
    if twice:
        problem = tr("holds two files called {twice}", twice=twice)
        raise UnreadableFileError(path.name, problem, allowed=tr("one of each name"), remedy=tr("Unpack it first."))
    return files


def refuse_bomb(stated: Sequence[int], packed: int, origin: str, most: int = LARGEST) -> None:
    """Refuse a zip, before anything of it is unpacked, that states more bytes than a table packs to.

    Args:
        stated: the size of each of its files, unpacked.
        packed: bytes of the zip.
        origin: what a message calls it.
        most: bytes that it may unpack to, whatever its own.

    Raises:
        UnreadableFileError: too many bytes for the size of the zip.
    """
    unpacked, allowed = sum(stated), min(most, most_unpacked(packed))
    if unpacked > allowed:
        problem, remedy = (
            tr("{packed:,} bytes that unpack to {unpacked:,}", packed=packed, unpacked=unpacked),
            tr("Unpack it first, or save the table as CSV."),
        )
        raise UnreadableFileError(origin, problem, allowed=tr("at most {allowed:,}", allowed=allowed), remedy=remedy)


def _misstated(content: Content) -> UnreadableFileError:
    problem = tr("the zip states another size of {member} than it has", member=content.member)
    return UnreadableFileError(
        content.origin, problem, allowed=tr("{most:,} bytes", most=content.most), remedy=tr("Pack it again.")
    )


def _without_gz(name: str) -> str:
    return name[:-3] if name.casefold().endswith(".gz") else name


def _too_large(origin: str, most: int) -> UnreadableFileError:
    remedy = tr("Unpack it, and look at what it holds.") if most < LARGEST else tr("Cut it into several files.")
    return UnreadableFileError(
        origin, tr("the file is too large"), allowed=tr("at most {most:,} bytes", most=most), remedy=remedy
    )


def _copied(stream: IO[bytes], origin: str, name: str, most: int) -> Path:
    """A copy that is removed when the process ends."""
    size, target = 0, Path(tempfile.mkdtemp(dir=lasting())) / name
    with target.open("wb") as out:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size > most:
                raise _too_large(origin, most)
            out.write(chunk)
    return target
