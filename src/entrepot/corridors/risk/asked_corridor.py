"""Which hazards a word asks for: a corridor, a place on it, or a whole of stretches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core.errors import UnknownNameError
from entrepot.core.tables.packaged import packaged_rows
from entrepot.core.words.translate import in_english, tr
from entrepot.corridors.risk.contract import HAZARD_CORRIDORS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from entrepot.corridors.risk.hazards import Hazard

    Row = Mapping[str, Any]


@in_english
def asked_hazards(word: str, found: Sequence[Hazard], places: Sequence[Row]) -> list[Hazard]:
    """The hazards of a corridor, of those on which a place lies, or of a whole and its stretches.

    Args:
        word: as given; empty: those with an event.
        found: all, in the order in which they are shown.
        places: rows with `place_id` and `name`, by which a place may be called.

    Raises:
        UnknownNameError: no corridor and no place on one; carries the nearest.
    """
    if not word:
        return [h for h in found if h.count.number]
    said = word.strip().casefold()
    ids = {said} | {str(p["place_id"]) for p in places if str(p["name"]).casefold() == said}
    meant = {
        r["corridor_id"]
        for r in packaged_rows(HAZARD_CORRIDORS)
        if ids & {r["corridor_id"], r["corridor"].casefold(), r["part_of"], *r["places"]}
    }
    if not meant:
        known = [r["corridor_id"] for r in packaged_rows(HAZARD_CORRIDORS)]
        raise UnknownNameError(
            tr("corridor"), word, known, remedy=tr("See entrepot corridor risk for those with events.")
        )
    return [h for h in found if h.count.corridor["corridor_id"] in meant]
