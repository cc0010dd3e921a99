"""What stands behind an estimate of a series: the reports that carry it, and how it was got."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core import findings
from entrepot.core.findings import Ground
from entrepot.core.shown import Stated

if TYPE_CHECKING:
    from collections.abc import Mapping

    from entrepot.core.shown import Look


def finding(row: Mapping[str, Any], look: Look) -> Stated:
    """An estimate as a finding: a number with its interval, or that it is not known.

    Args:
        row: a row of `corridor_series`.
        look: where the rows of the record are found.
    """
    grounds = [Ground(t, key, r.get("source_id")) for key in row["reports"] or () for t, r in look.rows(key)]
    is_number = row["value"] is not None
    return Stated(
        findings.make(
            kind="number" if is_number else "text",
            subject=row["place"],
            quantity=f"{row['quantity']}, on the count of {row['counter']}",
            value=row["value"] if is_number else "not known",
            unit=row["unit"] if is_number else None,
            period=(row["period_start"], row["period_end"]),
            status="estimated",
            low=row["low"],
            high=row["high"],
            basis=row["basis"],
            grounds=grounds,
        )
    )
