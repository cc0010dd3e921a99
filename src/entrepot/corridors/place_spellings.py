"""Spellings of the corridors' places: other Latin, Chinese, Cyrillic and Arabic ones, of the record or of a region."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from entrepot.core.tables.packaged import PackagedTable, packaged_rows
from entrepot.corridors.contract import CROSSINGS
from entrepot.vocabulary.regions.region_files import regions
from entrepot.vocabulary.regions.region_tables import spelling_key

if TYPE_CHECKING:
    from collections.abc import Mapping

_CROSSINGS = PackagedTable(CROSSINGS, "entrepot.corridors", "crossings.csv")
_ALIASES = ("alias_latin", "alias_chinese", "alias_cyrillic", "alias_arabic")


def place_spelled(word: str, names: Mapping[str, str]) -> str:
    """The place that a spelling means.

    Args:
        word: as a person writes it: Horgos, 霍尔果斯, Хоргос.
        names: the places among which it is looked for, name -> id.

    Returns:
        Its id; empty where no spelling on record means one of them, or means two.
    """
    said = spelling_key(word)
    found = {place for name, place in names.items() if said == spelling_key(name)}
    found |= {place for place in names.values() if place in _crossings().get(said, ())}
    if not found and (means := _in_regions(said)):
        found = {place for name, place in names.items() if _in_regions(spelling_key(name)) == means}
    return found.pop() if len(found) == 1 else ""


@cache
def _crossings() -> dict[str, set[str]]:
    """Spellings of crossings -> those that bear them."""
    out: dict[str, set[str]] = {}
    for row in packaged_rows(_CROSSINGS):
        for column in _ALIASES:
            for spelling in row[column]:
                out.setdefault(spelling_key(spelling), set()).add(row["place_id"])
    return out


def _in_regions(key: str) -> str:
    """The place of a region that a folded spelling means, where one does without doubt."""
    found = [r.spellings[key] for r in regions() if key in r.spellings]
    return found[0][0].place_id if len(found) == 1 and not found[0][1] else ""
