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
_OBSERVED = "observations"  # table of totals, which count up to a day


def with_its_figure(seen: Seen, beside: Iterable[tuple[Told, Related | None]]) -> Related | None:
    """How a date stands that says of when a figure of its sentence is: from 2028 those with 3,000 employees.

    A day is that up to which the total counts; on the day of an act something else may have been done too.

    Args:
        seen: the date.
        beside: the figures of its sentence, each with how it stands.
    """
    if seen.base or seen.aside or seen.first is None or seen.last is None:
        return None
    is_day = seen.first == seen.last
    for told, how in beside:
        if how is None or how.verdict != "agrees" or how.rows:
            continue
        entry, met = how.offers[0].entry, how.offers[0].met
        total = is_day and entry.table == _OBSERVED and entry.last == seen.last != entry.first
        whole = not is_day and told.period == seen.period and told.basis == _STATED and met.period == "met"
        if total or (whole and entry.first is not None and seen.first <= entry.first <= seen.last):
            return Related("with_its_figure", "agrees", how.offers[:1], tr("As the figure that is said to be of then."))
    return None
