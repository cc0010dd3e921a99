"""What stands behind the trains of a year: the reports, and the capacity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core import findings
from entrepot.core.shown import Stated
from entrepot.core.words.translate import in_english, tr
from entrepot.corridors.network.network_shown import grounds

if TYPE_CHECKING:
    from collections.abc import Mapping

    from entrepot.core.shown import Look


@in_english
def finding(row: Mapping[str, Any], look: Look) -> Stated:
    """The trains of a year as a finding: a number with its interval, or that it is not known.

    Args:
        row: of `crossing_trains`.
        look: where the rows of the record are found.
    """
    is_number = row["trains"] is not None
    use = "" if row["use_percent"] is None else tr(" {use_percent:g} % of it is used.", use_percent=row["use_percent"])
    keys = [*(row["reports"] or ()), *filter(None, (row["capacity_row"],))]
    found = findings.make(
        kind="number" if is_number else "text",
        subject=row["place"],
        quantity="container trains in a year, both ways",
        value=row["trains"] if is_number else "not known",
        unit="trains" if is_number else None,
        period=(row["year"], row["year"]),
        status="reported" if row["state"] == "printed" else "estimated",
        low=row["low"],
        high=row["high"],
        basis=f"{row['basis']}{use}" + "".join(f" Also: {one}." for one in row["other_capacities"] or ()),
        grounds=list(dict.fromkeys(grounds(keys, look))),
    )
    return Stated(found)
