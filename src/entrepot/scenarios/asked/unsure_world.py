"""The world that a scenario is asked of, with what is known of it and how surely."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

from entrepot.core.words.translate import in_english, marked, tr
from entrepot.scenarios.asked.named_codes import Codes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from entrepot.scenarios.asked.scenario import Scenario
    from entrepot.scenarios.equilibrium.world import World
    from entrepot.scenarios.worlds.embedded_world import Baseline

    Array = NDArray[np.float64]

BEGINS = marked("The world is of")  # how the sentence on its source begins
_OF = marked("The world is of {year}: {source}.")
_WHOLE = marked(
    "Every economy stands whole: the scenario names no region that could be cut out of one, which is {name} ({code}) "
    "alone, since of no other region shares are on record."
)


@dataclass(frozen=True, eq=False)
class UnsureWorld:
    """A world and its doubts.

    Attributes:
        world: in equilibrium, in million USD.
        names: of economies and sectors, by code.
        spreads: (J,) standard deviation of the logarithm of each trade elasticity.
        year: of the trade in it.
        known: what its tables are, with their source, one sentence each.
        packaged: its sectors with a trade elasticity of the package.
        given: those with one that the user gave, which is taken as known.
        assumed: what is imputed or assumed in it, one sentence each.
        absent: code -> name of economies that it does not have, and that one may look for.
        parts: code -> the economy that holds it together with others.
        nobody: codes that are no one who could act, such as the rest of a table.
        region: the code of what was cut out of an economy; empty: nothing.
        at: the world under other shares of the region, from lowest (0) to highest (1), and another bent to buy at home
            (0 to 1); None where nothing was cut out.
        whole: the world without that cut, for scenarios that do not name the region; None where nothing was cut out.
    """

    world: World
    names: Mapping[str, str]
    spreads: Array
    year: str
    known: tuple[str, ...] = ()
    packaged: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
    absent: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)
    nobody: tuple[str, ...] = ()
    region: str = ""
    at: Callable[[float, float], World] | None = None
    whole: UnsureWorld | None = None

    @property
    def codes(self) -> Codes:
        """What a scenario may name."""
        return Codes(self.world.economies, self.world.sectors, self.absent, self.region, self.parts)

    def asked_by(self, scenario: Scenario) -> UnsureWorld:
        """The world that a scenario is asked of: with the region cut out where it names it, else whole."""
        return self if scenario.region or self.whole is None else self.whole

    def named(self, code: str) -> str:
        """What a code stands for; the code where it is not told."""
        return self.names.get(code, code)

    def listed(self, code: str) -> str:
        """What a code stands for where no scenario says yet whether the region is cut out."""
        return self.named(code) if self.whole is None else self.whole.names.get(code, self.named(code))


@in_english
def default_unsure_world() -> UnsureWorld:
    """The world that lies in the package, with its region an economy of its own, the last; and the same whole."""
    from entrepot.scenarios.worlds.embedded_world import default_world
    from entrepot.scenarios.worlds.own_region import own_region, with_region

    region, given = own_region(), default_world()
    uncut = tr(_WHOLE, name=region.name, code=region.code)
    whole = replace(_of_baseline(given), assumed=(*given.notes, uncut))
    cut = _of_baseline(with_region(given))
    return replace(cut, region=region.code, at=_under_shares, whole=whole)


def _of_baseline(given: Baseline) -> UnsureWorld:
    return UnsureWorld(
        given.world,
        {**given.economies, **given.sectors},
        spreads_of(given.world.sectors),
        str(given.year),
        known=(_OF.format(year=given.year, source=given.source),),
        packaged=given.world.sectors,
        assumed=given.notes,
        absent=given.absent,
        parts={part: whole for whole, parts in given.members.items() for part in parts},
        nobody=("REST",),
    )


def spreads_of(sectors: Sequence[str]) -> Array:
    """(J,) standard deviations of the logarithms of the packaged trade elasticities of these sectors."""
    from entrepot.scenarios.worlds.trade_elasticities import trade_elasticities

    thetas = trade_elasticities()
    errors = np.array([thetas[s].error / thetas[s].value for s in sectors])
    out: Array = np.sqrt(np.log1p(errors**2))
    return out


def _under_shares(chance: float, home: float) -> World:
    """The packaged world, each printed share of the region where a draw lies below it with this chance."""
    from entrepot.scenarios.worlds.embedded_world import default_world
    from entrepot.scenarios.worlds.own_region import with_region

    return with_region(default_world(), pick=partial(_quantile, chance), home=home).world


def _quantile(chance: float, low: float, likeliest: float, high: float) -> float:
    """Of the triangle over low, likeliest and high."""
    if low >= high:
        return likeliest
    turn = (likeliest - low) / (high - low)
    if chance <= turn:
        return low + sqrt(chance * (high - low) * (likeliest - low))
    return high - sqrt((1 - chance) * (high - low) * (high - likeliest))
