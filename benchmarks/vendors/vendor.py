"""A vendor as a system holds it, and what is true of it, which no export says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from anyascii import anyascii

Class = Literal["planted", "near_miss", "innocent"]


@dataclass(frozen=True, slots=True)
class Vendor:
    """One vendor.

    Attributes:
        name: its whole name.
        side: planted, near_miss or innocent.
        kind: which of these: of a planted one its list and how the name is written, else how it was made.
        country: ISO alpha-2; empty where the system holds none.
        street, city, postcode, province, tax: as a clerk enters them.
        beside: what stands in the second name field and is no name; empty mostly.
        cut: how the name is laid over fields: whole, letter (at the width of a field) or word (at the last space).
        entities: the listed entities that carry this name; empty where none does.
    """

    name: str
    side: Class
    kind: str
    country: str = ""
    street: str = ""
    city: str = ""
    postcode: str = ""
    province: str = ""
    tax: str = ""
    beside: str = ""
    cut: str = "whole"
    entities: frozenset[str] = frozenset()


def plain(text: str) -> str:
    """A text in plain letters: what a system without Unicode holds of it."""
    return str(anyascii(text))


def has_han(text: str) -> bool:
    """Whether a text has a Chinese character."""
    return any("\u3400" <= c <= "\u9fff" for c in text)
