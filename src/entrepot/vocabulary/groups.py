"""Groups of countries and who was in them when: the European Union, the Eurasian Economic Union and ASEAN.

Days are those on which the treaties of accession took effect, and the last day of the United Kingdom. Each row of
`data/groups.csv` names the page that it was checked against. Kyrgyzstan's treaty took effect on 6 August 2015 as the
Eurasian Economic Commission said at the time; customs at its borders fell some days later. Brunei's day is 7 January
1984 on most pages and 8 January on some.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from entrepot.core.tables.packaged import packaged_rows
from entrepot.vocabulary.code_tables import GROUPS

if TYPE_CHECKING:
    from collections.abc import Iterable

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


def moved(group: str, among: Iterable[str], first: date, last: date) -> tuple[tuple[str, date, bool], ...]:
    """Who of some members joined or left a group within some days: the member, the day, and whether it joined.

    Args:
        group: its name.
        among: ISO alpha-3 codes.
        first: the day after which they are looked for.
        last: the day before which they are.

    >>> from datetime import date
    >>> moved("EU", ["DEU", "GBR", "HRV"], date(2010, 1, 1), date(2021, 12, 31))
    (('HRV', datetime.date(2013, 7, 1), True), ('GBR', datetime.date(2020, 1, 31), False))
    """
    asked = set(among)
    days = [
        (r["member"], date.fromisoformat(day), joined)
        for r in _rows()
        if r["group"] == group and r["member"] in asked
        for day, joined in ((r["start"], True), (r["end"], False))
        if day
    ]
    return tuple(sorted((d for d in days if first < d[1] < last), key=lambda d: (d[1], d[0])))
