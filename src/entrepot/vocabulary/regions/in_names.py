"""How the matcher of names reads the places of a region: firms are called after them.

`data/<id>-in-names.toml` says so; a region without it is not read in names, for the scoring model has to learn its
places. Only that file and the tables of places and units are opened: they make the scoring rule, and no other file of a
region does.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from entrepot.core.toml_block import Block
from entrepot.core.words.translate import tr
from entrepot.vocabulary.regions.region_tables import (
    PLACES,
    UNITS,
    blocks_of,
    file_names,
    places_of,
    spellings_of,
    text_of,
)

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping

    from entrepot.vocabulary.regions.region import Place

IN_NAMES = "-in-names.toml"


@dataclass(frozen=True, slots=True)
class InNames:
    """A region whose places are read in names.

    Attributes:
        places: every place, by place_id.
        spellings: folded spelling -> place; doubtful ones included, and letters that stand for the region in names.
        parties: place_ids that are parties themselves and weigh as one.
        english_end, local_end: what the short name of a place leaves out.
        number_signs, number: a number of a unit in a name, group `number`; None where the region has none.
        number_word: what stands behind it.
        units: the numbers that units of the region have.
    """

    places: Mapping[str, Place]
    spellings: Mapping[str, Place]
    parties: frozenset[str]
    english_end: re.Pattern[str]
    local_end: re.Pattern[str]
    number_signs: tuple[str, ...]
    number: re.Pattern[str] | None
    number_word: str
    units: frozenset[int]


def made_of() -> tuple[str, ...]:
    """The files of the folder data from which names are read."""
    held = file_names()
    ids = [n.removesuffix(IN_NAMES) for n in held if n.endswith(IN_NAMES)]
    wanted = {f"{i}{end}" for i in ids for end in (IN_NAMES, f"-{PLACES}.csv", f"-{UNITS}.csv")}
    return tuple(n for n in held if n in wanted)


@cache
def regions_in_names() -> tuple[InNames, ...]:
    """The regions whose places are read in names, in order of id.

    Raises:
        UnreadableFileError: a file breaks its rules.
    """
    texts = {n: text_of(n) for n in made_of()}
    return tuple(_read(n.removesuffix(IN_NAMES), texts) for n in texts if n.endswith(IN_NAMES))


def _read(region_id: str, texts: Mapping[str, str]) -> InNames:
    block = Block(
        f"{region_id}{IN_NAMES}", "", tomllib.loads(texts[f"{region_id}{IN_NAMES}"]), tr("See docs/regions.md.")
    )
    number = block.table("number")
    block.text("source")  # what the file comes from, which names nothing
    places, rows = places_of(region_id, texts)
    short = dict.fromkeys(map(str.lower, block.texts("short")), next(iter(places.values())))
    found = InNames(
        places=places,
        spellings={spelling: place for spelling, (place, _) in spellings_of(rows, places).items()} | short,
        parties=frozenset(block.texts("parties")),
        english_end=block.pattern("english_end"),
        local_end=block.pattern("local_end"),
        number_signs=number.texts("signs") if number else (),
        number=number.pattern("pattern") if number else None,
        number_word=number.text("word") if number else "",
        units=frozenset(blocks_of(region_id, texts)[0]),
    )
    if number:
        number.done()
    block.done()
    return found
