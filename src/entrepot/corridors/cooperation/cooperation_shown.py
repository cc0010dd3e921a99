"""What stands behind a row of cooperation: its report, the reports of a series, or a row of AidData's file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core import findings
from entrepot.core.findings import Ground
from entrepot.core.shown import Stated
from entrepot.core.words.translate import in_english
from entrepot.corridors.cooperation.financed_projects import SOURCE
from entrepot.corridors.network.network_shown import grounds

if TYPE_CHECKING:
    from collections.abc import Mapping

    from entrepot.core.shown import Look


@in_english
def finding(row: Mapping[str, Any], look: Look) -> Stated:
    """A row as a finding: a number where it has one, else what happened.

    Args:
        row: of `corridor_cooperation`.
        look: where the rows of the record are found.
    """
    is_number, is_project = row["value"] is not None, row["kind"] == "project"
    under = [Ground("sources", SOURCE, SOURCE)] if is_project else list(grounds(row["rests_on"], look))
    found = findings.make(
        kind="number" if is_number else "text",
        subject=", ".join(row["place_id"] or row["countries"]),
        quantity=row["what"] if is_number else row["kind"],
        value=row["value"] if is_number else row["what"],
        unit=row["unit"],
        period=(row["date"], row["date_to"] or row["date"]),
        status="estimated" if row["state"] == "estimated" else "reported",
        low=row["low"],
        high=row["high"],
        basis=row["basis"],
        grounds=list(dict.fromkeys(under)),
    )
    return Stated(found)
