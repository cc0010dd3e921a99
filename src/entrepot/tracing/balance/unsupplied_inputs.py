"""Inputs that a maker used, or that a bill of material names, and that nobody is on record as supplying.

See docs/design/56-tracing.md.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from entrepot.core.words.translate import tr
from entrepot.tracing.balance.books import amount, folded, place, steps_of
from entrepot.tracing.balance.dealt_rows import chosen_by, key, met, that, told
from entrepot.tracing.balance.fault import shown
from entrepot.tracing.balance.quantity_range import total
from entrepot.tracing.balance.yields import stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from entrepot.tracing.balance.books import Books, Row
from entrepot.tracing.balance.quantity_range import Measured

_SHORT = 3  # letters: of a shorter word nothing tells that it is another one's begin


@dataclass(frozen=True, slots=True, eq=False)
class Unsupplied:
    """An input that nobody is on record as supplying.

    Attributes:
        row: of a record of making, or of a bill of material.
        maker_id, maker: who used it, or makes what it goes into.
        products: what it goes into, as supplies call it; empty: whatever the maker makes.
        file: name of the file that says so.
        step_used: what the same step used of the same material, this and other; None where that does not compare.
        is_used: whether a record of making says that it was used; else a bill of material asks for it.
        has_supplies: whether any supply to the maker is on record.
    """

    row: Row
    maker_id: str
    maker: str
    products: tuple[str, ...]
    file: str
    step_used: Measured | None
    is_used: bool
    has_supplies: bool

    @property
    def place(self) -> tuple[str, int, int]:
        """Where it stands: file, row, and which of the lots of the row."""
        return (*place(self.row), self.row.get("entry", 1))


class _Came(NamedTuple):
    """Goods that came to a party, or that it made: what, for which product, and whether under a lot's number."""

    material: str | None
    product: str | None
    has_lot: bool


@cache
def is_same_good(one: str | None, other: str | None) -> bool:
    """Whether two names may be of one good: one stage, or each word of one stands in the other, in one or many.

    >>> is_same_good("button", "Plastic buttons"), is_same_good("cotton lint", "cotton yarn")
    (True, False)
    """
    if folded(one) == folded(other):
        return bool(folded(one))
    stages = stage(one), stage(other)
    if None not in stages:
        return stages[0] == stages[1]
    few, many = sorted((_words(one), _words(other)), key=len)
    return bool(few) and all(any(_is_one_word(w, v) for v in many) for w in few)


def _words(name: str | None) -> tuple[str, ...]:
    return tuple(re.findall(r"[^\W\d_]+", folded(name)))


def _is_one_word(one: str, other: str) -> bool:
    few, many = sorted((one, other), key=len)
    if not few.isascii():  # scripts without spaces write what a thing is behind what it is of
        return few in many
    return few == many or (len(few) >= _SHORT and many.startswith(few))


def input_said(one: Unsupplied) -> str:
    """What was used of what, by which row: a part of a sentence.

    Args:
        one: the input.
    """
    row = one.row
    what = str(row["material"] or tr("lot {lot}", lot=row["lot"]))
    at = tr("{file} row {row}", file=one.file, row=row["row"])
    at = tr("{document}, {at}", document=row["document"], at=at) if row["document"] else at
    if not one.is_used:
        return tr(
            "{material}, which a bill of material asks for in {product} of {maker} ({at})",
            material=what,
            product=row["product"],
            maker=one.maker,
            at=at,
        )
    lot = tr(" of lot {lot}", lot=row["lot"]) if row["lot"] and row["material"] else ""
    origin = tr("; its own row names the origin {origin}", origin=row["origin"]) if row["origin"] else ""
    own, step = amount(row), one.step_used
    if own is None:
        told = {"what": f"{what}{lot}", "maker": one.maker, "at": at, "origin": origin}
        return tr("{what} that {maker} used ({at}{origin})", **told)
    told = {"much": shown(own), "what": f"{what}{lot}", "maker": one.maker, "at": at, "origin": origin}
    if step is None or step.high <= own.high:
        return tr("{much} of {what} that {maker} used ({at}{origin})", **told)
    return tr("{much} of {what}, of {all} that {maker} used there ({at}{origin})", all=shown(step), **told)


def unsupplied_inputs(books: Books) -> list[Unsupplied]:
    """The inputs that nobody is on record as supplying, of records of making first.

    Args:
        books: what was loaded, known on a day.
    """
    used = list(_used(books))
    return [*used, *_of_recipes(books, used)]


def _used(books: Books) -> Iterator[Unsupplied]:
    """What records of making say was used: neither its lot nor, without one, its material came from anybody."""
    rest = _under_no_supplied_lot(books)
    if not len(rest):
        return
    came = _came(books, rest, "party_id")
    lots = [r for r in met(books.lots, ("party_id",), rest, ("party_id",)) if r["act"] in {"made", "used", "supplied"}]
    by_party: dict[str, list[Row]] = defaultdict(list)
    for row in lots:
        by_party[row["party_id"]].append(row)
    for row in rest:
        who = row["party_id"]
        own = [_Came(r["material"], None, bool(r["lot"])) for r in by_party[who] if r["act"] == "made"]
        if any(_may_be(c, row) for c in (*came.get(who, ()), *own)):
            continue
        step = [r for r in by_party[who] if r["act"] == "used" and r["step"] and r["step"] == row["step"]]
        alike = [amount(r) for r in step if folded(r["material"]) == folded(row["material"])]
        yield Unsupplied(
            row,
            who,
            str(row["party"]),
            _products(row, by_party[who], _goods(books, who)),
            books.files.get(row["file_id"], row["file_id"]),
            None if None in alike else total([m for m in alike if m is not None]),
            is_used=True,
            has_supplies=bool(came.get(who)),
        )


def _under_no_supplied_lot(books: Books) -> Sequence[Row]:
    """Records of use whose lot nobody handed to the maker and the maker did not make; and those that name no lot."""
    used = told(that(books.lots, chosen_by(books.lots, "act", "used".__eq__)), "party_id")
    if not len(used):
        return used
    numbered = told(books.lots, "lot")
    handed = that(numbered, chosen_by(numbered, "act", "supplied".__eq__))
    made = that(numbered, chosen_by(numbered, "act", "made".__eq__))
    declared = told(books.declarations, "lot")
    to_somebody = that(handed, ~chosen_by(handed, "buyer_id", bool))
    of_party = [key(handed, ("buyer_id", "lot")), key(declared, ("buyer_id", "lot")), key(made, ("party_id", "lot"))]
    came = np.isin(key(used, ("party_id", "lot")), np.concatenate(of_party))
    came |= np.isin(key(used, ("lot",)), key(to_somebody, ("lot",)))
    return that(used, ~(came & chosen_by(used, "lot", bool)))


def _came(books: Books, rows: Sequence[Row], column: str) -> dict[str, list[_Came]]:
    """By party what was supplied to it."""
    found: dict[str, list[_Came]] = defaultdict(list)
    links = met(books.links, ("buyer_id",), rows, (column,))
    handed = that(books.lots, chosen_by(books.lots, "act", "supplied".__eq__))
    numbered = {place(r) for r in met(handed, ("file_id", "row"), links, ("file_id", "row")) if r["lot"]}
    for row in links:
        found[row["buyer_id"]].append(_Came(row["material"], row["product"], place(row) in numbered))
    for row in met(books.declarations, ("buyer_id",), rows, (column,)):
        found[row["buyer_id"]].append(_Came(row["material"], row["product"], bool(row["lot"])))
    return found


def _may_be(came: _Came, used: Row) -> bool:
    """Whether what was used may be of goods that came; goods under another lot's number are not."""
    if used["lot"] and came.has_lot:
        return False
    unnamed = not folded(came.material) or not folded(used["material"])
    return unnamed or is_same_good(came.material, used["material"])


def _goods(books: Books, who: str) -> tuple[str, ...]:
    """What supplies call the goods that a party supplies, and that it is supplied for."""
    asked: Sequence[Row] = [{"party_id": who}]
    found: dict[str, None] = {}
    for rows in (books.links, books.declarations):
        sold = met(rows, ("supplier_id",), asked, ("party_id",))
        bought = met(rows, ("buyer_id",), asked, ("party_id",))
        found |= dict.fromkeys(str(r["material"]) for r in sold if r["supplier_id"] == who and r["material"])
        found |= dict.fromkeys(str(r["product"]) for r in bought if r["buyer_id"] == who and r["product"])
    return tuple({folded(g): g for g in found}.values())


def _products(row: Row, of_party: Sequence[Row], goods: Sequence[str]) -> tuple[str, ...]:
    """The goods that a lot went into: what its step made, and what other steps of the party made of that."""
    steps = steps_of(of_party)
    begin = steps.get((row["party_id"], row["step"] or ""), [])
    open_ = [r for r in begin if r["act"] == "made"]
    made: list[Row] = []
    while open_:
        one = open_.pop()
        if any(one is m for m in made):
            continue
        made.append(one)
        for rows in steps.values():
            if one["lot"] and any(r["act"] == "used" and folded(r["lot"]) == folded(one["lot"]) for r in rows):
                open_ += [r for r in rows if r["act"] == "made"]
    lots = {folded(r["lot"]) for r in made if r["lot"]}
    handed = {r["material"] for r in of_party if r["act"] == "supplied" and folded(r["lot"]) in lots}
    names = {folded(n) for n in (*handed, *(r["material"] for r in made)) if n}
    exact = tuple(g for g in goods if folded(g) in names)
    return exact or tuple(g for g in goods if any(is_same_good(g, n) for n in names))


def _of_recipes(books: Books, used: Sequence[Unsupplied]) -> Iterator[Unsupplied]:
    """What bills of material ask for and no supply brings; of makers into whose product some supply is on record."""
    if not len(books.recipes):
        return
    makers = _makers(books)
    came = _came(books, [{"buyer_id": maker} for maker, _ in makers], "buyer_id")
    made = that(books.lots, chosen_by(books.lots, "act", "made".__eq__))
    own: dict[str, list[str | None]] = defaultdict(list)
    for row in met(made, ("party_id",), [{"party_id": maker} for maker, _ in makers], ("party_id",)):
        own[row["party_id"]].append(row["material"])
    named = {(u.maker_id, folded(u.row["material"])) for u in used}
    for (maker, product), name in makers.items():
        inputs = [c for c in came.get(maker, ()) if not folded(c.product) or is_same_good(c.product, product)]
        if not inputs or any(folded(c.material) == folded(product) for c in inputs):  # who hands on makes nothing
            continue
        held = [c.material for c in inputs] + own[maker]
        for recipe in _lacking(books.recipes, maker, product, held, set()):
            if (maker, folded(recipe["material"])) not in named:
                named.add((maker, folded(recipe["material"])))
                file = books.files.get(recipe["file_id"], recipe["file_id"])
                yield Unsupplied(recipe, maker, name, (product,), file, None, is_used=False, has_supplies=True)


def _makers(books: Books) -> dict[tuple[str, str], str]:
    """By party and product of which a bill of material is on record, as supplies call it, the name of the party."""
    products = {r["product"] for r in books.recipes}

    def is_made(good: str | None) -> bool:
        return any(is_same_good(good, p) for p in products)

    found: dict[tuple[str, str], str] = {}
    for end, column in (("buyer", "product"), ("supplier", "material")):
        for rows in (books.links, books.declarations):
            for row in that(rows, chosen_by(rows, column, is_made)):
                found.setdefault((row[f"{end}_id"], row[column]), row[end])
    known = {maker for maker, _ in found}
    for row in books.recipes:
        if row["maker_id"] and row["maker_id"] not in known:
            found.setdefault((row["maker_id"], row["product"]), row["maker"])
    return found


def _lacking(
    recipes: Iterable[Row], maker: str, product: str | None, held: Sequence[str | None], seen: set[str]
) -> Iterator[Row]:
    """Rows of the bill of a product whose material is not held; what the maker makes itself stands for its own bill."""
    seen.add(folded(product))
    of = [r for r in recipes if r["maker_id"] in {None, maker} and is_same_good(r["product"], product)]
    for row in of:
        if any(not folded(h) or is_same_good(h, row["material"]) for h in held):
            continue
        below = [r for r in recipes if r["maker_id"] in {None, maker} and is_same_good(r["product"], row["material"])]
        if folded(row["material"]) not in seen and any(is_same_good(h, b["material"]) for h in held for b in below):
            yield from _lacking(recipes, maker, row["material"], held, seen)
        else:
            yield row
