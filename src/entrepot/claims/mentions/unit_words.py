"""The words beside numbers (units, bounds, rates, words of change) and the family that a unit belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from entrepot.claims.text.lexicon import Hits, Lexicon
from entrepot.claims.wordlists import rows

if TYPE_CHECKING:
    from collections.abc import Mapping

_TABLES = ("bounds", "numbers", "changes", "signals", "numbering", "units")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as mentions give it: its name, its family, and how many of it one base unit of the word list is."""

    name: str
    family: str
    factor: Decimal = Decimal(1)


@cache
def words(language: str) -> Lexicon:
    """The words of one language that stand beside numbers; no names, no quantities."""
    entries: list[tuple[str, Mapping[str, Any]]] = [(t, r) for t in _TABLES for r in rows(t)]
    return Lexicon(language, [(t, r) for t, r in entries if r["language"] in (language, "*")])


def found(text: str, language: str) -> Hits:
    """The words of a text that stand beside numbers."""
    return Hits(words(language).scan(text))


@cache
def _units() -> dict[str, Unit]:
    return {r["unit"]: Unit(r["name"], r["family"], Decimal(str(r["factor"]))) for r in rows("unit_families")}


def unit_of(base: str) -> Unit:
    """The unit of a base unit of the word lists; one that has no row is counted under its own name."""
    return _units().get(base) or Unit(base, f"count:{base}")


def is_money(base: str) -> bool:
    """Whether a base unit is a currency."""
    return unit_of(base).family == "money"
