"""The chain of a shipment against that of another, step by step: what is the same, what is not, and in what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from entrepot.tracing.dossier.numbered_papers import Numbered
    from entrepot.tracing.dossier.shipment_chain import Chain, Step
    from entrepot.tracing.dossier.supplies import Good

SAME, ADDED, GONE, OTHER_INPUTS = "same", "added", "gone", "other_inputs"


@dataclass(frozen=True, slots=True, eq=False)
class ComparedStep:
    """A step of either chain.

    Attributes:
        step: of this chain; None where only the other has it.
        other: of the other chain; None where only this one has it.
        state: SAME, ADDED, GONE, OTHER_INPUTS.
        more, fewer: steps into it that only this chain, or only the other, has.
        records, other_records: its papers in each.
    """

    step: Step | None
    other: Step | None
    state: str
    more: tuple[str, ...]
    fewer: tuple[str, ...]
    records: tuple[str, ...]
    other_records: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """Two chains held against each other.

    Attributes:
        name: of the other shipment.
        steps: of this chain in order, then those that only the other has.
        buyers: who takes each, where that is not one; else empty.
    """

    name: str
    steps: tuple[ComparedStep, ...]
    buyers: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """Whether nothing differs."""
        return not self.buyers and all(s.state == SAME for s in self.steps)


def compared_chains(this: tuple[Chain, Numbered], other: tuple[Chain, Numbered]) -> Compared:
    """Hold a chain against another.

    Args:
        this: the chain of the shipment, and its papers.
        other: those of the shipment that it is compared with.
    """
    own, theirs = ({s.key: s for s in c.steps} for c, _ in (this, other))
    names = {k: f"{s.party}, {s.goods}" if s.goods else s.party for k, s in (theirs | own).items()}
    found = [_step(own.get(key), theirs.get(key), names, this[1], other[1]) for key in [*own, *(theirs.keys() - own)]]
    found[len(own) :] = sorted(found[len(own) :], key=lambda s: s.other.number if s.other else 0)
    buyers = [{str(s.first["buyer"]) for s in c.shipped} for c, _ in (this, other)]
    return Compared(other[0].name, tuple(found), tuple(sorted(buyers[0] | buyers[1])) if buyers[0] != buyers[1] else ())


def _step(
    own: Step | None, other: Step | None, names: dict[Good, str], papers: Numbered, others: Numbered
) -> ComparedStep:
    above, before = ({s.made_by for s in step.inputs} if step else set() for step in (own, other))
    if own is None or other is None:
        state, more, fewer = GONE if own is None else ADDED, set(), set()
    else:
        more, fewer = above - before, before - above
        state = OTHER_INPUTS if more or fewer else SAME
    return ComparedStep(
        own,
        other,
        state,
        tuple(sorted(names[k] for k in more)),
        tuple(sorted(names[k] for k in fewer)),
        _records(own, papers),
        _records(other, others),
    )


def _records(step: Step | None, papers: Numbered) -> tuple[str, ...]:
    if step is None:
        return ()
    return tuple(f"{p.number} {p.paper.name}" for p in papers.of_step(step.number) if p.paper.name)
