"""Contradictions as rows, ranked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core import units
from entrepot.core.shown import row_id
from entrepot.core.words.translate import in_english, tr
from entrepot.corridors.conflicts.contradictions import contradictions
from entrepot.corridors.conflicts.likely_reason import likely_reason
from entrepot.corridors.throughput import quantity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from entrepot.corridors.conflicts.contradictions import Contradiction, Print

_IMPLIED_DIGITS = 4  # of the figure of the year before: what a growth printed in whole percents can carry, and one more
_DIGITS = 3  # of a gap: the figures that it is between carry no more


@in_english
def conflicts(
    rows: Iterable[Mapping[str, Any]],
    names: Mapping[str, str],
    place_id: str | None = None,
    own: Collection[str] = (),
) -> list[dict[str, Any]]:
    """Rows of `corridor_conflicts`.

    Args:
        rows: observations.
        names: of places, by id.
        place_id: of this place only; the ranks are then among these.
        own: ids of the user's own rows.
    """
    held = [r for r in rows if place_id is None or r["place_id"] == place_id]
    return [_row(rank, one, names) for rank, one in enumerate(contradictions(held, own), 1)]


def _row(rank: int, found: Contradiction, names: Mapping[str, str]) -> dict[str, Any]:
    row = found.under.row
    said = {
        "kind": found.kind,
        "place_id": str(row["place_id"]),
        "place": names.get(str(row["place_id"]), str(row["place"])),
        "quantity": quantity(row),
        "period_start": row["period_start"],
        "period_end": row["period_end"],
        "says": _over_says(found),
        "other_says": _says(found.under),
        "unit": _unit(row),
        "apart_percent": units.rounded(100 * found.apart, _DIGITS),
        "reason": likely_reason(found),
        "reports": list(found.ids),
    }
    return {"rank": rank, **said, "conflict_id": row_id("conflict", said)}


def _over_says(found: Contradiction) -> str:
    if found.implied is not None:
        (now,) = found.over
        return tr(
            "{says}, {yoy_pct:+g} percent: {implied} before",
            says=_says(now),
            yoy_pct=now.row["yoy_pct"],
            implied=_amount(units.rounded(found.implied, _IMPLIED_DIGITS), now.row),
        )
    if len(found.over) == 1:
        return _says(found.over[0])
    whole = sum(float(p.row["value_norm"]) for p in found.over)
    unit = str(found.under.row["unit_norm"])
    parts = " + ".join(f"{units.number(float(p.row['value_norm']), unit)} {p.row['sector']}" for p in found.over)
    return tr("{whole}, the sum of {parts}", whole=_amount(whole, found.under.row), parts=parts)


def _says(one: Print) -> str:
    words = [] if one.row["mode"] in {"all", "unknown"} else [str(one.row["mode"])]
    words += [str(one.row["direction"])] if one.row["direction"] in {"in", "out"} else []
    scope = f" ({', '.join(words)})" if words else ""
    said = _amount(float(one.row["value_norm"]), one.row, str(one.row["bound"])) + scope
    when = one.row["period_start"], one.row["period_end"]
    if not one.row["reported_by"]:
        return tr("{said}, {first} to {last}, reporter not named", said=said, first=when[0], last=when[1])
    return tr(
        "{said}, {first} to {last}, as told by {who}",
        said=said,
        first=when[0],
        last=when[1],
        who=one.row["reported_by"],
    )


def _amount(value: float, row: Mapping[str, Any], bound: str = "exact") -> str:
    return units.with_unit(value, str(row["unit_norm"]), bound=bound, per=str(row["per"] or ""))


def _unit(row: Mapping[str, Any]) -> str:
    """The unit of both figures, of a rate with what it is a rate of: `tonnes a day`."""
    return f"{row['unit_norm']} a {row['per']}" if row["per"] else str(row["unit_norm"])
