"""What a region is made of: the frozen classes that its files are read into. See docs/design/27-regions.md."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from entrepot.sources.cited import CitedSource
    from entrepot.vocabulary.regions.spelling_search import SpellingSearch

Strength = Literal["certain", "possible"]


class LatePattern:
    """A regular expression that is compiled when it is first looked for: most parties need none of hundreds of names.

    Args:
        pattern: its text.
    """

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern)

    def search(self, text: str) -> re.Match[str] | None:
        """As of a pattern."""
        return self._compiled.search(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """As of a pattern."""
        return self._compiled.finditer(text)


# Why a spelling may mean something else: a place abroad, something at home, somebody else's unit.
Doubt = Literal["", "abroad", "home", "army"]


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a region.

    Attributes:
        place_id: of its own table; no two regions share one.
        kind: what sort of place, a word of the region's table.
        name: in English.
        name_local: in the language of the place; empty where it is not known.
        parent: place_id of what it belongs to; empty for the region.
        source_id: where the row comes from.
    """

    place_id: str
    kind: str
    name: str
    name_local: str
    parent: str
    source_id: str


@dataclass(frozen=True, slots=True)
class HomeCountry:
    """A country that addresses of the region name.

    Attributes:
        iso2: ISO 3166-1 alpha-2.
        numeric: ISO 3166-1 numeric, as tables of trade print it; empty where it is not looked for.
        pattern: how a text names it.
        postcode: what a postcode of it looks like, in any part of the country; never where that is not said.
    """

    iso2: str
    numeric: str
    pattern: re.Pattern[str]
    postcode: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class CountryCodes:
    """Codes that a country cell writes for a place of the region: ISO 3166-2, or digits of an older standard.

    Attributes:
        iso2: of the country whose parts they are.
        place: which place they name.
        source_id: where they come from.
        pattern: one of them in a folded cell, behind the letters of its country: cn-xj, china (xj).
    """

    iso2: str
    place: Place
    source_id: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class LookAlike:
    """A place or thing elsewhere that bears the name of a place of the region.

    Attributes:
        spelling: folded.
        elsewhere: what else bears it, in words.
        countries: ISO alpha-2 codes; a party whose country cell has one is there, not in the region.
        signs: words beside the spelling that say that the other is meant; None where the general rules tell.
    """

    spelling: str
    elsewhere: str
    countries: frozenset[str]
    signs: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Postcodes:
    """Postcodes of the region.

    Attributes:
        country: whose post, ISO alpha-2.
        prefixes: the first digits.
        place: which place they name.
        stands_alone: whether one in an address of its country is a sign without any name beside it.
        source_id: where it comes from.
        pattern: a postcode of these within a text.
    """

    country: str
    prefixes: tuple[str, ...]
    place: Place
    stands_alone: bool
    source_id: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class IdentifierDigits:
    """Digits of an identifier that say which region issued it.

    Attributes:
        kind: of the identifier, as `identifiers.valid` knows it.
        first, last: the places of the digits that are shown, counted from 1; the prefix begins at `first`.
        prefix: the digits of the region.
        place: what they name; None where the digits are division codes of the places.
        basis: the word of the match for it.
        labels: words that stand before such a number in running text.
        said: the sentence of the match, with {number}, {digits}, {prefix} and {place}.
        elsewhere: digits, from `first`, that say another part of the home country, so that a doubtful spelling beside
            the number names a place there; never where a number is kept by those who move.
        source_id: the standard.
    """

    kind: str
    first: int
    last: int
    prefix: str
    place: Place | None
    basis: str
    labels: tuple[str, ...]
    said: str
    elsewhere: re.Pattern[str]
    source_id: str


@dataclass(frozen=True, slots=True)
class NumberedUnit:
    """Units of the region that are called by number.

    Attributes:
        unit: what they are, a word.
        signs: letters one of which every such text holds, so that the others are passed over quickly.
        pattern: a unit in a folded text; groups n1, n2, ... hold its number, groups sure1, ... say that no one else's
            unit is meant.
        place_id: id of the place with {number}; for a unit within another also {within}.
        within: the unit that it is a part of; empty for one that has a row of its own among the places.
        kind, name, name_local: of the place of a unit within another, with {number}, {within} and {within_local}.
    """

    unit: str
    signs: tuple[str, ...]
    pattern: re.Pattern[str]
    place_id: str
    within: str
    kind: str
    name: str
    name_local: str


@dataclass(frozen=True, slots=True)
class Whole:
    """A place of the region that is a party too, and may be listed: what lies in it is a part of that party.

    Attributes:
        place: the place.
        part: the sentence of a match with a part of it, with {found}, {part} and {whole}.
        named: the same where the name says the whole, and more.
        itself: the same where the name says the whole and nothing else; empty where the file has no such sentence.
    """

    place: Place
    part: str
    named: str
    itself: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """Patterns on folded text that tell a place from what is called after it.

    Attributes:
        street, goods: behind a name: a street or a good is called so.
        house: behind a name: a building is called so, which may stand anywhere.
        park: behind the name of another part of the country: an industrial park is called so.
        closes: an address that ends or begins with the region, whatever other part of the country it names.
        other: pairs of a last character and what may not follow it.
    """

    street: re.Pattern[str]
    goods: re.Pattern[str]
    house: re.Pattern[str]
    park: re.Pattern[str]
    closes: re.Pattern[str]
    other: tuple[tuple[str, re.Pattern[str]], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Region:
    """A region under a measure; one is itself only, so that it can key a cache.

    Attributes:
        id: the file's name, and the place id under which measures and the record know it.
        name: in English.
        checked: the day on which a person last compared the file with its sources.
        home_name: the countries of `home`, in words.
        home: the countries that its addresses name.
        top: the place of the whole region.
        places: every place, by place_id.
        coarse: kinds of places from the coarsest; all others are finer.
        spellings: folded spelling -> place and doubt; certain ones before doubtful ones.
        look_alikes: folded spelling -> what else bears it.
        names: the spellings, to be looked for in a text.
        other_parts: other parts of the home countries.
        towns: towns in other parts: they speak against a doubtful spelling, and not against a certain one, for streets
            and firms of the region are called after them.
        abroad: other countries and places abroad.
        codes: in the place of a country.
        lone_postcode: any postcode that stands alone.
        words, postcodes, identifiers, numbered: see the classes.
        wholes: places that are parties too.
        unit_signs: any of the signs of the numbered units.
        unit_blocks: of each numbered unit within another: its number -> place_id of the other.
        unit_source: where the numbers come from; empty where there are none.
        sources: what the file cites.
    """

    id: str
    name: str
    checked: str
    home_name: str
    home: tuple[HomeCountry, ...]
    top: Place
    places: Mapping[str, Place]
    coarse: tuple[str, ...]
    spellings: Mapping[str, tuple[Place, Doubt]]
    look_alikes: Mapping[str, tuple[LookAlike, ...]]
    names: SpellingSearch
    other_parts: LatePattern
    towns: LatePattern
    abroad: LatePattern
    codes: tuple[CountryCodes, ...]
    words: Words
    postcodes: tuple[Postcodes, ...]
    lone_postcode: re.Pattern[str]
    identifiers: tuple[IdentifierDigits, ...]
    numbered: tuple[NumberedUnit, ...]
    wholes: tuple[Whole, ...]
    unit_signs: re.Pattern[str]
    unit_blocks: Mapping[int, str]
    unit_source: str
    sources: tuple[CitedSource, ...]
