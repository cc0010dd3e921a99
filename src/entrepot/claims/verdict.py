"""How a claim stands: the word, what it rests on, and what a reader must know."""

from __future__ import annotations

from dataclasses import dataclass

# Proposed wherever the record says otherwise; `contradiction` alone makes the second of the first.
DIFFERS, CONTRADICTS = "differs", "contradicts"


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a claim stands.

    Attributes:
        word: one of `VERDICTS`.
        against: ids of rows of the record, or of other claims.
        working: the arithmetic with its numbers.
        notes: what a reader must know, one sentence each.
        evidence: what it rests on; of a claim that differs it says what a contradiction asks for, see `contradiction`.
    """

    word: str
    against: tuple[str, ...] = ()
    working: str | None = None
    notes: tuple[str, ...] = ()
    evidence: str = "rows"
