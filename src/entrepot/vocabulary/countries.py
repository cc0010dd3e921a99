"""Countries by their ISO 3166-1 codes, and by the names that lists and desks print."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from entrepot.core.errors import UnknownNameError
from entrepot.core.tables.packaged import packaged_rows
from entrepot.core.words.translate import in_english, tr
from entrepot.vocabulary.code_tables import COUNTRIES, COUNTRY_NAMES, COUNTRY_POINTS, MORE_COUNTRY_NAMES

# How names begin or end that English gives an article inside a sentence: unions, islands, groups.
_GIVEN_ONE = (
    ("United ", "European ", "Netherlands", "Philippines", "Belt and Road"),
    ("Republic", "Islands", "Emirates", "Union", "countries", "members", "five"),
)
_ARTICLE = re.compile(r"^\s*the\s+|\s*[,(]\s*the\s*\)?\s*$", re.IGNORECASE)  # "Netherlands (the)", as ISO prints it
_BETWEEN = re.compile(r"[;,/|()\n\uff0c\uff1b\u3001\u060c]| - ")


@cache
def _names() -> dict[str, tuple[str, str]]:
    return {row["iso2"]: (row["iso3"], row["name"]) for row in packaged_rows(COUNTRIES)}


def alpha3(alpha2: str) -> str:
    """The alpha-3 code of an alpha-2 code.

    Raises:
        UnknownNameError: no such code.
    """
    if alpha2 not in _names():
        raise UnknownNameError(tr("country code"), alpha2, _names())
    return _names()[alpha2][0]


def name(alpha2: str) -> str:
    """The English short name of a country; the code itself for groups such as EU that ISO does not list."""
    return _names().get(alpha2, ("", alpha2))[1]


@cache
def _by_alpha3() -> dict[str, str]:
    return dict(_names().values())


def name_of(alpha3_code: str, printed: str) -> str:
    """The English name of a country by its alpha-3 code; what was printed where ISO has no such code.

    Publishers name countries in several ways (Lao, Lao PDR); a report uses one.
    """
    return _by_alpha3().get(alpha3_code, printed)


@cache
def points() -> dict[str, tuple[float, float]]:
    """Where a map writes each country, by its alpha-3 code; see `point`."""
    return {row["iso3"]: (row["lon"], row["lat"]) for row in packaged_rows(COUNTRY_POINTS)}


def point(alpha3_code: str) -> tuple[float, float] | None:
    """Where a map writes a country: longitude and latitude in whole degrees, set by hand inside it; no measurement.

    Returns:
        None for a country that no map of ours has shown yet.
    """
    return points().get(alpha3_code)


@in_english
def with_article(name: str) -> str:
    """The name of a place inside a sentence: with the United States, with the Central Asia five.

    Args:
        name: in English.
    """
    return tr("the {name}", name=name) if name.startswith(_GIVEN_ONE[0]) or name.endswith(_GIVEN_ONE[1]) else name


def code_of(printed: str) -> str:
    """The ISO 3166-1 alpha-2 code of a country as printed: a code, or its name in one of some forty languages.

    Args:
        printed: "IR", "IRN", "Iran (Islamic Republic of)", "伊朗", "Иран", "İran".

    Returns:
        The code; empty where the text is no country that is known. XK stands for Kosovo, which ISO does not list.
    """
    text = printed.strip().upper()
    if not text or text in _names():  # an empty cell is no reason to read names in forty languages
        return text
    return _by_name().get(_folded(_ARTICLE.sub("", printed)), "")


@cache
def _by_name() -> dict[str, str]:
    found: dict[str, str] = {}
    for names in (MORE_COUNTRY_NAMES, COUNTRY_NAMES):  # what lists print stands before other languages
        found |= {_folded(name): row["iso2"] for row in packaged_rows(names) for name in row["names"]}
    return found | {_folded(iso3): iso2 for iso2, (iso3, _) in _names().items()}


def codes_in(cell: str) -> frozenset[str]:
    """The countries that a cell names: as a whole, or each of several between commas, strokes and brackets.

    Args:
        cell: "CN", "China; Kazakhstan", "Казахстан / КНР", "China (Mainland)".

    Returns:
        Alpha-2 codes; empty where none is known.
    """
    if whole := code_of(cell):
        return frozenset({whole})
    return frozenset(filter(None, map(code_of, _BETWEEN.split(cell))))


def _folded(text: str) -> str:
    bare = text.lower()
    if not text.isascii():
        bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", bare))
