"""A prepared name as bytes that the core reads (native/names.c); empty where only Python reads it.

Left to Python are names with a further reading, those that say the form of a body of the state, and what is longer than
any listed name.
"""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import count
from struct import Struct
from typing import TYPE_CHECKING

from entrepot.names.brands import brand_pair
from entrepot.names.comparing import align
from entrepot.names.comparing.form_features import UNTOLD, as_one_form, is_general, is_institution
from entrepot.names.comparing.rarity import bits, bits_of_text
from entrepot.names.native.characters import brand_bytes
from entrepot.names.native.rules import ARABIC, KIND_NUMBERS, WORD_KINDS
from entrepot.names.reading.han import pinyin
from entrepot.names.reading.keys import ARTICLES
from entrepot.names.reading.lexicon import HONORIFICS, endings, frequent, han, latin

if TYPE_CHECKING:
    from collections.abc import Iterable

    from entrepot.names.reading.name import Name, Word

_LONGEST = 64  # letters of a word: a machine word has a bit for each
_LONGEST_NAME = 300  # letters of a name as it is written; more are cut before
_MOST_OTHER, _MOST_FORMS, _MOST_WORDS = 16, 8, 24  # as native/names.h has room for
_MOST_HELD = 50_000  # words packed, which come again in other names
_SYLLABIC = {"han", "hangul"}  # scripts of syllables: letter_features._characters_changed
_HEAD, _FORM, _SIZE, _WORD = Struct("<BBBBB"), Struct("<HH"), Struct("<H"), Struct("<ddBBB")
_OWN = Struct("<BH")
_forms: dict[str, int] = {}
# Of legal forms that no table has, from there on; those of the tables have the lower half of 16 bits.
_numbers = count(1 << 15)


def packed(name: Name) -> bytes:
    """A name as bytes; empty where only Python reads it.

    Args:
        name: as it was prepared.
    """
    if name.further is not None or not 0 < len(name.words) <= _MOST_WORDS or name.respaced:
        return b""
    if not name.forms.isdisjoint(UNTOLD):
        return b""
    if len(name.forms) > _MOST_FORMS or len(name.written) > _LONGEST_NAME or not name.written.isascii():
        return b""
    words = [_word(w) for w in name.words]
    if not all(words):
        return b""
    forms = sorted((_number(f), _number(as_one_form(f))) for f in name.forms)
    flags = (
        (len(name.original) in align.FILLED)
        | name.cut << 1
        | name.disguised << 2
        | name.read_back << 3
        | (name.script in _SYLLABIC) << 5
        | name.han << 6
    )
    general = any(map(is_general, name.forms))
    head = _HEAD.pack(KIND_NUMBERS[name.kind], flags, len(words), len(forms), general)
    return b"".join([head, *(_FORM.pack(*f) for f in forms), _text(name.written), *words])


def packed_for_good(name: Name) -> bytes:
    """As `packed`, the same in every process that has these tables; empty where that cannot be.

    Args:
        name: as it was prepared.
    """
    return packed(name) if name.forms <= _numbered().keys() else b""


@cache
def _numbered() -> dict[str, int]:
    """A number for each legal form of the tables, in alphabetical order."""
    known = (e.meaning for table in (latin(), han()) for e in table.values() if e.role == "form")
    families = {*known, *endings().values()}
    return {form: at for at, form in enumerate(sorted({*families, *map(as_one_form, families)}))}


def _number(form: str) -> int:
    """A number for a legal form: that of the tables, else one that is the same as long as the process lives."""
    if (found := _numbered().get(form)) is not None:
        return found
    return _forms.setdefault(form, next(_numbers))  # in one step: threads that ask at once are told the same


def _text(text: str) -> bytes:
    given = text.encode()
    return _SIZE.pack(len(given)) + given


@lru_cache(maxsize=_MOST_HELD)
def _word(word: Word) -> bytes:
    """A word as bytes; empty where only Python reads it."""
    texts = (word.text, *word.other)
    if len(word.other) > _MOST_OTHER or len(word.letters) > _LONGEST or len(word.shown) > _LONGEST:
        return b""
    if not all(0 < len(t) <= _LONGEST and t.isascii() for t in texts):
        return b""
    if not ARABIC.keys() >= set(word.letters):
        return b""
    in_characters = not (word.shown.isascii() or word.letters)
    said = bits(word) if word.kind == "core" else bits_of_text(word.text) if word.kind == "place" else 0.0
    flags = (
        word.shown.isascii()
        | (word.text in HONORIFICS) << 1
        | (word.text in ARTICLES) << 2
        | is_institution(word) << 3
        | (word.text in frequent()) << 4
        | (word.shown in align.PARTICLES) << 5
        | in_characters << 6
    )
    head = _WORD.pack(word.weight, said, WORD_KINDS[word.kind], flags, len(word.other))
    letters = bytes(ARABIC[c] for c in word.letters)
    parts = [head, _text(word.text), _text(word.shown), _SIZE.pack(len(letters)), letters, *map(_text, word.other)]
    return b"".join([*parts, *_characters(word)] if in_characters else parts)


def _characters(word: Word) -> Iterable[bytes]:
    """What a word in Chinese characters has beside one in letters."""
    yield _text(word.initials)
    yield _text("".join(pinyin(word.shown)))
    yield _OWN.pack(word.brand, len(word.shown))
    if len(word.shown) <= brand_pair.MOST_CHARACTERS:
        yield brand_bytes(word.shown)
