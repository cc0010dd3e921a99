"""Which pairs of names can score as high as is asked, many at once: the rest need no comparison.

A ceiling is what a pair scores, but where Python alone knows a feature: then it is higher, never lower.
"""

from __future__ import annotations

from math import inf, log
from typing import TYPE_CHECKING, Any

from entrepot.names.native.library import address, laid_out, library
from entrepot.names.native.rules import rules, scratch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_ROUNDING = 1e-3  # log-odds; more than a score changes when it is rounded, as in comparing/score.py
# Scratch for a name, and for a byte of it: each text in five forms and, of a further reading of one letter, 120 bytes
# that point to them for the three that it takes.
_A_NAME, _A_BYTE = 256, 64
_A_PAIR = 1 << 17  # for the pair at hand


def ceilings(names: Sequence[bytes], left: NDArray[Any], right: NDArray[Any]) -> NDArray[Any] | None:
    """The log-odds that each pair can have at most; infinite where only Python can tell, None where it must tell all.

    Args:
        names: names as `packed` writes them; one without bytes is left to Python.
        left: of each pair the position of the name whose text stands first in alphabetical order; int32.
        right: of the other.
    """
    core = library()
    if core is None:
        return None
    import numpy as np

    found = np.full(len(left), inf)
    laid, starts = laid_out(names)
    room = scratch(_A_PAIR + _A_NAME * len(names) + _A_BYTE * len(laid))
    known = rules()
    given = (laid, address(starts), len(names), address(left), address(right), len(left), known.place)
    is_done = core.ceilings(*given, address(room), len(room), inf, address(found)) == 0
    return found if is_done else None


def log_odds_of(floor: float) -> float:
    """The log-odds below which no pair scores as high as a floor; any number for a floor that all or none reach."""
    return log(floor / (1 - floor)) - _ROUNDING if 0 < floor < 1 else -inf
