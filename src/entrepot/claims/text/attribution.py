"""Who says so, as printed, and the other patterns of `data/patterns.csv`; one speaker a sentence."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from entrepot.claims.wordlists import rows


@cache
def patterns(means: str, language: str = "*") -> tuple[re.Pattern[str], ...]:
    """The patterns of a meaning in a language."""
    return tuple(re.compile(r["pattern"]) for r in rows("patterns") if (r["means"], r["language"]) == (means, language))


@lru_cache(maxsize=16)  # each figure of a sentence asks
def speaker(text: str, language: str) -> str | None:
    """Who says so: an exact substring of the sentence; None where nobody is named."""
    found = (m for pattern in patterns("speaker", language) for m in pattern.finditer(text))
    return next((name.strip() for m in found for name in m.groups() if name and name.strip()), None)
