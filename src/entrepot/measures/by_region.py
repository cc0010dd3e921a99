"""Which regions a measure presumes against, bans or embargoes whoever is listed, and what it says of them.

An act file says so in `by_region` of a provision; the regions are its `territory`. What places a party in a region is
a file of the vocabulary: docs/design/27-regions.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from entrepot.core.errors import UnknownNameError
from entrepot.core.words.translate import tr
from entrepot.measures.act_files import read_saying

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class UnderMeasure:
    """A region under a measure.

    Attributes:
        region: its id.
        sentences: what each measure says of whoever is placed there, in order of the measures' ids.
    """

    region: str
    sentences: tuple[str, ...]


@cache
def under_measures() -> tuple[UnderMeasure, ...]:
    """Every region under a measure on record, whatever the day: a screening of an earlier day flags them too."""
    found: dict[str, dict[str, None]] = {}
    for act in read_saying("by_region"):  # every screening asks, and few of the acts say so
        for part in act.parts:
            for place in part.territory if part.by_region else ():
                found.setdefault(place, {})[part.by_region] = None
    return tuple(UnderMeasure(region, tuple(said)) for region, said in sorted(found.items()))


def chosen_regions(wanted: Iterable[str] = ()) -> tuple[UnderMeasure, ...]:
    """The regions to look for.

    Args:
        wanted: ids; none for all.

    Raises:
        UnknownNameError: no measure on record covers a region of that id; carries the nearest ones.
    """
    known = {u.region: u for u in under_measures()}
    asked = [w.strip().casefold() for w in wanted]
    for name in asked:
        if name not in known:
            raise UnknownNameError(
                tr("region under a measure"), name, known, remedy=tr("`entrepot measures` lists the acts.")
            )
    return tuple(u for name, u in known.items() if not asked or name in asked)
