"""The sentences of a language other than English: a compiled catalogue of gettext, or English with changed letters."""

from __future__ import annotations

import gettext
import re
from functools import cache, cached_property
from string import Formatter
from typing import TYPE_CHECKING, Any

from entrepot.core.words.languages import FOLDER, PSEUDO

if TYPE_CHECKING:
    from collections.abc import Mapping

    from entrepot.core.words.retold import KeptSentences

_MARKS = {"group": ",", "point": "."}  # of a number in English: messages of the context `number`
# Changed so that a reader still reads it; the brackets show where a sentence is cut or put together.
_CHANGED = str.maketrans("aeiouyAEIOUYcnsz", "áéíóúýÁÉÍÓÚÝçñšž")
# Places, and what is typed: commands between backticks and options.
_PLACE = re.compile(r"(\{\{.*?\}\}|\{.*?\}|%\(\w+\)s|`[^`]*`|--[\w-]+)")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_WORDS = re.compile(r"[a-z]{2,}")


class Catalogue:
    """The sentences of one language, and how it writes numbers.

    Attributes:
        language: its tag.
    """

    def __init__(self, language: str, found: gettext.NullTranslations) -> None:
        self.language, self._found = language, found
        marks = {name: self._found.pgettext("number", mark) for name, mark in _MARKS.items()}
        self._marks = str.maketrans({_MARKS[name]: mark for name, mark in marks.items()})
        self._places = _Places(self)

    def said(self, text: str, values: Mapping[str, Any]) -> str:
        """A sentence with its values."""
        found = self._found.gettext(text) if text else text
        return self._places.vformat(found, (), values) if values else found

    def counted(self, count: int, forms: tuple[str, str], values: Mapping[str, Any]) -> str:
        """A sentence of so many things.

        Args:
            count: how many.
            forms: the sentence of one and that of more, in English.
            values: what stands in its other places.
        """
        found = self._found.ngettext(*forms, count)
        return self._places.vformat(found, (), {"count": count, **values})

    def plural(self, one: str, more: str, count: int) -> str:
        """The form of a sentence for a number, its places not yet filled."""
        return self._found.ngettext(one, more, count)

    def keyed(self, key: str, english: str, values: Mapping[str, Any]) -> str:
        """A sentence that is known by its key."""
        found = self._found.pgettext(key, english)
        return self._places.vformat(found, (), values) if values else found

    def retold(self, text: str) -> str:
        """A sentence that was kept in English, as this language says it; data stay."""
        return str(self._kept.retold(text))

    @cached_property
    def _kept(self) -> KeptSentences:
        from entrepot.core.words.retold import KeptSentences, keys_of

        return KeptSentences(keys_of(FOLDER / f"{self.language}.mo"), self._found.gettext, self.plural, self.number)

    def number(self, written: str) -> str:
        """A number that is written as English writes it, as this language does."""
        return _NUMBER.sub(lambda found: found[0].translate(self._marks), written)


class _Places(Formatter):
    """Values in the places of a sentence, numbers as the language writes them."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def format_field(self, value: Any, format_spec: str) -> str:
        written = str(super().format_field(value, format_spec))
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return self.catalogue.number(written) if is_number else written


class _Changed(gettext.NullTranslations):
    """English with its letters changed and its places kept; a mark of numbers stays one."""

    def gettext(self, message: str) -> str:
        return _changed(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return _changed(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:  # noqa: ARG002 - one English word is one changed word
        return _changed(message)


class _Pseudo(Catalogue):
    """English with its letters changed: a sentence that was kept is changed whole, names in it too."""

    def retold(self, text: str) -> str:
        return text if "⟦" in text or not _WORDS.search(text) else _changed(text)


def _changed(said: str) -> str:
    if len(said) <= 1 or said.startswith("⟦"):
        return said
    return "⟦" + "".join(p if _PLACE.fullmatch(p) else p.translate(_CHANGED) for p in _PLACE.split(said)) + "⟧"


@cache
def catalogue(language: str) -> Catalogue:
    """The catalogue of a language that is held."""
    if language == PSEUDO:
        return _Pseudo(PSEUDO, _Changed())
    with (FOLDER / f"{language}.mo").open("rb") as stream:
        return Catalogue(language, gettext.GNUTranslations(stream))
