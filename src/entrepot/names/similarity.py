"""The one question of this room: are two names one?"""

from __future__ import annotations

from entrepot.core.errors import UnknownNameError
from entrepot.names.comparing.score import Similarity, compare
from entrepot.names.reading.prepare import KINDS, prepare


def similarity(a: str, b: str, kind: str = "any") -> Similarity:
    """How alike two names are, and why.

    Args:
        a: a name in any script; any text is accepted, at most 300 characters are compared.
        b: the other name.
        kind: any, person, company or vessel.

    Returns:
        A score in [0, 1], the same for (a, b) and (b, a), and the reasons. 1 for a name and itself, if it has a
        letter or a digit.

    Raises:
        UnknownNameError: the kind is none of these.
    """
    if kind not in KINDS:
        raise UnknownNameError("kind of name", kind, KINDS)
    return compare(prepare(a, kind), prepare(b, kind))
