"""Which columns of a table hold parties, and which say more about them: guessed from common headings (data/headings.csv)."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from entrepot.core.errors import BadInputError, UnknownNameError

_HAN = re.compile(r"[\u3400-\u9fff]")
_ORDER = ("identifier", "address", "country", "other", "party")


@dataclass(frozen=True, slots=True)
class PartyColumn:
    """A column that holds parties, and the positions of the columns that belong to it.

    Attributes:
        name: its heading.
        position: where it stands, from 0.
        address, country, identifier: positions of the columns that describe the same party.
    """

    name: str
    position: int
    address: tuple[int, ...] = ()
    country: tuple[int, ...] = ()
    identifier: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Read:
    role: str
    stem: str


def party_columns(headings: Sequence[str], chosen: Sequence[str] = ()) -> tuple[PartyColumn, ...]:
    """The party columns of a table.

    Args:
        headings: all headings, in order.
        chosen: headings that hold parties; empty to guess them.

    Raises:
        UnknownNameError: a chosen heading is not in the table.
        BadInputError: no heading can be read as a party.
    """
    read = [_read(h) for h in headings]
    if chosen:
        places = [_find(c, headings) for c in dict.fromkeys(chosen)]
    else:
        places = [i for i, r in enumerate(read) if r.role == "party"]
    if not places:
        raise BadInputError(
            "no column can be read as the name of a party",
            found=", ".join(headings),
            allowed="a heading such as name, supplier, shipper, consignee, manufacturer, 供应商 or поставщик",
            remedy="Name it with --name-column.",
        )
    named = set(places)
    return tuple(
        PartyColumn(
            headings[i],
            i,
            *(_belonging(read, named, _stem(read[i]), role) for role in ("address", "country", "identifier")),
        )
        for i in places
    )


def _find(name: str, headings: Sequence[str]) -> int:
    if name in headings:
        return headings.index(name)
    folded = [h.casefold().strip() for h in headings]
    if name.casefold().strip() in folded:
        return folded.index(name.casefold().strip())
    raise UnknownNameError("column", name, headings, remedy=f"The table has: {', '.join(headings)}.")


def _belonging(read: Sequence[_Read], parties: set[int], stem: str, role: str) -> tuple[int, ...]:
    """Columns of a role with the party's own stem; without such, those with no stem at all."""
    columns = [(i, r.stem) for i, r in enumerate(read) if r.role == role and i not in parties]
    own = tuple(i for i, s in columns if s and s == stem)
    return own or tuple(i for i, s in columns if not s)


def _stem(read: _Read) -> str:
    return read.stem


def _read(heading: str) -> _Read:
    """What a heading says: the role that its words name, and whose it is."""
    folded = " ".join(re.findall(r"[^\W_]+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading).casefold()))
    found: dict[str, str] = {}
    stem = ""
    for role, whose, word in _words():
        if word in folded if _HAN.search(word) else re.search(rf"\b{word}\d*\b", folded):
            found.setdefault(role, whose)
            stem = stem or whose
    for role in _ORDER:
        if role in found:
            return _Read(role, stem)
    return _Read("other", stem)


@cache
def _words() -> tuple[tuple[str, str, str], ...]:
    text = files("entrepot.screening").joinpath("data/headings.csv").read_text(encoding="utf-8")
    return tuple((r["role"], r["stem"], w) for r in csv.DictReader(text.splitlines()) for w in r["words"].split(";"))
