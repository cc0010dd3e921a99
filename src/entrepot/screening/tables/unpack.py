"""A file of parties that is packed, or comes from standard input, laid out where it can be read as often as needed."""

from __future__ import annotations

import atexit
import gzip
import hashlib
import shutil
import sys
import tempfile
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from entrepot.core.errors import UnreadableFileError

if TYPE_CHECKING:
    from collections.abc import Sequence

STANDARD_INPUT = "-"
_CHUNK = 1 << 20  # bytes copied at a time
_LARGEST = 20_000_000_000  # bytes; as of a file that is not packed
_MOST_PACKED, _HARMLESS = 200, 50_000_000  # as of a workbook: what packs 200 times was made to


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def unpacked(path: Path) -> tuple[Path, str]:
    """Where the table lies, and the sha256 of what was packed; the path itself and empty where nothing is.

    Args:
        path: a file; .gz and .zip are unpacked; - is standard input, read as CSV.

    Raises:
        UnreadableFileError: it cannot be unpacked, holds other than one file, or was made to burst.
    """
    if str(path) == STANDARD_INPUT:
        return _laid_out(sys.stdin.buffer, "standard input", "standard-input.csv", _LARGEST)
    ending = path.suffix.casefold()
    if ending not in {".gz", ".zip"} or not path.is_file():
        return path, ""
    most = min(_LARGEST, max(_HARMLESS, _MOST_PACKED * path.stat().st_size))
    with path.open("rb") as data:
        digest = hashlib.file_digest(data, "sha256").hexdigest()
    try:
        if ending == ".gz":
            with gzip.open(path) as packed:
                return _laid_out(packed, path.name, path.stem, most)[0], digest
        with zipfile.ZipFile(path) as archive:
            name = _only(archive.namelist(), path)
            with archive.open(name) as packed:
                return _laid_out(packed, path.name, Path(name).name, most)[0], digest
    except (zipfile.BadZipFile, zlib.error, EOFError, gzip.BadGzipFile, RuntimeError, NotImplementedError) as exc:
        raise UnreadableFileError(path.name, f"cannot be unpacked ({exc})", remedy="Unpack it first.") from exc


def _only(names: Sequence[str], path: Path) -> str:
    files = [n for n in names if not n.endswith("/") and not n.startswith("__MACOSX/")]
    if len(files) != 1:
        problem = f"holds {len(files)} files"
        raise UnreadableFileError(path.name, problem, allowed="one file", remedy="Unpack it and screen each.")
    return files[0]


def _laid_out(stream: _Readable, origin: str, name: str, most: int) -> tuple[Path, str]:
    """A copy that is removed when the process ends, and its hash."""
    folder = Path(tempfile.mkdtemp(prefix="entrepot-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    found, size, target = hashlib.sha256(), 0, folder / name
    with target.open("wb") as out:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > most:
                raise UnreadableFileError(origin, "the file is too large", allowed=f"at most {most:,} bytes")
            found.update(chunk)
            out.write(chunk)
    return target, found.hexdigest()
