"""Short ways to read one sentence in a test."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from entrepot.claims.read import sentence_claims

if TYPE_CHECKING:
    from entrepot.claims.model import Claim

PUBLISHED = date(2025, 3, 14)


def language(text: str) -> str:
    """The language of an invented sentence, by its script."""
    if re.search(r"[\u4e00-\u9fff]", text):
        return "zh"
    return "ru" if re.search(r"[а-яё]", text) else "en"


def claims(text: str, published: date | None = PUBLISHED) -> list[Claim]:
    """Everything read in the sentence, unread figures too."""
    return sentence_claims(text, language(text), published)


def values(text: str) -> list[tuple[float | None, str | None]]:
    """Value and unit of what was read."""
    return [(c.value, c.unit) for c in claims(text) if c.unread_reason is None]


def reasons(text: str) -> list[str]:
    """Why figures were not read."""
    return [c.unread_reason for c in claims(text) if c.unread_reason is not None]
