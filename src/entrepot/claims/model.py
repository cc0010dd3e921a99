"""What the steps of the room hand to one another: a report that was opened, and the claims read in it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from entrepot.core.ids import digest, id_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


@dataclass(frozen=True, slots=True)
class Block:
    """One block of the report: a paragraph, a heading, an item, a cell.

    Attributes:
        start, end: offsets in `Report.text`, in code points, end excluded.
        kind: paragraph, heading, item, cell or note.
        language: en, zh, ru, or unknown.
        origin: where it stood in the file (`page 3`, `line 12`); empty for a file of one page.
        context: of a table's cell, the words of its headings: title, row, columns.
        decimal: of a table's cell, the sign with which its column writes decimals; empty where it does not tell.
        year: of the line above it that is a year alone, as in a chronology; 0 where there is none.
    """

    start: int
    end: int
    kind: str = "paragraph"
    language: str = "unknown"
    origin: str = ""
    context: str = ""
    decimal: str = ""
    year: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """A report that was opened.

    Attributes:
        text: the text as extracted; every offset of the room points into it.
        blocks: in order, not overlapping; what lies between them is white space.
        format: text, html, markdown, docx or pdf.
        metadata: what the file says of itself, as printed (title, author, published, modified, language).
        languages: those of the blocks, the commonest first; `unknown` among them where a block is in none we read.
        published: the day of publication; None: not known, and relative dates stay open.
        published_basis: given, metadata, weak_metadata, dateline, latest_date, or none.
        left_out: what was not read, and how often (`script`: 3, `hidden`: 1, `deleted`: 2, `page without text`: 4).
        notes: what a reader of the answer must know, one sentence each.
        sha256: of the text, 64 hex digits.
    """

    text: str
    blocks: tuple[Block, ...]
    format: str
    metadata: Mapping[str, str]
    languages: tuple[str, ...]
    published: date | None
    published_basis: str
    left_out: Mapping[str, int]
    notes: tuple[str, ...] = ()

    @property
    def sha256(self) -> str:
        """SHA-256 of the text in UTF-8, 64 hex digits; a lone surrogate is kept as it stands."""
        return _digest(self.text)


@lru_cache(maxsize=1)
def _digest(text: str) -> str:
    """Asked for each row that is kept of a report, and taken of its text once."""
    return digest(text)


@dataclass(frozen=True, slots=True)
class Claim:
    """A row of `CLAIMS`; the columns are those of the contract, in order. Dates are ISO days."""

    claim_id: str
    span_start: int
    span_end: int
    text: str
    sentence: str
    subject_kind: str | None = None
    subject: str | None = None
    where: str | None = None
    partner: str | None = None
    product: str | None = None
    mode: str | None = None
    direction: str | None = None
    quantity: str | None = None
    value: float | None = None
    value_high: float | None = None
    unit: str | None = None
    per: str | None = None
    bound: str = "exact"
    status: str = "reported"
    period_start: str | None = None
    period_end: str | None = None
    period_basis: str = "none"
    comparison: str = "none"
    base_start: str | None = None
    base_end: str | None = None
    attributed_to: str | None = None
    unread_reason: str | None = None
    verdict: str | None = None
    certainty: str | None = None
    against: tuple[str, ...] | None = None
    working: str | None = None
    note: str | None = None
    offered: tuple[str, ...] | None = None
    offered_why: str | None = None


# Columns that the judge fills; the id does not depend on them.
JUDGED = ("verdict", "certainty", "against", "working", "note", "offered", "offered_why")
_LISTS = ("against", "offered")


def identified(claim: Claim, report_sha256: str) -> Claim:
    """The claim with its id: the hash of the report's text, the span and what was read in it."""
    said = {f.name: getattr(claim, f.name) for f in fields(claim) if f.name not in ("claim_id", "sentence", *JUDGED)}
    text = json.dumps([report_sha256, said], sort_keys=True, ensure_ascii=True)
    return replace(claim, claim_id=id_of("c", text))


def rows(claims: list[Claim]) -> list[dict[str, Any]]:
    """Rows of `CLAIMS`."""
    return [asdict(c) | {n: None if (held := getattr(c, n)) is None else list(held) for n in _LISTS} for c in claims]
