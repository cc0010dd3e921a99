"""What stands behind a fault: the rows of the person's files, as they were, and the rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core.words.translate import in_english, marked, tr
from entrepot.sources.explanation import Explanation, removed_said
from entrepot.sources.register import unregistered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from entrepot.core.shown import Look

_RULE = marked(
    "Quantities are read with what rounding and their unit leave open, and may differ by five per cent; yields are the "
    "widest that sources let stand. A fault says that papers do not go together, not which of them is wrong, nor why. "
    "See docs/design/58-mass-balance.md."
)


@in_english
def explain(row: Mapping[str, Any], look: Look) -> Explanation:
    """Explain a fault.

    Args:
        row: a row of `supply_faults`.
        look: where its rows are found.
    """
    rows = tuple(("supply_fault_rows", r) for r in look.given())
    files = tuple(unregistered(tr("supply file {f}", f=f)) for f in row["files"])
    return Explanation(
        str(row["fault_id"]), "supply_faults", dict(row), _RULE, rows, files, checks=removed_said(look, row["files"])
    )
