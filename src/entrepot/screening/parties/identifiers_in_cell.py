"""What the cells beside a party's name say: places, identifiers, numbers of a person's documents."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from entrepot.vocabulary import identifiers
from entrepot.vocabulary.credit_code import is_personal
from entrepot.vocabulary.regions.find_place import find_place
from entrepot.vocabulary.regions.region_files import regions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from entrepot.vocabulary.regions.region import Region

_BETWEEN = re.compile(r"[;,|\n\uff0c\uff1b\u3001]")


def loaded_in(cells: Iterable[str | None], address: str | None, country: str | None) -> str | None:
    """The cells on where goods come from or were loaded that name a place of a region under a measure.

    What names another place is left out: a port elsewhere says nothing of where a party sits, and would speak against
    an address. So is all where the address names the region already.

    Args:
        cells: of the columns of such places.
        address: of the party.
        country: beside it.
    """
    told = [c for c in cells if c and any(_lies_in(r, c, country or "") for r in regions())]
    if not told or (address and any(_lies_in(r, address, country or "") for r in regions())):
        return None
    return "; ".join(told)


@lru_cache(maxsize=20_000)
def _lies_in(at: Region, text: str, country: str) -> bool:
    return find_place(at, text, country=country) is not None


def holds_personal(cell: str) -> bool:
    """Whether a cell under a general heading holds the number of a person's identity card."""
    return any(is_personal(p) for p in _BETWEEN.split(cell))


def numbers_of(cells: Iterable[tuple[str, str]], country: str | None) -> list[tuple[str, str]]:
    """Kind and normal form of each number in cells.

    Args:
        cells: kind and text as given; one cell may hold several numbers.
        country: the party's country, which tells whose registration number it is.
    """
    out: dict[tuple[str, str], None] = {}
    for kind, text in cells:
        for piece in _BETWEEN.split(text):
            exact = _exact(kind, piece, country or "")
            if normal := identifiers.normal(exact, piece):
                out[exact, normal] = None
    return list(out)


def _exact(kind: str, value: str, country: str) -> str:
    """The exact kind of a number under a general heading, where its form and check digit leave no doubt."""
    if kind not in {"registration", "tax", "other"}:
        return kind
    if identifiers.valid("lei", value) and not identifiers.normal("lei", value).isdigit():
        return "lei"
    found = identifiers.refined("registration" if kind == "other" else kind, value, country)
    return kind if kind == "other" and found == "registration" else found
