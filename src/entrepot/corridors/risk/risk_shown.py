"""What stands behind a hazard: the events that count, those that do not, and how the rate was got."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core import findings
from entrepot.core.shown import Stated
from entrepot.core.words.translate import in_english
from entrepot.corridors.network.network_shown import grounds

if TYPE_CHECKING:
    from collections.abc import Mapping

    from entrepot.core.shown import Look


@in_english
def finding(row: Mapping[str, Any], look: Look) -> Stated:
    """A hazard as a finding: a rate with its interval, or that none is known.

    Args:
        row: of `corridor_risk`.
        look: where the rows of the record are found.
    """
    aside = "; ".join(row["not_counted"] or ())
    found = findings.make(
        kind="text" if row["rate"] is None else "number",
        subject=row["corridor"],
        quantity=f"{row['kind']}, events a year",
        value="no rate is known" if row["rate"] is None else row["rate"],
        unit=None if row["rate"] is None else "events a year",
        period=(row["first"], row["last"]),
        status="estimated",
        low=row["low"],
        high=row["high"],
        basis=f"{row['basis']} Days shut {row['days_basis']}."
        + (f" Not counted: {aside}." if aside else "")
        + (" More may have happened: no list on record is complete." if row["count_is"] == "lower_bound" else ""),
        grounds=list(dict.fromkeys(grounds(_keys(row), look))),
    )
    return Stated(found)


def _keys(row: Mapping[str, Any]) -> list[str]:
    """Rows that count, then those that do not, of whose number a reader may want to judge."""
    return [*(row["counted"] or ()), *(one.partition(":")[0] for one in row["not_counted"] or ())]
