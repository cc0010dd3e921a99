"""Writing files so that a killed run leaves either the old file or the new one, never half of one."""

from __future__ import annotations

import os
import secrets
import stat
import time
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from entrepot.core.errors import BadInputError
from entrepot.core.runtime import rights
from entrepot.core.runtime.scratch import BESIDE, PART, hold, remove_folder, sweep_parts
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ANY_FOLDER, _ANY = 0o777, 0o666  # what a new folder and a new file may have before the umask takes from it
_ALONE = 0o600  # what the owner alone has
_SHOWN = 40  # characters of a file's name in that of its part, so that it stays below the 255 bytes of a name
_RANDOM_BYTES = 4  # of the name of a part: eight digits, as `scratch` looks for what a kill left


@contextmanager
def replacing(path: Path, *, private: bool = False) -> Iterator[Path]:
    """A temporary path beside `path`; on success it is renamed over it, on any failure it is removed.

    Args:
        path: the file.
        private: whether nobody but its owner may read it, at no moment.

    Raises:
        BadInputError: the folder cannot be written, the disk is full, or `path` is a folder, a device or a pipe.
    """
    with replacing_all([path], private=private) as parts:
        yield parts[0]


@contextmanager
def replacing_all(paths: Sequence[Path], *, private: bool = False) -> Iterator[list[Path]]:
    """A temporary path beside each of `paths`; all are on the disk before the first is renamed.

    A run that is killed leaves all old files or all new ones, but for the moment in which names change; `whole_folder`
    has none. What it leaves unfinished is removed by the next that writes there.

    Raises:
        BadInputError: as `replacing`.
    """
    path = Path()
    with ExitStack() as held:
        try:
            targets = [path := _target(p) for p in paths]
            parts = [_part(path := p, held, private=private) for p in targets]
            yield parts
            for part, path in zip(parts, targets, strict=True):
                synced(part)
                if not private and path.exists():
                    with_rights_of(part, path)
            for part, path in zip(parts, targets, strict=True):
                part.replace(path)
            for folder in {p.parent for p in targets}:
                synced_folder(folder)
        except OSError as exc:  # no such folder, no permission, no space left, a name too long
            reason = exc.strerror or str(exc)
            remedy = rights.remedy(exc, path, tr("Or choose another --out."))
            raise BadInputError(tr("cannot write ({reason})", reason=reason), found=str(path), remedy=remedy) from exc
        except ValueError as exc:
            if "null byte" not in str(exc):
                raise
            raise BadInputError(tr("cannot write (the name holds a null byte)"), found=str(path)) from exc


@contextmanager
def folder_beside(path: Path, names: Sequence[str]) -> Iterator[Path]:
    """An empty folder beside `path` for files of these names; what is left of it goes at the end, or after a kill.

    Nobody else may look into it where `path` is there already.

    Raises:
        OSError: it cannot be made.
    """
    with ExitStack() as held:
        mark = _part(path, held, private=True)
        mark.write_text("\n".join(names), encoding="utf-8")
        folder = mark.with_suffix(BESIDE)
        folder.mkdir(mode=stat.S_IRWXU if path.exists() else _ANY_FOLDER)
        held.callback(remove_folder, folder, names)
        yield folder


def _part(path: Path, held: ExitStack, *, private: bool) -> Path:
    """An empty file beside `path`, held by this run while it is there.

    For its owner alone if private or in place of one, else as the umask says.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    begins = f".{path.name[:_SHOWN]}."
    sweep_parts(path.parent, begins)
    part = path.with_name(f"{begins}{secrets.token_hex(_RANDOM_BYTES)}{PART}")
    mode = _ALONE if private or path.exists() else _ANY
    handle = os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, mode)
    if hold(handle):
        held.callback(os.close, handle)
    else:
        os.close(handle)
    held.callback(part.unlink, missing_ok=True)
    return part


def with_rights_of(part: Path, path: Path) -> None:
    """Give a part the rights of the file that it replaces: what was shut stays shut, what was shared stays shared."""
    before = path.stat()
    mode = stat.S_IMODE(before.st_mode) & _ANY
    try:
        if os.name == "posix" and part.stat().st_gid != before.st_gid:
            os.chown(part, -1, before.st_gid)
    except OSError:  # a group that this account is not in: its rights are nobody else's
        mode &= ~stat.S_IRWXG
    part.chmod(mode)


def _target(path: Path) -> Path:
    """The file to be replaced: of a link the one that it leads to, so that the link stays."""
    if path.is_dir():
        raise BadInputError(tr("the output is a folder"), found=str(path), remedy=tr("Give a file name."))
    refuse_device(path)
    return Path(os.path.realpath(path)) if path.is_symlink() else path


def synced(path: Path) -> None:
    """Have what was written to a file on the disk."""
    with path.open("r+b") as done:  # Windows flushes only what is open for writing
        os.fsync(done.fileno())


def synced_folder(folder: Path) -> None:
    """Have a folder's names on the disk, so that a renamed file is still there after a power cut.

    Where that cannot be asked for (Windows, some network file systems, a folder that may be written and not read) the
    file is there all the same: it is no failure.
    """
    if os.name == "posix":
        with suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def refuse_device(path: Path) -> None:
    """Refuse to write to a device or a pipe: a file renamed over it would take its place for everyone.

    Raises:
        BadInputError: `path` is there and neither a file nor a folder.
    """
    if path.exists() and not path.is_file() and not path.is_dir():
        raise BadInputError(
            tr("the output is a device or a pipe"),
            found=str(path),
            remedy=tr("Give a file name, or leave it out to print."),
        )


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 text atomically; bytes of a file's name that are no text (lone surrogates) are written escaped."""
    with replacing(path) as part:
        part.write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")


def write_bytes(path: Path, data: bytes) -> None:
    """Write bytes atomically."""
    with replacing(path) as part:
        part.write_bytes(data)


def same_file(a: Path, b: Path) -> bool:
    """Whether two paths lead to one file, links and spellings followed; of files that do not exist, the paths count."""
    try:
        return a.samefile(b)
    except (OSError, ValueError):
        return os.path.realpath(a) == os.path.realpath(b)


def is_older(path: Path, seconds: float) -> bool:
    """Whether a file or folder was last changed longer ago than so many seconds.

    Raises:
        OSError: it cannot be looked at, or is gone.
    """
    return path.stat().st_mtime < time.time() - seconds
