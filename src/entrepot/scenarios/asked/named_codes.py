"""What a scenario may name: economies and sectors of the world that it is asked of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Codes:
    """What a scenario may name.

    Attributes:
        economies, sectors: of the world that it is asked of.
        absent: code -> name of economies that are not in it, and that one may look for.
    """

    economies: tuple[str, ...]
    sectors: tuple[str, ...]
    absent: Mapping[str, str] = field(default_factory=dict)
