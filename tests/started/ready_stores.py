"""A new store copied from one that was made before: it is the same each time, and a tenth of a second to make."""

from __future__ import annotations

import shutil
from pathlib import Path

from entrepot.core import store
from entrepot.core.store import rights


def made_in(folder: Path) -> Path:
    """An empty store, made as commands make it."""
    with store.opened(folder):
        pass
    return folder / store.FILE


def copy_new_ones(made: Path) -> None:
    """From now on a new store of this process is a copy; one that a test makes otherwise is still made."""
    make, migrations = store._make_new, store.migrations

    def copied(folder: Path, path: Path) -> None:
        if store.migrations is not migrations:
            make(folder, path)
            return
        part = folder / f".{store.FILE}.part"
        shutil.copyfile(made, part)
        rights.like_its_folder(part)
        part.replace(path)

    store._make_new = copied
