"""How a record shows a match that has no score of a listing alone: an owned party, and a part of a listed one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core.document.blocks import Cell, Line, Mono, Strong
from entrepot.core.units import two_decimals
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    Row = Mapping[str, Any]


def scored(match: Row) -> Cell:
    """The score; of a part, and of a party that stands there by its owners, how sure that is.

    Args:
        match: a row of MATCHES.
    """
    if match["score"] is None:
        return tr("a part, {strength}", strength=match["strength"])
    score = two_decimals(match["score"])
    return [score, tr("owned, {strength}", strength=match["strength"])] if match["kind"] == "owned" else score


def owned_lines(match: Row, met: str, source: str) -> list[Line]:
    """A party that nobody lists: by which rule it stands there, with what share; the chain stands under why.

    Args:
        match: a row of MATCHES of the kind owned.
        met: what is said after the name that was met.
        source: the number of its source.
    """
    said = tr(
        "on no list; by {list_id}: {section}; {source}. ",
        list_id=match["list_id"],
        section=match["section"],
        source=source,
    )
    name = (Strong(match["met_name"]), f", {match['name_kind'].replace('_', ' ')}{met}")
    return [name, (said, Mono(match["entity_id"]))]
