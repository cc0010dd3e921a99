"""The migrations of the store: SQL files in the folder `migrations` of the room whose table they make.

A file is called NNNN_what.sql. The numbers run through all rooms without a gap: the highest is the version of the
schema. A released file is never edited; a table that changes has a further one. Core names no room: it looks what lies
there.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

_PACKAGE = __name__.partition(".")[0]


@cache
def migrations() -> tuple[str, ...]:
    """The SQL of every migration, in order; the position, counted from 1, is the version.

    Raises:
        ValueError: two have one number, or one is missing.
    """
    found: dict[int, str] = {}
    for room in files(_PACKAGE).iterdir():
        folder = room / "migrations"
        for file in folder.iterdir() if folder.is_dir() else ():
            if file.name.endswith(".sql"):
                number = int(file.name.partition("_")[0])
                if number in found:
                    raise ValueError(f"two migrations have the number {number}: {file.name} is one")
                found[number] = file.read_text(encoding="utf-8")
    if sorted(found) != list(range(1, len(found) + 1)):
        raise ValueError(f"migrations are missing: there are {sorted(found)}")
    return tuple(sql for _, sql in sorted(found.items()))
