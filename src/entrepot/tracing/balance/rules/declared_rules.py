"""Declarations: a price that is not the invoice's, and a code, or a name, of other goods."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from entrepot.core.words.translate import marked, tr
from entrepot.tracing.balance.books import amounts, folded
from entrepot.tracing.balance.dealt_rows import dealt, met, told
from entrepot.tracing.balance.fault import TOLERANCE, Fault, documents_of
from entrepot.tracing.balance.quantity_range import Measured, total
from entrepot.tracing.balance.yields import codes_of, head_stage, stage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from entrepot.tracing.balance.books import Books, Row

# Part by which a declared price may differ from an invoice's: freight and insurance may be in one of them and not in
# the other, as the terms of delivery and the law of the country have it. Chosen; no measurement.
_FREIGHT = 0.2
_CHAPTER = 2  # digits of a code: goods of two chapters are not one good by two opinions
_OFTEN = 3  # declarations of one good by one exporter, from which on another chapter stands out
_VALUE = marked(
    "Ask for the customs value's calculation, and for the terms of delivery: freight may be in one and not in both."
)
_GOODS = marked("Ask for the classification, and for the packing list: a code is of what was in the consignment.")


def declared_faults(books: Books) -> Iterator[Fault]:
    """What cannot be of declarations.

    Args:
        books: what was loaded.
    """
    for rows, billed in declared_bills(books):
        yield from _price(rows, billed)
        yield from _named(rows, billed)
    for (some,) in dealt((told(books.declarations, "hs"), ("supplier_id", "material"))):
        yield from _coded(some)
        yield from _unusual(some)


def declared_bills(books: Books) -> Iterator[tuple[list[Row], list[Row]]]:
    """Declarations that name one invoice, with its lines; those of which no invoice is there are left out."""
    by, by_bill = ("supplier_id", "buyer_id", "invoice"), ("supplier_id", "buyer_id", "document")
    bills = told(books.links, "document")
    declared = met(told(books.declarations, "invoice"), by, bills, by_bill)
    for of_customs, of_bills in dealt((declared, by), (met(bills, by_bill, declared, by), by_bill)):
        invoices: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
        for row in of_bills:
            invoices[row["supplier_id"], row["buyer_id"], folded(row["document"])].append(row)
        said: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
        for row in of_customs:
            said[row["supplier_id"], row["buyer_id"], folded(row["invoice"])].append(row)
        yield from ((rows, invoices[name]) for name, rows in said.items() if name in invoices)


def _price(rows: Sequence[Row], billed: Sequence[Row]) -> Iterator[Fault]:
    """The declared price of a unit against the invoice's: so part deliveries are no fault."""
    both = (rows, billed)
    if len({folded(r["currency"] or "") for some in both for r in some} | {""}) > _ONE_AND_NONE:
        return
    if any(r["value"] is None or not r["currency"] for some in both for r in some):
        return
    there = [total(amounts(some) or []) for some in both]
    customs, bill = there
    if customs is None or bill is None or customs.unit != bill.unit or not (customs.low and bill.low):
        return
    (said, paid) = (sum(r["value"] for r in some) for some in both)
    if abs(said - paid) <= TOLERANCE * paid:
        return  # one value: if quantities differ, another rule says so
    declared = Measured(said / customs.high, said / customs.low, f"{rows[0]['currency']}/{customs.unit}")
    price = Measured(paid / bill.high, paid / bill.low, f"{rows[0]['currency']}/{bill.unit}")
    if declared.high < price.low * (1 - _FREIGHT) or declared.low > price.high * (1 + _FREIGHT):
        reason = tr(
            "{documents_of} told customs a value of {said:,.2f} {currency}, and invoice {document} is "
            "of {paid:,.2f}: by quantity {said_2:.0%} of it.",
            documents_of=documents_of(rows),
            said=said,
            currency=rows[0]["currency"],
            document=billed[0]["document"],
            paid=paid,
            said_2=said / customs.high / (paid / bill.high),
        )
        subject = str(billed[0]["document"])
        yield Fault("value_otherwise", subject, reason, _VALUE, [*rows, *billed], declared, price, (tr("one price"),))


_ONE_AND_NONE = 2  # a currency, and the empty text that is always among them


def _named(rows: Sequence[Row], billed: Sequence[Row]) -> Iterator[Fault]:
    """The goods of a declaration are at a stage at which no line of the invoice is."""
    lines = {head_stage(r["material"]) for r in billed}
    for row in rows:
        said = head_stage(row["material"])
        if said and None not in lines and said not in lines:
            reason = tr(
                "{document} names {material}, and invoice {document_2} {material_2}.",
                document=row["document"] or tr("A declaration"),
                material=row["material"],
                document_2=billed[0]["document"],
                material_2=billed[0]["material"],
            )
            yield _fault(row, reason, [row, *billed])


def _coded(declarations: Sequence[Row]) -> Iterator[Fault]:
    """The code of a declaration is of another stage than its goods, or of a chapter that holds none of their codes."""
    for row in declarations:
        said, code = head_stage(row["material"]), row["hs"]
        known = codes_of(said) if said else ()
        if not code or not known or any(code.startswith(k) or k.startswith(code) for k in known):
            continue
        other = stage(f"HS {code}")
        if other or code[:_CHAPTER] not in {k[:_CHAPTER] for k in known}:
            reason = tr(
                "{document} names {material} under code {code}: it goes under {known}.",
                document=row["document"] or tr("A declaration"),
                material=row["material"],
                code=tr("{code}, which is of {other}", code=code, other=other) if other else code,
                known=", ".join(known),
            )
            yield _fault(row, reason, [row])


def _unusual(declarations: Sequence[Row]) -> Iterator[Fault]:
    """One declaration of a good under another chapter than all others of its exporter."""
    of_good: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in declarations:
        # A stage that has codes is held against them: of other goods the exporter's own habit is all there is.
        said = head_stage(row["material"])
        if row["hs"] and row["material"] and not (said and codes_of(said)):
            of_good[row["supplier_id"], folded(row["material"])].append(row)
    for rows in of_good.values():
        chapters = Counter(r["hs"][:_CHAPTER] for r in rows)
        (usual, often), *others = chapters.most_common()
        if often < _OFTEN or sum(n for _, n in others) > 1:
            continue
        for row in (r for r in rows if r["hs"][:_CHAPTER] != usual):
            reason = tr(
                "{document} names {material} under code {hs}, which {supplier} declared {often} times "
                "under chapter {usual}.",
                document=row["document"] or tr("A declaration"),
                material=row["material"],
                hs=row["hs"],
                supplier=row["supplier"],
                often=often,
                usual=usual,
            )
            yield _fault(row, reason, [row])


def _fault(row: Row, reason: str, rows: Sequence[Row]) -> Fault:
    return Fault("goods_otherwise", str(row["document"] or tr("a declaration")), reason, _GOODS, rows,
                 basis=("goods go under their code",))  # fmt: skip
