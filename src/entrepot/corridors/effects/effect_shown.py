"""What stands behind an effect: the event, the reports, and how it was got."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core.words.translate import in_english, tr
from entrepot.corridors.series.estimate_shown import Said, estimated

if TYPE_CHECKING:
    from collections.abc import Mapping

    from entrepot.core.shown import Look, Stated


@in_english
def finding(row: Mapping[str, Any], look: Look) -> Stated:
    """An effect as a finding: a number with its interval, or that the record does not allow it to be said.

    Args:
        row: a row of `corridor_effects`.
        look: where the rows of the record are found.
    """
    quantity = tr("{quantity}: effect of {event}", quantity=row["quantity"], event=row["event"])
    basis = tr("{basis}. Would settle or narrow it: {settles}", basis=row["basis"], settles=row["settles"])
    keys = (row["event_id"], *(row["reports"] or ()))
    return estimated(row, Said(quantity, row["difference"], tr("not identifiable from the record"), basis, keys), look)
