"""A dossier on a terminal: what it comes to, what does not go together, and what is missing, in that order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core.errors import plain
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    Row = Mapping[str, Any]


def page(rows: Sequence[Row]) -> str:
    """The lines.

    Args:
        rows: under `dossier_lines`.
    """
    lines: list[str] = []
    for title, parts in ((tr("Summary"), ("summary",)), (tr("Days"), ("clock",)), (tr("Steps"), ("step",))):
        lines += [title, *(f"  {r['said']}" for r in rows if r["part"] in parts), ""]
    told = [r for r in rows if r["status"] == "fault" and r["part"] not in {"summary", "step"}]
    lines += [tr("What an officer will ask about"), *(f"  {r['said']}" for r in told)]
    lines += [] if told else [tr("  Nothing of it was found in what was loaded.")]
    lines += ["", tr("Asked and not there"), *_gaps(rows)]
    return plain("\n".join(lines) + "\n")


def _gaps(rows: Sequence[Row]) -> Iterator[str]:
    """What is missing, a line a thing that is asked."""
    by_subject: dict[str, list[Row]] = {}
    for row in rows:
        if row["part"] == "gap":
            by_subject.setdefault(row["subject"], []).append(row)
    for subject, some in by_subject.items():
        asked, there = (sum(r[c] for r in some) for c in ("asked", "there"))
        yield tr("  {gaps} of {asked}: {subject}", gaps=asked - there, asked=asked, subject=subject)
    if not by_subject:
        yield tr("  Nothing.")
