"""A store that a group of the machine may read, or its owner alone.

See docs/design/30-the-store-vouches.md, "Who may read what".
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from entrepot.core import store
from entrepot.core.errors import BadInputError, StoreError
from entrepot.core.runtime import rights
from entrepot.core.store.signing_key import KEY_FILE
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_ALONE = stat.S_IRUSR | stat.S_IWUSR
# The group reads and goes in; what is made later has the folder's group, not its maker's.
_GROUP_FILE, _GROUP_FOLDER = _ALONE | stat.S_IRGRP, stat.S_IRWXU | stat.S_IRGRP | stat.S_IXGRP | stat.S_ISGID


def share(folder: Path, group: str | None) -> int:
    """Let a group read all that lies in a store but the key that signs; or nobody but its owner.

    Links are not followed. Where it is interrupted the store's folder is still shut: it is opened last, and shut first.

    Args:
        folder: the store's folder.
        group: the name of a group of this machine; None for nobody.

    Returns:
        How many files and folders have these rights now.

    Raises:
        BadInputError: there is no store, no such group, or the system knows no groups.
        StoreLockedError: another run holds the store.
        StoreError: the store is another's, or the group is none of this account's.
    """
    number = None if group is None else _number(group)
    if not store.is_there(folder):
        raise BadInputError(tr("there is no store"), found=str(folder), remedy=tr("Nothing is shared."))
    with store.locked(folder):
        place = folder
        try:
            folder.chmod(stat.S_IRWXU)
            done = 1
            for place in _below(folder):
                _give(place, None if place == folder / KEY_FILE else number)
                done += 1
            place = folder
            _give(folder, number)
        except OSError as exc:
            remedy = rights.remedy(
                exc, place, tr("Its owner can share it, with a group of their own{groups}.", groups=_groups())
            )
            raise StoreError(
                tr("cannot share the store ({strerror})", strerror=exc.strerror), found=str(place), remedy=remedy
            ) from exc
    return done


def _below(folder: Path) -> Iterator[Path]:
    """All files and folders below, without links and what lies behind them."""
    for path in sorted(folder.iterdir()):
        if not path.is_symlink():
            if path.is_dir():
                yield from _below(path)
            yield path


def _give(path: Path, group: int | None) -> None:
    """Give a file or folder to a group, to read; or to its owner alone."""
    if group is None:
        path.chmod(stat.S_IRWXU if path.is_dir() else _ALONE)
        return
    if os.name == "posix":
        os.chown(path, -1, group)
    path.chmod(_GROUP_FOLDER if path.is_dir() else _GROUP_FILE)


def _number(group: str) -> int:
    """The number of a group.

    Raises:
        BadInputError: there is no such group, or the system has none.
    """
    try:
        import grp

        return grp.getgrnam(group).gr_gid
    except ImportError as exc:
        remedy = tr("Give the rights with the tools of the system.")
        raise BadInputError(tr("this system has no groups that Entrepot knows"), found=group, remedy=remedy) from exc
    except KeyError as exc:
        raise BadInputError(
            tr("there is no such group"), found=group, allowed=tr("a group of this machine{groups}", groups=_groups())
        ) from exc


def _groups() -> str:
    """The groups of this account, for a message."""
    with suppress(ImportError, AttributeError, KeyError):
        import grp

        return f": {', '.join(sorted(grp.getgrgid(g).gr_name for g in os.getgroups()))}"
    return ""
