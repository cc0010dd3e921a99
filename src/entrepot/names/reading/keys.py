"""Retrieval keys: the short texts that two spellings of one name are likely to share.

A name has letter keys (groups of three letters, whole words, consonants of each word) and bone keys (consonants
only). Two names written with their vowels meet by letters. Where one is written without them, as in Arabic script,
only the consonants can meet, so both sides are read by their bones.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from entrepot.names.reading import lexicon
from entrepot.names.reading.letters import printed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.names.reading.name import Name, Word

GRAM = 3  # letters; two find too much, four lose a name with one typo
SHORT_RUN = 5  # letters; a typo in a shorter name leaves too few groups of three, so groups of two are added
_GLUED = 11  # letters; a longer word may hold generic words that another spelling sets apart
_SHORTEST_GENERIC = 5  # letters of a generic word that is looked for inside another
_SHORTEST_BONES = 2  # consonants of a word that say anything
_as_printed = getattr(printed, "__wrapped__", printed)  # whole names come once
_DISTINCTIVE = {"core", "number"}  # kinds of words that tell parties apart; trades and places are shared
# Arabic articles, as spoken before the letters of the sun too, and words of descent: written or left out at will.
ARTICLES = frozenset({"al", "el", "ul", "ad", "ar", "as", "an", "bin", "ben", "bn", "ibn", "bint"})
# Sounds that Arabic letters and their romanisations (BGN, French, Persian, Egyptian) do not tell apart: first those
# written with an h, one after the other, then letters. v is the weak letter of Persian and Urdu.
_SIBILANT = re.compile("sch|sh|ch|tch")
_WITH_H = (("kh", "h"), ("gh", "k"), ("th", "s"), ("ph", "f"), ("dh", "d"), ("zh", "d"))
_ONE_SOUND = str.maketrans(
    {"q": "k", "g": "k", "c": "k", "z": "d", "x": "ks", "p": "b", **dict.fromkeys("aeiouywv", "")}
)
_TWICE = re.compile(r"(.)\1+")
_ABDUL = "bdl"  # Abdelkader, Abdul Kader, Abd al-Qadir


@lru_cache(maxsize=50_000)
def skeleton(word: str) -> str:
    """The consonants of a Latin word, one letter for sounds that Arabic script and its romanisations exchange."""
    if "h" in word:
        word = _SIBILANT.sub("s", word)
        for written, heard in _WITH_H:
            word = word.replace(written, heard)
    word = _TWICE.sub(r"\1", word.translate(_ONE_SOUND).removesuffix("h"))  # the silent ending of ة and ه
    return word[:2] + word[3:] if word.startswith(_ABDUL) and len(word) >= len(_ABDUL) + 2 else word


def pieces(name: Name) -> tuple[str, list[str], str]:
    """What the keys of a name are cut out of.

    Returns:
        Its letters as words of trade were parted from them, the consonants of each distinctive word that has some, and
        those of all distinctive words run together.
    """
    core = _core(name)
    words = _bone_words(core)
    return _run(core), [b for b in words if len(b) >= _SHORTEST_BONES], "".join(words)


def keys_asked(name: Name) -> tuple[list[str], list[str]]:
    """Keys by which a query looks: those for names with the vowels it has, and those for names without any."""
    core = _core(name)
    words = _bone_words(core)
    bare = _bone_keys(words)
    if not name.vowels:
        return _marked(bare), []
    return _letter_keys(name, core, words), _to_bare(bare)


def plain(name: Name) -> str:
    """The words of a name as they are compared, in alphabetical order, one space between."""
    return " ".join(sorted(w.text for w in name.words))


def run(name: Name) -> str:
    """The words of a name as they were written where that is Latin, in their order, nothing between."""
    texts = [w.shown if w.kind != "core" and w.shown.isascii() else w.text for w in name.words]
    return "".join(texts).replace(" ", "")


def letters(name: Name, together: str = "") -> list[str]:
    """The letters of a name run together, with its legal forms and without them, one for those that print alike.

    Args:
        name: the name.
        together: what `run` gives, where it is known.
    """
    return [_as_printed(t) for t in dict.fromkeys((name.written.replace(" ", ""), together or run(name))) if t]


def sorted_letters(name: Name) -> str:
    """The letters of a name's words in alphabetical order, run together, legal forms with them."""
    return "".join(sorted(name.written.split() or [w.text for w in name.words]))


def bones(name: Name) -> str:
    """The consonants of the distinctive words, run together."""
    return "".join(_bone_words(_core(name)))


def _letter_keys(name: Name, core: Sequence[Word], words: list[str]) -> list[str]:
    letters = _run(core)
    found = [letters[i : i + GRAM] for i in range(len(letters) - GRAM + 1)] or [letters]
    if len(letters) <= SHORT_RUN:
        padded = f"^{letters}$"
        found += [f"<{padded[i : i + 2]}" for i in range(len(padded) - 1)]
    found += ["=" + w.text for w in name.words]
    found += ["-" + b for b in words if len(b) >= _SHORTEST_BONES]
    once = dict.fromkeys(found)
    once.pop("", None)
    return list(once)


def _bone_keys(words: list[str]) -> list[str]:
    whole = "".join(words)
    size = len(whole)
    found = ["=" + b for b in words if len(b) >= _SHORTEST_BONES]
    found += [whole[i : i + 2] for i in range(size - 1)]
    found += [whole[i : i + GRAM] for i in range(size - GRAM + 1)]
    return list(dict.fromkeys(found))


def _marked(bare: list[str]) -> list[str]:
    """Bones of any name, met by a query without vowels."""
    return ["~" + k for k in bare]


def _to_bare(bare: list[str]) -> list[str]:
    """Bones of a name without vowels, met by a query that has them."""
    return ["_" + k for k in bare]


def _core(name: Name) -> Sequence[Word]:
    return [w for w in name.words if w.kind in _DISTINCTIVE] or name.words


def _run(core: Sequence[Word]) -> str:
    return "".join([w.text if len(w.text) < _GLUED else _parted(w.text) for w in core]).replace(" ", "")


@lru_cache(maxsize=50_000)
def _parted(word: str) -> str:
    """A long word without the generic words and legal forms written on to its ends: rifcorporation is rif."""
    known = _generic()
    for length in range(len(word) - 2, _SHORTEST_GENERIC - 1, -1):
        if word[-length:] in known:
            return word[:-length]
        if word[:length] in known:
            return word[length:]
    return word


@cache
def _generic() -> frozenset[str]:
    known = (k.replace(" ", "") for k, e in lexicon.latin().items() if e.role != "place")
    return frozenset(k for k in known if len(k) >= _SHORTEST_GENERIC)


def _bone_words(core: Sequence[Word]) -> list[str]:
    return [skeleton(w.text) for w in core if w.text not in ARTICLES]
