"""Short ways to read and hold one sentence against the record in a test."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from entrepot.claims.check import against_record
from entrepot.claims.model import Block, Report
from entrepot.claims.open import of_bytes

if TYPE_CHECKING:
    from entrepot.claims.model import Claim

PUBLISHED = date(2025, 3, 14)


def language(text: str) -> str:
    """The language of an invented sentence, by its script."""
    if re.search(r"[\u4e00-\u9fff]", text):
        return "zh"
    return "ru" if re.search(r"[а-яё]", text) else "en"


def sentence_claims(text: str, spoken: str, published: date | None) -> list[Claim]:
    """The claims of a text in one language, held against the record."""
    blocks, at = [], 0
    for line in text.split("\n"):
        blocks.append(Block(at, at + len(line), "paragraph", spoken))
        at += len(line) + 1
    return claims_of(Report(text, tuple(blocks), "text", {}, (spoken,), published, "given", {}))


def claims_of(report: Report) -> list[Claim]:
    """The claims of an opened report, held against the record."""
    return list(against_record(report, "report.txt").found)


def claims(text: str, published: date | None = PUBLISHED) -> list[Claim]:
    """Every claim of the sentence."""
    return sentence_claims(text, language(text), published)


def report(*paragraphs: str, published: date | None = PUBLISHED) -> list[Claim]:
    """The claims of a report of several paragraphs."""
    return claims_of(of_bytes("\n\n".join(paragraphs).encode(), "report.txt", published=published))


def values(text: str) -> list[tuple[float | None, str | None]]:
    """Value and unit of the figures."""
    return [(c.value, c.unit) for c in claims(text) if c.value is not None]


def reasons(text: str) -> list[str]:
    """Why figures were not read."""
    return [c.unread_reason for c in claims(text) if c.unread_reason is not None]
