"""What stands behind a statement of a dossier: the rows of the person's files, as they were, and what asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core.words.translate import in_english, marked, tr
from entrepot.sources.explanation import Explanation, removed_said

if TYPE_CHECKING:
    from collections.abc import Mapping

    from entrepot.core.shown import Look

_RULE = marked(
    "A dossier walks the supplies of a shipment upwards, numbers the steps from raw material on and the papers to "
    "them, and holds what CBP asks for against them. It says what is there and what is not; it decides nothing. See "
    "docs/design/62-the-dossier.md."
)


@in_english
def explain(row: Mapping[str, Any], look: Look) -> Explanation:
    """Explain a statement.

    Args:
        row: a row of `dossier_lines`.
        look: where its rows and its source are found.
    """
    rows = tuple(("dossier_rows", r) for r in look.given())
    source = look.sources.get(row["source_id"] or "")
    sources = (source,) if source is not None else ()
    files = [str(r["file_id"]) for _, r in rows]
    if row["part"] == "input":  # a file itself: it has no rows, its id is the number
        files.append(row["number"])
    rule = f"{row['basis']}. {tr(_RULE)}"
    checks = removed_said(look, files)
    return Explanation(str(row["line_id"]), "dossier_lines", dict(row), rule, rows, sources, checks=checks)
