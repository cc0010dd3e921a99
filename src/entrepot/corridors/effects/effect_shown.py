"""What stands behind an effect: the event, the reports, and how it was got."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core import findings
from entrepot.core.findings import Ground
from entrepot.core.shown import Stated

if TYPE_CHECKING:
    from collections.abc import Mapping

    from entrepot.core.shown import Look


def finding(row: Mapping[str, Any], look: Look) -> Stated:
    """An effect as a finding: a number with its interval, or that the record does not allow it to be said.

    Args:
        row: a row of `corridor_effects`.
        look: where the rows of the record are found.
    """
    keys = (row["event_id"], *(row["reports"] or ()))
    is_number = row["difference"] is not None
    return Stated(
        findings.make(
            kind="number" if is_number else "text",
            subject=row["place"],
            quantity=f"{row['quantity']}: effect of {row['event']}",
            value=row["difference"] if is_number else "not identifiable from the record",
            unit=row["unit"] if is_number else None,
            period=(row["period_start"], row["period_end"]),
            status="estimated",
            low=row["low"],
            high=row["high"],
            basis=f"{row['basis']}. Would settle or narrow it: {row['settles']}",
            grounds=[Ground(t, key, r.get("source_id")) for key in keys for t, r in look.rows(key)],
        )
    )
