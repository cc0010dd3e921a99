"""Invented papers for the balance: chains of cotton in which all goes together, but for one maker in a thousand.

Twenty firms hang together by their lots, five at each of four stages; each that buys has six or seven deliveries, five
for each firm of the chain, each with an invoice that hands over a lot and a payment, and one record of making. A
planted maker says three times what its input can give.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from entrepot.core.contract import arrow_schema
from entrepot.tracing.balance.yields import stage, yield_between
from entrepot.tracing.contract import SUPPLY_FILES, SUPPLY_LINKS
from entrepot.tracing.supply.contract import SUPPLY_LOTS, SUPPLY_PAYMENTS
from entrepot.tracing.supply.kept_supply import KEPT

if TYPE_CHECKING:
    from pathlib import Path

    from entrepot.core.contract import Contract

_GOODS = ("seed cotton", "cotton lint", "cotton yarn", "cotton fabric")
_TOGETHER = 20  # firms whose lots hang together
_BOUGHT = (6, 7, 7)  # deliveries to each that buys, by stage
_AT_ONCE = 20_000  # firms whose papers are made at a time
_PLANTED = 1_000  # of makers one in so many says too much
_START = 1_000.0  # tonnes that a farm has
_MONTHS = ("2024-01-10", "2024-02-10", "2024-03-10", "2024-04-10")


def keep_papers(parties: int, store: Path, seed: int = 7) -> int:
    """Keep the papers in a store, as a load of files keeps them; how many makers say too much.

    Args:
        parties: how many firms.
        store: the folder of the store.
        seed: of the draw.
    """
    planted, rng, gives = 0, np.random.default_rng(seed), [_middle(a, b) for a, b in pairwise(_GOODS)]
    for begin in range(0, parties, _AT_ONCE):
        told = defaultdict[str, list[dict[str, Any]]](list)
        firms = range(begin, min(begin + _AT_ONCE, parties), _TOGETHER)
        planted += sum(_chain(told, first, rng, gives) for first in firms)
        for contract in (SUPPLY_LINKS, SUPPLY_LOTS, SUPPLY_PAYMENTS):
            _keep(store, f"supply-{begin:07d}-{contract.name}", contract, told[contract.name])
    return planted


def _keep(store: Path, file_id: str, contract: Contract, rows: list[dict[str, Any]]) -> None:
    """Keep rows as a file, as a load does."""
    made = pa.Table.from_pylist([{**r, "file_id": file_id} for r in rows], arrow_schema(contract))
    count = len(rows)
    file = {
        "file_id": file_id, "file": f"{file_id}.csv", "kind": "links", "sha256": "0" * 64,
        "loaded_at": "2026-01-01T00:00:00Z", "read": count, "taken": count, "links": count, "refused": 0, "notes": [],
    }  # fmt: skip
    held = {SUPPLY_FILES.name: pa.Table.from_pylist([file], arrow_schema(SUPPLY_FILES)), contract.name: made}
    KEPT.put(store, file_id, [held.get(c.name, arrow_schema(c).empty_table()) for c in KEPT.tables])


def _middle(before: str, after: str) -> float:
    found = yield_between(stage(before) or "", stage(after) or "")
    if found is None:
        raise ValueError(f"no yield from {before} to {after}")
    return (found.low + found.high) / 2


def _chain(told: dict[str, list[dict[str, Any]]], first: int, rng: np.random.Generator, gives: list[float]) -> int:
    """The papers of firms whose lots hang together; how many of them say too much."""
    each, planted = _TOGETHER // len(_GOODS), 0
    has = dict.fromkeys(range(each), _START)
    for tier in range(len(_GOODS)):
        for farm in range(each) if tier == 0 else ():
            told["supply_lots"].append(_lot(told, "made", (first + farm, tier), _START))
        if tier + 1 == len(_GOODS):
            break
        sellers = rng.integers(0, each, (each, _BOUGHT[tier]))
        sold = np.bincount(sellers.ravel(), minlength=each)
        got: dict[int, float] = {}
        for buyer, some in enumerate(sellers.tolist()):
            firm = (first + (tier + 1) * each + buyer, tier + 1)
            amounts = [round(has.get(s, 0.0) / int(sold[s]), 3) for s in some]
            for seller, amount in zip(some, amounts, strict=True):
                _sale(told, (first + tier * each + seller, tier), firm, amount)
            output = round(sum(amounts) * gives[tier], 3)
            is_wrong = (first + buyer + tier) % _PLANTED == 0
            planted += is_wrong
            told["supply_lots"].append(_lot(told, "made", firm, output * (3 if is_wrong else 1)))
            got[buyer] = output
        has = got
    return planted


def _lot(told: dict[str, list[dict[str, Any]]], act: str, firm: tuple[int, int], amount: float) -> dict[str, Any]:
    number, tier = firm
    return {
        "row": len(told["supply_lots"]) + 2, "entry": 1, "act": act, "lot": f"L-{number}",
        "party_id": f"p:{number}", "party": f"Firm {number}", "step": f"S-{number}", "buyer_id": None, "buyer": None,
        "material": _GOODS[tier], "quantity": amount, "unit": "t", "date": _MONTHS[tier], "document": f"R-{number}",
        "origin": None, "event_id": None,
    }  # fmt: skip


def _sale(
    told: dict[str, list[dict[str, Any]]], seller: tuple[int, int], buyer: tuple[int, int], amount: float
) -> None:
    """An invoice with its lot, the use of it, and its payment."""
    document, value = f"INV-{buyer[0]}-{len(told['supply_links'])}", round(amount * 2_000, 2)
    handed = _lot(told, "supplied", seller, amount)
    to = {"buyer_id": f"p:{buyer[0]}", "buyer": f"Firm {buyer[0]}"}
    told["supply_lots"].append({**handed, **to, "step": None, "document": document})
    told["supply_lots"].append(
        {**_lot(told, "used", buyer, amount), "lot": handed["lot"], "material": handed["material"]}
    )
    told["supply_links"].append({
        "row": len(told["supply_links"]) + 2, "supplier_id": handed["party_id"],
        "supplier": handed["party"], "supplier_address": None, "supplier_country": None, **to,
        "material": handed["material"], "product": _GOODS[buyer[1]], "quantity": amount, "unit": "t", "value": value,
        "currency": "USD", "low_percent": None, "high_percent": None, "date": handed["date"], "document": document,
        "origin": None,
    })  # fmt: skip
    told["supply_payments"].append({
        "row": len(told["supply_payments"]) + 2, "payer_id": to["buyer_id"], "payer": to["buyer"],
        "payee_id": handed["party_id"], "payee": handed["party"], "value": value, "currency": "USD",
        "invoice": document, "date": handed["date"], "document": f"PAY-{document}",
    })  # fmt: skip
