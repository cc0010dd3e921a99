"""The verb: what stands behind an id."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from entrepot.desk.keeping import folder
from entrepot.record.look_up import explanation_of, explanations
from entrepot.screening.runs.results import result

if TYPE_CHECKING:
    from entrepot.desk.keeping import Store
    from entrepot.sources.explanation import Explanation


def explain(row_id: str, *, results: str | Path | None = None, store: Store = None) -> tuple[Explanation, ...]:
    """Explain what a verb has shown, or a row of a record: the rule, the rows it rests on, the sources.

    Args:
        row_id: the id of a finding, or of a row of any kind that is shown (f-…, match-…, mirror-…), or of a row of the
            record.
        results: take the match from this file, which `screen` wrote, not from the store.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.

    Returns:
        One explanation; several where the id stands in several tables.

    Raises:
        BadInputError: neither the record nor the store knows it.
        UnknownNameError: the file of results has no such match.
    """
    wanted = row_id.strip()
    if results:
        return (explanation_of("matches", result(Path(results), wanted)),)
    return tuple(explanations(wanted, folder(store)))
