"""Units of a region that are called by number: 农八师一二一团, 121 Regiment of the 8th Division.

A unit may be told from its number: the table of blocks says in which other it lies (some numbers of a block have been
merged into others and live on in addresses). A number alone is a doubtful sign, armies have regiments too; beside the
unit that it lies in, or another place of the region, it is a certain one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from entrepot.vocabulary.numerals import number_of
from entrepot.vocabulary.regions.region import Place

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from entrepot.vocabulary.regions.region import NumberedUnit, Region


@dataclass(frozen=True, slots=True)
class Numbered:
    """A unit named by its number.

    Attributes:
        start, end: where it stands.
        unit: which sort.
        whole: place_id of the unit itself, of one within another that of the other.
        place: the unit.
        is_sure: whether the words themselves say that the region's unit is meant (农八师, Eighth Agricultural
            Division).
    """

    start: int
    end: int
    unit: NumberedUnit
    whole: str
    place: Place
    is_sure: bool


def numbered(region: Region, text: str) -> list[Numbered]:
    """Units in a text, sort by sort; numbers that the region does not have are left out.

    Args:
        region: whose.
        text: folded.
    """
    return [
        found
        for unit in region.numbered
        if any(sign in text for sign in unit.signs)
        for match in unit.pattern.finditer(text)
        for found in _read(region, unit, match)
    ]


def _read(region: Region, unit: NumberedUnit, match: re.Match[str]) -> Iterator[Numbered]:
    groups = {k: v for k, v in match.groupdict().items() if v}
    number = number_of(next(v for k, v in groups.items() if not k.startswith("sure")))
    sure = any(k.startswith("sure") for k in groups)
    whole = region.unit_blocks.get(number, "") if unit.within else unit.place_id.format(number=number)
    if whole in region.places:
        place = region.places[whole]
        yield Numbered(*match.span(), unit, whole, _within(region, unit, place, number) if unit.within else place, sure)


def _within(region: Region, unit: NumberedUnit, whole: Place, number: int) -> Place:
    said = {"number": number, "within": whole.name, "within_local": whole.name_local, "within_id": whole.place_id}
    place_id, name, local = (t.format(**said) for t in (unit.place_id, unit.name, unit.name_local))
    return Place(place_id, unit.kind, name, local, whole.place_id, region.unit_source)
