"""Twelve kinds of fault in the papers of the worked example, by another hand than the rules'.

Written from the words of the question (what customs auditors ask: can the quantity make the quantity, is a lot sold
twice, was what was invoiced paid, do papers of one shipment agree) before the rules of the balance were read. What was
known of them: the names of the kinds that `planted` covers. Faults come in the sizes in which they are met, blatant and
modest, and beside sound papers of several hundred firms.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from entrepot.tracing.example.example import example
from entrepot.tracing.example.example_chance import Drawn
from entrepot.tracing.example.spelt_names import at_customs, in_bank

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from entrepot.tracing.example.made_papers import Papers

    Row = dict[str, str]


@dataclass(eq=False)
class Hand:
    """Who plants: papers, chance, documents that bear a fault already, and what was planted.

    Attributes:
        papers: a sound example.
        drawn: chance.
        taken: documents and lots that no second fault may touch.
        planted: kind, and documents of which one at least must be named.
    """

    papers: Papers
    drawn: Drawn
    taken: set[str] = field(default_factory=set)
    planted: list[tuple[str, frozenset[str]]] = field(default_factory=list)

    def rows(self, kind: str) -> list[Row]:
        """The rows of a kind of file."""
        return self.papers.rows[kind]

    def pick(self, rows: Iterable[Row]) -> Row:
        """A row of papers that bear no fault."""
        free = [r for r in rows if r["document"] not in self.taken and r.get("lot", "") not in self.taken]
        row = self.drawn.one(free)
        self.taken |= {row["document"], row.get("lot") or row["document"], row.get("invoice") or row["document"]}
        return row

    def plant(self, kind: str, *documents: str) -> None:
        """Note a fault."""
        self.taken |= set(documents)
        self.planted.append((kind, frozenset(documents)))


def _later(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def _scaled(row: Row, column: str, by: float) -> None:
    row[column] = f"{float(row[column]) * by:.2f}".rstrip("0").rstrip(".")


def _made_of_little(hand: Hand) -> None:
    """A maker books more product than its material can make, as where a second, unnamed source is mixed in."""
    row = hand.pick(r for r in hand.rows("production") if r["act"] == "made" and r["step"])
    same = [r for r in hand.rows("production") if r["document"] == row["document"] and r["act"] == "made"]
    by = hand.drawn.within(1.9, 3.0)
    for one in same:
        _scaled(one, "quantity", by)
        hand.taken.add(one["lot"])
    hand.plant("more made than material allows", row["document"])


def _lot_to_two(hand: Hand) -> None:
    """A lot is sold whole to one buyer, and whole again to another."""
    buyers: dict[str, set[str]] = {}
    for sale in hand.rows("links"):
        buyers.setdefault(sale["material"], set()).add(sale["buyer"])
    row = hand.pick(r for r in _whole_sales(hand) if len(buyers[r["material"]]) > 1)
    others = sorted(buyers[row["material"]] - {row["buyer"]})
    again = hand.papers.add("links", row | {"buyer": hand.drawn.one(others), "document": hand.papers.number("INV")})
    hand.plant("lot sold to two", row["document"], again["document"])


def _whole_sales(hand: Hand) -> list[Row]:
    """Invoices of makers whose lot went out whole, once, and through no trader."""
    count: dict[str, int] = {}
    for row in hand.rows("links"):
        count[row["lot"]] = count.get(row["lot"], 0) + 1
    return [r for r in hand.rows("links") if r["lot"] and count[r["lot"]] == 1]


def _padded_delivery(hand: Hand) -> None:
    """More of a lot is invoiced than was made of it: bought-in goods go out under its number."""
    row = hand.pick(r for r in _whole_sales(hand) if r["unit"] != "bales")
    by = hand.drawn.within(1.2, 1.6)
    for one in (row, *(r for r in hand.rows("shipments") if r["invoice"] == row["document"])):
        _scaled(one, "quantity" if "quantity" in one else "net_weight", by)
        _scaled(one, "value", by)
        hand.taken.add(one["document"])
    for paid in hand.rows("payments"):
        if paid["invoice"] == row["document"]:
            _scaled(paid, "value", by)
    hand.plant("more of a lot sold than made", row["document"])


def _used_too_soon(hand: Hand) -> None:
    """A record of making says that a lot was used before its maker had made it: papers were filled in afterwards."""
    begun = {r["lot"]: r["date"] for r in hand.rows("production") if r["act"] == "made"}
    row = hand.pick(r for r in hand.rows("production") if r["act"] == "used" and r["lot"] in begun)
    row["date"] = _later(begun[row["lot"]], -hand.drawn.whole(4, 30))
    hand.plant("used before it was made", row["document"])


def _number_again(hand: Hand) -> None:
    """Two invoices of one seller bear one number, to two buyers."""
    row = hand.pick(r for r in hand.rows("links") if r["lot"])
    theirs = [r for r in hand.rows("links") if r["supplier"] == row["supplier"] and r["buyer"] != row["buyer"]
              and r["document"] not in hand.taken]  # fmt: skip
    if not theirs:
        return
    other = hand.drawn.one(theirs)
    old = other["document"]
    hand.taken.add(other["lot"])
    for one in (*hand.rows("shipments"), *hand.rows("payments")):
        if one["invoice"] == old:
            one["invoice"] = row["document"]
    other["document"] = row["document"]
    hand.plant("one number on two invoices", row["document"])


def _declared(hand: Hand) -> tuple[Row, Row]:
    """A declaration and its invoice, free of faults."""
    row = hand.pick(r for r in hand.rows("shipments") if r["invoice"] not in hand.taken)
    return row, next(r for r in hand.rows("links") if r["document"] == row["invoice"])


def _lighter(hand: Hand) -> None:
    """Customs are told less than the invoice, or more: quota, freight, or goods loaded beside."""
    row, invoice = _declared(hand)
    _scaled(row, "net_weight", hand.drawn.one((0.6, 0.75, 1.3, 1.6)))
    hand.plant("weight declared otherwise", row["document"], invoice["document"])


def _cheaper(hand: Hand) -> None:
    """Customs are told a lower price than was invoiced and paid."""
    row, invoice = _declared(hand)
    _scaled(row, "value", hand.drawn.within(0.4, 0.75))
    hand.plant("value declared otherwise", row["document"], invoice["document"])


def _other_goods(hand: Hand) -> None:
    """The code of the declaration is of other goods than the invoice names."""
    codes = sorted({r["hs"] for r in hand.rows("shipments")})
    row, invoice = _declared(hand)
    row["hs"] = hand.drawn.one([c for c in codes if c[:4] != row["hs"][:4]])
    hand.plant("code of other goods", row["document"], invoice["document"])


def _other_origin(hand: Hand) -> None:
    """A trader declares a lot as of its own country that its maker's declaration says is of another."""
    by_lot: dict[str, list[Row]] = {}
    for row in hand.rows("shipments"):
        if row["document"] not in hand.taken and row["lot"] not in hand.taken:
            by_lot.setdefault(row["lot"], []).append(row)
    twice = [rows for rows in by_lot.values() if len({r["exporter"] for r in rows}) > 1]
    first, *_, last = hand.drawn.one(twice)
    last["origin"] = "Kazakhstan" if first["origin"] != "Kazakhstan" else "Germany"
    hand.taken.add(last["lot"])
    hand.plant("origin changed on the way", last["document"], *(r["document"] for r in by_lot[last["lot"]]))


def _invoice_with_payments(hand: Hand) -> tuple[Row, list[Row]]:
    row = hand.pick(r for r in hand.rows("links") if r["lot"])
    return row, [p for p in hand.rows("payments") if p["invoice"] == row["document"]]


def _to_a_third(hand: Hand) -> None:
    """An invoice is paid to somebody who is not on it."""
    row, paid = _invoice_with_payments(hand)
    paid[0]["payee"] = f"HARBOUR {hand.drawn.whole(100, 999)} INVENTED SERVICES FZE"
    paid[0]["payee_id"] = ""
    hand.plant("paid to a third", paid[0]["document"], row["document"])


def _paid_otherwise(hand: Hand) -> None:
    """More is paid than invoiced: once too often, or a kickback on top."""
    row, paid = _invoice_with_payments(hand)
    if hand.drawn.happens(0.5):
        extra = hand.papers.add("payments", paid[0] | {"document": hand.papers.number("PAY")})
        hand.plant("paid otherwise than invoiced", extra["document"], row["document"], paid[0]["document"])
        return
    _scaled(paid[-1], "value", hand.drawn.within(1.3, 1.8))
    hand.plant("paid otherwise than invoiced", paid[-1]["document"], row["document"])


# Kind of file -> columns of names.
_NAMES = {"links": ("supplier", "buyer"), "shipments": ("exporter", "importer"), "production": ("maker",),
          "payments": ("payer", "payee")}  # fmt: skip


def _new_name(hand: Hand) -> None:
    """A maker goes on under a new name at its old address, with the same goods and buyers: all later papers say so."""
    sellers: dict[str, list[Row]] = {}
    for row in hand.rows("links"):
        if row["lot"]:
            sellers.setdefault(row["supplier"], []).append(row)
    free = [s for s, rows in sorted(sellers.items()) if len(rows) > _OFTEN
            and not hand.taken & {r["document"] for r in rows}]  # fmt: skip
    name = hand.drawn.one(free)
    rows = sorted(sellers[name], key=lambda r: r["date"])
    cut = rows[len(rows) // 2]["date"]
    new = f"{hand.drawn.one(('Aldora', 'Miravent', 'Tessaly', 'Corvane'))} {hand.drawn.whole(10, 99)} Industries Ltd"
    later: set[str] = set()
    spelt = {name: new, at_customs(name): new, in_bank(name): in_bank(new)}
    for kind, columns in _NAMES.items():
        for row in hand.rows(kind):
            for column in columns:
                if row["date"] > cut and row[column] in spelt:
                    row[column] = spelt[row[column]]
                    later.add(row["document"])
    hand.plant("supplier under a new name", *(r["document"] for r in rows), *later)


_OFTEN = 5  # sales of a seller that is renamed: some before and some after


KINDS: tuple[Callable[[Hand], None], ...] = (
    _made_of_little, _lot_to_two, _padded_delivery, _used_too_soon, _number_again, _lighter, _cheaper, _other_goods,
    _other_origin, _to_a_third, _paid_otherwise, _new_name,
)  # fmt: skip


def second_hand(seed: int, *, each: int, clean: bool = False) -> tuple[Hand, dict[str, Any]]:
    """An example with so many faults of each kind, or with none; and its file of events.

    Args:
        seed: which.
        each: of each kind.
        clean: without faults.
    """
    papers, events = example(seed, clean=True)
    hand = Hand(papers, Drawn(10_000 + seed))
    for plant in () if clean else KINDS:
        for _ in range(each):
            plant(hand)
    return hand, events
