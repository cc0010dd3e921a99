"""Checked claims as findings, and how many have each verdict."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from entrepot.claims.contract import VERDICTS
from entrepot.core import findings
from entrepot.core.words.translate import in_english
from entrepot.record.embedded import find

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.claims.model import Claim
    from entrepot.core.findings import Finding
    from entrepot.record.embedded import Record


def counts(claims: Sequence[Claim]) -> dict[str, int]:
    """How many claims have each verdict, in the order of `VERDICTS`; verdicts without any are left out."""
    words = [c.verdict for c in claims]
    return {v: words.count(v) for v in VERDICTS if v in words}


def claim_findings(claims: Sequence[Claim], record: Record) -> list[Finding]:
    """Each judged claim as a finding: its grounds are the rows against it, its basis the verdict.

    A contradiction within the report is a finding of kind conflict.
    """
    return [_finding(c, record) for c in claims if c.verdict not in {None, "unread"}]


@in_english
def _finding(claim: Claim, record: Record) -> Finding:
    grounds = [
        findings.Ground(table, row_id, row.get("source_id"))
        for row_id in claim.against or ()
        for table, row in _found(record, row_id)
    ]
    within = any(a.startswith("c-") for a in claim.against or ())
    kind = "conflict" if within and claim.verdict == "contradicts" else "text" if claim.value is None else "number"
    basis = ": ".join(filter(None, (claim.verdict, claim.working or claim.note)))
    value: float | str = claim.text if claim.value is None or kind == "conflict" else claim.value
    return findings.make(
        kind=kind,
        subject=claim.subject or "not said",
        quantity=claim.quantity or "not said",
        value=value,
        unit=claim.unit if kind == "number" else None,
        period=(claim.period_start, claim.period_end),
        status="forecast" if claim.status in {"forecast", "planned", "scheduled"} else "reported",
        high=claim.value_high,
        basis=basis,
        grounds=grounds,
    )


@lru_cache(maxsize=4096)
def _found(record: Record, row_id: str) -> tuple[tuple[str, dict[str, Any]], ...]:
    """The row of an id with its table; none for the id of a claim. A long report names few rows, each often."""
    return () if row_id.startswith("c-") else tuple(find(record, row_id)[:1])
