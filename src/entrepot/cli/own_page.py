"""Verdicts on ownership as lines of text: the answer first, then what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core.errors import plain
from entrepot.core.words.translate import WordsBy, apart, retold, tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_PARTS = WordsBy(
    {
        "chains": "Chains",
        "missing": "Shares that would settle it",
        "worst_case": "A worst case that the record allows",
        "to_confirm": "To confirm or refute: a name near a listed one",
        "controlled_by": "Control without a counted share",
        "listings": "Listings",
        "programmes": "Programmes",
    }
)


def page(rows: Sequence[Mapping[str, Any]]) -> str:
    """One verdict after the other."""
    return "\n".join(_verdict(row) for row in rows)


def _verdict(row: Mapping[str, Any]) -> str:
    ends = tr(
        "{low_percent:.10g} to {high_percent:.10g} %", low_percent=row["low_percent"], high_percent=row["high_percent"]
    )
    lines = [
        f"{apart(row['party'])}: {retold(row['verdict'].replace('_', ' '))} ({row['rule']}, {row['as_of']})",
        f"  {retold(row['reason'])}",
        tr(
            "  Held by listed or blocked owners: {ends}; no owner on record: up to {unnamed_percent:.10g} %",
            ends=ends,
            unnamed_percent=row["unnamed_percent"],
        ),
    ]
    for name, title in _PARTS.items():
        if told := row[name]:
            lines += [f"  {title}:", *(f"    {apart(t)}" for t in told)]
    lines.append(f"  {row['ownership_id']}  {apart(row['party_id'])}")
    return plain("\n".join(lines) + "\n")
