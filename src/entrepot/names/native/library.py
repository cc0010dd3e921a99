"""The library of this machine: found, loaded once, and asked.

Where there is none for the platform, or `ENTREPOT_CORE=python` says so, the Python that does the same does it, and the
first use says so once. See docs/design/59-compiled-core.md.
"""

from __future__ import annotations

import ctypes
import os
import platform
import sys
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

SETTING = "ENTREPOT_CORE"  # python: the compiled core is left aside
_SLOWER = "The compiled core is not there ({why}): the same results, several times slower."
_SUFFIXES = {"linux": "so", "darwin": "dylib", "windows": "dll"}
_POINTER, _COUNT = ctypes.c_void_p, ctypes.c_int64


@dataclass(frozen=True, slots=True)
class Library:
    """The functions of the core; pointers are addresses of arrays, which the caller keeps.

    Attributes:
        nearest: names that share the most of a query's keys (native/postings.c).
        ceilings: the log-odds that pairs of names can have at most (native/pairs.c).
        ratios: the share of letters that two texts have in common, of many.
        sifted: which meetings of names are worth comparing (native/sift.c).
        word_likeness: how alike two words are.
        brand_letters: how alike forms of Chinese brands and listed words are, of many pairs.
        cut: a Chinese name cut into its words (native/cut.c).
        brands_stand: how well words stand for Chinese brands, of many pairs (native/brand.c).
        letters_fit: how well a Latin spelling fits a word in Arabic letters.
        feature_count: how many features the core knows.
        components: nodes of a network by what goes round together (native/loops.c).
        component_bounds: the least or the most that each of them can be.
    """

    nearest: Any
    ceilings: Any
    ratios: Any
    sifted: Any
    word_likeness: Any
    brand_letters: Any
    cut: Any
    brands_stand: Any
    letters_fit: Any
    feature_count: Any
    components: Any
    component_bounds: Any


@dataclass(frozen=True, slots=True, eq=False)
class Struct:
    """A struct where the core finds it.

    Attributes:
        place: its address.
        held: the struct, and what it points to.
    """

    place: int
    held: tuple[Any, ...]


@cache
def library() -> Library | None:
    """The core, or None where Python does its work."""
    if os.environ.get(SETTING, "").lower() == "python":
        return None
    try:
        return _opened(file_name())
    except (OSError, AttributeError) as exc:
        _say(
            str(exc)
            if isinstance(exc, AttributeError)
            else tr("none for {system} on {machine}", system=platform.system(), machine=platform.machine())
        )
        return None


def file_name() -> str:
    """The file of this machine's library, whether it is there or not."""
    system = platform.system().lower()
    return f"core-{system}-{platform.machine().lower()}.{_SUFFIXES.get(system, 'so')}"


def _opened(name: str) -> Library:
    path = files("entrepot.names.native").joinpath("built", name)
    held = ctypes.CDLL(str(path))
    taken = {
        "nearest": (_COUNT, "pppnnpnppnnnfpppppp"),
        "ceilings": (ctypes.c_int32, "ppnppnppndp"),
        "ratios": (ctypes.c_int32, "ppnppnppnp"),
        "sifted": (ctypes.c_int32, "pppppnpp"),
        "word_likeness": (ctypes.c_double, "pipippn"),
        "brand_letters": (ctypes.c_int32, "ppnppnppnppnfpp"),
        "cut": (ctypes.c_int32, "pipnppn"),
        "brands_stand": (ctypes.c_int32, "ppnppnppnpp"),
        "letters_fit": (ctypes.c_double, "pipip"),
        "feature_count": (ctypes.c_int32, ""),
        "components": (_COUNT, "pppnpnppppppp"),
        "component_bounds": (_COUNT, "nnppppppnndpppppppppppnp"),
    }
    kinds = {"p": _POINTER, "n": _COUNT, "i": ctypes.c_int32, "f": ctypes.c_float, "d": ctypes.c_double}
    for function, (gives, takes) in taken.items():
        found = getattr(held, function)
        found.restype, found.argtypes = gives, [kinds[c] for c in takes]
    return Library(**{name: getattr(held, name) for name in taken})


def _say(why: str) -> None:
    """To the terminal, once, and not by every worker of a run."""
    import multiprocessing

    if multiprocessing.parent_process() is None:
        sys.stderr.write(_SLOWER.format(why=why) + "\n")


def address(array: NDArray[Any]) -> int:
    """Where the numbers of an array lie; it is laid out row by row, and the caller keeps it."""
    assert array.flags.c_contiguous
    return int(array.__array_interface__["data"][0])


def laid_out(parts: Sequence[bytes]) -> tuple[bytes, NDArray[Any]]:
    """Pieces of bytes one after the other, and where each begins, with one more at the end; int64."""
    import numpy as np

    starts = np.zeros(len(parts) + 1, dtype=np.int64)
    np.cumsum(np.fromiter(map(len, parts), dtype=np.int64, count=len(parts)), out=starts[1:])
    return b"".join(parts), starts
