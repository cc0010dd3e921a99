"""Groups of countries and who was in them when: the European Union, the Eurasian Economic Union and ASEAN.

Days are those on which the treaties of accession took effect, and the last day of the United Kingdom. Each row of
`data/groups.csv` names the page that it was checked against. Kyrgyzstan's treaty took effect on 6 August 2015 as the
Eurasian Economic Commission said at the time; customs at its borders fell some days later. Brunei's day is 7 January
1984 on most pages and 8 January on some.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from entrepot.core.tables.packaged import packaged_rows
from entrepot.vocabulary.code_tables import GROUPS

if TYPE_CHECKING:
    from datetime import date

    from entrepot.core.tables.packaged import Row

_OTHER_NAMES = {"EU27": "EU", "EU28": "EU", "EU27_2020": "EU", "EUROPEAN UNION": "EU"}


@cache
def _rows() -> tuple[Row, ...]:
    return tuple(packaged_rows(GROUPS))


def group_of(text: str) -> str:
    """The name of a group as a person writes it; empty where it is none.

    >>> group_of("+EU27"), group_of("asean"), group_of("KAZ")
    ('EU', 'ASEAN', '')
    """
    name = text.strip().lstrip("+").upper()
    name = _OTHER_NAMES.get(name, name)
    return name if any(r["group"] == name for r in _rows()) else ""


def members(group: str, day: date) -> tuple[str, ...]:
    """ISO alpha-3 codes of those who were in it on a day, in order.

    >>> from datetime import date
    >>> [len(members("EU", date(y, 6, 1))) for y in (2006, 2012, 2014, 2022)]
    [25, 27, 28, 27]
    """
    on = day.isoformat()
    return tuple(sorted(r["member"] for r in _rows() if r["group"] == group and r["start"] <= on <= (r["end"] or on)))
