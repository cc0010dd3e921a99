"""A claim within its sentence, before it is one of the report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from entrepot.claims.days import Span
    from entrepot.claims.figures import Figure


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim within its sentence: the fields of `Claim` that were read, and where its figure stands."""

    start: int
    end: int
    fields: dict[str, Any]
    figure: Figure | None = None
    used: Span | None = None

    def get(self, name: str) -> Any:
        """A field; None where it was not read."""
        return self.fields.get(name)


def unread(start: int, end: int, reason: str, figure: Figure | None = None, **known: Any) -> Draft:
    """A figure that could not be read."""
    return Draft(start, end, {"unread_reason": reason, **known}, figure)
