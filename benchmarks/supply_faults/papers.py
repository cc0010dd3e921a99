"""Papers of invented chains: what the files of a buyer hold, sound or with a fault planted in some of them.

It knows nothing of the rules that look for faults, of their yields or tolerances: what a step gives is drawn here from
figures of its own. A sound chain has what real papers have: weights that were rounded, moisture, part deliveries,
changes of unit, payments in parts, names written in two ways, invoices of several lines.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

Row = dict[str, Any]
# Chain -> stages with the share of weight that a step of it leaves, as this file has it.
CHAINS = {
    "cotton": (("seed cotton", None), ("cotton lint", (0.34, 0.41)), ("ring-spun yarn", (0.82, 0.91)),
               ("poplin", (0.92, 0.98))),
    "solar": (("quartz", None), ("silicon metal", (0.34, 0.41)), ("polysilicon", (0.75, 0.9))),
    "aluminium": (("bauxite", None), ("alumina", (0.35, 0.48)), ("primary aluminium", (0.5, 0.525))),
    "tomato": (("fresh tomatoes", None), ("tomato paste", (0.14, 0.2))),
}  # fmt: skip
COUNTRIES = ("Brazil", "India", "Pakistan", "Viet Nam", "Turkey", "Kazakhstan", "Egypt")
_FIRST = (
    "Amber", "Birch", "Cedar", "Delta", "Elm", "Falcon", "Garnet", "Harbour", "Iris", "Juniper", "Kestrel", "Laurel",
    "Maple", "Nile", "Osprey", "Pearl", "Quince", "Raven", "Sable", "Tulip", "Umber", "Violet", "Willow", "Zinnia",
)  # fmt: skip
_SECOND = ("Hill", "Lake", "Field", "Stone", "Bridge", "Valley", "Coast", "Grove", "Ridge", "Spring", "Mill", "Harvest")
_THIRD = {"cotton": "Textiles", "solar": "Silicon", "aluminium": "Metals", "tomato": "Foods"}


@dataclass
class Papers:
    """The rows of each file, and what was planted: kind -> papers of each."""

    links: list[Row] = field(default_factory=list)
    shipments: list[Row] = field(default_factory=list)
    production: list[Row] = field(default_factory=list)
    payments: list[Row] = field(default_factory=list)
    planted: list[tuple[str, frozenset[str]]] = field(default_factory=list)
    count: int = 0

    def number(self, kind: str) -> str:
        """A number that no other paper has."""
        self.count += 1
        return f"{kind}-{self.count:06}"

    def write(self, folder: Path) -> dict[str, Path]:
        """The files, by their kind."""
        found = {}
        for kind in ("links", "shipments", "production", "payments"):
            rows: list[Row] = getattr(self, kind)
            path = found[kind] = folder / f"{kind}.csv"
            with path.open("w", encoding="utf-8", newline="") as out:
                made = csv.DictWriter(out, list(dict.fromkeys(k for r in rows for k in r)))
                made.writeheader()
                made.writerows(rows)
        return found


@dataclass
class Firm:
    """A firm that holds a stage of a chain."""

    name: str
    country: str
    address: str


@dataclass
class Batch:
    """A lot in somebody's hands: `weight` in kg as it lies on the scale."""

    lot: str
    material: str
    weight: float
    made: date
    holder: Firm
    record: str
    origin: str


def firm(chance: Random, chain: str, taken: set[str]) -> Firm:
    """A firm with a name of its own."""
    while True:  # two first words: 6,624 firms a chain, of which a run takes some hundred
        form = chance.choice(("Co., Ltd.", "Ltd", "SA"))
        name = f"{' '.join(chance.sample(_FIRST, 2))} {chance.choice(_SECOND)} {_THIRD[chain]} {form}"
        word = name.rpartition(" ")[0].replace(" Co.,", "")
        if word not in taken:
            break
    taken.add(word)
    street = f"{chance.randint(1, 400)} {chance.choice(_FIRST)} Road, {chance.choice(_SECOND)} Park {len(taken)}"
    return Firm(name, chance.choice(COUNTRIES), street)


def written(chance: Random, weight: float) -> tuple[str, str]:
    """A weight as somebody writes it: another unit, rounded, a scale that differs a little."""
    seen = weight * chance.uniform(0.99, 1.01)
    unit = chance.choice(("kg", "kg", "t", "KGM", "lb"))
    return {"t": f"{seen / 1000:.1f}", "lb": f"{seen / 0.45359237:.0f}"}.get(unit, f"{seen:.0f}"), unit


def grown(papers: Papers, chance: Random, chain: str, at: date, who: Firm) -> Batch:
    """The first lot of a chain, with the record of its harvest or mine."""
    weight, lot = chance.uniform(40_000, 400_000), papers.number("LOT")
    record = papers.number("BR")
    batch = Batch(lot, CHAINS[chain][0][0], weight, at, who, record, who.country)
    _record(papers, chance, batch, ("made", "", record))
    return batch


def _record(papers: Papers, chance: Random, batch: Batch, said: tuple[str, str, str], **other: Any) -> Row:
    act, step, record = said
    quantity, unit = written(chance, other.pop("weight", batch.weight))
    row: Row = {
        "maker": batch.holder.name, "act": act, "step": step, "lot": batch.lot, "material": batch.material,
        "quantity": quantity, "unit": unit, "date": batch.made.isoformat(), "document": record, "origin": "", **other,
    }  # fmt: skip
    papers.production.append(row)
    return row


def processed(papers: Papers, chance: Random, chain: str, stage: int, batches: list[Batch]) -> tuple[Batch, list[Row]]:
    """A step of making: what it used and made, in one record; some of the input stays in stock."""
    material, share = CHAINS[chain][stage]
    assert share is not None
    step, record, who = papers.number("PO"), papers.number("BR"), batches[0].holder
    begin = max(b.made for b in batches) + timedelta(days=chance.randint(1, 12))
    rows, weight = [], 0.0
    for batch in batches:
        used = batch.weight * chance.choice((1.0, 1.0, chance.uniform(0.6, 0.95)))
        said = ("used", step, record)
        rows.append(_record(papers, chance, batch, said, weight=used, date=begin.isoformat()))
        weight += used
    end = begin + timedelta(days=chance.randint(0, 6))
    made = Batch(papers.number("LOT"), material, weight * chance.uniform(*share), end, who, record, batches[0].origin)
    if chance.random() < 0.2:  # two shifts, one lot: the record has two lines
        half = made.weight * chance.uniform(0.4, 0.6)
        rows += [_record(papers, chance, made, ("made", step, record), weight=w) for w in (half, made.weight - half)]
    else:
        rows.append(_record(papers, chance, made, ("made", step, record)))
    return made, rows


def sold(papers: Papers, chance: Random, batch: Batch, buyer: Firm, weight: float | None = None) -> tuple[Batch, str]:
    """A sale: invoice, in one or several lines and deliveries; often a declaration; payment, whole or in parts."""
    total = batch.weight * chance.choice((1.0, chance.uniform(0.7, 0.97))) if weight is None else weight
    invoice, who = papers.number("INV"), batch.holder
    price = chance.uniform(0.4, 3.0)
    out = batch.made + timedelta(days=chance.randint(1, 20))
    parts = [total] if chance.random() < 0.7 else [total * 0.55, total * 0.45]
    value = 0.0
    for k, part in enumerate(parts):
        quantity, unit = written(chance, part)
        line = round(part * price, 2)
        value += line
        day = out + timedelta(days=k * chance.randint(0, 9))
        name = who.name if chance.random() < 0.8 else who.name.replace("Co., Ltd.", "Company Limited")
        papers.links.append({
            "supplier": name, "supplier_id": f"ID {who.address}", "supplier_address": who.address,
            "supplier_country": who.country, "buyer": buyer.name, "buyer_id": f"ID {buyer.address}",
            "material": batch.material, "product": "", "quantity": quantity, "unit": unit, "value": f"{line:.2f}",
            "currency": "USD", "date": day.isoformat() if chance.random() < 0.9 else day.isoformat()[:7],
            "document": invoice, "lot": batch.lot, "origin": batch.origin,
        })  # fmt: skip
    if who.country != buyer.country:
        _declared(papers, chance, batch, buyer, (invoice, parts, price, out))
    _paid(papers, chance, who, buyer, (invoice, value, out))
    return Batch(batch.lot, batch.material, total, out, buyer, invoice, batch.origin), invoice


def _declared(
    papers: Papers, chance: Random, batch: Batch, buyer: Firm, told: tuple[str, list[float], float, date]
) -> None:
    invoice, parts, price, out = told
    some = parts if chance.random() < 0.85 else parts[:1]  # of a part delivery the rest is yet to come
    for part in some:
        papers.shipments.append({
            "exporter": batch.holder.name, "exporter_id": f"ID {batch.holder.address}", "importer": buyer.name,
            "importer_id": f"ID {buyer.address}", "goods": batch.material,
            "net_weight": f"{part * chance.uniform(0.985, 1.015):.0f}", "value": f"{part * price:.2f}",
            "currency": "USD", "date": (out + timedelta(days=5)).isoformat(), "document": papers.number("CD"),
            "invoice": invoice, "lot": batch.lot, "origin": batch.origin,
        })  # fmt: skip


def _paid(papers: Papers, chance: Random, who: Firm, buyer: Firm, told: tuple[str, float, date]) -> None:
    invoice, value, out = told
    parts = chance.choice(((1.0,), (1.0,), (0.3, 0.7), (0.4,), (0.999,)))
    for k, part in enumerate(parts):
        papers.payments.append({
            "payer": buyer.name, "payer_id": f"ID {buyer.address}", "payee": who.name, "payee_id": f"ID {who.address}",
            "value": f"{value * part:.2f}", "currency": "USD",
            "date": (out + timedelta(days=20 + 15 * k)).isoformat(), "document": papers.number("PAY"),
            "invoice": invoice,
        })  # fmt: skip
