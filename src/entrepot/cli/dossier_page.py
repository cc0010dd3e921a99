"""A dossier on a terminal: what it comes to, what does not go together, and what is missing, in that order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core.errors import plain
from entrepot.core.words.translate import retold, tr
from entrepot.tracing.dossier.file_pages.gap_counts import gap_counts

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
        lines += [title, *(f"  {retold(r['said'])}" for r in rows if r["part"] in parts), ""]
    told = [r for r in rows if r["status"] == "fault" and r["part"] not in {"summary", "step"}]
    lines += [tr("What an officer will ask about"), *(f"  {retold(r['said'])}" for r in told)]
    lines += [] if told else [tr("  Nothing of it was found in what was loaded.")]
    lines += ["", tr("Asked and not there"), *_gaps(rows)]
    return plain("\n".join(lines) + "\n")


def _gaps(rows: Sequence[Row]) -> Iterator[str]:
    """What is missing, a line a thing that is asked."""
    found = gap_counts(rows)
    for subject, (gaps, asked) in found.items():
        yield tr("  {gaps} of {asked}: {subject}", gaps=gaps, asked=asked, subject=retold(subject))
    if not found:
        yield tr("  Nothing.")
