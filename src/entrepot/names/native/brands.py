"""How well many Latin words stand for many Chinese brands, each pair as `brand_pair.stands_for` judges it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.names.native.characters import brand_bytes
from entrepot.names.native.library import address, laid_out, library
from entrepot.names.native.rules import rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


def stand(brands: Sequence[str], spelt: Sequence[str], brand: Any, word: Any) -> NDArray[Any] | None:
    """How well words stand for brands, in [0, 1]; None where there is no core, or it does not take these.

    Args:
        brands: Chinese brands.
        spelt: Latin words, written together; of ASCII.
        brand: of each pair the position of its brand; of integers, those of one brand best together.
        word: of each pair the position of its word.
    """
    core = library()
    if core is None:
        return None
    import numpy as np

    asked, asked_starts = laid_out([brand_bytes(b) for b in brands])
    words, word_starts = laid_out([s.encode() for s in spelt])
    one, other = (np.ascontiguousarray(places, dtype=np.int32) for places in (brand, word))
    out = np.empty(len(one))
    done = core.brands_stand(
        *(asked, address(asked_starts), len(brands)),
        *(words, address(word_starts), len(spelt)),
        *(address(one), address(other), len(one), rules().place, address(out)),
    )
    return out if done == 0 else None
