"""How well a Latin brand stands for a Chinese one, character by character.

Firms of China seldom spell their Latin brand: they translate a character (芯 is chip), write it as it sounds (可达 is
coda), keep the first letter of its pinyin, or mix the three. So a Latin word is cut into as many pieces as the Chinese
word has characters, and each piece is held against one character, by its readings (Mandarin, Cantonese, Wade and
Giles), by data/han_glosses.csv (what a character is commonly translated to; general knowledge, from no list of firms),
or by its sound. The cheapest cut counts.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise
from string import ascii_lowercase
from typing import TYPE_CHECKING, Any

from entrepot.core.tables.packaged import packaged_rows
from entrepot.names.contract import HAN_GLOSSES
from entrepot.names.reading.han import cantonese, pinyin, simplified, wade_giles
from entrepot.names.reading.latin import syllables

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from entrepot.names.reading.name import Name, Word

LONGEST_GLOSS = 2  # characters
MOST_CHARACTERS = 5  # of a word that is held to be a brand; no measurement: chosen when brands were first met
MOST_LETTERS = 8  # of a piece that stands for a character by its sound
LETTERS_EACH = 10  # letters that a brand has at most for each character
# Costs are in hundredths of a character, so that sums are exact whatever their order.
WHOLE = 100  # of a character that is not met at all
_TRANSLATED = 4  # of one that is translated
_SOUTHERN = 5  # of one that is spelt as in Hong Kong or Taiwan
SOUNDED = 10  # of one that is written as it sounds: many words sound alike
_SHORT_GLOSS = 2  # letters; so short a translation is a sound
FIRST = 35  # of one that keeps its first letter
LEFT_OUT = 75  # of one that is left out
OTHER_START, NEAR_START = 75, 30  # of one that begins with another sound, with a near one
MOST_HEARD = 2  # readings of a character that are heard: Mandarin, Cantonese
MOST_SOUND = 50  # of one that is written as it sounds
# A vowel that is not heard in the syllable, or none: less than a closing consonant. No measurement: chosen when brands
# were first met.
OTHER_VOWEL, NO_VOWEL = 12, 10
CODA, LIQUID, NASAL = 20, 10, 15  # a closing consonant that Chinese has not; r and l; n lost or added
WORST = 33  # cost of a character, from which on two brands have nothing in common
_LIKE = 0.5  # below it two words are different words
_HABIT = 0.9  # as in `spelling`: spelt by habit or by sound
_GIVEN_NAME = 2  # characters of a word that one letter may stand for: a given name, rarely a brand
# Taken off letters that differ from pinyin, as `spelling` takes it off two words of pinyin. No measurement: chosen when
# brands were first met.
_NO_TYPO = 0.2
_TWO_SYLLABLES, _PART_OF_WORD = 6, 0.8  # letters of a Latin word that is the beginning or the end of a Chinese one
_INITIALS = {3: 0.6, 4: 0.7, 5: 0.8, 6: 0.85}  # a Latin word of the initials of a Chinese one, by its letters
_SHORTEST = 4  # letters of a brand that is judged by its sound
# What a brand is worth among words: a cut without a doubt is a translation, a loose one a hint. Of two words drawn at
# random one in 20,000 stands for the other at 0.95, 0.07 % at 0.88, 0.2 % at 0.85, 1 % at 0.75.
_WORTH = ((0.955, 0.88), (0.9, 0.82), (0.85, 0.68), (0.76, 0.6), (0.68, 0.53))
STANDS = _WORTH[-1][0]  # from which a Latin word stands for a brand at all
_LETTERS = re.compile(r"([^aeiouy]*)([aeiouyw]*)(.*)")
_VOWEL = re.compile(r"[aeiouy]")
_SYLLABLE = re.compile(r"[aeiouy][aeiouyw]*")
_INITIAL = re.compile(r"(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]?)(.*)")
# Sounds of one class are one sound for a transcription.
CLASSES = {
    **dict.fromkeys(("b", "p"), "p"),
    **dict.fromkeys(("f", "v", "ph"), "f"),
    **dict.fromkeys(("w", "wh"), "w"),
    **dict.fromkeys(("d", "t", "th"), "t"),
    **dict.fromkeys(("g", "k", "c", "ck", "q", "gh", "kh"), "k"),
    **dict.fromkeys(("j", "zh", "ch", "sh", "z", "s", "x", "ts", "dz", "tch", "sch", "sc", "ss", "ps"), "s"),
    **dict.fromkeys(("l", "r", "rh", "ll"), "l"),
    **dict.fromkeys(("m", "mm"), "m"),
    **dict.fromkeys(("n", "nn", "kn"), "n"),
    "h": "h",
    "": "",
}
_OF_PINYIN = {"q": "s", "c": "s", "r": "r", "y": "", "w": "w"}
_NEAR = frozenset(
    frozenset(pair)
    for pair in (
        ("s", "k"), ("h", "k"), ("h", "f"), ("f", "w"), ("w", ""), ("h", ""), ("n", "l"), ("r", "s"), ("r", "l"),
        ("s", "t"), ("f", "p"), ("w", "p"),
    )
)  # fmt: skip
_VOWELS = {"a": "a", "e": "eiao", "i": "iey", "o": "oua", "u": "uow", "": ""}


@lru_cache(maxsize=50_000)
def stands_for(brand: str, spelt: str) -> float:
    """How well a Latin word stands for a Chinese brand, in [0, 1]; 0 where it does not.

    Args:
        brand: Chinese characters, two to five.
        spelt: lower-case Latin letters, words written together.
    """
    plain = simplified(brand)
    count = len(plain)
    if not 1 < count <= MOST_CHARACTERS or not count <= len(spelt) <= LETTERS_EACH * count:
        return 0.0
    is_plain = spelt.isascii() and spelt.isalpha() and spelt.islower()
    if not is_plain or spelt[0] not in starts(plain[:LONGEST_GLOSS]):
        return 0.0
    # By its sound a character stands for one syllable at most; so does its first letter.
    if len(_SYLLABLE.findall(spelt)) > count and not any(text in spelt for text in _long_matches(plain)):
        return 0.0
    return float(share(_cheapest(plain, spelt), count))


@lru_cache(maxsize=20_000)
def _long_matches(plain: str) -> tuple[str, ...]:
    """The letters of several syllables that stand for characters of a brand as they are."""
    pieces = [plain[i : i + n] for n in range(1, LONGEST_GLOSS + 1) for i in range(len(plain) - n + 1)]
    return tuple(text for p in pieces for text, _ in matches(p) if is_long_match(text, p))


def is_long_match(text: str, characters: str) -> bool:
    """Whether letters that stand for characters as they are have more syllables than these."""
    return len(_SYLLABLE.findall(text)) > len(characters)


def share(cost: Any, count: Any) -> Any:
    """How well letters stand for so many characters at a cost in hundredths, in [0, 1]; numbers or arrays of them."""
    return 1 - cost / (WHOLE * count)


@lru_cache(maxsize=20_000)
def starts(characters: str) -> frozenset[str]:
    """The letters with which what stands for characters can begin."""
    if len(characters) > 1:  # of two characters those of the first, which many pairs share
        return starts(characters[0]).union(k[0] for k in glosses(characters))
    heard = [c for c in ascii_lowercase if sounds(characters, c + "a") < NEAR_START]
    return frozenset([*(k[0] for k in (*glosses(characters), *readings(characters))), *heard])


def _cheapest(plain: str, spelt: str) -> int:
    """The cost of the cheapest cut of the letters along the characters."""
    limit = WORST * len(plain)
    best: list[dict[int, int]] = [{} for _ in range(len(plain) + 1)]
    best[0][0] = 0
    last = len(plain) - 1
    for at in range(last):
        for begin, cost in best[at].items():
            for size, end, more in _pieces(plain, at, spelt, begin):
                total = cost + more
                if total <= limit and total < best[at + size].get(end, limit + 1):
                    best[at + size][end] = total
    # What is left when the last character is reached must stand for it whole: one look instead of eight.
    found = best[last + 1].get(len(spelt), limit + 1)
    for begin, cost in best[last].items():
        if cost < found:
            found = min(found, cost + _whole(plain[last], spelt[begin:]))
    return found if found <= limit else WHOLE * len(plain)


@lru_cache(maxsize=200_000)
def _whole(char: str, piece: str) -> int:
    """The cost of letters that stand, all of them, for one character; without letters, of leaving it out."""
    if not piece:
        return LEFT_OUT
    read = readings(char)
    costs = [cost for text, cost in matches(char) if text == piece]
    if read and piece == read[0][0]:
        costs.append(FIRST)
    if len(piece) <= MOST_LETTERS and (heard := sounds(char, piece)) < MOST_SOUND:
        costs.append(heard + SOUNDED)
    return min(costs, default=WHOLE * MOST_CHARACTERS)


def _pieces(plain: str, at: int, spelt: str, begin: int) -> list[tuple[int, int, int]]:
    """What can stand for the characters from here on: how many of them, where the piece ends, its cost."""
    out: list[tuple[int, int, int]] = []
    for size in range(1, min(LONGEST_GLOSS, len(plain) - at) + 1):
        known = matches(plain[at : at + size])
        out += [(size, begin + len(text), cost) for text, cost in known if spelt.startswith(text, begin)]
    char = plain[at]
    read = readings(char)
    if begin < len(spelt) and read and spelt[begin] == read[0][0]:
        out.append((1, begin + 1, FIRST))
    if begin:
        out.append((1, begin, LEFT_OUT))
    for end in range(begin + 1, min(len(spelt), begin + MOST_LETTERS) + 1):
        cost = sounds(char, spelt[begin:end])
        if cost < MOST_SOUND:
            out.append((1, end, cost + SOUNDED))
        elif cost >= OTHER_START and _VOWEL.search(spelt, begin, end):
            break  # it begins with another sound, or holds a second syllable: more letters mend neither
    return out


@lru_cache(maxsize=20_000)
def readings(char: str) -> tuple[str, ...]:
    """The readings of a character: Mandarin first, then Cantonese and the spelling of Wade and Giles."""
    found = ("".join(pinyin(char)), cantonese(char), wade_giles(char))
    return tuple(r for r in dict.fromkeys(found) if r)


@lru_cache(maxsize=20_000)
def matches(characters: str) -> tuple[tuple[str, int], ...]:
    """The letters that stand for one or two characters as they are: what these are translated to, how one is read."""
    found = [(g, _TRANSLATED * len(characters) if len(g) > _SHORT_GLOSS else SOUNDED) for g in glosses(characters)]
    read = readings(characters) if len(characters) == 1 else ()
    return (*found, *((r, _SOUTHERN * (r != read[0])) for r in read))


@lru_cache(maxsize=200_000)
def sounds(char: str, piece: str) -> int:
    """The cost of letters that stand for a character by their sound, in Mandarin or Cantonese."""
    return min([_sounds(r, piece) for r in readings(char)[:MOST_HEARD]], default=WHOLE)


@lru_cache(maxsize=20_000)
def parted(syllable: str) -> tuple[str, str]:
    """A syllable of Chinese in Latin letters: how it begins, and the rest."""
    start, rest = _INITIAL.fullmatch(syllable).groups()  # type: ignore[union-attr]
    return start, rest


@lru_cache(maxsize=200_000)
def _sounds(syllable: str, piece: str) -> int:
    start, rest = parted(syllable)
    onset, vowels, coda = _LETTERS.fullmatch(piece).groups()  # type: ignore[union-attr]
    if onset[-1:] in {"l", "r"} and len(onset) > 1 and start not in {"l", "r"}:
        onset = onset[:-1]
        lost = LIQUID
    else:
        lost = 0
    first = beginning(start, onset)
    return first if first >= OTHER_START else first + lost + _vowel(rest, vowels) + _closing(rest, coda)


@lru_cache(maxsize=20_000)
def beginning(start: str, onset: str) -> int:
    """The cost of the consonants with which letters begin, where the syllable begins with others."""
    here, there = _OF_PINYIN.get(start, CLASSES.get(start, "")), CLASSES.get(onset)
    if there is None:
        return WHOLE
    if here == there:
        return 0
    return NEAR_START if frozenset((here, there)) in _NEAR else OTHER_START


def _vowel(rest: str, vowels: str) -> int:
    if not vowels:
        return NO_VOWEL
    return 0 if heard(rest) & set(vowels) else OTHER_VOWEL


@lru_cache(maxsize=20_000)
def heard(rest: str) -> frozenset[str]:
    """The letters that stand for the vowels of a syllable, given without its beginning."""
    said = re.sub(r"(?:n|ng|m|p|t|k)$", "", rest).lstrip("iu") or rest[:1]
    return frozenset("".join(_VOWELS.get(v, v) for v in said))


def is_nasal(rest: str) -> bool:
    """Whether a syllable closes with n, ng or m."""
    return rest.endswith(("n", "ng", "m"))


def _closing(rest: str, coda: str) -> int:
    cost = 0
    if is_nasal(rest):
        found = re.match(r"ng|n|m", coda)
        coda = coda[found.end() :] if found else coda
        cost += 0 if found else NASAL
    coda = re.sub(r"(.)\1+", r"\1", coda)
    for letter in coda:
        if letter in "aeiouy":
            return WHOLE
        cost += LIQUID if letter in "rl" else CODA
    return cost


@cache
def _glosses() -> dict[str, tuple[str, ...]]:
    return {r["characters"]: tuple(r["latin"]) for r in packaged_rows(HAN_GLOSSES)}


@lru_cache(maxsize=20_000)
def glosses(characters: str) -> tuple[str, ...]:
    """What characters are commonly translated to, words written together; nothing where that is not known."""
    return tuple(g.replace(" ", "") for g in _glosses().get(characters, ()))


def meet(chinese: Word, latin: Word, letters: float) -> float:
    """How alike a Chinese word and a Latin one are, in [0, 1]; 0 where they are different words.

    Args:
        chinese: a distinctive word that was read from characters.
        latin: a distinctive word that was written in Latin letters.
        letters: how alike the pinyin and the Latin word are by their letters.
    """
    text, spelt = chinese.text, latin.text
    best = by_letters(letters)
    if len(spelt) == 1:
        return letters if len(chinese.shown) <= _GIVEN_NAME else 0.0
    if not chinese.brand:
        return best if best >= _LIKE else 0.0
    if latin.kind == "place":
        return best if best >= _LIKE else 0.0  # no firm translates its brand to a place
    best = max(best, in_part(text, chinese.initials, spelt))
    if best < _WORTH[0][1]:
        best = max(best, _worth(chinese.shown, spelt, latin.kind))
    return best if best >= _LIKE else 0.0


def in_part(text: str, initials: str, spelt: str) -> float:
    """How alike a Chinese word and a Latin one are that is a part of its pinyin, or the first letters; 0 where not."""
    if len(spelt) >= _TWO_SYLLABLES and (text.startswith(spelt) or text.endswith(spelt)):
        return _PART_OF_WORD
    return _INITIALS.get(len(spelt), 0.0) if spelt == initials else 0.0


def by_letters(letters: float) -> float:
    """How alike a Chinese word and a Latin one are by their letters.

    Pinyin comes from characters and has no typos: a letter that differs is another word more often than a slip.
    """
    return letters if letters >= _HABIT else max(0.0, letters - _NO_TYPO)


def in_part_of_many(lengths: NDArray[Any], is_in: NDArray[np.bool_], is_first: NDArray[np.bool_]) -> NDArray[Any]:
    """As `in_part`, of many: lengths of Latin words, whether each begins or ends the pinyin, is the first letters."""
    import numpy as np

    worth = np.array([_INITIALS.get(n, 0.0) for n in range(max(_INITIALS) + 2)])  # the last, of longer ones, is nothing
    first = np.where(is_first, worth[np.minimum(lengths, len(worth) - 1)], 0.0)
    return np.where(is_in & (lengths >= _TWO_SYLLABLES), _PART_OF_WORD, first)


def by_letters_of_many(letters: NDArray[Any]) -> NDArray[Any]:
    """As `by_letters`, of many."""
    import numpy as np

    return np.where(letters >= _HABIT, letters, np.maximum(0.0, letters - _NO_TYPO))


def written(words: Sequence[Word]) -> tuple[str, ...]:
    """The words of a Latin name that may be a brand, alone, as they are compared, and two side by side."""
    latin = [(w.shown.replace(" ", ""), w) for w in words if w.shown.isascii()]
    alone = [s for s, w in latin if w.kind != "place"]
    meant = [w.text for s, w in latin if w.kind == "core" and w.text != s]
    return (*alone, *meant, *(a + b for (a, _), (b, _) in pairwise(latin)))


def has_room(name: Name, listed: Name) -> bool:
    """Whether a listed name has a word that could stand for the brand of a Chinese name.

    A name made of nothing but the other's places and lines of business (Technology Ltd.) has none, and names no firm
    that is called by a brand; no person is called by a legal form. Nor is a name of Arabic letters held against
    characters: sounds without vowels against sounds without a spelling meet by chance alone.

    Args:
        name: a name in which Chinese characters were read.
        listed: the other.
    """
    if (name.forms and listed.kind == "person") or any(w.letters for w in listed.words):
        return False
    if not any(w.initials for w in name.words):
        return True
    said = {t for w in name.words if not w.initials for t in (w.text, *w.other)}
    return any(w.text not in said for w in listed.words)


def _worth(brand: str, spelt: str, kind: str) -> float:
    found = stands_for(brand, spelt) if _is_long(brand, spelt) else 0.0
    # By sound alone a line of business is no brand.
    return worth(brand, spelt, found) if kind == "core" or found >= _WORTH[0][0] else 0.0


def _is_long(brand: str, spelt: str) -> bool:
    return len(spelt) >= max(_SHORTEST, len(brand) + 1)


def worth(brand: str, spelt: str, found: float) -> float:
    """How alike a brand and a Latin word are, in [0, 1], where the one stands for the other so well.

    Args:
        brand: Chinese characters.
        spelt: a Latin word.
        found: how well it stands for them, as `stands_for` says.
    """
    if not _is_long(brand, spelt):
        return 0.0
    likely = next((worth for least, worth in _WORTH if found >= least), 0.0)
    # By sound alone another whole pinyin word is another firm's.
    return min(likely, _WORTH[-1][1]) if found < _WORTH[0][0] and syllables().fullmatch(spelt) else likely
