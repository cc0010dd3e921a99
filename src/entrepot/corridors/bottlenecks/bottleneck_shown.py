"""The use of a crossing as a finding; what stands behind it are the reports and the capacity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core import findings
from entrepot.core.shown import Stated
from entrepot.core.words.translate import in_english, marked
from entrepot.corridors.network.network_shown import grounds

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from entrepot.core.findings import Finding, Ground
    from entrepot.core.shown import Look

_WAYS = {"in": marked(", into China"), "both": ""}


def finding(row: Mapping[str, Any], look: Look) -> Stated:
    """The use of a crossing as a finding: a number, or that it is not known.

    Args:
        row: of `crossing_bottlenecks`.
        look: where the rows of the record are found.
    """
    return Stated(used(row, grounds(row["rests_on"], look)))


@in_english
def used(row: Mapping[str, Any], under: Iterable[Ground]) -> Finding:
    """As `finding`, on grounds that are at hand.

    Args:
        row: of `crossing_bottlenecks`.
        under: the rows that it rests on.
    """
    is_number = row["use_percent"] is not None
    return findings.make(
        kind="number" if is_number else "text",
        subject=row["place"],
        quantity=f"{row['unit']} a day by {row['mode']}{_WAYS[row['direction']]}, over the capacity on record",
        value=row["use_percent"] if is_number else "not known",
        unit="percent" if is_number else None,
        period=(row["period_start"], row["period_end"]),
        status="estimated",
        low=row["use_low"],
        high=row["use_high"],
        basis=row["basis"],
        grounds=list(dict.fromkeys(under)),
    )
