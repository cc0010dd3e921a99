"""Which meetings of names are worth comparing, judged in C from their letters and words, many at once.

What names/search/prefilter.py judges with numpy where there is no core, digit for digit.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from entrepot.names.native.library import Struct, address, laid_out, library

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from entrepot.names.native.ratios import Laid

_START = 8  # bytes of a number that says where a text begins


class _Texts(ctypes.Structure):
    """`Texts` of native/sift.c."""

    _fields_ = (("letters", ctypes.c_void_p), ("starts", ctypes.c_void_p), ("count", ctypes.c_int64))


class _Side(ctypes.Structure):
    """`Side` of native/sift.c."""

    _fields_ = (
        *((name, _Texts) for name in ("plain", "run", "bones", "forms", "bare_forms")),
        *((name, ctypes.c_void_p) for name in ("first", "ids", "slots", "weights", "vowels")),
        *((name, ctypes.c_int64) for name in ("names", "placed", "words")),
    )


class Limits(ctypes.Structure):
    """What a meeting must reach; `Limits` of native/sift.c.

    Attributes:
        letters: cosine of the keys and ratio of the letters together, from which words are looked at.
        evidence: these two and the share of the words that meet.
        bare: likewise where a side has no vowels.
        alike: ratio of two words' letters below which they are two words.
        initial: how alike a word and its first letter are.
        apart: words of evidence that stand alone on either side: two names that differ ...
        joined: ... unless they agree in as many letters where they are run together.
    """

    _fields_ = tuple(
        (name, ctypes.c_double) for name in ("letters", "evidence", "bare", "alike", "initial", "apart", "joined")
    )


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """Which words names have, as in names/search/word_arrays.py.

    Attributes:
        first: of each name its first form of a word, with one more at the end; int32.
        ids: of each form its text; int32.
        slots: of each form its word; int32.
        weights: evidence of each word; float32.
        vowels: whether a name is written with its vowels; of bool.
    """

    first: NDArray[np.int32]
    ids: NDArray[np.int32]
    slots: NDArray[np.int32]
    weights: NDArray[np.float32]
    vowels: NDArray[np.bool_]


def listed_side(texts: Sequence[Laid | None], placed: Placed) -> Struct | None:
    """The listed names of an index; None where a text is not ASCII.

    Args:
        texts: their words in alphabetical order, run together, their consonants, the forms of words, and the consonants
            of these.
        placed: which words they have.
    """
    known = [t for t in texts if t is not None]
    if len(known) < len(texts):
        return None
    given = [_Texts(address(t.letters), address(t.starts), len(t.starts) - 1) for t in known]
    return _side(given, placed, *known)


def asked_side(texts: Sequence[Sequence[str]], placed: Placed) -> Struct | None:
    """The names of a batch of queries; arguments as in `listed_side`."""
    joined, starts = laid_out([t.encode() for group in texts for t in group])
    if not joined.isascii():
        return None
    letters = np.frombuffer(joined or b"\0", np.uint8)
    at, begin, given = address(letters), address(starts), []
    for group in texts:
        given.append(_Texts(at, begin, len(group)))
        begin += _START * len(group)
    return _side(given, placed, letters, starts)


def _side(texts: Sequence[_Texts], placed: Placed, *held: Any) -> Struct:
    arrays = (placed.first, placed.ids, placed.slots, placed.weights, placed.vowels)
    made = _Side(*texts, *map(address, arrays), len(placed.vowels), len(placed.ids), len(placed.weights))
    return Struct(ctypes.addressof(made), (made, arrays, *held))


def evidence(asked: Struct, held: Struct, meetings: tuple[Any, Any, Any], limits: Limits) -> NDArray[np.float32] | None:
    """What speaks for each meeting, below 0 where it is not worth comparing; None where only Python tells.

    Args:
        asked: the queries.
        held: the listed names.
        meetings: of each meeting the position among the queries and among the listed names, of integers, and the cosine
            of the keys, float32.
        limits: what a meeting must reach.
    """
    core = library()
    if core is None:
        return None
    query, name = (np.ascontiguousarray(a, t) for a, t in zip(meetings, (np.int64, np.int32), strict=False))
    cosine = np.ascontiguousarray(meetings[2], np.float32)
    out = np.empty(len(query), np.float32)
    given = (address(query), address(name), address(cosine), len(query), ctypes.addressof(limits), address(out))
    return out if core.sifted(asked.place, held.place, *given) == 0 else None
