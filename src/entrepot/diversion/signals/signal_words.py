"""Which rows of a scan are shown, and the word that their rate gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from entrepot.diversion.contract import HUB, NO_SIGNAL, SOLD_MORE, TOOK_MORE, UNJUDGED
from entrepot.diversion.signals.signal_rows import cell

if TYPE_CHECKING:
    from entrepot.diversion.flows.panel import Floats, Ints

# A possible hub needs both its legs.
_FOUND = {"all": HUB, "in_only": TOOK_MORE, "out_only": SOLD_MORE, "none": NO_SIGNAL}
_TRIFLE = "a leg of the hub carries less than a quarter of a percent of the direct leg: not tested"
_BLIND = "had all that was lost gone through this place, it would have been missed in more than one of five cases"


def chosen(places: tuple[str, ...], hub: Ints, asked: tuple[str, ...] | None) -> list[int]:
    """The rows of the places that are asked for; of all where none is named."""
    names = np.array(places)[hub]
    found: list[int] = np.flatnonzero(np.isin(names, asked) if asked is not None else names != "").tolist()
    return found


def rated(rows: list[dict[str, Any]], q: Floats, seen: Floats, most: Floats, level: float) -> list[dict[str, Any]]:
    """The rows with their q and the word that it gives them, and with what would have been seen.

    Args:
        rows: of SIGNALS.
        q: one a row.
        seen: the rise that would have been seen.
        most: what the direct leg lost at most; NaN where that is not known.
        level: the accepted rate.
    """
    each = zip(rows, q.tolist(), seen.tolist(), most.tolist(), strict=True)
    return [unseeable(_rated(r, x, level), s, m) for r, x, s, m in each]


def unseeable(row: dict[str, Any], seen: float, most: float) -> dict[str, Any]:
    """The row with the rise that would have been seen; it cannot be judged where all that was lost would be missed."""
    if not row["judged"]:
        return row
    row |= {"seen_from": cell(seen)}
    if row["word"] != NO_SIGNAL or not seen > most:
        return row
    said = row["why_not"]
    return row | {"word": UNJUDGED, "judged": False, "why_not": f"{_BLIND}; {said}" if said else _BLIND}


def _rated(row: dict[str, Any], q: float, level: float) -> dict[str, Any]:
    if not row["judged"]:
        return row
    said = row["why_not"]
    if np.isnan(q) and row["legs"] != "none":
        said = f"{said}; {_TRIFLE}" if said else _TRIFLE
    found = row["word"] == NO_SIGNAL and q <= level
    return row | {"q": cell(q), "word": _FOUND[row["legs"]] if found else row["word"], "why_not": said}
