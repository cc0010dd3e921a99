"""The key under which entries are sealed: one secret in the store, readable by those who may decide."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from entrepot.core.errors import StoreError
from entrepot.core.files import synced_folder
from entrepot.core.store.secret_file import kept_secret
from entrepot.core.words.translate import marked, tr

if TYPE_CHECKING:
    from pathlib import Path

KEY_FILE = "ledger.key"
_NEW = ".ledger.key.new"
_NAME = marked("the key of the ledger")
_BYTES = 32  # as long as the digests that it seals


def ledger_key(folder: Path) -> bytes:
    """The key of a store's ledger, which has been begun.

    Args:
        folder: the store.

    Raises:
        StoreError: it is not there, is broken or cannot be read, or others may read it.
    """
    path = next((p for p in (folder / KEY_FILE, folder / _NEW) if p.exists()), None)
    if path is None:
        raise StoreError(
            tr("{name} is gone, so nothing vouches for the ledger", name=_NAME),
            found=str(folder / KEY_FILE),
            remedy=tr("Put it back from a backup; of a ledger that others share, copy it from their store."),
        )
    key = kept_secret(path, _NAME, shared=True)
    if len(key) != _BYTES:
        raise StoreError(
            tr("{name} is broken", name=_NAME),
            found=tr("{count} bytes", count=len(key)),
            allowed=f"{_BYTES}",
            remedy=tr("Put it back from a backup."),
        )
    return key


def new_key(folder: Path) -> bytes:
    """The key for a ledger that is begun. It has another name until then, so that a key says that there is a ledger.

    Raises:
        StoreError: it cannot be made.
    """
    return kept_secret(folder / _NEW, _NAME, lambda: secrets.token_bytes(_BYTES), shared=True)


def settle(folder: Path) -> None:
    """Give the key its name: the ledger has been begun."""
    if (folder / _NEW).exists():
        (folder / _NEW).replace(folder / KEY_FILE)
        synced_folder(folder)
