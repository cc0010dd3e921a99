"""The words of the pages, of English or of the catalogue of a language; numbers and days as it writes them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from entrepot.core import periods, units
from entrepot.core.words.languages import ENGLISH, held
from entrepot.core.words.translate import keyed, speaking

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_JUNE = 6  # the month at whose end the first half of a year ends
_QUARTERS = (0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4)  # by month, of which there is no nought


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language.

    Attributes:
        language: its tag.
        said: key -> sentence, with named places in braces.
    """

    language: str
    said: Mapping[str, str]

    def __call__(self, key: str, **values: Any) -> str:
        """The sentence of a key.

        Args:
            key: section and name: `desk.drop`.
            values: what stands in its places.

        Raises:
            KeyError: no such key: a page has a word that is in no file.
        """
        return self.said[key].format(**values) if values else self.said[key]

    def has(self, key: str) -> bool:
        """Whether there is a sentence of this key."""
        return key in self.said

    def number(self, value: float | None, unit: str = "") -> str:
        """A number as the language writes it, with its unit; a dash where there is none."""
        if value is None:
            return self.said["number.none"]
        text = units.with_unit(value, unit) if unit else units.number(value)
        marks = str.maketrans({",": self.said["number.group"], ".": self.said["number.point"]})
        return text.translate(marks)

    def day(self, iso: Any) -> str:
        """A day, a month, a quarter or a year in words; a dash where there is none."""
        if not iso:
            return self.said["number.none"]
        period = periods.parse(str(iso))
        start = period.start
        half = f"date.half_{1 if start.month <= _JUNE else 2}"
        key = half if period.precision == "half" else f"date.{period.precision}"
        month = self.said[f"month.{start.month}"]
        return self(key, day=start.day, month=month, year=start.year, number=_QUARTERS[start.month])

    def word(self, part: str, value: Any) -> str:
        """A value of a column that has few of them, in words; one that is in no file as it stands."""
        return self.said.get(f"{part}.{str(value).replace(' ', '_')}", str(value))


@cache
def words(language: str) -> Words:
    """The words of a language: those of the file in English, else what its catalogue has for them.

    Raises:
        UnknownNameError: there is no catalogue of it.
    """
    if language != ENGLISH:
        with speaking(language):
            return Words(language, {key: keyed(key, said, {}) for key, said in words(ENGLISH).said.items()})
    text = files("entrepot.server").joinpath("data", "strings_en.toml").read_text(encoding="utf-8")
    found = tomllib.loads(text)
    return Words(
        language, {f"{part}.{key}": said for part, of in found.items() if part != "source" for key, said in of.items()}
    )


def words_for(languages: Iterable[str]) -> Words:
    """The words for a reader of these languages, best first; English where there is no file of any."""
    known = {ENGLISH, *held()}
    return words(next((tag for tag in languages if tag in known), ENGLISH))


def languages(header: str) -> tuple[str, ...]:
    """Languages of a browser in the order in which it names them: browsers name them best first.

    Args:
        header: Accept-Language.
    """
    return tuple(name for part in header.split(",") if (name := part.partition(";")[0].strip()) and name != "*")
