"""A Chinese name cut into its words in C: the cheapest cut, as names/reading/chinese.py finds it without."""

from __future__ import annotations

import ctypes
from array import array
from typing import TYPE_CHECKING

from entrepot.names.native.library import library

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROLES = {"place": 0, "word": 1, "form": 2, "core": 3}  # of known words, as native/cut.c counts them
SUFFIX, END = 1, 2  # marks of characters
_LONGEST = 16  # characters of a known word that native/cut.c takes
_D = ctypes.c_double


class Costs(ctypes.Structure):
    """`Costs` of native/cut.c, which names/reading/chinese.py fills."""

    _fields_ = (
        ("known", _D * 6),
        ("brand", _D),
        ("distinctive", _D * 4),
        *((name, _D) for name in ("each_more", "second_part", "known_as_part")),
        ("in_part", _D * 4),
        *((n, _D) for n in ("cut_across", "no_part", "not_last", "single", "last_single", "off_suffix", "tie")),
        *((name, ctypes.c_int64) for name in ("longest", "longest_part", "across")),
    )


def cheapest_cut(marks: bytes, words: Sequence[int], costs: Costs) -> list[int] | None:
    """The parts of a name: of each its end, and the place of the known word that it is, or -1; None where Python cuts.

    Args:
        marks: of each character what it is.
        words: of each known word that stands in the name its start, end, role, and whether it is a body; by start.
        costs: what parts cost.
    """
    core = library()
    if core is None or costs.longest > _LONGEST:
        return None
    given, parts = array("i", words), array("i", bytes(8 * len(marks)))
    at, room = given.buffer_info()[0], parts.buffer_info()
    count = core.cut(marks, len(marks), at, len(given) // 4, ctypes.addressof(costs), room[0], room[1])
    return None if count < 0 else parts[: 2 * count].tolist()


def lengths_by_first(words: Mapping[str, object]) -> dict[str, tuple[int, ...]]:
    """Of each character the lengths of the words that begin with it, ascending."""
    found: dict[str, set[int]] = {}
    for word in words:
        found.setdefault(word[0], set()).add(len(word))
    return {first: tuple(sorted(lengths)) for first, lengths in found.items()}
