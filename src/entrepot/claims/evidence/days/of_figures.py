"""A date that no row has by itself, beside a figure of then: it is the row's that bears the figure out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.claims.evidence.case import Related
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from entrepot.claims.evidence.told import Told
    from entrepot.claims.mentions.seen import Seen

_STATED = "stated"  # a period that the figure's own clause says


def with_its_figure(seen: Seen, beside: Iterable[tuple[Told, Related | None]]) -> Related | None:
    """How a date stands that says of when a figure of its sentence is: from 2028 those with 3,000 employees.

    Args:
        seen: the date.
        beside: the figures of its sentence, each with how it stands.
    """
    if seen.base or seen.aside or seen.first is None or seen.last is None:
        return None
    for told, how in beside:
        if how is None or how.verdict != "agrees" or how.rows or told.period != seen.period or told.basis != _STATED:
            continue
        first = how.offers[0].entry.first
        if how.offers[0].met.period == "met" and first is not None and seen.first <= first <= seen.last:
            return Related("with_its_figure", "agrees", how.offers[:1], tr("As the figure that is said to be of then."))
    return None
