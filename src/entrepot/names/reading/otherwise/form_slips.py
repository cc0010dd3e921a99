"""A legal form with a slip in it, where a name begins or ends: PTE LDT, COO., LTD, PT YLTD, LIMITED LAIBILITYCOMPANY.

Words of seven letters are put right wherever they stand (`mended`); these are shorter, or broken twice, and might be a
word of the firm's own. So the name with its form put right is a further reading, which counts beside a name that has
the same words without its form alone (`comparing.score`).
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from entrepot.names.reading import lexicon
from entrepot.names.reading.misspelt import mended, typos

if TYPE_CHECKING:
    from collections.abc import Sequence

_LEAST = 4  # letters of a form that is recognised with a slip: of three, one changed is another form
_SHORTEST = 2  # words of a name: a form alone is nobody's name
_LEAST_WRONG = 3  # letters of a word of it that is wrong: two are a short name (JSC MB BANK)
_ALONE = 6  # letters of a form of one word, unless it has no vowel: perum is Peru, and sarl Karl, with one letter wrong
_VOWELS = frozenset("aeiouy")  # a form without any is no word: sprl, gmbh
_MOST = 5  # words of a form that are looked at; longer ones have words of seven letters, which `mended` puts right
_MOST_HELD = 50_000  # ends of names looked at, which come again in other names


def with_form(words: Sequence[str]) -> str:
    """A name with the form at its end, or at its beginning, put right; empty where no form there has a slip.

    Args:
        words: Latin words, lower case, as they are written.
    """
    if len(words) < _SHORTEST:
        return ""
    known = mended.known()
    for is_end in (True, False):
        # Inwards from the end, up to the word that is nobody's but the firm's: nearly every name stops at once.
        near = words[: -_MOST - 1 : -1] if is_end else words[:_MOST]
        own = (i for i, w in enumerate(near) if w not in known and not _is_like_one(w))
        size = min(next(own, len(near)), len(words) - 1)
        for many in range(size, 0, -1):
            tail = tuple(words[-many:] if is_end else words[:many])
            if not all(map(known.__contains__, tail)) and (form := _meant(tail)):
                rest = words[:-many] if is_end else words[many:]
                return " ".join((*rest, form) if is_end else (form, *rest))
    return ""


@lru_cache(maxsize=_MOST_HELD)
def _is_like_one(word: str) -> bool:
    """Whether an unknown word may be one of a form, or several run together, with a slip."""
    if len(word) < _LEAST_WRONG or not word.isalpha():
        return False
    near = {f for part in (word, *typos.without_one(word)) for f in _deleted_pieces().get(part, ())}
    return any(_is_near(word, f) for f in near)


@lru_cache(maxsize=_MOST_HELD)
def _meant(tail: tuple[str, ...]) -> str:
    """The form that words are with a slip, in a letter of each or in a space; empty where they are none, or several."""
    letters = "".join(tail)
    if len(letters) < _LEAST or not letters.isalpha():
        return ""
    forms = _joined()
    near = {f for part in (letters, *typos.without_one(letters)) for f in _deleted().get(part, ())}
    near = {f for f in near if _is_near(letters, f) and (len(tail) > 1 or _stands_alone(f))}
    if not near and len(tail) > 1:
        near = {f for f in _by_size().get(len(tail), ()) if all(map(_is_near, tail, forms[f].split()))}
    families = {lexicon.latin()[forms[f]].meaning for f in near}
    return forms[min(near)] if len(families) == 1 else ""


def _is_near(word: str, form: str) -> bool:
    return OSA.distance(word, form, score_cutoff=1) <= 1


def _stands_alone(form: str) -> bool:
    return len(form) >= _ALONE or _VOWELS.isdisjoint(form)


@cache
def _joined() -> dict[str, str]:
    """Legal forms run together -> as the tables write them."""
    forms = (k for k, e in lexicon.latin().items() if e.role == "form" and k.count(" ") < _MOST)
    return {j: k for k in sorted(forms) if len(j := k.replace(" ", "")) >= _LEAST and j.isalpha()}


@cache
def _deleted() -> dict[str, tuple[str, ...]]:
    return typos.deleted(_joined())


@cache
def _deleted_pieces() -> dict[str, tuple[str, ...]]:
    """Words of forms, and words that stand beside one another in one run together."""
    pieces = set[str]()
    for form in _joined().values():
        words = form.split()
        pieces |= {"".join(words[i:j]) for i in range(len(words)) for j in range(i + 1, len(words) + 1)}
    return typos.deleted(p for p in pieces if len(p) > 1)


@cache
def _by_size() -> dict[int, list[str]]:
    """In how many words a form is written -> the forms, run together, of words that one slip leaves known."""
    out: dict[int, list[str]] = {}
    for joined, form in _joined().items():
        words = form.split()
        if len(words) > 1 and min(map(len, words)) >= _LEAST:
            out.setdefault(len(words), []).append(joined)
    return out
