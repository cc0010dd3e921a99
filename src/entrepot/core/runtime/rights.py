"""Whose a file is, who may do what with it, and what to do where the system refuses.

See docs/design/30-the-store-vouches.md, "Who may read what".
"""

from __future__ import annotations

import errno
import os
import shlex
import shutil
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from entrepot.core.words.translate import marked, tr

if TYPE_CHECKING:
    from pathlib import Path

_REFUSED = (errno.EACCES, errno.EPERM)
_FULL = (errno.ENOSPC, errno.EDQUOT)
# In this order looked for in the text of an error that carries no number.
_KNOWN = (*_REFUSED, errno.EROFS, *_FULL, errno.EFBIG)
# What may come from a folder: never the right to write for everyone. The last bit gives what lies in it its group.
_FILE_BITS = stat.S_IRUSR | stat.S_IWUSR | stat.S_IRGRP | stat.S_IWGRP | stat.S_IROTH
_FOLDER_BITS = _FILE_BITS | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH | stat.S_ISGID

# What can be done besides, where it stands alone: kept in English, it is told again by these.
_ALONE = (
    marked("Check the path."),
    marked("Choose another --out."),
    marked("Give another folder with --store."),
    marked("Give another store with --store."),
    marked("Remove it by hand."),
)


def remedy(exc: Exception, path: Path, otherwise: str, *, writing: bool = True) -> str:
    """What to do about an error of the system: whose the file or folder is that stands in the way, which disk is full.

    Args:
        exc: the error, or one of a library whose text ends in the system's words.
        path: what could not be read or written.
        otherwise: what can be done besides, a sentence, with "Or" before it where it is a choice; alone where the error
            is none of rights or space.
        writing: whether it was to be written.
    """
    code = code_of(exc)
    if code in _REFUSED:
        return f"{_whose(path, writing=writing)} {otherwise}".strip()
    if code == errno.EROFS:
        return tr(
            "The file system of {near} is mounted read-only. {otherwise}", near=_near(path), otherwise=otherwise
        ).strip()
    if code in _FULL:
        return tr(
            "Free space on the disk of {near}{left}. {otherwise}",
            near=_near(path),
            left=_left(path),
            otherwise=otherwise,
        ).strip()
    if code == errno.EFBIG:
        return tr(
            "The file would be larger than this account or file system allows (ulimit -f). {otherwise}",
            otherwise=otherwise,
        ).strip()
    alone = otherwise.removeprefix("Or ")
    return alone[:1].upper() + alone[1:]


def code_of(exc: Exception) -> int | None:
    """The number of an error of the system; of a library's own error by the words that it took over."""
    if isinstance(exc, OSError) and exc.errno is not None:
        return exc.errno
    text = str(exc).casefold()
    return next((code for code in _KNOWN if os.strerror(code).casefold() in text), None)


def owner(path: Path) -> str:
    """To whom a file or folder belongs, and its rights: "belongs to ann, group desk, rwxr-x---"."""
    found = path.stat()
    who, group = _name_of(found.st_uid, "user"), _name_of(found.st_gid, "group")
    return tr(
        "belongs to {who}, group {group}, {filemode}", who=who, group=group, filemode=stat.filemode(found.st_mode)[1:]
    )


def is_read_only_mount(path: Path) -> bool:
    """Whether the file system on which a path lies takes no writing from anybody."""
    if hasattr(os, "statvfs"):
        with suppress(OSError):
            return bool(os.statvfs(path).f_flag & os.ST_RDONLY)
    return False


def like_its_folder(path: Path) -> None:
    """Give a file or folder of a store the rights of the folder that it lies in, whatever the umask is.

    Who may read the folder may read it, who may write to the folder may write to it, but never everyone.
    """
    if os.name == "posix":
        of = stat.S_IMODE(path.parent.stat().st_mode)
        own, bits = (stat.S_IRWXU, _FOLDER_BITS) if path.is_dir() else (stat.S_IRUSR | stat.S_IWUSR, _FILE_BITS)
        with suppress(PermissionError):  # another's, who has given it its rights
            path.chmod(own | of & bits)


def make_folders(folder: Path, top: Path) -> None:
    """Make the folders of a store that are not there, from below its own folder on, each `like_its_folder`.

    Args:
        folder: the one that is needed.
        top: the store's folder, which is there.
    """
    missing = [p for p in (folder, *folder.parents) if top in p.parents and not p.exists()]
    for place in reversed(missing):
        place.mkdir(exist_ok=True)
        like_its_folder(place)


def _near(path: Path) -> Path:
    """The path, or the nearest folder above it that can be seen."""
    return next((p for p in (path, *path.absolute().parents) if _is_seen(p)), path)


def _is_seen(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _in_the_way(path: Path, *, writing: bool) -> Path:
    """The file or folder whose rights stand in the way."""
    for folder in reversed(path.absolute().parents):
        if _is_seen(folder) and not os.access(folder, os.X_OK):
            return folder
    near = _near(path)
    if not writing or near.is_dir():
        return near
    return near.parent if not os.access(near.parent, os.W_OK) else near


def _whose(path: Path, *, writing: bool) -> str:
    """Whose the thing in the way is, and how one gets the right."""
    place = _in_the_way(path, writing=writing)
    kind = "folder" if place.is_dir() else "file"
    try:
        said, is_own = (
            tr("The {kind} {place} {owner}", kind=kind, place=place, owner=owner(place)),
            hasattr(os, "geteuid") and owns(place),
        )
    except OSError:
        return tr("The {kind} {place} cannot be looked at.", kind=kind, place=place)
    act = tr("write to") if writing else "read"
    if is_own:
        bits = "u+rwx" if kind == "folder" else "u+rw"
        return tr(
            "{said}, which is you: take the right with chmod {bits} {place}.",
            said=said,
            bits=bits,
            place=shlex.quote(str(place)),
        )
    return tr("{said}; you are {me}. Ask for the right to {act} it.", said=said, me=me(), act=act)


def owns(path: Path) -> bool:
    """Whether a path belongs to the person who runs this; True where the system does not say."""
    return path.stat().st_uid == os.geteuid() if hasattr(os, "geteuid") else True


def me() -> str:
    """The name of the account that runs this."""
    return _name_of(os.geteuid(), "user") if hasattr(os, "geteuid") else "another"


def _name_of(number: int, kind: str) -> str:
    """The name of an account or a group; its number where it has none, as in many containers."""
    with suppress(ImportError, KeyError):
        if kind == "user":
            import pwd

            return pwd.getpwuid(number).pw_name
        import grp

        return grp.getgrgid(number).gr_name
    return str(number)


def _left(path: Path) -> str:
    try:
        return tr(", where {free:,} bytes are left", free=shutil.disk_usage(_near(path)).free)
    except OSError:
        return ""
