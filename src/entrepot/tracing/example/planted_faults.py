"""The five faults of the example: each changes papers of a sound chain, or adds some."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.tracing.example.example_stages import CHAINS, HIDDEN_GIN, HIDDEN_OWNER
from entrepot.tracing.example.invented_parties import Party, party
from entrepot.tracing.example.made_chain import invoice
from entrepot.tracing.example.made_papers import NOTE, Planted, day, facility, told
from entrepot.tracing.example.sale import Lot, Sale
from entrepot.tracing.example.spelt_names import in_bank

if TYPE_CHECKING:
    from collections.abc import Iterable

    from entrepot.tracing.example.made_chain import Made

    Row = dict[str, str]

_MORE = 2.4  # a spinner says to have made so much more yarn than it did: more than any lint gives
_WHOLE, _PART = 100, 50  # per cent: one holding holds the mill by half, the listed owner holds each holding whole
_SMALL = 20  # per cent, of a holding in the twin


def plant(made: Made) -> None:
    """Plant all five."""
    _impossible_mass(made)
    _sold_twice(made)
    _renamed(made)
    _through_khorgos(made)
    _owned(made, _PART // 2, is_planted=True)


def owned_soundly(made: Made) -> None:
    """The same owners with a stake that blocks nobody, for the twin without faults."""
    _owned(made, _SMALL, is_planted=False)


def _impossible_mass(made: Made) -> None:
    """A step of spinning makes more yarn than its lint can give; what is sold on is told likewise."""
    rows = made.papers.rows
    step = made.drawn.one([r for r in rows["production"] if r["material"] == "ring-spun yarn" and r["act"] == "made"])
    of_step = [r for r in rows["production"] if r["document"] == step["document"] and r["act"] == "made"]
    for row in of_step:
        row["quantity"] = told(float(row["quantity"]) * _MORE)
    lots = {r["lot"] for r in of_step}
    for row in rows["links"]:
        if row["lot"] in lots:
            row["quantity"] = told(float(row["quantity"]) * _MORE)
    for row in rows["shipments"]:
        if row["lot"] in lots:
            row["net_weight"] = told(float(row["net_weight"]) * _MORE)
    words = f"{step['maker']} says in {step['document']} that it made {_MORE:g} times the yarn that its lint gave"
    shows = "supply balance: more_made_than_possible"
    made.papers.planted.append(Planted("impossible mass", (step["document"],), words, shows))


def _sold_twice(made: Made) -> None:
    """A lot of fabric that went whole to one garment maker is invoiced whole to a second."""
    by_lot: dict[str, list[Row]] = {}
    for row in made.papers.rows["links"]:
        if row["material"] == "poplin":
            by_lot.setdefault(row["lot"], []).append(row)
    sold = made.drawn.one([some[0] for some in by_lot.values() if len(some) == 1])
    others = sorted({r["buyer"] for r in made.papers.rows["links"] if r["material"] == "poplin"} - {sold["buyer"]})
    again = made.papers.add("links", sold | {"buyer": made.drawn.one(others), "document": made.papers.number("INV")})
    papers = (sold["document"], again["document"])
    words = f"{sold['supplier']} sells lot {sold['lot']} whole to {sold['buyer']} and to {again['buyer']}"
    made.papers.planted.append(Planted("lot sold twice", papers, words, "supply balance: supplied_twice"))


def _renamed(made: Made) -> None:
    """A seller of buttons goes on under another name at its address: later invoices and payments bear the new one."""
    sold = [r for r in made.papers.rows["links"] if r["material"] == "buttons"]
    old = max(sorted({r["supplier"] for r in sold}), key=lambda name: sum(r["supplier"] == name for r in sold))
    rows = sorted((r for r in sold if r["supplier"] == old), key=lambda r: r["date"])
    new = party(made.drawn, made.names, "Haberdashery", rows[0]["supplier_country"]).name
    later = {r["document"] for r in rows[len(rows) // 2 :]}
    # One buyer of before comes again after, so that good and buyer are the same.
    again = made.papers.add(
        "links", rows[0] | {"supplier": new, "date": day(130), "document": made.papers.number("INV")}
    )
    for row in rows:
        if row["document"] in later:
            row["supplier"], row["date"] = new, day(125)
    for paid in made.papers.rows["payments"]:
        if paid["invoice"] in later:
            paid["payee"] = in_bank(new)
    words = f"{old} goes on as {new} at the same address"
    papers = (rows[0]["document"], again["document"])
    made.papers.planted.append(Planted("supplier renamed", papers, words, "supply balance: renamed_supplier"))


def _through_khorgos(made: Made) -> None:
    """Lint of a listed gin is bought by a trader at Khorgos and sold on, days later, as lint of Kazakhstan."""
    stage = CHAINS["cotton"][1]
    gin = Party(HIDDEN_GIN[0], "China", HIDDEN_GIN[1], "ginning", f"{HIDDEN_GIN[1]}, China", is_invented=False)
    name = next(made.names)
    address = f"{name} Street 1, Khorgos Eastern Gates, Kazakhstan"
    trader = Party(f"{name} Trading LLP", "Kazakhstan", "Khorgos", "trading", address)
    for one in (gin, trader):
        facility(made.papers, one)
    spinners = sorted({r["buyer"] for r in made.papers.rows["links"] if r["product"] == "ring-spun yarn"})
    mill = made.drawn.one([p for p in spinners if p.endswith("A.S.")])
    number, amount = made.papers.number("CL-LOT"), 21 * 1000.0
    lot = Lot(number, stage, gin, gin, amount, 60)
    bought = invoice(made, Sale(lot, trader, stage.good, 66, ("t", 1000)))
    taken = Party(mill, "Türkiye", "", "", "")
    sold = invoice(made, Sale(lot._replace(holder=trader), taken, "ring-spun yarn", 71, ("kg", 1)))
    told_of = _declarations(made, (bought, sold))
    told_of[0]["crossing"], told_of[1]["crossing"] = "Khorgos", "Aktau"
    told_of[1]["origin"] = "Kazakhstan"
    words = f"lot {number} of {gin.name} crosses at Khorgos and is declared again, five days later, as of Kazakhstan"
    documents = (bought["document"], sold["document"], *(r["document"] for r in told_of))
    shows = "supply balance: origin_otherwise; trace: the path leads to it"
    made.papers.planted.append(Planted("transshipment", documents, words, shows))


def _declarations(made: Made, invoices: Iterable[Row]) -> list[Row]:
    named = [r["document"] for r in invoices]
    return [r for r in made.papers.rows["shipments"] if r["invoice"] in named]


def _owned(made: Made, share: int, *, is_planted: bool) -> None:
    """A mill whose holdings are both a listed owner's: neither chain reaches half of it, both together do."""
    mills = sorted({r["maker"] for r in made.papers.rows["production"] if r["material"] == "poplin"
                    and r["act"] == "made"})  # fmt: skip
    mill = made.drawn.one(mills)
    holdings = [f"{next(made.names)} Holding Ltd." for _ in range(2)]
    documents = []
    for holding in holdings:
        for owner, owned, percent in ((HIDDEN_OWNER, holding, _WHOLE), (holding, mill, share)):
            documents.append(made.papers.number("REG"))
            made.papers.add(
                "owners",
                {
                    "owner": owner, "owned": owned, "interest": "shares", "share": str(percent), "from": day(-700),
                    "document": documents[-1], "note": NOTE,
                },
            )  # fmt: skip
    if is_planted:
        words = f"{HIDDEN_OWNER} holds {mill} by half, through {' and '.join(holdings)}"
        shows = "trace --all --with-ownership: the mill is named"
        made.papers.planted.append(Planted("owned by half", tuple(documents), words, shows))
