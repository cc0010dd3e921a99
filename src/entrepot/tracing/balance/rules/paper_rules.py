"""Papers: one number for two of them, customs told otherwise than the invoice, one lot with two origins."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from entrepot.core.words.translate import marked, tr
from entrepot.tracing.balance.books import amounts, folded, place
from entrepot.tracing.balance.dealt_rows import dealt, met, several, told
from entrepot.tracing.balance.fault import TOLERANCE, Fault, documents_of, shown
from entrepot.tracing.balance.quantity_range import total
from entrepot.tracing.balance.rules.declared_rules import declared_bills
from entrepot.vocabulary.countries import code_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from entrepot.tracing.balance.books import Books, Row

_NUMBER = marked("Ask the issuer which of them is right: a number is given once.")
_CUSTOMS = marked("Ask for the packing list and the weight certificate: both papers are of one delivery.")
_ORIGIN = marked("Ask for the certificate of origin, and for the record of making in the country that it names.")


def paper_faults(books: Books) -> Iterator[Fault]:
    """What cannot be of papers."""
    yield from _numbers(books)
    yield from _declared(books)
    yield from _origins(books)


def _numbers(books: Books) -> Iterator[Fault]:
    """Two papers of one issuer under one number; lines and part deliveries of one paper are no fault."""
    by = ("supplier_id", "document")
    some = several(told(books.links, "document"), by, ("buyer_id", "material", "date"))
    for (links,) in dealt((some, by)):
        yield from _issued(links)
    declared = told(books.declarations, "document")
    for (some,) in dealt((several(declared, ("document",), ("supplier_id", "buyer_id")), ("document",))):
        yield from _told_twice(some)


def _issued(links: Sequence[Row]) -> Iterator[Fault]:
    issued: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in links:
        issued[row["supplier_id"], folded(row["document"])].append(row)
    for rows in issued.values():
        buyers = {r["buyer_id"] for r in rows}
        goods = {(folded(r["material"]), r["date"]) for r in rows}
        is_other = len({d for _, d in goods}) > 1 and len({m for m, _ in goods}) > 1
        if len(buyers) > 1 or is_other:
            what = (
                tr("to {count} buyers", count=len(buyers)) if len(buyers) > 1 else tr("for other goods on another day")
            )
            reason = tr(
                "{supplier} gave the number {document} more than once, {what}.",
                supplier=rows[0]["supplier"],
                document=rows[0]["document"],
                what=what,
            )
            yield Fault(
                "number_twice", str(rows[0]["document"]), reason, _NUMBER, rows, basis=("one number, one paper",)
            )


def _told_twice(declarations: Sequence[Row]) -> Iterator[Fault]:
    numbered: dict[str, list[Row]] = defaultdict(list)
    for row in declarations:
        numbered[folded(row["document"])].append(row)
    for rows in numbered.values():
        if len({(r["supplier_id"], r["buyer_id"]) for r in rows}) > 1:
            reason = tr(
                "Declaration {document} is of more than one exporter or importer.", document=rows[0]["document"]
            )
            yield Fault(
                "number_twice", str(rows[0]["document"]), reason, _NUMBER, rows, basis=("one number, one paper",)
            )


def _declared(books: Books) -> Iterator[Fault]:
    """Declarations that name an invoice, against it: no more than it, and where the value is whole, no less."""
    for rows, billed in declared_bills(books):
        there, said = (amounts(some) for some in (billed, rows))
        of_bill, of_customs = (total(some or []) for some in (there, said))
        if of_bill is None or of_customs is None or of_bill.unit != of_customs.unit:
            continue
        more = of_customs.low > of_bill.high * (1 + TOLERANCE)
        less = of_customs.high < of_bill.low * (1 - TOLERANCE) and _is_whole(billed, rows)
        if more or less:
            reason = tr(
                "{documents_of} told customs {shown}, and invoice {document} says {shown_2}.",
                documents_of=documents_of(rows),
                shown=shown(of_customs),
                document=billed[0]["document"],
                shown_2=shown(of_bill),
            )
            some = [*rows, *billed]
            subject = str(billed[0]["document"])
            yield Fault(
                "declared_otherwise", subject, reason, _CUSTOMS, some, of_customs, of_bill, (tr("one delivery"),)
            )


def _is_whole(billed: Sequence[Row], told: Sequence[Row]) -> bool:
    """Whether declarations are of all of an invoice, by value: a part delivery weighs less and is no fault."""
    if any(r["value"] is None or not r["currency"] for r in (*billed, *told)):
        return False
    if len({folded(r["currency"]) for r in (*billed, *told)}) > 1:
        return False
    return bool(sum(r["value"] for r in told) >= sum(r["value"] for r in billed) * (1 - TOLERANCE))


def _origins(books: Books) -> Iterator[Fault]:
    """One lot, or one invoice and its declaration, with two countries of origin.

    Where a thing was grown and what customs are told of it may differ: a good that was worked is of where it was made.
    So a declared origin is held against both the origin on the invoice and the seat of who supplied it.
    """
    seen: set[frozenset[tuple[str, int]]] = set()
    for (kind, name), rows in _with_origins(books):
        countries = {_country(r["origin"]) for r in rows}
        places = frozenset(place(r) for r in rows)
        if places in seen or not _differ(rows):
            continue
        if kind != "lot" and len({folded(r["material"]) for r in rows}) > len(countries):
            continue  # lines of one invoice may be of several countries
        seen.add(places)
        subject = tr("lot {lot}", lot=rows[0]["lot"]) if kind == "lot" else tr("invoice {upper}", upper=name.upper())
        told = "; ".join(
            tr("{origin} by {documents_of}", origin=r["origin"], documents_of=documents_of([r])) for r in rows[:4]
        )
        reason = tr("Of {subject} papers name different origins: {told}.", subject=subject, told=told)
        yield Fault("origin_otherwise", subject, reason, _ORIGIN, rows, basis=("a thing has one origin",))


def _differ(rows: Sequence[Row]) -> bool:
    told, grown = ({_country(r["origin"]) for r in rows if ("invoice" in r) == is_told} for is_told in (True, False))
    seats = {_country(r["supplier_country"]) for r in rows if r.get("supplier_country")}
    return len(told) > 1 or len(grown) > 1 or bool(told and grown and not told <= grown | seats)


def _with_origins(books: Books) -> Iterator[tuple[tuple[str, str], list[Row]]]:
    """Rows that name an origin, by lot, and by invoice of a supplier where a declaration names it."""
    of_lots = [(told(rows, "lot", "origin"), ("lot",)) for rows in (books.lots, books.declarations)]
    for some in dealt(*of_lots):
        said: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in (r for rows in some for r in rows):
            said["lot", folded(row["lot"])].append(row)
        yield from said.items()
    declared, by = told(books.declarations, "origin", "invoice"), ("supplier_id", "invoice")
    by_bill = ("supplier_id", "document")
    bills = met(told(books.links, "origin", "document"), by_bill, declared, by)
    for of_customs, of_bills in dealt((declared, by), (bills, by_bill)):
        said = defaultdict(list)
        for row in of_customs:
            said[row["supplier_id"], folded(row["invoice"])].append(row)
        for row in of_bills:
            if (name := (row["supplier_id"], folded(row["document"]))) in said:
                said[name].append(row)
        yield from said.items()


def _country(text: str) -> str:
    """A country as its code, where the text is one; else as it is written."""
    return code_of(text) or folded(text)
