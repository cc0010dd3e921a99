"""A figure or a date beside the rows offered for it, and how it stands to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from entrepot.claims.evidence.nearest import Offer
    from entrepot.claims.evidence.told import Told
    from entrepot.claims.indexed.record_entry import Entry
    from entrepot.claims.indexed.record_index import RecordIndex
    from entrepot.claims.mentions.seen import Seen

CONTRADICTS, DIFFERS = "contradicts", "differs"
# Chances of a row with just this number: from the first on it is of the same thing, where nothing else is said; from
# the second on also where a rounding or a lesser facet differs. Chosen on the reports labelled to be seen.
AGREES, SURELY = 0.6, 0.85


@dataclass(frozen=True, slots=True)
class Case:
    """A figure or a date with the rows offered for it.

    Attributes:
        index: the record's.
        told: what is said of it.
        seen: itself.
        offers: the rows, the nearest first.
        days: those that the text around names: whose day it names, that the text knows.
        worded: events, acts and rules that the words of its sentence lead to.
        around: rows that figures around it are surely of.
        others: rows that any figures of the text are surely of.
    """

    index: RecordIndex
    told: Told
    seen: Seen
    offers: Sequence[Offer]
    days: frozenset[date] = frozenset()
    worded: Sequence[Entry] = ()
    around: Sequence[Entry] = ()
    others: frozenset[Entry] = frozenset()


@dataclass(frozen=True, slots=True)
class Related:
    """How it stands.

    Attributes:
        rule: the rule's name.
        verdict: a word of `VERDICTS`.
        offers: the rows that it rests on.
        note: why, for a reader.
        rows: those that imply it, where none prints it.
        passed: of a figure said to be the largest where those words stand in the sentence, and the larger on record.
    """

    rule: str
    verdict: str
    offers: tuple[Offer, ...]
    note: str
    rows: tuple[str, ...] = ()
    passed: tuple[tuple[int, int], Related] | None = None
