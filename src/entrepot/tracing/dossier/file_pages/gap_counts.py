"""How often each thing that is asked is not there, out of the rows of a dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def gap_counts(rows: Sequence[Mapping[str, Any]]) -> dict[str, tuple[int, int]]:
    """By what is asked: how often it is not there, and how often it is asked.

    Args:
        rows: under `dossier_lines`.
    """
    found: dict[str, tuple[int, int]] = {}
    for row in rows:
        if row["part"] in {"gap", "met"}:
            gaps, asked = found.get(row["subject"], (0, 0))
            found[row["subject"]] = gaps + row["asked"] - row["there"], asked + row["asked"]
    return {subject: count for subject, count in found.items() if count[0]}
