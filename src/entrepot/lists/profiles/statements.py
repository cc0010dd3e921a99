"""One thing that a list says of an entry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Statement:
    """What is said, and what a reader must know of it.

    Attributes:
        what: what it is: kind, alias, birth_date, address, linked_to, …
        value: as the list prints it.
        note: empty where there is nothing to say.
    """

    what: str
    value: str
    note: str = ""


def kept_apart(statements: Iterable[Statement]) -> list[Statement]:
    """Statements each once, those of a kind together where the first of it stands, as a reader goes through them."""
    found: dict[str, dict[str, Statement]] = {}
    for one in statements:
        found.setdefault(one.what, {}).setdefault(one.value, one)
    return [one for values in found.values() for one in values.values()]
