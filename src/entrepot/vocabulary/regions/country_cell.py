"""What a country cell says beside an address: a home country of the region, another one, or nothing understood."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from entrepot.vocabulary.countries import code_of, codes_in
from entrepot.vocabulary.regions.folding import folded
from entrepot.vocabulary.regions.region_files import regions

if TYPE_CHECKING:
    from entrepot.vocabulary.regions.region import Region

_NO_ANSWER = "NA"  # Namibia's code, and what many write for "not available": a doubt suppresses no flag


@lru_cache(maxsize=2_048)
def codes_of(country: str) -> frozenset[str]:
    """The countries that a cell names, as ISO alpha-2 codes; none where nothing is understood."""
    given = country.strip()
    return codes_in(given) if given.upper() != _NO_ANSWER else frozenset()


def one_country(country: str) -> str:
    """A cell as two are compared: that of one country and no more is its code, KZ as Kazakhstan; any other stays.

    >>> one_country("Kazakhstan"), one_country("KZ"), one_country("Kazakhstan, Almaty")
    ('KZ', 'KZ', 'Kazakhstan, Almaty')
    """
    given = country.strip()
    return (code_of(given) if given.upper() != _NO_ANSWER else "") or country


@lru_cache(maxsize=2_048)
def home_codes(country: str, region: Region) -> frozenset[str]:
    """The home countries of a region that a cell names; all where it names the region in the place of a country."""
    given, codes = country.strip(), codes_of(country)
    folds = (given.casefold(), folded(given).text)
    if not codes and region.names.is_in(folds[1]):
        return frozenset(h.iso2 for h in region.home)
    coded = {c.iso2 for c in region.codes if c.pattern.search(folds[1])}
    return frozenset(
        h.iso2
        for h in region.home
        if h.iso2 in codes | coded or (h.numeric and given == h.numeric) or any(map(h.pattern.search, folds))
    )


@lru_cache(maxsize=2_048)
def where(country: str, region: Region) -> Literal["", "home", "abroad"]:
    """Where a country cell places what stands beside it.

    Args:
        country: a code, a name in one of some forty languages, or several of them; of several one of home counts.
        region: the region of which it is asked.

    Returns:
        home, abroad, or nothing where the cell is not understood.
    """
    if home_codes(country, region):
        return "home"
    is_abroad = codes_of(country) or region.abroad.search(folded(country.strip()).text)
    return "abroad" if is_abroad else ""


@lru_cache(maxsize=2_048)
def is_understood(country: str) -> bool:
    """Whether a cell names a country that is known."""
    return bool(codes_of(country)) or any(where(country, r) for r in regions())
