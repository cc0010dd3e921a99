"""Exposures as lines of text: the answer first, then the path and what is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core.errors import plain
from entrepot.core.words.translate import WordsBy, apart, retold, tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_PARTS = WordsBy(
    {
        "reached": "Documents lead from",
        "path": "The nearest, link by link",
        "ends": "Not known above",
        "least_shares": "Shares that give the least",
        "most_shares": "Shares that give the most",
    }
)
_WORDS = WordsBy(
    {"yes": "touched", "cannot_be_excluded": "cannot be excluded", "no": "not touched, by what was loaded"}
)


def page(rows: Sequence[Mapping[str, Any]]) -> str:
    """One exposure after the other."""
    return "\n".join(_exposure(row) for row in rows)


def _exposure(row: Mapping[str, Any]) -> str:
    likely = tr("not known") if row["likely_percent"] is None else f"{row['likely_percent']:.4g} %"
    lines = [
        tr(
            "{product} of {party}: {words} ({as_of})",
            product=row["product"] or tr("All supplies"),
            party=row["party"],
            words=_WORDS[row["touches"]],
            as_of=row["as_of"],
        ),
        f"  {retold(row['reason'])}",
        tr(
            "  Share of its input: {low_percent:.4g} to {high_percent:.4g} %, likely {likely}",
            low_percent=row["low_percent"],
            high_percent=row["high_percent"],
            likely=likely,
        ),
        tr("  Not traced: up to {untraced_percent:.4g} %", untraced_percent=row["untraced_percent"]),
    ]
    for name, title in _PARTS.items():
        if told := row[name]:
            lines += [f"  {title}:", *(f"    {apart(t)}" for t in told)]
    lines.append(f"  {row['exposure_id']}  {apart(row['party_id'])}")
    return plain("\n".join(lines) + "\n")
