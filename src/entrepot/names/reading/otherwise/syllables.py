"""Pinyin written by the syllable or run together, as words: Shan Dong Wei Qiao Chuang Ye is Shandong Weiqiao Chuangye.

Written so, a place, a trade and a legal form are no words of the tables, and all of it counts as the firm's own name.
The cut is the cheapest one: a known word costs less than its syllables. It is a further reading beside the plain one,
and the better of the two counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from entrepot.names.reading import lexicon
from entrepot.names.reading.han import pinyin
from entrepot.names.reading.latin import pinyin_syllables, syllables

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LEAST = 3  # words of one syllable beside one another; two stand in most persons' names
_LONG = 10  # letters of a word that may be several: of fewer Sudanese and Yamaguchi are syllables too
_LONG_KNOWN = 2  # known words in such a one, unless it begins with a place or ends in a form: Mamadali ends in Dali
_MOST_HELD = 50_000  # words looked at, which come again in other names
_LONGEST = 120  # letters of a stretch; the longest Chinese name of a list has some 70 in pinyin
_LEAST_OWN = 4  # letters of the firm's own behind a place in one word: Changjiang is a river, no firm Ang of Changji
_RANKS, _SHORTEST_RANKED = "省市县区州", 2  # characters: 江阴市 is Jiangyin, 吉州 is no Ji
# What a cut costs. A known word is cheaper than two syllables of a firm's own; a further word of its own costs more
# than none, so that homophones in the middle of one (zhong taihua xue) do not cut it up.
_KNOWN, _SYLLABLE, _OWN_WORD = 0.9, 1.0, 0.5


@dataclass(frozen=True, slots=True)
class _Way:
    """The cheapest cut up to a letter: its cost, whether it ends in a word of the firm's own, words, known ones."""

    cost: float
    is_own: bool
    words: tuple[str, ...]
    known: int


def in_words(words: Sequence[str]) -> str:
    """A name with its syllables put into words, a space between; empty where nothing of it is written by syllables.

    Args:
        words: Latin words, lower case.
    """
    one = _one()
    if sum(map(one.__contains__, words)) < _LEAST and True not in map(_is_long, words):
        return ""
    out: list[str] = []
    for is_one, stretch in groupby(words, one.__contains__):
        held = list(stretch)
        if is_one:
            out += _cut(held) if len(held) >= _LEAST else held
        else:
            for word in held:
                out += _cut([word]) if _is_long(word) else [word]
    return " ".join(out) if out != list(words) else ""


@cache
def _one() -> frozenset[str]:
    return frozenset(pinyin_syllables())


@lru_cache(maxsize=_MOST_HELD)
def _is_long(word: str) -> bool:
    """Whether a word may be several that were run together."""
    return len(word) >= _LONG and word not in lexicon.latin() and syllables().fullmatch(word) is not None


def _cut(words: list[str]) -> list[str]:
    """The cheapest cut of a stretch; the stretch where no known word stands in it, or too few."""
    letters = "".join(words)
    if len(letters) > _LONGEST:
        return words
    ways: list[list[_Way]] = [[] for _ in range(len(letters) + 1)]
    ways[0] = [_Way(0.0, is_own=False, words=(), known=0)]
    steps = _syllables_of(words)
    ends = {0, *(e for reach in steps for e in reach)}
    for at, reach in enumerate(steps):
        for way in _best(ways[at]):
            for end in reach:
                piece = letters[at:end]
                cost = way.cost + _SYLLABLE + (0 if way.is_own else _OWN_WORD)
                joined = (*way.words[:-1], way.words[-1] + piece) if way.is_own else (*way.words, piece)
                ways[end].append(_Way(cost, is_own=True, words=joined, known=way.known))
            for end, spelt in _known_from(letters, at):
                if end in ends and (len(reach) != 1 or end != reach[0]):
                    ways[end].append(
                        _Way(way.cost + _KNOWN, is_own=False, words=(*way.words, spelt), known=way.known + 1)
                    )
    best = min(ways[-1], key=lambda w: w.cost, default=None)
    if best is None or not best.known or (len(words) == 1 and not _is_sure(best)):
        return words
    return list(best.words)


def _is_sure(way: _Way) -> bool:
    """Whether the words in one long word are more than chance."""
    table = lexicon.latin()
    begins, ends = table.get(way.words[0]), table.get(way.words[-1])
    is_placed = begins is not None and begins.role == "place" and len("".join(way.words[1:])) >= _LEAST_OWN
    is_framed = is_placed or (ends is not None and ends.role == "form")
    return len(way.words) > 1 and (is_framed or way.known >= _LONG_KNOWN)


def _best(ways: list[_Way]) -> list[_Way]:
    """The cheapest way that ends in a word of the firm's own, and the cheapest that does not."""
    found = (min((w for w in ways if w.is_own == own), key=lambda w: w.cost, default=None) for own in (True, False))
    return [w for w in found if w is not None]


def _syllables_of(words: list[str]) -> list[list[int]]:
    """For each letter of a stretch where the syllables end that begin there; none goes on into the next word."""
    one, out = _one(), list[list[int]]()
    longest = max(map(len, one))
    start = 0
    for word in words:
        size = len(word)
        if word in one:
            out += [[start + size], *([] for _ in range(size - 1))]
        else:
            for i in range(size):
                reach = range(i + 1, min(size, i + longest) + 1)
                out.append([start + j for j in reach if word[i:j] in one])
        start += size
    return out


def syllables_of(word: str) -> list[str]:
    """A word of whole pinyin in as few syllables as it holds; empty where it is not.

    Args:
        word: lower case.
    """
    best: list[list[str] | None] = [[], *([None] * len(word))]
    for at, reach in enumerate(_syllables_of([word]) if word not in _one() else [[len(word)]]):
        so_far = best[at]
        for end in reach if so_far is not None else ():
            held = best[end]
            if so_far is not None and (held is None or len(held) > len(so_far) + 1):
                best[end] = [*so_far, word[at:end]]
    return best[-1] or []


def _known_from(letters: str, at: int) -> Iterator[tuple[int, str]]:
    """Known words that begin at a letter: where each ends, and how it is written."""
    known, lengths = _known(), _lengths()
    for length in lengths:
        if spelt := known.get(letters[at : at + length]):
            yield at + length, spelt


@cache
def _known() -> dict[str, str]:
    """Places, words of trade and legal forms of Chinese names in pinyin, run together -> as the tables write them."""
    table, out = lexicon.latin(), dict[str, str]()
    for word, entry in lexicon.han().items():
        if len(word) > 1 and entry.role != "core":
            read = pinyin(word)
            is_ranked = entry.role == "place" and word[-1] in _RANKS and len(word) > _SHORTEST_RANKED
            out.setdefault("".join(read), "".join(read[:-1] if is_ranked else read))
    several = (k for k, e in table.items() if e.role == "form" or (e.role == "place" and " " in k))
    spelt = sorted((k for k in several if all(map(syllables().fullmatch, k.split()))), key=lambda k: (-k.count(" "), k))
    held = {j: k for k in spelt if (j := k.replace(" ", "")) not in table or j == k}  # of several the fewest words
    return out | {j: k for j, k in held.items() if len(syllables_of(j)) > 1}


@cache
def _lengths() -> tuple[int, ...]:
    return tuple(sorted({len(k) for k in _known()}))
