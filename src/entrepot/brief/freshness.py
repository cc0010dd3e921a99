"""Whether a figure is fresh enough to say how something moves on the day of a brief."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core import periods

if TYPE_CHECKING:
    from datetime import date

    from entrepot.core.findings import Finding

# Months from the last day of a figure's period. Offices print a year within one to three months of its end, and the
# next a year later: what is older than a year and a half has missed a print, and says nothing of the day.
FRESH_MONTHS = 18
WORDS = "year and a half"  # FRESH_MONTHS, for sentences


def fresh(day: date, finding: Finding) -> bool:
    """Whether the period of a figure ends late enough before the day to speak of it.

    Args:
        day: the day of the brief.
        finding: any; one without a period is not fresh.
    """
    if not finding.period_end:
        return False
    end = periods.last_day(finding.period_end)
    months = 12 * (day.year - end.year) + day.month - end.month - (day.day < end.day)
    return months < FRESH_MONTHS
