"""A sound chain: lots are made of lots, handed over in parts, declared at borders and paid, in any unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from entrepot.tracing.example.example_stages import (
    BESIDE,
    CHAINS,
    OPEN_ANCHORS,
    OWN,
    PRODUCTS,
    RANGES,
    RECIPES,
    TRADERS,
)
from entrepot.tracing.example.invented_parties import Party, party
from entrepot.tracing.example.made_papers import NOTE, Papers, day, facility, told
from entrepot.tracing.example.sale import Lot, Sale
from entrepot.tracing.example.shipped_events import GOODS, lot_urn, shipped
from entrepot.tracing.example.spelt_names import at_customs, in_bank

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from entrepot.tracing.example.example_chance import Drawn
    from entrepot.tracing.example.example_stages import Stage

    Row = dict[str, str]

_HARVEST = 40  # days over which lots of a harvest come in
_PARTS = 0.4  # of lots go out in two parts
_TRADED = 0.25  # of supplies across a border go through a trader
_HALVES = 0.3  # of invoices are paid twice half
_DRIED = 0.015  # a lot may weigh so much less where it is used than where it was sold


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """What chains are made with: papers, chance, names that are left, traders by country, ids of parties."""

    papers: Papers
    drawn: Drawn
    names: Iterator[str]
    traders: dict[str, list[Party]]
    own: Party
    ids: dict[Party, str]
    vendors: dict[str, str]

    def parties(self, trade: str, countries: Iterable[str], count: int) -> list[Party]:
        """Parties of a trade, each on the list of facilities."""
        where = list(countries)
        found = [party(self.drawn, self.names, trade, where[i % len(where)]) for i in range(count)]
        for one in found:
            facility(self.papers, one)
        return found


def begun(papers: Papers, drawn: Drawn, names: Iterator[str]) -> Made:
    """What chains are made with, before the first."""
    own = Party(OWN, "Germany", "Hamburg", "retail", f"{OWN} House, Hamburg, Germany")
    made = Made(papers, drawn, names, {}, own, {}, {})
    for country in TRADERS:
        made.traders[country] = made.parties("Trading", (country,), 2)
    return made


def chain(made: Made, name: str) -> None:
    """Make one chain from its harvest or mine to the buyer's own products."""
    first, *later = CHAINS[name]
    lots = list(_harvested(made, first))
    for at, stage in enumerate(later):
        makers = made.parties(stage.trade, stage.countries, stage.makers)
        if stage.good in OPEN_ANCHORS:
            makers.append(_anchor(made, stage, OPEN_ANCHORS[stage.good]))
        lots = list(_worked(made, stage, _sold(made, lots, makers, stage.good)))
        if at == len(later) - 1:
            _beside(made, name, makers)
            work = {lot.maker for lot in lots}  # who bought nothing makes nothing, and has no recipe for it
            _recipes(made, stage, [maker for maker in makers if maker in work])
    _bought(made, name, lots)


def _anchor(made: Made, stage: Stage, listed: tuple[str, str]) -> Party:
    name, place = listed
    anchor = Party(name, "China", place, stage.trade.casefold(), f"{place}, China", is_invented=False)
    facility(made.papers, anchor)
    return anchor


def _harvested(made: Made, stage: Stage) -> Iterator[Lot]:
    low, high, each = stage.lot
    for grower in made.parties(stage.trade, stage.countries, stage.makers):
        for _ in range(each):
            amount, when = round(made.drawn.within(low, high), -2), made.drawn.whole(0, _HARVEST)
            number = _lot(made.papers, stage)
            lot = Lot(lot_urn(number) if stage.good in GOODS else number, stage, grower, grower, amount, when)
            _record(made.papers, lot, "made", made.papers.number("WB"), "")
            yield lot


def _lot(papers: Papers, stage: Stage) -> str:
    return papers.number("".join(word[0] for word in stage.good.upper().replace("-", " ").split()) + "-LOT")


def _record(papers: Papers, lot: Lot, act: str, document: str, step: str) -> Row:
    """A row of a maker's own record: who holds the lot used all of it, or made it, on its day."""
    return papers.add(
        "production",
        {
            "maker": lot.holder.name, "act": act, "step": step, "lot": lot.number, "material": lot.stage.good,
            "quantity": told(lot.amount), "unit": lot.stage.base, "date": day(lot.day), "document": document,
            "origin": lot.maker.country if act == "made" and not step else "", "note": NOTE,
        },
    )  # fmt: skip


def _sold(made: Made, lots: Iterable[Lot], makers: list[Party], product: str) -> Iterator[Lot]:
    """Lots in the hands of those who use them: each seller has buyers that come again."""
    regular: dict[Party, list[Party]] = {}
    for lot in lots:
        buyers = regular.setdefault(lot.holder, made.drawn.several(makers, 3))
        for part in _parts(made.drawn, lot):
            yield from _handed(made, part, made.drawn.one(buyers), product)


def _parts(drawn: Drawn, lot: Lot) -> Iterator[Lot]:
    """A lot whole, or in two parts a week apart; a load of a lorry is one lot and whole."""
    if lot.stage.good in GOODS or not drawn.happens(_PARTS):
        yield lot
        return
    first = round(lot.amount * drawn.within(0.3, 0.6), -1 if lot.stage.base == "kg" else -2)
    yield lot._replace(amount=first)
    yield lot._replace(amount=lot.amount - first, day=lot.day + 7)


def _handed(made: Made, lot: Lot, buyer: Party, product: str) -> Iterator[Lot]:
    """A part of a lot with its buyer, where it may have come through a trader."""
    when, drawn = lot.day + made.drawn.whole(2, 9), made.drawn
    if lot.stage.good in GOODS:
        shipped(made.papers, Sale(lot, buyer, product, when, lot.stage.units[0]), made.ids)
        yield lot._replace(holder=buyer, day=when)
        return
    if lot.holder.country != buyer.country and drawn.happens(_TRADED):
        trader = drawn.one(made.traders[drawn.one(TRADERS)])
        invoice(made, Sale(lot, trader, lot.stage.good, when, drawn.one(lot.stage.units)))
        lot, when = lot._replace(holder=trader), when + drawn.whole(12, 25)
    invoice(made, Sale(lot, buyer, product, when, drawn.one(lot.stage.units)))
    yield lot._replace(holder=buyer, day=when + (14 if lot.holder.country != buyer.country else 3))


def invoice(made: Made, sale: Sale) -> Row:
    """The papers of a sale: invoice, declaration where it crosses a border, payments; the row of the invoice."""
    lot, (unit, worth) = sale.lot, sale.unit
    # Bales are counted; other units have a place behind the comma from a thousand on.
    amount = round(lot.amount / worth, 2 if worth > 1 and unit in {"t", "kW"} else 0)
    value = round(lot.amount * lot.stage.price * made.drawn.within(0.96, 1.04), 2)
    row = made.papers.add(
        "links",
        {
            "supplier": lot.holder.name, "buyer": sale.buyer.name, "material": lot.stage.good, "product": sale.product,
            "quantity": told(amount), "unit": unit, "value": f"{value:.2f}", "currency": sale.currency,
            "date": day(sale.day), "document": made.papers.number("INV"), "lot": lot.number,
            "origin": lot.maker.country if not lot.stage.gives and lot.maker.is_invented else "",
            "supplier_address": lot.holder.address, "supplier_country": lot.holder.country, "note": NOTE,
        },
    )  # fmt: skip
    if lot.holder.country != sale.buyer.country:
        _declared(made, sale, row)
    _paid(made, sale, row)
    return row


def _declared(made: Made, sale: Sale, row: Row) -> None:
    lot = sale.lot
    is_weight = lot.stage.base == "kg"
    made.papers.add(
        "shipments",
        {
            "exporter": at_customs(row["supplier"]), "importer": row["buyer"], "goods": lot.stage.good,
            "hs": lot.stage.hs,
            "net_weight": told(round(lot.amount) if is_weight else float(row["quantity"])),
            "unit": "kg" if is_weight else row["unit"], "value": row["value"], "currency": row["currency"],
            "date": day(sale.day + made.drawn.whole(1, 4)), "document": made.papers.number("CD"),
            "invoice": row["document"], "lot": lot.number, "origin": lot.maker.country, "product": row["product"],
            "exporter_address": row["supplier_address"], "exporter_country": row["supplier_country"], "note": NOTE,
        },
    )  # fmt: skip


def _paid(made: Made, sale: Sale, row: Row) -> None:
    whole = float(row["value"])
    is_own = sale.buyer == made.own  # whose system of accounts numbers its suppliers
    vendor = made.vendors.setdefault(row["supplier"], f"V-{len(made.vendors) + 1:04}") if is_own else ""
    parts = [round(whole / 2, 2)] if made.drawn.happens(_HALVES) else []
    for i, part in enumerate([*parts, round(whole - sum(parts), 2)]):
        made.papers.add(
            "payments",
            {
                "payer": in_bank(row["buyer"]), "payee": in_bank(row["supplier"]), "value": f"{part:.2f}",
                "currency": row["currency"], "payee_id": vendor,
                "date": day(sale.day + 30 * (i + 1)), "document": made.papers.number("PAY"),
                "invoice": row["document"], "note": NOTE,
            },
        )  # fmt: skip


def _worked(made: Made, stage: Stage, held: Iterable[Lot]) -> Iterator[Lot]:
    """What makers make of the lots in their hands: steps of some deliveries each, in the order in which they came."""
    by_maker: dict[Party, list[Lot]] = {}
    for lot in held:
        by_maker.setdefault(lot.holder, []).append(lot)
    for maker, lots in by_maker.items():
        lots.sort(key=lambda lot: lot.day)
        for at in range(0, len(lots), stage.inputs):
            yield from _step(made, stage, maker, lots[at : at + stage.inputs])


def _step(made: Made, stage: Stage, maker: Party, lots: list[Lot]) -> Iterator[Lot]:
    """One step: all that goes in, dried a little; two lots come out."""
    begins = max(lot.day for lot in lots) + made.drawn.whole(1, 4)
    step, document = made.papers.number("PO"), made.papers.number("BATCH")
    used = 0.0
    for lot in lots:
        amount = round(lot.amount * (1 - made.drawn.within(0, _DRIED if lot.stage.base == "kg" else 0)))
        _record(made.papers, lot._replace(amount=amount, day=begins), "used", document, step)
        used += amount
    gives = used * stage.gives * made.drawn.within(0.97, 1.02)
    share = made.drawn.within(0.4, 0.6)
    for part in (share, 1 - share):
        ready = begins + made.drawn.whole(3, 9)
        out = Lot(_lot(made.papers, stage), stage, maker, maker, float(int(gives * part / 10) * 10), ready)
        _record(made.papers, out, "made", document, step)
        yield out


def _beside(made: Made, name: str, makers: list[Party]) -> None:
    """What else the last makers buy: no lots, no doubt where it is from."""
    good, trade, countries, unit, price = BESIDE[name]
    product = CHAINS[name][-1].good
    sellers = made.parties(trade, countries, 3)
    for maker in makers:
        seller, amount = made.drawn.one(sellers), made.drawn.whole(20, 90) * 1000
        value = f"{amount * price:.2f}"
        row = made.papers.add(
            "links",
            {
                "supplier": seller.name, "buyer": maker.name, "material": good, "product": product,
                "quantity": told(amount), "unit": unit, "value": value, "currency": "USD",
                "date": day(made.drawn.whole(60, 110)), "document": made.papers.number("INV"), "lot": "",
                "origin": seller.country, "supplier_address": seller.address, "supplier_country": seller.country,
                "note": NOTE,
            },
        )  # fmt: skip
        made.papers.add(
            "payments",
            {
                "payer": in_bank(maker.name), "payee": in_bank(seller.name), "value": value, "currency": "USD",
                "date": day(140),
                "document": made.papers.number("PAY"), "invoice": row["document"], "note": NOTE,
            },
        )  # fmt: skip


def _recipes(made: Made, stage: Stage, makers: list[Party]) -> None:
    if stage.good not in RECIPES:
        return
    material, amount, unit = RECIPES[stage.good]
    for maker in makers:
        made.papers.add(
            "bom",
            {
                "product": stage.good, "material": material, "quantity": told(amount), "unit": unit,
                "product_quantity": "1", "product_unit": stage.base, "maker": maker.name,
                "document": made.papers.number("BOM"), "note": NOTE,
            },
        )  # fmt: skip


def _bought(made: Made, name: str, lots: Iterable[Lot]) -> None:
    """The buyer's own purchases: each maker serves one or two of its products."""
    serves: dict[Party, list[str]] = {}
    for lot in lots:
        products = serves.setdefault(lot.maker, made.drawn.several(PRODUCTS, 2))
        product = f"{RANGES[name]} {made.drawn.one(products)}"
        for part in _parts(made.drawn, lot):
            when = part.day + made.drawn.whole(2, 9)
            invoice(made, Sale(part, made.own, product, when, made.drawn.one(lot.stage.units), "EUR"))
