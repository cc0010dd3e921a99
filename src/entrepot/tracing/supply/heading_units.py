"""The unit or currency that a heading of figures says: in brackets, after "in" or a comma, or as its last word."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from entrepot.core.tables.packaged import packaged_rows
from entrepot.intake.heading_row import folded, is_han
from entrepot.tracing.balance.quantity_range import is_unit, units, weighs
from entrepot.tracing.supply.contract import SUPPLY_HEADINGS
from entrepot.trade.contract import SHARED_CURRENCIES, TITLE_WORDS
from entrepot.vocabulary import currencies

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

# What stands in brackets behind a heading: the unit of its figures, more often than not.
_BRACKETS = re.compile(r"^(.*?)\s*[(\[（【]([^)\]）】]{1,20})[)\]）】]\s*$")
# Quantity, kg; Menge in kg; Net weight kg; Importe €: what stands between tells how sure a short word is a unit.
_LAST = re.compile(
    r"^(.*?[^\W_])(\s*[,/]\s*|[\s_]+(?:in|en|в)[\s_]+|[\s_]+)([^\W\d_]{1,12}|[€£¥₽₹])\.?\s*$", re.IGNORECASE
)
_COUNTED = re.compile(r"^(.*[^\W\d_])\s*[1-4]$")  # the quantities of a tariff: Quantity 1, Quantity 2
_CODE = re.compile(r"[A-Z]{3}")
# Our column of figures -> that of their unit, which a heading may tell.
UNITS = {"quantity": "unit", "net_weight": "unit", "value": "currency", "product_quantity": "product_unit"}


@cache
def behind(heading: str) -> tuple[str, str] | None:
    """A heading and what it says of the unit of its figures; None where it says nothing.

    >>> behind("Quantity 2 (KG)"), behind("Menge in kg"), behind("value_usd"), behind("Net weight")
    (('Quantity 2', 'KG'), ('Menge', 'kg'), ('value', 'USD'), None)
    """
    if found := _BRACKETS.match(heading):
        return found[1], found[2]
    last = _LAST.match(heading)
    if last is None:
        return None
    base, between, word = last.groups()
    is_code = len(word) == len("USD") and currencies.known(word.upper())
    if is_code:
        return base, word.upper()
    # One letter is a unit (t, g) only where something says that one follows.
    is_sure = len(word) > 1 or not word.isalpha() or bool(between.strip(" _"))
    return (base, word) if is_sure and (is_unit(word) or currency(word)) else None


def bases(heading: str) -> tuple[str, ...]:
    """What a heading may be on record as, folded: without its unit, and without the number of a quantity."""
    said = behind(heading)
    base = folded(said[0]) if said and said[0] else folded(heading)
    counted = _COUNTED.match(base)
    return (base, counted[1].strip()) if counted else (base,)


def is_counted(heading: str) -> bool:
    """Whether a heading is of one of several quantities of the same goods: Quantity 2 (KG)."""
    return len(bases(heading)) > 1


def unit_of(heading: str) -> str:
    """The unit that a heading says, as it stands; empty for none that converts."""
    said = behind(heading)
    return said[1] if said and is_unit(said[1]) else ""


def put_unit_of_weight(
    at: dict[str, int],
    told: dict[str, str],
    named: Collection[str],
    headings: Sequence[str],
    rows: Sequence[Sequence[str | None]],
) -> None:
    """Where a table tells a weight, the unit that is of the weight, and not that of drums or pieces.

    Args:
        at: our column -> its position; the unit is put where that of the weight stands, or taken out.
        told: our column -> the heading by which it was found; likewise.
        named: our columns of which a person says where they are: what they say stands.
        headings: as they stand.
        rows: the first rows, which show whether a unit that is of no column is one of mass.
    """
    figures = "quantity" if "quantity" in at else "net_weight"
    if figures not in at or {"quantity", "unit"} & {*named}:
        return
    if figures == "quantity" and _of_weight("quantity").isdisjoint(bases(headings[at["quantity"]])):
        return
    place = next((i for i, h in enumerate(headings) if folded(h) in _of_weight("unit")), None)
    if place is not None:
        at["unit"], told["unit"] = place, headings[place]
        return
    cells = {row[at["unit"]] for row in rows if row[at[figures]]} if "unit" in at else set()
    if unit_of(headings[at[figures]]) or any(c and not weighs(c) for c in cells):
        at.pop("unit", None)
        told.pop("unit", None)


def units_said(headings: Sequence[str], at: Mapping[str, int]) -> dict[str, str]:
    """Our columns of units and currencies -> what the heading of the figures says.

    Args:
        headings: as they stand.
        at: our column -> its position.
    """
    found = {}
    for figures, unit in UNITS.items():
        said = behind(headings[at[figures]]) if figures in at else None
        if said and (word := currency(said[1]) if unit == "currency" else unit_of(headings[at[figures]])):
            found[unit] = word
    return found


def units_beside(at: Mapping[str, int], rows: Sequence[Sequence[str | None]]) -> dict[str, int]:
    """Our columns of units and currencies -> the column behind the figures, where each of its cells is one.

    Systems cut such a heading to the width of its cells: WUn, Un, Crcy. Cells of one letter may say a status.

    Args:
        at: our column -> its position.
        rows: the first rows.
    """
    found: dict[str, int] = {}
    for figures, unit in UNITS.items():
        place = at.get(figures, -1) + 1
        if not place or place in at.values() or unit in found:
            continue
        cells = {row[place] or "" for row in rows if place < len(row) and row[place - 1]}
        if any(len(c) > 1 or is_han(c) for c in cells) and all(_IS_ONE[figures](c.strip()) for c in cells):
            found[unit] = place
    return found


def _is_code(word: str) -> bool:
    return _CODE.fullmatch(word) is not None and currencies.known(word)


# Our column of figures -> whether a cell behind it is their unit.
_IS_ONE = {"quantity": is_unit, "product_quantity": is_unit, "net_weight": weighs, "value": _is_code}


@cache
def _of_weight(column: str) -> frozenset[str]:
    """The headings on record of weights of goods, or of their units."""
    found = (r for r in packaged_rows(SUPPLY_HEADINGS) if (r["column"], r["language"]) == (column, "weight"))
    return frozenset(folded(h) for row in found for h in row["headings"])


@cache
def currency(word: str) -> str:
    """The currency that a word of a heading says, ISO 4217; empty for none, and for what several share.

    >>> currency("руб."), currency("€"), currency("$")
    ('RUB', 'EUR', '')
    """
    if _CODE.fullmatch(word):
        return word
    said = word.strip(" .").casefold()
    return "" if said in _shared() else _currencies().get(said, "")


@cache
def unit_words() -> frozenset[str]:
    """What stands behind a heading of figures: it is no heading by itself, and a word of one."""
    money = (r["means"].casefold() for r in packaged_rows(TITLE_WORDS) if r["kind"] == "currency")
    return frozenset({*map(folded, units()), *money})


@cache
def _currencies() -> dict[str, str]:
    rows = (r for r in packaged_rows(TITLE_WORDS) if r["kind"] == "currency")
    return {w.strip("."): r["means"] for r in rows for w in r["words"]}


@cache
def _shared() -> frozenset[str]:
    rows = list(packaged_rows(SHARED_CURRENCIES))
    words = {w.casefold() for r in rows for w in (r["sign"], *(r["words"] or ()))}
    return frozenset(words | {"dollar", "dollars"})
