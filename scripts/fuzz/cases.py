"""A case: which file a reader is given. The same reader, number and seeds make the same bytes."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from fuzz import made_reports
from fuzz.damage import damaged
from fuzz.damage.packed import gzipped, zipped
from fuzz.seeds import ROOT, Seed, constructed, one
from fuzz.shelf_seeds import cut

if TYPE_CHECKING:
    from collections.abc import Sequence

_PACKED = 0.04  # of the damaged files are packed as well: the way through the opener is then another
_MADE_UP = 0.5  # of reports are made up: what is read of them hangs on their words more than on their bytes
_BESIDE = 0.3  # of the damage is to a file that lies beside the one that is read


@dataclass(frozen=True, slots=True)
class Case:
    """A damaged file, or a folder with one.

    Attributes:
        reader: who reads it.
        number: of the case.
        name: of the file or folder that the reader is given.
        files: name to content.
        done: the damage, act by act.
        is_folder: whether the reader is given a folder.
    """

    reader: str
    number: int
    name: str
    files: dict[str, bytes]
    done: tuple[str, ...]
    is_folder: bool = False

    def lay(self, folder: Path) -> Path:
        """Write it into a folder; the path that the reader is given."""
        place = folder / self.name if self.is_folder else folder
        place.mkdir(parents=True, exist_ok=True)
        for name, data in self.files.items():
            (place / name).write_bytes(data)
        return place if self.is_folder else folder / self.name


def shelf() -> Path | None:
    """The data shelf, where it is there."""
    found = Path(os.environ.get("ENTREPOT_SHARED") or ROOT.parent / "shared")
    return found if (found / "data").is_dir() else None


@cache
def seeds(shelf: Path | None) -> dict[str, tuple[Seed, ...]]:
    """Reader to its seeds: those of the shelf, where one is given, then those constructed."""
    real = cut(shelf) if shelf else {}
    return {name: (*real.get(name, ()), *made) for name, made in constructed().items()}


def case(reader: str, number: int, held: Sequence[Seed]) -> Case:
    """The case of a number.

    Args:
        reader: its name.
        number: of the case.
        held: the seeds of the reader.
    """
    draw = Random(f"{reader} {number}")
    ending = reader.removeprefix("report")
    is_made_up = ending in made_reports.MADE and draw.random() < _MADE_UP
    seed = one(reader, made_reports.MADE[ending](draw)) if is_made_up else draw.choice(held)
    names = [n for n in seed.files if n not in seed.beside]
    which = draw.choice(seed.beside if seed.beside and draw.random() < _BESIDE else names)
    others = [data for other in held for data in other.files.values()]
    data, done = (
        (seed.files[which], []) if is_made_up and draw.random() < 0.5 else damaged(draw, seed.files[which], others)
    )
    if not seed.is_folder and not reader.startswith("report") and draw.random() < _PACKED:
        name, data = (
            (f"{which}.gz", gzipped(data)) if draw.random() < 0.5 else (f"{which}.zip", zipped([(which, data)]))
        )
        files = {n: d for n, d in seed.files.items() if n != which} | {name: data}
        return Case(reader, number, name if which == seed.name else seed.name, files, (*done, "packed"))
    return Case(reader, number, seed.name, {**seed.files, which: data}, tuple(done), seed.is_folder)


def whole(reader: str, seed: Seed) -> Case:
    """A seed as it is: each must be read, or nothing is learnt from its damaged kin."""
    return Case(reader, -1, seed.name, dict(seed.files), (), seed.is_folder)
