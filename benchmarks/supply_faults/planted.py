"""Chains with a fault each, of sixteen kinds, among sound ones. What is planted is told by kind and papers."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from supply_faults.papers import CHAINS, Batch, Firm, Papers, Row, firm, grown, processed, sold

if TYPE_CHECKING:
    from collections.abc import Callable

_BEGIN = date(2024, 1, 10)


class Run:
    """One chain from the first stage to the last, with its papers marked as they are made."""

    def __init__(self, papers: Papers, chance: Random, taken: set[str]) -> None:
        self.papers, self.chance, self.taken = papers, chance, taken
        self.chain = chance.choice(tuple(CHAINS))
        self.firms = [self.firm() for _ in range(len(CHAINS[self.chain]) + 1)]
        self.weights: list[tuple[str, float]] = []
        self.at = _BEGIN + timedelta(days=chance.randint(0, 300))

    def firm(self) -> Firm:
        """A further firm."""
        return firm(self.chance, self.chain, self.taken)

    def first(self) -> Batch:
        """The first lot, in the hands of the first maker."""
        begun = grown(self.papers, self.chance, self.chain, self.at, self.firms[0])
        got, _ = sold(self.papers, self.chance, begun, self.firms[1])
        self.weights.append((got.lot, got.weight))
        return got

    def whole(self) -> list[Batch]:
        """A sound chain to its end: the lots that its steps made."""
        made = []
        batch = self.first()
        for stage in range(1, len(CHAINS[self.chain])):
            inputs = [batch]
            if self.chance.random() < 0.4:  # a second lot goes in
                other = grown(self.papers, self.chance, self.chain, self.at, self.firms[0]) if stage == 1 else None
                if other is not None:
                    inputs.append(sold(self.papers, self.chance, other, self.firms[1])[0])
            batch, _ = processed(self.papers, self.chance, self.chain, stage, inputs)
            made.append(batch)
            batch, _ = sold(self.papers, self.chance, batch, self.firms[stage + 1])
        return made


def _best(run: Run) -> float:
    """The share of its input that the best run of the first step leaves, by this file's figures."""
    share = CHAINS[run.chain][1][1]
    assert share is not None
    return share[1]


def _step(run: Run) -> tuple[Batch, list[Row]]:
    return processed(run.papers, run.chance, run.chain, 1, [run.first()])


def _scaled(row: Row, by: float) -> None:
    row["quantity"] = f"{float(str(row['quantity'])) * by:.1f}"


def _inflated(run: Run) -> list[object]:
    """More than the best run of this file gives of what went in, by three tenths to the whole."""
    got = run.first()
    made, rows = processed(run.papers, run.chance, run.chain, 1, [got])
    best = _best(run) * got.weight
    for row in (r for r in rows if r["act"] == "made"):
        _scaled(row, best / made.weight * run.chance.uniform(1.3, 2.0))
    return [r["document"] for r in rows]


def _vanished(run: Run) -> list[object]:
    _, rows = _step(run)
    for row in (r for r in rows if r["act"] == "made"):
        _scaled(row, run.chance.uniform(0.3, 0.5))
    return [r["document"] for r in rows]


def _used_early(run: Run) -> list[object]:
    made, _ = _step(run)
    got, _ = sold(run.papers, run.chance, made, run.firms[2])
    early = made.made - timedelta(days=run.chance.randint(5, 60))
    record = run.papers.number("BR")
    run.papers.production.append({
        "maker": got.holder.name, "act": "used", "step": run.papers.number("PO"), "lot": made.lot,
        "material": made.material, "quantity": f"{got.weight * 0.5:.0f}", "unit": "kg", "date": early.isoformat(),
        "document": record, "origin": "", "maker_id": f"ID {got.holder.address}",
    })  # fmt: skip
    return [record, made.record]


def _shipped_early(run: Run) -> list[object]:
    made, _ = _step(run)
    _, invoice = sold(run.papers, run.chance, made, run.firms[2])
    early = (made.made - timedelta(days=run.chance.randint(40, 90))).isoformat()
    for row in run.papers.links:
        if row["document"] == invoice:
            row["date"] = early
    return [invoice, made.record]


def _sold_twice(run: Run) -> list[object]:
    made, _ = _step(run)
    weight = made.weight * run.chance.uniform(0.75, 0.95)
    invoices = [sold(run.papers, run.chance, made, who, weight)[1] for who in (run.firms[2], run.firm())]
    return [*invoices, made.record]


def _used_twice(run: Run) -> list[object]:
    got = run.first()
    records: list[object] = []
    for _ in range(2):
        _, rows = processed(run.papers, run.chance, run.chain, 1, [got])
        used = next(r for r in rows if r["act"] == "used")
        records.append(used["document"])
        used["quantity"], used["unit"] = f"{got.weight * 0.9:.0f}", "kg"
    return records


def _one_number(run: Run) -> list[object]:
    made, _ = _step(run)
    weight = made.weight * 0.4
    _, invoice = sold(run.papers, run.chance, made, run.firms[2], weight)
    _, other = sold(run.papers, run.chance, made, run.firm(), weight)
    for rows in (run.papers.links, run.papers.shipments, run.papers.payments):
        for row in rows:
            for column in ("document", "invoice"):
                if row.get(column) == other:
                    row[column] = invoice
    return [invoice]


def _customs(run: Run) -> list[object]:
    made, _ = _step(run)
    run.firms[2].country = next(c for c in ("Brazil", "India") if c != made.holder.country)
    _, invoice = sold(run.papers, run.chance, made, run.firms[2])
    rows = [r for r in run.papers.shipments if r["invoice"] == invoice]
    for row in rows:
        row["net_weight"] = f"{float(str(row['net_weight'])) * run.chance.uniform(2.5, 4):.0f}"
    return [invoice, *(r["document"] for r in rows)]


def _origin(run: Run) -> list[object]:
    made, _ = _step(run)
    run.firms[2].country = next(c for c in ("Brazil", "India") if c != made.holder.country)
    _, invoice = sold(run.papers, run.chance, made, run.firms[2])
    rows = [r for r in run.papers.shipments if r["invoice"] == invoice]
    for row in rows:
        row["origin"] = "Malaysia"
    return [invoice, *(r["document"] for r in rows)]


def _payments(run: Run) -> tuple[str, list[Row]]:
    made, _ = _step(run)
    _, invoice = sold(run.papers, run.chance, made, run.firms[2])
    return invoice, [r for r in run.papers.payments if r["invoice"] == invoice]


def _paid_more(run: Run) -> list[object]:
    invoice, rows = _payments(run)
    value = sum(float(str(r["value"])) for r in run.papers.links if r["document"] == invoice)
    rows[0]["value"] = f"{value * run.chance.uniform(1.1, 2):.2f}"
    return [invoice, *(r["document"] for r in rows)]


def _paid_third(run: Run) -> list[object]:
    invoice, rows = _payments(run)
    other = run.firm()
    for row in rows:
        row["payee"], row["payee_id"] = other.name, f"ID {other.address}"
    return [invoice, *(r["document"] for r in rows)]


def _paid_nothing(run: Run) -> list[object]:
    _, rows = _payments(run)
    for row in rows:
        row["invoice"] = f"{row['invoice']}X"
    return [r["document"] for r in rows]


def _renamed(run: Run) -> list[object]:
    maker, buyer = run.firms[1], run.firms[2]
    before = []
    got = run.first()
    for _ in range(2):
        made, _ = processed(run.papers, run.chance, run.chain, 1, [got])
        got = Batch(got.lot, got.material, got.weight * 0.01, got.made, got.holder, got.record, got.origin)
        before.append((made, sold(run.papers, run.chance, made, buyer)[1]))
    name = run.firm().name
    last = max(str(r["date"]) for r in run.papers.links if r["document"] == before[0][1])
    for row in run.papers.links:
        if row["document"] == before[1][1]:
            row["supplier"] = name
            row["date"] = (date.fromisoformat(f"{last[:7]}-28") + timedelta(days=30)).isoformat()
    del maker
    return [i for _, i in before]


def _circle(run: Run) -> list[object]:
    first, rows = _step(run)
    second, others = processed(run.papers, run.chance, run.chain, 1, [first])
    used = next(r for r in rows if r["act"] == "used")
    records = [used["document"], others[0]["document"]]
    run.papers.production.append(
        {**used, "lot": second.lot, "material": second.material, "quantity": "1", "unit": "kg",
         "date": second.made.isoformat()}
    )  # fmt: skip
    return records


def _spread(run: Run) -> list[object]:
    """Each record is silent on quantities, and the two invoices cannot both be true."""
    made, rows = _step(run)
    used = next(r for r in rows if r["act"] == "used")
    bought = [r["document"] for r in run.papers.links if r["lot"] == used["lot"]]
    for row in (*rows, *(r for r in run.papers.production if r["lot"] == used["lot"])):
        row["quantity"] = row["unit"] = ""
    weight = sum(w for lot, w in run.weights if lot == used["lot"]) * _best(run)
    _, invoice = sold(run.papers, run.chance, made, run.firms[2], weight * run.chance.uniform(1.6, 2.4))
    return [*bought, invoice]


def _resold(run: Run) -> list[object]:
    """Of a maker without records of making: it sold more than what it bought can give."""
    got, material = run.first(), CHAINS[run.chain][1][0]
    bought = {r["document"] for r in run.papers.links if r["lot"] == got.lot}
    for row in run.papers.links:
        if row["document"] in bought:
            row["product"], row["lot"] = material, ""
    weight = got.weight * _best(run) * run.chance.uniform(2.6, 3.5)
    made = Batch("", material, weight, got.made + timedelta(days=9), got.holder, "", got.origin)
    _, invoice = sold(run.papers, run.chance, made, run.firms[2], weight)
    return [*bought, invoice]


KINDS: dict[str, Callable[[Run], list[object]]] = {
    "inflated output": _inflated,
    "vanished input": _vanished,
    "used before made": _used_early,
    "shipped before made": _shipped_early,
    "lot sold twice": _sold_twice,
    "lot used twice": _used_twice,
    "one number, two invoices": _one_number,
    "customs told otherwise": _customs,
    "origin told otherwise": _origin,
    "paid too much": _paid_more,
    "paid to a third": _paid_third,
    "paid for no invoice": _paid_nothing,
    "supplier renamed": _renamed,
    "lot made of itself": _circle,
    "papers that only together are wrong": _spread,
    "sold more than bought": _resold,
}


def inflated_by(seed: int, size: float, each: int) -> Papers:
    """Papers of steps that are said to have made so many times what they made."""
    papers, chance, taken = Papers(), Random(seed), set[str]()
    for _ in range(each):
        _, rows = _step(Run(papers, chance, taken))
        for row in (r for r in rows if r["act"] == "made"):
            _scaled(row, size)
        papers.planted.append(("inflated output", frozenset(str(r["document"]) for r in rows)))
    return papers


def made(seed: int, sound: int = 60, each: int = 6, *, clean: bool = False) -> Papers:
    """Papers of sound chains, and of each kind of fault some.

    Args:
        seed: what is drawn hangs on it alone.
        sound: chains without a fault.
        each: chains of each kind of fault.
        clean: the twin: as many chains, none with a fault.
    """
    papers, chance, taken = Papers(), Random(seed), set[str]()
    for _ in range(sound + (each * len(KINDS) if clean else 0)):
        Run(papers, chance, taken).whole()
    for kind, plant in () if clean else KINDS.items():
        for _ in range(each):
            documents = plant(Run(papers, chance, taken))
            papers.planted.append((kind, frozenset(str(d) for d in documents if d)))
    # Rows of a maker carry its number, as the sales do.
    number = {r["supplier"]: r["supplier_id"] for r in papers.links} | {r["buyer"]: r["buyer_id"] for r in papers.links}
    for row in papers.production:
        row.setdefault("maker_id", number.get(row["maker"], f"ID {row['maker']}"))
    return papers
