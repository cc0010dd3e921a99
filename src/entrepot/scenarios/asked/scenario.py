"""A scenario: who acts on whom, by which instrument, from when, and what is assumed. See docs/design/54-simulate.md."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from entrepot.core.words.translate import marked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from entrepot.scenarios.asked.way_round import Cap, WayRound

IMPORT_BAN, EXPORT_BAN, TARIFF, LICENCE, SECONDARY = (
    marked("import ban"), marked("export ban"), "tariff", "licence", marked("secondary sanction"),
)  # fmt: skip
INSTRUMENTS = (IMPORT_BAN, EXPORT_BAN, TARIFF, LICENCE, SECONDARY)
ALL = "all"  # everybody who stands on neither side, or every sector
HELD, CLOSED, GROWING = "held", "closed", "growing"
DEFICITS = {
    HELD: marked("Deficits stay what they are in shares of the world's value added."),
    CLOSED: marked("Deficits are closed before the measure, and stay closed."),
    GROWING: marked("Deficits grow with what an economy earns."),
}


@dataclass(frozen=True, slots=True)
class Act:
    """One instrument of a scenario.

    Attributes:
        id: its name in the file, or its number.
        by: economies that act.
        on: economies that it is aimed at; of a secondary sanction the hubs.
        sectors: whose goods; empty: all.
        instrument: of INSTRUMENTS.
        rate: of a tariff, or of a licence as a tariff that yields nothing, as a share of the value.
        passes: share of the flow that still passes at the prices of before: of a ban its leakage, of a licence what is
            let through; 1 where the rate says it.
        between: the lowest and the highest share that is thought possible; both alike where it is taken as known.
        content: the goods of others are hit too, in proportion to the value of the input from `on` in them.
    """

    id: str
    by: tuple[str, ...]
    on: tuple[str, ...]
    sectors: tuple[str, ...]
    instrument: str
    rate: float = 0.0
    passes: float = 1.0
    between: tuple[float, float] = (1.0, 1.0)
    content: bool = False

    @property
    def is_spread(self) -> bool:
        """Whether what passes is not taken as known."""
        return self.between[0] < self.between[1]


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is asked.

    Attributes:
        id: short name.
        title: one line.
        says: what it stands for, and what it leaves out.
        hypothesis: why it is no measure as it stands; empty: it is one.
        start: from when, as a partial date; the model knows no time.
        acts: instruments.
        home: economies that take part in nothing, not even in a global embargo: the state that a region belongs to.
        elasticities: sector -> trade elasticity in place of the world's.
        spread: standard deviation of the logarithm of elasticities that the file gives; None: the world's.
        deficits: of DEFICITS.
        source: what it rests on, as the file says it.
        measure: id of the measure of the record that it stands for; empty: none.
        ways: by which what is held back may go round.
        caps: what ways hold.
        dispersion: how alike forwarders find the ways; 0 where there are none.
        dispersion_between: the lowest and the highest that is thought possible.
        region: the code of the region that it names, which is cut out of its country then; empty: none.
    """

    id: str
    title: str
    says: str
    hypothesis: str
    start: str
    acts: tuple[Act, ...]
    home: tuple[str, ...] = ()
    elasticities: Mapping[str, float] = field(default_factory=dict)
    spread: float | None = None
    deficits: str = HELD
    source: str = ""
    measure: str = ""
    ways: tuple[WayRound, ...] = ()
    caps: tuple[Cap, ...] = ()
    dispersion: float = 0.0
    dispersion_between: tuple[float, float] = (0.0, 0.0)
    region: str = ""

    @property
    def coalition(self) -> tuple[str, ...]:
        """Those who act, each once."""
        return tuple(dict.fromkeys(one for act in self.acts for one in act.by))

    @property
    def target(self) -> tuple[str, ...]:
        """Those acted on, without hubs; only hubs where there is nobody else."""
        return tuple(dict.fromkeys(one for act in self.aimed for one in act.on))

    @property
    def aimed(self) -> tuple[Act, ...]:
        """The acts on the target: without secondary sanctions, unless there are no others."""
        return tuple(act for act in self.acts if act.instrument != SECONDARY) or self.acts

    @property
    def on_both_sides(self) -> tuple[str, ...]:
        """Those who act and are acted on, as where one side answers the other: no two sides can be told apart."""
        return tuple(one for one in self.target if one in self.coalition)

    @property
    def hubs(self) -> tuple[str, ...]:
        """Those under secondary sanctions."""
        named = dict.fromkeys(one for act in self.acts if act.instrument == SECONDARY for one in act.on)
        return tuple(one for one in named if one not in self.target)

    @property
    def aside(self) -> tuple[str, ...]:
        """Those of whom nobody asks whether they would join: coalition, target, hubs and home."""
        return (*self.coalition, *self.target, *self.hubs, *self.home)


def pairs(act: Act) -> list[tuple[str, str]]:
    """Sellers with the buyers that an act touches; nobody's sales at home are among them."""
    sellers, buyers = (act.by, act.on) if act.instrument == EXPORT_BAN else (act.on, act.by)
    return [(seller, buyer) for seller in sellers for buyer in buyers if seller != buyer]


def with_passing(scenario: Scenario, passes: Mapping[str, float]) -> Scenario:
    """The scenario with other shares that pass.

    Args:
        scenario: any.
        passes: id of an act -> share.
    """
    return replace(scenario, acts=tuple(replace(a, passes=passes.get(a.id, a.passes)) for a in scenario.acts))


def with_costs(scenario: Scenario, costs: Mapping[str, float]) -> Scenario:
    """The scenario with other costs of ways round. `costs`: id of a way -> share of the value."""
    return replace(scenario, ways=tuple(replace(w, cost=costs.get(w.id, w.cost)) for w in scenario.ways))


def with_room(scenario: Scenario, amounts: Mapping[str, float], worth: Mapping[str, float]) -> Scenario:
    """The scenario with other capacities.

    Args:
        scenario: any.
        amounts: id of a capacity -> its amount.
        worth: id of a capacity -> million USD in a unit of what crosses.
    """
    caps = [replace(c, amount=amounts.get(c.id, c.amount), worth=worth.get(c.id, c.worth)) for c in scenario.caps]
    return replace(scenario, caps=tuple(caps))


def joined(scenario: Scenario, one: str) -> Scenario:
    """The scenario with one economy more in the coalition, in each act."""
    return replace(scenario, acts=tuple(replace(act, by=(*act.by, one)) for act in scenario.acts))


def embargo(scenario: Scenario, by: tuple[str, ...] = ()) -> Scenario:
    """All trade of each who acts with whom it acts on ended, in both directions, with no leak and no way round.

    It goes by acts, not by all who act times all acted on: of two measures the one's target is not cut off from who
    takes the other, and where one side answers the other nobody is cut off from itself. Who sanctions hubs alone ends
    its trade with the target.

    Args:
        scenario: whose acts they are.
        by: further economies, which end theirs with the whole target.
    """
    sides = [(act.by, act.on if act in scenario.aimed else scenario.target) for act in scenario.acts]
    acts = [
        Act(f"{kind} {n}", some, others, (), kind, passes=0.0, between=(0.0, 0.0))
        for n, (some, others) in enumerate([*sides, *([(by, scenario.target)] if by else [])], 1)
        for kind in (IMPORT_BAN, EXPORT_BAN)
    ]
    return replace(scenario, acts=tuple(acts), ways=(), caps=())
