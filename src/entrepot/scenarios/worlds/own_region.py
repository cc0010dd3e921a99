"""A region of a country as an economy of its own: its shares of the country, and a split that keeps every total."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from entrepot.core.errors import BadInputError, UnknownNameError
from entrepot.core.tables.packaged import packaged_rows
from entrepot.core.words.translate import tr
from entrepot.scenarios.equilibrium.world import World, checked
from entrepot.scenarios.worlds.contract import OWN_REGIONS, REGION_EVIDENCE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from entrepot.core.tables.packaged import Row
    from entrepot.scenarios.worlds.embedded_world import Baseline

    Array = NDArray[np.float64]
    # Gives the number to use of the lowest, the likeliest and the highest.
    Pick = Callable[[float, float, float], float]

# How much of what it could buy of itself a region does, beyond its share of the country; no source says, so half way.
HOME = 0.5


@dataclass(frozen=True, slots=True)
class Region:
    """A region of which shares are printed.

    Attributes:
        code: ISO 3166-2.
        name: its name.
        country: the economy that it is cut out of.
        rest: how that economy is called then.
    """

    code: str
    name: str
    country: str
    rest: str


def own_region(code: str = "") -> Region:
    """A region of which shares are printed.

    Args:
        code: ISO 3166-2; empty for the only one that there is.

    Raises:
        UnknownNameError: no shares of such a region are known, or several are and none is named.
    """
    known = {r["region"]: Region(r["region"], r["name"], r["country"], r["rest"]) for r in packaged_rows(OWN_REGIONS)}
    if not code and len(known) == 1:
        return next(iter(known.values()))
    if code not in known:
        raise UnknownNameError(tr("region with shares of its own"), code, known)
    return known[code]


def likeliest(_low: float, share: float, _high: float) -> float:
    """The likeliest of each figure."""
    return share


def drawn(chance: np.random.Generator) -> Pick:
    """One draw of each figure, from the triangle over its low, likeliest and high."""
    return lambda low, share, high: float(chance.triangular(low, share, high)) if low < high else share


def region_shares(world: World, region: Region, pick: Pick = likeliest) -> Array:
    """(J,) a region's share of its country's output, sector by sector.

    Goods whose share is printed are counted by their weight in the sector. What is left of the sectors of a group has
    one share, which makes the group's value added what is printed: where the goods alone exceed that, it is 0.

    Args:
        world: holds the country; its sectors are those of the packaged world.
        region: the region.
        pick: which figure of low, likeliest and high is used; `drawn` for draws.

    Raises:
        UnknownNameError: a sector that no group holds, or a world without the country.
    """
    rows = [r for r in packaged_rows(REGION_EVIDENCE) if r["region"] == region.code]
    groups = [r for r in rows if r["use"] == "group"]
    told = {s for r in groups for s in r["sectors"]}
    for sector in world.sectors:
        if sector not in told:
            raise UnknownNameError(tr("sector of which {name}'s share is known", name=region.name), sector, told)
    c = _at(world, region)
    earned = dict(zip(world.sectors, (world.value_added_shares * world.output)[:, c].tolist(), strict=True))
    parts = [(r["sectors"][0], _weight(r, pick), _share(r, pick)) for r in rows if r["use"] == "part"]
    found: dict[str, float] = {}
    for group in groups:
        inside = {s: earned[s] for s in group["sectors"] if s in earned}
        found |= _group(inside, parts, _share(group, pick)) if inside else {}
    return np.array([found[s] for s in world.sectors])


def _group(earned: Mapping[str, float], parts: Sequence[tuple[str, float, float]], share: float) -> dict[str, float]:
    """The shares of a group's sectors, of which value added and the share of the whole group are known."""
    known = {s: sum(weight * printed for of, weight, printed in parts if of == s) for s in earned}
    left = {s: 1 - sum(weight for of, weight, _ in parts if of == s) for s in earned}
    missing = share * sum(earned.values()) - sum(earned[s] * known[s] for s in earned)
    rest = max(missing, 0.0) / sum(earned[s] * left[s] for s in earned)
    return {s: known[s] + left[s] * rest for s in earned}


def _at(world: World, region: Region) -> int:
    if region.country not in world.economies:
        raise UnknownNameError(tr("economy"), region.country, world.economies)
    return world.economies.index(region.country)


def split(world: World, region: Region, shares: Array, *, home: float = HOME) -> World:
    """The world with a region cut out of its country; together they buy, sell and make what the country did.

    Each sector of the region has the country's technology, buys of everybody in the country's proportions and sells
    abroad in them; final buyers' spending follows value added. Of what the country sells itself the region buys of
    itself its share of purchases times its share of sales (`home` 0), as much as both allow (`home` 1), or between.

    Args:
        world: the world.
        region: what to cut out.
        shares: (J,) its share of the country's output, 0 to 1.
        home: from 0 to 1.

    Returns:
        The world with the region as its last economy; the country keeps its code and is what is left.

    Raises:
        UnknownNameError: the country is not in the world.
        BadInputError: a share outside 0 to 1, or a region that makes nothing or all.
    """
    c = _at(world, region)
    made = world.value_added_shares[:, c] * world.output[:, c] * shares
    part = float(made.sum() / world.value_added[c])
    if not ((shares >= 0) & (shares <= 1)).all() or not 0 < part < 1 or not 0 <= home <= 1:
        raise BadInputError(
            tr("shares of {name} of which no region can be made", name=region.name),
            found=", ".join(f"{s} {v:g}" for s, v in zip(world.sectors, shares, strict=True))
            + tr("; home {home:g}", home=home),
            allowed=tr("each from 0 to 1, not all 0 and not all 1; home from 0 to 1"),
        )
    used = np.einsum("kj,j->k", world.bought_inputs[c], shares * world.output[:, c])
    spent = used + part * world.final[:, c] * world.income[c]
    bought = np.divide(spent, world.spending[:, c], out=np.zeros_like(spent), where=world.spending[:, c] > 0)
    return checked(_cut(world, region, c, (shares, np.minimum(bought, 1), home)))


def with_region(baseline: Baseline, code: str = "", *, pick: Pick = likeliest, home: float = HOME) -> Baseline:
    """A baseline with a region as an economy of its own, its shares as `region_shares` finds them.

    Args:
        baseline: holds the country.
        code: of the region, as `own_region` takes it.
        pick: which figure of low, likeliest and high is used; `drawn` for draws.
        home: as `split` takes it.

    Raises:
        UnknownNameError, BadInputError: as `own_region`, `region_shares` and `split` say.
    """
    region = own_region(code)
    world = split(baseline.world, region, region_shares(baseline.world, region, pick), home=home)
    names: Mapping[str, str] = {**baseline.economies, region.country: region.rest, region.code: region.name}
    note = tr(
        "{name} is cut out of {economies} by shares of its output; whom it sells to and whom it buys of "
        "is in the country's proportions, and how much it buys of itself is assumed.",
        name=region.name,
        economies=baseline.economies[region.country],
    )
    return replace(baseline, world=world, economies=names, notes=(*baseline.notes, note))


def _cut(world: World, region: Region, c: int, parts: tuple[Array, Array, float]) -> World:
    """The split itself; `parts` are shares of sales, shares of purchases and the bent to buy at home."""
    sold, bought, home = parts
    n = len(world.economies)
    paid = np.pad(world.spending[:, :, None] * world.shares, ((0, 0), (0, 1), (0, 1)))
    inner = paid[:, c, c].copy()
    paid[:, :, n] = paid[:, :, c] * sold[:, None]
    paid[:, :, c] -= paid[:, :, n]
    paid[:, n, :] = paid[:, c, :] * bought[:, None]
    paid[:, c, :] -= paid[:, n, :]
    own = inner * (bought * sold + home * (np.minimum(bought, sold) - bought * sold))
    paid[:, n, n], paid[:, n, c] = own, inner * bought - own
    paid[:, c, n] = inner * sold - own
    paid[:, c, c] = inner - own - paid[:, n, c] - paid[:, c, n]
    paid = np.maximum(paid, 0)
    spending = paid.sum(axis=2)
    again = [*range(n), c]
    shares = np.divide(paid, spending[:, :, None], out=np.zeros_like(paid), where=spending[:, :, None] > 0)
    return World(
        (*world.economies, region.code), world.sectors, shares, spending, world.tariffs[:, again][:, :, again],
        world.value_added_shares[:, again], world.inputs[again], world.final[:, again], world.elasticities,
    )  # fmt: skip


def _share(row: Row, pick: Pick) -> float:
    return pick(row["low"], row["share"], row["high"]) / 100


def _weight(row: Row, pick: Pick) -> float:
    return pick(row["weight_low"], row["weight"], row["weight_high"]) / 100
