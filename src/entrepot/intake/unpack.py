"""A file's bytes, whatever it is packed in: plain, gzip, a zip, standard input. Read piece by piece, never held."""

from __future__ import annotations

import atexit
import gzip
import io
import lzma
import shutil
import struct
import sys
import tempfile
import zipfile
import zlib
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Any, BinaryIO, TypeVar, cast

from entrepot.core.errors import UnreadableFileError
from entrepot.core.ids import digest, file_digest

if TYPE_CHECKING:
    from collections.abc import Callable

    from entrepot.intake.reading_options import ReadingOptions

T = TypeVar("T")

STANDARD_INPUT = "-"
CHUNK = 1 << 20  # bytes read at a time
LARGEST = 20_000_000_000  # bytes of a file read in pieces: more than screening gets through in a day
LARGEST_WHOLE = 2_000_000_000  # bytes of a file that is read whole
# What packs 200 times was made to: tables of names pack 5 to 30 times. Small ones are harmless.
MOST_PACKED, HARMLESS = 200, 50_000_000
GZIP, ZIP = b"\x1f\x8b", b"PK\x03\x04"
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
        most: bytes that it may unpack to.
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
        held = io.BytesIO()  # `read(most)` would take the memory that is allowed, however small the file
        with self.open() as data:
            while held.tell() <= most and (piece := data.read(CHUNK)):
                held.write(piece)
        if held.tell() > most:
            allowed = f"at most {most:,} bytes"
            raise UnreadableFileError(self.origin, f"larger than {most / 1e6:,.0f} MB", allowed=allowed)
        return held.getvalue()

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
        return self._stack.enter_context(archive.open(self._content.member))

    def _begun(self, act: Callable[[], T]) -> T:
        try:
            return act()
        except _BROKEN as exc:
            kind = "gzip" if self._content.is_gzip else "zip"
            problem = f"cannot be unpacked: not a whole {kind} file ({exc})"
            remedy = "Download it again, or unpack it first."
            raise UnreadableFileError(self._content.origin, problem, remedy=remedy) from exc

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        piece = self._begun(lambda: self._stream.read(len(buffer)))
        self._done += len(piece)
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
    if str(path) == STANDARD_INPUT:
        name = "standard-input.csv"
        return [Content("standard input", name, _copied(sys.stdin.buffer, "standard input", name, LARGEST))]
    size, begins = _looked_at(path)
    most = min(LARGEST, max(HARMLESS, MOST_PACKED * size))
    if begins.startswith(GZIP):
        return [Content(path.name, _without_gz(path.name), path, is_gzip=True, most=most)]
    if begins.startswith(ZIP) and (names := _members(path)) is not None:
        return [Content(path.name, name, path, member=name, most=most) for name in names]
    return [Content(path.name, _without_gz(path.name), path)]


def content(path: Path) -> Content:
    """What a file holds, where it must be one table.

    Raises:
        UnreadableFileError: as in `contents`; or it is a zip of none or several files.
    """
    found = contents(path)
    if len(found) != 1:
        remedy = "Unpack it and give each by itself."
        raise UnreadableFileError(path.name, f"holds {len(found)} files", allowed="one file", remedy=remedy)
    return found[0]


def of_bytes(data: bytes, origin: str, name: str) -> Content:
    """Bytes in memory; gzip is unpacked."""
    if data.startswith(GZIP):
        most = max(HARMLESS, MOST_PACKED * len(data))
        return Content(origin, _without_gz(name), data, is_gzip=True, most=most)
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
            raise UnreadableFileError(path, "not a regular file", allowed="a file", remedy="Save the table first.")
        with path.open("rb") as data:
            size, begins = path.stat().st_size, data.read(len(ZIP))
    except (OSError, ValueError) as exc:
        reason = getattr(exc, "strerror", None) or str(exc)
        raise UnreadableFileError(path, f"cannot be read ({reason})", remedy="Check the path.") from exc
    if size > LARGEST:
        raise _too_large(str(path), LARGEST)
    return size, begins


def _members(path: Path) -> list[str] | None:
    """The files of a zip; None where it is a workbook, or too broken to be told from one by its name."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except _BROKEN as exc:
        if path.suffix.casefold() == ".xlsx":
            return None
        problem, remedy = f"cannot be unpacked: not a whole zip file ({exc})", "Download it again, or unpack it first."
        raise UnreadableFileError(path.name, problem, remedy=remedy) from exc
    if "xl/workbook.xml" in names or path.suffix.casefold() == ".xlsx":
        return None
    return sorted(n for n in names if not n.endswith("/") and "__MACOSX/" not in n)


def _without_gz(name: str) -> str:
    return name[:-3] if name.casefold().endswith(".gz") else name


def _too_large(origin: str, most: int) -> UnreadableFileError:
    return UnreadableFileError(origin, "the file is too large", allowed=f"at most {most:,} bytes")


def _copied(stream: IO[bytes], origin: str, name: str, most: int) -> Path:
    """A copy that is removed when the process ends."""
    folder = Path(tempfile.mkdtemp(prefix="entrepot-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    size, target = 0, folder / name
    with target.open("wb") as out:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size > most:
                raise _too_large(origin, most)
            out.write(chunk)
    return target
