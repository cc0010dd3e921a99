"""How well the words of listed names stand for the brands of Chinese names, all meetings of a batch at once.

A firm's name is its brand: where no word of a listed name stands for it, by its letters, its sound or its meaning, the
two are two firms. What this loses and saves: docs/design/08-bulk-screening.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from entrepot.names.brands import brand_batch, brand_pair
from entrepot.names.comparing import spelling
from entrepot.names.native import brands as brands_met
from entrepot.names.search import prefilter
from entrepot.names.search.word_arrays import Texts, beside, texts_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from entrepot.names.native.ratios import Laid
    from entrepot.names.reading.name import Name, Word
    from entrepot.names.search.arrays import Compiled

_LEAST_RATIO = 0.45  # of the letters of two words, below which no reading of them is alike


@dataclass(frozen=True, slots=True, eq=False)
class Brands:
    """The brands of Chinese names.

    Attributes:
        shown: each brand once, in Chinese characters.
        forms: likewise its pinyin and further readings.
        words: the words that are the brands, in the order of `shown.ids`.
    """

    shown: Texts
    forms: Texts
    words: Sequence[Word]


def brands_of(names: Sequence[Name]) -> Brands:
    """The brands of Chinese names; a name that was not read from Chinese characters has none."""
    words = [[w for w in n.words if w.initials] for n in names]
    shown = texts_of([[w.shown for w in found] for found in words])
    forms = texts_of([[f for w in found for f in (w.text, *w.other)] for found in words])
    return Brands(shown, forms, [w for found in words for w in found])


@dataclass(frozen=True, slots=True, eq=False)
class Stood:
    """Brands of queries beside words of listed names.

    Attributes:
        pair: for each two the meeting that they are of, ascending.
        brand, word: which brand and which word, as positions among the texts.
        found: how well the word stands for the brand, in [0, 1].
        best: of each meeting the best of these, 0 where there is none.
    """

    pair: NDArray[np.int32]
    brand: NDArray[np.int32]
    word: NDArray[np.int32]
    found: NDArray[np.float64]
    best: NDArray[np.float64]

    def only(self, kept: NDArray[np.int64]) -> Stood:
        """Some of the meetings, by their positions."""
        place = np.full(len(self.best), -1, dtype=np.int32)
        place[kept] = np.arange(len(kept))
        pair = place[self.pair]
        held = pair >= 0
        return Stood(pair[held], self.brand[held], self.word[held], self.found[held], self.best[kept])


def stood(held: Compiled, asked: Brands, query: Any, name: Any) -> Stood:
    """Every brand of a query beside every word of a listed name, and every two words side by side.

    Args:
        held: the listed names.
        asked: the brands of the queries.
        query: of each meeting the position among the queries.
        name: of each meeting the position among the listed names.
    """
    spelt = held.spelt
    pair, i, j, _ = beside(asked.shown.starts, spelt.starts, query, name)
    brand, word = asked.shown.ids[i], spelt.ids[j]
    (b, w), back = _once(brand, word, len(spelt.texts))
    which, at = np.unique(w, return_inverse=True)
    found = brand_batch.stand(asked.shown.texts, [spelt.texts[k] for k in which.tolist()], b, at)[back]
    return Stood(pair, brand, word, found, _best(pair, found, len(query)))


def agreement(held: Compiled, asked: Brands, query: Any, name: Any, beside_them: Stood) -> NDArray[np.float64]:
    """How alike a brand and the word of a listed name that is most like it are, of each meeting, by all that counts.

    A little more than `brands.meet` says at times, never much less: kinds of words are passed over.

    Args:
        held: the listed names.
        asked: the brands of the queries.
        query: of each meeting the position among the queries.
        name: of each meeting the position among the listed names.
        beside_them: the same meetings, by what stands for what.
    """
    shown, words = asked.shown.texts, held.spelt.texts
    value = np.zeros(len(beside_them.pair))
    met = np.flatnonzero(beside_them.found >= brand_pair.STANDS)
    rows = zip(*(a[met].tolist() for a in (beside_them.brand, beside_them.word, beside_them.found)), strict=True)
    value[met] = [brand_pair.worth(shown[b], words[s], f) for b, s, f in rows]
    best = _best(beside_them.pair, value, len(query))
    forms = Texts(held.words.forms, held.words.starts, held.words.ids)
    for texts, laid in ((held.spelt, held.laid_written), (forms, held.laid_forms)):
        best = np.maximum(best, _by_letters(texts, laid, asked, query, name))
    return best


def _by_letters(texts: Texts, laid: Laid | None, asked: Brands, query: Any, name: Any) -> NDArray[np.float64]:
    """How alike the letters of a brand and of the nearest text of a listed name are, of each meeting.

    Args:
        texts: those of the listed names.
        laid: the same, as the compiled core reads them; None where it does not.
        asked: the brands of the queries.
        query: of each meeting the position among the queries.
        name: of each meeting the position among the listed names.
    """
    pair, i, j, _ = beside(asked.forms.starts, texts.starts, query, name)
    (a, b), back = _once(asked.forms.ids[i], texts.ids[j], len(texts.texts))
    if laid is not None and (found := _by_core(asked, laid, a, b)) is not None:
        return _best(pair, found[back], len(query))
    left, right = [asked.forms.texts[k] for k in a.tolist()], [texts.texts[k] for k in b.tolist()]
    value = np.zeros(len(a))
    near = np.flatnonzero(prefilter.ratio(left, right) >= _LEAST_RATIO)
    initials = {w.text: w.initials for w in asked.words}
    value[near] = [_alike(left[k], right[k]) for k in near.tolist()]
    parts = [brand_pair.in_part(x, initials.get(x, ""), y) for x, y in zip(left, right, strict=True)]
    return _best(pair, np.maximum(value, parts)[back], len(query))


def _by_core(asked: Brands, laid: Laid, a: Any, b: Any) -> NDArray[np.float64] | None:
    """How alike forms and listed texts are, by the compiled core; None where it does not tell."""
    initials = {w.text: w.initials for w in asked.words}
    forms = asked.forms.texts
    found = brands_met.letters(forms, [initials.get(f, "") for f in forms], laid, (a, b), _LEAST_RATIO)
    if found is None:
        return None
    alike, is_in, is_first = found
    value = np.where(alike < 0, 0.0, brand_pair.by_letters_of_many(alike))
    lengths = laid.starts[b + 1] - laid.starts[b]
    found_best: NDArray[np.float64] = np.maximum(value, brand_pair.in_part_of_many(lengths, is_in, is_first))
    return found_best


def _alike(form: str, spelt: str) -> float:
    return brand_pair.by_letters(spelling.alike(form, spelt))


def _once(first: Any, second: Any, many: int) -> tuple[tuple[Any, Any], Any]:
    """Two columns of positions with each pair once, and where each pair of them went."""
    once, back = np.unique(first.astype(np.int64) * max(1, many) + second, return_inverse=True)
    return np.divmod(once, max(1, many)), back


def _best(pair: Any, found: Any, count: int) -> NDArray[np.float64]:
    best = np.zeros(count)
    np.maximum.at(best, pair, found)
    return best
