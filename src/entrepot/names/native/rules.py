"""What the core needs to know beside the names: the model, the syllables of pinyin, given names, Arabic letters.

All of it is read from where Python reads it; nothing is written twice.
"""

from __future__ import annotations

import ctypes
from functools import cache
from typing import TYPE_CHECKING, Any

from entrepot.names.comparing.features import FEATURES
from entrepot.names.comparing.scoring_model import RELATIONS, model
from entrepot.names.native.characters import onsets
from entrepot.names.native.library import Struct, address
from entrepot.names.reading import arabic, lexicon
from entrepot.names.reading.latin import pinyin_syllables
from entrepot.names.reading.name import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

KIND_NUMBERS = {kind: at for at, kind in enumerate(KINDS)}
WORD_KINDS = {"core": 0, "word": 1, "place": 2, "number": 3}  # as native/names.h counts them
ARABIC = {letter: at for at, letter in enumerate(arabic.READINGS)}
_TABLE_BITS = 12  # of the table of syllables, as native/core.h has it: ten places for each of 400
_WORD = (1 << 64) - 1  # hashes are numbers of 64 bits in C, and of any length here
_BASIS, _PRIME = 0xCBF29CE484222325, 0x100000001B3  # of FNV-1a, 64 bits


class _Rules(ctypes.Structure):
    """`Rules` of native/names.h: the structs in it stand one after the other."""

    _fields_ = (
        *((name, ctypes.c_void_p) for name in ("syllables", "called")),
        ("called_count", ctypes.c_int64),
        ("onsets", ctypes.c_void_p),
        ("onset_count", ctypes.c_int64),
        *((name, ctypes.c_void_p) for name in ("starts", "spelt", "costs", "weak", "sun")),
        *((name, ctypes.c_int32) for name in ("letters", "alif", "lam")),
        *((name, ctypes.c_void_p) for name in ("start", "knots", "points", "curves")),
    )


@cache
def rules() -> Struct:
    """The rules of this process."""
    arrays = {**_syllables(), **_called(), **_onsets(), **_arabic(), **_model()}
    given = _Rules(
        **{name: address(a) for name, a in arrays.items()},
        called_count=len(arrays["called"]),
        onset_count=len(arrays["onsets"]),
        letters=len(ARABIC),
        alif=ARABIC["ا"],
        lam=ARABIC["ل"],
    )
    return Struct(ctypes.addressof(given), (given, arrays))


def _syllables() -> dict[str, NDArray[Any]]:
    import numpy as np

    size = 1 << _TABLE_BITS
    table = [0] * size
    for syllable in pinyin_syllables():
        packed = int.from_bytes(syllable.encode(), "big")
        at = _mixed(packed) % size
        while table[at]:
            at = (at + 1) % size
        table[at] = packed
    return {"syllables": np.array(table, dtype=np.uint64)}


def _mixed(x: int) -> int:
    x ^= x >> 29
    x = x * 0xBF58476D1CE4E5B9 & _WORD
    return x ^ (x >> 32)


def _called() -> dict[str, NDArray[Any]]:
    import numpy as np

    pairs = [f"{name}|{short}" for name, found in lexicon.called().items() for short in found]
    return {"called": np.array(sorted({_hashed(p) for p in pairs}), dtype=np.uint64)}


def _onsets() -> dict[str, NDArray[Any]]:
    import numpy as np

    return {"onsets": np.array([int.from_bytes(o.encode(), "big") for o in onsets()], dtype=np.uint32)}


def _hashed(text: str) -> int:
    out = _BASIS
    for byte in text.encode():
        out = (out ^ byte) * _PRIME & _WORD
    return out


def _arabic() -> dict[str, NDArray[Any]]:
    import numpy as np

    readings = [r for letter in ARABIC for r in arabic.READINGS[letter]]
    spelt = b"".join(bytes([len(s), *s.encode()]).ljust(4, b"\0") for s, _ in readings)
    assert len(spelt) == 4 * len(readings)
    ends = np.cumsum([0, *(len(arabic.READINGS[letter]) for letter in ARABIC)])
    return {
        "starts": ends.astype(np.int32),
        "spelt": np.frombuffer(spelt, dtype=np.uint8),
        "costs": np.array([cost for _, cost in readings]),
        "weak": np.array([arabic.WEAK.get(letter, 1.0) for letter in ARABIC]),
        "sun": np.array([letter in arabic.SUN for letter in ARABIC], dtype=np.uint8),
    }


def _model() -> dict[str, NDArray[Any]]:
    import numpy as np

    known = [model(kind, relation) for kind in KINDS for relation in RELATIONS]
    knots, points, curves = list[float](), list[float](), list[tuple[int, int]]()
    for curve in (c for m in known for c in m.curves):
        curves.append((len(knots), len(curve.knots) if curve else 0))
        knots += curve.knots if curve else ()
        points += curve.points if curve else ()
    assert len(curves) == len(known) * len(FEATURES)
    return {
        "start": np.array([m.start for m in known]),
        "knots": np.array(knots),
        "points": np.array(points),
        "curves": np.array(curves, dtype=np.int32).reshape(-1),
    }


def scratch(size: int) -> NDArray[Any]:
    """Room for the core to work in, of bytes; not written."""
    import numpy as np

    return np.empty(size, dtype=np.uint8)


def addresses(arrays: Iterable[NDArray[Any]]) -> list[int]:
    """Where arrays lie; the caller keeps them."""
    return [address(a) for a in arrays]
