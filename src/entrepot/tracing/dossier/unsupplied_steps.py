"""Inputs of the steps of a chain that nobody is on record as supplying."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from entrepot.tracing.balance.books import folded, place
from entrepot.tracing.balance.unsupplied_inputs import input_said

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from entrepot.tracing.balance.unsupplied_inputs import Unsupplied
    from entrepot.tracing.dossier.shipment_chain import Chain, Step


def unsupplied_of(
    chain: Chain, inputs: Sequence[Unsupplied], origins: Mapping[str, str]
) -> tuple[tuple[int, Unsupplied], ...]:
    """The inputs that went into a step of a chain, or that its bill of material names, with its number.

    Of a step above which nothing is known only those count whose own row names the region: that the rest is not known
    is said of the step.

    Args:
        chain: of a shipment.
        inputs: all that nobody is on record as supplying.
        origins: where each origin that a row names lies.
    """
    return tuple(
        (step.number, one)
        for step in chain.steps
        for one in inputs
        if one.maker_id == step.key.party_id
        and _is_in(step, one)
        and (not step.is_raw or origins.get(str(one.row.get("origin") or "")) == "region")
    )


def _is_in(step: Step, one: Unsupplied) -> bool:
    if one.is_used and step.making:
        return one.place in {(*place(r), r["entry"]) for r in step.making}
    if step.hands_on:
        return False
    return not one.products or not step.key.good or step.key.good in {folded(p) for p in one.products}


def in_words(some: Sequence[tuple[int, Unsupplied]]) -> dict[int, list[str]]:
    """By number of the step its inputs, in words.

    Args:
        some: inputs with the number of their step.
    """
    found: dict[int, list[str]] = defaultdict(list)
    for number, one in some:
        found[number].append(input_said(one))
    return dict(found)
