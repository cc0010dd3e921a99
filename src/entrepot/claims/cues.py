"""Small words that steer the reader ("respectively", "the region", 其中), as expressions made of `data/cues.csv`."""

from __future__ import annotations

import re
from functools import cache

from entrepot.claims.wordlists import rows


@cache
def cue(name: str) -> re.Pattern[str]:
    """The words of one cue, of all languages; a blank is white space or a hyphen, `*` any ending.

    Args:
        name: as in the column `cue`.

    Raises:
        KeyError: the table has no such cue.
    """
    words = [row["word"] for row in rows("cues") if row["cue"] == name]
    if not words:
        raise KeyError(name)
    return re.compile("|".join(map(_expression, sorted(words, key=len, reverse=True))), re.IGNORECASE)


def _expression(word: str) -> str:
    """A word with its borders; characters of Chinese have none."""
    body = re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"[\s\-–]+")
    head = r"\b" if word[0].isalnum() and word[0] < "一" else ""
    tail = r"\b" if word[-1].isalnum() and word[-1] < "一" else ""
    return head + body + tail
