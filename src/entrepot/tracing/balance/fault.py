"""A fault while it is found, and as a row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from entrepot.core.shown import row_id
from entrepot.core.words.translate import in_english, tr
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
        "documents": list(documents)[:_MOST] or [tr("a row that names no document")],
        "rows": [tr("{file} row {row}", file=books.files.get(r["file_id"], r["file_id"]), row=r["row"]) for r in rows][
            :_MOST
        ],
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


@in_english
def row_said(row: Row) -> str:
    """What a row says, in one line."""
    parts: list[str] = []
    if "payer" in row:
        parts.append(
            tr(
                "{payer} paid {payee} {value:g} {currency}",
                payer=row["payer"],
                payee=row["payee"],
                value=row["value"],
                currency=row["currency"] or "",
            ).strip()
        )
        parts.append(tr("for {invoice}", invoice=row["invoice"] or tr("no invoice")))
    elif "supplier" in row:
        parts.append(
            tr(
                "{supplier} supplied {buyer} with {goods}",
                supplier=row["supplier"],
                buyer=row["buyer"],
                goods=_goods(row),
            )
        )
        parts += (
            [tr("for {value:g} {currency}", value=row["value"], currency=row["currency"] or "").strip()]
            if row["value"]
            else []
        )
    elif "product_quantity" in row:
        parts.append(
            tr(
                "{goods} for {quantity:g} {unit} of {product}",
                goods=_goods(row),
                quantity=row["product_quantity"],
                unit=row["product_unit"] or tr("of no unit"),
                product=row["product"],
            )
        )
        return parts[0]
    else:
        who = row["party"] or tr("somebody")
        of = tr(" of lot {lot}", lot=row["lot"]) if row["lot"] else ""
        to = tr(" to {buyer}", buyer=row["buyer"]) if row["buyer"] else ""
        by = tr(" by {step}", step=row["step"]) if row["step"] else ""
        parts.append(f"{who} {row['act']} {_goods(row)}{of}{by}{to}")
    parts += [tr("origin {origin}", origin=row["origin"])] if row.get("origin") else []
    return ", ".join([*parts, row["date"] or tr("no date")])


def _goods(row: Row) -> str:
    what = row["material"] or tr("goods")
    if row["quantity"] is None:
        return str(what)
    return tr(
        "{quantity:g} {unit} of {what}", quantity=row["quantity"], unit=row["unit"] or tr("of no unit"), what=what
    )


def shown(measured: Measured) -> str:
    """A quantity as a sentence has it."""
    low, high = _rounded(measured.low), _rounded(measured.high)
    middle = (measured.low + measured.high) / 2
    near = measured.high - measured.low <= TOLERANCE * max(measured.high, 1e-9)
    return (
        f"{middle:,.6g} {measured.unit}"
        if near
        else tr("{low:,.6g} to {high:,.6g} {unit}", low=low, high=high, unit=measured.unit)
    )


def _rounded(value: float) -> float:
    return float(f"{value:.{_DIGITS}g}")


def documents_of(rows: Sequence[Row]) -> str:
    """The papers of rows, for a sentence."""
    named = list(dict.fromkeys(str(r["document"]) for r in rows if r["document"]))
    more = tr(" and {count} more", count=len(named) - _NAMED) if len(named) > _NAMED else ""
    return ", ".join(named[:_NAMED]) + more or tr("rows without a document")
