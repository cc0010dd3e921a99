"""How well Latin words stand for Chinese brands, and how alike their letters are, as `brand_pair` judges each pair."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.names.native.characters import brand_bytes
from entrepot.names.native.library import address, laid_out, library
from entrepot.names.native.rules import rules, scratch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from entrepot.names.native.ratios import Laid


_A_WORD = 1 << 11  # bytes of scratch for two words of 64 letters, each in five forms


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


def letters(
    forms: Sequence[str], initials: Sequence[str], listed: Laid, pairs: tuple[Any, Any], least: float
) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]] | None:
    """How alike the letters of brands and of listed words are; None where there is no core, or it does not take these.

    Args:
        forms: pinyin of brands, and further readings.
        initials: of each form the first letters of its syllables; empty where it has none.
        listed: words of listed names.
        pairs: of each pair the position of its form, and of its listed word; of integers.
        least: share of letters in common below which two are not alike.

    Returns:
        Of each pair how alike the two are, -1 where they share fewer letters; whether the form begins or ends with the
        listed word; whether that is its first letters.
    """
    core = library()
    if core is None:
        return None
    import numpy as np

    joined, starts = laid_out([t.encode() for t in (*forms, *initials)])
    if not joined.isascii():
        return None
    one, other = (np.ascontiguousarray(places, dtype=np.int32) for places in pairs)
    alike, part, room = np.empty(len(one)), np.empty(len(one), np.uint8), scratch(_A_WORD)
    done = core.brand_letters(
        *(joined, address(starts), len(forms)),
        *(address(listed.letters), address(listed.starts), len(listed.starts) - 1),
        *(address(one), address(other), len(one), rules().place, address(room), len(room)),
        *(least, address(alike), address(part)),
    )
    return (alike, (part & 1) > 0, part > 1) if done == 0 else None
