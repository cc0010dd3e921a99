"""The studies that solve for an equilibrium."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from entrepot.core.words.translate import marked
from entrepot.replications.nafta import nafta
from entrepot.replications.without_borders import without_borders

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from entrepot.replications.estimates import Estimates


@dataclass(frozen=True, slots=True)
class Solved:
    """One equilibrium of a study.

    Attributes:
        words: what it is, in words.
        redo: from the place of its data to what is found.
        estimates: whether it estimates as well, which needs the extra `gravity`.
    """

    words: str
    redo: Callable[[Path], Estimates]
    estimates: bool


EQUILIBRIA: dict[str, dict[str, Solved]] = {
    "caliendo-parro-nafta": {"members": Solved(marked("tariffs between members 1993 to 2005"), nafta, estimates=False)},
    "advanced-guide-borders": {"none": Solved(marked("no borders"), without_borders, estimates=True)},
}
