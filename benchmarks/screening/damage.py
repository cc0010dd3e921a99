"""Names damaged as fields, forms, keyboards and scanners damage them: a seeded generator of one change a name.

Unlike `perturb.py`, which draws classes by weight to resemble a desk's traffic, each kind here is measured by itself,
so that what a search loses can be told by kind. A kind gives None for a name that it cannot change. The same name,
kind and seed give the same text on every machine.
"""

from __future__ import annotations

import random
import re
from functools import cache
from typing import TYPE_CHECKING

from screening.data import FORMS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Change = Callable[[str, random.Random], str | None]

WIDTH = 35  # letters of a name field of SAP (NAME1) and of many that copy it
LEAST_PIECE = 3  # letters of either piece of a word that is split, and of a word whose end goes over to the next
LONG = 6  # letters of a word that is split or mistyped: a shorter one is another word when a letter changes
# What a scanner reads for what is printed; pairs that look alike in common faces.
SCANNED = (
    ("rn", "m"), ("m", "rn"), ("cl", "d"), ("d", "cl"), ("vv", "w"), ("w", "vv"), ("l", "1"), ("i", "l"), ("o", "0"),
    ("s", "5"), ("b", "8"), ("e", "c"), ("h", "b"), ("u", "ii"), ("g", "q"), ("t", "f"),
    ("I", "l"), ("O", "0"), ("S", "5"), ("B", "8"), ("Z", "2"), ("G", "6"), ("E", "F"), ("H", "N"), ("U", "V"),
)  # fmt: skip


def _letters(word: str) -> bool:
    return word.isascii() and word.isalpha()


@cache
def _common() -> frozenset[str]:
    """Words that say a trade, a rank or a legal form, not who it is."""
    from entrepot.names.reading import lexicon

    known = lexicon.latin().items()
    of_forms = {w for k, e in known if e.role == "form" for w in k.split()}
    return FORMS | of_forms | {k for k, e in known if " " not in k and e.role != "place"}


@cache
def _placed() -> frozenset[str]:
    from entrepot.names.reading import lexicon

    return frozenset(k for k, e in lexicon.latin().items() if " " not in k and e.role == "place")


def _is_brand(word: str) -> bool:
    return _letters(word) and len(word) >= LONG and word.lower() not in _common() | _placed()


def _is_trade(word: str) -> bool:
    return _letters(word) and len(word) >= LONG and word.lower() in _common()


def _replaced(words: Sequence[str], at: int, *by: str) -> str:
    return " ".join([*words[:at], *by, *words[at + 1 :]])


def _neighbours(name: str, least: int) -> tuple[list[str], list[int]]:
    """The words, and the places of those which with the next are letters only, at least so many each."""
    words = name.split()
    known = [len(w) >= least and _letters(w) for w in words]
    return words, [i for i in range(len(words) - 1) if known[i] and known[i + 1]]


def joined(name: str, rng: random.Random) -> str | None:
    """The space between two words lost."""
    words, places = _neighbours(name, LEAST_PIECE)
    if not places:
        return None
    at = rng.choice(places)
    return " ".join([*words[:at], words[at] + words[at + 1], *words[at + 2 :]])


def squeezed(name: str, rng: random.Random) -> str | None:
    """All spaces lost."""
    del rng
    words = name.split()
    return "".join(words) if len(words) > 1 and all(map(_letters, words)) else None


def split(name: str, rng: random.Random) -> str | None:
    """A space within a word, any word that is long enough."""
    return _split(name, rng, lambda w: _letters(w) and len(w) >= LONG)


def brand_split(name: str, rng: random.Random) -> str | None:
    """A space within a word that is neither trade, place nor legal form."""
    return _split(name, rng, _is_brand)


def _split(name: str, rng: random.Random, fits: Callable[[str], bool]) -> str | None:
    words = name.split()
    places = [i for i, w in enumerate(words) if fits(w)]
    if not places:
        return None
    at = rng.choice(places)
    cut = rng.randint(LEAST_PIECE, len(words[at]) - LEAST_PIECE)
    return _replaced(words, at, words[at][:cut], words[at][cut:])


def shifted(name: str, rng: random.Random) -> str | None:
    """A space that slipped by one letter: GLOBA LTRANS for GLOBAL TRANS."""
    words, places = _neighbours(name, LEAST_PIECE)
    if not places:
        return None
    at = rng.choice(places)
    left, right = words[at], words[at + 1]
    pair = (left[:-1], left[-1] + right) if rng.random() < 0.5 else (left + right[0], right[1:])  # either way
    return " ".join([*words[:at], *pair, *words[at + 2 :]])


def cut(name: str, rng: random.Random) -> str | None:
    """The end lost behind the letters that a field holds."""
    del rng
    return name[:WIDTH].rstrip() if len(name) > WIDTH else None


def cut_at_word(name: str, rng: random.Random) -> str | None:
    """The words lost that a field does not hold whole."""
    del rng
    kept = name[: WIDTH + 1].rpartition(" ")[0]
    return kept.rstrip(" ,-") if len(name) > WIDTH and len(kept.split()) > 1 else None


def brand_typo(name: str, rng: random.Random) -> str | None:
    """A letter of a word that is neither trade, place nor legal form lost, doubled, mistaken or exchanged."""
    return _mistyped(name, rng, _is_brand)


def trade_typo(name: str, rng: random.Random) -> str | None:
    """Likewise of a word that says a trade, a rank or a legal form: Exprot."""
    return _mistyped(name, rng, _is_trade)


def _mistyped(name: str, rng: random.Random, fits: Callable[[str], bool]) -> str | None:
    words = name.split()
    places = [i for i, w in enumerate(words) if fits(w)]
    if not places:
        return None
    at = rng.choice(places)
    word = words[at]
    i = rng.randrange(1, len(word) - 1)
    kinds = [word[:i] + word[i + 1 :], word[:i] + word[i] + word[i:], word[:i] + word[i + 1] + word[i] + word[i + 2 :]]
    other = rng.choice([c for c in "abcdefghijklmnopqrstuvwxyz" if c != word[i].lower()])
    kinds.append(word[:i] + (other.upper() if word[i].isupper() else other) + word[i + 1 :])
    changed = rng.choice(kinds)
    return _replaced(words, at, changed) if changed != word else None


def exchanged(name: str, rng: random.Random) -> str | None:
    """Two neighbouring words exchanged."""
    words, places = _neighbours(name, LEAST_PIECE)
    if not places:
        return None
    at = rng.choice(places)
    return " ".join([*words[:at], words[at + 1], words[at], *words[at + 2 :]])


def scanned(name: str, rng: random.Random) -> str | None:
    """One or two places that a scanner read as what looks alike."""
    text = name
    for _ in range(rng.choice([1, 2])):
        found = [(m.start(), a, b) for a, b in SCANNED for m in re.finditer(a, text)]
        if not found:
            break
        at, a, b = rng.choice(found)
        text = text[:at] + b + text[at + len(a) :]
    return text if text != name else None


_ALL = (joined, squeezed, split, brand_split, shifted, cut, cut_at_word, brand_typo, trade_typo, exchanged, scanned)
KINDS: dict[str, Change] = {change.__name__: change for change in _ALL}


def damaged(name: str, kind: str, seed: int) -> str | None:
    """A name changed once.

    Args:
        name: as a list prints it.
        kind: of KINDS.
        seed: of the set.

    Returns:
        The changed text; None where the kind does not fit the name.
    """
    return KINDS[kind](name, random.Random(f"{seed}/{kind}/{name}"))
