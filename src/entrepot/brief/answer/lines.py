"""Lines of a test as they tell of a day, and sentences joined into one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from entrepot.core import periods
from entrepot.core.words.translate import WordsBy

if TYPE_CHECKING:
    from datetime import date

    from entrepot.brief.answer.answer_rule import Rule
    from entrepot.brief.report import Line

VERBS = WordsBy(
    {
        "up": "rose to",
        "down": "fell to",
        "level": "stayed near",
        "not_known": "stood at",
    }
)
_TURNED = {"up": "down", "down": "up"}


def aged(line: Line, rule: Rule, day: date, began: date | None = None, ended: date | None = None) -> Line:
    """The line as it tells of a day: too old to point, or old and in doubt; turned where a rise speaks for a fall.

    Args:
        line: of a test.
        rule: of the answer.
        day: of the brief.
        began: the day since when the measure may have worked; what ended before it tells nothing of that.
        ended: the last day on which it can have worked, where all of it has ended by the day of the brief; what began
            after it tells nothing of it either.
    """
    if not line.until:
        return line
    days = (day - periods.last_day(line.until)).days
    if days > rule.threshold("stale"):
        return replace(line, direction="not_known", unknown="too_old")
    if began is not None and periods.last_day(line.until) < began <= day:
        return replace(line, direction="not_known", unknown="before")
    begun = line.figures[-1].period_start if line.figures else None  # of the freshest figure
    if ended is not None and periods.first_day(str(begun or line.until)) > ended:
        return replace(line, direction="not_known", unknown="after")
    doubts = line.doubts | {"old"} if days > rule.threshold("fresh") else line.doubts
    way = _TURNED.get(line.direction, line.direction) if line.look.is_reversed else line.direction
    return replace(line, doubts=doubts, direction=way)
