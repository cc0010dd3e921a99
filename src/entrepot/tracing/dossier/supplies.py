"""Supplies out of rows: the lines of one paper between the same parties are one supply, and customs say it again."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from entrepot.core.periods import first_day, last_day
from entrepot.tracing.balance.books import folded, place
from entrepot.tracing.dossier.supply_papers import sorts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from entrepot.tracing.balance.books import Books, Row

# A business transaction of EPCIS: urn:epcglobal:cbv:bt:GLN:NUMBER, and GS1's link to a document under its type.
_URN = re.compile(r"(?:urn:epcglobal:cbv:bt:\d{13}:|https?://[^ ]+/253/\d{13})(.+)", re.IGNORECASE)
_CONTAINER = re.compile(r"(?<![A-Z])[A-Z]{3}[UJZ]\s?\d{6}[\s-]?\d(?!\d)")  # ISO 6346
_APART = re.compile(r"[;,|/\n]+")  # between several in a cell
# What carriers, chambers of commerce, brokers, warehouses, translators, laboratories and banks issue: the number tells
# with what it goes.
_OF_THIRDS = frozenset({"transport", "origin", "declaration", "receipt", "translation", "test", "payment"})
_ENDS = ("supplier", "supplier_id", "buyer", "buyer_id")


class Good(NamedTuple):
    """What a step is: a party and what it supplies."""

    party_id: str
    good: str


@dataclass(frozen=True, slots=True, eq=False)
class Supply:
    """What one paper hands over from one party to another.

    Attributes:
        rows: its lines.
        declared: what customs were told of it.
        lots: the lots that it hands over, folded.
        namesakes: ids of other suppliers who bill its buyer under its number: what these were paid is not for it.
        parties: names and ids, folded, of all who supply or are supplied in the files.
    """

    rows: tuple[Row, ...]
    declared: tuple[Row, ...]
    lots: frozenset[str]
    namesakes: frozenset[str] = frozenset()
    parties: frozenset[str] = frozenset()

    @property
    def first(self) -> Row:
        """Its first line."""
        return self.rows[0]

    @property
    def made_by(self) -> Good:
        """The step that it comes from."""
        return Good(self.first["supplier_id"], folded(self.first["material"]))

    @property
    def is_declared_only(self) -> bool:
        """Whether nothing but a declaration tells of it."""
        return "hs" in self.first

    @property
    def all_rows(self) -> tuple[Row, ...]:
        """Its lines and what customs were told."""
        return self.rows + self.declared

    @property
    def bill(self) -> tuple[str, str]:
        """Whom it is billed to, and under which number; empty where it has none."""
        return self.first["buyer_id"], folded(self.first["document"])

    @property
    def begins(self) -> date | None:
        """The first day on which it can have been; None where no line has a day."""
        days = [first_day(r["date"]) for r in self.rows if r["date"]]
        return min(days) if days else None

    @property
    def ends(self) -> date | None:
        """The last day on which it can have been; None where a line has no day."""
        if any(not r["date"] for r in self.rows):
            return None
        return max(last_day(r["date"]) for r in self.rows)

    @property
    def numbers(self) -> set[str]:
        """The numbers of its papers, and of the invoice that its declarations name, folded."""
        return {folded(n) for column in ("document", "invoice") for n in self.cells(column)}

    @property
    def endings(self) -> set[str]:
        """The last part of numbers that are an address of EPCIS, which is what stands on the paper, folded."""
        return {folded(found[1]) for c in ("document", "invoice") for n in self.cells(c) if (found := _URN.match(n))}

    @property
    def containers(self) -> set[str]:
        """The containers that its declarations name, as `container_number` has them."""
        every = self.cells("container")
        of_ships = {found for text in every for found in _CONTAINER.findall(text.upper())}
        return {container_number(n) for n in of_ships or {p for t in every for p in _APART.split(t)}} - {""}

    def cells(self, column: str) -> list[str]:
        """What its rows say in a column, each once."""
        return list(dict.fromkeys(str(r[column]) for r in self.all_rows if r.get(column)))


def container_number(text: str) -> str:
    """The letters and digits of a container's number, by which one compares.

    >>> container_number("msku 123456-5")
    'MSKU1234565'
    """
    return "".join(c for c in text.upper() if c.isalnum())


def belongs_to(supply: Supply, row: Mapping[str, object]) -> bool:
    """Whether a row is a paper that goes with one of a supply.

    Either end may have issued it: an order is the buyer's. Of others what a carrier issues, a chamber of commerce, a
    bank or a laboratory, goes with the number that it names; who supplies or is supplied elsewhere in the files has
    papers of their own.
    """
    return names_number_of(supply, row) and (
        _issuer(row) in {"", *_ends(supply)} or (is_of_nobody_known(supply, row) and _sort(row) in _OF_THIRDS)
    )


def names_number_of(supply: Supply, row: Mapping[str, object]) -> bool:
    """Whether a row is a paper beside others that names a number of a supply, whoever issued it."""
    return "belongs_to" in row and folded(str(row["belongs_to"])) in supply.numbers


def is_of_nobody_known(supply: Supply, row: Mapping[str, object]) -> bool:
    """Whether who issued a paper beside others is no party to any supply of the files."""
    return _issuer(row) not in supply.parties


def _issuer(row: Mapping[str, object]) -> str:
    return folded(str(row["issuer"] or ""))


def _sort(row: Mapping[str, object]) -> str:
    return str(row["sort"] or next(iter(sorts(str(row["document"]))), ""))


def _ends(supply: Supply) -> set[str]:
    return {folded(supply.first[c]) for c in _ENDS}


def supplies(books: Books) -> list[Supply]:
    """The supplies that rows tell of, in an order that does not hang on that of files.

    Args:
        books: what was loaded.
    """
    lots: dict[tuple[str, int], set[str]] = defaultdict(set)
    for row in books.lots:
        if row["act"] == "supplied" and row["lot"]:
            lots[place(row)].add(folded(row["lot"]))
    lines: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in books.links:
        lines[_key(row)].append(row)
    billed: dict[tuple[str, str, str], list[tuple[Any, ...]]] = defaultdict(list)
    for key, rows in lines.items():
        if rows[0]["document"]:
            billed[key[0], key[1], folded(rows[0]["document"])].append(key)
    told: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    alone: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in books.declarations:
        of = billed.get((row["supplier_id"], row["buyer_id"], folded(row["invoice"]))) if row["invoice"] else None
        for key in of or ():
            told[key].append(row)
        if not of:
            alone[("declared", *_key(row))].append(row)
    every = [*books.links, *books.declarations]
    parties = frozenset(folded(r[c]) for r in every for c in _ENDS if r.get(c))
    made = [replace(_supply(rows, told.get(key, []), lots), parties=parties) for key, rows in lines.items()]
    made += [replace(_supply(rows, [], lots), parties=parties) for rows in alone.values()]
    bill: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in made:
        bill[one.bill].add(one.first["supplier_id"])
    made = [replace(s, namesakes=frozenset(bill[s.bill] - {s.first["supplier_id"]})) if s.bill[1] else s for s in made]
    return sorted(made, key=_order)


def _key(row: Row) -> tuple[Any, ...]:
    number = folded(row["document"]) or place(row)
    return row["supplier_id"], row["buyer_id"], folded(row["material"]), folded(row["product"]), number


def _supply(rows: Sequence[Row], declared: Sequence[Row], lots: dict[tuple[str, int], set[str]]) -> Supply:
    named = {folded(r["lot"]) for r in (*rows, *declared) if r.get("lot")}
    for row in rows:
        named |= lots.get(place(row), set())
    return Supply(tuple(sorted(rows, key=place)), tuple(sorted(declared, key=place)), frozenset(named))


def _order(supply: Supply) -> tuple[str, ...]:
    row = supply.first
    cells = (row["supplier"], row["material"], row["buyer"], row["date"], row["document"], row["file_id"])
    return (*(folded(str(c or "")) for c in cells), f"{row['row']:09}")
