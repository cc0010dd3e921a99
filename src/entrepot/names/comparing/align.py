"""Which words of two names meet: equal, alike, written together, or standing alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice, product
from typing import TYPE_CHECKING

from entrepot.names.comparing.spelling import BARE, CALLED, CUT, INITIAL, SHORTEST_CUT, meet, meet_characters
from entrepot.names.reading.han import pinyin

if TYPE_CHECKING:
    from entrepot.names.reading.name import Name, Word

_MOST_JOINED = 4  # words that one longer word can hold
_JOINED = 0.8  # how alike words run together must be to the word that holds them
_SURE = 0.9  # pairs as alike are left as they are
_PART = 0.7  # "new energy" meets "energy": one concept inside another
_SECOND = 0.95  # one spelling that stands for two concepts meets either
_MOST_READINGS = 9  # of words run together
_ACRONYM = 3  # letters an acronym has at least
PARTICLES = frozenset({"of", "the", "and", "for", "de", "la"})  # words that an acronym leaves out
_REPEATED = 0.15  # evidence that a word said twice carries
_FIELDS = (30, 35, 40)  # places of a field for names in the systems that parties come from (SAP: 35; others 30 and 40)
FILLED = frozenset(n for width in _FIELDS for n in (width - 1, width))  # a space at the end is lost
_HOW = {BARE: "bare", CUT: "cut", CALLED: "called"}


@dataclass(slots=True)  # not frozen, as `feature.Measured` is not: some are made for every comparison
class Pair:
    """Two words that meet.

    Attributes:
        left, right: the words.
        alike: in (0, 1].
        how: spelling, initial (one is the other's first letter), acronym (one is the other's first letters), bare (one
            is the other without its vowels), called (one is a given name, the other what its bearers are called) or cut
            (one, at the end of its name, is the beginning of the other).
    """

    left: Word
    right: Word
    alike: float
    how: str = "spelling"


@dataclass(slots=True)
class Alignment:
    """Two names laid side by side.

    Attributes:
        left, right: the names.
        pairs: words that meet, in the order of the left name.
        left_only, right_only: words that meet none.
        joined: words written together in one name and apart in the other.
        order: for each pair, the place of its right word among the right words that meet.
    """

    left: Name
    right: Name
    pairs: tuple[Pair, ...]
    left_only: tuple[Word, ...]
    right_only: tuple[Word, ...]
    joined: tuple[str, ...]
    order: list[int]

    @property
    def ordered(self) -> bool:
        """Whether the words that meet stand in the same order."""
        return self.order == sorted(self.order)

    def turned(self) -> Alignment:
        """The same alignment with the names exchanged."""
        back = sorted(range(len(self.order)), key=self.order.__getitem__)
        pairs = tuple(Pair(p.right, p.left, p.alike, p.how) for p in (self.pairs[i] for i in back))
        return Alignment(self.right, self.left, pairs, self.right_only, self.left_only, self.joined, back)


Words = tuple["Word", ...]
Met = dict[int, tuple[int, float]]  # position in one name -> position in the other, and how alike


def align(left: Name, right: Name) -> Alignment:
    """Lay two names side by side; the best-matching words meet first. `align(a, b)` is `align(b, a)` turned."""
    if left.original > right.original:
        return align(right, left).turned()
    a, b, joined = left.words, right.words, []
    for one, other in ((a, b), (b, a)):
        if _is_acronym(one, other):
            return _as_acronym(left, right)
    is_cut = _is_cut(left, right)
    found = _greedy(a, b, is_cut=is_cut)
    while (run := _run_together(a, b, found)) is not None:
        a, b, shown = run
        joined.append(shown)
        found = _greedy(a, b, is_cut=is_cut)
    if "person" not in (left.kind, right.kind) and _is_skeleton_of_an_acronym(a, b, found):
        found = {}
    if not is_cut:  # of the last word of a field its first letter may be left
        found = _without_mere_initials(a, b, found)
    order = [found[i][0] for i in sorted(found)]
    taken = set(order)
    return Alignment(
        left,
        right,
        tuple(_pair(a[i], b[j], s) for i, (j, s) in sorted(found.items())),
        _alone(tuple(w for i, w in enumerate(a) if i not in found), b),
        _alone(tuple(w for j, w in enumerate(b) if j not in taken), a),
        tuple(joined),
        [sorted(order).index(j) for j in order],
    )


def _pair(x: Word, y: Word, alike: float) -> Pair:
    if alike == INITIAL and min(len(x.text), len(y.text)) == 1:
        return Pair(x, y, alike, "initial")
    return Pair(x, y, alike, _HOW.get(alike, "spelling"))


def _is_acronym(one: Words, other: Words) -> bool:
    """Whether one name is a single word of the first letters of the other's words."""
    if len(one) != 1 or len(other) < _ACRONYM or not one[0].text.isascii():
        return False
    initials = "".join(w.shown[:1] for w in other if w.shown not in PARTICLES)
    return len(initials) >= _ACRONYM and one[0].text == initials


def _is_skeleton_of_an_acronym(a: Words, b: Words, found: Met) -> bool:
    """Whether two names of one word each meet by three consonants alone: LTK is short for three words, not Lyutik.

    Of a person who is called by one word it is the word without its vowels.
    """
    if len(a) != 1 or len(b) != 1 or not found or found[0][1] != BARE:
        return False
    return min(len(a[0].text), len(b[0].text)) <= _ACRONYM


def _as_acronym(left: Name, right: Name) -> Alignment:
    a, b = (n.words[0] if len(n.words) == 1 else _merged(n.words) for n in (left, right))
    return Alignment(left, right, (Pair(a, b, INITIAL, "acronym"),), (), (), (), [0])


def _is_cut(left: Name, right: Name) -> bool:
    """Whether one name is the beginning of the other, and as long as a field that holds no more."""
    a, b = left.written, right.written
    if len(a) > len(b):
        return _is_cut(right, left)
    return len(left.original) in FILLED and a not in ("", b) and b.startswith(a)


def _greedy(a: Words, b: Words, *, is_cut: bool) -> Met:
    """Position in a -> position in b and how alike, the heaviest and most alike pairs first."""
    meetings = [(s, x.weight + y.weight, i, j) for i, x in enumerate(a) for j, y in enumerate(b) if (s := _meet(x, y))]
    meetings += _cut(a, b, is_cut=is_cut)
    meetings.sort(key=lambda m: (-m[0] * m[1], -m[0], abs(m[2] - m[3]), min(m[2:]), m[2] + m[3]))
    found: Met = {}
    taken: set[int] = set()
    for score, _, i, j in meetings:
        if i not in found and j not in taken:
            found[i] = (j, score)
            taken.add(j)
    return found


def _without_mere_initials(a: Words, b: Words, found: Met) -> Met:
    """A first letter stands for a word beside one that is written out, or where all else is the same, word for word.

    Steel B is no short form of Bayi Iron and Steel; S. Equipment Procurement is one of Safety Equipment Procurement.
    """
    back = {j: (i, s) for i, (j, s) in found.items()}
    mere = {i for i, (_, s) in found.items() if s == INITIAL and len(a[i].text) == 1}
    mere_there = {j for j, (_, s) in back.items() if s == INITIAL and len(b[j].text) == 1}
    if not mere and not mere_there:
        return found
    no_surnames = _middle(a, b, found, mere) | {back[j][0] for j in _middle(b, a, back, mere_there)}
    found = {i: met for i, met in found.items() if i not in no_surnames}
    mere |= {back[j][0] for j in mere_there}
    if any("core" in (a[i].kind, b[j].kind) for i, (j, _) in found.items() if i not in mere):
        return found
    if len(found) == len(a) == len(b) and all(i == j for i, (j, _) in found.items()):
        return found
    return {i: met for i, met in found.items() if i not in mere}


def _middle(words: Words, others: Words, found: Met, mere: set[int]) -> set[int]:
    """First letters that meet the last word of another name, where a word behind them meets none.

    John L. Broussard is not John Lind.
    """
    alone = max((i for i, w in enumerate(words) if i not in found and w.kind == "core"), default=-1)
    return {i for i in mere if i < alone and found[i][0] == len(others) - 1}


def _cut(a: Words, b: Words, *, is_cut: bool) -> list[tuple[float, float, int, int]]:
    """Meetings of a last word with those of the other name that it is the beginning of: a field was too short.

    A name of one word is cut only where a field with its legal form was full.
    """
    out = []
    for words, others, left in ((a, b, True), (b, a, False)):
        last = words[-1]
        is_read = last.kind == "number" or bool(last.initials)
        if len(last.text) >= SHORTEST_CUT and not is_read and (is_cut or len(words) > 1):
            for at, other in enumerate(others):
                written = other.shown.replace(" ", "") if other.kind != "core" else other.text
                if len(written) > len(last.text) and written.startswith(last.text):
                    ends = (len(words) - 1, at) if left else (at, len(words) - 1)
                    out.append((CUT, last.weight + other.weight, *ends))
    return out


def _meet(x: Word, y: Word) -> float:
    if x.kind == y.kind == "core":
        if x.initials and y.initials:
            return meet_characters(x, y)
        return 1.0 if x.text == y.text and x.letters == y.letters else meet(x, y)
    if x.kind == y.kind and x.text == y.text and x.letters == y.letters:
        return 1.0
    if {x.kind, y.kind} <= {"place", "number"} or "number" in (x.kind, y.kind):
        return 0.0  # two places, two numbers are two things however alike they are spelt
    if x.kind == y.kind == "word":
        return _concepts(x, y)
    a, b = _spelt(x), _spelt(y)
    return meet(a, b) if a and b else _by_sound(x, y)


def _by_sound(x: Word, y: Word) -> float:
    """A Chinese word that has a meaning, written by its sound: 白银 is silver, and Baiyin is a city."""
    chinese, latin = (x, y) if not x.shown.isascii() else (y, x)
    is_same = latin.shown.isascii() and _as_written(latin) == _sound(chinese.shown)
    return _SECOND if is_same else 0.0


@lru_cache(maxsize=20_000)
def _sound(text: str) -> str:
    return "".join(pinyin(text))


def _concepts(x: Word, y: Word) -> float:
    if {x.text, *x.other} & {y.text, *y.other}:
        return _SECOND
    return _PART if set(x.text.split()) & set(y.text.split()) else 0.0


def _spelt(word: Word) -> Word | None:
    """The word by the Latin letters that a typo could change; None for a Chinese word that was translated."""
    if word.kind == "core":
        return word
    if not word.shown.isascii():
        return None
    text = word.shown.replace(" ", "")
    return type(word)(text, word.kind, word.weight, word.shown, word.initials, (), word.letters)


def _run_together(a: Words, b: Words, found: Met) -> tuple[Words, Words, str] | None:
    """Words apart in one name that are one word in the other (Zhong tai, Zhongtai); None where there are none."""
    if len(found) == len(a) == len(b) and all(s >= _SURE for _, s in found.values()):
        return None
    back = {j: (i, s) for i, (j, s) in found.items()}
    best = max(_runs(a, b, found, back, left=True) + _runs(b, a, back, found, left=False), default=None)
    if best is None:
        return None
    _, left, start, length = best
    words = a if left else b
    merged = (*words[:start], _merged(words[start : start + length]), *words[start + length :])
    shown = " ".join(w.shown for w in words[start : start + length])
    return (merged, b, shown) if left else (a, merged, shown)


def _runs(
    words: Words,
    others: Words,
    found: Met,
    back: Met,
    *,
    left: bool,
) -> list[tuple[float, bool, int, int]]:
    """(how alike, side, start, length) of neighbours that meet one open word of the other name."""
    open_others = [y for j, y in enumerate(others) if y.kind == "core" and (j not in back or back[j][1] < _SURE)]
    if not open_others:
        return []
    sizes = [len(_as_written(w)) for w in words]
    out = []
    for start in range(len(words) - 1):
        for length in range(2, min(_MOST_JOINED, len(words) - start) + 1):
            run = words[start : start + length]
            longest = max(sizes[start : start + length])
            # A Chinese word holds what it is translated to, however long: 华星 is China Star.
            longer = [y for y in open_others if y.initials or len(y.text) > longest]
            if not longer:
                continue
            scores = [found[i][1] for i in range(start, start + length) if i in found]
            if len(scores) == length and min(scores) >= _SURE:
                continue
            one, least = _merged(run), max([_JOINED, *scores])
            for other in longer:
                score = _meet(one, other)
                if score >= least:
                    out.append((score, left, start, length))
    return out


def _merged(words: Words) -> Word:
    text = "".join(map(_as_written, words))
    letters = "".join([w.letters for w in words]) if all(w.letters for w in words) else ""
    other: tuple[str, ...] = ()
    if any(w.other for w in words):
        readings = product(*((w.text, *w.other) for w in words))
        other = tuple("".join(r) for r in islice(readings, 1, _MOST_READINGS))
    shown, brand = " ".join([w.shown for w in words]), any(w.brand for w in words)
    return type(words[0])(text, "core", 1.0, shown, words[0].initials, other, letters, brand)


def _as_written(word: Word) -> str:
    """The letters of a word, of a generic one those that the name has and not what it is translated to."""
    return word.shown.replace(" ", "") if word.kind != "core" and word.shown.isascii() else word.text


def _alone(words: Words, others: Words) -> Words:
    """A word that the other name has already met says little when it is said again."""
    if not words:
        return words
    met = {(o.text, o.kind) for o in others}
    return tuple([replace(w, weight=w.weight * _REPEATED) if (w.text, w.kind) in met else w for w in words])
