"""Whether a number is by how much something changed (rising by 3 billion, up 3 billion, 增加5亿元) and no level."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from entrepot.claims.lexicon import Hits

_OF = re.compile(r"\s?of\s?", re.IGNORECASE)
_BY = re.compile(r"(?:^|\s)(?:by|на)\s?$", re.IGNORECASE)
_BREAK = re.compile(r"[,;:()，；：、（）。]")
_REACH = 60  # characters: "rose in the first eleven months of 2024 by"
_BOUNDS = re.compile(r"\b(?:almost|nearly|about|some|over|more than|around|почти|около|более)\b", re.IGNORECASE)


def by_how_much(text: str, hits: Hits, start: int) -> bool:
    """Whether a word of change before `start` takes the number there as its amount.

    The word says how, in the column `amount` of `changes.csv`: after "by" in its clause or "of" beside it; bare, as a
    verb takes it (rose 3 billion); or never (more than 3 billion).

    Args:
        text: the sentence.
        hits: its words.
        start: where the number, or the bound before it, begins.
    """
    change = hits.before("changes.change", start, within=_REACH)
    if change is None or change.row["amount"] == "none" or hits.before("changes.result", start, within=0):
        return False
    if any(s.start <= change.start and change.end <= s.end for s in hits.of("signals.share")):
        return False  # made up 3 billion
    between = _BOUNDS.sub("", text[change.end : start])
    if change.row["amount"] == "bare" and not between.strip():
        return True
    return _OF.fullmatch(between) is not None or (_BY.search(between) is not None and not _BREAK.search(between))
