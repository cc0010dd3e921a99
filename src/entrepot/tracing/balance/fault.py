"""A fault while it is found, and as a row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from entrepot.core.shown import row_id
from entrepot.tracing.balance.books import place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.tracing.balance.books import Books, Row
    from entrepot.tracing.balance.quantity_range import Measured

_DIGITS = 6  # significant, of quantities in a row: finer than any scale
_MOST = 60  # rows that a fault names; the reason says how many there are
_NAMED = 4  # papers in a sentence; the row names them all
# Part by which two weights of one thing may differ: moisture, scales, tare. UCP 600, article 30 (b), lets a delivery
# differ by as much where nothing else is agreed.
TOLERANCE = 0.05


@dataclass(frozen=True, slots=True)
class Fault:
    """Statements that do not go together.

    Attributes:
        kind: of KINDS.
        subject: what it is about.
        reason: one sentence.
        remedy: what would settle it.
        rows: the statements, those that say it first.
        said, allowed: what documents say, and what the others allow.
        basis: the rule, and what it rests on.
    """

    kind: str
    subject: str
    reason: str
    remedy: str
    rows: Sequence[Row]
    said: Measured | None = None
    allowed: Measured | None = None
    basis: tuple[str, ...] = ()


def fault_row(fault: Fault, books: Books) -> tuple[Row, list[Row]]:
    """A fault under SUPPLY_FAULTS, and its rows under SUPPLY_FAULT_ROWS."""
    rows = list({place(r): r for r in fault.rows}.values())
    documents = dict.fromkeys(str(r["document"]) for r in rows if r["document"])
    said: Row = {
        "kind": fault.kind,
        "subject": fault.subject,
        "reason": fault.reason,
        "said": None if fault.said is None else _rounded((fault.said.low + fault.said.high) / 2),
        "low": None if fault.allowed is None else _rounded(fault.allowed.low),
        "high": None if fault.allowed is None else _rounded(fault.allowed.high),
        "unit": fault.allowed.unit if fault.allowed is not None else None,
        "documents": list(documents)[:_MOST] or ["a row that names no document"],
        "rows": [f"{books.files.get(r['file_id'], r['file_id'])} row {r['row']}" for r in rows][:_MOST],
        "remedy": fault.remedy,
        "basis": list(fault.basis) or ["Entrepot"],
        "files": sorted({str(r["file_id"]) for r in rows}),
    }
    made = said | {"fault_id": row_id("fault", said, (), set())}
    told = [
        {
            "fault_id": made["fault_id"],
            "file_id": r["file_id"],
            "row": r["row"],
            "document": r["document"],
            "said": row_said(r),
        }
        for r in rows
    ]
    return made, told


def row_said(row: Row) -> str:
    """What a row says, in one line."""
    parts: list[str] = []
    if "payer" in row:
        parts.append(f"{row['payer']} paid {row['payee']} {row['value']:g} {row['currency'] or ''}".strip())
        parts.append(f"for {row['invoice'] or 'no invoice'}")
    elif "supplier" in row:
        what = row["material"] or "goods"
        parts.append(f"{row['supplier']} supplied {row['buyer']} with {_quantity(row)}{what}")
        parts += [f"for {row['value']:g} {row['currency'] or ''}".strip()] if row["value"] else []
    else:
        who, what = row["party"] or "somebody", row["material"] or "goods"
        of = f" of lot {row['lot']}" if row["lot"] else ""
        to = f" to {row['buyer']}" if row["buyer"] else ""
        by = f" by {row['step']}" if row["step"] else ""
        parts.append(f"{who} {row['act']} {_quantity(row)}{what}{of}{by}{to}")
    parts += [f"origin {row['origin']}"] if row.get("origin") else []
    return ", ".join([*parts, row["date"] or "no date"])


def _quantity(row: Row) -> str:
    return f"{row['quantity']:g} {row['unit'] or 'of no unit'} of " if row["quantity"] is not None else ""


def shown(measured: Measured) -> str:
    """A quantity as a sentence has it."""
    low, high = _rounded(measured.low), _rounded(measured.high)
    middle = (measured.low + measured.high) / 2
    near = measured.high - measured.low <= TOLERANCE * max(measured.high, 1e-9)
    return f"{middle:,.6g} {measured.unit}" if near else f"{low:,.6g} to {high:,.6g} {measured.unit}"


def _rounded(value: float) -> float:
    return float(f"{value:.{_DIGITS}g}")


def documents_of(rows: Sequence[Row]) -> str:
    """The papers of rows, for a sentence."""
    named = list(dict.fromkeys(str(r["document"]) for r in rows if r["document"]))
    more = f" and {len(named) - _NAMED} more" if len(named) > _NAMED else ""
    return ", ".join(named[:_NAMED]) + more or "rows without a document"
