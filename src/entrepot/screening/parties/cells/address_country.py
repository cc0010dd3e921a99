"""The country of a party: its column, else the last part of an address whose heading says that it ends with one."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from entrepot.screening.parties.cells.unread_cells import together
from entrepot.screening.parties.headings.heading_role import WITH_COUNTRY
from entrepot.vocabulary.countries import code_of

if TYPE_CHECKING:
    from entrepot.intake.text_table import Row
    from entrepot.screening.parties.party_columns import PartyColumn

_LINES = re.compile(r"[\r\n;|，、]+")
_MOST_WORDS = 6  # of a country behind a town in one line: Saint Vincent and the Grenadines


def place_of(row: Row, column: PartyColumn) -> tuple[str | None, str | None]:
    """The address and the country of a party as given, each None where nothing is said.

    Args:
        row: the cells.
        column: of the party.
    """
    address, country = (together(row, at) or None for at in (column.address, column.country))
    if country is None:
        whole = [cell for i in column.address if column.kinds.get(i) == WITH_COUNTRY and (cell := row[i])]
        country = next(filter(None, map(last_country, whole)), None)
    return address, country


@lru_cache(maxsize=20_000)
def last_country(address: str) -> str:
    """The country that an address ends with, as it stands there; empty where its last part is none that is known.

    Args:
        address: on one line or several.
    """
    last = next((line.strip(" ,.") for line in reversed(_LINES.split(address)) if line.strip(" ,.")), "")
    parts = last.split(",")
    # "Korea, Republic of" has a comma of its own, so the longest that is a country counts.
    ends = [",".join(parts[at:]).strip() for at in range(len(parts))]
    words = parts[-1].split()
    ends += [" ".join(words[at:]) for at in range(max(0, len(words) - _MOST_WORDS), len(words))]
    return next((end for end in ends if code_of(end)), "")
