"""Parties under two names: one that ends where another begins, under one number or at one address."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from entrepot.core.periods import first_day, last_day
from entrepot.core.words.translate import marked, tr
from entrepot.tracing.balance.books import folded
from entrepot.tracing.balance.fault import Fault, documents_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from entrepot.tracing.balance.books import Books, Row

_REMEDY = marked("Ask for the extract of the register that says since when it is called so, and screen both names.")
# Words of legal forms, by which one firm is written in two ways.
_FORMS = frozenset({
    "co", "company", "ltd", "limited", "inc", "corp", "corporation", "llc", "plc", "gmbh", "ag", "sa", "as", "bv",
    "group", "pvt", "private", "the", "and",
})  # fmt: skip
_LEAST = 10  # letters of an address that tells one place: "Aksu" alone is a town


def party_faults(books: Books) -> Iterator[Fault]:
    """Suppliers that go on under another name."""
    by_number: dict[str, list[Row]] = defaultdict(list)
    by_address: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in books.links:
        if not row["supplier_id"].startswith("name:"):
            by_number[row["supplier_id"]].append(row)
        address = "".join(c for c in folded(row["supplier_address"]) if c.isalnum())
        if len(address) >= _LEAST:
            by_address[address, row["buyer_id"], folded(row["material"])].append(row)
    seen: set[frozenset[str]] = set()
    for why, groups in (("number", by_number.values()), ("address", by_address.values())):
        for rows in groups:
            for one, other in _renamed(rows):
                names = frozenset((folded(one[-1]["supplier"]), folded(other[0]["supplier"])))
                if names not in seen:
                    seen.add(names)
                    yield _fault(why, one, other)


def _renamed(rows: list[Row]) -> Iterator[tuple[list[Row], list[Row]]]:
    """Names of one supplier, each with the next, where the first ends before the second begins."""
    named: dict[frozenset[str], list[Row]] = defaultdict(list)
    for row in rows:
        if row["date"]:
            named[_words(row["supplier"])].append(row)
    spells = sorted(named.values(), key=lambda some: min(first_day(r["date"]) for r in some))
    for one, other in pairwise(spells):
        begins, ends = min(first_day(r["date"]) for r in other), max(last_day(r["date"]) for r in one)
        apart = _words(one[0]["supplier"]), _words(other[0]["supplier"])
        if begins > ends and not (apart[0] <= apart[1] or apart[1] <= apart[0]):
            yield sorted(one, key=lambda r: r["date"]), sorted(other, key=lambda r: r["date"])


def _words(name: str) -> frozenset[str]:
    found = frozenset(re.findall(r"\w+", name.casefold()))
    return (found - _FORMS) or found


def _fault(why: str, one: list[Row], other: list[Row]) -> Fault:
    first, second = one[-1], other[0]
    reason = tr(
        "{supplier} supplied last on {date} by {documents_of}, and {supplier_2} first on {date_2} by "
        "{documents_of_2}, under the same {why}: it may be one firm that has another name.",
        supplier=first["supplier"],
        date=first["date"],
        documents_of=documents_of([first]),
        supplier_2=second["supplier"],
        date_2=second["date"],
        documents_of_2=documents_of([second]),
        why=why,
    )
    return Fault("renamed_supplier", second["supplier"], reason, _REMEDY, [first, second], basis=(f"same {why}",))
