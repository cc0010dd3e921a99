"""Whether a figure is fresh enough to say how something moves on the day of a brief: one rule, that of the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.brief.answer.answer_rule import rule
from entrepot.core import periods
from entrepot.core.words.translate import marked

if TYPE_CHECKING:
    from datetime import date

    from entrepot.core.findings import Finding

WORDS = marked("year and a half")  # the threshold `fresh` of the rule, for sentences; a test holds it


def fresh(day: date, finding: Finding) -> bool:
    """Whether the period of a figure ends late enough before the day to speak of it.

    Args:
        day: the day of the brief.
        finding: any; one without a period is not fresh.
    """
    if not finding.period_end:
        return False
    return (day - periods.last_day(finding.period_end)).days <= rule().threshold("fresh")
