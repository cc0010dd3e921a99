"""Parties placed in a region under a measure: by address, by digits of an identifier, by country column or by name.

A measure may cover a region, not only its list: the act's file says so (`by_region`), and a file of the vocabulary says
what places a party there. See docs/design/27-regions.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from entrepot.core.words.translate import tr
from entrepot.names.reading.latin import ascii_words
from entrepot.names.reading.otherwise.syllables import in_words
from entrepot.vocabulary import identifiers
from entrepot.vocabulary.credit_code import CreditCode, credit_code
from entrepot.vocabulary.regions.country_cell import where
from entrepot.vocabulary.regions.find_place import find_in_country, find_place, speaks_elsewhere
from entrepot.vocabulary.regions.folding import folded
from entrepot.vocabulary.regions.identifier_digits import names_elsewhere, place_by_digits
from entrepot.vocabulary.regions.region_files import region

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from entrepot.measures.by_region import UnderMeasure
    from entrepot.screening.parties.parties import Party
    from entrepot.vocabulary.regions.find_place import Evidence
    from entrepot.vocabulary.regions.region import IdentifierDigits, Region

_GENERAL = frozenset(
    {"registration", "tax", "other"}
)  # what a party calls a number of which the exact kind is not said


# Names and addresses of which what they say of a region is kept: those of a supplier stand close together in a file. A
# server that held more would grow with each party that it is asked about.
_MOST_HELD = 4_096

# What every number that is looked for holds: six digits of a credit code, with a gap at most before each, or a digit
# and six more or gaps behind a label.
_LONG_NUMBER = re.compile(r"\d[\d ]{6}|\d(?:[ \-]?\d){5}")


@dataclass(frozen=True, slots=True)
class Placed:
    """Why a party is placed in a region.

    Attributes:
        region: its id.
        basis: address, credit_code, identifier, country or name.
        place_id, place: of the region's places.
        span: the words that name it, or the digits.
        strength: certain or possible.
        reasons: sentences.
        source_id: of the place, or of the standard of the number.
    """

    region: str
    basis: str
    place_id: str
    place: str
    span: str
    strength: str
    reasons: tuple[str, ...]
    source_id: str


def placed(party: Party, under: Sequence[UnderMeasure]) -> list[Placed]:
    """Every ground on which a party is placed in one of the regions.

    Args:
        party: as read.
        under: the regions to look for, with what the measures say of them.
    """
    grounds = ((u, found) for u in under for found in _grounds(party, region(u.region)))
    return [replace(found, reasons=(*found.reasons, *u.sentences)) for u, found in grounds]


def _grounds(party: Party, at: Region) -> Iterator[Placed]:
    country = party.country or ""
    # What speaks elsewhere takes evidence away and gives none: it is looked for only where there is evidence.
    by_address = _found(at, party.address, country)
    elsewhere = by_address is not None and registered_elsewhere(at, party)
    if elsewhere:
        by_address = _found(at, party.address, country, elsewhere=True)
    if by_address is not None:
        yield _whose(_by_words(at, "address", by_address, tr("The address: ")), shared="address" in party.shared)
    for rule in at.identifiers if _may_be_numbered(party) else ():
        if (by_number := _by_number(at, rule, party)) is not None:
            yield _whose(by_number, shared="identifier" in party.shared)
            break
    if (found := _in_country(at, party.country)) is not None:
        by_country = _by_words(at, "country", found, tr("The country column: "))
        yield _whose(by_country, shared="country" in party.shared)
    name = party.name
    found = _found(at, name, country)
    if found is None and (spelt := _in_words(name)):
        name, found = spelt, _found(at, spelt, country)
    if found is None or found.strength != "certain":
        return
    # An address elsewhere says that a doubtful word of the name means something else.
    elsewhere = elsewhere or registered_elsewhere(at, party)
    if elsewhere or (by_address is None and speaks_elsewhere(at, party.address, country=country)):
        found = _found(at, name, country, elsewhere=True)
    if found is not None and found.strength == "certain":
        # A name is no place of business: it makes the place possible, never certain.
        yield replace(_by_words(at, "name", found, "The name, which is no address: "), strength="possible")


@lru_cache(maxsize=_MOST_HELD)
def _found(at: Region, text: str | None, country: str, *, elsewhere: bool = False) -> Evidence | None:
    """As `find_place`; the same suppliers stand in many rows."""
    return find_place(at, text, country=country, elsewhere=elsewhere)


@lru_cache(maxsize=_MOST_HELD)
def _in_words(name: str) -> str:
    """A name in pinyin by the syllable or run together as words; empty for all others."""
    return in_words(ascii_words(name)) if name and name.isascii() else ""


@lru_cache(maxsize=2_048)
def _in_country(at: Region, cell: str | None) -> Evidence | None:
    """As `find_in_country`; a file has few countries."""
    return find_in_country(at, cell)


def registered_elsewhere(at: Region, party: Party) -> bool:
    """Whether a number of the party was given in another part of the region's home countries."""
    if "identifier" in party.shared or not _may_be_numbered(party):
        return False
    return any(names_elsewhere(rule, number) for rule in at.identifiers for number in _numbers(at, rule, party))


def _may_be_numbered(party: Party) -> bool:
    """Whether a number of an identifier that places a party may stand anywhere, seen from its digits at a glance."""
    return bool(party.numbers) or may_hold_number(party.identifier) or may_hold_number(party.address)


def may_hold_number(text: str | None) -> bool:
    """Whether a text may hold a number that says where it was given; what is folded first is looked at more closely."""
    if not text:
        return False
    return not (text.isascii() and text.isprintable()) or _LONG_NUMBER.search(text) is not None


def _whose(found: Placed, *, shared: bool) -> Placed:
    """A column that does not say which party of the row it describes makes the place possible for each."""
    if not shared:
        return found
    doubt = tr("The column does not say which party of the row it describes.")
    return replace(found, strength="possible", reasons=(*found.reasons, doubt))


def code_of(party: Party) -> CreditCode | None:
    """The credit code of a party, from its identifier, else its address."""
    if not (may_hold_number(party.identifier) or may_hold_number(party.address)):
        return None
    return credit_code(party.identifier) or credit_code(party.address)


def wrong_code(party: Party) -> str:
    """One sentence on a credit code with a wrong check character; empty where there is none."""
    code = code_of(party)
    if code is None or code.valid:
        return ""
    should = (
        tr("it should be {expected!r}", expected=code.expected)
        if code.expected
        else tr("it holds a letter that codes never have")
    )
    return tr(
        "Row {row}: the credit code {code} has a wrong check character ({should}); it is not used.",
        row=party.row,
        code=code.code,
        should=should,
    )


def _by_words(at: Region, basis: str, found: Evidence, head: str) -> Placed:
    place, said = found.place, (head + found.reason,)
    return Placed(at.id, basis, place.place_id, place.name, found.found, found.strength, said, place.source_id)


def _by_number(at: Region, rule: IdentifierDigits, party: Party) -> Placed | None:
    """The first number of the rule's kind, right by its check digits, whose digits are those of the region."""
    for number in _numbers(at, rule, party):
        place = place_by_digits(at, rule, number)
        if place is not None:
            digits = number[rule.first - 1 : rule.last]
            said = rule.said.format(number=number, digits=digits, prefix=rule.prefix, place=place.name)
            found = (place.place_id, place.name, digits, "certain", (said,), rule.source_id)
            return Placed(at.id, rule.basis, *found)
    return None


def _numbers(at: Region, rule: IdentifierDigits, party: Party) -> Iterator[str]:
    """Numbers of the rule's kind: read as such, behind their label in running text, or under a general heading.

    The last only where the country is one of home or not said: elsewhere a number of as many digits is another.
    """
    if rule.kind == "uscc":
        code = code_of(party)
        yield from [code.code] if code is not None else []
        return
    is_abroad = where(party.country or "", at) == "abroad"
    for kind, _, number in (n.partition(":") for n in party.numbers):
        if kind == rule.kind or (kind in _GENERAL and not is_abroad):
            yield number
    for text in (party.identifier, party.address):
        yield from _labelled(rule.labels, text or "")


def _labelled(labels: tuple[str, ...], text: str) -> list[str]:
    if not text or not labels:
        return []
    return [identifiers.normal("other", f) for f in _number_behind(labels).findall(folded(text).text)]


@cache
def _number_behind(labels: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(map(re.escape, dict.fromkeys(labels)))
    return re.compile(rf"(?<![a-z0-9])(?:{names})\W{{0,3}}(\d[\d ]{{6,22}}\d)(?!\d)")
