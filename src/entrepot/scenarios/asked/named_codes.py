"""What a scenario may name: economies and sectors of the world that it is asked of."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Codes:
    """What a scenario may name.

    Attributes:
        economies, sectors: of the world that it is asked of.
        absent: code -> name of economies that are not in it, and that one may look for.
        region: of the economies, one that is cut out of another only where a scenario names it; empty: none.
        parts: code -> the economy that holds it together with others, and under whose code alone it can be asked.
    """

    economies: tuple[str, ...]
    sectors: tuple[str, ...]
    absent: Mapping[str, str] = field(default_factory=dict)
    region: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)

    def of_file(self, raw: Mapping[str, Any]) -> Codes:
        """The codes of the world that a file is asked of: without the region where it names it nowhere."""
        if not self.region or _says(raw, self.region):
            return self
        return replace(self, economies=tuple(e for e in self.economies if e != self.region))


def _says(value: Any, code: str) -> bool:
    """Whether a code stands anywhere in the values of a file."""
    if isinstance(value, dict):
        return any(_says(one, code) for one in value.values())
    if isinstance(value, list):
        return any(_says(one, code) for one in value)
    return bool(value == code)
