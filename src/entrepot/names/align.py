"""Which words of two names meet: equal, alike, written together, or standing alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from entrepot.names.spelling import alike

if TYPE_CHECKING:
    from entrepot.names.prepare import Name, Word

_MOST_JOINED = 4  # words that one longer word can hold
_PART = 0.7  # "new energy" meets "energy": one concept inside another


@dataclass(frozen=True, slots=True)
class Pair:
    """Two words that meet, and how alike they are in (0, 1]."""

    left: Word
    right: Word
    alike: float


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two names laid side by side.

    Attributes:
        left, right: the names.
        pairs: words that meet, in the order of the left name.
        left_only, right_only: words that meet none.
        joined: words written together in one name and apart in the other.
        ordered: whether the words that meet stand in the same order.
    """

    left: Name
    right: Name
    pairs: tuple[Pair, ...]
    left_only: tuple[Word, ...]
    right_only: tuple[Word, ...]
    joined: tuple[str, ...]
    ordered: bool


def align(left: Name, right: Name) -> Alignment:
    """Lay two names side by side; the best-matching words meet first."""
    a, joined_a = _join(left.words, right.words)
    b, joined_b = _join(right.words, a)
    vowels = left.vowels and right.vowels
    meetings = [
        (s, x.weight + y.weight, i, j)
        for i, x in enumerate(a)
        for j, y in enumerate(b)
        if (s := _meet(x, y, vowels=vowels))
    ]
    # The order of ties must not depend on which name stands left.
    meetings.sort(key=lambda m: (-m[0] * m[1], -m[0], abs(m[2] - m[3]), min(m[2:]), m[2] + m[3]))
    taken_a: dict[int, tuple[int, float]] = {}
    taken_b: set[int] = set()
    for score, _, i, j in meetings:
        if i not in taken_a and j not in taken_b:
            taken_a[i] = (j, score)
            taken_b.add(j)
    order = [taken_a[i][0] for i in sorted(taken_a)]
    return Alignment(
        left,
        right,
        tuple(Pair(a[i], b[j], s) for i, (j, s) in sorted(taken_a.items())),
        tuple(w for i, w in enumerate(a) if i not in taken_a),
        tuple(w for j, w in enumerate(b) if j not in taken_b),
        tuple(joined_a + joined_b),
        ordered=order == sorted(order),
    )


def _meet(x: Word, y: Word, *, vowels: bool) -> float:
    if x.kind == y.kind and x.text == y.text:
        return 1.0
    if {x.kind, y.kind} <= {"place", "number"} or "number" in (x.kind, y.kind):
        return 0.0  # two places, two numbers are two things however alike they are spelt
    if x.kind == y.kind == "word":
        return _PART if set(x.text.split()) & set(y.text.split()) else 0.0
    a, b = _spelt(x), _spelt(y)
    return alike(a, b, vowels=vowels) if a and b else 0.0


def _spelt(word: Word) -> str:
    """The Latin letters of a word that a typo could change; empty for a Chinese word that was translated."""
    if word.kind == "core":
        return word.text
    return word.shown.replace(" ", "") if word.shown.isascii() else ""


def _join(words: tuple[Word, ...], others: tuple[Word, ...]) -> tuple[tuple[Word, ...], list[str]]:
    """Words that stand as one word in the other name, written together: Zhong tai, Zhongtai."""
    if len(words) <= 1:
        return words, []
    known = {w.text: w for w in others}
    texts = [w.shown.replace(" ", "") if w.shown.isascii() else w.text for w in words]
    out: list[Word] = []
    said: list[str] = []
    at = 0
    while at < len(words):
        length = _stretch(texts, at, known)
        if length > 1:
            shown = " ".join(w.shown for w in words[at : at + length])
            out.append(replace(known["".join(texts[at : at + length])], shown=shown))
            said.append(shown)
        else:
            out.append(words[at])
        at += length
    return tuple(out), said


def _stretch(texts: list[str], at: int, known: dict[str, Word]) -> int:
    """How many words from `at` on make one known word; 1 where none do."""
    first = texts[at]
    if not any(len(k) > len(first) and k.startswith(first) for k in known):
        return 1
    lengths = range(min(_MOST_JOINED, len(texts) - at), 1, -1)
    return next((n for n in lengths if "".join(texts[at : at + n]) in known), 1)
