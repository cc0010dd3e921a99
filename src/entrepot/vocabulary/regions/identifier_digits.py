"""Which place of a region the digits of an identifier name: division 650102 in a credit code, region 91 in an INN."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.vocabulary import identifiers

if TYPE_CHECKING:
    from entrepot.vocabulary.regions.region import IdentifierDigits, Place, Region

_LEVEL = 2  # digits of each level of a division code: 65 01 02


def place_by_digits(region: Region, rule: IdentifierDigits, number: str) -> Place | None:
    """The place that a number names.

    Args:
        region: whose places.
        rule: which digits of which kind of number.
        number: in its normal form.

    Returns:
        None where the number is not right by its check digits, or is of another region.
    """
    if not number[rule.first - 1 :].startswith(rule.prefix) or not identifiers.valid(rule.kind, number):
        return None
    if rule.place is not None:
        return rule.place
    digits = number[rule.first - 1 : rule.last]
    shorter = (digits[:n].ljust(len(digits), "0") for n in range(len(digits), len(rule.prefix) - 1, -_LEVEL))
    return next((region.places[d] for d in shorter if d in region.places), region.top)


def names_elsewhere(rule: IdentifierDigits, number: str) -> bool:
    """Whether a number, right by its check digits, was given in another part of the home country.

    Args:
        rule: which digits of which kind of number, and which of them say another part.
        number: in its normal form.
    """
    return bool(rule.elsewhere.match(number, rule.first - 1) and identifiers.valid(rule.kind, number))
