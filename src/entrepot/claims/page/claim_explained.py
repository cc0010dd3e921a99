"""What stands behind a claim of a report: its verdict and working, and the rows of its verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.sources.explanation import Explanation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from entrepot.core.shown import Look

    Row = Mapping[str, Any]


def explain(claim: Row, look: Look) -> Explanation:
    """Explain a claim; rows that are gone, or are other claims of the report, are named as lost.

    Args:
        claim: a row of `claims`, judged.
        look: where the rows of its verdict are found.
    """
    rows, lost = [], []
    for key in claim.get("against") or ():
        held = list(look.rows(str(key)))
        rows += held
        if not held:
            lost.append(str(key))
    ids = dict.fromkeys(str(row["source_id"]) for _, row in rows if row.get("source_id"))
    used = tuple(look.sources[s] for s in ids if s in look.sources)
    rule = ". ".join(str(claim[k]).rstrip(".") for k in ("verdict", "working", "note", "unread_reason") if claim.get(k))
    return Explanation(str(claim["claim_id"]), "claim", claim, rule, tuple(rows), used, tuple(lost))
