"""Which meetings of a name and a listed name are worth comparing: judged from their words, many at a time.

A comparison takes a tenth of a millisecond. Here rapidfuzz and numpy lay the words of all meetings of a batch side by
side at a fiftieth of that. What it loses and what it saves: docs/design/08-bulk-screening.md.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from entrepot.names.native.library import library
from entrepot.names.native.ratios import ratios
from entrepot.names.native.sifted import Limits, Placed, asked_side, evidence
from entrepot.names.reading import keys
from entrepot.names.search.word_arrays import beside, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.names.reading.name import Name
    from entrepot.names.search.arrays import Compiled
    from entrepot.names.search.word_arrays import Words

_LEAST_LETTERS = 0.82  # cosine of the keys and ratio of the letters together, from which words are looked at
_LEAST_EVIDENCE = 1.62  # these two and the share of the words that meet
_LEAST_BARE = 1.85  # likewise where a side has no vowels: consonants alone are alike more often
_ALIKE = 0.58  # ratio of the letters of two words below which they are two words
_INITIAL = 0.7  # how alike a word and its first letter are, as in names/comparing/spelling.py
_APART = 0.65  # words of evidence that stand alone on either side: two names that differ ...
_JOINED = 0.75  # ... unless they agree in as many letters where they are run together
_NOTHING = 1e-6  # a name without words has no evidence
_LIMITS = Limits(_LEAST_LETTERS, _LEAST_EVIDENCE, _LEAST_BARE, _ALIKE, _INITIAL, _APART, _JOINED)  # for the core


def likely(held: Compiled, readings: Sequence[Name], query: Any, name: Any, cosine: Any) -> tuple[Any, Any]:
    """The meetings that are worth comparing, by query, the likeliest first.

    Args:
        held: the listed names.
        readings: the queries.
        query: of each meeting the position among the queries.
        name: of each meeting the position among the listed names.
        cosine: of each meeting the cosine of the keys.

    Returns:
        Query and name of those that are kept. What is kept of a query depends on that query alone.
    """
    vowels = np.array([n.vowels for n in readings], dtype=bool)
    bare = ~(vowels[query] & held.vowels[name])
    found = _sifted(held, readings, vowels, (query, name, cosine), any_bare=bool(bare.any()))
    if found is not None:
        kept = np.flatnonzero(found >= 0)
        return _likeliest(query[kept], name[kept], found[kept])
    alike, joined = letters(held, readings, query, name, bare)
    said = cosine + alike
    near = np.flatnonzero(said >= _LEAST_LETTERS)
    query, name, bare, said, joined = (a[near] for a in (query, name, bare, said, joined))
    share, apart = _words(held, readings, query, name, bare)
    said = said + share
    enough = said >= np.where(bare, _LEAST_BARE, _LEAST_EVIDENCE)
    kept = np.flatnonzero(enough & (bare | (apart < _APART) | (joined >= _JOINED)))
    return _likeliest(query[kept], name[kept], said[kept])


def _likeliest(query: Any, name: Any, said: Any) -> tuple[Any, Any]:
    """Meetings by query, the likeliest first."""
    order = np.lexsort((name, -said, query))
    return query[order], name[order]


def _sifted(
    held: Compiled, readings: Sequence[Name], vowels: Any, meetings: tuple[Any, Any, Any], *, any_bare: bool
) -> Any:
    """The evidence of each meeting, below 0 where it is not worth comparing, by the core; None where Python tells."""
    if library() is None or held.side is None:
        return None
    words = words_of(readings)
    bones = [keys.bones(n) for n in readings] if any_bare else []
    consonants = [keys.skeleton(f) for f in words.forms] if any_bare else []
    texts = ([keys.plain(n) for n in readings], [keys.run(n) for n in readings], bones, words.forms, consonants)
    asked = asked_side(texts, Placed(words.starts, words.ids, words.slots, words.weights, vowels))
    return None if asked is None else evidence(asked, held.side, meetings, _LIMITS)


def letters(held: Compiled, readings: Sequence[Name], query: Any, name: Any, bare: Any) -> tuple[Any, Any]:
    """How alike the letters of each meeting are, in [0, 1]: at best, and of the words run together.

    Where a side has no vowels, the consonants count. Arguments as in `likely`; `bare` says of each meeting whether a
    side has none.
    """
    full, few = np.flatnonzero(~bare), np.flatnonzero(bare)
    joined, ordered = np.zeros(len(query), dtype=np.float32), np.zeros(len(query), dtype=np.float32)
    texts = (
        (keys.plain, "laid_plain", "sorted_words", full, ordered),
        (keys.run, "laid_run", "joined_words", full, joined),
        (keys.bones, "laid_bones", "consonants", few, joined),
    )
    for text, laid, listed, at, out in texts:
        if len(at):
            asked, there = [text(n) for n in readings], getattr(held, laid)
            found = None if there is None else ratios(asked, there, query[at], name[at])
            if found is None:
                known = getattr(held, listed)
                found = ratio([asked[i] for i in query[at].tolist()], [known[i] for i in name[at].tolist()])
            out[at] = found
    return np.maximum(joined, ordered), joined


def ratio(left: list[str], right: list[str]) -> Any:
    """How alike the letters of two texts are, of each two in [0, 1]."""
    from rapidfuzz import fuzz, process

    return process.cpdist(left, right, scorer=fuzz.ratio, dtype=np.float32) / 100


def _words(held: Compiled, readings: Sequence[Name], query: Any, name: Any, bare: Any) -> tuple[Any, Any]:
    """As `side_by_side`, by the consonants where a side has no vowels."""
    share, apart = np.zeros(len(query), dtype=np.float32), np.zeros(len(query), dtype=np.float32)
    full, few = np.flatnonzero(~bare), np.flatnonzero(bare)
    asked = words_of(readings)
    share[full], apart[full] = side_by_side(asked, held.words, query[full], name[full])
    if len(few):
        consonants = replace(asked, forms=[keys.skeleton(f) for f in asked.forms])
        share[few], apart[few] = side_by_side(consonants, held.bare_words, query[few], name[few])
    return share, apart


def side_by_side(asked: Words, held: Words, query: Any, name: Any) -> tuple[Any, Any]:
    """What the words of two names say of them, of each meeting.

    Args:
        asked: the words of the queries.
        held: the words of the listed names.
        query: of each meeting the position among the queries.
        name: of each meeting the position among the listed names.

    Returns:
        The share of the one name's evidence that the other holds, of the name that is held better, in [0, 1]; and the
        evidence that stands alone, in words, on the side where less does.
    """
    pair, one, other, turned = beside(asked.starts, held.starts, query, name)
    alike = _alike(asked, held, one, other)
    left = _side(alike, pair, asked.slots[one], asked.weights, len(query))
    back = np.empty_like(turned)
    back[turned] = np.arange(len(turned))
    right = _side(alike[back], pair, held.slots[other[back]], held.weights, len(query))
    return np.maximum(left[0], right[0]), np.minimum(left[1], right[1])


def _alike(asked: Words, held: Words, one: Any, other: Any) -> Any:
    """How alike two forms are, in [0, 1]; the same two are looked at once."""
    many = len(held.forms)
    once, at = np.unique(asked.ids[one].astype(np.int64) * many + held.ids[other], return_inverse=True)
    a, b = np.divmod(once, max(1, many))
    left, right = [asked.forms[i] for i in a.tolist()], [held.forms[i] for i in b.tolist()]
    alike = ratio(left, right)
    for i in np.flatnonzero(asked.one_letter[a] | held.one_letter[b]).tolist():
        if left[i][:1] == right[i][:1]:
            alike[i] = max(alike[i], np.float32(_INITIAL))
    return alike[at]


def _side(alike: Any, pair: Any, slots: Any, weights: Any, count: int) -> tuple[Any, Any]:
    """Of one side of each meeting the share of its evidence that the other holds, and what stands alone."""
    if not len(pair):
        return np.zeros(count, dtype=np.float32), np.zeros(count, dtype=np.float32)
    begin = np.flatnonzero(np.concatenate([[True], (np.diff(slots) != 0) | (np.diff(pair) != 0)]))
    best, weight, owner = np.maximum.reduceat(alike, begin), weights[slots[begin]], pair[begin]
    sums = (best * weight, weight, weight * (best < _ALIKE))
    met, whole, apart = (np.bincount(owner, weights=w, minlength=count) for w in sums)
    return met / np.maximum(whole, _NOTHING), apart
