"""Places that headings of figures name: a column a country, or `Türkiye's exports to Russian Federation`.

Trade Map prints two countries' trade so, in a group of columns for each side's figures; offices print a column a
country over years or goods. A place in the heading is the partner of the figures below, one whose exports or imports
they are is who reports.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from entrepot.trade.loading.printed.printed_headings import role_of, when_in
from entrepot.trade.loading.printed.printed_units import flows_of, said
from entrepot.vocabulary import partners

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

_WORD = re.compile(r"[^\W\d_]+(?:[.'’-][^\W\d_]+)*['’]?")
_OWNER = re.compile(r"['’]s?$")
_LONGEST_NAME = 6  # words, as of the longest names of states
_LETTERS, _CAPITALS = 4, 3  # of a name in a heading; of one in capitals: in and at are codes of countries too
_FEWEST = 2  # countries: one may be of a unit, or of another thing
_WORLD = "+WLD"


@dataclass(frozen=True, slots=True)
class Placed:
    """What a heading says of places.

    Attributes:
        reporter: whose exports or imports the figures are, as printed; empty where none is named.
        partner: the place in the heading, as printed.
        rest: the heading without both.
    """

    reporter: str
    partner: str
    rest: str


@cache
def placed_in(heading: str) -> Placed | None:
    """The places that a heading of figures names; None where it names none, or two of which nothing says whose it is.

    >>> placed_in("Türkiye's exports to Russian Federation Value in 2021")
    Placed(reporter='Türkiye', partner='Russian Federation', rest='exports to Value in 2021')
    >>> placed_in("Exports; Germany"), placed_in("Value in 2021"), placed_in("China and India")
    (Placed(reporter='', partner='Germany', rest='Exports;'), None, None)
    """
    if role_of(heading) or any(when_in(heading)) or not said(heading).rest:
        return None
    found = _places_in(heading)
    owners = [(name, at) for name, at, is_owner in found if is_owner]
    others = [(name, at) for name, at, is_owner in found if not is_owner]
    if len(others) != 1 or len(owners) > 1 or (owners and not flows_of(heading)):
        return None
    rest = heading
    for _, (begins, ends) in sorted([*owners, *others], key=lambda one: -one[1][0]):
        rest = f"{rest[:begins]} {rest[ends:]}"
    return Placed(owners[0][0] if owners else "", others[0][0], " ".join(rest.split()))


def _places_in(heading: str) -> list[tuple[str, tuple[int, int], bool]]:
    """The names of places in a heading, the longest at each word: name, where it stands, whether something is its."""
    words = [*_WORD.finditer(heading)]
    found, at = [], 0
    while at < len(words):
        for many in range(min(_LONGEST_NAME, len(words) - at), 0, -1):
            begins, ends = words[at].start(), words[at + many - 1].end()
            name = _OWNER.sub("", heading[begins:ends])
            is_long = len(name) >= _LETTERS or (len(name) >= _CAPITALS and name.isupper())
            code = partners.code_of(name) if is_long else ""
            if code and (code == _WORLD or said(name).rest):  # of dollars of the USA the country is no partner
                found.append((name, (begins, ends), bool(_OWNER.search(heading[begins:ends]))))
                at += many
                break
        else:
            at += 1
    return found


def placed_columns(headings: Sequence[str], told: Container[str]) -> Mapping[str, Placed]:
    """The headings of figures that name places, where no column and no title says the partner; none in other tables.

    Args:
        headings: of a table.
        told: what its columns and its title say, in our words.
    """
    if any(side in told for side in ("partner", "exporter", "importer")):
        return {}
    found = {h: one for h in headings for one in [placed_in(h)] if one}
    codes = {partners.code_of(one.partner) for one in found.values()} - {_WORLD}
    if len(codes) < _FEWEST and not any(one.reporter for one in found.values()):
        return {}
    world = {h: Placed("", h, "") for h in headings if h not in found and partners.code_of(h) == _WORLD}
    return {h: (found | world)[h] for h in headings if h in found or h in world}
