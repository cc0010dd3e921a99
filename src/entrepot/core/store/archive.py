"""A store in one file, and back: every file with its hash, so that what comes back is what went in.

An archive is a plain tar (the files are compressed already) whose first member says the hash of each other.
See docs/design/30-the-store-vouches.md.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tarfile
import tempfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, BinaryIO

from entrepot.core import store
from entrepot.core.errors import BadInputError, StoreError, UnreadableFileError
from entrepot.core.files import replacing, synced_folder
from entrepot.core.runtime import rights
from entrepot.core.store.access import refuse_read_only, why_read_only
from entrepot.core.store.store_reading import unwritten
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Collection
    from contextlib import AbstractContextManager

_CONTENTS = "contents.json"
_FORM = "entrepot-store/1"
_ALONE = 0o600  # keys are among the files: their owner alone may read them
_LARGEST = 1 << 62  # bytes; no file has more, so that its number takes no more room
_BLOCK = 1 << 20  # bytes copied at a time, so that a large file takes little memory


def backup(folder: Path, out: Path, leave: Collection[str] = ()) -> list[str]:
    """Write a store to a file, while no other run writes to it.

    Args:
        folder: the store's folder.
        out: the archive; readable by its owner alone, for the store's key is in it.
        leave: names in the folder that are left out: what can be made again.

    Returns:
        The names of the files in it.

    Raises:
        BadInputError: there is no store, or the archive cannot be written or lies in the store.
        StoreLockedError: another run holds it.
    """
    if not store.is_there(folder):
        raise BadInputError(tr("there is no store"), found=str(folder), remedy=tr("Nothing is written."))
    if folder.resolve() in out.resolve().parents:
        raise BadInputError(
            tr("the archive would lie in the store"), found=str(out), remedy=tr("Choose another place.")
        )
    held: AbstractContextManager[object]
    if why_read_only(folder):
        held = unwritten(folder, store.WAIT_SECONDS)
    else:
        with store.opened(folder):
            pass  # a log that an earlier run left is worked into the database
        held = store.locked(folder)
    with held, replacing(out, private=True) as part:
        paths = {p.relative_to(folder).as_posix(): p for p in _files(folder, {store.LOCK, *leave})}
        # A server writes jobs and files on the desk beside the lock, each whole: what is read once is of one moment.
        # What they are is known when all are read, and stands before them: its place is kept free.
        room = len(_contents_of({name: _said("0" * 64, _LARGEST) for name in paths}))
        with tarfile.open(part, "w", format=tarfile.PAX_FORMAT) as tar:
            _put(tar, _CONTENTS, room, io.BytesIO(b" " * room))
            said = {name: of for name, path in paths.items() if (of := _put_file(tar, name, path))}
        with part.open("r+b") as archive:
            archive.seek(tarfile.BLOCKSIZE)  # behind the header of the first member
            archive.write(_contents_of(said).ljust(room))
    return list(said)


def _files(folder: Path, leave: Collection[str]) -> list[Path]:
    """Plain files below the folder, by name; links are not followed."""
    out = []
    for place, folders, names in os.walk(folder):
        here = Path(place)
        folders[:] = sorted(f for f in folders if not (here == folder and f in leave))
        out += [here / n for n in sorted(names) if not (here == folder and n in leave)]
    return [p for p in out if p.is_file() and not p.is_symlink()]


def _said(digest: str, size: int) -> dict[str, Any]:
    return {"sha256": digest, "bytes": size}


def _contents_of(said: dict[str, Any]) -> bytes:
    return json.dumps({"form": _FORM, "files": said}, indent=1, ensure_ascii=False).encode()


class _Hashed:
    """A file that is hashed while it is read."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self.found = file, hashlib.sha256()

    def read(self, size: int) -> bytes:
        block = self._file.read(size)
        self.found.update(block)
        return block


def _put_file(tar: tarfile.TarFile, name: str, path: Path) -> dict[str, Any] | None:
    """Put a file in, and say what it was; None where it was removed since it was listed."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return None
    with file:
        size, hashed = os.fstat(file.fileno()).st_size, _Hashed(file)
        _put(tar, name, size, hashed)
    return _said(hashed.found.hexdigest(), size)


def _put(tar: tarfile.TarFile, name: str, size: int, data: Any) -> None:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    tar.addfile(info, data)


def restore(archive: Path, folder: Path) -> list[str]:
    """Put a store back from an archive: whole and verified, or not at all; for its owner alone, until it is shared.

    Args:
        archive: as `backup` wrote it.
        folder: where no store is; it may be there, empty.

    Returns:
        The names of the files.

    Raises:
        UnreadableFileError: it is no archive of a store, was cut or changed.
        StoreError: something lies in the folder, or it cannot be written.
    """
    refuse_read_only(folder)
    if folder.exists() and (not folder.is_dir() or any(p.name != store.LOCK for p in folder.iterdir())):
        remedy = tr("Give an empty one with --store, or move away what lies there.")
        raise StoreError(tr("a store is put back into an empty folder only"), found=str(folder), remedy=remedy)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", suffix=".part", dir=folder.parent))
    except OSError as exc:
        raise _not_put_back(folder, exc) from exc
    try:
        names = _taken_out(archive, part)
        (folder / store.LOCK).unlink(missing_ok=True)
        part.replace(folder)
        synced_folder(folder.parent)
    except OSError as exc:
        raise _not_put_back(folder, exc) from exc
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return names


def _not_put_back(folder: Path, exc: OSError) -> StoreError:
    remedy = rights.remedy(exc, folder, tr("Or give another folder with --store."))
    return StoreError(
        tr("cannot put the store back ({strerror})", strerror=exc.strerror), found=str(folder), remedy=remedy
    )


def _taken_out(archive: Path, part: Path) -> list[str]:
    """Write each file that the archive names, and see that it is what was put in."""
    try:
        with tarfile.open(archive, "r:") as tar:
            said = _contents(tar)
            for name, of in said.items():
                _write(part / name, tar.extractfile(name), of)
    except (tarfile.TarError, ValueError, KeyError, TypeError, EOFError) as exc:
        why = str(exc).splitlines()[0] if str(exc) else type(exc).__name__
        raise UnreadableFileError(
            archive, tr("no whole archive of a store ({why})", why=why), allowed=tr("what store backup wrote")
        ) from exc
    return list(said)


def _contents(tar: tarfile.TarFile) -> dict[str, Any]:
    first = tar.next()
    if first is None or first.name != _CONTENTS or first.size > 64 * _BLOCK:
        raise ValueError(f"it does not begin with {_CONTENTS}")
    data = tar.extractfile(first)
    found = json.loads(data.read()) if data is not None else {}
    if found["form"] != _FORM:
        raise ValueError("it is of another form")
    files: dict[str, Any] = found["files"]
    for name in files:
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or not path.parts:
            raise ValueError(f"{name} lies outside")
    return files


def _write(path: Path, member: Any, of: dict[str, Any]) -> None:
    if member is None:
        raise ValueError(f"{path.name} is no file")
    path.parent.mkdir(parents=True, exist_ok=True)
    found, size = hashlib.sha256(), 0
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _ALONE)
    with os.fdopen(handle, "wb") as out:
        while block := member.read(_BLOCK):
            found.update(block)
            size += len(block)
            out.write(block)
        out.flush()
        os.fsync(out.fileno())
    if found.hexdigest() != of["sha256"] or size != of["bytes"]:
        raise ValueError(f"{path.name} is not what was put in")
