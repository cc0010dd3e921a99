"""The share of letters that many pairs of texts have in common, as `rapidfuzz.fuzz.ratio` says it, digit for digit.

Listed texts are read where the index holds them, without a list of Python's; a tenth of a search went into such lists.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from entrepot.names.native.library import address, laid_out, library

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa
    from numpy.typing import NDArray

_ASCII = 1 << 7  # bytes from here on are pieces of a letter


@dataclass(frozen=True, slots=True, eq=False)
class Laid:
    """Texts of ASCII, one after the other.

    Attributes:
        letters: all of them; uint8.
        starts: where each begins, with one more at the end; int64.
    """

    letters: NDArray[np.uint8]
    starts: NDArray[np.int64]


def laid(texts: pa.Array) -> Laid | None:
    """Texts as they lie in an Arrow array; None where one is not ASCII, whose letters are no bytes.

    Args:
        texts: strings, none missing.
    """
    import pyarrow as pa

    _, offsets, data = texts.buffers()
    wide = np.int64 if pa.types.is_large_string(texts.type) else np.int32
    if offsets is None or data is None:
        return Laid(np.zeros(1, np.uint8), np.zeros(len(texts) + 1, np.int64))
    starts = np.frombuffer(offsets, wide)[texts.offset : texts.offset + len(texts) + 1].astype(np.int64)
    letters = np.frombuffer(data, np.uint8)
    is_ascii = not bool((letters[starts[0] : starts[-1]] >= _ASCII).any())
    return Laid(letters, starts) if is_ascii else None


def ratios(asked: Sequence[str], held: Laid, query: Any, name: Any) -> NDArray[np.float32] | None:
    """The share of each pair, in [0, 1]; None where there is no core, or it does not take these texts.

    Args:
        asked: the texts of one side.
        held: those of the other.
        query: of each pair the position of the one text; of integers.
        name: of the other.
    """
    core = library()
    if core is None:
        return None
    joined, starts = laid_out([t.encode() for t in asked])
    if not joined.isascii():
        return None
    one, other = (np.ascontiguousarray(places, dtype=np.int32) for places in (query, name))
    out = np.empty(len(one), np.float32)
    done = core.ratios(
        *(joined, address(starts), len(asked)),
        *(address(held.letters), address(held.starts), len(held.starts) - 1),
        *(address(one), address(other), len(one), address(out)),
    )
    return out if done == 0 else None
