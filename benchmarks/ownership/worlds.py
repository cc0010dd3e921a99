"""Invented worlds of ownership: companies with up to some owners each, and one long chain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from entrepot.core.contract import arrow_schema
from entrepot.ownership.contract import OWNERSHIP_LINKS
from entrepot.ownership.listed_owners import Tie
from entrepot.ownership.owned_parties import OwnedParties
from entrepot.ownership.ownership_rules import rule_on
from entrepot.ownership.stake import PERCENT, WHOLE
from entrepot.ownership.verdicts.verdicts import Asked

if TYPE_CHECKING:
    from entrepot.ownership.method.stake_graph import Ints, Places

_UNKNOWN = 0.1  # of stakes are not known, and as many are bands: as many as registers leave open is not on record


@dataclass(frozen=True, slots=True)
class World:
    """Links as arrays, and the listed parties."""

    count: int
    owner: Places
    owned: Ints
    low: Ints
    high: Ints
    listed: Ints


def random_world(companies: int, links: int, seed: int = 7) -> World:
    """Links between parties drawn at random; the shares of a company add up to the whole or less.

    Most companies have one owner who holds nearly all, so that a block runs far: what is timed is a hard case, not a
    usual one.
    """
    rng = np.random.default_rng(seed)
    owner = rng.integers(0, companies, links).astype(np.int32)
    owned = np.sort(rng.integers(0, companies, links))
    keep = owner != owned
    owner, owned = owner[keep], owned[keep]
    weight = rng.exponential(1.0, len(owner))
    weight[rng.random(len(owner)) < 0.4] *= 200  # of several owners one mostly holds most
    share = weight / np.bincount(owned, weight, companies)[owned]
    low = np.floor(share * 100).astype(np.int64) * PERCENT
    high = low.copy()
    kind = rng.random(len(owner))
    low[kind < 2 * _UNKNOWN] //= 2
    low[kind < _UNKNOWN], high[kind < _UNKNOWN] = 0, WHOLE
    listed = rng.choice(companies, companies // 50, replace=False).astype(np.int64)
    return World(companies, owner, owned, low, high, listed)


def chain_world(companies: int) -> World:
    """One chain: each party owns all of the next, and the first is listed."""
    owner = np.arange(companies - 1, dtype=np.int32)
    whole = np.full(companies - 1, WHOLE, dtype=np.int64)
    return World(companies, owner, owner.astype(np.int64) + 1, whole, whole, np.zeros(1, dtype=np.int64))


def asked(world: World) -> Asked:
    """The question who of a world falls under OFAC's rule, its links as a file would give them."""
    links, day = len(world.owner), date(2026, 1, 1)
    ids = [f"p:{i}" for i in range(world.count)]
    ends = {"low_percent": world.low / PERCENT, "high_percent": world.high / PERCENT}
    empty = dict.fromkeys(("said", "valid_from", "valid_to"), [None] * links)
    said = {
        "file_id": ["o-world"] * links,
        "nth": range(1, links + 1),
        "row": range(links),
        "owner_id": [ids[i] for i in world.owner.tolist()],
        "owned_id": [ids[i] for i in world.owned.tolist()],
        "interest": ["shares"] * links,
        **{k: v.tolist() for k, v in ends.items()},
        **empty,
    }
    table = pa.table({k: list(v) for k, v in said.items()}, schema=arrow_schema(OWNERSHIP_LINKS))
    kinds, owner = ["company"] * world.count, world.owner.astype(np.int64)
    held = OwnedParties(ids, [f"Firm {i}" for i in range(world.count)], kinds, {}, table, owner, world.owned)
    ties = {int(i): (Tie(f"e{i}", "own-l", f"Firm {i}", "by its entry", True, ("X",)),) for i in world.listed}
    return Asked(held, ties, rule_on("ofac-50", day), day)
