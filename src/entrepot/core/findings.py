"""Findings: the only thing shown to people.

A finding is one row of one contracted table. What it rests on stands beside it in a second table, the grounds:
one row for every record row that the finding was computed from.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from entrepot.core.contract import Column, Contract
from entrepot.core.ids import id_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

KINDS = ("number", "date", "text", "conflict")
STATUSES = ("observed", "reported", "forecast", "estimated", "simulated")

FINDINGS = Contract(
    name="findings",
    meaning="What Entrepot says, one statement a row; every figure of a report is one of these.",
    grain=("id",),
    columns=(
        Column(
            "id",
            "text",
            "hash of what the finding says and rests on, the same on every run",
            pattern=r"^f-[0-9a-f]{12}$",
        ),
        Column("kind", "text", "what sort of statement it is", allowed=KINDS),
        Column("subject", "text", "what it is about: a measure, a place, a flow"),
        Column("quantity", "text", "what is said of the subject"),
        Column("value", "text", "the value; a number in plain decimal form where kind is number"),
        Column("unit", "text", "unit of the value", absent=("not_applicable",)),
        Column("period_start", "partial_date", "first day of the period", absent=("unknown", "not_applicable")),
        Column("period_end", "partial_date", "last day of the period", absent=("unknown", "not_applicable")),
        Column("as_of", "partial_date", "when one could first have known it", absent=("unknown",)),
        Column("status", "text", "how the value came about", allowed=STATUSES),
        Column(
            "low",
            "number",
            "lowest defensible value; empty: no lower bound",
            absent=("not_applicable", "unknown"),
        ),
        Column(
            "high",
            "number",
            "highest defensible value; empty: no upper bound",
            absent=("not_applicable", "unknown"),
        ),
        Column("basis", "text", "the rule or method, with its working"),
        Column("sources", "texts", "source ids in the register of sources"),
    ),
)

GROUNDS = Contract(
    name="grounds",
    meaning="The rows of the record that each finding rests on.",
    grain=("finding_id", "table", "row_id"),
    columns=(
        Column("finding_id", "text", "the finding"),
        Column("table", "text", "table of the record"),
        Column("row_id", "text", "key of the row in that table"),
        Column("source_id", "text", "source of that row", absent=("unknown",)),
    ),
)


@dataclass(frozen=True, slots=True, order=True)
class Ground:
    """One record row under a finding."""

    table: str
    row_id: str
    source_id: str | None


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding with its grounds; the columns are those of `FINDINGS`, in order, then the grounds."""

    id: str
    kind: str
    subject: str
    quantity: str
    value: str
    unit: str | None
    period_start: str | None
    period_end: str | None
    as_of: str | None
    status: str
    low: float | None
    high: float | None
    basis: str
    sources: tuple[str, ...]
    grounds: tuple[Ground, ...]

    @property
    def number(self) -> float:
        """The value as a number.

        Raises:
            ValueError: kind is not number.
        """
        return float(self.value)


def plain(value: float | str) -> str:
    """A number in plain decimal form, exact to twelve significant digits; text unchanged.

    Twelve digits carry every printed figure and hide the last bits of binary floating point, so that the
    same finding has the same id on every machine.
    """
    if isinstance(value, str):
        return value
    text = f"{value:.12g}"
    if "e" in text:
        text = f"{float(text):.12f}".rstrip("0").rstrip(".")
    return text


def make(  # noqa: PLR0913 - the columns of the contract are the arguments, all keyword-only
    *,
    kind: str,
    subject: str,
    quantity: str,
    value: float | str,
    basis: str,
    grounds: Iterable[Ground],
    unit: str | None = None,
    period: tuple[str | None, str | None] = (None, None),
    as_of: str | None = None,
    status: str = "reported",
    low: float | None = None,
    high: float | None = None,
) -> Finding:
    """Build a finding; its id is the hash of what it says and of the rows it rests on."""
    rests = tuple(sorted(set(grounds), key=lambda g: (g.table, g.row_id)))
    said: dict[str, Any] = {
        "kind": kind,
        "subject": subject,
        "quantity": quantity,
        "value": plain(value),
        "unit": unit or None,
        "period_start": period[0] or None,
        "period_end": period[1] or None,
        "as_of": as_of or None,
        "status": status,
        "low": None if low is None else float(plain(low)),
        "high": None if high is None else float(plain(high)),
        "basis": basis,
        "sources": tuple(sorted({g.source_id for g in rests if g.source_id})),
    }
    text = json.dumps([said, [(g.table, g.row_id) for g in rests]], sort_keys=True, ensure_ascii=False)
    return Finding(id=id_of("f", text), grounds=rests, **said)


def rows(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """Rows of `FINDINGS`; a finding made twice stands once."""
    unique = {f.id: f for f in findings}
    return [{n: getattr(f, n) for n in FINDINGS.names} | {"sources": list(f.sources)} for f in unique.values()]


def ground_rows(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """Rows of `GROUNDS`."""
    unique = {f.id: f for f in findings}
    return [
        {"finding_id": f.id, "table": g.table, "row_id": g.row_id, "source_id": g.source_id}
        for f in unique.values()
        for g in f.grounds
    ]
