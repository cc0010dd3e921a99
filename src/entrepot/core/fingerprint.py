"""The hash of the code and the data of a room, by which what was computed from them is known to be of today."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_ENDINGS = (".py", ".csv", ".txt", ".json", ".toml", ".sql")


@cache
def fingerprint(*packages: str) -> str:
    """sha256 over the files of packages.

    Args:
        packages: dotted names, "entrepot.names".
    """
    found = hashlib.sha256()
    for package in packages:
        for name, data in sorted(_contents(files(package))):
            found.update(f"{package}/{name}\0{len(data)}\0".encode())
            found.update(data)
    return found.hexdigest()


def _contents(folder: Traversable, above: str = "") -> list[tuple[str, bytes]]:
    out: list[tuple[str, bytes]] = []
    for entry in folder.iterdir():
        if entry.is_dir():
            out += _contents(entry, f"{above}{entry.name}/")
        elif entry.name.endswith(_ENDINGS):
            out.append((above + entry.name, entry.read_bytes()))
    return out
