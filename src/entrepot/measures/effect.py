"""From when, and until when, a measure could move trade."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from entrepot.core.errors import BadInputError
from entrepot.core.periods import first_day, last_day
from entrepot.core.words.translate import tr
from entrepot.measures.measure import measure

if TYPE_CHECKING:
    from datetime import date

    from entrepot.measures.act import Measure, Part


def took_effect(named: str | Measure) -> date:
    """The first day of the first provision on goods, else of any part that touches somebody.

    Args:
        named: the measure, its id, or a file of one's own.

    A start that is known by month or year counts as its first day. What the parts rest on is none of them, nor is a
    provision on goods of other countries than the measure's own.

    Raises:
        UnknownNameError: no such measure.
        BadInputError: no part of it has a known start.
    """
    act = measure(named)
    starts = [p.start for p in _moving(act) if p.start]
    if not starts:
        raise BadInputError(tr("the start of the measure is not known"), found=act.id, remedy=tr("Give --since."))
    return min(first_day(s) for s in starts)


def ended(named: str | Measure) -> date | None:
    """The last day of the last of the parts that `took_effect` asks; None where one of them is open, or none is known.

    An end that is known by month or year counts as its last day, and a suspension as an end.

    Args:
        named: the measure, its id, or a file of one's own.

    Raises:
        UnknownNameError: no such measure.
    """
    ends = [p.end for p in _moving(measure(named))]
    known = [last_day(e) for e in ends if e]
    return max(known) if known and len(known) == len(ends) else None


def first_form(act: Measure, part: Part) -> Part | None:
    """The first of the parts that a part took over from, each on the day after the one before it had ended.

    Both have goods in common, and all those of one are goods of the other: a duty whose rate rises is such a part, and
    to date it by its present rate would be to say that nobody paid before. None where it took over from nothing.

    Args:
        act: the measure.
        part: one of its parts.
    """
    found, goods = None, _prefixes(part)
    while before := next((p for p in act.provisions if _ends_before(p, found or part) and _nested(p, goods)), None):
        found, goods = before, _prefixes(before)
    return found


def _prefixes(part: Part) -> frozenset[str]:
    return frozenset(one.prefix for one in part.hs)


def _nested(part: Part, goods: frozenset[str]) -> bool:
    own = _prefixes(part)
    return bool(own and goods) and (own <= goods or goods <= own)


def _ends_before(part: Part, later: Part) -> bool:
    if part.end is None or later.start is None:
        return False
    return last_day(part.end) + timedelta(days=1) == first_day(later.start)


def _moving(act: Measure) -> tuple[Part, ...]:
    """The parts on goods of the measure's own countries, else all that touches somebody."""
    own = [p for p in act.touching if not act.countries or set(p.countries) & set(act.countries)]
    on_goods = tuple(p for p in own if p.goods in ("all", "listed"))
    return on_goods or (*act.touching, *act.sectors)
