"""How else a name may be spelt, as a further reading: the better of the two counts.

Chinese words in Cyrillic as pinyin, pinyin by the syllable or run together as words, a legal form without its slip, a
Chinese one whole where a field cut it, and a тех that ends a word as English has it: Russian writes Ростех, a list
Rostec, and its own romanisation is Rostekh.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from entrepot.names.reading import lexicon
from entrepot.names.reading.latin import ascii_words
from entrepot.names.reading.otherwise import chinese_cut, form_slips, palladius, romanised, syllables, wade_giles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.names.reading.name import Name

_NO_FIRMS = frozenset({"person", "vessel"})  # what is called by no trade, place or form
_TECH = re.compile("tekh$")  # where a word ends: of tekhnologii and tekhnika the tables have the forms


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name as it may be spelt otherwise.

    Attributes:
        text: the name; empty where it is written in one way only.
        is_form_slip: whether nothing but a slip in its legal form was put right.
        completed: what was left of a legal form that a field cut, and the form; empty where none was.
    """

    text: str = ""
    is_form_slip: bool = False
    completed: tuple[str, str] | tuple[()] = ()


_NONE = Spelling()


def spelt_otherwise(text: str, name: Name, words: Sequence[str]) -> Spelling:
    """The name as it may be spelt otherwise.

    Args:
        text: the cleaned name.
        name: as it was read.
        words: its Latin words, legal forms included; empty texts where characters stand.
    """
    if name.script == "cyrillic":
        return Spelling(palladius.in_pinyin(text, name.kind) or _with_tech(text, name))
    if name.kind in _NO_FIRMS:
        is_spelt = name.kind == "person" and name.script == "latin"
        return Spelling(romanised.in_english(words)) if is_spelt else _NONE
    if name.han:
        whole, left, form = chinese_cut.with_form(text, name.kind)
        return Spelling(whole, completed=(left, form)) if whole else _NONE
    if name.script != "latin":
        return _NONE
    if spelt := wade_giles.in_pinyin(text) or syllables.in_words(words) or romanised.in_english(words):
        return Spelling(spelt)
    return Spelling(form_slips.with_form(words), is_form_slip=True)


def _with_tech(text: str, name: Name) -> str:
    """A firm's own words in Cyrillic with tech for a тех that ends one; empty where none has it."""
    if name.kind in _NO_FIRMS or "тех" not in text.casefold():
        return ""
    words = ascii_words(text)
    spelt = [w if w in lexicon.latin() else _TECH.sub("tech", w) for w in words]
    return " ".join(spelt) if spelt != words else ""
