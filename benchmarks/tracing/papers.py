"""Invented papers for the balance: chains of cotton in which all goes together, but for one maker in a thousand.

Twenty firms hang together by their lots, five at each of four stages; each that buys has five deliveries, each with an
invoice that hands over a lot and a payment, and one record of making. A planted maker says three times what its input
can give.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import Any

import numpy as np

from entrepot.tracing.balance.books import Books
from entrepot.tracing.balance.yields import stage, yield_between

_GOODS = ("seed cotton", "cotton lint", "cotton yarn", "cotton fabric")
_TOGETHER = 20  # firms whose lots hang together
_BOUGHT = 5  # deliveries to each that buys
_PLANTED = 1_000  # of makers one in so many says too much
_START = 1_000.0  # tonnes that a farm has
_MONTHS = ("2024-01-10", "2024-02-10", "2024-03-10", "2024-04-10")


def books(parties: int, seed: int = 7) -> tuple[Books, int]:
    """The papers, and how many makers say too much.

    Args:
        parties: how many firms.
        seed: of the draw.
    """
    rng, told = np.random.default_rng(seed), defaultdict[str, list[dict[str, Any]]](list)
    gives = [_middle(a, b) for a, b in pairwise(_GOODS)]
    planted = sum(_chain(told, first, rng, gives) for first in range(0, parties, _TOGETHER))
    return Books(told["links"], [], told["lots"], [], told["payments"], [], {"supply-a": "papers.csv"}), planted


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
            told["lots"].append(_lot(told, "made", (first + farm, tier), _START))
        if tier + 1 == len(_GOODS):
            break
        sellers = rng.integers(0, each, (each, _BOUGHT))
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
            told["lots"].append(_lot(told, "made", firm, output * (3 if is_wrong else 1)))
            got[buyer] = output
        has = got
    return planted


def _lot(told: dict[str, list[dict[str, Any]]], act: str, firm: tuple[int, int], amount: float) -> dict[str, Any]:
    number, tier = firm
    return {
        "file_id": "supply-a", "row": len(told["lots"]) + 2, "entry": 1, "act": act, "lot": f"L-{number}",
        "party_id": f"p:{number}", "party": f"Firm {number}", "step": f"S-{number}", "buyer_id": None, "buyer": None,
        "material": _GOODS[tier], "quantity": amount, "unit": "t", "date": _MONTHS[tier], "document": f"R-{number}",
        "origin": None, "event_id": None,
    }  # fmt: skip


def _sale(
    told: dict[str, list[dict[str, Any]]], seller: tuple[int, int], buyer: tuple[int, int], amount: float
) -> None:
    """An invoice with its lot, the use of it, and its payment."""
    document, value = f"INV-{len(told['links'])}", round(amount * 2_000, 2)
    handed = _lot(told, "supplied", seller, amount)
    to = {"buyer_id": f"p:{buyer[0]}", "buyer": f"Firm {buyer[0]}"}
    told["lots"].append({**handed, **to, "step": None, "document": document})
    told["lots"].append({**_lot(told, "used", buyer, amount), "lot": handed["lot"], "material": handed["material"]})
    told["links"].append({
        "file_id": "supply-b", "row": len(told["links"]) + 2, "supplier_id": handed["party_id"],
        "supplier": handed["party"], "supplier_address": None, "supplier_country": None, **to,
        "material": handed["material"], "product": _GOODS[buyer[1]], "quantity": amount, "unit": "t", "value": value,
        "currency": "USD", "low_percent": None, "high_percent": None, "date": handed["date"], "document": document,
        "origin": None,
    })  # fmt: skip
    told["payments"].append({
        "file_id": "supply-c", "row": len(told["payments"]) + 2, "payer_id": to["buyer_id"], "payer": to["buyer"],
        "payee_id": handed["party_id"], "payee": handed["party"], "value": value, "currency": "USD",
        "invoice": document, "date": handed["date"], "document": f"PAY-{document}",
    })  # fmt: skip
