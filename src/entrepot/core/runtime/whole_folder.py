"""Several files that belong together, written so that a killed run leaves all the old ones or all the new.

Names of files change one by one, those of folders at once. So the files are written into a folder beside the one they
are for, which then takes its name, or changes places with it. That would take away what else lies in a folder, whose
it is, and where a shell stands: then files are replaced one by one, and only that moment can leave new beside old.
"""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from entrepot.core import files
from entrepot.core.errors import BadInputError
from entrepot.core.runtime import rights
from entrepot.core.runtime.exchange import change_places
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@contextmanager
def filling(folder: Path, names: Sequence[str]) -> Iterator[list[Path]]:
    """Paths to write the files of a folder to; they are there under their names once all are written.

    Args:
        folder: where they belong; it is made where there is none, and so are those above it.
        names: of the files.

    Raises:
        BadInputError: the folder cannot be made or written, or the disk is full.
    """
    target = Path(os.path.realpath(folder))
    if not _may_be_exchanged(target, names):
        with files.replacing_all([folder / name for name in names]) as parts:
            yield parts
        return
    try:
        with files.folder_beside(target, names) as beside:
            yield [beside / name for name in names]
            _publish(beside, target, names)
    except OSError as exc:
        remedy = rights.remedy(exc, target, tr("Or choose another --out."))
        raise BadInputError(
            tr("cannot write ({strerror})", strerror=exc.strerror or exc), found=str(folder), remedy=remedy
        ) from exc


def _may_be_exchanged(target: Path, names: Sequence[str]) -> bool:
    """Whether a folder can be put in the place of `target` and nothing be lost: it is not there or holds ours alone."""
    parent = next(p for p in target.parents if p.exists())
    if not os.access(parent, os.W_OK | os.X_OK):
        return False
    if not target.exists():
        return True
    try:
        return target.is_dir() and _is_plain(target) and _holds_only(target, names)
    except OSError:  # it may not be looked into
        return False


def _is_plain(folder: Path) -> bool:
    """Whether a folder is nothing but a name that files lie under.

    It is more if it is another account's, a mounted file system, where this run stands, or has rights beyond the nine.
    """
    mine = not hasattr(os, "getuid") or folder.stat().st_uid == os.getuid()
    lists = hasattr(os, "listxattr") and bool(os.listxattr(folder))
    return mine and not lists and not folder.is_mount() and not files.same_file(folder, Path.cwd())


def _holds_only(folder: Path, names: Sequence[str]) -> bool:
    """Whether all that lies in a folder are plain files of these names."""
    with os.scandir(folder) as found:
        return all(one.name in names and one.is_file(follow_symlinks=False) for one in found)


def _publish(beside: Path, target: Path, names: Sequence[str]) -> None:
    """Give the folder that was written the name it is for; what it takes the place of is left under the other name."""
    for name in names:
        files.synced(beside / name)
        if (target / name).exists():
            files.with_rights_of(beside / name, target / name)
    files.synced_folder(beside)
    if not _is_new(beside, target):
        _with_rights_of_folder(beside, target)
        if change_places(beside, target):
            _returned(beside, target, names)
        else:
            for name in names:
                (beside / name).replace(target / name)
            files.synced_folder(target)
    files.synced_folder(target.parent)


def _is_new(beside: Path, target: Path) -> bool:
    """Whether the folder could take a name that none had."""
    if target.exists():
        return False
    try:
        beside.rename(target)
    except OSError:
        if target.exists():  # another run made it since
            return False
        raise
    return True


def _with_rights_of_folder(beside: Path, target: Path) -> None:
    """Rights and group of the folder that is replaced; without the group, nobody of it gets in."""
    before = target.stat()
    mode = stat.S_IMODE(before.st_mode)
    try:
        if os.name == "posix" and beside.stat().st_gid != before.st_gid:
            os.chown(beside, -1, before.st_gid)
    except OSError:  # a group that this account is not in
        mode &= ~(stat.S_IRWXG | stat.S_ISGID)
    beside.chmod(mode)


def _returned(old: Path, target: Path, names: Sequence[str]) -> None:
    """What somebody laid into the folder in its last moment lies in the new one."""
    for one in old.iterdir():
        if one.name not in names:
            with suppress(OSError):
                one.rename(target / one.name)
