"""Indexes kept between runs: one file for each set of names, built anew when the names or this code change."""

from __future__ import annotations

from contextlib import suppress
from itertools import chain
from typing import TYPE_CHECKING

from entrepot.core.errors import BadInputError
from entrepot.core.fingerprint import fingerprint
from entrepot.core.ids import digest
from entrepot.core.runtime import rights
from entrepot.names.search.arrays import BrokenIndexError, compiled, load, save
from entrepot.names.search.index import Index

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from entrepot.names.reading.name import Kind
    from entrepot.names.search.arrays import Compiled

_KEPT = 6  # files; the oldest go
_WAIT_SECONDS = 120  # another process that builds the same index takes a few
# Rooms whose code and data an index depends on: what is kept may be built anew for a comment, it may not be stale. The
# rule of a result hangs on no source text (screening/matching/scoring_rule.py).
READ_BY = ("entrepot.names", "entrepot.vocabulary")


def opened(names: Sequence[str], kinds: Sequence[Kind], folder: Path | None, *, is_read_only: bool = False) -> Index:
    """The index of names, from its file where there is one.

    Args:
        names: the listed names.
        kinds: the kind of each.
        folder: where indexes are kept; None to keep none. One that cannot be written to is passed over.
        is_read_only: whether the folder is read and not written.
    """
    if folder is None or not names:
        return Index(names, kinds)
    path = folder / f"index-{_key(names, kinds)}.arrow"
    with suppress(BrokenIndexError):
        return Index.over(load(path))
    if is_read_only:
        return Index(names, kinds)
    try:
        return Index.over(_built(names, kinds, path))
    except (OSError, BadInputError):
        return Index(names, kinds)


def _built(names: Sequence[str], kinds: Sequence[Kind], path: Path) -> Compiled:
    """Build and keep an index; of several processes one builds, the others wait and read its file."""
    from filelock import FileLock

    rights.make_folders(path.parent, path.parent.parent)
    lock = path.parent / "index.lock"
    is_new = not lock.exists()
    with FileLock(lock, timeout=_WAIT_SECONDS):
        if is_new:
            rights.like_its_folder(lock)
        with suppress(BrokenIndexError):
            return load(path)
        save(compiled(names, kinds), path)
        rights.like_its_folder(path)
        _sweep(path.parent, path)
    return load(path)


def _sweep(folder: Path, newest: Path) -> None:
    """Remove the oldest indexes. A process that has mapped one keeps its pages."""
    with suppress(OSError):
        known = sorted(folder.glob("index-*.arrow"), key=lambda p: p.stat().st_mtime, reverse=True)
        for path in [p for p in known if p != newest][_KEPT - 1 :]:
            path.unlink(missing_ok=True)


def _key(names: Sequence[str], kinds: Sequence[Kind]) -> str:
    each = (f"{kind}\0{text}\0" for text, kind in zip(names, kinds, strict=True))
    return digest(chain([fingerprint(*READ_BY)], each), digits=32)
