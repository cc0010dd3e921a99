"""The kinds of episode: what differs from the usual one."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Kind:
    """What an episode is like; the figures are round ones, chosen before any scan was run over it.

    Attributes:
        places, products: how many there are.
        per_year: periods a year: 4 or 1.
        before, after: periods on either side of the day.
        noise: standard deviation of what moves one flow in one period, in logarithms.
        share: part of the direct flow that goes through a hub.
        cut: part of it that is lost besides.
        hubs: least and most of what each leg of a hub carried before, as a part of the direct flow.
        origins: places that lose the destination at once; the scan is asked of the first.
        diverted: products that go through a hub, each through one of its own.
        buyers: places that buy more of every product that is touched, and keep it.
        kept: part of the direct flow that each of these buys.
        sellers: places that sell the destination more of every product that is touched, of their own making.
        only_origin: whether nobody but the origin reports.
    """

    places: int = 20
    products: int = 8
    per_year: int = 4
    before: int = 20
    after: int = 10
    noise: float = 0.4
    share: float = 0.5
    cut: float = 0.1
    hubs: tuple[float, float] = (0.05, 0.5)
    origins: int = 1
    diverted: int = 4
    buyers: int = 0
    kept: float = 0.15
    sellers: int = 0
    only_origin: bool = False


USUAL = Kind()
KINDS = {
    "small hubs": USUAL,
    "large hubs": replace(USUAL, hubs=(0.5, 1.0)),
    "very large hubs": replace(USUAL, hubs=(0.5, 3.0)),
    "one fifth": replace(USUAL, share=0.2),
    "noise .7": replace(USUAL, noise=0.7),
    "yearly": replace(USUAL, per_year=1, before=8, after=3),
    "eight origins": replace(USUAL, places=28, origins=8),
    "buyers who keep": replace(USUAL, buyers=2, sellers=2),
    "only the origin": replace(USUAL, buyers=2, only_origin=True),
    "nothing moves": replace(USUAL, share=0.0, cut=0.0, diverted=0),
}
