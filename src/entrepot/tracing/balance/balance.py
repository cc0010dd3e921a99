"""The verb: what was loaded -> its faults. See docs/design/58-mass-balance.md."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from entrepot.core.words.translate import in_english
from entrepot.tracing.balance.contract import KINDS
from entrepot.tracing.balance.dealt_rows import chosen_by, key, that, told
from entrepot.tracing.balance.fault import fault_row
from entrepot.tracing.balance.opposed_papers import contradictions
from entrepot.tracing.balance.rules.declared_rules import declared_faults
from entrepot.tracing.balance.rules.input_rules import input_faults
from entrepot.tracing.balance.rules.lot_rules import lot_faults
from entrepot.tracing.balance.rules.mass_rules import mass_faults
from entrepot.tracing.balance.rules.paper_rules import paper_faults
from entrepot.tracing.balance.rules.party_rules import party_faults
from entrepot.tracing.balance.rules.payment_rules import payment_faults

if TYPE_CHECKING:
    from entrepot.tracing.balance.books import Books, Row

# Kinds by which a quantity is explained already: a contradiction that rests on their rows says nothing more.
_OF_QUANTITY = ("more_made_than_possible", "less_made_than_expected", "supplied_twice", "lot_overdrawn")


@dataclass(frozen=True, slots=True, eq=False)
class Balance:
    """What was found.

    Attributes:
        faults: under SUPPLY_FAULTS, by kind in the order of KINDS.
        rows: under SUPPLY_FAULT_ROWS.
        unjudged: why something was not judged, and how often.
        documents: how many papers there are, counted once; a row without one counts as one.
    """

    faults: list[Row]
    rows: list[Row]
    unjudged: Counter[str]
    documents: int


@in_english
def balance(books: Books) -> Balance:
    """Hold what was loaded against itself.

    Args:
        books: what was loaded.
    """
    unjudged: Counter[str] = Counter()
    found = [
        *mass_faults(books, unjudged),
        *lot_faults(books, unjudged),
        *input_faults(books),
        *paper_faults(books),
        *declared_faults(books),
        *payment_faults(books, unjudged),
        *party_faults(books),
    ]
    explained = [r for f in found if f.kind in _OF_QUANTITY for r in f.rows]
    found += contradictions(books, explained, unjudged)
    found.sort(key=lambda f: (KINDS.index(f.kind), f.subject, f.reason))
    made = {row["fault_id"]: (row, rows) for row, rows in (fault_row(f, books) for f in found)}
    return Balance(
        [row for row, _ in made.values()], [r for _, rows in made.values() for r in rows], unjudged, _documents(books)
    )


def _documents(books: Books) -> int:
    every = (books.links, books.declarations, books.lots, books.payments)
    named = [key(told(rows, "document"), ("document",)) for rows in every]
    alone = [key(that(rows, ~chosen_by(rows, "document", bool)), ("file_id", "row")) for rows in every]
    return sum(len(np.unique(np.concatenate(some))) for some in (named, alone))
