"""Parties under two names: one that ends where another begins, under one number or at one address."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from entrepot.core.periods import first_day, last_day
from entrepot.core.words.translate import marked, tr
from entrepot.tracing.balance.books import folded, place
from entrepot.tracing.balance.dealt_rows import chosen_by, dealt, several, that, told
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
    numbered = that(books.links, chosen_by(books.links, "supplier_id", lambda i: not i.startswith("name:")))
    placed = told(books.links, "supplier_address")
    seen: set[frozenset[str]] = set()
    for why, rows, same, group in (
        ("number", numbered, ("supplier_id",), lambda r: r["supplier_id"]),
        ("address", placed, ("buyer_id", "material"), _at_one_place),
    ):
        found = []
        for (some,) in dealt((several(rows, same, ("supplier",)), same)):
            groups: dict[Any, list[Row]] = defaultdict(list)
            for row in some:
                if (name := group(row)) is not None:
                    groups[name].append(row)
            found += [(place(rows[0]), pair) for rows in groups.values() for pair in _renamed(rows)]
        for _, (one, other) in sorted(found, key=lambda f: f[0]):  # in the order of the rows, however they are dealt
            names = frozenset((folded(one[-1]["supplier"]), folded(other[0]["supplier"])))
            if names not in seen:
                seen.add(names)
                yield _fault(why, one, other)


def _at_one_place(row: Row) -> tuple[str, str, str] | None:
    """The address, with who buys and what; None where it tells no place."""
    address = "".join(c for c in folded(row["supplier_address"]) if c.isalnum())
    return (address, row["buyer_id"], folded(row["material"])) if len(address) >= _LEAST else None


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
