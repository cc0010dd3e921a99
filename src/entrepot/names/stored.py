"""Indexes kept between runs: one file for each set of names, built anew when the names or this code change."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from entrepot.core.errors import BadInputError
from entrepot.names.compiled import BrokenIndexError, compiled, load, save
from entrepot.names.index import Index

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from entrepot.names.compiled import Compiled
    from entrepot.names.prepare import Kind

_KEPT = 6  # files; the oldest go
_WAIT_SECONDS = 120  # another process that builds the same index takes a few
_READ_BY = ("entrepot.names", "entrepot.vocabulary")  # rooms whose code and data an index depends on
_ENDINGS = (".py", ".csv", ".txt", ".json")


def opened(names: Sequence[str], kinds: Sequence[Kind], folder: Path | None) -> Index:
    """The index of names, from its file where there is one.

    Args:
        names: the listed names.
        kinds: the kind of each.
        folder: where indexes are kept; None to keep none. One that cannot be written to is passed over.
    """
    if folder is None or not names:
        return Index(names, kinds)
    path = folder / f"{_key(names, kinds)}.arrow"
    with suppress(BrokenIndexError):
        return Index.over(load(path))
    try:
        return Index.over(_built(names, kinds, path))
    except (OSError, BadInputError):
        return Index(names, kinds)


def _built(names: Sequence[str], kinds: Sequence[Kind], path: Path) -> Compiled:
    """Build and keep an index; of several processes one builds, the others wait and read its file."""
    from filelock import FileLock

    path.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(path.parent / "index.lock", timeout=_WAIT_SECONDS):
        with suppress(BrokenIndexError):
            return load(path)
        save(compiled(names, kinds), path)
        _sweep(path.parent, path)
    return load(path)


def _sweep(folder: Path, newest: Path) -> None:
    """Remove the oldest indexes. A process that has mapped one keeps its pages."""
    with suppress(OSError):
        known = sorted(folder.glob("*.arrow"), key=lambda p: p.stat().st_mtime, reverse=True)
        for path in [p for p in known if p != newest][_KEPT - 1 :]:
            path.unlink(missing_ok=True)


def _key(names: Sequence[str], kinds: Sequence[Kind]) -> str:
    found = hashlib.sha256(fingerprint().encode())
    for text, kind in zip(names, kinds, strict=True):
        found.update(f"{kind}\0{text}\0".encode("utf-8", "surrogatepass"))
    return found.hexdigest()[:32]


@cache
def fingerprint() -> str:
    """The hash of the code and the data that decide what two names score."""
    found = hashlib.sha256()
    for room in _READ_BY:
        for name, data in sorted(_contents(files(room))):
            found.update(f"{room}/{name}\0{len(data)}\0".encode())
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
