"""The hash of the code and the data of a room, by which what was computed from them is known to be of today."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from entrepot.core.ids import digest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

_ENDINGS = (".py", ".csv", ".txt", ".json", ".toml", ".sql")


@cache
def fingerprint(*packages: str) -> str:
    """sha256 over the files of packages.

    Args:
        packages: dotted names, "entrepot.names".
    """
    return digest(piece for package in packages for piece in _pieces(package))


def _pieces(package: str) -> Iterator[str | bytes]:
    """Each file of a package: where it lies and how long it is, then its bytes."""
    for name, data in sorted(_contents(files(package))):
        yield f"{package}/{name}\0{len(data)}\0"
        yield data


def _contents(folder: Traversable, above: str = "") -> list[tuple[str, bytes]]:
    out: list[tuple[str, bytes]] = []
    for entry in folder.iterdir():
        if entry.is_dir():
            out += _contents(entry, f"{above}{entry.name}/")
        elif entry.name.endswith(_ENDINGS):
            out.append((above + entry.name, entry.read_bytes()))
    return out
