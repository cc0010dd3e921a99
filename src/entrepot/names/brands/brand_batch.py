"""How well many Latin words stand for many Chinese brands, all at once: what `brands.stands_for` says of each pair.

A Chinese name is held against the words of 48 listed names. Here all words of a batch are cut side by side, as numbers:
a step moves every word from one character of its brand to the next. The costs come from `brands`, and so does what they
mean; tests hold the two against one another.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from entrepot.names.brands import brand_pair
from entrepot.names.native.brands import stand as stand_by_core
from entrepot.names.reading.han import simplified

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    Numbers = NDArray[np.int32]

_A = ord("a") - 1  # letters are numbers from 1 on; 0 is no letter
_BITS = 5  # of a letter
_LONGEST_ONSET = max(map(len, brand_pair.CLASSES)) + 1  # consonants; a liquid at their end may be left out
_BASE = np.uint64(0x9E3779B97F4A7C15)  # of the hashes of letters; odd, so that its powers do not vanish
_FEW = 150  # pairs, which are judged as fast one by one
_FAR = 10_000  # a cost that nothing mends
_AGAINST = (ord("l") - _A, ord("r") - _A)
_N, _M, _G, _W = (ord(c) - _A for c in "nmgw")


def stand(brands_asked: Sequence[str], spelt: Sequence[str], brand: Any, word: Any) -> NDArray[np.float64]:
    """How well words stand for brands, each pair as `brands.stands_for` judges it.

    Args:
        brands_asked: Chinese brands.
        spelt: Latin words in lower case, written together.
        brand: of each pair the position of its brand; of integers.
        word: of each pair the position of its word.
    """
    found = np.zeros(len(brand))
    plain = [simplified(b) for b in brands_asked]
    counts = np.array([len(p) for p in plain], dtype=np.int64)
    allowed = np.array([_allowed(p) for p in plain], dtype=bool).reshape(-1, 1 << _BITS)
    kept = [s if s.isascii() and s.isalpha() and s.islower() else "`" for s in spelt]
    sizes = np.array([len(s) for s in kept], dtype=np.int64)[word]
    first = np.array([ord(s[0]) - _A for s in kept], dtype=np.int64)[word]
    fits = (counts[brand] <= sizes) & (sizes <= brand_pair.LETTERS_EACH * counts[brand])
    at = np.flatnonzero(fits & allowed[brand, first])
    by_core = stand_by_core(brands_asked, kept, brand[at], word[at])
    if by_core is not None:
        found[at] = by_core
        return found
    if len(at) < _FEW:
        pairs = zip(brand[at].tolist(), word[at].tolist(), strict=True)
        found[at] = [brand_pair.stands_for(brands_asked[b], kept[w]) for b, w in pairs]
        return found
    for count in np.unique(counts[brand[at]]).tolist():
        chosen = at[counts[brand[at]] == count]
        which, pair_brand = np.unique(brand[chosen], return_inverse=True)
        words, pair_word = np.unique(word[chosen], return_inverse=True)
        letters = _Letters.of([kept[i] for i in words.tolist()])
        cost = _cheapest(_Asked.of([plain[i] for i in which.tolist()]), letters, pair_brand, pair_word, count)
        met = cost <= brand_pair.WORST * count
        found[chosen[met]] = brand_pair.share(cost[met], count)
    return found


@lru_cache(maxsize=20_000)
def _allowed(plain: str) -> NDArray[np.bool_]:
    """By a word's first letter, whether it may stand for a brand at all."""
    out = np.zeros(1 << _BITS, dtype=bool)
    if 1 < len(plain) <= brand_pair.MOST_CHARACTERS:
        out[[ord(c) - _A for c in brand_pair.starts(plain[: brand_pair.LONGEST_GLOSS]) if c.isalpha()]] = True
    return out


@dataclass(frozen=True, slots=True, eq=False)
class _Letters:
    """Words as numbers.

    Attributes:
        codes: for each word its letters, then zeros.
        sizes: letters of each.
        hashes: for each word the sums of its first letters, each times a power of its place.
    """

    codes: NDArray[np.uint8]
    sizes: NDArray[np.int64]
    hashes: NDArray[np.uint64]

    @classmethod
    def of(cls, spelt: Sequence[str]) -> _Letters:
        width = max(map(len, spelt)) + brand_pair.MOST_LETTERS + 1
        flat = np.frombuffer("".join([s.ljust(width, "`") for s in spelt]).encode(), np.uint8)
        codes = flat.reshape(len(spelt), width) - np.uint8(_A)
        sums = np.cumsum(codes * _powers(width)[:width], axis=1, dtype=np.uint64)
        hashes = np.concatenate([np.zeros((len(spelt), 1), np.uint64), sums], axis=1)
        return cls(codes, np.array([len(s) for s in spelt]), hashes)


@cache
def _powers(width: int) -> NDArray[np.uint64]:
    return np.cumprod(np.full(width + 1, _BASE), dtype=np.uint64)


def _hash(text: str) -> int:
    codes = np.frombuffer(text.encode(), np.uint8) - np.uint8(_A)
    return int((codes * _powers(len(text))[: len(text)]).sum(dtype=np.uint64))


@lru_cache(maxsize=20_000)
def _known(characters: str) -> tuple[tuple[int, int, int], ...]:
    """Hash, letters and cost of what stands for one or two characters as it is."""
    return tuple((_hash(t), len(t), cost) for t, cost in brand_pair.matches(characters) if t.isascii() and t.isalpha())


@lru_cache(maxsize=20_000)
def _syllable(syllable: str) -> tuple[Any, int, bool, bool]:
    """Of a syllable what each beginning of letters costs, its vowels, whether it is nasal, and begins with l or r."""
    start, rest = brand_pair.parted(syllable)
    costs = np.array([brand_pair.beginning(start, c) for c in _onsets()[0]], dtype=np.int32)
    vowels = sum(1 << (ord(v) - _A) for v in brand_pair.heard(rest))
    return costs, vowels, brand_pair.is_nasal(rest), start in {"l", "r"}


@cache
def _onsets() -> tuple[list[str], Numbers]:
    """The consonants that letters may begin with, the last for all others; and by the letters' bits, which they are."""
    known = [*brand_pair.CLASSES, "?"]
    table = np.full(1 << _BITS * _LONGEST_ONSET, len(known) - 1, dtype=np.int32)
    for at, onset in enumerate(brand_pair.CLASSES):
        bits = 0
        for letter in onset:
            bits = bits << _BITS | (ord(letter) - _A)
        table[bits] = at
    return known, table


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    """What stands for characters as it is, a row each: hash, letters and cost; filled up with what nothing meets."""

    hashes: NDArray[np.uint64]
    sizes: Numbers
    costs: Numbers

    @classmethod
    def of(cls, characters: Sequence[str]) -> _Table:
        known = [_known(c) for c in characters]
        most = max(map(len, known), default=0)
        rows = np.array([[*k, *[(0, 0, _FAR)] * (most - len(k))] for k in known], dtype=object)
        rows = rows.reshape(len(known), most, 3)
        return cls(rows[..., 0].astype(np.uint64), *(rows[..., i].astype(np.int32) for i in (1, 2)))


@dataclass(frozen=True, slots=True, eq=False)
class _Asked:
    """Brands of one length.

    Attributes:
        single, double: for each place in a brand, what stands for the character there, and for it and the next one.
        first: for each place, the first letter of the character's reading.
        beginnings, vowels, nasal, liquid: for each place, and each reading that is heard, as in `_syllable`.
    """

    single: list[_Table]
    double: list[_Table]
    first: list[Numbers]
    beginnings: list[list[Numbers]]
    vowels: list[list[Numbers]]
    nasal: list[list[NDArray[np.bool_]]]
    liquid: list[list[NDArray[np.bool_]]]

    @classmethod
    def of(cls, plain: Sequence[str]) -> _Asked:
        places = range(len(plain[0]))
        heard = [[_heard(p[i]) for p in plain] for i in places]
        several = range(brand_pair.MOST_HEARD)

        def column(what: int, kind: Any) -> list[list[Any]]:
            return [[np.array([h[r][what] for h in heard[i]], dtype=kind) for r in several] for i in places]

        return cls(
            [_Table.of([p[i] for p in plain]) for i in places],
            [_Table.of([p[i : i + 2] for p in plain]) for i in places[:-1]],
            [np.array([_first(p[i]) for p in plain], dtype=np.int32) for i in places],
            column(0, np.int32),
            column(1, np.int32),
            column(2, bool),
            column(3, bool),
        )


@lru_cache(maxsize=20_000)
def _heard(char: str) -> list[tuple[Any, int, bool, bool]]:
    """The syllables by which a character is heard; one that is read in no way begins with nothing that is known."""
    found = [_syllable(r) for r in brand_pair.readings(char)[: brand_pair.MOST_HEARD]]
    none = np.full(len(_onsets()[0]), brand_pair.WHOLE, dtype=np.int32), 0, False, False
    return (found or [none]) * (1 if len(found) == brand_pair.MOST_HEARD else brand_pair.MOST_HEARD)


def _first(char: str) -> int:
    read = brand_pair.readings(char)
    return ord(read[0][0]) - _A if read and read[0][0].isascii() else -1


def _cheapest(asked: _Asked, letters: _Letters, brand: Any, word: Any, count: int) -> Any:
    """For each pair the cost of the cheapest cut of the word along the characters, in hundredths."""
    limit = brand_pair.WORST * count
    size = letters.sizes[word]
    best = [np.full((len(brand), letters.codes.shape[1] + 1), _FAR, dtype=np.int32) for _ in range(count + 1)]
    best[0][:, 0] = 0
    for at in range(count):
        pair, begin = np.nonzero(best[at] <= limit)
        cost = best[at][pair, begin]
        here = _Here(asked, at, letters, brand[pair], word[pair], begin, size[pair] - begin)
        for steps, rows, length, more in _steps(here, last=at == count - 1):
            total = cost[rows] + more
            kept = np.flatnonzero(total <= limit)
            row = rows[kept]
            end = begin[row] + (length if isinstance(length, int) else length[kept])
            # In one step no word comes to a place twice: each target is written to once.
            there = best[at + steps]
            there[pair[row], end] = np.minimum(there[pair[row], end], total[kept])
    return best[count][np.arange(len(brand)), size]


@dataclass(frozen=True, slots=True, eq=False)
class _Here:
    """Words that have come to a character.

    Attributes:
        asked, at: the brands, and which of their characters.
        letters: the words.
        brand, word: of each pair the positions.
        begin: where the letters begin that are left.
        left: how many they are.
    """

    asked: _Asked
    at: int
    letters: _Letters
    brand: Any
    word: Any
    begin: Any
    left: Any


def _steps(here: _Here, *, last: bool) -> Iterator[tuple[int, Any, Any, Any]]:
    """What may stand for a character: how many characters, of which words, how many letters, and the cost.

    Args:
        here: the words.
        last: whether it is the last character, for which all letters that are left must stand.
    """
    everyone = np.arange(len(here.brand))
    begun = everyone[(here.begin > 0) & ((here.left == 0) | (not last))]
    yield 1, begun, 0, np.full(len(begun), brand_pair.LEFT_OUT)
    first = here.letters.codes[here.word, here.begin] == here.asked.first[here.at][here.brand]
    kept = everyone[first & ((here.left == 1) | (not last))]
    yield 1, kept, 1, np.full(len(kept), brand_pair.FIRST)
    yield from ((1, *found) for found in _as_they_are(here, here.asked.single[here.at]))
    if not last:
        yield from ((2, *found) for found in _as_they_are(here, here.asked.double[here.at]))
    for length, (rows, cost) in enumerate(_by_sound(here, last=last), 1):
        heard = cost < brand_pair.MOST_SOUND
        yield 1, rows[heard], length, cost[heard] + brand_pair.SOUNDED


def _as_they_are(here: _Here, table: _Table) -> Iterator[tuple[Any, Any, Any]]:
    """Of which words the letters come next that stand for a character as they are."""
    hashes, begin = here.letters.hashes, here.begin
    power, before, last = _powers(hashes.shape[1])[begin], hashes[here.word, begin], hashes.shape[1] - 1
    for i in range(table.costs.shape[1]):
        size = table.sizes[here.brand, i]
        end = np.minimum(begin + size, last)
        same = (hashes[here.word, end] - before) * _BASE == table.hashes[here.brand, i] * power
        rows = np.flatnonzero(same & (size > 0))
        yield rows, size[rows], table.costs[here.brand[rows], i]


def _by_sound(here: _Here, *, last: bool) -> Iterator[tuple[Any, Any]]:
    """Of which words the next letters may stand for a character by sound, and the cost; one letter more each time.

    Of the last character only the cost of all letters that are left.
    """
    rows = np.flatnonzero(here.left <= brand_pair.MOST_LETTERS) if last else np.arange(len(here.left))
    heard = _Sound.silent(len(rows))
    for length in range(1, brand_pair.MOST_LETTERS + 1):
        open_ = heard.open & (here.left[rows] >= length)
        rows, heard = rows[open_], heard.only(open_)
        heard.add(here.letters.codes[here.word[rows], here.begin[rows] + length - 1].astype(np.int32))
        done = np.flatnonzero(here.left[rows] == length) if last else np.arange(len(rows))
        yield rows[done], _cost(here, rows[done], heard.only(done))


def _cost(here: _Here, rows: Any, heard: _Sound) -> Any:
    """The cost of letters that are heard, in the reading that they are most like."""
    table, at, brand = here.asked, here.at, here.brand[rows]
    several = zip(table.beginnings[at], table.vowels[at], table.nasal[at], table.liquid[at], strict=True)
    costs = [heard.cost(beginnings[brand], *(x[brand] for x in rest)) for beginnings, *rest in several]
    return np.minimum(*costs)


@dataclass(slots=True, eq=False)
class _Sound:
    """Letters as they are heard: consonants, vowels, consonants that close; one more at a time.

    Attributes:
        onset, onset_size: the bits of the first consonants, and how many they are.
        vowels: which are among the vowels, a bit for each letter.
        closed: whether they are over.
        last, coda: the last letter that closes, and what all cost where nothing should close.
        after, nasal: likewise where n, ng or m should.
    """

    onset: Numbers
    onset_size: Numbers
    vowels: Numbers
    closed: NDArray[np.bool_]
    last: Numbers
    coda: Numbers
    after: Numbers
    nasal: Numbers

    @classmethod
    def silent(cls, count: int) -> _Sound:
        onset, size, vowels, last, coda, after = (np.zeros(count, dtype=np.int32) for _ in range(6))
        closed = np.zeros(count, dtype=bool)
        return cls(onset, size, vowels, closed, last, coda, after, np.full(count, brand_pair.NASAL, dtype=np.int32))

    @property
    def open(self) -> NDArray[np.bool_]:
        """Whether they are still one syllable."""
        return self.coda < brand_pair.WHOLE

    def only(self, kept: Any) -> _Sound:
        """Some of them."""
        return _Sound(*(getattr(self, n)[kept] for n in self.__slots__))

    def add(self, letter: Numbers) -> None:
        """One letter more of each."""
        vowel, soft, adds = (t[letter] for t in _kinds())
        opening = ~vowel & (self.vowels == 0)
        self.onset = np.where(opening, (self.onset << _BITS | letter) & _ONSET_BITS, self.onset)
        self.onset_size += opening
        begun = ~opening & ~self.closed
        self.closed |= begun & ~soft & (self.vowels != 0)
        self.vowels |= np.where(begun & ~self.closed, 1 << letter, 0)
        first = self.closed & (self.last == 0)
        self.coda += np.where(self.closed & (letter != self.last), adds, 0)
        lost = first & ((letter == _N) | (letter == _M))
        ng = self.closed & (letter == _G) & (self.last == _N) & (self.after == -1)
        self.nasal = np.where(lost, 0, self.nasal)
        free = lost | ng
        self.nasal += np.where(self.closed & ~free & (letter != self.after), adds, 0)
        self.after = np.where(self.closed, np.where(free, np.where(lost & (letter == _N), -1, 0), letter), self.after)
        self.last = np.where(self.closed, letter, self.last)

    def cost(self, beginnings: Any, vowels: Any, nasal: Any, liquid: Any) -> Any:
        """What they cost where a syllable begins, sounds and closes so; a row of each for each word."""
        table = _onsets()[1]
        tail = self.onset & ((1 << _BITS) - 1)
        lost = (self.onset_size > 1) & ((tail == _AGAINST[0]) | (tail == _AGAINST[1])) & ~liquid
        short = self.onset_size - lost < _LONGEST_ONSET
        bits = np.where(lost, self.onset >> _BITS, self.onset)
        first = np.where(short, beginnings[np.arange(len(bits)), table[bits]], brand_pair.WHOLE)
        none = self.vowels == 0
        vowel = np.where(none, brand_pair.NO_VOWEL, np.where(self.vowels & vowels, 0, brand_pair.OTHER_VOWEL))
        closing = np.where(nasal, self.nasal, self.coda)
        return np.where(first >= brand_pair.OTHER_START, first, first + lost * brand_pair.LIQUID + vowel + closing)


_ONSET_BITS = (1 << _BITS * _LONGEST_ONSET) - 1  # all bits of an onset of the most letters that one number holds


@cache
def _kinds() -> tuple[Any, Any, Any]:
    """By letter: whether it is a vowel, whether it may stand among vowels, and what it costs where it closes."""
    vowel, soft, adds = np.zeros(1 << _BITS, bool), np.zeros(1 << _BITS, bool), np.full(1 << _BITS, brand_pair.CODA)
    for letter in "aeiouy":
        vowel[ord(letter) - _A] = soft[ord(letter) - _A] = True
        adds[ord(letter) - _A] = brand_pair.WHOLE  # a second syllable
    soft[_W] = True
    adds[list(_AGAINST)] = brand_pair.LIQUID
    adds[0] = 0
    return vowel, soft, adds.astype(np.int32)
