"""Keys of many listed names, cut out of their letters for all names at once.

They stand name after name in the order of `keys.keys_asked`: a key has the number at which it comes first, and
what floats sum to hangs on that. A key is held as a number of 64 bits, its kind above three letters or a word; it is
written out once, at the end. See docs/design/08-bulk-screening.md.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import accumulate, count, pairwise
from typing import TYPE_CHECKING

import numpy as np

from entrepot.core.tables.buffers import as_numpy, numbers
from entrepot.names.reading import keys
from entrepot.names.search.keyed.postings import build, of_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from entrepot.names.reading.name import Name
    from entrepot.names.search.keyed.postings import Postings

    Numbers = NDArray[np.int64]

_LETTER = 20  # bits: all of Unicode but its last plane, which is private and taken out of names
_KIND = 3 * _LETTER  # bits below the kind of a key
# How a key of each kind begins, and what stands behind: letters, or one of the words of a name, or of their consonants.
_GRAM, _SHORT, _WORD, _BONES, _MARKED, _MARKED_LETTERS, _BARE, _BARE_LETTERS = range(8)
_BEGINS = {
    _GRAM: ("", "letters"), _SHORT: ("<", "letters"), _WORD: ("=", "words"), _BONES: ("-", "bones"),
    _MARKED: ("~=", "bones"), _MARKED_LETTERS: ("~", "letters"),
    _BARE: ("_=", "bones"), _BARE_LETTERS: ("_", "letters"),
}  # fmt: skip
_GROUPS = 2  # of keys a name: for queries that have its vowels, and for those that have none


@dataclass(frozen=True, slots=True, eq=False)
class _Keys:
    """Keys of names, one name after the other.

    Attributes:
        sizes: how many each name has.
        codes: the keys.
    """

    sizes: Numbers
    codes: Numbers

    def of(self, kind: int, which: NDArray[np.bool_]) -> _Keys:
        """Those of some names, as keys of a kind."""
        return _Keys(self.sizes * which, self.codes[np.repeat(which, self.sizes)] | (kind << _KIND))


@dataclass(slots=True)
class _Numbered:
    """Texts that names have, each by the number at which it came first."""

    known: defaultdict[str, int] = field(default_factory=lambda: defaultdict(count().__next__))
    numbers: list[int] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)

    def add(self, texts: Sequence[str]) -> None:
        """Take the texts of the next name."""
        self.numbers += map(self.known.__getitem__, texts)
        self.sizes.append(len(texts))

    def keys(self) -> _Keys:
        """All that was taken."""
        return _Keys(np.array(self.sizes, dtype=np.int64), np.array(self.numbers, dtype=np.int64))


class GatheredKeys:
    """Keys of names, gathered one name after the other."""

    def __init__(self) -> None:
        self._words, self._bones = _Numbered(), _Numbered()
        self._letters: list[str] = []
        self._consonants: list[str] = []
        self._vowels: list[bool] = []

    def add(self, name: Name) -> tuple[str, bool]:
        """Take the next name.

        Returns:
            The consonants of its distinctive words, as `keys.bones`, and whether it has its vowels.
        """
        letters, bones, consonants = keys.pieces(name)
        has_vowels = name.vowels
        self._words.add([w.text for w in name.words] if has_vowels else ())
        self._bones.add(bones)
        self._letters.append(letters)
        self._consonants.append(consonants)
        self._vowels.append(has_vowels)
        return consonants, has_vowels

    def made(self) -> Postings:
        """Postings of all that was taken, as `build` makes them of the keys of each name."""
        codes, sizes = _laid(self._first_group(), self._second_group())
        encoded = numbers(codes).dictionary_encode()
        rows = as_numpy(encoded.indices)
        texts = self._written_out(as_numpy(encoded.dictionary))
        known = dict(zip(texts, range(len(texts)), strict=True))
        if len(known) < len(texts):  # a mark within a word makes it the text of a key of another kind
            return build(_in_texts(texts, rows, sizes))
        return of_rows(known, rows, sizes, groups=_GROUPS)

    def _first_group(self) -> list[_Keys]:
        """What queries with vowels look by: of names that have them letters and words, of others their consonants."""
        full = np.array(self._vowels, dtype=bool)
        short = [f"^{t}$" if len(t) <= keys.SHORT_RUN else "" for t in self._letters]
        # A text of one letter or two is a key as it is: what stands behind it is none.
        letters = [t.ljust(keys.GRAM, "\0") if t else t for t in self._letters]
        bones = self._bones.keys()
        return [
            _grams(letters, keys.GRAM).of(_GRAM, full),
            _grams(short, 2).of(_SHORT, full),
            self._words.keys().of(_WORD, full),
            bones.of(_BONES, full),
            bones.of(_BARE, ~full),
            *(_grams(self._consonants, n).of(_BARE_LETTERS, ~full) for n in (2, keys.GRAM)),
        ]

    def _second_group(self) -> list[_Keys]:
        """What queries without vowels look by: the consonants of every name."""
        every = np.ones(len(self._vowels), dtype=bool)
        grams = (_grams(self._consonants, n).of(_MARKED_LETTERS, every) for n in (2, keys.GRAM))
        return [self._bones.keys().of(_MARKED, every), *grams]

    def _written_out(self, codes: Numbers) -> list[str]:
        """The texts of keys."""
        words = {"words": list(self._words.known), "bones": list(self._bones.known)}
        found = np.empty(len(codes), dtype=object)
        for kind, (begins, of) in _BEGINS.items():
            at = np.flatnonzero(codes >> _KIND == kind)
            held = codes[at] & ((1 << _KIND) - 1)
            ends = _in_letters(held) if of == "letters" else [words[of][i] for i in held.tolist()]
            found[at] = [begins + end for end in ends]
        texts: list[str] = found.tolist()
        return texts


def _grams(texts: Sequence[str], size: int) -> _Keys:
    """Groups of so many letters of each text."""
    letters = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.int64)
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    sizes = np.maximum(lengths - size + 1, 0)
    begin = _counted(np.cumsum(lengths) - lengths, sizes)
    codes = np.zeros(len(begin), dtype=np.int64)
    for i in range(size):
        codes |= letters[begin + i] << (i * _LETTER)
    return _Keys(sizes, codes)


def _in_letters(codes: Numbers) -> list[str]:
    """The letters of keys, those that are none left out."""
    each = [(codes >> (i * _LETTER)) & ((1 << _LETTER) - 1) for i in range(3)]
    texts: list[str] = np.stack(each, axis=1).astype(np.uint32).view("U3").ravel().tolist()
    return texts


def _counted(starts: Numbers, sizes: Numbers) -> Numbers:
    """From each start so many numbers, each one higher."""
    found: Numbers = np.repeat(starts - np.cumsum(sizes) + sizes, sizes) + np.arange(sizes.sum())
    return found


def _laid(first: Sequence[_Keys], second: Sequence[_Keys]) -> tuple[Numbers, Numbers]:
    """Keys of all kinds name after name, and how many each group of keys has."""
    sizes = np.stack([k.sizes for k in (*first, *second)], axis=1)
    starts = (np.cumsum(sizes) - sizes.ravel()).reshape(sizes.shape)
    codes = np.empty(sizes.sum(), dtype=np.int64)
    for at, held in enumerate((*first, *second)):
        codes[_counted(starts[:, at], held.sizes)] = held.codes
    groups = [part.sum(axis=1) for part in np.split(sizes, [len(first)], axis=1)]
    return codes, np.stack(groups, axis=1).ravel()


def _in_texts(texts: Sequence[str], rows: NDArray[np.int32], sizes: Numbers) -> Iterator[tuple[list[str], ...]]:
    """The texts of the keys of each name, group by group, each once."""
    flat = [texts[i] for i in rows.tolist()]
    ends = accumulate(sizes.tolist(), initial=0)
    groups = [list(dict.fromkeys(flat[a:b])) for a, b in pairwise(ends)]
    yield from zip(groups[::_GROUPS], groups[1::_GROUPS], strict=True)
