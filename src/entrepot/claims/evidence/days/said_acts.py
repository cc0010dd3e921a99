"""What a sentence says to have been done on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.claims.text.acts import acts, near

if TYPE_CHECKING:
    from entrepot.claims.evidence.case import Case
    from entrepot.claims.text.acts import Acts

_TERMS = frozenset({"days", "months"})  # units of what comes so much later than another day
_SINCE = " 起"  # what may stand behind a day that opens its sentence
_LED = 32  # characters of a day that opens its sentence, with what leads to it


def said_acts(case: Case) -> Acts:
    """What is said to have been done on the day, in its clause; where that is the day alone, in the next."""
    told, (first, last) = case.told, case.told.clause
    text = told.line.sentence.text
    if first == 0 and case.seen.end <= _LED and not text[case.seen.end : last].strip(_SINCE) and last < len(text):
        last = told.line.sentence.clause(last + 1, last + 2)[1]  # on 15 January 2025, the department added
    days = [(d.start, d.end) for d in told.line.dates if first <= d.start < last]
    days += [(s.start, s.end) for s in told.line.seen if s.unit in _TERMS and first <= s.start < last]  # 180 days later
    return near(acts(told.line.sentence.hits, first, last), (case.seen.start, case.seen.end), days)
