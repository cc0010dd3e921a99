"""What is planted, where and how large: frozen, with the seed, so that a run can be redone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from entrepot.core.errors import BadInputError

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Confounders:
    """How many of each kind are put in; none of them is diversion.

    Attributes:
        boom: products whose trade grows or shrinks everywhere.
        hub_boom: places all of whose trade grows.
        recoding: products a part of which goes to the next code in all flows.
        price_swing: products whose prices swing while quantities stay.
        missing: places that do not report one period (of monthly flows: two).
        cut: products whose direct leg falls and the loss goes nowhere.
        new_market: products whose loss is sold to another place for good.
        own_capacity: products whose loss is filled by another place's own goods.
        both: products where one and the same place does both of these; flows alone cannot tell it from diversion.
    """

    boom: int = 2
    hub_boom: int = 1
    recoding: int = 1
    price_swing: int = 1
    missing: int = 1
    cut: int = 2
    new_market: int = 2
    own_capacity: int = 2
    both: int = 0


NO_CONFOUNDERS = Confounders(0, 0, 0, 0, 0, 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Options:
    """What is planted.

    Attributes:
        origin, destination: the direct leg, as the panel codes them.
        since: first period after the measure, as the panel writes it.
        seed: draws are the same for all sizes, so that curves over sizes compare like with like.
        share: part of the direct leg that passes the hub.
        cut: part of the direct leg that is lost besides and goes nowhere.
        products: number of products diverted, each through one hub.
        aim: products that are diverted before others are; among them the order is drawn.
        hubs: places that may be hubs; empty: all but origin and destination.
        hub_most: hubs are those whose two legs each carried at most this part of the direct leg before; where none is
            so small, the smallest. None: any.
        delay: most periods until the hub is used; drawn from 0 to this for each product.
        phase: most periods until all of the share is moved; drawn from 1 to this.
        misdeclared: part of the diverted products that are declared wrongly.
        wrong_part: part of the goods under another code, or of the value left out, where they are.
        output_known: part of the places whose own output is known.
        confounders: what else happens.
    """

    origin: str
    destination: str
    since: str
    seed: int = 0
    share: float = 0.2
    cut: float = 0.1
    products: int = 4
    aim: tuple[str, ...] = ()
    hubs: tuple[str, ...] = ()
    hub_most: float | None = None
    delay: int = 0
    phase: int = 1
    misdeclared: float = 0.0
    wrong_part: float = 0.3
    output_known: float = 0.5
    confounders: Confounders = field(default_factory=Confounders)

    def __post_init__(self) -> None:
        for name in ("share", "cut", "misdeclared", "wrong_part", "output_known"):
            value = getattr(self, name)
            if not 0 <= value <= 1:
                raise BadInputError(f"{name} is no share", found=str(value), allowed="0 to 1")
        if self.share + self.cut > 1:
            raise BadInputError(
                "more leaves the direct leg than there is",
                found=f"{self.share} through the hub and {self.cut} besides",
                allowed="1 together",
            )
        if self.hub_most is not None and self.hub_most < 0:
            raise BadInputError("hub_most is below zero", found=str(self.hub_most), allowed="0 or more, or none")
        if self.delay < 0 or self.phase < 1:
            raise BadInputError(
                "delay or phase is out of range",
                found=f"{self.delay} and {self.phase} periods",
                allowed="a delay of 0 and a phase of 1 period, or more",
            )


@dataclass(frozen=True, slots=True, eq=False)
class Planted:
    """Flows with something in them, and the truth about it.

    Attributes:
        flows: under the contract `trade_flows`.
        without: the same flows and confounders without what the measure moved: what would have been.
        truth: under PLANTED.
        output: under `HUB_OUTPUT`.
    """

    flows: pa.Table
    without: pa.Table
    truth: pa.Table
    output: pa.Table
