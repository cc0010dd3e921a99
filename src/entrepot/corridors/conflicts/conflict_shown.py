"""What stands behind a contradiction: the reports, each with its source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core import findings
from entrepot.core.findings import Ground
from entrepot.core.shown import Stated
from entrepot.core.words.translate import in_english

if TYPE_CHECKING:
    from collections.abc import Mapping

    from entrepot.core.shown import Look


@in_english
def finding(row: Mapping[str, Any], look: Look) -> Stated:
    """A contradiction as a finding: a conflict, in which neither side is preferred.

    Args:
        row: a row of `corridor_conflicts`.
        look: where the rows of the record are found.
    """
    return Stated(
        findings.make(
            kind="conflict",
            subject=row["place"],
            quantity=row["quantity"],
            value=f"{row['says']}; against {row['other_says']}",
            period=(row["period_start"], row["period_end"]),
            status="reported",
            basis=f"{row['kind'].replace('_', ' ')}: {row['apart_percent']:g} percent apart beyond rounding. "
            f"Likely: {row['reason']}. Both stand; neither is preferred",
            grounds=[Ground(t, key, r.get("source_id")) for key in row["reports"] for t, r in look.rows(key)],
        )
    )
