"""Parties placed in Xinjiang by address, credit code or name.

The presumption of the UFLPA covers the region, not only its list.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from entrepot.vocabulary.credit_code import CreditCode, credit_code
from entrepot.vocabulary.xinjiang import Evidence, find_xinjiang, places

if TYPE_CHECKING:
    from entrepot.screening.parties.parties import Party

BASIS = (
    "The UFLPA (Public Law 117-78, section 3) presumes against goods made wholly or in part in Xinjiang, "
    "whoever is listed."
)
CODE_SOURCE = "s-5f2b036b"  # GB 32100-2015, in the register of sources


@dataclass(frozen=True, slots=True)
class Placed:
    """Why a party is placed in Xinjiang.

    Attributes:
        basis: address, credit_code or name.
        place_id, place: of the gazetteer.
        span: the words that name it, or the six digits.
        strength: certain or possible.
        reasons: sentences.
        source_id: of the place, or of the standard of the code.
    """

    basis: str
    place_id: str
    place: str
    span: str
    strength: str
    reasons: tuple[str, ...]
    source_id: str


def placed(party: Party) -> list[Placed]:
    """Every ground on which a party is placed in Xinjiang."""
    out: list[Placed] = []
    country = party.country or ""
    if (found := _found(party.address, country)) is not None:
        by_address = _by_words("address", found, found.strength, "The address: ")
        out.append(_whose(by_address, shared="address" in party.shared))
    if (code := code_of(party)) is not None and code.in_xinjiang:
        out.append(_whose(_by_code(code), shared="identifier" in party.shared))
    if (found := _found(party.name, country)) is not None and found.strength == "certain":
        # A name is no place of business: it makes the place possible, never certain.
        out.append(_by_words("name", found, "possible", "The name, which is no address: "))
    return out


@lru_cache(maxsize=20_000)
def _found(text: str | None, country: str) -> Evidence | None:
    """As `find_xinjiang`; the same suppliers stand in many rows."""
    return find_xinjiang(text, country=country)


def _whose(found: Placed, *, shared: bool) -> Placed:
    """A column that does not say which party of the row it describes makes the place possible for each."""
    if not shared:
        return found
    doubt = "The column does not say which party of the row it describes."
    return replace(found, strength="possible", reasons=(found.reasons[0], doubt, *found.reasons[1:]))


def code_of(party: Party) -> CreditCode | None:
    """The credit code of a party, from its identifier, else its address."""
    return credit_code(party.identifier) or credit_code(party.address)


def wrong_code(party: Party) -> str:
    """One sentence on a credit code with a wrong check character; empty where there is none."""
    code = code_of(party)
    if code is None or code.valid:
        return ""
    should = f"it should be {code.expected!r}" if code.expected else "it holds a letter that codes never have"
    return f"Row {party.row}: the credit code {code.code} has a wrong check character ({should}); it is not used."


def _by_words(basis: str, found: Evidence, strength: str, head: str) -> Placed:
    place = found.place
    return Placed(
        basis, place.place_id, place.name, found.found, strength, (head + found.reason, BASIS), place.source_id
    )


def _by_code(code: CreditCode) -> Placed:
    known = {p.place_id: p for p in places()}
    place = known.get(code.region) or known.get(code.region[:4] + "00") or known["650000"]
    said = (
        f"The credit code {code.code} was issued in division {code.region} ({place.name}): its third and "
        "fourth characters, 65, are those of Xinjiang, and its check character is right."
    )
    return Placed("credit_code", place.place_id, place.name, code.region, "certain", (said, BASIS), CODE_SOURCE)
