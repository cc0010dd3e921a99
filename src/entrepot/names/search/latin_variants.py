"""The ways in which a Chinese name may stand in a Latin list: what a search asks for beside its pinyin.

Its distinctive words may be spelt as in Hong Kong or Taiwan, translated character by character, kept as the first
letters of the pinyin, or written as English hears them. Each way is a name of its own to look for; what is found is
compared with the name itself, so a way that leads astray costs time and nothing else.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from entrepot.names.brands.brand_pair import glosses
from entrepot.names.reading import lexicon
from entrepot.names.reading.han import simplified
from entrepot.names.reading.name import Name, Word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_MOST_GLOSSES = 5  # of a character; the first ones are the common ones
_LEAST_INITIALS = 2  # one letter finds every name that begins with it
_MOST_CHARACTERS = 5  # as brands.brand_pair.MOST_CHARACTERS
# Pinyin as English hears it: Qiangqiang is Changchang.
_HEARD = ((re.compile(r"^q|q"), "ch"), (re.compile(r"zh"), "j"), (re.compile(r"x"), "sh"), (re.compile(r"ia|ua"), "a"))


def variants(name: Name) -> list[Name]:
    """Names to look for in place of a Chinese one; none where it has no distinctive word.

    Args:
        name: a name in which Chinese characters were read.
    """
    ways: tuple[Callable[[Word], Iterable[str]], ...] = (_translated, _as_listed, _initials, _heard, *_southern(name))
    found = [name.words, *(_written(name, way) for way in ways)]
    rest = tuple(v for w in name.words if w.kind != "core" for v in (w, *_meanings(w)))
    if len(rest) > 1:
        found.append(rest)
    return [_of_words(name, words) for words in dict.fromkeys(found) if words]


def _of_words(name: Name, words: tuple[Word, ...]) -> Name:
    """A name with other words; made at once, for `replace` asks for each attribute by its name."""
    told = name.forms, name.han, name.script, name.plain, name.written, name.cut, name.disguised, name.kind
    return Name(name.original, words, *told)


def _meanings(word: Word) -> list[Word]:
    """A generic word in its further meanings: 实业 is enterprise and industry."""
    return [replace(word, text=o, other=()) for o in word.other] if word.kind == "word" else []


def _written(name: Name, way: Callable[[Word], Iterable[str]]) -> tuple[Word, ...] | None:
    """The words of a name with each distinctive one written in a way; None where the way writes none otherwise."""
    out: list[Word] = []
    changed = False
    for word in name.words:
        found = [w for w in dict.fromkeys(way(word)) if w] if word.kind == "core" and word.initials else []
        changed = changed or bool(found)
        out += [_word(w, word) for w in found] or [word]
    return tuple(out) if changed else None


def _word(text: str, word: Word) -> Word:
    entry = lexicon.latin().get(text)
    if entry is None or entry.role == "form":
        return Word(text, word.kind, word.weight, text, letters=word.letters, brand=word.brand)
    return Word(entry.meaning.casefold(), entry.role, word.weight, text, letters=word.letters, brand=word.brand)


def _translated(word: Word) -> Iterable[str]:
    plain = simplified(word.shown)
    if len(plain) > _MOST_CHARACTERS:
        return ()
    pieces = [plain[i : i + n] for n in (2, 1) for i in range(len(plain) - n + 1)]
    found = [g for p in pieces for g in glosses(p)[:_MOST_GLOSSES]]
    return (*word.other, *found)


def _as_listed(word: Word) -> Iterable[str]:
    """Pinyin that a list's reader takes for a known word: 吉金 is Jijin, which is also 基金, a fund."""
    return [word.text] if word.text in lexicon.latin() else []


def _initials(word: Word) -> Iterable[str]:
    return [word.initials] if len(word.initials) >= _LEAST_INITIALS else []


def _heard(word: Word) -> Iterable[str]:
    text = word.text
    for pattern, to in _HEARD:
        text = pattern.sub(to, text)
    return [text] if text != word.text else []


def _southern(name: Name) -> list[Callable[[Word], Iterable[str]]]:
    """One way for each further reading that the words of the name have."""
    most = max((len(w.other) for w in name.words if w.kind == "core"), default=0)
    return [lambda word, n=n: word.other[n : n + 1] for n in range(most)]  # type: ignore[misc]
